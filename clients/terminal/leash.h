// SPDX-License-Identifier: MIT
#ifndef TOC_LEASH_H
#define TOC_LEASH_H

// A leash: the descriptor on which an engine of the terminal's own speaks. What it says is thrown away;
// when it says nothing more, because it ended, the terminal is told: no other engine will come.
//
// Thread: the loop's.

#include <stdbool.h>
#include <uv.h>

typedef struct {
    uv_poll_t poll;
    uv_timer_t grace;
    int fd; // 0: there is no such engine
    void (*on_end)(void *context);
    void *context;
} toc_leash;

// toc_leash_open: fd stays its owner's; 0: nothing is watched. on_end is called once, a moment after the
// end: an engine that has closed the exercise says so first.
void toc_leash_open(toc_leash *l, uv_loop_t *loop, int fd, void (*on_end)(void *context),
                    void *context);
void toc_leash_close(
    toc_leash *l); // the loop must run on for a turn; one that was not opened is fine

#endif
