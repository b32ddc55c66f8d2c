// SPDX-License-Identifier: MIT
#ifndef TOC_CHECK_EXCERPT_H
#define TOC_CHECK_EXCERPT_H

// The lines of a source around a problem, with an underline that stands under the right characters
// whatever their widths. Private to engine/check.

#include "base/files.h"
#include "script/problems.h"

typedef struct {
    const char *mark, *gutter, *plain; // switch colours; "" without
    int columns;                       // of a line with its number; longer ones are cut
} toc_excerpt_style;

// toc_excerpt appends the line of the problem, with up to two before it and the underline below.
// Nothing where the file or the line is not there.
void toc_excerpt(toc_buf *out, const toc_problem *p, const toc_files *files,
                 const toc_excerpt_style *style);
// toc_excerpt_fixed appends the line as it would be with the fix.
void toc_excerpt_fixed(toc_buf *out, const toc_problem *p, const toc_files *files,
                       const toc_excerpt_style *style);
// toc_excerpt_byte gives the offset in f of a line's column, or of its end if the line is shorter.
size_t toc_excerpt_byte(const toc_file *f, int line, int column);

#endif
