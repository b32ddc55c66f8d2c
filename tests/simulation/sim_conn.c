// SPDX-License-Identifier: MIT
#include "sim_net_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sim_engine.h"
#include "sim_mark.h"

enum { PATIENCE_MS = 4000 };

static void on_dialled(void *context, uint64_t what);
static void on_accepted(void *context, uint64_t what);
static void on_greeted(void *context, uint64_t what);
static void on_patience(void *context, uint64_t what);
static void put_at(sim_conn *c, int direction, const char *bytes, size_t len, uint32_t number);
static void on_arrival(void *context, uint64_t direction);
static void give_engine(sim_conn *c, const message *m);
static void on_terminal_end(void *context, uint64_t what);
static void on_engine_end(void *context, uint64_t what);
static int64_t delay(sim_net *n);

sim_conn *sim_net_dial(sim_net *n, int node, toc_wire_end end, const char *audience,
                       const char *serial, const sim_conn_calls *calls)
{
    sim_conn *c = toc_alloc(sizeof *c);
    *c = (sim_conn){.net = n, .node = node, .end = end, .calls = *calls};
    c->feed = sim_feed_index(audience);
    toc_copy_text(c->serial, sizeof c->serial, serial);
    TOC_GROW(n->conns, n->count, n->capacity);
    n->conns[n->count++] = c;
    c->pipe = (uint32_t)n->count;
    sim_clock_in(n->s->clock, delay(n), SIM_WORLD, on_dialled, c, 0);
    return c;
}

void sim_net_send(sim_conn *c, const char *bytes, size_t len, uint32_t number)
{
    sim_conn_put(c, TO_ENGINE, bytes, len, number);
    if (sim_net_is(c->net, c->net->storms) && sim_chance(c->net->s, 30)) {
        sim_conn_put(c, TO_ENGINE, bytes, len, number);
        c->net->s->tries[SIM_DOUBLED]++;
    }
}

void sim_net_hang_up(sim_conn *c)
{
    if (c->is_hung_up)
        return;
    c->is_hung_up = true;
    c->is_open[1] = false;
    if (!c->is_cut)
        sim_conn_cut(c);
}

void sim_conn_put(sim_conn *c, int direction, const char *bytes, size_t len, uint32_t number)
{
    if (c->is_cut || c->is_silent || sim_net_is(c->net, c->net->partitioned[c->node]))
        return;
    put_at(c, direction, bytes, len, number);
}

void sim_conn_shed(lane *l, size_t keep)
{
    while (l->count > keep)
        free(l->at[--l->count].bytes);
}

// What is on its way may still be read at both ends, up to some message, and after the end was heard.
void sim_conn_cut(sim_conn *c)
{
    sim_net *n = c->net;
    c->is_cut = true;
    for (int direction = 0; direction < 2; direction++)
        sim_conn_shed(&c->lanes[direction], (size_t)sim_below(n->s, c->lanes[direction].count + 1));
    sim_clock_in(n->s->clock, delay(n), c->node, on_terminal_end, c, 0);
    sim_clock_in(n->s->clock, delay(n), SIM_ENGINE, on_engine_end, c,
                 (uint64_t)sim_engine_life(n->s->engine));
}

void sim_conn_close_engine_end(sim_conn *c)
{
    if (c->is_open[0])
        c->net->listeners--;
    c->is_open[0] = false;
}

bool sim_net_is(const sim_net *n, int64_t until)
{
    return until > sim_clock_now(n->s->clock);
}

static void on_dialled(void *context, uint64_t what)
{
    sim_conn *c = context;
    sim_net *n = c->net;
    sim *s = n->s;
    (void)what;
    if (c->is_hung_up)
        return;
    bool is_shut_out = false;
    for (size_t i = 0; i < n->shut_out_count; i++)
        is_shut_out |= strcmp(n->shut_out[i], c->serial) == 0;
    bool is_dark = sim_net_is(n, n->partitioned[c->node]) ||
                   (sim_engine_is_up(s->engine) && sim_clock_is_frozen(s->clock, SIM_ENGINE));
    bool is_refused =
        !sim_engine_is_up(s->engine) || (sim_net_is(n, n->refuses) && sim_chance(s, 60));
    if ((is_dark || is_refused) && !s->is_over)
        s->tries[SIM_REFUSED]++;
    if (is_dark) {
        sim_clock_in(s->clock, PATIENCE_MS, c->node, on_patience, c, TOC_ENET);
    } else if (is_refused || is_shut_out) {
        sim_clock_in(s->clock, delay(n), c->node, on_patience, c,
                     is_refused ? TOC_ENET : TOC_EREFUSED);
    } else {
        // A subscriber may believe that it hears before it does: what is published meanwhile is lost.
        int64_t known = delay(n), greeted = delay(n);
        if (c->end == TOC_WIRE_DESK && greeted <= known)
            greeted = known + 1;
        sim_clock_in(s->clock, known, SIM_WORLD, on_accepted, c,
                     (uint64_t)sim_engine_life(s->engine));
        sim_clock_in(s->clock, greeted, c->node, on_greeted, c, 0);
    }
}

static void on_accepted(void *context, uint64_t what)
{
    sim_conn *c = context;
    if (c->is_cut)
        return;
    if (what != (uint64_t)sim_engine_life(c->net->s->engine)) {
        sim_conn_cut(c);
        return;
    }
    c->is_open[0] = true;
    c->life = sim_engine_life(c->net->s->engine);
    c->net->listeners++;
}

static void on_greeted(void *context, uint64_t what)
{
    sim_conn *c = context;
    (void)what;
    if (c->is_hung_up)
        return;
    c->is_open[1] = true;
    c->calls.on_open(c->calls.context);
}

static void on_patience(void *context, uint64_t what)
{
    sim_conn *c = context;
    if (c->is_hung_up)
        return;
    c->is_cut = c->is_hung_up = true;
    c->calls.on_refused(c->calls.context, (toc_err)what, "nobody is there");
}

static void put_at(sim_conn *c, int direction, const char *bytes, size_t len, uint32_t number)
{
    sim *s = c->net->s;
    lane *l = &c->lanes[direction];
    int64_t now = sim_clock_now(s->clock), at = now + delay(c->net);
    if (direction == TO_TERMINAL && c->end == TOC_WIRE_FEED && sim_net_is(c->net, c->net->slows))
        at += sim_between(s, 500, 4000);
    if (at < l->newest)
        at = l->newest;
    l->newest = at;
    TOC_GROW(l->at, l->count, l->capacity);
    message *m = &l->at[l->count++];
    *m = (message){.bytes = toc_alloc(len + 1), .len = len, .number = number};
    memcpy(m->bytes, bytes, len);
    sim_clock_in(s->clock, at - now, direction == TO_ENGINE ? SIM_ENGINE : c->node, on_arrival, c,
                 (uint64_t)direction);
}

static void on_arrival(void *context, uint64_t direction)
{
    sim_conn *c = context;
    lane *l = &c->lanes[direction];
    if (l->count == 0 || c->is_silent)
        return;
    message m = l->at[0];
    memmove(l->at, l->at + 1, --l->count * sizeof *l->at);
    if (direction == TO_ENGINE)
        give_engine(c, &m);
    else if (c->is_open[1])
        c->calls.on_message(c->calls.context, m.bytes, m.len, m.number);
    free(m.bytes);
}

static void give_engine(sim_conn *c, const message *m)
{
    sim_net *n = c->net;
    if (!sim_engine_is_up(n->s->engine) || c->life != sim_engine_life(n->s->engine))
        return;
    way *w = toc_alloc(sizeof *w);
    w->conn = c;
    w->number = m->number;
    w->bytes = toc_strndup(m->bytes, m->len);
    sim_text_of(w->bytes, "op", w->op, sizeof w->op);
    sim_text_of(w->bytes, "id", w->id, sizeof w->id);
    n->unanswered++;
    toc_packet packet = {.way = w, .bytes = w->bytes, .len = m->len, .pipe = c->pipe};
    toc_copy_text(packet.serial, sizeof packet.serial, c->serial);
    sim_engine_take(n->s->engine, &packet);
}

static void on_terminal_end(void *context, uint64_t what)
{
    sim_conn *c = context;
    (void)what;
    if (c->is_hung_up || c->is_silent)
        return;
    c->is_hung_up = true;
    c->is_open[1] = false;
    c->calls.on_end(c->calls.context);
}

static void on_engine_end(void *context, uint64_t what)
{
    sim_conn *c = context;
    bool was_open = c->is_open[0];
    if (c->is_silent)
        return;
    sim_conn_close_engine_end(c);
    if (was_open && c->end == TOC_WIRE_DESK && what == (uint64_t)sim_engine_life(c->net->s->engine))
        sim_engine_gone(c->net->s->engine, c->pipe);
}

static int64_t delay(sim_net *n)
{
    return sim_chance(n->s, 5) ? sim_between(n->s, 100, 1500) : sim_between(n->s, 1, 60);
}
