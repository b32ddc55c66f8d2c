// SPDX-License-Identifier: MIT
// Seats that the engine plays itself, for demonstrations and trials: a terminal a seat, a process of
// its own like any other, which comes in through the network with its ticket.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "hub/people.h"
#include "hub_inside.h"

typedef struct {
    uv_process_t process;
    toc_players *players;
    char *seat;
    bool runs;
} player;

struct toc_players {
    toc_hub *hub;
    player *players;
    size_t count;
};

static toc_err start_player(player *p, const char *exe, toc_error *e);
static void on_exit_of(uv_process_t *process, int64_t status, int signal);

toc_err toc_players_start(toc_players **out, toc_hub *h, toc_error *e)
{
    char exe[4096];
    size_t len = sizeof exe;
    int code = uv_exepath(exe, &len);
    if (code)
        return toc_fail(e, TOC_EINTERNAL, "where is this program? %s", uv_strerror(code));
    const toc_exercise *x = toc_conduct_exercise(h->conduct);
    toc_players *p = toc_alloc(sizeof *p);
    *out = p;
    p->hub = h;
    p->players = toc_alloc((toc_exercise_seat_count(x) + 1) * sizeof *p->players);
    toc_err err = TOC_OK;
    for (size_t i = 0; i < toc_exercise_seat_count(x) && !err; i++) {
        if (!toc_exercise_seat(x, i).is_open ||
            toc_people_has(h->o->people, toc_exercise_seat(x, i).id))
            continue;
        player *next = &p->players[p->count++];
        next->players = p;
        next->seat = toc_strdup(toc_exercise_seat(x, i).id);
        err = start_player(next, exe, e);
    }
    return err;
}

void toc_players_stop(toc_players *p)
{
    for (size_t i = 0; p && i < p->count; i++)
        if (p->players[i].runs)
            uv_process_kill(&p->players[i].process, SIGTERM);
}

size_t toc_players_count(const toc_players *p)
{
    size_t count = 0;
    for (size_t i = 0; p && i < p->count; i++)
        count += p->players[i].runs;
    return count;
}

void toc_players_free(toc_players *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->count; i++)
        free(p->players[i].seat);
    free(p->players);
    free(p);
}

static toc_err start_player(player *p, const char *exe, toc_error *e)
{
    toc_hub *h = p->players->hub;
    char *ticket = toc_run_folder_ticket_path(h->folder, p->seat);
    char *log = toc_sprintf("%s/logs/%s.log", toc_run_folder_path(h->folder), p->seat);
    char *policy = toc_strdup(h->o->play), *program = toc_strdup(exe);
    char *args[] = {program, "join", ticket, "--plain", "--auto", policy, NULL};
    int fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    toc_err err = TOC_OK;
    if (fd < 0) {
        err = toc_fail_sys(e, errno, "%s could not be written", log);
    } else {
        uv_stdio_container_t stdio[] = {{.flags = UV_IGNORE},
                                        {.flags = UV_INHERIT_FD, .data.fd = fd},
                                        {.flags = UV_INHERIT_FD, .data.fd = fd}};
        uv_process_options_t options = {
            .exit_cb = on_exit_of, .file = program, .args = args, .stdio_count = 3, .stdio = stdio};
        p->process.data = p;
        int code = uv_spawn(&h->loop, &p->process, &options);
        p->runs = code == 0;
        if (code)
            err = toc_fail(e, TOC_EIO, "a player for %s could not be started: %s", p->seat,
                           uv_strerror(code));
        close(fd);
    }
    free(ticket);
    free(log);
    free(policy);
    free(program);
    return err;
}

static void on_exit_of(uv_process_t *process, int64_t status, int signal)
{
    player *p = process->data;
    toc_hub *h = p->players->hub;
    p->runs = false;
    uv_close((uv_handle_t *)process, NULL);
    bool is_closed = toc_exercise_clock(toc_conduct_exercise(h->conduct)).state == TOC_PLAY_CLOSED;
    if (!toc_switchboard_is_open(h->switchboard) ||
        (is_closed && status == 0 && signal == 0)) {
        toc_hub_turn(h); // it has done its part
        return;
    }
    toc_hub_notice(h, "the player of %s ended (%s %d): see %s/logs/%s.log", p->seat,
                   signal ? "signal" : "exit code", signal ? signal : (int)status,
                   toc_run_folder_path(h->folder), p->seat);
}
