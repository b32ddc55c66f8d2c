// SPDX-License-Identifier: MIT
#include "keeping.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conduct.h"

static bool send_aware(void *owner, toc_form *f);
static bool send_promise(void *owner, toc_form *f);
static bool send_kept(void *owner, toc_form *f);
static void add_teams(const toc_view *v, toc_form_field *field, const char *chosen);

void toc_aware_open(toc_view *v, const toc_event *about)
{
    toc_form *f = toc_form_new("A team knows of it", "mark", NULL);
    toc_form_note(f, "Without having opened it: they were told, or saw it elsewhere. Clocks that "
                     "run from their knowing start now.");
    toc_form_line(f, "inject", "Which inject?", toc_event_str(about, TOC_F_INJECT), true);
    toc_form_field *team = toc_form_choice(f, "team", "Which team?", false);
    add_teams(v, team, toc_event_str(about, TOC_F_TEAM));
    toc_form_line(f, "reason", "How do they know?", NULL, false);
    f->done = send_aware;
    toc_view_open_form(v, f);
}

void toc_promise_open(toc_view *v, const toc_event *about)
{
    toc_form *f = toc_form_new("A promise", "write it down", NULL);
    toc_form_field *to = toc_form_choice(f, "to", "To whom? (Space marks)", true);
    to->is_needed = true;
    toc_form_option(to, "all", "all teams", false);
    add_teams(v, to, toc_event_str(about, TOC_F_TEAM));
    toc_form_line(f, "text", "What?", NULL, true);
    char *label = toc_sprintf("By when? Empty: no time; %s", toc_when_examples(v));
    toc_form_line(f, "until", label, NULL, false);
    free(label);
    f->done = send_promise;
    toc_view_open_form(v, f);
}

void toc_kept_open(toc_view *v, const toc_promise *promise)
{
    char *title = toc_sprintf("Promise %lld is kept", (long long)promise->n);
    toc_form *f = toc_form_new(title, "say so", NULL);
    toc_form_note(f, toc_event_str(&promise->event, TOC_F_TEXT));
    toc_form_line(f, "text", "How?", NULL, false);
    f->context = toc_sprintf("%lld", (long long)promise->n);
    f->done = send_kept;
    toc_view_open_form(v, f);
    free(title);
}

static bool send_aware(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const char *inject = toc_form_value(f, "inject"), *reason = toc_form_value(f, "reason");
    const toc_msel_row *row = toc_msel_inject(&v->msel, inject);
    toc_event in;
    if (!row) {
        toc_form_refuse(f, "inject", "there is no such inject in the list");
        return false;
    }
    toc_event_init(&in, TOC_K_AWARE, 0);
    toc_event_set_str(&in, TOC_F_TEAM, toc_form_value(f, "team"));
    toc_event_set_str(&in, TOC_F_INJECT, row->inject);
    toc_event_set_str(&in, TOC_F_REASON, reason[0] ? reason : NULL);
    toc_view_act(v, toc_view_wishes(v), &in, false, "%s is aware of %s", toc_form_value(f, "team"),
                 row->inject);
    toc_event_fini(&in);
    return true;
}

static bool send_promise(void *owner, toc_form *f)
{
    toc_view *v = owner;
    char *to[TOC_FORM_CHOICES];
    size_t count = toc_form_values(f, "to", to, TOC_COUNT(to));
    const char *when = toc_form_value(f, "until");
    int64_t until = 0;
    toc_error e = {0};
    toc_event in;
    if (count == 0) {
        toc_form_refuse(f, "to", "mark at least one team");
        return false;
    }
    if (when[0] && toc_when_typed(v, when, toc_view_now(v), &until, &e)) {
        toc_form_refuse(f, "until", "%s", e.msg);
        return false;
    }
    if (when[0] && until <= toc_view_now(v)) {
        toc_form_refuse(f, "until", "that is past already");
        return false;
    }
    if (strcmp(to[0], "all") == 0) // it stands first, and holds the others
        count = 1;
    toc_event_init(&in, TOC_K_PROMISE, 0);
    toc_event_set_list(&in, TOC_F_TO, to, count);
    toc_event_set_str(&in, TOC_F_TEXT, toc_form_value(f, "text"));
    if (when[0])
        toc_event_set_int(&in, TOC_F_UNTIL, until);
    toc_view_act(v, toc_view_wishes(v), &in, false,
                 "the promise is written down; it stands in Hand-over until it is kept");
    toc_event_fini(&in);
    return true;
}

static bool send_kept(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const char *text = toc_form_value(f, "text");
    toc_event in;
    toc_event_init(&in, TOC_K_KEPT, 0);
    toc_event_set_int(&in, TOC_F_ITEM, strtoll(f->context, NULL, 10));
    toc_event_set_str(&in, TOC_F_TEXT, text[0] ? text : NULL);
    toc_view_act(v, toc_view_wishes(v), &in, false, "promise %s is kept", (const char *)f->context);
    toc_event_fini(&in);
    return true;
}

static void add_teams(const toc_view *v, toc_form_field *field, const char *chosen)
{
    for (size_t i = 0; i < v->picture.team_count && i + 1 < TOC_FORM_CHOICES; i++) {
        const toc_contact *team = &v->picture.teams[i];
        toc_form_option(field, team->id, team->name, chosen && strcmp(chosen, team->id) == 0);
    }
}
