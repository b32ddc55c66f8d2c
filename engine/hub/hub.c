// SPDX-License-Identifier: MIT
// The loop and its handles. Everything that wakes it ends in a turn of the switchboard.
#include "hub/hub.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/mem.h"
#include "hub_inside.h"

#define BLIND_MS        2000
#define TELL_MS         60000
#define REQUESTS_A_TURN 512 // then the rest of the loop gets its turn

static toc_err open_loop(toc_hub *h, toc_error *e);
static int watch_signals(toc_hub *h);
static toc_err open_doors(toc_hub *h, toc_error *e);
static void tell_ready(toc_hub *h);
static void wake(void *context);
static void on_wake(uv_async_t *handle);
static void on_requests(uv_poll_t *handle, int status, int events);
static void take_changes(toc_hub *h);
static void on_files(uv_timer_t *timer);
static int64_t watch_files(toc_hub *h);
static void on_signal(uv_signal_t *handle, int signal);
static void on_hangup(uv_signal_t *handle, int signal);
static void on_leash(uv_poll_t *handle, int status, int events);
static void stop_soon(toc_hub *h);
static void close_handle(uv_handle_t *handle, void *context);
static void close_loop(toc_hub *h);
static void free_hub(toc_hub *h);

toc_err toc_hub_run(const toc_hub_options *options, toc_hub_end *end, toc_error *e)
{
    toc_hub *h = toc_alloc(sizeof *h);
    h->o = options;
    h->end = TOC_HUB_INTERRUPTED;
    toc_err err = open_loop(h, e);
    if (err) {
        free(h);
        return err;
    }
    err = toc_hub_set_up(h, e);
    if (!err)
        err = open_doors(h, e);
    if (err && !options->resume && h->folder)
        toc_run_folder_remove(toc_run_folder_path(h->folder)); // nobody was let in
    if (!err) {
        tell_ready(h);
        if (options->play)
            err = toc_players_start(&h->players, h, e);
    }
    if (!err) {
        toc_hub_turn(h);
        uv_run(&h->loop, UV_RUN_DEFAULT);
        *end = h->end;
        if (toc_conduct_has_failed(h->conduct))
            err = toc_fail(e, TOC_EIO, "recording failed: %s", toc_conduct_failure(h->conduct));
    }
    toc_net_stop(h->net);
    toc_players_stop(h->players);
    // A second signal does not wait for the disk, nor a stop for a preview: then the worker still uses all this,
    // until _exit.
    if (!h->batch && !h->preview) {
        close_loop(h);
        free_hub(h);
    }
    return err;
}

void toc_hub_turn(toc_hub *h)
{
    if (h->is_over)
        return;
    toc_switchboard_turn(h->switchboard);
}

int64_t toc_hub_mono(void)
{
    return (int64_t)(uv_hrtime() / 1000000);
}

void toc_hub_notice(toc_hub *h, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (h->o->on_notice)
        h->o->on_notice(h->o->context, text);
}

static toc_err open_loop(toc_hub *h, toc_error *e)
{
    int code = uv_loop_init(&h->loop);
    if (code)
        return toc_fail(e, TOC_EIO, "the event loop could not be made: %s", uv_strerror(code));
    code = uv_async_init(&h->loop, &h->wake, on_wake);
    if (!code)
        code = watch_signals(h);
    if (!code && h->o->is_leashed && uv_poll_init(&h->loop, &h->leash, STDIN_FILENO) != 0) {
        close_loop(h);
        return toc_fail(e, TOC_EUSAGE,
                        "--until-eof needs a pipe or a terminal as standard input, and that is none");
    }
    if (!code && h->o->is_leashed)
        code = uv_poll_start(&h->leash, UV_READABLE, on_leash);
    h->leash.data = h;
    uv_timer_init(&h->loop, &h->due);
    uv_timer_init(&h->loop, &h->files);
    h->wake.data = h->due.data = h->files.data = h;
    if (code) {
        close_loop(h);
        return toc_fail(e, TOC_EIO, "the event loop could not be made: %s", uv_strerror(code));
    }
    return TOC_OK;
}

// A terminal that was closed ends the engine in order, unless whoever started it said that it stays (nohup).
static int watch_signals(toc_hub *h)
{
    struct sigaction before;
    signal(SIGXFSZ, SIG_IGN); // a file that may not grow is a write that fails
    h->interrupt.data = h->terminate.data = h->hangup.data = h;
    int code = uv_signal_init(&h->loop, &h->interrupt);
    if (!code)
        code = uv_signal_init(&h->loop, &h->terminate);
    if (!code)
        code = uv_signal_init(&h->loop, &h->hangup);
    if (!code)
        code = uv_signal_start(&h->interrupt, on_signal, SIGINT);
    if (!code)
        code = uv_signal_start(&h->terminate, on_signal, SIGTERM);
    if (!code && (sigaction(SIGHUP, NULL, &before) != 0 || before.sa_handler != SIG_IGN))
        code = uv_signal_start(&h->hangup, on_hangup, SIGHUP);
    return code;
}

static toc_err open_doors(toc_hub *h, toc_error *e)
{
    toc_err err = toc_net_open(&h->net, h->folder, wake, &h->wake, e);
    if (err)
        return err;
    int code = uv_poll_init(&h->loop, &h->requests, toc_net_desk_fd(h->net));
    h->requests.data = h;
    if (!code)
        code = uv_poll_start(&h->requests, UV_READABLE, on_requests);
    if (code)
        return toc_fail(e, TOC_ENET, "the desk cannot be watched: %s", uv_strerror(code));
    uv_timer_start(&h->files, on_files, 0, 0);
    toc_switchboard_open(h->switchboard, h->conduct);
    return TOC_OK;
}

static void tell_ready(toc_hub *h)
{
    if (!h->o->on_ready)
        return;
    const toc_run_info *info = toc_run_folder_info(h->folder);
    const toc_exercise *x = toc_conduct_exercise(h->conduct);
    size_t count = 0;
    char **tickets = toc_alloc((toc_exercise_seat_count(x) + 1) * sizeof *tickets);
    for (size_t i = 0; i < toc_exercise_seat_count(x); i++)
        if (toc_exercise_seat(x, i).is_open)
            tickets[count++] = toc_run_folder_ticket_path(h->folder, toc_exercise_seat(x, i).id);
    toc_hub_ready ready = {.run = info->run,
                           .folder = toc_run_folder_path(h->folder),
                           .title = info->title,
                           .marking = info->marking,
                           .is_resumed = h->o->resume != NULL,
                           .cut = h->cut,
                           .cut_path = toc_journal_cut_path(toc_conduct_journal(h->conduct)),
                           .listen = info->listen,
                           .host = info->host,
                           .ports = info->ports,
                           .audiences = info->audiences,
                           .audience_count = info->audience_count,
                           .tickets = tickets,
                           .ticket_count = count};
    h->o->on_ready(h->o->context, &ready);
    for (size_t i = 0; i < count; i++)
        free(tickets[i]);
    free(tickets);
}

// On nng's threads.
static void wake(void *context)
{
    uv_async_send(context);
}

static void on_wake(uv_async_t *handle)
{
    toc_hub *h = handle->data;
    if (!h->net || h->is_over)
        return;
    take_changes(h);
    toc_hub_turn(h);
}

static void on_requests(uv_poll_t *handle, int status, int events)
{
    toc_hub *h = handle->data;
    (void)status, (void)events;
    toc_packet packet;
    for (int i = 0; i < REQUESTS_A_TURN && toc_net_receive(h->net, &packet); i++) {
        take_changes(h); // its connection is known before what came through it
        toc_switchboard_take(h->switchboard, &packet);
    }
    toc_hub_turn(h);
}

static void take_changes(toc_hub *h)
{
    toc_pipe_change change;
    while (toc_net_change(h->net, &change)) {
        toc_net_track(h->net, &change);
        if (change.feed == TOC_NET_DESK && change.state == TOC_PIPE_ENDED)
            toc_switchboard_gone(h->switchboard, change.pipe);
    }
}

static void on_files(uv_timer_t *timer)
{
    toc_hub *h = timer->data;
    if (h->is_over)
        return;
    take_changes(h); // what is a pipe by now is no stray
    uv_timer_start(timer, on_files, (uint64_t)watch_files(h), 0);
}

// Connections that never finish their handshake are never ended by nng; each holds a descriptor. Gives in how
// many ms to look on.
static int64_t watch_files(toc_hub *h)
{
    struct rlimit limit;
    char text[256];
    int64_t mono = toc_hub_mono();
    bool has_limit = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
    toc_strays *s = toc_net_strays(h->net);
    int64_t next = s ? toc_strays_look(s, mono, has_limit ? (size_t)limit.rlim_cur : 0) : BLIND_MS;
    bool is_blind = !s || toc_strays_is_blind(s);
    bool is_scarce = s && toc_strays_is_scarce(s);
    if (is_scarce && (!h->files_told || mono - h->files_told >= TELL_MS)) {
        h->files_told = mono;
        toc_hub_notice(h,
                       "most of the %llu files and connections that are allowed are in use, %zu "
                       "of them by seats: new seats may have to wait",
                       (unsigned long long)limit.rlim_cur, toc_net_count(h->net));
    }
    if (s && toc_strays_tell(s, mono, text, sizeof text))
        toc_hub_notice(h, "%s", text);
    if (is_blind && !h->blind_told)
        toc_hub_notice(h, "connections of strangers that are held open cannot be ended on this "
                          "machine: keep strangers away from the engine's ports");
    h->blind_told = is_blind;
    return next;
}

// A second one is an order to end at once.
static void on_signal(uv_signal_t *handle, int signal)
{
    toc_hub *h = handle->data;
    (void)signal;
    if (h->is_signalled) {
        h->is_over = true;
        uv_stop(&h->loop);
        return;
    }
    h->is_signalled = true;
    stop_soon(h);
}

// The shell and the kernel may both send it, and a person Ctrl-C before that.
static void on_hangup(uv_signal_t *handle, int signal)
{
    (void)signal;
    stop_soon(handle->data);
}

// Nothing is expected from there but its end.
static void on_leash(uv_poll_t *handle, int status, int events)
{
    char bytes[256];
    (void)events;
    if (status == 0 && read(STDIN_FILENO, bytes, sizeof bytes) > 0)
        return;
    uv_poll_stop(handle);
    stop_soon(handle->data);
}

static void stop_soon(toc_hub *h)
{
    if (h->is_stopping)
        return;
    h->is_stopping = true;
    toc_switchboard_stop(h->switchboard);
    toc_hub_turn(h);
}

static void close_handle(uv_handle_t *handle, void *context)
{
    (void)context;
    if (!uv_is_closing(handle))
        uv_close(handle, NULL);
}

static void close_loop(toc_hub *h)
{
    uv_walk(&h->loop, close_handle, NULL);
    uv_run(&h->loop, UV_RUN_DEFAULT);
    uv_loop_close(&h->loop);
}

static void free_hub(toc_hub *h)
{
    toc_switchboard_free(h->switchboard);
    toc_players_free(h->players);
    toc_conduct_free(h->conduct);
    toc_roster_free(h->roster);
    toc_run_folder_free(h->folder);
    toc_buf_fini(&h->seal_pem);
    free(h);
}
