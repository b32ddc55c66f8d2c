// SPDX-License-Identifier: MIT
#ifndef TOC_DECIDE_H
#define TOC_DECIDE_H

// The forms of a decision: answering it, and at EXCON ruling on an answer, giving more time,
// answering for a team. Whoever was quicker is named before anything is sent.

#include "view_inside.h"

void toc_decide_open(toc_view *v, const toc_question *q); // also EXCON's, for a team
void toc_rule_open(toc_view *v, const toc_question *q);
void toc_extend_open(toc_view *v, const toc_question *q);

// toc_decide_watch tells whoever has the form of a decision open that its time has just passed.
void toc_decide_watch(toc_view *v);

// toc_decide_is_late: an answer of this seat's would come too late to count, but is kept for the report.
bool toc_decide_is_late(const toc_view *v, const toc_question *q);

// The words of an option's id: "close now"; the id itself where there is no such option; never NULL.
const char *toc_option_text(const toc_question *q, const char *id);

#endif
