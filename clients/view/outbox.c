// SPDX-License-Identifier: MIT
// What is asked of the outside, and what comes back. What EXCON fires or writes by hand waits here
// first: until it has left, it never was.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conduct.h"
#include "table.h"
#include "view_parts.h"

static void send(toc_view *v, toc_wishes *out, const toc_event *input, const char *said,
                 toc_form *form);
static void want(toc_view *v, int64_t number, toc_wish_kind kind, const char *said,
                 void (*answered)(toc_view *v, const toc_happening *h, toc_wishes *out));
static bool is_late(const toc_happening *h);
static void bring_back(toc_view *v, toc_wanted *w, const toc_happening *h);
static void say_answer(toc_view *v, const toc_wanted *w, const toc_happening *h);
static void send_outgoing(toc_view *v, size_t i, toc_wishes *out);
static void drop_outgoing(toc_view *v, size_t i);

void toc_wishes_clear(toc_wishes *w)
{
    for (size_t i = 0; i < w->count; i++) {
        toc_event_fini(&w->at[i].event);
        free(w->at[i].text);
        free(w->at[i].detail);
    }
    w->count = 0;
}

void toc_wishes_fini(toc_wishes *w)
{
    toc_wishes_clear(w);
    free(w->at);
    memset(w, 0, sizeof *w);
}

toc_wish *toc_wish_add(toc_wishes *out, toc_wish_kind kind, const char *text)
{
    TOC_GROW(out->at, out->count, out->capacity);
    toc_wish *wish = &out->at[out->count++];
    memset(wish, 0, sizeof *wish);
    wish->kind = kind;
    toc_event_init(&wish->event, TOC_K_UNKNOWN, 0);
    wish->text = toc_strdup(text);
    return wish;
}

void toc_view_act(toc_view *v, toc_wishes *out, const toc_event *input, bool by_hand,
                  const char *said, ...)
{
    char words[1024] = "";
    va_list args;
    if (said) {
        va_start(args, said);
        vsnprintf(words, sizeof words, said, args);
        va_end(args);
    }
    if (!by_hand || v->recall_ms <= 0) {
        send(v, out, input, words, v->answering);
        return;
    }
    TOC_GROW(v->outgoing, v->outgoing_count, v->outgoing_capacity);
    toc_outgoing *o = &v->outgoing[v->outgoing_count++];
    *o = (toc_outgoing){
        .said = toc_strdup(words), .due = v->mono + v->recall_ms, .form = v->answering};
    toc_event_copy(&o->event, input);
}

int64_t toc_view_want(toc_view *v, toc_wishes *out, toc_wish_kind kind, const char *text,
                      const char *detail,
                      void (*answered)(toc_view *v, const toc_happening *h, toc_wishes *out))
{
    toc_wish *wish = toc_wish_add(out, kind, text);
    wish->number = ++v->number;
    wish->detail = toc_strdup(detail);
    want(v, wish->number, kind, NULL, answered);
    return wish->number;
}

void toc_view_answer(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    size_t i = 0;
    while (i < v->wanted_count && v->wanted[i].number != h->number)
        i++;
    if (i == v->wanted_count)
        return;
    toc_wanted w = v->wanted[i]; // what it calls may want the next thing
    memmove(v->wanted + i, v->wanted + i + 1, (v->wanted_count - i - 1) * sizeof *v->wanted);
    v->wanted_count--;
    if (h->number == v->help_number) {
        v->help_number = 0;
        v->is_help_lost = !h->ok;
    }
    if (w.answered)
        w.answered(v, h, out);
    else if (w.form && !h->ok && !is_late(h))
        bring_back(v, &w, h);
    else
        say_answer(v, &w, h);
    toc_form_free(w.form);
    free(w.said);
}

void toc_view_show_text(toc_view *v, const toc_happening *h)
{
    for (size_t i = 0; i < v->wanted_count; i++) {
        if (v->wanted[i].number != h->number)
            continue;
        free(v->wanted[i].said);
        memmove(v->wanted + i, v->wanted + i + 1, (v->wanted_count - i - 1) * sizeof *v->wanted);
        v->wanted_count--;
        toc_buf title = {0};
        toc_put_visible(&title, h->code);
        toc_view_overlay(v, toc_buf_text(&title));
        toc_page_foreign(v->overlay, h->text);
        toc_buf_fini(&title);
        return;
    }
}

void toc_view_tick_outbox(toc_view *v, toc_wishes *out)
{
    for (size_t i = 0; i < v->outgoing_count;) {
        if (v->outgoing[i].due > v->mono) {
            i++;
            continue;
        }
        send_outgoing(v, i, out);
    }
}

// The newest first: that is the one somebody has second thoughts about.
void toc_view_recall(toc_view *v)
{
    if (v->outgoing_count == 0) {
        toc_view_notice(v, TOC_STYLE_NOTICE,
                        "nothing waits any more: what has left cannot be taken back; "
                        "send a correction");
        return;
    }
    toc_buf what = {0};
    toc_outgoing *o = &v->outgoing[v->outgoing_count - 1];
    toc_outgoing_text(&what, o);
    // What was typed is not lost: it is most often to be mended.
    if (o->form)
        toc_view_return_form(v, o->form, NULL);
    else if (o->event.kind == TOC_K_ADHOC && !v->form)
        toc_adhoc_again(v, &o->event);
    o->form = NULL;
    drop_outgoing(v, v->outgoing_count - 1);
    toc_view_notice(v, TOC_STYLE_GOOD, "recalled, nobody has seen it: %s", toc_buf_text(&what));
    toc_buf_fini(&what);
}

void toc_view_empty_outbox(toc_view *v, bool is_sent, toc_wishes *out)
{
    while (v->outgoing_count > 0) {
        if (is_sent)
            send_outgoing(v, 0, out);
        else
            drop_outgoing(v, 0);
    }
}

size_t toc_view_acts_out(const toc_view *v)
{
    size_t count = 0;
    for (size_t i = 0; i < v->wanted_count; i++)
        count += v->wanted[i].kind == TOC_WISH_ACT;
    return count;
}

void toc_view_outbox_fini(toc_view *v)
{
    while (v->outgoing_count > 0)
        drop_outgoing(v, 0);
    free(v->outgoing);
    for (size_t i = 0; i < v->wanted_count; i++) {
        toc_form_free(v->wanted[i].form);
        free(v->wanted[i].said);
    }
    free(v->wanted);
}

// "adhoc to wind", "fire INJ-14"
void toc_outgoing_text(toc_buf *out, const toc_outgoing *o)
{
    const toc_event *in = &o->event;
    const char *inject = toc_event_str(in, TOC_F_INJECT);
    const char *as = toc_event_str(in, TOC_F_AS);
    const toc_value *to = toc_event_value(in, TOC_F_TO);
    toc_buf_str(out, in->kind == TOC_K_SAY ? "message" : toc_kind_name(in->kind));
    if (inject)
        toc_buf_printf(out, " %s", inject);
    if (as)
        toc_buf_printf(out, " as %s", as);
    if (to) {
        toc_buf_str(out, " to ");
        toc_list_text(out, to);
    }
}

// form: it waits for the answer; or NULL.
static void send(toc_view *v, toc_wishes *out, const toc_event *input, const char *said,
                 toc_form *form)
{
    toc_wish *wish = toc_wish_add(out, TOC_WISH_ACT, NULL);
    wish->number = ++v->number;
    toc_event_fini(&wish->event);
    toc_event_copy(&wish->event, input);
    want(v, wish->number, TOC_WISH_ACT, said, NULL);
    v->wanted[v->wanted_count - 1].form = form;
    if (v->link == TOC_VIEW_LOST)
        toc_view_notice(v, TOC_STYLE_WARN, "kept: it goes out as soon as the link is back");
}

static void want(toc_view *v, int64_t number, toc_wish_kind kind, const char *said,
                 void (*answered)(toc_view *v, const toc_happening *h, toc_wishes *out))
{
    TOC_GROW(v->wanted, v->wanted_count, v->wanted_capacity);
    v->wanted[v->wanted_count++] = (toc_wanted){
        .number = number, .kind = kind, .said = toc_strdup(said), .answered = answered};
}

static bool is_late(const toc_happening *h)
{
    return h->code && strcmp(h->code, "late") == 0;
}

// Where nobody types elsewhere the form opens now, and says it in as many lines as it needs.
static void bring_back(toc_view *v, toc_wanted *w, const toc_happening *h)
{
    bool is_lost = h->code && strcmp(h->code, "link") == 0;
    bool is_now = !v->form && !v->returning && v->prompt_kind == TOC_PROMPT_NONE;
    toc_buf why = {0};
    if (is_lost)
        toc_buf_str(&why, "Not answered before the link ended: it may or may not be recorded. "
                          "Look for it first; Ctrl-S sends it again.");
    else
        toc_buf_printf(&why, "Refused: %s. What you filled in is kept here: Ctrl-S sends it again.",
                       h->text && h->text[0] ? h->text : "no reason was given");
    if (!is_now)
        say_answer(v, w, h);
    toc_view_return_form(v, w->form, toc_buf_text(&why));
    w->form = NULL;
    toc_buf_fini(&why);
}

static void say_answer(toc_view *v, const toc_wanted *w, const toc_happening *h)
{
    const char *code = h->code ? h->code : "";
    const char *why = h->text && h->text[0] ? h->text : "no reason was given";
    if (h->ok) {
        const char *said = w->said && w->said[0] ? w->said : NULL;
        bool is_file = w->kind == TOC_WISH_SAVE && h->text;
        const char *ticket = h->json ? toc_json_text(toc_json_get(h->json, "ticket_file")) : NULL;
        if (said && ticket) // of a seat that was opened or reassigned
            toc_view_notice(v, TOC_STYLE_GOOD, "%s: hand over %s", said, ticket);
        else if (said)
            toc_view_notice(v, TOC_STYLE_GOOD, "%s", said);
        else if (is_file)
            toc_view_notice(v, TOC_STYLE_GOOD, "saved: %s", h->text);
    } else if (is_late(h)) {
        toc_view_notice(v, TOC_STYLE_BAD, "too late, kept for the report: %s", why);
    } else if (strcmp(code, "link") == 0) {
        toc_view_notice(v, TOC_STYLE_BAD,
                        "not answered before the link ended: it may or may not be recorded");
    } else if (w->kind == TOC_WISH_ACT) {
        toc_view_notice(v, TOC_STYLE_BAD, "refused: %s", why);
    } else {
        toc_view_notice(v, TOC_STYLE_BAD, "%s", why);
    }
}

static void send_outgoing(toc_view *v, size_t i, toc_wishes *out)
{
    toc_outgoing *o = &v->outgoing[i];
    send(v, out, &o->event, o->said, o->form);
    o->form = NULL;
    drop_outgoing(v, i);
}

static void drop_outgoing(toc_view *v, size_t i)
{
    toc_form_free(v->outgoing[i].form);
    toc_event_fini(&v->outgoing[i].event);
    free(v->outgoing[i].said);
    memmove(v->outgoing + i, v->outgoing + i + 1,
            (v->outgoing_count - i - 1) * sizeof *v->outgoing);
    v->outgoing_count--;
}
