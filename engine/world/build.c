// SPDX-License-Identifier: MIT
// A world is made from a model once, into arrays that are fit for being solved: who needs whom in both
// directions, one part after the other.
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "world_inside.h"

static void count_model(toc_world *w);
static void allocate(toc_world *w);
static void build_nodes(toc_world *w);
static void build_links(toc_world *w, uint32_t service, uint32_t *order);
static void build_link(toc_world *w, uint32_t at, const toc_need *need);
static void build_ranks(toc_world *w);
static void build_jobs(toc_world *w);
static void build_reverse(toc_world *w);
static void begin(toc_world *w);
static void *copy_of(const void *p, size_t count, size_t size);

#define COPY(p, count) copy_of((p), (count), sizeof *(p))

toc_err toc_world_new(toc_world **out, const toc_model *model, toc_error *e)
{
    *out = NULL;
    toc_err err = toc_model_check(model, e);
    if (err)
        return err;
    toc_world *w = toc_alloc(sizeof *w);
    w->model = model;
    w->solve = w->search = 1;
    count_model(w);
    allocate(w);
    build_nodes(w);
    build_ranks(w);
    build_jobs(w);
    build_reverse(w);
    begin(w);
    *out = w;
    return TOC_OK;
}

void toc_world_free(toc_world *w)
{
    if (!w)
        return;
    toc_list *lists[] = {&w->touched, &w->changed, &w->noted,   &w->finished,
                         &w->opened,  &w->risers,  &w->suspects};
    for (size_t i = 0; i < TOC_COUNT(lists); i++)
        free(lists[i]->at);
    void *arrays[] = {w->nodes,    w->levels, w->links, w->link_of, w->consumers,
                      w->stores,   w->spares, w->jobs,  w->floors,  w->repairs,
                      w->watchers, w->path,   w->seen,  w->place,   w->queue.heap};
    for (size_t i = 0; i < TOC_COUNT(arrays); i++)
        free(arrays[i]);
    toc_agenda_fini(&w->agenda);
    free(w);
}

toc_world *toc_world_copy(const toc_world *w)
{
    toc_world *c = COPY(w, 1);
    toc_list *lists[] = {&c->touched, &c->changed, &c->noted,   &c->finished,
                         &c->opened,  &c->risers,  &c->suspects};
    for (size_t i = 0; i < TOC_COUNT(lists); i++) {
        lists[i]->at = COPY(lists[i]->at, lists[i]->count);
        lists[i]->capacity = lists[i]->count;
    }
    c->nodes = COPY(w->nodes, w->service_count + 1);
    c->levels = COPY(w->levels, w->service_count);
    c->links = COPY(w->links, w->link_count + 1);
    c->link_of = COPY(w->link_of, w->link_count);
    c->consumers = COPY(w->consumers, w->link_count);
    c->stores = COPY(w->stores, w->store_count);
    c->spares = COPY(w->spares, w->spare_count);
    c->jobs = COPY(w->jobs, w->job_count + 1);
    c->floors = COPY(w->floors, w->floor_count);
    c->repairs = COPY(w->repairs, w->job_count);
    c->watchers = COPY(w->watchers, w->floor_count);
    c->queue.heap = COPY(w->queue.heap, w->service_count);
    c->path = COPY(w->path, w->service_count);
    c->seen = COPY(w->seen, w->service_count);
    c->place = COPY(w->place, w->service_count);
    toc_agenda_copy(&c->agenda, &w->agenda);
    return c;
}

static void count_model(toc_world *w)
{
    const toc_model *m = w->model;
    w->service_count = (uint32_t)m->service_count;
    w->job_count = (uint32_t)m->repair_count;
    for (size_t i = 0; i < m->service_count; i++) {
        w->link_count += (uint32_t)m->services[i].need_count;
        for (size_t k = 0; k < m->services[i].need_count; k++) {
            w->store_count += m->services[i].needs[k].autonomy > 0;
            w->spare_count += m->services[i].needs[k].is_closed;
        }
    }
    for (size_t i = 0; i < m->repair_count; i++)
        w->floor_count += (uint32_t)m->repairs[i].need_count;
}

static void allocate(toc_world *w)
{
    w->nodes = toc_alloc((w->service_count + 1) * sizeof *w->nodes);
    w->levels = toc_alloc(w->service_count * sizeof *w->levels);
    w->links = toc_alloc((w->link_count + 1) * sizeof *w->links);
    w->link_of = toc_alloc(w->link_count * sizeof *w->link_of);
    w->consumers = toc_alloc(w->link_count * sizeof *w->consumers);
    w->stores = toc_alloc(w->store_count * sizeof *w->stores);
    w->spares = toc_alloc(w->spare_count * sizeof *w->spares);
    w->jobs = toc_alloc((w->job_count + 1) * sizeof *w->jobs);
    w->floors = toc_alloc(w->floor_count * sizeof *w->floors);
    w->repairs = toc_alloc(w->job_count * sizeof *w->repairs);
    w->watchers = toc_alloc(w->floor_count * sizeof *w->watchers);
    w->queue.heap = toc_alloc(w->service_count * sizeof *w->queue.heap);
    w->path = toc_alloc(w->service_count * sizeof *w->path);
    w->seen = toc_alloc(w->service_count * sizeof *w->seen);
    w->place = toc_alloc(w->service_count * sizeof *w->place);
    toc_agenda_init(&w->agenda, toc_due_store(w, w->store_count));
}

static void build_nodes(toc_world *w)
{
    uint32_t links = w->link_count;
    uint32_t *order = toc_alloc(links * sizeof *order);
    w->link_count = w->store_count = w->spare_count = 0; // counted again as they are made
    for (uint32_t i = 0; i < w->service_count; i++) {
        const toc_service *s = &w->model->services[i];
        w->levels[i] = TOC_PPM;
        w->nodes[i] = (toc_node){.own = (int32_t)s->own,
                                 .restart = (int32_t)s->restart,
                                 .bind = TOC_NO_ITEM,
                                 .rule = (uint8_t)s->rule,
                                 .why = TOC_WHY_OWN,
                                 .needs = w->link_count};
        build_links(w, i, order);
    }
    w->nodes[w->service_count].needs = w->link_count;
    w->links[w->link_count].is_first = true;
    free(order);
}

static void build_links(toc_world *w, uint32_t service, uint32_t *order)
{
    const toc_service *s = &w->model->services[service];
    toc_needs_sorted(s, order);
    uint32_t first = w->link_count;
    for (uint32_t k = 0; k < s->need_count; k++) {
        const toc_need *need = &s->needs[order[k]];
        w->link_of[first + order[k]] = w->link_count;
        bool is_first = k == 0 || need->group == 0 || need->group != s->needs[order[k - 1]].group;
        w->links[w->link_count] =
            (toc_link){.consumer = service, .index = order[k], .is_first = is_first};
        build_link(w, w->link_count++, need);
    }
}

static void build_link(toc_world *w, uint32_t at, const toc_need *need)
{
    toc_link *link = &w->links[at];
    link->provider = (uint32_t)need->provider;
    link->strength = (int32_t)need->strength;
    link->is_open = !need->is_closed;
    link->store = link->spare = TOC_NO_ITEM;
    if (need->autonomy > 0) {
        int64_t full = need->autonomy * TOC_PPM;
        link->store = w->store_count++;
        w->stores[link->store] = (toc_store){.left = full,
                                             .full = full,
                                             .level = TOC_PPM,
                                             .recharge = (int32_t)need->recharge,
                                             .link = at};
    }
    if (need->is_closed) {
        link->spare = w->spare_count++;
        w->spares[link->spare] = at;
    }
}

// Parts are found in this order: what a part needs before the part.
static void build_ranks(toc_world *w)
{
    toc_parts parts;
    toc_parts_begin(&parts, w->model);
    for (uint32_t rank = 0; toc_parts_next(&parts); rank++)
        for (size_t i = 0; i < parts.count; i++)
            w->nodes[parts.members[i]].rank = rank;
    toc_parts_end(&parts);
}

static void build_jobs(toc_world *w)
{
    uint32_t floors = 0;
    for (uint32_t i = 0; i < w->job_count; i++) {
        const toc_repair *r = &w->model->repairs[i];
        w->jobs[i] = (toc_job){.service = (uint32_t)r->service,
                               .to = (int32_t)r->to,
                               .crews = (int32_t)r->crews,
                               .left = r->work,
                               .state = TOC_REPAIR_PLANNED,
                               .needs = floors};
        for (size_t k = 0; k < r->need_count; k++)
            w->floors[floors++] =
                (toc_floor){(uint32_t)r->needs[k].service, (int32_t)r->needs[k].level};
    }
    w->jobs[w->job_count].needs = floors;
}

// The other directions: counted, summed up to where each part ends, filled from behind.
static void build_reverse(toc_world *w)
{
    toc_node *n = w->nodes;
    for (uint32_t i = 0; i < w->link_count; i++)
        n[w->links[i].provider].consumers++;
    for (uint32_t i = 0; i < w->job_count; i++)
        n[w->jobs[i].service].repairs++;
    for (uint32_t i = 0; i < w->floor_count; i++)
        n[w->floors[i].service].watchers++;
    for (uint32_t i = 1; i <= w->service_count; i++) {
        n[i].consumers += n[i - 1].consumers;
        n[i].repairs += n[i - 1].repairs;
        n[i].watchers += n[i - 1].watchers;
    }
    for (uint32_t i = w->link_count; i-- > 0;)
        w->consumers[--n[w->links[i].provider].consumers] = i;
    for (uint32_t i = w->job_count; i-- > 0;) {
        w->repairs[--n[w->jobs[i].service].repairs] = i;
        for (uint32_t k = w->jobs[i + 1].needs; k-- > w->jobs[i].needs;)
            w->watchers[--n[w->floors[k].service].watchers] = i;
    }
}

// The levels that follow from own capabilities, buffers full. Nothing of it is a change.
static void begin(toc_world *w)
{
    for (uint32_t i = 0; i < w->service_count; i++)
        toc_world_queue(w, i);
    toc_world_solve(w);
    for (uint32_t i = 0; i < w->store_count; i++) {
        const toc_link *link = &w->links[w->stores[i].link];
        if (link->is_open)
            toc_world_anchor(w, i, w->stores[i].full, w->levels[link->provider]);
    }
    w->touched.count = w->changed.count = 0;
    w->solve++;
}

static void *copy_of(const void *p, size_t count, size_t size)
{
    void *copy = toc_alloc(count * size);
    if (count > 0)
        memcpy(copy, p, count * size);
    return copy;
}
