// SPDX-License-Identifier: MIT
#ifndef TOC_REHEARSE_CHOICES_H
#define TOC_REHEARSE_CHOICES_H

// What each choice changes, told in words: a block a decision (or expected action, or two who speak), a row
// for outcomes after which all but the times is the same.

#include "rehearse_show.h"

// The variations of one point, from `first` to before `next`.
typedef struct {
    const toc_rehearsal *r;
    size_t first, next;
} toc_choices;

// toc_choices_next goes to the next point, beginning with {r, 0, 0}; false past the last.
bool toc_choices_next(toc_choices *c);
bool toc_choices_matter(const toc_choices *c); // some outcomes come out differently
// toc_choices_row appends what stands in the row of variation `at`: its outcomes, and what is sent, asked …
// against the point's parent. False: it has no row of its own.
bool toc_choices_row(const toc_choices *c, size_t at, toc_buf *outcomes, toc_buf *story);
// "only if D-01=wait": "" where the ordinary path comes to it.
void toc_choices_condition(const toc_choices *c, toc_buf *out);
const char *toc_choices_title(const toc_choices *c); // of the decision or expected action; ""

#endif
