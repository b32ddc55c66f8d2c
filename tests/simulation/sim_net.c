// SPDX-License-Identifier: MIT
#include "sim_net_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sim_engine.h"
#include "sim_mark.h"
#include "sim_oracle.h"

enum { QUEUE_MAX = 4 };

static sim_conn *some_conn(sim_net *n);

sim_net *sim_net_new(sim *s)
{
    sim_net *n = toc_alloc(sizeof *n);
    n->s = s;
    return n;
}

void sim_net_free(sim_net *n)
{
    if (!n)
        return;
    for (size_t i = 0; i < n->count; i++) {
        for (int direction = 0; direction < 2; direction++) {
            sim_conn_shed(&n->conns[i]->lanes[direction], 0);
            free(n->conns[i]->lanes[direction].at);
        }
        free(n->conns[i]);
    }
    free(n->conns);
    free(n->shut_out);
    free(n);
}

bool sim_net_reply(sim_net *n, toc_packet *p, const char *bytes, size_t len)
{
    way *w = p->way;
    if (sim_net_is(n, n->holds) && sim_chance(n->s, 70)) {
        n->s->tries[SIM_HELD_BACK]++;
        return false;
    }
    sim_oracle_reply(n->s->oracle, sim_feed_audience(w->conn->feed), w->op, w->id, bytes, len);
    sim_conn_put(w->conn, TO_TERMINAL, bytes, len, w->number);
    sim_net_drop(n, p);
    return true;
}

void sim_net_drop(sim_net *n, toc_packet *p)
{
    way *w = p->way;
    n->unanswered--;
    free(w->bytes);
    free(w);
}

void sim_net_publish(sim_net *n, size_t feed, const char *bytes, size_t len)
{
    sim *s = n->s;
    for (size_t i = 0; i < n->count; i++) {
        sim_conn *c = n->conns[i];
        lane *l = &c->lanes[TO_TERMINAL];
        if (c->end != TOC_WIRE_FEED || c->feed != feed || !c->is_open[0])
            continue;
        bool storms = sim_net_is(n, n->storms);
        if (storms && sim_chance(s, 20)) {
            s->tries[SIM_LOST]++;
            continue;
        }
        sim_conn_put(c, TO_TERMINAL, bytes, len, 0);
        if (storms && sim_chance(s, 20)) {
            sim_conn_put(c, TO_TERMINAL, bytes, len, 0);
            s->tries[SIM_DOUBLED]++;
        }
        if (storms && l->count > 1 && sim_chance(s, 30)) {
            message last = l->at[l->count - 1];
            l->at[l->count - 1] = l->at[l->count - 2];
            l->at[l->count - 2] = last;
            s->tries[SIM_REORDERED]++;
        }
        if (sim_net_is(n, n->slows) && l->count > QUEUE_MAX) {
            s->tries[SIM_LOST]++; // the oldest; its arrival finds the one after it, or none
            free(l->at[0].bytes);
            memmove(l->at, l->at + 1, --l->count * sizeof *l->at);
        }
    }
}

void sim_net_close_pipe(sim_net *n, uint32_t pipe)
{
    if (pipe > 0 && pipe <= n->count && n->conns[pipe - 1]->is_open[0])
        sim_conn_cut(n->conns[pipe - 1]);
}

void sim_net_close_feed(sim_net *n, size_t feed)
{
    for (size_t i = 0; i < n->count; i++)
        if (n->conns[i]->end == TOC_WIRE_FEED && n->conns[i]->feed == feed &&
            n->conns[i]->is_open[0])
            sim_conn_cut(n->conns[i]);
}

void sim_net_shut_out(sim_net *n, const char *serial)
{
    TOC_GROW(n->shut_out, n->shut_out_count, n->shut_out_capacity);
    toc_copy_text(n->shut_out[n->shut_out_count++], sizeof *n->shut_out, serial);
    for (size_t i = 0; i < n->count; i++)
        if (strcmp(n->conns[i]->serial, serial) == 0 && n->conns[i]->is_open[0])
            sim_conn_cut(n->conns[i]);
}

size_t sim_net_listeners(const sim_net *n)
{
    return n->listeners;
}

size_t sim_net_unanswered(const sim_net *n)
{
    return n->unanswered;
}

void sim_net_engine_gone(sim_net *n, bool is_silent)
{
    for (size_t i = 0; i < n->count; i++) {
        sim_conn *c = n->conns[i];
        if (!c->is_open[0] && !c->is_open[1])
            continue;
        sim_conn_close_engine_end(c);
        sim_conn_shed(&c->lanes[TO_ENGINE], 0);
        if (is_silent)
            c->is_silent = true;
        else if (!c->is_cut)
            sim_conn_cut(c);
    }
    n->shut_out_count = 0; // it was the process that knew of them
}

// ---- faults --------------------------------------------------------------------------------------

void sim_net_cut(sim_net *n)
{
    sim_conn *c = some_conn(n);
    if (!c)
        return;
    n->s->tries[SIM_CUTS]++;
    sim_tell(n->s, "net: connection %u is cut", c->pipe);
    sim_conn_cut(c);
}

void sim_net_silence(sim_net *n)
{
    sim_conn *c = some_conn(n);
    if (!c)
        return;
    n->s->tries[SIM_SILENT]++;
    sim_tell(n->s, "net: connection %u dies unheard", c->pipe);
    c->is_silent = true;
}

void sim_net_partition(sim_net *n, int node, int64_t ms)
{
    n->s->tries[SIM_PARTITIONS]++;
    n->partitioned[node] = sim_clock_now(n->s->clock) + ms;
}

void sim_net_refuse(sim_net *n, int64_t ms)
{
    n->refuses = sim_clock_now(n->s->clock) + ms;
}

void sim_net_slow(sim_net *n, int64_t ms)
{
    n->slows = sim_clock_now(n->s->clock) + ms;
}

void sim_net_storm(sim_net *n, int64_t ms)
{
    n->storms = sim_clock_now(n->s->clock) + ms;
}

void sim_net_hold_back(sim_net *n, int64_t ms)
{
    n->holds = sim_clock_now(n->s->clock) + ms;
}

void sim_net_heal(sim_net *n)
{
    n->refuses = n->slows = n->storms = n->holds = 0;
    memset(n->partitioned, 0, sizeof n->partitioned);
}

static sim_conn *some_conn(sim_net *n)
{
    sim_conn *found = NULL;
    uint64_t seen = 0;
    for (size_t i = 0; i < n->count; i++) {
        sim_conn *c = n->conns[i];
        if (c->is_open[0] && !c->is_cut && !c->is_silent && sim_below(n->s, ++seen) == 0)
            found = c;
    }
    return found;
}
