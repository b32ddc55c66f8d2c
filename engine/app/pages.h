// SPDX-License-Identifier: MIT
#ifndef TOC_APP_PAGES_H
#define TOC_APP_PAGES_H

// The pages of scripts/errors, built in (embed_pages.cmake).

#include <stddef.h>

typedef struct {
    const char *code; // "E0214"
    const char *text; // Markdown
} toc_page;

extern const toc_page toc_pages[];
extern const size_t toc_page_count;

#endif
