// SPDX-License-Identifier: MIT
#include "sim_engine_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "hub/conduct.h"
#include "hub/preview.h"
#include "sim_disk.h"
#include "sim_mark.h"
#include "sim_net.h"
#include "sim_oracle.h"

#define WAITING_MAX 64 // requests that the engine may have in hand, while none waits for the disk

static void on_start(void *context, uint64_t what);
static toc_err open_run(sim_engine *e, toc_error *why);
static void on_line(void *context, const toc_event *ev, bool is_new);
static toc_err begin_run(sim_engine *e, const toc_conduct_host *host, toc_error *why);
static void hand_out_tickets(sim_engine *e);
static void check_failure(sim_engine *e, toc_err outcome);
static void turn(sim_engine *e);
static void look(sim_engine *e);
static void bury(sim_engine *e);
static void free_process(sim_engine *e);

sim_engine *sim_engine_new(sim *s)
{
    sim_engine *e = toc_alloc(sizeof *e);
    e->s = s;
    e->host = sim_host_of(e);
    return e;
}

void sim_engine_free(sim_engine *e)
{
    if (!e)
        return;
    e->is_dead = true;
    if (e->board)
        free_process(e);
    free(e->tickets);
    free(e);
}

void sim_engine_start(sim_engine *e)
{
    sim_clock_in(e->s->clock, 0, SIM_ENGINE, on_start, e, 0);
}

void sim_engine_die(sim_engine *e, int steps, bool is_power)
{
    if (!e->board || e->dies_in > 0)
        return;
    e->dies_in = steps;
    e->dies_of_power = is_power;
    e->dies_at_disk = sim_chance(e->s, 60); // few steps are the disk's, and most can be lost there
}

void sim_engine_spare(sim_engine *e)
{
    e->dies_in = 0;
}

void sim_engine_stop(sim_engine *e)
{
    if (!e->board || e->is_stopping || e->has_ended)
        return;
    sim_tell(e->s, "engine: a signal");
    e->s->tries[SIM_STOPS]++;
    e->is_stopping = true;
    toc_switchboard_stop(e->board);
    look(e);
}

void sim_engine_slow(sim_engine *e, int64_t ms)
{
    e->slow_until = sim_clock_now(e->s->clock) + ms;
}

void sim_engine_step_wall(sim_engine *e, int64_t ms)
{
    e->wall += ms;
}

bool sim_engine_is_up(const sim_engine *e)
{
    return e->board && !e->is_dead && e->was_opened;
}

bool sim_engine_is_closed(const sim_engine *e)
{
    return e->is_closed;
}

int64_t sim_engine_life(const sim_engine *e)
{
    return e->life;
}

bool sim_engine_step(sim_engine *e, bool is_disk)
{
    if (e->dies_in > 0 && (is_disk || !e->dies_at_disk) && --e->dies_in == 0)
        e->is_dead = true;
    return !e->is_dead;
}

bool sim_engine_is_dead(const sim_engine *e)
{
    return e->is_dead;
}

void sim_engine_take(sim_engine *e, const toc_packet *packet)
{
    toc_switchboard_take(e->board, packet);
    if (!e->batch && !e->s->is_crowded && sim_net_unanswered(e->s->net) > WAITING_MAX)
        sim_break(e->s, "the engine has %zu requests in hand", sim_net_unanswered(e->s->net));
    // Requests that came together are read together.
    if (e->has_ended || e->is_dead || sim_chance(e->s, 80))
        turn(e);
    else
        sim_clock_in(e->s->clock, 0, SIM_ENGINE, sim_engine_on_wake, e, ++e->wakes);
}

void sim_engine_gone(sim_engine *e, uint32_t pipe)
{
    if (!sim_engine_is_up(e))
        return;
    toc_switchboard_gone(e->board, pipe);
    turn(e);
}

const sim_ticket *sim_engine_ticket(const sim_engine *e, size_t i)
{
    return i < e->ticket_count ? &e->tickets[i] : NULL;
}

// ---- a process begins ----------------------------------------------------------------------------

static void on_start(void *context, uint64_t what)
{
    sim_engine *e = context;
    toc_error why = {0};
    (void)what;
    if (e->board || e->is_closed || e->s->is_over || e->s->broken[0])
        return;
    e->life++;
    e->is_dead = e->has_ended = e->is_stopping = false;
    e->dies_in = e->alarms = 0;
    if (!e->s->is_healed && sim_chance(e->s, 10)) {
        e->dies_in = (int)sim_between(e->s, 1, 12); // while it begins
        e->dies_of_power = e->dies_at_disk = sim_chance(e->s, 50);
    }
    if (!e->s->is_healed && sim_chance(e->s, 6))
        sim_disk_fail(e->s->disk, sim_chance(e->s, 50), (int)sim_between(e->s, 1, 4));
    if (!e->was_opened && access(sim_disk_path(e->s->disk), F_OK) != 0) {
        sim_disk_scrap(e->s->disk); // a journal that could not be made is taken away again
        sim_oracle_anew(e->s->oracle);
    }
    sim_disk_begin(e->s->disk);
    e->roster = toc_roster_new();
    e->board = toc_switchboard_new(&e->host, e->roster, true);
    toc_err err = open_run(e, &why);
    if (err && !e->is_dead && !sim_disk_has_failed(e->s->disk))
        sim_break(e->s, "it does not start: %s", why.msg);
    if (err || e->is_dead) {
        sim_tell(e->s, "engine: process %lld does not come up: %s", (long long)e->life, why.msg);
        bury(e);
        return;
    }
    e->was_opened = true;
    sim_oracle_life(e->s->oracle);
    hand_out_tickets(e);
    toc_switchboard_open(e->board, e->conduct);
    sim_tell(e->s, "engine: process %lld is up, %zu lines are safe", (long long)e->life,
             sim_oracle_lines(e->s->oracle));
    turn(e);
}

static toc_err open_run(sim_engine *e, toc_error *why)
{
    int64_t cut;
    const toc_conduct_host host = {.journal = sim_disk_path(e->s->disk),
                                   .seal_pem = e->s->seal_pem,
                                   .disk = sim_disk_seam(e->s->disk),
                                   .context = e,
                                   .wall = sim_host_wall,
                                   .on_line = on_line};
    if (access(host.journal, F_OK) != 0)
        return begin_run(e, &host, why);
    toc_err err = toc_conduct_resume(&e->conduct, &host, sim_clock_now(e->s->clock), &cut, why);
    // Nobody was ever told of this run: a new one is begun in its place.
    if (err && !e->was_opened && !e->is_dead && !sim_disk_has_failed(e->s->disk)) {
        sim_disk_scrap(e->s->disk);
        sim_oracle_anew(e->s->oracle);
        return begin_run(e, &host, why);
    }
    return err;
}

static toc_err begin_run(sim_engine *e, const toc_conduct_host *host, toc_error *why)
{
    static const char *const seats[] = {"excon-1", "simcell-1", "evaluator-1", "board-1"};
    const toc_conduct_setup setup = {"simulation-1", 26, e->s->files, seats, TOC_COUNT(seats)};
    return toc_conduct_start(&e->conduct, host, &setup, sim_clock_now(e->s->clock), why);
}

static void on_line(void *context, const toc_event *ev, bool is_new)
{
    sim_engine *e = context;
    toc_switchboard_line(e->board, ev, is_new);
}

// An open seat without a ticket, or with one that was revoked, gets a new one.
static void hand_out_tickets(sim_engine *e)
{
    const toc_exercise *x = toc_conduct_exercise(e->conduct);
    toc_error why;
    for (size_t i = 0; i < toc_exercise_seat_count(x); i++) {
        toc_seat_view seat = toc_exercise_seat(x, i);
        if (!seat.is_open)
            continue;
        sim_ticket *t = sim_engine_ticket_of(e, seat.id);
        if (t->is_there)
            toc_roster_put(e->roster, seat.id, t->token, t->serial);
        if (!toc_roster_serial(e->roster, seat.id))
            e->host.issue(e, seat.id, &why);
    }
}

// ---- what happens to it --------------------------------------------------------------------------

void sim_engine_on_committed(void *context, uint64_t what)
{
    sim_engine *e = context;
    toc_error why = {0};
    toc_batch *b = e->batch;
    if (!e->board || what != (uint64_t)e->life || !b)
        return;
    toc_err outcome = toc_batch_commit(b, &why);
    e->batch = NULL;
    toc_switchboard_committed(e->board, b, outcome, &why);
    turn(e);
    if (e->board)
        check_failure(e, outcome);
}

static void check_failure(sim_engine *e, toc_err outcome)
{
    if (!outcome || e->is_dead || e->has_ended || e->is_stopping)
        return;
    if (!toc_conduct_has_failed(e->conduct))
        sim_break(e->s, "a commit failed, and it goes on");
    else if (e->alarms != SIM_FEEDS)
        sim_break(e->s, "a commit failed, and %d of %d feeds were told", e->alarms, SIM_FEEDS);
}

void sim_engine_on_previewed(void *context, uint64_t what)
{
    sim_engine *e = context;
    toc_preview *p = e->preview;
    if (!e->board || what != (uint64_t)e->life || !p)
        return;
    e->preview = NULL;
    toc_preview_run(p);
    toc_switchboard_previewed(e->board, p);
    turn(e);
}

void sim_engine_on_wake(void *context, uint64_t what)
{
    sim_engine *e = context;
    if (e->board && what == e->wakes)
        turn(e);
}

void sim_engine_on_stop(void *context, uint64_t what)
{
    sim_engine *e = context;
    if (what == (uint64_t)e->life)
        sim_engine_stop(e);
}

static void turn(sim_engine *e)
{
    if (!e->is_dead && !e->has_ended)
        toc_switchboard_turn(e->board);
    look(e);
}

static void look(sim_engine *e)
{
    if (e->is_dead || (e->has_ended && !e->batch && !e->preview))
        bury(e);
    else if (e->has_ended && !e->is_dead)
        sim_tell(e->s, "engine: it ends while a worker is busy");
}

// The process is gone; what is left is on the disk. The next one comes after a while.
static void bury(sim_engine *e)
{
    sim *s = e->s;
    bool is_power = e->is_dead && e->dies_of_power;
    if (e->is_dead) {
        sim_tell(s, "engine: process %lld dies%s", (long long)e->life,
                 is_power ? " with the power" : "");
        s->tries[is_power ? SIM_POWER : SIM_KILLS]++;
    } else {
        sim_tell(s, "engine: process %lld has ended", (long long)e->life);
    }
    free_process(e);
    if (is_power)
        sim_disk_lose_power(s->disk);
    sim_disk_forget(s->disk);
    sim_net_engine_gone(s->net, is_power && sim_chance(s, 50));
    if (!e->is_closed && !s->is_over)
        sim_clock_in(s->clock, sim_between(s, 50, s->is_healed ? 2000 : 20000), SIM_WORLD, on_start,
                     e, 0);
}

static void free_process(sim_engine *e)
{
    e->is_dead = true; // nothing leaves it from here on
    if (e->batch) {
        toc_error why = {0};
        toc_batch *b = e->batch;
        e->batch = NULL;
        toc_err outcome = toc_batch_commit(b, &why);
        toc_conduct_done(e->conduct, sim_clock_now(e->s->clock), b, outcome, &why);
    }
    if (e->preview) {
        toc_preview_run(e->preview);
        toc_switchboard_previewed(e->board, e->preview);
        e->preview = NULL;
    }
    toc_switchboard_free(e->board);
    toc_conduct_free(e->conduct);
    toc_roster_free(e->roster);
    e->board = NULL;
    e->conduct = NULL;
    e->roster = NULL;
}
