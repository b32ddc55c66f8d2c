// SPDX-License-Identifier: MIT
//
// The base functions: assert error ipairs pairs pcall select tonumber tostring type.

#include <string.h>

#include "base/mem.h"
#include "lib.h"

static int base_assert(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_toboolean(L, 1))
        return lua_gettop(L);
    if (lua_isnoneornil(L, 2))
        return toc_sandbox_raise(L, "assertion failed");
    lua_settop(L, 2);
    return lua_error(L);
}

static int base_error(lua_State *L)
{
    lua_Integer level = toc_arg_int_or(L, 2, 1);
    lua_settop(L, 1);
    // A far level is not looked for: finding it costs as much as the stack is deep.
    if (lua_type(L, 1) == LUA_TSTRING && level >= 1 && level <= 8) {
        luaL_where(L, (int)level);
        lua_insert(L, 1);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int next_entry(lua_State *L)
{
    lua_Integer i = toc_arg_int(L, 2) + 1;
    toc_arg_list(L, 1);
    lua_pushinteger(L, i);
    return lua_rawgeti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

static int base_ipairs(lua_State *L)
{
    toc_arg_list(L, 1);
    lua_pushcfunction(L, next_entry);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

// What pcall gives: its results are on the stack above the first `below` values; on an error, the
// error is on top.
static int finish_pcall(lua_State *L, int status, lua_KContext below)
{
    if (status == LUA_OK || status == LUA_YIELD)
        return lua_gettop(L) - (int)below;
    toc_sandbox_caught(L, status);
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
}

static int base_pcall(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1); // stack: true, function, arguments
    int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_pcall);
    return finish_pcall(L, status, 0);
}

static int base_select(lua_State *L)
{
    int count = lua_gettop(L) - 1;
    size_t len;
    if (lua_type(L, 1) == LUA_TSTRING && strcmp(toc_arg_text(L, 1, &len), "#") == 0) {
        lua_pushinteger(L, count);
        return 1;
    }
    lua_Integer n = toc_arg_int(L, 1);
    if (n < 0)
        n += count + 1;
    luaL_argcheck(L, n >= 1, 1, "index out of range");
    return n > count ? 0 : count - (int)n + 1;
}

// A whole number in another base, as tonumber reads it; false if it is none.
static bool read_based(const char *p, lua_Integer base, lua_Integer *out)
{
    static const char space[] = " \f\n\r\t\v";
    p += strspn(p, space);
    bool is_negative = *p == '-';
    if (*p == '-' || *p == '+')
        p++;
    const char *start = p;
    lua_Unsigned n = 0;
    for (;; p++) {
        int digit = *p >= '0' && *p <= '9'   ? *p - '0'
                    : *p >= 'a' && *p <= 'z' ? *p - 'a' + 10
                    : *p >= 'A' && *p <= 'Z' ? *p - 'A' + 10
                                             : 36;
        if (digit >= base)
            break;
        n = n * (lua_Unsigned)base + (lua_Unsigned)digit;
    }
    if (p == start || p[strspn(p, space)] != '\0')
        return false;
    *out = (lua_Integer)(is_negative ? 0u - n : n);
    return true;
}

static int base_tonumber(lua_State *L)
{
    luaL_checkany(L, 1);
    size_t len;
    if (!lua_isnoneornil(L, 2)) {
        lua_Integer base = toc_arg_int(L, 2);
        luaL_argcheck(L, base >= 2 && base <= 36, 2, "base out of range");
        luaL_checktype(L, 1, LUA_TSTRING);
        const char *text = lua_tolstring(L, 1, &len);
        toc_sandbox_charge(L, 1 + (int64_t)(len / 8));
        lua_Integer n;
        if (!read_based(text, base, &n))
            return luaL_pushfail(L), 1;
        return lua_pushinteger(L, n), 1;
    }
    if (lua_type(L, 1) == LUA_TNUMBER)
        return lua_settop(L, 1), 1;
    if (lua_type(L, 1) == LUA_TSTRING) {
        const char *text = lua_tolstring(L, 1, &len);
        toc_sandbox_charge(L, 1 + (int64_t)(len / 8));
        // Some locales would take a comma for the point.
        if (!strchr(text, ',') && lua_stringtonumber(L, text) == len + 1)
            return 1;
    }
    return luaL_pushfail(L), 1;
}

static int base_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    toc_push_shown(L, 1, NULL);
    return 1;
}

static int base_type(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushstring(L, luaL_typename(L, 1));
    return 1;
}

void toc_lib_base(toc_sandbox *s)
{
    static const luaL_Reg functions[] = {
        {"assert", base_assert},     {"error", base_error},       {"ipairs", base_ipairs},
        {"pairs", toc_base_pairs},   {"pcall", base_pcall},       {"select", base_select},
        {"tonumber", base_tonumber}, {"tostring", base_tostring}, {"type", base_type},
    };
    for (size_t i = 0; i < TOC_COUNT(functions); i++) {
        lua_pushcfunction(toc_sandbox_lua(s), functions[i].func);
        toc_sandbox_global(s, functions[i].name);
    }
}
