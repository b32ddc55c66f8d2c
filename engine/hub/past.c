// SPDX-License-Identifier: MIT
#include "hub/past.h"

#include <string.h>

#include "base/mem.h"
#include "conduct_inside.h"
#include "desk_status.h"

static void adopt(toc_conduct *c);

toc_err toc_conduct_past(toc_conduct **out, const toc_header *header, toc_error *e)
{
    *out = NULL;
    if (header->semantics != TOC_SEMANTICS)
        return toc_fail(e, TOC_EREFUSED,
                        "this was recorded with semantics %lld, this engine plays %d: it is not "
                        "executed again here",
                        (long long)header->semantics, TOC_SEMANTICS);
    toc_conduct *c = toc_alloc(sizeof *c);
    c->is_past = true;
    c->sessions = toc_sessions_new();
    c->clock.speed = 1000;
    c->mark_at = -1;
    c->rerun = toc_rerun_new(header);
    *out = c;
    return TOC_OK;
}

toc_err toc_conduct_past_line(toc_conduct *c, const char *body, size_t len, toc_error *e)
{
    toc_err err = toc_rerun_line(c->rerun, body, len, e);
    adopt(c);
    return err;
}

toc_err toc_conduct_past_open(toc_conduct *c, toc_error *e)
{
    toc_err err = toc_rerun_open(c->rerun, e);
    adopt(c);
    return err;
}

toc_err toc_conduct_past_wait(toc_conduct *c, int64_t t, toc_error *e)
{
    return c->x ? toc_rerun_wait(c->rerun, t, e) : TOC_OK;
}

void toc_desk_page(toc_conduct *c, const char *seat, int64_t t, int64_t from, toc_buf *page,
                   int64_t *more)
{
    toc_desk desk = {.conduct = c, .pulse = toc_pulse_new(), .watched_at = -1};
    toc_reply reply = {0};
    toc_request q = {.desk = &desk, .mono = t, .op = "status", .id = "", .reply = &reply};
    q.role = toc_seat_role(seat);
    toc_seat_audience(seat, q.audience);
    if (c->is_past)
        toc_live_clock_place(&c->clock, t, t);
    toc_buf_str(&reply.text, "{\"ok\":true");
    *more = toc_status_page(&q, from);
    toc_buf_char(&reply.text, '}');
    toc_buf_add(page, reply.text.data, reply.text.len);
    toc_buf_fini(&reply.text);
    toc_pulse_free(desk.pulse);
}

static void adopt(toc_conduct *c)
{
    c->x = toc_rerun_exercise(c->rerun);
    if (!c->x || c->plan)
        return;
    c->plan = toc_exercise_plan(c->x);
    c->files = toc_rerun_files(c->rerun);
}
