// SPDX-License-Identifier: MIT
#include "sitting.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/text.h"
#include "terminal/save.h"

enum { TICK_MS = 250 };

static const char no_editor[] =
    "this seat is confined: it has no editor; write here, Enter begins a new line";
static const char no_file[] =
    "this seat is confined: it reads no files; type the text, or paste it";
static const char no_sheet[] =
    "this seat is confined: it writes no files; the Hand-over tab shows the sheet";
static const char no_attachment[] = "this seat is confined: ask EXCON for the file";

// What was asked of the engine, until it is answered.
typedef struct {
    toc_sitting *sitting;
    toc_wish wish; // its number, kind, text and detail
    int64_t from;  // status: the row that its page begins with; 0: the first page
} errand;

static void grant_all(toc_sitting *s);
static void grant(toc_sitting *s, toc_wish *w);
static errand *new_errand(toc_sitting *s, const toc_wish *w);
static void end_errand(errand *x);
static void ask(errand *x);
static void on_answer(void *context, const toc_link_reply *reply);
static void on_page(void *context, const toc_link_reply *reply);
static void on_data(void *context, toc_err err, const char *why, const char *data, size_t size);
static void show_data(errand *x, const char *data, size_t size);
static void read_file(toc_sitting *s, const toc_wish *w);
static void write_file(toc_sitting *s, const toc_wish *w);
static void on_event(void *context, int64_t n, const toc_event *ev);
static void on_clock(void *context, const toc_clock *clock);
static void on_alarm(void *context, const char *what, const char *text, const char *by);
static void on_state(void *context, toc_link_state state, const char *why);
static void on_tick(uv_timer_t *tick);

toc_err toc_sitting_read(toc_sitting *s, const char *ticket, toc_buf *warning, toc_error *e)
{
    return toc_ticket_read(&s->ticket, ticket, warning, e);
}

toc_err toc_sitting_open(toc_sitting *s, uv_loop_t *loop, const char *host, bool is_ascii,
                         int64_t recall_ms, const toc_sitting_calls *calls, toc_error *e)
{
    toc_view_options view = {s->ticket.seat,    s->ticket.role, s->ticket.team, s->ticket.title,
                             s->ticket.marking, is_ascii,       recall_ms,     s->is_confined, false};
    toc_link_calls link = {s, on_event, on_clock, on_alarm, on_state};
    s->loop = loop;
    s->calls = *calls;
    s->host = host;
    s->news_at = uv_now(loop);
    s->view = toc_view_new(&view);
    uv_timer_init(loop, &s->tick);
    s->tick.data = s;
    uv_timer_start(&s->tick, on_tick, TICK_MS, TICK_MS);
    toc_sitting_time(s);
    return toc_link_new(&s->link, loop, &s->ticket, host, &link, e);
}

void toc_sitting_close(toc_sitting *s)
{
    s->is_over = true;
    toc_copy_text(s->receipt, sizeof s->receipt, s->link ? toc_link_receipt(s->link) : "");
    toc_link_free(s->link);
    s->link = NULL;
    uv_close((uv_handle_t *)&s->tick, NULL);
}

void toc_sitting_fini(toc_sitting *s)
{
    toc_view_free(s->view);
    toc_wishes_fini(&s->wishes);
    toc_scratch_fini(&s->scratch);
    toc_ticket_fini(&s->ticket);
    free(s->why);
    *s = (toc_sitting){0};
}

void toc_sitting_happen(toc_sitting *s, const toc_happening *h)
{
    if (s->is_over)
        return;
    toc_view_update(s->view, h, &s->wishes);
    // What is granted may happen at once, and wish for more.
    if (!s->is_granting)
        grant_all(s);
    if (s->calls.on_change)
        s->calls.on_change(s->calls.context);
}

void toc_sitting_time(toc_sitting *s)
{
    char wall[16] = "";
    struct tm local;
    time_t now = time(NULL);
    if (localtime_r(&now, &local))
        strftime(wall, sizeof wall, "%H:%M:%S", &local);
    toc_sitting_happen(
        s, &(toc_happening){.what = TOC_HAPPENED_TIME, .mono = toc_sitting_mono(), .wall = wall});
}

int64_t toc_sitting_mono(void)
{
    return (int64_t)(uv_hrtime() / 1000000);
}

void toc_sitting_written(toc_sitting *s, int64_t number, bool ok, const char *text)
{
    toc_sitting_happen(
        s,
        &(toc_happening){.what = TOC_HAPPENED_WRITTEN, .number = number, .ok = ok, .text = text});
}

int toc_sitting_exit(const toc_sitting *s, toc_error *e)
{
    if (!s->has_ended || s->state == TOC_LINK_CLOSED)
        return 0;
    return toc_error_exit(toc_fail(e, TOC_ENET, "%s", s->why ? s->why : "the link has ended"));
}

static void grant_all(toc_sitting *s)
{
    s->is_granting = true;
    while (s->wishes.count > 0) {
        toc_wishes now = s->wishes;
        s->wishes = (toc_wishes){0};
        for (size_t i = 0; i < now.count && !s->is_over; i++)
            grant(s, &now.at[i]);
        toc_wishes_fini(&now);
    }
    s->is_granting = false;
}

static void grant(toc_sitting *s, toc_wish *w)
{
    switch (w->kind) {
    case TOC_WISH_ACT:
        toc_link_act(s->link, &w->event, on_answer, new_errand(s, w));
        break;
    case TOC_WISH_ASK:
        ask(new_errand(s, w));
        break;
    case TOC_WISH_SAVE:
    case TOC_WISH_OPEN:
        toc_link_fetch(s->link, w->text, w->detail, on_data, new_errand(s, w));
        break;
    case TOC_WISH_READ:
        read_file(s, w);
        break;
    case TOC_WISH_WRITE:
        write_file(s, w);
        break;
    case TOC_WISH_EDIT:
    case TOC_WISH_SUSPEND:
        if (!s->is_confined)
            s->calls.on_wish(s->calls.context, w, NULL, false);
        else if (w->kind == TOC_WISH_EDIT)
            toc_sitting_written(s, w->number, false, no_editor);
        break;
    case TOC_WISH_BELL:
    case TOC_WISH_TITLE:
    case TOC_WISH_MOUSE:
    case TOC_WISH_REDRAW:
    case TOC_WISH_LEAVE:
        s->calls.on_wish(s->calls.context, w, NULL, false);
        break;
    }
}

static errand *new_errand(toc_sitting *s, const toc_wish *w)
{
    errand *x = toc_alloc(sizeof *x);
    x->sitting = s;
    x->wish.kind = w->kind;
    x->wish.number = w->number;
    x->wish.text = toc_strdup(w->text);
    x->wish.detail = toc_strdup(w->detail);
    return x;
}

static void end_errand(errand *x)
{
    x->sitting->news_at = uv_now(x->sitting->loop);
    free(x->wish.text);
    free(x->wish.detail);
    free(x);
}

static void ask(errand *x)
{
    const char *fields = x->wish.detail ? x->wish.detail : "";
    bool is_status = strcmp(x->wish.text, "status") == 0;
    char *more = x->from > 0 ? toc_sprintf("%s,\"from\":%lld", fields, (long long)x->from) : NULL;
    toc_link_ask(x->sitting->link, x->wish.text, more ? more : fields,
                 is_status ? on_page : on_answer, x);
    free(more);
}

static void on_answer(void *context, const toc_link_reply *reply)
{
    errand *x = context;
    toc_sitting *s = x->sitting;
    toc_sitting_time(s);
    toc_sitting_happen(s, &(toc_happening){.what = TOC_HAPPENED_ANSWER,
                                           .number = x->wish.number,
                                           .ok = reply->ok,
                                           .code = reply->code,
                                           .text = reply->text,
                                           .json = reply->body});
    end_errand(x);
}

// The status comes in pages; one that does not lead on is the last.
static void on_page(void *context, const toc_link_reply *reply)
{
    errand *x = context;
    toc_sitting *s = x->sitting;
    int64_t more = 0;
    if (!reply->ok) {
        on_answer(context, reply);
        return;
    }
    bool is_last =
        !toc_json_int(toc_json_get(reply->body, "more"), &more) || more <= x->from || s->is_over;
    s->has_status = s->has_status || is_last;
    toc_sitting_happen(s, &(toc_happening){.what = TOC_HAPPENED_STATUS,
                                           .number = x->wish.number,
                                           .json = reply->body,
                                           .is_last = is_last});
    if (is_last || s->is_over) {
        end_errand(x);
        return;
    }
    x->from = more;
    ask(x);
}

static void on_data(void *context, toc_err err, const char *why, const char *data, size_t size)
{
    errand *x = context;
    toc_sitting *s = x->sitting;
    toc_buf name = {0}, path = {0};
    toc_error e = {0};
    bool is_shown = x->wish.kind == TOC_WISH_OPEN;
    if (s->is_over) {
        end_errand(x);
        return;
    }
    if (!err && s->is_confined) {
        show_data(x, data, size);
        end_errand(x);
        return;
    }
    if (err)
        toc_fail(&e, err, "%s", why);
    if (!err && is_shown)
        err = toc_scratch_make(&s->scratch, &e);
    if (!err) {
        toc_save_name(&name, x->wish.text);
        err = toc_save_file(is_shown ? s->scratch.path : ".", name.data, data, size, &path, &e);
    }
    if (!err && is_shown)
        s->calls.on_wish(s->calls.context, &x->wish, path.data, toc_utf8_valid(data, size, NULL));
    else
        toc_sitting_written(s, x->wish.number, !err, err ? e.msg : path.data);
    toc_buf_fini(&name);
    toc_buf_fini(&path);
    end_errand(x);
}

// A confined seat: what can be read is read on the screen, and nothing is kept.
static void show_data(errand *x, const char *data, size_t size)
{
    toc_sitting *s = x->sitting;
    if (!toc_utf8_valid(data, size, NULL)) {
        toc_sitting_written(s, x->wish.number, false, no_attachment);
        return;
    }
    char *text = toc_strndup(data, size);
    toc_sitting_happen(s, &(toc_happening){.what = TOC_HAPPENED_SHOWN,
                                           .number = x->wish.number,
                                           .code = x->wish.text,
                                           .text = text});
    free(text);
}

static void read_file(toc_sitting *s, const toc_wish *w)
{
    toc_buf text = {0};
    toc_error e = {0};
    if (s->is_confined) {
        toc_sitting_written(s, w->number, false, no_file);
        return;
    }
    char *path = toc_save_home(w->text);
    toc_err err = toc_text_file(path, &text, &e);
    toc_sitting_written(s, w->number, !err, err ? e.msg : toc_buf_text(&text));
    toc_buf_fini(&text);
    free(path);
}

static void write_file(toc_sitting *s, const toc_wish *w)
{
    toc_buf path = {0};
    toc_error e = {0};
    if (s->is_confined) {
        toc_sitting_written(s, w->number, false, no_sheet);
        return;
    }
    toc_err err = toc_save_as(w->text, w->detail, strlen(w->detail), &path, &e);
    toc_sitting_written(s, w->number, !err, err ? e.msg : toc_buf_text(&path));
    toc_buf_fini(&path);
}

static void on_event(void *context, int64_t n, const toc_event *ev)
{
    toc_sitting *s = context;
    s->news_at = uv_now(s->loop);
    toc_sitting_happen(s, &(toc_happening){.what = TOC_HAPPENED_EVENT, .number = n, .event = ev});
}

static void on_clock(void *context, const toc_clock *clock)
{
    toc_sitting *s = context;
    toc_sitting_time(s);
    toc_sitting_happen(s, &(toc_happening){.what = TOC_HAPPENED_CLOCK, .clock = clock});
}

static void on_alarm(void *context, const char *what, const char *text, const char *by)
{
    toc_sitting *s = context;
    toc_sitting_time(s);
    toc_sitting_happen(
        s, &(toc_happening){.what = TOC_HAPPENED_ALARM, .code = what, .text = text, .by = by});
    if (strcmp(what, "emergency") == 0 && s->calls.on_help && !s->is_over)
        s->calls.on_help(s->calls.context, by, text);
}

static void on_state(void *context, toc_link_state state, const char *why)
{
    static const toc_view_link links[] = {[TOC_LINK_CONNECTING] = TOC_VIEW_CONNECTING,
                                          [TOC_LINK_JOINED] = TOC_VIEW_LIVE,
                                          [TOC_LINK_LOST] = TOC_VIEW_LOST,
                                          [TOC_LINK_REFUSED] = TOC_VIEW_OVER,
                                          [TOC_LINK_TAKEN_OVER] = TOC_VIEW_OVER,
                                          [TOC_LINK_CLOSED] = TOC_VIEW_OVER};
    toc_sitting *s = context;
    if (s->is_over)
        return;
    s->state = state;
    s->has_joined = s->has_joined || state == TOC_LINK_JOINED;
    s->has_ended = links[state] == TOC_VIEW_OVER;
    s->news_at = uv_now(s->loop);
    free(s->why);
    s->why = toc_strdup(why);
    toc_sitting_time(s);
    toc_sitting_happen(
        s, &(toc_happening){.what = TOC_HAPPENED_LINK, .link = links[state], .text = s->why});
}

static void on_tick(uv_timer_t *tick)
{
    toc_sitting_time(tick->data);
}
