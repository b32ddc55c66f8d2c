// SPDX-License-Identifier: MIT
#ifndef TOC_PROBLEMS_H
#define TOC_PROBLEMS_H

// The mistakes of a scenario, each with its place.

#include "base/buf.h"
#include "base/error.h"

typedef struct {
    char *file;
    int line;
    char *text; // the whole line: "scenario.lua:12: …"
} toc_problem;

typedef struct {
    toc_problem *at;
    size_t count, capacity;
} toc_problems;

#define TOC_PROBLEMS_SHOWN 50

// toc_problems_add keeps the first thousand; the same line is kept once.
void toc_problems_add(toc_problems *p, const char *file, int line, const char *format, ...)
    TOC_PRINTF(4, 5);
// toc_problems_add_line takes a line that has its place already ("scenario.lua:12: …").
void toc_problems_add_line(toc_problems *p, const char *line);

// toc_problems_print appends at most TOC_PROBLEMS_SHOWN lines to out (may be NULL), scenario.lua
// first, each file in the order of its lines; e gets the first.
toc_err toc_problems_print(toc_problems *p, toc_buf *out, toc_error *e);
void toc_problems_fini(toc_problems *p);

#endif
