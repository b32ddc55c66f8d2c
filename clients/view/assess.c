// SPDX-License-Identifier: MIT
#include "assess.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "conduct.h"
#include "messages.h"

// What a row is, as the id of one option; the parts are parted by line ends, which no id holds.
static const toc_field about_fields[] = {TOC_F_ITEM, TOC_F_INJECT, TOC_F_DECISION,
                                         TOC_F_EXPECTATION};

static char *about_id(const toc_event *about);
static void set_about(toc_event *in, const char *id);
static void about_text(const toc_view *v, toc_buf *out, const toc_event *about);
static const char *objective_of(const toc_view *v, const toc_event *about);
static const char *team_of(const toc_view *v, const toc_event *about);
static void add_objectives(const toc_view *v, toc_form *f, const char *chosen, bool has_none);
static void add_teams(const toc_view *v, toc_form *f, const char *chosen, const char *none);
static bool send_observe(void *owner, toc_form *f);
static bool send_rate(void *owner, toc_form *f);
static bool send_mark(void *owner, toc_form *f);
static void set_filled(toc_event *in, toc_field field, const toc_form *f, const char *name);

void toc_observe_open(toc_view *v, const toc_event *about)
{
    toc_form *f = toc_form_new("Observe", "note it", NULL);
    toc_buf text = {0};
    char *id = about_id(about);
    about_text(v, &text, about);
    toc_form_text(f, "text", "What did you see or hear?", NULL, true);
    if (text.len > 0) {
        toc_form_field *what = toc_form_choice(f, "about", "About", false);
        toc_form_option(what, id, toc_buf_text(&text), true);
        toc_form_option(what, "", "no row: the exercise as a whole", false);
    }
    toc_form_line(f, "occurred", "When? Empty: now; 10m ago; T+0:40", NULL, false);
    add_objectives(v, f, objective_of(v, about), true);
    add_teams(v, f, team_of(v, about), "no team in particular");
    f->done = send_observe;
    toc_view_open_form(v, f);
    free(id);
    toc_buf_fini(&text);
}

void toc_rate_open(toc_view *v, const char *objective, const char *team)
{
    static const char *const letters[] = {"P", "S", "M", "U"};
    if (v->picture.objective_count == 0) {
        toc_view_notice(v, TOC_STYLE_NOTICE, "the scenario has no objectives to rate");
        return;
    }
    toc_form *f = toc_form_new("Rate an objective", "rate", NULL);
    add_objectives(v, f, objective, false);
    toc_form_field *rating = toc_form_choice(f, "rating", "How was it performed?", false);
    for (size_t i = 0; i < TOC_COUNT(letters); i++) {
        char *text = toc_sprintf("%s  %s", letters[i], toc_rating_words(letters[i]));
        toc_form_option(rating, letters[i], text, false);
        free(text);
    }
    add_teams(v, f, team, "all teams together");
    toc_form_text(f, "text", "Why? What you saw", NULL, false);
    f->done = send_rate;
    toc_view_open_form(v, f);
}

void toc_mark_open(toc_view *v, const toc_known_expectation *x)
{
    static const char *const states[][2] = {
        {"met", "met: seen in time"},
        {"late", "late: seen, but after its time"},
        {"not-observed", "not observed: it was due, and nobody saw it"},
        {"not-exercised", "not exercised: play never came to it"}};
    char *title = toc_sprintf("What came of %s?", x->id);
    toc_form *f = toc_form_new(title, "mark", NULL);
    toc_form_note(f, x->text ? x->text : "");
    toc_form_field *state = toc_form_choice(f, "state", "It was", false);
    for (size_t i = 0; i < TOC_COUNT(states); i++)
        toc_form_option(state, states[i][0], states[i][1], false);
    toc_form_text(f, "text", "What did you see?", NULL, false);
    f->context = toc_strdup(x->id);
    f->done = send_mark;
    toc_view_open_form(v, f);
    free(title);
}

toc_err toc_occurred_read(const char *text, int64_t now, int64_t *t, toc_error *e)
{
    text += strspn(text, " ");
    size_t len = strlen(text);
    while (len > 0 && text[len - 1] == ' ')
        len--;
    if (len == 0 || (len == 3 && strncmp(text, "now", 3) == 0)) {
        *t = now;
        return TOC_OK;
    }
    bool is_ago = len > 4 && strncmp(text + len - 4, " ago", 4) == 0;
    char *when = is_ago ? toc_sprintf("-%.*s", (int)(len - 4), text) : toc_strndup(text, len);
    toc_err err = toc_when_read(when, now, t, e);
    free(when);
    if (err)
        return toc_fail(e, TOC_EUSAGE, "write when it was: 10m ago, or T+0:40; empty for now");
    return *t <= now ? TOC_OK : toc_fail(e, TOC_EUSAGE, "that has not come yet");
}

const char *toc_rating_words(const char *letter)
{
    static const char *const words[][2] = {{"P", "performed without challenges"},
                                           {"S", "performed with some challenges"},
                                           {"M", "performed with major challenges, still achieved"},
                                           {"U", "unable to be performed"}};
    for (size_t i = 0; letter && i < TOC_COUNT(words); i++)
        if (strcmp(letter, words[i][0]) == 0)
            return words[i][1];
    return letter ? letter : "?";
}

const toc_observation *toc_rating_next(const toc_picture *p, const char *objective, size_t *i)
{
    while (*i > 0) {
        const toc_observation *o = &p->observations[--*i];
        const char *of = toc_event_str(&o->event, TOC_F_OBJECTIVE);
        bool is_last = o->event.kind == TOC_K_RATE && of && strcmp(of, objective) == 0;
        for (size_t k = *i + 1; k < p->observation_count && is_last; k++) {
            const toc_event *later = &p->observations[k].event;
            static const toc_field same[] = {TOC_F_OBJECTIVE, TOC_F_TEAM, TOC_F_BY};
            bool is_same = later->kind == TOC_K_RATE;
            for (size_t s = 0; s < TOC_COUNT(same); s++) {
                const char *a = toc_event_str(later, same[s]),
                           *b = toc_event_str(&o->event, same[s]);
                is_same = is_same && (a && b ? strcmp(a, b) == 0 : a == b);
            }
            is_last = !is_same;
        }
        if (is_last)
            return o;
    }
    return NULL;
}

// ---- what it is about --------------------------------------------------------------------------------------

static char *about_id(const toc_event *about)
{
    toc_buf id = {0};
    for (size_t i = 0; i < TOC_COUNT(about_fields); i++) {
        if (about_fields[i] == TOC_F_ITEM && toc_event_has(about, TOC_F_ITEM))
            toc_buf_int(&id, toc_event_int(about, TOC_F_ITEM));
        else if (about_fields[i] != TOC_F_ITEM && toc_event_has(about, about_fields[i]))
            toc_buf_str(&id, toc_event_str(about, about_fields[i]));
        toc_buf_char(&id, '\n');
    }
    return toc_buf_take(&id);
}

static void set_about(toc_event *in, const char *id)
{
    for (size_t i = 0; i < TOC_COUNT(about_fields) && *id; i++) {
        size_t len = strcspn(id, "\n");
        char *part = toc_strndup(id, len);
        if (part[0] && about_fields[i] == TOC_F_ITEM)
            toc_event_set_int(in, TOC_F_ITEM, strtoll(part, NULL, 10));
        else if (part[0])
            toc_event_set_str(in, about_fields[i], part);
        free(part);
        id += len + (id[len] == '\n');
    }
}

// "INJ-04 Is the pier safe?"; nothing where it is no row.
static void about_text(const toc_view *v, toc_buf *out, const toc_event *about)
{
    const char *inject = toc_event_str(about, TOC_F_INJECT);
    const char *decision = toc_event_str(about, TOC_F_DECISION);
    const char *expectation = toc_event_str(about, TOC_F_EXPECTATION);
    const toc_item *item = toc_picture_number(&v->picture, toc_event_int(about, TOC_F_ITEM));
    if (inject) {
        const toc_msel_row *row = toc_msel_inject(&v->msel, inject);
        toc_buf_printf(out, "%s %s", inject, row && row->title ? row->title : "");
    } else if (decision) {
        const toc_question *q = toc_picture_question(&v->picture, decision);
        toc_buf_printf(out, "%s %s", decision, q ? toc_event_str(&q->ask, TOC_F_TITLE) : "");
    } else if (expectation) {
        const toc_known_expectation *x =
            toc_situation_expectation(&v->picture.situation, expectation);
        toc_buf_printf(out, "%s %s", expectation, x && x->text ? x->text : "");
    } else if (item) {
        toc_buf_printf(out, "item %lld ", (long long)item->n);
        toc_message_title(out, item);
    }
}

static const char *objective_of(const toc_view *v, const toc_event *about)
{
    const char *inject = toc_event_str(about, TOC_F_INJECT);
    const toc_item *item = toc_picture_number(&v->picture, toc_event_int(about, TOC_F_ITEM));
    const toc_msel_row *row = inject ? toc_msel_inject(&v->msel, inject) : NULL;
    const char *decision = toc_event_str(about, TOC_F_DECISION);
    const toc_question *q = decision ? toc_picture_question(&v->picture, decision) : NULL;
    const toc_known_expectation *x =
        toc_situation_expectation(&v->picture.situation, toc_event_str(about, TOC_F_EXPECTATION));
    if (toc_event_has(about, TOC_F_OBJECTIVE))
        return toc_event_str(about, TOC_F_OBJECTIVE);
    if (row && row->objective)
        return row->objective;
    if (x)
        return x->objective;
    return q      ? toc_event_str(&q->ask, TOC_F_OBJECTIVE)
           : item ? toc_event_str(&item->event, TOC_F_OBJECTIVE)
                  : NULL;
}

static const char *team_of(const toc_view *v, const toc_event *about)
{
    const char *decision = toc_event_str(about, TOC_F_DECISION);
    const toc_question *q = decision ? toc_picture_question(&v->picture, decision) : NULL;
    const toc_known_expectation *x =
        toc_situation_expectation(&v->picture.situation, toc_event_str(about, TOC_F_EXPECTATION));
    const toc_item *item = toc_picture_number(&v->picture, toc_event_int(about, TOC_F_ITEM));
    const toc_value *to = item ? toc_event_value(&item->event, TOC_F_TO) : NULL;
    if (toc_event_has(about, TOC_F_TEAM))
        return toc_event_str(about, TOC_F_TEAM);
    if (x)
        return x->team;
    if (q)
        return toc_event_str(&q->ask, TOC_F_TEAM);
    if (item && item->event.kind == TOC_K_MESSAGE)
        return toc_event_str(&item->event, TOC_F_FROM); // what a team wrote is its own
    return to && to->count == 1 ? to->list[0] : NULL;
}

// ---- forms -------------------------------------------------------------------------------------------------

static void add_objectives(const toc_view *v, toc_form *f, const char *chosen, bool has_none)
{
    const toc_picture *p = &v->picture;
    if (p->objective_count == 0)
        return;
    toc_form_field *field = toc_form_choice(f, "objective", "Objective", false);
    if (has_none)
        toc_form_option(field, "", "none", !chosen);
    for (size_t i = 0; i < p->objective_count && i + 1 < TOC_FORM_CHOICES; i++) {
        const toc_objective_text *o = &p->objectives[i];
        char *text = toc_sprintf("%s  %s", o->id, o->text);
        toc_form_option(field, o->id, text, chosen && strcmp(chosen, o->id) == 0);
        free(text);
    }
    field->is_needed = !has_none;
}

static void add_teams(const toc_view *v, toc_form *f, const char *chosen, const char *none)
{
    const toc_picture *p = &v->picture;
    bool is_known = false;
    toc_form_field *field = toc_form_choice(f, "team", "Team", false);
    for (size_t i = 0; i < p->team_count; i++)
        is_known = is_known || (chosen && strcmp(chosen, p->teams[i].id) == 0);
    toc_form_option(field, "", none, !is_known);
    for (size_t i = 0; i < p->team_count && i + 1 < TOC_FORM_CHOICES; i++)
        toc_form_option(field, p->teams[i].id, p->teams[i].name,
                        chosen && strcmp(chosen, p->teams[i].id) == 0);
    field->is_needed = false;
}

static bool send_observe(void *owner, toc_form *f)
{
    toc_view *v = owner;
    int64_t now = toc_view_now(v), t;
    toc_error e = {0};
    toc_event in;
    if (toc_occurred_read(toc_form_value(f, "occurred"), now, &t, &e)) {
        toc_form_refuse(f, "occurred", "%s", e.msg);
        return false;
    }
    toc_event_init(&in, TOC_K_OBSERVE, 0);
    set_about(&in, toc_form_value(f, "about"));
    set_filled(&in, TOC_F_OBJECTIVE, f, "objective");
    set_filled(&in, TOC_F_TEAM, f, "team");
    if (t < now)
        toc_event_set_int(&in, TOC_F_OCCURRED, t);
    set_filled(&in, TOC_F_TEXT, f, "text");
    toc_view_act(v, toc_view_wishes(v), &in, false, "noted");
    toc_event_fini(&in);
    return true;
}

static bool send_rate(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const char *rating = toc_form_value(f, "rating"), *team = toc_form_value(f, "team");
    toc_event in;
    toc_event_init(&in, TOC_K_RATE, 0);
    set_filled(&in, TOC_F_OBJECTIVE, f, "objective");
    set_filled(&in, TOC_F_TEAM, f, "team");
    set_filled(&in, TOC_F_RATING, f, "rating");
    set_filled(&in, TOC_F_TEXT, f, "text");
    toc_view_act(v, toc_view_wishes(v), &in, false, "%s is rated %s%s%s: %s",
                 toc_form_value(f, "objective"), rating, team[0] ? " for " : "", team,
                 toc_rating_words(rating));
    toc_event_fini(&in);
    return true;
}

static bool send_mark(void *owner, toc_form *f)
{
    toc_view *v = owner;
    toc_event in;
    toc_event_init(&in, TOC_K_MARK_ACTION, 0);
    toc_event_set_str(&in, TOC_F_EXPECTATION, f->context);
    set_filled(&in, TOC_F_STATE, f, "state");
    set_filled(&in, TOC_F_TEXT, f, "text");
    toc_view_act(v, toc_view_wishes(v), &in, false, "%s is marked: %s", (const char *)f->context,
                 toc_form_value(f, "state"));
    toc_event_fini(&in);
    return true;
}

static void set_filled(toc_event *in, toc_field field, const toc_form *f, const char *name)
{
    const char *text = toc_form_value(f, name);
    if (text[strspn(text, " \t\n")])
        toc_event_set_str(in, field, text);
}
