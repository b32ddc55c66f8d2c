// SPDX-License-Identifier: MIT
// What a seat asks of the desk, and the desk's answers.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "talk_inside.h"

enum {
    TRIES = 5,
    // The engine drops a connection that brings a message of more than 64 KiB. What stands around the
    // fields of a request takes less than the difference.
    FIELDS_MAX = 65536 - 1024,
    REJOIN_MS = 3000,
};

static void queue(toc_talk *t, toc_link_request *r, bool is_first);
static void send_in_flight(toc_talk *t);
static void on_refill(void *context, const toc_link_reply *reply);
static void on_ping(void *context, const toc_link_reply *reply);
static void take_answer(toc_talk *t, const toc_answer *a);
static bool take_session_error(toc_talk *t, toc_link_request *r, const char *code,
                               const char *text);
static void take_join(toc_talk *t, const toc_answer *a);
static void rejoin_later(toc_talk *t, const char *why);

void toc_talk_reply(toc_talk *t, const char *data, size_t len)
{
    toc_link_request *r = t->outbox.in_flight;
    toc_answer a;
    if (t->is_over || !r || !t->outbox.is_sent)
        return;
    toc_answer_read(&a, data, len);
    // Without an id it is unreadable, and ours all the same.
    if (!a.id[0] || strcmp(a.id, r->id) == 0)
        take_answer(t, &a);
    toc_answer_fini(&a);
}

void toc_talk_act(toc_talk *t, const toc_event *input, toc_link_reply_cb on_reply, void *context)
{
    queue(t, toc_link_request_input(input, on_reply, context), input->kind == TOC_K_EMERGENCY);
}

void toc_talk_ask(toc_talk *t, const char *op, const char *fields, toc_link_reply_cb on_reply,
                  void *context)
{
    queue(t, toc_link_request_new(op, fields, on_reply, context), false);
}

// One at a time, a join before all others.
void toc_talk_pump(toc_talk *t)
{
    if (t->is_over || !t->is_up[TOC_WIRE_DESK])
        return;
    if (t->must_join) {
        toc_outbox_join(&t->outbox, t->session, t->receipt);
        t->must_join = false;
    }
    if (toc_outbox_choose(&t->outbox, t->session, t->is_joined))
        send_in_flight(t);
    toc_outbox_supersede(&t->outbox);
}

void toc_talk_refill(toc_talk *t)
{
    if (t->is_refilling || !t->is_joined || t->is_over)
        return;
    char fields[48];
    snprintf(fields, sizeof fields, ",\"from\":%lld", (long long)t->inlet.have + 1);
    toc_link_request *r = toc_link_request_new("feed", fields, on_refill, t);
    r->is_internal = true;
    t->is_refilling = true;
    t->must_refill = false;
    t->refills++;
    toc_link_queue_first(&t->outbox.queue, r);
    toc_talk_pump(t);
}

void toc_talk_ping(toc_talk *t)
{
    if (t->is_pinging)
        return;
    toc_link_request *r = toc_link_request_new("ping", "", on_ping, t);
    r->is_internal = true;
    t->is_pinging = true;
    toc_link_queue_push(&t->outbox.queue, r);
    toc_talk_pump(t);
}

static void queue(toc_talk *t, toc_link_request *r, bool is_first)
{
    if (t->is_over) {
        toc_link_request_answer(r, NULL, false, "link", "the link to the engine has ended");
        return;
    }
    if (strlen(r->fields) > FIELDS_MAX) {
        toc_link_request_answer(r, NULL, false, "too-long",
                                "this is too long to be sent at once (64 KiB is the most): "
                                "make it shorter, or send it in parts");
        return;
    }
    if (is_first)
        toc_link_queue_first(&t->outbox.queue, r);
    else
        toc_link_queue_push(&t->outbox.queue, r);
    toc_talk_pump(t);
}

static void send_in_flight(toc_talk *t)
{
    toc_buf text = {0};
    toc_link_request_text(&text, t->outbox.in_flight, t->token);
    t->outbox.is_sent = t->host.send(t->host.context, text.data, text.len);
    t->sent_at = toc_talk_now(t);
    toc_buf_fini(&text);
}

static void on_refill(void *context, const toc_link_reply *reply)
{
    toc_talk *t = context;
    t->is_refilling = false;
    if (t->is_over)
        return;
    int64_t before = t->inlet.have;
    if (reply->ok)
        toc_inlet_page(&t->inlet, reply->body);
    else
        t->must_refill = true;
    // Without progress the next heartbeat asks again.
    if (!t->is_over && toc_inlet_lacks(&t->inlet) && t->inlet.have > before)
        toc_talk_refill(t);
    toc_talk_tell_if_current(t);
}

static void on_ping(void *context, const toc_link_reply *reply)
{
    (void)reply;
    toc_talk *t = context;
    t->is_pinging = false;
}

static void take_answer(toc_talk *t, const toc_answer *a)
{
    bool was_join;
    toc_link_request *r = toc_outbox_take(&t->outbox, &was_join);
    if (a->receipt)
        snprintf(t->receipt, sizeof t->receipt, "%s", a->receipt);
    if (was_join) {
        toc_link_request_free(r);
        take_join(t, a);
    } else if (a->ok || !take_session_error(t, r, a->code, a->text)) {
        bool is_closed = !a->ok && strcmp(a->code, "closed") == 0;
        toc_link_request_answer(r, a->body, a->ok, a->code, a->text);
        if (is_closed && !t->is_over)
            toc_talk_finish(t, TOC_LINK_CLOSED, "the exercise is closed");
    }
    if (t->is_over)
        return;
    toc_talk_pump(t);
    toc_talk_settle(t);
}

// Errors that are about who we are, not about what was asked. True: the request was dealt with.
static bool take_session_error(toc_talk *t, toc_link_request *r, const char *code, const char *text)
{
    size_t len = strlen(t->session);
    bool is_current = strncmp(r->id, t->session, len) == 0 && r->id[len] == '-';
    bool is_over = strcmp(code, "taken-over") == 0;
    if (strcmp(code, "no-seat") == 0) {
        toc_link_queue_first(&t->outbox.queue, r);
        toc_talk_finish(t, TOC_LINK_REFUSED, text);
        return true;
    }
    if (!is_over && strcmp(code, "no-session") != 0)
        return false;
    if (is_over && is_current) {
        toc_link_queue_first(&t->outbox.queue, r);
        toc_talk_finish(t, TOC_LINK_TAKEN_OVER, text);
        return true;
    }
    if (++r->tries > TRIES)
        return false;
    if (is_current) {
        t->must_join = true;
        t->is_joined = false;
    } else {
        // The engine would have given its first answer, had it ever taken this: it is safe to ask
        // under a new id.
        free(r->id);
        r->id = NULL;
    }
    toc_link_queue_first(&t->outbox.queue, r);
    return true;
}

static void take_join(toc_talk *t, const toc_answer *a)
{
    if (!a->ok) {
        if (strcmp(a->code, "closed") == 0)
            toc_talk_finish(t, TOC_LINK_CLOSED, a->text);
        else if (strcmp(a->code, "taken-over") == 0)
            toc_talk_finish(t, TOC_LINK_TAKEN_OVER, a->text);
        else if (strcmp(a->code, "recording-failed") == 0 || strcmp(a->code, "bad-reply") == 0)
            rejoin_later(t, a->text);
        else
            toc_talk_finish(t, TOC_LINK_REFUSED, a->text);
        return;
    }
    const char *session = toc_json_text(toc_json_get(a->body, "session"));
    int64_t head = 0;
    toc_json_int(toc_json_get(a->body, "head"), &head);
    if (session && strcmp(session, t->session) != 0) {
        snprintf(t->session, sizeof t->session, "%s", session);
        t->outbox.counter = 0;
    }
    t->is_joined = true;
    t->joined_head = head;
    if (head > t->inlet.head)
        t->inlet.head = head;
    toc_clock clock = {.speed = 1000, .pace = 1000};
    toc_clock_read(&clock, toc_json_get(a->body, "clock"));
    if (clock.state[0])
        t->calls.on_clock(t->calls.context, &clock);
    t->must_refill = true;
    if (!t->is_over && t->is_up[TOC_WIRE_FEED])
        toc_talk_refill(t);
}

// The engine is there, and cannot take us now: people are to know that it is not theirs to mend.
static void rejoin_later(toc_talk *t, const char *why)
{
    char text[320];
    t->rejoin_at = toc_talk_now(t) + REJOIN_MS;
    snprintf(text, sizeof text, "%s: trying again", why);
    toc_talk_tell_away(t, text);
}
