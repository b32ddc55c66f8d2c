// SPDX-License-Identifier: MIT
// What everything is for: objectives and their evidence, teams and their tasks, and what controllers need.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pass.h"

static void check_objectives(toc_pass *p);
static void check_teams(toc_pass *p);
static void check_expectations(toc_pass *p);
static void warn_of_injects(toc_pass *p);
static void warn_of_tasks(toc_pass *p);

void toc_pass_purpose(toc_pass *p)
{
    check_objectives(p);
    check_teams(p);
    check_expectations(p);
    warn_of_injects(p);
    warn_of_tasks(p);
}

static void check_objectives(toc_pass *p)
{
    const toc_plan *plan = p->plan;
    toc_map *shown = toc_map_new();
    int64_t found;
    for (size_t i = 0; i < plan->decision_count; i++)
        if (plan->decisions[i].objective)
            toc_map_put(shown, plan->decisions[i].objective, 1);
    for (size_t i = 0; i < plan->expectation_count; i++)
        if (plan->expectations[i].objective)
            toc_map_put(shown, plan->expectations[i].objective, 1);
    for (size_t i = 0; i < plan->objective_count; i++) {
        const toc_objective *objective = &plan->objectives[i];
        if (toc_map_get(shown, objective->id, &found))
            continue;
        toc_problem *o = toc_pass_tell(p, "E0308", "objective", objective->id, &objective->place,
                                       NULL, "objective \"%s\" has no evidence", objective->id);
        toc_problem_label(o, "nothing will show it");
        toc_problem_help(o,
                         "give a decision or an expected action objective = \"%s\": what teams "
                         "decide and do is the evidence, what they are sent is not",
                         objective->id);
    }
    toc_map_free(shown);
}

static void check_teams(toc_pass *p)
{
    const toc_plan *plan = p->plan;
    bool *has_task = toc_alloc((plan->team_count + 1) * sizeof *has_task);
    for (size_t i = 0; i < plan->inject_count; i++)
        for (size_t k = 0; k < plan->injects[i].to_count; k++)
            has_task[plan->injects[i].to[k]] = true;
    for (size_t i = 0; i < plan->decision_count; i++) {
        size_t team = toc_plan_team(plan, plan->decisions[i].team);
        if (team != TOC_NONE)
            has_task[team] = true;
    }
    for (size_t i = 0; i < plan->expectation_count; i++)
        has_task[plan->expectations[i].team] = true;
    for (size_t i = 0; i < plan->team_count; i++) {
        const toc_team *team = &plan->teams[i];
        if (has_task[i])
            continue;
        toc_problem *o = toc_pass_tell(
            p, "E0309", "team", team->id, &team->place, NULL,
            "team \"%s\" has nothing to do: no inject, decision or expected action", team->id);
        toc_problem_label(o, "nothing comes to it");
        toc_problem_help(o, "send it injects, ask it to decide, or take the team out");
    }
    free(has_task);
}

// Whose deadline is known for certain.
static void check_expectations(toc_pass *p)
{
    char due[32], met[32];
    for (size_t i = 0; i < p->plan->expectation_count; i++) {
        const toc_expectation *x = &p->plan->expectations[i];
        int64_t earliest;
        bool is_by_code = toc_map_get(p->met, x->id, &earliest);
        if (x->has_condition || x->product || toc_uses_may_mean(p->uses, TOC_USE_MET, x->id))
            continue;
        if (!is_by_code) {
            toc_problem *o = toc_pass_tell(p, "E0311", "expect", x->id, &x->place, NULL,
                                           "expected action \"%s\": nothing can meet it", x->id);
            toc_problem_label(o, "always missed");
            toc_problem_help(o,
                             "say what meets it: met = function () return said(\"%s\", …) end, a "
                             "product to hand in, or met \"%s\" in a storyline",
                             p->plan->teams[x->team].id, x->id);
        } else if (x->by.kind == TOC_AT_PLAY && earliest > x->by.ms) {
            toc_problem *o =
                toc_pass_tell(p, "E0311", "expect", x->id, &x->place, "by",
                              "expected action \"%s\" is due at %s, and no storyline can meet it "
                              "before %s",
                              x->id, toc_pass_time(due, x->by.ms), toc_pass_time(met, earliest));
            toc_problem_label(o, "too early");
            toc_problem_help(o, "make it due later, or meet it earlier");
        }
    }
}

// ---- for planners ----------------------------------------------------------------------------------

static void warn_of_injects(toc_pass *p)
{
    for (size_t i = 0; i < p->plan->inject_count; i++) {
        const toc_inject *inject = &p->plan->injects[i];
        if (!inject->objective && p->plan->objective_count > 0) {
            toc_problem *o = toc_pass_tell(p, "W0401", "inject", inject->id, &inject->place, NULL,
                                           "inject \"%s\" serves no objective", inject->id);
            toc_problem_label(o, "what is it for?");
            toc_problem_help(o, "name the objective that it serves: objective = \"%s\"",
                             p->plan->objectives[0].id);
        }
        if (inject->manual && (!inject->notes || !*inject->notes)) {
            toc_problem *o = toc_pass_tell(
                p, "W0408", "inject", inject->id, &inject->place, NULL,
                "inject \"%s\" waits for EXCON, and nobody says for what", inject->id);
            toc_problem_label(o, "no notes");
            toc_problem_help(o, "tell the controller when to release it: notes = \"When …\"");
        }
    }
}

static void warn_of_task(toc_pass *p, const char *word, const char *noun, const char *id,
                         const toc_place *place)
{
    toc_problem *o =
        toc_pass_tell(p, "W0402", word, id, place, NULL, "%s \"%s\" serves no objective", noun, id);
    toc_problem_label(o, "evidence of what?");
    toc_problem_help(o, "name the objective that it shows: objective = \"%s\"",
                     p->plan->objectives[0].id);
}

static void warn_of_tasks(toc_pass *p)
{
    const toc_plan *plan = p->plan;
    bool has_objectives = plan->objective_count > 0;
    for (size_t i = 0; has_objectives && i < plan->expectation_count; i++)
        if (!plan->expectations[i].objective)
            warn_of_task(p, "expect", "expected action", plan->expectations[i].id,
                         &plan->expectations[i].place);
    // Code that knows of overdue may say for itself what happens then.
    bool is_handled = toc_uses_mentions(p->uses, "overdue");
    for (size_t i = 0; i < plan->decision_count; i++) {
        const toc_decision *d = &plan->decisions[i];
        if (has_objectives && !d->objective)
            warn_of_task(p, "decision", "decision", d->id, &d->place);
        if (d->fallback || d->option_count == 0 || is_handled || strcmp(d->team, "excon") == 0)
            continue;
        toc_problem *o = toc_pass_tell(p, "W0407", "decision", d->id, &d->place, NULL,
                                       "decision \"%s\" has no default", d->id);
        toc_problem_label(o, "what if nobody answers?");
        toc_problem_help(o, "name the option that holds when the time is over: default = \"%s\"",
                         d->options[0]);
    }
}
