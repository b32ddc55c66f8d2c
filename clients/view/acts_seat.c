// SPDX-License-Identifier: MIT
// Seats in play: one more, one less, one that goes to another team. The answer names the ticket
// file to hand over.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/feed.h"
#include "seats.h"
#include "table.h"

static void ask_open(toc_view *v, const char *seat);
static void add_free_seat(const toc_view *v, toc_form_field *field, const char *audience,
                          const char *name, bool is_chosen);
static bool send_open(void *owner, toc_form *f);
static void ask_revoke(toc_view *v, const char *seat);
static bool send_revoke(void *owner, toc_form *f);
static void ask_reassign(toc_view *v, const char *seat);
static bool send_reassign(void *owner, toc_form *f);
static void note_person(const toc_view *v, toc_form *f, const char *seat);
static bool is_gone(toc_view *v, toc_form *f, const char *field);

bool toc_seat_act(toc_view *v, toc_do what, const char *seat)
{
    bool is_own = seat && strcmp(seat, v->seat) == 0;
    if (v->role != TOC_ROLE_EXCON)
        return false;
    switch (what) {
    case TOC_DO_SEAT_OPEN:
        ask_open(v, seat);
        return true;
    case TOC_DO_SEAT_REVOKE:
    case TOC_DO_SEAT_REASSIGN:
        if (!seat)
            toc_view_notice(v, TOC_STYLE_WARN, "select a seat first");
        else if (is_own)
            toc_view_notice(v, TOC_STYLE_WARN, "this is your own seat: another EXCON can end it");
        else if (what == TOC_DO_SEAT_REVOKE)
            ask_revoke(v, seat);
        else
            ask_reassign(v, seat);
        return true;
    default:
        return false;
    }
}

static void ask_open(toc_view *v, const char *seat)
{
    static const char *const control[][2] = {{"excon", "exercise control"},
                                             {"simcell", "SIMCELL"},
                                             {"evaluator", "evaluators"},
                                             {"board", "the board"}};
    char audience[64] = "";
    toc_form *f = toc_form_new("One more seat", "open", NULL);
    toc_form_field *which = toc_form_choice(f, "seat", "Which?", false);
    if (seat)
        toc_seat_audience(seat, audience);
    for (size_t i = 0; i < v->picture.team_count && i + 8 < TOC_FORM_CHOICES; i++) {
        const toc_contact *team = &v->picture.teams[i];
        add_free_seat(v, which, team->id, team->name, strcmp(team->id, audience) == 0);
    }
    for (size_t i = 0; i < TOC_COUNT(control); i++)
        add_free_seat(v, which, control[i][0], control[i][1],
                      seat && strncmp(seat, control[i][0], strlen(control[i][0])) == 0);
    f->done = send_open;
    toc_view_open_form(v, f);
}

// The lowest number at which nobody can sit now.
static void add_free_seat(const toc_view *v, toc_form_field *field, const char *audience,
                          const char *name, bool is_chosen)
{
    for (int number = 1; number < 1000; number++) {
        char *id = toc_sprintf("%s-%d", audience, number);
        bool is_free = toc_picture_seat(&v->picture, id) == NULL;
        if (is_free) {
            char *text = toc_sprintf("%s, for %s", id, name);
            toc_form_option(field, id, text, is_chosen);
            free(text);
        }
        free(id);
        if (is_free)
            return;
    }
}

static bool send_open(void *owner, toc_form *f)
{
    toc_view *v = owner;
    toc_event in;
    toc_event_init(&in, TOC_K_OPEN_SEAT, 0);
    toc_event_set_str(&in, TOC_F_SEAT, toc_form_value(f, "seat"));
    toc_view_act(v, toc_view_wishes(v), &in, false, "seat %s is open", toc_form_value(f, "seat"));
    toc_event_fini(&in);
    return true;
}

static void ask_revoke(toc_view *v, const char *seat)
{
    char *title = toc_sprintf("End the seat %s", seat);
    toc_form *f = toc_form_new(title, "end", "End it? Its ticket opens nothing from then on.");
    note_person(v, f, seat);
    toc_form_line(f, "reason", "Why?", NULL, true);
    f->context = toc_strdup(seat);
    f->done = send_revoke;
    toc_view_open_form(v, f);
    free(title);
}

static bool send_revoke(void *owner, toc_form *f)
{
    toc_view *v = owner;
    toc_event in;
    if (is_gone(v, f, "reason"))
        return false;
    toc_event_init(&in, TOC_K_REVOKE, 0);
    toc_event_set_str(&in, TOC_F_SEAT, f->context);
    toc_event_set_str(&in, TOC_F_REASON, toc_form_value(f, "reason"));
    toc_view_act(v, toc_view_wishes(v), &in, false,
                 "the seat %s is ended: its ticket opens nothing", (const char *)f->context);
    toc_event_fini(&in);
    return true;
}

static void ask_reassign(toc_view *v, const char *seat)
{
    char audience[64];
    const toc_neighbour *who = toc_picture_seat(&v->picture, seat);
    toc_seat_audience(seat, audience);
    if (who && !toc_seat_is_player(who)) {
        toc_view_notice(v, TOC_STYLE_WARN, "%s is no seat of a team: open a new one instead (i)",
                        seat);
        return;
    }
    char *title = toc_sprintf("Reassign %s", seat);
    toc_form *f =
        toc_form_new(title, "reassign", "Reassign it? The old ticket opens nothing from then on.");
    note_person(v, f, seat);
    toc_form_field *team = toc_form_choice(f, "team", "To which team?", false);
    for (size_t i = 0; i < v->picture.team_count && i < TOC_FORM_CHOICES; i++)
        if (strcmp(v->picture.teams[i].id, audience) != 0)
            toc_form_option(team, v->picture.teams[i].id, v->picture.teams[i].name, false);
    toc_form_line(f, "reason", "Why?", NULL, true);
    f->context = toc_strdup(seat);
    f->done = send_reassign;
    toc_view_open_form(v, f);
    free(title);
}

static bool send_reassign(void *owner, toc_form *f)
{
    toc_view *v = owner;
    toc_event in;
    if (is_gone(v, f, "reason"))
        return false;
    toc_event_init(&in, TOC_K_REASSIGN, 0);
    toc_event_set_str(&in, TOC_F_SEAT, f->context);
    toc_event_set_str(&in, TOC_F_TEAM, toc_form_value(f, "team"));
    toc_event_set_str(&in, TOC_F_REASON, toc_form_value(f, "reason"));
    toc_view_act(v, toc_view_wishes(v), &in, false, "%s goes to %s", (const char *)f->context,
                 toc_form_value(f, "team"));
    toc_event_fini(&in);
    return true;
}

static void note_person(const toc_view *v, toc_form *f, const char *seat)
{
    const toc_neighbour *who = toc_picture_seat(&v->picture, seat);
    toc_buf text = {0};
    toc_picture_person(&v->picture, &text, seat);
    toc_buf_str(&text, who && who->is_present ? " sits there now" : " is not there now");
    toc_form_note(f, toc_buf_text(&text));
    toc_buf_fini(&text);
}

// Somebody else may have ended it meanwhile.
static bool is_gone(toc_view *v, toc_form *f, const char *field)
{
    if (toc_picture_seat(&v->picture, f->context))
        return false;
    toc_form_refuse(f, field, "%s is no open seat any more. Esc leaves this form.",
                    (const char *)f->context);
    return true;
}
