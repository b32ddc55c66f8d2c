// SPDX-License-Identifier: MIT
#include "bench_load_desks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "bench.h"
#include "crowd.h"
#include "crypto/tls_stream.h"

typedef struct {
    char session[24]; // "" before it has joined
    long counter;
} desk;

struct toc_desks {
    uv_loop_t *loop;
    const toc_hall *hall;
    toc_desks_calls calls;
    toc_crowd *crowd;
    toc_tls_client **tls; // a ticket's, NULL before it is wanted
    size_t first, count;  // tickets that have a desk here
    desk *desks;          // of these
    size_t joined;
    bool are_in; // all connections that were asked for
};

static void dial(toc_desks *d, size_t ticket, const char *url, toc_speech speech);
static void say(toc_desks *d, size_t which, const char *id, const char *op, const char *fields);
static bool are_in(const void *context);
static bool are_joined(const void *context);
static void on_joined(void *context);
static void on_message(void *context, size_t which, const char *bytes, size_t len);
static void on_end(void *context, size_t which, const char *why);

toc_desks *toc_desks_open(uv_loop_t *loop, const toc_hall *hall, size_t first, size_t count,
                          const toc_desks_calls *calls)
{
    toc_desks *d = toc_alloc(sizeof *d);
    *d = (toc_desks){.loop = loop, .hall = hall, .calls = *calls, .first = first, .count = count};
    d->desks = toc_alloc(count * sizeof *d->desks);
    d->tls = toc_alloc((hall->seats + (size_t)hall->plan.excons) * sizeof(toc_tls_client *));
    d->crowd = toc_crowd_new(loop, &(toc_crowd_calls){d, on_joined, on_message, on_end});
    for (size_t i = 0; i < count; i++)
        dial(d, first + i, hall->tickets[first + i].desk, TOC_SPEECH_REQ);
    toc_bench_require(toc_hall_await(loop, are_in, d), "all desks let the crowd in");
    for (size_t i = 0; i < count; i++) {
        char id[32];
        snprintf(id, sizeof id, "%016zx-0", i);
        say(d, i, id, "join", "");
    }
    toc_bench_require(toc_hall_await(loop, are_joined, d), "the crowd joins");
    return d;
}

void toc_desks_listen(toc_desks *d)
{
    d->are_in = false;
    for (size_t i = 0; i < d->hall->seats; i++)
        dial(d, i, d->hall->tickets[i].feed, TOC_SPEECH_SUB);
    toc_bench_require(toc_hall_await(d->loop, are_in, d), "all feeds let the crowd in");
}

void toc_desks_ask(toc_desks *d, size_t seat, const char *op, const char *fields)
{
    desk *at = &d->desks[seat - d->first];
    char id[48];
    snprintf(id, sizeof id, "%s-%ld", at->session, ++at->counter);
    say(d, seat - d->first, id, op, fields);
}

bool toc_desks_has(const char *bytes, size_t len, const char *text)
{
    size_t n = strlen(text);
    for (const char *at = bytes; len >= n; at++, len--) {
        const char *next = memchr(at, text[0], len - n + 1);
        if (!next)
            return false;
        len -= (size_t)(next - at);
        at = next;
        if (memcmp(at, text, n) == 0)
            return true;
    }
    return false;
}

static void dial(toc_desks *d, size_t ticket, const char *url, toc_speech speech)
{
    const toc_ticket *t = &d->hall->tickets[ticket];
    const char *port = strrchr(url, ':');
    toc_error e = {0};
    if (!d->tls[ticket])
        toc_bench_require(toc_tls_client_new(&d->tls[ticket], t->ca, t->certificate, t->key,
                                             "tocsin", &e) == TOC_OK,
                          "a ticket's keys can be used");
    toc_crowd_door door = {.host = "127.0.0.1",
                           .port = port ? atoi(port + 1) : 0,
                           .speech = speech,
                           .tls = d->tls[ticket]};
    toc_crowd_add(d->crowd, &door, 1);
}

static void say(toc_desks *d, size_t which, const char *id, const char *op, const char *fields)
{
    toc_buf text = {0};
    toc_buf_printf(&text, "{\"op\":\"%s\",\"token\":\"%s\",\"id\":\"%s\"%s}", op,
                   d->hall->tickets[d->first + which].token, id, fields);
    toc_crowd_send(d->crowd, which, text.data, text.len);
    toc_buf_fini(&text);
}

static bool are_in(const void *context)
{
    const toc_desks *d = context;
    return d->are_in;
}

static bool are_joined(const void *context)
{
    const toc_desks *d = context;
    return d->joined == d->count;
}

static void on_joined(void *context)
{
    toc_desks *d = context;
    d->are_in = true;
}

static void on_message(void *context, size_t which, const char *bytes, size_t len)
{
    toc_desks *d = context;
    if (which >= d->count) {
        d->calls.on_feed(d->calls.context, which - d->count, bytes, len);
        return;
    }
    if (!toc_desks_has(bytes, len, "\"ok\":true"))
        fprintf(stderr, "load: %.*s\n", (int)len, bytes);
    toc_bench_require(toc_desks_has(bytes, len, "\"ok\":true"), "the desk does what it is asked");
    desk *at = &d->desks[which];
    if (at->session[0]) {
        d->calls.on_answer(d->calls.context, d->first + which);
        return;
    }
    char *reply = toc_strndup(bytes, len);
    const char *session = strstr(reply, "\"session\":\"");
    toc_bench_require(session && sscanf(session, "\"session\":\"%23[s0-9]", at->session) == 1,
                      "a join is answered with a session");
    free(reply);
    d->joined++;
}

static void on_end(void *context, size_t which, const char *why)
{
    (void)context;
    fprintf(stderr, "load: connection %zu of the crowd: %s\n", which, why);
    toc_bench_require(false, "the engine keeps every connection");
}
