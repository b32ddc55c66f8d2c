// SPDX-License-Identifier: MIT
// How soon a key shows on the full screen: the real binary on a pseudo terminal, an engine of a few lines behind it that sends
// 1,000 events a second, or none.

#define _XOPEN_SOURCE 700
#include "bench.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include "base/mem.h"
#include "emulator.h"
#include "fake_engine.h"

enum {
    COLUMNS = 80,
    LINES = 24,
    KEYS = 100,
    LETTERS = 30,    // in the field, before it is emptied
    BETWEEN_MS = 17, // keys: a fast typist, and not in step with anything
    PER_SECOND = 1000,
    DEADLINE_S = 30,
};

typedef struct {
    uv_loop_t loop;
    uv_poll_t screen;
    uv_timer_t pulse;
    fake_engine *engine;
    emulator shown;
    toc_buf got;
    int master;
    char typed[LETTERS + 2];
    size_t letters, keys;
    double begun, typed_at, shown_at, beat_at, flood_at;
    bool is_seated, is_waiting, is_emptying, is_flooded;
    size_t sent;
    double *latencies;
} typing;

static bool stands(const typing *t, const char *text)
{
    for (int y = 0; y < LINES; y++) {
        char row[COLUMNS * 32 + 1] = "";
        size_t len = 0;
        for (int x = 0; x < COLUMNS; x++) {
            const char *cell = emulator_cell(&t->shown, x, y);
            memcpy(row + len, cell, strlen(cell));
            len += strlen(cell);
        }
        row[len] = '\0';
        if (strstr(row, text))
            return true;
    }
    return false;
}

// How many unread items the screen tells of: "Inbox N1503".
static long unread(const typing *t)
{
    for (int x = 0; x + 8 < COLUMNS; x++) {
        char tab[9] = "", digits[8] = "";
        for (int i = 0; i < 7; i++)
            tab[i] = emulator_cell(&t->shown, x + i, 2)[0];
        if (strcmp(tab, "Inbox(N") != 0)
            continue;
        for (int i = 0; i < 7 && x + 7 + i < COLUMNS; i++)
            digits[i] = emulator_cell(&t->shown, x + 7 + i, 2)[0];
        return strtol(digits, NULL, 10);
    }
    return 0;
}

static void press(typing *t, const char *bytes)
{
    toc_bench_require(write(t->master, bytes, strlen(bytes)) > 0, "a key is taken");
}

static void look(typing *t)
{
    double now = toc_bench_now();
    if (!t->is_seated)
        t->is_seated = stands(t, "Your name");
    if (t->is_waiting && stands(t, t->typed)) {
        t->latencies[t->keys++] = (now - t->typed_at) * 1000;
        t->is_waiting = false;
        t->shown_at = now;
    }
    if (t->is_emptying && !stands(t, "zq")) {
        t->is_emptying = false;
        t->letters = 0;
        t->shown_at = now;
    }
    if (t->keys == KEYS)
        uv_stop(&t->loop);
}

static void on_screen(uv_poll_t *poll, int status, int events)
{
    typing *t = poll->data;
    char bytes[16384];
    (void)events;
    ssize_t n = status < 0 ? -1 : read(t->master, bytes, sizeof bytes);
    toc_bench_require(n > 0, "the terminal goes on");
    toc_buf_add(&t->got, bytes, (size_t)n);
    size_t taken = emulator_take(&t->shown, t->got.data, t->got.len);
    memmove(t->got.data, t->got.data + taken, t->got.len - taken);
    t->got.len -= taken;
    look(t);
}

static void type_on(typing *t)
{
    if (t->letters == LETTERS) {
        press(t, "\x15");
        t->is_emptying = true;
        return;
    }
    char key[2] = "z";
    if (t->letters > 0)
        key[0] = t->letters == 1 ? 'q' : (char)('a' + t->letters % 26);
    t->typed[t->letters++] = key[0];
    t->typed[t->letters] = '\0';
    t->is_waiting = true;
    t->typed_at = toc_bench_now();
    press(t, key);
}

static void on_pulse(uv_timer_t *pulse)
{
    typing *t = pulse->data;
    double now = toc_bench_now();
    toc_bench_require(now - t->begun < DEADLINE_S, "every key shows");
    if (now - t->beat_at > 1) {
        t->beat_at = now;
        fake_engine_beat(t->engine);
    }
    if (!t->is_seated)
        return;
    if (t->flood_at == 0)
        t->flood_at = now;
    while (t->is_flooded && (double)t->sent < (now - t->flood_at) * PER_SECOND) {
        fake_engine_add(t->engine,
                        "The gauge at the old bridge rises by four centimetres an hour.");
        t->sent++;
    }
    if (!t->is_waiting && !t->is_emptying && now - t->shown_at > BETWEEN_MS / 1000.0)
        type_on(t);
}

static pid_t sit_down(typing *t, const char *ticket)
{
    extern char **environ;
    static char binary[] = TOC_BINARY, join[] = "join";
    struct winsize size = {.ws_row = LINES, .ws_col = COLUMNS};
    posix_spawn_file_actions_t files;
    pid_t pid;
    t->master = posix_openpt(O_RDWR | O_NOCTTY);
    toc_bench_require(t->master >= 0 && grantpt(t->master) == 0 && unlockpt(t->master) == 0 &&
                          ioctl(t->master, TIOCSWINSZ, &size) == 0,
                      "a pseudo terminal");
    fcntl(t->master, F_SETFD, FD_CLOEXEC);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("TOCSIN_ACCESSIBLE");
    posix_spawn_file_actions_init(&files);
    for (int fd = 0; fd <= 2; fd++)
        posix_spawn_file_actions_addopen(&files, fd, ptsname(t->master), O_RDWR | O_NOCTTY, 0);
    char *path = toc_strdup(ticket);
    toc_bench_require(
        posix_spawn(&pid, binary, &files, NULL, (char *[]){binary, join, path, NULL}, environ) == 0,
        "the terminal starts");
    posix_spawn_file_actions_destroy(&files);
    free(path);
    return pid;
}

static void measure(double *out, bool is_flooded)
{
    typing *t = toc_alloc(sizeof *t);
    char ticket[] = "/tmp/tocsin-bench-XXXXXX";
    int fd = mkstemp(ticket);
    toc_error e = {0};
    t->latencies = out;
    t->is_flooded = is_flooded;
    emulator_init(&t->shown, COLUMNS, LINES, 0);
    toc_bench_require(fd >= 0 && uv_loop_init(&t->loop) == 0, "a loop and a file");
    t->engine = fake_engine_new(&t->loop);
    toc_bench_require(toc_ticket_write(fake_engine_ticket(t->engine), ticket, &e) == TOC_OK,
                      "a ticket");
    t->begun = t->beat_at = toc_bench_now();
    pid_t pid = sit_down(t, ticket);
    uv_timer_init(&t->loop, &t->pulse);
    uv_poll_init(&t->loop, &t->screen, t->master);
    t->pulse.data = t->screen.data = t;
    uv_timer_start(&t->pulse, on_pulse, 1, 1);
    uv_poll_start(&t->screen, UV_READABLE, on_screen);
    uv_run(&t->loop, UV_RUN_DEFAULT);
    if (is_flooded)
        toc_bench_require(unread(t) > KEYS * BETWEEN_MS * PER_SECOND / 1000 / 2,
                          "the events are on the screen as well");
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    unlink(ticket);
    close(fd);
    // The engine's sockets go with this process.
}

static void measure_quiet(double *out)
{
    measure(out, false);
}

static void measure_flooded(double *out)
{
    measure(out, true);
}

bool toc_bench_typing(toc_figures *out)
{
    double quiet[KEYS], flooded[KEYS];
    if (!toc_bench_apart(measure_quiet, quiet, KEYS) ||
        !toc_bench_apart(measure_flooded, flooded, KEYS))
        return false;
    toc_figures_add(out, (toc_figure){"key shown, 1,000 events a second, median", "ms",
                                      toc_bench_quantile(flooded, KEYS, 0.5),
                                      toc_bench_quantile(quiet, KEYS, 0.5), "no events", 0});
    toc_figures_add(out, (toc_figure){"key shown, 1,000 events a second, 99 of 100", "ms",
                                      toc_bench_quantile(flooded, KEYS, 0.99),
                                      toc_bench_quantile(quiet, KEYS, 0.99), "no events", 20});
    return true;
}
