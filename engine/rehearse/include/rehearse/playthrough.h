// SPDX-License-Identifier: MIT
#ifndef TOC_PLAYTHROUGH_H
#define TOC_PLAYTHROUGH_H

// One exercise played in virtual time, by a path or by a .plan: the same inputs as people would give,
// at play times that follow from nothing but the path. So the same path always gives the same bodies,
// and its journal's inputs, played live at the same times, do too.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exercise/exercise.h"
#include "record/event.h"
#include "record/playplan.h"
#include "rehearse/path.h"
#include "script/scenario.h"

// Everything that happened, inputs and derived, with seqs as in a journal without records.
typedef struct {
    toc_events events;
    int64_t ended;   // play ms of ENDEX, the exercise's length at the latest; -1: it never came
    bool is_stopped; // cut off: more steps than TOC_PLAY_STEPS (or a minute's), or the scripts' memory cap
    toc_buf refused; // inputs that were refused: a line each, with time, seat and reason
} toc_playthrough;

#define TOC_PLAY_STEPS        200000
#define TOC_PLAY_STEPS_MINUTE 20000 // within a minute of play

// toc_play_path plays one path with a scenario that is fresh (loaded, or toc_scenario_again). It is played
// several times before: whom the scripts ask about with said is known only from playing.
toc_err toc_play_path(toc_playthrough *out, toc_scenario *scenario, const toc_path *path,
                      int64_t until, toc_error *e);
// toc_play_plan plays a .plan as seats of a live run do (`--play plan:FILE`): its acts at their times and
// triggers; every seat opens what arrives at once; what no line of a team decides, its first seat answers
// with the first option, and EXCON accepts; what is held stays held; what has a voice is told at once, unless
// a line tells it. An act that is refused, or whose
// time passed without what it speaks of, is told in `refused`, with the plan's line.
toc_err toc_play_plan(toc_playthrough *out, toc_scenario *scenario, const toc_playplan *plan,
                      int64_t until, toc_error *e);
// Both stop at `until` if it is not negative: what is due then has happened.
void toc_playthrough_fini(toc_playthrough *p);

#endif
