// SPDX-License-Identifier: MIT
#ifndef TOC_REPORT_TALK_H
#define TOC_REPORT_TALK_H

#include "report_inside.h"

// report_talk_matrix.c: who wrote to whom and how often, as <svg>; a row is who wrote.
void toc_report_matrix(toc_buf *svg, const toc_report *rp);

#endif
