// SPDX-License-Identifier: MIT
#ifndef SIM_ENGINE_INSIDE_H
#define SIM_ENGINE_INSIDE_H

// What sim_engine.c (a process, from its start to its end) and sim_host.c (what it wishes of the world) share.

#include "sim_engine.h"

struct sim_engine {
    sim *s;
    toc_switchboard_host host;
    toc_switchboard *board; // NULL: no process
    toc_conduct *conduct;
    toc_roster *roster;
    toc_batch *batch;     // out, or NULL
    toc_preview *preview; // being run, or NULL
    int64_t life, wall;   // wall: how far its clock was stepped, ms
    uint64_t wakes;       // the newest counts
    int64_t slow_until;
    int dies_in; // steps; 0: it does not
    bool dies_of_power, dies_at_disk, is_dead, has_ended, was_opened, is_closed;
    bool is_stopping;
    int alarms; // feeds that were told that recording failed
    sim_ticket *tickets;
    size_t ticket_count, ticket_capacity;
};

toc_switchboard_host sim_host_of(sim_engine *e);
int64_t sim_host_wall(void *context);                              // the conduct's
sim_ticket *sim_engine_ticket_of(sim_engine *e, const char *seat); // made if there is none

// What the host asked for has happened. what: the life in which it was asked, or for a wake which of them.
void sim_engine_on_committed(void *context, uint64_t what);
void sim_engine_on_previewed(void *context, uint64_t what);
void sim_engine_on_wake(void *context, uint64_t what);
void sim_engine_on_stop(void *context, uint64_t what);

#endif
