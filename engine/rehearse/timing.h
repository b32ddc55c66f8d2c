// SPDX-License-Identifier: MIT
#ifndef TOC_TIMING_H
#define TOC_TIMING_H

// How long the players of a rehearsal take: every delay of theirs, in play ms.

#include <stdint.h>

enum {
    TOC_TAKES_READING = 60000,   // from an inject's arrival until its team has read it
    TOC_TAKES_SPEAKING = 60000,  // from reading, or from STARTEX, until somebody speaks
    TOC_TAKES_ANSWERING = 60000, // from a decision's asking until an early answer
    TOC_TAKES_RULING = 60000,    // EXCON: rulings, releases, marks
    TOC_TAKES_ACTING = 60000,    // an expected action, once it is late or the story jumped over it
    TOC_TAKES_LAST = 1000,       // before a deadline, the last moment
    TOC_TAKES_MARGIN = 60000,    // before a deadline, for an expected action
    TOC_TAKES_END = 300000,      // before the end: what EXCON sends by hand
};

static inline int64_t toc_by_hand(int64_t end_ms)
{
    return end_ms > TOC_TAKES_END ? end_ms - TOC_TAKES_END : end_ms / 2;
}

#endif
