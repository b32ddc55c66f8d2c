// SPDX-License-Identifier: MIT
#ifndef TOC_VERIFY_INSIDE_H
#define TOC_VERIFY_INSIDE_H

#include "exercise/plan.h"
#include "record/chain.h"
#include "replays/verify.h"

// The good lines of a journal, the header first: line i has seq i and is line i + 1 of the file.
typedef struct {
    const toc_line *at; // borrowed
    size_t count;
} toc_verify_lines;

// toc_difference_find says of v->difference, v->recorded and v->came_out what a person wants to know. plan gives names to
// what the lines have ids of; it may be NULL.
void toc_difference_find(toc_verdict *v, const toc_verify_lines *lines, const toc_plan *plan);
void toc_difference_fini(toc_difference *d);

// toc_difference_text appends it, indented by two, as part of a verdict's text; toc_difference_json as an object.
void toc_difference_text(toc_buf *out, const toc_verdict *v);
void toc_difference_json(toc_buf *out, const toc_verdict *v);

#endif
