// SPDX-License-Identifier: MIT
#ifndef TOC_APP_MSEL_ANSWERS_H
#define TOC_APP_MSEL_ANSWERS_H

// What each answer to a decision brings, as the rehearsal saw it: in the rest of the book nobody could say,
// since only the scripts know.

#include "base/buf.h"
#include "msel_rows.h"

// toc_mel_has_answers: did the rehearsal vary this decision?
bool toc_mel_has_answers(const toc_mel *m, size_t decision);

// toc_mel_answer_text appends in words what an outcome brings ("lend", "own", "rejected", "none"): "INJ-04 at
// once; service Cold store ends at 40 % (else 100 %)"; nothing where the rehearsal has no such outcome.
void toc_mel_answer_text(toc_buf *out, const toc_mel *m, size_t decision, const char *outcome);

// toc_mel_answers_html appends a table: outcomes that bring the same, and what that is.
void toc_mel_answers_html(toc_buf *out, const toc_mel *m, size_t decision);

#endif
