// SPDX-License-Identifier: MIT
// Reading one value of a declaration. Nothing here calls what can raise, but for luaL_ref, which
// keeps a function; by then nothing is held.

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"

typedef struct {
    toc_scenario *s;
    lua_State *L;
    toc_draft *draft;
    const toc_schema_key *key;
    toc_draft_value *out;
} reading;

static void read_text(const reading *r);
static bool text_ok(const reading *r, const char *what, const char *text, size_t len, size_t most);
static void read_list(const reading *r);
static bool add_item(const reading *r, int index);
static void read_options(const reading *r);
static bool add_option(const reading *r, int index);
static void read_number(const reading *r);
static void read_time(const reading *r);
static bool is_sequence(lua_State *L, int index);
static void wrong(const reading *r, const char *wanted);

void toc_draft_read(toc_scenario *s, lua_State *L, toc_draft *d, const toc_schema_key *key,
                    toc_draft_value *out)
{
    reading r = {s, L, d, key, out};
    switch (key->value) {
    case TOC_V_FN_TEXT:
        if (lua_isfunction(L, -1)) {
            lua_pushvalue(L, -1);
            out->function = luaL_ref(L, LUA_REGISTRYINDEX);
            out->is_set = true;
            return;
        }
        read_text(&r);
        return;
    case TOC_V_LINE:
    case TOC_V_TEXT:
    case TOC_V_NAME:
    case TOC_V_MANUAL:
        read_text(&r);
        return;
    case TOC_V_NAMES:
    case TOC_V_PATHS:
        read_list(&r);
        return;
    case TOC_V_OPTIONS:
        read_options(&r);
        return;
    case TOC_V_BOOL:
        if (!lua_isboolean(L, -1)) {
            wrong(&r, "true or false");
            return;
        }
        out->number = lua_toboolean(L, -1);
        out->is_set = true;
        return;
    case TOC_V_COUNT:
    case TOC_V_FACTOR:
        read_number(&r);
        return;
    case TOC_V_MOMENT:
    case TOC_V_SPAN:
    case TOC_V_DURATION:
    case TOC_V_STORY:
        read_time(&r);
        return;
    }
}

static void read_text(const reading *r)
{
    toc_value_kind kind = r->key->value;
    if (lua_type(r->L, -1) != LUA_TSTRING) {
        wrong(r, kind == TOC_V_FN_TEXT  ? "text, file \"…\", or a function that gives text"
                 : kind == TOC_V_NAME   ? "one id in quotes"
                 : kind == TOC_V_MANUAL ? "\"manual\", or left out"
                                        : "text");
        return;
    }
    size_t len;
    const char *text = lua_tolstring(r->L, -1, &len);
    bool is_long = kind == TOC_V_TEXT || kind == TOC_V_FN_TEXT;
    if (!text_ok(r, r->key->name, text, len, is_long ? TOC_PLAIN_TEXT_MAX : TOC_LINE_TEXT_MAX))
        return;
    if (kind == TOC_V_MANUAL && strcmp(text, "manual") != 0) {
        char quote[TOC_QUOTE_SIZE];
        toc_draft_problem(r->s, r->draft,
                          "release is %s, but it can only be \"manual\", or left out",
                          toc_text_quote(quote, text));
        return;
    }
    while (len > 0 && text[len - 1] == '\n') // a file ends with one; the text does not
        len--;
    r->out->text = toc_strndup(text, len);
    r->out->is_set = true;
}

// most: TOC_LINE_TEXT_MAX for what must be one line.
static bool text_ok(const reading *r, const char *what, const char *text, size_t len, size_t most)
{
    size_t bad;
    if (strspn(text, " \t\n") == len)
        toc_draft_problem(r->s, r->draft, "%s is empty", what);
    else if (!toc_utf8_valid(text, len, &bad))
        toc_draft_problem(r->s, r->draft, "%s is not UTF-8 text (byte %zu)", what, bad + 1);
    else if (!toc_utf8_clean(text, len))
        toc_draft_problem(r->s, r->draft, "%s holds a control character", what);
    else if (most == TOC_LINE_TEXT_MAX && strpbrk(text, "\n\t"))
        toc_draft_problem(r->s, r->draft, "%s must be one line", what);
    else if (len > most)
        toc_draft_problem(r->s, r->draft, "%s is too long: %zu bytes, at most %zu", what, len,
                          most);
    else
        return true;
    return false;
}

static void read_list(const reading *r)
{
    bool is_names = r->key->value == TOC_V_NAMES;
    const char *wanted = is_names ? "an id in quotes, a list of them, or \"all\""
                                  : "a path in quotes, or a list of them";
    if (lua_type(r->L, -1) == LUA_TSTRING) {
        r->out->is_set = add_item(r, lua_gettop(r->L));
        return;
    }
    if (!lua_istable(r->L, -1) || !is_sequence(r->L, -1)) {
        wrong(r, wanted);
        return;
    }
    size_t count = lua_rawlen(r->L, -1);
    if (count > (size_t)r->key->most) {
        toc_draft_problem(r->s, r->draft, "%s has %zu entries, at most %lld", r->key->name, count,
                          (long long)r->key->most);
        return;
    }
    bool is_good = true;
    for (size_t i = 1; i <= count; i++) {
        if (lua_rawgeti(r->L, -1, (lua_Integer)i) != LUA_TSTRING) {
            wrong(r, wanted);
            is_good = false;
        } else {
            is_good = add_item(r, lua_gettop(r->L)) && is_good;
        }
        lua_pop(r->L, 1);
    }
    r->out->is_set = is_good && (count > 0 || !r->key->is_required);
    if (count == 0 && r->key->is_required)
        toc_draft_problem(r->s, r->draft, "%s is empty", r->key->name);
}

static bool add_item(const reading *r, int index)
{
    size_t len;
    const char *text = lua_tolstring(r->L, index, &len);
    if (!text_ok(r, r->key->name, text, len, TOC_LINE_TEXT_MAX))
        return false;
    for (size_t i = 0; i < r->out->count; i++)
        if (strcmp(r->out->list[i], text) == 0) {
            char quote[TOC_QUOTE_SIZE];
            toc_draft_problem(r->s, r->draft, "%s names %s twice", r->key->name,
                              toc_text_quote(quote, text));
            return false;
        }
    r->out->list = toc_realloc(r->out->list, (r->out->count + 1) * sizeof *r->out->list);
    r->out->list[r->out->count++] = toc_strdup(text);
    return true;
}

static void read_options(const reading *r)
{
    if (!lua_istable(r->L, -1) || !is_sequence(r->L, -1)) {
        wrong(r, "a list of pairs: { { \"isolate\", \"Cut it off now\" }, … }");
        return;
    }
    size_t count = lua_rawlen(r->L, -1);
    if (count < (size_t)r->key->least || count > (size_t)r->key->most) {
        toc_draft_problem(r->s, r->draft,
                          "options has %zu entries: offer %lld to %lld, or leave it out for an "
                          "answer in the team's own words",
                          count, (long long)r->key->least, (long long)r->key->most);
        return;
    }
    bool is_good = true;
    for (size_t i = 1; i <= count && is_good; i++) {
        lua_rawgeti(r->L, -1, (lua_Integer)i);
        is_good = add_option(r, lua_gettop(r->L));
        lua_pop(r->L, 1);
    }
    r->out->is_set = is_good;
}

static bool add_option(const reading *r, int index)
{
    lua_State *L = r->L;
    if (!lua_istable(L, index) || !is_sequence(L, index) || lua_rawlen(L, index) != 2 ||
        lua_rawgeti(L, index, 1) != LUA_TSTRING || lua_rawgeti(L, index, 2) != LUA_TSTRING) {
        lua_settop(L, index);
        wrong(r, "a list of pairs: { { \"isolate\", \"Cut it off now\" }, … }");
        return false;
    }
    size_t id_len;
    size_t text_len;
    const char *id = lua_tolstring(L, -2, &id_len);
    const char *text = lua_tolstring(L, -1, &text_len);
    bool is_good = text_ok(r, "an option's id", id, id_len, TOC_LINE_TEXT_MAX) &&
                   text_ok(r, "an option's text", text, text_len, TOC_LINE_TEXT_MAX);
    if (is_good) {
        size_t n = r->out->count;
        r->out->list = toc_realloc(r->out->list, 2 * (n + 1) * sizeof *r->out->list);
        r->out->list[2 * n] = toc_strdup(id);
        r->out->list[2 * n + 1] = toc_strdup(text);
        r->out->count++;
    }
    lua_settop(L, index);
    return is_good;
}

static void read_number(const reading *r)
{
    bool is_count = r->key->value == TOC_V_COUNT;
    long long least = r->key->least;
    long long most = r->key->most;
    int64_t n = -1;
    if (lua_type(r->L, -1) == LUA_TNUMBER) {
        double number = lua_tonumber(r->L, -1) * (is_count ? 1 : 1000);
        if (number >= (double)least && number <= (double)most)
            n = is_count && floor(number) < number ? -1 : (int64_t)llround(number);
    }
    if (n >= 0) {
        r->out->number = n;
        r->out->is_set = true;
        return;
    }
    char wanted[80];
    if (is_count)
        snprintf(wanted, sizeof wanted, "a whole number from %lld to %lld", least, most);
    else
        snprintf(wanted, sizeof wanted, "a number from %.3f to %lld", (double)least / 1000,
                 most / 1000);
    wrong(r, wanted);
}

// Times are kept as text: what they mean depends on startex and on injects declared later. Those
// that do not are tried here, so that the second pass has only the others to report.
static void read_time(const reading *r)
{
    toc_value_kind kind = r->key->value;
    if (lua_type(r->L, -1) != LUA_TSTRING) {
        wrong(r, kind == TOC_V_MOMENT  ? "a time in quotes, like \"T+0:30\""
                 : kind == TOC_V_STORY ? "a date and time in quotes, like \"2022-02-24 03:00Z\""
                                       : "a duration in quotes, like \"15m\"");
        return;
    }
    size_t len;
    const char *text = lua_tolstring(r->L, -1, &len);
    if (!text_ok(r, r->key->name, text, len, TOC_LINE_TEXT_MAX))
        return;
    toc_error e;
    toc_story story;
    toc_span span = {1, false};
    toc_err err = TOC_OK;
    if (kind == TOC_V_STORY)
        err = toc_story_parse(text, &story, &e);
    else if (kind != TOC_V_MOMENT)
        err = toc_span_parse(text, &span, &e);
    if (err) {
        toc_draft_problem(r->s, r->draft, "%s: %s", r->key->name, e.msg);
        return;
    }
    if (kind == TOC_V_DURATION && span.is_story) {
        toc_draft_problem(r->s, r->draft, "%s is play time: leave out the word story",
                          r->key->name);
        return;
    }
    if (span.ms == 0) {
        toc_draft_problem(r->s, r->draft, "%s must be more than nothing", r->key->name);
        return;
    }
    r->out->text = toc_strdup(text);
    r->out->is_set = true;
}

// A table with the keys 1 … n and no others.
static bool is_sequence(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    size_t count = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        count++;
        lua_pop(L, 1);
    }
    return count == lua_rawlen(L, index);
}

static void wrong(const reading *r, const char *wanted)
{
    int type = lua_type(r->L, -1);
    toc_draft_problem(r->s, r->draft, "%s must be %s%s%s%s", r->key->name, wanted,
                      type == LUA_TTABLE ? "" : ", not ",
                      type == LUA_TTABLE || type == LUA_TNIL ? "" : "a ",
                      type == LUA_TTABLE ? "" : lua_typename(r->L, type));
}
