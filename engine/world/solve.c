// SPDX-License-Identifier: MIT
// The levels of one minute. Every equation is monotone in the levels it reads, so both phases end in a
// fixed point that does not depend on the order of work: falls in the greatest below the levels there
// were, rises in the least above those. Only what was touched is solved, providers first.
//
// Of needs that bind equally the one that did before stays, else the first: what brought a service down
// is still its cause when what leans on it has followed. (With the first always, A and B that lean on
// each other would name each other while the grid that both need is down.)
#include "world_inside.h"

static void fall_all(toc_world *w);
static void rise_all(toc_world *w);
static bool take(toc_world *w, uint32_t *service);
static void fall(toc_world *w, uint32_t service);
static void rise(toc_world *w, uint32_t service);
static int32_t target(const toc_world *w, uint32_t service, uint32_t *bind);
static void queue_consumers(toc_world *w, uint32_t service);
static void set_bind(toc_world *w, uint32_t service, uint32_t bind);
static void cancel_restart(toc_world *w, uint32_t service);

void toc_world_touch(toc_world *w, uint32_t service)
{
    toc_node *n = &w->nodes[service];
    if (n->stamp == w->solve)
        return;
    n->stamp = w->solve;
    n->before = w->levels[service];
    n->bind_before = n->bind;
    toc_list_add(&w->touched, service);
}

void toc_world_queue(toc_world *w, uint32_t service)
{
    toc_node *n = &w->nodes[service];
    if (n->flags & TOC_IS_QUEUED)
        return;
    n->flags |= TOC_IS_QUEUED;
    toc_queue_add(&w->queue, n->rank, service);
}

void toc_world_solve(toc_world *w)
{
    fall_all(w);
    rise_all(w);
    for (size_t i = 0; i < w->touched.count; i++) {
        if (toc_level_changed(w, w->touched.at[i]))
            toc_list_add(&w->changed, w->touched.at[i]);
    }
    toc_list_sort(&w->changed);
}

int32_t toc_link_loss(const toc_world *w, const toc_link *link)
{
    int32_t missing = TOC_PPM - w->levels[link->provider];
    if (missing == 0 ||
        (link->store != TOC_NO_ITEM && toc_store_left(&w->stores[link->store], w->minute) > 0))
        return 0;
    return (int32_t)((int64_t)link->strength * missing / TOC_PPM);
}

uint32_t toc_group_loss(const toc_world *w, uint32_t first, uint32_t incumbent, toc_binding *out)
{
    toc_binding least = {INT64_MAX, TOC_NO_ITEM};
    toc_binding total = {-1, TOC_NO_ITEM};
    uint32_t i = first;
    do {
        const toc_link *link = &w->links[i];
        if (link->is_open) {
            int64_t loss = toc_link_loss(w, link);
            if (loss < least.loss || (loss == least.loss && i == incumbent))
                least = (toc_binding){loss, i};
        } else if (link->strength > total.loss ||
                   (link->strength == total.loss && i == incumbent)) {
            total = (toc_binding){link->strength, i};
        }
        i++;
    } while (!w->links[i].is_first);
    *out = least.link != TOC_NO_ITEM ? least : total;
    return i;
}

bool toc_level_changed(const toc_world *w, uint32_t service)
{
    const toc_node *n = &w->nodes[service];
    return n->stamp == w->solve && n->before != w->levels[service];
}

static void fall_all(toc_world *w)
{
    uint32_t service;
    while (take(w, &service))
        fall(w, service);
}

static void rise_all(toc_world *w)
{
    for (size_t i = 0; i < w->risers.count; i++) {
        w->nodes[w->risers.at[i]].flags &= ~(uint32_t)TOC_IS_RISER;
        toc_world_queue(w, w->risers.at[i]);
    }
    w->risers.count = 0;
    uint32_t service;
    while (take(w, &service))
        rise(w, service);
}

static bool take(toc_world *w, uint32_t *service)
{
    if (!toc_queue_take(&w->queue, service))
        return false;
    w->nodes[*service].flags &= ~(uint32_t)TOC_IS_QUEUED;
    return true;
}

static void fall(toc_world *w, uint32_t service)
{
    toc_node *n = &w->nodes[service];
    uint32_t bind;
    int32_t level = target(w, service, &bind);
    if (level > w->levels[service]) {
        if (!(n->flags & TOC_IS_RISER))
            toc_list_add(&w->risers, service);
        n->flags |= TOC_IS_RISER;
        return;
    }
    cancel_restart(w, service);
    set_bind(w, service, bind);
    if (level < w->levels[service]) {
        toc_world_touch(w, service);
        w->levels[service] = level;
        queue_consumers(w, service);
    }
}

static void rise(toc_world *w, uint32_t service)
{
    toc_node *n = &w->nodes[service];
    uint32_t bind;
    int32_t level = target(w, service, &bind);
    if (level <= w->levels[service]) {
        set_bind(w, service, bind);
        return;
    }
    if (n->restart > 0 && !(n->flags & (TOC_IS_DUE | TOC_IS_FORCED))) {
        uint32_t due = toc_due_restart(w, service);
        if (w->agenda.due[due] < 0)
            toc_agenda_set(&w->agenda, due, w->minute + n->restart);
        set_bind(w, service, TOC_NO_ITEM); // it waits for itself
        return;
    }
    toc_world_touch(w, service);
    w->levels[service] = level;
    set_bind(w, service, bind);
    toc_agenda_drop(&w->agenda, toc_due_restart(w, service));
    queue_consumers(w, service);
}

// What its equation gives, and what binds there.
static int32_t target(const toc_world *w, uint32_t service, uint32_t *bind)
{
    const toc_node *n = &w->nodes[service];
    *bind = TOC_NO_ITEM;
    if (n->flags & TOC_IS_FORCED)
        return TOC_PPM;
    int64_t sum = 0;
    toc_binding worst = {0, TOC_NO_ITEM};
    uint32_t end = n[1].needs;
    for (uint32_t i = n->needs; i < end;) {
        toc_binding b;
        i = toc_group_loss(w, i, n->bind, &b);
        sum += b.loss;
        if (b.loss > worst.loss ||
            (b.loss == worst.loss && b.loss > 0 && worst.link != n->bind &&
             (b.link == n->bind || w->links[b.link].index < w->links[worst.link].index)))
            worst = b;
    }
    int64_t level = n->own - (n->rule == TOC_RULE_SUM ? sum : 0);
    if (n->rule == TOC_RULE_MIN && TOC_PPM - worst.loss < level)
        level = TOC_PPM - worst.loss;
    if (worst.loss > TOC_PPM - n->own)
        *bind = worst.link;
    return level > 0 ? (int32_t)level : 0;
}

// Those that a change of its level can reach: a buffer that lasts keeps it from the others.
static void queue_consumers(toc_world *w, uint32_t service)
{
    const toc_node *n = &w->nodes[service];
    for (uint32_t i = n->consumers; i < n[1].consumers; i++) {
        const toc_link *link = &w->links[w->consumers[i]];
        if (link->is_open &&
            (link->store == TOC_NO_ITEM || toc_store_left(&w->stores[link->store], w->minute) == 0))
            toc_world_queue(w, link->consumer);
    }
}

static void set_bind(toc_world *w, uint32_t service, uint32_t bind)
{
    if (w->nodes[service].bind == bind)
        return;
    toc_world_touch(w, service);
    w->nodes[service].bind = bind;
}

static void cancel_restart(toc_world *w, uint32_t service)
{
    w->nodes[service].flags &= ~(uint32_t)TOC_IS_DUE;
    if (w->agenda.due[toc_due_restart(w, service)] < 0)
        return;
    toc_world_touch(w, service);
    toc_agenda_drop(&w->agenda, toc_due_restart(w, service));
}
