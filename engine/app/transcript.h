// SPDX-License-Identifier: MIT
#ifndef TOC_TRANSCRIPT_H
#define TOC_TRANSCRIPT_H

// The transcript of a run: what EXCON would want to have seen, one line an event, EXERCISE on each.

#include <stdbool.h>

#include "base/buf.h"
#include "exercise/plan.h"
#include "record/event.h"

// toc_transcript_line appends the line of ev, or nothing for an event that would only be noise. plan gives
// names to what the event has ids of; it may be NULL.
void toc_transcript_line(toc_buf *out, const char *marking, const toc_plan *plan,
                         const toc_event *ev);

#endif
