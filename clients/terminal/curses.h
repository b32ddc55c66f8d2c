// SPDX-License-Identifier: MIT
#ifndef TOC_CURSES_H
#define TOC_CURSES_H

// The terminal that a full screen is drawn on: a grid goes out, keys come in. curses.c and curses_keys.c are the only files
// that know ncurses. Whatever the grid holds, nothing reaches the terminal but visible characters and what its own
// description says.
//
// Thread: ncurses is one for the process, so at most one toc_curses at a time, and one thread.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "view/grid.h"
#include "view/keys.h"

typedef struct toc_curses toc_curses;

typedef struct {
    int in, out;      // descriptors of the terminal; borrowed
    const char *type; // as $TERM; one that is not known is taken for an xterm
    bool has_colors;  // false: bold, reverse and underline only
    bool has_mouse;
    bool is_utf8; // what toc_curses_locale gave
} toc_curses_options;

// toc_curses_locale takes the locale's characters, and nothing else of it, from the environment. To
// be called before there are threads. is_utf8: letters of all scripts can be shown. is_sure: the
// environment said so, so that frames may be drawn too; where it says nothing, letters come as
// UTF-8 and frames as ASCII.
void toc_curses_locale(bool *is_utf8, bool *is_sure);

// toc_curses_guard gives the terminal back even when the process is about to abort. It replaces the
// handlers of SIGABRT, SIGSEGV, SIGBUS, SIGFPE and SIGILL, and is for a process whose terminal is
// its standard output.
void toc_curses_guard(void);

// toc_curses_open takes the terminal over. TOC_EIO: it cannot be drawn on at all.
toc_err toc_curses_open(toc_curses **out, const toc_curses_options *o, toc_error *e);
void toc_curses_close(toc_curses *c); // gives it back as it was; NULL is fine

void toc_curses_size(const toc_curses *c, int *w, int *h);
void toc_curses_resize(toc_curses *c); // the window has another size; everything is drawn anew

// toc_curses_draw shows a grid of the terminal's size; only what differs from before is written. It
// may block while the terminal takes nothing: toc_curses_is_ready asks first.
void toc_curses_draw(toc_curses *c, const toc_grid *g);
bool toc_curses_is_ready(const toc_curses *c);
void toc_curses_redraw(toc_curses *c); // the next draw writes everything

// toc_curses_away gives the terminal to another program, or to the shell; toc_curses_back takes it again.
void toc_curses_away(toc_curses *c);
void toc_curses_back(toc_curses *c);

void toc_curses_bell(toc_curses *c);
void toc_curses_title(toc_curses *c, const char *text); // of the window, where there is one
void toc_curses_mouse(toc_curses *c, bool is_on);

typedef enum { TOC_INPUT_KEY, TOC_INPUT_PASTE, TOC_INPUT_CLICK } toc_input_kind;

typedef struct {
    toc_input_kind kind;
    uint32_t key;     // KEY
    const char *text; // PASTE: UTF-8, lines parted by \n; until the next read
    int x, y, wheel;  // CLICK; wheel: 0 a click, -1 up, 1 down
} toc_input;

// toc_curses_read gives what was typed, if anything; it never waits. mono: ms, never falling; a
// paste whose end does not come ends by itself after a second.
bool toc_curses_read(toc_curses *c, int64_t mono, toc_input *in);

#endif
