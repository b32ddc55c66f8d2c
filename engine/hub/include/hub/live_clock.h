// SPDX-License-Identifier: MIT
#ifndef TOC_LIVE_CLOCK_H
#define TOC_LIVE_CLOCK_H

// Play time out of the machine's monotonic time: while it runs, play = anchor + elapsed × speed. The
// anchor is kept in thousandths of a millisecond, so that pauses and changes of speed lose nothing.
// Pure; mono is in ms and from any origin. A mono before the anchor counts as the anchor.

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int64_t micro; // play time at mono, in thousandths of a ms
    int64_t mono;
    int64_t speed; // play per wall, thousandths
    bool runs;
} toc_live_clock;

int64_t toc_live_clock_play(const toc_live_clock *c, int64_t mono); // ms, rounded down

// toc_live_clock_set lets it run, or stop, at mono, from the play time it has then.
void toc_live_clock_set(toc_live_clock *c, int64_t mono, bool runs, int64_t speed);

// toc_live_clock_place moves it to a play time at mono.
void toc_live_clock_place(toc_live_clock *c, int64_t mono, int64_t play_ms);

// toc_live_clock_when gives the first mono at which play time is at least play_ms; false while it stands.
bool toc_live_clock_when(const toc_live_clock *c, int64_t play_ms, int64_t *mono);

#endif
