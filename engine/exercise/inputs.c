// SPDX-License-Identifier: MIT
// Inputs: who may send what, what is refused and why, and what an accepted one does. One row a kind.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "state.h"

// Roles, as bits.
enum { PARTICIPANT = 1, EXCON = 2, SIMCELL = 4, EVALUATOR = 8, BOARD = 16, ENGINE = 32 };
#define CONTROL (EXCON | SIMCELL | EVALUATOR)
#define ANYONE  (PARTICIPANT | CONTROL | BOARD)

// States of play, as bits of 1 << toc_play_state.
enum { LOBBY = 1, RUNNING = 2, PAUSED = 4, ENDED = 8 };
#define PLAY (RUNNING | PAUSED)
#define OPEN (LOBBY | PLAY | ENDED)

typedef toc_err (*check_fn)(const toc_exercise *x, const toc_event *in, toc_error *e);
typedef void (*apply_fn)(toc_exercise *x, const toc_event *in);

static toc_err check_resume(const toc_exercise *x, const toc_event *in, toc_error *e);
static toc_err check_speed(const toc_exercise *x, const toc_event *in, toc_error *e);
static toc_err check_pace(const toc_exercise *x, const toc_event *in, toc_error *e);
static void apply_start(toc_exercise *x, const toc_event *in);
static void apply_pause(toc_exercise *x, const toc_event *in);
static void apply_resume(toc_exercise *x, const toc_event *in);
static void apply_speed(toc_exercise *x, const toc_event *in);
static void apply_pace(toc_exercise *x, const toc_event *in);
static void apply_end(toc_exercise *x, const toc_event *in);
static void apply_close(toc_exercise *x, const toc_event *in);
static void apply_emergency(toc_exercise *x, const toc_event *in);
static void apply_halt(toc_exercise *x, const toc_event *in);

static const struct {
    int roles, states;
    check_fn check; // NULL: nothing further
    apply_fn apply; // NULL: it is only recorded
} rows[TOC_K_INJECT] = {
    [TOC_K_START] = {EXCON | ENGINE, LOBBY, NULL, apply_start},
    [TOC_K_PAUSE] = {EXCON | ENGINE, RUNNING, NULL, apply_pause},
    [TOC_K_RESUME] = {EXCON, OPEN, check_resume, apply_resume},
    [TOC_K_SPEED] = {EXCON | ENGINE, LOBBY | PLAY, check_speed, apply_speed},
    [TOC_K_PACE] = {EXCON, LOBBY | PLAY, check_pace, apply_pace},
    [TOC_K_JUMP] = {EXCON, PLAY, toc_jump_check, toc_jump_apply},
    [TOC_K_PHASE] = {EXCON, PLAY, toc_phase_check, toc_phase_apply},
    [TOC_K_FIRE] = {EXCON, PLAY, toc_fire_check, toc_fire_apply},
    [TOC_K_HOLD] = {EXCON, LOBBY | PLAY, toc_hold_check, toc_hold_apply},
    [TOC_K_RELEASE] = {EXCON, LOBBY | PLAY, toc_release_check, toc_release_apply},
    [TOC_K_SKIP] = {EXCON, LOBBY | PLAY, toc_skip_check, toc_skip_apply},
    [TOC_K_MOVE] = {EXCON, LOBBY | PLAY, toc_move_check, toc_move_apply},
    [TOC_K_EDIT] = {EXCON, LOBBY | PLAY, toc_edit_check, toc_edit_apply},
    [TOC_K_ADHOC] = {EXCON, LOBBY | PLAY, toc_adhoc_check, toc_adhoc_apply},
    [TOC_K_DELIVER] = {EXCON | SIMCELL, PLAY, toc_deliver_check, toc_deliver_apply},
    [TOC_K_DROP] = {EXCON, PLAY, toc_drop_check, toc_drop_apply},
    [TOC_K_WAKE] = {EXCON, PLAY, toc_wake_check, toc_wake_apply},
    [TOC_K_EXTEND] = {EXCON, PLAY, toc_extend_check, toc_extend_apply},
    [TOC_K_INTERVENE] = {EXCON, PLAY, toc_intervene_check, toc_intervene_apply},
    [TOC_K_RULE] = {EXCON, PLAY | ENDED, toc_rule_check, toc_rule_apply},
    [TOC_K_AWARE] = {CONTROL, PLAY, toc_aware_check, toc_aware_apply},
    [TOC_K_CLAIM] = {EXCON | SIMCELL, OPEN, toc_claim_check, toc_claim_apply},
    [TOC_K_UNCLAIM] = {EXCON | SIMCELL, OPEN, toc_claim_check, toc_unclaim_apply},
    [TOC_K_PROMISE] = {EXCON | SIMCELL, OPEN, toc_promise_check, toc_promise_apply},
    [TOC_K_KEPT] = {EXCON | SIMCELL, OPEN, toc_kept_check, toc_kept_apply},
    [TOC_K_OPEN_SEAT] = {EXCON | ENGINE, OPEN, toc_open_seat_check, toc_open_seat_apply},
    [TOC_K_REVOKE] = {EXCON, OPEN, toc_revoke_check, toc_revoke_apply},
    [TOC_K_REASSIGN] = {EXCON, OPEN, toc_reassign_check, toc_reassign_apply},
    [TOC_K_END] = {EXCON, PLAY, NULL, apply_end},
    [TOC_K_CLOSE] = {EXCON, LOBBY | ENDED, NULL, apply_close},
    [TOC_K_JOIN] = {ANYONE, OPEN, toc_seat_check, toc_join_apply},
    [TOC_K_LEAVE] = {ENGINE, OPEN, toc_seat_check, toc_leave_apply},
    [TOC_K_SIGN_IN] = {ANYONE, OPEN, toc_sign_check, toc_sign_in_apply},
    [TOC_K_SIGN_OUT] = {ANYONE, OPEN, toc_sign_check, toc_sign_out_apply},
    [TOC_K_READ] = {PARTICIPANT, OPEN, toc_item_check, toc_read_apply},
    [TOC_K_DECIDE] = {PARTICIPANT | EXCON, PLAY | ENDED, toc_decide_check, toc_decide_apply},
    [TOC_K_SAY] = {PARTICIPANT | EXCON | SIMCELL, LOBBY | PLAY, toc_say_check, toc_say_apply},
    [TOC_K_FORWARD] = {PARTICIPANT | EXCON | SIMCELL, PLAY, toc_forward_check, toc_forward_apply},
    [TOC_K_SUBMIT] = {PARTICIPANT, PLAY, toc_submit_check, toc_submit_apply},
    [TOC_K_OBSERVE] = {EXCON | EVALUATOR, OPEN, toc_observe_check, NULL},
    [TOC_K_MARK_ACTION] = {EXCON | EVALUATOR, PLAY | ENDED, toc_mark_check, toc_mark_apply},
    [TOC_K_RATE] = {EXCON | EVALUATOR, OPEN, toc_rate_check, NULL},
    [TOC_K_ACK] = {PARTICIPANT, OPEN, toc_item_check, toc_ack_apply},
    [TOC_K_EMERGENCY] = {ANYONE, OPEN, NULL, apply_emergency},
    [TOC_K_MARK] = {ENGINE, OPEN, NULL, NULL},
    [TOC_K_RESUMED] = {ENGINE, OPEN, NULL, apply_pause},
    [TOC_K_HALT] = {ENGINE, OPEN, NULL, apply_halt},
};

static int role_bit(const char *role)
{
    static const char *const names[] = {"participant", "excon", "simcell",
                                        "evaluator",   "board", "engine"};
    for (size_t i = 0; i < TOC_COUNT(names); i++)
        if (strcmp(role, names[i]) == 0)
            return 1 << i;
    return 0;
}

const char *toc_seat_role(const char *seat)
{
    static const char *const names[] = {"excon", "simcell", "evaluator", "board"};
    if (strcmp(seat, "engine") == 0)
        return "engine";
    const char *dash = strrchr(seat, '-');
    for (size_t i = 0; dash && i < TOC_COUNT(names); i++)
        if (strlen(names[i]) == (size_t)(dash - seat) &&
            strncmp(seat, names[i], (size_t)(dash - seat)) == 0)
            return names[i];
    return "participant";
}

bool toc_role_may(const char *role, toc_kind kind)
{
    return kind < TOC_COUNT(rows) && (rows[kind].roles & role_bit(role));
}

// Every text of an input is checked the same way, whatever it is for.
static toc_err check_texts(const toc_event *in, toc_error *e)
{
    for (size_t i = 0; i < in->count; i++) {
        const toc_value *v = &in->values[i];
        toc_err err = TOC_OK;
        if (v->text && v->field != TOC_F_WALL)
            err = toc_text_check(v->text, toc_field_name(v->field), e);
        for (size_t k = 0; !err && v->list && k < v->count; k++)
            err = toc_text_check(v->list[k], toc_field_name(v->field), e);
        if (err)
            return err;
    }
    return TOC_OK;
}

// While people may be in danger, nothing is sent to players and play does not move. What they say to each
// other as themselves goes on.
static toc_err check_emergency(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    toc_kind kind = in->kind;
    bool is_timed = toc_event_has(in, TOC_F_UNTIL) && toc_event_int(in, TOC_F_UNTIL) > in->t;
    bool would_play =
        kind == TOC_K_START || kind == TOC_K_JUMP || kind == TOC_K_PHASE || kind == TOC_K_FIRE ||
        kind == TOC_K_RELEASE || kind == TOC_K_DELIVER || kind == TOC_K_WAKE ||
        ((kind == TOC_K_ADHOC || kind == TOC_K_MOVE) && !is_timed) || kind == TOC_K_INTERVENE;
    bool is_play = kind == TOC_K_DECIDE || kind == TOC_K_RULE || kind == TOC_K_SUBMIT ||
                   kind == TOC_K_FORWARD || (kind == TOC_K_SAY && toc_event_has(in, TOC_F_AS));
    if (!x->emergency || !(would_play || is_play))
        return TOC_OK;
    if (is_play)
        return toc_fail(
            e, TOC_EREFUSED,
            "play stands, a real emergency was called; send it again when play goes on");
    return toc_fail(
        e, TOC_EREFUSED,
        "%s is not possible now: a real emergency was called; clear it with resume first",
        toc_kind_name(kind));
}

static toc_err check_fields(const toc_event *in, toc_error *e)
{
    const size_t count = toc_kind_field_count(in->kind);
    for (size_t i = 0; i < count; i++) {
        toc_field f = toc_kind_field(in->kind, i);
        if (!toc_event_has(in, f) && toc_kind_needs(in->kind, f))
            return toc_fail(e, TOC_EREFUSED, "%s needs \"%s\"", toc_kind_name(in->kind),
                            toc_field_name(f));
    }
    return check_texts(in, e);
}

static toc_err check_state(const toc_exercise *x, toc_kind kind, toc_error *e)
{
    static const char *const why[] = {"play has not started", "play is running", "play is paused",
                                      "play has ended", "the exercise is closed"};
    if (rows[kind].states & (1 << x->state))
        return TOC_OK;
    return toc_fail(e, TOC_EREFUSED, "%s is not possible now: %s", toc_kind_name(kind),
                    why[x->state]);
}

toc_err toc_input_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    if (toc_kind_class(in->kind) != TOC_CLASS_INPUT)
        return toc_fail(e, TOC_EREFUSED, "%s is not an input", toc_kind_name(in->kind));
    toc_err err = check_fields(in, e);
    if (err)
        return err;
    const char *by = toc_event_str(in, TOC_F_BY), *role = toc_seat_role(by);
    if (!toc_role_may(role, in->kind))
        return toc_fail(e, TOC_EREFUSED, "%s is not for the role %s", toc_kind_name(in->kind),
                        role);
    if (strcmp(role, "engine") != 0) {
        size_t seat = toc_exercise_seat_find(x, by);
        if (seat == TOC_NONE || !x->seats[seat].is_open)
            return toc_fail(e, TOC_EREFUSED, "there is no open seat %.60s", by);
    }
    err = check_state(x, in->kind, e);
    if (!err)
        err = check_emergency(x, in, e);
    return err ? err : toc_input_rule(x, in, e);
}

toc_err toc_input_rule(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    return rows[in->kind].check ? rows[in->kind].check(x, in, e) : TOC_OK;
}

void toc_input_apply(toc_exercise *x, const toc_event *in)
{
    if (rows[in->kind].apply)
        rows[in->kind].apply(x, in);
}

// ---- the clock -----------------------------------------------------------------------------------

static void apply_start(toc_exercise *x, const toc_event *in)
{
    (void)in;
    x->state = TOC_PLAY_RUNNING;
    toc_phases_schedule(x); // first: what is due at the time of a phase belongs to it
    toc_injects_schedule(x);
    for (size_t i = 0; i < x->plan->decision_count; i++) {
        toc_at at = x->plan->decisions[i].at;
        if (x->decisions[i].is_moved)
            at = (toc_at){.kind = TOC_AT_PLAY, .ms = x->decisions[i].moved_to};
        toc_due due = {.kind = TOC_DUE_ASK, .index = i, .cause = x->cause, .story = at.ms};
        due.is_story = at.kind == TOC_AT_STORY;
        due.due = due.is_story ? toc_play_of_story(x, at.ms) : at.ms;
        if (at.kind == TOC_AT_PLAY || at.kind == TOC_AT_STORY)
            toc_schedule_add(&x->schedule, due);
    }
    toc_schedule_add(&x->schedule,
                     (toc_due){.kind = TOC_DUE_END, .cause = x->cause, .due = x->plan->length_ms});
    toc_measures_schedule(x);
    toc_expectations_schedule(x);
    if (x->script)
        x->script->start(x->script->self, x);
}

// Also what `resumed` does: a run that was taken up again waits for EXCON.
static void apply_pause(toc_exercise *x, const toc_event *in)
{
    (void)in;
    if (x->state == TOC_PLAY_RUNNING)
        x->state = TOC_PLAY_PAUSED;
}

static toc_err check_resume(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    (void)in;
    if (x->state != TOC_PLAY_PAUSED && !x->emergency)
        return toc_fail(e, TOC_EREFUSED, "resume is not possible now: play is not paused");
    return TOC_OK;
}

static void apply_resume(toc_exercise *x, const toc_event *in)
{
    (void)in;
    x->emergency = false;
    if (x->state == TOC_PLAY_PAUSED)
        x->state = TOC_PLAY_RUNNING;
}

static toc_err check_speed(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    (void)x;
    int64_t speed = toc_event_int(in, TOC_F_SPEED);
    if (speed < 500 || speed > 1000000)
        return toc_fail(e, TOC_EREFUSED, "the speed must be between 0.5 and 1000");
    return TOC_OK;
}

static void apply_speed(toc_exercise *x, const toc_event *in)
{
    x->speed = toc_event_int(in, TOC_F_SPEED);
}

static toc_err check_pace(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    (void)x;
    int64_t pace = toc_event_int(in, TOC_F_PACE);
    if (pace < 1 || pace > 1000000)
        return toc_fail(e, TOC_EREFUSED, "the pace must be between 0.001 and 1000");
    return TOC_OK;
}

static void apply_pace(toc_exercise *x, const toc_event *in)
{
    toc_set_pace(x, toc_event_int(in, TOC_F_PACE));
}

static void apply_end(toc_exercise *x, const toc_event *in)
{
    toc_end_play(x, toc_event_str(in, TOC_F_REASON));
}

static void apply_close(toc_exercise *x, const toc_event *in)
{
    (void)in;
    x->state = TOC_PLAY_CLOSED;
}

static void apply_emergency(toc_exercise *x, const toc_event *in)
{
    x->emergency = true;
    apply_pause(x, in);
}

static void apply_halt(toc_exercise *x, const toc_event *in)
{
    (void)in;
    x->script = NULL;
    toc_storylines_stop(x);
    toc_event_set_str(
        toc_emit(x, TOC_K_ERROR), TOC_F_TEXT,
        "the scripts met their memory limit and were stopped for good; timed injects, "
        "decisions and EXCON go on");
}
