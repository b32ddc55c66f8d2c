// SPDX-License-Identifier: MIT
// Which of some services that are down may rise by themselves: the least set that follows from what is
// pending (a restart, a running repair, an alternative being opened), optimistically: what may rise at
// all may rise enough. What is not in it stays down until somebody acts.
#include <assert.h>
#include <stdlib.h>

#include "world_inside.h"

typedef struct {
    uint32_t to; // by place: who is held down by it
    uint32_t next;
} edge;

typedef struct {
    toc_world *w;
    toc_list *all;
    edge *edges;
    size_t edge_count, edge_capacity;
    uint32_t *edges_of; // by place
    size_t edges_of_capacity;
    bool *may;
} reach;

static uint32_t add(reach *r, uint32_t service);
static void collect(reach *r, uint32_t place);
static void hold(reach *r, uint32_t by, uint32_t place);
static bool is_weight(const toc_world *w, uint32_t service, int64_t loss);
static bool can_rise(const reach *r, uint32_t service);
static bool can_ease(const reach *r, uint32_t first, uint32_t end);
static bool can_be_repaired(const reach *r, uint32_t service);
static bool may_rise(const reach *r, uint32_t service);

bool *toc_world_ways_out(toc_world *w, const toc_list *services, toc_list *all)
{
    reach r = {.w = w, .all = all};
    for (size_t i = 0; i < services->count; i++)
        add(&r, services->at[i]);
    for (size_t i = 0; i < all->count; i++)
        collect(&r, (uint32_t)i);
    r.may = toc_alloc(all->count * sizeof *r.may);
    toc_list work = {0};
    for (size_t i = 0; i < all->count; i++)
        toc_list_add(&work, (uint32_t)i);
    while (work.count > 0) {
        uint32_t place = work.at[--work.count];
        if (r.may[place] || !can_rise(&r, all->at[place]))
            continue;
        r.may[place] = true;
        assert(r.edges_of); // add made room there for each place of all
        for (uint32_t i = r.edges_of[place]; i != TOC_NO_ITEM; i = r.edges[i].next)
            toc_list_add(&work, r.edges[i].to);
    }
    free(work.at);
    free(r.edges);
    free(r.edges_of);
    return r.may;
}

static uint32_t add(reach *r, uint32_t service)
{
    uint32_t place = r->w->place[service];
    if (place < r->all->count && r->all->at[place] == service)
        return place;
    place = (uint32_t)r->all->count;
    r->w->place[service] = place;
    toc_list_add(r->all, service);
    TOC_GROW(r->edges_of, (size_t)place, r->edges_of_capacity);
    r->edges_of[place] = TOC_NO_ITEM;
    return place;
}

// All that weighs on a service, or stops its repairs.
static void collect(reach *r, uint32_t place)
{
    const toc_world *w = r->w;
    uint32_t service = r->all->at[place];
    const toc_node *n = &w->nodes[service];
    for (uint32_t i = n->needs; i < n[1].needs; i++) {
        const toc_link *link = &w->links[i];
        if (link->is_open && is_weight(w, service, toc_link_loss(w, link)))
            hold(r, link->provider, place);
    }
    for (uint32_t i = n->repairs; i < n[1].repairs; i++) {
        const toc_job *j = &w->jobs[w->repairs[i]];
        for (uint32_t k = j->needs; k < j[1].needs && j->state == TOC_REPAIR_STANDING; k++) {
            if (w->levels[w->floors[k].service] < w->floors[k].level)
                hold(r, w->floors[k].service, place);
        }
    }
}

static void hold(reach *r, uint32_t by, uint32_t place)
{
    uint32_t of = add(r, by);
    TOC_GROW(r->edges, r->edge_count, r->edge_capacity);
    r->edges[r->edge_count] = (edge){place, r->edges_of[of]};
    r->edges_of[of] = (uint32_t)r->edge_count++;
}

// Does such a loss keep the service where it is?
static bool is_weight(const toc_world *w, uint32_t service, int64_t loss)
{
    if (w->nodes[service].rule == TOC_RULE_SUM)
        return loss > 0;
    return loss > 0 && loss >= TOC_PPM - w->levels[service];
}

static bool can_rise(const reach *r, uint32_t service)
{
    const toc_world *w = r->w;
    const toc_node *n = &w->nodes[service];
    if (w->agenda.due[toc_due_restart(w, service)] >= 0)
        return true;
    bool is_sum = n->rule == TOC_RULE_SUM;
    bool can = can_be_repaired(r, service);
    if (!is_sum)
        can |= n->own > w->levels[service];
    // One that eases is enough for a sum; for a minimum all that bind must.
    for (uint32_t i = n->needs; i < n[1].needs && can != is_sum;) {
        toc_binding b;
        uint32_t end = toc_group_loss(w, i, TOC_NO_ITEM, &b);
        bool binds = is_weight(w, service, b.loss);
        if (is_sum)
            can |= binds && can_ease(r, i, end);
        else
            can &= !binds || can_ease(r, i, end);
        i = end;
    }
    return can;
}

static bool can_ease(const reach *r, uint32_t first, uint32_t end)
{
    const toc_world *w = r->w;
    for (uint32_t i = first; i < end; i++) {
        const toc_link *link = &w->links[i];
        if (link->is_open ? may_rise(r, link->provider)
                          : w->agenda.due[toc_due_spare(w, link->spare)] >= 0)
            return true;
    }
    return false;
}

static bool can_be_repaired(const reach *r, uint32_t service)
{
    const toc_world *w = r->w;
    const toc_node *n = &w->nodes[service];
    for (uint32_t i = n->repairs; i < n[1].repairs; i++) {
        const toc_job *j = &w->jobs[w->repairs[i]];
        bool can =
            j->to > n->own && (j->state == TOC_REPAIR_RUNNING || j->state == TOC_REPAIR_STANDING);
        for (uint32_t k = j->needs; k < j[1].needs && can; k++)
            can = w->levels[w->floors[k].service] >= w->floors[k].level ||
                  may_rise(r, w->floors[k].service);
        if (can)
            return true;
    }
    return false;
}

static bool may_rise(const reach *r, uint32_t service)
{
    uint32_t place = r->w->place[service];
    return place < r->all->count && r->all->at[place] == service && r->may[place];
}
