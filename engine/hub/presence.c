// SPDX-License-Identifier: MIT
#include "hub/presence.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"

#define GONE_KEPT                                                                                  \
    4096 // closed pipes whose requests may still be in the queue; ids do not come back soon

typedef struct {
    char *seat;
    uint32_t pipe;   // 0: none
    uint32_t before; // what it spoke through before that; 0: none that is open
} spoken;

struct toc_presence {
    toc_map *seats; // → spoken
    spoken *spoken;
    size_t count, capacity;
    uint32_t gone[GONE_KEPT];
    size_t next;
};

static spoken *find_or_add(toc_presence *p, const char *seat);
static void note_gone(toc_presence *p, uint32_t pipe);

toc_presence *toc_presence_new(void)
{
    toc_presence *p = toc_alloc(sizeof *p);
    p->seats = toc_map_new();
    return p;
}

void toc_presence_free(toc_presence *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->count; i++)
        free(p->spoken[i].seat);
    free(p->spoken);
    toc_map_free(p->seats);
    free(p);
}

bool toc_presence_seen(toc_presence *p, const char *seat, uint32_t pipe, bool sits_down,
                       uint32_t *left)
{
    spoken *s = find_or_add(p, seat);
    *left = 0;
    // Through the one before comes what was asked before this one was there; or somebody there sits down again.
    if (s->pipe == pipe || (s->pipe && s->before == pipe && !sits_down))
        return true;
    for (size_t i = 0; i < GONE_KEPT; i++)
        if (p->gone[i] == pipe)
            return s->pipe != 0; // an old request; the seat has another connection, or none
    if (s->pipe) {
        *left = s->before == pipe ? 0 : s->before;
        if (*left)
            note_gone(p, *left); // as good as closed
        s->before = s->pipe;
    }
    s->pipe = pipe;
    if (s->before == pipe)
        s->before = 0;
    return true;
}

const char *toc_presence_gone(toc_presence *p, uint32_t pipe)
{
    note_gone(p, pipe);
    for (size_t i = 0; i < p->count; i++) {
        if (p->spoken[i].before == pipe)
            p->spoken[i].before = 0;
        if (p->spoken[i].pipe != pipe)
            continue;
        p->spoken[i].pipe = 0;
        return p->spoken[i].seat;
    }
    return NULL;
}

uint32_t toc_presence_pipe(const toc_presence *p, const char *seat)
{
    int64_t i;
    return toc_map_get(p->seats, seat, &i) ? p->spoken[i].pipe : 0;
}

uint32_t toc_presence_before(const toc_presence *p, const char *seat)
{
    int64_t i;
    return toc_map_get(p->seats, seat, &i) ? p->spoken[i].before : 0;
}

static spoken *find_or_add(toc_presence *p, const char *seat)
{
    int64_t i;
    if (toc_map_get(p->seats, seat, &i))
        return &p->spoken[i];
    toc_map_put(p->seats, seat, (int64_t)p->count);
    TOC_GROW(p->spoken, p->count, p->capacity);
    p->spoken[p->count] = (spoken){.seat = toc_strdup(seat)};
    return &p->spoken[p->count++];
}

static void note_gone(toc_presence *p, uint32_t pipe)
{
    p->gone[p->next] = pipe;
    p->next = (p->next + 1) % GONE_KEPT;
}
