// SPDX-License-Identifier: MIT
// What evaluators write down: observations on any row or none, and ratings. Both are only recorded.

#include <string.h>

#include "base/mem.h"
#include "state.h"

static toc_err check_names(const toc_exercise *x, const toc_event *in, toc_error *e);

toc_err toc_observe_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *text = toc_event_str(in, TOC_F_TEXT);
    if (text[strspn(text, " \t\n")] == '\0')
        return toc_fail(e, TOC_EREFUSED, "the observation is empty");
    if (toc_event_int(in, TOC_F_OCCURRED) > in->t) {
        toc_buf occurred = {0}, now = {0};
        toc_play_text(&occurred, toc_event_int(in, TOC_F_OCCURRED));
        toc_play_text(&now, in->t);
        toc_err err = toc_fail(e, TOC_EREFUSED, "%s has not come yet: play is at %s", occurred.data,
                               now.data);
        toc_buf_fini(&occurred);
        toc_buf_fini(&now);
        return err;
    }
    return check_names(x, in, e);
}

toc_err toc_rate_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *rating = toc_event_str(in, TOC_F_RATING);
    toc_err err = check_names(x, in, e);
    if (!err && (strlen(rating) != 1 || !strchr("PSMU", rating[0])))
        err = toc_fail(e, TOC_EREFUSED, "a rating is P, S, M or U, not \"%.20s\"", rating);
    return err;
}

static toc_err check_names(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    static const toc_field named[] = {TOC_F_INJECT, TOC_F_DECISION, TOC_F_EXPECTATION,
                                      TOC_F_OBJECTIVE, TOC_F_TEAM};
    for (size_t i = 0; i < TOC_COUNT(named); i++) {
        const char *id = toc_event_str(in, named[i]);
        size_t found;
        toc_err err = id ? toc_name_find(x, named[i], id, &found, e) : TOC_OK;
        if (err)
            return err;
    }
    if (toc_event_has(in, TOC_F_ITEM) &&
        !toc_exercise_has_item(x, "control", toc_event_int(in, TOC_F_ITEM)))
        return toc_fail(e, TOC_EREFUSED, "there is no such item");
    return TOC_OK;
}
