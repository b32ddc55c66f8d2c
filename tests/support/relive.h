// SPDX-License-Identifier: MIT
#ifndef TOC_RELIVE_H
#define TOC_RELIVE_H

// An exercise conducted live, journal and all, with a clock made by hand and inputs that come from somewhere: a recording, a playthrough, a
// wanderer. Whatever goes wrong in here fails the test.

#include <stdbool.h>
#include <stdint.h>

#include "base/files.h"
#include "journal_fixture.h"

typedef struct toc_conduct toc_conduct;

typedef struct {
    journal_fixture disk;
    toc_conduct *conduct;
    int64_t mono;
    int64_t wall;  // of the next input, ms since 1970; -1: as the clock goes
    int64_t *seqs; // of the lines so far but for records and marks, in order
    size_t count, capacity;
    void *context;
    // May be NULL: the clock stands where something is about to happen; a line is durable (none of records).
    void (*on_beat)(void *context);
    void (*on_line)(void *context, const toc_event *ev);
} relive;

void relive_open(relive *l, const toc_files *files, uint64_t seed);
void relive_close(relive *l);
void relive_pass(relive *l, int64_t t);    // until play time t, instant by instant
void relive_wait(relive *l, int64_t mono); // so much later on the wall
// relive_put gives an input now; its own seq, t and wall do not count. False: it was refused.
bool relive_put(relive *l, const toc_event *input);
void relive_end(relive *l); // the seal behind the close

toc_files *relive_files(const char *scenario); // below the source tree

// The journal's bytes of an exercise that was played: by a .plan (below the source tree), or by a wanderer.
void relive_plan(toc_buf *journal, const char *scenario, const char *plan);
void relive_wander(toc_buf *journal, const char *scenario, uint64_t seed, int inputs);

#endif
