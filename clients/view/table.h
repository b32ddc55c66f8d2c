// SPDX-License-Identifier: MIT
#ifndef TOC_TABLE_H
#define TOC_TABLE_H

// What a screen with rows shows now: for each row its key and what stands behind it; and how such a
// screen is moved in, the same way for all of them. Pure.

#include <stddef.h>

#include "view_inside.h"

typedef struct {
    char **keys;         // owned
    const void **behind; // borrowed, until the picture sees the next event
    size_t count, key_capacity, behind_capacity;
} toc_table;

void toc_table_add(toc_table *rows, const void *behind, const char *key);
void toc_table_fini(toc_table *rows);

// toc_table_selected settles the list and gives the place of the selected row; rows->count where
// there are none.
size_t toc_table_selected(const toc_table *rows, toc_room *room);
// toc_table_do moves among the rows or, while somebody reads, in the page; BACK leaves the page,
// then drops the filter. False: it is nothing of that.
bool toc_table_do(const toc_table *rows, toc_room *room, toc_do what);
// toc_table_show begins the page anew; if it is of another row than before, at its top. The caller
// then says what it holds.
void toc_table_show(toc_room *room, const char *key);

typedef void (*toc_table_row)(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *rows);
typedef void (*toc_table_heading)(toc_view *v, toc_buf *out, const toc_room *room,
                                  const toc_table *rows);

// toc_table_draw draws the rows, the page beside them, and the heading last: it says what is
// scrolled out of sight. Where both do not fit, it is the page alone that is shown while somebody
// reads. What the heading says of the filter, and of the key that opens, is added here.
void toc_table_draw(toc_view *v, toc_grid *g, toc_rect r, toc_room *room, const toc_table *rows,
                    toc_table_heading heading, const char *page_title, toc_table_row draw_row);

// toc_key_word: the key that asks for it at this seat, in a place: "Ctrl-X"; nothing is appended
// where there is none.
void toc_key_word(const toc_view *v, toc_buf *out, unsigned places, toc_do what);
// toc_put_visible appends foreign text for a line of ours: visible, on one line, and cut so short
// that it cannot fill a line and begin the next one. What may be longer stands behind the gutter of
// a page.
void toc_put_visible(toc_buf *out, const char *text);

#endif
