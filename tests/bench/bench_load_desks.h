// SPDX-License-Identifier: MIT
#ifndef TOC_BENCH_LOAD_DESKS_H
#define TOC_BENCH_LOAD_DESKS_H

// Seats of a hall in one crowd, as lean as can be: desks that ask one thing at a time, and feeds that are
// heard. What is not answered with ok ends the bench.
//
// Thread: the loop's.

#include "bench_load.h"

typedef struct toc_desks toc_desks;

typedef struct {
    void *context;
    void (*on_answer)(void *context, size_t seat);
    void (*on_feed)(void *context, size_t seat, const char *bytes, size_t len); // one message
} toc_desks_calls;

// toc_desks_open connects the desks of `count` tickets of the hall from `first` on, joins all of them, and
// returns when all have.
toc_desks *toc_desks_open(uv_loop_t *loop, const toc_hall *hall, size_t first, size_t count,
                          const toc_desks_calls *calls);

// toc_desks_listen connects the feeds of all participants, and returns when all are let in.
void toc_desks_listen(toc_desks *d);

// toc_desks_ask sends a request, whose answer comes with on_answer; fields as toc_link_ask has them.
void toc_desks_ask(toc_desks *d, size_t seat, const char *op, const char *fields);

// toc_desks_has is whether text stands somewhere in what was heard.
bool toc_desks_has(const char *bytes, size_t len, const char *text);

#endif
