// SPDX-License-Identifier: MIT
// Loading: run scenario.lua, which leaves drafts; make the plan of them; or tell all that is wrong.

#include <lauxlib.h>
#include <stdlib.h>

#include "base/mem.h"
#include "host.h"
#include "uses.h"

static toc_err refuse(const toc_problems *problems, toc_error *e);
static int on_install(lua_State *L);

toc_err toc_scenario_load(toc_scenario **out, const toc_files *files, const toc_fetch *fetch,
                          uint64_t seed, size_t memory, toc_problems *problems, toc_error *e)
{
    *out = NULL;
    toc_scenario *s = toc_alloc(sizeof *s);
    s->files = files;
    s->fetch = fetch;
    s->seed = seed;
    s->ids = toc_map_new();
    toc_plan_init(&s->plan);
    toc_storyline_hooks(s);
    s->sandbox = toc_sandbox_new(memory);
    toc_err err = s->sandbox ? TOC_OK : toc_fail(e, TOC_ELIMIT, "no memory for a Lua state");
    if (err)
        goto fail;
    lua_State *L = toc_sandbox_lua(s->sandbox);
    lua_pushcfunction(L, on_install);
    lua_pushlightuserdata(L, s);
    err = toc_sandbox_call(s->sandbox, 1, 0, e);
    if (err)
        goto fail;
    toc_sandbox_budget(s->sandbox, TOC_SCRIPT_BUDGET_LOAD);
    s->turn = (toc_turn){.mode = TOC_MODE_LOAD};
    toc_module_run(s, "scenario.lua");
    s->turn = (toc_turn){0};
    toc_declare_finish(s);
    toc_parts_finish(s);
    toc_refs_resolve(s);
    toc_scan_sources(s);
    toc_problems_sort(&s->problems);
    if (s->problems.count > 0)
        err = refuse(&s->problems, e);
    if (err)
        goto fail;
    s->fetch = NULL; // borrowed for this call only
    s->largest = toc_sandbox_largest(s->sandbox);
    toc_storyline_sort(s);
    s->asked_mets = toc_alloc((s->plan.expectation_count + 1) * sizeof *s->asked_mets);
    *out = s;
    return TOC_OK;
fail:
    if (problems) {
        *problems = s->problems;
        s->problems = (toc_problems){0};
    }
    toc_scenario_free(s);
    return err;
}

void toc_scenario_free(toc_scenario *s)
{
    if (!s)
        return;
    toc_instances_fini(s);
    free(s->whens);
    free(s->ons);
    free(s->asked_mets);
    toc_talk_fini(s);
    toc_again_fini(s);
    toc_sandbox_free(s->sandbox);
    for (size_t i = 0; i < s->draft_count; i++)
        toc_draft_free(s->drafts[i]);
    for (size_t i = 0; i < s->part_count; i++)
        toc_part_free(s->parts[i]);
    for (size_t i = 0; i < s->module_count; i++)
        free(s->modules[i].path);
    free(s->drafts);
    free(s->parts);
    free(s->modules);
    free(s->texts);
    free(s->mets);
    toc_map_free(s->ids);
    toc_uses_free(s->uses);
    toc_problems_fini(&s->problems);
    toc_plan_fini(&s->plan);
    free(s);
}

void toc_scenario_cap(toc_scenario *s, size_t memory)
{
    toc_sandbox_cap(s->sandbox, memory);
}

const toc_plan *toc_scenario_plan(const toc_scenario *s)
{
    return &s->plan;
}

const toc_script *toc_scenario_script(toc_scenario *s)
{
    return &s->script;
}

const char *toc_lua_version(void)
{
    return LUA_RELEASE;
}

static toc_err refuse(const toc_problems *problems, toc_error *e)
{
    const toc_problem *first = &problems->at[0];
    return *first->file
               ? toc_fail(e, TOC_ESCENARIO, "%s:%d: %s", first->file, first->line, first->text)
               : toc_fail(e, TOC_ESCENARIO, "%s", first->text);
}

static int on_install(lua_State *L)
{
    toc_scenario *s = lua_touserdata(L, 1);
    toc_declare_install(s, L);
    toc_parts_install(s, L);
    toc_module_install(s, L);
    toc_action_install(s, L);
    toc_measure_install(s, L);
    toc_query_install(s, L);
    toc_world_install(s, L);
    toc_sandbox_advise(s->sandbox, toc_host_advise, s);
    return 0;
}
