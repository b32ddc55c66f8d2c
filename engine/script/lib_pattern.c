// SPDX-License-Identifier: MIT
//
// find, match, gmatch and gsub over the matcher of match.h. Its steps are limited for each call, by
// the budget too, and charged.

#include <string.h>

#include "lib.h"
#include "match.h"

// Steps of one call: enough for any sensible pattern on a short text, and for one that looks at each
// character of a long one a few times.
#define STEPS_CALL 200000
#define STEPS_BYTE 16
#define STEPS_UNIT 4 // about what a VM instruction takes

// A call's state. `paid` is what m.steps was when steps were charged last.
typedef struct {
    toc_match m;
    int64_t paid;
} search;

// A loop of gmatch; upvalues of the iterator are the text and this.
typedef struct {
    size_t from;
    size_t last_end; // of the match before, or SIZE_MAX
    max_align_t pattern[];
} walk;

// Pushes a block of `before` bytes followed by the compiled pattern at index arg.
static void *push_pattern(lua_State *L, int arg, size_t before, bool has_anchor)
{
    size_t len;
    const char *text = toc_arg_text(L, arg, &len);
    toc_sandbox_charge(L, 4 + (int64_t)len);
    luaL_argcheck(L, len <= TOC_PATTERN_MAX, arg, "the pattern is longer than 1024 bytes");
    char *block = lua_newuserdatauv(L, before + toc_pattern_size(len), 0);
    const char *wrong = toc_pattern_compile((void *)(block + before), text, len, has_anchor);
    if (wrong)
        toc_sandbox_raise(L, "%s", wrong);
    return block;
}

static void start_search(search *s, lua_State *L, toc_pattern *p, const char *text, size_t len)
{
    int64_t limit = STEPS_CALL + STEPS_BYTE * (int64_t)len;
    int64_t left = (toc_sandbox_budget_left(toc_sandbox_of(L)) + 1) * STEPS_UNIT;
    s->m.pattern = p;
    s->m.subject = text;
    s->m.len = len;
    s->m.steps = left < limit ? left : limit;
    s->paid = s->m.steps;
}

// Charges the steps since the last time, and raises if the matcher gave up.
static void pay(search *s, lua_State *L)
{
    toc_sandbox_charge(L, 1 + (s->paid - s->m.steps) / STEPS_UNIT);
    s->paid = s->m.steps;
    if (s->m.steps < 0)
        toc_sandbox_raise(L, "the pattern takes too long on this text; make it simpler");
}

static void push_capture(lua_State *L, const toc_match *m, int i)
{
    const toc_capture *c = &m->captures[i];
    if (c->len == TOC_CAPTURE_POSITION)
        lua_pushinteger(L, (lua_Integer)c->at + 1);
    else
        lua_pushlstring(L, m->subject + c->at, c->len);
}

// The captures, or the whole match if the pattern has none and it is wanted then.
static int push_captures(lua_State *L, const toc_match *m, bool or_whole)
{
    int n = toc_pattern_captures(m->pattern);
    luaL_checkstack(L, n + 1, "captures");
    for (int i = 0; i < n; i++)
        push_capture(L, m, i);
    if (n > 0 || !or_whole)
        return n;
    lua_pushlstring(L, m->subject + m->start, m->end - m->start);
    return 1;
}

// The offset that a starting position means; more than len if it is behind the end.
static size_t start_offset(lua_State *L, int arg, size_t len)
{
    lua_Integer n = toc_arg_int_or(L, arg, 1);
    if (n > 0)
        return (size_t)n - 1;
    return n == 0 || n < -(lua_Integer)len ? 0 : len + (size_t)n;
}

// Looks for a plain text. Gives its offset, or SIZE_MAX.
static size_t find_plain(search *s, const char *word, size_t word_len, size_t from)
{
    toc_match *m = &s->m;
    while (m->len - from >= word_len && --m->steps >= 0) {
        if (word_len == 0)
            return from;
        size_t places = m->len - from - word_len + 1;
        const char *p = memchr(m->subject + from, word[0], places);
        if (!p)
            return SIZE_MAX;
        from = (size_t)(p - m->subject);
        size_t same = 1;
        while (same < word_len && p[same] == word[same])
            same++;
        if (same == word_len)
            return from;
        m->steps -= (int64_t)same;
        from++;
    }
    return SIZE_MAX;
}

static int find_as_text(lua_State *L, const char *text, size_t len, size_t from)
{
    size_t word_len;
    const char *word = toc_arg_text(L, 2, &word_len);
    search s;
    start_search(&s, L, NULL, text, len);
    toc_charge_bytes(L, len - from + word_len);
    size_t at = find_plain(&s, word, word_len, from);
    pay(&s, L);
    if (at == SIZE_MAX)
        return luaL_pushfail(L), 1;
    lua_pushinteger(L, (lua_Integer)at + 1);
    lua_pushinteger(L, (lua_Integer)at + (lua_Integer)word_len);
    return 2;
}

static int find(lua_State *L, bool is_find)
{
    size_t len;
    size_t pattern_len;
    const char *text = toc_arg_text(L, 1, &len);
    const char *pattern = toc_arg_text(L, 2, &pattern_len);
    size_t from = start_offset(L, 3, len);
    if (from > len)
        return luaL_pushfail(L), 1;
    if (is_find && (lua_toboolean(L, 4) || !strpbrk(pattern, "^$*+?.([%-")))
        return find_as_text(L, text, len, from);
    search s;
    start_search(&s, L, push_pattern(L, 2, 0, true), text, len);
    bool is_found = toc_match_find(&s.m, from);
    pay(&s, L);
    if (!is_found)
        return luaL_pushfail(L), 1;
    if (!is_find)
        return push_captures(L, &s.m, true);
    lua_pushinteger(L, (lua_Integer)s.m.start + 1);
    lua_pushinteger(L, (lua_Integer)s.m.end);
    return 2 + push_captures(L, &s.m, false);
}

int toc_string_find(lua_State *L)
{
    return find(L, true);
}

int toc_string_match(lua_State *L)
{
    return find(L, false);
}

static int next_match(lua_State *L)
{
    size_t len;
    const char *text = lua_tolstring(L, lua_upvalueindex(1), &len);
    walk *w = lua_touserdata(L, lua_upvalueindex(2));
    search s;
    start_search(&s, L, (void *)w->pattern, text, len);
    while (w->from <= len && toc_match_find(&s.m, w->from)) {
        w->from = s.m.end;
        if (s.m.end != w->last_end) { // nothing twice in the same place
            pay(&s, L);
            w->last_end = s.m.end;
            return push_captures(L, &s.m, true);
        }
        w->from = s.m.start + 1;
    }
    pay(&s, L);
    w->from = len + 1;
    return 0;
}

int toc_string_gmatch(lua_State *L)
{
    size_t len;
    toc_arg_text(L, 1, &len);
    size_t from = start_offset(L, 3, len);
    lua_settop(L, 2);
    walk *w = push_pattern(L, 2, sizeof *w, false);
    w->from = from;
    w->last_end = SIZE_MAX;
    lua_remove(L, 2);
    lua_pushcclosure(L, next_match, 2); // stack: text, walk
    return 1;
}

// Adds the replacement text at index 3, with its %0 to %9 filled in.
static void add_filled(lua_State *L, toc_out *o, const toc_match *m)
{
    size_t len;
    const char *p = lua_tolstring(L, 3, &len);
    const char *end = p + len;
    int captures = toc_pattern_captures(m->pattern);
    while (p < end) {
        size_t n = strcspn(p, "%");
        toc_out_add(o, p, n);
        p += n;
        if (p == end)
            return;
        char c = p[1];
        p += 2;
        if (c == '%') {
            toc_out_char(o, '%');
        } else if (c == '0' || (c == '1' && captures == 0)) {
            toc_out_add(o, m->subject + m->start, m->end - m->start);
        } else if (c >= '1' && c <= '9' && c - '1' < captures) {
            size_t n_text;
            push_capture(L, m, c - '1');
            const char *text = toc_push_shown(L, -1, &n_text);
            toc_out_add(o, text, n_text);
            lua_pop(L, 2);
        } else if (c >= '1' && c <= '9') {
            toc_sandbox_raise(L, "the replacement has %%%c, the pattern has no such capture", c);
        } else {
            toc_sandbox_raise(L,
                              "the replacement has a %% that stands before no digit; write %%%%");
        }
    }
}

// Adds what a match is replaced with.
static void add_replacement(lua_State *L, toc_out *o, const toc_match *m)
{
    int top = lua_gettop(L);
    size_t len;
    if (lua_type(L, 3) == LUA_TSTRING) {
        add_filled(L, o, m);
        return;
    }
    lua_pushvalue(L, 3);
    int n = push_captures(L, m, true);
    if (lua_istable(L, 3)) {
        lua_settop(L, top + 2); // the first capture is the key
        lua_rawget(L, -2);
    } else {
        lua_call(L, n, 1);
    }
    if (!lua_toboolean(L, -1)) {
        toc_out_add(o, m->subject + m->start, m->end - m->start);
    } else if (lua_type(L, -1) == LUA_TSTRING || lua_type(L, -1) == LUA_TNUMBER) {
        const char *text = toc_push_shown(L, -1, &len);
        toc_out_add(o, text, len);
    } else {
        toc_sandbox_raise(L, "a text cannot be replaced with a %s", luaL_typename(L, -1));
    }
    lua_settop(L, top);
}

// Arguments: text, pattern, replacement, most.
int toc_string_gsub(lua_State *L)
{
    size_t len;
    const char *text = toc_arg_text(L, 1, &len);
    if (lua_type(L, 3) == LUA_TNUMBER)
        toc_arg_text(L, 3, NULL);
    luaL_argexpected(L, lua_type(L, 3) == LUA_TSTRING || lua_istable(L, 3) || lua_isfunction(L, 3),
                     3, "string/function/table");
    lua_Integer most = toc_arg_int_or(L, 4, (lua_Integer)len + 1);
    lua_settop(L, 4);
    search s;
    start_search(&s, L, push_pattern(L, 2, 0, true), text, len);
    toc_out o;
    toc_out_start(&o, L);
    lua_Integer count = 0;
    size_t copied = 0; // of the text
    size_t from = 0;
    size_t last_end = SIZE_MAX;
    while (count < most && from <= len && toc_match_find(&s.m, from)) {
        pay(&s, L);                // what is called next spends from the same budget
        if (s.m.end == last_end) { // nothing twice in the same place
            from = s.m.start + 1;
            continue;
        }
        count++;
        toc_out_add(&o, text + copied, s.m.start - copied);
        add_replacement(L, &o, &s.m);
        from = copied = last_end = s.m.end;
        if (toc_pattern_is_anchored(s.m.pattern))
            break;
    }
    pay(&s, L);
    toc_out_add(&o, text + copied, len - copied);
    toc_charge_bytes(L, o.len);
    toc_out_push(&o);
    lua_pushinteger(L, count);
    return 2;
}
