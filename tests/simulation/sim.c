// SPDX-License-Identifier: MIT
// A history: people play while things break; then everything is mended, all seats must agree, what is asked is
// answered; the exercise is closed or stopped; and the oracle judges what is left.
#include "sim.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "journal_fixture.h"
#include "replays/verify.h"
#include "sim_disk.h"
#include "sim_engine.h"
#include "sim_net.h"
#include "sim_oracle.h"
#include "sim_people.h"

enum {
    QUIET_MS = 8000,   // everybody sits down
    AGREE_MS = 90000,  // after the last fault: back-off, silences and grace included
    ANSWER_MS = 20000, // for what is asked when all is well
    CLOSE_MS = 60000,
    AT_ONCE_MAX = 200000, // happenings at one time: a leap brings many
};

typedef enum {
    KILL,
    POWER,
    STOP,
    BAD_WRITE,
    BAD_SYNC,
    SLOW_DISK,
    CUT,
    SILENCE,
    PARTITION,
    REFUSE,
    SLOW,
    STORM,
    HOLD_BACK,
    TERMINAL,
    DOUBLE,
    FORGE,
    BORROW,
    CROWD,
    FREEZE,
    SLEEP,
    WALL,
    CLOSE,
    FAULTS
} fault;

static void break_things(sim *s);
static void break_engine(sim *s, fault what);
static void break_network(sim *s, fault what);
static void break_people(sim *s, fault what);
static void heal(sim *s);
static void run_for(sim *s, int64_t ms);
static void come_together(sim *s);
static void agree_within(sim *s, int64_t ms);
static void finish(sim *s);
static void verify(sim *s);

bool sim_play(sim *s)
{
    toc_random_seed(&s->random, s->seed, "history");
    s->tries[SIM_HISTORIES]++;
    s->clock = sim_clock_new(&s->random);
    s->oracle = sim_oracle_new(s);
    s->disk = sim_disk_new(s);
    s->engine = sim_engine_new(s);
    s->net = sim_net_new(s);
    s->people = sim_people_new(s);
    sim_engine_start(s->engine);
    sim_people_begin(s->people);
    run_for(s, sim_between(s, 0, QUIET_MS));
    break_things(s);
    heal(s);
    if (!s->broken[0] && !sim_engine_is_closed(s->engine))
        come_together(s);
    if (!s->broken[0])
        finish(s);
    if (!s->broken[0])
        verify(s);
    if (!s->broken[0])
        sim_oracle_judge(s->oracle);
    sim_people_free(s->people); // they may still ask the oracle
    sim_engine_free(s->engine);
    sim_net_free(s->net);
    sim_disk_scrap(s->disk);
    sim_disk_free(s->disk);
    sim_oracle_free(s->oracle);
    sim_clock_free(s->clock);
    return !s->broken[0];
}

uint64_t sim_below(sim *s, uint64_t n)
{
    return toc_random_below(&s->random, n);
}

int64_t sim_between(sim *s, int64_t low, int64_t high)
{
    return low + (int64_t)toc_random_below(&s->random, (uint64_t)(high - low + 1));
}

bool sim_chance(sim *s, unsigned percent)
{
    return toc_random_below(&s->random, 100) < percent;
}

void sim_tell(sim *s, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    long long now = s->clock ? (long long)sim_clock_now(s->clock) : 0;
    for (const char *at = text; *at; at++)
        s->digest = (s->digest ^ (unsigned char)*at) * UINT64_C(1099511628211);
    s->digest = (s->digest ^ (uint64_t)now) * UINT64_C(1099511628211);
    if (s->is_told)
        printf("%8lld.%03lld  %s\n", now / 1000, now % 1000, text);
}

void sim_break(sim *s, const char *format, ...)
{
    va_list args;
    if (s->broken[0])
        return;
    va_start(args, format);
    vsnprintf(s->broken, sizeof s->broken, format, args);
    va_end(args);
    sim_tell(s, "BROKEN: %.400s", s->broken);
}

// Each history has some kinds of faults and not others: one that always comes would hide what another does alone.
static void break_things(sim *s)
{
    fault has[FAULTS];
    size_t count = 0;
    for (fault i = KILL; i < FAULTS; i++)
        if (sim_chance(s, i == CLOSE ? 5 : 40))
            has[count++] = i;
    int64_t pause = sim_between(s, 500, 15000);
    for (int64_t n = sim_between(s, 2, 20); n > 0 && count > 0 && !s->broken[0]; n--) {
        fault what = has[sim_below(s, count)];
        run_for(s, sim_between(s, 50, pause));
        if (what <= SLOW_DISK)
            break_engine(s, what);
        else if (what <= HOLD_BACK)
            break_network(s, what);
        else
            break_people(s, what);
    }
    run_for(s, sim_between(s, 0, 5000));
}

static void break_engine(sim *s, fault what)
{
    switch (what) {
    case KILL:
    case POWER:
        sim_engine_die(s->engine, (int)sim_between(s, 1, sim_chance(s, 50) ? 12 : 90),
                       what == POWER);
        break;
    case STOP:
        sim_engine_stop(s->engine);
        break;
    case BAD_WRITE:
    case BAD_SYNC:
        sim_disk_fail(s->disk, what == BAD_SYNC, (int)sim_between(s, 1, 5));
        break;
    default:
        sim_engine_slow(s->engine, sim_between(s, 2000, 15000));
    }
}

static void break_network(sim *s, fault what)
{
    int64_t ms = sim_between(s, 1000, 30000);
    switch (what) {
    case CUT:
        for (int64_t n = sim_between(s, 1, 4); n > 0; n--)
            sim_net_cut(s->net);
        break;
    case SILENCE:
        sim_net_silence(s->net);
        break;
    case PARTITION:
        for (int64_t n = sim_between(s, 1, 5); n > 0; n--)
            sim_net_partition(s->net, sim_people_node(s->people), ms);
        break;
    case REFUSE:
        sim_net_refuse(s->net, ms);
        break;
    case SLOW:
        sim_net_slow(s->net, ms);
        break;
    case STORM:
        sim_net_storm(s->net, ms);
        break;
    default:
        sim_net_hold_back(s->net, ms / 4);
    }
}

static void break_people(sim *s, fault what)
{
    switch (what) {
    case TERMINAL:
        sim_people_kill(s->people);
        return;
    case DOUBLE:
        sim_people_double(s->people);
        return;
    case FORGE:
        sim_people_forge(s->people);
        return;
    case BORROW:
        sim_people_borrow(s->people);
        return;
    case CROWD:
        sim_people_crowd(s->people);
        return;
    case CLOSE: // and often it cannot be recorded
        sim_people_close(s->people);
        if (sim_chance(s, 60))
            sim_disk_fail(s->disk, sim_chance(s, 50), 1);
        return;
    case FREEZE:
        sim_clock_freeze(s->clock, sim_chance(s, 40) ? SIM_ENGINE : sim_people_node(s->people),
                         sim_between(s, 1000, 40000));
        break;
    case SLEEP:
        sim_clock_leap(s->clock, sim_between(s, 1000, sim_chance(s, 20) ? 900000 : 120000));
        break;
    default:
        sim_engine_step_wall(s->engine, sim_between(s, -7200000, 7200000));
    }
    s->tries[SIM_FREEZES]++;
}

static void heal(sim *s)
{
    sim_tell(s, "all is mended");
    s->is_healed = true;
    sim_net_heal(s->net);
    sim_disk_forget(s->disk);
    sim_engine_spare(s->engine); // killed amid its last write it would leave a torn journal, rightly
    sim_engine_slow(s->engine, 0);
}

static void run_for(sim *s, int64_t ms)
{
    const int64_t until = sim_clock_now(s->clock) + ms;
    int64_t now = 0;
    int at_once = 0;
    while (!s->broken[0] && sim_clock_step(s->clock, until)) {
        at_once = sim_clock_now(s->clock) == now ? at_once + 1 : 0;
        now = sim_clock_now(s->clock);
        if (at_once > AT_ONCE_MAX)
            sim_break(s, "time stands still: one thing brings about the next without end");
    }
}

// Within a while all seats that are open are taken, and have the same lines; then what is asked is answered.
static void come_together(sim *s)
{
    run_for(s, 20000); // people go on, and all goes well
    sim_people_calm(s->people);
    agree_within(s, AGREE_MS);
    if (s->broken[0] || sim_engine_is_closed(s->engine))
        return;
    sim_people_call(s->people);
    run_for(s, 1000);
    agree_within(s, ANSWER_MS);
    for (int i = 0; i < 100 && sim_net_unanswered(s->net) > 0; i++)
        run_for(s, 37); // somebody pings now and then
    if (!s->broken[0] && sim_net_unanswered(s->net) > 0)
        sim_break(s, "%zu requests have no reply", sim_net_unanswered(s->net));
}

static void agree_within(sim *s, int64_t ms)
{
    char why[256] = "";
    const int64_t until = sim_clock_now(s->clock) + ms;
    while (!s->broken[0] && !sim_engine_is_closed(s->engine) &&
           !sim_people_agree(s->people, why, sizeof why)) {
        if (sim_clock_now(s->clock) >= until)
            sim_break(s, "all has been well for %lld s, and %s", (long long)ms / 1000, why);
        run_for(s, 137); // not in step with any heartbeat
    }
}

static void finish(sim *s)
{
    char why[256] = "";
    bool was_closed = sim_engine_is_closed(s->engine); // amid faults: not everybody can know
    if (!was_closed && sim_chance(s, 50)) {
        int64_t until = sim_clock_now(s->clock) + CLOSE_MS;
        while (!s->broken[0] && !sim_engine_is_closed(s->engine) &&
               sim_clock_now(s->clock) < until) {
            sim_people_close(s->people);
            run_for(s, 3000);
        }
        s->is_over = true;
        run_for(s, 30000);
        if (!s->broken[0] && !sim_engine_is_closed(s->engine))
            sim_break(s, "EXCON cannot close the exercise");
        else if (!s->broken[0] && !sim_people_left(s->people, why, sizeof why))
            sim_break(s, "%s", why);
    } else {
        s->is_over = true;
        sim_engine_stop(s->engine);
        run_for(s, 30000);
    }
    if (!s->broken[0] && sim_engine_is_up(s->engine))
        sim_break(s, "the engine does not end");
}

// Replay equals record.
static void verify(sim *s)
{
    toc_buf data = {0};
    toc_verdict v;
    toc_error e = {0};
    toc_verify_options options = {.run = "simulation-1"};
    fixture_read(&data, sim_disk_path(s->disk));
    sim_oracle_resumes(s->oracle, toc_buf_text(&data), data.len);
    if (toc_verify(&v, toc_buf_text(&data), data.len, &options, &e)) {
        sim_break(s, "the journal is none: %s", e.msg);
    } else {
        bool is_closed = sim_engine_is_closed(s->engine);
        if (v.kind != (is_closed ? TOC_VERDICT_VERIFIED : TOC_VERDICT_OPEN))
            sim_break(s, "the journal is %s at line %lld: %s\n%.300s\n%.300s",
                      toc_verdict_name(v.kind), (long long)v.difference, v.what,
                      v.recorded ? v.recorded : "", v.came_out ? v.came_out : "");
        toc_verdict_fini(&v);
    }
    toc_buf_fini(&data);
}
