// SPDX-License-Identifier: MIT
#ifndef TOC_WORLD_FINDINGS_H
#define TOC_WORLD_FINDINGS_H

// What an author should know of a model before anybody plays it.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exercise/plan.h"

// One step of a circle: the service, and why it waits for the next.
typedef struct {
    size_t service;
    size_t repair;    // the repair of it that needs the next; TOC_NONE: it needs the next itself
    int64_t autonomy; // minutes for which it does without
} toc_link;

// Services that need each other at full strength.
typedef struct {
    toc_link *links; // a shortest circle among them; the last leads to the first
    size_t count;
    size_t members;   // how many services hang together so, those outside of this circle included
    bool is_buffered; // there are buffers or repairs on the way: lost only after a time
} toc_circle;

// What the loss of one service alone, from STARTEX on, takes in the first 24 hours.
typedef struct {
    size_t service;
    int64_t user_hours;
    int64_t lost;   // ppm-minutes of all services
    size_t reached; // services that lose anything, itself among them
} toc_single_point;

#define TOC_SINGLE_POINTS        5
#define TOC_SINGLE_POINT_MINUTES 1440
// Of larger models only so many services are tried: those that most others need directly. Of dense ones
// fewer, for about a second's work, but by count and not by the clock, so that the answer is always the same.
#define TOC_SINGLE_POINT_TRIES 500
#define TOC_SINGLE_POINT_LEAST 10
#define TOC_SINGLE_POINT_WORK  5000000 // services, needs and changes looked at

// An inject whose text quotes ({{level x}} and the like) a service that one of its teams does not see.
typedef struct {
    size_t inject, service, team;
} toc_blind_quote;

typedef struct {
    toc_circle *circles;
    size_t circle_count, circle_capacity;
    size_t *unseen; // services that no team and not the board sees
    size_t unseen_count;
    toc_blind_quote *quotes;
    size_t quote_count, quote_capacity;
    toc_single_point points[TOC_SINGLE_POINTS]; // the worst first
    size_t point_count;
    size_t tried;     // services whose loss was tried
    size_t unsourced; // needs without a source
    size_t needs;
} toc_findings;

// toc_findings_find examines a plan whose model is sound. out is ended with toc_findings_fini.
toc_err toc_findings_find(toc_findings *out, const toc_plan *p, toc_error *e);
void toc_findings_fini(toc_findings *f);

#endif
