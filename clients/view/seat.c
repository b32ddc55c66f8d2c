// SPDX-License-Identifier: MIT
// Who sits here, and leaving.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "view_parts.h"

static void open_name(toc_view *v, const char *title);
static bool sign_in(void *owner, toc_form *f);
static bool sign_out(void *owner, toc_form *f);
static bool leave(void *owner, toc_form *f);
static const char *name_here(const toc_view *v);

void toc_view_ask_name(toc_view *v)
{
    if (v->has_asked_name)
        return;
    v->has_asked_name = true;
    bool is_wanted = v->link == TOC_VIEW_LIVE && !v->picture.is_closed && !name_here(v) &&
                     v->role != TOC_ROLE_BOARD && v->recall_ms > 0 && !v->is_recording;
    if (is_wanted && !v->form && v->prompt_kind == TOC_PROMPT_NONE)
        open_name(v, "Who sits here?");
}

void toc_view_sign(toc_view *v)
{
    const char *name = name_here(v);
    if (!name) {
        open_name(v, "Sign in");
        return;
    }
    toc_form *f = toc_form_new("Sign out", "go on", NULL);
    toc_form_field *what = toc_form_choice(f, "what", "At this seat", false);
    char *out = toc_sprintf("%s signs out", name);
    toc_form_option(what, "out", out, true);
    free(out);
    toc_form_option(what, "in", "somebody else signs in", false);
    toc_form_line(f, "name", "Who (if somebody else)", NULL, false);
    f->done = sign_out;
    toc_view_open_form(v, f);
}

void toc_view_leave(toc_view *v, toc_wishes *out)
{
    bool is_play = strcmp(v->lines.clock.state, "running") == 0;
    // Nobody sits at a seat of a recording.
    if (v->is_recording || v->is_leaving || (!is_play && v->outgoing_count == 0)) {
        toc_wish_add(out, TOC_WISH_LEAVE, NULL);
        return;
    }
    toc_form *f = toc_form_new("Leave", "leave", NULL);
    f->unverb = "stay";
    if (is_play)
        toc_form_note(f, "Play is running. The seat stays yours: the same ticket brings you back, "
                         "and nothing is lost.");
    if (v->outgoing_count > 0) {
        toc_buf text = {0};
        toc_buf_printf(&text, "%zu act%s not left yet:", v->outgoing_count,
                       v->outgoing_count == 1 ? " has" : "s have");
        for (size_t i = 0; i < v->outgoing_count; i++) {
            toc_buf_str(&text, i ? ", " : " ");
            toc_outgoing_text(&text, &v->outgoing[i]);
        }
        toc_form_note(f, toc_buf_text(&text));
        toc_buf_fini(&text);
        toc_form_field *what = toc_form_choice(f, "outbox", "With them", false);
        toc_form_option(what, "send", "send now, then leave", true);
        toc_form_option(what, "recall", "take them back, and leave", false);
    }
    f->done = leave;
    toc_view_open_form(v, f);
}

void toc_view_tick_leave(toc_view *v, toc_wishes *out)
{
    if (v->is_leaving && v->outgoing_count == 0 && toc_view_acts_out(v) == 0) {
        v->is_leaving = false;
        toc_wish_add(out, TOC_WISH_LEAVE, NULL);
    }
}

static void open_name(toc_view *v, const char *title)
{
    toc_form *f = toc_form_new(title, "sign in", NULL);
    f->unverb = "later";
    toc_form_note(f, "Your name stands beside what you do, for your team and for control, and in "
                     "the recording. Esc: later (S).");
    toc_form_line(f, "name", "Your name", NULL, true);
    f->done = sign_in;
    toc_view_open_form(v, f);
}

static bool sign_in(void *owner, toc_form *f)
{
    toc_view *v = owner;
    toc_event in;
    toc_event_init(&in, TOC_K_SIGN_IN, 0);
    toc_event_set_str(&in, TOC_F_NAME, toc_form_value(f, "name"));
    toc_view_act(v, toc_view_wishes(v), &in, false, "signed in: %s", toc_form_value(f, "name"));
    toc_event_fini(&in);
    return true;
}

static bool sign_out(void *owner, toc_form *f)
{
    toc_view *v = owner;
    toc_event in;
    if (strcmp(toc_form_value(f, "what"), "in") == 0) {
        if (!toc_form_value(f, "name")[0]) {
            toc_form_refuse(f, "name", "say who signs in");
            return false;
        }
        return sign_in(owner, f);
    }
    toc_event_init(&in, TOC_K_SIGN_OUT, 0);
    toc_view_act(v, toc_view_wishes(v), &in, false, "signed out");
    toc_event_fini(&in);
    return true;
}

static bool leave(void *owner, toc_form *f)
{
    toc_view *v = owner;
    toc_wishes *out = toc_view_wishes(v);
    bool is_sent = strcmp(toc_form_value(f, "outbox"), "send") == 0;
    toc_view_empty_outbox(v, is_sent, out);
    if (!is_sent || toc_view_acts_out(v) == 0) {
        toc_wish_add(out, TOC_WISH_LEAVE, NULL);
        return true;
    }
    v->is_leaving = true;
    toc_view_notice(v, TOC_STYLE_NOTICE,
                    "you leave as soon as the engine has answered; q again leaves at once");
    return true;
}

// Who signed in at this seat; NULL for nobody.
static const char *name_here(const toc_view *v)
{
    const toc_neighbour *here = toc_picture_seat(&v->picture, v->seat);
    return here && here->name && here->name[0] ? here->name : NULL;
}
