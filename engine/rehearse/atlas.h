// SPDX-License-Identifier: MIT
#ifndef TOC_ATLAS_H
#define TOC_ATLAS_H

// Where things of a plan stand, by their ids: events name ids, and a rehearsal counts by index.

#include "base/map.h"
#include "exercise/plan.h"
#include "record/event.h"

typedef struct {
    const toc_plan *plan;
    toc_map *teams, *parties, *injects, *decisions, *services, *repairs, *phases, *expectations;
    char **seats;       // by team: its first seat
    size_t *parties_of; // by inject: the party that it comes from, or TOC_NONE
    size_t *objectives; // by expectation, then by decision: what it is evidence of, or TOC_NONE
    bool *is_by_hand;   // by inject: nothing but EXCON's hand sends it
} toc_atlas;

void toc_atlas_init(toc_atlas *a, const toc_plan *plan); // plan is borrowed
void toc_atlas_fini(toc_atlas *a);
// The index of what a field of an event names, or TOC_NONE.
size_t toc_atlas_find(const toc_map *ids, const toc_event *ev, toc_field f);
size_t toc_atlas_id(const toc_map *ids, const char *id);

#endif
