// SPDX-License-Identifier: MIT
// build/bench [--json] [SUBJECT]: all figures of the project in one table, each with a reference
// measured in the same run. Exit code 1 if one misses its target. It is no test: a busy machine is no
// mistake of the code.

#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

static const struct {
    const char *name;
    bool (*measure)(toc_figures *out);
} subjects[] = {{"world", toc_bench_world}, {"rehearse", toc_bench_rehearse}, {"seats", toc_bench_seats}, {"typing", toc_bench_typing}, {"verify", toc_bench_verify}, {"seek", toc_bench_seek}, {"report", toc_bench_report}};

static void print_table(const toc_figures *list);
static void print_json(const toc_figures *list);
static bool is_met(const toc_figure *f);
static int compare(const void *a, const void *b);

int main(int argc, char **argv)
{
    bool is_json = false, is_known = false, is_whole = true;
    const char *only = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0)
            is_json = true;
        else
            only = argv[i];
    }
    toc_figures figures = {.count = 0};
    for (size_t i = 0; i < TOC_COUNT(subjects); i++) {
        if (only && strcmp(only, subjects[i].name) != 0)
            continue;
        is_known = true;
        is_whole = subjects[i].measure(&figures) && is_whole;
    }
    if (!is_known) {
        fprintf(stderr, "usage: bench [--json] [SUBJECT]; the subjects are:");
        for (size_t i = 0; i < TOC_COUNT(subjects); i++)
            fprintf(stderr, " %s", subjects[i].name);
        fprintf(stderr, "\n");
        return 2;
    }
    if (is_json)
        print_json(&figures);
    else
        print_table(&figures);
    for (size_t i = 0; i < figures.count; i++)
        is_whole = is_met(&figures.at[i]) && is_whole;
    return is_whole ? 0 : 1;
}

void toc_figures_add(toc_figures *list, toc_figure figure)
{
    toc_bench_require(list->count < TOC_FIGURES_MAX, "there is room for another figure");
    list->at[list->count++] = figure;
}

bool toc_bench_apart(toc_measure measure, double *out, size_t count)
{
    int ends[2];
    fflush(NULL);
    toc_bench_require(pipe(ends) == 0, "a pipe");
    pid_t pid = fork();
    toc_bench_require(pid >= 0, "a process");
    size_t size = count * sizeof *out;
    if (pid == 0) {
        memset(out, 0, size);
        measure(out);
        _exit(write(ends[1], out, size) == (ssize_t)size ? 0 : 1);
    }
    close(ends[1]);
    size_t got = 0;
    for (ssize_t n = 1; got < size && n > 0; got += n > 0 ? (size_t)n : 0)
        n = read(ends[0], (char *)out + got, size - got);
    close(ends[0]);
    int status;
    bool is_done = waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return is_done && got == size;
}

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double toc_bench_now(void)
{
    return seconds(CLOCK_MONOTONIC);
}

double toc_bench_cpu(void)
{
    return seconds(CLOCK_PROCESS_CPUTIME_ID);
}

double toc_bench_peak_mib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024; // Linux counts it in KiB
}

double toc_bench_quantile(double *list, size_t count, double share)
{
    qsort(list, count, sizeof *list, compare);
    size_t at = (size_t)(share * (double)count);
    return list[at < count ? at : count - 1];
}

void toc_bench_require(bool is_true, const char *what)
{
    if (is_true)
        return;
    fprintf(stderr, "bench: this does not hold: %s\n", what);
    _exit(70);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool is_met(const toc_figure *f)
{
    return f->target <= 0 || f->value <= f->target;
}

// Three figures are enough; more would be noise.
static const char *number(char out[32], double value)
{
    int after = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    snprintf(out, 32, "%.*f", after, value);
    return out;
}

static void print_table(const toc_figures *list)
{
    printf("%-46s %9s %-4s %9s %7s  %-8s reference\n", "figure", "value", "unit", "reference",
           "ratio", "target");
    for (size_t i = 0; i < list->count; i++) {
        const toc_figure *f = &list->at[i];
        char value[32], reference[32] = "-", ratio[32] = "-", target[32] = "-";
        number(value, f->value);
        if (f->reference > 0) {
            number(reference, f->reference);
            number(ratio, f->value / f->reference);
        }
        if (f->target > 0)
            snprintf(target, sizeof target, "< %g%s", f->target, is_met(f) ? "" : " MISSED");
        printf("%-46s %9s %-4s %9s %7s  %-8s %s\n", f->name, value, f->unit, reference, ratio,
               target, f->reference_is ? f->reference_is : "-");
    }
}

static void print_json(const toc_figures *list)
{
    printf("{\"schema\":\"tocsin-bench-1\",\"figures\":[");
    for (size_t i = 0; i < list->count; i++) {
        const toc_figure *f = &list->at[i];
        printf("%s\n{\"name\":\"%s\",\"unit\":\"%s\",\"value\":%.6g", i ? "," : "", f->name,
               f->unit, f->value);
        if (f->reference > 0)
            printf(",\"reference\":%.6g,\"reference_is\":\"%s\",\"ratio\":%.6g", f->reference,
                   f->reference_is, f->value / f->reference);
        if (f->target > 0)
            printf(",\"target\":%g,\"met\":%s", f->target, is_met(f) ? "true" : "false");
        printf("}");
    }
    printf("]}\n");
}
