// SPDX-License-Identifier: MIT
#ifndef TOC_MODEL_H
#define TOC_MODEL_H

// The model: services, what each needs of others, and the repairs that can be made, as somebody
// declared them. Never changed in play. Things are named by their index; ids are the author's.
//
// Everything is an integer: levels and strengths in ppm (1,000,000 = normal), time in whole story
// minutes since STARTEX.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define TOC_PPM         1000000
#define TOC_MINUTES_MAX 525600 // of an autonomy, a recharge, a restart, a switch: one year
#define TOC_USERS_MAX   10000000000LL
#define TOC_WORK_MAX    100000000 // crew-minutes of a repair
#define TOC_CREWS_MAX   1000

// How the losses of a service's needs add up to its level.
typedef enum {
    TOC_RULE_MIN, // L = min(h, 1 - the greatest loss): one cause a level
    TOC_RULE_SUM, // L = max(0, h - the sum of losses): the inoperability input-output model
} toc_rule;

typedef struct {
    size_t provider;
    int64_t strength;  // ppm, 0 … TOC_PPM: what is lost when the provider is gone
    int64_t autonomy;  // minutes at total loss; 0: none
    int64_t recharge;  // minutes from empty to full; 0: at once
    int64_t switching; // minutes from opening until it counts
    size_t group;   // needs of one service with the same group, from 1, are alternatives; 0: none
    bool is_closed; // it counts only after it was opened
    char *kind;     // a label: physical, cyber, geographic, logical; or NULL
    char *source;   // where the numbers are from, or NULL
} toc_need;

typedef struct {
    char *id, *name, *domain; // name and domain may be NULL
    int64_t users;
    int64_t own;     // ppm: its own capability at STARTEX
    int64_t restart; // minutes that a rise waits
    toc_rule rule;
    toc_need *needs;
    size_t need_count;
    char *source;
} toc_service;

typedef struct {
    size_t service;
    int64_t level; // ppm: runs while the service has at least this
} toc_prerequisite;

typedef struct {
    char *id, *name;
    size_t service; // whose own capability it restores
    int64_t to;     // ppm
    int64_t work;   // crew-minutes, at least 1
    int64_t crews;  // at least 1
    toc_prerequisite *needs;
    size_t need_count;
    char *source;
} toc_repair;

// Owns everything in it.
typedef struct {
    toc_service *services;
    size_t service_count;
    toc_repair *repairs;
    size_t repair_count;
} toc_model;

void toc_model_init(toc_model *m);
void toc_model_fini(toc_model *m);

// toc_model_check: TOC_ESCENARIO for the first thing that is out of its range, of itself, or of nothing;
// and for a cycle through a `sum` service whose gain is 1 or more, with its services by id. Authors'
// mistakes are told with their places by those who read them; this is the last word on what is sound.
toc_err toc_model_check(const toc_model *m, toc_error *e);

// toc_model_gain finds such a cycle: true, and its services in order (each needs the next, the last the
// first) in *cycle, which the caller frees.
bool toc_model_gain(const toc_model *m, size_t **cycle, size_t *count);

#endif
