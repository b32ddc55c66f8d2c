// SPDX-License-Identifier: MIT
// How long an engine takes from its start until it listens, with a certificate and a ticket for every seat made
// by then, and what it holds when nobody has sat down yet. Silent Beams, and an exercise of a thousand seats.

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "bench.h"
#include "bench_load.h"

enum { STARTS = 15, LARGE_STARTS = 3 };

typedef struct {
    toc_rounds shipped, large;   // s
    double resident, proportion; // MiB, of Silent Beams
} measured;

static void measure(double *out);
static void measure_shipped(measured *m);

bool toc_bench_start(toc_figures *out)
{
    measured m;
    if (!toc_bench_apart(measure, (double *)&m, sizeof m / sizeof(double)))
        return false;
    toc_figures_add(out, (toc_figure){"start: Silent Beams listens, median of 15", "ms",
                                      1000 * m.shipped.median, 0, NULL, 150});
    toc_figures_spread(out, 1000 * m.shipped.lower, 1000 * m.shipped.upper);
    toc_figures_add(out, (toc_figure){"start: 1,000 seats, median of 3", "ms",
                                      1000 * m.large.median, 0, NULL, 0});
    toc_figures_spread(out, 1000 * m.large.lower, 1000 * m.large.upper);
    toc_figures_add(out, (toc_figure){"start: memory of Silent Beams, nobody there", "MiB",
                                      m.resident, 0, NULL, 15});
    toc_figures_add(out, (toc_figure){"start: of it not shared with other programs", "MiB",
                                      m.proportion, 0, NULL, 0});
    return true;
}

static void measure(double *out)
{
    measured *m = (measured *)out;
    double large[LARGE_STARTS];
    signal(SIGPIPE, SIG_IGN);
    measure_shipped(m);
    for (size_t i = 0; i < LARGE_STARTS; i++) {
        toc_hall h;
        toc_hall_open(&h, &(toc_hall_plan){.teams = TOC_HALL_TEAMS,
                                           .seats_each = TOC_HALL_SEATS / TOC_HALL_TEAMS,
                                           .excons = 1});
        large[i] = h.listening_s;
        toc_hall_close(&h);
    }
    m->large = toc_rounds_of(large, LARGE_STARTS);
}

static void measure_shipped(measured *m)
{
    double starts[STARTS];
    char *scenario = source_path("scenarios/silent-beams"), *folder = folder_new();
    char *runs = toc_sprintf("%s/runs", folder);
    for (size_t i = 0; i < STARTS; i++) {
        process engine = toc_hall_engine(scenario, runs, 1, &starts[i]);
        toc_hall_memory(&engine, &m->resident, &m->proportion);
        process_end(&engine, TOC_HALL_PATIENCE_S);
        process_free(&engine);
    }
    m->shipped = toc_rounds_of(starts, STARTS);
    folder_remove(folder);
    free(scenario);
    free(runs);
}
