// SPDX-License-Identifier: MIT
#ifndef TOC_REPORT_ALTERNATIVES_H
#define TOC_REPORT_ALTERNATIVES_H

// What the other answers to the decisions of a recording would have led to.

#include "replays/branch.h"
#include "report_inside.h"

typedef struct toc_alternatives toc_alternatives;

// toc_alternatives_of plays every other option of every decision that was asked, on all cores; what comes of it is the same with any
// number of them. The caller ends it with toc_alternatives_free.
toc_alternatives *toc_alternatives_of(const toc_report *rp);
void toc_alternatives_free(toc_alternatives *all);

// toc_report_alternatives says what came of those of a decision; why, if they could not be played.
void toc_report_alternatives(toc_report *rp, const toc_alternatives *all, size_t decision);

// report_alternative_words.c: how the end would have differed, and what people did that could not be done again.
void toc_alternative_words(toc_buf *words, const toc_report *rp, size_t decision,
                           const toc_review *would, const toc_branch *b);

#endif
