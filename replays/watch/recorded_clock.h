// SPDX-License-Identifier: MIT
#ifndef TOC_RECORDED_CLOCK_H
#define TOC_RECORDED_CLOCK_H

// The clock of a recording: what the engine's clock said after each line, and what the one on the wall did.

#include "record/clock.h"
#include "replays/recording.h"

typedef struct {
    bool has_started, is_paused, has_ended, is_closed, is_emergency;
    int64_t speed, pace; // thousandths
    int64_t seq, t;      // of the newest line; play ms
    int64_t wall;        // ms since 1970 at that line
    int64_t wall_at;     // and the play ms from which on it goes with play: that line's, or where a jump led
} recorded_clock;

void recorded_clock_init(recorded_clock *c, const toc_recording *r);
void recorded_clock_see(recorded_clock *c, const toc_event *ev); // every line, in order
// What the engine would say at play time t after the newest line.
void recorded_clock_tell(const recorded_clock *c, const toc_recording *r, int64_t t,
                         toc_clock *out);
int64_t recorded_clock_wall(const recorded_clock *c, int64_t t); // ms since 1970

#endif
