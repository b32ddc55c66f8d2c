// SPDX-License-Identifier: MIT
#ifndef TOC_MACHINE_H
#define TOC_MACHINE_H

// Where figures were measured: they are of this machine, this build and this commit.

typedef struct {
    int cores;
    double memory_gib;
    double load; // of the last minute, before anything was measured
    char system[160], processor[160], commit[64];
    const char *build;
} toc_machine;

// toc_machine_read: what cannot be told is "unknown". commit is TOC_BENCH_COMMIT of the environment.
void toc_machine_read(toc_machine *m);

#endif
