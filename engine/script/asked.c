// SPDX-License-Identifier: MIT
// Conditions are asked after every step, and most answers cannot have changed. A condition that said no is
// not asked again while everything that its answer came of is the same: what it was told by queries
// (facts), and the values that it can reach besides, which are its upvalues and those of the functions
// among them. Tables are not followed: a condition that can reach one is always asked. So are those with
// queries that no number stands for. What asking takes of the budget is taken all the same.

#include <lauxlib.h>
#include <string.h>

#include "base/mem.h"
#include "host.h"

enum {
    VALUES_MAX = 16, // that one condition can reach
    DEPTH_MAX = 4,   // functions that call functions
};

// A walk over what a function can reach, in an order of its own.
typedef struct {
    toc_scenario *s;
    lua_State *L;
    int list; // on the stack: the values of the walk before
    int count;
    bool is_taking; // the values go into the list; else they must be those in it
} reach;

static bool is_same(toc_scenario *s, const toc_asked *a, int function);
static bool take_values(toc_scenario *s, toc_asked *a, int function);
static bool walk(reach *r, int function, int depth);
static bool walk_value(reach *r, int depth);
static bool is_listed(const reach *r, int index);
static bool is_plain_function(lua_State *L, const toc_scenario *s, int index);

bool toc_asked_is_no(toc_scenario *s, const toc_exercise *x, toc_asked *a, int function)
{
    if (!a->is_kept || toc_sandbox_is_halted(s->sandbox))
        return false;
    for (size_t i = 0; i < a->fact_count; i++) {
        const toc_fact *f = &a->facts[i];
        if (toc_query_mark(x, f->query, f->a, f->b) != f->mark)
            return false;
    }
    // Values change only while code runs.
    uint64_t entries = toc_sandbox_entries(s->sandbox);
    if (a->value_count > 0 && a->entries != entries && !is_same(s, a, function))
        return false;
    a->entries = entries;
    return true;
}

// The values are those before it is asked: it may change them itself.
void toc_asked_begin(toc_scenario *s, toc_asked *a, int function)
{
    // Within a storyline's turn running out of memory here would be an error of that storyline.
    a->is_whole = s->depth == 0 && take_values(s, a, function);
    a->is_kept = a->hangs_on_time = false;
    a->queries = a->fact_count = 0;
    s->asking = a;
}

void toc_asked_end(toc_scenario *s, toc_asked *a, int function, bool is_no, int64_t units)
{
    a->is_kept = a->is_whole && is_no && a->queries == a->fact_count && is_same(s, a, function);
    a->units = units;
    a->entries = toc_sandbox_entries(s->sandbox);
}

void toc_time_note(toc_scenario *s)
{
    if (s->asking)
        s->asking->hangs_on_time = true;
}

void toc_fact_note(toc_scenario *s, toc_query query, size_t a, size_t b)
{
    toc_asked *asked = s->asking;
    if (!asked)
        return;
    int64_t mark = toc_query_mark(s->turn.x, query, a, b);
    for (size_t i = 0; i < asked->fact_count; i++) {
        const toc_fact *f = &asked->facts[i];
        if (f->query == query && f->a == a && f->b == b) {
            asked->queries -= f->mark == mark; // the same once more
            return;
        }
    }
    if (mark != TOC_MARK_NONE && asked->fact_count < TOC_FACTS_MAX)
        asked->facts[asked->fact_count++] = (toc_fact){query, a, b, mark};
}

void toc_asked_forget(toc_scenario *s)
{
    for (size_t i = 0; i < s->part_count; i++)
        s->parts[i]->asked.is_kept = false;
    for (size_t i = 0; i < s->plan.expectation_count; i++)
        s->asked_mets[i].is_kept = false;
}

static bool is_same(toc_scenario *s, const toc_asked *a, int function)
{
    reach r = {.s = s, .L = toc_sandbox_lua(s->sandbox)};
    int top = lua_gettop(r.L);
    lua_rawgeti(r.L, LUA_REGISTRYINDEX, a->values);
    r.list = lua_gettop(r.L);
    lua_rawgeti(r.L, LUA_REGISTRYINDEX, function);
    bool same = walk(&r, lua_gettop(r.L), 0) && (size_t)r.count == a->value_count;
    lua_settop(r.L, top);
    return same;
}

static bool take_values(toc_scenario *s, toc_asked *a, int function)
{
    reach r = {.s = s, .L = toc_sandbox_lua(s->sandbox), .is_taking = true};
    int top = lua_gettop(r.L);
    if (a->values == 0) {
        lua_createtable(r.L, VALUES_MAX, 0); // room for all: taking values takes no memory
        a->values = luaL_ref(r.L, LUA_REGISTRYINDEX);
    }
    lua_rawgeti(r.L, LUA_REGISTRYINDEX, a->values);
    r.list = lua_gettop(r.L);
    lua_rawgeti(r.L, LUA_REGISTRYINDEX, function);
    bool done = walk(&r, lua_gettop(r.L), 0);
    a->value_count = (size_t)r.count;
    lua_settop(r.L, top);
    return done;
}

// False: it can reach what cannot be compared, or what is compared differs.
static bool walk(reach *r, int function, int depth)
{
    if (depth > DEPTH_MAX || !lua_checkstack(r->L, 4))
        return false;
    for (int i = 1; lua_getupvalue(r->L, function, i); i++) {
        if (!toc_sandbox_is_env(r->L, -1) && !walk_value(r, depth))
            return false;
        lua_pop(r->L, 1);
    }
    return true;
}

// The value on top of the stack. Two floats may be equal and not the same (0.0 and -0.0), so floats are
// not followed either.
static bool walk_value(reach *r, int depth)
{
    int at = lua_gettop(r->L);
    int type = lua_type(r->L, at);
    bool is_plain = type == LUA_TNIL || type == LUA_TBOOLEAN || type == LUA_TSTRING ||
                    (type == LUA_TNUMBER && lua_isinteger(r->L, at));
    bool is_function = type == LUA_TFUNCTION;
    if ((!is_plain && !is_function) || r->count == VALUES_MAX)
        return false;
    r->count++;
    if (r->is_taking) {
        lua_pushvalue(r->L, at);
        lua_rawseti(r->L, r->list, r->count);
    } else if (!is_listed(r, at)) {
        return false;
    }
    if (!is_function)
        return true;
    if (lua_iscfunction(r->L, at))
        return is_plain_function(r->L, r->s, at);
    return walk(r, at, depth + 1);
}

static bool is_listed(const reach *r, int index)
{
    lua_rawgeti(r->L, r->list, r->count);
    bool same = lua_type(r->L, -1) == lua_type(r->L, index) && lua_rawequal(r->L, -1, index) &&
                lua_isinteger(r->L, -1) == lua_isinteger(r->L, index);
    lua_pop(r->L, 1);
    return same;
}

// One of the language or the library: those of our own whose first upvalue is the host, and those without
// upvalues. An iterator keeps its state in upvalues.
static bool is_plain_function(lua_State *L, const toc_scenario *s, int index)
{
    if (!lua_getupvalue(L, index, 1))
        return true;
    bool is_ours = lua_touserdata(L, -1) == s;
    lua_pop(L, 1);
    return is_ours;
}
