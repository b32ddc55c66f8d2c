// SPDX-License-Identifier: MIT
#ifndef TOC_MOMENT_H
#define TOC_MOMENT_H

// The times that authors write: "T+1:30", "story 08:00", "INJ-40 +15m"; "15m", "24h story".

#include "base/error.h"
#include "base/time.h"
#include "exercise/plan.h"

#define TOC_SPAN_MS_MAX (3660LL * 24 * 3600 * 1000) // ten years: beyond it is a slip of the pen

typedef struct {
    toc_at_kind kind;
    int64_t ms;
    char inject[TOC_ID_MAX + 1]; // TOC_AT_AFTER: as written, not looked up
} toc_moment;

// toc_moment_parse: an undated "story 08:00" is the first 08:00 at or after startex. Errors are
// TOC_EFORMAT and say what is wanted.
toc_err toc_moment_parse(const char *text, toc_story startex, toc_moment *out, toc_error *e);

toc_err toc_span_parse(const char *text, toc_span *out, toc_error *e);

#endif
