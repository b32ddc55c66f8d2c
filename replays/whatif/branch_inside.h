// SPDX-License-Identifier: MIT
#ifndef TOC_BRANCH_INSIDE_H
#define TOC_BRANCH_INSIDE_H

// What branch.c (where it leaves the original), branch_original.c (what is the same for all branches of one), branch_keys.c (what is
// the same thing in both), branch_docket.c (what is still to be done again), branch_play.c (playing on) and branch_put.c (putting
// things in) share.

#include "base/map.h"
#include "rehearse/relief.h"
#include "replays/branch.h"
#include "replays/verify.h"
#include "script/scenario.h"

// Things that inputs answer or speak of have a key that is the same in the original and in the branch: "i INJ-04" for an inject,
// "m 41" for the message that came of the original's input 41.
typedef struct {
    toc_map *seqs;   // key → its line
    toc_map *counts; // of what may happen again: how often it did
} branch_keys;

// What was found out of the original when it was executed, as far as it holds. By seq.
typedef struct {
    bool *is_whole;     // before this line no step is cut, and it is the exercise's own
    bool *is_by_itself; // see branch_act
    char **names;       // its key, or NULL
    branch_keys there;
    int64_t looked_at; // the last line that was executed; behind it, nothing is known
    toc_err err;       // of that line: why is in e
    toc_error e;
    bool is_beyond_us; // it is of a kind of a later version: no branch at all is made
    toc_verdict own;
    const toc_verdict *proof;
} branch_original;

// One thread's: a scenario that plays one branch after another, and its players.
struct toc_brancher {
    const toc_recording *parent;
    const toc_verdict *given;
    branch_original *original; // NULL: not executed yet
    bool is_shared;            // it is another's
    toc_scenario *scenario;
    bool is_used; // it has played, and must be made ready
    toc_relief *relief;
    toc_path no_path; // the default
};

// The exercise, and what came of its newest step.
typedef struct {
    toc_exercise *x; // NULL: its first line did not come yet
    toc_events derived;
    size_t taken; // of derived: their lines were met
} branch_step;

typedef enum { ACT_AGAIN, ACT_ANSWER, ACT_RULE } branch_act_kind;

// Something to be done: an input or seal of the original once more, or one of the other answers.
typedef struct {
    branch_act_kind kind;
    int64_t
        seq; // in the original; beyond its lines for what is not there. Of acts of one time the lower is first
    int64_t t;         // play ms; while it waits, its distance from what it waits for
    size_t decide;     // ANSWER, RULE: of the options' decides
    bool is_by_itself; // a seal that the original has directly behind an input
    size_t next;       // waits for the same; 1-based
} branch_act;

typedef struct {
    branch_act *acts;
    size_t count, capacity;
    size_t *heap; // of those whose time is known
    size_t heap_count, heap_capacity;
    toc_map *waiting; // key → the first that waits for it, 1-based
} branch_docket;

typedef struct {
    toc_branch *out;
    toc_brancher *brancher;
    const branch_original *original;
    const toc_recording *parent;
    const toc_branch_options *o;
    const toc_plan *plan;
    branch_step step; // of the original's
    toc_exercise *x;  // step.x
    int64_t now, point;
    int64_t parent_seq; // the last line that is the original's
    int64_t steps;

    branch_keys here;
    branch_docket docket;
    int64_t *from; // by seq: the original's line that this input is; 0
    size_t from_count, from_capacity;
    toc_map *opened; // "seat item": was read by that seat

    toc_relief_host host;
    toc_relief *relief;   // NULL: nobody; else the brancher's, or of_plan
    toc_relief *of_plan;
    int64_t wall, wall_t; // of the newest input: ms since 1970, play ms when it was done
    toc_err failed;       // what the players did could not be done, though nothing refused it
    toc_error why;
} branching;

// Before a deadline, the last moment.
#define TOC_BRANCH_LAST 1000

// The scripts' cap where play goes on: more than a live run's, so that no second run meets it where the first did not, and less than
// what lines are executed again with, so that all that came before it comes again.
#define TOC_BRANCH_MEMORY (TOC_SCENARIO_MEMORY_AGAIN / 2)

// branch_keys.c
void toc_keys_init(branch_keys *k);
void toc_keys_fini(branch_keys *k);
// The key of a line, which is noted; NULL: it has none. origin is the original's input that a message came of, or that it is.
char *toc_keys_add(branch_keys *k, const toc_event *ev, int64_t origin);

// branch_original.c
// What is known of the original, executed and verified when it is first asked for.
const branch_original *toc_brancher_original(toc_brancher *br);
toc_err toc_brancher_prove(toc_brancher *br, toc_error *e);
// An exercise that stands in its lobby; the one before was freed. The caller frees it.
toc_err toc_brancher_exercise(toc_brancher *br, toc_exercise **out, toc_error *e);
// Players who play a path from the first line on. Until the next are asked for.
toc_err toc_brancher_relief(toc_brancher *br, toc_relief **out, const toc_path *path,
                            const toc_relief_host *host, toc_error *e);
// A line that is known to hold happens once more. A derived one is then the last that was taken.
toc_err toc_branch_line(toc_brancher *br, branch_step *step, const toc_event *ev, toc_error *e);
void toc_branch_step_fini(branch_step *step);

// branch_docket.c
void toc_docket_fill(branching *b);
void toc_docket_fini(branch_docket *a);
void toc_docket_add(branch_docket *a, const branch_act *act); // at act->t
void toc_docket_wait(branch_docket *a, const branch_act *act, const char *key);
void toc_docket_came(branch_docket *a, const char *key,
                     int64_t t); // what waited for it gets its time
const branch_act *toc_docket_next(const branch_docket *a);
branch_act toc_docket_take(branch_docket *a);
void toc_docket_drop(branching *b); // all that is left is told

// branch_play.c
toc_err toc_branch_play(branching *b, toc_error *e);
void toc_branch_shown(branching *b, const toc_event *ev, int64_t origin); // a line that stands

// branch_put.c
// Takes an input, whose by is set: TOC_EREFUSED: why is in e. origin: as in `from`.
toc_err toc_branch_put(branching *b, toc_event *input, int64_t origin, toc_error *e);
// A derived line is the branch's from then on, and shown; nothing is left of it there.
void toc_branch_take(branching *b, toc_event *derived);
toc_err toc_branch_again(branching *b, const branch_act *act, toc_error *e);
toc_err toc_branch_answer(branching *b, const branch_act *act, toc_error *e);
toc_err toc_branch_rule(branching *b, const branch_act *act, toc_error *e);
toc_err toc_branch_advance(branching *b, toc_error *e); // the next instant
void toc_branch_seal(branching *b);
bool toc_branch_relieve(void *context, const char *seat, toc_event *input,
                        const toc_playstep *step);
// An open seat that may act for this one; NULL: there is none. Borrowed until the next step.
const char *toc_branch_seat(const branching *b, const char *wanted);
int64_t
toc_branch_wall(const toc_event *ev); // ms since 1970; 0: none, or not as an engine writes it
void toc_branch_see_wall(branching *b, const toc_event *input); // it is the newest
void toc_branch_leave(branching *b, int64_t seq, const char *why);
const toc_choice *toc_branch_choice(const branching *b, size_t decide);
size_t toc_branch_decides(const branching *b, const char *decision); // TOC_NONE: as it comes

#endif
