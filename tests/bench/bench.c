// SPDX-License-Identifier: MIT
// build/bench [--json | --readme] [SUBJECT]: all figures of the project in one table, each with a reference
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
#include "table.h"

static const struct {
    const char *name;
    bool (*measure)(toc_figures *out);
} subjects[] = {{"world", toc_bench_world}, {"rehearse", toc_bench_rehearse}, {"seats", toc_bench_seats}, {"typing", toc_bench_typing}, {"verify", toc_bench_verify}, {"seek", toc_bench_seek}, {"report", toc_bench_report}, {"disk", toc_bench_disk}, {"reference", toc_bench_reference}, {"inject", toc_bench_inject}, {"decide", toc_bench_decide}, {"return", toc_bench_return}, {"start", toc_bench_start}};

static int compare(const void *a, const void *b);

int main(int argc, char **argv)
{
    void (*show)(const toc_figures *list, const toc_machine *m) = toc_table_print;
    bool is_known = false, is_whole = true;
    const char *only = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0)
            show = toc_table_json;
        else if (strcmp(argv[i], "--readme") == 0)
            show = toc_table_markdown;
        else
            only = argv[i];
    }
    toc_figures figures = {.count = 0};
    toc_machine machine;
    toc_machine_read(&machine); // before anything here makes it busy
    for (size_t i = 0; i < TOC_COUNT(subjects); i++) {
        if (only && strcmp(only, subjects[i].name) != 0)
            continue;
        is_known = true;
        is_whole = subjects[i].measure(&figures) && is_whole;
    }
    if (!is_known) {
        fprintf(stderr, "usage: bench [--json | --readme] [SUBJECT]; the subjects are:");
        for (size_t i = 0; i < TOC_COUNT(subjects); i++)
            fprintf(stderr, " %s", subjects[i].name);
        fprintf(stderr, "\n");
        return 2;
    }
    show(&figures, &machine);
    for (size_t i = 0; i < figures.count; i++)
        is_whole = toc_entry_is_met(&figures.at[i]) && is_whole;
    return is_whole ? 0 : 1;
}

void toc_figures_add(toc_figures *list, toc_figure figure)
{
    toc_bench_require(list->count < TOC_FIGURES_MAX, "there is room for another figure");
    list->at[list->count++] = (toc_entry){.figure = figure};
}

void toc_figures_add_least(toc_figures *list, toc_figure figure)
{
    toc_figures_add(list, figure);
    list->at[list->count - 1].is_least = true;
}

void toc_figures_spread(toc_figures *list, double lower, double upper)
{
    list->at[list->count - 1].lower = lower;
    list->at[list->count - 1].upper = upper;
}

void toc_figures_miss(toc_figures *list, const char *name, const char *why)
{
    toc_figures_add(list, (toc_figure){.name = name});
    list->at[list->count - 1].absent = why;
}

bool toc_entry_is_met(const toc_entry *entry)
{
    const toc_figure *f = &entry->figure;
    return f->target <= 0 || (entry->is_least ? f->value >= f->target : f->value <= f->target);
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

double toc_bench_cpu_of(int pid)
{
    char path[64], text[1024] = "";
    unsigned long user = 0, kernel = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    size_t len = file ? fread(text, 1, sizeof text - 1, file) : 0;
    text[len] = '\0';
    if (file)
        fclose(file);
    const char *at = strrchr(text, ')'); // a name may hold anything
    toc_bench_require(at && sscanf(at + 1, "%*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %lu %lu",
                                   &user, &kernel) == 2,
                      "the processor time of a process can be read");
    return (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK);
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
