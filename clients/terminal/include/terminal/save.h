// SPDX-License-Identifier: MIT
#ifndef TOC_SAVE_H
#define TOC_SAVE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

// toc_save_name makes a plain file name of an attachment's path: its last part, nothing that a shell or
// a screen would stumble over, no leading dot, never empty.
void toc_save_name(toc_buf *out, const char *path);

// toc_save_file writes dir/name, or name-2, name-3 … if that is there: nothing is overwritten. It is
// readable for its owner only. written gets the path.
toc_err toc_save_file(const char *dir, const char *name, const void *data, size_t size,
                      toc_buf *written, toc_error *e);

// toc_save_as is toc_save_file to a path as a person types it: "~/" is their home.
toc_err toc_save_as(const char *path, const void *data, size_t size, toc_buf *written,
                    toc_error *e);

// toc_save_home gives a path as a person types it, with "~/" as their home; for free().
char *toc_save_home(const char *path);

#endif
