// SPDX-License-Identifier: MIT
#ifndef TOC_GRID_H
#define TOC_GRID_H

// The grid: one screen as cells of text, each with a role. A role says what a thing is, never how it looks;
// the back end gives it a colour or an attribute, and a golden file its name. Pure.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

// What a cell is. Nothing is told by its role alone: each has words or a mark beside it.
typedef enum {
    TOC_STYLE_PLAIN,
    TOC_STYLE_BANNER,   // EXERCISE, the marking
    TOC_STYLE_TITLE,    // headings
    TOC_STYLE_FRAME,    // lines between panes
    TOC_STYLE_TAB,      // a tab's name,
    TOC_STYLE_TAB_HERE, // and that of the one that is open
    TOC_STYLE_SELECTED, // the row the cursor is on
    TOC_STYLE_UNREAD,
    TOC_STYLE_URGENT,
    TOC_STYLE_GOOD,
    TOC_STYLE_WARN,      // it should be looked at
    TOC_STYLE_BAD,       // it is wrong, down, late
    TOC_STYLE_FAINT,     // what is beside the point: never content
    TOC_STYLE_KEY,       // a key in the hints
    TOC_STYLE_INPUT,     // what is being typed
    TOC_STYLE_GUTTER,    // the mark before each line that somebody else wrote
    TOC_STYLE_NOTICE,    // the line that answers what was done
    TOC_STYLE_EMERGENCY, // what is real
    TOC_STYLE_COUNT
} toc_style;

const char *toc_style_name(toc_style s); // "urgent"

typedef struct {
    int x, y, w, h;
} toc_rect;

// A cell holds one cluster: a character and its combining marks. The right half of a wide one has no text and
// width 0.
typedef struct {
    char text[24];
    uint8_t width;
    uint8_t style;
} toc_cell;

typedef struct {
    int w, h;
    toc_cell *cells;        // w × h, row by row
    bool is_ascii;          // frames and symbols of ASCII only
    int cursor_x, cursor_y; // where the hardware cursor stands; -1: nowhere
} toc_grid;

void toc_grid_init(toc_grid *g, int w, int h, bool is_ascii); // all spaces
void toc_grid_fini(toc_grid *g);

// toc_grid_put writes text at x, y of the grid, at most `columns` of them and never outside; what
// is not text of ours goes through toc_text_visible here, so any bytes are fine. It gives the
// columns written. A wide character that does not fit whole is left out. What is cut ends in "…"
// (".." in ASCII).
int toc_grid_put(toc_grid *g, int x, int y, int columns, toc_style style, const char *text);
int toc_grid_printf(toc_grid *g, int x, int y, int columns, toc_style style, const char *format,
                    ...) TOC_PRINTF(6, 7);
void toc_grid_fill(toc_grid *g, toc_rect r, toc_style style);    // with spaces
void toc_grid_restyle(toc_grid *g, toc_rect r, toc_style style); // what stands there
// A line from x over `columns` with a title in it (title may be NULL); the title may be foreign text.
void toc_grid_rule(toc_grid *g, int x, int y, int columns, const char *title);
void toc_grid_box(toc_grid *g, toc_rect r, const char *title); // a frame; its inside is emptied
toc_rect toc_rect_inside(toc_rect r);                          // of a frame
void toc_grid_cursor(toc_grid *g, int x, int y);

// toc_grid_text gives the screen as lines without spaces at their ends: what --snapshot and golden
// files show. With styles, each line that has any is followed by one that begins with "~" and has a
// letter for each cell, one column to its right: b banner, t title, T tab here, > selected, *
// unread, ! urgent, g good, w warn, x bad, k key, i input, n notice, E emergency, ^ the cursor; a
// space for the rest.
void toc_grid_text(toc_buf *out, const toc_grid *g, bool with_styles);

#endif
