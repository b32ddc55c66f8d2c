// SPDX-License-Identifier: MIT
#ifndef TOC_ANSWERS_H
#define TOC_ANSWERS_H

// Answers: what became of each decision, step by step, and what was handed in. The picture keeps
// how things stand; this keeps how they came to stand so, for people who read it. Pure.

#include "view_inside.h"

void toc_answers_learn(toc_view *v, const toc_event *ev);
// The steps of a decision, oldest first: *at is 0 at first. NULL: no more.
const toc_event *toc_answers_next(const toc_view *v, const char *decision, size_t *at);
const toc_event *toc_answers_handed(const toc_view *v, const char *product); // the newest; or NULL

void toc_answers_copy(toc_view *v, const toc_view *from); // v has none

#endif
