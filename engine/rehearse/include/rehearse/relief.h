// SPDX-License-Identifier: MIT
#ifndef TOC_RELIEF_H
#define TOC_RELIEF_H

// The relief: players of a rehearsal who take over in the middle of an exercise that is not theirs. They see every
// event from the first line on, and say what they would do and when; whoever has the exercise lets them, or not.
//
// Their seats are those of a rehearsal: the first of each team, excon-1, simcell-1, evaluator-1.
//
// Thread: one relief, one thread at a time. Pure but for what loading a scenario takes.

#include <stdbool.h>
#include <stdint.h>

#include "base/files.h"
#include "exercise/exercise.h"
#include "record/event.h"
#include "record/playplan.h"
#include "rehearse/path.h"

typedef struct toc_relief toc_relief;

typedef struct {
    void *context;
    // What a seat does now: kind and fields are set. step is the line of a plan that says so, or NULL. True: it was done, and
    // they were shown what came of it.
    bool (*put)(void *context, const char *seat, toc_event *input, const toc_playstep *step);
    // A line of a plan that does not fit what is asked.
    void (*refused)(void *context, const toc_playstep *step, const char *reason);
} toc_relief_host;

// toc_relief_path: those who play a path (rehearse/path.h). They play the scenario of these files by themselves before, to learn whom
// it asks about. path, files and host are borrowed. toc_relief_plan: those of a .plan (toc_play_plan); plan, play and host
// are borrowed.
toc_err toc_relief_path(toc_relief **out, const toc_files *files, uint64_t seed,
                        const toc_path *path, const toc_relief_host *host, toc_error *e);
// toc_relief_again makes those of a path ready for another exercise of the same scenario, and perhaps another path: they
// forget what they saw, and know whom it asks about.
void toc_relief_again(toc_relief *r, const toc_path *path, const toc_relief_host *host);
toc_relief *toc_relief_plan(const toc_plan *plan, const toc_playplan *play,
                            const toc_relief_host *host);
void toc_relief_free(toc_relief *r);

// toc_relief_saw: an event happened, x stands behind its step. Never from within put but as part of it.
void toc_relief_saw(toc_relief *r, toc_exercise *x, const toc_event *ev);
// toc_relief_next: when they act next, if nothing happens before; before `now` where they would have acted already. False: never.
bool toc_relief_next(toc_relief *r, toc_exercise *x, int64_t now, int64_t *t);
void toc_relief_act(toc_relief *r, toc_exercise *x, int64_t now); // one act, or none

#endif
