// SPDX-License-Identifier: MIT
#ifndef TOC_REPORT_MSEL_H
#define TOC_REPORT_MSEL_H

#include "report_inside.h"

// Did a row go otherwise than it was planned?
bool toc_report_is_changed(const toc_report *rp, const toc_review_inject *row);

// report_msel_words.c: what stands in a row's cells; nothing where there is nothing to say.
void toc_report_difference(toc_buf *words, const toc_review_inject *row); // "+4 min"
void toc_report_sender(const toc_report *rp, toc_buf *words, const toc_review_inject *row);
// What was done to it, a line each: armed, held, moved, rewritten, released, skipped.
void toc_report_changes(const toc_report *rp, toc_buf *words, const toc_review_inject *row);
void toc_report_readers(const toc_report *rp, toc_buf *words, const toc_review_inject *row);

// report_msel_file.c: msel-as-played.csv, with the columns of the planners' own list where they mean the same.
void toc_report_msel_file(toc_report *rp, const toc_review_inject *const *rows);

#endif
