// SPDX-License-Identifier: MIT
// The world on 100,000 services with 300,000 needs: twenty layers, each service with needs of lower
// ones, so that the first one reaches all; a third of the needs with buffers, a quarter of the
// services with a restart, a tenth with alternatives. A last service with nine that need nothing but
// it is the small change beside all this. It comes in two shapes: where the first need of each has no
// buffer, all fall in the minute of the shock; where it has, they fall step by step over days, and each
// several times.
//
// Milliseconds are of processor time, and the quickest of several runs counts: what else the machine
// does can only add to it. Microseconds are as they pass.

#include "bench.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/random.h"
#include "world/world.h"

enum {
    SERVICES = 100000,
    NEEDS = 300000,
    LAYERS = 20,
    SMALL = 10,  // the small change reaches so many, itself among them
    SECOND = 10, // services of layer 1, which need the first service alone
    RUNS = 5,
    CHANGES = 1000,
    REST = 525600, // a year: by then everything has come to rest
    SEED = 26,
};
#define SMALL_ROOT (SERVICES - SMALL)

// Who is needed by whom, as plain as it gets: what the references walk.
typedef struct {
    uint32_t *from; // of SERVICES + 1: where a provider's consumers begin
    uint32_t *to;
} adjacency;

static void make_model(toc_model *m, bool is_buffered);
static void make_adjacency(adjacency *a, const toc_model *m);
static void free_adjacency(adjacency *a);
static size_t walk(const adjacency *a, uint32_t root, uint8_t *seen, uint32_t *queue);
static void measure_all(double *out);
static void measure_slow(double *out);
static void measure_small(double *out);
static void measure_model_memory(double *out);
static void measure_world_memory(double *out);

// What measure_all puts where.
enum { LOAD, LOAD_PLAIN, FALL, WALK, RISE, AHEAD, COPY, ALL_COUNT };
// And measure_slow.
enum { SLOW, SLOW_CHANGES, SLOW_COUNT };
// And measure_small.
enum { MEDIAN, WORST, SMALL_WALK, SMALL_COUNT };

bool toc_bench_world(toc_figures *out)
{
    double all[ALL_COUNT], slow[SLOW_COUNT], small[SMALL_COUNT], with[1], without[1];
    if (!toc_bench_apart(measure_world_memory, with, 1) ||
        !toc_bench_apart(measure_model_memory, without, 1) ||
        !toc_bench_apart(measure_all, all, ALL_COUNT) ||
        !toc_bench_apart(measure_slow, slow, SLOW_COUNT) ||
        !toc_bench_apart(measure_small, small, SMALL_COUNT))
        return false;
    const char *pass = "breadth-first pass in plain C over the same adjacency";
    const toc_figure figures[] = {
        {"world: load 100,000 services, 300,000 needs", "ms", all[LOAD], all[LOAD_PLAIN],
         "sorting the same needs by provider in plain C", 1000},
        {"world: a shock reaches all at once, until rest", "ms", all[FALL], all[WALK], pass, 300},
        {"world: all come back after it", "ms", all[RISE], all[WALK], pass, 0},
        {"world: through buffers, for each change", "us", slow[SLOW] * 1e3 / slow[SLOW_CHANGES],
         all[WALK] * 1e3 / SERVICES, "the same pass, for each service", 0},
        {"world: through buffers, 400,000 changes, days", "ms", slow[SLOW], all[WALK], pass, 0},
        {"world: six hours ahead of the shock", "ms", all[AHEAD], all[COPY], "copying that world",
         0},
        {"world: peak memory of load and shock", "MiB", with[0], without[0],
         "the declared model alone", 150},
        {"world: a change that reaches 10, median", "us", small[MEDIAN], small[SMALL_WALK], pass,
         50},
        {"world: the same, 99th percentile", "us", small[WORST], small[SMALL_WALK], pass, 50},
    };
    for (size_t i = 0; i < TOC_COUNT(figures); i++)
        toc_figures_add(out, figures[i]);
    return true;
}

// ---- the system --------------------------------------------------------------------------------------

// Where a layer begins; layer 0 is the first service alone.
static size_t layer_start(size_t layer)
{
    if (layer < 2)
        return layer;
    return 1 + SECOND + (layer - 2) * (SMALL_ROOT - 1 - SECOND) / (LAYERS - 2);
}

static void add_need(toc_service *s, toc_random *r, size_t provider, bool is_first,
                     bool is_buffered)
{
    toc_need *n = &s->needs[s->need_count++];
    n->provider = provider;
    // By its first need every service loses all, or the shock would not reach it.
    n->strength = is_first ? TOC_PPM : 100000 + (int64_t)toc_random_below(r, 900001);
    if (toc_random_below(r, 3) == 0 && is_buffered) {
        n->autonomy = 30 + (int64_t)toc_random_below(r, 1411);
        n->recharge = (int64_t)toc_random_below(r, 601);
    }
}

static bool needs_it(const toc_service *s, size_t provider)
{
    for (size_t i = 0; i < s->need_count; i++)
        if (s->needs[i].provider == provider)
            return true;
    return false;
}

static void make_service(toc_service *s, toc_random *r, size_t layer, size_t needs,
                         bool is_buffered)
{
    s->needs = toc_alloc(needs * sizeof *s->needs);
    size_t before = layer_start(layer - 1), here = layer_start(layer);
    add_need(s, r, before + (size_t)toc_random_below(r, here - before), true, is_buffered);
    while (s->need_count < needs) {
        size_t provider = (size_t)toc_random_below(r, here);
        if (!needs_it(s, provider))
            add_need(s, r, provider, false, true);
    }
    if (toc_random_below(r, 4) == 0)
        s->restart = 15 + (int64_t)toc_random_below(r, 226);
    if (needs > 1 && toc_random_below(r, 10) == 0) {
        s->needs[0].group = s->needs[1].group = 1;
        s->needs[1].strength = TOC_PPM; // the loss of alternatives is the least of theirs
    }
}

static void make_model(toc_model *m, bool is_buffered)
{
    toc_random r;
    toc_random_seed(&r, SEED, "bench");
    toc_model_init(m);
    m->service_count = SERVICES;
    m->services = toc_alloc(SERVICES * sizeof *m->services);
    size_t total = 0, layer = 0;
    // Those of few needs leave some over, which the third layer gets.
    size_t more = layer_start(3), more_end = more + 3 + 2 * SECOND + 2 * (SMALL - 1);
    for (size_t i = 0; i < SERVICES; i++) {
        toc_service *s = &m->services[i];
        s->id = toc_sprintf("service-%06zu", i);
        s->users = (int64_t)toc_random_below(&r, 10000);
        s->own = TOC_PPM;
        while (layer + 1 < LAYERS && i >= layer_start(layer + 1))
            layer++;
        if (i > SMALL_ROOT) {
            s->needs = toc_alloc(sizeof *s->needs);
            s->needs[s->need_count++] = (toc_need){.provider = SMALL_ROOT, .strength = TOC_PPM};
        } else if (i > 0) {
            make_service(s, &r, layer,
                         layer == 1                  ? 1
                         : i >= more && i < more_end ? 4
                                                     : 3,
                         is_buffered);
        }
        if (i == SMALL_ROOT)
            s->restart = 0;
        total += s->need_count;
    }
    toc_bench_require(total == NEEDS, "there are 300,000 needs");
}

// By counting: one pass to see how many consumers a provider has, one to put them there.
static void make_adjacency(adjacency *a, const toc_model *m)
{
    a->from = toc_alloc((SERVICES + 2) * sizeof *a->from);
    a->to = toc_alloc(NEEDS * sizeof *a->to);
    for (size_t i = 0; i < m->service_count; i++)
        for (size_t k = 0; k < m->services[i].need_count; k++)
            a->from[m->services[i].needs[k].provider + 2]++;
    for (size_t i = 2; i < SERVICES + 2; i++)
        a->from[i] += a->from[i - 1];
    for (size_t i = 0; i < m->service_count; i++)
        for (size_t k = 0; k < m->services[i].need_count; k++)
            a->to[a->from[m->services[i].needs[k].provider + 1]++] = (uint32_t)i;
}

static void free_adjacency(adjacency *a)
{
    free(a->from);
    free(a->to);
}

// How many a service reaches, itself among them. What was seen is forgotten again.
static size_t walk(const adjacency *a, uint32_t root, uint8_t *seen, uint32_t *queue)
{
    size_t count = 1;
    queue[0] = root;
    seen[root] = 1;
    for (size_t i = 0; i < count; i++)
        for (uint32_t k = a->from[queue[i]]; k < a->from[queue[i] + 1]; k++)
            if (!seen[a->to[k]]) {
                seen[a->to[k]] = 1;
                queue[count++] = a->to[k];
            }
    for (size_t i = 0; i < count; i++)
        seen[queue[i]] = 0;
    return count;
}

// ---- the measures ------------------------------------------------------------------------------------

static toc_world *new_world(const toc_model *m)
{
    toc_world *w;
    toc_error e;
    toc_bench_require(toc_world_new(&w, m, &e) == TOC_OK, "the model is sound");
    return w;
}

// From the first service's new capability until nothing more comes of it; in ms.
static double shock(toc_world *w, int64_t own, int64_t until, toc_changes *changes)
{
    toc_changes_clear(changes);
    double before = toc_bench_cpu();
    toc_world_set(w, 0, own);
    toc_world_advance(w, until, changes);
    double ms = (toc_bench_cpu() - before) * 1e3;
    int64_t minute;
    toc_bench_require(!toc_world_next(w, &minute), "the world has come to rest");
    return ms;
}

static size_t count_at(const toc_world *w, int64_t level)
{
    size_t count = 0;
    for (size_t i = 0; i < SERVICES; i++)
        count += toc_world_level(w, i) == level;
    return count;
}

static void measure_load(const toc_model *m, double *out)
{
    double load[RUNS], plain[RUNS];
    for (size_t i = 0; i < RUNS; i++) {
        adjacency a;
        double start = toc_bench_cpu();
        toc_world *w = new_world(m);
        double middle = toc_bench_cpu();
        make_adjacency(&a, m);
        load[i] = (middle - start) * 1e3;
        plain[i] = (toc_bench_cpu() - middle) * 1e3;
        free_adjacency(&a);
        toc_world_free(w);
    }
    out[LOAD] = toc_bench_quantile(load, RUNS, 0);
    out[LOAD_PLAIN] = toc_bench_quantile(plain, RUNS, 0);
}

static void measure_walk(const toc_model *m, double *out)
{
    double pass[RUNS];
    adjacency a;
    make_adjacency(&a, m);
    uint8_t *seen = toc_alloc(SERVICES);
    uint32_t *queue = toc_alloc(SERVICES * sizeof *queue);
    for (size_t i = 0; i < RUNS; i++) {
        double start = toc_bench_cpu();
        size_t reached = walk(&a, 0, seen, queue);
        pass[i] = (toc_bench_cpu() - start) * 1e3;
        toc_bench_require(reached == SERVICES, "the first service reaches all");
    }
    out[WALK] = toc_bench_quantile(pass, RUNS, 0);
    free(seen);
    free(queue);
    free_adjacency(&a);
}

static void measure_ahead(const toc_model *m, double *out)
{
    toc_world *w = new_world(m);
    toc_outlook *ahead = toc_alloc(SERVICES * sizeof *ahead);
    toc_changes changes = {0};
    double start = toc_bench_cpu();
    toc_world *copy = toc_world_copy(w);
    out[COPY] = (toc_bench_cpu() - start) * 1e3;
    toc_world_free(copy);
    toc_world_set(w, 0, 0);
    toc_world_settle(w, &changes);
    start = toc_bench_cpu();
    toc_world_outlook(w, TOC_OUTLOOK_MINUTES, ahead, NULL);
    out[AHEAD] = (toc_bench_cpu() - start) * 1e3;
    toc_changes_fini(&changes);
    free(ahead);
    toc_world_free(w);
}

static void measure_all(double *out)
{
    toc_model m;
    toc_changes changes = {0};
    double fall[RUNS], rise[RUNS];
    make_model(&m, false);
    measure_load(&m, out);
    measure_walk(&m, out);
    for (size_t i = 0; i < RUNS; i++) {
        toc_world *w = new_world(&m);
        fall[i] = shock(w, 0, REST, &changes);
        toc_bench_require(count_at(w, 0) == SERVICES, "every service is at 0");
        rise[i] = shock(w, TOC_PPM, 2 * (int64_t)REST, &changes);
        toc_bench_require(count_at(w, TOC_PPM) == SERVICES, "every service is back");
        toc_world_free(w);
    }
    out[FALL] = toc_bench_quantile(fall, RUNS, 0);
    out[RISE] = toc_bench_quantile(rise, RUNS, 0);
    measure_ahead(&m, out);
    toc_changes_fini(&changes);
    toc_model_fini(&m);
}

static void measure_slow(double *out)
{
    toc_model m;
    toc_changes changes = {0};
    double fall[RUNS];
    make_model(&m, true);
    for (size_t i = 0; i < RUNS; i++) {
        toc_world *w = new_world(&m);
        fall[i] = shock(w, 0, REST, &changes);
        toc_bench_require(count_at(w, 0) == SERVICES, "every service is at 0");
        toc_world_free(w);
    }
    out[SLOW] = toc_bench_quantile(fall, RUNS, 0);
    out[SLOW_CHANGES] = (double)changes.count;
    toc_bench_require(changes.count / 20000 == 19, "there are about 400,000 changes");
    toc_changes_fini(&changes);
    toc_model_fini(&m);
}

static void measure_small(double *out)
{
    toc_model m;
    make_model(&m, true);
    toc_world *w = new_world(&m);
    toc_changes changes = {0};
    double each[CHANGES], pass[CHANGES];
    for (size_t i = 0; i < CHANGES; i++) {
        toc_changes_clear(&changes);
        double start = toc_bench_now();
        toc_world_goto(w, (int64_t)i + 1, &changes);
        toc_world_set(w, SMALL_ROOT, i % 2 ? TOC_PPM : 0);
        toc_world_settle(w, &changes);
        each[i] = (toc_bench_now() - start) * 1e6;
        toc_bench_require(changes.count == SMALL, "the small change reaches 10");
    }
    adjacency a;
    make_adjacency(&a, &m);
    uint8_t *seen = toc_alloc(SERVICES);
    uint32_t *queue = toc_alloc(SERVICES * sizeof *queue);
    for (size_t i = 0; i < CHANGES; i++) {
        double start = toc_bench_now();
        size_t reached = walk(&a, SMALL_ROOT, seen, queue);
        pass[i] = (toc_bench_now() - start) * 1e6;
        toc_bench_require(reached == SMALL, "the small root reaches 10");
    }
    out[MEDIAN] = toc_bench_quantile(each, CHANGES, 0.5);
    out[WORST] = toc_bench_quantile(each, CHANGES, 0.99);
    out[SMALL_WALK] = toc_bench_quantile(pass, CHANGES, 0.5);
    free(seen);
    free(queue);
    free_adjacency(&a);
    toc_changes_fini(&changes);
    toc_world_free(w);
    toc_model_fini(&m);
}

static void measure_model_memory(double *out)
{
    toc_model m;
    make_model(&m, true);
    out[0] = toc_bench_peak_mib();
    toc_model_fini(&m);
}

static void measure_world_memory(double *out)
{
    toc_model m;
    toc_changes changes = {0};
    make_model(&m, true);
    toc_world *w = new_world(&m);
    shock(w, 0, REST, &changes);
    out[0] = toc_bench_peak_mib();
    toc_changes_fini(&changes);
    toc_world_free(w);
    toc_model_fini(&m);
}
