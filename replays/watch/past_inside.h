// SPDX-License-Identifier: MIT
#ifndef TOC_PAST_INSIDE_H
#define TOC_PAST_INSIDE_H

#include "hub/conduct.h"
#include "replays/stage.h"

// toc_past_open goes behind the sources: the lobby, before anybody came.
toc_err toc_past_open(toc_past *p, toc_error *e);
// The exercise as it stood at play time t after the past's line; NULL: it has not begun.
toc_conduct *toc_past_at(toc_past *p, int64_t t);

#endif
