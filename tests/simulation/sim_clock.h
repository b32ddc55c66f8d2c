// SPDX-License-Identifier: MIT
#ifndef SIM_CLOCK_H
#define SIM_CLOCK_H

// Time in the simulation: one virtual mono in ms for everybody, and a queue of what is to happen. Of
// happenings at the same time the seed decides which comes first. A machine that sleeps is frozen: what
// happens to it waits, and comes all at once when it wakes.

#include <stdbool.h>
#include <stdint.h>

#include "base/random.h"

typedef struct sim_clock sim_clock;

// what: whatever tells one happening from another, a generation above all: there is no way to call one off.
typedef void (*sim_happening)(void *context, uint64_t what);

enum { SIM_WORLD = 0, SIM_ENGINE = 1, SIM_TERMINALS = 2, SIM_NODES = 256 }; // machines

sim_clock *sim_clock_new(toc_random *random); // borrowed
void sim_clock_free(sim_clock *c);
int64_t sim_clock_now(const sim_clock *c);

// sim_clock_in: to a machine, in so many ms.
void sim_clock_in(sim_clock *c, int64_t ms, int node, sim_happening happening, void *context,
                  uint64_t what);
void sim_clock_freeze(sim_clock *c, int node, int64_t ms);
bool sim_clock_is_frozen(const sim_clock *c, int node);
void sim_clock_leap(sim_clock *c, int64_t ms); // everybody slept

// sim_clock_step lets the next thing happen, if it is due by until; else it is until, and false.
bool sim_clock_step(sim_clock *c, int64_t until);

#endif
