// SPDX-License-Identifier: MIT
#ifndef TOC_DECISION_PAGE_H
#define TOC_DECISION_PAGE_H

// How a decision, and a product that is to be handed in, reads: the words of its row and its page. Pure.

#include "view_inside.h"

void toc_decision_left(const toc_view *v, toc_buf *out,
                       const toc_question *q); // "06:10 left", "settled"
// toc_decision_state, in a row of the list: "decision, 2:10 left", "decided by Mara Lind: close (Close it now)".
void toc_decision_state(toc_buf *out, const toc_view *v, const toc_question *q);
void toc_decision_outcome(toc_buf *out, const toc_question *q); // "decided: close now"
toc_style toc_decision_style(const toc_view *v, const toc_question *q);
void toc_decision_page(toc_view *v, toc_page *page, const toc_question *q);
void toc_product_page(toc_view *v, toc_page *page, const char *product);

#endif
