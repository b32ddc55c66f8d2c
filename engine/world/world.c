// SPDX-License-Identifier: MIT
// The world's clock and the acts upon it. A minute is solved at once: acts and what is due change the
// state first, then levels follow, then everything that follows from levels.
#include "world/world.h"

#include <stdlib.h>

#include "world_inside.h"

static void fire(toc_world *w, uint32_t thing);
static void finish_job(toc_world *w, uint32_t job);
static void open_spare(toc_world *w, uint32_t spare);
static void end_minute(toc_world *w);
static toc_link *find_link(toc_world *w, size_t service, size_t need, toc_error *e);
static const char *service_id(const toc_world *w, size_t service);

const toc_model *toc_world_model(const toc_world *w)
{
    return w->model;
}

int64_t toc_world_minute(const toc_world *w)
{
    return w->minute;
}

bool toc_world_next(const toc_world *w, int64_t *minute)
{
    if (w->agenda.count == 0)
        return false;
    *minute = w->agenda.due[w->agenda.heap[0]];
    return true;
}

void toc_world_goto(toc_world *w, int64_t minute, toc_changes *out)
{
    while (w->minute < minute) {
        int64_t due = 0;
        bool is_due = toc_world_next(w, &due) && due < minute;
        if (!is_due && !w->is_dirty)
            break;
        if (is_due && !w->is_dirty && due > w->minute)
            w->minute = due;
        toc_world_settle(w, out);
    }
    if (w->minute < minute)
        w->minute = minute;
}

void toc_world_settle(toc_world *w, toc_changes *out)
{
    int64_t due = 0;
    if (!w->is_dirty && !(toc_world_next(w, &due) && due <= w->minute))
        return;
    toc_changes nobody = {0};
    if (!out)
        out = &nobody;
    while (toc_world_next(w, &due) && due <= w->minute)
        fire(w, w->agenda.heap[0]);
    toc_world_solve(w);
    toc_world_report_causes(w, out);
    toc_world_report_levels(w, out);
    toc_world_judge_jobs(w, out);
    toc_world_find_deadlocks(w, out);
    end_minute(w);
    toc_changes_fini(&nobody);
}

void toc_world_advance(toc_world *w, int64_t minute, toc_changes *out)
{
    toc_world_goto(w, minute, out);
    toc_world_settle(w, out);
}

void toc_world_set(toc_world *w, size_t service, int64_t own)
{
    own = own < 0 ? 0 : own > TOC_PPM ? TOC_PPM : own;
    if (service >= w->service_count || w->nodes[service].own == own)
        return;
    toc_node *n = &w->nodes[service];
    toc_world_touch(w, (uint32_t)service);
    toc_world_queue(w, (uint32_t)service);
    n->own = (int32_t)own;
    n->flags |= TOC_IS_SET;
    w->is_dirty = true;
}

toc_err toc_world_start_repair(toc_world *w, size_t repair, toc_error *e)
{
    if (repair >= w->job_count)
        return toc_fail(e, TOC_EREFUSED, "there is no repair number %zu", repair);
    toc_job *j = &w->jobs[repair];
    const char *id = w->model->repairs[repair].id;
    if (j->state == TOC_REPAIR_DONE)
        return toc_fail(e, TOC_EREFUSED, "the repair %s is done", id);
    if (j->is_started)
        return toc_fail(e, TOC_EREFUSED, "the repair %s was started already", id);
    j->is_started = true;
    toc_job_note(w, (uint32_t)repair);
    w->is_dirty = true;
    return TOC_OK;
}

toc_err toc_world_refuel(toc_world *w, size_t service, size_t need, toc_error *e)
{
    toc_link *link = find_link(w, service, need, e);
    if (!link)
        return TOC_EREFUSED;
    if (link->store == TOC_NO_ITEM)
        return toc_fail(e, TOC_EREFUSED, "what %s needs of %s has no buffer to fill",
                        service_id(w, service), service_id(w, link->provider));
    if (!link->is_open) // nobody drew on it
        return TOC_OK;
    toc_world_anchor(w, link->store, w->stores[link->store].full, w->levels[link->provider]);
    toc_world_queue(w, link->consumer);
    w->is_dirty = true;
    return TOC_OK;
}

toc_err toc_world_open(toc_world *w, size_t service, size_t need, toc_error *e)
{
    toc_link *link = find_link(w, service, need, e);
    if (!link)
        return TOC_EREFUSED;
    const char *who = service_id(w, service);
    const char *of = service_id(w, link->provider);
    if (link->spare == TOC_NO_ITEM)
        return toc_fail(e, TOC_EREFUSED, "what %s needs of %s was never closed", who, of);
    if (link->is_open)
        return toc_fail(e, TOC_EREFUSED, "what %s needs of %s is open already", who, of);
    uint32_t due = toc_due_spare(w, link->spare);
    if (w->agenda.due[due] >= 0)
        return toc_fail(e, TOC_EREFUSED, "what %s needs of %s is being opened already", who, of);
    int64_t switching = w->model->services[service].needs[need].switching;
    if (switching > 0)
        toc_agenda_set(&w->agenda, due, w->minute + switching);
    else
        open_spare(w, link->spare);
    toc_world_touch(w, link->consumer);
    w->is_dirty = true;
    return TOC_OK;
}

toc_err toc_world_black_start(toc_world *w, size_t service, int64_t minutes, toc_error *e)
{
    if (service >= w->service_count)
        return toc_fail(e, TOC_EREFUSED, "there is no service number %zu", service);
    if (minutes < 1 || minutes > TOC_MINUTES_MAX)
        return toc_fail(e, TOC_EREFUSED, "a black start of %s lasts 1 to %d minutes, not %lld",
                        service_id(w, service), TOC_MINUTES_MAX, (long long)minutes);
    uint32_t s = (uint32_t)service;
    int64_t until = w->minute + minutes;
    if (w->agenda.due[toc_due_unforce(w, s)] < until)
        toc_agenda_set(&w->agenda, toc_due_unforce(w, s), until);
    toc_world_touch(w, s);
    toc_world_queue(w, s);
    w->nodes[s].flags |= TOC_IS_FORCED | TOC_IS_HELD_NOW;
    w->is_dirty = true;
    return TOC_OK;
}

static void fire(toc_world *w, uint32_t thing)
{
    toc_agenda_drop(&w->agenda, thing);
    if (thing < toc_due_spare(w, 0)) {
        finish_job(w, thing);
    } else if (thing < toc_due_unforce(w, 0)) {
        open_spare(w, thing - toc_due_spare(w, 0));
    } else if (thing < toc_due_store(w, 0)) {
        bool is_restart = thing >= toc_due_restart(w, 0);
        uint32_t s = thing - (is_restart ? toc_due_restart(w, 0) : toc_due_unforce(w, 0));
        toc_world_touch(w, s);
        toc_world_queue(w, s);
        w->nodes[s].flags |= is_restart ? TOC_IS_DUE : TOC_IS_LET_NOW;
        if (!is_restart)
            w->nodes[s].flags &= ~(uint32_t)TOC_IS_FORCED;
    } else {
        const toc_link *link = &w->links[w->stores[thing - toc_due_store(w, 0)].link];
        toc_world_anchor(w, link->store, 0, w->levels[link->provider]);
        toc_world_queue(w, link->consumer);
    }
}

static void finish_job(toc_world *w, uint32_t job)
{
    toc_job *j = &w->jobs[job];
    j->state = TOC_REPAIR_DONE;
    j->left = 0;
    toc_list_add(&w->finished, job);
    toc_world_touch(w, j->service);
    toc_node *n = &w->nodes[j->service];
    if (n->own >= j->to)
        return;
    n->own = j->to;
    n->flags |= TOC_IS_REPAIRED;
    toc_world_queue(w, j->service);
}

static void open_spare(toc_world *w, uint32_t spare)
{
    toc_link *link = &w->links[w->spares[spare]];
    link->is_open = true;
    if (link->store != TOC_NO_ITEM)
        toc_world_anchor(w, link->store, w->stores[link->store].full, w->levels[link->provider]);
    toc_list_add(&w->opened, w->spares[spare]);
    toc_world_touch(w, link->consumer);
    toc_world_queue(w, link->consumer);
}

static void end_minute(toc_world *w)
{
    for (size_t i = 0; i < w->touched.count; i++)
        w->nodes[w->touched.at[i]].flags &= (TOC_IS_FORCED | TOC_IS_TRAPPED);
    w->touched.count = w->changed.count = w->noted.count = 0;
    w->finished.count = w->opened.count = 0;
    w->is_dirty = false;
    w->solve++;
}

// NULL where there is no such need.
static toc_link *find_link(toc_world *w, size_t service, size_t need, toc_error *e)
{
    if (service >= w->service_count) {
        toc_fail(e, TOC_EREFUSED, "there is no service number %zu", service);
        return NULL;
    }
    uint32_t first = w->nodes[service].needs;
    if (need >= w->nodes[service + 1].needs - first) {
        toc_fail(e, TOC_EREFUSED, "%s has no need number %zu", service_id(w, service), need);
        return NULL;
    }
    return &w->links[w->link_of[first + need]];
}

static const char *service_id(const toc_world *w, size_t service)
{
    return w->model->services[service].id;
}
