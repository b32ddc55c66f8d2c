// SPDX-License-Identifier: MIT
#ifndef TOC_PLAN_ACTORS_H
#define TOC_PLAN_ACTORS_H

// The seats of a .plan, as those of a live run play it (`--play plan:FILE`), in virtual time.

#include "atlas.h"
#include "record/playplan.h"
#include "stage.h"

typedef struct toc_plan_actors toc_plan_actors;

toc_plan_actors *toc_plan_actors_new(const toc_atlas *atlas, const toc_playplan *plan); // borrowed
void toc_plan_actors_free(toc_plan_actors *p);
const toc_actors *toc_plan_actors_calls(const toc_plan_actors *p);
// The step of the plan that acts now, or NULL where something else is done.
const toc_playstep *toc_plan_actors_step(const toc_plan_actors *p);
// The i-th step whose time passed by `now` without what it speaks of; NULL past the last.
const toc_playstep *toc_plan_actors_undone(const toc_plan_actors *p, size_t i, int64_t now);

#endif
