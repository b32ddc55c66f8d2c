// SPDX-License-Identifier: MIT
#ifndef TOC_WHY_SOURCE_H
#define TOC_WHY_SOURCE_H

// Which part of the scenario did what no schedule and no person did: a storyline, or what reacts to something.

#include <stdbool.h>

#include "base/buf.h"
#include "replays/recording.h"

// toc_why_part appends "the storyline \"the night\" (scenario.lua:181)". False: it cannot be told from the recording.
bool toc_why_part(toc_buf *out, const toc_recording *r, const toc_event *ev);

#endif
