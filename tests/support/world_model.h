// SPDX-License-Identifier: MIT
#ifndef WORLD_MODEL_H
#define WORLD_MODEL_H

// Models written down in tests: services by id, in the order they are named. What comes back may be
// filled in further, until the next is added. A mistake in the test aborts.

#include "world/world.h"

#define ALL TOC_PPM

size_t at(const toc_model *m, const char *id);
toc_service *add_service(toc_model *m, const char *id);
toc_need *add_need(toc_model *m, const char *id, const char *provider); // full strength, no buffer
toc_need *add_need_at(toc_model *m, size_t service, size_t provider);   // where ids are many
toc_repair *add_repair(toc_model *m, const char *id, const char *service, int64_t work);
void add_prerequisite(const toc_model *m, toc_repair *r, const char *service, int64_t level);

// Services in a cycle: each needs the next and the last the first.
void add_ring(toc_model *m, size_t count, int64_t strength, toc_rule rule);

// Acts of a run, at their minutes, in order of time.
typedef enum { ACT_SET, ACT_REPAIR, ACT_REFUEL, ACT_OPEN, ACT_BLACK_START } act_kind;

typedef struct {
    int64_t minute;
    act_kind kind;
    size_t which;   // a service, or a repair
    size_t need;    // refuel, open
    int64_t amount; // set: own capability; black start: minutes
} act;

toc_err do_act(toc_world *w, const act *a, toc_error *e);
// play_to does those of the acts that are due up to until, from *next on, and advances.
void play_to(toc_world *w, const act *acts, size_t count, size_t *next, int64_t until,
             toc_changes *out);

#endif
