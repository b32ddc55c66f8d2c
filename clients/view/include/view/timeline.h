// SPDX-License-Identifier: MIT
#ifndef TOC_TIMELINE_H
#define TOC_TIMELINE_H

// Which moment of the story a moment of play is. The engine's clock says the story's time to the
// minute; the changes of pace, and the phases to which it jumps, are events. From both comes the
// story's time of everything that happened, so that a line carries the time of what it tells, not
// that of the last heartbeat. Pure.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/time.h"

typedef struct {
    int64_t t, pace; // from t on; story per play, thousandths
    bool has_story;  // and the story's time then is known, whatever it was before
    toc_story story;
} toc_pace_change;

typedef struct {
    bool is_set;
    int64_t t;       // of the clock that is gone by
    toc_story story; // and its story time
    toc_pace_change *changes;
    size_t count, capacity;
    int64_t first_pace; // before the first change; -1: not known
    int64_t first_t;    // the earliest clock that told it
} toc_timeline;

void toc_timeline_init(toc_timeline *l);
void toc_timeline_fini(toc_timeline *l);
// toc_timeline_clock takes what the engine says. What is no time is left alone.
void toc_timeline_clock(toc_timeline *l, int64_t t, int64_t pace, const char *story);
void toc_timeline_pace(toc_timeline *l, int64_t t, int64_t pace); // an event, in their order
// toc_timeline_phase: a phase was entered, at which the story's time is `story` (to the minute).
void toc_timeline_phase(toc_timeline *l, int64_t t, int64_t pace, const char *story);
// toc_timeline_story: false where it is not known.
bool toc_timeline_story(const toc_timeline *l, int64_t t, toc_story *out);

#endif
