// SPDX-License-Identifier: MIT
#include "lib.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int wrong_type(lua_State *L, int arg, const char *wanted)
{
    const char *got = lua_isnone(L, arg) ? "no value" : luaL_typename(L, arg);
    char text[80];
    snprintf(text, sizeof text, "%s expected, got %s", wanted, got);
    return luaL_argerror(L, arg, text);
}

const char *toc_arg_text(lua_State *L, int arg, size_t *len)
{
    int type = lua_type(L, arg);
    if (type == LUA_TNUMBER) {
        char text[TOC_NUMBER_TEXT];
        lua_pushlstring(L, text, toc_number_text(L, arg, text));
        lua_replace(L, arg);
    } else if (type != LUA_TSTRING) {
        wrong_type(L, arg, "string");
    }
    return lua_tolstring(L, arg, len);
}

lua_Integer toc_arg_int(lua_State *L, int arg)
{
    if (lua_type(L, arg) != LUA_TNUMBER)
        wrong_type(L, arg, "number");
    int is_whole;
    lua_Integer n = lua_tointegerx(L, arg, &is_whole);
    if (!is_whole)
        luaL_argerror(L, arg, "a whole number expected");
    return n;
}

lua_Integer toc_arg_int_or(lua_State *L, int arg, lua_Integer otherwise)
{
    return lua_isnoneornil(L, arg) ? otherwise : toc_arg_int(L, arg);
}

lua_Number toc_arg_number(lua_State *L, int arg)
{
    if (lua_type(L, arg) != LUA_TNUMBER)
        wrong_type(L, arg, "number");
    return lua_tonumber(L, arg);
}

void toc_arg_list(lua_State *L, int arg)
{
    if (!lua_istable(L, arg))
        wrong_type(L, arg, "table");
}

void toc_arg_list_to_change(lua_State *L, int arg)
{
    toc_arg_list(L, arg);
    if (lua_getmetatable(L, arg))
        luaL_argerror(L, arg, "this table cannot be changed");
}

void toc_charge_bytes(lua_State *L, size_t n)
{
    toc_sandbox_charge(L, 1 + (int64_t)(n / 32));
}

size_t toc_number_plain(char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i < len; i++) {
        // All that printf can write but for the decimal point, which may be of several bytes.
        size_t point = strcspn(text + i, "0123456789+-eEinfatyINFATYxX ");
        if (point > 0) {
            text[i] = '.';
            memmove(text + i + 1, text + i + point, len - i - point + 1);
            return len - point + 1;
        }
    }
    return len;
}

size_t toc_number_text(lua_State *L, int index, char out[TOC_NUMBER_TEXT])
{
    if (lua_isinteger(L, index)) {
        snprintf(out, TOC_NUMBER_TEXT, "%lld", (long long)lua_tointeger(L, index));
        return strlen(out);
    }
    double n = lua_tonumber(L, index);
    if (isnan(n))
        snprintf(out, TOC_NUMBER_TEXT, "nan");
    else
        snprintf(out, TOC_NUMBER_TEXT, "%.14g", n);
    size_t len = toc_number_plain(out);
    if (out[strspn(out, "-0123456789")] == '\0') { // a float shows that it is one
        memcpy(out + len, ".0", 3);
        len += 2;
    }
    return len;
}

const char *toc_push_shown(lua_State *L, int index, size_t *len)
{
    char text[TOC_NUMBER_TEXT];
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        lua_pushvalue(L, index);
        break;
    case LUA_TNUMBER:
        lua_pushlstring(L, text, toc_number_text(L, index, text));
        break;
    case LUA_TBOOLEAN:
        lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
        break;
    default:
        lua_pushstring(L, luaL_typename(L, index));
        break;
    }
    return lua_tolstring(L, -1, len);
}

void toc_out_start(toc_out *o, lua_State *L)
{
    o->L = L;
    o->data = o->small;
    o->len = 0;
    o->capacity = sizeof o->small;
    lua_pushnil(L);
    o->slot = lua_gettop(L);
}

char *toc_out_room(toc_out *o, size_t n)
{
    if (n > TOC_SCRIPT_TEXT_MAX - o->len)
        toc_sandbox_raise(o->L, "a text of more than 64 KiB");
    if (n > o->capacity - o->len) {
        size_t capacity = o->capacity * 2 > o->len + n ? o->capacity * 2 : o->len + n;
        char *data = lua_newuserdatauv(o->L, capacity, 0);
        memcpy(data, o->data, o->len);
        lua_replace(o->L, o->slot);
        o->data = data;
        o->capacity = capacity;
    }
    return o->data + o->len;
}

void toc_out_add(toc_out *o, const char *bytes, size_t n)
{
    if (n > 0)
        memcpy(toc_out_room(o, n), bytes, n);
    o->len += n;
}

void toc_out_char(toc_out *o, char c)
{
    *toc_out_room(o, 1) = c;
    o->len++;
}

void toc_out_push(toc_out *o)
{
    lua_pushlstring(o->L, o->data, o->len);
}
