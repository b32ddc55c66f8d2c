// SPDX-License-Identifier: MIT
#ifndef TOC_STATE_H
#define TOC_STATE_H

// The inside of an exercise, shared by the files of this folder. Everything here is rebuilt from the
// journal's inputs; nothing may depend on anything else.

#include "base/map.h"
#include "exercise/exercise.h"
#include "record/feed.h"
#include "schedule.h"

#define TOC_TEXT_MAX         16384 // bytes of one text from a person or a scenario
#define TOC_LINE_MAX         200   // bytes of a title, as in a scenario
#define TOC_SCRIPT_ACTIONS   1000  // what a storyline may do in one step
#define TOC_SCRIPT_REACTIONS 10000 // events that `on` is shown in one step
#define TOC_SCRIPT_EVENTS    50000 // of one step, before a storyline may do no more in it

typedef struct {
    toc_inject_state state;
    char *reason;   // held, skipped
    char *by;       // who brought it into its state; NULL: the clock or a script
    int64_t since;  // play ms
    bool is_wanted; // held, and its time has come (or a storyline sent it): goes when released
    int64_t wanted; // play ms at which it came, or -1
    int64_t sent, sent_story, seq;
    char *title, *text; // as EXCON edited them; NULL: as the row has them
    char *script;       // cued: what its controller reads out
    bool is_moved;      // EXCON gave it another time:
    int64_t moved_to, moved_from; // play ms; from -1: it had none
    bool *is_read, *is_acked; // by team
    int64_t *aware;           // by team: play ms, -1 if not
    size_t armed_by;          // held: the expectation whose absence armed it, or TOC_NONE
} inject_now;

typedef struct {
    toc_decision_state state;
    char *option, *text, *by, *reason; // settled; while ruling: the answer that waits
    int64_t deadline;
    bool is_past;  // ruling: the deadline has passed meanwhile
    int64_t seq;   // of its ask
    int64_t version; // grows with each new answer
    bool is_story; // the deadline is a story time
    int64_t deadline_story;
    bool is_crossed; // a phase passed over its deadline: it has none any more
    bool is_moved;   // it is asked at another time than planned:
    int64_t moved_to; // play ms
    char *ruled_by;  // who ruled on it last; NULL if nobody did
    int64_t ruled_at, settled_at;
} decision_now;

typedef struct {
    toc_expect_state state;
    char *by;
    int64_t deadline; // play ms; -1: not known yet
    int64_t deadline_story;
    bool is_story;     // the deadline is a story time
    int64_t seq;       // of its opening
    bool is_handed_in; // its product was
    bool is_broken;    // its condition failed, and is not asked any more
} expect_now;

// The world and what the journal said of it last.
typedef struct {
    toc_world *world;      // NULL: the plan has no services
    bool is_dirty;         // acted on, and not settled yet
    toc_changes changes;   // scratch
    int64_t *level_seq;    // by service: its newest level event, or 0
    int64_t *act_seq;      // by service: what was last done to it
    int64_t *repair_seq;   // by repair: its newest event, or 0
    toc_outlook *outlook;  // by service,
    int64_t revision;      // of the world,
    int64_t told_revision; // and of the outlook,
    int64_t told_minute;   // which is that of this minute
} world_now;

typedef struct {
    char *id;
    char audience[64];
    char *session;
    char *name, *since; // who signed in, and when by the clock on the wall; NULL: nobody
    bool is_open, is_present;
} seat_now;

// What one controller has taken on.
typedef struct {
    int64_t item;  // a message's seq; 0: an inject's cue
    size_t inject; // or TOC_NONE
    char *by;
    int64_t t;
} claim_now;

typedef struct {
    int64_t seq;
    char *kept_by; // NULL: it is still owed
    int64_t kept_at;
} promise_now;

typedef struct {
    claim_now *claims;
    size_t claim_count, claim_capacity;
    promise_now *promises; // in order of seq
    size_t promise_count, promise_capacity;
} ledger_now;

// An inject or message that somebody received.
typedef struct {
    int64_t seq, t;
    size_t inject; // TOC_NONE for a message
    char *from;    // a team, a party, "excon"; an inject's: its party's id or NULL
    char **to;     // audiences and parties
    size_t to_count;
    char *by, *text; // messages
    int64_t origin;  // what was forwarded, in the end; 0: itself is the first
} item;

typedef enum {
    STORYLINE_READY,
    STORYLINE_ASLEEP,
    STORYLINE_ASKING,
    STORYLINE_ENDED,
    STORYLINE_DROPPED,
} storyline_state;

typedef struct {
    char *name;
    bool is_told;
    storyline_state state;
    char *dropped_by;
    int64_t dropped;
    int64_t cause;
    size_t *asking;
    size_t asking_count;
    int64_t step; // the step in which it last acted,
    int actions;  // and how often then
} storyline_now;

struct toc_exercise {
    const toc_plan *plan;
    const toc_script *script; // NULL: none, or halted
    toc_play_state state;
    bool emergency;
    int64_t now, speed, pace;
    int64_t anchor_play, anchor_story; // story time runs from here at pace

    toc_schedule schedule;
    bool has_minute; // a full minute of play is in it
    inject_now *injects; // by row: as in the plan, then those that were added
    size_t inject_count, inject_capacity;
    toc_inject **adhoc; // added in play, inject_count - plan->inject_count of them
    size_t adhoc_capacity;
    int adhoc_number; // of the newest one's id
    decision_now *decisions;
    toc_map *decision_ids; // → decisions
    expect_now *expectations;
    world_now measures;
    size_t phase; // or TOC_NONE
    seat_now *seats;
    size_t seat_count, seat_capacity;
    toc_map *seat_ids; // → seats
    item *items; // in order of seq
    size_t item_count, item_capacity;
    size_t *said; // by pair of speakers: the index of the newest message + 1, or 0
    ledger_now ledger;
    storyline_now *storylines;
    size_t storyline_count, storyline_capacity;

    toc_jump_bound is_enough; // of a jump, or NULL
    void *bound_context;
    bool is_too_far; // a jump was broken off

    toc_events waiting; // shown to scripts when the real emergency that stands is over

    // While a step runs.
    toc_events *out;
    size_t first; // of out that the input, or what was due, brought about: others may stand before
    size_t reacted; // events of out that scripts were shown
    size_t later;   // one of them that they are shown when the phase has begun, or TOC_NONE
    int64_t next_seq;
    int64_t cause;
    size_t current; // the storyline that runs, or TOC_NONE
    bool by_hand;   // a controller acts upon the world, no storyline
    int64_t step;   // counts steps, and instants in a jump
    int64_t performed;
    size_t before;  // events of out before that one
    int reactions;
};

// exercise.c
toc_event *toc_emit(toc_exercise *x, toc_kind kind); // valid until the next emit
void toc_settle(toc_exercise *x);                    // let scripts react until nothing more happens
void toc_end_play(toc_exercise *x, const char *reason);
bool toc_in_play(const toc_exercise *x); // running or paused
int64_t toc_play_of_story(const toc_exercise *x, int64_t story_ms);
void toc_set_pace(toc_exercise *x, int64_t pace);
void toc_set_anchor(toc_exercise *x, int64_t story_ms, int64_t pace); // from now on
void toc_do_instant(toc_exercise *x, int64_t due);
void toc_do_due(toc_exercise *x, const toc_due *due);
void toc_refill(toc_exercise *x);
void toc_show_later(
    toc_exercise *x); // shows scripts the event that they were not shown in its turn
int64_t toc_story_now(const toc_exercise *x); // ms
int64_t toc_story_after(const toc_exercise *x, int64_t ms,
                        toc_span span); // a span of story time later
void toc_story_set(const toc_exercise *x, toc_event *ev, int64_t story_ms); // its `story`

// injects.c
void toc_injects_init(toc_exercise *x);
void toc_injects_fini(toc_exercise *x);
size_t toc_inject_add(toc_exercise *x, toc_inject *row_take);
const char *toc_inject_title(const toc_exercise *x, size_t i); // with what EXCON edited
int64_t toc_inject_time(const toc_exercise *x, size_t i); // play ms that it is planned for, or -1
bool toc_inject_is_gone(const toc_exercise *x, size_t i); // cued, sent or skipped
// EXCON has given it a time, which is still to come: nothing else sends it before.
bool toc_inject_is_moved(const toc_exercise *x, size_t i);
void toc_inject_deliver(toc_exercise *x, size_t i, const char *text); // NULL: as cued
void toc_inject_set_by(toc_exercise *x, size_t i, const char *by); // who brought it into its state
void toc_inject_due(toc_exercise *x, size_t i); // its time has come, or a storyline sends it
void toc_inject_release(toc_exercise *x, size_t i);
void toc_inject_send(toc_exercise *x, size_t i); // now, whatever holds it
void toc_inject_hold(toc_exercise *x, size_t i, const char *reason);
void toc_inject_skip(toc_exercise *x, size_t i, const char *reason);
void toc_inject_cross(toc_exercise *x, size_t i,
                      const char *phase); // story time passed over its time
void toc_inject_arm(toc_exercise *x, size_t i, size_t expectation, const char *reason);
void toc_inject_say_held(toc_exercise *x, size_t i,
                         const char *reason); // for another reason than before
void toc_injects_schedule(toc_exercise *x);
const char *toc_inject_speaker(const toc_exercise *x, const toc_inject *row);
void toc_inject_set_attach(const toc_exercise *x, const toc_inject *row, toc_event *ev);

// decisions.c
void toc_decisions_init(toc_exercise *x);
void toc_decisions_fini(toc_exercise *x);
size_t toc_decision_find(const toc_exercise *x, const char *id); // or TOC_NONE
void toc_decision_open(toc_exercise *x, size_t i);
void toc_decision_deadline(toc_exercise *x, size_t i);
void toc_decisions_cross(toc_exercise *x, int64_t story_ms); // story time passed over until then
void toc_decisions_rebase(toc_exercise *x);                  // tells of the deadlines that moved
bool toc_decision_is_settled(const toc_exercise *x, size_t i);
toc_err toc_decide_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_decide_apply(toc_exercise *x, const toc_event *in);
toc_err toc_rule_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_rule_apply(toc_exercise *x, const toc_event *in);
toc_err toc_extend_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_extend_apply(toc_exercise *x, const toc_event *in);
// Can its deadline be later? Refused with how it was settled, or that it was not asked.
toc_err toc_decision_may_extend(const toc_exercise *x, size_t i, toc_error *e);
void toc_decision_extend(toc_exercise *x, size_t i, int64_t until); // a play time

// messages.c
item *toc_item_add(toc_exercise *x, int64_t seq); // in order
const item *toc_item_find(const toc_exercise *x, int64_t seq);
bool toc_item_is_for(const item *it, const char *audience);
toc_err toc_say_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_say_apply(toc_exercise *x, const toc_event *in);
toc_err toc_forward_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_forward_apply(toc_exercise *x, const toc_event *in);
toc_err toc_text_check(const char *text, const char *what, toc_error *e);

// storylines.c
void toc_storylines_settled(toc_exercise *x, const toc_event *ev); // wake those that asked
void toc_storyline_wake(toc_exercise *x, size_t i);
void toc_storylines_stop(toc_exercise *x);
toc_err toc_drop_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_drop_apply(toc_exercise *x, const toc_event *in);
toc_err toc_wake_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_wake_apply(toc_exercise *x, const toc_event *in);
toc_err toc_storyline_may_act(toc_exercise *x,
                              toc_error *e); // what it did to the world stays unsettled

// measures.c
void toc_measures_init(toc_exercise *x);
void toc_measures_fini(toc_exercise *x);
void toc_measures_schedule(toc_exercise *x); // the world's next own event
void toc_measures_settle(toc_exercise *x);   // what was done to the world takes effect
void toc_measures_due(toc_exercise *x);

// intervene.c: what a controller does to the world
toc_err toc_intervene_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_intervene_apply(toc_exercise *x, const toc_event *in);

// phases.c
void toc_phases_schedule(toc_exercise *x);
void toc_phase_enter(toc_exercise *x, size_t i);
toc_err toc_phase_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_phase_apply(toc_exercise *x, const toc_event *in);

// expectations.c
const char *toc_expect_state_name(toc_expect_state s);
void toc_expectations_init(toc_exercise *x);
void toc_expectations_fini(toc_exercise *x);
void toc_expectations_schedule(toc_exercise *x);
void toc_expectations_sent(toc_exercise *x, size_t inject);
void toc_expectations_aware(toc_exercise *x, size_t inject, size_t team);
void toc_expectations_rebase(toc_exercise *x);
bool toc_expectations_ask(toc_exercise *x); // true: one was met, or its condition failed
void toc_expectations_end(toc_exercise *x); // ENDEX
bool toc_expectation_meet(toc_exercise *x, size_t i,
                          const char *by); // false: it was settled before
void toc_expectation_deadline(toc_exercise *x, size_t i);
void toc_expectations_cross(toc_exercise *x, int64_t story_ms);
toc_err toc_submit_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_submit_apply(toc_exercise *x, const toc_event *in);
toc_err toc_mark_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_mark_apply(toc_exercise *x, const toc_event *in);

// awareness.c
toc_err toc_item_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_read_apply(toc_exercise *x, const toc_event *in);
void toc_ack_apply(toc_exercise *x, const toc_event *in);
toc_err toc_aware_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_aware_apply(toc_exercise *x, const toc_event *in);

// seats.c
size_t toc_seat_open(toc_exercise *x, const char *id);
toc_err toc_open_seat_check(const toc_exercise *x, const toc_event *in, toc_error *e);
toc_err toc_revoke_check(const toc_exercise *x, const toc_event *in, toc_error *e);
toc_err toc_seat_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_open_seat_apply(toc_exercise *x, const toc_event *in);
void toc_revoke_apply(toc_exercise *x, const toc_event *in);
void toc_join_apply(toc_exercise *x, const toc_event *in);
void toc_leave_apply(toc_exercise *x, const toc_event *in);
toc_err toc_reassign_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_reassign_apply(toc_exercise *x, const toc_event *in);
toc_err toc_sign_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_sign_in_apply(toc_exercise *x, const toc_event *in);
void toc_sign_out_apply(toc_exercise *x, const toc_event *in);

// msel.c: what EXCON does to the list while it is played
// toc_msel_find gives the row that id names, if it can still be changed: not sent and not skipped. Else
// it says who was first.
toc_err toc_msel_find(const toc_exercise *x, const char *id, size_t *i, toc_error *e);
toc_err toc_fire_check(const toc_exercise *x, const toc_event *in, toc_error *e);
toc_err toc_hold_check(const toc_exercise *x, const toc_event *in, toc_error *e);
toc_err toc_release_check(const toc_exercise *x, const toc_event *in, toc_error *e);
toc_err toc_skip_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_fire_apply(toc_exercise *x, const toc_event *in);
void toc_hold_apply(toc_exercise *x, const toc_event *in);
void toc_release_apply(toc_exercise *x, const toc_event *in);
void toc_skip_apply(toc_exercise *x, const toc_event *in);
toc_err toc_edit_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_edit_apply(toc_exercise *x, const toc_event *in);
toc_err toc_deliver_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_deliver_apply(toc_exercise *x, const toc_event *in);
// A time that EXCON gives: not past, and before ENDEX.
toc_err toc_time_check(const toc_exercise *x, int64_t now, int64_t until, toc_error *e);
// The words of a row that EXCON writes. NULL: there is none.
toc_err toc_words_check(const char *title, const char *text, toc_error *e);

// moves.c: rows get another time
toc_err toc_move_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_move_apply(toc_exercise *x, const toc_event *in);
int64_t toc_decision_time(const toc_exercise *x, size_t i); // play ms that it is planned for, or -1

// adhoc.c: rows that EXCON adds
toc_err toc_adhoc_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_adhoc_apply(toc_exercise *x, const toc_event *in);

// ledger.c: who has taken on what, and what was promised
toc_err toc_claim_check(const toc_exercise *x, const toc_event *in, toc_error *e);
toc_err toc_promise_check(const toc_exercise *x, const toc_event *in, toc_error *e);
toc_err toc_kept_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_claim_apply(toc_exercise *x, const toc_event *in);
void toc_unclaim_apply(toc_exercise *x, const toc_event *in);
void toc_promise_apply(toc_exercise *x, const toc_event *in);
void toc_kept_apply(toc_exercise *x, const toc_event *in);
void toc_ledger_fini(toc_exercise *x);

// jump.c
toc_err toc_jump_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_jump_apply(toc_exercise *x, const toc_event *in);
toc_err toc_jump_refuse(const toc_exercise *x, const toc_event *in, toc_error *e); // it was too far

// observe.c: what evaluators write down
toc_err toc_observe_check(const toc_exercise *x, const toc_event *in, toc_error *e);
toc_err toc_rate_check(const toc_exercise *x, const toc_event *in, toc_error *e);

// names.c
// toc_name_find gives the index of what field f (INJECT, DECISION, EXPECTATION, OBJECTIVE, TEAM, SERVICE,
// REPAIR) names; refused with what was probably meant.
toc_err toc_name_find(const toc_exercise *x, toc_field f, const char *id, size_t *i, toc_error *e);

// inputs.c
toc_err toc_input_rule(const toc_exercise *x, const toc_event *in, toc_error *e); // of its kind alone
toc_err toc_input_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_input_apply(toc_exercise *x, const toc_event *in);

#endif
