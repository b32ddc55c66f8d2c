// SPDX-License-Identifier: MIT
// The acts on one row of the list. What goes out to players by hand can be recalled for a moment;
// what needs a reason or a time asks for it.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "conduct.h"

// What a form is about, and how often others had changed it when it was opened.
typedef struct {
    size_t others;
    char id[];
} target;

static void fire(toc_view *v, const toc_msel_row *row, toc_wishes *out);
static void hold_or_release(toc_view *v, const toc_msel_row *row, toc_wishes *out);
static void ask_skip(toc_view *v, const toc_msel_row *row);
static bool do_skip(void *owner, toc_form *f);
static void ask_move(toc_view *v, const toc_msel_row *row);
static bool do_move(void *owner, toc_form *f);
static void ask_edit(toc_view *v, const toc_msel_row *row);
static bool do_edit(void *owner, toc_form *f);
static bool is_settled(toc_view *v, const toc_msel_row *row);
static toc_form *form_about(const toc_view *v, const toc_msel_row *row, const char *verb);
static bool has_changed(toc_view *v, toc_form *f, const char *field);
static size_t count_following(const toc_view *v, const toc_msel_row *row);
static const char *filled(const toc_form *f, const char *name);

bool toc_row_act(toc_view *v, toc_do what, const toc_msel_row *row, toc_wishes *out)
{
    if (what != TOC_DO_FIRE && what != TOC_DO_HOLD && what != TOC_DO_SKIP && what != TOC_DO_MOVE &&
        what != TOC_DO_EDIT)
        return false;
    if (is_settled(v, row))
        return true;
    switch (what) {
    case TOC_DO_FIRE:
        fire(v, row, out);
        break;
    case TOC_DO_HOLD:
        hold_or_release(v, row, out);
        break;
    case TOC_DO_SKIP:
        ask_skip(v, row);
        break;
    case TOC_DO_MOVE:
        ask_move(v, row);
        break;
    default:
        ask_edit(v, row);
        break;
    }
    return true;
}

static void fire(toc_view *v, const toc_msel_row *row, toc_wishes *out)
{
    toc_event ev;
    if (toc_msel_is(row, "cued")) {
        toc_view_notice(v, TOC_STYLE_WARN, "%s waits to be told by voice: deliver it in Cues",
                        row->inject);
        return;
    }
    toc_event_init(&ev, TOC_K_FIRE, 0);
    toc_event_set_str(&ev, TOC_F_INJECT, row->inject);
    toc_view_act(v, out, &ev, true, "%s %s", row->inject, row->is_voice ? "is cued" : "is sent");
    toc_event_fini(&ev);
}

// What is held and due goes out as soon as it is let go: that can be recalled as a fired one can.
static void hold_or_release(toc_view *v, const toc_msel_row *row, toc_wishes *out)
{
    toc_event ev;
    bool is_held = toc_msel_is(row, "held");
    bool goes = is_held && !row->is_voice && row->due <= toc_view_now(v);
    toc_event_init(&ev, is_held ? TOC_K_RELEASE : TOC_K_HOLD, 0);
    toc_event_set_str(&ev, TOC_F_INJECT, row->inject);
    toc_view_act(v, out, &ev, goes, "%s is %s", row->inject, is_held ? "released" : "held");
    toc_event_fini(&ev);
}

static void ask_skip(toc_view *v, const toc_msel_row *row)
{
    toc_form *f = form_about(v, row, "skip");
    f->done = do_skip;
    toc_form_line(f, "reason", "Why?", "", true);
    toc_view_open_form(v, f);
}

static bool do_skip(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const target *x = f->context;
    toc_event ev;
    if (has_changed(v, f, "reason"))
        return false;
    toc_event_init(&ev, TOC_K_SKIP, 0);
    toc_event_set_str(&ev, TOC_F_INJECT, x->id);
    toc_event_set_str(&ev, TOC_F_REASON, toc_form_value(f, "reason"));
    toc_view_act(v, toc_view_wishes(v), &ev, false, "%s is skipped", x->id);
    toc_event_fini(&ev);
    return true;
}

static void ask_move(toc_view *v, const toc_msel_row *row)
{
    toc_form *f = form_about(v, row, "move");
    toc_buf text = {0};
    size_t following = count_following(v, row);
    f->done = do_move;
    if (row->due >= 0) {
        toc_buf_str(&text, "It is due at ");
        toc_play_text(&text, row->due);
    } else {
        toc_buf_str(&text, toc_msel_is(row, "held")
                               ? "It is due, and held: it stays held"
                               : "It has no time: with one, the clock sends it");
    }
    toc_buf_str(&text, ". It is ");
    toc_play_text(&text, toc_view_now(v));
    toc_buf_str(&text, " now.");
    toc_form_note(f, toc_buf_text(&text));
    char *label = toc_sprintf("To (%s, -1m)", toc_when_examples(v));
    toc_form_line(f, "until", label, "", true);
    free(label);
    if (following > 0) {
        toc_form_field *follow = toc_form_choice(f, "follow", "What follows", false);
        char *all =
            toc_sprintf("moves by the same: %zu %s", following, following == 1 ? "row" : "rows");
        toc_form_option(follow, "no", "stays where it is", true);
        toc_form_option(follow, "yes", all, false);
        free(all);
    }
    toc_form_line(f, "reason", "Why?", "", false);
    toc_view_open_form(v, f);
    toc_buf_fini(&text);
}

static bool do_move(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const target *x = f->context;
    const toc_msel_row *row = toc_msel_inject(&v->msel, x->id);
    int64_t now = toc_view_now(v), until;
    toc_error e = {0};
    toc_buf when = {0};
    toc_event ev;
    if (toc_when_typed(v, toc_form_value(f, "until"), row && row->due >= 0 ? row->due : now, &until,
                       &e)) {
        toc_form_refuse(f, "until", "%s", e.msg);
        return false;
    }
    toc_play_text(&when, until < now ? now : until);
    bool is_past = until < now;
    if (is_past)
        toc_form_refuse(f, "until", "that is past: it is %s now", toc_buf_text(&when));
    if (is_past || has_changed(v, f, "until")) {
        toc_buf_fini(&when);
        return false;
    }
    toc_event_init(&ev, TOC_K_MOVE, 0);
    toc_event_set_str(&ev, TOC_F_INJECT, x->id);
    toc_event_set_int(&ev, TOC_F_UNTIL, until);
    if (strcmp(toc_form_value(f, "follow"), "yes") == 0)
        toc_event_set_int(&ev, TOC_F_FOLLOW, 1);
    toc_event_set_str(&ev, TOC_F_REASON, filled(f, "reason"));
    toc_view_act(v, toc_view_wishes(v), &ev, false, "%s moved to %s", x->id, toc_buf_text(&when));
    toc_event_fini(&ev);
    toc_buf_fini(&when);
    return true;
}

static void ask_edit(toc_view *v, const toc_msel_row *row)
{
    toc_form *f = form_about(v, row, "save");
    f->done = do_edit;
    if (!row->text)
        toc_form_note(f, "The scenario makes its text when it is sent. What you write here is sent "
                         "instead.");
    toc_form_line(f, "title", "Title", row->title, true);
    toc_form_text(f, "text", "Text, as it will be sent", row->text ? row->text : "", false);
    toc_form_line(f, "reason", "Why?", "", false);
    toc_view_open_form(v, f);
}

static bool do_edit(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const target *x = f->context;
    const toc_msel_row *row = toc_msel_inject(&v->msel, x->id);
    const char *title = toc_form_value(f, "title"), *text = toc_form_value(f, "text");
    bool is_new_title = !row || !row->title || strcmp(row->title, title) != 0;
    bool is_new_text = text[0] && (!row || !row->text || strcmp(row->text, text) != 0);
    toc_event ev;
    if (!is_new_title && !is_new_text) {
        toc_form_refuse(f, "text", "nothing is changed yet; Esc leaves it as it is");
        return false;
    }
    if (has_changed(v, f, "title"))
        return false;
    toc_event_init(&ev, TOC_K_EDIT, 0);
    toc_event_set_str(&ev, TOC_F_INJECT, x->id);
    toc_event_set_str(&ev, TOC_F_TITLE, is_new_title ? title : NULL);
    toc_event_set_str(&ev, TOC_F_TEXT, is_new_text ? text : NULL);
    toc_event_set_str(&ev, TOC_F_REASON, filled(f, "reason"));
    toc_view_act(v, toc_view_wishes(v), &ev, false, "%s is edited", x->id);
    toc_event_fini(&ev);
    return true;
}

// Nothing can be done any more to what was sent or skipped; who did that is said.
static bool is_settled(toc_view *v, const toc_msel_row *row)
{
    bool is_sent = toc_msel_is(row, "sent");
    if (!is_sent && !toc_msel_is(row, "skipped"))
        return false;
    const toc_deed_row *deeds = toc_deeds_of(v, row->inject);
    const toc_deed *last = NULL;
    for (size_t i = 0; deeds && i < deeds->count; i++)
        if (deeds->deeds[i].kind == (is_sent ? TOC_K_FIRE : TOC_K_SKIP))
            last = &deeds->deeds[i];
    toc_buf text = {0};
    toc_buf_printf(&text, "%s was %s already", row->inject, is_sent ? "sent" : "skipped");
    int64_t t = last ? last->t : row->sent;
    if (last && last->by) {
        toc_buf_str(&text, ", by ");
        toc_picture_person(&v->picture, &text, last->by);
    }
    if (t >= 0) {
        toc_buf_str(&text, last && last->by ? " at " : ", at ");
        toc_play_text(&text, t);
    }
    toc_view_notice(v, TOC_STYLE_WARN, "%s", toc_buf_text(&text));
    toc_buf_fini(&text);
    return true;
}

// "Skip INJ-04: Modems dropping"
static toc_form *form_about(const toc_view *v, const toc_msel_row *row, const char *verb)
{
    const char *head = strcmp(verb, "skip") == 0   ? "Skip"
                       : strcmp(verb, "move") == 0 ? "Move"
                                                   : "Edit";
    char *title = toc_sprintf("%s %s: %s", head, row->inject, row->title ? row->title : "");
    toc_form *f = toc_form_new(title, verb, NULL);
    const toc_deed_row *deeds = toc_deeds_of(v, row->inject);
    size_t len = strlen(row->inject) + 1;
    target *x = toc_alloc(sizeof *x + len);
    x->others = deeds ? deeds->others : 0;
    memcpy(x->id, row->inject, len);
    f->context = x;
    free(title);
    return f;
}

// Somebody else was at the row while the form stood: that is said once, and then it is this
// controller's choice.
static bool has_changed(toc_view *v, toc_form *f, const char *field)
{
    target *x = f->context;
    const toc_deed_row *deeds = toc_deeds_of(v, x->id);
    if (!deeds || deeds->others == x->others)
        return false;
    x->others = deeds->others;
    const toc_deed *last = &deeds->deeds[deeds->count - 1];
    for (size_t i = 0; i < deeds->count; i++)
        if (!deeds->deeds[i].by || strcmp(deeds->deeds[i].by, v->picture.seat) != 0)
            last = &deeds->deeds[i];
    toc_buf text = {0};
    toc_deed_text(&text, v, last);
    toc_form_refuse(f, field, "%s was %s while you wrote: send it again if it still holds", x->id,
                    toc_buf_text(&text));
    toc_buf_fini(&text);
    return true;
}

// What a move with `follow` takes along: planned injects and decisions at or after it.
static size_t count_following(const toc_view *v, const toc_msel_row *row)
{
    size_t count = 0;
    for (size_t i = 0; row->due >= 0 && i < v->msel.count; i++) {
        const toc_msel_row *other = &v->msel.rows[i];
        bool is_planned = toc_msel_is(other, "planned") || toc_msel_is(other, "held");
        if (other != row && is_planned && other->due >= row->due)
            count++;
    }
    return count;
}

static const char *filled(const toc_form *f, const char *name)
{
    const char *text = toc_form_value(f, name);
    return text[0] ? text : NULL;
}
