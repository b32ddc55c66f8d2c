// SPDX-License-Identifier: MIT
// The seat's side of the protocol. Two rules keep acts from being lost or doubled: a request keeps its
// id until it has an answer, and after every new connection the seat joins again, with the session it
// had, before anything else is sent.
#include "link/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "base/mem.h"
#include "crypto/crypto.h"
#include "inlet.h"
#include "outbox.h"
#include "request.h"
#include "wire.h"

enum {
    TICK_MS = 250,
    SILENCE_MS = 10000, // five heartbeats: the cable is out, whatever TCP thinks
    ANSWER_MS = 15000,  // the feed lives, the desk does not
    PING_MS = 5000,     // how long nothing else is asked: the engine misses a seat after 20 s
    DOWN_MS = 1000,     // without a connection for so long: say why
    AWAY_MS = 4000,     // and say it again
    REFUSALS = 2,       // one may be an engine that was just going down
    CLOSING_MS = 2000,  // for answers under way when the exercise closes
    TRIES = 5,
    REJOIN_MS = 3000,
};

struct toc_link {
    uv_loop_t *loop;
    uv_timer_t tick;
    toc_ticket ticket;
    char *desk, *feed;
    toc_link_calls calls;
    toc_link_calls inner; // of the inlet: ours, which look before they pass on
    toc_wire *wire;
    toc_inlet inlet;
    toc_outbox outbox;
    char session[64];
    char receipt[TOC_HASH_HEX + 1];
    int64_t joined_head;
    bool is_up[TOC_WIRE_ENDS];
    uint64_t down_since[TOC_WIRE_ENDS];
    int refusals[TOC_WIRE_ENDS]; // one after another
    uint64_t heard, sent_at, away_at, closing_since, rejoin_at;
    bool must_join, is_joined, must_refill, is_refilling, is_pinging;
    toc_link_state told;
    bool is_over;  // a last state was told
    bool is_freed; // toc_link_free was called
};

static void pump(toc_link *l);
static void send_in_flight(toc_link *l);
static void refill(toc_link *l);
static void on_refill(void *context, const toc_link_reply *reply);
static void ping(toc_link *l);
static void on_ping(void *context, const toc_link_reply *reply);
static void on_reply(void *context, const char *data, size_t len);
static bool take_session_error(toc_link *l, toc_link_request *r, const char *code,
                               const char *text);
static void take_join(toc_link *l, const toc_json *j, bool ok, const char *code, const char *text);
static void on_feed(void *context, const char *data, size_t len);
static void on_connection(void *context, toc_wire_end end, bool is_up);
static void on_failure(void *context, toc_wire_end end, toc_err err, const char *why);
static void pass_event(void *context, int64_t n, const toc_event *ev);
static void pass_clock(void *context, const toc_clock *clock);
static void pass_alarm(void *context, const char *what, const char *text, const char *by);
static void on_tick(uv_timer_t *tick);
static void look_for_life(toc_link *l, uint64_t now);
static void tell(toc_link *l, toc_link_state state, const char *why);
static void tell_if_current(toc_link *l);
static void finish(toc_link *l, toc_link_state state, const char *why);
static void start_closing(toc_link *l);
static void free_memory(toc_link *l);
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
    l->loop = loop;
    toc_ticket_copy(&l->ticket, ticket);
    l->desk = desk ? desk : toc_strdup(ticket->desk);
    l->feed = feed ? feed : toc_strdup(ticket->feed);
    l->calls = *calls;
    l->inner = (toc_link_calls){l, pass_event, pass_clock, pass_alarm, NULL};
    l->inlet.calls = &l->inner;
    l->down_since[TOC_WIRE_DESK] = l->down_since[TOC_WIRE_FEED] = l->heard = uv_now(loop);
    uv_timer_init(loop, &l->tick);
    l->tick.data = l;
    toc_wire_calls wire = {l, on_reply, on_feed, on_connection, on_failure};
    err = toc_wire_open(&l->wire, loop, &l->ticket, l->desk, l->feed, &wire, e);
    if (err) {
        toc_link_free(l);
        return err;
    }
    uv_timer_start(&l->tick, on_tick, TICK_MS, TICK_MS);
    *out = l;
    return TOC_OK;
}

void toc_link_free(toc_link *l)
{
    if (!l || l->is_freed)
        return;
    l->is_over = l->is_freed = true;
    toc_outbox_fail(&l->outbox);
    toc_wire_free(l->wire);
    l->wire = NULL;
    uv_close((uv_handle_t *)&l->tick, on_closed);
}

void toc_link_act(toc_link *l, const toc_event *input, toc_link_reply_cb on_answer, void *context)
{
    toc_link_request *r = toc_link_request_input(input, on_answer, context);
    if (l->is_over) {
        toc_link_request_answer(r, NULL, false, "link", "the link to the engine has ended");
        return;
    }
    if (input->kind == TOC_K_EMERGENCY)
        toc_link_queue_first(&l->outbox.queue, r);
    else
        toc_link_queue_push(&l->outbox.queue, r);
    pump(l);
}

void toc_link_ask(toc_link *l, const char *op, const char *fields, toc_link_reply_cb on_answer,
                  void *context)
{
    toc_link_request *r = toc_link_request_new(op, fields, on_answer, context);
    if (l->is_over) {
        toc_link_request_answer(r, NULL, false, "link", "the link to the engine has ended");
        return;
    }
    toc_link_queue_push(&l->outbox.queue, r);
    pump(l);
}

bool toc_link_is_up(const toc_link *l)
{
    return l->is_joined && l->is_up[TOC_WIRE_DESK];
}

size_t toc_link_waiting(const toc_link *l)
{
    return toc_outbox_waiting(&l->outbox);
}

const char *toc_link_session(const toc_link *l)
{
    return l->session;
}

const char *toc_link_receipt(const toc_link *l)
{
    return l->receipt;
}

int64_t toc_link_have(const toc_link *l)
{
    return l->inlet.have;
}

uint64_t toc_link_silence(const toc_link *l)
{
    return uv_now(l->loop) - l->heard;
}

// Sends the next request, if one may be sent: one at a time, a join before all others.
static void pump(toc_link *l)
{
    if (l->is_over || !l->is_up[TOC_WIRE_DESK])
        return;
    if (l->must_join) {
        toc_outbox_join(&l->outbox, l->session, l->receipt);
        l->must_join = false;
    }
    if (toc_outbox_choose(&l->outbox, l->session, l->is_joined))
        send_in_flight(l);
    toc_outbox_supersede(&l->outbox);
}

static void send_in_flight(toc_link *l)
{
    toc_buf text = {0};
    toc_link_request_text(&text, l->outbox.in_flight, l->ticket.token);
    l->outbox.is_sent = toc_wire_send(l->wire, text.data, text.len);
    l->sent_at = uv_now(l->loop);
    toc_buf_fini(&text);
}

static void refill(toc_link *l)
{
    if (l->is_refilling || !l->is_joined || l->is_over)
        return;
    char fields[48];
    snprintf(fields, sizeof fields, ",\"from\":%lld", (long long)l->inlet.have + 1);
    toc_link_request *r = toc_link_request_new("feed", fields, on_refill, l);
    r->is_internal = true;
    l->is_refilling = true;
    l->must_refill = false;
    toc_link_queue_first(&l->outbox.queue, r);
    pump(l);
}

static void on_refill(void *context, const toc_link_reply *reply)
{
    toc_link *l = context;
    l->is_refilling = false;
    if (l->is_over)
        return;
    int64_t before = l->inlet.have;
    if (reply->ok)
        toc_inlet_page(&l->inlet, reply->body);
    else
        l->must_refill = true;
    // Without progress the next heartbeat asks again.
    if (!l->is_over && toc_inlet_lacks(&l->inlet) && l->inlet.have > before)
        refill(l);
    tell_if_current(l);
}

// A sign of life, and a question: is this seat still ours?
static void ping(toc_link *l)
{
    if (l->is_pinging)
        return;
    toc_link_request *r = toc_link_request_new("ping", "", on_ping, l);
    r->is_internal = true;
    l->is_pinging = true;
    toc_link_queue_push(&l->outbox.queue, r);
    pump(l);
}

static void on_ping(void *context, const toc_link_reply *reply)
{
    (void)reply;
    toc_link *l = context;
    l->is_pinging = false;
}

// The wire passes on only the reply to the newest request, so it is ours or it is unreadable.
static void on_reply(void *context, const char *data, size_t len)
{
    toc_link *l = context;
    toc_link_request *r = l->outbox.in_flight;
    toc_json *j;
    if (l->is_over || !r || !l->outbox.is_sent)
        return;
    if (toc_json_read(&j, data, len, TOC_JSON_REPLY, NULL) != TOC_OK)
        j = NULL;
    const char *id = toc_json_text(toc_json_get(j, "id"));
    if (id && id[0] && strcmp(id, r->id) != 0) {
        toc_json_free(j);
        return;
    }
    const toc_json *error = toc_json_get(j, "error");
    const char *code = toc_json_text(toc_json_get(error, "code"));
    const char *text = toc_json_text(toc_json_get(error, "text"));
    const char *receipt = toc_json_text(toc_json_get(j, "receipt"));
    bool ok = toc_json_true(toc_json_get(j, "ok"));
    if (!ok && !code)
        code = "bad-reply";
    if (!ok && !text)
        text = "the engine's answer cannot be read";
    if (receipt && strlen(receipt) == TOC_HASH_HEX &&
        strspn(receipt, "0123456789abcdef") == TOC_HASH_HEX)
        snprintf(l->receipt, sizeof l->receipt, "%s", receipt);
    bool was_join;
    toc_outbox_take(&l->outbox, &was_join);
    if (was_join) {
        toc_link_request_free(r);
        take_join(l, j, ok, code, text);
    } else if (ok || !take_session_error(l, r, code, text)) {
        bool is_closed = !ok && strcmp(code, "closed") == 0;
        toc_link_request_answer(r, j, ok, code, text);
        if (is_closed && !l->is_over)
            finish(l, TOC_LINK_CLOSED, "the exercise is closed");
    }
    toc_json_free(j);
    if (!l->is_over) {
        pump(l);
        if (l->closing_since && toc_link_waiting(l) == 0)
            finish(l, TOC_LINK_CLOSED, "the exercise is closed");
    }
}

// Errors that are about who we are, not about what was asked. True: the request was dealt with.
static bool take_session_error(toc_link *l, toc_link_request *r, const char *code, const char *text)
{
    size_t len = strlen(l->session);
    bool is_current = strncmp(r->id, l->session, len) == 0 && r->id[len] == '-';
    bool is_over = strcmp(code, "taken-over") == 0;
    if (strcmp(code, "no-seat") == 0) {
        toc_link_queue_first(&l->outbox.queue, r);
        finish(l, TOC_LINK_REFUSED, text);
        return true;
    }
    if (!is_over && strcmp(code, "no-session") != 0)
        return false;
    if (is_over && is_current) {
        toc_link_queue_first(&l->outbox.queue, r);
        finish(l, TOC_LINK_TAKEN_OVER, text);
        return true;
    }
    if (++r->tries > TRIES)
        return false;
    if (is_current) {
        l->must_join = true;
        l->is_joined = false;
    } else {
        // The engine would have given its first answer, had it ever taken this: it is safe to ask
        // under a new id.
        free(r->id);
        r->id = NULL;
    }
    toc_link_queue_first(&l->outbox.queue, r);
    return true;
}

static void take_join(toc_link *l, const toc_json *j, bool ok, const char *code, const char *text)
{
    if (!ok) {
        if (strcmp(code, "closed") == 0)
            finish(l, TOC_LINK_CLOSED, text);
        else if (strcmp(code, "taken-over") == 0)
            finish(l, TOC_LINK_TAKEN_OVER, text);
        else if (strcmp(code, "recording-failed") == 0 || strcmp(code, "bad-reply") == 0)
            l->rejoin_at = uv_now(l->loop) + REJOIN_MS;
        else
            finish(l, TOC_LINK_REFUSED, text);
        return;
    }
    const char *session = toc_json_text(toc_json_get(j, "session"));
    int64_t head = 0;
    toc_json_int(toc_json_get(j, "head"), &head);
    if (session && strcmp(session, l->session) != 0) {
        snprintf(l->session, sizeof l->session, "%s", session);
        l->outbox.counter = 0;
    }
    l->is_joined = true;
    l->joined_head = head;
    if (head > l->inlet.head)
        l->inlet.head = head;
    toc_clock clock = {.speed = 1000, .pace = 1000};
    toc_clock_read(&clock, toc_json_get(j, "clock"));
    if (clock.state[0])
        l->calls.on_clock(l->calls.context, &clock);
    l->must_refill = true;
    if (!l->is_over && l->is_up[TOC_WIRE_FEED])
        refill(l);
}

static void on_feed(void *context, const char *data, size_t len)
{
    toc_link *l = context;
    l->heard = uv_now(l->loop);
    toc_inlet_message(&l->inlet, data, len);
    if (!l->is_over && toc_inlet_lacks(&l->inlet))
        refill(l);
    tell_if_current(l);
}

static void on_connection(void *context, toc_wire_end end, bool is_up)
{
    toc_link *l = context;
    if (l->is_over)
        return;
    l->is_up[end] = is_up;
    if (end == TOC_WIRE_FEED)
        l->heard = uv_now(l->loop);
    if (!is_up) {
        l->down_since[end] = uv_now(l->loop);
        l->away_at = 0;
        if (end == TOC_WIRE_DESK)
            l->is_joined = false;
        if (l->closing_since)
            finish(l, TOC_LINK_CLOSED, "the exercise is closed");
        else if (l->told == TOC_LINK_JOINED)
            tell(l, TOC_LINK_LOST,
                 "the link to the engine dropped; dialling. Nothing you typed is lost");
        // A feed that is shut alone may be a ticket that was revoked: the desk says why, while it can.
        if (end == TOC_WIRE_FEED && l->is_joined && !l->is_over)
            ping(l);
        return;
    }
    l->refusals[end] = 0;
    if (end == TOC_WIRE_DESK) {
        l->must_join = true;
        pump(l);
    } else {
        // What was published before this moment was not heard.
        l->must_refill = true;
        refill(l);
    }
}

static void on_failure(void *context, toc_wire_end end, toc_err err, const char *why)
{
    toc_link *l = context;
    uint64_t now = uv_now(l->loop);
    if (l->is_over || now - l->down_since[end] < DOWN_MS)
        return;
    char text[320];
    // A stranger on the port may claim anything: once we sat at our engine, only it can turn us away.
    // Between two refusals another address of the same name may be tried.
    bool is_refused = err == TOC_EREFUSED || (err == TOC_EFORMAT && !l->session[0]);
    l->refusals[end] += is_refused;
    if (l->refusals[end] >= REFUSALS) {
        snprintf(text, sizeof text,
                 "this ticket was revoked or is not of this run: the engine at %s refuses it; "
                 "ask EXCON for a new one",
                 l->desk);
        finish(l, TOC_LINK_REFUSED, text);
    } else if (!is_refused && now >= l->away_at) {
        l->away_at = now + AWAY_MS;
        snprintf(text, sizeof text, "no engine answers at %s (%s): trying again",
                 end == TOC_WIRE_FEED ? l->feed : l->desk, why);
        tell(l, l->session[0] ? TOC_LINK_LOST : TOC_LINK_CONNECTING, text);
    }
}

static void pass_event(void *context, int64_t n, const toc_event *ev)
{
    toc_link *l = context;
    if (l->is_over)
        return;
    const char *seat = toc_event_str(ev, TOC_F_SEAT);
    l->calls.on_event(l->calls.context, n, ev);
    if (l->is_over)
        return;
    if (ev->kind == TOC_K_CLOSE)
        start_closing(l);
    // Somebody joined on our seat: if it was not us, the engine says so at the next request.
    if (ev->kind == TOC_K_JOIN && l->is_joined && n > l->joined_head && seat &&
        strcmp(seat, l->ticket.seat) == 0)
        ping(l);
}

static void pass_clock(void *context, const toc_clock *clock)
{
    toc_link *l = context;
    if (l->is_over)
        return;
    l->calls.on_clock(l->calls.context, clock);
    if (!l->is_over && strcmp(clock->state, "closed") == 0 && !toc_inlet_lacks(&l->inlet))
        start_closing(l);
}

static void pass_alarm(void *context, const char *what, const char *text, const char *by)
{
    toc_link *l = context;
    if (!l->is_over)
        l->calls.on_alarm(l->calls.context, what, text, by);
}

static void on_tick(uv_timer_t *tick)
{
    toc_link *l = tick->data;
    uint64_t now = uv_now(l->loop);
    if (l->is_over)
        return;
    if (l->closing_since && now - l->closing_since > CLOSING_MS) {
        finish(l, TOC_LINK_CLOSED, "the exercise is closed");
        return;
    }
    if (l->rejoin_at && now >= l->rejoin_at) {
        l->rejoin_at = 0;
        l->must_join = true;
    }
    if (l->must_refill && l->is_up[TOC_WIRE_FEED])
        refill(l);
    look_for_life(l, now);
    pump(l);
}

// A connection may be dead though nobody says so: the cable is out, or the engine stands still.
static void look_for_life(toc_link *l, uint64_t now)
{
    const toc_outbox *o = &l->outbox;
    if (l->is_up[TOC_WIRE_FEED] && now - l->heard > SILENCE_MS) {
        l->heard = now;
        toc_wire_drop(l->wire, TOC_WIRE_FEED);
        toc_wire_drop(l->wire, TOC_WIRE_DESK);
    } else if (l->is_up[TOC_WIRE_DESK] && o->is_sent && now - l->sent_at > ANSWER_MS) {
        l->sent_at = now;
        toc_wire_drop(l->wire, TOC_WIRE_DESK);
    }
    // Whatever came between: a desk that can be asked is joined, or about to be.
    if (l->is_up[TOC_WIRE_DESK] && !l->is_joined && !o->in_flight && !l->rejoin_at)
        l->must_join = true;
    if (l->is_joined && !o->in_flight && now - l->sent_at >= PING_MS)
        ping(l);
}

static void tell(toc_link *l, toc_link_state state, const char *why)
{
    l->told = state;
    if (!l->is_freed)
        l->calls.on_state(l->calls.context, state, why);
}

static void tell_if_current(toc_link *l)
{
    if (l->is_over || l->told == TOC_LINK_JOINED || !l->is_joined || !l->is_up[TOC_WIRE_FEED] ||
        l->must_refill || l->is_refilling || toc_inlet_lacks(&l->inlet))
        return;
    tell(l, TOC_LINK_JOINED, "");
}

static void finish(toc_link *l, toc_link_state state, const char *why)
{
    // why may belong to a reply or request that ends with the link.
    char *copy = toc_strdup(why);
    l->is_over = true;
    uv_timer_stop(&l->tick);
    toc_wire_free(l->wire);
    l->wire = NULL;
    toc_outbox_fail(&l->outbox);
    tell(l, state, copy);
    free(copy);
}

static void start_closing(toc_link *l)
{
    if (!l->closing_since)
        l->closing_since = uv_now(l->loop);
    if (toc_link_waiting(l) == 0)
        finish(l, TOC_LINK_CLOSED, "the exercise is closed");
}

static void free_memory(toc_link *l)
{
    toc_ticket_fini(&l->ticket);
    free(l->desk);
    free(l->feed);
    free(l);
}

static void on_closed(uv_handle_t *handle)
{
    free_memory(handle->data);
}
