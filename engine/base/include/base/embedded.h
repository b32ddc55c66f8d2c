// SPDX-License-Identifier: MIT
#ifndef TOC_EMBEDDED_H
#define TOC_EMBEDDED_H

// Files of the project that are part of the program: toc_embed() in engine/build/toc.cmake makes a list
// of them, toc_<noun>_files with toc_<noun>_count entries, sorted by path.

#include <stddef.h>

typedef struct {
    const char *path; // below the folder that was embedded
    const char *data; // a NUL follows
    size_t size;
} toc_embedded;

#endif
