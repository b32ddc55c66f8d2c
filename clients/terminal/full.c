// SPDX-License-Identifier: MIT
// The full screen: one loop in which keys, events and time change the view, and the view is drawn.
// What arrives is drawn at most every FRAME_MS, however much it is; a key is drawn at once.
#include "terminal/full.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "full_inside.h"
#include "loop.h"
#include "view/lines.h"

enum {
    FRAME_MS = 16,
    PATIENCE_S = 60,
    AGAIN_MS = 3000, // in which a second Ctrl-C leaves
    RECALL_MS = 5000,
};

static toc_err open_all(toc_full *f, toc_error *e);
static void open_signals(toc_full *f);
static void close_all(toc_full *f);
static void fit(toc_full *f);
static void draw(toc_full *f);
static void draw_soon(toc_full *f);
static void leave(toc_full *f, int code, toc_err err, const char *why);
static void on_frame(uv_timer_t *frame);
static void take_input(toc_full *f, const toc_input *in, int64_t mono);
static bool take_interrupt(toc_full *f, int64_t mono);
static bool is_hung_up(void);
static void on_signal(uv_signal_t *handle, int number);
static void on_change(void *context);
static void on_wish(void *context, const toc_wish *w, const char *path, bool is_text);
static void on_help(void *context, const char *by, const char *text);
static void on_engine_end(void *context);
static void suspend(toc_full *f);
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
    toc_grid_fini(&f->grid);
    free(f->child_path);
    free(f);
    return code;
}

void toc_full_take_back(toc_full *f)
{
    toc_curses_back(f->curses);
    if (f->sitting.view)
        fit(f);
    draw(f);
}

void toc_full_readable(uv_poll_t *poll, int status, int events)
{
    toc_full *f = poll->data;
    int64_t mono = toc_sitting_mono();
    toc_input in;
    bool has_read = false;
    (void)events;
    if (f->is_over || f->child)
        return;
    f->is_reading = true;
    toc_sitting_time(&f->sitting);
    while (!f->is_over && !f->child && toc_curses_read(f->curses, mono, &in)) {
        take_input(f, &in, mono);
        has_read = true;
    }
    f->is_reading = false;
    if (has_read)
        draw(f);
    else if (status < 0 || is_hung_up())
        leave(f, 130, TOC_EIO, "the terminal is gone");
}

static toc_err open_all(toc_full *f, toc_error *e)
{
    bool is_utf8, is_sure;
    toc_curses_locale(&is_utf8, &is_sure);
    toc_curses_options screen = {STDIN_FILENO,           STDOUT_FILENO,         getenv("TERM"),
                                 f->options->has_colors, f->options->has_mouse, is_utf8};
    toc_sitting_calls calls = {f, on_wish, on_change, on_help};
    int flags = fcntl(STDIN_FILENO, F_GETFL);
    f->started_at = uv_now(f->loop);
    uv_timer_init(f->loop, &f->frame);
    f->frame.data = f;
    bool is_polled = uv_poll_init(f->loop, &f->keys, STDIN_FILENO) == 0;
    f->keys.data = is_polled ? f : NULL;
    // libuv makes it non-blocking, and with it standard output and the shell's side of the terminal.
    if (flags >= 0)
        fcntl(STDIN_FILENO, F_SETFL, flags);
    if (!is_polled)
        return toc_fail(e, TOC_EIO, "no keys can be read here: join with --plain");
    toc_err err = toc_curses_open(&f->curses, &screen, e);
    if (err)
        return err;
    toc_curses_guard();
    toc_leash_open(&f->leash, f->loop, f->options->engine, on_engine_end, f);
    open_signals(f); // after ncurses, which has handlers of its own
    err = toc_sitting_open(&f->sitting, f->loop, f->options->host, f->options->is_ascii || !is_sure,
                           RECALL_MS, &calls, e);
    if (err)
        return err;
    fit(f);
    uv_poll_start(&f->keys, UV_READABLE, toc_full_readable);
    draw(f);
    return TOC_OK;
}

static void open_signals(toc_full *f)
{
    static const int numbers[SIGNALS] = {
        [ON_INT] = SIGINT,   [ON_TERM] = SIGTERM, [ON_HUP] = SIGHUP,  [ON_WINCH] = SIGWINCH,
        [ON_TSTP] = SIGTSTP, [ON_CONT] = SIGCONT, [ON_CHLD] = SIGCHLD};
    for (size_t i = 0; i < SIGNALS; i++) {
        uv_signal_init(f->loop, &f->signals[i]);
        f->signals[i].data = f;
        uv_signal_start(&f->signals[i], on_signal, numbers[i]);
    }
}

static void close_all(toc_full *f)
{
    f->is_over = true;
    if (f->child)
        kill(f->child, SIGHUP);
    toc_curses_close(f->curses);
    f->curses = NULL;
    if (f->sitting.view)
        toc_sitting_close(&f->sitting);
    uv_close((uv_handle_t *)&f->frame, NULL);
    toc_leash_close(&f->leash);
    if (f->keys.data)
        uv_close((uv_handle_t *)&f->keys, NULL);
    for (size_t i = 0; i < SIGNALS; i++)
        if (f->signals[i].data)
            uv_close((uv_handle_t *)&f->signals[i], NULL);
}

// The view and the grid get the size of the terminal.
static void fit(toc_full *f)
{
    int w, h;
    toc_curses_size(f->curses, &w, &h);
    toc_grid_fini(&f->grid);
    toc_grid_init(&f->grid, w, h, false);
    toc_sitting_happen(&f->sitting, &(toc_happening){.what = TOC_HAPPENED_SIZE, .x = w, .y = h});
}

static void draw(toc_full *f)
{
    if (f->is_over || f->child)
        return;
    uv_update_time(f->loop);
    if (!toc_curses_is_ready(f->curses)) {
        uv_timer_start(&f->frame, on_frame, FRAME_MS, 0);
        return;
    }
    uv_timer_stop(&f->frame);
    toc_view_draw(f->sitting.view, &f->grid);
    if (f->interrupted_at && f->grid.h > 0) {
        toc_rect last = {0, f->grid.h - 1, f->grid.w, 1};
        toc_grid_fill(&f->grid, last, TOC_STYLE_WARN);
        toc_grid_put(&f->grid, 0, last.y, last.w, TOC_STYLE_WARN,
                     " Ctrl-C again leaves; the seat stays yours");
    }
    toc_curses_draw(f->curses, &f->grid);
    uv_update_time(f->loop);
    f->drawn_at = uv_now(f->loop);
}

static void draw_soon(toc_full *f)
{
    uint64_t since = uv_now(f->loop) - f->drawn_at;
    if (!f->is_over && !uv_is_active((uv_handle_t *)&f->frame))
        uv_timer_start(&f->frame, on_frame, since < FRAME_MS ? FRAME_MS - since : 0, 0);
}

static void leave(toc_full *f, int code, toc_err err, const char *why)
{
    if (f->is_over)
        return;
    f->is_over = true;
    f->exit = code;
    if (code != 0)
        toc_fail(&f->error, err, "%s", why);
    uv_stop(f->loop);
}

static void on_frame(uv_timer_t *frame)
{
    toc_full *f = frame->data;
    draw(f);
}

static void take_input(toc_full *f, const toc_input *in, int64_t mono)
{
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

static bool is_hung_up(void)
{
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&fd, 1, 0) > 0 && (fd.revents & (POLLHUP | POLLERR | POLLNVAL));
}

static void on_signal(uv_signal_t *handle, int number)
{
    toc_full *f = handle->data;
    switch (number) {
    case SIGINT:
        // The keyboard's Ctrl-C in a program that has the terminal is meant for that.
        if (!f->child)
            leave(f, 130, TOC_EREFUSED, "interrupted");
        break;
    case SIGTERM:
        leave(f, 130, TOC_EREFUSED, "ended from outside");
        break;
    case SIGHUP:
        leave(f, 130, TOC_EREFUSED, "the terminal is gone");
        break;
    case SIGWINCH:
        if (f->child || f->is_over)
            break;
        toc_curses_resize(f->curses);
        fit(f);
        draw(f);
        break;
    case SIGTSTP:
        if (f->child)
            raise(SIGSTOP);
        else if (!f->options->is_confined)
            suspend(f);
        break;
    case SIGCONT:
        if (!f->child && !f->is_over)
            toc_full_take_back(f);
        break;
    default:
        toc_full_reap(f);
    }
}

static void on_change(void *context)
{
    toc_full *f = context;
    uint64_t patience = (uint64_t)(f->options->patience_s ? f->options->patience_s : PATIENCE_S);
    if (f->interrupted_at && toc_sitting_mono() - f->interrupted_at >= AGAIN_MS)
        f->interrupted_at = 0;
    if (!f->sitting.has_joined && !f->sitting.has_ended &&
        uv_now(f->loop) - f->started_at > patience * 1000)
        leave(f, 4, TOC_ENET,
              "no engine answers: is it running, and is its host right? (--desk HOST names "
              "another)");
    if (!f->is_reading)
        draw_soon(f);
}

static void on_wish(void *context, const toc_wish *w, const char *path, bool is_text)
{
    toc_full *f = context;
    switch (w->kind) {
    case TOC_WISH_BELL:
        if (f->options->has_bell && !f->child)
            toc_curses_bell(f->curses);
        break;
    case TOC_WISH_TITLE:
        toc_curses_title(f->curses, w->text);
        break;
    case TOC_WISH_MOUSE:
        toc_curses_mouse(f->curses, w->number != 0 && f->options->has_mouse);
        break;
    case TOC_WISH_REDRAW:
        toc_curses_redraw(f->curses);
        break;
    case TOC_WISH_SUSPEND:
        suspend(f);
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

// The whole group stops, as with the terminal's own Ctrl-Z: a wrapper around us as well. Where
// nobody could wake us (a seat over SSH) the system does not stop us, and the screen is simply
// drawn again.
static void suspend(toc_full *f)
{
    if (f->child || f->is_over)
        return;
    toc_curses_away(f->curses);
    uv_signal_stop(&f->signals[ON_TSTP]);
    kill(0, SIGTSTP);
    uv_signal_start(&f->signals[ON_TSTP], on_signal, SIGTSTP);
    toc_full_take_back(f);
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
                       "EXERCISE  receipt %s\n          Whoever keeps it can prove later that the "
                       "record up to here is whole:  tocsin verify JOURNAL --receipt RECEIPT\n",
                       s->receipt);
    toc_buf_fini(&line);
}
