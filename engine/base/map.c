// SPDX-License-Identifier: MIT
// Open addressing with linear probing, never more than two thirds full. Removal moves the entries
// behind the hole forward, so that there are no tombstones and probing stays short.
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

typedef struct {
    char *key; // NULL: an empty place
    uint64_t hash;
    int64_t value;
} slot;

struct toc_map {
    slot *slots;
    size_t size; // a power of two, or 0
    size_t count;
};

static uint64_t hash_key(const char *key);
static slot *find_slot(const toc_map *m, const char *key, uint64_t hash);
static void grow_map(toc_map *m);

toc_map *toc_map_new(void)
{
    return toc_alloc(sizeof(toc_map));
}

void toc_map_free(toc_map *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < m->size; i++)
        free(m->slots[i].key);
    free(m->slots);
    free(m);
}

void toc_map_put(toc_map *m, const char *key, int64_t value)
{
    if ((m->count + 1) * 3 > m->size * 2)
        grow_map(m);
    uint64_t hash = hash_key(key);
    slot *s = find_slot(m, key, hash);
    if (!s->key) {
        s->key = toc_strdup(key);
        s->hash = hash;
        m->count++;
    }
    s->value = value;
}

bool toc_map_get(const toc_map *m, const char *key, int64_t *value)
{
    if (m->count == 0)
        return false;
    const slot *s = find_slot(m, key, hash_key(key));
    if (!s->key)
        return false;
    if (value)
        *value = s->value;
    return true;
}

void toc_map_remove(toc_map *m, const char *key)
{
    if (m->count == 0)
        return;
    slot *s = find_slot(m, key, hash_key(key));
    if (!s->key)
        return;
    free(s->key);
    m->count--;
    size_t mask = m->size - 1;
    size_t hole = (size_t)(s - m->slots);
    for (size_t i = (hole + 1) & mask; m->slots[i].key; i = (i + 1) & mask) {
        // An entry may move into the hole only if that is not before its own first place.
        size_t home = (size_t)m->slots[i].hash & mask;
        if (((i - home) & mask) >= ((i - hole) & mask)) {
            m->slots[hole] = m->slots[i];
            hole = i;
        }
    }
    m->slots[hole] = (slot){0};
}

size_t toc_map_count(const toc_map *m)
{
    return m->count;
}

// FNV-1a with a last mix, because linear probing looks at the low bits only. Keys are ids that
// authors and the engine choose, bounded in number by the limits of a scenario.
static uint64_t hash_key(const char *key)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (const char *c = key; *c; c++)
        h = (h ^ (unsigned char)*c) * 0x100000001b3u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return h ^ (h >> 32);
}

static slot *find_slot(const toc_map *m, const char *key, uint64_t hash)
{
    size_t mask = m->size - 1;
    size_t i = (size_t)hash & mask;
    while (m->slots[i].key && (m->slots[i].hash != hash || strcmp(m->slots[i].key, key) != 0))
        i = (i + 1) & mask;
    return &m->slots[i];
}

static void grow_map(toc_map *m)
{
    toc_map bigger = {.size = m->size ? m->size * 2 : 16, .count = m->count};
    bigger.slots = toc_alloc(bigger.size * sizeof *bigger.slots);
    for (size_t i = 0; i < m->size; i++) {
        if (m->slots[i].key)
            *find_slot(&bigger, m->slots[i].key, m->slots[i].hash) = m->slots[i];
    }
    free(m->slots);
    *m = bigger;
}
