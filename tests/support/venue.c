// SPDX-License-Identifier: MIT
#include "venue.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { MOST_OPTIONS = 8 };

static bool holds_all(const char *line, const char *const *words);

void venue_open(venue *v, const char *scenario, const char *const *more)
{
    char *path = source_path(scenario);
    *v = (venue){.runs = folder_new()};
    char *own = own_listen(v->runs);
    const char *argv[MOST_OPTIONS + 9] = {binary(), "run", path, "--run-dir", v->runs, "--quiet"};
    size_t n = 6;
    bool has_address = more && *more && strcmp(*more, "--listen") == 0;
    if (!has_address) {
        argv[n++] = "--listen";
        argv[n++] = own;
    }
    while (more && *more && n < MOST_OPTIONS + 8)
        argv[n++] = *more++;
    process_start(&v->engine, argv);
    ck_assert_msg(process_until(&v->engine, "Each seat sits down", NULL, VENUE_PATIENCE), "%s",
                  toc_buf_text(&v->engine.said));
    v->run = run_folder_of(&v->engine);
    free(path);
    free(own);
}

void venue_resume(venue *v, const char *run)
{
    char *path = toc_strdup(run);
    process_free(&v->engine);
    process_start(&v->engine,
                  (const char *const[]){binary(), "run", "--resume", path, "--quiet", NULL});
    ck_assert_msg(process_until(&v->engine, "Each seat sits down", NULL, VENUE_PATIENCE), "%s",
                  toc_buf_text(&v->engine.said));
    free(v->run);
    v->run = path;
}

void venue_close(venue *v)
{
    process_free(&v->engine);
    folder_remove(v->runs);
    free(v->run);
}

void venue_shell(venue *v, tmux *t, const char *seat, const char *more)
{
    char *line = toc_sprintf(
        "env -u NO_COLOR LC_ALL=C.UTF-8 TERM=xterm-256color %s join %s/tickets/%s.ticket %s; "
        "echo \"left, code $?\"; read line",
        binary(), v->run, seat, more);
    tmux_start(t, 80, 24, line);
    free(line);
}

void venue_sit(venue *v, tmux *t, const char *seat, const char *name, const char *more)
{
    venue_shell(v, t, seat, more);
    tmux_until(t, "Who sits here?", VENUE_PATIENCE);
    if (name) {
        tmux_type(t, name);
        TMUX_KEYS(t, "Enter");
        tmux_until(t, "signed in", VENUE_PATIENCE);
    } else {
        TMUX_KEYS(t, "Escape");
    }
    tmux_until_gone(t, "Who sits here?", VENUE_PATIENCE);
}

void venue_plain(venue *v, process *p, const char *seat)
{
    char *ticket = toc_sprintf("%s/tickets/%s.ticket", v->run, seat);
    process_start(p, (const char *const[]){binary(), "join", ticket, "--plain", NULL});
    ck_assert_msg(process_until(p, "you sit at", NULL, VENUE_PATIENCE), "%s",
                  toc_buf_text(&p->said));
    free(ticket);
}

void venue_say(process *p, const char *line, const char *answer)
{
    size_t from = p->said.len;
    process_write(p, line);
    process_write(p, "\n");
    ck_assert_msg(process_until(p, answer, &from, VENUE_PATIENCE), "%s: no \"%s\" in:\n%s", line,
                  answer, toc_buf_text(&p->said));
}

void venue_hear(process *p, const char *text)
{
    ck_assert_msg(process_until(p, text, NULL, VENUE_PATIENCE), "no \"%s\" in:\n%s", text,
                  toc_buf_text(&p->said));
}

void venue_type(tmux *t, const char *line, const char *answer)
{
    tmux_type(t, line);
    TMUX_KEYS(t, "Enter");
    tmux_until(t, answer, VENUE_PATIENCE);
}

size_t venue_count(const venue *v, const char *const *words)
{
    char *path = toc_sprintf("%s/journal.jsonl", v->run);
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t size = 0, count = 0;
    ck_assert_msg(f != NULL, "%s", path);
    while (getline(&line, &size, f) > 0)
        count += holds_all(line, words);
    fclose(f);
    free(line);
    free(path);
    return count;
}

void venue_verified(const venue *v)
{
    toc_buf said = {0};
    int code = process_run((const char *const[]){binary(), "verify", v->run, NULL}, &said, 60);
    ck_assert_msg(code == 0 && strstr(toc_buf_text(&said), "VERIFIED"), "%d: %s", code,
                  toc_buf_text(&said));
    toc_buf_fini(&said);
}

static bool holds_all(const char *line, const char *const *words)
{
    for (; *words; words++)
        if (!strstr(line, *words))
            return false;
    return true;
}
