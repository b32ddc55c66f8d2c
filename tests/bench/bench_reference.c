// SPDX-License-Identifier: MIT
// What the engine is measured against, by itself: other servers with a thousand receivers each, in turn. Each has
// told all of its receivers everything, or there is no figure.

#include "bench.h"

#include <stdlib.h>

#include "base/mem.h"
#include "reference.h"

enum {
    CROWD = 1000,
    BROADCASTS = 3, // NNG, NODE, NATS
    TURNS = 5,
    ROUNDS = 20, // a turn
    ALL_ROUNDS = TURNS * ROUNDS,
    ASKS = 100,      // one by one, a turn
    ANSWERS = 10000, // all at once, a turn
};

typedef struct {
    double median, lower, upper, p99;
} spread;

// Of doubles alone: toc_bench_apart hands it from one process to the other as such.
typedef struct {
    struct {
        double is_there;
        spread last, middle; // ms
        double cpu;          // us a delivery
    } of[BROADCASTS];
} broadcasts;

typedef struct {
    spread alone, loaded; // ms
    spread rate;          // answers a second
} echo;

static void measure_broadcasts(double *out);
static void measure_echo(double *out);
static void add_broadcasts(toc_figures *out, const broadcasts *b);
static void add(toc_figures *out, toc_figure figure, const spread *s);
static spread spread_of(double *list, size_t count, double unit);

bool toc_bench_reference(toc_figures *out)
{
    broadcasts b;
    echo e;
    if (!toc_bench_apart(measure_broadcasts, (double *)&b, sizeof b / sizeof(double)) ||
        !toc_bench_apart(measure_echo, (double *)&e, sizeof e / sizeof(double)))
        return false;
    add_broadcasts(out, &b);
    add(out,
        (toc_figure){"reference: nng REP echo to one, median", "ms", e.alone.median, 0, NULL, 0},
        &e.alone);
    toc_figures_add(out, (toc_figure){"reference: the same, p99", "ms", e.alone.p99, 0, NULL, 0});
    add(out,
        (toc_figure){"reference: nng REP echo to 1,000 at once", "1/s", e.rate.median, 0, NULL, 0},
        &e.rate);
    add(out,
        (toc_figure){"reference: one of these, median", "ms", e.loaded.median, e.alone.median,
                     "to one alone", 0},
        &e.loaded);
    toc_figures_add(out, (toc_figure){"reference: one of these, p99", "ms", e.loaded.p99,
                                      e.alone.p99, "to one alone", 0});
    return true;
}

static void add_broadcasts(toc_figures *out, const broadcasts *b)
{
    static const struct {
        const char *last, *p99, *middle, *cpu;
    } names[BROADCASTS] = {
        {"reference: nng PUB to the last of 1,000, median", "reference: nng PUB, p99",
         "reference: nng PUB to half of 1,000, median",
         "reference: nng PUB, processor time a delivery"},
        {"reference: Node ws to the last of 1,000, median", "reference: Node ws, p99",
         "reference: Node ws to half of 1,000, median",
         "reference: Node ws, processor time a delivery"},
        {"reference: NATS to the last of 1,000, median", "reference: NATS, p99",
         "reference: NATS to half of 1,000, median", "reference: NATS, processor time a delivery"},
    };
    const char *absent[BROADCASTS] = {NULL, "the package ws is not installed",
                                      "nats-server is not installed"};
    for (int i = 0; i < BROADCASTS; i++) {
        const char *beside = i > 0 ? "nng PUB" : NULL;
        if (b->of[i].is_there == 0) {
            toc_figures_miss(out, names[i].last, absent[i]);
            continue;
        }
        add(out,
            (toc_figure){names[i].last, "ms", b->of[i].last.median,
                         beside ? b->of[0].last.median : 0, beside, 0},
            &b->of[i].last);
        toc_figures_add(out, (toc_figure){names[i].p99, "ms", b->of[i].last.p99,
                                          beside ? b->of[0].last.p99 : 0, beside, 0});
        add(out,
            (toc_figure){names[i].middle, "ms", b->of[i].middle.median,
                         beside ? b->of[0].middle.median : 0, beside, 0},
            &b->of[i].middle);
        toc_figures_add(out, (toc_figure){names[i].cpu, "us", b->of[i].cpu,
                                          beside ? b->of[0].cpu : 0, beside, 0});
    }
}

static void add(toc_figures *out, toc_figure figure, const spread *s)
{
    toc_figures_add(out, figure);
    toc_figures_spread(out, s->lower, s->upper);
}

// All are open at once, and only one at a time has anything to do.
static void measure_broadcasts(double *out)
{
    broadcasts *b = (broadcasts *)out;
    toc_reference *r[BROADCASTS];
    double(*last)[ALL_ROUNDS] = toc_alloc(BROADCASTS * sizeof *last);
    double(*middle)[ALL_ROUNDS] = toc_alloc(BROADCASTS * sizeof *middle);
    const char *absent;
    for (int i = 0; i < BROADCASTS; i++)
        r[i] = toc_reference_open((toc_reference_kind)i, CROWD, &absent);
    for (size_t turn = 0; turn < TURNS; turn++)
        for (int i = 0; i < BROADCASTS; i++) {
            if (!r[i])
                continue;
            double cpu = toc_reference_cpu(r[i]);
            toc_reference_broadcast(r[i], ROUNDS, last[i] + turn * ROUNDS,
                                    middle[i] + turn * ROUNDS);
            b->of[i].cpu += 1e6 * (toc_reference_cpu(r[i]) - cpu) / ALL_ROUNDS / CROWD;
        }
    for (int i = 0; i < BROADCASTS; i++) {
        b->of[i].is_there = r[i] != NULL;
        b->of[i].last = spread_of(last[i], ALL_ROUNDS, 1000);
        b->of[i].middle = spread_of(middle[i], ALL_ROUNDS, 1000);
        toc_reference_close(r[i]);
    }
    free(last);
    free(middle);
}

static void measure_echo(double *out)
{
    echo *e = (echo *)out;
    const char *absent;
    toc_reference *r = toc_reference_open(TOC_REFERENCE_ECHO, CROWD, &absent);
    double *alone = toc_alloc(sizeof *alone * TURNS * ASKS);
    double *loaded = toc_alloc(sizeof *loaded * TURNS * ANSWERS);
    double rates[TURNS];
    for (size_t i = 0; i < TURNS; i++) {
        toc_reference_ask(r, ASKS, alone + i * ASKS);
        rates[i] = toc_reference_ask_all(r, ANSWERS, loaded + i * ANSWERS);
    }
    e->alone = spread_of(alone, TURNS * ASKS, 1000);
    e->loaded = spread_of(loaded, TURNS * ANSWERS, 1000);
    e->rate = spread_of(rates, TURNS, 1);
    toc_reference_close(r);
    free(alone);
    free(loaded);
}

static spread spread_of(double *list, size_t count, double unit)
{
    return (spread){
        unit * toc_bench_quantile(list, count, 0.5), unit * toc_bench_quantile(list, count, 0.25),
        unit * toc_bench_quantile(list, count, 0.75), unit * toc_bench_quantile(list, count, 0.99)};
}
