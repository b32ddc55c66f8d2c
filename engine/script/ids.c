// SPDX-License-Identifier: MIT
// Ids: each declaration comes into the plan under its own, and whoever names it finds it, also where
// something is wrong with it: that is told once, and not again by all who name it.

#include <ctype.h>
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"

#define ID_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
#define ID_SIGNS   ID_LETTERS "._-"

static void make_room(toc_scenario *s);
static void report_second(toc_scenario *s, const toc_draft *d, const toc_draft *first);
static bool check_taken(toc_scenario *s, const toc_draft *d, toc_map *spoken, size_t i);
static bool id_ok(toc_scenario *s, const toc_draft *d);
static bool is_id(const char *id);
static const char *why_no_id(const char *id);
static bool ends_like_a_seat(const char *id);
static void add_to_plan(toc_scenario *s, toc_draft *d);

void toc_ids_register(toc_scenario *s)
{
    toc_map *spoken = toc_map_new(); // the ids of all in small letters
    const toc_draft *exercise = NULL;
    make_room(s);
    for (size_t i = 0; i < s->draft_count; i++) {
        toc_draft *d = s->drafts[i];
        bool is_exercise = d->kind == TOC_DECL_EXERCISE;
        if (is_exercise && exercise) {
            report_second(s, d, exercise);
            continue;
        }
        // Whatever is wrong with its id, what it says is looked at, and who names it finds it.
        add_to_plan(s, d);
        if (is_exercise)
            exercise = d;
        if (!*d->id || !id_ok(s, d))
            d->has_id = false;
        else
            d->has_id = is_exercise || check_taken(s, d, spoken, i);
        int64_t first;
        if (!is_exercise && *d->id && !toc_map_get(s->ids, d->id, &first))
            toc_map_put(s->ids, d->id, (int64_t)i);
    }
    toc_map_free(spoken);
}

bool toc_id_mend(const char *id, char out[TOC_ID_MAX + 1])
{
    static const struct {
        const char *letter, *plain;
    } plain[] = {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "Ae"}, {"Ö", "Oe"}, {"Ü", "Ue"},
                 {"ß", "ss"}, {"å", "aa"}, {"Å", "Aa"}, {"ø", "oe"}, {"Ø", "Oe"}, {"æ", "ae"},
                 {"Æ", "Ae"}, {"é", "e"},  {"è", "e"},  {"ê", "e"},  {"á", "a"},  {"à", "a"},
                 {"ó", "o"},  {"ô", "o"},  {"í", "i"},  {"ú", "u"},  {"ñ", "n"},  {"ç", "c"}};
    size_t len = 0;
    for (const char *p = id; *p && len + 3 < TOC_ID_MAX;) {
        size_t i = 0;
        while (i < TOC_COUNT(plain) && strncmp(p, plain[i].letter, strlen(plain[i].letter)) != 0)
            i++;
        if (i < TOC_COUNT(plain)) {
            len += (size_t)snprintf(out + len, 4, "%s", plain[i].plain);
            p += strlen(plain[i].letter);
            continue;
        }
        if (strchr(ID_LETTERS, *p) || (len > 0 && strchr("._-", *p)))
            out[len++] = *p;
        else if (len > 0 && out[len - 1] != '-' && strchr(" \t/:&+", *p))
            out[len++] = '-';
        p++;
    }
    while (len > 0 && out[len - 1] == '-')
        len--;
    out[len] = '\0';
    return len > 0;
}

static void make_room(toc_scenario *s)
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
    s->mets = toc_alloc((s->counts[TOC_DECL_EXPECT] + 1) * sizeof *s->mets);
}

static void report_second(toc_scenario *s, const toc_draft *d, const toc_draft *first)
{
    toc_problem *problem = toc_draft_problem(s, d, "E0218", toc_where_head(),
                                             "there is one exercise already, \"%s\"", first->id);
    toc_problem_label(problem, "a second one");
    toc_problem_help(problem, "a scenario is one exercise: put both into one, or this one into a "
                              "folder of its own");
    toc_problem_note(problem, "the first is at %s:%d", first->place.file, first->place.line);
}

// People type ids, so two that differ only in capitals are told apart by nobody.
static bool check_taken(toc_scenario *s, const toc_draft *d, toc_map *spoken, size_t i)
{
    char small[TOC_ID_MAX + 1];
    int64_t first;
    snprintf(small, sizeof small, "%s", d->id);
    for (char *p = small; *p; p++)
        *p = (char)tolower((unsigned char)*p);
    if (!toc_map_get(spoken, small, &first)) {
        toc_map_put(spoken, small, (int64_t)i);
        return true;
    }
    const toc_draft *other = s->drafts[first];
    const char *noun = toc_schema(other->kind)->name;
    bool is_same = strcmp(other->id, d->id) == 0;
    toc_problem *problem =
        is_same
            ? toc_draft_problem(s, d, "E0210", toc_where_id(), "this id is taken by %s \"%s\"",
                                noun, other->id)
            : toc_draft_problem(s, d, "E0210", toc_where_id(),
                                "this id differs from that of %s \"%s\" in capital letters only",
                                noun, other->id);
    toc_problem_label(problem, is_same ? "taken" : "nearly taken");
    toc_problem_help(problem,
                     "give one of them another id; an id is used once in the whole scenario");
    toc_problem_note(problem, "%s \"%s\" is declared at %s:%d", noun, other->id, other->place.file,
                     other->place.line);
    return false;
}

static bool id_ok(toc_scenario *s, const toc_draft *d)
{
    static const char *const reserved[] = {"excon",   "evaluator", "simcell", "board",
                                           "control", "all",       "none",    "engine"};
    const char *id = d->id;
    char mended[TOC_ID_MAX + 1];
    toc_problem *problem;
    if (!is_id(id)) {
        problem =
            toc_draft_problem(s, d, "E0209", toc_where_id(), "this is no id: %s", why_no_id(id));
        bool is_mended = toc_id_mend(id, mended);
        toc_problem_help(problem,
                         "%s%s%sids are letters (a to z), digits and . _ -, begin with a letter or "
                         "digit, and have at most %d characters",
                         is_mended ? "write \"" : "", mended, is_mended ? "\": " : "", TOC_ID_MAX);
        return false;
    }
    for (size_t i = 0; i < TOC_COUNT(reserved); i++)
        if (strcasecmp(id, reserved[i]) == 0) {
            problem = toc_draft_problem(s, d, "E0209", toc_where_id(),
                                        "this id is reserved for the engine's own use");
            toc_problem_help(problem, "take another, as \"%s-%s\"", toc_schema(d->kind)->name, id);
            return false;
        }
    if (d->kind == TOC_DECL_TEAM && ends_like_a_seat(id)) {
        problem = toc_draft_problem(s, d, "E0209", toc_where_id(),
                                    "a team's id cannot end with - and a number: seats are called "
                                    "so (\"%.40s-1\")",
                                    id);
        toc_problem_help(problem, "leave the dash out, or write a word behind it");
        return false;
    }
    return true;
}

static bool is_id(const char *id)
{
    size_t len = strspn(id, ID_SIGNS);
    return len > 0 && !id[len] && strchr(ID_LETTERS, id[0]) && len <= TOC_ID_MAX;
}

static const char *why_no_id(const char *id)
{
    const char *bad = id + strspn(id, ID_SIGNS);
    return *bad == ' ' || *bad == '\t'   ? "it holds a space"
           : (unsigned char)*bad >= 0x80 ? "it holds a letter with an accent, or another sign that "
                                           "not every keyboard has"
           : *bad                        ? "it holds a sign that no id can have"
           : !strchr(ID_LETTERS, id[0])  ? "it begins with a sign"
                                         : "it is too long";
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
    d->is_planned = true;
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
