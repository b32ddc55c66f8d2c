// SPDX-License-Identifier: MIT
// The second pass over services and repairs: who needs whom, and what no service alone has wrong.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"

enum { CYCLE_SHOWN = 8 };

static void read_needs(toc_scenario *s, const toc_draft *d, toc_service *service);
static bool read_need(toc_scenario *s, const toc_draft *d, size_t i, toc_need *need);
static size_t find_group(const toc_draft *d, size_t i);
static void read_watchers(toc_scenario *s, const toc_draft *d, toc_service_plan *plan);
static size_t find_inner(toc_scenario *s, const toc_draft *d, size_t i);
static void report_gain(toc_scenario *s, const size_t *cycle, size_t count);

void toc_refs_service(toc_scenario *s, const toc_draft *d)
{
    toc_service *service = &s->plan.model.services[d->index];
    toc_service_plan *plan = &s->plan.services[d->index];
    service->name = toc_refs_text(d, TOC_KEY_NAME);
    service->domain = toc_refs_text(d, TOC_KEY_DOMAIN);
    service->source = toc_refs_text(d, TOC_KEY_SOURCE);
    service->users = toc_draft_get(d, TOC_KEY_USERS)->number;
    service->restart = toc_draft_get(d, TOC_KEY_RESTART)->number;
    service->rule = toc_draft_get(d, TOC_KEY_RULE)->number ? TOC_RULE_SUM : TOC_RULE_MIN;
    if (toc_draft_get(d, TOC_KEY_LEVEL)->is_set)
        service->own = toc_draft_get(d, TOC_KEY_LEVEL)->number;
    plan->notes = toc_refs_text(d, TOC_KEY_NOTES);
    plan->is_public = toc_draft_get(d, TOC_KEY_PUBLIC)->number != 0;
    toc_refs_plain(s, d, TOC_KEY_NAME);
    read_watchers(s, d, plan);
    read_needs(s, d, service);
}

void toc_refs_repair(toc_scenario *s, const toc_draft *d)
{
    toc_repair *repair = &s->plan.model.repairs[d->index];
    const toc_draft_value *needs = toc_draft_get(d, TOC_KEY_NEEDS);
    size_t service = toc_refs_one(s, d, TOC_KEY_SERVICE, TOC_DECL_SERVICE);
    repair->service = service == TOC_NONE ? 0 : service;
    repair->name = toc_refs_text(d, TOC_KEY_NAME);
    repair->source = toc_refs_text(d, TOC_KEY_SOURCE);
    repair->work = toc_draft_get(d, TOC_KEY_WORK)->number;
    if (toc_draft_get(d, TOC_KEY_CREWS)->is_set)
        repair->crews = toc_draft_get(d, TOC_KEY_CREWS)->number;
    if (toc_draft_get(d, TOC_KEY_TO)->is_set)
        repair->to = toc_draft_get(d, TOC_KEY_TO)->number;
    repair->needs = toc_alloc((needs->count + 1) * sizeof *repair->needs);
    for (size_t i = 0; i < needs->count; i++) {
        const toc_draft_value *level = toc_draft_inner(d, TOC_KEY_NEEDS, i, TOC_KEY_LEVEL);
        toc_prerequisite *need = &repair->needs[repair->need_count];
        need->service = find_inner(s, d, i);
        need->level = level->is_set ? level->number : TOC_PPM;
        if (need->service != TOC_NONE)
            repair->need_count++;
    }
}

// Everything is told with its place before; what toc_model_check still finds is our own mistake.
void toc_refs_model(toc_scenario *s)
{
    size_t *cycle = NULL;
    size_t count;
    toc_error e;
    if (s->is_model_wrong)
        return;
    if (toc_model_gain(&s->plan.model, &cycle, &count))
        report_gain(s, cycle, count);
    else if (s->problems.count == 0 && toc_model_check(&s->plan.model, &e) != TOC_OK)
        toc_problems_add(&s->problems, "E0230", "scenario.lua", 1,
                         "the services do not fit together: %s", e.msg);
    free(cycle);
}

static void read_needs(toc_scenario *s, const toc_draft *d, toc_service *service)
{
    size_t count = toc_draft_get(d, TOC_KEY_NEEDS)->count;
    service->needs = toc_alloc((count + 1) * sizeof *service->needs);
    for (size_t i = 0; i < count; i++)
        if (read_need(s, d, i, &service->needs[service->need_count]))
            service->need_count++;
}

static bool read_need(toc_scenario *s, const toc_draft *d, size_t i, toc_need *need)
{
    const toc_draft_value *provider = toc_draft_inner(d, TOC_KEY_NEEDS, i, TOC_KEY_SERVICE);
    const toc_draft_value *strength = toc_draft_inner(d, TOC_KEY_NEEDS, i, TOC_KEY_STRENGTH);
    const toc_draft_value *switching = toc_draft_inner(d, TOC_KEY_NEEDS, i, TOC_KEY_SWITCH);
    const toc_draft_value *autonomy = toc_draft_inner(d, TOC_KEY_NEEDS, i, TOC_KEY_AUTONOMY);
    const toc_draft_value *recharge = toc_draft_inner(d, TOC_KEY_NEEDS, i, TOC_KEY_RECHARGE);
    const toc_draft_value *closed = toc_draft_inner(d, TOC_KEY_NEEDS, i, TOC_KEY_CLOSED);
    size_t found = find_inner(s, d, i);
    char quote[TOC_QUOTE_SIZE];
    toc_text_quote(quote, provider->text ? provider->text : "");
    if (found == d->index) {
        toc_problem *problem =
            toc_draft_problem(s, d, "E0228", toc_where_inner("needs", i, TOC_FIRST),
                              "needs: a service cannot need itself");
        toc_problem_label(problem, "itself");
        toc_problem_help(problem, "take this need out, or name what it really hangs on");
    }
    bool is_closed = closed->number != 0;
    // Of a key that is there and wrong by itself nothing more is said.
    if (switching->is_set && !is_closed && (closed->is_set || !closed->is_given))
        toc_problem_help(
            toc_draft_problem(s, d, "E0229", toc_where_inner("needs", i, "switch"),
                              "needs %s: switch without closed = true", quote),
            "switch is the time that opening an alternative takes: write closed = true "
            "too, or take switch out");
    if (recharge->is_set && !autonomy->is_given)
        toc_problem_help(toc_draft_problem(s, d, "E0229", toc_where_inner("needs", i, "recharge"),
                                           "needs %s: recharge without autonomy", quote),
                         "recharge is the time that an empty reserve takes to fill: write how long "
                         "the reserve lasts too, as autonomy = \"4h\"");
    if (found == TOC_NONE || found == d->index)
        return false;
    *need = (toc_need){
        .provider = found,
        .strength = strength->is_set ? strength->number : TOC_PPM,
        .autonomy = autonomy->number,
        .recharge = recharge->number,
        .switching = switching->number,
        .group = find_group(d, i),
        .is_closed = is_closed,
        .kind = toc_strdup(toc_draft_inner(d, TOC_KEY_NEEDS, i, TOC_KEY_KIND)->text),
        .source = toc_strdup(toc_draft_inner(d, TOC_KEY_NEEDS, i, TOC_KEY_SOURCE)->text),
    };
    return true;
}

// Groups are numbered by the first need that is of them; 0: none.
static size_t find_group(const toc_draft *d, size_t i)
{
    const char *name = toc_draft_inner(d, TOC_KEY_NEEDS, i, TOC_KEY_GROUP)->text;
    for (size_t n = 0; name && n < i; n++) {
        const char *other = toc_draft_inner(d, TOC_KEY_NEEDS, n, TOC_KEY_GROUP)->text;
        if (other && strcmp(other, name) == 0)
            return n + 1;
    }
    return name ? i + 1 : 0;
}

static void read_watchers(toc_scenario *s, const toc_draft *d, toc_service_plan *plan)
{
    const toc_draft_value *v = toc_draft_get(d, TOC_KEY_SEEN_BY);
    for (size_t i = 0; v->count > 1 && i < v->count; i++)
        if (strcmp(v->list[i], "none") == 0) {
            toc_problem_help(toc_draft_problem(s, d, "E0216", toc_where_item("seen_by", i),
                                               "seen_by: \"none\" stands alone"),
                             "write seen_by = \"none\", or name each team that sees it");
            return;
        }
    if (v->count > 0 && strcmp(v->list[0], "none") != 0)
        plan->seen_by = toc_refs_teams(s, d, TOC_KEY_SEEN_BY, &plan->seen_by_count);
}

// The service that an entry of needs names; TOC_NONE: unset, or told.
static size_t find_inner(toc_scenario *s, const toc_draft *d, size_t i)
{
    const toc_draft_value *v = toc_draft_inner(d, TOC_KEY_NEEDS, i, TOC_KEY_SERVICE);
    size_t found = v->is_set ? toc_host_find(s, TOC_DECL_SERVICE, v->text) : TOC_NONE;
    if (v->is_set && found == TOC_NONE)
        toc_draft_unknown(s, d, toc_where_inner("needs", i, TOC_FIRST), TOC_BIT(TOC_DECL_SERVICE),
                          "service", "needs: ", v->text);
    return found;
}

// Each needs the next, the last the first.
static void report_gain(toc_scenario *s, const size_t *cycle, size_t count)
{
    const toc_model *m = &s->plan.model;
    size_t first = 0;
    toc_buf names = {0};
    for (size_t i = 0; i < count && i < CYCLE_SHOWN; i++)
        toc_buf_printf(&names, "%s\"%s\"", i ? " needs " : "", m->services[cycle[i]].id);
    if (count > CYCLE_SHOWN)
        toc_buf_printf(&names, " … %zu more …", count - CYCLE_SHOWN);
    while (s->drafts[first]->kind != TOC_DECL_SERVICE || s->drafts[first]->index != cycle[0])
        first++;
    toc_problem *problem = toc_draft_problem(
        s, s->drafts[first], "E0230", toc_where_value("needs"),
        "needs: this circle of sums hands on all of a loss, or more, so that it would never "
        "settle: %s needs \"%s\"",
        toc_buf_text(&names), m->services[cycle[0]].id);
    toc_problem_help(problem, "lower a strength in it, or use rule = \"min\"");
    toc_buf_fini(&names);
}
