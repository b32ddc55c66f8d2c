// SPDX-License-Identifier: MIT
// The inject that is in no list: written in play, to many, from anybody.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "conduct.h"

static void open_form(toc_view *v, const toc_event *ev);
static void add_teams(toc_view *v, toc_form *f, const toc_event *ev);
static bool add_senders(toc_view *v, toc_form *f, const char *said);
static bool is_in(const toc_value *list, const char *id);
static const char *text_of(const toc_event *ev, toc_field field);
static bool do_adhoc(void *owner, toc_form *f);

void toc_adhoc_open(toc_view *v)
{
    open_form(v, NULL);
}

void toc_adhoc_again(toc_view *v, const toc_event *ev)
{
    open_form(v, ev);
    toc_form_return(v->form, NULL);
}

// ev: what was written before; NULL: nothing.
static void open_form(toc_view *v, const toc_event *ev)
{
    const char *from = text_of(ev, TOC_F_FROM);
    bool is_urgent = ev && toc_event_int(ev, TOC_F_URGENT);
    toc_form *f = toc_form_new("An inject that is not in the list", "send", NULL);
    f->done = do_adhoc;
    add_teams(v, f, ev);
    bool is_known = add_senders(v, f, from);
    toc_form_line(f, "other", "or in your own words", is_known ? "" : from, false);
    toc_form_line(f, "channel", "By (phone, email, …)", text_of(ev, TOC_F_CHANNEL), false);
    toc_form_field *urgent = toc_form_choice(f, "urgent", "Urgent?", false);
    toc_form_option(urgent, "no", "no", !is_urgent);
    toc_form_option(urgent, "yes", "yes: it rings", is_urgent);
    toc_form_line(f, "title", "Title", text_of(ev, TOC_F_TITLE), true);
    toc_form_text(f, "text", "Text", text_of(ev, TOC_F_TEXT), true);
    char *label = toc_sprintf("When (empty: now; %s)", toc_when_examples(v));
    toc_form_line(f, "until", label, "", false);
    free(label);
    toc_view_open_form(v, f);
}

// The teams that have seats.
static void add_teams(toc_view *v, toc_form *f, const toc_event *ev)
{
    const toc_value *chosen = ev ? toc_event_value(ev, TOC_F_TO) : NULL;
    toc_form_field *to = toc_form_choice(f, "to", "To (Space marks)", true);
    char team[64];
    to->is_needed = true;
    toc_form_option(to, "all", "all teams", is_in(chosen, "all"));
    toc_buf text = {0};
    for (size_t i = 0; i + 1 < TOC_FORM_CHOICES && toc_team_at(v, i, team); i++) {
        toc_buf_clear(&text);
        toc_view_named(v, &text, team);
        toc_form_option(to, team, toc_buf_text(&text), is_in(chosen, team));
    }
    toc_buf_fini(&text);
}

// False: said is somebody else.
static bool add_senders(toc_view *v, toc_form *f, const char *said)
{
    toc_form_field *from = toc_form_choice(f, "from", "From", false);
    bool is_known = false;
    for (size_t i = 0; i < v->picture.contact_count && i + 2 < TOC_FORM_CHOICES; i++)
        is_known = is_known || strcmp(v->picture.contacts[i].id, said) == 0;
    toc_form_option(from, "", "nobody is named", !is_known);
    for (size_t i = 0; i < v->picture.contact_count && i + 2 < TOC_FORM_CHOICES; i++) {
        const toc_contact *c = &v->picture.contacts[i];
        toc_form_option(from, c->id, c->name, strcmp(c->id, said) == 0);
    }
    return is_known;
}

static bool is_in(const toc_value *list, const char *id)
{
    for (size_t i = 0; list && i < list->count; i++)
        if (strcmp(list->list[i], id) == 0)
            return true;
    return false;
}

static const char *text_of(const toc_event *ev, toc_field field)
{
    const char *text = ev ? toc_event_str(ev, field) : NULL;
    return text ? text : "";
}

static bool do_adhoc(void *owner, toc_form *f)
{
    toc_view *v = owner;
    char *to[TOC_FORM_CHOICES];
    size_t count = toc_form_values(f, "to", to, TOC_COUNT(to));
    const char *other = toc_form_value(f, "other"), *from = toc_form_value(f, "from");
    const char *when = toc_form_value(f, "until"), *channel = toc_form_value(f, "channel");
    int64_t until = -1;
    toc_error e = {0};
    toc_event ev;
    if (count == 0) {
        toc_form_refuse(f, "to", "mark at least one team");
        return false;
    }
    if (when[0] && toc_when_typed(v, when, toc_view_now(v), &until, &e)) {
        toc_form_refuse(f, "until", "%s", e.msg);
        return false;
    }
    if (when[0] && until < toc_view_now(v)) {
        toc_form_refuse(f, "until", "that is past: leave it empty to send it now");
        return false;
    }
    for (size_t i = 0; i < count; i++)
        if (strcmp(to[i], "all") == 0) {
            to[0] = to[i];
            count = 1;
        }
    toc_event_init(&ev, TOC_K_ADHOC, 0);
    toc_event_set_str(&ev, TOC_F_FROM, other[0] ? other : from[0] ? from : NULL);
    toc_event_set_list(&ev, TOC_F_TO, to, count);
    toc_event_set_str(&ev, TOC_F_CHANNEL, channel[0] ? channel : NULL);
    if (strcmp(toc_form_value(f, "urgent"), "yes") == 0)
        toc_event_set_int(&ev, TOC_F_URGENT, 1);
    toc_event_set_str(&ev, TOC_F_TITLE, toc_form_value(f, "title"));
    toc_event_set_str(&ev, TOC_F_TEXT, toc_form_value(f, "text"));
    if (until >= 0)
        toc_event_set_int(&ev, TOC_F_UNTIL, until);
    // One that is planned for later can be skipped: only what leaves now needs to be recalled.
    toc_view_act(v, toc_view_wishes(v), &ev, until < 0, "\"%s\" is %s", toc_form_value(f, "title"),
                 until < 0 ? "sent" : "in the list");
    toc_event_fini(&ev);
    return true;
}
