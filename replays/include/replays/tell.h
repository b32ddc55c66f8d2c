// SPDX-License-Identifier: MIT
#ifndef TOC_TELL_H
#define TOC_TELL_H

// One line of a recording in people's words, for all who show one: the run's transcript, the replay, why, compare, the report.

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "exercise/plan.h"
#include "record/event.h"
#include "replays/recording.h"

// toc_tell_event appends what an event says, on one line, foreign text visible and cut; nothing for one that would only be noise. plan
// gives names to what the event has ids of; it may be NULL.
void toc_tell_event(toc_buf *out, const toc_plan *plan, const toc_event *ev);

// toc_tell does the same with all that the recording knows: who the person was, what item 41 is ("operator-1 (R. Lind) opened
// INJ-03"). Every line has words here, noise too: toc_tell_is_news says whether a list of what happened should have it.
void toc_tell(toc_buf *out, const toc_recording *r, int64_t seq);
bool toc_tell_is_news(const toc_recording *r, int64_t seq);

// toc_tell_shown tells a line as somebody was shown it: ev has its seq, and no more fields than they may see. audience: whose people
// are named, the others are their seats; NULL: all are.
void toc_tell_shown(toc_buf *out, const toc_recording *r, const toc_event *ev, const char *audience);

// toc_tell_jumped: of a play time inside a jump, that nobody saw it, and whose jump it was. False, and nothing said: play was there.
bool toc_tell_jumped(toc_buf *out, const toc_recording *r, int64_t t);

// toc_tell_cut: the same in at most so many columns.
void toc_tell_cut(toc_buf *out, const toc_recording *r, int64_t seq, int columns);

#endif
