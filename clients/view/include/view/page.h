// SPDX-License-Identifier: MIT
#ifndef TOC_PAGE_H
#define TOC_PAGE_H

// A page: text that is read, line by line, wrapped to a width when it is drawn, scrolled, and
// searched. Foreign text stands behind a gutter mark on every wrapped line, so that nobody can
// forge a line of ours. Pure.

#include <stdbool.h>
#include <stddef.h>

#include "view/grid.h"
#include "view/keys.h"

typedef struct {
    char *text; // owned; visible text
    toc_style style;
    bool is_foreign;
    bool is_ascii; // its symbols are
    size_t rows;   // it fills at the page's width; 0: not wrapped yet
} toc_page_line;

typedef struct {
    toc_page_line *lines;
    size_t count, capacity;
    size_t top;             // the first wrapped line that is shown
    char *sought;           // what n and N look for; or NULL
    size_t height, wrapped; // when it was last drawn
    int width;              // the same
    bool has_find;          // n and N go on from here:
    size_t find_line, find_at;
} toc_page;

void toc_page_fini(toc_page *p);
void toc_page_clear(toc_page *p); // but for where it stands and what is sought
void toc_page_say(toc_page *p, toc_style style, const char *format, ...)
    TOC_PRINTF(3, 4);                                 // ours; \n parts lines
void toc_page_foreign(toc_page *p, const char *text); // somebody's, many lines
void toc_page_draw(toc_page *p, toc_grid *g,
                   toc_rect r); // what is below is said at the right of the last row: "▼ 12 more"
size_t toc_page_rows(toc_page *p, int width); // how many it would fill
bool toc_page_do(toc_page *p, toc_do what);   // scrolls; n and N go to the next and previous find
// toc_page_seek says what n and N look for, from what is shown on; NULL or "": nothing. Capitals do
// not matter.
void toc_page_seek(toc_page *p, const char *word);

#endif
