// SPDX-License-Identifier: MIT
#ifndef TOC_REHEARSE_WATCH_H
#define TOC_REHEARSE_WATCH_H

// How far a long rehearsal has come, on a terminal's last line, and Ctrl-C, which ends it in good order.

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    int64_t started, shown; // ms of a clock that only goes forward
    bool is_tty;            // stderr
    int width;              // of the line that stands there
    sigset_t before;
} toc_watch;

// Between start and stop SIGINT is kept back; call both on the main thread, before and after all others.
void toc_watch_start(toc_watch *w);
// toc_watch_progress is a survey's progress; context is the watch. False: somebody pressed Ctrl-C.
bool toc_watch_progress(void *context, size_t done, size_t known);
// toc_watch_stop clears the line; true if Ctrl-C was pressed meanwhile. *took_ms: since the start.
bool toc_watch_stop(toc_watch *w, int64_t *took_ms);

#endif
