// SPDX-License-Identifier: MIT
// An act in the typed language, from the command line: understood, completed with what only the
// outside or a person can give (a file, a long text, a row's present time), and sent as a screen
// would send it.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "view/when.h"
#include "view_parts.h"

static void settle(toc_view *v, const char *line, toc_act *act, toc_wishes *out);
static void keep(toc_view *v, const toc_act *act);
static void on_file(toc_view *v, const toc_happening *h, toc_wishes *out);
static void ask_text(toc_view *v, const char *line, const toc_act *act);
static bool on_text(void *owner, toc_form *f);
static bool is_by_hand(const toc_view *v, const toc_event *input);
static void say_act(toc_buf *out, const toc_event *in);

void toc_view_typed(toc_view *v, const char *line, toc_wishes *out)
{
    toc_act act;
    toc_error e = {0};
    size_t len = strcspn(line + strspn(line, " "), " ");
    char *word = toc_strndup(line + strspn(line, " "), len);
    const toc_verb *verb = toc_verb_find(word);
    free(word);
    if (verb && !(verb->roles & v->role)) {
        toc_view_notice(v, TOC_STYLE_BAD, "`%s` is not for this seat", verb->name);
        return;
    }
    char *whole = NULL;
    toc_err err = toc_picture_addressed(&v->picture, line, &whole, &e);
    if (!err)
        err = toc_when_line(whole, v->lines.clock.length, &e);
    if (!err && (err = toc_act_parse(&act, whole, &e)) != TOC_OK)
        toc_picture_form(&v->picture, whole, &e);
    if (err) {
        toc_view_notice(v, TOC_STYLE_BAD, "%s", e.msg);
    } else {
        settle(v, whole, &act, out);
        toc_act_fini(&act);
    }
    free(whole);
}

void toc_view_typed_fini(toc_view *v)
{
    if (v->has_typed)
        toc_act_fini(&v->typed);
    v->has_typed = false;
}

// line: as it was typed.
static void settle(toc_view *v, const char *line, toc_act *act, toc_wishes *out)
{
    toc_error e = {0};
    const char *inject = toc_event_str(&act->input, TOC_F_INJECT);
    const toc_msel_row *row = inject ? toc_msel_inject(&v->msel, inject) : NULL;
    if (act->file) {
        keep(v, act);
        toc_view_want(v, out, TOC_WISH_READ, act->file, NULL, on_file);
        return;
    }
    if (act->is_relative && act->input.kind == TOC_K_MOVE && row && row->due >= 0)
        toc_act_time(act, row->due);
    if (act->wants_text) {
        ask_text(v, line, act);
        return;
    }
    if (toc_picture_resolve(&v->picture, act, &e) != TOC_OK) {
        toc_view_notice(v, TOC_STYLE_BAD, "%s", e.msg);
        return;
    }
    toc_buf said = {0};
    say_act(&said, &act->input);
    toc_view_act(v, out, &act->input, is_by_hand(v, &act->input), "%s", toc_buf_text(&said));
    toc_buf_fini(&said);
    if (act->input.kind == TOC_K_EMERGENCY)
        toc_view_watch_help(v);
}

// One act at a time waits for a file: the newest.
static void keep(toc_view *v, const toc_act *act)
{
    toc_view_typed_fini(v);
    toc_act_copy(&v->typed, act);
    v->has_typed = true;
}

static void on_file(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    toc_error e = {0};
    if (!h->ok || !h->text) {
        toc_view_notice(v, TOC_STYLE_BAD, "not sent: %s", h->text ? h->text : "no such file");
    } else if (v->has_typed && toc_act_text(&v->typed, h->text, strlen(h->text), &e) != TOC_OK) {
        toc_view_notice(v, TOC_STYLE_BAD, "not sent: %s", e.msg);
    } else if (v->has_typed) {
        toc_act act = v->typed;
        v->has_typed = false;
        settle(v, "", &act, out);
        toc_act_fini(&act);
        return;
    }
    toc_view_typed_fini(v);
}

// The form holds the line: it may be sent again, and make the act again.
static void ask_text(toc_view *v, const char *line, const toc_act *act)
{
    const char *inject = toc_event_str(&act->input, TOC_F_INJECT);
    const toc_msel_row *row = inject ? toc_msel_inject(&v->msel, inject) : NULL;
    const char *product = toc_event_str(&act->input, TOC_F_PRODUCT);
    char *title = toc_sprintf("%s %s", toc_kind_name(act->input.kind),
                              inject    ? inject
                              : product ? product
                                        : "");
    toc_form *f = toc_form_new(title, "send", NULL);
    f->context = toc_strdup(line);
    toc_form_text(f, "text", "Text", row ? row->text : NULL, true);
    f->done = on_text;
    toc_view_open_form(v, f);
    free(title);
}

static bool on_text(void *owner, toc_form *f)
{
    toc_view *v = owner;
    toc_error e = {0};
    const char *text = toc_form_value(f, "text");
    toc_act act;
    toc_err err = toc_act_parse(&act, f->context, &e);
    if (err) {
        toc_form_refuse(f, "text", "%s", e.msg);
        return false;
    }
    err = toc_act_text(&act, text, strlen(text), &e);
    if (err)
        toc_form_refuse(f, "text", "%s", e.msg);
    else
        settle(v, f->context, &act, toc_view_wishes(v));
    toc_act_fini(&act);
    return !err;
}

// What control sends to players by hand can be taken back for a moment.
static bool is_by_hand(const toc_view *v, const toc_event *input)
{
    return v->picture.is_control && (input->kind == TOC_K_FIRE || input->kind == TOC_K_ADHOC ||
                                     input->kind == TOC_K_SAY || input->kind == TOC_K_FORWARD);
}

static void say_act(toc_buf *out, const toc_event *in)
{
    const char *id = toc_event_str(in, TOC_F_DECISION);
    const char *inject = toc_event_str(in, TOC_F_INJECT);
    const char *answer = toc_event_str(in, TOC_F_TEXT);
    if (!answer)
        answer = toc_event_str(in, TOC_F_OPTION);
    switch (in->kind) {
    case TOC_K_READ:
        return;
    case TOC_K_DECIDE:
        toc_buf_printf(out, "%s recorded: %s", id, answer ? answer : "");
        return;
    case TOC_K_SAY:
        toc_buf_str(out, "sent to ");
        toc_list_text(out, toc_event_value(in, TOC_F_TO));
        return;
    case TOC_K_EMERGENCY:
        toc_buf_str(out, "your call is out: every seat is told");
        return;
    default:
        toc_buf_printf(out, "done: %s%s%s", toc_kind_name(in->kind), inject ? " " : "",
                       inject ? inject : "");
        return;
    }
}
