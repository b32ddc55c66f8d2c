// SPDX-License-Identifier: MIT
#ifndef TOC_SCRATCH_H
#define TOC_SCRATCH_H

// A folder that only its owner can look into, for texts that are being edited and attachments that are being
// looked at. It is made when it is first needed and goes with everything in it. And texts read from files.

#include "base/buf.h"
#include "base/error.h"

typedef struct {
    char *path; // NULL: it was not needed yet
} toc_scratch;

toc_err toc_scratch_make(toc_scratch *s, toc_error *e);
void toc_scratch_fini(toc_scratch *s);

// toc_scratch_text puts a text into a file of its own that nobody else can read. path gets where.
toc_err toc_scratch_text(toc_scratch *s, const char *text, toc_buf *path, toc_error *e);

// toc_text_file reads a text that somebody wrote: UTF-8 without control characters, at most 16 KiB,
// ends of lines made \n, none at its end. TOC_EIO: it cannot be read; TOC_ELIMIT: it is too long;
// TOC_EFORMAT: it is no such text.
toc_err toc_text_file(const char *path, toc_buf *out, toc_error *e);

#endif
