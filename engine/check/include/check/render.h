// SPDX-License-Identifier: MIT
#ifndef TOC_CHECK_RENDER_H
#define TOC_CHECK_RENDER_H

// A review as text: for people, for editors, for programs. Whatever is quoted of a scenario is made
// visible first.

#include "check/check.h"

typedef struct {
    const toc_files *files; // what excerpts are taken from
    const char *dir;        // the scenario's folder, before each path; NULL or ".": nothing
    bool has_color;
    int columns; // of a line at most; 0: TOC_RENDER_COLUMNS
} toc_render;

#define TOC_RENDER_COLUMNS 80

// toc_render_problems appends each with its excerpt, the first TOC_PROBLEMS_SHOWN of them.
void toc_render_problems(toc_buf *out, const toc_problems *p, const toc_render *how);
// toc_render_summary appends what there is, how much each team reads, what is to do, and how many
// mistakes there are.
void toc_render_summary(toc_buf *out, const toc_review *r);
// toc_render_gcc appends "scenario.lua:88:12: error: text [E0214]", all of them.
void toc_render_gcc(toc_buf *out, const toc_problems *p, const toc_render *how);
// toc_render_json appends one object, of the schema tocsin.check/1; is_valid as the command decided.
void toc_render_json(toc_buf *out, const toc_review *r, const toc_render *how, bool is_valid);

#endif
