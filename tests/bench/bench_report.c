// SPDX-License-Identifier: MIT
// What a report costs: of recordings of 10,000 lines, grown out of shipped scenarios in memory, and of those that the project keeps.
// Each is verified, read, and its report written as page, Markdown and tables, once with what every other answer to every decision would
// have led to, which plays the exercise again for each of them, on all cores, and once without.
//
// The reference is reading the same recording alone.

#include "bench.h"

#include "base/buf.h"
#include "base/files.h"
#include "base/mem.h"
#include "grown.h"
#include "replays/report.h"

#include <stdlib.h>

enum { LINES = 10000, SEAL_EVERY = 1000, RUNS = 5 };

#define KEPT_MAX ((size_t)16 << 20)

// What is measured of each recording, in ms; and MiB.
enum { READ, REPORT, PLAIN, PAGE, COUNT };

static void measure_beams(double *out);
static void measure_corridor(double *out);
static void measure_kept_beams(double *out);
static void measure_kept_corridor(double *out);
static void grow(toc_buf *bytes, const char *scenario);
static void keep(toc_buf *bytes, const char *path);
static void measure(double *out, const toc_buf *bytes);
static size_t write_once(const toc_buf *bytes, bool has_alternatives, double *read_ms,
                         double *report_ms);
static void add_size(void *context, const char *name, const toc_buf *bytes);

bool toc_bench_report(toc_figures *out)
{
    double beams[COUNT], corridor[COUNT], kept_beams[COUNT], kept_corridor[COUNT];
    if (!toc_bench_apart(measure_beams, beams, COUNT) ||
        !toc_bench_apart(measure_corridor, corridor, COUNT) ||
        !toc_bench_apart(measure_kept_beams, kept_beams, COUNT) ||
        !toc_bench_apart(measure_kept_corridor, kept_corridor, COUNT))
        return false;
    const char *const alone = "reading alone";
    const toc_figure figures[] = {
        {"report: 10,000 lines of Silent Beams", "ms", beams[REPORT], beams[READ], alone, 1000},
        {"report: the same without other answers", "ms", beams[PLAIN], beams[READ], alone, 0},
        {"report: its page", "MiB", beams[PAGE], 0, NULL, 0},
        {"report: 10,000 lines of Cold Corridor", "ms", corridor[REPORT], corridor[READ], alone,
         1000},
        {"report: the same without other answers", "ms", corridor[PLAIN], corridor[READ], alone, 0},
        {"report: a run of Silent Beams", "ms", kept_beams[REPORT], kept_beams[READ], alone, 500},
        {"report: a run of Cold Corridor", "ms", kept_corridor[REPORT], kept_corridor[READ], alone,
         500},
    };
    for (size_t i = 0; i < TOC_COUNT(figures); i++)
        toc_figures_add(out, figures[i]);
    return true;
}

// ---- the recordings ----------------------------------------------------------------------------------

static void measure_beams(double *out)
{
    toc_buf bytes = {0};
    grow(&bytes, "scenarios/silent-beams");
    measure(out, &bytes);
    toc_buf_fini(&bytes);
}

static void measure_corridor(double *out)
{
    toc_buf bytes = {0};
    grow(&bytes, "scenarios/cold-corridor");
    measure(out, &bytes);
    toc_buf_fini(&bytes);
}

static void measure_kept_beams(double *out)
{
    toc_buf bytes = {0};
    keep(&bytes, "replays/recordings/silent-beams-good/journal.jsonl");
    measure(out, &bytes);
    toc_buf_fini(&bytes);
}

static void measure_kept_corridor(double *out)
{
    toc_buf bytes = {0};
    keep(&bytes, "replays/recordings/cold-corridor-poor/journal.jsonl");
    measure(out, &bytes);
    toc_buf_fini(&bytes);
}

static void grow(toc_buf *bytes, const char *scenario)
{
    recording grown;
    setenv("TOC_SOURCE_DIR", ".", 0);
    grown_make(&grown, scenario, LINES, SEAL_EVERY);
    toc_bench_require(grown.count >= LINES * 9 / 10, "it has so many lines");
    recording_write(&grown, grown.bodies, grown.count, grown.private_pem, bytes);
    recording_fini(&grown);
}

static void keep(toc_buf *bytes, const char *path)
{
    const char *root = getenv("TOC_SOURCE_DIR");
    char *at = toc_sprintf("%s/%s", root ? root : ".", path);
    toc_bench_require(toc_file_slurp(bytes, at, KEPT_MAX, NULL) == TOC_OK,
                      "the recording that is kept is there");
    free(at);
}

// ---- measuring ---------------------------------------------------------------------------------------

// As it passes, for the cores are part of what is measured.
static void measure(double *out, const toc_buf *bytes)
{
    double reads[2 * RUNS], reports[RUNS], plain[RUNS];
    for (int i = 0; i < RUNS; i++) {
        out[PAGE] = (double)write_once(bytes, true, &reads[2 * i], &reports[i]) / (1 << 20);
        write_once(bytes, false, &reads[2 * i + 1], &plain[i]);
    }
    out[READ] = toc_bench_quantile(reads, TOC_COUNT(reads), 0);
    out[REPORT] = toc_bench_quantile(reports, RUNS, 0);
    out[PLAIN] = toc_bench_quantile(plain, RUNS, 0);
}

// As the command does it; gives the size of the page.
static size_t write_once(const toc_buf *bytes, bool has_alternatives, double *read_ms,
                         double *report_ms)
{
    toc_recording *r;
    toc_paper *paper;
    toc_verdict verdict;
    toc_buf html = {0}, markdown = {0};
    size_t tables = 0;
    const double began = toc_bench_now();
    toc_bench_require(toc_recording_read(&r, bytes->data, bytes->len, NULL) == TOC_OK,
                      "the recording is read");
    *read_ms = (toc_bench_now() - began) * 1e3;
    toc_bench_require(
        toc_verify(&verdict, bytes->data, bytes->len, &(toc_verify_options){0}, NULL) == TOC_OK &&
            verdict.kind == TOC_VERDICT_VERIFIED,
        "the recording verifies");
    const toc_report_options o = {.has_alternatives = has_alternatives, .verdicts = &verdict};
    toc_bench_require(toc_report_of(&paper, r, &o, NULL) == TOC_OK, "the report is written");
    toc_paper_html(&html, paper);
    toc_paper_markdown(&markdown, paper);
    toc_paper_csv(paper, add_size, &tables);
    toc_paper_free(paper);
    *report_ms = (toc_bench_now() - began) * 1e3;
    const size_t page = html.len;
    toc_bench_require(tables > 0 && markdown.len > 0 && page > 0, "it has all its files");
    toc_buf_fini(&html);
    toc_buf_fini(&markdown);
    toc_verdict_fini(&verdict);
    toc_recording_free(r);
    return page;
}

static void add_size(void *context, const char *name, const toc_buf *bytes)
{
    (void)name;
    *(size_t *)context += bytes->len;
}
