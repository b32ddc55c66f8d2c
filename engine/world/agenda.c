// SPDX-License-Identifier: MIT
// A binary heap in which every thing knows its place, so that what is no longer due leaves at once:
// nothing stale is ever first, and the heap never grows beyond the things there are.
#include "agenda.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool is_before(const toc_agenda *a, uint32_t one, uint32_t other);
static void put(toc_agenda *a, uint32_t place, uint32_t thing);
static void rise(toc_agenda *a, uint32_t place);
static void sink(toc_agenda *a, uint32_t place);

void toc_agenda_init(toc_agenda *a, uint32_t size)
{
    *a = (toc_agenda){.size = size};
    a->due = toc_alloc(size * sizeof *a->due);
    a->place = toc_alloc(size * sizeof *a->place);
    a->heap = toc_alloc(size * sizeof *a->heap);
    for (uint32_t i = 0; i < size; i++)
        a->due[i] = -1;
}

void toc_agenda_copy(toc_agenda *to, const toc_agenda *from)
{
    toc_agenda_init(to, from->size);
    to->count = from->count;
    memcpy(to->due, from->due, from->size * sizeof *to->due);
    memcpy(to->place, from->place, from->size * sizeof *to->place);
    memcpy(to->heap, from->heap, from->count * sizeof *to->heap);
}

void toc_agenda_fini(toc_agenda *a)
{
    free(a->due);
    free(a->place);
    free(a->heap);
    *a = (toc_agenda){0};
}

void toc_agenda_set(toc_agenda *a, uint32_t thing, int64_t minute)
{
    int64_t before = a->due[thing];
    if (before == minute)
        return;
    a->due[thing] = minute;
    if (before < 0)
        put(a, a->count++, thing);
    rise(a, a->place[thing]);
    sink(a, a->place[thing]);
}

void toc_agenda_drop(toc_agenda *a, uint32_t thing)
{
    if (a->due[thing] < 0)
        return;
    a->due[thing] = -1;
    uint32_t hole = a->place[thing];
    uint32_t last = a->heap[--a->count];
    if (last == thing)
        return;
    put(a, hole, last);
    rise(a, hole);
    sink(a, a->place[last]);
}

static bool is_before(const toc_agenda *a, uint32_t one, uint32_t other)
{
    if (a->due[one] != a->due[other])
        return a->due[one] < a->due[other];
    return one < other;
}

static void put(toc_agenda *a, uint32_t place, uint32_t thing)
{
    a->heap[place] = thing;
    a->place[thing] = place;
}

static void rise(toc_agenda *a, uint32_t place)
{
    uint32_t thing = a->heap[place];
    while (place > 0 && is_before(a, thing, a->heap[(place - 1) / 2])) {
        put(a, place, a->heap[(place - 1) / 2]);
        place = (place - 1) / 2;
    }
    put(a, place, thing);
}

static void sink(toc_agenda *a, uint32_t place)
{
    uint32_t thing = a->heap[place];
    for (;;) {
        uint32_t child = 2 * place + 1;
        if (child >= a->count)
            break;
        if (child + 1 < a->count && is_before(a, a->heap[child + 1], a->heap[child]))
            child++;
        if (!is_before(a, a->heap[child], thing))
            break;
        put(a, place, a->heap[child]);
        place = child;
    }
    put(a, place, thing);
}
