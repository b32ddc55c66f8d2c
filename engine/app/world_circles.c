// SPDX-License-Identifier: MIT
// Circles are strongly connected components (Tarjan 1972), found without recursion: a model may be one
// long chain.
#include "world_circles.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

// Who waits for whom.
typedef struct {
    size_t from, to;
    size_t repair; // TOC_NONE: a need
    int64_t autonomy;
} edge;

typedef struct {
    size_t count; // of services
    edge *edges;  // in the order of from
    size_t edge_count, edge_capacity;
    size_t *start; // of count + 1: where a service's edges begin
    size_t *part;  // the component of a service
    size_t part_count;
} graph;

static void build(graph *g, const toc_model *m, bool is_buffered);
static void find_parts(graph *g);
static void add_circles(toc_findings *out, const graph *g, bool is_buffered);
static void fini(graph *g);

void toc_circles_find(toc_findings *out, const toc_model *m)
{
    for (int is_buffered = 0; is_buffered < 2; is_buffered++) {
        graph g = {.count = m->service_count};
        build(&g, m, is_buffered);
        find_parts(&g);
        add_circles(out, &g, is_buffered);
        fini(&g);
    }
}

static void fini(graph *g)
{
    free(g->edges);
    free(g->start);
    free(g->part);
}

// Does the loss of this need alone take the service down? One of several alternatives does not, nor one
// that is closed.
static bool is_vital(const toc_service *s, size_t need)
{
    const toc_need *n = &s->needs[need];
    if (n->strength < TOC_PPM || n->is_closed)
        return false;
    for (size_t i = 0; i < s->need_count && n->group; i++)
        if (i != need && s->needs[i].group == n->group)
            return false;
    return true;
}

static void add_edge(graph *g, size_t from, size_t to, size_t repair, int64_t autonomy)
{
    if (from == to)
        return;
    TOC_GROW(g->edges, g->edge_count, g->edge_capacity);
    g->edges[g->edge_count++] = (edge){from, to, repair, autonomy};
}

static int by_from(const void *a, const void *b)
{
    const edge *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static void build(graph *g, const toc_model *m, bool is_buffered)
{
    for (size_t i = 0; i < m->service_count; i++) {
        const toc_service *s = &m->services[i];
        for (size_t k = 0; k < s->need_count; k++)
            if (is_vital(s, k) && (is_buffered || s->needs[k].autonomy == 0))
                add_edge(g, i, s->needs[k].provider, TOC_NONE, s->needs[k].autonomy);
    }
    for (size_t i = 0; i < m->repair_count && is_buffered; i++)
        for (size_t k = 0; k < m->repairs[i].need_count; k++)
            add_edge(g, m->repairs[i].service, m->repairs[i].needs[k].service, i, 0);
    if (g->edge_count > 0)
        qsort(g->edges, g->edge_count, sizeof *g->edges, by_from);
    g->start = toc_alloc((g->count + 1) * sizeof *g->start);
    g->part = toc_alloc((g->count + 1) * sizeof *g->part);
    for (size_t i = 0, k = 0; i <= g->count; i++) {
        while (k < g->edge_count && g->edges[k].from < i)
            k++;
        g->start[i] = k;
    }
}

// A walk that is under way: what recursion would keep.
typedef struct {
    size_t *order, *low,
        *edge; // by service: when it was met (from 1), the earliest it reaches, its next edge
    size_t *path, path_count; // the services the walk is in
    size_t *open, open_count; // met, and not in a component yet
    bool *is_open;
    size_t met;
} visit;

static void enter(visit *v, const graph *g, size_t service)
{
    v->order[service] = v->low[service] = ++v->met;
    v->edge[service] = g->start[service];
    v->path[v->path_count++] = service;
    v->open[v->open_count++] = service;
    v->is_open[service] = true;
}

static void lower(size_t *low, size_t to)
{
    if (to < *low)
        *low = to;
}

static void leave(visit *v, graph *g, size_t service)
{
    v->path_count--;
    if (v->path_count > 0)
        lower(&v->low[v->path[v->path_count - 1]], v->low[service]);
    if (v->low[service] != v->order[service])
        return;
    size_t other;
    do {
        other = v->open[--v->open_count];
        v->is_open[other] = false;
        g->part[other] = g->part_count;
    } while (other != service);
    g->part_count++;
}

static void walk_from(visit *v, graph *g, size_t root)
{
    enter(v, g, root);
    while (v->path_count > 0) {
        size_t at = v->path[v->path_count - 1];
        if (v->edge[at] == g->start[at + 1]) {
            leave(v, g, at);
            continue;
        }
        size_t to = g->edges[v->edge[at]++].to;
        if (!v->order[to])
            enter(v, g, to);
        else if (v->is_open[to])
            lower(&v->low[at], v->order[to]);
    }
}

static void find_parts(graph *g)
{
    size_t size = (g->count + 1) * sizeof(size_t);
    visit v = {.order = toc_alloc(size),
               .low = toc_alloc(size),
               .edge = toc_alloc(size),
               .path = toc_alloc(size),
               .open = toc_alloc(size),
               .is_open = toc_alloc((g->count + 1) * sizeof *v.is_open)};
    for (size_t i = 0; i < g->count; i++)
        if (!v.order[i])
            walk_from(&v, g, i);
    free(v.order);
    free(v.low);
    free(v.edge);
    free(v.path);
    free(v.open);
    free(v.is_open);
}

// The shortest way from a service back to itself: the edge by which each is reached first.
static void find_circle(toc_circle *out, const graph *g, size_t first)
{
    size_t *queue = toc_alloc(g->count * sizeof *queue);
    size_t *by = toc_alloc(g->count * sizeof *by); // edge + 1
    size_t count = 0, last = TOC_NONE;
    queue[count++] = first;
    for (size_t i = 0; i < count && last == TOC_NONE; i++)
        for (size_t k = g->start[queue[i]]; k < g->start[queue[i] + 1] && last == TOC_NONE; k++) {
            size_t to = g->edges[k].to;
            if (to == first)
                last = k;
            else if (g->part[to] == g->part[first] && !by[to]) {
                by[to] = k + 1;
                queue[count++] = to;
            }
        }
    for (size_t k = last; k != TOC_NONE;
         k = by[g->edges[k].from] ? by[g->edges[k].from] - 1 : TOC_NONE)
        out->count++;
    out->links = toc_alloc((out->count + 1) * sizeof *out->links);
    size_t place = out->count;
    for (size_t k = last; place > 0; k = by[g->edges[k].from] - 1) {
        const edge *e = &g->edges[k];
        out->links[--place] = (toc_link){e->from, e->repair, e->autonomy};
        if (e->from == first)
            break;
    }
    free(queue);
    free(by);
}

// With buffers there is nothing new to say of services that hang together just so without.
static bool is_told(const toc_findings *f, const toc_circle *c)
{
    for (size_t i = 0; i < f->circle_count; i++)
        if (f->circles[i].members == c->members &&
            f->circles[i].links[0].service == c->links[0].service)
            return true;
    return false;
}

static void add_circles(toc_findings *out, const graph *g, bool is_buffered)
{
    size_t *members = toc_alloc((g->part_count + 1) * sizeof *members);
    bool *is_done = toc_alloc((g->part_count + 1) * sizeof *is_done);
    for (size_t i = 0; i < g->count; i++)
        members[g->part[i]]++;
    for (size_t i = 0; i < g->count; i++) {
        if (members[g->part[i]] < 2 || is_done[g->part[i]])
            continue;
        toc_circle circle = {.members = members[g->part[i]], .is_buffered = is_buffered};
        is_done[g->part[i]] = true;
        find_circle(&circle, g, i);
        if (is_told(out, &circle)) {
            free(circle.links);
            continue;
        }
        TOC_GROW(out->circles, out->circle_count, out->circle_capacity);
        out->circles[out->circle_count++] = circle;
    }
    free(members);
    free(is_done);
}
