// SPDX-License-Identifier: MIT
#include "world_findings.h"

#include <stdlib.h>

#include "base/mem.h"
#include "world/world.h"
#include "world_circles.h"

static void find_unseen(toc_findings *out, const toc_plan *p);
static void count_sources(toc_findings *out, const toc_model *m);
static toc_err find_points(toc_findings *out, const toc_model *m, toc_error *e);

toc_err toc_findings_find(toc_findings *out, const toc_plan *p, toc_error *e)
{
    *out = (toc_findings){0};
    toc_circles_find(out, &p->model);
    find_unseen(out, p);
    count_sources(out, &p->model);
    return find_points(out, &p->model, e);
}

void toc_findings_fini(toc_findings *f)
{
    for (size_t i = 0; i < f->circle_count; i++)
        free(f->circles[i].links);
    free(f->circles);
    free(f->unseen);
    *f = (toc_findings){0};
}

static void find_unseen(toc_findings *out, const toc_plan *p)
{
    out->unseen = toc_alloc((p->model.service_count + 1) * sizeof *out->unseen);
    for (size_t i = 0; i < p->model.service_count; i++)
        if (p->services[i].seen_by_count == 0 && !p->services[i].is_public)
            out->unseen[out->unseen_count++] = i;
}

static void count_sources(toc_findings *out, const toc_model *m)
{
    for (size_t i = 0; i < m->service_count; i++)
        for (size_t k = 0; k < m->services[i].need_count; k++) {
            out->needs++;
            out->unsourced += m->services[i].needs[k].source == NULL;
        }
}

// ---- what hangs on one service alone -----------------------------------------------------------------

typedef struct {
    size_t service, consumers;
} candidate;

static int by_consumers(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->consumers != y->consumers)
        return x->consumers > y->consumers ? -1 : 1;
    return (x->service > y->service) - (x->service < y->service);
}

static candidate *order_candidates(const toc_model *m)
{
    candidate *list = toc_alloc((m->service_count + 1) * sizeof *list);
    for (size_t i = 0; i < m->service_count; i++)
        list[i].service = i;
    for (size_t i = 0; i < m->service_count; i++)
        for (size_t k = 0; k < m->services[i].need_count; k++)
            list[m->services[i].needs[k].provider].consumers++;
    qsort(list, m->service_count, sizeof *list, by_consumers);
    return list;
}

// Without the shock the world may lose something too: base is that world after the same time.
static toc_single_point measure(const toc_world *start, const toc_world *base, size_t service,
                                toc_changes *changes)
{
    toc_single_point point = {.service = service};
    toc_world *w = toc_world_copy(start);
    toc_changes_clear(changes);
    toc_world_set(w, service, 0);
    toc_world_advance(w, TOC_SINGLE_POINT_MINUTES, changes);
    for (size_t i = 0; i < toc_world_model(w)->service_count; i++) {
        int64_t lost = toc_world_lost_service(w, i, TOC_SINGLE_POINT_MINUTES) -
                       toc_world_lost_service(base, i, TOC_SINGLE_POINT_MINUTES);
        point.lost += lost;
        point.reached += lost > 0;
        point.user_hours += toc_world_lost_user_hours(w, i, TOC_SINGLE_POINT_MINUTES) -
                            toc_world_lost_user_hours(base, i, TOC_SINGLE_POINT_MINUTES);
    }
    toc_world_free(w);
    return point;
}

static bool is_worse(const toc_single_point *a, const toc_single_point *b)
{
    if (a->user_hours != b->user_hours)
        return a->user_hours > b->user_hours;
    if (a->lost != b->lost)
        return a->lost > b->lost;
    return a->service < b->service;
}

static void rank(toc_findings *out, toc_single_point point)
{
    if (point.lost <= 0)
        return;
    size_t place = out->point_count;
    while (place > 0 && is_worse(&point, &out->points[place - 1]))
        place--;
    if (place == TOC_SINGLE_POINTS)
        return;
    if (out->point_count < TOC_SINGLE_POINTS)
        out->point_count++;
    for (size_t i = out->point_count - 1; i > place; i--)
        out->points[i] = out->points[i - 1];
    out->points[place] = point;
}

static toc_err find_points(toc_findings *out, const toc_model *m, toc_error *e)
{
    toc_world *start;
    toc_changes changes = {0};
    if (m->service_count == 0)
        return TOC_OK;
    toc_err err = toc_world_new(&start, m, e);
    if (err)
        return err;
    toc_world *base = toc_world_copy(start);
    toc_world_advance(base, TOC_SINGLE_POINT_MINUTES, &changes);
    candidate *list = order_candidates(m);
    out->tried =
        m->service_count < TOC_SINGLE_POINT_TRIES ? m->service_count : TOC_SINGLE_POINT_TRIES;
    for (size_t i = 0; i < out->tried; i++)
        rank(out, measure(start, base, list[i].service, &changes));
    free(list);
    toc_changes_fini(&changes);
    toc_world_free(base);
    toc_world_free(start);
    return TOC_OK;
}
