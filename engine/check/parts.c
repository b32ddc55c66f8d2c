// SPDX-License-Identifier: MIT
// Storylines, whens and ons that can never run.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pass.h"

// What there must be for an event ever to be.
typedef struct {
    const char *event;
    const char *lacks; // in words
    bool is_there;
} source;

static void check_starts(toc_pass *p);
static void check_events(toc_pass *p);
static void check_conditions(toc_pass *p);
static void check_talks(toc_pass *p);

void toc_pass_parts(toc_pass *p)
{
    check_starts(p);
    check_events(p);
    check_conditions(p);
    check_talks(p);
}

// A storyline that begins by waiting for a time after ENDEX.
static void check_starts(toc_pass *p)
{
    char endex[32];
    for (size_t i = 0; i < toc_uses_count(p->uses); i++) {
        const toc_use *u = toc_uses_at(p->uses, i);
        if (!u->is_first || !toc_pass_is_late(p, u))
            continue;
        const char *name = toc_uses_block(p->uses, u->block)->name;
        toc_problem *o = toc_pass_tell_use(p, "E0306", &u->at,
                                           "storyline \"%s\" can never run: it waits until \"%s\", "
                                           "and the exercise is over by then",
                                           name ? name : "…", u->id);
        toc_problem_label(o, "after ENDEX");
        toc_problem_help(o, "wait for a time before ENDEX, which is at %s",
                         toc_pass_time(endex, p->plan->length_ms));
    }
}

static bool has_products(const toc_plan *p)
{
    for (size_t i = 0; i < p->expectation_count; i++)
        if (p->expectations[i].product)
            return true;
    return false;
}

static void check_events(toc_pass *p)
{
    const toc_plan *plan = p->plan;
    const source sources[] = {
        {"inject", "no inject is declared", plan->inject_count > 0},
        {"ask", "no decision is declared", plan->decision_count > 0},
        {"deadline", "no decision is declared", plan->decision_count > 0},
        {"decide", "no decision is declared", plan->decision_count > 0},
        {"decided", "no decision is declared", plan->decision_count > 0},
        {"overdue", "no decision is declared", plan->decision_count > 0},
        {"handed-in", "no expected action has a product", has_products(plan)},
        {"submit", "no expected action has a product", has_products(plan)},
        {"measure", "no service is declared", plan->model.service_count > 0},
        {"level", "no service is declared", plan->model.service_count > 0},
        {"deadlock", "no service is declared", plan->model.service_count > 0},
        {"repair", "no repair is declared", plan->model.repair_count > 0},
        {"phase-entered", "no phase is declared", plan->phase_count > 0},
        {"phase", "no phase is declared", plan->phase_count > 0},
        {"expectation", "no expected action is declared", plan->expectation_count > 0},
        {"armed", "no expected action is declared", plan->expectation_count > 0},
    };
    for (size_t i = 0; i < toc_uses_block_count(p->uses); i++) {
        const toc_block *b = toc_uses_block(p->uses, i);
        for (size_t k = 0; b->kind == TOC_SCENARIO_ON && b->name && k < TOC_COUNT(sources); k++) {
            if (sources[k].is_there || strcmp(sources[k].event, b->name) != 0)
                continue;
            toc_problem *o = toc_pass_tell_use(p, "E0306", &b->at, "on(\"%s\") can never run: %s",
                                               b->name, sources[k].lacks);
            toc_problem_label(o, "this never happens here");
            toc_problem_help(o, "declare what it is to answer to, or take the on out");
        }
    }
}

// when(function () return sent "INJ-09" … end): of one that is never sent, as was told there.
static void check_conditions(toc_pass *p)
{
    for (size_t i = 0; i < toc_uses_count(p->uses); i++) {
        const toc_use *u = toc_uses_at(p->uses, i);
        int64_t found;
        if (!u->is_needed || !u->id)
            continue;
        const char *why = NULL;
        size_t inject = u->verb == TOC_USE_SENT || u->verb == TOC_USE_READ
                            ? toc_plan_inject(p->plan, u->id)
                            : TOC_NONE;
        size_t decision = u->verb == TOC_USE_DECIDED ? toc_plan_decision(p->plan, u->id) : TOC_NONE;
        if (inject != TOC_NONE && !p->inject_reach[inject].is_sent)
            why = "is never sent";
        else if (decision != TOC_NONE && p->plan->decisions[decision].at.kind == TOC_AT_NEVER &&
                 !toc_map_get(p->asked, u->id, &found) &&
                 !toc_uses_may_mean(p->uses, TOC_USE_ASK, u->id))
            why = "is never asked";
        if (!why)
            continue;
        toc_problem *o = toc_pass_tell_use(p, "E0306", &u->at,
                                           "this condition is never true: \"%s\" %s", u->id, why);
        toc_problem_label(o, "%s", why);
        toc_problem_help(o, "see the problem at the declaration of \"%s\"", u->id);
    }
}

// said("ops", "police"), where ops cannot write to the police.
static void check_talks(toc_pass *p)
{
    for (size_t i = 0; i < toc_uses_talk_count(p->uses); i++) {
        const toc_talk_use *use = toc_uses_talk(p->uses, i);
        size_t from = toc_plan_team(p->plan, use->from);
        if (from == TOC_NONE || strcmp(use->to, "excon") == 0)
            continue;
        const toc_team *team = &p->plan->teams[from];
        bool can_write = false;
        for (size_t k = 0; k < team->contact_count; k++)
            can_write = can_write || strcmp(team->contacts[k], use->to) == 0;
        if (can_write)
            continue;
        toc_spot spot;
        const toc_where where = {.kind = TOC_WHERE_VALUE, .key = "contacts"};
        toc_problem *o = toc_pass_tell_use(
            p, "E0313", &use->at, "this is never true: %s cannot write to %s", use->from, use->to);
        toc_problem_label(o, "no such message can be");
        if (strcmp(use->from, use->to) == 0)
            toc_problem_help(o, "a team does not write to itself: who is meant?");
        else
            toc_problem_help(o, "add \"%s\" to the contacts of %s, or ask for another message",
                             use->to, use->from);
        if (toc_locate(p->locator, team->place.file, team->place.line, "team", team->id, 0, where,
                       &spot))
            toc_problem_note(o, "its contacts are at %s:%d", team->place.file, spot.line);
    }
}
