// SPDX-License-Identifier: MIT
// Rows of the master list get another play time: one of them, or it and all that comes after it.

#include <stdlib.h>

#include "base/mem.h"
#include "state.h"

// A row that moves: an inject, or a decision.
typedef struct {
    toc_due_kind kind;
    size_t index;
    int64_t time, order; // as planned until now
} mover;

static mover *list_movers(const toc_exercise *x, const toc_event *in, size_t *count);
static toc_err check_room(const toc_exercise *x, const toc_event *in, toc_error *e);
static const char *id_of(const toc_exercise *x, const mover *m);
static int64_t time_of(const toc_exercise *x, size_t i);
static size_t list_followers(const toc_exercise *x, size_t i, int64_t from, mover *out);
static int64_t order_of(const toc_exercise *x, toc_due_kind kind, size_t index);
static int compare_movers(const void *a, const void *b);
static void move_one(toc_exercise *x, const mover *m, int64_t until);
static void set_time(toc_exercise *x, const mover *m, int64_t until);

toc_err toc_move_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    size_t i;
    toc_err err = toc_msel_find(x, toc_event_str(in, TOC_F_INJECT), &i, e);
    if (err)
        return err;
    const toc_inject *row = toc_exercise_inject_row(x, i);
    if (x->injects[i].state == TOC_INJECT_CUED)
        return toc_fail(e, TOC_EREFUSED, "%s: %s has the cue already; hold it, then move it",
                        row->id, row->voice);
    if (toc_event_int(in, TOC_F_FOLLOW) && time_of(x, i) < 0)
        return toc_fail(e, TOC_EREFUSED,
                        "%s has no time yet that others could follow; move it without follow",
                        row->id);
    err = toc_time_check(x, in->t, toc_event_int(in, TOC_F_UNTIL), e);
    return err ? err : check_room(x, in, e);
}

// Rows that come to stand at one time keep their order.
void toc_move_apply(toc_exercise *x, const toc_event *in)
{
    size_t i = toc_exercise_inject_find(x, toc_event_str(in, TOC_F_INJECT)), count;
    int64_t until = toc_event_int(in, TOC_F_UNTIL), from = time_of(x, i);
    mover *all = list_movers(x, in, &count);
    for (size_t k = 0; k < count; k++) {
        bool is_first = all[k].kind == TOC_DUE_INJECT && all[k].index == i;
        int64_t then = is_first ? until : all[k].time + (until - from);
        move_one(x, &all[k], then > x->now ? then : x->now);
    }
    free(all);
}

int64_t toc_decision_time(const toc_exercise *x, size_t i)
{
    const decision_now *d = &x->decisions[i];
    toc_at at = x->plan->decisions[i].at;
    toc_due due;
    if (d->state != TOC_DECISION_PLANNED)
        return -1;
    if (toc_schedule_find(&x->schedule, TOC_DUE_ASK, i, &due))
        return due.due;
    if (x->state != TOC_PLAY_LOBBY)
        return -1;
    if (d->is_moved)
        return d->moved_to;
    return at.kind == TOC_AT_PLAY    ? at.ms
           : at.kind == TOC_AT_STORY ? toc_play_of_story(x, at.ms)
                                     : -1;
}

// The row, and what follows it if that moves too, in order; the caller frees it.
static mover *list_movers(const toc_exercise *x, const toc_event *in, size_t *count)
{
    size_t i = toc_exercise_inject_find(x, toc_event_str(in, TOC_F_INJECT));
    int64_t from = time_of(x, i);
    mover *all = toc_alloc((x->inject_count + x->plan->decision_count + 1) * sizeof *all);
    all[0] = (mover){TOC_DUE_INJECT, i, from, order_of(x, TOC_DUE_INJECT, i)};
    *count = 1;
    if (toc_event_int(in, TOC_F_FOLLOW))
        *count += list_followers(x, i, from, all + 1);
    qsort(all, *count, sizeof *all, compare_movers);
    return all;
}

// What was to come before ENDEX still does. The row itself was given a time that does.
static toc_err check_room(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    size_t count, i = toc_exercise_inject_find(x, toc_event_str(in, TOC_F_INJECT));
    const int64_t by = toc_event_int(in, TOC_F_UNTIL) - time_of(x, i), end = x->plan->length_ms;
    mover *all = list_movers(x, in, &count);
    toc_err err = TOC_OK;
    for (size_t k = 0; k < count && !err; k++) {
        bool is_first = all[k].kind == TOC_DUE_INJECT && all[k].index == i;
        if (is_first || all[k].time >= end || all[k].time + by < end)
            continue;
        toc_buf when = {0}, endex = {0};
        toc_play_text(&when, all[k].time + by);
        toc_play_text(&endex, end);
        err = toc_fail(e, TOC_EREFUSED,
                       "%s would come at %s, not before ENDEX at %s: move less, or without what "
                       "follows",
                       id_of(x, &all[k]), when.data, endex.data);
        toc_buf_fini(&when);
        toc_buf_fini(&endex);
    }
    free(all);
    return err;
}

static const char *id_of(const toc_exercise *x, const mover *m)
{
    return m->kind == TOC_DUE_INJECT ? toc_exercise_inject_row(x, m->index)->id
                                     : x->plan->decisions[m->index].id;
}

// When it was to come; of one that waits for its release, when it came.
static int64_t time_of(const toc_exercise *x, size_t i)
{
    const inject_now *now = &x->injects[i];
    return now->state == TOC_INJECT_HELD && now->is_wanted ? now->wanted : toc_inject_time(x, i);
}

static size_t list_followers(const toc_exercise *x, size_t i, int64_t from, mover *out)
{
    size_t count = 0;
    for (size_t k = 0; k < x->inject_count; k++) {
        int64_t time = toc_inject_time(x, k);
        if (k != i && x->injects[k].state == TOC_INJECT_PLANNED && time >= from)
            out[count++] = (mover){TOC_DUE_INJECT, k, time, order_of(x, TOC_DUE_INJECT, k)};
    }
    for (size_t k = 0; k < x->plan->decision_count; k++) {
        int64_t time = toc_decision_time(x, k);
        if (time >= from)
            out[count++] = (mover){TOC_DUE_ASK, k, time, order_of(x, TOC_DUE_ASK, k)};
    }
    return count;
}

// Of what is scheduled; before STARTEX injects stand before decisions, each in the order of the plan.
static int64_t order_of(const toc_exercise *x, toc_due_kind kind, size_t index)
{
    toc_due due;
    if (toc_schedule_find(&x->schedule, kind, index, &due))
        return due.order;
    return (int64_t)(kind == TOC_DUE_ASK ? x->inject_count + index : index);
}

static int compare_movers(const void *a, const void *b)
{
    const mover *one = a, *other = b;
    if (one->time != other->time)
        return one->time < other->time ? -1 : 1;
    return one->order < other->order ? -1 : one->order > other->order;
}

static void move_one(toc_exercise *x, const mover *m, int64_t until)
{
    toc_event *ev = toc_emit(x, TOC_K_MOVED);
    toc_event_set_str(ev, m->kind == TOC_DUE_INJECT ? TOC_F_INJECT : TOC_F_DECISION, id_of(x, m));
    toc_event_set_int(ev, TOC_F_UNTIL, until);
    set_time(x, m, until);
    toc_schedule_remove(&x->schedule, m->kind, m->index);
    if (toc_in_play(x))
        toc_schedule_add(
            &x->schedule,
            (toc_due){.kind = m->kind, .index = m->index, .cause = ev->seq, .due = until});
}

// One that is held stays so, and is wanted again when the new time has come.
static void set_time(toc_exercise *x, const mover *m, int64_t until)
{
    if (m->kind == TOC_DUE_ASK) {
        x->decisions[m->index].is_moved = true;
        x->decisions[m->index].moved_to = until;
        return;
    }
    inject_now *now = &x->injects[m->index];
    if (!now->is_moved)
        now->moved_from = m->time;
    now->is_moved = true;
    now->moved_to = until;
    now->is_wanted = false;
    now->armed_by = TOC_NONE;
}
