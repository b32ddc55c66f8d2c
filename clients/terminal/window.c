// SPDX-License-Identifier: MIT
// One loop in which keys, time and finished work change something, and it is drawn. What changes by itself is drawn once a turn.
#include "terminal/window.h"

#include <stdlib.h>
#include <uv.h>

#include "base/mem.h"
#include "console.h"
#include "loop.h"

struct toc_window {
    const toc_window_calls *calls;
    uv_loop_t *loop;
    toc_console console;
    uv_timer_t turn;
    uv_work_t work;
    void (*run)(void *data);
    void (*done)(void *context, void *data);
    void *data;
    int code;
    bool has_changed;
    toc_error error;
};

static void on_keys(void *context, int64_t mono);
static void on_input(void *context, const toc_input *in, int64_t mono);
static void draw(void *context, toc_grid *g);
static void on_end(void *context, const char *why);
static void on_turn(uv_timer_t *timer);
static void on_work(uv_work_t *work);
static void on_work_done(uv_work_t *work, int status);

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
    w->calls = calls;
    w->loop = toc_alloc(sizeof *w->loop);
    if (uv_loop_init(w->loop) != 0) {
        free(w->loop);
        free(w);
        return toc_error_exit(toc_fail(e, TOC_EINTERNAL, "no event loop"));
    }
    toc_console_options screen = {.has_colors = o->has_colors, .has_mouse = o->has_mouse};
    toc_console_calls console = {
        .context = w, .on_keys = on_keys, .on_input = on_input, .draw = draw, .on_end = on_end};
    toc_err err = toc_console_open(&w->console, w->loop, &screen, &console, e);
    uv_timer_init(w->loop, &w->turn);
    w->turn.data = w;
    if (!err) {
        uv_timer_start(&w->turn, on_turn, (uint64_t)o->turn_ms, (uint64_t)o->turn_ms);
        if (begin)
            begin(calls->context, w);
        toc_console_start(&w->console);
        if (!w->console.is_over)
            uv_run(w->loop, UV_RUN_DEFAULT);
    }
    toc_console_close(&w->console);
    uv_close((uv_handle_t *)&w->turn, NULL);
    int code = err ? toc_error_exit(err) : w->code;
    if (!err && code != 0 && e)
        *e = w->error;
    // Work may still be out on its thread; loop and window are left to it then.
    if (toc_loop_end(w->loop))
        free(w);
    return code;
}

void toc_window_leave(toc_window *w, int code)
{
    w->code = code;
    toc_console_leave(&w->console);
}

void toc_window_changed(toc_window *w)
{
    w->has_changed = true;
}

void toc_window_redraw(toc_window *w)
{
    toc_curses_redraw(w->console.curses);
    w->has_changed = true;
}

void toc_window_title(toc_window *w, const char *text)
{
    toc_curses_title(w->console.curses, text);
}

void toc_window_suspend(toc_window *w)
{
    toc_console_suspend(&w->console);
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

static void on_keys(void *context, int64_t mono)
{
    toc_window *w = context;
    w->calls->on_turn(w->calls->context, mono);
}

static void on_input(void *context, const toc_input *in, int64_t mono)
{
    const toc_window *w = context;
    (void)mono;
    switch (in->kind) {
    case TOC_INPUT_KEY:
        w->calls->on_key(w->calls->context, in->key);
        break;
    case TOC_INPUT_PASTE:
        w->calls->on_paste(w->calls->context, in->text);
        break;
    case TOC_INPUT_CLICK:
        w->calls->on_click(w->calls->context, in->x, in->y, in->wheel);
        break;
    }
}

static void draw(void *context, toc_grid *g)
{
    toc_window *w = context;
    w->has_changed = false;
    w->calls->draw(w->calls->context, g);
}

static void on_end(void *context, const char *why)
{
    toc_window *w = context;
    toc_fail(&w->error, TOC_EREFUSED, "%s", why);
    toc_window_leave(w, 130);
}

static void on_turn(uv_timer_t *timer)
{
    toc_window *w = timer->data;
    w->calls->on_turn(w->calls->context, toc_console_mono());
    if (w->has_changed)
        toc_console_draw(&w->console);
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
    if (w->console.is_over)
        return;
    w->done(w->calls->context, w->data);
    if (w->has_changed)
        toc_console_draw(&w->console);
}
