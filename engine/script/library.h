// SPDX-License-Identifier: MIT
#ifndef TOC_LIBRARY_H
#define TOC_LIBRARY_H

// The modules of scripts/, as embed.cmake makes them part of the program.

#include <stddef.h>

typedef struct {
    const char *path; // "tocsin/texts.lua"
    const unsigned char *data;
    size_t size;
} toc_library_file;

extern const toc_library_file toc_library_files[];
extern const size_t toc_library_file_count;

#endif
