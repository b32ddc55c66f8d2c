// SPDX-License-Identifier: MIT
#ifndef TOC_SAMPLED_H
#define TOC_SAMPLED_H

#include <stdint.h>

// A sample is taken wider where a sanitizer makes all work several times as long: it looks for other mistakes than the build without
// one, which tries the full measure. sampled(stride) is that every so manyth is taken; sampled_some(count), that so many are.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SAMPLED_WIDER = 5 };
#else
enum { SAMPLED_WIDER = 1 };
#endif

static inline uint64_t sampled(uint64_t stride)
{
    return stride * SAMPLED_WIDER;
}

static inline int sampled_some(int count)
{
    return (count + SAMPLED_WIDER - 1) / SAMPLED_WIDER;
}

#endif
