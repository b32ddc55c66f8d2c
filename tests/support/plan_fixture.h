// SPDX-License-Identifier: MIT
#ifndef TOC_PLAN_FIXTURE_H
#define TOC_PLAN_FIXTURE_H

// A small exercise without scripts, and the few lines it takes to drive one by hand.

#include "exercise/exercise.h"

// Teams alpha (2 seats; contacts bravo, press) and bravo (1 seat), party press, objective OBJ-1, 1 h.
//   INJ-01 at T+0:05 to alpha      INJ-02 at T+0:10 to all, waits for release
//   INJ-03 15 m after INJ-01       INJ-04 without a time, to bravo      INJ-05 at story 08:30 to bravo
//   D-01 alpha at T+0:06 within 10 m: isolate, wait (default wait)
//   D-02 bravo at T+0:06 within 20 m, free text       D-03 alpha at T+0:20 within 30 m of story time
// The story starts at 2022-02-24 08:00Z, pace 1.
void toc_plan_fixture(toc_plan *p);

// The same, 200 h long and with nothing planned (its injects without times, its decisions not asked), and a
// world: the black-start trap, and what hangs on the grid.
//   grid   seen by alpha and the board         repair fix.grid: 30 h, needs voice
//   voice  seen by alpha and bravo             needs grid, 24 h autonomy
//   rail   seen by bravo, 1000 users           needs grid at strength 60 %, restarts in 4 h
//   link   seen by nobody                      needs grid, or spare, closed until opened and switched for 45 min
//   spare  seen by nobody
void toc_plan_fixture_world(toc_plan *p);
enum { TOC_FIX_GRID, TOC_FIX_VOICE, TOC_FIX_RAIL, TOC_FIX_LINK, TOC_FIX_SPARE };

// Each adds one at the end; later settings are made by hand.
toc_phase *toc_plan_add_phase(toc_plan *p, const char *id, int64_t at); // at < 0: never by itself
toc_expectation *toc_plan_add_expectation(toc_plan *p, const char *id, toc_at by); // of alpha

typedef struct {
    toc_plan plan;
    toc_exercise *x;
    toc_events log; // every event, inputs too, as a journal would hold them
    int64_t next_seq;
} toc_drive;

void toc_drive_begin(toc_drive *d); // with seats excon-1 and evaluator-1 opened
// toc_drive_begin_with drives d->plan, which the caller has made, with a script (NULL: none).
void toc_drive_begin_with(toc_drive *d, const toc_script *script);
void toc_drive_end(toc_drive *d);

// toc_drive_to performs every instant due up to t.
void toc_drive_to(toc_drive *d, int64_t t);

// toc_drive_put sends an input at t, after what is due by then. fields: name, value, name, value …, NULL;
// lists as "alpha,bravo". It returns the outcome; e may be NULL.
toc_err toc_drive_put(toc_drive *d, int64_t t, const char *by, const char *kind, toc_error *e, ...);

// The newest event of a kind whose field has the value (value NULL: any); NULL if there is none.
const toc_event *toc_drive_last(const toc_drive *d, toc_kind kind, toc_field f, const char *value);
size_t toc_drive_count(const toc_drive *d, toc_kind kind);

#endif
