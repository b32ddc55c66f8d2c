// SPDX-License-Identifier: MIT
// The threads only write: descriptors are never made non-blocking, because a terminal's is shared with the shell.
#include "voice.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

enum { ENDS = 2 };

typedef struct line {
    struct line *next;
    size_t len;
    toc_voice_end end;
    char bytes[];
} line;

// lock guards all but fds and thread.
typedef struct {
    int fds[ENDS];
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t more, done;
    line *first, **last;
    size_t bytes;   // of the lines that wait
    size_t dropped; // lines since the last one that was written
    bool is_shut[ENDS];
    bool is_ending, is_done;
} row;

struct toc_voice {
    row *rows[ENDS]; // of each end; one and the same where both are one file
};

static toc_err start_row(row **out, int out_fd, int err_fd, toc_error *e);
static void free_row(row *r);
static bool is_one_file(int a, int b);
static void add_line(row *r, toc_voice_end end, const char *bytes, size_t len);
static line *take_first(row *r);
static void *write_lines(void *context);
static bool write_line(row *r, const line *l, size_t dropped);
static bool write_whole(int fd, const char *bytes, size_t len);
static bool stop_row(row *r, const struct timespec *deadline);

toc_err toc_voice_start(toc_voice **out, int out_fd, int err_fd, toc_error *e)
{
    toc_voice *v = toc_alloc(sizeof *v);
    *out = NULL;
    toc_err err = start_row(&v->rows[TOC_VOICE_OUT], out_fd, err_fd, e);
    if (!err && is_one_file(out_fd, err_fd))
        v->rows[TOC_VOICE_ERR] = v->rows[TOC_VOICE_OUT];
    else if (!err)
        err = start_row(&v->rows[TOC_VOICE_ERR], out_fd, err_fd, e);
    if (err) {
        if (v->rows[TOC_VOICE_OUT])
            stop_row(v->rows[TOC_VOICE_OUT], &(struct timespec){0});
        free(v);
        return err;
    }
    *out = v;
    return TOC_OK;
}

bool toc_voice_say(toc_voice *v, toc_voice_end end, const char *lines, size_t len)
{
    row *r = v->rows[end];
    pthread_mutex_lock(&r->lock);
    bool is_read = !r->is_shut[end];
    while (is_read && len > 0) {
        const char *newline = memchr(lines, '\n', len);
        size_t one = newline ? (size_t)(newline - lines) + 1 : len;
        add_line(r, end, lines, one);
        lines += one;
        len -= one;
    }
    pthread_cond_signal(&r->more);
    pthread_mutex_unlock(&r->lock);
    return is_read;
}

bool toc_voice_stop(toc_voice *v, int patience_ms)
{
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    long ns = deadline.tv_nsec + patience_ms % 1000 * 1000000L;
    deadline.tv_sec += patience_ms / 1000 + ns / 1000000000L;
    deadline.tv_nsec = ns % 1000000000L;
    bool is_one = v->rows[TOC_VOICE_OUT] == v->rows[TOC_VOICE_ERR];
    bool is_all = stop_row(v->rows[TOC_VOICE_OUT], &deadline);
    if (!is_one)
        is_all = stop_row(v->rows[TOC_VOICE_ERR], &deadline) && is_all;
    free(v);
    return is_all;
}

static toc_err start_row(row **out, int out_fd, int err_fd, toc_error *e)
{
    sigset_t all, old;
    pthread_condattr_t monotonic;
    row *r = toc_alloc(sizeof *r);
    *r = (row){.fds = {out_fd, err_fd}};
    r->last = &r->first;
    pthread_mutex_init(&r->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&r->more, NULL);
    pthread_cond_init(&r->done, &monotonic);
    pthread_condattr_destroy(&monotonic);
    // With SIGTTOU blocked, an engine in the background is not stopped by what it says either.
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int code = pthread_create(&r->thread, NULL, write_lines, r);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (code) {
        free_row(r);
        return toc_fail_sys(e, code, "a thread that writes the transcript could not be started");
    }
    *out = r;
    return TOC_OK;
}

static void free_row(row *r)
{
    pthread_mutex_destroy(&r->lock);
    pthread_cond_destroy(&r->more);
    pthread_cond_destroy(&r->done);
    free(r);
}

static bool is_one_file(int a, int b)
{
    struct stat x, y;
    return fstat(a, &x) == 0 && fstat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

// With the lock held. The oldest make room: how things stand now, and the last words, are worth more.
static void add_line(row *r, toc_voice_end end, const char *bytes, size_t len)
{
    while (r->first && r->bytes + len > TOC_VOICE_MOST) {
        free(take_first(r));
        r->dropped++;
    }
    line *l = toc_alloc(sizeof *l + len);
    l->end = end;
    l->len = len;
    memcpy(l->bytes, bytes, len);
    *r->last = l;
    r->last = &l->next;
    r->bytes += len;
}

static line *take_first(row *r)
{
    line *l = r->first;
    r->first = l->next;
    r->bytes -= l->len;
    if (!r->first)
        r->last = &r->first;
    return l;
}

// The thread of a row.
static void *write_lines(void *context)
{
    row *r = context;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (!r->first && !r->is_ending)
            pthread_cond_wait(&r->more, &r->lock);
        if (!r->first)
            break;
        line *l = take_first(r);
        size_t dropped = r->dropped;
        bool is_shut = r->is_shut[l->end];
        r->dropped = 0;
        pthread_mutex_unlock(&r->lock);
        is_shut = is_shut || !write_line(r, l, dropped);
        pthread_mutex_lock(&r->lock);
        r->is_shut[l->end] = is_shut;
        free(l);
    }
    r->is_done = true;
    pthread_cond_signal(&r->done);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

static bool write_line(row *r, const line *l, size_t dropped)
{
    char told[120];
    int fd = r->fds[l->end];
    int len = snprintf(told, sizeof told,
                       "EXERCISE  engine: %zu line%s not shown: the terminal did not take %s\n",
                       dropped, dropped == 1 ? " was" : "s were", dropped == 1 ? "it" : "them");
    if (dropped > 0 && !write_whole(fd, told, (size_t)len))
        return false;
    return write_whole(fd, l->bytes, l->len);
}

static bool write_whole(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EAGAIN) // somebody else made it non-blocking
            poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
        else if (n < 0 && errno != EINTR)
            return false;
        if (n <= 0)
            continue;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

static bool stop_row(row *r, const struct timespec *deadline)
{
    int late = 0;
    pthread_mutex_lock(&r->lock);
    r->is_ending = true;
    pthread_cond_signal(&r->more);
    while (!r->is_done && !late)
        late = pthread_cond_timedwait(&r->done, &r->lock, deadline);
    bool is_done = r->is_done;
    pthread_mutex_unlock(&r->lock);
    if (!is_done) {
        pthread_detach(r->thread);
        return false;
    }
    pthread_join(r->thread, NULL);
    free_row(r);
    return true;
}
