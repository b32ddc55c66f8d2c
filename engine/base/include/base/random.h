// SPDX-License-Identifier: MIT
#ifndef TOC_RANDOM_H
#define TOC_RANDOM_H

#include <stdint.h>

// The exercise's random numbers: xoshiro256** (Blackman and Vigna 2018), seeded by splitmix64 from
// the run's seed and the name of a stream, so that streams do not disturb each other. The same seed
// and name give the same numbers on every machine, for ever.
typedef struct {
    uint64_t s[4];
} toc_random;

void toc_random_seed(toc_random *r, uint64_t seed, const char *stream);
uint64_t toc_random_next(toc_random *r);
uint64_t toc_random_below(toc_random *r, uint64_t n); // 0 … n-1 without bias; n > 0

#endif
