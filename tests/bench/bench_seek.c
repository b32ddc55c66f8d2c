// SPDX-License-Identifier: MIT
// What watching a recording again costs: one of 100,000 lines, grown out of a shipped scenario in memory, is opened; a stage is made of it
// for control, who sees all of it; and it goes to moments by chance, either way, and draws the screen there.
//
// The reference of a seek is the same moment folded from the first line on.

#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/random.h"
#include "grown.h"
#include "replays/recording.h"
#include "replays/stage.h"
#include "view/grid.h"

enum { LINES = 100000, SEAL_EVERY = 1000, SEEKS = 50, RUNS = 3, W = 110, H = 30 };

#define PATH_VARIABLE "TOC_BENCH_RECORDING" // tells both processes where the recording is

// What measure puts where.
enum { OPEN, STAGE, SEEK, WORST, FOLD, OPEN_PEAK, STAGE_PEAK, SIZE, COUNT };

static void grow(double *out);
static void measure(double *out);
static void look(toc_stage *s, const toc_recording *r, int64_t seq);

bool toc_bench_seek(toc_figures *out)
{
    double grown[1], is[COUNT];
    char path[] = "/tmp/tocsin-bench-XXXXXX";
    int fd = mkstemp(path);
    toc_bench_require(fd >= 0, "a file in /tmp");
    close(fd);
    setenv(PATH_VARIABLE, path, 1);
    // In a process of its own, so that what it takes to play it is not counted.
    bool is_measured = toc_bench_apart(grow, grown, 1) && toc_bench_apart(measure, is, COUNT);
    unlink(path);
    if (!is_measured)
        return false;
    is[SIZE] = grown[0];
    const toc_figure figures[] = {
        {"seek: a recording of 100,000 lines is opened", "ms", is[OPEN], 0, NULL, 1000},
        {"seek: control's stage of it is made", "ms", is[STAGE], 0, NULL, 0},
        {"seek: any moment of it, median", "ms", is[SEEK], is[FOLD], "folded from the start", 100},
        {"seek: any moment of it, worst of 50", "ms", is[WORST], is[FOLD], "folded from the start",
         100},
        {"seek: peak memory, the recording open", "MiB", is[OPEN_PEAK], is[SIZE], "the journal", 0},
        {"seek: and with control's stage", "MiB", is[STAGE_PEAK], is[SIZE], "the journal", 0},
    };
    for (size_t i = 0; i < TOC_COUNT(figures); i++)
        toc_figures_add(out, figures[i]);
    return true;
}

static void grow(double *out)
{
    recording grown;
    toc_buf bytes = {0};
    setenv("TOC_SOURCE_DIR", ".", 0);
    grown_make(&grown, "scenarios/silent-beams", LINES, SEAL_EVERY);
    recording_write(&grown, grown.bodies, grown.count, grown.private_pem, &bytes);
    FILE *file = fopen(getenv(PATH_VARIABLE), "wb");
    toc_bench_require(file && fwrite(bytes.data, 1, bytes.len, file) == bytes.len &&
                          fclose(file) == 0,
                      "the recording is written");
    *out = (double)bytes.len / (1 << 20);
    toc_buf_fini(&bytes);
    recording_fini(&grown);
}

// Of processor time.
static void measure(double *out)
{
    toc_recording *r = NULL;
    toc_random random;
    double seeks[SEEKS], opens[RUNS];
    for (int i = 0; i < RUNS; i++) {
        toc_recording_free(r);
        double start = toc_bench_cpu();
        toc_bench_require(toc_recording_open(&r, getenv(PATH_VARIABLE), NULL) == TOC_OK,
                          "the recording is opened");
        opens[i] = (toc_bench_cpu() - start) * 1e3;
    }
    out[OPEN] = toc_bench_quantile(opens, RUNS, 0);
    out[OPEN_PEAK] = toc_bench_peak_mib();
    double began = toc_bench_cpu();
    toc_stage *s = toc_stage_new(r, "excon-1", false);
    out[FOLD] = out[STAGE] = (toc_bench_cpu() - began) * 1e3;
    out[STAGE_PEAK] = toc_bench_peak_mib();
    toc_random_seed(&random, 26, "seek");
    for (int i = 0; i < SEEKS; i++) {
        began = toc_bench_cpu();
        look(s, r, 1 + (int64_t)toc_random_below(&random, (uint64_t)toc_recording_count(r)));
        seeks[i] = (toc_bench_cpu() - began) * 1e3;
    }
    out[SEEK] = toc_bench_quantile(seeks, SEEKS, 0.5);
    out[WORST] = toc_bench_quantile(seeks, SEEKS, 1);
    toc_stage_free(s);
    toc_recording_free(r);
}

static void look(toc_stage *s, const toc_recording *r, int64_t seq)
{
    toc_grid g;
    toc_stage_go(s, seq, toc_recording_at(r, seq)->t);
    toc_grid_init(&g, W, H, false);
    toc_view_draw(toc_stage_view(s), &g);
    toc_grid_fini(&g);
}
