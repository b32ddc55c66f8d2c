// SPDX-License-Identifier: MIT
#include "hub/pulse.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"

typedef struct {
    int64_t heard, acted;
} beat;

struct toc_pulse {
    toc_map *seats; // → beats
    beat *beats;
    size_t count, capacity;
};

toc_pulse *toc_pulse_new(void)
{
    toc_pulse *p = toc_alloc(sizeof *p);
    p->seats = toc_map_new();
    return p;
}

void toc_pulse_free(toc_pulse *p)
{
    if (!p)
        return;
    toc_map_free(p->seats);
    free(p->beats);
    free(p);
}

void toc_pulse_heard(toc_pulse *p, const char *seat, int64_t mono, bool has_acted)
{
    int64_t i;
    if (!toc_map_get(p->seats, seat, &i)) {
        i = (int64_t)p->count;
        toc_map_put(p->seats, seat, i);
        TOC_GROW(p->beats, p->count, p->capacity);
        p->beats[p->count++] = (beat){.acted = -1};
    }
    p->beats[i].heard = mono;
    if (has_acted)
        p->beats[i].acted = mono;
}

void toc_pulse_forgive(toc_pulse *p, int64_t mono)
{
    for (size_t i = 0; i < p->count; i++)
        p->beats[i].heard = mono;
}

int64_t toc_pulse_last(const toc_pulse *p, const char *seat)
{
    int64_t i;
    return toc_map_get(p->seats, seat, &i) ? p->beats[i].heard : -1;
}

int64_t toc_pulse_acted(const toc_pulse *p, const char *seat)
{
    int64_t i;
    return toc_map_get(p->seats, seat, &i) ? p->beats[i].acted : -1;
}
