// SPDX-License-Identifier: MIT
#ifndef TOC_WORLD_TRACE_H
#define TOC_WORLD_TRACE_H

// What becomes of a world by itself and by acts, step by step, in words taken in the minute itself.

#include "world/words.h"
#include "world/world.h"
#include "world_acts.h"

typedef struct {
    const toc_act *act; // or NULL: then change is what happened
    toc_change change;  // its members are not kept, but in chain
    int64_t minute;
    char *text;    // for people, names as the author wrote them
    size_t *chain; // a level's causes, beginning with the service itself; a deadlock's members
    size_t chain_count;
    int64_t left; // a repair's crew-minutes
} toc_trace_row;

typedef struct {
    toc_trace_row *rows;
    size_t count, capacity;
    int64_t until; // the minute it goes to, that included
    bool is_cut;   // so much happens that it was ended there
    int64_t *lost; // by service, ppm-minutes
    int64_t *user_hours;
    int64_t *levels;   // at the end
    int64_t *at_start; // the levels that it begins with
} toc_trace;

#define TOC_TRACE_ROWS 100000 // more are not kept

// toc_trace_run plays the model from STARTEX. acts are borrowed for as long as out is used. out is ended
// with toc_trace_fini, after a failure too.
toc_err toc_trace_run(toc_trace *out, const toc_model *m, const toc_acts *acts, int64_t until,
                      toc_error *e);
void toc_trace_fini(toc_trace *t);

#endif
