// SPDX-License-Identifier: MIT
// Journals replay years later: not one number of this may change. tests/unit/test_base.c pins it.
#include "base/random.h"

#include <assert.h>

static uint64_t split_next(uint64_t *state);
static uint64_t rotate_left(uint64_t x, int k);

void toc_random_seed(toc_random *r, uint64_t seed, const char *stream)
{
    // The stream's name is folded in by 64-bit FNV-1a, then passed through splitmix64 so that
    // neighbouring seeds and names land far apart.
    uint64_t name = 0xcbf29ce484222325u;
    for (const char *c = stream; *c; c++)
        name = (name ^ (unsigned char)*c) * 0x100000001b3u;
    uint64_t state = seed ^ split_next(&name);
    for (int i = 0; i < 4; i++)
        r->s[i] = split_next(&state); // four in a row are never all zero
}

uint64_t toc_random_next(toc_random *r)
{
    uint64_t *s = r->s;
    uint64_t result = rotate_left(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

uint64_t toc_random_below(toc_random *r, uint64_t n)
{
    assert(n > 0);
    // 2^64 mod n numbers at the low end are thrown away; what is left divides evenly by n.
    uint64_t skip = (0 - n) % n;
    uint64_t x = toc_random_next(r);
    while (x < skip)
        x = toc_random_next(r);
    return x % n;
}

static uint64_t split_next(uint64_t *state)
{
    *state += 0x9e3779b97f4a7c15u;
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static uint64_t rotate_left(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}
