// SPDX-License-Identifier: MIT
// What a verification costs: a recording of 100,000 lines, grown out of a shipped scenario in memory, is read from a file and
// verified as the command does it.
//
// Its reference is a scan of the chain alone, which hashes every byte; memory stands beside the size of the file.

#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/files.h"
#include "base/mem.h"
#include "grown.h"
#include "replays/verify.h"

enum {
    RUNS = 3,
    LINES = 100000,
    SEAL_EVERY = 1000,
};

#define PATH_VARIABLE "TOC_BENCH_JOURNAL" // tells both processes where the journal is
#define FILE_MAX      ((size_t)1 << 30)
// 30,000 lines a second.
#define LINE_US (1e6 / 30000)

static void measure_growth(double *out);
static void measure_verify(double *out);

// What measure_verify puts where.
enum { LINE, SCAN, PEAK, SIZE, VERIFY_COUNT };

bool toc_bench_verify(toc_figures *out)
{
    double grown[1], verify[VERIFY_COUNT];
    char path[] = "/tmp/tocsin-bench-XXXXXX";
    int fd = mkstemp(path);
    toc_bench_require(fd >= 0, "a file in /tmp");
    close(fd);
    setenv(PATH_VARIABLE, path, 1);
    // In a process of its own, so that what it takes to play it is not counted.
    bool is_measured = toc_bench_apart(measure_growth, grown, 1) &&
                       toc_bench_apart(measure_verify, verify, VERIFY_COUNT);
    unlink(path);
    if (!is_measured)
        return false;
    toc_figures_add(out, (toc_figure){"verify: a line of 100,000, executed again", "us",
                                      verify[LINE], verify[SCAN], "its chain alone", LINE_US});
    toc_figures_add(out, (toc_figure){"verify: peak memory", "MiB", verify[PEAK], verify[SIZE],
                                      "the journal", 3 * verify[SIZE]});
    return true;
}

static void measure_growth(double *out)
{
    recording r;
    toc_buf bytes = {0};
    setenv("TOC_SOURCE_DIR", ".", 0);
    grown_make(&r, "scenarios/silent-beams", LINES, SEAL_EVERY);
    recording_write(&r, r.bodies, r.count, r.private_pem, &bytes);
    FILE *file = fopen(getenv(PATH_VARIABLE), "wb");
    toc_bench_require(file && fwrite(bytes.data, 1, bytes.len, file) == bytes.len &&
                          fclose(file) == 0,
                      "the journal is written");
    *out = (double)bytes.len;
    toc_buf_fini(&bytes);
    recording_fini(&r);
}

static void measure_verify(double *out)
{
    toc_buf journal = {0};
    toc_error e;
    toc_bench_require(toc_file_slurp(&journal, getenv(PATH_VARIABLE), FILE_MAX, &e) == TOC_OK,
                      "the journal is read");
    for (int run = 0; run < RUNS; run++) {
        toc_chain_report report;
        toc_verdict v;
        double cpu = toc_bench_cpu();
        toc_chain_scan(journal.data, journal.len, &report, NULL, NULL);
        double scan = (toc_bench_cpu() - cpu) * 1e6 / (double)report.lines;
        cpu = toc_bench_cpu();
        toc_bench_require(toc_verify(&v, journal.data, journal.len, &(toc_verify_options){0}, &e) ==
                                  TOC_OK &&
                              v.kind == TOC_VERDICT_VERIFIED,
                          "the recording verifies");
        double line = (toc_bench_cpu() - cpu) * 1e6 / (double)v.lines;
        out[SCAN] = run == 0 || scan < out[SCAN] ? scan : out[SCAN];
        out[LINE] = run == 0 || line < out[LINE] ? line : out[LINE];
        toc_verdict_fini(&v);
    }
    out[PEAK] = toc_bench_peak_mib();
    out[SIZE] = (double)journal.len / (1 << 20);
    toc_buf_fini(&journal);
}
