// SPDX-License-Identifier: MIT
// What EXCON does to the master list while it is played.

#include "state.h"

toc_err toc_move_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    (void)x;
    return toc_fail(e, TOC_EREFUSED, "%s is not possible", toc_kind_name(in->kind));
}

toc_err toc_edit_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    (void)x;
    return toc_fail(e, TOC_EREFUSED, "%s is not possible", toc_kind_name(in->kind));
}

toc_err toc_adhoc_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    (void)x;
    return toc_fail(e, TOC_EREFUSED, "%s is not possible", toc_kind_name(in->kind));
}

toc_err toc_deliver_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    (void)x;
    return toc_fail(e, TOC_EREFUSED, "%s is not possible", toc_kind_name(in->kind));
}

void toc_move_apply(toc_exercise *x, const toc_event *in)
{
    (void)x;
    (void)in;
}

void toc_edit_apply(toc_exercise *x, const toc_event *in)
{
    (void)x;
    (void)in;
}

void toc_adhoc_apply(toc_exercise *x, const toc_event *in)
{
    (void)x;
    (void)in;
}

void toc_deliver_apply(toc_exercise *x, const toc_event *in)
{
    (void)x;
    (void)in;
}
