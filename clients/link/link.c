// SPDX-License-Identifier: MIT
// The talk on a wire, in a loop: nothing is decided here.
#include "link/link.h"

#include <stdlib.h>

#include "address.h"
#include "base/mem.h"
#include "talk.h"
#include "wire.h"

struct toc_link {
    uv_timer_t tick;
    toc_talk *talk;
    toc_wire *wire; // NULL when it was hung up
};

static uint64_t now(void *context);
static bool send_request(void *context, const char *data, size_t len);
static void drop(void *context, toc_wire_end end);
static void hang_up(void *context);
static void on_reply(void *context, const char *data, size_t len);
static void on_feed(void *context, const char *data, size_t len);
static void on_connection(void *context, toc_wire_end end, bool is_up);
static void on_failure(void *context, toc_wire_end end, toc_err err, const char *why);
static void on_tick(uv_timer_t *tick);
static void on_closed(uv_handle_t *handle);

toc_err toc_link_new(toc_link **out, uv_loop_t *loop, const toc_ticket *ticket, const char *host,
                     const toc_link_calls *calls, toc_error *e)
{
    *out = NULL;
    char *desk = NULL;
    char *feed = NULL;
    toc_err err = TOC_OK;
    if (host)
        err = toc_address_move(ticket->desk, ticket->feed, host, &desk, &feed, e);
    if (err)
        return err;
    toc_link *l = toc_alloc(sizeof *l);
    const char *ends[TOC_WIRE_ENDS] = {desk ? desk : ticket->desk, feed ? feed : ticket->feed};
    toc_wire_calls wire = {l, on_reply, on_feed, on_connection, on_failure};
    toc_talk_host talk = {l, now, send_request, drop, hang_up};
    uv_timer_init(loop, &l->tick);
    l->tick.data = l;
    l->talk = toc_talk_new(ticket, ends[TOC_WIRE_DESK], ends[TOC_WIRE_FEED], calls, &talk);
    err = toc_wire_open(&l->wire, loop, ticket, ends[TOC_WIRE_DESK], ends[TOC_WIRE_FEED], &wire, e);
    free(desk);
    free(feed);
    if (err) {
        toc_link_free(l);
        return err;
    }
    uv_timer_start(&l->tick, on_tick, TOC_TALK_TICK_MS, TOC_TALK_TICK_MS);
    *out = l;
    return TOC_OK;
}

void toc_link_free(toc_link *l)
{
    if (!l || uv_is_closing((uv_handle_t *)&l->tick))
        return;
    uv_close((uv_handle_t *)&l->tick, on_closed);
    toc_talk_end(l->talk);
}

void toc_link_act(toc_link *l, const toc_event *input, toc_link_reply_cb on_answer, void *context)
{
    toc_talk_act(l->talk, input, on_answer, context);
}

void toc_link_ask(toc_link *l, const char *op, const char *fields, toc_link_reply_cb on_answer,
                  void *context)
{
    toc_talk_ask(l->talk, op, fields, on_answer, context);
}

bool toc_link_is_up(const toc_link *l)
{
    return toc_talk_is_up(l->talk);
}

size_t toc_link_waiting(const toc_link *l)
{
    return toc_talk_waiting(l->talk);
}

const char *toc_link_session(const toc_link *l)
{
    return toc_talk_session(l->talk);
}

const char *toc_link_receipt(const toc_link *l)
{
    return toc_talk_receipt(l->talk);
}

int64_t toc_link_have(const toc_link *l)
{
    return toc_talk_have(l->talk);
}

size_t toc_link_refills(const toc_link *l)
{
    return toc_talk_refills(l->talk);
}

uint64_t toc_link_silence(const toc_link *l)
{
    return toc_talk_silence(l->talk);
}

static uint64_t now(void *context)
{
    toc_link *l = context;
    return uv_now(l->tick.loop);
}

static bool send_request(void *context, const char *data, size_t len)
{
    toc_link *l = context;
    return toc_wire_send(l->wire, data, len);
}

static void drop(void *context, toc_wire_end end)
{
    toc_link *l = context;
    toc_wire_drop(l->wire, end);
}

static void hang_up(void *context)
{
    toc_link *l = context;
    uv_timer_stop(&l->tick);
    toc_wire_free(l->wire);
    l->wire = NULL;
}

static void on_reply(void *context, const char *data, size_t len)
{
    toc_link *l = context;
    toc_talk_reply(l->talk, data, len);
}

static void on_feed(void *context, const char *data, size_t len)
{
    toc_link *l = context;
    toc_talk_feed(l->talk, data, len);
}

static void on_connection(void *context, toc_wire_end end, bool is_up)
{
    toc_link *l = context;
    toc_talk_connection(l->talk, end, is_up);
}

static void on_failure(void *context, toc_wire_end end, toc_err err, const char *why)
{
    toc_link *l = context;
    toc_talk_failure(l->talk, end, err, why);
}

static void on_tick(uv_timer_t *tick)
{
    toc_link *l = tick->data;
    toc_talk_tick(l->talk);
}

static void on_closed(uv_handle_t *handle)
{
    toc_link *l = handle->data;
    toc_talk_free(l->talk);
    free(l);
}
