// SPDX-License-Identifier: MIT
#include "tmux.h"

#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "process.h"

enum { MOST_WORDS = 32, SECONDS = 20 };

static int64_t now_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void command(tmux *t, const char *const *words, toc_buf *out)
{
    const char *argv[MOST_WORDS + 8] = {"tmux", "-u", "-f", "/dev/null", "-S", t->socket};
    toc_buf said = {0};
    size_t n = 6;
    for (; *words && n < MOST_WORDS + 6; words++)
        argv[n++] = *words;
    int code = process_run(argv, &said, SECONDS);
    ck_assert_msg(code == 0, "tmux %s: %d: %s", argv[6], code, toc_buf_text(&said));
    if (out)
        toc_buf_add(out, toc_buf_text(&said), said.len);
    toc_buf_fini(&said);
}

void tmux_start(tmux *t, int w, int h, const char *line)
{
    char *columns = toc_sprintf("%d", w), *lines = toc_sprintf("%d", h);
    *t = (tmux){.folder = folder_new()};
    t->socket = toc_sprintf("%s/socket", t->folder);
    // A test that fails leaves the server behind; it goes by itself, after more than any test may take (TIMEOUT in CMakeLists.txt).
    command(t,
            (const char *const[]){
                "new-session", "-d", "-x",          columns, "-y", lines, line, ";",
                "set",         "-g", "escape-time", "0",     ";",  "set", "-g", "remain-on-exit",
                "on",          ";",  "run-shell",   "-b",    "-d", "900", "-C", "kill-server",
                NULL},
            NULL);
    free(columns);
    free(lines);
}

void tmux_end(tmux *t)
{
    process_run((const char *const[]){"tmux", "-S", t->socket, "kill-server", NULL}, NULL, SECONDS);
    folder_remove(t->folder);
    free(t->socket);
    toc_buf_fini(&t->screen);
}

void tmux_keys(tmux *t, const char *const *words)
{
    const char *all[MOST_WORDS] = {"send-keys"};
    for (size_t n = 1; *words && n < MOST_WORDS - 1; words++)
        all[n++] = *words;
    command(t, all, NULL);
}

void tmux_type(tmux *t, const char *text)
{
    command(t, (const char *const[]){"send-keys", "-l", text, NULL}, NULL);
}

void tmux_resize(tmux *t, int w, int h)
{
    char *columns = toc_sprintf("%d", w), *lines = toc_sprintf("%d", h);
    command(t, (const char *const[]){"resize-window", "-x", columns, "-y", lines, NULL}, NULL);
    free(columns);
    free(lines);
}

const char *tmux_look(tmux *t, bool with_colors)
{
    toc_buf_clear(&t->screen);
    command(t, (const char *const[]){"capture-pane", "-p", with_colors ? "-e" : NULL, NULL},
            &t->screen);
    return toc_buf_text(&t->screen);
}

static void until(tmux *t, const char *text, bool is_there, int seconds)
{
    int64_t deadline = now_ms() + seconds * 1000LL;
    while ((strstr(tmux_look(t, false), text) != NULL) != is_there)
        ck_assert_msg(now_ms() < deadline, "\"%s\" is %s on the screen:\n%s", text,
                      is_there ? "not" : "still", toc_buf_text(&t->screen));
}

void tmux_until(tmux *t, const char *text, int seconds)
{
    until(t, text, true, seconds);
}

void tmux_until_gone(tmux *t, const char *text, int seconds)
{
    until(t, text, false, seconds);
}
