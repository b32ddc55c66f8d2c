// SPDX-License-Identifier: MIT
#ifndef TOC_REHEARSE_PLAY_H
#define TOC_REHEARSE_PLAY_H

// What is played alone: one path, a .plan, and what a seat sees in one of them.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "rehearse/playthrough.h"
#include "rehearse_show.h"
#include "script/scenario.h"

// A loaded scenario that is played again and again. Everything is borrowed.
typedef struct {
    toc_scenario *scenario;
    const char *dir; // as it was given; NULL: the current folder
    uint64_t seed;
    bool was_played;
} toc_player;

// toc_player_fresh makes the scenario ready for the next play.
toc_err toc_player_fresh(toc_player *p, toc_error *e);

// toc_play_one plays a path: its transcript and what came of it. *is_bad: it is a path to be mended.
toc_err toc_play_one(toc_buf *out, toc_player *p, const toc_path *path, bool *is_bad, toc_error *e);

// A .plan that was played, and what of it did not come out.
typedef struct {
    int line; // of the plan; 0: not known
    char *subject, *text;
    const toc_place *place; // where the missed thing is declared; or NULL
} toc_missed;
typedef struct {
    toc_missed *at;
    size_t count, capacity;
    size_t expected; // expectations in the plan
    size_t missed;   // of those
} toc_judged;

// toc_judge_plan reads a plan and plays it. What is wrong in its lines is missed too. What happened is
// appended to transcript, if it is not NULL.
toc_err toc_judge_plan(toc_judged *out, toc_player *p, const char *path, toc_buf *transcript,
                       toc_error *e);
void toc_judged_fini(toc_judged *j);
// toc_judge_tell prints it for people.
void toc_judge_tell(toc_buf *out, const toc_player *p, const char *path, const toc_judged *j);
// The plans beside the scenario that can be played, in the order of their names.
typedef struct {
    toc_playplan *at;
    char **paths;
    size_t count, capacity;
} toc_plans;
void toc_plans_read(toc_plans *out,
                    const toc_player *p); // what is wrong in others, toc_judge_folder tells
void toc_plans_fini(toc_plans *all);
// toc_judge_folder plays every .plan beside the scenario and adds what it finds to r.
toc_err toc_judge_folder(toc_rehearsal *r, toc_player *p, toc_error *e);

// toc_play_screen appends what the seat of `who` (a team, a seat, excon or board) has before it at play
// time `at` of a play that was stopped there. Never what its audience does not see.
toc_err toc_play_screen(toc_buf *out, toc_player *p, const toc_playthrough *play, const char *who,
                        int64_t at, toc_error *e);

#endif
