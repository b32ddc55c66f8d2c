// SPDX-License-Identifier: MIT
//
// The names authors can use. Their _ENV is an empty table whose metatable looks names up in a second
// one: so every assignment to a global arrives at on_assign, that to a known name too, and every
// unknown one at on_unknown. The tables string, table and math are locked in the same way.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "lib.h"

enum { WHY = 256 };

// Registry keys are the addresses of these.
static const char NAMES = 'n';
static const char ENV = 'e';

// Lua's own names that scenarios do without, and what to use instead.
static const struct {
    const char *name;
    const char *advice;
} missing[] = {
    {"_G", "names of your own are declared with local"},
    {"bit32", NULL},
    {"collectgarbage", NULL},
    {"coroutine", "a storyline can wait and ask"},
    {"debug", NULL},
    {"dofile", "use require"},
    {"getmetatable", NULL},
    {"io", "file \"texts/x.md\" reads a file of the scenario"},
    {"load", "use require"},
    {"loadfile", "use require"},
    {"loadstring", "use require"},
    {"math.random", "use random"},
    {"math.randomseed", "random draws from the seed of the run"},
    {"math.acos", "its results differ between machines"},
    {"math.asin", "its results differ between machines"},
    {"math.atan", "its results differ between machines"},
    {"math.cos", "its results differ between machines"},
    {"math.deg", NULL},
    {"math.exp", "its results differ between machines"},
    {"math.log", "its results differ between machines"},
    {"math.rad", NULL},
    {"math.sin", "its results differ between machines"},
    {"math.tan", "its results differ between machines"},
    {"math.ult", NULL},
    {"module", "use require"},
    {"next", "use pairs"},
    {"os", "now and story tell the time"},
    {"package", "use require"},
    {"print", "note writes to the record"},
    {"rawequal", NULL},
    {"rawget", NULL},
    {"rawlen", NULL},
    {"rawset", NULL},
    {"require", NULL},
    {"setmetatable", NULL},
    {"string.dump", NULL},
    {"string.pack", NULL},
    {"string.packsize", NULL},
    {"string.unpack", NULL},
    {"table.move", NULL},
    {"unpack", "use table.unpack"},
    {"utf8", NULL},
    {"warn", NULL},
    {"xpcall", "use pcall"},
};

static void say_unknown(lua_State *L, char *out, size_t size, const char *name);
static bool say_missing(char *out, size_t size, const char *name);
static const char *near_name(lua_State *L, const char *word);
static bool push_members(lua_State *L);
static int on_unknown(lua_State *L);
static int on_assign(lua_State *L);
static int on_unknown_member(lua_State *L);
static int on_locked(lua_State *L);

void toc_names_open(lua_State *L)
{
    lua_createtable(L, 0, 0);  // env
    lua_createtable(L, 0, 2);  // its metatable
    lua_createtable(L, 0, 64); // names
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, on_unknown);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2); // stack: env, metatable, names
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &NAMES);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, on_assign);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &ENV);
}

void toc_names_set(lua_State *L, const char *name)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &NAMES);
    lua_pushstring(L, name);
    lua_rotate(L, -3, -1); // stack: names, name, value
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

void toc_names_push_env(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &ENV);
}

void toc_sandbox_lock(lua_State *L, const char *name)
{
    lua_createtable(L, 0, 0);
    lua_insert(L, -2); // stack: lock, table
    lua_createtable(L, 0, 1);
    lua_pushstring(L, name);
    lua_pushcclosure(L, on_unknown_member, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_createtable(L, 0, 2); // stack: lock, table, metatable of the lock
    lua_insert(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, name);
    lua_pushcclosure(L, on_locked, 1);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
}

bool toc_names_lacks(lua_State *L, const char *name, char *why, size_t size)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &NAMES);
    lua_insert(L, 1);
    lua_pushstring(L, name);
    if (lua_rawget(L, 1) != LUA_TNIL)
        return false;
    say_unknown(L, why, size, name);
    return true;
}

bool toc_names_why(lua_State *L, const char *table, const char *name, char *why, size_t size)
{
    if (!*table && toc_sandbox_advice(L, name, why, size))
        return true;
    if (!*table)
        return toc_names_lacks(L, name, why, size);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &NAMES);
    lua_pushstring(L, table);
    lua_rawget(L, -2); // the lock
    if (!push_members(L))
        return false;
    lua_insert(L, 1);
    lua_pushstring(L, name);
    if (lua_rawget(L, 1) != LUA_TNIL)
        return false;
    char full[128];
    snprintf(full, sizeof full, "%.30s.%.60s", table, name);
    if (say_missing(why, size, full))
        return true;
    const char *near = near_name(L, name);
    if (near)
        snprintf(why, size, "unknown name '%s'; did you mean '%s.%s'?", full, table, near);
    else
        snprintf(why, size, "unknown name '%s'", full);
    return true;
}

// The names of the table at the top, which is left there: each with prefix and a dot before it.
static void each_name(lua_State *L, const char *prefix, toc_names_cb take, void *context)
{
    char full[128];
    int table = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            continue;
        const char *name = lua_tostring(L, -2);
        snprintf(full, sizeof full, "%s%s%.60s", prefix, *prefix ? "." : "", name);
        take(context, full);
        if (!*prefix && lua_istable(L, -1) && push_members(L)) {
            each_name(L, name, take, context);
            lua_pop(L, 1);
        }
    }
}

void toc_names_each(lua_State *L, toc_names_cb take, void *context)
{
    if (!lua_checkstack(L, 12))
        return;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &NAMES);
    each_name(L, "", take, context);
    lua_pop(L, 1);
}

// Pushes the table behind the lock on top, found without making anything: this is no time for errors.
static bool push_members(lua_State *L)
{
    if (!lua_getmetatable(L, -1))
        return false;
    int metatable = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, metatable); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING || strcmp(lua_tostring(L, -2), "__index") != 0)
            continue;
        lua_replace(L, metatable);
        lua_settop(L, metatable);
        return lua_istable(L, -1) || (lua_pop(L, 1), false);
    }
    lua_pop(L, 1);
    return false;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// The name in the table at index 1 that was probably meant, or NULL. Sorted first: which of two
// equally near names is taken must not depend on the order in the table.
static const char *near_name(lua_State *L, const char *word)
{
    size_t len = strlen(word);
    if (len > 40)
        return NULL;
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1))
        count++;
    toc_sandbox_charge(L, (int64_t)count * 4);
    const char **names = lua_newuserdatauv(L, (count + 1) * sizeof *names, 0);
    size_t n = 0;
    for (lua_pushnil(L); lua_next(L, 1) && n < count; lua_pop(L, 1)) {
        if (lua_type(L, -2) == LUA_TSTRING)
            names[n++] = lua_tostring(L, -2);
    }
    qsort(names, n, sizeof *names, by_text);
    return toc_text_near(word, names, n);
}

static bool say_missing(char *out, size_t size, const char *name)
{
    for (size_t i = 0; i < TOC_COUNT(missing); i++) {
        if (strcmp(missing[i].name, name) != 0)
            continue;
        snprintf(out, size, "%s is not available in scenarios%s%s", name,
                 missing[i].advice ? "; " : "", missing[i].advice ? missing[i].advice : "");
        return true;
    }
    return false;
}

// The names are in the table at index 1.
static void say_unknown(lua_State *L, char *out, size_t size, const char *name)
{
    if (say_missing(out, size, name))
        return;
    const char *near = near_name(L, name);
    if (near)
        snprintf(out, size, "unknown name '%.60s'; did you mean '%s'?", name, near);
    else
        snprintf(out, size,
                 "unknown name '%.60s'; names of your own are declared with local before they are "
                 "used",
                 name);
}

// Arguments: names, key.
static int on_unknown(lua_State *L)
{
    char why[WHY];
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    if (toc_sandbox_advice(L, name, why, sizeof why))
        return toc_sandbox_raise(L, "unknown name '%.60s'; %s", name, why);
    say_unknown(L, why, sizeof why, name);
    return toc_sandbox_raise(L, "%s", why);
}

// Arguments: env, key, value.
static int on_assign(lua_State *L)
{
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    lua_rawgetp(L, LUA_REGISTRYINDEX, &NAMES);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, -2) != LUA_TNIL)
        return toc_sandbox_raise(
            L,
            "'%.60s' belongs to the language and cannot be changed; take another name, with local",
            name);
    return toc_sandbox_raise(L, "'%.60s' is not declared; write local %.60s", name, name);
}

// Arguments: table, key. Upvalue: what the table is called.
static int on_unknown_member(lua_State *L)
{
    const char *table = lua_tostring(L, lua_upvalueindex(1));
    if (lua_type(L, 2) != LUA_TSTRING)
        return toc_sandbox_raise(L, "%s has names only, nothing under a %s", table,
                                 luaL_typename(L, 2));
    const char *key = lua_tostring(L, 2);
    char name[128];
    char why[WHY];
    snprintf(name, sizeof name, "%s.%.60s", table, key);
    if (say_missing(why, sizeof why, name))
        return toc_sandbox_raise(L, "%s", why);
    const char *near = near_name(L, key);
    if (near)
        return toc_sandbox_raise(L, "%s is unknown; did you mean %s.%s?", name, table, near);
    return toc_sandbox_raise(L, "%s is unknown", name);
}

static int on_locked(lua_State *L)
{
    return toc_sandbox_raise(L, "%s belongs to the language and cannot be changed",
                             lua_tostring(L, lua_upvalueindex(1)));
}
