// SPDX-License-Identifier: MIT
// The host of the simulated engine's switchboard. Every call is a step; once it is dead nothing leaves it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sim_engine_inside.h"
#include "sim_mark.h"
#include "sim_net.h"
#include "sim_oracle.h"

#define WALL_START INT64_C(1795284000000) // 2026-11-21T18:00:00Z

static int64_t mono(void *context);
static bool reply(void *context, toc_packet *p, const char *bytes, size_t len);
static void drop(void *context, toc_packet *p);
static void publish(void *context, size_t feed, const char *bytes, size_t len);
static void know_pipe(void *context, uint32_t pipe);
static void close_pipe(void *context, uint32_t pipe);
static void close_feed(void *context, size_t feed);
static void shut_out(void *context, const char *serial);
static size_t listeners(void *context);
static void commit(void *context, toc_batch *b);
static void preview(void *context, toc_preview *p);
static void wake(void *context, int64_t at);
static void end(void *context, toc_hub_end how);
static toc_err issue(void *context, const char *seat, toc_error *why);
static toc_err drop_ticket(void *context, const char *seat, toc_error *why);
static toc_err close_run(void *context, toc_error *why);
static void event(void *context, const toc_event *ev);
static void notice(void *context, const char *text);

toc_switchboard_host sim_host_of(sim_engine *e)
{
    return (toc_switchboard_host){
        e,          "the run's folder", mono,     reply,     drop,   publish, know_pipe,
        close_pipe, close_feed,         shut_out, listeners, commit, preview, wake,
        end,        issue,              drop_ticket, close_run, event, notice};
}

int64_t sim_host_wall(void *context)
{
    const sim_engine *e = context;
    return WALL_START + sim_clock_now(e->s->clock) + e->wall;
}

sim_ticket *sim_engine_ticket_of(sim_engine *e, const char *seat)
{
    for (size_t i = 0; i < e->ticket_count; i++)
        if (strcmp(e->tickets[i].seat, seat) == 0)
            return &e->tickets[i];
    TOC_GROW(e->tickets, e->ticket_count, e->ticket_capacity);
    sim_ticket *t = &e->tickets[e->ticket_count++];
    *t = (sim_ticket){.is_there = false};
    toc_copy_text(t->seat, sizeof t->seat, seat);
    return t;
}

static int64_t mono(void *context)
{
    const sim_engine *e = context;
    return sim_clock_now(e->s->clock);
}

static bool reply(void *context, toc_packet *p, const char *bytes, size_t len)
{
    sim_engine *e = context;
    if (sim_engine_step(e, false))
        return sim_net_reply(e->s->net, p, bytes, len);
    sim_net_drop(e->s->net, p);
    return true;
}

static void drop(void *context, toc_packet *p)
{
    sim_engine *e = context;
    sim_engine_step(e, false);
    sim_net_drop(e->s->net, p);
}

static void publish(void *context, size_t feed, const char *bytes, size_t len)
{
    sim_engine *e = context;
    if (!sim_engine_step(e, false))
        return;
    sim_oracle_publish(e->s->oracle, sim_feed_audience(feed), bytes, len);
    char what[24];
    char *text = toc_strndup(bytes, len < 100 ? len : 100);
    e->alarms +=
        sim_text_of(text, "what", what, sizeof what) && strcmp(what, "recording-failed") == 0;
    free(text);
    sim_net_publish(e->s->net, feed, bytes, len);
}

// Connections here take up no room.
static void know_pipe(void *context, uint32_t pipe)
{
    (void)context, (void)pipe;
}

static void close_pipe(void *context, uint32_t pipe)
{
    sim_engine *e = context;
    if (sim_engine_step(e, false))
        sim_net_close_pipe(e->s->net, pipe);
}

static void close_feed(void *context, size_t feed)
{
    sim_engine *e = context;
    if (sim_engine_step(e, false))
        sim_net_close_feed(e->s->net, feed);
}

static void shut_out(void *context, const char *serial)
{
    sim_engine *e = context;
    if (sim_engine_step(e, false))
        sim_net_shut_out(e->s->net, serial);
}

static size_t listeners(void *context)
{
    sim_engine *e = context;
    return sim_net_listeners(e->s->net);
}

static void commit(void *context, toc_batch *b)
{
    sim_engine *e = context;
    bool is_slow = e->slow_until > sim_clock_now(e->s->clock);
    sim_engine_step(e, false);
    if (e->batch)
        sim_break(e->s, "two batches are out");
    e->batch = b;
    sim_clock_in(e->s->clock, is_slow ? sim_between(e->s, 200, 6000) : sim_between(e->s, 0, 12),
                 SIM_ENGINE, sim_engine_on_committed, e, (uint64_t)e->life);
}

static void preview(void *context, toc_preview *p)
{
    sim_engine *e = context;
    sim_engine_step(e, false);
    if (e->preview)
        sim_break(e->s, "two previews are run");
    e->preview = p;
    sim_clock_in(e->s->clock, sim_between(e->s, 1, 3000), SIM_ENGINE, sim_engine_on_previewed, e,
                 (uint64_t)e->life);
}

static void wake(void *context, int64_t at)
{
    sim_engine *e = context;
    sim_clock_in(e->s->clock, at - sim_clock_now(e->s->clock), SIM_ENGINE, sim_engine_on_wake, e,
                 ++e->wakes);
}

static void end(void *context, toc_hub_end how)
{
    sim_engine *e = context;
    e->has_ended = true;
    if (how == TOC_HUB_CLOSED && !e->is_closed && !e->is_dead)
        sim_break(e->s, "it ends as closed, and its key is there");
}

static toc_err issue(void *context, const char *seat, toc_error *why)
{
    sim_engine *e = context;
    if (!sim_engine_step(e, false))
        return toc_fail(why, TOC_EIO, "dead");
    sim_ticket *t = sim_engine_ticket_of(e, seat);
    uint64_t number = toc_random_next(&e->s->random);
    snprintf(t->token, sizeof t->token, "%016llx%016llx", (unsigned long long)number,
             (unsigned long long)toc_random_next(&e->s->random));
    snprintf(t->serial, sizeof t->serial, "%016llx", (unsigned long long)number);
    t->is_there = true;
    toc_roster_put(e->roster, seat, t->token, t->serial);
    return TOC_OK;
}

static toc_err drop_ticket(void *context, const char *seat, toc_error *why)
{
    sim_engine *e = context;
    (void)why;
    if (sim_engine_step(e, false))
        sim_engine_ticket_of(e, seat)->is_there = false;
    return TOC_OK;
}

static toc_err close_run(void *context, toc_error *why)
{
    sim_engine *e = context;
    (void)why;
    if (sim_engine_step(e, false))
        e->is_closed = true;
    return TOC_OK;
}

static void event(void *context, const toc_event *ev)
{
    sim_engine *e = context;
    if (sim_engine_step(e, false) && ev->seq >= (int64_t)sim_oracle_lines(e->s->oracle))
        sim_break(e->s, "line %lld is called durable, and is not on the platter",
                  (long long)ev->seq);
}

static void notice(void *context, const char *text)
{
    sim_engine *e = context;
    if (sim_engine_step(e, false))
        sim_tell(e->s, "engine: %s", text);
    // Whoever watches it mends the disk, and starts it again.
    if (!e->is_dead && strncmp(text, "recording failed", 16) == 0)
        sim_clock_in(e->s->clock, sim_between(e->s, 500, 15000), SIM_ENGINE, sim_engine_on_stop, e,
                     (uint64_t)e->life);
}
