// SPDX-License-Identifier: MIT
#ifndef TOC_MOMENT_H
#define TOC_MOMENT_H

// The times that authors write: "T+1:30", "story 08:00", "INJ-40 +15m"; "15m", "24h story", "1 month
// story"; and the deadlines of expected actions, "aware INJ-04 +24h story", "met EXP-02 +1 month story".

#include "base/error.h"
#include "base/time.h"
#include "exercise/plan.h"

#define TOC_SPAN_MS_MAX     (3660LL * 24 * 3600 * 1000) // ten years: beyond it is a slip of the pen
#define TOC_SPAN_MONTHS_MAX 120

typedef struct {
    toc_at_kind kind;
    int64_t ms;     // PLAY, STORY
    toc_span after; // AFTER, AWARE, MET
    char id[TOC_ID_MAX +
            1]; // of the inject or expectation it counts from: as written, not looked up
} toc_moment;

// toc_moment_parse: an undated "story 08:00" is the first 08:00 at or after startex. aware and met are
// for deadlines only. Errors are TOC_EFORMAT and say what is wanted.
toc_err toc_moment_parse(const char *text, toc_story startex, bool is_deadline, toc_moment *out,
                         toc_error *e);

toc_err toc_span_parse(const char *text, toc_span *out, toc_error *e);

// toc_minutes_parse reads a duration of story time in whole minutes: "4h", "90m" ("4h story" is the
// same), from least to most.
toc_err toc_minutes_parse(const char *text, int64_t least, int64_t most, int64_t *minutes,
                          toc_error *e);

#endif
