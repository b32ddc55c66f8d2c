// SPDX-License-Identifier: MIT
// One loop in which keys, time and finished work change something, and it is drawn. What changes by itself is drawn once a turn, a
// key at once.
#include "terminal/window.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#include <uv.h>

#include "base/mem.h"
#include "curses.h"

enum { CLOSING_TURNS = 8, AGAIN_MS = 16 };

enum { ON_INT, ON_TERM, ON_HUP, ON_WINCH, ON_TSTP, ON_CONT, SIGNALS };

struct toc_window {
    const toc_window_options *options;
    const toc_window_calls *calls;
    uv_loop_t *loop;
    uv_poll_t keys;
    uv_timer_t turn, again; // again: the terminal did not take the last picture
    uv_signal_t signals[SIGNALS];
    uv_work_t work;
    toc_curses *curses;
    toc_grid grid;
    void (*run)(void *data);
    void (*done)(void *context, void *data);
    void *data;
    int code;
    bool has_changed, is_over;
    toc_error error;
};

static toc_err open_all(toc_window *w, toc_error *e);
static void close_all(toc_window *w);
static void fit(toc_window *w);
static void draw(toc_window *w);
static int64_t mono(const toc_window *w);
static void fail(toc_window *w, int code, const char *why);
static void on_readable(uv_poll_t *poll, int status, int events);
static void take(toc_window *w, const toc_input *in);
static void on_turn(uv_timer_t *timer);
static void on_again(uv_timer_t *timer);
static void on_signal(uv_signal_t *handle, int number);
static void on_work(uv_work_t *work);
static void on_work_done(uv_work_t *work, int status);
static bool is_hung_up(void);

bool toc_window_locale(void)
{
    bool is_utf8, is_sure;
    toc_curses_locale(&is_utf8, &is_sure);
    return is_sure;
}

int toc_window_run(const toc_window_options *o, const toc_window_calls *calls,
                   void (*begin)(void *context, toc_window *w), toc_error *e)
{
    toc_window *w = toc_alloc(sizeof *w);
    w->options = o;
    w->calls = calls;
    w->loop = toc_alloc(sizeof *w->loop);
    if (uv_loop_init(w->loop) != 0) {
        free(w->loop);
        free(w);
        return toc_error_exit(toc_fail(e, TOC_EINTERNAL, "no event loop"));
    }
    toc_err err = open_all(w, e);
    if (!err) {
        if (begin)
            begin(calls->context, w);
        fit(w);
        draw(w);
        if (!w->is_over)
            uv_run(w->loop, UV_RUN_DEFAULT);
    }
    close_all(w);
    for (int i = 0; i < CLOSING_TURNS; i++)
        uv_run(w->loop, UV_RUN_NOWAIT);
    int code = err ? toc_error_exit(err) : w->code;
    if (!err && code != 0 && e)
        *e = w->error;
    toc_grid_fini(&w->grid);
    // Work may still be out on its thread; loop and window are left to it then.
    if (uv_loop_close(w->loop) == 0) {
        free(w->loop);
        free(w);
    }
    return code;
}

void toc_window_leave(toc_window *w, int code)
{
    w->code = code;
    w->is_over = true;
    uv_stop(w->loop);
}

void toc_window_changed(toc_window *w)
{
    w->has_changed = true;
}

void toc_window_redraw(toc_window *w)
{
    toc_curses_redraw(w->curses);
    w->has_changed = true;
}

void toc_window_title(toc_window *w, const char *text)
{
    toc_curses_title(w->curses, text);
}

// The whole group stops, as with the terminal's own Ctrl-Z. Where nobody could wake us the system does not stop us.
void toc_window_suspend(toc_window *w)
{
    toc_curses_away(w->curses);
    uv_signal_stop(&w->signals[ON_TSTP]);
    kill(0, SIGTSTP);
    uv_signal_start(&w->signals[ON_TSTP], on_signal, SIGTSTP);
    toc_curses_back(w->curses);
    fit(w);
    draw(w);
}

void toc_window_work(toc_window *w, void (*run)(void *data),
                     void (*done)(void *context, void *data), void *data)
{
    w->run = run;
    w->done = done;
    w->data = data;
    w->work.data = w;
    uv_queue_work(w->loop, &w->work, on_work, on_work_done);
}

static toc_err open_all(toc_window *w, toc_error *e)
{
    static const int numbers[SIGNALS] = {
        [ON_INT] = SIGINT,     [ON_TERM] = SIGTERM, [ON_HUP] = SIGHUP,
        [ON_WINCH] = SIGWINCH, [ON_TSTP] = SIGTSTP, [ON_CONT] = SIGCONT};
    bool is_utf8, is_sure;
    toc_curses_locale(&is_utf8, &is_sure);
    toc_curses_options screen = {STDIN_FILENO,           STDOUT_FILENO,         getenv("TERM"),
                                 w->options->has_colors, w->options->has_mouse, is_utf8};
    int flags = fcntl(STDIN_FILENO, F_GETFL);
    uv_timer_init(w->loop, &w->turn);
    uv_timer_init(w->loop, &w->again);
    w->turn.data = w->again.data = w;
    bool is_polled = uv_poll_init(w->loop, &w->keys, STDIN_FILENO) == 0;
    w->keys.data = is_polled ? w : NULL;
    // libuv makes it non-blocking, and with it standard output and the shell's side of the terminal.
    if (flags >= 0)
        fcntl(STDIN_FILENO, F_SETFL, flags);
    if (!is_polled)
        return toc_fail(e, TOC_EIO, "no keys can be read here: use --plain");
    toc_err err = toc_curses_open(&w->curses, &screen, e);
    if (err)
        return err;
    toc_curses_guard();
    for (size_t i = 0; i < SIGNALS; i++) { // after ncurses, which has handlers of its own
        uv_signal_init(w->loop, &w->signals[i]);
        w->signals[i].data = w;
        uv_signal_start(&w->signals[i], on_signal, numbers[i]);
    }
    uv_poll_start(&w->keys, UV_READABLE, on_readable);
    uv_timer_start(&w->turn, on_turn, (uint64_t)w->options->turn_ms, (uint64_t)w->options->turn_ms);
    return TOC_OK;
}

static void close_all(toc_window *w)
{
    w->is_over = true;
    toc_curses_close(w->curses);
    w->curses = NULL;
    uv_close((uv_handle_t *)&w->turn, NULL);
    uv_close((uv_handle_t *)&w->again, NULL);
    if (w->keys.data)
        uv_close((uv_handle_t *)&w->keys, NULL);
    for (size_t i = 0; i < SIGNALS; i++)
        if (w->signals[i].data)
            uv_close((uv_handle_t *)&w->signals[i], NULL);
}

static void fit(toc_window *w)
{
    int columns, lines;
    toc_curses_size(w->curses, &columns, &lines);
    toc_grid_fini(&w->grid);
    toc_grid_init(&w->grid, columns, lines, false);
}

static void draw(toc_window *w)
{
    if (w->is_over)
        return;
    if (!toc_curses_is_ready(w->curses)) {
        uv_timer_start(&w->again, on_again, AGAIN_MS, 0);
        return;
    }
    w->has_changed = false;
    w->calls->draw(w->calls->context, &w->grid);
    toc_curses_draw(w->curses, &w->grid);
}

static int64_t mono(const toc_window *w)
{
    uv_update_time(w->loop);
    return (int64_t)uv_now(w->loop);
}

static void fail(toc_window *w, int code, const char *why)
{
    toc_fail(&w->error, TOC_EREFUSED, "%s", why);
    toc_window_leave(w, code);
}

static void on_readable(uv_poll_t *poll, int status, int events)
{
    toc_window *w = poll->data;
    int64_t now = mono(w);
    toc_input in;
    bool has_read = false;
    (void)events;
    w->calls->on_turn(w->calls->context, now);
    while (!w->is_over && toc_curses_read(w->curses, now, &in)) {
        take(w, &in);
        has_read = true;
    }
    if (has_read)
        draw(w);
    else if (!w->is_over && (status < 0 || is_hung_up()))
        fail(w, 130, "the terminal is gone");
}

static void take(toc_window *w, const toc_input *in)
{
    void *context = w->calls->context;
    switch (in->kind) {
    case TOC_INPUT_KEY:
        w->calls->on_key(context, in->key);
        break;
    case TOC_INPUT_PASTE:
        w->calls->on_paste(context, in->text);
        break;
    case TOC_INPUT_CLICK:
        w->calls->on_click(context, in->x, in->y, in->wheel);
        break;
    }
}

static void on_turn(uv_timer_t *timer)
{
    toc_window *w = timer->data;
    w->calls->on_turn(w->calls->context, mono(w));
    if (w->has_changed)
        draw(w);
}

static void on_again(uv_timer_t *timer)
{
    draw(timer->data);
}

static void on_signal(uv_signal_t *handle, int number)
{
    toc_window *w = handle->data;
    switch (number) {
    case SIGINT:
        fail(w, 130, "interrupted");
        break;
    case SIGTERM:
        fail(w, 130, "ended from outside");
        break;
    case SIGHUP:
        fail(w, 130, "the terminal is gone");
        break;
    case SIGTSTP:
        toc_window_suspend(w);
        break;
    case SIGWINCH:
        toc_curses_resize(w->curses);
        fit(w);
        draw(w);
        break;
    default:
        toc_curses_back(w->curses);
        fit(w);
        draw(w);
    }
}

static void on_work(uv_work_t *work)
{
    toc_window *w = work->data;
    w->run(w->data);
}

static void on_work_done(uv_work_t *work, int status)
{
    toc_window *w = work->data;
    (void)status;
    if (w->is_over)
        return;
    w->done(w->calls->context, w->data);
    if (w->has_changed)
        draw(w);
}

static bool is_hung_up(void)
{
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&fd, 1, 0) > 0 && (fd.revents & (POLLHUP | POLLERR | POLLNVAL));
}
