// SPDX-License-Identifier: MIT
#ifndef TOC_SCRIPT_H
#define TOC_SCRIPT_H

// The seam between the exercise and the language its scripts are written in. The exercise calls the
// hooks; a storyline that runs calls the actions and queries below. The exercise knows no Lua, the
// host changes nothing but through here.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "record/event.h"
#include "world/world.h"

typedef struct toc_exercise toc_exercise;

typedef struct {
    void *self;
    // A new input or instant begins: budgets are full again.
    void (*refill)(void *self);
    // STARTEX: begin every storyline, in order of declaration (toc_storyline_new, toc_storyline_run).
    void (*start)(void *self, toc_exercise *x);
    // Run a storyline until it waits, ends or fails: it is new, or what it waited for has come.
    void (*run)(void *self, toc_exercise *x, size_t storyline);
    // An event happened: begin a storyline for each `on` of its kind. ev is not changed or kept.
    void (*event)(void *self, toc_exercise *x, const toc_event *ev);
    // Ask the `when` conditions that did not fire yet, in order of declaration; begin a storyline for the first
    // that is true now, and return true; false if none is.
    bool (*conditions)(void *self, toc_exercise *x);
    // Does a condition that is still asked hang on the time? Then they are asked at each full minute
    // of play too. May be NULL.
    bool (*watches)(void *self, const toc_exercise *x);
    // Ask an expectation's condition. A failure is told once by an `error` event; it is then not asked again.
    toc_err (*met)(void *self, toc_exercise *x, size_t expectation, bool *is_met, toc_error *e);
    // Make an inject's text as it is to be sent now. Errors name file and line.
    toc_err (*text)(void *self, toc_exercise *x, size_t inject, toc_buf *out, toc_error *e);
    // Fill in what {{…}} stands for in a text that EXCON wrote. May be NULL: then none can.
    toc_err (*fill)(void *self, toc_exercise *x, const char *text, toc_buf *out, toc_error *e);
    // A storyline that waits was dropped: it is never run again. May be NULL.
    void (*drop)(void *self, size_t storyline);
    // The memory cap was met in this step: what the scripts did cannot be relied on.
    bool (*halted)(void *self);
} toc_script;

// ---- storylines ----------------------------------------------------------------------------------

// toc_storyline_new registers one; its cause is what is happening now. is_told: its beginning and end
// are events of the journal (storyline, when; not on, which would tell of itself for ever).
// toc_storyline_run calls hooks->run for it at once. In run, the host says how it went on by exactly one of: a wait that returned true, or
// toc_storyline_end (failure NULL: it ran to its end; else an `error` event with that text).
size_t toc_storyline_new(toc_exercise *x, const char *name, bool is_told);
void toc_storyline_run(toc_exercise *x, size_t storyline);
void toc_storyline_end(toc_exercise *x, size_t storyline, const char *failure);

// ---- actions of the storyline that runs; TOC_EREFUSED or TOC_ELIMIT with a reason -----------------------

toc_err toc_action_send(toc_exercise *x, size_t inject, toc_error *e);
// Opens the decisions that are not open or settled yet. *settled: all have an answer, go on at once;
// else the storyline is run again when they have.
toc_err toc_action_ask(toc_exercise *x, const size_t *decisions, size_t count, bool *settled,
                       toc_error *e);
// *waits false: the time is past or now, go on at once.
toc_err toc_action_wait_play(toc_exercise *x, int64_t due_ms, bool *waits, toc_error *e);
toc_err toc_action_wait_story(toc_exercise *x, int64_t story_ms, bool *waits, toc_error *e);
toc_err toc_action_note(toc_exercise *x, const char *text, toc_error *e);
toc_err toc_action_finish(toc_exercise *x, toc_error *e);
// An expectation is met, by a script's word.
toc_err toc_action_met(toc_exercise *x, size_t expectation, toc_error *e);
// The phase is entered as soon as the storyline lets go; *waits is true: it runs on in the new phase.
toc_err toc_action_enter_phase(toc_exercise *x, size_t phase, bool *waits, toc_error *e);

// On the world. They show at once in level and the other queries; acts that follow each other without
// another action or query between them are one change of the world.
toc_err toc_action_set(toc_exercise *x, size_t service, int64_t own_ppm, toc_error *e);
toc_err toc_action_start_repair(toc_exercise *x, size_t repair, toc_error *e);
toc_err toc_action_refuel(toc_exercise *x, size_t service, size_t need, toc_error *e);
toc_err toc_action_open(toc_exercise *x, size_t service, size_t need, toc_error *e);
toc_err toc_action_black_start(toc_exercise *x, size_t service, int64_t minutes, toc_error *e);

// ---- queries beyond those of exercise.h ------------------------------------------------------------

typedef struct {
    const char *text, *by; // borrowed until the next step
    int64_t t;
} toc_said;

// The newest message (or forward) from one speaker (toc_plan_speaker) to another; false for none.
bool toc_query_said(const toc_exercise *x, size_t from, size_t to, toc_said *out);
// The play ms at which an inject was sent, or -1.
int64_t toc_query_sent(const toc_exercise *x, size_t inject);
bool toc_query_read(const toc_exercise *x, size_t team, size_t inject);
// The play ms at which a team became aware of an inject (it read it, or a controller marked it), -1 if not.
int64_t toc_query_aware(const toc_exercise *x, size_t team, size_t inject);

// toc_query_mark gives a number that is another one when the answer to a query is another one. As long as
// it is the same, so is the answer; the number itself means nothing.
typedef enum {
    TOC_QUERY_DECIDED, // a: the decision
    TOC_QUERY_SENT,    // a: the inject
    TOC_QUERY_READ,    // a: the team, b: the inject
    TOC_QUERY_AWARE,   // the same
    TOC_QUERY_SAID,    // a, b: speakers
    TOC_QUERY_NOW,     // of play
    TOC_QUERY_LEVEL,   // a: the service
} toc_query;
#define TOC_MARK_NONE INT64_MIN // it cannot be told without changing something
int64_t toc_query_mark(const toc_exercise *x, toc_query query, size_t a, size_t b);

// The world as it is now, what was done to it just before included; NULL where the plan has no services.
// Borrowed until the next action.
const toc_world *toc_query_world(toc_exercise *x);
// Lost user-hours of a service until now, or of all (TOC_NONE).
int64_t toc_query_lost_hours(toc_exercise *x, size_t service);
// What will come of the world by itself in the next six story hours, by service; as toc_world_outlook.
const toc_outlook *toc_query_outlook(toc_exercise *x);

#endif
