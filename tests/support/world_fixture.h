// SPDX-License-Identifier: MIT
#ifndef WORLD_FIXTURE_H
#define WORLD_FIXTURE_H

// One world at a time, of a model that the test wrote down, and all its changes so far.

#include <check.h>

#include "check_main.h"
#include "world_model.h"

typedef struct {
    toc_model model;
    toc_world *world;
    toc_changes changes;
    toc_error e;
} world_fixture;

void begin_world(world_fixture *f); // after its model was filled
void end_world(world_fixture *f);   // it may be begun anew

// By the ids of services.
void set_at(world_fixture *f, int64_t minute, const char *service, int64_t own);
void until(world_fixture *f, int64_t minute);
int64_t level(const world_fixture *f, const char *service);
void expect_lost(const world_fixture *f, const char *service, int64_t minute,
                 int64_t tenths); // of hours

// A change of level that is expected; because: NULL for its own capability.
typedef struct {
    int64_t minute;
    const char *service;
    int64_t level;
    const char *because;
} step;

void expect_levels(const world_fixture *f, const step *steps, size_t count);
#define EXPECT_LEVELS(f, ...)                                                                      \
    do {                                                                                           \
        const step steps[] = {__VA_ARGS__};                                                        \
        expect_levels((f), steps, sizeof steps / sizeof *steps);                                   \
    } while (0)

// The change of a kind that has so many before it, or NULL.
const toc_change *find_change(const world_fixture *f, toc_change_kind kind, size_t which);
void expect_deadlock(const world_fixture *f, size_t which, int64_t minute, const char *one,
                     const char *two);

// A grid that is out, and the voice that its restoration needs: 24 h without power.
void make_restoration(world_fixture *f, int64_t work); // begun, and the repair started

#endif
