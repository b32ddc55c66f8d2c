// SPDX-License-Identifier: MIT
#include "console.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum { FRAME_MS = 16 };

static void open_signals(toc_console *c);
static void fit(toc_console *c);
static void on_frame(uv_timer_t *frame);
static void on_readable(uv_poll_t *poll, int status, int events);
static bool is_hung_up(void);
static void on_signal(uv_signal_t *handle, int number);
static void end(toc_console *c, const char *why);

toc_err toc_console_open(toc_console *c, uv_loop_t *loop, const toc_console_options *o,
                         const toc_console_calls *calls, toc_error *e)
{
    bool is_utf8;
    toc_curses_locale(&is_utf8, &c->is_sure);
    toc_curses_options screen = {STDIN_FILENO,  STDOUT_FILENO, getenv("TERM"),
                                 o->has_colors, o->has_mouse,  is_utf8};
    int flags = fcntl(STDIN_FILENO, F_GETFL);
    c->loop = loop;
    c->options = *o;
    c->calls = *calls;
    uv_timer_init(loop, &c->frame);
    c->frame.data = c;
    bool is_polled = uv_poll_init(loop, &c->keys, STDIN_FILENO) == 0;
    c->keys.data = is_polled ? c : NULL;
    // libuv makes it non-blocking, and with it standard output and the shell's side of the terminal.
    if (flags >= 0)
        fcntl(STDIN_FILENO, F_SETFL, flags);
    if (!is_polled)
        return toc_fail(e, TOC_EIO, "no keys can be read here: use --plain");
    toc_err err = toc_curses_open(&c->curses, &screen, e);
    if (err)
        return err;
    toc_curses_guard();
    open_signals(c); // after ncurses, which has handlers of its own
    return TOC_OK;
}

void toc_console_start(toc_console *c)
{
    fit(c);
    uv_poll_start(&c->keys, UV_READABLE, on_readable);
    toc_console_draw(c);
}

void toc_console_leave(toc_console *c)
{
    c->is_over = true;
    uv_stop(c->loop);
}

void toc_console_close(toc_console *c)
{
    c->is_over = true;
    toc_curses_close(c->curses);
    c->curses = NULL;
    toc_grid_fini(&c->grid);
    uv_close((uv_handle_t *)&c->frame, NULL);
    if (c->keys.data)
        uv_close((uv_handle_t *)&c->keys, NULL);
    for (size_t i = 0; i < TOC_CONSOLE_SIGNALS; i++)
        if (c->signals[i].data)
            uv_close((uv_handle_t *)&c->signals[i], NULL);
}

void toc_console_draw(toc_console *c)
{
    if (c->is_over || c->is_lent)
        return;
    uv_update_time(c->loop);
    if (!toc_curses_is_ready(c->curses)) {
        uv_timer_start(&c->frame, on_frame, FRAME_MS, 0);
        return;
    }
    uv_timer_stop(&c->frame);
    c->calls.draw(c->calls.context, &c->grid);
    toc_curses_draw(c->curses, &c->grid);
    uv_update_time(c->loop);
    c->drawn_at = uv_now(c->loop);
}

void toc_console_draw_soon(toc_console *c)
{
    uint64_t since = uv_now(c->loop) - c->drawn_at;
    if (!c->is_over && !c->is_reading && !uv_is_active((uv_handle_t *)&c->frame))
        uv_timer_start(&c->frame, on_frame, since < FRAME_MS ? FRAME_MS - since : 0, 0);
}

// The whole group stops, as with the terminal's own Ctrl-Z: a wrapper around us as well. Where
// nobody could wake us (a seat over SSH) the system does not stop us, and the screen is simply
// drawn again.
void toc_console_suspend(toc_console *c)
{
    if (c->is_lent || c->is_over)
        return;
    toc_curses_away(c->curses);
    uv_signal_stop(&c->signals[TOC_CONSOLE_TSTP]);
    kill(0, SIGTSTP);
    uv_signal_start(&c->signals[TOC_CONSOLE_TSTP], on_signal, SIGTSTP);
    toc_console_take_back(c);
}

void toc_console_lend(toc_console *c)
{
    c->is_lent = true;
    toc_curses_away(c->curses);
    uv_poll_stop(&c->keys);
    uv_timer_stop(&c->frame);
}

void toc_console_take_back(toc_console *c)
{
    if (c->is_lent)
        uv_poll_start(&c->keys, UV_READABLE, on_readable);
    c->is_lent = false;
    toc_curses_back(c->curses);
    fit(c);
    toc_console_draw(c);
}

int64_t toc_console_mono(void)
{
    return (int64_t)(uv_hrtime() / 1000000);
}

static void open_signals(toc_console *c)
{
    static const int numbers[TOC_CONSOLE_SIGNALS] = {
        [TOC_CONSOLE_INT] = SIGINT,     [TOC_CONSOLE_TERM] = SIGTERM, [TOC_CONSOLE_HUP] = SIGHUP,
        [TOC_CONSOLE_WINCH] = SIGWINCH, [TOC_CONSOLE_TSTP] = SIGTSTP, [TOC_CONSOLE_CONT] = SIGCONT,
        [TOC_CONSOLE_CHLD] = SIGCHLD};
    for (size_t i = 0; i < TOC_CONSOLE_SIGNALS; i++) {
        if (i == TOC_CONSOLE_CHLD && !c->calls.on_child)
            continue;
        uv_signal_init(c->loop, &c->signals[i]);
        c->signals[i].data = c;
        uv_signal_start(&c->signals[i], on_signal, numbers[i]);
    }
}

// The grid, and what is drawn on it, get the size of the terminal.
static void fit(toc_console *c)
{
    int w, h;
    toc_curses_size(c->curses, &w, &h);
    toc_grid_fini(&c->grid);
    toc_grid_init(&c->grid, w, h, false);
    if (c->calls.on_size)
        c->calls.on_size(c->calls.context, w, h);
}

static void on_frame(uv_timer_t *frame)
{
    toc_console_draw(frame->data);
}

static void on_readable(uv_poll_t *poll, int status, int events)
{
    toc_console *c = poll->data;
    int64_t mono = toc_console_mono();
    toc_input in;
    bool has_read = false;
    (void)events;
    if (c->is_over || c->is_lent)
        return;
    c->is_reading = true;
    c->calls.on_keys(c->calls.context, mono);
    while (!c->is_over && !c->is_lent && toc_curses_read(c->curses, mono, &in)) {
        c->calls.on_input(c->calls.context, &in, mono);
        has_read = true;
    }
    c->is_reading = false;
    if (has_read)
        toc_console_draw(c);
    else if (status < 0 || is_hung_up())
        end(c, "the terminal is gone");
}

static bool is_hung_up(void)
{
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&fd, 1, 0) > 0 && (fd.revents & (POLLHUP | POLLERR | POLLNVAL));
}

static void on_signal(uv_signal_t *handle, int number)
{
    toc_console *c = handle->data;
    switch (number) {
    case SIGINT:
        // The keyboard's Ctrl-C in a program that has the terminal is meant for that.
        if (!c->is_lent)
            end(c, "interrupted");
        break;
    case SIGTERM:
        end(c, "ended from outside");
        break;
    case SIGHUP:
        end(c, "the terminal is gone");
        break;
    case SIGWINCH:
        if (c->is_lent || c->is_over)
            break;
        toc_curses_resize(c->curses);
        fit(c);
        toc_console_draw(c);
        break;
    case SIGTSTP:
        if (c->is_lent)
            raise(SIGSTOP);
        else if (!c->options.is_confined)
            toc_console_suspend(c);
        break;
    case SIGCONT:
        if (!c->is_lent && !c->is_over)
            toc_console_take_back(c);
        break;
    default:
        c->calls.on_child(c->calls.context);
    }
}

static void end(toc_console *c, const char *why)
{
    if (!c->is_over)
        c->calls.on_end(c->calls.context, why);
}
