// SPDX-License-Identifier: MIT
#ifndef TOC_PROBLEMS_H
#define TOC_PROBLEMS_H

// What is wrong with a scenario: each problem with its code, its place, the cause in plain words and
// what to do. Codes are stable and never used twice: E is a mistake, W a warning for planning. What a
// code means stands in scripts/errors/<code>.md.

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

typedef struct {
    const char *code; // "E0214", a literal
    char *file;       // "" where it is of the scenario as a whole
    int line;         // from 1; 0 where file is ""
    int column;       // of the underline, in characters from 1; 0: the line as a whole
    int width;        // of the underline, in characters; at least 1 where column is not 0
    char *text;       // what is wrong and why: one line, without the place
    char *label;      // a few words beside the underline, or NULL
    char *help;       // what to do, or NULL; may be several lines
    char *note;       // what else to know: where the other one stands … or NULL
    char *fix;        // what the underlined text should be, or NULL
} toc_problem;

typedef struct {
    toc_problem *at;
    size_t count, capacity;
    size_t lost; // beyond those that are kept
} toc_problems;

#define TOC_PROBLEMS_SHOWN 50
#define TOC_PROBLEMS_KEPT  1000

// toc_problems_add appends one; the same text at the same line is kept once. What it returns is never
// NULL, and is good until the next call: the caller may say more of it with the functions below.
toc_problem *toc_problems_add(toc_problems *p, const char *code, const char *file, int line,
                              const char *format, ...) TOC_PRINTF(5, 6);
// toc_problems_add_line takes text that has its place already ("scenario.lua:12: …").
toc_problem *toc_problems_add_line(toc_problems *p, const char *code, const char *line);

// toc_problems_take moves all of from to the end of p, each as it is; from is empty then.
void toc_problems_take(toc_problems *p, toc_problems *from);

// Each gives problem again. A second call replaces what the first said.
toc_problem *toc_problem_at(toc_problem *problem, int column, int width);
toc_problem *toc_problem_label(toc_problem *problem, const char *format, ...) TOC_PRINTF(2, 3);
toc_problem *toc_problem_help(toc_problem *problem, const char *format, ...) TOC_PRINTF(2, 3);
toc_problem *toc_problem_note(toc_problem *problem, const char *format, ...) TOC_PRINTF(2, 3);
toc_problem *toc_problem_fix(toc_problem *problem, const char *format, ...) TOC_PRINTF(2, 3);

bool toc_problem_is_error(const toc_problem *problem); // or a warning

// toc_problems_sort: scenario.lua first, each file in the order of its lines, what has no place last.
void toc_problems_sort(toc_problems *p);
// toc_problems_lines appends "scenario.lua:12: text" for the first TOC_PROBLEMS_SHOWN.
void toc_problems_lines(const toc_problems *p, toc_buf *out);
void toc_problems_fini(toc_problems *p);

#endif
