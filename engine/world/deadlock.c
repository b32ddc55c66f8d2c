// SPDX-License-Identifier: MIT
// The trap, told while it happens: services that hold each other down and do not come back by
// themselves. Two searches from what this minute touched, and from cycles that had a way out before: the
// first finds cycles of causes at all (mostly there are none), the second only those without a way out.
#include <stdlib.h>

#include "world_inside.h"

typedef struct {
    toc_world *w;
    toc_hold *path;
    size_t count, capacity;
    toc_list visited, found; // found: of each cycle one that is not trapped yet
    const bool *may_rise;    // in the second search, by w->place
    toc_changes *out;        // in the second search
} search;

static void find_cycles(search *z, const toc_list *from);
static void follow(search *z, uint32_t service);
static void step(search *z, uint32_t service);
static void on_cycle(search *z, uint32_t service);
static bool can_trap(const search *z, size_t first, uint32_t *untold);
static void report(search *z, size_t first);

void toc_world_find_deadlocks(toc_world *w, toc_changes *out)
{
    search z = {.w = w};
    find_cycles(&z, &w->suspects);
    find_cycles(&z, &w->touched);
    w->suspects.count = 0;
    if (z.found.count > 0) {
        toc_list all = {0};
        bool *may_rise = toc_world_ways_out(w, &z.visited, &all);
        search again = {.w = w, .may_rise = may_rise, .out = out};
        w->search++;
        find_cycles(&again, &z.visited);
        for (size_t i = 0; i < z.found.count; i++) {
            if (!(w->nodes[z.found.at[i]].flags & TOC_IS_TRAPPED))
                toc_list_add(&w->suspects, z.found.at[i]);
        }
        free(again.path);
        free(again.visited.at);
        free(again.found.at);
        free(may_rise);
        free(all.at);
    }
    w->search++;
    free(z.path);
    free(z.visited.at);
    free(z.found.at);
}

bool toc_hold_next(const toc_world *w, toc_hold *h)
{
    const toc_node *n = &w->nodes[h->service];
    if (w->levels[h->service] == TOC_PPM || w->agenda.due[toc_due_restart(w, h->service)] >= 0)
        return false;
    if (n->bind != TOC_NO_ITEM) {
        h->job = TOC_NO_ITEM;
        h->next = w->links[n->bind].provider;
        return h->job_place++ == 0 && w->links[n->bind].is_open;
    }
    uint32_t count = n[1].repairs - n->repairs;
    for (uint32_t i = 0; h->job_place == 0 && i < count; i++) {
        const toc_job *j = &w->jobs[w->repairs[n->repairs + i]];
        if (j->state == TOC_REPAIR_RUNNING && j->to > n->own)
            return false;
    }
    for (; h->job_place < count; h->job_place++, h->floor_place = 0) {
        h->job = w->repairs[n->repairs + h->job_place];
        const toc_job *j = &w->jobs[h->job];
        if (j->state != TOC_REPAIR_STANDING || j->to <= n->own)
            continue;
        while (j->needs + h->floor_place < j[1].needs) {
            const toc_floor *f = &w->floors[j->needs + h->floor_place++];
            h->next = f->service;
            if (w->levels[f->service] < f->level)
                return true;
        }
    }
    return false;
}

static void find_cycles(search *z, const toc_list *from)
{
    for (size_t i = 0; i < from->count; i++)
        follow(z, from->at[i]);
}

// Depth first, on a path of our own.
static void follow(search *z, uint32_t service)
{
    toc_world *w = z->w;
    if (w->levels[service] == TOC_PPM)
        return;
    step(z, service);
    while (z->count > 0) {
        toc_hold *h = &z->path[z->count - 1];
        if (!toc_hold_next(w, h)) {
            w->seen[h->service] = 2 * w->search + 1;
            z->count--;
        } else if (w->seen[h->next] == 2 * w->search) {
            on_cycle(z, h->next);
        } else {
            step(z, h->next);
        }
    }
}

static void step(search *z, uint32_t service)
{
    toc_world *w = z->w;
    if (w->seen[service] >= 2 * w->search || (z->may_rise && z->may_rise[w->place[service]]))
        return;
    w->seen[service] = 2 * w->search;
    TOC_GROW(z->path, z->count, z->capacity);
    z->path[z->count++] = (toc_hold){.service = service};
    toc_list_add(&z->visited, service);
}

// The path's end needs one that is on the path.
static void on_cycle(search *z, uint32_t service)
{
    size_t first = z->count - 1;
    while (z->path[first].service != service)
        first--;
    uint32_t untold;
    if (!can_trap(z, first, &untold))
        return;
    if (z->out)
        report(z, first);
    else
        toc_list_add(&z->found, untold);
}

// A cycle of needs alone with a `sum` service in it has a gain below 1 (the model was checked): it does
// not hold itself down, something else does. And what was told is not told again.
static bool can_trap(const search *z, size_t first, uint32_t *untold)
{
    bool has_sum = false;
    bool has_repair = false;
    *untold = TOC_NO_ITEM;
    for (size_t i = z->count; i-- > first;) {
        const toc_node *n = &z->w->nodes[z->path[i].service];
        has_sum |= n->rule == TOC_RULE_SUM;
        has_repair |= z->path[i].job != TOC_NO_ITEM;
        if (!(n->flags & TOC_IS_TRAPPED))
            *untold = z->path[i].service;
    }
    return *untold != TOC_NO_ITEM && (has_repair || !has_sum);
}

// Told from its service with the lowest number on, whatever the way it was found by.
static void report(search *z, size_t first)
{
    toc_world *w = z->w;
    size_t count = z->count - first;
    size_t lowest = 0;
    for (size_t i = 1; i < count; i++) {
        if (z->path[first + i].service < z->path[first + lowest].service)
            lowest = i;
    }
    toc_change *c = toc_changes_add(z->out, TOC_CHANGE_DEADLOCK, w->minute);
    c->members = toc_alloc(count * sizeof *c->members);
    c->member_count = count;
    for (size_t i = 0; i < count; i++) {
        const toc_hold *h = &z->path[first + (lowest + i) % count];
        c->members[i] = h->service;
        w->nodes[h->service].flags |= TOC_IS_TRAPPED;
        if (h->job != TOC_NO_ITEM && c->repair == TOC_SELF)
            c->repair = h->job;
    }
    c->service = c->members[0];
    c->level = w->levels[c->service];
}
