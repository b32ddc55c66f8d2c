// SPDX-License-Identifier: MIT
#ifndef TOC_SUMS_H
#define TOC_SUMS_H

// Sums by which two plays are compared. They are compared within one process only, and a collision
// would hide one line for planners to weigh.

#include <stdint.h>
#include <string.h>

static inline uint64_t toc_sum_add(uint64_t sum, uint64_t value)
{
    sum = (sum ^ value) * UINT64_C(0x9e3779b97f4a7c15);
    return sum ^ (sum >> 29);
}

static inline uint64_t toc_sum_text(uint64_t sum, const char *text)
{
    size_t len = text ? strlen(text) : 0, i = 0;
    uint64_t word;
    for (; i + sizeof word <= len; i += sizeof word) {
        memcpy(&word, text + i, sizeof word);
        sum = toc_sum_add(sum, word);
    }
    word = 0;
    if (i < len)
        memcpy(&word, text + i, len - i);
    return toc_sum_add(toc_sum_add(sum, word), len);
}

#endif
