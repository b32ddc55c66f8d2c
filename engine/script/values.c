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
#include "lib.h"

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
static void read_percent(const reading *r);
static void read_time(const reading *r);
static toc_err try_time(const reading *r, const char *text, toc_error *e);
static void read_tables(const reading *r);
static void read_entry(const reading *r, const toc_schema_row *row, size_t i);
static void say_words(const reading *r, const char *text);
static bool is_sequence(lua_State *L, int index);
static void wrong(const reading *r, const char *wanted);

void toc_draft_read(toc_scenario *s, lua_State *L, toc_draft *d, const toc_schema_key *key,
                    toc_draft_value *out)
{
    reading r = {s, L, d, key, out};
    switch (key->value) {
    case TOC_V_FN_TEXT:
    case TOC_V_FUNCTION:
        if (lua_isfunction(L, -1)) {
            lua_pushvalue(L, -1);
            out->function = luaL_ref(L, LUA_REGISTRYINDEX);
            out->is_set = true;
            return;
        }
        if (key->value == TOC_V_FUNCTION)
            wrong(&r, "a function: function () return … end");
        else
            read_text(&r);
        return;
    case TOC_V_LINE:
    case TOC_V_TEXT:
    case TOC_V_NAME:
    case TOC_V_WORD:
    case TOC_V_MANUAL:
    case TOC_V_RULE:
    case TOC_V_LABEL:
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
    case TOC_V_PERCENT:
        read_percent(&r);
        return;
    case TOC_V_MOMENT:
    case TOC_V_DEADLINE:
    case TOC_V_SPAN:
    case TOC_V_DURATION:
    case TOC_V_STORY:
    case TOC_V_CLOCK:
    case TOC_V_MINUTES:
        read_time(&r);
        return;
    case TOC_V_NEEDS:
    case TOC_V_LEVELS:
        read_tables(&r);
        return;
    }
}

static void read_text(const reading *r)
{
    toc_value_kind kind = r->key->value;
    const char *const *words = toc_schema_words(kind);
    if (lua_type(r->L, -1) != LUA_TSTRING) {
        if (words)
            say_words(r, NULL);
        else
            wrong(r, kind == TOC_V_FN_TEXT ? "text, file \"…\", or a function that gives text"
                     : kind == TOC_V_NAME  ? "one id in quotes"
                     : kind == TOC_V_WORD  ? "one word in quotes"
                                           : "text");
        return;
    }
    size_t len;
    const char *text = lua_tolstring(r->L, -1, &len);
    bool is_long = kind == TOC_V_TEXT || kind == TOC_V_FN_TEXT;
    const char *label = strcmp(r->key->name, TOC_FIRST) == 0 ? "its id" : r->key->name;
    if (!text_ok(r, label, text, len, is_long ? TOC_PLAIN_TEXT_MAX : TOC_LINE_TEXT_MAX))
        return;
    size_t word = 0;
    while (words && words[word] && strcmp(words[word], text) != 0)
        word++;
    if (words && !words[word]) {
        say_words(r, text);
        return;
    }
    if (kind == TOC_V_WORD && (strcspn(text, " \"':=,;") != len || len > TOC_ID_MAX)) {
        char quote[TOC_QUOTE_SIZE];
        toc_draft_problem(r->s, r->draft, "E0000", NULL,
                          "%s is %s, but it must be one word, without spaces or signs, as people "
                          "type it",
                          r->key->name, toc_text_quote(quote, text));
        return;
    }
    while (len > 0 && text[len - 1] == '\n') // a file ends with one; the text does not
        len--;
    r->out->text = toc_strndup(text, len);
    r->out->number = (int64_t)word;
    r->out->is_set = true;
}

// `release is "auto", but it can only be "manual", or left out`; NULL: it is no text at all.
static void say_words(const reading *r, const char *text)
{
    const char *const *words = toc_schema_words(r->key->value);
    char all[120] = "";
    for (size_t i = 0; words[i]; i++) {
        size_t len = strlen(all);
        snprintf(all + len, sizeof all - len, "%s\"%s\"", i ? ", " : "", words[i]);
    }
    char quote[TOC_QUOTE_SIZE];
    size_t len = strlen(all);
    snprintf(all + len, sizeof all - len, ", or left out");
    if (text)
        toc_draft_problem(r->s, r->draft, "E0000", NULL, "%s is %s, but it can only be %s",
                          r->key->name, toc_text_quote(quote, text), all);
    else
        wrong(r, all);
}

// most: TOC_LINE_TEXT_MAX for what must be one line.
static bool text_ok(const reading *r, const char *what, const char *text, size_t len, size_t most)
{
    size_t bad;
    if (strspn(text, " \t\n") == len)
        toc_draft_problem(r->s, r->draft, "E0000", NULL, "%s is empty", what);
    else if (!toc_utf8_valid(text, len, &bad))
        toc_draft_problem(r->s, r->draft, "E0000", NULL, "%s is not UTF-8 text (byte %zu)", what,
                          bad + 1);
    else if (!toc_utf8_clean(text, len))
        toc_draft_problem(r->s, r->draft, "E0000", NULL, "%s holds a control character", what);
    else if (most == TOC_LINE_TEXT_MAX && strpbrk(text, "\n\t"))
        toc_draft_problem(r->s, r->draft, "E0000", NULL, "%s must be one line", what);
    else if (len > most)
        toc_draft_problem(r->s, r->draft, "E0000", NULL, "%s is too long: %zu bytes, at most %zu",
                          what, len, most);
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
        toc_draft_problem(r->s, r->draft, "E0000", NULL, "%s has %zu entries, at most %lld",
                          r->key->name, count, (long long)r->key->most);
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
        toc_draft_problem(r->s, r->draft, "E0000", NULL, "%s is empty", r->key->name);
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
            toc_draft_problem(r->s, r->draft, "E0000", NULL, "%s names %s twice", r->key->name,
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
        toc_draft_problem(r->s, r->draft, "E0000", NULL,
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

static void read_percent(const reading *r)
{
    double number = lua_type(r->L, -1) == LUA_TNUMBER ? lua_tonumber(r->L, -1) : -1;
    if (number >= (double)r->key->least && number <= (double)r->key->most) {
        r->out->number = (int64_t)llround(number * (TOC_PPM / 100));
        r->out->is_set = true;
        return;
    }
    char text[TOC_NUMBER_TEXT];
    char quote[TOC_QUOTE_SIZE];
    if (lua_type(r->L, -1) == LUA_TSTRING && toc_percent_in(text, lua_tostring(r->L, -1))) {
        toc_draft_problem(r->s, r->draft, "E0000", NULL,
                          "%s: write the number alone, without quotes or %%: %s = %s", r->key->name,
                          r->key->name, text);
        return;
    }
    if (lua_type(r->L, -1) == LUA_TNUMBER)
        toc_number_text(r->L, -1, text);
    toc_draft_problem(r->s, r->draft, "E0000", NULL, "%s: %lld to %lld percent, not %s",
                      r->key->name, (long long)r->key->least, (long long)r->key->most,
                      lua_type(r->L, -1) == LUA_TNUMBER ? text
                      : lua_type(r->L, -1) == LUA_TSTRING
                          ? toc_text_quote(quote, lua_tostring(r->L, -1))
                          : lua_typename(r->L, lua_type(r->L, -1)));
}

bool toc_percent_in(char number[TOC_NUMBER_TEXT], const char *text)
{
    text += strspn(text, " ");
    size_t len = strspn(text, "0123456789.");
    const char *rest = text + len + strspn(text + len, " ");
    rest += *rest == '%';
    if (len == 0 || len >= TOC_NUMBER_TEXT || rest[strspn(rest, " ")] != '\0')
        return false;
    memcpy(number, text, len);
    number[len] = '\0';
    return true;
}

// Times are kept as text: what they mean depends on startex and on what is declared later. Those
// that do not are tried here, so that the second pass has only the others to report.
static void read_time(const reading *r)
{
    toc_value_kind kind = r->key->value;
    if (lua_type(r->L, -1) != LUA_TSTRING) {
        wrong(r, kind == TOC_V_MOMENT || kind == TOC_V_DEADLINE
                     ? "a time in quotes, like \"T+0:30\""
                 : kind == TOC_V_STORY   ? "a date and time in quotes, like \"2022-02-24 03:00Z\""
                 : kind == TOC_V_CLOCK   ? "a date and time in quotes, like \"2022-02-25 07:00\""
                 : kind == TOC_V_MINUTES ? "a duration in quotes, like \"4h\""
                                         : "a duration in quotes, like \"15m\"");
        return;
    }
    size_t len;
    const char *text = lua_tolstring(r->L, -1, &len);
    toc_error e;
    if (!text_ok(r, r->key->name, text, len, TOC_LINE_TEXT_MAX))
        return;
    if (try_time(r, text, &e) != TOC_OK) {
        toc_draft_problem(r->s, r->draft, "E0000", NULL, "%s%s", r->key->name, e.msg);
        return;
    }
    r->out->text = toc_strdup(text);
    r->out->is_set = true;
}

// e goes on after the key's name.
static toc_err try_time(const reading *r, const char *text, toc_error *e)
{
    toc_value_kind kind = r->key->value;
    toc_error why;
    toc_story story;
    toc_span span = {.ms = 1};
    toc_err err = TOC_OK;
    if (kind == TOC_V_STORY)
        err = toc_story_parse(text, &story, &why);
    else if (kind == TOC_V_MINUTES)
        err = toc_minutes_parse(text, r->key->least, r->key->most, &r->out->number, &why);
    else if (kind == TOC_V_SPAN || kind == TOC_V_DURATION)
        err = toc_span_parse(text, &span, &why);
    if (err)
        return toc_fail(e, err, ": %.400s", why.msg);
    if (kind == TOC_V_DURATION && span.is_story)
        return toc_fail(e, TOC_EFORMAT, " is play time: leave out the word story");
    if (span.ms == 0 && span.months == 0)
        return toc_fail(e, TOC_EFORMAT, " must be more than nothing");
    return TOC_OK;
}

// ---- tables within the table --------------------------------------------------------------------------

// Each entry hangs on the draft before the next call that may raise.
static void read_tables(const reading *r)
{
    lua_State *L = r->L;
    const toc_schema_row *row = toc_schema_inner(r->key->value);
    size_t keys = toc_schema_key_count(row);
    char wanted[120];
    snprintf(wanted, sizeof wanted, "a list of tables: %s", row->form);
    if (!lua_istable(L, -1) || !is_sequence(L, -1)) {
        wrong(r, wanted);
        return;
    }
    size_t count = lua_rawlen(L, -1);
    if (count > (size_t)r->key->most) {
        toc_draft_problem(r->s, r->draft, "E0000", NULL, "%s has %zu entries, at most %lld",
                          r->key->name, count, (long long)r->key->most);
        return;
    }
    r->out->inner = toc_alloc((count * keys + 1) * sizeof *r->out->inner);
    for (size_t i = 0; i < count * keys; i++)
        r->out->inner[i].function = LUA_NOREF;
    r->out->count = count;
    r->out->is_set = true;
    for (size_t i = 0; i < count; i++) {
        if (lua_rawgeti(L, -1, (lua_Integer)i + 1) == LUA_TTABLE)
            read_entry(r, row, i);
        else
            wrong(r, wanted);
        lua_pop(L, 1);
    }
    *r->s->within = '\0';
}

// stack: the entry's table
static void read_entry(const reading *r, const toc_schema_row *row, size_t i)
{
    lua_State *L = r->L;
    toc_scenario *s = r->s;
    size_t keys = toc_schema_key_count(row);
    char quote[TOC_QUOTE_SIZE];
    toc_sandbox_charge(L, 10);
    if (lua_rawgeti(L, -1, 1) == LUA_TSTRING)
        snprintf(s->within, sizeof s->within, "%s %s: ", r->key->name,
                 toc_text_quote(quote, lua_tostring(L, -1)));
    else
        snprintf(s->within, sizeof s->within, "%s, entry %zu: ", r->key->name, i + 1);
    lua_pop(L, 1);
    toc_draft_unknown_keys(s, L, -1, r->draft, row);
    for (size_t n = 0; n < keys; n++) {
        const toc_schema_key *key = &row->keys[n];
        bool is_first = strcmp(key->name, TOC_FIRST) == 0;
        if (is_first) {
            lua_rawgeti(L, -1, 1);
        } else {
            lua_pushstring(L, key->name);
            lua_rawget(L, -2);
        }
        if (is_first && lua_type(L, -1) != LUA_TSTRING)
            toc_draft_problem(s, r->draft, "E0000", NULL, "it begins with a service's id: %s",
                              row->form);
        else if (!lua_isnil(L, -1))
            toc_draft_read(s, L, r->draft, key, &r->out->inner[i * keys + n]);
        lua_pop(L, 1);
    }
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
    char number[TOC_NUMBER_TEXT];
    bool is_number =
        type == LUA_TNUMBER && (r->key->value == TOC_V_COUNT || r->key->value == TOC_V_FACTOR);
    if (is_number)
        toc_number_text(r->L, -1, number);
    toc_draft_problem(r->s, r->draft, "E0000", NULL, "%s must be %s%s%s%s", r->key->name, wanted,
                      type == LUA_TTABLE ? "" : ", not ",
                      type == LUA_TTABLE || type == LUA_TNIL || is_number ? "" : "a ",
                      type == LUA_TTABLE ? ""
                      : is_number        ? number
                                         : lua_typename(r->L, type));
}
