// SPDX-License-Identifier: MIT
#ifndef TOC_APP_EMBEDDED_H
#define TOC_APP_EMBEDDED_H

// The scenarios that are part of the program, so that one binary is all that a planner needs: the one to
// start from (scripts/template) and the shipped ones (scenarios).

#include "base/files.h"

#define TOC_TEMPLATE "scripts/template/"
#define TOC_EXAMPLES "scenarios/"

// toc_embedded_take adds the files below prefix to files, under their paths from there; how many.
size_t toc_embedded_take(const char *prefix, toc_files *files);

// toc_examples_show prints the shipped scenarios: name, title, teams, length and one sentence.
toc_err toc_examples_show(toc_buf *out, toc_error *e);

// toc_examples_find checks that there is one of this name; else e says which was probably meant.
toc_err toc_examples_find(const char *name, toc_error *e);

#endif
