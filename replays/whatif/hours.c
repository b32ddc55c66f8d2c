// SPDX-License-Identifier: MIT
#include "replays/hours.h"

#include <stdlib.h>

#include "base/mem.h"
#include "rehearse/rerun.h"
#include "world/world.h"

static void reckon(toc_hours *out, const toc_exercise *x);

toc_err toc_hours_of(toc_hours *out, const toc_recording *r, toc_error *e)
{
    *out = (toc_hours){0};
    const toc_header *h = toc_recording_header(r);
    if (h->semantics != TOC_SEMANTICS)
        return toc_fail(e, TOC_EREFUSED, "it was made by an engine with other semantics");
    toc_rerun *again = toc_rerun_new(h);
    toc_err err = TOC_OK;
    for (int64_t seq = 1; seq <= toc_recording_count(r) && !err; seq++) {
        size_t len;
        const char *body = toc_recording_body(r, seq, &len);
        err = toc_rerun_line(again, body, len, e);
    }
    if (!err && toc_rerun_exercise(again))
        reckon(out, toc_rerun_exercise(again));
    toc_rerun_free(again);
    return err;
}

void toc_hours_fini(toc_hours *h)
{
    free(h->lost);
    *h = (toc_hours){0};
}

static void reckon(toc_hours *out, const toc_exercise *x)
{
    enum { MINUTE_MS = 60000 };
    const toc_world *w = toc_exercise_world(x);
    const toc_plan *plan = toc_exercise_plan(x);
    if (!w)
        return;
    int64_t minute = (toc_exercise_story(x, toc_exercise_now(x)).ms - plan->startex.ms) / MINUTE_MS;
    if (minute < toc_world_minute(w))
        minute = toc_world_minute(w);
    out->count = plan->model.service_count;
    out->lost = toc_alloc((out->count + 1) * sizeof *out->lost);
    for (size_t i = 0; i < out->count; i++) {
        out->lost[i] = toc_world_lost_user_hours(w, i, minute);
        out->total += out->lost[i];
    }
}
