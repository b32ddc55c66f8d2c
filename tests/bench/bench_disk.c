// SPDX-License-Identifier: MIT
// What it costs to have an inject on the disk: the journal beside a bare write with fdatasync, beside SQLite, and its
// chain beside sha256sum. All on the file system of /tmp, in turn.

#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"
#include "crypto/crypto.h"
#include "record/journal.h"
#include "reference.h"

enum {
    TURNS = 10,
    LINES = 200, // one by one, a turn
    BATCH = 100,
    BATCHES = 100, // a turn
    LINE = 600,    // bytes, about
};

#define FILE_MAX ((size_t)1 << 30)

// Seconds of each write that was waited for, and of each turn.
typedef struct {
    double bare[TURNS * LINES], ours[TURNS * LINES], theirs[TURNS * LINES];
    double our_rate[TURNS], their_rate[TURNS];             // lines a second, one by one
    double our_batches[BATCHES], their_batches[BATCHES];   // of one turn
    double our_batch_rate[TURNS], their_batch_rate[TURNS]; // lines a second, in batches
    double scan[TURNS], sum[TURNS];                        // MB a second
} samples;

static void write_lines(toc_journal *j, size_t count, size_t batch, double *took);
static double sum(const double *list, size_t count);
static double scan_rate(const toc_buf *journal);
static double sum_rate(const char *path, size_t len);
static toc_journal *open_journal(const char *folder);
static void add(toc_figures *out, const samples *s, bool has_sqlite);
static void add_list(toc_figures *out, const char *name, const char *unit, const double *list,
                     const double *reference, const char *reference_is);

bool toc_bench_disk(toc_figures *out)
{
    char folder[] = "/tmp/tocsin-bench-XXXXXX";
    toc_bench_require(mkdtemp(folder) != NULL, "a folder");
    samples *s = toc_alloc(sizeof *s);
    toc_journal *j = open_journal(folder);
    bool has_sqlite = true;
    for (size_t i = 0; i < TURNS; i++) {
        toc_reference_sync(folder, LINE, LINES, s->bare + i * LINES);
        write_lines(j, LINES, 1, s->ours + i * LINES);
        has_sqlite = toc_reference_sqlite(folder, LINE, LINES, 1, s->theirs + i * LINES);
        s->our_rate[i] = LINES / sum(s->ours + i * LINES, LINES);
        s->their_rate[i] = has_sqlite ? LINES / sum(s->theirs + i * LINES, LINES) : 0;
        write_lines(j, BATCH * BATCHES, BATCH, s->our_batches);
        s->our_batch_rate[i] = BATCH * BATCHES / sum(s->our_batches, BATCHES);
        if (toc_reference_sqlite(folder, LINE, BATCH * BATCHES, BATCH, s->their_batches))
            s->their_batch_rate[i] = BATCH * BATCHES / sum(s->their_batches, BATCHES);
    }
    toc_journal_close(j);
    toc_buf journal = {0};
    toc_error e;
    char *path = toc_sprintf("%s/journal.jsonl", folder);
    toc_bench_require(toc_file_slurp(&journal, path, FILE_MAX, &e) == TOC_OK,
                      "the journal is read");
    size_t line = journal.len / (TURNS * (LINES + BATCH * BATCHES));
    toc_bench_require(line > LINE - 50 && line < LINE + 50, "a line is as long as its reference");
    for (size_t i = 0; i < TURNS; i++) {
        s->scan[i] = scan_rate(&journal);
        s->sum[i] = sum_rate(path, journal.len);
    }
    add(out, s, has_sqlite);
    unlink(path);
    rmdir(folder);
    toc_buf_fini(&journal);
    free(path);
    free(s);
    return true;
}

static void add(toc_figures *out, const samples *s, bool has_sqlite)
{
    static const struct {
        const char *name;
        double at;
    } shares[] = {{"disk: a line on the disk, median", 0.5},
                  {"disk: a line on the disk, p99", 0.99}};
    for (size_t i = 0; i < TOC_COUNT(shares); i++) {
        double *ours = toc_alloc(sizeof s->ours), *bare = toc_alloc(sizeof s->bare);
        memcpy(ours, s->ours, sizeof s->ours);
        memcpy(bare, s->bare, sizeof s->bare);
        toc_figures_add(out,
                        (toc_figure){shares[i].name, "us",
                                     1e6 * toc_bench_quantile(ours, TURNS * LINES, shares[i].at),
                                     1e6 * toc_bench_quantile(bare, TURNS * LINES, shares[i].at),
                                     "write and fdatasync of as many bytes", 0});
        free(ours);
        free(bare);
    }
    const char *theirs = has_sqlite ? "SQLite, WAL, synchronous=FULL" : NULL;
    add_list(out, "disk: lines a second, each on the disk before the next", "1/s", s->our_rate,
             s->their_rate, theirs);
    add_list(out, "disk: lines a second, 100 a batch", "1/s", s->our_batch_rate,
             s->their_batch_rate, has_sqlite ? "SQLite, 100 a transaction" : NULL);
    if (!has_sqlite)
        toc_figures_miss(out, "disk: SQLite", "libsqlite3-dev was not there when bench was built");
    add_list(out, "disk: the chain of a journal checked", "MB/s", s->scan, s->sum, "sha256sum");
}
static void add_list(toc_figures *out, const char *name, const char *unit, const double *list,
                     const double *reference, const char *reference_is)
{
    double ours[TURNS], theirs[TURNS];
    memcpy(ours, list, sizeof ours);
    memcpy(theirs, reference, sizeof theirs);
    toc_figures_add(out, (toc_figure){name, unit, toc_bench_quantile(ours, TURNS, 0.5),
                                      reference_is ? toc_bench_quantile(theirs, TURNS, 0.5) : 0,
                                      reference_is, 0});
    toc_figures_spread(out, toc_bench_quantile(ours, TURNS, 0.25),
                       toc_bench_quantile(ours, TURNS, 0.75));
}

static toc_journal *open_journal(const char *folder)
{
    toc_error e;
    toc_buf pem = {0};
    char public_hex[65];
    toc_journal *j = NULL;
    toc_bench_require(toc_seal_key_new(&pem, public_hex, &e) == TOC_OK, "a seal key");
    toc_header header = {.version = TOC_JOURNAL_VERSION,
                         .semantics = TOC_SEMANTICS,
                         .exercise = "disk",
                         .run = "disk-1",
                         .startex = "2026-01-01 08:00Z",
                         .engine = TOC_VERSION,
                         .lua = "5.4",
                         .key = public_hex,
                         .seed = 1};
    char *path = toc_sprintf("%s/journal.jsonl", folder);
    toc_bench_require(toc_journal_create(&j, path, &header, pem.data, NULL, &e) == TOC_OK,
                      "a journal");
    toc_buf_fini(&pem);
    free(path);
    return j;
}

// took gets the seconds of each batch.
static void write_lines(toc_journal *j, size_t count, size_t batch, double *took)
{
    toc_error e;
    toc_event ev;
    char *text = toc_reference_line(0);
    text[LINE - 200] = '\0'; // what stands around it makes a line of LINE bytes, about
    toc_event_init(&ev, TOC_K_MESSAGE, 1800000);
    toc_event_set_str(&ev, TOC_F_FROM, "Agency wire");
    toc_event_set_list(&ev, TOC_F_TO, (char *[]){"crisis", "csirt"}, 2);
    toc_event_set_str(&ev, TOC_F_TEXT, text);
    for (size_t i = 0; i < count / batch; i++) {
        double began = toc_bench_now();
        for (size_t k = 0; k < batch; k++) {
            ev.seq = toc_journal_next(j);
            ev.cause = ev.seq - 1;
            toc_bench_require(toc_journal_add(j, &ev, &e) == TOC_OK, "the journal takes a line");
        }
        toc_bench_require(toc_journal_flush(j, &e) == TOC_OK, "the disk takes a batch");
        took[i] = toc_bench_now() - began;
    }
    toc_event_fini(&ev);
    free(text);
}

static double sum(const double *list, size_t count)
{
    double all = 0;
    for (size_t i = 0; i < count; i++)
        all += list[i];
    return all;
}

static double scan_rate(const toc_buf *journal)
{
    toc_chain_report report;
    double began = toc_bench_now();
    toc_chain_scan(journal->data, journal->len, &report, NULL, NULL);
    double took = toc_bench_now() - began;
    toc_bench_require(report.state == TOC_CHAIN_WHOLE, "the chain is whole");
    return (double)journal->len / 1e6 / took;
}

static double sum_rate(const char *path, size_t len)
{
    char *command = toc_sprintf("sha256sum %s", path), answer[256];
    double began = toc_bench_now();
    FILE *sum = popen(command, "r");
    toc_bench_require(sum && fgets(answer, sizeof answer, sum) && pclose(sum) == 0, "sha256sum");
    double took = toc_bench_now() - began;
    free(command);
    return (double)len / 1e6 / took;
}
