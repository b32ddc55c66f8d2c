// SPDX-License-Identifier: MIT
#ifndef TOC_GRID_INSIDE_H
#define TOC_GRID_INSIDE_H

// What the widgets of this folder ask of the grid beyond its contract.

#include <stdarg.h>

#include "view/grid.h"

// toc_format: a formatted text of any length, the caller's.
char *toc_format(const char *format, va_list args) TOC_PRINTF(1, 0);
// toc_grid_put_shown is toc_grid_put for text that is visible already, with its length.
int toc_grid_put_shown(toc_grid *g, int x, int y, int columns, toc_style style, const char *s,
                       size_t len);
// toc_grid_ascii appends visible text with symbols as they stand in a grid of ASCII: some take more
// columns there.
void toc_grid_ascii(toc_buf *out, const char *s, size_t len);
// toc_grid_copy copies the cells of `from` that are in r to x, y of g; cells that are not in both
// are left out.
void toc_grid_copy(toc_grid *g, int x, int y, const toc_grid *from, toc_rect r);

#endif
