// SPDX-License-Identifier: MIT
// One inject to a thousand seats: EXCON fires a row at the desk, the engine makes it durable, and a crowd with
// the seats' own certificates has it on twenty teams' feeds. The way of the references is the same: a request goes
// in, and the last of a thousand has the line. They take turns, so that both meet the same machine.

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "bench.h"
#include "bench_load_desks.h"
#include "reference.h"

enum {
    TURNS = 5,
    ROUNDS = 12, // a turn
    ALL_ROUNDS = TURNS * ROUNDS,
    REFERENCES = 2, // NNG, NODE
};

typedef struct {
    toc_rounds last, middle; // s
    double cpu;              // s a delivery
} way;

typedef struct {
    way engine, of[REFERENCES];
    double is_there[REFERENCES];
    toc_rounds acknowledged; // s, until the desk had answered
} measured;

typedef struct {
    uv_loop_t loop;
    toc_hall hall;
    toc_desks *desks;
    char *wanted; // what a line of the row that was fired has in it
    bool has[TOC_HALL_SEATS];
    size_t count; // that have it
    bool is_answered;
    double began, answered, middle, last;
} stage;

static void measure(double *out);
static void open_stage(stage *s);
static void fire(stage *s, int row);
static void tell(toc_figures *out, const measured *m);
static void add(toc_figures *out, const char *name, const toc_rounds *r, const toc_rounds *beside,
                const char *what, double most);
static bool is_answered(const void *context);
static bool is_done(const void *context);
static void on_answer(void *context, size_t seat);
static void on_feed(void *context, size_t seat, const char *bytes, size_t len);

bool toc_bench_inject(toc_figures *out)
{
    measured m;
    if (!toc_bench_apart(measure, (double *)&m, sizeof m / sizeof(double)))
        return false;
    tell(out, &m);
    return true;
}

static void tell(toc_figures *out, const measured *m)
{
    const way *e = &m->engine, *nng = &m->of[TOC_REFERENCE_NNG], *node = &m->of[TOC_REFERENCE_NODE];
    const char *beside = "nng PUB";
    add(out, "inject: to the last of 1,000 seats, median", &e->last, &nng->last, beside, 1.3);
    toc_figures_add(out, (toc_figure){"inject: to the last of 1,000 seats, p99", "ms",
                                      1000 * e->last.p99, 1000 * nng->last.p99, beside, 0});
    if (m->is_there[TOC_REFERENCE_NODE] > 0)
        add(out, "inject: the same beside Node, median", &e->last, &node->last, "Node ws", 1);
    else
        toc_figures_miss(out, "inject: the same beside Node, median",
                         "the package ws is not installed");
    add(out, "inject: to half of 1,000 seats, median", &e->middle, &nng->middle, beside, 0);
    toc_figures_add(out, (toc_figure){"inject: to half of 1,000 seats, p99", "ms",
                                      1000 * e->middle.p99, 1000 * nng->middle.p99, beside, 0});
    toc_figures_add(out, (toc_figure){"inject: processor time a delivery", "us", 1e6 * e->cpu,
                                      1e6 * nng->cpu, beside, 0});
    add(out, "inject: EXCON knows that it is recorded, median", &m->acknowledged, NULL, NULL, 0);
}

// most: how many times what stands beside it it may be; 0: there is no target.
static void add(toc_figures *out, const char *name, const toc_rounds *r, const toc_rounds *beside,
                const char *what, double most)
{
    double reference = beside ? 1000 * beside->median : 0;
    toc_figures_add(out,
                    (toc_figure){name, "ms", 1000 * r->median, reference, what, most * reference});
    toc_figures_spread(out, 1000 * r->lower, 1000 * r->upper);
}

static void measure(double *out)
{
    measured *m = (measured *)out;
    stage *s = toc_alloc(sizeof *s);
    toc_reference *r[REFERENCES];
    double last[1 + REFERENCES][ALL_ROUNDS], middle[1 + REFERENCES][ALL_ROUNDS];
    double answered[ALL_ROUNDS];
    const char *absent;
    for (int i = 0; i < REFERENCES; i++)
        r[i] = toc_reference_open((toc_reference_kind)i, TOC_HALL_SEATS, &absent);
    open_stage(s);
    for (int turn = 0; turn < TURNS; turn++) {
        double cpu = toc_hall_cpu(&s->hall);
        for (int i = turn * ROUNDS; i < (turn + 1) * ROUNDS; i++) {
            fire(s, i);
            last[0][i] = s->last - s->began;
            middle[0][i] = s->middle - s->began;
            answered[i] = s->answered - s->began;
        }
        m->engine.cpu += (toc_hall_cpu(&s->hall) - cpu) / ALL_ROUNDS / TOC_HALL_SEATS;
        for (int i = 0; i < REFERENCES; i++) {
            if (!r[i])
                continue;
            cpu = toc_reference_cpu(r[i]);
            toc_reference_broadcast(r[i], ROUNDS, &last[1 + i][turn * ROUNDS],
                                    &middle[1 + i][turn * ROUNDS]);
            m->of[i].cpu += (toc_reference_cpu(r[i]) - cpu) / ALL_ROUNDS / TOC_HALL_SEATS;
        }
    }
    m->engine.last = toc_rounds_of(last[0], ALL_ROUNDS);
    m->engine.middle = toc_rounds_of(middle[0], ALL_ROUNDS);
    m->acknowledged = toc_rounds_of(answered, ALL_ROUNDS);
    for (int i = 0; i < REFERENCES; i++) {
        m->is_there[i] = r[i] != NULL;
        if (!r[i])
            continue;
        m->of[i].last = toc_rounds_of(last[1 + i], ALL_ROUNDS);
        m->of[i].middle = toc_rounds_of(middle[1 + i], ALL_ROUNDS);
        toc_reference_close(r[i]);
    }
    toc_hall_close(&s->hall);
    free(s);
}

static void open_stage(stage *s)
{
    uv_loop_init(&s->loop);
    signal(SIGPIPE, SIG_IGN);
    toc_hall_open(&s->hall, &(toc_hall_plan){.teams = TOC_HALL_TEAMS,
                                             .seats_each = TOC_HALL_SEATS / TOC_HALL_TEAMS,
                                             .excons = 1,
                                             .rows = ALL_ROUNDS});
    s->desks = toc_desks_open(&s->loop, &s->hall, TOC_HALL_SEATS, 1,
                              &(toc_desks_calls){s, on_answer, on_feed});
    toc_desks_ask(s->desks, TOC_HALL_SEATS, "start", "");
    toc_bench_require(toc_hall_await(&s->loop, is_answered, s), "play starts");
    toc_desks_listen(s->desks);
}

static void fire(stage *s, int row)
{
    char *id = toc_hall_row(row);
    char *fields = toc_sprintf(",\"inject\":\"%s\"", id);
    free(s->wanted);
    s->wanted = toc_strdup(fields + 1);
    memset(s->has, 0, sizeof s->has);
    s->count = 0;
    s->is_answered = false;
    s->began = toc_bench_now();
    toc_desks_ask(s->desks, TOC_HALL_SEATS, "fire", fields);
    toc_bench_require(toc_hall_await(&s->loop, is_done, s), "every seat has the inject");
    free(fields);
    free(id);
}

static bool is_answered(const void *context)
{
    const stage *s = context;
    return s->is_answered;
}

static bool is_done(const void *context)
{
    const stage *s = context;
    return s->is_answered && s->count == TOC_HALL_SEATS;
}

static void on_answer(void *context, size_t seat)
{
    stage *s = context;
    (void)seat;
    s->is_answered = true;
    s->answered = toc_bench_now();
}

static void on_feed(void *context, size_t seat, const char *bytes, size_t len)
{
    stage *s = context;
    if (!s->wanted || s->has[seat] || !toc_desks_has(bytes, len, s->wanted))
        return;
    s->has[seat] = true;
    s->count++;
    if (s->count == TOC_HALL_SEATS / 2)
        s->middle = toc_bench_now();
    if (s->count == TOC_HALL_SEATS)
        s->last = toc_bench_now();
}
