// SPDX-License-Identifier: MIT
// The second pass, when all drafts are there: what refers to what, times. It fills the plan.

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"

static void check_there_is(toc_scenario *s, toc_decl kind);
static void check_decider(toc_scenario *s, const toc_draft *d, const char *id);
static void check_voice(toc_scenario *s, const toc_draft *d, const char *id);
static const toc_draft *find_inject(const toc_scenario *s, size_t index);
static void say_alone(toc_scenario *s, const toc_draft *d, toc_where at, const char *name,
                      const char *word);
static void fill(toc_scenario *s, const toc_draft *d);
static void fill_exercise(toc_scenario *s, const toc_draft *d);
static void fill_team(toc_scenario *s, const toc_draft *d, toc_team *team);
static void fill_objective(toc_scenario *s, const toc_draft *d, toc_objective *objective);
static void fill_inject(toc_scenario *s, const toc_draft *d, toc_inject *inject);
static void fill_decision(toc_scenario *s, const toc_draft *d, toc_decision *decision);
static toc_at count_from(toc_scenario *s, const toc_draft *d, toc_key key, const toc_moment *m);
static void check_cycles(toc_scenario *s);

void toc_refs_resolve(toc_scenario *s)
{
    s->plan.pace = 1000;
    *s->within = '\0';
    toc_ids_register(s);
    // What is missing may stand behind the place where a file broke off.
    if (!s->is_partial) {
        check_there_is(s, TOC_DECL_EXERCISE);
        check_there_is(s, TOC_DECL_TEAM);
    }
    for (size_t i = 0; i < s->draft_count; i++) // times hang on startex
        if (s->drafts[i]->kind == TOC_DECL_EXERCISE && s->drafts[i]->is_planned)
            fill_exercise(s, s->drafts[i]);
    for (size_t i = 0; i < s->draft_count; i++)
        if (s->drafts[i]->is_planned)
            fill(s, s->drafts[i]);
    check_cycles(s);
    toc_refs_model(s);
    toc_locator_free(s->locator);
    s->locator = NULL;
}

static void check_there_is(toc_scenario *s, toc_decl kind)
{
    const toc_schema_row *row = toc_schema(kind);
    if (s->counts[kind] == 0)
        toc_problem_help(toc_problem_at(toc_problems_add(&s->problems, "E0217", "scenario.lua", 1,
                                                         "no %s is declared", row->name),
                                        1, 1),
                         "write %s", row->form);
}

// ---- what each of them says ------------------------------------------------------------------------

static void fill(toc_scenario *s, const toc_draft *d)
{
    toc_plan *p = &s->plan;
    switch (d->kind) {
    case TOC_DECL_TEAM:
        fill_team(s, d, &p->teams[d->index]);
        break;
    case TOC_DECL_PARTY:
        p->parties[d->index].name = toc_refs_text(d, TOC_KEY_NAME);
        p->parties[d->index].notes = toc_refs_text(d, TOC_KEY_NOTES);
        break;
    case TOC_DECL_OBJECTIVE:
        fill_objective(s, d, &p->objectives[d->index]);
        break;
    case TOC_DECL_INJECT:
        fill_inject(s, d, &p->injects[d->index]);
        break;
    case TOC_DECL_DECISION:
        fill_decision(s, d, &p->decisions[d->index]);
        break;
    case TOC_DECL_SERVICE:
        toc_refs_service(s, d);
        break;
    case TOC_DECL_REPAIR:
        toc_refs_repair(s, d);
        break;
    case TOC_DECL_PHASE:
        toc_refs_phase(s, d, &p->phases[d->index]);
        break;
    case TOC_DECL_EXPECT:
        toc_refs_expect(s, d, &p->expectations[d->index]);
        break;
    case TOC_DECL_EXERCISE:
    case TOC_DECL_COUNT:
        break;
    }
}

static void fill_exercise(toc_scenario *s, const toc_draft *d)
{
    toc_plan *p = &s->plan;
    p->title = toc_refs_text(d, TOC_KEY_TITLE);
    p->marking = toc_refs_text(d, TOC_KEY_MARKING);
    p->brief = toc_refs_text(d, TOC_KEY_BRIEF);
    if (toc_draft_get(d, TOC_KEY_PACE)->is_set)
        p->pace = toc_draft_get(d, TOC_KEY_PACE)->number;
    if (toc_draft_get(d, TOC_KEY_STARTEX)->is_set)
        toc_story_parse(toc_draft_get(d, TOC_KEY_STARTEX)->text, &p->startex, NULL);
    if (toc_draft_get(d, TOC_KEY_LENGTH)->is_set)
        toc_duration_parse(toc_draft_get(d, TOC_KEY_LENGTH)->text, &p->length_ms, NULL);
    toc_refs_plain(s, d, TOC_KEY_TITLE);
    toc_refs_plain(s, d, TOC_KEY_BRIEF);
}

static void add_contact(toc_team *team, const char *id)
{
    team->contacts =
        toc_realloc(team->contacts, (team->contact_count + 1) * sizeof *team->contacts);
    team->contacts[team->contact_count++] = toc_strdup(id);
}

// Without contacts a team can write to everybody; with an empty list only to EXCON.
static void fill_team(toc_scenario *s, const toc_draft *d, toc_team *team)
{
    const toc_plan *p = &s->plan;
    const toc_draft_value *contacts = toc_draft_get(d, TOC_KEY_CONTACTS);
    bool is_all =
        !contacts->is_set || (contacts->count == 1 && strcmp(contacts->list[0], "all") == 0);
    team->name = toc_refs_text(d, TOC_KEY_NAME);
    team->brief = toc_refs_text(d, TOC_KEY_BRIEF);
    toc_refs_plain(s, d, TOC_KEY_BRIEF);
    if (toc_draft_get(d, TOC_KEY_SEATS)->is_set)
        team->seats = (int)toc_draft_get(d, TOC_KEY_SEATS)->number;
    for (size_t i = 0; is_all && i < p->team_count; i++)
        if (strcmp(p->teams[i].id, team->id) != 0)
            add_contact(team, p->teams[i].id);
    for (size_t i = 0; is_all && i < p->party_count; i++)
        add_contact(team, p->parties[i].id);
    for (size_t i = 0; !is_all && i < contacts->count; i++) {
        const char *id = contacts->list[i];
        toc_where at = toc_where_item("contacts", i);
        if (strcmp(id, "excon") == 0)
            continue; // always
        if (strcmp(id, team->id) == 0)
            toc_problem_help(
                toc_draft_problem(s, d, "E0228", at, "contacts: a team needs no contact to itself"),
                "take it out of the list");
        else if (strcmp(id, "all") == 0)
            say_alone(s, d, at, "contacts", id);
        else if (toc_plan_team(p, id) == TOC_NONE && toc_plan_party(p, id) == TOC_NONE)
            toc_draft_unknown(s, d, at, TOC_BIT(TOC_DECL_TEAM) | TOC_BIT(TOC_DECL_PARTY),
                              "team or party", "contacts: ", id);
        else
            add_contact(team, id);
    }
}

static void fill_objective(toc_scenario *s, const toc_draft *d, toc_objective *objective)
{
    objective->text = toc_refs_text(d, TOC_KEY_TEXT);
    objective->capability = toc_refs_text(d, TOC_KEY_CAPABILITY);
    objective->teams = toc_refs_teams(s, d, TOC_KEY_TEAM, &objective->team_count);
}

static void fill_inject(toc_scenario *s, const toc_draft *d, toc_inject *inject)
{
    inject->at = toc_refs_moment(s, d, TOC_KEY_AT);
    inject->from = toc_refs_text(d, TOC_KEY_FROM);
    inject->channel = toc_refs_text(d, TOC_KEY_CHANNEL);
    inject->title = toc_refs_text(d, TOC_KEY_TITLE);
    inject->text = toc_refs_text(d, TOC_KEY_TEXT);
    inject->notes = toc_refs_text(d, TOC_KEY_NOTES);
    inject->objective = toc_refs_objective(s, d);
    inject->voice = toc_refs_text(d, TOC_KEY_VOICE);
    if (inject->voice)
        check_voice(s, d, inject->voice);
    inject->urgent = toc_draft_get(d, TOC_KEY_URGENT)->number != 0;
    inject->ack = toc_draft_get(d, TOC_KEY_ACK)->number != 0;
    inject->manual = toc_draft_get(d, TOC_KEY_RELEASE)->is_set;
    if (toc_draft_get(d, TOC_KEY_TO)->is_set)
        inject->to = toc_refs_teams(s, d, TOC_KEY_TO, &inject->to_count);
    toc_refs_plain(s, d, TOC_KEY_TITLE);
    if (inject->text)
        toc_template_check(s, d, inject->text);
    toc_attach_resolve(s, d, inject);
}

static void fill_decision(toc_scenario *s, const toc_draft *d, toc_decision *decision)
{
    const toc_draft_value *to = toc_draft_get(d, TOC_KEY_TO);
    decision->at = toc_refs_moment(s, d, TOC_KEY_AT);
    decision->title = toc_refs_text(d, TOC_KEY_TITLE);
    decision->text = toc_refs_text(d, TOC_KEY_TEXT);
    decision->notes = toc_refs_text(d, TOC_KEY_NOTES);
    decision->objective = toc_refs_objective(s, d);
    decision->team = toc_refs_text(d, TOC_KEY_TO);
    if (to->is_set)
        check_decider(s, d, to->text);
    if (toc_draft_get(d, TOC_KEY_WITHIN)->is_set)
        toc_span_parse(toc_draft_get(d, TOC_KEY_WITHIN)->text, &decision->within, NULL);
    toc_refs_plain(s, d, TOC_KEY_TITLE);
    toc_refs_plain(s, d, TOC_KEY_TEXT);
    toc_options_resolve(s, d, decision);
}

static void check_decider(toc_scenario *s, const toc_draft *d, const char *id)
{
    toc_where at = toc_where_value("to");
    if (strcmp(id, "excon") == 0 || toc_plan_team(&s->plan, id) != TOC_NONE)
        return;
    if (strcmp(id, "all") != 0 && !strpbrk(id, ",;")) {
        toc_draft_unknown(s, d, at, TOC_BIT(TOC_DECL_TEAM), "team", "to: ", id);
        return;
    }
    toc_problem *problem = toc_draft_problem(s, d, "E0203", at, "to: one team decides");
    toc_problem_label(problem, "more than one team");
    toc_problem_help(problem, "declare a decision for each of them");
}

// "simcell", "simcell-2", "excon", "excon-1"
static bool is_controller(const char *id)
{
    static const char *const roles[] = {"simcell", "excon"};
    for (size_t i = 0; i < TOC_COUNT(roles); i++) {
        size_t len = strlen(roles[i]);
        if (strncmp(id, roles[i], len) != 0)
            continue;
        const char *number = id[len] == '-' ? id + len + 1 : NULL;
        if (!id[len] || (number && *number >= '1' && *number <= '9' && strlen(number) <= 3 &&
                         strspn(number, "0123456789") == strlen(number)))
            return true;
    }
    return false;
}

static void check_voice(toc_scenario *s, const toc_draft *d, const char *id)
{
    static const char *const names[] = {"simcell", "excon"};
    char quote[TOC_QUOTE_SIZE];
    if (is_controller(id))
        return;
    const char *near = toc_text_near(id, names, TOC_COUNT(names));
    bool is_known = toc_plan_party(&s->plan, id) != TOC_NONE || toc_plan_team(&s->plan, id) != TOC_NONE;
    toc_problem *problem =
        toc_draft_problem(s, d, "E0238", toc_where_value("voice"),
                          "voice: %s is nobody of control", toc_text_quote(quote, id));
    if (near)
        toc_problem_help(problem, "did you mean \"%s\"?", near);
    else if (is_known)
        toc_problem_help(problem, "a controller tells it: write voice = \"simcell\"; in whose name "
                                  "says from");
    else
        toc_problem_help(problem, "a controller tells it: \"simcell\", \"excon\", or a seat of "
                                  "theirs, like \"simcell-2\"");
    toc_draft_fix(s, problem, "\"%s\"", near ? near : "simcell");
}

// ---- values --------------------------------------------------------------------------------------

char *toc_refs_text(const toc_draft *d, toc_key key)
{
    return toc_strdup(toc_draft_get(d, key)->text);
}

// Unset and "all" are all teams.
size_t *toc_refs_teams(toc_scenario *s, const toc_draft *d, toc_key key, size_t *count)
{
    const toc_draft_value *v = toc_draft_get(d, key);
    const char *name = toc_draft_key_name(d, key);
    size_t *teams = toc_alloc((s->plan.team_count + v->count + 1) * sizeof *teams);
    char prefix[40];
    snprintf(prefix, sizeof prefix, "%s: ", name);
    bool is_all = v->count == 0;
    *count = 0;
    for (size_t i = 0; i < v->count; i++) {
        size_t team = toc_plan_team(&s->plan, v->list[i]);
        toc_where at = toc_where_item(name, i);
        if (strcmp(v->list[i], "all") == 0 && v->count == 1)
            is_all = true;
        else if (strcmp(v->list[i], "all") == 0)
            say_alone(s, d, at, name, v->list[i]);
        else if (team == TOC_NONE)
            toc_draft_unknown(s, d, at, TOC_BIT(TOC_DECL_TEAM), "team", prefix, v->list[i]);
        else
            teams[(*count)++] = team;
    }
    for (size_t i = 0; is_all && i < s->plan.team_count; i++)
        teams[(*count)++] = i;
    return teams;
}

char *toc_refs_objective(toc_scenario *s, const toc_draft *d)
{
    const char *id = toc_draft_get(d, TOC_KEY_OBJECTIVE)->text;
    if (!id)
        return NULL;
    if (toc_plan_objective(&s->plan, id) != TOC_NONE)
        return toc_strdup(id);
    toc_draft_unknown(s, d, toc_where_value("objective"), TOC_BIT(TOC_DECL_OBJECTIVE), "objective",
                      "", id);
    return NULL;
}

size_t toc_refs_one(toc_scenario *s, const toc_draft *d, toc_key key, toc_decl kind)
{
    const toc_draft_value *v = toc_draft_get(d, key);
    const char *name = toc_draft_key_name(d, key);
    if (!v->is_set)
        return TOC_NONE;
    size_t found = toc_host_find(s, kind, v->text);
    char prefix[40];
    snprintf(prefix, sizeof prefix, "%s: ", name);
    if (found == TOC_NONE)
        toc_draft_unknown(s, d, toc_where_value(name), TOC_BIT(kind), toc_schema_noun(kind), prefix,
                          v->text);
    return found;
}

toc_at toc_refs_moment(toc_scenario *s, const toc_draft *d, toc_key key)
{
    const toc_draft_value *v = toc_draft_get(d, key);
    const char *name = toc_draft_key_name(d, key);
    toc_moment m;
    toc_error e;
    toc_at none = {0};
    if (!v->is_set)
        return none;
    if (toc_moment_parse(v->text, s->plan.startex, key == TOC_KEY_BY, &m, &e) != TOC_OK) {
        // A story time cannot be read while startex cannot: one mistake, told once.
        if (m.kind != TOC_AT_STORY || s->plan.startex.ms != 0)
            toc_time_problem(s, d, toc_where_value(name),
                             key == TOC_KEY_BY ? TOC_V_DEADLINE : TOC_V_MOMENT, name, v->text,
                             e.msg);
        return none;
    }
    if (m.kind == TOC_AT_PLAY && s->plan.length_ms > 0 && m.ms > s->plan.length_ms) {
        toc_buf length = {0};
        toc_play_text(&length, s->plan.length_ms);
        toc_problem *problem =
            toc_draft_problem(s, d, "E0204", toc_where_value(name), "%s: %s is after ENDEX (%s)",
                              name, v->text, toc_buf_text(&length));
        toc_problem_label(problem, "after ENDEX");
        toc_problem_help(problem, "make it earlier, or the exercise longer (length); T+1:30 is one "
                                  "hour and thirty minutes of play");
        toc_buf_fini(&length);
    }
    return count_from(s, d, key, &m);
}

// Looks up what a moment counts from.
static toc_at count_from(toc_scenario *s, const toc_draft *d, toc_key key, const toc_moment *m)
{
    toc_at at = {.kind = m->kind, .ms = m->ms, .after = m->after};
    toc_decl kind = m->kind == TOC_AT_MET ? TOC_DECL_EXPECT : TOC_DECL_INJECT;
    const char *name = toc_draft_key_name(d, key);
    if (!*m->id)
        return at;
    size_t found = toc_host_find(s, kind, m->id);
    if (found == TOC_NONE) {
        toc_where where = toc_where_value(name);
        char prefix[40];
        snprintf(prefix, sizeof prefix, "%s: ", name);
        where.inside = m->id;
        toc_draft_unknown(s, d, where, TOC_BIT(kind), toc_schema_noun(kind), prefix, m->id);
        return (toc_at){0};
    }
    if (kind == TOC_DECL_EXPECT)
        at.expectation = found;
    else
        at.inject = found;
    return at;
}

// Injects that wait for each other would never go out.
static void check_cycles(toc_scenario *s)
{
    const toc_plan *p = &s->plan;
    char *done = toc_alloc(p->inject_count + 1); // 1: on the way of this walk, 2: walked before
    for (size_t i = 0; i < p->inject_count; i++) {
        size_t at = i;
        while (p->injects[at].at.kind == TOC_AT_AFTER && !done[at]) {
            done[at] = 1;
            at = p->injects[at].at.inject;
        }
        if (done[at] == 1) {
            const toc_inject *inject = &p->injects[at];
            const char *other = p->injects[inject->at.inject].id;
            const toc_draft *d = find_inject(s, at);
            toc_problem *problem = toc_draft_problem(
                s, d, "E0225", toc_where_value("at"), "at: it waits for \"%s\"%s", other,
                inject->at.inject == at ? ", itself" : ", which waits for it in turn");
            toc_problem_help(problem,
                             "give one of them a time that does not wait: at = \"T+0:10\"");
        }
        for (at = i; done[at] == 1; at = p->injects[at].at.inject)
            done[at] = 2;
    }
    free(done);
}

static const toc_draft *find_inject(const toc_scenario *s, size_t index)
{
    size_t i = 0;
    while (s->drafts[i]->kind != TOC_DECL_INJECT || !s->drafts[i]->is_planned ||
           s->drafts[i]->index != index)
        i++;
    return s->drafts[i];
}

// `to: "all" stands alone`
static void say_alone(toc_scenario *s, const toc_draft *d, toc_where at, const char *name,
                      const char *word)
{
    toc_problem *problem =
        toc_draft_problem(s, d, "E0216", at, "%s: \"%s\" stands alone", name, word);
    toc_problem_help(problem, "write %s = \"%s\", or name each of them", name, word);
}

void toc_refs_plain(toc_scenario *s, const toc_draft *d, toc_key key)
{
    const toc_draft_value *v = toc_draft_get(d, key);
    if (v->text && strstr(v->text, "{{")) {
        toc_where at = toc_where_value(toc_draft_key_name(d, key));
        at.inside = "{{";
        toc_problem *problem = toc_draft_problem(
            s, d, "E0222", at, "%s: {{…}} is filled in the text of an inject only",
            toc_draft_key_name(d, key));
        toc_problem_help(problem, "write here what players shall read, as it is");
    }
}
