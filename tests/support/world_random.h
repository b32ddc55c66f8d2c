// SPDX-License-Identifier: MIT
#ifndef WORLD_RANDOM_H
#define WORLD_RANDOM_H

// Small models and runs made at random: cycles, groups, closed alternatives, buffers, restarts, repairs
// and sums.

#include "base/random.h"
#include "world_model.h"

#define RANDOM_ACTS    10
#define RANDOM_HORIZON 160 // minutes; acts are in the first half

typedef struct {
    bool has_restarts, has_repairs, has_alternatives;
} random_class;

typedef struct {
    toc_model model;
    act acts[RANDOM_ACTS];
    size_t act_count;
} random_run;

// Sound in any case: a model whose sums gain too much gets minima instead.
void random_run_make(random_run *r, toc_random *from, random_class c);
void random_run_fini(random_run *r);
int64_t random_between(toc_random *r, int64_t least, int64_t most);

#endif
