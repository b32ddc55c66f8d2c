// SPDX-License-Identifier: MIT
#ifndef TOC_WHEN_H
#define TOC_WHEN_H

// Times of play as people type them. "5:30" is 5 hours 30 minutes; in an exercise that is over by then, 5
// minutes 30 seconds were meant, and whoever typed it is told both. Pure.

#include <stdint.h>

#include "base/error.h"

// toc_when_read reads "T+1:20", "1:20", "+10m" or "-5m" (from base, play ms).
toc_err toc_when_read(const char *text, int64_t base, int64_t *ms, toc_error *e);
// toc_when_meant is TOC_EUSAGE for hours and minutes that are after ENDEX and would not be as minutes and
// seconds. length: of the exercise, play ms; 0: not known, and nothing is refused.
toc_err toc_when_meant(const char *text, int64_t length, toc_error *e);
// toc_when_line is the same for the time in an act as it is typed: "jump 12:30", "move INJ-03 T+5:30".
toc_err toc_when_line(const char *line, int64_t length, toc_error *e);

#endif
