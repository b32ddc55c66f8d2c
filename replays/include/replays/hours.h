// SPDX-License-Identifier: MIT
#ifndef TOC_HOURS_H
#define TOC_HOURS_H

// What the users of each service lost, as the exercise's own world reckons it: the recording is executed again to its end. A
// review (replays/review.h) reckons the same from the recorded levels, without executing anything.

#include <stddef.h>
#include <stdint.h>

#include "replays/recording.h"

typedef struct {
    int64_t *lost; // by service of the plan's model: user-hours, rounded down
    size_t count;
    int64_t total;
} toc_hours;

// toc_hours_of: TOC_EREFUSED for other semantics, TOC_EDIVERGED where it does not execute; *out is empty then, and fine for
// toc_hours_fini.
toc_err toc_hours_of(toc_hours *out, const toc_recording *r, toc_error *e);
void toc_hours_fini(toc_hours *h);

#endif
