// SPDX-License-Identifier: MIT
#ifndef TOC_WALLS_H
#define TOC_WALLS_H

// Walls: which time of the clock on the wall a moment of play was. Inputs carry the wall's time in
// UTC; people read local time, which the terminal tells as text. How far they are apart is learned
// from what happens while we listen. Pure.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "record/event.h"

typedef struct {
    int64_t t, utc; // play ms; ms of the day, UTC
} toc_wall_mark;

typedef struct {
    toc_wall_mark *marks; // in the order of t
    size_t count, capacity;
    int64_t speed;  // thousandths, of what is not between two marks
    int64_t offset; // local less UTC, ms
    bool has_offset;
} toc_walls;

void toc_walls_fini(toc_walls *w);
// toc_walls_see takes an event. local: "14:32:07", the time on the wall as it happens; NULL: it
// happened before.
void toc_walls_see(toc_walls *w, const toc_event *ev, const char *local);
// toc_walls_text: "14:31", or "13:31Z" where the local time is not known. False: nothing is known,
// nothing is appended.
bool toc_walls_text(const toc_walls *w, toc_buf *out, int64_t t);
bool toc_walls_clock_text(const toc_walls *w, toc_buf *out,
                          const char *wall); // of an event's own wall time

#endif
