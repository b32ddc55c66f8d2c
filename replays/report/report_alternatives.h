// SPDX-License-Identifier: MIT
#ifndef TOC_REPORT_ALTERNATIVES_H
#define TOC_REPORT_ALTERNATIVES_H

// What the other answers to the decisions of a recording would have led to, and so what hung on those that were given.

#include "replays/branch.h"
#include "report_inside.h"

enum { TOC_OTHER_LEFT = 3 }; // things that could not be done again, which are named

// What of the recording another answer would not have had, or would have had otherwise; by the indexes of the recording's review.
typedef struct {
    bool *sent, *asked;     // injects and decisions that it has too
    int64_t *lowest, *last; // of services, ppm
} toc_other_facts;

// What came of another answer.
typedef struct {
    size_t decision, option;
    bool is_played;
    toc_buf injects, decisions, levels, lost; // the cells of its row
    toc_buf words;                            // in a sentence; why, if it could not be played
    int64_t left[TOC_OTHER_LEFT];             // what people did that could not be done again
    size_t left_count;                        // and how many such things there are
    toc_other_facts facts;
} toc_other;

typedef struct {
    const toc_report *rp;
    toc_other *at; // in the order of decisions and options
    size_t count, capacity;
} toc_alternatives;

// toc_alternatives_of plays every other option of every decision that was asked, on all cores; what comes of it is the same with any
// number of them. The caller ends it with toc_alternatives_free.
toc_alternatives *toc_alternatives_of(const toc_report *rp);
void toc_alternatives_free(toc_alternatives *all);

// toc_report_alternatives says what came of those of a decision; why, if they could not be played.
void toc_report_alternatives(toc_report *rp, const toc_alternatives *all, size_t decision);

// report_alternative_words.c: how the end would have differed, and what people did that could not be done again. It may be called
// from any thread, for another one each.
void toc_alternative_words(toc_other *out, const toc_report *rp, const toc_review *would,
                           const toc_branch *b);

// report_hung.c: what no other answer that could be played would have had, as a fact; nothing if there is none. What stands as
// having come of the decision (origins, as toc_report_origins gives them) is not said again.
void toc_report_hung(toc_report *rp, const toc_alternatives *all, const size_t *origins,
                     size_t decision);
void toc_other_facts_of(toc_other_facts *out, const toc_review *was, const toc_review *would);
void toc_other_facts_fini(toc_other_facts *f);

#endif
