// SPDX-License-Identifier: MIT
#ifndef TOC_TIME_H
#define TOC_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

// Times as text. Play time is integer milliseconds since STARTEX. Story time is milliseconds since
// 1970-01-01 UTC of the story, shown in the zone the author wrote, to the minute. All functions are
// pure; only toc_wall_now reads a clock. No time given to them is beyond TOC_MS_MAX either way.

#define TOC_MS_MAX 9007199254740991LL // 2^53 - 1, the largest time anywhere

// toc_duration_parse reads "90s" "15m" "1h30m" "2d" "250ms": one or more number-unit pairs, units
// in falling order, each at most once, whole numbers. Errors say what was read and what is wanted; all
// errors here are TOC_EFORMAT.
toc_err toc_duration_parse(const char *text, int64_t *ms, toc_error *e);
void toc_duration_text(toc_buf *b, int64_t ms); // 5400000 → "1h30m"; 0 → "0s"

// toc_play_parse reads "T+1:30" (hours:minutes), "T+1:30:15", "T+45m", "T+1h30m", "T+0".
toc_err toc_play_parse(const char *text, int64_t *ms, toc_error *e);
void toc_play_text(toc_buf *b, int64_t ms); // "T+1:32:07", the milliseconds cut; hours unpadded

// A story moment with the zone it is shown in.
typedef struct {
    int64_t ms;       // since 1970-01-01T00:00Z
    int zone_minutes; // east of UTC
} toc_story;

// toc_story_parse reads "2022-02-24 03:00Z", "2022-02-24 03:00:30+02:00" (a T in the middle is
// fine). The zone is required (at most 18 hours), the date must exist, the year has four digits.
toc_err toc_story_parse(const char *text, toc_story *out, toc_error *e);
void toc_story_text(toc_buf *b, toc_story s);       // "2022-02-24 03:08Z", "… 05:08+02:00"
void toc_story_clock_text(toc_buf *b, toc_story s); // "03:08"

// toc_story_clock_parse reads "08:00" or "2022-02-25 08:00" in the zone of start, and gives the
// first such moment at or after start; a dated one before start is refused. Seconds may follow.
toc_err toc_story_clock_parse(const char *text, toc_story start, toc_story *out, toc_error *e);

// toc_story_add_months gives the same day and time of a later month (or, for months < 0, an earlier one),
// in the story's own zone; that month's last day where it has no such day.
toc_story toc_story_add_months(toc_story s, int months);

void toc_wall_text(toc_buf *b, int64_t unix_ms); // "2026-11-21T18:00:00.000Z"
int64_t toc_wall_now(void);                      // ms since 1970-01-01 UTC

#endif
