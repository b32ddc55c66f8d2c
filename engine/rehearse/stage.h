// SPDX-License-Identifier: MIT
#ifndef TOC_STAGE_H
#define TOC_STAGE_H

// The stage: one exercise in virtual time. It keeps the rule that makes replay exact: before anybody
// acts at t, everything due at or before t has happened. Who acts, and who watches, are given to it.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exercise/exercise.h"
#include "record/event.h"
#include "script/scenario.h"

typedef struct toc_stage toc_stage;

// Whoever is shown all that happens, inputs and derived, in order. Events are borrowed for the call.
typedef struct {
    void *self;
    void (*begin)(void *self); // a play begins, perhaps the same once more: forget the one before
    void (*event)(void *self, const toc_event *ev);
    void (*end)(void *self, const toc_stage *s); // it is over, and stands as it was left
    // An input that was refused; it has its time and seat.
    void (*refused)(void *self, const toc_event *input, const char *reason);
} toc_watcher;

// Those who act. They are shown events before the watchers are, and never act from within that.
typedef struct {
    void *self;
    void (*event)(void *self, const toc_stage *s, const toc_event *ev);
    bool (*next)(void *self, const toc_stage *s, int64_t *t); // when they act; false: not any more
    void (*act)(void *self, toc_stage *s);                    // one act, or none, now
} toc_actors;

struct toc_stage {
    toc_scenario *scenario;
    const toc_plan *plan;
    toc_exercise *x;
    const toc_actors *actors;
    const toc_watcher *watcher;
    // Where the exercise is somebody else's: who takes the inputs of the actors; else NULL.
    void *host;
    bool (*put)(void *host, const char *seat, toc_event *input);
    toc_events out;
    int64_t now;
    int64_t next_seq;
    int64_t steps;
    int64_t minute, minute_steps; // of play, and what was performed in it
    bool is_stopped;              // TOC_PLAY_STEPS, TOC_PLAY_STEPS_MINUTE
    bool is_halted;  // the scripts met their memory cap, or the exercise failed: why is in e
    toc_error e;
};

// toc_stage_play opens the seats that are not the teams', and lets the actors play until ENDEX, until
// nothing more comes, or until `until` if it is not negative (what is due then has happened). It ends
// with toc_stage_end; the exercise may be looked at until then.
void toc_stage_play(toc_stage *s, toc_scenario *scenario, const toc_actors *actors,
                    const toc_watcher *watcher, int64_t until);
void toc_stage_end(toc_stage *s);

// toc_stage_put puts an input in now, for the actors. by and wall are set here; the event stays the
// caller's. False: it was refused, and the watcher was told.
bool toc_stage_put(toc_stage *s, const char *seat, toc_event *input);

// Who tells an inject that is told and not sent.
const char *toc_stage_controller(const toc_inject *inject);

#define TOC_STAGE_EXCON     "excon-1"
#define TOC_STAGE_EVALUATOR "evaluator-1"
#define TOC_STAGE_SIMCELL   "simcell-1"

#endif
