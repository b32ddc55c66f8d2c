// SPDX-License-Identifier: MIT
#ifndef TOC_SOLO_H
#define TOC_SOLO_H

// A scenario's folder played by a wanderer, without clock, journal or network: all that happened, in
// memory, with the borders of its steps.

#include "base/random.h"
#include "exercise/exercise.h"
#include "script/scenario.h"
#include "wander.h"

// scenario_files reads a folder as `run` would: sources, library and, after one load, attachments.
toc_err scenario_files(toc_files **out, const char *dir, toc_error *e);

typedef struct {
    size_t first, count; // in the log
    int64_t t;           // the input's time, or the instant's
    bool is_input;
} solo_step;

typedef struct {
    const toc_files *files; // borrowed
    toc_scenario *scenario;
    toc_exercise *x;
    wander *walker;
    toc_events log; // inputs and derived; whoever listens to on_rest may add records
    solo_step *steps;
    size_t step_count, step_capacity;
    int64_t now; // play time
    int64_t next_seq;
    toc_random pieces; // in_pieces: how time is cut
    bool in_pieces;    // time goes on by random smaller amounts
    int refused;
    void *context;
    void (*on_rest)(void *context); // after an input and all that is due with it; may be NULL
} solo;

// solo_begin loads the scenario; first_seq is the first event's number.
toc_err solo_begin(solo *s, const toc_files *files, uint64_t seed, int inputs, int64_t first_seq,
                   toc_error *e);
// solo_take begins with a scenario that is fresh; seed is the wanderer's. solo_end frees the scenario, if it
// is still there.
void solo_take(solo *s, toc_scenario *scenario, uint64_t seed, int inputs, int64_t first_seq);
void solo_go(solo *s); // all of it; an error that is no refusal aborts
void solo_end(solo *s);

#endif
