// SPDX-License-Identifier: MIT
// The options of a decision: pairs of a word to type and what it means.

#include <lauxlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "values.h"

static void say_named_options(const toc_reading *r);
static bool add_option(const toc_reading *r, size_t number);
static void check_option(toc_scenario *s, const toc_draft *d, const char *const *ids, size_t i);

void toc_options_read(const toc_reading *r)
{
    if (lua_istable(r->L, -1) && !toc_value_is_sequence(r->L, -1)) {
        say_named_options(r);
        return;
    }
    if (!lua_istable(r->L, -1)) {
        char quote[TOC_QUOTE_SIZE];
        toc_problem_help(toc_draft_problem(r->s, r->draft, "E0220", r->at,
                                           "options must be a list of pairs, not %s",
                                           toc_value_text(r->L, quote)),
                         "write options = %s", r->key->example);
        return;
    }
    size_t count = lua_rawlen(r->L, -1);
    if (count < (size_t)r->key->least || count > (size_t)r->key->most) {
        toc_problem_help(
            toc_draft_problem(r->s, r->draft, "E0220", r->at, "options has %zu entr%s", count,
                              count == 1 ? "y" : "ies"),
            "offer %lld to %lld, or leave it out for an answer in the team's own words",
            (long long)r->key->least, (long long)r->key->most);
        return;
    }
    bool is_good = true;
    for (size_t i = 1; i <= count; i++) {
        lua_rawgeti(r->L, -1, (lua_Integer)i);
        is_good = add_option(r, i) && is_good;
        lua_pop(r->L, 1);
    }
    r->out->is_set = is_good;
}

void toc_options_resolve(toc_scenario *s, const toc_draft *d, toc_decision *decision)
{
    const toc_draft_value *options = toc_draft_get(d, TOC_KEY_OPTIONS);
    const char *fallback = toc_draft_get(d, TOC_KEY_DEFAULT)->text;
    const char *ids[20];
    size_t count = options->is_set ? options->count : 0;
    decision->options = toc_alloc((2 * count + 1) * sizeof *decision->options);
    for (size_t i = 0; i < count; i++) {
        ids[i] = options->list[2 * i];
        check_option(s, d, ids, i);
        decision->options[2 * i] = toc_strdup(options->list[2 * i]);
        decision->options[2 * i + 1] = toc_strdup(options->list[2 * i + 1]);
        decision->option_count++;
        if (fallback && !decision->fallback && strcmp(ids[i], fallback) == 0)
            decision->fallback = toc_strdup(fallback);
    }
    char quote[TOC_QUOTE_SIZE];
    toc_where at = toc_where_value("default");
    if (fallback && !decision->fallback && options->is_set) {
        toc_problem *problem = toc_draft_problem(
            s, d, "E0221", at, "default: there is no option %s", toc_text_quote(quote, fallback));
        const char *near = toc_text_near(fallback, ids, count);
        toc_problem_label(problem, "no such option");
        toc_problem_help(problem,
                         near ? "did you mean \"%s\"?"
                              : "write the word of one of the "
                                "options, as \"%s\"",
                         near ? near : ids[0]);
        if (near)
            toc_draft_fix(s, problem, "\"%s\"", near);
    } else if (fallback && !decision->fallback && !options->list && !options->is_given) {
        toc_problem_help(
            toc_draft_problem(s, d, "E0221", at, "default: a decision without options has none"),
            "write options too, or take default out");
    }
}

// options = { close = "Close it", … }: pairs of a key and a value have no order.
static void say_named_options(const toc_reading *r)
{
    lua_State *L = r->L;
    const char *name = NULL;
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING &&
            (!name || strcmp(lua_tostring(L, -1), name) < 0)) // lua_next has no order that lasts
            name = lua_tostring(L, -1);
    }
    lua_getfield(L, -1, name ? name : "");
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "…";
    toc_problem *problem = toc_draft_problem(
        r->s, r->draft, "E0220", r->at,
        "options must be a list of pairs; values with keys have no order to be shown in");
    if (name)
        toc_problem_help(problem,
                         "write each as a pair: options = { { \"%.60s\", \"%.100s\" }, … }", name,
                         text);
    else
        toc_problem_help(problem, "write options = %s", r->key->example);
    lua_pop(L, 1);
}

// The entry on top.
static bool add_option(const toc_reading *r, size_t number)
{
    lua_State *L = r->L;
    int index = lua_gettop(L);
    toc_where at = toc_where_item(r->key->name, number - 1);
    toc_problem *problem;
    if (lua_type(L, index) == LUA_TSTRING) {
        problem = toc_draft_problem(r->s, r->draft, "E0220", at,
                                    "options: entry %zu is a text, not a pair", number);
        toc_problem_help(problem,
                         "an option is a word to type and what it means: { \"%.60s\", "
                         "\"…\" }",
                         lua_tostring(L, index));
        return false;
    }
    if (!lua_istable(L, index) || !toc_value_is_sequence(L, index) || lua_rawlen(L, index) != 2 ||
        lua_rawgeti(L, index, 1) != LUA_TSTRING || lua_rawgeti(L, index, 2) != LUA_TSTRING) {
        lua_settop(L, index);
        problem =
            toc_draft_problem(r->s, r->draft, "E0220", at,
                              "options: entry %zu is no pair of a word and its meaning", number);
        toc_problem_help(problem, "write { \"wait\", \"Keep watching\" }");
        return false;
    }
    size_t id_len;
    size_t text_len;
    const char *id = lua_tolstring(L, -2, &id_len);
    const char *text = lua_tolstring(L, -1, &text_len);
    at.inner_item = 1;
    bool is_good = toc_value_text_ok(r, at, "an option's id", id, id_len, TOC_LINE_TEXT_MAX);
    at.inner_item = 2;
    is_good =
        toc_value_text_ok(r, at, "an option's text", text, text_len, TOC_LINE_TEXT_MAX) && is_good;
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

static void check_option(toc_scenario *s, const toc_draft *d, const char *const *ids, size_t i)
{
    // Words that already mean something where an option's id is typed, or stands in a path of a rehearsal.
    static const char *const words[] = {"other",      "accept",       "reject",
                                        "own-answer", "own-rejected", "no-answer"};
    toc_where at = toc_where_item("options", i);
    at.inner_item = 1;
    char mended[TOC_ID_MAX + 1];
    const char *id = ids[i];
    if (strcspn(id, " \"':=,;") != strlen(id) || strlen(id) > TOC_ID_MAX) {
        toc_problem *problem = toc_draft_problem(
            s, d, "E0220", at, "options: \"%.60s\" is no word that a team could type", id);
        toc_problem_label(problem, "no single word");
        toc_id_mend(id, mended);
        toc_problem_help(problem, "first one word to type, then what it means: { \"%s\", \"…\" }",
                         *mended ? mended : "wait");
    }
    for (size_t n = 0; n < TOC_COUNT(words); n++)
        if (strcasecmp(id, words[n]) == 0)
            toc_problem_help(
                toc_draft_problem(s, d, "E0220", at, "options: the word \"%s\" is reserved", id),
                n < 3 ? "teams type it for something else (other: …); take another word"
                      : "a rehearsal names what teams do with it (no-answer, late …); take another "
                        "word");
    for (size_t n = 0; n < i; n++)
        if (strcasecmp(id, ids[n]) == 0) {
            bool is_same = strcmp(id, ids[n]) == 0;
            toc_problem *problem =
                is_same ? toc_draft_problem(s, d, "E0216", at, "options: \"%s\" is there twice", id)
                        : toc_draft_problem(s, d, "E0216", at,
                                            "options: \"%s\" and \"%s\" differ in capital letters "
                                            "only",
                                            ids[n], id);
            toc_problem_help(problem, "give each option a word of its own");
            break;
        }
}
