// SPDX-License-Identifier: MIT
#include "sim_clock.h"

#include <stdlib.h>

#include "base/mem.h"

typedef struct {
    int64_t at;
    uint64_t tie, what;
    int node;
    sim_happening happening;
    void *context;
} planned;

struct sim_clock {
    toc_random *random;
    int64_t now;
    int64_t frozen[SIM_NODES]; // until when
    planned *heap;             // the earliest is the first
    size_t count, capacity;
};

static bool is_before(const planned *a, const planned *b);
static void push(sim_clock *c, planned p);
static planned pop(sim_clock *c);

sim_clock *sim_clock_new(toc_random *random)
{
    sim_clock *c = toc_alloc(sizeof *c);
    c->random = random;
    c->now = 1000000;
    return c;
}

void sim_clock_free(sim_clock *c)
{
    if (c)
        free(c->heap);
    free(c);
}

int64_t sim_clock_now(const sim_clock *c)
{
    return c->now;
}

void sim_clock_in(sim_clock *c, int64_t ms, int node, sim_happening happening, void *context,
                  uint64_t what)
{
    push(c, (planned){.at = c->now + (ms > 0 ? ms : 0),
                      .tie = toc_random_next(c->random),
                      .what = what,
                      .node = node,
                      .happening = happening,
                      .context = context});
}

void sim_clock_freeze(sim_clock *c, int node, int64_t ms)
{
    if (c->frozen[node] < c->now + ms)
        c->frozen[node] = c->now + ms;
}

bool sim_clock_is_frozen(const sim_clock *c, int node)
{
    return c->frozen[node] > c->now;
}

void sim_clock_leap(sim_clock *c, int64_t ms)
{
    c->now += ms;
}

bool sim_clock_step(sim_clock *c, int64_t until)
{
    if (c->count == 0 || c->heap[0].at > until) {
        if (c->now < until)
            c->now = until;
        return false;
    }
    planned p = pop(c);
    if (p.at > c->now)
        c->now = p.at;
    if (c->frozen[p.node] > c->now) {
        p.at = c->frozen[p.node]; // with its old place among those of one time
        push(c, p);
        return true;
    }
    p.happening(p.context, p.what);
    return true;
}

static bool is_before(const planned *a, const planned *b)
{
    return a->at != b->at ? a->at < b->at : a->tie < b->tie;
}

static void push(sim_clock *c, planned p)
{
    TOC_GROW(c->heap, c->count, c->capacity);
    size_t i = c->count++;
    for (; i > 0 && is_before(&p, &c->heap[(i - 1) / 2]); i = (i - 1) / 2)
        c->heap[i] = c->heap[(i - 1) / 2];
    c->heap[i] = p;
}

static planned pop(sim_clock *c)
{
    planned first = c->heap[0], last = c->heap[--c->count];
    size_t i = 0;
    for (;;) {
        size_t child = 2 * i + 1;
        if (child + 1 < c->count && is_before(&c->heap[child + 1], &c->heap[child]))
            child++;
        if (child >= c->count || !is_before(&c->heap[child], &last))
            break;
        c->heap[i] = c->heap[child];
        i = child;
    }
    if (c->count > 0)
        c->heap[i] = last;
    return first;
}
