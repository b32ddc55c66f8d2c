// SPDX-License-Identifier: MIT
#ifndef TOC_EDITOR_H
#define TOC_EDITOR_H

// The editor: a line, or several, that somebody types. It moves by characters as they are seen, not
// by bytes. Pure.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "view/grid.h"

typedef struct {
    toc_buf
        text; // UTF-8 that is visible as it is (toc_text_visible changes nothing), and \n where it is long
    size_t at;    // byte offset of the cursor
    bool is_long; // several lines
    size_t top;   // the first wrapped line that is shown
    size_t most;  // bytes it may hold; 0: 16 KiB
    int columns;  // of what was drawn last: up and down go by the rows that are seen
} toc_editor;

void toc_editor_fini(toc_editor *e);
// The cursor goes to its end. What is no text is dropped: control characters, bad bytes, what is
// not seen or steers what is seen. A tab becomes a space, and so does a line's end where there is
// only one line.
void toc_editor_set(toc_editor *e, const char *text);
// toc_editor_insert puts text in at the cursor, as toc_editor_set takes it; what there is no room
// for is left out.
void toc_editor_insert(toc_editor *e, const char *text, size_t len);
// toc_editor_key: characters, arrows, Home, End, Backspace, Delete, Ctrl-A E U K W, and Enter where
// it is long. False: not its key; so are up in its first row and down in its last.
bool toc_editor_key(toc_editor *e, uint32_t key);
void toc_editor_draw(toc_editor *e, toc_grid *g, toc_rect r, bool has_cursor);
// How many rows it would fill; the last column of a long text is the cursor's.
int toc_editor_rows(const toc_editor *e, int columns);

#endif
