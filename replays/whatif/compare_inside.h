// SPDX-License-Identifier: MIT
#ifndef TOC_COMPARE_INSIDE_H
#define TOC_COMPARE_INSIDE_H

#include "replays/compare.h"

// Play times that lie closer than this are the same: two rooms never act in the same millisecond.
#define TOC_COMPARE_NEAR 1000

void toc_compare_facts(toc_comparison *c); // fills rows, and objectives and phases of both sides

// What the thing of a row is called, first line, borrowed; NULL: it has no name but its id.
const char *toc_compare_name(const toc_comparison *c, const toc_compare_row *row);

// Of a row: its two things, NULL where it is not there.
#define TOC_COMPARE_OF(row, c, list, side)                                                         \
    ((row)->side == TOC_NONE ? NULL : &(c)->side.list[(row)->side])

#endif
