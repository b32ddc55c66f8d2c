// SPDX-License-Identifier: MIT
#ifndef TOC_FULL_INSIDE_H
#define TOC_FULL_INSIDE_H

// The full screen's inside: full.c (what is typed and shown) and full_child.c (other programs that
// have the terminal for a while).

#include <sys/types.h>

#include "console.h"
#include "leash.h"
#include "sitting.h"
#include "terminal/full.h"

typedef struct {
    uv_loop_t *loop;
    const toc_full_options *options;
    toc_sitting sitting;
    toc_console console;
    toc_leash leash;
    uint64_t started_at;
    int64_t interrupted_at; // mono of the first Ctrl-C; 0: none
    pid_t child;            // has the terminal; 0: we have it
    int64_t child_number;   // the wish that it answers
    char *child_path;       // what it edits; NULL: it only shows
    int exit;
    toc_error error;
} toc_full;

// full_child.c
void toc_full_edit(toc_full *f, const toc_wish *w);
void toc_full_show(toc_full *f, const toc_wish *w, const char *path, bool is_text);
void toc_full_reap(toc_full *f); // SIGCHLD came

#endif
