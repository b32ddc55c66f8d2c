// SPDX-License-Identifier: MIT
#include "sim_wire.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "sim_net.h"

enum { RESEND_MS = 3000, REDIAL_MIN_MS = 100, REDIAL_MAX_MS = 1000 };

typedef struct {
    sim_wire *wire;
    toc_wire_end which;
    sim_conn *conn; // NULL between two
    int64_t wait_ms, dialled_at;
    uint64_t redials; // the newest counts
    bool is_up;       // as it was told
} wire_end;

struct sim_wire {
    sim *s;
    int node;
    char audience[64], serial[40];
    sim_wire_calls calls;
    wire_end ends[TOC_WIRE_ENDS];
    toc_buf request; // without a reply yet; or empty
    uint32_t number;
    bool is_closed;
};

static void redial(wire_end *end, int64_t ms);
static void on_redial(void *context, uint64_t what);
static void redial_later(wire_end *end);
static void on_open(void *context);
static void on_refused(void *context, toc_err err, const char *why);
static void on_message(void *context, const char *bytes, size_t len, uint32_t number);
static void on_end(void *context);
static void tell_down(wire_end *end);
static void on_resend(void *context, uint64_t number);

sim_wire *sim_wire_new(sim *s, int node, const char *audience, const char *serial,
                       const sim_wire_calls *calls)
{
    sim_wire *w = toc_alloc(sizeof *w);
    *w = (sim_wire){.s = s, .node = node, .calls = *calls};
    toc_copy_text(w->audience, sizeof w->audience, audience);
    toc_copy_text(w->serial, sizeof w->serial, serial);
    w->number = (uint32_t)toc_random_next(&s->random);
    for (toc_wire_end i = TOC_WIRE_DESK; i < TOC_WIRE_ENDS; i++) {
        w->ends[i] = (wire_end){.wire = w, .which = i, .wait_ms = REDIAL_MIN_MS};
        redial(&w->ends[i], 0);
    }
    return w;
}

void sim_wire_free(sim_wire *w)
{
    if (w)
        toc_buf_fini(&w->request);
    free(w);
}

bool sim_wire_send(sim_wire *w, const char *bytes, size_t len)
{
    wire_end *desk = &w->ends[TOC_WIRE_DESK];
    if (!desk->conn || !desk->is_up)
        return false;
    toc_buf_clear(&w->request);
    toc_buf_add(&w->request, bytes, len);
    w->number++;
    sim_net_send(desk->conn, bytes, len, w->number);
    sim_clock_in(w->s->clock, RESEND_MS, w->node, on_resend, w, w->number);
    return true;
}

void sim_wire_drop(sim_wire *w, toc_wire_end which)
{
    wire_end *end = &w->ends[which];
    if (!end->conn)
        return;
    sim_net_hang_up(end->conn);
    end->conn = NULL;
    redial(end, 0);
}

void sim_wire_close(sim_wire *w)
{
    w->is_closed = true;
    for (size_t i = 0; i < TOC_WIRE_ENDS; i++)
        if (w->ends[i].conn)
            sim_net_hang_up(w->ends[i].conn);
}

static void redial(wire_end *end, int64_t ms)
{
    sim_clock_in(end->wire->s->clock, ms, end->wire->node, on_redial, end, ++end->redials);
}

static void on_redial(void *context, uint64_t what)
{
    wire_end *end = context;
    sim_wire *w = end->wire;
    if (w->is_closed || what != end->redials)
        return;
    if (end->is_up) // it was dropped
        tell_down(end);
    if (w->is_closed)
        return;
    const sim_conn_calls calls = {end, on_open, on_refused, on_message, on_end};
    end->dialled_at = sim_clock_now(w->s->clock);
    end->conn = sim_net_dial(w->s->net, w->node, end->which, w->audience, w->serial, &calls);
}

static void redial_later(wire_end *end)
{
    sim *s = end->wire->s;
    if (sim_clock_now(s->clock) - end->dialled_at >= REDIAL_MAX_MS)
        end->wait_ms = REDIAL_MIN_MS;
    redial(end, sim_between(s, end->wait_ms / 2, end->wait_ms));
    end->wait_ms = end->wait_ms * 2 < REDIAL_MAX_MS ? end->wait_ms * 2 : REDIAL_MAX_MS;
}

static void on_open(void *context)
{
    wire_end *end = context;
    if (end->wire->is_closed)
        return;
    end->is_up = true;
    end->wire->calls.on_connection(end->wire->calls.context, end->which, true);
}

static void on_refused(void *context, toc_err err, const char *why)
{
    wire_end *end = context;
    sim_wire *w = end->wire;
    end->conn = NULL;
    if (w->is_closed)
        return;
    redial_later(end);
    w->calls.on_failure(w->calls.context, end->which, err, why);
}

static void on_message(void *context, const char *bytes, size_t len, uint32_t number)
{
    wire_end *end = context;
    sim_wire *w = end->wire;
    if (w->is_closed)
        return;
    if (end->which == TOC_WIRE_FEED) {
        w->calls.on_feed(w->calls.context, bytes, len);
    } else if (w->request.len > 0 && number == w->number) {
        toc_buf_clear(&w->request);
        w->calls.on_reply(w->calls.context, bytes, len);
    }
}

static void on_end(void *context)
{
    wire_end *end = context;
    end->conn = NULL;
    if (end->wire->is_closed)
        return;
    redial_later(end);
    tell_down(end);
}

static void tell_down(wire_end *end)
{
    end->is_up = false;
    if (end->which == TOC_WIRE_DESK)
        toc_buf_clear(&end->wire->request);
    end->wire->calls.on_connection(end->wire->calls.context, end->which, false);
}

static void on_resend(void *context, uint64_t number)
{
    sim_wire *w = context;
    if (w->is_closed || w->request.len == 0 || number != w->number)
        return;
    if (w->ends[TOC_WIRE_DESK].conn) {
        sim_net_send(w->ends[TOC_WIRE_DESK].conn, w->request.data, w->request.len, w->number);
        w->s->tries[SIM_REPEATS]++;
    }
    sim_clock_in(w->s->clock, RESEND_MS, w->node, on_resend, w, number);
}
