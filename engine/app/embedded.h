// SPDX-License-Identifier: MIT
#ifndef TOC_EMBEDDED_H
#define TOC_EMBEDDED_H

// The scenarios that are part of the program, so that one binary is all that a planner needs: the one to
// start from (scripts/template) and the shipped ones (scenarios), as embed_tree.cmake makes them.

#include <stddef.h>

#include "base/files.h"

typedef struct {
    const char *path; // "scripts/template/scenario.lua"
    const char *data;
    size_t size;
} toc_embedded;

extern const toc_embedded toc_embedded_files[]; // sorted by path
extern const size_t toc_embedded_count;

#define TOC_TEMPLATE "scripts/template/"
#define TOC_EXAMPLES "scenarios/"

// toc_embedded_take adds the files below prefix to files, under their paths from there; how many.
size_t toc_embedded_take(const char *prefix, toc_files *files);

// toc_examples_show prints the shipped scenarios: name, title, teams, length and one sentence.
toc_err toc_examples_show(toc_buf *out, toc_error *e);

// toc_examples_find checks that there is one of this name; else e says which was probably meant.
toc_err toc_examples_find(const char *name, toc_error *e);

#endif
