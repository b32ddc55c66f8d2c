// SPDX-License-Identifier: MIT
#ifndef TOC_BENCH_LOAD_H
#define TOC_BENCH_LOAD_H

// A hall: an exercise of many seats, made for the measurement, with the engine in a process of its own.
// What stands here ends the bench when it fails (toc_bench_require).
//
// Thread: the loop's, or the only one.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "process.h"
#include "record/ticket.h"

enum {
    TOC_HALL_TEAMS = 20, // of 50 seats, the most that a team may have
    TOC_HALL_SEATS = 1000,
    TOC_HALL_PATIENCE_S = 120,
};

// Every row goes to all teams, and waits for EXCON's hand. Every question is open from STARTEX on, and
// one of each team's: of team3 the 7th is "Q-3-7".
typedef struct {
    int teams, seats_each;
    int excons, rows, questions;
} toc_hall_plan;

typedef struct {
    toc_hall_plan plan;
    process engine;
    char *folder, *run; // run: the run's own
    toc_ticket *tickets;
    size_t seats;       // tickets of participants, team by team; EXCON's come after them
    double listening_s; // how long the engine took to say where it listens
} toc_hall;

// toc_hall_open returns when the engine listens. The process may have as many files open as there are allowed.
void toc_hall_open(toc_hall *h, const toc_hall_plan *plan);

// toc_hall_engine is the engine of any scenario, with so many seats of EXCON; it returns when that listens. The caller
// ends it.
process toc_hall_engine(const char *scenario, const char *runs, int excons, double *listening_s);

// toc_hall_kill ends the engine with SIGKILL; toc_hall_resume starts another in its place, and does not
// wait: whoever turns a loop meanwhile must read what the engine says (h->engine.out), or it stands still.
void toc_hall_kill(toc_hall *h);
void toc_hall_resume(toc_hall *h);
bool toc_hall_is_listening(const toc_hall *h);

void toc_hall_close(toc_hall *h); // and removes its folder

// The processor time that the engine has used, in seconds, and the memory that one holds, in MiB. proportional: what it
// shares with others, as libraries, counts in parts.
double toc_hall_cpu(const toc_hall *h);
void toc_hall_memory(const process *engine, double *resident_mib, double *proportional_mib);

char *toc_hall_row(int i); // the id of the row, from 0 on; the caller's

// toc_hall_verify is whether `tocsin verify` finds nothing wrong with the run, which is still open.
bool toc_hall_verify(const toc_hall *h);

// A place to wait in for what a loop brings. False: it did not come in TOC_HALL_PATIENCE_S.
bool toc_hall_await(uv_loop_t *loop, bool (*is_so)(const void *context), const void *context);

// The median of a list, and how far its middle half lies apart.
typedef struct {
    double median, lower, upper, p99;
} toc_rounds;

toc_rounds toc_rounds_of(double *list, size_t count); // sorts it

#endif
