// SPDX-License-Identifier: MIT
// The inject that is in no list: written in play, to many, from anybody.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "conduct.h"

static void add_teams(toc_view *v, toc_form *f);
static void add_senders(toc_view *v, toc_form *f);
static bool do_adhoc(void *owner, toc_form *f);

void toc_adhoc_open(toc_view *v)
{
    toc_form *f = toc_form_new("An inject that is not in the list", "send", NULL);
    f->done = do_adhoc;
    add_teams(v, f);
    add_senders(v, f);
    toc_form_line(f, "other", "or in your own words", "", false);
    toc_form_line(f, "channel", "By (phone, email, …)", "", false);
    toc_form_field *urgent = toc_form_choice(f, "urgent", "Urgent?", false);
    toc_form_option(urgent, "no", "no", true);
    toc_form_option(urgent, "yes", "yes: it rings", false);
    toc_form_line(f, "title", "Title", "", true);
    toc_form_text(f, "text", "Text", "", true);
    toc_form_line(f, "until", "When (empty: now; T+1:20, +10m)", "", false);
    toc_view_open_form(v, f);
}

// The teams that have seats.
static void add_teams(toc_view *v, toc_form *f)
{
    toc_form_field *to = toc_form_choice(f, "to", "To (Space marks)", true);
    char team[64];
    to->is_needed = true;
    toc_form_option(to, "all", "all teams", false);
    toc_buf text = {0};
    for (size_t i = 0; i + 1 < TOC_FORM_CHOICES && toc_team_at(v, i, team); i++) {
        toc_buf_clear(&text);
        toc_view_named(v, &text, team);
        toc_form_option(to, team, toc_buf_text(&text), false);
    }
    toc_buf_fini(&text);
}

static void add_senders(toc_view *v, toc_form *f)
{
    toc_form_field *from = toc_form_choice(f, "from", "From", false);
    toc_form_option(from, "", "nobody is named", true);
    for (size_t i = 0; i < v->picture.contact_count && i + 2 < TOC_FORM_CHOICES; i++)
        toc_form_option(from, v->picture.contacts[i].id, v->picture.contacts[i].name, false);
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
    if (when[0] && toc_when_read(when, toc_view_now(v), &until, &e)) {
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
