// SPDX-License-Identifier: MIT
#include "hub/farewell.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

struct toc_farewells {
    toc_farewell *at;
    size_t count, capacity;
};

static size_t first_of(const toc_farewells *f);

toc_farewells *toc_farewells_new(void)
{
    return toc_alloc(sizeof(toc_farewells));
}

void toc_farewells_free(toc_farewells *f)
{
    if (f)
        free(f->at);
    free(f);
}

void toc_farewells_add(toc_farewells *f, const char *serial, size_t feed, uint32_t pipe,
                       int64_t until)
{
    TOC_GROW(f->at, f->count, f->capacity);
    toc_farewell *one = &f->at[f->count++];
    *one = (toc_farewell){.feed = feed, .pipe = pipe, .until = until};
    snprintf(one->serial, sizeof one->serial, "%s", serial);
}

bool toc_farewells_has(const toc_farewells *f, size_t feed)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->at[i].feed == feed)
            return true;
    return false;
}

bool toc_farewells_take(toc_farewells *f, int64_t mono, toc_farewell *out)
{
    size_t i = first_of(f);
    if (i == f->count || f->at[i].until > mono)
        return false;
    *out = f->at[i];
    f->at[i] = f->at[--f->count];
    return true;
}

bool toc_farewells_next(const toc_farewells *f, int64_t *at)
{
    size_t i = first_of(f);
    if (i == f->count)
        return false;
    *at = f->at[i].until;
    return true;
}

static size_t first_of(const toc_farewells *f)
{
    size_t first = 0;
    for (size_t i = 1; i < f->count; i++)
        if (f->at[i].until < f->at[first].until)
            first = i;
    return f->count > 0 ? first : f->count;
}
