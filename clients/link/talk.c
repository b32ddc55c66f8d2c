// SPDX-License-Identifier: MIT
// What happens to a talk, and how it ends. What it asks of the desk stands in talk_desk.c.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "talk_inside.h"

enum {
    SILENCE_MS = 10000, // five heartbeats: the cable is out, whatever TCP thinks
    ANSWER_MS = 15000,  // the feed lives, the desk does not
    PING_MS = 5000,     // how long nothing else is asked: the engine misses a seat after 20 s
    DOWN_MS = 1000,     // without a connection for so long: say why
    AWAY_MS = 4000,     // and say it again
    REFUSALS = 2,       // one may be an engine that was just going down
    CLOSING_MS = 2000,  // for answers under way when the exercise closes
};

static void take_down(toc_talk *t, toc_wire_end end);
static void pass_event(void *context, int64_t n, const toc_event *ev);
static void pass_clock(void *context, const toc_clock *clock);
static void pass_alarm(void *context, const char *what, const char *text, const char *by);
static void look_for_life(toc_talk *t, uint64_t now);
static void tell(toc_talk *t, toc_link_state state, const char *why);
static void start_closing(toc_talk *t);

toc_talk *toc_talk_new(const toc_ticket *ticket, const char *desk, const char *feed,
                       const toc_link_calls *calls, const toc_talk_host *host)
{
    toc_talk *t = toc_alloc(sizeof *t);
    t->host = *host;
    t->calls = *calls;
    t->seat = toc_strdup(ticket->seat);
    t->token = toc_strdup(ticket->token);
    t->addresses[TOC_WIRE_DESK] = toc_strdup(desk);
    t->addresses[TOC_WIRE_FEED] = toc_strdup(feed);
    t->inner = (toc_link_calls){t, pass_event, pass_clock, pass_alarm, NULL};
    t->inlet.calls = &t->inner;
    t->down_since[TOC_WIRE_DESK] = t->down_since[TOC_WIRE_FEED] = t->heard = toc_talk_now(t);
    return t;
}

void toc_talk_free(toc_talk *t)
{
    if (!t)
        return;
    t->is_over = t->is_ended = true;
    toc_outbox_fail(&t->outbox);
    for (size_t i = 0; i < TOC_WIRE_ENDS; i++)
        free(t->addresses[i]);
    free(t->seat);
    free(t->token);
    free(t);
}

void toc_talk_feed(toc_talk *t, const char *data, size_t len)
{
    if (t->is_over)
        return;
    t->heard = toc_talk_now(t);
    toc_inlet_message(&t->inlet, data, len);
    if (!t->is_over && toc_inlet_lacks(&t->inlet))
        toc_talk_refill(t);
    toc_talk_tell_if_current(t);
}

void toc_talk_connection(toc_talk *t, toc_wire_end end, bool is_up)
{
    if (t->is_over)
        return;
    t->is_up[end] = is_up;
    if (end == TOC_WIRE_FEED)
        t->heard = toc_talk_now(t);
    if (!is_up) {
        take_down(t, end);
        return;
    }
    t->refusals[end] = 0;
    if (end == TOC_WIRE_DESK) {
        t->must_join = true;
        toc_talk_pump(t);
    } else {
        // What was published before this moment was not heard.
        t->must_refill = true;
        toc_talk_refill(t);
    }
}

void toc_talk_failure(toc_talk *t, toc_wire_end end, toc_err err, const char *why)
{
    uint64_t now = toc_talk_now(t);
    if (t->is_over || now - t->down_since[end] < DOWN_MS)
        return;
    char text[320];
    // A stranger on the port may claim anything: once we sat at our engine, only it can turn us away.
    // Between two refusals another address of the same name may be tried.
    bool is_refused = err == TOC_EREFUSED || (err == TOC_EFORMAT && !t->session[0]);
    t->refusals[end] += is_refused;
    if (t->refusals[end] >= REFUSALS) {
        snprintf(text, sizeof text,
                 "this ticket was revoked or is not of this run: the engine at %s refuses it; "
                 "ask EXCON for a new one",
                 t->addresses[TOC_WIRE_DESK]);
        toc_talk_finish(t, TOC_LINK_REFUSED, text);
    } else if (!is_refused) {
        snprintf(text, sizeof text, "no engine answers at %s (%s): trying again", t->addresses[end],
                 why);
        toc_talk_tell_away(t, text);
    }
}

void toc_talk_tick(toc_talk *t)
{
    uint64_t now = toc_talk_now(t);
    if (t->is_over)
        return;
    if (t->closing_since && now - t->closing_since > CLOSING_MS) {
        toc_talk_finish(t, TOC_LINK_CLOSED, "the exercise is closed");
        return;
    }
    if (t->rejoin_at && now >= t->rejoin_at) {
        t->rejoin_at = 0;
        t->must_join = true;
    }
    if (t->must_refill && t->is_up[TOC_WIRE_FEED])
        toc_talk_refill(t);
    look_for_life(t, now);
    toc_talk_pump(t);
}

void toc_talk_end(toc_talk *t)
{
    t->is_ended = true;
    if (!t->is_over) {
        t->is_over = true;
        t->host.hang_up(t->host.context);
    }
    toc_outbox_fail(&t->outbox);
}

bool toc_talk_is_over(const toc_talk *t)
{
    return t->is_over;
}

bool toc_talk_is_up(const toc_talk *t)
{
    return t->is_joined && t->is_up[TOC_WIRE_DESK];
}

size_t toc_talk_waiting(const toc_talk *t)
{
    return toc_outbox_waiting(&t->outbox);
}

const char *toc_talk_session(const toc_talk *t)
{
    return t->session;
}

const char *toc_talk_receipt(const toc_talk *t)
{
    return t->receipt;
}

int64_t toc_talk_have(const toc_talk *t)
{
    return t->inlet.have;
}

size_t toc_talk_refills(const toc_talk *t)
{
    return t->refills;
}

uint64_t toc_talk_now(const toc_talk *t)
{
    return t->host.now(t->host.context);
}

uint64_t toc_talk_silence(const toc_talk *t)
{
    return toc_talk_now(t) - t->heard;
}

void toc_talk_tell_away(toc_talk *t, const char *why)
{
    uint64_t now = toc_talk_now(t);
    if (now < t->away_at)
        return;
    t->away_at = now + AWAY_MS;
    tell(t, t->session[0] ? TOC_LINK_LOST : TOC_LINK_CONNECTING, why);
}

void toc_talk_tell_if_current(toc_talk *t)
{
    if (t->is_over || t->told == TOC_LINK_JOINED || !t->is_joined || !t->is_up[TOC_WIRE_FEED] ||
        t->must_refill || t->is_refilling || toc_inlet_lacks(&t->inlet))
        return;
    tell(t, TOC_LINK_JOINED, "");
}

void toc_talk_finish(toc_talk *t, toc_link_state state, const char *why)
{
    // why may belong to a reply or request that ends with the link.
    char *copy = toc_strdup(why);
    t->is_over = true;
    t->host.hang_up(t->host.context);
    toc_outbox_fail(&t->outbox);
    tell(t, state, copy);
    free(copy);
}

void toc_talk_settle(toc_talk *t)
{
    if (!t->is_over && t->closing_since && toc_talk_waiting(t) == 0)
        toc_talk_finish(t, TOC_LINK_CLOSED, "the exercise is closed");
}

static void take_down(toc_talk *t, toc_wire_end end)
{
    t->down_since[end] = toc_talk_now(t);
    t->away_at = 0;
    if (end == TOC_WIRE_DESK)
        t->is_joined = false;
    if (t->closing_since)
        toc_talk_finish(t, TOC_LINK_CLOSED, "the exercise is closed");
    else if (t->told == TOC_LINK_JOINED)
        tell(t, TOC_LINK_LOST,
             "the link to the engine dropped; dialling. Nothing you typed is lost");
    // A feed that is shut alone may be a ticket that was revoked: the desk says why, while it can.
    if (end == TOC_WIRE_FEED && t->is_joined && !t->is_over)
        toc_talk_ping(t);
}

static void pass_event(void *context, int64_t n, const toc_event *ev)
{
    toc_talk *t = context;
    if (t->is_over)
        return;
    const char *seat = toc_event_str(ev, TOC_F_SEAT);
    t->calls.on_event(t->calls.context, n, ev);
    if (t->is_over)
        return;
    if (ev->kind == TOC_K_CLOSE)
        start_closing(t);
    // Somebody joined on our seat: if it was not us, the engine says so at the next request.
    if (ev->kind == TOC_K_JOIN && t->is_joined && n > t->joined_head && seat &&
        strcmp(seat, t->seat) == 0)
        toc_talk_ping(t);
}

static void pass_clock(void *context, const toc_clock *clock)
{
    toc_talk *t = context;
    if (t->is_over)
        return;
    t->calls.on_clock(t->calls.context, clock);
    if (!t->is_over && strcmp(clock->state, "closed") == 0 && !toc_inlet_lacks(&t->inlet))
        start_closing(t);
}

static void pass_alarm(void *context, const char *what, const char *text, const char *by)
{
    toc_talk *t = context;
    if (!t->is_over)
        t->calls.on_alarm(t->calls.context, what, text, by);
}

// A connection may be dead though nobody says so: the cable is out, or the engine stands still.
static void look_for_life(toc_talk *t, uint64_t now)
{
    const toc_outbox *o = &t->outbox;
    if (t->is_over)
        return;
    if (t->is_up[TOC_WIRE_FEED] && now - t->heard > SILENCE_MS) {
        t->heard = now;
        t->host.drop(t->host.context, TOC_WIRE_FEED);
        t->host.drop(t->host.context, TOC_WIRE_DESK);
    } else if (t->is_up[TOC_WIRE_DESK] && o->is_sent && now - t->sent_at > ANSWER_MS) {
        t->sent_at = now;
        t->host.drop(t->host.context, TOC_WIRE_DESK);
    }
    // Whatever came between: a desk that can be asked is joined, or about to be.
    if (t->is_up[TOC_WIRE_DESK] && !t->is_joined && !o->in_flight && !t->rejoin_at)
        t->must_join = true;
    if (t->is_joined && !o->in_flight && now - t->sent_at >= PING_MS)
        toc_talk_ping(t);
}

static void tell(toc_talk *t, toc_link_state state, const char *why)
{
    t->told = state;
    if (!t->is_ended)
        t->calls.on_state(t->calls.context, state, why);
}

static void start_closing(toc_talk *t)
{
    if (!t->closing_since)
        t->closing_since = toc_talk_now(t);
    toc_talk_settle(t);
}
