// SPDX-License-Identifier: MIT
#ifndef TOC_WORLD_INSIDE_H
#define TOC_WORLD_INSIDE_H

// The inside of a world, shared by the files of this folder: compact arrays, made from the model once.
// Services, repairs, and needs are numbers here; a service's needs stand together, alternatives of one
// group beside each other.
//
// Between two solves each service's level is what its equation gives, or below that with a restart
// on the agenda; so only what was touched must be solved again.

#include "agenda.h"
#include "base/mem.h"
#include "queue.h"
#include "world/world.h"

#define TOC_NO_ITEM UINT32_MAX

// What a service went through in the minute that is being solved, and what it is.
enum {
    TOC_IS_QUEUED = 1 << 0,   // in the work list
    TOC_IS_RISER = 1 << 1,    // in the list of those that may rise
    TOC_IS_DUE = 1 << 2,      // its restart delay is over
    TOC_IS_SET = 1 << 3,      // its own capability was set
    TOC_IS_REPAIRED = 1 << 4, // a repair of it was finished
    TOC_IS_HELD_NOW = 1 << 5, // a black start begins
    TOC_IS_LET_NOW = 1 << 6,  // a black start is over
    TOC_IS_TOLD = 1 << 7,     // its change was given out
    TOC_IS_ON_PATH = 1 << 8,  // in the path of causes that is being followed
    TOC_IS_FORCED = 1 << 9,   // a black start holds it; outlives the minute, as the next does
    TOC_IS_TRAPPED = 1 << 10, // named in a deadlock, and not risen since
};

typedef struct {
    int32_t own, restart;
    int32_t before;       // its level before this minute
    uint32_t bind;        // the need that binds its level, TOC_NO_ITEM: its own capability
    uint32_t bind_before; // before this minute
    uint32_t stamp;       // the solve in which it was touched
    uint32_t rank;        // of its strongly connected part: what it needs has a lesser one, or its own
    uint32_t flags;
    uint8_t rule, why;
    int64_t since;            // minute of its last change of level, 0 if none
    int64_t lost, lost_until; // ppm-minutes, up to that minute
    // Where its part of the other arrays begins; it ends where the next one's begins.
    uint32_t needs, consumers, repairs, watchers;
} toc_node;

typedef struct {
    uint32_t provider, consumer;
    int32_t strength;
    uint32_t store;         // its buffer, or TOC_NO_ITEM
    uint32_t spare;         // closed at first: its number among those, or TOC_NO_ITEM
    uint32_t index;         // of the service's needs, as the model has it
    bool is_open, is_first; // is_first: a group begins
} toc_link;

// A buffer, as it was at its anchor. Since then its provider's level is constant.
typedef struct {
    int64_t left, full; // ppm-minutes
    int64_t anchor;     // minute
    int32_t recharge, level;
    uint32_t link;
} toc_store;

typedef struct {
    uint32_t service;
    int32_t to;
    int32_t crews;
    uint32_t needs; // where its prerequisites begin
    uint32_t stamp; // the solve in which it was noted
    bool is_started;
    toc_repair_state state;
    int64_t left, anchor; // crew-minutes, and the minute they are of
} toc_job;

typedef struct {
    uint32_t service;
    int32_t level;
} toc_floor;

// A list of numbers.
typedef struct {
    uint32_t *at;
    size_t count, capacity;
} toc_list;

struct toc_world {
    const toc_model *model;
    int64_t minute;
    uint32_t service_count, link_count, store_count, spare_count, job_count, floor_count;
    toc_node *nodes; // one more, as an end
    int32_t *levels;
    toc_link *links;
    uint32_t *link_of;   // needs as the model has them → links
    uint32_t *consumers; // links, by provider
    toc_store *stores;
    uint32_t *spares; // links
    toc_job *jobs;    // one more, as an end
    toc_floor *floors;
    uint32_t *repairs;  // jobs, by the service they restore
    uint32_t *watchers; // jobs, by the service they need
    toc_agenda agenda;  // jobs, then spares, black starts, restarts, buffers

    // The minute that is being solved, or that acts were made at.
    uint32_t solve;
    bool is_dirty;
    toc_list touched;          // services: something about them changed
    toc_list changed;          // of those, whose level did
    toc_list noted;            // jobs to be judged anew
    toc_list finished, opened; // jobs, links
    toc_list risers;
    toc_queue queue;
    uint32_t *path; // by service: room to work in

    // The search for deadlocks.
    toc_list suspects; // services in a cycle that still has a way out
    uint32_t search;
    uint32_t *seen;  // by service: 2 × search: on the path, + 1: done with
    uint32_t *place; // by service: where it stands in a list, if it does
};

// The agenda's numbers.
static inline uint32_t toc_due_job(const toc_world *w, uint32_t job)
{
    (void)w;
    return job;
}

static inline uint32_t toc_due_spare(const toc_world *w, uint32_t spare)
{
    return w->job_count + spare;
}

static inline uint32_t toc_due_unforce(const toc_world *w, uint32_t service)
{
    return w->job_count + w->spare_count + service;
}

static inline uint32_t toc_due_restart(const toc_world *w, uint32_t service)
{
    return w->job_count + w->spare_count + w->service_count + service;
}

static inline uint32_t toc_due_store(const toc_world *w, uint32_t store)
{
    return w->job_count + w->spare_count + 2 * w->service_count + store;
}

static inline void toc_list_add(toc_list *l, uint32_t n)
{
    TOC_GROW(l->at, l->count, l->capacity);
    l->at[l->count++] = n;
}

void toc_list_sort(toc_list *l);

// ---- solve.c: the levels of one minute --------------------------------------------------------------

// toc_world_touch notes a service for this minute; toc_world_queue has it solved too.
void toc_world_touch(toc_world *w, uint32_t service);
void toc_world_queue(toc_world *w, uint32_t service);
void toc_world_solve(toc_world *w); // falls, then rises; fills changed
// The loss by a need from its provider's level now; 0 while its buffer lasts.
int32_t toc_link_loss(const toc_world *w, const toc_link *link);

// toc_group_loss gives the least loss of those alternatives of a group that are open, or the greatest
// strength if none is, and whose it is: of equals the incumbent, else the first. Returns where the next
// group begins.
typedef struct {
    int64_t loss;
    uint32_t link;
} toc_binding;
uint32_t toc_group_loss(const toc_world *w, uint32_t first, uint32_t incumbent, toc_binding *out);

bool toc_level_changed(const toc_world *w, uint32_t service); // in this minute

// ---- store.c: buffers ---------------------------------------------------------------------------------

int64_t toc_store_left(const toc_store *s, int64_t minute); // ppm-minutes
// toc_world_anchor: from this minute on it has so much, and its provider is at that level.
void toc_world_anchor(toc_world *w, uint32_t store, int64_t left, int32_t level);

// ---- job.c: repairs -----------------------------------------------------------------------------------

void toc_job_note(toc_world *w, uint32_t job);            // to be judged after this minute's levels
uint32_t toc_job_lacks(const toc_world *w, uint32_t job); // the first service below what it needs
int64_t toc_job_left(const toc_world *w, uint32_t job);
void toc_world_judge_jobs(toc_world *w, toc_changes *out);

// ---- report.c: changes, given out ---------------------------------------------------------------------

toc_change *toc_changes_add(toc_changes *list, toc_change_kind kind, int64_t minute);
void toc_world_report_causes(toc_world *w, toc_changes *out); // repairs done, alternatives opened
void toc_world_report_levels(toc_world *w, toc_changes *out); // and books them

// ---- deadlock.c, waysout.c ------------------------------------------------------------------

void toc_world_find_deadlocks(toc_world *w, toc_changes *out);
// toc_world_ways_out gives, for those services and all that holds them down, whether each may rise by
// itself, optimistically. all gets them; w->place has where each stands. The caller frees both.
bool *toc_world_ways_out(toc_world *w, const toc_list *services, toc_list *all);
// The next service that holds this one down in the way a deadlock is made of, and the repair that needs
// it, or TOC_NO_ITEM. One that waits for a restart, a running repair or a person has none.
typedef struct {
    uint32_t service, next, job;
    uint32_t job_place, floor_place; // how far it is; begin with 0
} toc_hold;
bool toc_hold_next(const toc_world *w, toc_hold *h);

#endif
