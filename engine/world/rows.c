// SPDX-License-Identifier: MIT
// Tarjan's algorithm (1972) on a path of its own: a cycle of ten thousand services must not need as many
// stack frames.
#include "rows.h"

#include <stdlib.h>

#include "base/mem.h"

static void enter(toc_parts *p, size_t service);
static bool leave(toc_parts *p);

void toc_parts_begin(toc_parts *p, const toc_model *m)
{
    size_t n = m->service_count;
    *p = (toc_parts){.m = m};
    p->order = toc_alloc(n * sizeof *p->order);
    p->low = toc_alloc(n * sizeof *p->low);
    p->part = toc_alloc(n * sizeof *p->part);
    p->stack = toc_alloc(n * sizeof *p->stack);
    p->path = toc_alloc(n * sizeof *p->path);
    p->need = toc_alloc(n * sizeof *p->need);
    p->row = toc_alloc(n * sizeof *p->row);
}

bool toc_parts_next(toc_parts *p)
{
    for (;;) {
        if (p->path_count == 0) {
            while (p->next_service < p->m->service_count && p->order[p->next_service])
                p->next_service++;
            if (p->next_service == p->m->service_count)
                return false;
            enter(p, p->next_service);
        }
        size_t s = p->path[p->path_count - 1];
        if (p->need[s] == p->m->services[s].need_count) {
            if (leave(p))
                return true;
            continue;
        }
        const toc_need *need = &p->m->services[s].needs[p->need[s]++];
        if (need->strength == 0 || p->part[need->provider])
            continue;
        size_t found = p->order[need->provider];
        if (!found)
            enter(p, need->provider);
        else if (found < p->low[s])
            p->low[s] = found;
    }
}

void toc_parts_end(toc_parts *p)
{
    free(p->order);
    free(p->low);
    free(p->part);
    free(p->stack);
    free(p->path);
    free(p->need);
    free(p->row);
}

static void enter(toc_parts *p, size_t service)
{
    p->order[service] = p->low[service] = ++p->found;
    p->stack[p->stack_count++] = service;
    p->path[p->path_count++] = service;
}

// The end of the path goes; true if it was the first of a part, which is then the stack's upper end.
static bool leave(toc_parts *p)
{
    size_t s = p->path[--p->path_count];
    if (p->path_count > 0) {
        size_t before = p->path[p->path_count - 1];
        if (p->low[s] < p->low[before])
            p->low[before] = p->low[s];
    }
    if (p->low[s] != p->order[s])
        return false;
    size_t top = p->stack_count;
    p->part_count++;
    do
        p->part[p->stack[--p->stack_count]] = p->part_count;
    while (p->stack[p->stack_count] != s);
    p->members = &p->stack[p->stack_count];
    p->count = top - p->stack_count;
    return true;
}

void toc_rows_init(toc_rows *r, const toc_model *m, const toc_parts *p)
{
    *r = (toc_rows){.count = p->count};
    r->service = toc_alloc(r->count * sizeof *r->service);
    r->is_sum = toc_alloc(r->count * sizeof *r->is_sum);
    r->first = toc_alloc((r->count + 1) * sizeof *r->first);
    r->x = toc_alloc(r->count * sizeof *r->x);
    r->y = toc_alloc(r->count * sizeof *r->y);
    size_t room = 0;
    size_t most = 0;
    for (size_t i = 0; i < r->count; i++) {
        const toc_service *s = &m->services[p->members[i]];
        r->service[i] = p->members[i];
        r->is_sum[i] = s->rule == TOC_RULE_SUM;
        p->row[p->members[i]] = i;
        room += s->need_count;
        most = s->need_count > most ? s->need_count : most;
    }
    r->terms_at = toc_alloc(room * sizeof *r->terms_at);
    uint32_t *order = toc_alloc(most * sizeof *order);
    size_t part = p->part[p->members[0]];
    for (size_t i = 0; i < r->count; i++) {
        const toc_service *s = &m->services[r->service[i]];
        toc_needs_sorted(s, order);
        r->first[i] = r->terms;
        size_t group = 0;
        for (size_t k = 0; k < s->need_count; k++) {
            const toc_need *need = &s->needs[order[k]];
            if (need->strength == 0 || p->part[need->provider] != part)
                continue;
            r->terms_at[r->terms++] =
                (toc_term){p->row[need->provider], (double)need->strength / TOC_PPM,
                           need->group == 0 || need->group != group};
            group = need->group;
        }
    }
    r->first[r->count] = r->terms;
    free(order);
}

void toc_rows_fini(toc_rows *r)
{
    free(r->service);
    free(r->is_sum);
    free(r->first);
    free(r->terms_at);
    free(r->x);
    free(r->y);
}

// By insertion: a look at each where there are no groups.
void toc_needs_sorted(const toc_service *s, uint32_t *order)
{
    for (uint32_t k = 0; k < s->need_count; k++) {
        uint32_t i = k;
        for (; i > 0 && s->needs[order[i - 1]].group > s->needs[k].group; i--)
            order[i] = order[i - 1];
        order[i] = k;
    }
}
