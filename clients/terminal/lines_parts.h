// SPDX-License-Identifier: MIT
#ifndef TOC_LINES_PARTS_H
#define TOC_LINES_PARTS_H

// The inside of the plain lines: parts that several lines are made of.

#include "terminal/lines.h"

void toc_lines_text(toc_lines *l, int64_t t, bool is_history, const char *text);

// "item 13, URGENT phone from Coast Guard: Tanker listing"
void toc_item_head(toc_buf *out, const toc_item *item);

void toc_factor_text(toc_buf *out, int64_t thousandths); // "x2.5"

// What control reads of an event that has no words for everybody; true: it needs no more.
bool toc_lines_control(toc_lines *l, const toc_picture *p, const toc_event *ev, bool is_history);

void toc_question_lines(toc_lines *l, const toc_picture *p, const toc_question *q, int64_t t,
                        bool is_history);

#endif
