// SPDX-License-Identifier: MIT
//
// The table `table`: concat insert pack remove sort unpack. Lists are read as they are, no metatable
// takes part, so a length is the number of entries and every loop here is as long as a list.

#include <string.h>

#include "base/mem.h"
#include "lib.h"

static lua_Integer list_length(lua_State *L, int arg)
{
    return (lua_Integer)lua_rawlen(L, arg);
}

static int table_concat(lua_State *L)
{
    size_t sep_len = 0;
    toc_arg_list(L, 1);
    const char *sep = lua_isnoneornil(L, 2) ? "" : toc_arg_text(L, 2, &sep_len);
    lua_Integer i = toc_arg_int_or(L, 3, 1);
    lua_Integer last = lua_isnoneornil(L, 4) ? list_length(L, 1) : toc_arg_int(L, 4);
    toc_out o;
    toc_out_start(&o, L);
    for (; i <= last; i++) {
        int type = lua_rawgeti(L, 1, i);
        if (type != LUA_TSTRING && type != LUA_TNUMBER)
            return toc_sandbox_raise(L, "table.concat joins texts and numbers; entry %lld is a %s",
                                     (long long)i, luaL_typename(L, -1));
        size_t len;
        const char *text = toc_push_shown(L, -1, &len);
        toc_charge_bytes(L, len + sep_len + 32);
        toc_out_add(&o, text, len);
        if (i == last)
            break; // before i can overflow
        toc_out_add(&o, sep, sep_len);
        lua_pop(L, 2);
    }
    toc_out_push(&o);
    return 1;
}

static int table_insert(lua_State *L)
{
    toc_arg_list_to_change(L, 1);
    lua_Integer end = list_length(L, 1) + 1;
    if (lua_gettop(L) == 2) {
        lua_rawseti(L, 1, end);
        return 0;
    }
    if (lua_gettop(L) != 3)
        return toc_sandbox_raise(L, "table.insert wants a list, perhaps a position, and a value");
    lua_Integer at = toc_arg_int(L, 2);
    luaL_argcheck(L, at >= 1 && at <= end, 2, "position out of bounds");
    toc_sandbox_charge(L, (end - at) / 2);
    for (lua_Integer i = end; i > at; i--) {
        lua_rawgeti(L, 1, i - 1);
        lua_rawseti(L, 1, i);
    }
    lua_rawseti(L, 1, at);
    return 0;
}

static int table_remove(lua_State *L)
{
    toc_arg_list_to_change(L, 1);
    lua_Integer size = list_length(L, 1);
    lua_Integer at = toc_arg_int_or(L, 2, size);
    // Just behind the end is all right, and so is 0 for an empty list.
    luaL_argcheck(L, (at >= 1 && at <= size + 1) || (size == 0 && at == 0), 2,
                  "position out of bounds");
    toc_sandbox_charge(L, at < size ? (size - at) / 2 : 0);
    lua_rawgeti(L, 1, at);
    for (; at < size; at++) {
        lua_rawgeti(L, 1, at + 1);
        lua_rawseti(L, 1, at);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, at);
    return 1;
}

static int table_pack(lua_State *L)
{
    int n = lua_gettop(L);
    lua_createtable(L, n, 1);
    lua_insert(L, 1);
    for (int i = n; i >= 1; i--)
        lua_rawseti(L, 1, i);
    lua_pushinteger(L, n);
    lua_setfield(L, 1, "n");
    return 1;
}

static int table_unpack(lua_State *L)
{
    toc_arg_list(L, 1);
    lua_Integer first = toc_arg_int_or(L, 2, 1);
    lua_Integer last = lua_isnoneornil(L, 3) ? list_length(L, 1) : toc_arg_int(L, 3);
    if (first > last)
        return 0;
    lua_Unsigned n = (lua_Unsigned)last - (lua_Unsigned)first;
    if (n >= TOC_SCRIPT_VALUES_MAX)
        return toc_sandbox_raise(L, "table.unpack gives at most %d values", TOC_SCRIPT_VALUES_MAX);
    luaL_checkstack(L, (int)n + 1, "table.unpack");
    for (lua_Unsigned i = 0; i <= n; i++)
        lua_rawgeti(L, 1, (lua_Integer)((lua_Unsigned)first + i));
    toc_sandbox_charge(L, (int64_t)(n / 8));
    return (int)n + 1;
}

// Is the value on top less than the one below it? Both are popped. The order that sorts without a
// function know is that of numbers and of texts, byte by byte: < would ask the locale.
static bool is_less_plainly(lua_State *L)
{
    bool is_less = false;
    int type = lua_type(L, -1);
    if (type == LUA_TNUMBER && lua_type(L, -2) == type) {
        is_less = lua_compare(L, -1, -2, LUA_OPLT);
    } else if (type == LUA_TSTRING && lua_type(L, -2) == type) {
        size_t a_len;
        size_t b_len;
        const char *a = lua_tolstring(L, -1, &a_len);
        const char *b = lua_tolstring(L, -2, &b_len);
        toc_charge_bytes(L, a_len < b_len ? a_len : b_len);
        int c = memcmp(a, b, a_len < b_len ? a_len : b_len);
        is_less = c != 0 ? c < 0 : a_len < b_len;
    } else {
        toc_sandbox_raise(L, "table.sort cannot compare a %s with a %s; give it a function",
                          luaL_typename(L, -2), luaL_typename(L, -1));
    }
    lua_pop(L, 2);
    return is_less;
}

// The same through the author's function at index 2.
static bool is_less(lua_State *L)
{
    if (lua_isnil(L, 2))
        return is_less_plainly(L);
    lua_pushvalue(L, 2);
    lua_insert(L, -3); // stack: function, below, top
    lua_insert(L, -2); // stack: function, top, below
    lua_call(L, 2, 1);
    bool result = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return result;
}

// Merges from[a..middle) and from[middle..end) into to[a..end); from and to are stack indices of
// lists. An entry of the right half goes first only if it is less: that keeps equal ones in order.
static void merge(lua_State *L, int from, int to, lua_Integer a, lua_Integer middle,
                  lua_Integer end)
{
    lua_Integer b = middle;
    for (lua_Integer out = a; out < end; out++) {
        bool is_right = a == middle;
        if (!is_right && b < end) {
            lua_rawgeti(L, from, a);
            lua_rawgeti(L, from, b);
            is_right = is_less(L);
        }
        lua_rawgeti(L, from, is_right ? b++ : a++);
        lua_rawseti(L, to, out);
    }
}

static void copy_list(lua_State *L, int from, int to, lua_Integer n)
{
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, from, i);
        lua_rawseti(L, to, i);
    }
}

// A merge sort, stable, on copies: whatever the author's function does or raises, the list itself
// changes at the end only, and all at once.
static int table_sort(lua_State *L)
{
    toc_arg_list_to_change(L, 1);
    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_Integer n = list_length(L, 1);
    toc_sandbox_charge(L, n);
    if (n < 2)
        return 0;
    if (n > INT32_MAX)
        return luaL_argerror(L, 1, "list too long");
    lua_createtable(L, (int)n, 0);
    lua_createtable(L, (int)n, 0);
    int from = 3;
    int to = 4;
    copy_list(L, 1, from, n);
    for (lua_Integer width = 1; width < n; width *= 2) {
        toc_sandbox_charge(L, n * 2);
        for (lua_Integer a = 1; a <= n; a += 2 * width) {
            lua_Integer middle = a + width <= n ? a + width : n + 1;
            lua_Integer end = middle + width <= n ? middle + width : n + 1;
            merge(L, from, to, a, middle, end);
        }
        from = 7 - from;
        to = 7 - to;
    }
    copy_list(L, from, 1, n);
    return 0;
}

void toc_lib_table(toc_sandbox *s)
{
    static const luaL_Reg functions[] = {
        {"concat", table_concat},
        {"insert", table_insert},
        {"pack", table_pack},
        {"remove", table_remove},
        {"sort", table_sort},
        {"unpack", table_unpack},
        {NULL, NULL},
    };
    lua_State *L = toc_sandbox_lua(s);
    luaL_newlib(L, functions);
    toc_sandbox_lock(L, "table");
    toc_sandbox_global(s, "table");
}
