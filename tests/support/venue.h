// SPDX-License-Identifier: MIT
#ifndef TOC_VENUE_H
#define TOC_VENUE_H

// A live engine and people at real terminals: the real binary, real sockets, each seat in a terminal of its own. Everything that is
// waited for has a deadline; every failure shows what was there instead.

#include "run_harness.h"
#include "tmux.h"

enum { VENUE_PATIENCE = 30 }; // seconds

typedef struct {
    process engine;
    char *runs; // the folder of the run folder
    char *run;  // the run folder
} venue;

// venue_open runs a scenario, a path below the source tree, and waits until seats can sit down. more: further options of `run`, NULL-ended;
// a --listen comes first.
void venue_open(venue *v, const char *scenario, const char *const *more);
void venue_resume(
    venue *v,
    const char *run); // after the engine was killed; run: the folder, which may have been copied
void venue_close(venue *v);

// venue_sit sits down with the whole screen, 80x24, and signs in, or with name NULL leaves that out. more: options of `join`, may be "".
// The terminal stays when the program has ended: "left, code 0" is its last line then.
void venue_sit(venue *v, tmux *t, const char *seat, const char *name, const char *more);
void venue_shell(venue *v, tmux *t, const char *seat,
                 const char *more);                       // without waiting for anything
void venue_plain(venue *v, process *p, const char *seat); // lines, by pipes

void venue_say(process *p, const char *line,
               const char *answer);            // types a line and waits for its answer
void venue_hear(process *p, const char *text); // waits for what was not heard before
void venue_type(tmux *t, const char *line,
                const char *answer); // a plain terminal that is a screen: with Enter

// venue_count: the journal's lines that hold all of these words; NULL-ended.
size_t venue_count(const venue *v, const char *const *words);
#define VENUE_COUNT(v, ...) venue_count(v, (const char *const[]){__VA_ARGS__, NULL})
void venue_verified(const venue *v); // fails the test unless the recording is

#endif
