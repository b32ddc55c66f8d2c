// SPDX-License-Identifier: MIT
#ifndef TOC_WINDOW_H
#define TOC_WINDOW_H

// A full screen that is no seat: the terminal on standard input and output, a grid that goes out, keys and time that come in, and work
// on another thread. Whoever shows something else than a seat (a replay) needs no more of the terminal than this.
//
// Thread: one window a process; every callback comes on the thread of toc_window_run.

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "view/grid.h"

typedef struct toc_window toc_window;

typedef struct {
    void *context;
    void (*on_key)(void *context, uint32_t key); // view/keys.h
    void (*on_paste)(void *context, const char *text);
    void (*on_click)(void *context, int x, int y, int wheel); // wheel: 0 a click, -1 up, 1 down
    void (*on_turn)(void *context,
                    int64_t mono);            // ms, never falling: every turn, and before every key
    void (*draw)(void *context, toc_grid *g); // of the terminal's size
} toc_window_calls;

typedef struct {
    bool has_colors, has_mouse;
    int turn_ms; // how often on_turn comes
} toc_window_options;

// toc_window_locale: may frames and marks of more than ASCII be shown? It sets LC_CTYPE; to be called once, before toc_window_run and
// before there are threads.
bool toc_window_locale(void);

// toc_window_run takes the terminal over until toc_window_leave, a signal or its end; the terminal is as before when it returns. It gives
// the exit code: what was left with, 3 a terminal that cannot be drawn on, 130 interrupted; unless it is 0, e says why. begin (may be
// NULL) gets the window first. Work that is still out then goes on: the process should end with _exit.
int toc_window_run(const toc_window_options *o, const toc_window_calls *calls,
                   void (*begin)(void *context, toc_window *w), toc_error *e);

void toc_window_leave(toc_window *w, int code);
void toc_window_changed(toc_window *w); // what draw would draw is another
void toc_window_redraw(toc_window *w);  // everything, from nothing
void toc_window_suspend(toc_window *w); // to the shell, until it brings us back
void toc_window_title(toc_window *w, const char *text);

// toc_window_work calls run on another thread, then done on this one (not after the window was left). One at a time.
void toc_window_work(toc_window *w, void (*run)(void *data),
                     void (*done)(void *context, void *data), void *data);

#endif
