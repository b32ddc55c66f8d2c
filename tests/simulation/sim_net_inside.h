// SPDX-License-Identifier: MIT
#ifndef SIM_NET_INSIDE_H
#define SIM_NET_INSIDE_H

// What sim_net.c (the engine's side, and faults) and sim_conn.c (one connection, from the dial to its end) share.

#include "sim_net.h"

enum { TO_ENGINE = 0, TO_TERMINAL = 1 };

typedef struct {
    char *bytes;
    size_t len;
    uint32_t number;
} message;

typedef struct {
    message *at;
    size_t count, capacity;
    int64_t newest; // when the last of them is due
} lane;

struct sim_conn {
    sim_net *net;
    int node;
    uint32_t pipe;
    int64_t life; // of the engine that took it
    toc_wire_end end;
    size_t feed;
    char serial[40];
    sim_conn_calls calls;
    lane lanes[2];
    bool is_open[2]; // at the engine's end, at the terminal's
    bool is_cut;     // nothing more is put into it
    bool is_silent;  // and what is put into it is gone
    bool is_hung_up; // by the terminal
};

// The way back of a request.
typedef struct {
    sim_conn *conn;
    uint32_t number;
    char *bytes, op[24], id[72];
} way;

struct sim_net {
    sim *s;
    sim_conn **conns;
    size_t count, capacity, listeners, unanswered;
    char (*shut_out)[40];
    size_t shut_out_count, shut_out_capacity;
    int64_t partitioned[SIM_NODES];        // until when
    int64_t refuses, slows, storms, holds; // until when
};

// sim_conn_put puts a message into it, if anything gets through.
void sim_conn_put(sim_conn *c, int direction, const char *bytes, size_t len, uint32_t number);
void sim_conn_shed(lane *l, size_t keep);
void sim_conn_cut(sim_conn *c);
void sim_conn_close_engine_end(sim_conn *c);
bool sim_net_is(const sim_net *n, int64_t until);

#endif
