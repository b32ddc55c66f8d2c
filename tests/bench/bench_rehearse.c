// SPDX-License-Identifier: MIT
// Rehearsals and checks of the scenarios that are shipped: what an author waits for.
//
// Times of one core are of processor time, and the quickest of several runs counts; those of two cores
// are as they pass, for the cores are what is measured. Memory is the most that was held: a survey's must
// not grow with its paths.

#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "check/check.h"
#include "rehearse/survey.h"

enum {
    RUNS = 7,
    PATHS = 3000,
    FEW_PATHS = 1000,
    MANY_PATHS = 100000,
    LOADS = 20,
    AGAINS = 500,
    ATTACHMENT_MAX = 4 << 20,
    SEED = 26,
};

#define BEAMS    "scenarios/silent-beams"
#define CORRIDOR "scenarios/cold-corridor"

typedef struct {
    toc_files *files;
    char *dir;
} folder;

static void measure_paths(double *out);
static void measure_few(double *out);
static void measure_many(double *out);
static void measure_again(double *out);
static void measure_check(double *out);

// What measure_paths puts where.
enum { ONE, TWO, AFRESH, PATHS_COUNT };
// And measure_again.
enum { AGAIN, LOAD, AGAIN_COUNT };
// And measure_check.
enum { CHECK, CHECK_LOAD, CHECK_COUNT };

bool toc_bench_rehearse(toc_figures *out)
{
    double paths[PATHS_COUNT], few[1], many[1], again[AGAIN_COUNT], check[CHECK_COUNT];
    if (!toc_bench_apart(measure_paths, paths, PATHS_COUNT) ||
        !toc_bench_apart(measure_again, again, AGAIN_COUNT) ||
        !toc_bench_apart(measure_check, check, CHECK_COUNT) ||
        !toc_bench_apart(measure_few, few, 1) || !toc_bench_apart(measure_many, many, 1))
        return false;
    const toc_figure figures[] = {
        // 1,000 paths a second are a millisecond a path; two cores do 1.6 times as many.
        {"rehearse: a path of Silent Beams, one core", "us", paths[ONE], paths[AFRESH],
         "the same path with a scenario loaded for it", 1000},
        {"rehearse: the same on two cores", "us", paths[TWO], paths[ONE], "on one core",
         paths[ONE] / 1.6},
        {"rehearse: a scenario made ready once more", "us", again[AGAIN], again[LOAD], "loading it",
         0},
        {"rehearse: peak memory of 100,000 paths", "MiB", many[0], few[0], "of 1,000 paths",
         few[0] * 1.25 + 1},
        {"check: Cold Corridor", "ms", check[CHECK], check[CHECK_LOAD], "loading it", 50},
    };
    for (size_t i = 0; i < TOC_COUNT(figures); i++)
        toc_figures_add(out, figures[i]);
    return true;
}

// ---- the scenarios -----------------------------------------------------------------------------------

static toc_err fetch(void *context, const char *path, toc_error *e)
{
    folder *f = context;
    return toc_files_read_one(f->files, f->dir, path, ATTACHMENT_MAX, e);
}

static toc_scenario *load(folder *f)
{
    toc_scenario *scenario;
    toc_error e;
    toc_err err = toc_scenario_load(&scenario, f->files, &(toc_fetch){fetch, f}, SEED,
                                    TOC_SCENARIO_MEMORY, NULL, &e);
    toc_bench_require(err == TOC_OK, "the scenario loads");
    return scenario;
}

// Its sources, the library and, after a load, its attachments. From the top of the source tree, or TOC_SOURCE_DIR.
static folder open_folder(const char *path)
{
    const char *top = getenv("TOC_SOURCE_DIR");
    folder f = {toc_files_new(), toc_sprintf("%s/%s", top ? top : ".", path)};
    toc_error e;
    toc_bench_require(toc_files_read_folder(f.files, f.dir, &e) == TOC_OK,
                      "the scenario's folder can be read from here");
    toc_library_add(f.files);
    toc_scenario_free(load(&f));
    return f;
}

static void close_folder(folder *f)
{
    toc_files_free(f->files);
    free(f->dir);
}

// ---- paths -------------------------------------------------------------------------------------------

static void survey(const folder *f, size_t paths, unsigned cores)
{
    toc_survey_options options = {.strategy = TOC_SURVEY_RANDOM,
                                  .most = paths,
                                  .seed = SEED,
                                  .run_seed = SEED,
                                  .cores = cores};
    toc_survey s;
    toc_error e;
    toc_bench_require(toc_survey_run(&s, f->files, &options, &e) == TOC_OK, "the survey runs");
    toc_bench_require(s.path_count == paths && s.ended == paths, "all paths come to ENDEX");
    toc_survey_fini(&s);
}

static double least(double before, double now)
{
    return before == 0 || now < before ? now : before;
}

static void measure_paths(double *out)
{
    folder f = open_folder(BEAMS);
    for (int run = 0; run < RUNS; run++) {
        double cpu = toc_bench_cpu();
        survey(&f, PATHS, 1);
        out[ONE] = least(out[ONE], (toc_bench_cpu() - cpu) * 1e6 / PATHS);
        double now = toc_bench_now();
        survey(&f, PATHS, 2);
        out[TWO] = least(out[TWO], (toc_bench_now() - now) * 1e6 / PATHS);
    }
    toc_path path = {0};
    for (int run = 0; run < LOADS; run++) {
        toc_playthrough played;
        toc_error e;
        double cpu = toc_bench_cpu();
        toc_scenario *scenario = load(&f);
        toc_bench_require(toc_play_path(&played, scenario, &path, -1, &e) == TOC_OK,
                          "a path is played");
        toc_playthrough_fini(&played);
        toc_scenario_free(scenario);
        out[AFRESH] = least(out[AFRESH], (toc_bench_cpu() - cpu) * 1e6);
    }
    close_folder(&f);
}

static void measure_few(double *out)
{
    folder f = open_folder(BEAMS);
    survey(&f, FEW_PATHS, 0);
    *out = toc_bench_peak_mib();
    close_folder(&f);
}

static void measure_many(double *out)
{
    folder f = open_folder(BEAMS);
    survey(&f, MANY_PATHS, 0);
    *out = toc_bench_peak_mib();
    close_folder(&f);
}

static void measure_again(double *out)
{
    folder f = open_folder(BEAMS);
    toc_scenario *scenario = load(&f);
    toc_error e;
    toc_bench_require(toc_scenario_again(scenario, &e) == TOC_OK, "it is made ready");
    for (int run = 0; run < RUNS; run++) {
        double cpu = toc_bench_cpu();
        for (int i = 0; i < AGAINS; i++)
            toc_bench_require(toc_scenario_again(scenario, &e) == TOC_OK, "it is made ready");
        out[AGAIN] = least(out[AGAIN], (toc_bench_cpu() - cpu) * 1e6 / AGAINS);
    }
    toc_scenario_free(scenario);
    for (int run = 0; run < LOADS; run++) {
        double cpu = toc_bench_cpu();
        toc_scenario_free(load(&f));
        out[LOAD] = least(out[LOAD], (toc_bench_cpu() - cpu) * 1e6);
    }
    close_folder(&f);
}

// ---- check -------------------------------------------------------------------------------------------

static void measure_check(double *out)
{
    folder f = open_folder(CORRIDOR);
    for (int run = 0; run < LOADS; run++) {
        toc_review review;
        toc_error e;
        double cpu = toc_bench_cpu();
        toc_scenario_free(load(&f));
        out[CHECK_LOAD] = least(out[CHECK_LOAD], (toc_bench_cpu() - cpu) * 1e3);
        cpu = toc_bench_cpu();
        toc_err err = toc_check(&review, f.files, &(toc_fetch){fetch, &f}, &e);
        out[CHECK] = least(out[CHECK], (toc_bench_cpu() - cpu) * 1e3);
        toc_bench_require(err == TOC_OK && review.scenario, "the scenario is checked");
        toc_review_fini(&review);
    }
    close_folder(&f);
}
