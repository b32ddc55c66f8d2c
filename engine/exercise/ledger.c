// SPDX-License-Identifier: MIT
// Who has taken on what, and what was promised to whom.

#include "state.h"

toc_err toc_claim_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    (void)x;
    return toc_fail(e, TOC_EREFUSED, "%s is not possible", toc_kind_name(in->kind));
}

toc_err toc_promise_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    (void)x;
    return toc_fail(e, TOC_EREFUSED, "%s is not possible", toc_kind_name(in->kind));
}

void toc_claim_apply(toc_exercise *x, const toc_event *in)
{
    (void)x;
    (void)in;
}

void toc_unclaim_apply(toc_exercise *x, const toc_event *in)
{
    (void)x;
    (void)in;
}

void toc_promise_apply(toc_exercise *x, const toc_event *in)
{
    (void)x;
    (void)in;
}

void toc_kept_apply(toc_exercise *x, const toc_event *in)
{
    (void)x;
    (void)in;
}
