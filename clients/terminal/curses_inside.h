// SPDX-License-Identifier: MIT
#ifndef TOC_CURSES_INSIDE_H
#define TOC_CURSES_INSIDE_H

// What curses.c (the screen) and curses_keys.c (the keyboard) share. Both know ncurses; nobody else does.

#include "curses.h"

#include <ncurses.h>
#include <stdio.h>
#include <wchar.h>

struct toc_curses {
    toc_curses_options options;
    SCREEN *screen;
    FILE *in, *out; // duplicates of the descriptors
    bool is_titled, is_away, has_mouse;
    char *title;                  // the newest; owned
    char *paste_on, *paste_off;   // what turns bracketed paste on and off; NULL: it has none
    char *sgr[TOC_STYLE_COUNT];   // what turns a style on from any other
    attr_t attr[TOC_STYLE_COUNT]; // the same, as ncurses wants it
    short pair[TOC_STYLE_COUNT];
    toc_grid shown; // what the terminal shows now
    bool is_stale;  // and everything is to be written all the same
    bool is_hiding; // the cursor
    cchar_t *row;   // one line on its way to ncurses
    int room;       // the cells it has
    toc_buf raw;    // what is written behind ncurses' back

    // curses_keys.c
    toc_buf paste;
    bool is_pasting, must_clear;
    int64_t paste_at; // mono of its newest character
};

void toc_curses_begin_keys(toc_curses *c); // after newterm

#endif
