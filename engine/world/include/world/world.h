// SPDX-License-Identifier: MIT
#ifndef TOC_WORLD_H
#define TOC_WORLD_H

// The world: the state of a model at a story minute, and how it goes on. Event-driven: between two
// events everything is constant, so every change falls on an exact minute, and a run is the same in
// one piece and in many.
//
//   input   u = 1 while its buffer lasts, else the provider's level
//   loss    strength × (1 - u); of alternatives, the least loss of those that are open
//   level   min: min(own, 1 - the greatest loss);  sum: max(0, own - all losses)
//   buffer  drains at (1 - provider's level) a minute, refills while the provider is at 1
//   restart a rise waits that long after its inputs first allow it; a fall is at once, and cancels it
//   repair  goes on while all its prerequisites hold, else stands still
//
// Changes of one minute are solved together: falls first, then rises, from the levels there were. Of
// needs that bind equally, the one that did before is named as the cause, else the first.
//
// Thread: one world, one thread at a time. Pure: no clock, no I/O.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "world/model.h"

#define TOC_SELF ((size_t)-1) // as a cause: its own capability, no provider

typedef struct toc_world toc_world;

typedef enum {
    TOC_WHY_OWN,       // its own capability was set
    TOC_WHY_REPAIRED,  // a repair was finished
    TOC_WHY_PROVIDER,  // what it needs changed
    TOC_WHY_AUTONOMY,  // what it needs was lost earlier, and now its buffer is empty
    TOC_WHY_RESTARTED, // its restart delay is over
    TOC_WHY_FORCED,    // a black start holds it up
    TOC_WHY_UNFORCED,  // the black start is over, and it does not stand by itself
} toc_why;

typedef enum {
    TOC_CHANGE_LEVEL,
    TOC_CHANGE_REPAIR, // went on, stood still, done
    TOC_CHANGE_OPENED, // an alternative counts from now on
    // These need each other and do not come back by themselves: told once, after the levels of the
    // minute in which the last way out went, and again only after the level of one of them has risen.
    TOC_CHANGE_DEADLOCK,
} toc_change_kind;

typedef enum {
    TOC_REPAIR_PLANNED, // not started
    TOC_REPAIR_RUNNING,
    TOC_REPAIR_STANDING, // a prerequisite does not hold
    TOC_REPAIR_DONE,
} toc_repair_state;

typedef struct {
    toc_change_kind kind;
    int64_t minute;
    size_t service; // LEVEL; OPENED: the consumer; REPAIR: what it restores
    int64_t level;  // LEVEL: the new one, ppm
    size_t because; // LEVEL: the provider that binds, or TOC_SELF; REPAIR standing: what lacks
    toc_why why;    // LEVEL
    size_t need;    // OPENED: of the service's needs
    size_t repair;  // REPAIR; DEADLOCK: the one that stands still for ever, or TOC_SELF
    toc_repair_state state; // REPAIR
    size_t *members;        // DEADLOCK: services, each needs the next and the last the first
    size_t member_count;
} toc_change;

// A list that owns its changes. A level's cause stands before its effects.
typedef struct {
    toc_change *at;
    size_t count, capacity;
} toc_changes;

void toc_changes_clear(toc_changes *list);
void toc_changes_fini(toc_changes *list);

// toc_world_new begins at minute 0 with the levels that follow from the services' own capabilities;
// nothing of that is a change. model is borrowed and must pass toc_model_check (TOC_ESCENARIO).
toc_err toc_world_new(toc_world **out, const toc_model *model, toc_error *e);
void toc_world_free(toc_world *w);
toc_world *toc_world_copy(const toc_world *w);
const toc_model *toc_world_model(const toc_world *w);

int64_t toc_world_minute(const toc_world *w);
// toc_world_next gives the minute of the world's next own event; false if nothing is pending.
bool toc_world_next(const toc_world *w, int64_t *minute);

// toc_world_goto moves the clock to a minute (not backwards): everything due before it happens, what is
// due at it does not yet. Then acts may follow, and toc_world_settle lets the minute happen: acts
// first, then repairs, switches, restarts, buffers. toc_world_advance is both.
void toc_world_goto(toc_world *w, int64_t minute, toc_changes *out);
void toc_world_settle(toc_world *w, toc_changes *out);
void toc_world_advance(toc_world *w, int64_t minute, toc_changes *out);

// ---- acts, at the world's minute; they show after toc_world_settle ----------------------------------

void toc_world_set(toc_world *w, size_t service, int64_t own); // its own capability
// Each of these is TOC_EREFUSED with the reason where it makes no sense: a repair that was started, a
// need without a buffer, an alternative that was never closed.
toc_err toc_world_start_repair(toc_world *w, size_t repair, toc_error *e);
toc_err toc_world_refuel(toc_world *w, size_t service, size_t need, toc_error *e);
toc_err toc_world_open(toc_world *w, size_t service, size_t need, toc_error *e);
// Its level is 1 for so many minutes, whatever it needs.
toc_err toc_world_black_start(toc_world *w, size_t service, int64_t minutes, toc_error *e);

// ---- what it knows ---------------------------------------------------------------------------------

typedef struct {
    int64_t level;  // ppm
    int64_t own;    // ppm
    size_t because; // the provider that binds, or TOC_SELF: also while a rise waits for its restart
    toc_why why;    // of the last change of level
    int64_t since;  // minute of the last change of level; 0 if none
    int64_t forced_until; // minute, -1 if no black start holds it
    int64_t restart_at;   // minute of a rise that waits, else -1
    bool is_deadlocked;   // named in a deadlock, and not risen since
} toc_service_view;

toc_service_view toc_world_service(const toc_world *w, size_t service);
int64_t toc_world_level(const toc_world *w, size_t service);

typedef struct {
    bool has_buffer;
    int64_t left;     // minutes its buffer would last at total loss from now
    int64_t ends_at;  // minute at which it is empty if nothing changes, else -1
    bool is_open;     // counts (always true where it never was closed)
    int64_t opens_at; // minute, -1 if it is not being opened
} toc_need_view;

toc_need_view toc_world_need(const toc_world *w, size_t service, size_t need);

typedef struct {
    toc_repair_state state;
    int64_t left;    // crew-minutes
    int64_t done_at; // minute, if it is running and nothing changes, else -1
    size_t lacks;    // STANDING: the first service that is below what it needs, else TOC_SELF
} toc_repair_view;

toc_repair_view toc_world_repair(const toc_world *w, size_t repair);

// Lost so far, up to a minute at or after the world's (nothing being due before it): ∫(1 - level) in
// ppm-minutes; and in user-hours, rounded down.
int64_t toc_world_lost_service(const toc_world *w, size_t service, int64_t minute);
int64_t toc_world_lost_user_hours(const toc_world *w, size_t service, int64_t minute);

// toc_world_chain follows the causes of a level back: the service, what binds it, what binds that …
// as many as fit into max, ending with the one that is its own cause (or with one that is there already,
// if they hold each other). Gives how many.
size_t toc_world_chain(const toc_world *w, size_t service, size_t *chain, size_t max);

// ---- the model alone, ahead of now without new acts -------------------------------------------------

typedef enum { TOC_TREND_STABLE, TOC_TREND_IMPROVING, TOC_TREND_WORSENING } toc_trend;

typedef struct {
    toc_trend trend;     // worsening: it will be lower at some time; improving: it ends higher
    int64_t next_minute; // of its next change, -1 if none
    int64_t next_level;
    size_t next_because;
    toc_why next_why;
} toc_outlook;

// toc_world_outlook fills out[service_count]. changes (may be NULL) gets all that will happen, deadlocks
// and repairs included.
#define TOC_OUTLOOK_MINUTES 360
void toc_world_outlook(const toc_world *w, int64_t minutes, toc_outlook *out, toc_changes *changes);

const char *toc_trend_name(toc_trend t); // "stable" "improving" "worsening"
// "own" "repaired" "provider" "autonomy" "restarted" "forced" "unforced"
const char *toc_why_name(toc_why why);
// "planned" "running" "standing still" "done"
const char *toc_repair_state_name(toc_repair_state s);

#endif
