// SPDX-License-Identifier: MIT
#ifndef TOC_REHEARSE_PAGE_H
#define TOC_REHEARSE_PAGE_H

// The parts of rehearsal.html: pictures, and the tables that say the same in words.

#include "rehearse_show.h"

// toc_page_text appends foreign text, made visible and escaped for HTML.
void toc_page_text(toc_buf *out, const char *text);

void toc_page_coverage(toc_buf *out, const toc_rehearsal *r);
void toc_page_load(toc_buf *out, const toc_rehearsal *r);
void toc_page_timeline(toc_buf *out, const toc_rehearsal *r);
void toc_page_map(toc_buf *out, const toc_rehearsal *r);
void toc_page_tree(toc_buf *out, const toc_rehearsal *r); // the same, drawn

#endif
