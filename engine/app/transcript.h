// SPDX-License-Identifier: MIT
#ifndef TOC_TRANSCRIPT_H
#define TOC_TRANSCRIPT_H

// The transcript of a run: what EXCON would want to have seen, one line an event, EXERCISE on each.

#include "base/buf.h"
#include "record/event.h"

// toc_transcript_line appends the line of ev, or nothing for an event that would only be noise.
void toc_transcript_line(toc_buf *out, const char *marking, const toc_event *ev);

#endif
