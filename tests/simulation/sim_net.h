// SPDX-License-Identifier: MIT
#ifndef SIM_NET_H
#define SIM_NET_H

// The network between the engine and the terminals. A connection keeps order and delays; it may be cut at any
// moment, with what was on its way read or not, at either end before or after the end was heard; or it dies unheard.
// Seats may be partitioned off, dials refused, subscribers slow; and beyond what TCP does, feed messages are lost, doubled and
// reordered, requests doubled, while a storm lasts.

#include "hub/switchboard.h"
#include "link/talk.h"
#include "sim.h"

typedef struct sim_conn sim_conn;

// What a connection tells the terminal's end of it. context: a wire's end.
typedef struct {
    void *context;
    void (*on_open)(void *context);
    void (*on_refused)(void *context, toc_err err, const char *why);
    void (*on_message)(void *context, const char *bytes, size_t len, uint32_t number);
    void (*on_end)(void *context);
} sim_conn_calls;

sim_net *sim_net_new(sim *s);
void sim_net_free(sim_net *n);

// ---- a terminal's ----------------------------------------------------------------------------------

// The connection lives as long as the net. After sim_net_hang_up nothing is told of it.
sim_conn *sim_net_dial(sim_net *n, int node, toc_wire_end end, const char *audience,
                       const char *serial, const sim_conn_calls *calls);
void sim_net_send(sim_conn *c, const char *bytes, size_t len, uint32_t number);
void sim_net_hang_up(sim_conn *c);

// ---- the engine's ----------------------------------------------------------------------------------

// They are the host's of a switchboard (hub/switchboard.h).
bool sim_net_reply(sim_net *n, toc_packet *p, const char *bytes, size_t len);
void sim_net_drop(sim_net *n, toc_packet *p);
void sim_net_publish(sim_net *n, size_t feed, const char *bytes, size_t len);
void sim_net_close_pipe(sim_net *n, uint32_t pipe);
void sim_net_close_feed(sim_net *n, size_t feed);
void sim_net_shut_out(sim_net *n, const char *serial);
size_t sim_net_listeners(const sim_net *n);
size_t sim_net_unanswered(const sim_net *n); // requests that the engine has, without a reply yet
// The engine is another process, or none: nothing of the old one is connected. silent: and nobody is told.
void sim_net_engine_gone(sim_net *n, bool is_silent);

// ---- faults ----------------------------------------------------------------------------------------

void sim_net_cut(sim_net *n);     // some connection
void sim_net_silence(sim_net *n); // some connection dies unheard
void sim_net_partition(sim_net *n, int node, int64_t ms);
void sim_net_refuse(sim_net *n, int64_t ms);    // dials
void sim_net_slow(sim_net *n, int64_t ms);      // subscribers: queues overflow
void sim_net_storm(sim_net *n, int64_t ms);     // lost, doubled, reordered
void sim_net_hold_back(sim_net *n, int64_t ms); // replies
void sim_net_heal(sim_net *n);

#endif
