// SPDX-License-Identifier: MIT
#ifndef SIM_ENGINE_H
#define SIM_ENGINE_H

// The engine's process: a switchboard with a real conduct and a real journal on the simulated disk. Every call that it
// makes outward is a step. At the step at which it dies that call and all after it come to nothing;
// then whatever was in memory is gone, the connections end, and a new process takes the run up after a while.

#include "hub/switchboard.h"
#include "sim.h"

sim_engine *sim_engine_new(sim *s);
void sim_engine_free(sim_engine *e);

void sim_engine_start(sim_engine *e); // the first process; the next follow by themselves
// It dies at the so-many-th step from now, with the power or without. Nothing if it is not up.
void sim_engine_die(sim_engine *e, int steps, bool is_power);
void sim_engine_spare(sim_engine *e);            // what was to kill it does not come
void sim_engine_stop(sim_engine *e);             // a signal; it is started again
void sim_engine_slow(sim_engine *e, int64_t ms); // commits take long
void sim_engine_step_wall(sim_engine *e, int64_t ms);

bool sim_engine_is_up(const sim_engine *e);
bool sim_engine_is_closed(const sim_engine *e); // the exercise is, and its key is destroyed
int64_t sim_engine_life(const sim_engine *e);   // which process this is

// For the parts: one step, of the disk's or another. False: it is dead, and nothing leaves it.
bool sim_engine_step(sim_engine *e, bool is_disk);
bool sim_engine_is_dead(const sim_engine *e);
void sim_engine_take(sim_engine *e, const toc_packet *packet);
void sim_engine_gone(sim_engine *e, uint32_t pipe);

// The tickets that lie in its folder, by their number; false: no more. is_there: not destroyed.
typedef struct {
    char seat[64], token[40], serial[40];
    bool is_there;
} sim_ticket;
const sim_ticket *sim_engine_ticket(const sim_engine *e, size_t i); // NULL: no more

#endif
