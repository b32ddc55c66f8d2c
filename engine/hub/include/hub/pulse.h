// SPDX-License-Identifier: MIT
#ifndef TOC_PULSE_H
#define TOC_PULSE_H

// When each seat's terminal was last heard, and when a person there last did something. Times are
// monotonic ms as handed in. What a resumed engine has not heard yet it does not know. Pure.

#include <stdbool.h>
#include <stdint.h>

typedef struct toc_pulse toc_pulse;

toc_pulse *toc_pulse_new(void);
void toc_pulse_free(toc_pulse *p);

// toc_pulse_heard: the terminal of a seat's newest session asked for something. has_acted: a person did.
void toc_pulse_heard(toc_pulse *p, const char *seat, int64_t mono, bool has_acted);

// toc_pulse_forgive: nobody could be heard until now, so nobody is silent yet.
void toc_pulse_forgive(toc_pulse *p, int64_t mono);

// -1: never.
int64_t toc_pulse_last(const toc_pulse *p, const char *seat);
int64_t toc_pulse_acted(const toc_pulse *p, const char *seat);

#endif
