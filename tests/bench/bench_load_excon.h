// SPDX-License-Identifier: MIT
#ifndef TOC_BENCH_LOAD_EXCON_H
#define TOC_BENCH_LOAD_EXCON_H

// The hands at EXCON's seats, in a process of their own: a burst is as fast as the desk answers them, and does not
// wait for what a thousand seats elsewhere are doing.
//
// Thread: one.

#include "bench_load.h"

typedef struct {
    pid_t pid;
    int to, from;    // from: readable when there is news
    size_t answered; // rows, by the newest news
    double newest;   // when (toc_bench_now) the newest of these answers came
} toc_controllers;

// toc_controllers_open comes before there is any loop in this process; all seats of EXCON sit down.
void toc_controllers_open(toc_controllers *c, const toc_hall *hall);

// toc_controllers_fire has them fire the rows that come next, up to so many in all, each as soon as their desk has
// answered the one before. The first time they start play before that.
void toc_controllers_fire(toc_controllers *c, size_t rows);

void toc_controllers_read(toc_controllers *c); // waits if there is no news
void toc_controllers_close(toc_controllers *c);

#endif
