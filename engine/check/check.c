// SPDX-License-Identifier: MIT
#include "check/check.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "pass.h"

static void look(toc_review *out, const toc_scenario *s, const toc_files *files);
static void summarise(toc_review *out, const toc_scenario *s);

toc_err toc_check(toc_review *out, toc_files *files, const toc_fetch *fetch, toc_error *e)
{
    toc_scenario *s = NULL;
    *out = (toc_review){0};
    toc_review_todos(out, files);
    toc_library_add(files);
    toc_err err = toc_scenario_load(&s, files, fetch, 1, TOC_SCENARIO_MEMORY, &out->problems, e);
    if (err && out->problems.count == 0)
        return err;
    if (!err) {
        out->scenario = s;
        summarise(out, s);
        look(out, s, files);
    }
    toc_problems_sort(&out->problems);
    return TOC_OK;
}

static void look(toc_review *out, const toc_scenario *s, const toc_files *files)
{
    toc_pass p = {.plan = toc_scenario_plan(s),
                  .uses = toc_scenario_uses(s),
                  .files = files,
                  .problems = &out->problems,
                  .locator = toc_locator_new(files),
                  .asked = toc_map_new(),
                  .begun = toc_map_new(),
                  .met = toc_map_new(),
                  .heard = toc_map_new()};
    p.inject_reach = toc_alloc((p.plan->inject_count + 1) * sizeof *p.inject_reach);
    p.has_clock = toc_pass_has_clock(&p);
    toc_pass_reach(&p);
    toc_pass_times(&p);
    toc_pass_options(&p);
    toc_pass_parts(&p);
    toc_pass_purpose(&p);
    toc_pass_load(&p, out);
    toc_map_free(p.asked);
    toc_map_free(p.begun);
    toc_map_free(p.met);
    toc_map_free(p.heard);
    toc_locator_free(p.locator);
    free(p.inject_reach);
}

static void summarise(toc_review *out, const toc_scenario *s)
{
    const toc_plan *p = toc_scenario_plan(s);
    out->id = toc_strdup(p->id);
    out->title = toc_strdup(p->title);
    out->marking = toc_strdup(p->marking);
    out->injects = p->inject_count;
    out->decisions = p->decision_count;
    for (size_t i = 0; i < p->decision_count; i++)
        out->options += p->decisions[i].option_count;
    out->teams = p->team_count;
    out->parties = p->party_count;
    out->objectives = p->objective_count;
    out->expectations = p->expectation_count;
    out->phases = p->phase_count;
    out->services = p->model.service_count;
    out->storylines = toc_uses_block_count(toc_scenario_uses(s));
    out->length_ms = p->length_ms;
}

void toc_review_count(const toc_review *r, size_t *errors, size_t *warnings)
{
    *errors = *warnings = 0;
    for (size_t i = 0; i < r->problems.count; i++)
        ++*(toc_problem_is_error(&r->problems.at[i]) ? errors : warnings);
}

void toc_review_fini(toc_review *r)
{
    toc_problems_fini(&r->problems);
    toc_scenario_free(r->scenario);
    free(r->id);
    free(r->title);
    free(r->marking);
    for (size_t i = 0; i < r->load_count; i++)
        free(r->loads[i].team);
    for (size_t i = 0; i < r->todo_count; i++)
        free(r->todos[i].file);
    free(r->loads);
    free(r->todos);
    *r = (toc_review){0};
}
