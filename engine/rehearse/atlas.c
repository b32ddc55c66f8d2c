// SPDX-License-Identifier: MIT
#include "atlas.h"

#include <stdlib.h>

#include "base/mem.h"

#define MAP_OF(map, list, count)                                                                   \
    do {                                                                                           \
        (map) = toc_map_new();                                                                     \
        for (size_t i_ = 0; i_ < (count); i_++)                                                    \
            toc_map_put((map), (list)[i_].id, (int64_t)i_);                                        \
    } while (0)

static void find_objectives(toc_atlas *a);
static void find_hands(toc_atlas *a);

void toc_atlas_init(toc_atlas *a, const toc_plan *plan)
{
    *a = (toc_atlas){.plan = plan};
    MAP_OF(a->teams, plan->teams, plan->team_count);
    MAP_OF(a->parties, plan->parties, plan->party_count);
    MAP_OF(a->injects, plan->injects, plan->inject_count);
    MAP_OF(a->decisions, plan->decisions, plan->decision_count);
    MAP_OF(a->services, plan->model.services, plan->model.service_count);
    MAP_OF(a->repairs, plan->model.repairs, plan->model.repair_count);
    MAP_OF(a->phases, plan->phases, plan->phase_count);
    MAP_OF(a->expectations, plan->expectations, plan->expectation_count);
    a->seats = toc_alloc((plan->team_count + 1) * sizeof *a->seats);
    for (size_t i = 0; i < plan->team_count; i++)
        a->seats[i] = toc_sprintf("%s-1", plan->teams[i].id);
    a->parties_of = toc_alloc((plan->inject_count + 1) * sizeof *a->parties_of);
    for (size_t i = 0; i < plan->inject_count; i++)
        a->parties_of[i] = toc_atlas_id(a->parties, plan->injects[i].from);
    find_objectives(a);
    find_hands(a);
}

void toc_atlas_fini(toc_atlas *a)
{
    toc_map *maps[] = {a->teams,    a->parties, a->injects, a->decisions,
                       a->services, a->repairs, a->phases,  a->expectations};
    for (size_t i = 0; i < TOC_COUNT(maps); i++)
        toc_map_free(maps[i]);
    for (size_t i = 0; a->seats && i < a->plan->team_count; i++)
        free(a->seats[i]);
    free(a->seats);
    free(a->parties_of);
    free(a->objectives);
    free(a->is_by_hand);
    *a = (toc_atlas){0};
}

size_t toc_atlas_find(const toc_map *ids, const toc_event *ev, toc_field f)
{
    return toc_atlas_id(ids, toc_event_str(ev, f));
}

size_t toc_atlas_id(const toc_map *ids, const char *id)
{
    int64_t index;
    return id && toc_map_get(ids, id, &index) ? (size_t)index : TOC_NONE;
}

static void find_objectives(toc_atlas *a)
{
    const toc_plan *plan = a->plan;
    size_t first = plan->expectation_count;
    a->objectives = toc_alloc((first + plan->decision_count + 1) * sizeof *a->objectives);
    for (size_t i = 0; i < first; i++) {
        const char *id = plan->expectations[i].objective;
        a->objectives[i] = id ? toc_plan_objective(plan, id) : TOC_NONE;
    }
    for (size_t i = 0; i < plan->decision_count; i++) {
        const char *id = plan->decisions[i].objective;
        a->objectives[first + i] = id ? toc_plan_objective(plan, id) : TOC_NONE;
    }
}

static void find_hands(toc_atlas *a)
{
    const toc_plan *plan = a->plan;
    a->is_by_hand = toc_alloc(plan->inject_count + 1);
    for (size_t i = 0; i < plan->inject_count; i++)
        a->is_by_hand[i] = plan->injects[i].manual && plan->injects[i].at.kind == TOC_AT_NEVER;
    for (size_t i = 0; i < plan->expectation_count; i++)
        if (plan->expectations[i].contingency != TOC_NONE)
            a->is_by_hand[plan->expectations[i].contingency] = false;
}
