// SPDX-License-Identifier: MIT
#ifndef TOC_WORLD_ACTS_H
#define TOC_WORLD_ACTS_H

// What the command line of `tocsin world` does to the world, and when.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exercise/plan.h"
#include "options.h"
#include "world/world.h"

typedef enum {
    TOC_ACT_SHOCK,
    TOC_ACT_REPAIR,
    TOC_ACT_REFUEL,
    TOC_ACT_OPEN,
    TOC_ACT_BLACK_START,
} toc_act_kind;

typedef struct {
    toc_act_kind kind;
    int64_t minute;
    size_t service;
    size_t provider; // REFUEL: TOC_NONE for all buffers; OPEN
    size_t repair;
    int64_t level;     // SHOCK: ppm
    int64_t minutes;   // BLACK_START
    const char *given; // as it was typed
} toc_act;

// At most one for each option that can be given.
typedef struct {
    toc_act at[TOC_GIVEN_MAX];
    size_t count;
} toc_acts;

#define TOC_UNTIL_MAX   ((int64_t)3652 * 24 * 60) // minutes: ten years
#define TOC_UNTIL_LEAST ((int64_t)6 * 60)
#define TOC_UNTIL_AFTER ((int64_t)6 * 60) // what is shown after the last act, at least

// toc_acts_until reads --until; without it, the trace goes to the story's time of ENDEX, six hours at least.
toc_err toc_acts_until(int64_t *until, const toc_arguments *a, const toc_plan *p, toc_error *e);

// toc_acts_read reads all acts, in the order of their times and, of one minute, as they were given. Names
// that the plan does not have and numbers out of range are TOC_EUSAGE. Without --until the trace is made longer
// where something is done later.
toc_err toc_acts_read(toc_acts *out, const toc_arguments *a, const toc_plan *p, int64_t *until,
                      toc_error *e);

// toc_act_do does it to the world, at the world's minute; TOC_EUSAGE if it makes no sense then.
toc_err toc_act_do(const toc_act *act, toc_world *w, toc_error *e);

const char *toc_act_name(toc_act_kind kind); // "shock", as the option is called

#endif
