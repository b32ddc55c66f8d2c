// SPDX-License-Identifier: MIT
// The same scenario played once more. What its scripts keep are locals of its files, so the files run
// again, from functions that were compiled once; the declarations among them only hand over their functions,
// for all else that they say was checked and taken at the load.

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "host.h"

enum { TEXTS_KEPT = 4 << 20 }; // bytes of texts that `file` gives

static void forget_play(toc_scenario *s);
static toc_err run_sources(toc_scenario *s, toc_error *e);
static const toc_code *find_code(const toc_scenario *s, const toc_file *f);

toc_err toc_scenario_again(toc_scenario *s, toc_error *e)
{
    if (toc_sandbox_is_halted(s->sandbox))
        return toc_fail(e, TOC_ELIMIT, "the scripts met their memory cap");
    forget_play(s);
    s->keeps_code = true;
    s->is_again = true;
    s->drafts_again = s->bodies_again = s->parts_again = 0;
    s->turn = (toc_turn){.mode = TOC_MODE_LOAD};
    toc_err err = run_sources(s, e);
    s->turn = (toc_turn){0};
    s->is_again = false;
    if (err)
        return err;
    size_t storylines = 0;
    for (size_t i = 0; i < s->part_count; i++)
        storylines += s->parts[i]->kind == TOC_PART_STORYLINE;
    if (s->has_differed || s->drafts_again != s->draft_count || s->parts_again != s->part_count ||
        s->bodies_again != s->draft_count + storylines)
        return toc_fail(e, TOC_EINTERNAL, "the scenario declared other things than at its load");
    return TOC_OK;
}

toc_err toc_again_load(toc_scenario *s, const toc_file *f, toc_error *e)
{
    const toc_code *kept = find_code(s, f);
    if (kept && toc_sandbox_load_kept(s->sandbox, kept->function, &kept->cost))
        return TOC_OK;
    toc_sandbox_cost before = toc_sandbox_meter(s->sandbox);
    toc_err err = toc_sandbox_load(s->sandbox, f->path, f->data, f->size, e);
    if (err || kept || !s->keeps_code)
        return err;
    toc_sandbox_cost after = toc_sandbox_meter(s->sandbox);
    lua_State *L = toc_sandbox_lua(s->sandbox);
    lua_pushvalue(L, -1);
    int function = luaL_ref(L, LUA_REGISTRYINDEX);
    TOC_GROW(s->codes, s->code_count, s->code_capacity);
    s->codes[s->code_count++] =
        (toc_code){f->data, function, {after.units - before.units, after.bytes - before.bytes}};
    return TOC_OK;
}

// Kept only while the files run again: what a text costs in play is counted where it is made.
void toc_again_text(toc_scenario *s, lua_State *L, const toc_file *f)
{
    if (!s->is_again || s->kept_bytes + f->size > TEXTS_KEPT) {
        lua_pushlstring(L, f->data, f->size);
        return;
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->kept_texts); // stack: texts
    if (lua_rawgetp(L, -1, f->data) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_pushlstring(L, f->data, f->size);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, -3, f->data);
        s->kept_bytes += f->size;
    }
    lua_remove(L, -2);
}

int toc_again_differs(toc_scenario *s, lua_State *L)
{
    s->has_differed = true; // whoever catches the error
    return toc_sandbox_raise(L, "this is not what was declared here before");
}

void toc_again_fini(toc_scenario *s)
{
    free(s->codes);
}

static void forget_play(toc_scenario *s)
{
    for (size_t i = 0; i < s->instance_count; i++) {
        toc_sandbox_release(s->sandbox, s->instances[i].ref);
        free(s->instances[i].failure);
    }
    s->instance_count = 0;
    for (size_t i = 0; i < s->module_count; i++) {
        toc_sandbox_release(s->sandbox, s->modules[i].value);
        free(s->modules[i].path);
    }
    s->module_count = 0;
    for (size_t i = 0; i < s->part_count; i++) {
        toc_part *p = s->parts[i];
        p->random = p->fresh;
        p->is_over = p->is_asked = p->is_at_once = false;
        p->begun = p->ended = 0;
    }
    s->depth = 0;
    s->born = 0;
    s->conditions_left = 0;
    toc_talk_clear(s);
    toc_asked_forget(s);
    toc_sandbox_again(s->sandbox, s->largest);
}

static toc_err run_sources(toc_scenario *s, toc_error *e)
{
    const toc_file *f = toc_files_find(s->files, "scenario.lua");
    if (s->kept_texts == 0) {
        lua_State *L = toc_sandbox_lua(s->sandbox);
        lua_createtable(L, 0, 0);
        s->kept_texts = luaL_ref(L, LUA_REGISTRYINDEX);
    }
    toc_err err = toc_again_load(s, f, e);
    if (!err)
        err = toc_sandbox_repeat(s->sandbox, 0, 0, e);
    if (!err || err == TOC_ELIMIT)
        return err;
    toc_error cause = *e;
    return toc_fail(e, TOC_EINTERNAL, "%.400s", cause.msg);
}

static const toc_code *find_code(const toc_scenario *s, const toc_file *f)
{
    for (size_t i = 0; i < s->code_count; i++)
        if (s->codes[i].data == f->data)
            return &s->codes[i];
    return NULL;
}
