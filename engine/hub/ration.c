// SPDX-License-Identifier: MIT
#include "hub/ration.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"

#define SPAN_MS  2000
#define QUIET_MS 60000

typedef struct {
    int64_t began; // mono: the span
    size_t taken;
    bool was_refused;
    int64_t refused_at; // mono: the newest
} ration;

struct toc_rations {
    size_t bytes;
    toc_map *whose; // → index
    ration *rations;
    size_t count, capacity;
};

static ration *find_or_add(toc_rations *r, const char *whose, int64_t mono);

toc_rations *toc_rations_new(size_t bytes)
{
    toc_rations *r = toc_alloc(sizeof *r);
    r->bytes = bytes;
    r->whose = toc_map_new();
    return r;
}

void toc_rations_free(toc_rations *r)
{
    if (!r)
        return;
    toc_map_free(r->whose);
    free(r->rations);
    free(r);
}

bool toc_rations_take(toc_rations *r, const char *whose, size_t bytes, int64_t mono, bool *first)
{
    ration *own = find_or_add(r, whose, mono);
    *first = false;
    if (mono - own->began >= SPAN_MS) {
        own->began = mono;
        own->taken = 0;
    }
    if (bytes <= r->bytes - own->taken) {
        own->taken += bytes;
        return true;
    }
    *first = !own->was_refused || mono - own->refused_at >= QUIET_MS;
    own->was_refused = true;
    own->refused_at = mono;
    return false;
}

static ration *find_or_add(toc_rations *r, const char *whose, int64_t mono)
{
    int64_t i;
    if (toc_map_get(r->whose, whose, &i))
        return &r->rations[i];
    toc_map_put(r->whose, whose, (int64_t)r->count);
    TOC_GROW(r->rations, r->count, r->capacity);
    r->rations[r->count] = (ration){.began = mono};
    return &r->rations[r->count++];
}
