// SPDX-License-Identifier: MIT
#ifndef SIM_H
#define SIM_H

// One history: an engine on a disk, a network, people at terminals, and an oracle that looks at all that
// leaves the engine and all that arrives. Everything happens in one thread, and everything follows from the
// seed. The parts reach each other through this.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/files.h"
#include "base/random.h"
#include "sim_clock.h"

// What was tried, in the order of the table that the test prints.
#define SIM_TRIES(X)                                                                               \
    X(HISTORIES, "simulated histories")                                                            \
    X(KILLS, "simulated kills of the engine, at any step")                                         \
    X(POWER, "simulated power losses of the engine, at any step")                                  \
    X(SECTORS, "sectors lost in power losses")                                                     \
    X(STOPS, "simulated stops and resumes by a signal")                                            \
    X(WRITES, "failed writes of the journal (short, EIO, ENOSPC)")                                 \
    X(SYNCS, "failed syncs of the journal")                                                        \
    X(CUTS, "connections cut at any moment")                                                       \
    X(SILENT, "connections that died unheard")                                                     \
    X(REFUSED, "dials refused or unanswered")                                                      \
    X(PARTITIONS, "partitions of seats")                                                           \
    X(LOST, "feed messages lost")                                                                  \
    X(DOUBLED, "messages doubled")                                                                 \
    X(REORDERED, "feed messages reordered")                                                        \
    X(REPEATS, "requests sent again")                                                              \
    X(HELD_BACK, "replies refused by the network")                                                 \
    X(KILLED, "terminals killed")                                                                  \
    X(DOUBLES, "second terminals at a seat")                                                       \
    X(RECEIPTS, "receipts that the engine does not know")                                          \
    X(BORROWED, "tokens of others over one's own certificate, simulated")                          \
    X(CROWDS, "crowds at the desk, for whom lines have to wait")                                   \
    X(FREEZES, "machines asleep, clocks stepped")                                                  \
    X(ACTS, "simulated acts of people")                                                            \
    X(ARRIVALS, "messages searched for what others may see")                                       \
    X(ORDERS, "feeds, their lines against the journal's order")                                    \
    X(DELIVERIES, "feeds seen whole, everything for them in them once")

typedef enum {
#define X(enumerator, words) SIM_##enumerator,
    SIM_TRIES(X)
#undef X
        SIM_TRY_COUNT
} sim_try;

typedef struct sim_disk sim_disk;
typedef struct sim_engine sim_engine;
typedef struct sim_net sim_net;
typedef struct sim_oracle sim_oracle;
typedef struct sim_people sim_people;

typedef struct {
    uint64_t seed;
    toc_random random;
    uint64_t *tries;   // SIM_TRY_COUNT of them, borrowed
    bool is_told;      // the trace is printed
    uint64_t digest;   // of the trace
    bool is_healed;    // no fault any more
    bool is_over;      // the engine is not started again
    int forged;        // receipts, in this history
    bool is_crowded;   // somebody asked faster than anybody types
    char broken[1024]; // the first thing that does not hold, ""

    char folder[64];        // of the journal; emptied by whoever plays
    const char *seal_pem;   // the run's key
    const toc_files *files; // the scenario's
    sim_clock *clock;
    sim_disk *disk;
    sim_engine *engine;
    sim_net *net;
    sim_oracle *oracle;
    sim_people *people;
} sim;

uint64_t sim_below(sim *s, uint64_t n);
int64_t sim_between(sim *s, int64_t low, int64_t high); // both may come
bool sim_chance(sim *s, unsigned percent);
void sim_tell(sim *s, const char *format, ...) TOC_PRINTF(2, 3); // a line of the trace
// sim_break: something that was promised does not hold. The first is kept, and the history ends.
void sim_break(sim *s, const char *format, ...) TOC_PRINTF(2, 3);

// sim_play plays one history from beginning to end; true: everything held. The caller frees nothing. folder is empty before and
// after.
bool sim_play(sim *s);

#endif
