// SPDX-License-Identifier: MIT
#ifndef WORLD_REFERENCE_H
#define WORLD_REFERENCE_H

// The rules once more, in the plainest way: every minute, every service, again and again until nothing
// changes. Shares nothing with the engine but the model.

#include "world_random.h"

typedef struct {
    int64_t minute;
    toc_change_kind kind;
    size_t which;  // LEVEL: service; REPAIR: repair; OPENED: service
    int64_t value; // LEVEL: level; REPAIR: state; OPENED: need
} fact;

typedef struct {
    fact *at;
    size_t count, capacity;
    int64_t *lost; // by service, ppm-minutes up to the end
} reference_trace;

void reference_run(const toc_model *m, const act *acts, size_t act_count, int64_t until,
                   reference_trace *out);
void reference_fini(reference_trace *t);

#endif
