// SPDX-License-Identifier: MIT
#ifndef TOC_LIST_H
#define TOC_LIST_H

// A list: rows of which one is selected. Rows come and go while somebody reads; the selection stays
// with its row, not with its place. Pure.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "view/grid.h"
#include "view/keys.h"

typedef struct {
    char *key;            // of the selected row, owned; NULL: the first one, whichever that is, until somebody moves
    size_t at;            // its place, when the rows were last settled
    size_t top;           // the first row that is shown
    size_t count, height; // at the last settle
    char *filter;         // what rows must hold, owned; NULL: nothing
} toc_list;

void toc_list_fini(toc_list *l);

// toc_list_settle is told the rows that pass the filter, by their keys, and the rows of the screen
// there are. The selection stays with its row; if that is gone, with the one that took its place.
void toc_list_settle(toc_list *l, const char *const *keys, size_t count, int height);
// toc_list_do: up, down, pages, first, last. False: it is no such command. keys: those of the newest settle.
bool toc_list_do(toc_list *l, toc_do what, const char *const *keys, size_t count);
void toc_list_select(toc_list *l, const char *key);

// toc_filter_passes: does a row pass "flood !media to:ops late unread"? Words must all be there
// (capitals do not matter), `!word` must not; `field:word` looks in one field, and a bare flag name
// ("unread", "urgent", "late", "held") must be among flags. fields: pairs of name and text, ended
// by NULL; flags: words parted by spaces.
bool toc_filter_passes(const char *filter, const char *const *fields, const char *flags);

#endif
