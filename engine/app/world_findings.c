// SPDX-License-Identifier: MIT
#include "world_findings.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "world/world.h"
#include "world_circles.h"

static void find_unseen(toc_findings *out, const toc_plan *p);
static void find_quotes(toc_findings *out, const toc_plan *p);
static void count_sources(toc_findings *out, const toc_model *m);
static toc_err find_points(toc_findings *out, const toc_model *m, toc_error *e);

toc_err toc_findings_find(toc_findings *out, const toc_plan *p, toc_error *e)
{
    *out = (toc_findings){0};
    toc_circles_find(out, &p->model);
    find_unseen(out, p);
    find_quotes(out, p);
    count_sources(out, &p->model);
    return find_points(out, &p->model, e);
}

void toc_findings_fini(toc_findings *f)
{
    for (size_t i = 0; i < f->circle_count; i++)
        free(f->circles[i].links);
    free(f->circles);
    free(f->unseen);
    free(f->quotes);
    *f = (toc_findings){0};
}

static void find_unseen(toc_findings *out, const toc_plan *p)
{
    out->unseen = toc_alloc((p->model.service_count + 1) * sizeof *out->unseen);
    for (size_t i = 0; i < p->model.service_count; i++)
        if (p->services[i].seen_by_count == 0 && !p->services[i].is_public)
            out->unseen[out->unseen_count++] = i;
}

static void add_quotes(toc_findings *out, const toc_plan *p, size_t inject, size_t service)
{
    const toc_inject *in = &p->injects[inject];
    for (size_t i = 0; i < in->to_count; i++) {
        if (toc_plan_sees(p, p->teams[in->to[i]].id, service))
            continue;
        bool is_told = false;
        for (size_t k = 0; k < out->quote_count; k++)
            is_told =
                is_told || (out->quotes[k].inject == inject && out->quotes[k].service == service &&
                            out->quotes[k].team == in->to[i]);
        if (is_told)
            continue;
        TOC_GROW(out->quotes, out->quote_count, out->quote_capacity);
        out->quotes[out->quote_count++] = (toc_blind_quote){inject, service, in->to[i]};
    }
}

// The service that "{{level grid.north}}" speaks of, or TOC_NONE. at stands behind the braces.
static size_t quoted_service(const toc_plan *p, const char *at, const char *end)
{
    static const char *const words[] = {"level ", "because ", "outlook ", "lost_hours "};
    char id[TOC_ID_MAX + 1];
    at += strspn(at, " ");
    for (size_t i = 0; i < TOC_COUNT(words); i++) {
        if (strncmp(at, words[i], strlen(words[i])) != 0)
            continue;
        at += strlen(words[i]);
        at += strspn(at, " ");
        size_t len = strcspn(at, " }");
        if (at + len > end || len > TOC_ID_MAX)
            return TOC_NONE;
        memcpy(id, at, len);
        id[len] = '\0';
        return toc_plan_service(p, id);
    }
    return TOC_NONE;
}

// Such a text tells a team what its own picture of the world does not show.
static void find_quotes(toc_findings *out, const toc_plan *p)
{
    for (size_t i = 0; i < p->inject_count; i++) {
        const char *at = p->injects[i].text, *end;
        while (at && (at = strstr(at, "{{")) && (end = strstr(at, "}}"))) {
            size_t service = quoted_service(p, at + 2, end);
            if (service != TOC_NONE)
                add_quotes(out, p, i, service);
            at = end + 2;
        }
    }
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
    size_t most =
        m->service_count < TOC_SINGLE_POINT_TRIES ? m->service_count : TOC_SINGLE_POINT_TRIES;
    size_t work = 0, whole = m->service_count + out->needs;
    for (;
         out->tried < most && (out->tried < TOC_SINGLE_POINT_LEAST || work < TOC_SINGLE_POINT_WORK);
         out->tried++) {
        rank(out, measure(start, base, list[out->tried].service, &changes));
        work += whole + changes.count * (1 + whole / m->service_count);
    }
    free(list);
    toc_changes_fini(&changes);
    toc_world_free(base);
    toc_world_free(start);
    return TOC_OK;
}
