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
#define TOC_SCRIPT_ACTIONS   1000  // what a storyline may do in one step
#define TOC_SCRIPT_REACTIONS 2000  // events that `on` is shown in one step

typedef struct {
    toc_inject_state state;
    char *reason;   // held, skipped
    bool is_wanted; // held, and its time has come (or a storyline sent it): goes when released
    int64_t sent, seq;
    bool *is_read, *is_acked; // by team
} inject_now;

typedef struct {
    toc_decision_state state;
    char *option, *text, *by, *reason; // settled; while ruling: the answer that waits
    int64_t deadline;
    bool is_past;  // ruling: the deadline has passed meanwhile
    int64_t seq;   // of its ask
    bool is_story; // the deadline is a story time
    int64_t deadline_story;
} decision_now;

typedef struct {
    char *id;
    char audience[64];
    char *session;
    bool is_open, is_present;
} seat_now;

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
    STORYLINE_ENDED
} storyline_state;

typedef struct {
    char *name;
    bool is_told;
    storyline_state state;
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
    inject_now *injects; // as in the plan
    decision_now *decisions;
    seat_now *seats;
    size_t seat_count, seat_capacity;
    item *items; // in order of seq
    size_t item_count, item_capacity;
    toc_map *said; // "from>to" → index of the newest message
    storyline_now *storylines;
    size_t storyline_count, storyline_capacity;

    // While a step runs.
    toc_events *out;
    size_t first; // of out that the input, or what was due, brought about: others may stand before
    size_t reacted; // events of out that scripts were shown
    int64_t next_seq;
    int64_t cause;
    size_t current; // the storyline that runs, or TOC_NONE
    int64_t step;   // counts steps, and instants in a jump
    int reactions;
};

// exercise.c
toc_event *toc_emit(toc_exercise *x, toc_kind kind); // valid until the next emit
void toc_settle(toc_exercise *x);                    // let scripts react until nothing more happens
void toc_end_play(toc_exercise *x, const char *reason);
bool toc_in_play(const toc_exercise *x); // running or paused
int64_t toc_play_of_story(const toc_exercise *x, int64_t story_ms);
void toc_set_pace(toc_exercise *x, int64_t pace);
void toc_do_instant(toc_exercise *x, int64_t due);
void toc_refill(toc_exercise *x);

// injects.c
void toc_inject_due(toc_exercise *x, size_t i); // its time has come, or a storyline sends it
void toc_inject_release(toc_exercise *x, size_t i);
void toc_inject_send(toc_exercise *x, size_t i); // now, whatever holds it
void toc_inject_hold(toc_exercise *x, size_t i, const char *reason);
void toc_inject_skip(toc_exercise *x, size_t i, const char *reason);
void toc_injects_schedule(toc_exercise *x);
const char *toc_inject_speaker(const toc_exercise *x, const toc_inject *plan);
void toc_inject_set_attach(const toc_exercise *x, const toc_inject *plan, toc_event *ev);

// decisions.c
void toc_decision_open(toc_exercise *x, size_t i);
void toc_decision_deadline(toc_exercise *x, size_t i);
bool toc_decision_is_settled(const toc_exercise *x, size_t i);
toc_err toc_decide_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_decide_apply(toc_exercise *x, const toc_event *in);
toc_err toc_rule_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_rule_apply(toc_exercise *x, const toc_event *in);

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

// inputs.c
toc_err toc_input_check(const toc_exercise *x, const toc_event *in, toc_error *e);
void toc_input_apply(toc_exercise *x, const toc_event *in);
size_t toc_seat_open(toc_exercise *x, const char *id);

#endif
