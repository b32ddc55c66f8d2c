// SPDX-License-Identifier: MIT
#ifndef TOC_BENCH_H
#define TOC_BENCH_H

// What is measured, and what it is measured against. A figure stands beside a reference that was
// measured in the same run on the same data, so that a slow machine slows both; the ratio of the two
// says more than either. Each subject has a file bench_<subject>.c with one function that adds its
// figures; a new one is a line in bench.c's table.

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const char *name; // what is measured
    const char *unit;
    double value;
    double reference; // in the same unit; 0 if there is none
    const char *reference_is;
    double target; // the most it should be; 0 if there is none
} toc_figure;

typedef struct {
    toc_figure figure;
    bool is_least;       // target: the least it should be
    double lower, upper; // the middle half of what was measured; 0 where it was measured once
    const char *absent;  // why it was not measured, if it was not: all but the name is empty
} toc_entry;

#define TOC_FIGURES_MAX 128

typedef struct {
    toc_entry at[TOC_FIGURES_MAX];
    size_t count;
} toc_figures;

// Texts are borrowed for good.
void toc_figures_add(toc_figures *list, toc_figure figure);
void toc_figures_add_least(toc_figures *list, toc_figure figure); // its target is the least
void toc_figures_spread(toc_figures *list, double lower, double upper); // of what was added last
void toc_figures_miss(toc_figures *list, const char *name, const char *why); // not measured
bool toc_entry_is_met(const toc_entry *entry); // one without a target is

// toc_bench_apart runs measure in a process of its own, so that its memory is its own and nothing is
// left behind; out gets what it put there. False if it did not come to its end; it has said why then.
typedef void (*toc_measure)(double *out);
bool toc_bench_apart(toc_measure measure, double *out, size_t count);

double toc_bench_now(void); // seconds of a clock that only goes forward
double
toc_bench_cpu(void); // seconds that this process had a processor: what others do does not count
double toc_bench_cpu_of(int pid); // the same of another process
double toc_bench_peak_mib(void); // the most memory this process has held
// The value at a share of the sorted list (0.5: the median). Sorts it.
double toc_bench_quantile(double *list, size_t count, double share);
// A bench whose figures would be of something else than it says is no bench: it ends here.
void toc_bench_require(bool is_true, const char *what);

// ---- the subjects ------------------------------------------------------------------------------------

bool toc_bench_world(toc_figures *out);
bool toc_bench_rehearse(toc_figures *out);
bool toc_bench_seats(toc_figures *out);
bool toc_bench_typing(toc_figures *out);
bool toc_bench_verify(toc_figures *out);
bool toc_bench_seek(toc_figures *out);
bool toc_bench_report(toc_figures *out);
bool toc_bench_disk(toc_figures *out);
bool toc_bench_reference(toc_figures *out);
bool toc_bench_inject(toc_figures *out);
bool toc_bench_decide(toc_figures *out);
bool toc_bench_return(toc_figures *out);
bool toc_bench_start(toc_figures *out);

#endif
