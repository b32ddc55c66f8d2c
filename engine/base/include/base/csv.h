// SPDX-License-Identifier: MIT
#ifndef TOC_CSV_H
#define TOC_CSV_H

// Cells of a spreadsheet's file: RFC 4180 with \r\n between rows. A cell must never be a formula: it would run on the reader's
// machine.

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

#define TOC_CSV_MARK "\xEF\xBB\xBF" // Excel takes a file without it for the machine's old code page
#define TOC_CSV_END  "\r\n"

// toc_csv_cell appends a cell, always quoted, its text visible; NULL is an empty one. What a spreadsheet would run, or silently
// show as something else (DEC-01 as a date, 007 as 7), gets an apostrophe before it; what is too long for a cell is cut, and says so.
void toc_csv_cell(toc_buf *out, const char *text, bool is_first);

// toc_csv_read reads the cell at *at, which stands before end, into cell (cleared first), and moves *at behind it and its separator;
// *is_last: it ends its row. The apostrophe that toc_csv_cell set is taken off. TOC_EFORMAT: a quote that does not close.
toc_err toc_csv_read(toc_buf *cell, const char **at, const char *end, char separator, bool *is_last,
                     toc_error *e);

#endif
