// SPDX-License-Identifier: MIT
#include "diary.h"

#include <stdlib.h>

#include "base/mem.h"

static bool is_before(const toc_intent *a, const toc_intent *b)
{
    return a->t != b->t ? a->t < b->t : a->order < b->order;
}

void toc_diary_clear(toc_diary *a)
{
    a->count = 0;
    a->order = 0;
}

void toc_diary_fini(toc_diary *a)
{
    free(a->heap);
    *a = (toc_diary){0};
}

void toc_diary_add(toc_diary *a, int64_t t, int kind, size_t index, int64_t number)
{
    TOC_GROW(a->heap, a->count, a->capacity);
    toc_intent one = {t, a->order++, kind, index, number};
    size_t i = a->count++;
    for (; i > 0 && is_before(&one, &a->heap[(i - 1) / 2]); i = (i - 1) / 2)
        a->heap[i] = a->heap[(i - 1) / 2];
    a->heap[i] = one;
}

toc_intent toc_diary_take(toc_diary *a)
{
    toc_intent first = a->heap[0], last = a->heap[--a->count];
    size_t i = 0;
    for (size_t child; (child = 2 * i + 1) < a->count; i = child) {
        if (child + 1 < a->count && is_before(&a->heap[child + 1], &a->heap[child]))
            child++;
        if (!is_before(&a->heap[child], &last))
            break;
        a->heap[i] = a->heap[child];
    }
    a->heap[i] = last;
    return first;
}
