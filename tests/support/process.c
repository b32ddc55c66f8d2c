// SPDX-License-Identifier: MIT
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

enum { LATE_READS = 2 }; // after a deadline

static int64_t now_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void process_start(process *p, const char *const *argv)
{
    int in[2], out[2];
    *p = (process){0};
    if (pipe(in) || pipe(out))
        abort();
    p->pid = fork();
    if (p->pid == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        dup2(out[1], 2);
        close(in[1]); // beyond 255 where much is open, and its input would never end
        close(out[0]);
        for (int fd = 3; fd < 256; fd++)
            close(fd);
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    p->in = in[1];
    p->out = out[0];
    fcntl(p->in, F_SETFD, FD_CLOEXEC);
    fcntl(p->out, F_SETFD, FD_CLOEXEC);
    signal(SIGPIPE, SIG_IGN);
}

// Reads what is there within the time left; false at the end of output or of time. What lies in the pipe when time is up was
// said in time, and is read all the same: one read takes all that a pipe holds, another sees its end. Whoever goes on talking is
// not heard further.
static bool read_more(process *p, int64_t deadline, int *late)
{
    char bytes[65536];
    int64_t left = deadline - now_ms();
    if (p->out < 0 || (left <= 0 && ++*late > LATE_READS))
        return false;
    struct pollfd fd = {.fd = p->out, .events = POLLIN};
    int ready = poll(&fd, 1, left > 0 ? (int)left : 0);
    if (ready <= 0)
        return ready < 0 && errno == EINTR;
    ssize_t got = read(p->out, bytes, sizeof bytes);
    if (got <= 0) {
        close(p->out);
        p->out = -1;
        return false;
    }
    toc_buf_add(&p->said, bytes, (size_t)got);
    return true;
}

bool process_until(process *p, const char *text, size_t *from, int seconds)
{
    int64_t deadline = now_ms() + seconds * 1000LL;
    size_t start = from ? *from : 0;
    int late = 0;
    for (;;) {
        const char *at = text && p->said.len > start ? strstr(p->said.data + start, text) : NULL;
        if (at) {
            if (from)
                *from = (size_t)(at - p->said.data) + strlen(text);
            return true;
        }
        if (!read_more(p, deadline, &late))
            return !text && p->out < 0;
    }
}

bool process_lines(process *p, size_t lines, int seconds)
{
    int64_t deadline = now_ms() + seconds * 1000LL;
    size_t seen = 0, at = 0;
    int late = 0;
    for (;;) {
        for (; at < p->said.len; at++)
            seen += p->said.data[at] == '\n';
        if (seen >= lines)
            return true;
        if (!read_more(p, deadline, &late))
            return false;
    }
}

void process_write(process *p, const char *text)
{
    size_t len = strlen(text);
    while (p->in >= 0 && len > 0) {
        ssize_t wrote = write(p->in, text, len);
        if (wrote <= 0)
            return;
        text += wrote;
        len -= (size_t)wrote;
    }
}

void process_close_in(process *p)
{
    if (p->in >= 0)
        close(p->in);
    p->in = -1;
}

void process_kill(process *p, int signal)
{
    if (!p->is_over)
        kill(p->pid, signal);
}

int process_end(process *p, int seconds)
{
    process_close_in(p);
    bool is_quiet = process_until(p, NULL, NULL, seconds);
    if (!p->is_over) {
        // Output is closed: it is about to end. Whoever still holds on after the deadline is killed.
        if (!is_quiet)
            kill(p->pid, SIGKILL);
        waitpid(p->pid, &p->status, 0);
        p->is_over = true;
        if (!is_quiet)
            return -1;
    }
    return WIFEXITED(p->status) ? WEXITSTATUS(p->status) : 128 + WTERMSIG(p->status);
}

void process_free(process *p)
{
    if (p->pid > 0 && !p->is_over) {
        kill(p->pid, SIGKILL);
        waitpid(p->pid, &p->status, 0);
    }
    process_close_in(p);
    if (p->out >= 0)
        close(p->out);
    toc_buf_fini(&p->said);
    *p = (process){.in = -1, .out = -1};
}

int process_run(const char *const *argv, toc_buf *out, int seconds)
{
    process p;
    process_start(&p, argv);
    int code = process_end(&p, seconds);
    if (out && p.said.data)
        toc_buf_str(out, p.said.data);
    process_free(&p);
    return code;
}

char *folder_new(void)
{
    const char *base = getenv("TMPDIR");
    char *path = toc_sprintf("%s/tocsin-XXXXXX", base ? base : "/tmp");
    if (!mkdtemp(path))
        abort();
    return path;
}

void folder_remove(char *path)
{
    process_run((const char *const[]){"rm", "-rf", path, NULL}, NULL, 60);
    free(path);
}

char *own_listen(const char *folder)
{
    uint32_t sum = 2166136261U;
    for (; *folder; folder++)
        sum = (sum ^ (unsigned char)*folder) * 16777619U;
    return toc_sprintf("127.%u.%u.%u:0", 1 + sum % 250, 1 + sum / 250 % 250, 1 + sum / 62500 % 250);
}

char *source_path(const char *relative)
{
    const char *root = getenv("TOC_SOURCE_DIR");
    return toc_sprintf("%s/%s", root ? root : ".", relative);
}

const char *binary(void)
{
    const char *path = getenv("TOC_BINARY");
    return path ? path : "build/tocsin";
}
