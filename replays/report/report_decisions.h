// SPDX-License-Identifier: MIT
#ifndef TOC_REPORT_DECISIONS_H
#define TOC_REPORT_DECISIONS_H

// The parts of what the report says of one decision.

#include "report_findings.h"

// report_known.c: what its team had read, and what had come and was not opened.
void toc_report_known(toc_report *rp, const toc_review_decision *d);

// report_followed.c: what came of it. toc_report_origins gives, by seq, the decision (its index plus one) of which a line came
// at last; 0: of none. The caller frees it.
size_t *toc_report_origins(const toc_report *rp);
void toc_report_followed(toc_report *rp, const size_t *origins, size_t decision);

#endif
