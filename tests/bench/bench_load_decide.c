// SPDX-License-Identifier: MIT
// Decisions of a thousand seats: each has a question of its own, answers it in its own words at the same moment as
// all the others, and waits until its desk says that it is recorded durably. EXCON then rejects all these
// answers, which opens the questions for the next round. Beside it a raw REP that answers with what it was asked,
// and nothing else: no seats, no journal, no disk.
//
// With the feeds connected a decision costs more than an answer: its line goes to the fifty seats of the team.

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "bench.h"
#include "bench_load_desks.h"
#include "reference.h"

#define REP_ECHO "raw REP, echo"

enum {
    EXCONS = 8,
    ROUNDS = 10,
    ASKS = 50, // one by one, a round
    EACH = TOC_HALL_SEATS / TOC_HALL_TEAMS,
    STRIDE = 421, // seats of one team do not come one after the other; prime to TOC_HALL_SEATS
    LINE = 600,   // bytes, for the disk alone
};

typedef struct {
    toc_rounds alone, loaded; // s, each
    toc_rounds rate;          // a second
    double cpu;               // s of the server, each of 1,000 at once
} way;

typedef struct {
    way seats, echo;
    way desks, beside_desks; // the same while no feed is connected
    toc_rounds sync;         // s
} measured;

// What the rounds of one way put.
typedef struct {
    double alone[ROUNDS * ASKS], loaded[ROUNDS * TOC_HALL_SEATS], rate[ROUNDS];
    double cpu;
} samples;

typedef struct {
    uv_loop_t loop;
    toc_hall hall;
    toc_desks *desks;
    double asked[TOC_HALL_SEATS], took[TOC_HALL_SEATS];
    double newest; // when the newest answer came
    size_t answered, wanted;
    size_t to_rule; // the next question that EXCON rejects
    size_t rule_end;
} stage;

static void measure(double *out);
static void open_stage(stage *s);
static void add(toc_figures *out, toc_figure figure, toc_rounds r, double unit);
static void add_rate(toc_figures *out, const char *name, const toc_rounds *rate,
                     const toc_rounds *echo);
static void tell(toc_figures *out, const measured *m);
static void play_round(stage *s, samples *of, size_t round);
static void echo_round(toc_reference *r, samples *of, size_t round);
static void decide(stage *s, size_t seat);
static void reject(stage *s, size_t count);
static void rule(stage *s, size_t by);
static void wait_for(stage *s, size_t answers);
static way way_of(samples *s);
static bool are_answered(const void *context);
static void on_answer(void *context, size_t seat);
static void on_feed(void *context, size_t seat, const char *bytes, size_t len);

bool toc_bench_decide(toc_figures *out)
{
    measured m;
    if (!toc_bench_apart(measure, (double *)&m, sizeof m / sizeof(double)))
        return false;
    tell(out, &m);
    return true;
}

static void tell(toc_figures *out, const measured *m)
{
    double limit = m->echo.alone.median + m->sync.median + 0.002;
    add(out,
        (toc_figure){"decide: one alone is durable, median", "ms", 0, 1000 * m->echo.alone.median,
                     REP_ECHO, 1000 * limit},
        m->seats.alone, 1000);
    toc_figures_add(out, (toc_figure){"decide: one alone, p99", "ms", 1000 * m->seats.alone.p99,
                                      1000 * m->echo.alone.p99, REP_ECHO, 0});
    add(out,
        (toc_figure){"decide: one of 1,000 at once, median", "ms", 0, 1000 * m->echo.loaded.median,
                     REP_ECHO, 0},
        m->seats.loaded, 1000);
    toc_figures_add(out, (toc_figure){"decide: one of 1,000 at once, p99", "ms",
                                      1000 * m->seats.loaded.p99, 1000 * m->echo.loaded.p99,
                                      REP_ECHO, 0});
    add_rate(out, "decide: durable a second, of 1,000 seats", &m->seats.rate, &m->echo.rate);
    add_rate(out, "decide: durable a second, nobody hears a feed", &m->desks.rate,
             &m->beside_desks.rate);
    toc_figures_add(out, (toc_figure){"decide: processor time, each of 1,000 at once", "us",
                                      1e6 * m->seats.cpu, 1e6 * m->echo.cpu, REP_ECHO, 0});
    toc_figures_add(out, (toc_figure){"decide: processor time, nobody hears a feed", "us",
                                      1e6 * m->desks.cpu, 1e6 * m->beside_desks.cpu, REP_ECHO, 0});
}

static void add(toc_figures *out, toc_figure figure, toc_rounds r, double unit)
{
    figure.value = unit * r.median;
    toc_figures_add(out, figure);
    toc_figures_spread(out, unit * r.lower, unit * r.upper);
}

static void add_rate(toc_figures *out, const char *name, const toc_rounds *rate,
                     const toc_rounds *echo)
{
    toc_figures_add_least(
        out, (toc_figure){name, "1/s", rate->median, echo->median, REP_ECHO, 0.6 * echo->median});
    toc_figures_spread(out, rate->lower, rate->upper);
}

static void measure(double *out)
{
    measured *m = (measured *)out;
    stage *s = toc_alloc(sizeof *s);
    samples *desks = toc_alloc(sizeof *desks), *seats = toc_alloc(sizeof *seats);
    samples *half = toc_alloc(sizeof *half), *echo = toc_alloc(sizeof *echo);
    double syncs[ROUNDS * ASKS];
    const char *absent;
    toc_reference *r = toc_reference_open(TOC_REFERENCE_ECHO, TOC_HALL_SEATS, &absent);
    open_stage(s);
    for (size_t i = 0; i < ROUNDS; i++) {
        play_round(s, desks, i);
        echo_round(r, half, i);
    }
    toc_desks_listen(s->desks);
    for (size_t i = 0; i < ROUNDS; i++) {
        play_round(s, seats, i);
        echo_round(r, echo, i);
        toc_reference_sync(s->hall.folder, LINE, ASKS, syncs + i * ASKS);
    }
    m->desks = way_of(desks);
    m->beside_desks = way_of(half);
    m->seats = way_of(seats);
    m->echo = way_of(echo);
    m->sync = toc_rounds_of(syncs, TOC_COUNT(syncs));
    toc_bench_require(toc_hall_verify(&s->hall), "the run's journal is whole");
    toc_reference_close(r);
    toc_hall_close(&s->hall);
    free(desks);
    free(seats);
    free(half);
    free(echo);
    free(s);
}

static void open_stage(stage *s)
{
    uv_loop_init(&s->loop);
    signal(SIGPIPE, SIG_IGN);
    toc_hall_open(&s->hall, &(toc_hall_plan){.teams = TOC_HALL_TEAMS,
                                             .seats_each = EACH,
                                             .excons = EXCONS,
                                             .questions = EACH});
    s->desks = toc_desks_open(&s->loop, &s->hall, 0, TOC_HALL_SEATS + EXCONS,
                              &(toc_desks_calls){s, on_answer, on_feed});
    toc_desks_ask(s->desks, TOC_HALL_SEATS, "start", "");
    wait_for(s, 1);
}

// Fifty seats one after the other, then all at once.
static void play_round(stage *s, samples *of, size_t round)
{
    for (size_t i = 0; i < ASKS; i++) {
        decide(s, i);
        wait_for(s, 1);
        of->alone[round * ASKS + i] = s->took[i];
    }
    reject(s, ASKS);
    double cpu = toc_hall_cpu(&s->hall), began = toc_bench_now();
    for (size_t i = 0; i < TOC_HALL_SEATS; i++)
        decide(s, i * STRIDE % TOC_HALL_SEATS);
    wait_for(s, TOC_HALL_SEATS);
    of->rate[round] = TOC_HALL_SEATS / (s->newest - began);
    memcpy(of->loaded + round * TOC_HALL_SEATS, s->took, sizeof s->took);
    of->cpu += (toc_hall_cpu(&s->hall) - cpu) / ROUNDS / TOC_HALL_SEATS;
    reject(s, TOC_HALL_SEATS);
}

static void echo_round(toc_reference *r, samples *of, size_t round)
{
    toc_reference_ask(r, ASKS, of->alone + round * ASKS);
    double cpu = toc_reference_cpu(r);
    of->rate[round] = toc_reference_ask_all(r, TOC_HALL_SEATS, of->loaded + round * TOC_HALL_SEATS);
    of->cpu += (toc_reference_cpu(r) - cpu) / ROUNDS / TOC_HALL_SEATS;
}

static void decide(stage *s, size_t seat)
{
    char fields[160];
    snprintf(fields, sizeof fields,
             ",\"decision\":\"Q-%zu-%zu\",\"option\":\"other\",\"text\":\"We close the southern "
             "line and tell the grid before we do.\"",
             seat / EACH + 1, seat % EACH + 1);
    s->asked[seat] = toc_bench_now();
    toc_desks_ask(s->desks, seat, "decide", fields);
}

// The answers of the first seats.
static void reject(stage *s, size_t count)
{
    s->to_rule = 0;
    s->rule_end = count;
    for (size_t i = 0; i < EXCONS; i++)
        rule(s, TOC_HALL_SEATS + i);
    wait_for(s, count);
}

static void rule(stage *s, size_t by)
{
    char fields[80];
    if (s->to_rule == s->rule_end)
        return;
    size_t seat = s->to_rule++;
    snprintf(fields, sizeof fields, ",\"decision\":\"Q-%zu-%zu\",\"ruling\":\"reject\"",
             seat / EACH + 1, seat % EACH + 1);
    toc_desks_ask(s->desks, by, "rule", fields);
}

static void wait_for(stage *s, size_t answers)
{
    s->wanted = answers;
    toc_bench_require(toc_hall_await(&s->loop, are_answered, s), "every request is answered");
    s->answered = 0;
}

static way way_of(samples *s)
{
    return (way){.alone = toc_rounds_of(s->alone, TOC_COUNT(s->alone)),
                 .loaded = toc_rounds_of(s->loaded, TOC_COUNT(s->loaded)),
                 .rate = toc_rounds_of(s->rate, TOC_COUNT(s->rate)),
                 .cpu = s->cpu};
}

static bool are_answered(const void *context)
{
    const stage *s = context;
    return s->answered == s->wanted;
}

static void on_answer(void *context, size_t seat)
{
    stage *s = context;
    s->newest = toc_bench_now();
    s->answered++;
    if (seat < TOC_HALL_SEATS)
        s->took[seat] = s->newest - s->asked[seat];
    else
        rule(s, seat);
}

static void on_feed(void *context, size_t seat, const char *bytes, size_t len)
{
    (void)context, (void)seat, (void)bytes, (void)len;
}
