// SPDX-License-Identifier: MIT
#ifndef TOC_EXERCISE_H
#define TOC_EXERCISE_H

// The exercise: a deterministic state machine. It takes inputs, each stamped with a play time and a
// seq, and yields derived events. It reads no clock, socket or file: live, resumed, verified and
// what-if runs are this code fed from different places.
//
// A step is one input, or one instant at which something was due, with all that it derives. The
// driver keeps the rule that makes replay exact: before an input stamped t is applied, everything
// due ≤ t has happened (toc_exercise_next_due, toc_exercise_advance).
//
// Thread: one exercise, one thread at a time.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "exercise/plan.h"
#include "exercise/script.h"
#include "record/event.h"
#include "world/world.h"

// toc_exercise_new begins in the lobby. plan and script are borrowed; script may be NULL (no scripts).
// Every seat that the plan's teams declare is open: <team>-1, <team>-2 …
toc_exercise *toc_exercise_new(const toc_plan *plan, const toc_script *script);
void toc_exercise_free(toc_exercise *x);
const toc_plan *toc_exercise_plan(const toc_exercise *x);

// The role of a seat follows from its id: "excon" "simcell" "evaluator" "board" "engine", else "participant".
const char *toc_seat_role(const char *seat);
// toc_role_may: is an input of this kind ever for this role?
bool toc_role_may(const char *role, toc_kind kind);

// toc_exercise_check says whether an input would be taken now: TOC_OK, or TOC_EREFUSED with the reason
// in words for the person who sent it. A late answer is TOC_OK: it is taken, as evidence, and
// derives refused-late.
toc_err toc_exercise_check(const toc_exercise *x, const toc_event *input, toc_error *e);

// toc_exercise_apply takes an input (seq set, t at least toc_exercise_now, nothing due ≤ t) and appends what
// it derives to out, with seqs from input->seq + 1 on. It checks first: TOC_EREFUSED changes nothing.
// TOC_ELIMIT: the scripts met their memory cap; the exercise is spoilt, must be freed, rebuilt from
// the journal, and given a `halt` before this step.
toc_err toc_exercise_apply(toc_exercise *x, const toc_event *input, toc_events *out, toc_error *e);

// toc_exercise_bound_jump: whoever plays live says how much one jump may bring about, which no replay asks.
// is_enough is asked before each instant of a jump but the first, with all that was derived so far; if it
// is, toc_exercise_apply is TOC_ELIMIT, e says how far a jump may go, toc_exercise_is_too_far is true, and
// the exercise is spoilt: it must be rebuilt, without a halt and without the jump.
typedef bool (*toc_jump_bound)(void *context, size_t instants, const toc_events *derived);
void toc_exercise_bound_jump(toc_exercise *x, toc_jump_bound is_enough, void *context);
bool toc_exercise_is_too_far(const toc_exercise *x);

// toc_exercise_next_due gives the time of the next instant; false if nothing is scheduled.
bool toc_exercise_next_due(const toc_exercise *x, int64_t *due);

// toc_exercise_performed counts what was due and was performed since the beginning: of one instant it may be a lot.
int64_t toc_exercise_performed(const toc_exercise *x);

// toc_exercise_advance performs the next instant: everything due at that time, in order of
// scheduling, each with all that follows from it. Events get seqs from first_seq on; there may
// be none. TOC_ELIMIT as above.
toc_err toc_exercise_advance(toc_exercise *x, int64_t first_seq, toc_events *out, toc_error *e);

// ---- what it knows -------------------------------------------------------------------------------

typedef enum {
    TOC_PLAY_LOBBY,
    TOC_PLAY_RUNNING,
    TOC_PLAY_PAUSED,
    TOC_PLAY_ENDED, // ENDEX: notes and ratings until close
    TOC_PLAY_CLOSED,
} toc_play_state;

const char *toc_play_state_name(toc_play_state s); // "lobby" "running" "paused" "ended" "closed"

typedef struct {
    toc_play_state state;
    bool emergency; // a real emergency was called and not yet cleared by resume
    int64_t now;    // play ms of the last step
    int64_t speed;  // play per wall, thousandths
    int64_t pace;   // story per play, thousandths
    int64_t length; // play ms of ENDEX as planned
} toc_clock_view;

toc_clock_view toc_exercise_clock(const toc_exercise *x);
int64_t toc_exercise_now(const toc_exercise *x);
toc_story toc_exercise_story(const toc_exercise *x,
                             int64_t play_ms); // the story's time at a play time

typedef enum {
    TOC_INJECT_PLANNED,
    TOC_INJECT_HELD,
    TOC_INJECT_CUED, // a controller has its cue, and has not delivered it yet
    TOC_INJECT_SENT,
    TOC_INJECT_SKIPPED,
} toc_inject_state;

// The list as it is played: the plan's injects, in their order, then those that EXCON added in play. One
// index stands for a row everywhere.
size_t toc_exercise_inject_count(const toc_exercise *x);
// The row as it was declared or added. One that was added has no place. Lives as long as x.
const toc_inject *toc_exercise_inject_row(const toc_exercise *x, size_t inject);
size_t toc_exercise_inject_find(const toc_exercise *x, const char *id); // TOC_NONE

// Strings are borrowed until the next step.
typedef struct {
    toc_inject_state state;
    const char *state_name; // "planned" "held" "cued" "sent" "skipped"
    const char *reason;     // held or skipped: why; else NULL
    const char *title;      // those that will be sent, or were;
    const char *text;       // NULL where a function makes it
    int64_t due;            // play ms when planned and timed, else -1
    int64_t moved_from;     // play ms for which it was planned at first; -1: not moved, or it had none
    int64_t sent;           // play ms, -1 if not
    int64_t sent_story;     // story ms then
    size_t readers;         // teams that opened it
    size_t acks;            // teams that acknowledged it
    bool is_wanted;         // held, and its time has come: goes when released
    bool is_moved, is_edited, is_adhoc;
} toc_inject_view;

toc_inject_view toc_exercise_inject(const toc_exercise *x, size_t inject);

typedef enum {
    TOC_DECISION_PLANNED,
    TOC_DECISION_OPEN,
    TOC_DECISION_RULING, // an answer of its own waits for EXCON
    TOC_DECISION_DECIDED,
    TOC_DECISION_OVERDUE,
} toc_decision_state;

// Strings are borrowed until the next step.
typedef struct {
    toc_decision_state state;
    const char *state_name;                  // "planned" "open" "ruling" "decided" "overdue"
    const char *option, *text, *by, *reason; // NULL where there is none
    int64_t deadline;                        // play ms while open, else -1
    int64_t due;                             // play ms when planned and timed, else -1
    bool overdue;
    bool is_crossed; // open, and story time has jumped over its deadline: EXCON rules on it
} toc_decision_view;

toc_decision_view toc_exercise_decision(const toc_exercise *x, size_t decision);

typedef enum {
    TOC_EXPECT_PLANNED, // its deadline is not known yet, or play has not started
    TOC_EXPECT_OPEN,
    TOC_EXPECT_CROSSED, // story time has jumped over its deadline: EXCON rules on it
    TOC_EXPECT_OVERDUE, // not seen by its deadline; it may still come late
    TOC_EXPECT_MET,
    TOC_EXPECT_LATE,
    TOC_EXPECT_NOT_OBSERVED,
    TOC_EXPECT_NOT_EXERCISED, // play never came to it
} toc_expect_state;

typedef struct {
    toc_expect_state state;
    const char *state_name; // "planned" "open" "crossed" "overdue" "met" "late" "not-observed" "not-exercised"
    int64_t deadline;       // play ms, or -1 while it is not known
    const char *by;         // what met it: "condition", "product", "script", or the seat that marked it; else NULL
} toc_expect_view;

toc_expect_view toc_exercise_expectation(const toc_exercise *x, size_t expectation);

// The phase that play is in, or TOC_NONE.
size_t toc_exercise_phase(const toc_exercise *x);

// The world at the last step, or NULL where the plan has no services; and its outlook (as
// toc_query_outlook). Borrowed until the next step.
const toc_world *toc_exercise_world(const toc_exercise *x);
const toc_outlook *toc_exercise_outlook(toc_exercise *x);

// A storyline or when that has begun, or a handler.
typedef struct {
    const char *name;
    const char *state_name; // "runs" "waits" "asks" "ended" "dropped"
    bool is_told;           // no handler: EXCON knows it by its name
    bool is_story;          // it waits for a time of the story
    int64_t until;          // play ms for which it waits, else -1
    int64_t until_story;    // and story ms, if is_story
    const size_t *asks;     // the decisions that it asks
    size_t ask_count;
} toc_storyline_view;

size_t toc_exercise_storyline_count(const toc_exercise *x);
toc_storyline_view toc_exercise_storyline(const toc_exercise *x, size_t i);

typedef struct {
    const char *id, *audience, *role; // audience: "control", "board" or a team's id
    const char *session;              // the newest, "" for none
    const char *name, *since; // who signed in, and when by the clock on the wall; NULL: nobody
    bool is_open;                     // not revoked
    bool is_present;                  // joined and not left
} toc_seat_view;

size_t toc_exercise_seat_count(const toc_exercise *x);
toc_seat_view toc_exercise_seat(const toc_exercise *x, size_t i);
size_t toc_exercise_seat_find(const toc_exercise *x, const char *id); // TOC_NONE
// toc_exercise_seat_free gives the id of the team's seat with the lowest number at which nobody can sit
// now, whether there was such a one or not; the caller's.
char *toc_exercise_seat_free(const toc_exercise *x, const char *team);

// toc_exercise_has_item: is seq an inject or message that this audience received (control: any)?
bool toc_exercise_has_item(const toc_exercise *x, const char *audience, int64_t seq);

#endif
