// SPDX-License-Identifier: MIT
// Playing on. The order of things is that of every run: what is due first, then who acts; of those who act, the original's people first.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "branch_inside.h"

#define STEPS_MOST                                                                                 \
    INT64_C(                                                                                       \
        400000) // beyond what is done again: scripts and players that keep each other busy for ever

static toc_err step(branching *b, bool *goes_on, toc_error *e);
static toc_err do_act(branching *b, toc_error *e);
static bool may_end(const branching *b);
static toc_err end_play(branching *b, toc_error *e);
static toc_err close_play(branching *b, toc_error *e);
static toc_err get_going(branching *b, bool *goes_on, toc_error *e);
static toc_err put_ours(branching *b, toc_kind kind, const char *reason, toc_error *e);
static void note_settled(branching *b, const toc_event *ev);
static void see_ask(branching *b, const toc_event *ev);

toc_err toc_branch_play(branching *b, toc_error *e)
{
    bool goes_on = true;
    toc_err err = TOC_OK;
    const int64_t most = STEPS_MOST + 8 * toc_recording_count(b->parent);
    while (!err && goes_on && b->steps++ < most)
        err = step(b, &goes_on, e);
    if (!err && goes_on)
        return toc_fail(e, TOC_ELIMIT,
                        "the branch does not come to an end: it was given up after %lld steps",
                        (long long)most);
    toc_play_state state = toc_exercise_clock(b->x).state;
    if (!err && (state == TOC_PLAY_ENDED || state == TOC_PLAY_LOBBY))
        err = close_play(b, e);
    toc_docket_drop(b);
    b->out->is_closed = toc_exercise_clock(b->x).state == TOC_PLAY_CLOSED;
    return err;
}

void toc_branch_shown(branching *b, const toc_event *ev, int64_t origin)
{
    int64_t there = origin, cause = 0;
    if (ev->kind == TOC_K_MESSAGE && ev->cause >= 1 && ev->cause <= (int64_t)b->from_count)
        cause = b->from[ev->cause - 1];
    char *key = toc_keys_add(&b->here, ev, ev->kind == TOC_K_MESSAGE ? cause : origin);
    if (key && !there)
        toc_map_get(b->original->there.seqs, key, &there);
    TOC_GROW(b->from, b->from_count, b->from_capacity);
    b->from[b->from_count++] = there;
    if (ev->kind == TOC_K_READ || ev->kind == TOC_K_ACK) {
        char *opened = toc_sprintf("%s %lld", toc_event_str(ev, TOC_F_BY),
                                   (long long)toc_event_int(ev, TOC_F_ITEM));
        toc_map_put(b->opened, opened, 1);
        free(opened);
    }
    if (b->docket.waiting && key)
        toc_docket_came(&b->docket, key, ev->t);
    if (b->docket.waiting)
        see_ask(b, ev);
    note_settled(b, ev);
    if (ev->kind == TOC_K_ENDEX)
        b->out->ended = ev->t;
    if (b->relief && toc_kind_class(ev->kind) != TOC_CLASS_RECORD)
        toc_relief_saw(b->relief, b->x, ev);
    free(key);
}

// One thing that happens, whatever it is; goes_on is false when nothing is left, or play ended.
static toc_err step(branching *b, bool *goes_on, toc_error *e)
{
    toc_clock_view clock = toc_exercise_clock(b->x);
    const branch_act *act = toc_docket_next(&b->docket);
    int64_t due = 0, relieved = 0, until = b->o->until;
    bool is_play = clock.state < TOC_PLAY_ENDED;
    bool has_due = toc_exercise_next_due(b->x, &due);
    bool has_relief = is_play && b->relief && toc_relief_next(b->relief, b->x, b->now, &relieved);
    int64_t t = act && act->t > b->now ? act->t : b->now;
    relieved = relieved > b->now ? relieved : b->now;
    bool is_relief = has_relief && (!act || relieved < t);
    t = is_relief ? relieved : t;
    bool has_act = is_relief || act;
    bool stands = clock.state != TOC_PLAY_RUNNING && t > b->now;
    bool is_due =
        has_due && (!has_act || due <= t) && (due <= b->now || clock.state == TOC_PLAY_RUNNING);
    if (act && !is_relief && act->is_by_itself && act->t <= b->now)
        is_due = false;
    if (clock.state == TOC_PLAY_CLOSED || (!is_play && (!has_act || t > b->now))) {
        *goes_on = false;
        return TOC_OK;
    }
    if (until >= 0 && (is_due ? due : has_act ? t : TOC_MS_MAX) > until && may_end(b))
        return end_play(b, e);
    if (is_due)
        return toc_branch_advance(b, e);
    if (!has_act || stands)
        return get_going(b, goes_on, e);
    b->now = t;
    if (!is_relief)
        return do_act(b, e);
    toc_relief_act(b->relief, b->x, b->now);
    return b->failed ? toc_fail(e, b->failed, "%s", b->why.msg) : TOC_OK;
}

static toc_err do_act(branching *b, toc_error *e)
{
    branch_act act = toc_docket_take(&b->docket);
    switch (act.kind) {
    case ACT_AGAIN:
        return toc_branch_again(b, &act, e);
    case ACT_ANSWER:
        return toc_branch_answer(b, &act, e);
    case ACT_RULE:
        return toc_branch_rule(b, &act, e);
    }
    return TOC_OK;
}

// In a pause before that time it is not over: play is let run, and gets there.
static bool may_end(const branching *b)
{
    toc_clock_view clock = toc_exercise_clock(b->x);
    bool is_begun = clock.state != TOC_PLAY_LOBBY && clock.state < TOC_PLAY_ENDED;
    return is_begun && (clock.state == TOC_PLAY_RUNNING || b->now >= b->o->until);
}

static toc_err end_play(branching *b, toc_error *e)
{
    toc_buf reason = {0};
    if (toc_exercise_clock(b->x).state == TOC_PLAY_RUNNING && b->o->until > b->now)
        b->now = b->o->until;
    toc_buf_str(&reason, "what if: played until ");
    toc_play_text(&reason, b->o->until);
    toc_err err = put_ours(b, TOC_K_END, toc_buf_text(&reason), e);
    toc_buf_fini(&reason);
    return err;
}

// Where others play, or play was cut short, nobody expects the original's EXCON.
static toc_err close_play(branching *b, toc_error *e)
{
    if (b->o->otherwise == TOC_ELSE_ORIGINAL && b->o->until < 0) {
        toc_buf_str(&b->out->notes, "play had ended at ");
        toc_play_text(&b->out->notes, b->out->ended);
        toc_buf_str(&b->out->notes, " with nobody left to close it: it was closed\n");
    }
    return put_ours(b, TOC_K_CLOSE, NULL, e);
}

// Play stands, and nobody of the original is left to let it run.
static toc_err get_going(branching *b, bool *goes_on, toc_error *e)
{
    toc_clock_view clock = toc_exercise_clock(b->x);
    bool is_lobby = clock.state == TOC_PLAY_LOBBY;
    if (clock.state == TOC_PLAY_RUNNING && !clock.emergency) {
        *goes_on = false; // nothing is ever due again
        return TOC_OK;
    }
    toc_buf_str(&b->out->notes, is_lobby ? "play had not begun: it was started\n" : "");
    if (!is_lobby) {
        toc_buf_str(&b->out->notes, "play stood at ");
        toc_play_text(&b->out->notes, b->now);
        toc_buf_str(&b->out->notes, " with nobody left to resume it: it was resumed\n");
    }
    return put_ours(b, is_lobby && !clock.emergency ? TOC_K_START : TOC_K_RESUME, NULL, e);
}

static toc_err put_ours(branching *b, toc_kind kind, const char *reason, toc_error *e)
{
    const char *seat = toc_branch_seat(b, "excon-1");
    toc_event in;
    if (!seat)
        return toc_fail(e, TOC_EREFUSED,
                        "no seat of EXCON is open at that point: nobody could conduct the branch");
    toc_event_init(&in, kind, b->now);
    toc_event_set_str(&in, TOC_F_BY, seat);
    toc_event_set_str(&in, TOC_F_REASON, reason);
    toc_err err = toc_branch_put(b, &in, 0, e);
    b->out->made += !err;
    toc_event_fini(&in);
    return err;
}

static void note_settled(branching *b, const toc_event *ev)
{
    if (ev->kind != TOC_K_DECIDED && ev->kind != TOC_K_OVERDUE)
        return;
    size_t i = toc_branch_decides(b, toc_event_str(ev, TOC_F_DECISION));
    if (i != TOC_NONE)
        b->out->decides[i].now_seq = ev->seq;
}

// An answer in the last moment needs the deadline; an answer of their own, a ruling.
static void see_ask(branching *b, const toc_event *ev)
{
    enum { TAKES_RULING = 60000 };
    size_t i = ev->kind == TOC_K_ASK || ev->kind == TOC_K_PROPOSED
                   ? toc_branch_decides(b, toc_event_str(ev, TOC_F_DECISION))
                   : TOC_NONE;
    if (i == TOC_NONE)
        return;
    const toc_choice *c = toc_branch_choice(b, i);
    branch_act act = {.seq = toc_recording_count(b->parent) + 1 + (int64_t)i, .decide = i};
    if (ev->kind == TOC_K_ASK && c->when == TOC_WHEN_LATE && c->answer != TOC_ANSWER_NONE) {
        act.kind = ACT_ANSWER;
        act.t = toc_event_int(ev, TOC_F_DEADLINE) - TOC_BRANCH_LAST;
        toc_docket_add(&b->docket, &act);
    } else if (ev->kind == TOC_K_PROPOSED &&
               (c->answer == TOC_ANSWER_OWN || c->answer == TOC_ANSWER_REJECTED)) {
        act.kind = ACT_RULE;
        act.t = ev->t + TAKES_RULING;
        toc_docket_add(&b->docket, &act);
    }
}
