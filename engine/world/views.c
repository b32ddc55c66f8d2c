// SPDX-License-Identifier: MIT
// What a world knows, at its minute. Looking changes nothing.
#include "world_inside.h"

static size_t cause(const toc_world *w, size_t service);

toc_service_view toc_world_service(const toc_world *w, size_t service)
{
    const toc_node *n = &w->nodes[service];
    uint32_t s = (uint32_t)service;
    return (toc_service_view){
        .level = w->levels[service],
        .own = n->own,
        .because = cause(w, service),
        .why = (toc_why)n->why,
        .since = n->since,
        .forced_until = w->agenda.due[toc_due_unforce(w, s)],
        .restart_at = w->agenda.due[toc_due_restart(w, s)],
        .is_deadlocked = n->flags & TOC_IS_TRAPPED,
    };
}

int64_t toc_world_level(const toc_world *w, size_t service)
{
    return w->levels[service];
}

toc_need_view toc_world_need(const toc_world *w, size_t service, size_t need)
{
    const toc_link *link = &w->links[w->link_of[w->nodes[service].needs + need]];
    toc_need_view v = {.ends_at = -1, .is_open = link->is_open, .opens_at = -1};
    if (link->spare != TOC_NO_ITEM)
        v.opens_at = w->agenda.due[toc_due_spare(w, link->spare)];
    if (link->store != TOC_NO_ITEM) {
        v.has_buffer = true;
        v.left = (toc_store_left(&w->stores[link->store], w->minute) + TOC_PPM - 1) / TOC_PPM;
        v.ends_at = w->agenda.due[toc_due_store(w, link->store)];
    }
    return v;
}

toc_repair_view toc_world_repair(const toc_world *w, size_t repair)
{
    uint32_t job = (uint32_t)repair;
    toc_repair_view v = {.state = w->jobs[job].state,
                         .left = toc_job_left(w, job),
                         .done_at = w->agenda.due[toc_due_job(w, job)],
                         .lacks = TOC_SELF};
    uint32_t lacks = toc_job_lacks(w, job);
    if (v.state == TOC_REPAIR_STANDING && lacks != TOC_NO_ITEM)
        v.lacks = lacks;
    return v;
}

int64_t toc_world_lost_service(const toc_world *w, size_t service, int64_t minute)
{
    const toc_node *n = &w->nodes[service];
    return n->lost + (minute - n->lost_until) * (TOC_PPM - w->levels[service]);
}

int64_t toc_world_lost_user_hours(const toc_world *w, size_t service, int64_t minute)
{
    int64_t lost = toc_world_lost_service(w, service, minute);
    int64_t hour = 60LL * TOC_PPM;
    int64_t users = w->model->services[service].users;
    return lost / hour * users + lost % hour * users / hour; // 6 × 10⁷ × 10¹⁰ < 2⁶³
}

size_t toc_world_chain(const toc_world *w, size_t service, size_t *chain, size_t max)
{
    for (size_t count = 0; count < max;) {
        chain[count++] = service;
        for (size_t i = 0; i + 1 < count; i++) {
            if (chain[i] == service)
                return count;
        }
        service = cause(w, service);
        if (service == TOC_SELF)
            return count;
    }
    return max;
}

const char *toc_repair_state_name(toc_repair_state s)
{
    static const char *const names[] = {"planned", "running", "standing still", "done"};
    return (size_t)s < TOC_COUNT(names) ? names[s] : "?";
}

static size_t cause(const toc_world *w, size_t service)
{
    uint32_t bind = w->nodes[service].bind;
    return bind == TOC_NO_ITEM ? TOC_SELF : w->links[bind].provider;
}
