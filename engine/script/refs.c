// SPDX-License-Identifier: MIT
// The second pass, when all drafts are there: ids, what refers to what, times. It fills the plan.

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"

static void register_drafts(toc_scenario *s);
static bool id_ok(toc_scenario *s, const toc_draft *d);
static bool ends_like_a_seat(const char *id);
static void add_to_plan(toc_scenario *s, toc_draft *d);
static void fill(toc_scenario *s, const toc_draft *d);
static void fill_exercise(toc_scenario *s, const toc_draft *d);
static void fill_team(toc_scenario *s, const toc_draft *d, toc_team *team);
static void fill_objective(toc_scenario *s, const toc_draft *d, toc_objective *objective);
static void fill_inject(toc_scenario *s, const toc_draft *d, toc_inject *inject);
static void fill_decision(toc_scenario *s, const toc_draft *d, toc_decision *decision);
static toc_at count_from(toc_scenario *s, const toc_draft *d, toc_key key, const toc_moment *m);
static void check_options(toc_scenario *s, const toc_draft *d, toc_decision *decision);
static void check_cycles(toc_scenario *s);

void toc_refs_resolve(toc_scenario *s)
{
    s->plan.pace = 1000;
    *s->within = '\0';
    register_drafts(s);
    if (s->is_partial)
        return; // what is not known may stand behind the place where a file broke off
    if (s->counts[TOC_DECL_EXERCISE] == 0)
        toc_problems_add(&s->problems, "E0000", "scenario.lua", 1,
                         "no exercise is declared: write %s", toc_schema(TOC_DECL_EXERCISE)->form);
    if (s->counts[TOC_DECL_TEAM] == 0)
        toc_problems_add(&s->problems, "E0000", "scenario.lua", 1, "no team is declared: write %s",
                         toc_schema(TOC_DECL_TEAM)->form);
    for (size_t i = 0; i < s->draft_count; i++) // times hang on startex
        if (s->drafts[i]->kind == TOC_DECL_EXERCISE && s->drafts[i]->has_id)
            fill_exercise(s, s->drafts[i]);
    for (size_t i = 0; i < s->draft_count; i++)
        if (s->drafts[i]->has_id)
            fill(s, s->drafts[i]);
    check_cycles(s);
    toc_refs_model(s);
}

// ---- ids -----------------------------------------------------------------------------------------

static void register_drafts(toc_scenario *s)
{
    toc_plan *p = &s->plan;
    p->teams = toc_alloc((s->counts[TOC_DECL_TEAM] + 1) * sizeof *p->teams);
    p->parties = toc_alloc((s->counts[TOC_DECL_PARTY] + 1) * sizeof *p->parties);
    p->objectives = toc_alloc((s->counts[TOC_DECL_OBJECTIVE] + 1) * sizeof *p->objectives);
    p->injects = toc_alloc((s->counts[TOC_DECL_INJECT] + 1) * sizeof *p->injects);
    p->decisions = toc_alloc((s->counts[TOC_DECL_DECISION] + 1) * sizeof *p->decisions);
    p->model.services = toc_alloc((s->counts[TOC_DECL_SERVICE] + 1) * sizeof *p->model.services);
    p->services = toc_alloc((s->counts[TOC_DECL_SERVICE] + 1) * sizeof *p->services);
    p->model.repairs = toc_alloc((s->counts[TOC_DECL_REPAIR] + 1) * sizeof *p->model.repairs);
    p->phases = toc_alloc((s->counts[TOC_DECL_PHASE] + 1) * sizeof *p->phases);
    p->expectations = toc_alloc((s->counts[TOC_DECL_EXPECT] + 1) * sizeof *p->expectations);
    s->texts = toc_alloc((s->counts[TOC_DECL_INJECT] + 1) * sizeof *s->texts);
    s->sent_story = toc_alloc((s->counts[TOC_DECL_INJECT] + 1) * sizeof *s->sent_story);
    s->mets = toc_alloc((s->counts[TOC_DECL_EXPECT] + 1) * sizeof *s->mets);
    const toc_draft *exercise = NULL;
    for (size_t i = 0; i < s->draft_count; i++) {
        toc_draft *d = s->drafts[i];
        int64_t first;
        if (!*d->id || !id_ok(s, d))
            continue;
        const toc_draft *other = d->kind == TOC_DECL_EXERCISE ? exercise : NULL;
        if (d->kind != TOC_DECL_EXERCISE && toc_map_get(s->ids, d->id, &first))
            other = s->drafts[first];
        if (other) {
            toc_draft_problem(
                s, d, "E0000", NULL, "%s: %s \"%s\" at %s:%d",
                d->kind == TOC_DECL_EXERCISE ? "there is one exercise already" : "this id is taken",
                toc_schema(other->kind)->name, other->id, other->place.file, other->place.line);
            continue;
        }
        if (d->kind == TOC_DECL_EXERCISE)
            exercise = d;
        else
            toc_map_put(s->ids, d->id, (int64_t)i);
        add_to_plan(s, d);
    }
}

static bool id_ok(toc_scenario *s, const toc_draft *d)
{
    static const char *const reserved[] = {"excon",   "evaluator", "simcell", "board",
                                           "control", "all",       "none",    "engine"};
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    const char *id = d->id;
    size_t plain = 0;
    while (id[plain] && (strchr(letters, id[plain]) || strchr("._-", id[plain])))
        plain++;
    if (plain == 0 || id[plain] || !strchr(letters, id[0]) || plain > TOC_ID_MAX) {
        toc_draft_problem(s, d, "E0000", NULL,
                          "this is no id: ids are letters, digits and . _ -, begin with a "
                          "letter or digit, and have at most %d characters",
                          TOC_ID_MAX);
        return false;
    }
    for (size_t i = 0; i < TOC_COUNT(reserved); i++)
        if (strcasecmp(id, reserved[i]) == 0) {
            toc_draft_problem(s, d, "E0000", NULL, "this id is reserved for the engine's own use");
            return false;
        }
    if (d->kind == TOC_DECL_TEAM && ends_like_a_seat(id)) {
        toc_draft_problem(s, d, "E0000", NULL,
                          "a team's id cannot end with - and a number: seats are called so "
                          "(\"%.40s-1\")",
                          id);
        return false;
    }
    return true;
}

static bool ends_like_a_seat(const char *id)
{
    const char *dash = strrchr(id, '-');
    return dash && dash[1] && dash[1 + strspn(dash + 1, "0123456789")] == '\0';
}

static void add_to_plan(toc_scenario *s, toc_draft *d)
{
    toc_plan *p = &s->plan;
    char *id = toc_strdup(d->id);
    toc_place place = {toc_strdup(d->place.file), d->place.line};
    d->has_id = true;
    switch (d->kind) {
    case TOC_DECL_EXERCISE:
        p->id = id;
        p->place = place;
        break;
    case TOC_DECL_TEAM:
        d->index = p->team_count++;
        p->teams[d->index] = (toc_team){.id = id, .place = place, .seats = 1};
        break;
    case TOC_DECL_PARTY:
        d->index = p->party_count++;
        p->parties[d->index] = (toc_party){.id = id, .place = place};
        break;
    case TOC_DECL_OBJECTIVE:
        d->index = p->objective_count++;
        p->objectives[d->index] = (toc_objective){.id = id, .place = place};
        break;
    case TOC_DECL_INJECT:
        d->index = p->inject_count++;
        p->injects[d->index] = (toc_inject){.id = id, .place = place};
        s->texts[d->index] = toc_draft_get(d, TOC_KEY_TEXT)->function;
        break;
    case TOC_DECL_DECISION:
        d->index = p->decision_count++;
        p->decisions[d->index] = (toc_decision){.id = id, .place = place};
        break;
    case TOC_DECL_SERVICE:
        d->index = p->model.service_count++;
        p->model.services[d->index] = (toc_service){.id = id, .own = TOC_PPM};
        p->services[d->index] = (toc_service_plan){.place = place};
        break;
    case TOC_DECL_REPAIR:
        d->index = p->model.repair_count++;
        p->model.repairs[d->index] = (toc_repair){.id = id, .to = TOC_PPM, .crews = 1};
        free(place.file); // the model has none
        break;
    case TOC_DECL_PHASE:
        d->index = p->phase_count++;
        p->phases[d->index] = (toc_phase){.id = id, .place = place};
        break;
    case TOC_DECL_EXPECT:
        d->index = p->expectation_count++;
        p->expectations[d->index] =
            (toc_expectation){.id = id, .place = place, .contingency = TOC_NONE};
        s->mets[d->index] = toc_draft_get(d, TOC_KEY_MET)->function;
        break;
    case TOC_DECL_COUNT:
        break;
    }
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
        char text[TOC_UNKNOWN_MAX];
        if (strcmp(id, "excon") == 0)
            continue; // always
        if (strcmp(id, team->id) == 0)
            toc_draft_problem(s, d, "E0000", NULL, "contacts: a team needs no contact to itself");
        else if (toc_plan_team(p, id) == TOC_NONE && toc_plan_party(p, id) == TOC_NONE)
            toc_draft_problem(s, d, "E0000", NULL, "contacts: %s",
                              toc_host_unknown(s, text,
                                               TOC_BIT(TOC_DECL_TEAM) | TOC_BIT(TOC_DECL_PARTY),
                                               "team or party", id));
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
    char text[TOC_UNKNOWN_MAX];
    decision->at = toc_refs_moment(s, d, TOC_KEY_AT);
    decision->title = toc_refs_text(d, TOC_KEY_TITLE);
    decision->text = toc_refs_text(d, TOC_KEY_TEXT);
    decision->notes = toc_refs_text(d, TOC_KEY_NOTES);
    decision->objective = toc_refs_objective(s, d);
    decision->team = toc_refs_text(d, TOC_KEY_TO);
    if (to->is_set && strcmp(to->text, "excon") != 0 &&
        toc_plan_team(&s->plan, to->text) == TOC_NONE)
        toc_draft_problem(
            s, d, "E0000", NULL, "to: %s",
            strcmp(to->text, "all") == 0
                ? "one team decides; declare a decision for each"
                : toc_host_unknown(s, text, TOC_BIT(TOC_DECL_TEAM), "team", to->text));
    if (toc_draft_get(d, TOC_KEY_WITHIN)->is_set)
        toc_span_parse(toc_draft_get(d, TOC_KEY_WITHIN)->text, &decision->within, NULL);
    toc_refs_plain(s, d, TOC_KEY_TITLE);
    toc_refs_plain(s, d, TOC_KEY_TEXT);
    check_options(s, d, decision);
}

static void check_options(toc_scenario *s, const toc_draft *d, toc_decision *decision)
{
    // Words that already mean something where an option's id is typed.
    static const char *const words[] = {"other", "accept", "reject"};
    const toc_draft_value *options = toc_draft_get(d, TOC_KEY_OPTIONS);
    const char *fallback = toc_draft_get(d, TOC_KEY_DEFAULT)->text;
    const char *ids[20];
    size_t count = options->is_set ? options->count : 0;
    decision->options = toc_alloc((2 * count + 1) * sizeof *decision->options);
    for (size_t i = 0; i < count; i++) {
        ids[i] = options->list[2 * i];
        if (strcspn(ids[i], " \"':=,;") != strlen(ids[i]) || strlen(ids[i]) > TOC_ID_MAX)
            toc_draft_problem(s, d, "E0000", NULL,
                              "options: \"%.60s\" is no id: one word, as a team would type it",
                              ids[i]);
        for (size_t n = 0; n < TOC_COUNT(words); n++)
            if (strcasecmp(ids[i], words[n]) == 0)
                toc_draft_problem(s, d, "E0000", NULL, "options: the id \"%s\" is reserved",
                                  ids[i]);
        for (size_t n = 0; n < i; n++)
            if (strcmp(ids[i], ids[n]) == 0)
                toc_draft_problem(s, d, "E0000", NULL, "options: \"%s\" is there twice", ids[i]);
        decision->options[2 * i] = toc_strdup(options->list[2 * i]);
        decision->options[2 * i + 1] = toc_strdup(options->list[2 * i + 1]);
        decision->option_count++;
        if (fallback && strcmp(ids[i], fallback) == 0)
            decision->fallback = toc_strdup(fallback);
    }
    char near[TOC_NEAR_MAX];
    char quote[TOC_QUOTE_SIZE];
    if (fallback && !decision->fallback && options->is_set)
        toc_draft_problem(s, d, "E0000", NULL, "default: there is no option %s%s",
                          toc_text_quote(quote, fallback),
                          toc_host_near(near, fallback, ids, count));
    else if (fallback && !decision->fallback && !options->list)
        toc_draft_problem(s, d, "E0000", NULL, "default: a decision without options has none");
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
    bool is_all = v->count == 0;
    *count = 0;
    for (size_t i = 0; i < v->count; i++) {
        size_t team = toc_plan_team(&s->plan, v->list[i]);
        char text[TOC_UNKNOWN_MAX];
        if (strcmp(v->list[i], "all") == 0 && v->count == 1)
            is_all = true;
        else if (strcmp(v->list[i], "all") == 0)
            toc_draft_problem(s, d, "E0000", NULL, "%s: \"all\" stands alone", name);
        else if (team == TOC_NONE)
            toc_draft_problem(
                s, d, "E0000", NULL, "%s: %s", name,
                toc_host_unknown(s, text, TOC_BIT(TOC_DECL_TEAM), "team", v->list[i]));
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
    char text[TOC_UNKNOWN_MAX];
    if (!id)
        return NULL;
    if (toc_plan_objective(&s->plan, id) != TOC_NONE)
        return toc_strdup(id);
    toc_draft_problem(s, d, "E0000", NULL, "%s",
                      toc_host_unknown(s, text, TOC_BIT(TOC_DECL_OBJECTIVE), "objective", id));
    return NULL;
}

size_t toc_refs_one(toc_scenario *s, const toc_draft *d, toc_key key, toc_decl kind)
{
    const toc_draft_value *v = toc_draft_get(d, key);
    char text[TOC_UNKNOWN_MAX];
    if (!v->is_set)
        return TOC_NONE;
    size_t found = toc_host_find(s, kind, v->text);
    if (found == TOC_NONE)
        toc_draft_problem(s, d, "E0000", NULL, "%s: %s", toc_draft_key_name(d, key),
                          toc_host_unknown(s, text, TOC_BIT(kind), toc_schema_noun(kind), v->text));
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
            toc_draft_problem(s, d, "E0000", NULL, "%s: %s", name, e.msg);
        return none;
    }
    if (m.kind == TOC_AT_PLAY && s->plan.length_ms > 0 && m.ms > s->plan.length_ms) {
        toc_buf length = {0};
        toc_play_text(&length, s->plan.length_ms);
        toc_draft_problem(s, d, "E0000", NULL, "%s: %s is after ENDEX (%s)", name, v->text,
                          toc_buf_text(&length));
        toc_buf_fini(&length);
    }
    return count_from(s, d, key, &m);
}

// Looks up what a moment counts from.
static toc_at count_from(toc_scenario *s, const toc_draft *d, toc_key key, const toc_moment *m)
{
    toc_at at = {.kind = m->kind, .ms = m->ms, .after = m->after};
    toc_decl kind = m->kind == TOC_AT_MET ? TOC_DECL_EXPECT : TOC_DECL_INJECT;
    char text[TOC_UNKNOWN_MAX];
    if (!*m->id)
        return at;
    size_t found = toc_host_find(s, kind, m->id);
    if (found == TOC_NONE) {
        toc_draft_problem(s, d, "E0000", NULL, "%s: %s", toc_draft_key_name(d, key),
                          toc_host_unknown(s, text, TOC_BIT(kind), toc_schema_noun(kind), m->id));
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
            toc_problems_add(&s->problems, "E0000", inject->place.file, inject->place.line,
                             "inject \"%s\": at: it waits for \"%s\"%s", inject->id, other,
                             inject->at.inject == at ? ", itself" : ", which waits for it in turn");
        }
        for (at = i; done[at] == 1; at = p->injects[at].at.inject)
            done[at] = 2;
    }
    free(done);
}

void toc_refs_plain(toc_scenario *s, const toc_draft *d, toc_key key)
{
    const toc_draft_value *v = toc_draft_get(d, key);
    if (v->text && strstr(v->text, "{{"))
        toc_draft_problem(s, d, "E0000", NULL, "%s: {{…}} is filled in the text of an inject only",
                          toc_draft_key_name(d, key));
}
