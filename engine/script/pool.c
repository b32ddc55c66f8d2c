// SPDX-License-Identifier: MIT
#include "pool.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define STEP        16 // sizes are multiples of it; malloc's pieces are aligned like that too
#define SMALL       256
#define REGION_SIZE ((size_t)4 << 20) // only what is used of it becomes real memory

#if defined(__SANITIZE_ADDRESS__)
#define IS_POOLED false
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_POOLED false
#endif
#endif
#ifndef IS_POOLED
#define IS_POOLED true
#endif

typedef struct piece {
    struct piece *next;
} piece;

struct toc_pool {
    char *region;
    size_t used;               // bytes from its beginning that were handed out once
    piece *free[SMALL / STEP]; // by size
};

static size_t class_of(size_t size)
{
    return (size - 1) / STEP;
}

static bool is_ours(const toc_pool *p, const void *at)
{
    return (uintptr_t)at - (uintptr_t)p->region < REGION_SIZE;
}

toc_pool *toc_pool_new(void)
{
    toc_pool *p = toc_alloc(sizeof *p);
    p->region = toc_realloc(NULL, REGION_SIZE);
    return p;
}

void toc_pool_free(toc_pool *p)
{
    if (!p)
        return;
    free(p->region);
    free(p);
}

void *toc_pool_alloc(toc_pool *p, size_t size)
{
    if (size > SMALL || !IS_POOLED)
        return malloc(size);
    size_t class = class_of(size);
    piece *first = p->free[class];
    if (first) {
        p->free[class] = first->next;
        return first;
    }
    size_t whole = (class + 1) * STEP;
    if (REGION_SIZE - p->used < whole)
        return malloc(size);
    p->used += whole;
    return p->region + p->used - whole;
}

void *toc_pool_resize(toc_pool *p, void *old, size_t old_size, size_t size)
{
    if (!is_ours(p, old) && size > SMALL)
        return realloc(old, size);
    if (is_ours(p, old) && size <= SMALL && class_of(size) == class_of(old_size))
        return old;
    void *new = toc_pool_alloc(p, size);
    if (!new)
        return NULL;
    memcpy(new, old, old_size < size ? old_size : size);
    toc_pool_drop(p, old, old_size);
    return new;
}

void toc_pool_drop(toc_pool *p, void *old, size_t size)
{
    if (!is_ours(p, old)) {
        free(old);
        return;
    }
    piece *last = old;
    last->next = p->free[class_of(size)];
    p->free[class_of(size)] = last;
}
