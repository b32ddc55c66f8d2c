// SPDX-License-Identifier: MIT
//
// pairs in a defined order: Lua's own is another one in every process. Numbers come first, ascending,
// then texts, byte by byte, then false and true. The order is taken when the loop begins; what is
// added during the loop is not seen, what is removed is skipped.

#include <math.h>
#include <string.h>

#include "lib.h"

typedef struct {
    int type; // LUA_T…
    bool is_float;
    bool is_true;
    lua_Integer integer;
    lua_Number number;
    const char *text; // kept alive by the list of keys
    size_t len;
    lua_Integer at; // place in the list of keys
} key;

// A loop's state. It and the list of keys are upvalues of the loop's iterator.
typedef struct {
    size_t count;
    size_t next;
    lua_Integer order[];
} walk;

static int next_pair(lua_State *L);
static void sort_keys(key *keys, key *spare, size_t count);

static int compare_texts(const key *a, const key *b)
{
    size_t n = a->len < b->len ? a->len : b->len;
    int c = memcmp(a->text, b->text, n);
    return c != 0 ? c : (a->len > b->len) - (a->len < b->len);
}

// An integer against a float that is no integer (Lua turns those that are into integers), exactly.
static int compare_mixed(lua_Integer a, lua_Number b)
{
    if (b >= 0x1p63)
        return -1;
    if (b < -0x1p63)
        return 1;
    return a <= (lua_Integer)floor(b) ? -1 : 1;
}

static int compare_numbers(const key *a, const key *b)
{
    if (a->is_float && b->is_float)
        return (a->number > b->number) - (a->number < b->number);
    if (!a->is_float && !b->is_float)
        return (a->integer > b->integer) - (a->integer < b->integer);
    return a->is_float ? -compare_mixed(b->integer, a->number)
                       : compare_mixed(a->integer, b->number);
}

static int rank(const key *k)
{
    return k->type == LUA_TNUMBER ? 0 : k->type == LUA_TSTRING ? 1 : 2;
}

static int compare_keys(const key *a, const key *b)
{
    if (rank(a) != rank(b))
        return rank(a) - rank(b);
    if (a->type == LUA_TNUMBER)
        return compare_numbers(a, b);
    if (a->type == LUA_TSTRING)
        return compare_texts(a, b);
    return a->is_true - b->is_true;
}

// False for a key that has no place in the order.
static bool read_key(lua_State *L, int index, key *k)
{
    k->type = lua_type(L, index);
    switch (k->type) {
    case LUA_TNUMBER:
        k->is_float = !lua_isinteger(L, index);
        k->integer = k->is_float ? 0 : lua_tointeger(L, index);
        k->number = lua_tonumber(L, index);
        break;
    case LUA_TSTRING:
        k->text = lua_tolstring(L, index, &k->len);
        break;
    case LUA_TBOOLEAN:
        k->is_true = lua_toboolean(L, index);
        break;
    default:
        return false;
    }
    return true;
}

// What sorting n keys costs: n log n.
static int64_t sort_units(size_t n)
{
    int64_t units = 40; // for the loop itself
    for (size_t width = 1; width < n; width *= 2)
        units += (int64_t)n;
    return units + (int64_t)n * 4;
}

// Pushes a list of the keys of the table at index 1 and gives their number.
static size_t push_keys(lua_State *L)
{
    lua_Integer n = 0;
    lua_createtable(L, 0, 0);
    for (lua_pushnil(L); lua_next(L, 1); n++) { // stack: keys, key, value
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, n + 1);
    }
    return (size_t)n;
}

int toc_base_pairs(lua_State *L)
{
    toc_arg_list(L, 1);
    if (lua_getmetatable(L, 1))
        return luaL_argerror(L, 1, "this table cannot be listed");
    lua_settop(L, 1);
    toc_sandbox_scanned(L);
    size_t count = push_keys(L);
    toc_sandbox_charge(L, sort_units(count));
    walk *w = lua_newuserdatauv(L, sizeof *w + count * sizeof *w->order, 0);
    key *keys = lua_newuserdatauv(L, (2 * count + 1) * sizeof *keys, 0);
    int bad =
        LUA_TNONE; // the keys come in another order in every process: the highest type is told
    for (size_t i = 0; i < count; i++) { // stack: table, keys, walk, scratch
        lua_rawgeti(L, 2, (lua_Integer)i + 1);
        keys[i].at = (lua_Integer)i + 1;
        if (!read_key(L, -1, &keys[i]) && keys[i].type > bad)
            bad = keys[i].type;
        lua_pop(L, 1);
    }
    if (bad != LUA_TNONE)
        return toc_sandbox_raise(L, "pairs cannot order a table that has a %s for a key",
                                 lua_typename(L, bad));
    sort_keys(keys, keys + count, count);
    w->count = count;
    w->next = 0;
    for (size_t i = 0; i < count; i++)
        w->order[i] = keys[i].at;
    lua_settop(L, 3);
    lua_pushcclosure(L, next_pair, 2);
    lua_insert(L, 1);
    lua_pushnil(L);
    return 3;
}

// Argument: table (and the key before, which is not needed). Upvalues: keys, walk.
static int next_pair(lua_State *L)
{
    walk *w = lua_touserdata(L, lua_upvalueindex(2));
    int64_t skipped = 0;
    toc_arg_list(L, 1);
    lua_settop(L, 1);
    while (w->next < w->count) {
        lua_rawgeti(L, lua_upvalueindex(1), w->order[w->next++]);
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL)
            return 2;
        lua_settop(L, 1);
        if (++skipped % 8 == 0)
            toc_sandbox_charge(L, 8);
    }
    lua_pushnil(L);
    return 1;
}

// A merge sort: no two keys are equal, so any exact sort gives the same order.
static void sort_keys(key *keys, key *spare, size_t count)
{
    if (count < 2)
        return;
    size_t half = count / 2;
    sort_keys(keys, spare, half);
    sort_keys(keys + half, spare, count - half);
    memcpy(spare, keys, half * sizeof *keys);
    size_t a = 0;
    size_t b = half;
    for (size_t out = 0; a < half; out++) {
        bool is_right = b < count && compare_keys(&keys[b], &spare[a]) < 0;
        keys[out] = is_right ? keys[b++] : spare[a++];
    }
}
