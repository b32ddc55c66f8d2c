// SPDX-License-Identifier: MIT
#ifndef TOC_DIARY_H
#define TOC_DIARY_H

// What the players of a rehearsal mean to do, by time; at equal times in the order in which they
// thought of it.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    int64_t t; // play ms
    int64_t order;
    int kind;
    size_t index;
    int64_t number; // an item, or a version
} toc_intent;

typedef struct {
    toc_intent *heap;
    size_t count, capacity;
    int64_t order;
} toc_diary;

void toc_diary_clear(toc_diary *a); // keeps the memory
void toc_diary_fini(toc_diary *a);
void toc_diary_add(toc_diary *a, int64_t t, int kind, size_t index, int64_t number);
toc_intent toc_diary_take(toc_diary *a); // the first one; there must be one

#endif
