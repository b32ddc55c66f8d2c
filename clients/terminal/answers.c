// SPDX-License-Identifier: MIT
// What the desk says to this terminal: each request carries what is needed to tell of its answer.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "plain.h"
#include "terminal/save.h"

typedef struct {
    toc_plain *terminal;
    toc_event input;   // acts
    char *name, *dir;  // attachments
    uint64_t asked_at; // test
    bool is_shown;     // status
} errand;

static errand *new_errand(toc_plain *t);
static void end_errand(errand *x);
static void on_act(void *context, const toc_link_reply *reply);
static void say_done(errand *x, const toc_link_reply *reply);
static void on_status(void *context, const toc_link_reply *reply);
static void on_msel(void *context, const toc_link_reply *reply);
static void say_row(toc_plain *t, const toc_json *row);
static void on_test(void *context, const toc_link_reply *reply);
static void on_data(void *context, toc_err err, const char *why, const char *data, size_t size);

void toc_plain_act(toc_plain *t, const toc_event *input)
{
    errand *x = new_errand(t);
    toc_event_fini(&x->input);
    toc_event_copy(&x->input, input);
    if (!toc_link_is_up(t->link) && !t->player)
        toc_lines_say(&t->lines, "kept: it goes out as soon as the link is back");
    toc_link_act(t->link, input, on_act, x);
}

void toc_plain_ask_status(toc_plain *t, bool is_shown)
{
    errand *x = new_errand(t);
    x->is_shown = is_shown;
    toc_link_ask(t->link, "status", "", on_status, x);
}

void toc_plain_ask_msel(toc_plain *t, int64_t from)
{
    char *fields = from > 0 ? toc_sprintf(",\"from\":%lld", (long long)from) : toc_strdup("");
    toc_link_ask(t->link, "status", fields, on_msel, new_errand(t));
    free(fields);
}

void toc_plain_ask_test(toc_plain *t)
{
    errand *x = new_errand(t);
    x->asked_at = uv_hrtime();
    toc_link_ask(t->link, "ping", "", on_test, x);
}

void toc_plain_save(toc_plain *t, const toc_item *item, const char *dir)
{
    const toc_value *attach = toc_event_value(&item->event, TOC_F_ATTACH);
    for (size_t i = 0; attach && i < attach->count; i++) {
        errand *x = new_errand(t);
        toc_buf name = {0};
        toc_save_name(&name, attach->list[2 * i]);
        x->name = toc_buf_take(&name);
        x->dir = toc_strdup(dir);
        toc_link_fetch(t->link, attach->list[2 * i], attach->list[2 * i + 1], on_data, x);
    }
}

static errand *new_errand(toc_plain *t)
{
    errand *x = toc_alloc(sizeof *x);
    x->terminal = t;
    toc_event_init(&x->input, TOC_K_UNKNOWN, 0);
    return x;
}

static void end_errand(errand *x)
{
    toc_plain *t = x->terminal;
    toc_event_fini(&x->input);
    free(x->name);
    free(x->dir);
    free(x);
    toc_plain_answered(t);
}

static void on_act(void *context, const toc_link_reply *reply)
{
    errand *x = context;
    toc_plain *t = x->terminal;
    bool is_auto = t->player != NULL;
    if (!reply->ok && strcmp(reply->code, "late") == 0)
        toc_lines_say(&t->lines, "too late: %s", reply->text);
    else if (!reply->ok && strcmp(reply->code, "link") == 0)
        toc_lines_say(&t->lines,
                      "`%s` was not answered before the link ended: it may or may not be recorded",
                      toc_kind_name(x->input.kind));
    else if (!reply->ok)
        toc_lines_say(&t->lines, "`%s` was not taken (%s): %s", toc_kind_name(x->input.kind),
                      reply->code, reply->text);
    else if (!is_auto || (!t->options->is_quiet && x->input.kind != TOC_K_READ))
        say_done(x, reply);
    end_errand(x);
}

static void say_done(errand *x, const toc_link_reply *reply)
{
    toc_lines *l = &x->terminal->lines;
    const toc_event *in = &x->input;
    const char *option = toc_event_str(in, TOC_F_OPTION);
    const char *text = toc_event_str(in, TOC_F_TEXT);
    const char *file = toc_json_text(toc_json_get(reply->body, "ticket_file"));
    long long item = (long long)toc_event_int(in, TOC_F_ITEM);
    toc_buf to = {0};
    toc_list_text(&to, toc_event_value(in, TOC_F_TO));
    switch (in->kind) {
    case TOC_K_READ:
        break;
    case TOC_K_ACK:
        toc_lines_say(l, "item %lld is acknowledged", item);
        break;
    case TOC_K_DECIDE:
        toc_lines_say(l, "%s: your answer is recorded: %s", toc_event_str(in, TOC_F_DECISION),
                      text     ? text
                      : option ? option
                               : "");
        break;
    case TOC_K_SAY:
        toc_lines_say(l, "sent to %s", toc_buf_text(&to));
        break;
    case TOC_K_FORWARD:
        toc_lines_say(l, "item %lld is passed on to %s", item, toc_buf_text(&to));
        break;
    case TOC_K_EMERGENCY:
        toc_lines_say(l, "the emergency is called; play is stopped");
        break;
    case TOC_K_OPEN_SEAT:
        toc_lines_say(l, "the new ticket of %s is %s, in the run's folder",
                      toc_event_str(in, TOC_F_SEAT), file ? file : "tickets/");
        break;
    default:
        toc_lines_say(l, "done: %s", toc_kind_name(in->kind));
        break;
    }
    toc_buf_fini(&to);
}

static void on_status(void *context, const toc_link_reply *reply)
{
    errand *x = context;
    toc_plain *t = x->terminal;
    if (reply->ok) {
        bool is_first = !t->has_status;
        t->has_status = true;
        toc_picture_status(&t->picture, reply->body);
        int64_t length;
        if (toc_json_int(toc_json_get(toc_json_get(reply->body, "clock"), "length"), &length))
            t->lines.clock.length = length;
        const char *brief = toc_json_text(toc_json_get(toc_json_get(reply->body, "team"), "brief"));
        if (x->is_shown && is_first && brief) {
            toc_lines_say(&t->lines, "your brief:");
            toc_lines_block(&t->lines, brief);
        }
    }
    if (reply->ok && x->is_shown) {
        toc_lines_clock(&t->lines);
        toc_lines_neighbours(&t->lines, &t->picture);
        toc_lines_questions(&t->lines, &t->picture);
        toc_lines_say(&t->lines, "unread: %zu", toc_picture_unread(&t->picture));
    } else if (!reply->ok && x->is_shown) {
        toc_lines_say(&t->lines, "no status (%s): %s", reply->code, reply->text);
    }
    end_errand(x);
}

static void on_msel(void *context, const toc_link_reply *reply)
{
    errand *x = context;
    toc_plain *t = x->terminal;
    int64_t more;
    if (!reply->ok)
        toc_lines_say(&t->lines, "no list (%s): %s", reply->code, reply->text);
    const toc_json *rows = reply->ok ? toc_json_get(reply->body, "msel") : NULL;
    for (const toc_json *row = toc_json_first(rows); row; row = toc_json_next(row))
        say_row(t, row);
    if (reply->ok && toc_json_int(toc_json_get(reply->body, "more"), &more))
        toc_plain_ask_msel(t, more);
    end_errand(x);
}

// "INJ-14 planned, due T+0:20:00, to operator: Modems dropping"
static void say_row(toc_plain *t, const toc_json *row)
{
    const char *inject = toc_json_text(toc_json_get(row, "inject"));
    const char *title = toc_json_text(toc_json_get(row, "title"));
    const char *state = toc_json_text(toc_json_get(row, "state"));
    const char *reason = toc_json_text(toc_json_get(row, "reason"));
    int64_t at;
    toc_buf text = {0};
    toc_buf_printf(&text, "%s %s", inject ? inject : "?", state ? state : "?");
    if (toc_json_int(toc_json_get(row, "sent"), &at)) {
        toc_buf_char(&text, ' ');
        toc_play_text(&text, at);
    } else if (toc_json_int(toc_json_get(row, "due"), &at)) {
        toc_buf_str(&text, ", due ");
        toc_play_text(&text, at);
    }
    const char *between = ", to ";
    const toc_json *to = toc_json_get(row, "to");
    for (const toc_json *one = toc_json_first(to); one; one = toc_json_next(one)) {
        toc_buf_printf(&text, "%s%s", between, toc_json_text(one) ? toc_json_text(one) : "?");
        between = ", ";
    }
    if (reason)
        toc_buf_printf(&text, ", because %s", reason);
    toc_lines_say(&t->lines, "%s: %s", toc_buf_text(&text), title ? title : "");
    toc_buf_fini(&text);
}

static void on_test(void *context, const toc_link_reply *reply)
{
    errand *x = context;
    toc_plain *t = x->terminal;
    unsigned long long ms = (uv_hrtime() - x->asked_at) / 1000000;
    unsigned long long silence = toc_link_silence(t->link);
    if (!reply->ok)
        toc_lines_say(&t->lines, "the desk does not take this terminal (%s): %s", reply->code,
                      reply->text);
    else
        toc_lines_say(
            &t->lines,
            "this terminal works: the desk answered in %llu ms, the feed was heard %llu ms ago "
            "(%lld lines so far)",
            ms, silence, (long long)toc_link_have(t->link));
    end_errand(x);
}

static void on_data(void *context, toc_err err, const char *why, const char *data, size_t size)
{
    errand *x = context;
    toc_lines *l = &x->terminal->lines;
    toc_buf path = {0};
    toc_error e;
    if (err)
        toc_lines_say(l, "%s was not saved: %s", x->name, why);
    else if (toc_save_file(x->dir, x->name, data, size, &path, &e) != TOC_OK)
        toc_lines_say(l, "%s was not saved: %s", x->name, e.msg);
    else
        toc_lines_say(l, "saved %s (%zu bytes, checked)", toc_buf_text(&path), size);
    toc_buf_fini(&path);
    end_errand(x);
}
