// SPDX-License-Identifier: MIT
#ifndef TOC_TAPE_H
#define TOC_TAPE_H

// A recording made by hand: a scenario out of a text, the inputs that a test gives it, and what the exercise made of them. The wall's
// clock goes with play, and further when a test says so. Whatever goes wrong in here fails the test.

#include "exercise/exercise.h"
#include "replays/recording.h"
#include "script/scenario.h"

typedef struct {
    toc_files *files;
    toc_scenario *scenario;
    toc_exercise *x;
    toc_events log; // sources, inputs and what they derived
    int64_t played; // until which all that was due has happened
    int64_t waited; // wall ms that went by while play stood
} tape;

// The exercise "try" of an hour, TLP:CLEAR; teams ops (two seats) and net, party press, objective OBJ-1. The text comes after them.
void tape_begin(tape *t, const char *scenario);
void tape_end(tape *t);

// tape_do gives an input at a play time (ms): its kind, the seat, and the rest as JSON (",\"inject\":\"INJ-01\"", or ""). It gives the seq.
int64_t tape_do(tape *t, int64_t at, const char *kind, const char *by, const char *rest);
void tape_until(tape *t, int64_t at); // what is due by then happens
void tape_wait(tape *t, int64_t wall_ms);

// The seq of the n-th line of a kind, from 1; it must be there.
int64_t tape_find(const tape *t, toc_kind kind, int n);

void tape_write(const tape *t, toc_buf *out); // the journal's bytes
toc_recording *tape_recording(const tape *t); // the caller frees it

#endif
