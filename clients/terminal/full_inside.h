// SPDX-License-Identifier: MIT
#ifndef TOC_FULL_INSIDE_H
#define TOC_FULL_INSIDE_H

// The full screen's inside: full.c (the loop, keys, drawing) and full_child.c (other programs that
// have the terminal for a while).

#include <sys/types.h>

#include "curses.h"
#include "leash.h"
#include "sitting.h"
#include "terminal/full.h"

enum { ON_INT, ON_TERM, ON_HUP, ON_WINCH, ON_TSTP, ON_CONT, ON_CHLD, SIGNALS };

typedef struct {
    uv_loop_t *loop;
    const toc_full_options *options;
    toc_sitting sitting;
    toc_curses *curses;
    toc_grid grid;
    uv_poll_t keys;
    uv_timer_t frame;
    toc_leash leash;
    uv_signal_t signals[SIGNALS];
    uint64_t drawn_at; // loop time
    uint64_t started_at;
    int64_t interrupted_at; // mono of the first Ctrl-C; 0: none
    pid_t child;            // has the terminal; 0: we have it
    int64_t child_number;   // the wish that it answers
    char *child_path;       // what it edits; NULL: it only shows
    bool is_reading;        // keys are being read: what they change is drawn when all are
    bool is_over;
    int exit;
    toc_error error;
} toc_full;

void toc_full_take_back(toc_full *f); // the terminal is ours again: all is drawn
void toc_full_readable(uv_poll_t *poll, int status, int events); // keys are there

// full_child.c
void toc_full_edit(toc_full *f, const toc_wish *w);
void toc_full_show(toc_full *f, const toc_wish *w, const char *path, bool is_text);
void toc_full_reap(toc_full *f); // SIGCHLD came

#endif
