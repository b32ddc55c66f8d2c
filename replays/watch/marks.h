// SPDX-License-Identifier: MIT
#ifndef TOC_MARKS_H
#define TOC_MARKS_H

// What stands on the bar of a replay, and what one can leap to.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/event.h"

// In the order of weight: where two share a column, the heavier one is shown.
typedef enum {
    TOC_MARK_NONE,
    TOC_MARK_INJECT,   // #
    TOC_MARK_DECISION, // D
    TOC_MARK_NOTE,     // N
    TOC_MARK_PHASE,    // P
    TOC_MARK_JUMP,     // J
    TOC_MARK_PAUSE,    // =
    TOC_MARK_ENDEX,    // E
    TOC_MARK_EMERGENCY // !
} toc_mark;

toc_mark toc_mark_of(toc_kind kind);
char toc_mark_letter(toc_mark m);
bool toc_mark_is_leap(toc_mark m);        // of those that [ and ] go to
bool toc_mark_is_decision(toc_kind kind); // of those that { and } go to

#endif
