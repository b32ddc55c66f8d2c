// SPDX-License-Identifier: MIT
#ifndef TOC_CONSOLE_H
#define TOC_CONSOLE_H

// The terminal in a loop: keys come in, a grid goes out, and what the shell, the window and the system say
// is taken. What is shown belongs to whoever opened it. A key is drawn at once, what changes by itself at most
// every 16 ms.
//
// Thread: the loop's. At most one a process.

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "base/error.h"
#include "curses.h"
#include "view/grid.h"

enum {
    TOC_CONSOLE_INT,
    TOC_CONSOLE_TERM,
    TOC_CONSOLE_HUP,
    TOC_CONSOLE_WINCH,
    TOC_CONSOLE_TSTP,
    TOC_CONSOLE_CONT,
    TOC_CONSOLE_CHLD,
    TOC_CONSOLE_SIGNALS
};

typedef struct {
    void *context;
    void (*on_keys)(void *context, int64_t mono); // before what was typed is told
    void (*on_input)(void *context, const toc_input *in, int64_t mono);
    void (*on_size)(void *context, int w, int h);   // of the terminal; may be NULL
    void (*draw)(void *context, toc_grid *g);       // of the terminal's size
    void (*on_end)(void *context, const char *why); // interrupted, or the terminal is gone
    void (*on_child)(void *context);                // SIGCHLD; NULL: nobody has children
} toc_console_calls;

typedef struct {
    bool has_colors, has_mouse;
    bool is_confined; // there is no shell to go back to
} toc_console_options;

// Zero-initialise it.
typedef struct {
    toc_console_calls calls;
    toc_console_options options;
    uv_loop_t *loop;
    toc_curses *curses;
    toc_grid grid;
    uv_poll_t keys;
    uv_timer_t frame;
    uv_signal_t signals[TOC_CONSOLE_SIGNALS];
    uint64_t drawn_at; // loop time
    bool is_sure;      // of the locale, as toc_curses_locale has it
    bool is_reading;   // keys are being read: what they change is drawn when all are
    bool is_lent;      // another program has the terminal
    bool is_over;
} toc_console;

// toc_console_open takes the terminal; toc_console_start begins to draw and to read. TOC_EIO: it cannot be
// drawn on, or no keys can be read; toc_console_close is due all the same.
toc_err toc_console_open(toc_console *c, uv_loop_t *loop, const toc_console_options *o,
                         const toc_console_calls *calls, toc_error *e);
void toc_console_start(toc_console *c);
void toc_console_leave(toc_console *c); // nothing is told or drawn any more, and the loop stops
void toc_console_close(
    toc_console *c); // the terminal is as before. The loop must run on for a turn

void toc_console_draw(toc_console *c); // at once, or as soon as the terminal takes it
void toc_console_draw_soon(toc_console *c);

// toc_console_suspend goes to the shell, until it brings us back.
void toc_console_suspend(toc_console *c);

// toc_console_lend gives the terminal to another program beside us; toc_console_take_back takes it again and
// draws all.
void toc_console_lend(toc_console *c);
void toc_console_take_back(toc_console *c);

int64_t toc_console_mono(void); // ms, never falling

#endif
