// SPDX-License-Identifier: MIT
//
// The table string and the methods of texts, but for patterns (lib_pattern.c) and format (format.c).
// Letters are those of ASCII; nothing asks the locale.

#include <string.h>

#include "base/mem.h"
#include "lib.h"

// Where a text begins for a position that may count from its end: 1 and up.
static size_t first_position(lua_Integer n, size_t len)
{
    if (n > 0)
        return (size_t)n;
    if (n == 0 || n < -(lua_Integer)len)
        return 1;
    return len + (size_t)n + 1;
}

static size_t last_position(lua_Integer n, size_t len)
{
    if (n > (lua_Integer)len)
        return len;
    if (n >= 0)
        return (size_t)n;
    return n < -(lua_Integer)len ? 0 : len + (size_t)n + 1;
}

static int string_byte(lua_State *L)
{
    size_t len;
    const char *text = toc_arg_text(L, 1, &len);
    lua_Integer from = toc_arg_int_or(L, 2, 1);
    size_t first = first_position(from, len);
    size_t last = last_position(toc_arg_int_or(L, 3, from), len);
    if (first > last)
        return 0;
    if (last - first >= TOC_SCRIPT_VALUES_MAX)
        return toc_sandbox_raise(L, "string.byte gives at most %d values", TOC_SCRIPT_VALUES_MAX);
    int n = (int)(last - first) + 1;
    luaL_checkstack(L, n, "string.byte");
    for (int i = 0; i < n; i++)
        lua_pushinteger(L, (unsigned char)text[first - 1 + (size_t)i]);
    return n;
}

static int string_char(lua_State *L)
{
    int n = lua_gettop(L);
    toc_out o;
    toc_out_start(&o, L);
    for (int i = 1; i <= n; i++) {
        lua_Integer c = toc_arg_int(L, i);
        // No text holds a NUL: comparing two full of them would take a thousand times as long.
        luaL_argcheck(L, c >= 1 && c <= 255, i, "a byte from 1 to 255 expected");
        toc_out_char(&o, (char)(unsigned char)c);
    }
    toc_out_push(&o);
    return 1;
}

static int string_len(lua_State *L)
{
    size_t len;
    toc_arg_text(L, 1, &len);
    lua_pushinteger(L, (lua_Integer)len);
    return 1;
}

// Pushes the text at index 1 with every byte changed, in the same or the opposite order.
static int push_changed(lua_State *L, char first, char last, int by, bool is_reversed)
{
    size_t len;
    const char *text = toc_arg_text(L, 1, &len);
    toc_charge_bytes(L, len);
    toc_out o;
    toc_out_start(&o, L);
    char *out = toc_out_room(&o, len);
    for (size_t i = 0; i < len; i++) {
        char c = text[is_reversed ? len - 1 - i : i];
        out[i] = c >= first && c <= last ? (char)(c + by) : c;
    }
    o.len = len;
    toc_out_push(&o);
    return 1;
}

static int string_lower(lua_State *L)
{
    return push_changed(L, 'A', 'Z', 'a' - 'A', false);
}

static int string_upper(lua_State *L)
{
    return push_changed(L, 'a', 'z', 'A' - 'a', false);
}

static int string_reverse(lua_State *L)
{
    return push_changed(L, 1, 0, 0, true);
}

static int string_rep(lua_State *L)
{
    size_t len;
    size_t sep_len = 0;
    const char *text = toc_arg_text(L, 1, &len);
    lua_Integer n = toc_arg_int(L, 2);
    const char *sep = lua_isnoneornil(L, 3) ? "" : toc_arg_text(L, 3, &sep_len);
    size_t each = len + sep_len;
    toc_out o;
    toc_out_start(&o, L);
    if (n > 0 && each > 0) {
        // The last one has no separator after it.
        if ((lua_Unsigned)n > (TOC_SCRIPT_TEXT_MAX + sep_len) / each)
            return toc_sandbox_raise(L, "a text of more than 64 KiB");
        toc_charge_bytes(L, (size_t)n * each);
        toc_sandbox_charge(L, n / 4);
        toc_out_room(&o, (size_t)n * each - sep_len);
        for (; n > 1; n--) {
            toc_out_add(&o, text, len);
            toc_out_add(&o, sep, sep_len);
        }
        toc_out_add(&o, text, len);
    }
    toc_out_push(&o);
    return 1;
}

static int string_sub(lua_State *L)
{
    size_t len;
    const char *text = toc_arg_text(L, 1, &len);
    size_t first = first_position(toc_arg_int(L, 2), len);
    size_t last = last_position(toc_arg_int_or(L, 3, -1), len);
    size_t n = first <= last ? last - first + 1 : 0;
    toc_charge_bytes(L, n);
    lua_pushlstring(L, n > 0 ? text + first - 1 : "", n);
    return 1;
}

void toc_lib_string(toc_sandbox *s)
{
    static const luaL_Reg functions[] = {
        {"byte", string_byte},         {"char", string_char},
        {"find", toc_string_find},     {"format", toc_string_format},
        {"gmatch", toc_string_gmatch}, {"gsub", toc_string_gsub},
        {"len", string_len},           {"lower", string_lower},
        {"match", toc_string_match},   {"rep", string_rep},
        {"reverse", string_reverse},   {"sub", string_sub},
        {"upper", string_upper},       {NULL, NULL},
    };
    lua_State *L = toc_sandbox_lua(s);
    luaL_newlib(L, functions);
    toc_sandbox_lock(L, "string");
    // All texts share one metatable. It has no arithmetic: "10" + 1 is an error.
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pushliteral(L, "");
    lua_insert(L, -2);
    lua_setmetatable(L, -2); // stack: string, ""
    lua_pop(L, 1);
    toc_sandbox_global(s, "string");
}
