// SPDX-License-Identifier: MIT
// Reading one value of a declaration. Nothing here calls what can raise, but for luaL_ref, which
// keeps a function; by then nothing is held.

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "lib.h"
#include "values.h"

static void read_value(const toc_reading *r);
static void read_text(const toc_reading *r);
static void read_bool(const toc_reading *r);
static void read_list(const toc_reading *r);
static bool add_item(const toc_reading *r, toc_where at);
static void read_number(const toc_reading *r);
static void read_percent(const toc_reading *r);
static void read_tables(const toc_reading *r);
static void read_entry(const toc_reading *r, const toc_schema_row *row, size_t i);
static void say_words(const toc_reading *r);

void toc_draft_read(toc_scenario *s, lua_State *L, toc_draft *d, const toc_schema_key *key,
                    toc_draft_value *out)
{
    read_value(&(toc_reading){s, L, d, key, out, toc_where_value(key->name)});
}

static void read_value(const toc_reading *r)
{
    r->out->is_given = true;
    switch (r->key->value) {
    case TOC_V_FN_TEXT:
    case TOC_V_FUNCTION:
        if (lua_isfunction(r->L, -1)) {
            lua_pushvalue(r->L, -1);
            r->out->function = luaL_ref(r->L, LUA_REGISTRYINDEX);
            r->out->is_set = true;
        } else if (r->key->value == TOC_V_FUNCTION) {
            toc_problem_help(toc_value_wrong(r, "a function"), "write %s = %s", r->key->name,
                             r->key->example);
        } else {
            read_text(r);
        }
        return;
    case TOC_V_LINE:
    case TOC_V_TEXT:
    case TOC_V_NAME:
    case TOC_V_WORD:
    case TOC_V_MANUAL:
    case TOC_V_RULE:
    case TOC_V_LABEL:
        read_text(r);
        return;
    case TOC_V_NAMES:
    case TOC_V_PATHS:
        read_list(r);
        return;
    case TOC_V_OPTIONS:
        toc_options_read(r);
        return;
    case TOC_V_BOOL:
        read_bool(r);
        return;
    case TOC_V_COUNT:
    case TOC_V_FACTOR:
        read_number(r);
        return;
    case TOC_V_PERCENT:
        read_percent(r);
        return;
    case TOC_V_MOMENT:
    case TOC_V_DEADLINE:
    case TOC_V_SPAN:
    case TOC_V_DURATION:
    case TOC_V_STORY:
    case TOC_V_CLOCK:
    case TOC_V_MINUTES:
        toc_value_time(r);
        return;
    case TOC_V_NEEDS:
    case TOC_V_LEVELS:
        read_tables(r);
        return;
    }
}

static void say_no_text(const toc_reading *r)
{
    toc_value_kind kind = r->key->value;
    char text[TOC_NUMBER_TEXT];
    bool is_number = lua_type(r->L, -1) == LUA_TNUMBER;
    toc_problem *problem =
        toc_value_wrong(r, kind == TOC_V_FN_TEXT ? "text, file \"…\", or a function that gives text"
                           : kind == TOC_V_NAME ? "one id in quotes"
                           : kind == TOC_V_WORD ? "one word in quotes"
                                                : "text");
    if (is_number) {
        toc_number_text(r->L, -1, text);
        toc_problem_help(problem, "write it in quotes: %s = \"%s\"", r->key->name, text);
        toc_draft_fix(r->s, problem, "\"%s\"", text);
    } else if (lua_istable(r->L, -1) && kind == TOC_V_NAME && r->draft->kind == TOC_DECL_DECISION &&
               r->key->key == TOC_KEY_TO) {
        toc_problem_help(problem, "one team decides; declare a decision for each of them");
    } else {
        toc_problem_help(problem, "write %s = %s", r->key->name, r->key->example);
    }
}

// "texts/inj-01.md"
static bool is_path(const char *text, size_t len)
{
    static const char *const ends[] = {".md", ".txt", ".lua"};
    for (size_t i = 0; len < 100 && i < TOC_COUNT(ends); i++) {
        size_t end = strlen(ends[i]);
        if (len > end && strcmp(text + len - end, ends[i]) == 0 && strcspn(text, " \n\"") == len)
            return true;
    }
    return false;
}

static void read_text(const toc_reading *r)
{
    toc_value_kind kind = r->key->value;
    const char *const *words = toc_schema_words(kind);
    if (words && lua_type(r->L, -1) != LUA_TSTRING) {
        say_words(r);
        return;
    }
    if (lua_type(r->L, -1) != LUA_TSTRING) {
        say_no_text(r);
        return;
    }
    size_t len;
    const char *text = lua_tolstring(r->L, -1, &len);
    bool is_long = kind == TOC_V_TEXT || kind == TOC_V_FN_TEXT;
    const char *label = strcmp(r->key->name, TOC_FIRST) == 0 ? "its id" : r->key->name;
    if (!toc_value_text_ok(r, r->at, label, text, len,
                           is_long ? TOC_PLAIN_TEXT_MAX : TOC_LINE_TEXT_MAX))
        return;
    size_t word = 0;
    while (words && words[word] && strcmp(words[word], text) != 0)
        word++;
    if (words && !words[word]) {
        say_words(r);
        return;
    }
    if (kind == TOC_V_WORD && (strcspn(text, " \"':=,;") != len || len > TOC_ID_MAX)) {
        char quote[TOC_QUOTE_SIZE];
        toc_problem *problem =
            toc_draft_problem(r->s, r->draft, "E0208", r->at,
                              "%s is %s, but it must be one word, without spaces or "
                              "signs, as people type it",
                              r->key->name, toc_text_quote(quote, text));
        toc_problem_help(problem, "join its words with a dash, like %s", r->key->example);
        return;
    }
    if (is_long && is_path(text, len)) {
        toc_problem *problem = toc_draft_problem(
            r->s, r->draft, "E0208", r->at, "%s is the name of a file, not what is in it", label);
        toc_problem_label(problem, "shown as it stands here");
        toc_problem_help(problem, "was %s = file \"%s\" meant?", label, text);
        toc_draft_fix(r->s, problem, "file \"%s\"", text);
        return;
    }
    while (len > 0 && text[len - 1] == '\n') // a file ends with one; the text does not
        len--;
    r->out->text = toc_strndup(text, len);
    r->out->number = (int64_t)word;
    r->out->is_set = true;
}

// `release is "auto", but it can only be "manual", or left out`
static void say_words(const toc_reading *r)
{
    const char *const *words = toc_schema_words(r->key->value);
    char all[120] = "";
    size_t count = 0;
    for (; words[count]; count++) {
        size_t len = strlen(all);
        snprintf(all + len, sizeof all - len, "%s\"%s\"", count ? ", " : "", words[count]);
    }
    char quote[TOC_QUOTE_SIZE];
    bool is_text = lua_type(r->L, -1) == LUA_TSTRING;
    const char *near = is_text ? toc_text_near(lua_tostring(r->L, -1), words, count) : NULL;
    toc_problem *problem = toc_draft_problem(r->s, r->draft, "E0205", r->at,
                                             "%s is %s, but it can only be %s, or left out",
                                             r->key->name, toc_value_text(r->L, quote), all);
    if (near)
        toc_problem_help(problem, "did you mean \"%s\"?", near);
    else
        toc_problem_help(problem, "write %s = \"%s\", or leave it out", r->key->name, words[0]);
    if (near)
        toc_draft_fix(r->s, problem, "\"%s\"", near);
}

static void read_bool(const toc_reading *r)
{
    static const char *const yes[] = {"yes", "true", "y", "on", "1", "x", "ja", "oui", NULL};
    static const char *const no[] = {"no", "false", "n",   "off", "0",
                                     "",   "nein",  "nei", "non", NULL};
    if (lua_isboolean(r->L, -1)) {
        r->out->number = lua_toboolean(r->L, -1);
        r->out->is_set = true;
        return;
    }
    toc_problem *problem = toc_value_wrong(r, "true or false");
    char word[TOC_NUMBER_TEXT] = "?";
    if (lua_type(r->L, -1) == LUA_TSTRING)
        snprintf(word, sizeof word, "%s", lua_tostring(r->L, -1));
    else if (lua_type(r->L, -1) == LUA_TNUMBER)
        toc_number_text(r->L, -1, word);
    const char *meant = NULL;
    for (size_t i = 0; yes[i]; i++)
        meant = strcasecmp(yes[i], word) == 0 ? "true" : meant;
    for (size_t i = 0; no[i]; i++)
        meant = strcasecmp(no[i], word) == 0 ? "false" : meant;
    toc_problem_help(problem, "write %s = %s, without quotes", r->key->name,
                     meant ? meant : "true");
    if (meant)
        toc_draft_fix(r->s, problem, "%s", meant);
}

// To the first character of a file's text that is not clean.
static void point_into(toc_problem *problem, const toc_file *f, const char *text, size_t len)
{
    toc_spot spot;
    size_t bad = 0;
    for (size_t next = 1; next <= len; next++) {
        bool is_start = next == len || ((unsigned char)text[next] & 0xC0) != 0x80;
        if (is_start && !toc_utf8_clean(text + bad, next - bad))
            break;
        bad = is_start ? next : bad;
    }
    if (!toc_locate_bytes(f, bad, 1, &spot))
        return;
    free(problem->file);
    problem->file = toc_strdup(f->path);
    problem->line = spot.line;
    toc_problem_at(problem, spot.column, 1);
    toc_problem_label(problem, "cannot be shown");
    toc_problem_help(problem, "take it out: it is nothing that can be read");
}

bool toc_value_text_ok(const toc_reading *r, toc_where at, const char *what, const char *text,
                       size_t len, size_t most)
{
    size_t bad;
    toc_problem *problem = NULL;
    if (strspn(text, " \t\n") == len) {
        problem = toc_draft_problem(r->s, r->draft, "E0208", at, "%s is empty", what);
        toc_problem_help(problem, r->key->is_required ? "write something between the quotes"
                                                      : "write something, or leave it out");
    } else if (!toc_utf8_valid(text, len, &bad)) {
        problem = toc_draft_problem(r->s, r->draft, "E0208", at, "%s is not UTF-8 text (byte %zu)",
                                    what, bad + 1);
        toc_problem_help(problem, "save the file as UTF-8, and write letters as they are");
    } else if (!toc_utf8_clean(text, len)) {
        problem =
            toc_draft_problem(r->s, r->draft, "E0208", at, "%s holds a control character", what);
        const toc_file *origin = toc_template_origin(r->s, text);
        if (origin)
            point_into(problem, origin, text, len);
        else
            toc_problem_help(problem, "is it a \\ with a number or letter behind it? A \\ itself "
                                      "is written \\\\");
    } else if (most == TOC_LINE_TEXT_MAX && strpbrk(text, "\n\t")) {
        problem = toc_draft_problem(r->s, r->draft, "E0208", at, "%s must be one line", what);
        toc_problem_help(problem, "take out its line breaks and tabs; long words belong into text");
    } else if (len > most) {
        problem = toc_draft_problem(r->s, r->draft, "E0208", at,
                                    "%s is too long: %zu bytes, at most %zu", what, len, most);
        toc_problem_help(problem, most == TOC_LINE_TEXT_MAX
                                      ? "shorten it; long words belong into text"
                                  : r->draft->kind == TOC_DECL_INJECT && r->key->key == TOC_KEY_TEXT
                                      ? "shorten it, or hand it out as a file: attach = \"…\""
                                      : "shorten it");
    }
    return !problem;
}

static void say_too_many(const toc_reading *r, size_t count)
{
    toc_problem_help(toc_draft_problem(r->s, r->draft, "E0219", r->at,
                                       "%s has %zu entries, at most %lld", r->key->name, count,
                                       (long long)r->key->most),
                     "leave some out");
}

static void read_list(const toc_reading *r)
{
    bool is_names = r->key->value == TOC_V_NAMES;
    const char *wanted = is_names ? "an id in quotes, a list of them, or \"all\""
                                  : "a path in quotes, or a list of them";
    if (lua_type(r->L, -1) == LUA_TSTRING) {
        r->out->is_set = add_item(r, r->at);
        return;
    }
    if (!lua_istable(r->L, -1) || !toc_value_is_sequence(r->L, -1)) {
        toc_problem_help(toc_value_wrong(r, wanted), "write %s = %s", r->key->name,
                         r->key->example);
        return;
    }
    size_t count = lua_rawlen(r->L, -1);
    if (count > (size_t)r->key->most) {
        say_too_many(r, count);
        return;
    }
    bool is_good = true;
    for (size_t i = 0; i < count; i++) {
        toc_reading item = *r;
        item.at = toc_where_item(r->key->name, i);
        if (lua_rawgeti(r->L, -1, (lua_Integer)i + 1) != LUA_TSTRING) {
            toc_problem_help(toc_value_wrong(&item, wanted), "write each in quotes: %s = %s",
                             r->key->name, r->key->example);
            is_good = false;
        } else {
            is_good = add_item(r, item.at) && is_good;
        }
        lua_pop(r->L, 1);
    }
    // What is good of it is kept all the same, so that it is looked at.
    r->out->is_set = (is_good || r->out->count > 0) && (count > 0 || !r->key->is_required);
    if (count == 0 && r->key->is_required)
        toc_problem_help(
            toc_draft_problem(r->s, r->draft, "E0203", r->at, "%s is empty", r->key->name),
            "name at least one: %s = %s", r->key->name, r->key->example);
}

// The text on top.
static bool add_item(const toc_reading *r, toc_where at)
{
    size_t len;
    const char *text = lua_tolstring(r->L, -1, &len);
    if (!toc_value_text_ok(r, at, r->key->name, text, len, TOC_LINE_TEXT_MAX))
        return false;
    for (size_t i = 0; i < r->out->count; i++)
        if (strcmp(r->out->list[i], text) == 0) {
            char quote[TOC_QUOTE_SIZE];
            toc_problem *problem =
                toc_draft_problem(r->s, r->draft, "E0216", at, "%s names %s twice", r->key->name,
                                  toc_text_quote(quote, text));
            toc_problem_label(problem, "named before");
            toc_problem_help(problem, "once is enough; was another one meant?");
            return false;
        }
    r->out->list = toc_realloc(r->out->list, (r->out->count + 1) * sizeof *r->out->list);
    r->out->list[r->out->count++] = toc_strdup(text);
    return true;
}

static void read_number(const toc_reading *r)
{
    bool is_count = r->key->value == TOC_V_COUNT;
    long long least = r->key->least;
    long long most = r->key->most;
    int64_t n = -1;
    bool is_number = lua_type(r->L, -1) == LUA_TNUMBER;
    if (is_number) {
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
    char number[TOC_NUMBER_TEXT];
    if (is_count)
        snprintf(wanted, sizeof wanted, "a whole number from %lld to %lld", least, most);
    else
        snprintf(wanted, sizeof wanted, "a number from %.3f to %lld", (double)least / 1000,
                 most / 1000);
    if (is_number) {
        toc_number_text(r->L, -1, number);
        toc_problem_help(toc_draft_problem(r->s, r->draft, "E0204", r->at, "%s must be %s, not %s",
                                           r->key->name, wanted, number),
                         "write %s = %s", r->key->name, r->key->example);
        return;
    }
    toc_problem *problem = toc_value_wrong(r, wanted);
    const char *text = lua_type(r->L, -1) == LUA_TSTRING ? lua_tostring(r->L, -1) : "";
    if (*text && strlen(text) < 12 && text[strspn(text, "0123456789")] == '\0') {
        toc_problem_help(problem, "write the number without quotes: %s = %s", r->key->name, text);
        toc_draft_fix(r->s, problem, "%s", text);
    } else {
        toc_problem_help(problem, "write %s = %s", r->key->name, r->key->example);
    }
}

static void read_percent(const toc_reading *r)
{
    bool is_number = lua_type(r->L, -1) == LUA_TNUMBER;
    double number = is_number ? lua_tonumber(r->L, -1) : -1;
    if (number >= (double)r->key->least && number <= (double)r->key->most) {
        r->out->number = (int64_t)llround(number * (TOC_PPM / 100));
        r->out->is_set = true;
        return;
    }
    char text[TOC_NUMBER_TEXT];
    char quote[TOC_QUOTE_SIZE];
    toc_problem *problem;
    if (lua_type(r->L, -1) == LUA_TSTRING && toc_percent_in(text, lua_tostring(r->L, -1))) {
        problem = toc_draft_problem(r->s, r->draft, "E0203", r->at,
                                    "%s must be a number, not a text", r->key->name);
        toc_problem_help(problem, "write the number alone, without quotes or %%: %s = %s",
                         r->key->name, text);
        toc_draft_fix(r->s, problem, "%s", text);
        return;
    }
    problem = toc_draft_problem(r->s, r->draft, is_number ? "E0204" : "E0203", r->at,
                                "%s: %lld to %lld percent, not %s", r->key->name,
                                (long long)r->key->least, (long long)r->key->most,
                                toc_value_text(r->L, quote));
    if (is_number && number > 0 && number < (double)r->key->least)
        toc_problem_help(problem, "100 is all of it");
    else
        toc_problem_help(problem, "write a number from %lld to %lld: 100 is all of it",
                         (long long)r->key->least, (long long)r->key->most);
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

// ---- tables within the table --------------------------------------------------------------------------

// Each entry hangs on the draft before the next call that may raise.
static void read_tables(const toc_reading *r)
{
    lua_State *L = r->L;
    const toc_schema_row *row = toc_schema_inner(r->key->value);
    size_t keys = toc_schema_key_count(row);
    toc_reading item = *r;
    if (!lua_istable(L, -1) || !toc_value_is_sequence(L, -1)) {
        toc_problem_help(toc_value_wrong(r, "a list of tables"),
                         "write each in braces of its own: %s = %s", r->key->name, row->form);
        return;
    }
    size_t count = lua_rawlen(L, -1);
    if (count > (size_t)r->key->most) {
        say_too_many(r, count);
        return;
    }
    r->out->inner = toc_alloc((count * keys + 1) * sizeof *r->out->inner);
    for (size_t i = 0; i < count * keys; i++)
        r->out->inner[i].function = LUA_NOREF;
    r->out->count = count;
    r->out->is_set = true;
    for (size_t i = 0; i < count; i++) {
        item.at = toc_where_item(r->key->name, i);
        if (lua_rawgeti(L, -1, (lua_Integer)i + 1) == LUA_TTABLE) {
            read_entry(r, row, i);
        } else {
            toc_problem *problem = toc_value_wrong(&item, "a list of tables");
            if (lua_type(L, -1) == LUA_TSTRING) {
                toc_problem_help(problem,
                                 "put each into braces of its own: %s = { { \"%.60s\" }, … }",
                                 r->key->name, lua_tostring(L, -1));
                toc_draft_fix(r->s, problem, "{ \"%.60s\" }", lua_tostring(L, -1));
            } else {
                toc_problem_help(problem, "write %s = %s", r->key->name, row->form);
            }
        }
        lua_pop(L, 1);
    }
    *r->s->within = '\0';
}

// stack: the entry's table
static void read_entry(const toc_reading *r, const toc_schema_row *row, size_t i)
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
    toc_draft_unknown_keys(s, L, -1, r->draft, row, toc_where_item(r->key->name, i));
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
            toc_problem_help(toc_draft_problem(s, r->draft, "E0229",
                                               toc_where_item(r->key->name, i),
                                               "it begins with a service's id"),
                             "write %s", row->form);
        else if (!lua_isnil(L, -1))
            read_value(&(toc_reading){s, L, r->draft, key, &r->out->inner[i * keys + n],
                                      toc_where_inner(r->key->name, i, key->name)});
        lua_pop(L, 1);
    }
}

// A table with the keys 1 … n and no others.
bool toc_value_is_sequence(lua_State *L, int index)
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

toc_problem *toc_value_wrong(const toc_reading *r, const char *wanted)
{
    char quote[TOC_QUOTE_SIZE];
    bool is_table = lua_istable(r->L, -1);
    return toc_draft_problem(r->s, r->draft, "E0203", r->at, "%s must be %s%s%s", r->key->name,
                             wanted, is_table ? "" : ", not ",
                             is_table ? "" : toc_value_text(r->L, quote));
}

// The value on top, as it stands there.
const char *toc_value_text(lua_State *L, char out[TOC_QUOTE_SIZE])
{
    char number[TOC_NUMBER_TEXT];
    switch (lua_type(L, -1)) {
    case LUA_TSTRING:
        return toc_text_quote(out, lua_tostring(L, -1));
    case LUA_TNUMBER:
        toc_number_text(L, -1, number);
        snprintf(out, TOC_QUOTE_SIZE, "%s", number);
        return out;
    case LUA_TBOOLEAN:
        return lua_toboolean(L, -1) ? "true" : "false";
    case LUA_TTABLE:
        return "a table";
    default:
        snprintf(out, TOC_QUOTE_SIZE, "a %s", lua_typename(L, lua_type(L, -1)));
        return out;
    }
}
