// SPDX-License-Identifier: MIT
#include "outbox.h"

#include <string.h>

#include "base/mem.h"

static void put_back(toc_outbox *o);
static toc_link_request *next_request(toc_outbox *o);
static void set_aside(toc_outbox *o, toc_link_request *r);
static bool is_preview(const toc_link_request *r);
static void fail(toc_link_request *r);

void toc_outbox_join(toc_outbox *o, const char *session, const char *receipt)
{
    put_back(o);
    o->in_flight = toc_link_request_join(session, receipt);
    o->is_joining = true;
}

bool toc_outbox_choose(toc_outbox *o, const char *session, bool may_ask)
{
    if (o->in_flight && !o->is_joining && is_preview(o->in_flight) && o->queue.first) {
        // REQ forgets what was asked before, and the engine goes on with it when it is asked again.
        set_aside(o, o->in_flight);
        o->in_flight = NULL;
        o->is_sent = false;
    }
    if (!o->in_flight && may_ask) {
        o->in_flight = next_request(o);
        if (o->in_flight && !o->in_flight->id)
            o->in_flight->id = toc_sprintf("%s-%lld", session, (long long)++o->counter);
    }
    return o->in_flight && !o->is_sent;
}

toc_link_request *toc_outbox_take(toc_outbox *o, bool *was_join)
{
    toc_link_request *r = o->in_flight;
    *was_join = o->is_joining;
    o->in_flight = NULL;
    o->is_sent = o->is_joining = false;
    return r;
}

void toc_outbox_supersede(toc_outbox *o)
{
    toc_link_request *r;
    while ((r = toc_link_queue_pop(&o->superseded)))
        toc_link_request_answer(r, NULL, false, "superseded", "a newer preview was asked for");
}

size_t toc_outbox_waiting(const toc_outbox *o)
{
    size_t count = o->in_flight && !o->in_flight->is_internal;
    for (const toc_link_request *r = o->queue.first; r; r = r->next)
        count += !r->is_internal;
    return count + (o->aside != NULL);
}

void toc_outbox_fail(toc_outbox *o)
{
    toc_link_request *r = o->in_flight;
    o->in_flight = NULL;
    fail(r);
    r = o->aside;
    o->aside = NULL;
    fail(r);
    while ((r = toc_link_queue_pop(&o->superseded)) || (r = toc_link_queue_pop(&o->queue)))
        fail(r);
}

// The request under way goes back to the head of the queue, with its id; a join is forgotten.
static void put_back(toc_outbox *o)
{
    if (o->in_flight && o->is_joining)
        toc_link_request_free(o->in_flight);
    else if (o->in_flight)
        toc_link_queue_first(&o->queue, o->in_flight);
    o->in_flight = NULL;
    o->is_sent = o->is_joining = false;
}

// A preview takes the engine a while: it is asked for when nothing else waits.
static toc_link_request *next_request(toc_outbox *o)
{
    toc_link_request *r;
    while ((r = toc_link_queue_pop(&o->queue)) && is_preview(r))
        set_aside(o, r);
    if (r)
        return r;
    r = o->aside;
    o->aside = NULL;
    return r;
}

// Of two previews the newer one counts.
static void set_aside(toc_outbox *o, toc_link_request *r)
{
    if (o->aside)
        toc_link_queue_push(&o->superseded, o->aside);
    o->aside = r;
}

static bool is_preview(const toc_link_request *r)
{
    return strcmp(r->op, "preview") == 0;
}

static void fail(toc_link_request *r)
{
    if (r)
        toc_link_request_answer(r, NULL, false, "link", "the link to the engine has ended");
}
