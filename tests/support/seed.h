// SPDX-License-Identifier: MIT
#ifndef TOC_SEED_H
#define TOC_SEED_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/random.h"

// seed_random seeds r with TOC_SEED from the environment, or a new number, and prints it, so that a
// failure can be had again.
static inline void seed_random(toc_random *r, const char *what)
{
    const char *given = getenv("TOC_SEED");
    unsigned long long seed = (unsigned long long)time(NULL) ^ (unsigned long long)getpid() << 32;
    if (given)
        seed = strtoull(given, NULL, 10);
    printf("%s: TOC_SEED=%llu\n", what, seed);
    fflush(stdout);
    toc_random_seed(r, seed, what);
}

// seed_rand: the same for rand().
static inline void seed_rand(const char *what)
{
    toc_random r;
    seed_random(&r, what);
    srand((unsigned)toc_random_below(&r, 1U << 31));
}

#endif
