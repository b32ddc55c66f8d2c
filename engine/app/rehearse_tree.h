// SPDX-License-Identifier: MIT
#ifndef TOC_REHEARSE_TREE_H
#define TOC_REHEARSE_TREE_H

// The branch map: a survey's tree of decisions, made small enough to be looked at. It is a list of rows
// from top to bottom. The outcomes of a decision stand under each other; what follows the one that most
// paths take (the main one, the last) goes on below at the same level, what follows another stands
// one level deeper. What goes on just as another branch does is not drawn again.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rehearse_show.h"

typedef struct {
    size_t branch; // of the survey
    int level;
    bool is_first, is_last; // of the outcomes of its decision, as drawn
    bool is_main;           // what most paths take: what follows stands at the same level
    bool is_or;             // another decision may come instead of the one before
    bool goes_on;           // rows of its subtree follow
    size_t as;              // the tail goes on as after this branch, or TOC_NONE
    size_t left_out;        // branches after the tail that are not drawn
    size_t chain;   // so many follow one after the other without an alternative, in this row
    size_t tail;    // the last of these, or branch: what is below is of what follows it
    uint64_t rails; // bit l: an outcome of level l still comes below this row
} toc_tree_row;

typedef struct {
    toc_tree_row *rows;
    size_t count, capacity;
    size_t same;     // branches that are not drawn because they go on as others
    size_t left_out; // … because there is no room
} toc_tree;

// toc_tree_build draws the most travelled branches first: about `most` of them, `deepest` levels.
void toc_tree_build(toc_tree *out, const toc_survey *s, size_t most, int deepest);
void toc_tree_fini(toc_tree *t);

// toc_tree_story: what becomes of the branch of a row, on one line: injects, what follows, how it ends.
void toc_tree_story(toc_buf *out, const toc_rehearsal *r, const toc_tree_row *row);

#define TOC_TREE_DEEPEST 32

#endif
