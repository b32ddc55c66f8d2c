// SPDX-License-Identifier: MIT
// The full screen: one loop in which keys, events and time change the view, and the view is drawn.
#include "terminal/full.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "full_inside.h"
#include "loop.h"
#include "view/lines.h"

enum {
    PATIENCE_S = 60,
    AGAIN_MS = 3000, // in which a second Ctrl-C leaves
    RECALL_MS = 5000,
};

static toc_err open_all(toc_full *f, toc_error *e);
static void close_all(toc_full *f);
static void leave(toc_full *f, int code, toc_err err, const char *why);
static bool take_interrupt(toc_full *f, int64_t mono);
static void on_keys(void *context, int64_t mono);
static void on_input(void *context, const toc_input *in, int64_t mono);
static void on_size(void *context, int w, int h);
static void draw(void *context, toc_grid *g);
static void on_end(void *context, const char *why);
static void on_child(void *context);
static void on_change(void *context);
static void on_wish(void *context, const toc_wish *w, const char *path, bool is_text);
static void on_help(void *context, const char *by, const char *text);
static void on_engine_end(void *context);
static void say_farewell(const toc_full *f, toc_buf *out);

int toc_full_run(const toc_full_options *o, toc_buf *farewell, toc_error *e)
{
    toc_full *f = toc_alloc(sizeof *f);
    uv_loop_t *loop = toc_alloc(sizeof *loop);
    toc_buf warning = {0};
    f->loop = loop;
    f->options = o;
    f->sitting.is_confined = o->is_confined;
    signal(SIGPIPE, SIG_IGN);
    toc_err err = toc_sitting_read(&f->sitting, o->ticket, &warning, e);
    // A ticket that cannot be read is a matter of files, whatever is wrong with it.
    int code = err ? 3 : 0;
    if (!err && uv_loop_init(loop) != 0)
        err = toc_fail(e, TOC_EINTERNAL, "no event loop"), code = toc_error_exit(err);
    if (!err) {
        err = open_all(f, e);
        if (!err)
            uv_run(loop, UV_RUN_DEFAULT);
        close_all(f);
        code = err ? toc_error_exit(err) : f->exit;
        if (!err && code != 0 && e)
            *e = f->error;
        if (!err)
            say_farewell(f, farewell);
        toc_loop_end(loop);
    } else {
        free(loop);
    }
    toc_text_visible(farewell, toc_buf_text(&warning), warning.len, true);
    toc_buf_fini(&warning);
    toc_sitting_fini(&f->sitting);
    free(f->child_path);
    free(f);
    return code;
}

static toc_err open_all(toc_full *f, toc_error *e)
{
    toc_console_options screen = {f->options->has_colors, f->options->has_mouse,
                                  f->options->is_confined};
    toc_console_calls console = {f, on_keys, on_input, on_size, draw, on_end, on_child};
    toc_sitting_calls calls = {f, on_wish, on_change, on_help};
    f->started_at = uv_now(f->loop);
    toc_err err = toc_console_open(&f->console, f->loop, &screen, &console, e);
    if (err)
        return err;
    toc_leash_open(&f->leash, f->loop, f->options->engine, on_engine_end, f);
    err = toc_sitting_open(&f->sitting, f->loop, f->options->host,
                           f->options->is_ascii || !f->console.is_sure, RECALL_MS, &calls, e);
    if (err)
        return err;
    toc_console_start(&f->console);
    return TOC_OK;
}

static void close_all(toc_full *f)
{
    if (f->child)
        kill(f->child, SIGHUP);
    toc_console_close(&f->console);
    if (f->sitting.view)
        toc_sitting_close(&f->sitting);
    toc_leash_close(&f->leash);
}

static void draw(void *context, toc_grid *g)
{
    toc_full *f = context;
    toc_view_draw(f->sitting.view, g);
    if (f->interrupted_at && g->h > 0) {
        toc_rect last = {0, g->h - 1, g->w, 1};
        toc_grid_fill(g, last, TOC_STYLE_WARN);
        toc_grid_put(g, 0, last.y, last.w, TOC_STYLE_WARN,
                     " Ctrl-C again leaves; the seat stays yours");
    }
}

static void leave(toc_full *f, int code, toc_err err, const char *why)
{
    if (f->console.is_over)
        return;
    f->exit = code;
    if (code != 0)
        toc_fail(&f->error, err, "%s", why);
    toc_console_leave(&f->console);
}

static void on_keys(void *context, int64_t mono)
{
    toc_full *f = context;
    (void)mono;
    toc_sitting_time(&f->sitting);
}

static void on_input(void *context, const toc_input *in, int64_t mono)
{
    toc_full *f = context;
    toc_happening h = {.mono = mono};
    switch (in->kind) {
    case TOC_INPUT_KEY:
        if (in->key == TOC_KEY_CTRL('C') && take_interrupt(f, mono))
            return;
        f->interrupted_at = 0;
        h.what = TOC_HAPPENED_KEY;
        h.key = in->key;
        break;
    case TOC_INPUT_PASTE:
        h.what = TOC_HAPPENED_PASTE;
        h.text = in->text;
        break;
    case TOC_INPUT_CLICK:
        h.what = TOC_HAPPENED_CLICK;
        h.x = in->x;
        h.y = in->y;
        h.number = in->wheel;
        break;
    }
    toc_sitting_happen(&f->sitting, &h);
}

// One may be a habit from elsewhere; what was typed must not go with it.
static bool take_interrupt(toc_full *f, int64_t mono)
{
    bool is_second = f->interrupted_at && mono - f->interrupted_at < AGAIN_MS;
    if (is_second || f->sitting.has_ended)
        leave(f, 130, TOC_EREFUSED, "interrupted");
    f->interrupted_at = mono;
    return true;
}

static void on_size(void *context, int w, int h)
{
    toc_full *f = context;
    toc_sitting_happen(&f->sitting, &(toc_happening){.what = TOC_HAPPENED_SIZE, .x = w, .y = h});
}

static void on_end(void *context, const char *why)
{
    leave(context, 130, TOC_EREFUSED, why);
}

static void on_child(void *context)
{
    toc_full_reap(context);
}

static void on_change(void *context)
{
    toc_full *f = context;
    uint64_t patience = (uint64_t)(f->options->patience_s ? f->options->patience_s : PATIENCE_S);
    if (f->interrupted_at && toc_sitting_mono() - f->interrupted_at >= AGAIN_MS)
        f->interrupted_at = 0;
    if (!f->sitting.has_joined && !f->sitting.has_ended &&
        uv_now(f->loop) - f->started_at > patience * 1000) {
        char *why = toc_loop_gave_up(f->sitting.why);
        leave(f, 4, TOC_ENET, why);
        free(why);
    }
    toc_console_draw_soon(&f->console);
}

static void on_wish(void *context, const toc_wish *w, const char *path, bool is_text)
{
    toc_full *f = context;
    switch (w->kind) {
    case TOC_WISH_BELL:
        if (f->options->has_bell && !f->child)
            toc_curses_bell(f->console.curses);
        break;
    case TOC_WISH_TITLE:
        toc_curses_title(f->console.curses, w->text);
        break;
    case TOC_WISH_MOUSE:
        toc_curses_mouse(f->console.curses, w->number != 0 && f->options->has_mouse);
        break;
    case TOC_WISH_REDRAW:
        toc_curses_redraw(f->console.curses);
        break;
    case TOC_WISH_SUSPEND:
        toc_console_suspend(&f->console);
        break;
    case TOC_WISH_EDIT:
        toc_full_edit(f, w);
        break;
    case TOC_WISH_OPEN:
        toc_full_show(f, w, path, is_text);
        break;
    case TOC_WISH_LEAVE:
        leave(f, toc_sitting_exit(&f->sitting, &f->error), TOC_ENET,
              f->sitting.why ? f->sitting.why : "the link has ended");
        break;
    default:
        break;
    }
}

// Somebody in an editor must hear of it too: it is written over whatever stands there.
static void on_help(void *context, const char *by, const char *text)
{
    toc_full *f = context;
    toc_buf lines = {0};
    if (!f->child)
        return;
    toc_view_alarm(f->sitting.view, by, text, &lines);
    toc_buf out = {0};
    toc_buf_str(&out, "\a\r\n\r\n");
    for (const char *at = toc_buf_text(&lines); *at; at++)
        *at == '\n' ? toc_buf_str(&out, "\r\n") : toc_buf_char(&out, *at);
    // Only words; whoever does not see them here hears them in the room.
    if (write(STDOUT_FILENO, out.data, out.len) < 0)
        toc_buf_clear(&out);
    toc_buf_fini(&out);
    toc_buf_fini(&lines);
}

// One that closed the exercise has said so: then the screen stays, to be read.
static void on_engine_end(void *context)
{
    toc_full *f = context;
    if (!f->sitting.has_ended)
        leave(f, 4, TOC_ENET, "the engine of this terminal has ended");
}

static void say_farewell(const toc_full *f, toc_buf *out)
{
    const toc_sitting *s = &f->sitting;
    toc_buf line = {0};
    if (s->state == TOC_LINK_CLOSED)
        toc_buf_str(&line, "EXERCISE  the exercise is closed; thank you");
    else if (s->state == TOC_LINK_REFUSED)
        toc_buf_str(&line, "EXERCISE  ask EXCON for a new ticket");
    else if (s->state == TOC_LINK_TAKEN_OVER)
        toc_buf_printf(&line, "EXERCISE  seat %s is sat at elsewhere now", s->ticket.seat);
    else if (f->options->is_confined)
        toc_buf_printf(&line,
                       "EXERCISE  you left seat %s; it stays yours. Connect again to come back",
                       s->ticket.seat);
    else
        toc_buf_printf(
            &line, "EXERCISE  you left seat %s; it stays yours. To come back:  tocsin join %s%s%s",
            s->ticket.seat, f->options->ticket, f->options->host ? " --desk " : "",
            f->options->host ? f->options->host : "");
    toc_text_visible(out, line.data, line.len, false);
    toc_buf_char(out, '\n');
    if (s->receipt[0])
        toc_buf_printf(out,
                       "EXERCISE  receipt of the newest line you were shown: %s\n"
                       "          Keep it: it can prove later that the record up to here is whole.  "
                       "tocsin verify JOURNAL --receipt RECEIPT\n",
                       s->receipt);
    toc_buf_fini(&line);
}
