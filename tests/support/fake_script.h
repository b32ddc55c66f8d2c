// SPDX-License-Identifier: MIT
#ifndef TOC_FAKE_SCRIPT_H
#define TOC_FAKE_SCRIPT_H

// A script made of C functions, in place of Lua: storylines by steps, `when`, `on`, and conditions of
// expectations.

#include "exercise/exercise.h"

typedef enum {
    TOC_LINE_ON,    // call it again for its next step
    TOC_LINE_WAITS, // it waits: again when that has come
    TOC_LINE_ENDS,
} toc_line_says;

typedef toc_line_says (*toc_line)(toc_exercise *x, int step);

#define TOC_FAKE_MAX 8

typedef struct {
    toc_script hooks;
    toc_line lines[TOC_FAKE_MAX]; // begun at STARTEX, up to NULL
    bool (*when)(toc_exercise *x);
    toc_line then; // begun once, when that is true
    toc_kind on_kind;
    toc_line on; // begun for every event of that kind; NULL: none
    toc_err (*met)(toc_exercise *x, size_t expectation, bool *is_met, toc_error *e);

    struct {
        toc_line line;
        int step;
    } running[256];
    bool has_fired;
    int refills;
} toc_fake;

// toc_fake_init fills the hooks; the rest is zero and set by hand before the exercise begins.
void toc_fake_init(toc_fake *f);

#endif
