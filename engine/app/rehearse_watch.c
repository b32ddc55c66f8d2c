// SPDX-License-Identifier: MIT
#include "rehearse_watch.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { QUIET_MS = 1000, EVERY_MS = 200 };

static int64_t now_ms(void);
static bool is_pressed(void);

void toc_watch_start(toc_watch *w)
{
    sigset_t interrupt;
    *w = (toc_watch){.started = now_ms(), .is_tty = isatty(STDERR_FILENO) == 1};
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    sigprocmask(SIG_BLOCK, &interrupt, &w->before);
}

bool toc_watch_progress(void *context, size_t done, size_t known)
{
    toc_watch *w = context;
    int64_t now = now_ms();
    if (is_pressed())
        return false;
    if (!w->is_tty || now - w->started < QUIET_MS || now - w->shown < EVERY_MS)
        return true;
    w->shown = now;
    int width = known > done ? fprintf(stderr, "\r%zu of %zu known paths played", done, known)
                             : fprintf(stderr, "\r%zu paths played", done);
    fprintf(stderr, "%*s", w->width > width ? w->width - width : 0, "");
    w->width = width;
    fflush(stderr);
    return true;
}

bool toc_watch_stop(toc_watch *w, int64_t *took_ms)
{
    bool was_pressed = is_pressed();
    if (w->width > 0)
        fprintf(stderr, "\r%*s\r", w->width, "");
    if (was_pressed) { // taken, so that it does not end us when it is let through
        sigset_t interrupt;
        int signal;
        sigemptyset(&interrupt);
        sigaddset(&interrupt, SIGINT);
        sigwait(&interrupt, &signal);
    }
    sigprocmask(SIG_SETMASK, &w->before, NULL);
    *took_ms = now_ms() - w->started;
    return was_pressed;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_pressed(void)
{
    sigset_t waiting;
    return sigpending(&waiting) == 0 && sigismember(&waiting, SIGINT) == 1;
}
