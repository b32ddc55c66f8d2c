// SPDX-License-Identifier: MIT
#ifndef TOC_EDITOR_H
#define TOC_EDITOR_H

// The editor: a line, or several, that somebody types. It moves by characters as they are seen, not by bytes. Pure.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "view/grid.h"

typedef struct {
    toc_buf text; // UTF-8 without control characters but \n
    size_t at;    // byte offset of the cursor
    bool is_long; // several lines
    size_t top;   // the first wrapped line that is shown
    size_t most;  // bytes it may hold; 0: 16 KiB
} toc_editor;

void toc_editor_fini(toc_editor *e);
void toc_editor_set(toc_editor *e,
                    const char *text); // the cursor goes to its end; what is no text is dropped
// toc_editor_key: characters, arrows, Home, End, Backspace, Delete, Ctrl-A E U K W, and Enter where it is long. False: not its key.
bool toc_editor_key(toc_editor *e, uint32_t key);
void toc_editor_draw(toc_editor *e, toc_grid *g, toc_rect r, bool has_cursor);
int toc_editor_rows(const toc_editor *e, int columns); // how many it would fill

#endif
