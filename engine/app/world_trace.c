// SPDX-License-Identifier: MIT
#include "world_trace.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static toc_err play(toc_trace *t, toc_world *w, const toc_acts *acts, toc_error *e);
static void add_act(toc_trace *t, const toc_model *m, const toc_act *act);
static void add_change(toc_trace *t, const toc_world *w, const toc_change *c);
static void act_text(toc_buf *out, const toc_model *m, const toc_act *act);
static void level_text(toc_buf *out, const toc_world *w, const toc_change *c);
static void repair_text(toc_buf *out, const toc_world *w, const toc_change *c);
static void count_lost(toc_trace *t, const toc_world *w);

toc_err toc_trace_run(toc_trace *out, const toc_model *m, const toc_acts *acts, int64_t until,
                      toc_error *e)
{
    toc_world *w;
    *out = (toc_trace){.until = until};
    toc_err err = toc_world_new(&w, m, e);
    if (err)
        return err;
    size_t count = m->service_count;
    out->at_start = toc_alloc((count + 1) * sizeof *out->at_start);
    for (size_t i = 0; i < count; i++)
        out->at_start[i] = toc_world_level(w, i);
    err = play(out, w, acts, e);
    if (!err)
        count_lost(out, w);
    toc_world_free(w);
    return err;
}

void toc_trace_fini(toc_trace *t)
{
    for (size_t i = 0; i < t->count; i++) {
        free(t->rows[i].text);
        free(t->rows[i].chain);
    }
    free(t->rows);
    free(t->lost);
    free(t->user_hours);
    free(t->levels);
    free(t->at_start);
    *t = (toc_trace){0};
}

// From one minute in which something happens to the next, so that each is told by the world as it is
// then.
static toc_err play(toc_trace *t, toc_world *w, const toc_acts *acts, toc_error *e)
{
    toc_changes changes = {0};
    toc_err err = TOC_OK;
    size_t next_act = 0;
    while (!err) {
        int64_t minute;
        bool is_pending = toc_world_next(w, &minute) && minute <= t->until;
        if (next_act < acts->count && (!is_pending || acts->at[next_act].minute <= minute))
            minute = acts->at[next_act].minute;
        else if (!is_pending)
            break;
        if (t->count >= TOC_TRACE_ROWS) {
            t->is_cut = true;
            t->until = toc_world_minute(w);
            break;
        }
        toc_changes_clear(&changes);
        toc_world_goto(w, minute, &changes);
        for (; !err && next_act < acts->count && acts->at[next_act].minute == minute; next_act++) {
            err = toc_act_do(&acts->at[next_act], w, e);
            add_act(t, toc_world_model(w), &acts->at[next_act]);
        }
        toc_world_settle(w, &changes);
        for (size_t i = 0; i < changes.count; i++)
            add_change(t, w, &changes.at[i]);
    }
    toc_changes_fini(&changes);
    return err;
}

static toc_trace_row *add_row(toc_trace *t, int64_t minute)
{
    TOC_GROW(t->rows, t->count, t->capacity);
    toc_trace_row *row = &t->rows[t->count++];
    *row = (toc_trace_row){.minute = minute};
    return row;
}

static void add_act(toc_trace *t, const toc_model *m, const toc_act *act)
{
    toc_trace_row *row = add_row(t, act->minute);
    toc_buf text = {0};
    row->act = act;
    act_text(&text, m, act);
    row->text = toc_buf_take(&text);
}

static void keep_chain(toc_trace_row *row, const size_t *chain, size_t count)
{
    row->chain = toc_alloc((count + 1) * sizeof *row->chain);
    memcpy(row->chain, chain, count * sizeof *chain);
    row->chain_count = count;
}

static void add_change(toc_trace *t, const toc_world *w, const toc_change *c)
{
    const toc_model *m = toc_world_model(w);
    toc_trace_row *row = add_row(t, c->minute);
    toc_buf text = {0};
    size_t chain[TOC_BECAUSE_LINKS];
    row->change = *c;
    row->change.members = NULL;
    switch (c->kind) {
    case TOC_CHANGE_LEVEL:
        level_text(&text, w, c);
        keep_chain(row, chain, toc_world_chain(w, c->service, chain, TOC_BECAUSE_LINKS));
        break;
    case TOC_CHANGE_REPAIR:
        row->left = toc_world_repair(w, c->repair).left;
        repair_text(&text, w, c);
        break;
    case TOC_CHANGE_OPENED:
        toc_buf_printf(&text, "%s: ", toc_service_name(m, c->service));
        toc_buf_printf(&text, "%s counts from now on",
                       toc_service_name(m, m->services[c->service].needs[c->need].provider));
        break;
    case TOC_CHANGE_DEADLOCK:
        toc_deadlock_text(&text, w, c);
        keep_chain(row, c->members, c->member_count);
        break;
    }
    row->text = toc_buf_take(&text);
}

// With its id, by which it can be started.
static void repair_name(toc_buf *out, const toc_model *m, size_t repair)
{
    const toc_repair *r = &m->repairs[repair];
    toc_buf_printf(out, "the repair %s", r->name ? r->name : r->id);
    if (r->name)
        toc_buf_printf(out, " (%s)", r->id);
}

static void act_text(toc_buf *out, const toc_model *m, const toc_act *act)
{
    const char *name = act->kind == TOC_ACT_REPAIR ? "" : toc_service_name(m, act->service);
    switch (act->kind) {
    case TOC_ACT_SHOCK:
        toc_buf_printf(out, "%s is set to ", name);
        toc_percent_text(out, act->level);
        toc_buf_str(out, " %");
        break;
    case TOC_ACT_REPAIR:
        repair_name(out, m, act->repair);
        toc_buf_str(out, " is started");
        break;
    case TOC_ACT_REFUEL:
        toc_buf_printf(out, "%s is refuelled", name);
        if (act->provider != TOC_NONE)
            toc_buf_printf(out, " (against the loss of %s)", toc_service_name(m, act->provider));
        break;
    case TOC_ACT_OPEN:
        toc_buf_printf(out, "%s: ", name);
        toc_buf_printf(out, "the alternative %s is opened", toc_service_name(m, act->provider));
        break;
    case TOC_ACT_BLACK_START:
        toc_buf_printf(out, "%s is black-started and held up for ", name);
        toc_minutes_text(out, act->minutes);
        break;
    }
}

static void level_text(toc_buf *out, const toc_world *w, const toc_change *c)
{
    // A service that changes twice in one minute is told by its last state only once.
    if (toc_world_level(w, c->service) == c->level) {
        toc_because_text(out, w, c->service);
        return;
    }
    toc_buf_printf(out, "%s ", toc_service_name(toc_world_model(w), c->service));
    toc_percent_text(out, c->level);
    toc_buf_str(out, " %, for less than a minute");
}

static void repair_text(toc_buf *out, const toc_world *w, const toc_change *c)
{
    const toc_model *m = toc_world_model(w);
    repair_name(out, m, c->repair);
    toc_buf_char(out, ' ');
    switch (c->state) {
    case TOC_REPAIR_PLANNED:
        toc_buf_str(out, "is planned");
        break;
    case TOC_REPAIR_RUNNING:
        toc_buf_str(out, "is under way");
        break;
    case TOC_REPAIR_STANDING:
        toc_buf_str(out, "stands still");
        if (c->because != TOC_SELF)
            toc_buf_printf(out, " for want of %s", toc_service_name(m, c->because));
        break;
    case TOC_REPAIR_DONE:
        toc_buf_str(out, "is done");
        return;
    }
    toc_buf_str(out, ", ");
    toc_minutes_text(out, toc_world_repair(w, c->repair).left);
    toc_buf_str(out, " of crew time left");
}

static void count_lost(toc_trace *t, const toc_world *w)
{
    size_t count = toc_world_model(w)->service_count;
    t->lost = toc_alloc((count + 1) * sizeof *t->lost);
    t->user_hours = toc_alloc((count + 1) * sizeof *t->user_hours);
    t->levels = toc_alloc((count + 1) * sizeof *t->levels);
    for (size_t i = 0; i < count; i++) {
        t->lost[i] = toc_world_lost_service(w, i, t->until);
        t->user_hours[i] = toc_world_lost_user_hours(w, i, t->until);
        t->levels[i] = toc_world_level(w, i);
    }
}
