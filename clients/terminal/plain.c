// SPDX-License-Identifier: MIT
#include "plain.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "loop.h"

enum {
    TICK_MS = 500,
    TRUSTED_MS = 4500,
    PATIENCE_S = 60,
    LOST_MS = 600000,   // a seat that plays by itself does not wait for ever for an engine
    CLOSING_MS = 20000, // that said it goes down
    AWAY_MS = 30000,    // before it is said again that no engine answers
    CALL_MS = 15000,    // between the two halves of one call
    HELP_MS = 5000,     // in which a call for help has its answer, or nobody knows
};

static int columns_of(const toc_terminal_options *o);
static int64_t play_now(const toc_plain *t);
static void think(toc_plain *t);
static void wait_for_due(toc_plain *t, int64_t now);
static void on_event(void *context, int64_t n, const toc_event *ev);
static void show_past(toc_plain *t);
static void show_event(toc_plain *t, int64_t n, const toc_event *ev, bool is_history);
static void on_clock(void *context, const toc_clock *clock);
static void on_alarm(void *context, const char *what, const char *text, const char *by);
static void on_state(void *context, toc_link_state state, const char *why);
static bool is_new_call(toc_plain *t, const char *by, const char *text, bool is_alarm);
static void say_away(toc_plain *t, const char *why);
static void say_end(toc_plain *t, const char *why);
static void end_input(toc_plain *t);
static void sit_again(toc_plain *t);
static void say_emergency(toc_plain *t);
static void give_up(toc_plain *t);
static void on_tick(uv_timer_t *tick);
static void on_signal(uv_signal_t *handle, int number);
static void on_engine_end(void *context);
static void on_typed(void *context, const char *line);

toc_err toc_plain_open(toc_plain *t, uv_loop_t *loop, const toc_terminal_options *o, toc_error *e)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGCHLD};
    t->loop = loop;
    t->options = o;
    t->role = toc_role_find(t->ticket.role);
    t->started_at = uv_now(loop);
    // Whoever could stop it would have the shell that started it.
    if (o->is_confined)
        signal(SIGTSTP, SIG_IGN);
    toc_picture_init(&t->picture, t->ticket.seat);
    toc_lines_init(&t->lines, t->ticket.marking, columns_of(o));
    uv_timer_init(loop, &t->tick);
    t->tick.data = t;
    toc_writing_open(t);
    for (size_t i = 0; i < TOC_COUNT(numbers); i++) {
        uv_signal_init(loop, &t->signals[i]);
        t->signals[i].data = t;
        uv_signal_start(&t->signals[i], on_signal, numbers[i]);
    }
    toc_link_calls calls = {t, on_event, on_clock, on_alarm, on_state};
    toc_err err = toc_link_new(&t->link, loop, &t->ticket, o->host, &calls, e);
    if (err)
        return err;
    if (!t->player)
        t->keyboard = toc_keyboard_open(loop, o->in, on_typed, t);
    if (t->keyboard && toc_keyboard_is_tty(t->keyboard))
        toc_keyboard_go(t->keyboard);
    uv_timer_start(&t->tick, on_tick, TICK_MS, TICK_MS);
    toc_leash_open(&t->leash, loop, o->engine, on_engine_end, t);
    return TOC_OK;
}

void toc_plain_close(toc_plain *t)
{
    t->is_over = true;
    toc_writing_close(t);
    toc_link_free(t->link);
    toc_events_fini(&t->past);
    for (size_t i = 0; i < TOC_CALLS; i++) {
        free(t->calls[i].by);
        free(t->calls[i].text);
    }
    toc_keyboard_close(t->keyboard);
    uv_close((uv_handle_t *)&t->tick, NULL);
    toc_leash_close(&t->leash);
    for (size_t i = 0; i < TOC_COUNT(t->signals); i++)
        uv_close((uv_handle_t *)&t->signals[i], NULL);
    toc_plain_flush(t);
}

void toc_plain_leave(toc_plain *t, int code, const char *why)
{
    if (t->is_over)
        return;
    t->is_over = true;
    t->exit = code;
    if (code == 0 && t->plan_failures > 0) {
        t->exit = 1;
        toc_fail(&t->error, TOC_EFORMAT, "%d line%s of the plan could not be done",
                 t->plan_failures, t->plan_failures == 1 ? "" : "s");
    }
    if (code != 3)
        toc_plain_say_receipt(t);
    if (why)
        toc_fail(&t->error, code == 3 ? TOC_EIO : TOC_ENET, "%s", why);
    toc_plain_flush(t);
    uv_stop(t->loop);
}

void toc_plain_sit_down(toc_plain *t)
{
    show_past(t);
    toc_lines_say(&t->lines,
                  "%s: you sit at %s (%s), session %s. This is an exercise. `help` "
                  "lists what you can type",
                  t->ticket.title, t->ticket.seat, t->ticket.role, toc_link_session(t->link));
    const toc_neighbour *own = toc_picture_seat(&t->picture, t->ticket.seat);
    if (own && own->was_taken)
        toc_lines_say(&t->lines, "somebody sat at this seat until now; their terminal says so and "
                                 "is closed");
    t->is_live = true;
    say_emergency(t);
    if (!t->player)
        toc_plain_ask_list(t, TOC_SHOW_STATUS, NULL);
}

void toc_plain_flush(toc_plain *t)
{
    const char *at = toc_buf_text(&t->lines.out);
    size_t left = t->lines.out.len;
    if (t->writing.editor > 0) // it has the screen
        return;
    while (left > 0) {
        ssize_t n = write(t->options->out, at, left);
        if (n < 0 && errno == EAGAIN) {
            poll(&(struct pollfd){.fd = t->options->out, .events = POLLOUT}, 1, -1);
        } else if (n < 0 && errno != EINTR) {
            toc_buf_clear(&t->lines.out);
            toc_plain_leave(t, 3, "nobody takes what this terminal writes");
            return;
        } else if (n > 0) {
            at += n;
            left -= (size_t)n;
        }
    }
    toc_buf_clear(&t->lines.out);
}

void toc_plain_touch(toc_plain *t)
{
    t->lines.now = play_now(t);
}

// Somebody reads stderr where nobody reads a seat's lines.
void toc_plain_plan_failed(toc_plain *t, int line, const char *why)
{
    toc_buf text = {0};
    toc_buf visible = {0};
    toc_buf_printf(&text, "%s: line %d of the plan cannot be done: %s", t->ticket.seat, line, why);
    toc_lines_say(&t->lines, "%s", toc_buf_text(&text));
    toc_buf_str(&visible, "tocsin: ");
    toc_text_visible(&visible, text.data, text.len, false);
    toc_buf_char(&visible, '\n');
    // A seat that came back repeats what was done before; that is refused, and no fault of the plan.
    if (t->joins < 2)
        t->plan_failures++;
    // Only words; nothing depends on their arrival.
    if (write(STDERR_FILENO, visible.data, visible.len) < 0)
        toc_buf_clear(&visible);
    toc_buf_fini(&text);
    toc_buf_fini(&visible);
}

void toc_plain_answered(toc_plain *t)
{
    if (t->is_over)
        return;
    bool is_idle = toc_link_waiting(t->link) == 0;
    if (is_idle && t->has_input_ended) {
        toc_plain_leave(t, 0, NULL);
        return;
    }
    if (is_idle && t->keyboard && t->is_live && t->writing.editor == 0)
        toc_keyboard_go(t->keyboard);
    think(t);
    toc_plain_flush(t);
}

static int columns_of(const toc_terminal_options *o)
{
    struct winsize size;
    if (o->width > 0)
        return o->width;
    if (isatty(o->out) && ioctl(o->out, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return size.ws_col;
    return isatty(o->out) ? 80 : 0;
}

// Play time, by the newest clock and our own watch; never before what we have seen happen. The watch
// is trusted for two heartbeats only: an engine that is not heard may have stopped.
static int64_t play_now(const toc_plain *t)
{
    const toc_clock *c = &t->lines.clock;
    int64_t now = c->t;
    uint64_t since = uv_now(t->loop) - t->clock_at;
    if (strcmp(c->state, "running") == 0)
        now += (int64_t)(since < TRUSTED_MS ? since : TRUSTED_MS) * c->speed / 1000;
    return now > t->picture.t ? now : t->picture.t;
}

// Lets the automatic seat act, as far as it wants to now.
static void think(toc_plain *t)
{
    // Without a link it does not know what time it is in play.
    if (!t->player || !t->is_linked || !t->is_live || t->is_over || t->is_thinking)
        return;
    t->is_thinking = true; // an act that fails at once answers at once
    toc_events acts = {0};
    toc_auto_notes notes = {0};
    int64_t now = play_now(t);
    toc_auto_next(t->player, &t->picture, now, toc_link_waiting(t->link) == 0, &acts, &notes);
    t->lines.now = now;
    for (size_t i = 0; i < notes.count; i++)
        toc_plain_plan_failed(t, notes.at[i].line, notes.at[i].why);
    for (size_t i = 0; i < acts.count && !t->is_over; i++)
        toc_plain_act(t, &acts.at[i], toc_auto_line(t->player, i));
    toc_events_fini(&acts);
    toc_auto_notes_fini(&notes);
    t->is_thinking = false;
    wait_for_due(t, now);
}

// Play time decides, so the timer is only as good as the clock, which every heartbeat corrects.
static void wait_for_due(toc_plain *t, int64_t now)
{
    const toc_clock *c = &t->lines.clock;
    int64_t due;
    uint64_t wait = TICK_MS;
    if (strcmp(c->state, "running") == 0 && c->speed > 0 && toc_auto_due(t->player, now, &due)) {
        int64_t ms =
            due > now ? (due - now) / c->speed * 1000 + (due - now) % c->speed * 1000 / c->speed + 1
                      : 1;
        if ((uint64_t)ms < wait)
            wait = (uint64_t)ms;
    }
    if (!t->is_over)
        uv_timer_start(&t->tick, on_tick, wait, TICK_MS);
}

static void on_event(void *context, int64_t n, const toc_event *ev)
{
    toc_plain *t = context;
    toc_lines_learn(&t->lines, ev, n);
    if (t->is_live) {
        show_event(t, n, ev, false);
        think(t);
        toc_plain_flush(t);
        return;
    }
    if (t->past.count == 0)
        t->past_from = n;
    toc_event *kept = toc_events_add(&t->past, ev->kind, ev->t);
    toc_event_fini(kept);
    toc_event_copy(kept, ev);
}

static void show_past(toc_plain *t)
{
    for (size_t i = 0; i < t->past.count; i++)
        show_event(t, t->past_from + (int64_t)i, &t->past.at[i], true);
    toc_events_fini(&t->past);
}

static void show_event(toc_plain *t, int64_t n, const toc_event *ev, bool is_history)
{
    toc_picture_see(&t->picture, n, ev);
    if (t->player)
        toc_auto_see(t->player, ev);
    const char *seat = toc_event_str(ev, TOC_F_SEAT);
    t->joins += ev->kind == TOC_K_JOIN && seat && strcmp(seat, t->ticket.seat) == 0;
    toc_plain_touch(t);
    bool is_call = ev->kind == TOC_K_EMERGENCY && !is_history;
    bool is_told = is_call && !is_new_call(t, toc_event_str(ev, TOC_F_BY),
                                           toc_event_str(ev, TOC_F_TEXT), false);
    t->has_said_emergency = is_call || (t->has_said_emergency && ev->kind != TOC_K_RESUME);
    if (!is_told && (!t->options->is_quiet || !t->player))
        toc_lines_event(&t->lines, &t->picture, ev, n, is_history);
}

static void on_clock(void *context, const toc_clock *clock)
{
    toc_plain *t = context;
    toc_lines_hear(&t->lines, clock);
    t->clock_at = uv_now(t->loop);
    think(t);
    toc_plain_flush(t);
}

static void on_alarm(void *context, const char *what, const char *text, const char *by)
{
    toc_plain *t = context;
    t->lines.now = play_now(t);
    if (strcmp(what, "behind") == 0) {
        toc_lines_say(&t->lines, "%s", text);
    } else if (strcmp(what, "emergency") != 0) {
        toc_lines_say(&t->lines, "ALARM, %s: %s", what, text);
    } else if (is_new_call(t, by, text, true)) {
        toc_lines_emergency(&t->lines, by, text);
        t->has_said_emergency = true;
    }
    t->is_closing = t->is_closing || strcmp(what, "closing") == 0;
    toc_plain_flush(t);
}

static void on_state(void *context, toc_link_state state, const char *why)
{
    toc_plain *t = context;
    t->lines.now = play_now(t);
    if (t->is_over)
        return;
    bool was_linked = t->is_linked;
    t->is_linked = state == TOC_LINK_JOINED;
    switch (state) {
    case TOC_LINK_CONNECTING:
        toc_copy_text(t->away, sizeof t->away, why);
        say_away(t, why);
        break;
    case TOC_LINK_JOINED:
        t->is_closing = false;
        t->away_at = 0;
        if (t->is_live)
            sit_again(t);
        else if (!t->has_joined)
            toc_plain_ask_list(t, TOC_SHOW_PAST, NULL);
        t->has_joined = true;
        break;
    case TOC_LINK_LOST:
        if (was_linked) {
            t->lost_at = uv_now(t->loop);
            t->has_said_emergency = false;
            toc_lines_say(&t->lines, "%s", why);
            if (t->has_emergency_out)
                toc_lines_loud(&t->lines, TOC_NOT_DELIVERED);
            t->has_emergency_out = false;
        } else {
            say_away(t, why);
        }
        break;
    case TOC_LINK_CLOSED:
        show_past(t);
        toc_plain_leave(t, 0, NULL);
        return;
    case TOC_LINK_REFUSED:
    case TOC_LINK_TAKEN_OVER:
        show_past(t);
        say_end(t, why);
        toc_plain_leave(t, 4, why);
        return;
    }
    toc_plain_flush(t);
}

// The alarm and the event of one call come apart, in either order; the second is not shown.
static bool is_new_call(toc_plain *t, const char *by, const char *text, bool is_alarm)
{
    by = by ? by : "";
    text = text ? text : "";
    for (size_t i = 0; i < TOC_CALLS; i++) {
        toc_call *c = &t->calls[i];
        if (!c->is_open || uv_now(t->loop) - c->at > CALL_MS || c->is_alarm == is_alarm ||
            !toc_is_caller(c->by, by) || strcmp(c->text, text) != 0)
            continue;
        c->is_open = false;
        return false;
    }
    toc_call *c = &t->calls[t->call_count++ % TOC_CALLS];
    free(c->by);
    free(c->text);
    *c = (toc_call){toc_strdup(by), toc_strdup(text), is_alarm, true, uv_now(t->loop)};
    return true;
}

// Once, and then now and again: somebody may still be waiting.
static void say_away(toc_plain *t, const char *why)
{
    uint64_t now = uv_now(t->loop);
    if (t->away_at && now - t->away_at < AWAY_MS)
        return;
    t->away_at = now;
    toc_lines_say(&t->lines, "%s", why);
}

// The end is said by whoever runs the terminal, on stderr: not here too, if that is the same place.
static void say_end(toc_plain *t, const char *why)
{
    struct stat out, err;
    if (fstat(t->options->out, &out) == 0 && fstat(STDERR_FILENO, &err) == 0 &&
        out.st_dev == err.st_dev && out.st_ino == err.st_ino)
        return;
    toc_lines_say(&t->lines, "%s", why);
}

static void end_input(toc_plain *t)
{
    toc_plain_let_go(t);
    bool is_idle = toc_link_waiting(t->link) == 0;
    // On a screen the cursor stands after what was typed last.
    if (toc_keyboard_is_tty(t->keyboard))
        toc_buf_char(&t->lines.out, '\n');
    t->has_input_ended = true;
    toc_lines_say(&t->lines, "the input has ended: %s",
                  is_idle ? "you leave; the same ticket brings you back"
                          : "you leave as soon as the engine has answered; Ctrl-C leaves at once");
    if (is_idle)
        toc_plain_leave(t, 0, NULL);
}

static void sit_again(toc_plain *t)
{
    toc_lines_say(&t->lines, "the link is back; what happened meanwhile stands above");
    say_emergency(t);
    if (!t->player)
        toc_plain_ask_list(t, TOC_SHOW_STATUS, NULL);
    think(t);
}

// Who sits down, or comes back, during an emergency is told of it.
static void say_emergency(toc_plain *t)
{
    if (!t->lines.clock.emergency || t->has_said_emergency)
        return;
    bool is_known = t->picture.is_emergency;
    char *by = is_known && t->picture.emergency_by
                   ? toc_caller_text(&t->picture, t->picture.emergency_by)
                   : NULL;
    toc_lines_emergency(&t->lines, by, is_known ? t->picture.emergency : NULL);
    free(by);
    t->has_said_emergency = true;
}

// Nobody let us in.
static void give_up(toc_plain *t)
{
    char *why = toc_loop_gave_up(t->away);
    toc_plain_leave(t, 4, why);
    free(why);
}

static void on_tick(uv_timer_t *tick)
{
    toc_plain *t = tick->data;
    uint64_t now = uv_now(t->loop);
    t->lines.now = play_now(t);
    if (t->has_emergency_out && now - t->emergency_at > HELP_MS) {
        toc_lines_loud(&t->lines, TOC_NOT_DELIVERED);
        t->has_emergency_out = false;
    }
    uint64_t patience =
        (uint64_t)(t->options->patience_s ? t->options->patience_s : PATIENCE_S) * 1000;
    if (!t->is_live && now - t->started_at > patience)
        give_up(t);
    else if (t->is_live && !t->is_linked && t->player &&
             now - t->lost_at > (t->is_closing ? CLOSING_MS : LOST_MS))
        toc_plain_leave(t, 4, "the engine is gone and does not come back");
    else
        think(t);
    toc_plain_flush(t);
}

static void on_signal(uv_signal_t *handle, int number)
{
    toc_plain *t = handle->data;
    if (number == SIGCHLD) {
        toc_plain_edited(t);
        return;
    }
    // Ctrl-C is the editor's while there is one.
    if (t->writing.editor > 0 && number == SIGINT)
        return;
    if (t->writing.editor > 0)
        kill(t->writing.editor, number);
    t->lines.now = play_now(t);
    if (t->keyboard && toc_keyboard_is_tty(t->keyboard))
        toc_buf_char(&t->lines.out, '\n'); // after the ^C
    toc_lines_say(&t->lines,
                  "interrupted: you leave; the seat stays yours, the same ticket brings you back");
    toc_plain_leave(t, 130, "interrupted");
}

static void on_engine_end(void *context)
{
    toc_plain_leave(context, 4, "the engine of this terminal has ended");
}

static void on_typed(void *context, const char *line)
{
    toc_plain *t = context;
    if (t->is_over)
        return;
    t->lines.now = play_now(t);
    if (line) {
        toc_plain_typed(t, line);
    } else {
        end_input(t);
    }
    // A script's next line waits for the answer to this one; a person may type on.
    if (!t->is_over && !toc_keyboard_is_tty(t->keyboard) && toc_link_waiting(t->link) > 0)
        toc_keyboard_hold(t->keyboard);
    toc_plain_flush(t);
}
