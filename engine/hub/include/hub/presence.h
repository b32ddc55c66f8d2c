// SPDX-License-Identifier: MIT
#ifndef TOC_PRESENCE_H
#define TOC_PRESENCE_H

// Which connection to the desk a seat speaks through: the newest. A seat is gone when it closes;
// that may be heard of before the last request that came through it. Pure.

#include <stdbool.h>
#include <stdint.h>

typedef struct toc_presence toc_presence;

toc_presence *toc_presence_new(void);
void toc_presence_free(toc_presence *p);

// toc_presence_seen: a request of this seat's newest session came through pipe. False if the pipe is
// closed by now: the seat is gone again. A seat has two at most: the one that pipe takes the place of may be
// of a terminal that is still to hear who sits there now. left: the one before that, to be closed, or 0.
// sits_down: the request was a join that was recorded.
bool toc_presence_seen(toc_presence *p, const char *seat, uint32_t pipe, bool sits_down,
                       uint32_t *left);

// toc_presence_gone: a pipe of the desk closed. Gives the seat that spoke through it, or NULL; borrowed
// until presence is freed.
const char *toc_presence_gone(toc_presence *p, uint32_t pipe);

// toc_presence_pipe is the connection a seat uses, toc_presence_before the one that it used before and that is still
// open; 0: none.
uint32_t toc_presence_pipe(const toc_presence *p, const char *seat);
uint32_t toc_presence_before(const toc_presence *p, const char *seat);

#endif
