// SPDX-License-Identifier: MIT
#ifndef TOC_CONDITION_H
#define TOC_CONDITION_H

// What a `when` waits for, in its author's own words. Pure.

#include "base/files.h"

// toc_condition_text appends the condition of the `when` that begins in a line of f (from 1), one line:
// `decided "D-01" == "warn"`, or `by_sky` where a function elsewhere decides. It is the author's text, at
// most 160 bytes of it. Nothing where no `when` begins there. f may be NULL.
void toc_condition_text(toc_buf *out, const toc_file *f, int line);

#endif
