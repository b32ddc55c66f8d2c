// SPDX-License-Identifier: MIT
//
// The table `math`: what has one right answer on every machine. Sines and logarithms have not.

#include <math.h>

#include "base/mem.h"
#include "lib.h"

// Pushes a float that is whole as an integer, if it fits in one.
static void push_whole(lua_State *L, lua_Number n)
{
    if (n >= -0x1p63 && n < 0x1p63)
        lua_pushinteger(L, (lua_Integer)n);
    else
        lua_pushnumber(L, n);
}

static int math_abs(lua_State *L)
{
    lua_Number n = toc_arg_number(L, 1);
    if (lua_isinteger(L, 1)) {
        lua_Integer i = lua_tointeger(L, 1);
        lua_pushinteger(L, i < 0 ? (lua_Integer)(0u - (lua_Unsigned)i) : i);
    } else {
        lua_pushnumber(L, fabs(n));
    }
    return 1;
}

static int math_ceil(lua_State *L)
{
    lua_Number n = toc_arg_number(L, 1);
    if (lua_isinteger(L, 1))
        lua_settop(L, 1);
    else
        push_whole(L, ceil(n));
    return 1;
}

static int math_floor(lua_State *L)
{
    lua_Number n = toc_arg_number(L, 1);
    if (lua_isinteger(L, 1))
        lua_settop(L, 1);
    else
        push_whole(L, floor(n));
    return 1;
}

static int math_fmod(lua_State *L)
{
    lua_Number a = toc_arg_number(L, 1);
    lua_Number b = toc_arg_number(L, 2);
    if (!lua_isinteger(L, 1) || !lua_isinteger(L, 2)) {
        lua_pushnumber(L, fmod(a, b));
        return 1;
    }
    lua_Integer d = lua_tointeger(L, 2);
    luaL_argcheck(L, d != 0, 2, "zero");
    // The least integer divided by -1 overflows in C.
    lua_pushinteger(L, d == -1 ? 0 : lua_tointeger(L, 1) % d);
    return 1;
}

static int math_modf(lua_State *L)
{
    lua_Number n = toc_arg_number(L, 1);
    if (lua_isinteger(L, 1)) {
        lua_settop(L, 1);
        lua_pushnumber(L, 0);
        return 2;
    }
    lua_Number whole = n < 0 ? ceil(n) : floor(n);
    push_whole(L, whole);
    lua_pushnumber(L, n == whole ? 0 : n - whole);
    return 2;
}

static int pick(lua_State *L, bool is_max)
{
    int best = 1;
    int n = lua_gettop(L);
    toc_arg_number(L, 1);
    for (int i = 2; i <= n; i++) {
        toc_arg_number(L, i);
        if (is_max ? lua_compare(L, best, i, LUA_OPLT) : lua_compare(L, i, best, LUA_OPLT))
            best = i;
    }
    lua_pushvalue(L, best);
    return 1;
}

static int math_max(lua_State *L)
{
    return pick(L, true);
}

static int math_min(lua_State *L)
{
    return pick(L, false);
}

static int math_sqrt(lua_State *L)
{
    lua_pushnumber(L, sqrt(toc_arg_number(L, 1)));
    return 1;
}

static int math_tointeger(lua_State *L)
{
    luaL_checkany(L, 1);
    int is_whole = 0;
    lua_Integer n = lua_type(L, 1) == LUA_TNUMBER ? lua_tointegerx(L, 1, &is_whole) : 0;
    if (is_whole)
        lua_pushinteger(L, n);
    else
        luaL_pushfail(L);
    return 1;
}

static int math_type(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_type(L, 1) == LUA_TNUMBER)
        lua_pushstring(L, lua_isinteger(L, 1) ? "integer" : "float");
    else
        luaL_pushfail(L);
    return 1;
}

void toc_lib_math(toc_sandbox *s)
{
    static const luaL_Reg functions[] = {
        {"abs", math_abs},   {"ceil", math_ceil}, {"floor", math_floor},
        {"fmod", math_fmod}, {"max", math_max},   {"min", math_min},
        {"modf", math_modf}, {"sqrt", math_sqrt}, {"tointeger", math_tointeger},
        {"type", math_type}, {NULL, NULL},
    };
    lua_State *L = toc_sandbox_lua(s);
    luaL_newlib(L, functions);
    lua_pushnumber(L, HUGE_VAL);
    lua_setfield(L, -2, "huge");
    lua_pushnumber(L, 3.141592653589793);
    lua_setfield(L, -2, "pi");
    lua_pushinteger(L, LUA_MAXINTEGER);
    lua_setfield(L, -2, "maxinteger");
    lua_pushinteger(L, LUA_MININTEGER);
    lua_setfield(L, -2, "mininteger");
    toc_sandbox_lock(L, "math");
    toc_sandbox_global(s, "math");
}
