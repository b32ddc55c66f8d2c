// SPDX-License-Identifier: MIT
#ifndef TOC_BRANCH_SIGNS_H
#define TOC_BRANCH_SIGNS_H

// What shows in the lines of a recording that it is a branch: of what line, and whose words they are.

#include "replays/recording.h"

// The hash in a line's trailer; the caller frees it. NULL: there is no such line, or lines have no bytes.
char *toc_sign_hash(const toc_recording *r, int64_t seq);

typedef struct {
    size_t again;    // messages of people that were sent as in the original
    size_t invented; // answers that nobody gave
} toc_signs;

void toc_signs_add(toc_signs *s, const toc_event *ev);

#endif
