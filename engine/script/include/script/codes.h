// SPDX-License-Identifier: MIT
#ifndef TOC_CODES_H
#define TOC_CODES_H

// Every code that a problem can have. A code is never given another meaning. Each has a page,
// scripts/errors/<code>.md, and broken scenarios, tests/scenario/broken/<slug>….lua.

#include <stddef.h>

typedef struct {
    const char *code;  // "E0214"
    const char *slug;  // "unknown-id"
    const char *title; // "nothing has this id"
} toc_code;

const toc_code *toc_codes(size_t *count);      // in the order of their numbers
const toc_code *toc_code_find(const char *code); // in capitals or not; NULL if there is none

#endif
