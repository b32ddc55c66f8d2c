// SPDX-License-Identifier: MIT
// The declarations that play: storyline, when, on.

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"
#include "language.h"

enum { PARTS_MAX = 1000 };

static int on_storyline(lua_State *L);
static int refuse_name(toc_scenario *s, lua_State *L);
static int on_ignored(lua_State *L);
static int on_storyline_body(lua_State *L);
static int on_when(lua_State *L);
static int on_on(lua_State *L);
static toc_kind check_kind(toc_scenario *s, lua_State *L, const char *file, int line);
static void check_time(lua_State *L, const char *what);
static toc_part *add_part(toc_scenario *s, lua_State *L, toc_part_kind kind, char *name);
static toc_part *take_part(toc_scenario *s, lua_State *L, toc_part_kind kind);
static void report_too_many(toc_scenario *s, const char *file, int line, toc_part_kind kind);
static char *place_name(toc_scenario *s, const char *what, const char *file, int line);
static toc_part *find_part(const toc_scenario *s, const char *name);

void toc_parts_install(toc_scenario *s, lua_State *L)
{
    toc_host_global(s, L, "storyline", on_storyline);
    toc_host_global(s, L, "when", on_when);
    toc_host_global(s, L, "on", on_on);
}

void toc_parts_finish(toc_scenario *s)
{
    char quote[TOC_QUOTE_SIZE];
    for (size_t i = 0; i < s->part_count; i++) {
        toc_part *p = s->parts[i];
        if (p->function == LUA_NOREF && !p->is_over)
            toc_problem_help(toc_call_problem(s, "E0211", p->place.file, p->place.line, "storyline",
                                              0, "storyline %s: a name without its function",
                                              toc_text_quote(quote, p->name)),
                             "write storyline %s (function () … end)", quote);
    }
}

void toc_parts_broken(toc_scenario *s, const char *path)
{
    toc_part *last = s->part_count > 0 ? s->parts[s->part_count - 1] : NULL;
    if (last && strcmp(last->place.file, path) == 0)
        last->is_over = true; // never asked or begun: there is no play
}

void toc_part_free(toc_part *p)
{
    if (!p)
        return;
    free(p->name);
    free(p->place.file);
    free(p);
}

size_t toc_scenario_part_count(const toc_scenario *s)
{
    return s->part_count;
}

toc_scenario_part toc_scenario_part_at(const toc_scenario *s, size_t i)
{
    const toc_part *p = s->parts[i];
    static const toc_scenario_part_kind kinds[] = {TOC_SCENARIO_STORYLINE, TOC_SCENARIO_WHEN,
                                                   TOC_SCENARIO_ON};
    return (toc_scenario_part){.kind = kinds[p->kind],
                               .name = p->name,
                               .file = p->place.file,
                               .line = p->place.line,
                               .begun = p->begun,
                               .ended = p->ended,
                               .is_at_once = p->is_at_once};
}

// storyline "the wipe": gives the function that takes the function.
static int on_storyline(lua_State *L)
{
    toc_scenario *s = toc_host_of(L);
    check_time(L, "storyline");
    size_t len;
    const char *name = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &len) : NULL;
    if (!name || !*name || len > TOC_LINE_TEXT_MAX || !toc_utf8_clean(name, len) ||
        strpbrk(name, "\n\t"))
        return refuse_name(s, L);
    if (s->is_again) {
        if (strcmp(take_part(s, L, TOC_PART_STORYLINE)->name, name) != 0)
            return toc_again_differs(s, L);
        toc_host_closure(s, L, on_storyline_body, (lua_Integer)s->parts_again - 1);
        return 1;
    }
    char quote[TOC_QUOTE_SIZE];
    char file[TOC_FILE_MAX];
    int line = toc_host_where(L, file);
    const toc_part *same = find_part(s, name);
    if (same)
        toc_problem_note(toc_problem_help(toc_call_problem(s, "E0210", file, line, "storyline", 1,
                                                           "storyline %s: this name is taken",
                                                           toc_text_quote(quote, name)),
                                          "give one of them another name"),
                         "the first is at %s:%d", same->place.file, same->place.line);
    if (add_part(s, L, TOC_PART_STORYLINE, toc_strdup(name)))
        toc_host_closure(s, L, on_storyline_body, (lua_Integer)s->part_count - 1);
    else
        toc_host_closure(s, L, on_ignored, 0);
    return 1;
}

// What is said wrongly is passed over, so that the rest of the file is read.
static int refuse_name(toc_scenario *s, lua_State *L)
{
    char file[TOC_FILE_MAX];
    int line = toc_host_where(L, file);
    toc_problem_help(toc_call_problem(s, "E0226", file, line, "storyline", 0,
                                      "storyline wants a name in quotes first, one line"),
                     "write storyline \"the wipe\" (function () … end)");
    toc_host_closure(s, L, on_ignored, 0);
    return 1;
}

static int on_ignored(lua_State *L)
{
    toc_sandbox_charge(L, 50);
    return 0;
}

static int on_storyline_body(lua_State *L)
{
    toc_scenario *s = toc_host_of(L);
    check_time(L, "storyline");
    toc_part *p = s->parts[toc_host_number(L)];
    if (s->is_again) {
        s->bodies_again++;
        if (!lua_isfunction(L, 1))
            return toc_again_differs(s, L);
        lua_settop(L, 1);
        lua_rawseti(L, LUA_REGISTRYINDEX, p->function);
        return 0;
    }
    char quote[TOC_QUOTE_SIZE];
    if (!lua_isfunction(L, 1) || p->function != LUA_NOREF) {
        toc_problem_help(toc_call_problem(s, "E0226", p->place.file, p->place.line, "storyline", 0,
                                          "storyline %s: %s", toc_text_quote(quote, p->name),
                                          p->function != LUA_NOREF
                                              ? "it has two functions"
                                              : "its name must be followed by a function"),
                         "write storyline %s (function () … end)", quote);
        p->is_over = true; // said once
        return 0;
    }
    lua_settop(L, 1);
    p->function = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

// when(condition, function)
static int on_when(lua_State *L)
{
    toc_scenario *s = toc_host_of(L);
    check_time(L, "when");
    if (s->is_again) {
        const toc_part *p = take_part(s, L, TOC_PART_WHEN);
        if (!lua_isfunction(L, 1) || !lua_isfunction(L, 2))
            return toc_again_differs(s, L);
        lua_settop(L, 2);
        lua_rawseti(L, LUA_REGISTRYINDEX, p->function);
        lua_rawseti(L, LUA_REGISTRYINDEX, p->condition);
        return 0;
    }
    char file[TOC_FILE_MAX];
    int line = toc_host_where(L, file);
    if (!lua_isfunction(L, 1) || !lua_isfunction(L, 2)) {
        int wrong = lua_isfunction(L, 1) ? lua_isnone(L, 2) ? 0 : 2 : 1;
        toc_problem_help(
            toc_call_problem(s, "E0226", file, line, "when", wrong, "when wants two functions"),
            "the first is what it waits for, the second what happens then: when(function () return "
            "level \"grid\" < 50 end, function () … end)");
        return 0;
    }
    toc_part *p = add_part(s, L, TOC_PART_WHEN, place_name(s, "when", file, line));
    if (!p)
        return 0;
    lua_settop(L, 2);
    p->function = luaL_ref(L, LUA_REGISTRYINDEX);
    p->condition = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

// on(kind, function)
static int on_on(lua_State *L)
{
    toc_scenario *s = toc_host_of(L);
    check_time(L, "on");
    if (s->is_again) {
        const toc_part *p = take_part(s, L, TOC_PART_ON);
        if (lua_type(L, 1) != LUA_TSTRING || !lua_isfunction(L, 2) ||
            strcmp(lua_tostring(L, 1), toc_kind_name(p->event)) != 0)
            return toc_again_differs(s, L);
        lua_settop(L, 2);
        lua_rawseti(L, LUA_REGISTRYINDEX, p->function);
        return 0;
    }
    char file[TOC_FILE_MAX];
    int line = toc_host_where(L, file);
    if (lua_type(L, 1) != LUA_TSTRING || !lua_isfunction(L, 2)) {
        int wrong = lua_type(L, 1) != LUA_TSTRING ? 1 : lua_isnone(L, 2) ? 0 : 2;
        toc_problem_help(toc_call_problem(s, "E0226", file, line, "on", wrong,
                                          "on wants a kind of event and a function"),
                         "write on(\"decided\", function (e) … end)");
        return 0;
    }
    toc_kind kind = check_kind(s, L, file, line);
    if (kind == TOC_K_UNKNOWN)
        return 0;
    char what[64];
    snprintf(what, sizeof what, "on %s", toc_kind_name(kind));
    toc_part *p = add_part(s, L, TOC_PART_ON, place_name(s, what, file, line));
    if (!p)
        return 0;
    p->event = kind;
    lua_settop(L, 2);
    p->function = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

static toc_kind check_kind(toc_scenario *s, lua_State *L, const char *file, int line)
{
    const char *word = lua_tostring(L, 1);
    toc_kind kind = toc_kind_find(word);
    const char *names[TOC_K_COUNT];
    size_t count;
    // What scripts do themselves (note, error, storyline) is not there: a handler of it would begin
    // itself for ever. Nor is what tells of the engine and not of the exercise.
    const toc_event_row *rows = toc_language_events(&count);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].kind == kind)
            return kind;
        names[i] = toc_kind_name(rows[i].kind);
    }
    char quote[TOC_QUOTE_SIZE];
    const char *near = kind == TOC_K_UNKNOWN ? toc_text_near(word, names, count) : NULL;
    toc_problem *problem =
        toc_call_problem(s, "E0227", file, line, "on", 1,
                         kind != TOC_K_UNKNOWN ? "on: %s events cannot begin a storyline"
                                               : "on: unknown kind of event %s",
                         toc_text_quote(quote, word));
    if (near) {
        toc_problem_help(problem, "did you mean \"%s\"?", near);
        toc_draft_fix(s, problem, "\"%s\"", near);
    } else {
        toc_problem_help(problem, "often wanted: \"sent\", \"decided\", \"message\", \"level\"");
    }
    return TOC_K_UNKNOWN;
}

static void check_time(lua_State *L, const char *what)
{
    toc_scenario *s = toc_host_of(L);
    toc_sandbox_charge(L, 50);
    if (s->turn.mode != TOC_MODE_LOAD)
        toc_sandbox_raise(L,
                          "%s: a declaration comes too late in play; it stands in the scenario, "
                          "outside of storylines and functions",
                          what);
}

// Once is enough, whatever is declared beyond it.
static void report_too_many(toc_scenario *s, const char *file, int line, toc_part_kind kind)
{
    static const char *const words[] = {"storyline", "when", "on"};
    if (!s->has_too_many_parts)
        toc_problem_help(toc_call_problem(s, "E0219", file, line, words[kind], 0,
                                          "more than %d storylines", PARTS_MAX),
                         "a scenario holds at most %d, when and on counted; is there a loop that "
                         "does not end?",
                         PARTS_MAX);
    s->has_too_many_parts = true;
}

static toc_part *add_part(toc_scenario *s, lua_State *L, toc_part_kind kind, char *name)
{
    char file[TOC_FILE_MAX];
    int line = toc_host_where(L, file);
    if (s->part_count >= PARTS_MAX) {
        free(name);
        report_too_many(s, file, line, kind);
        return NULL;
    }
    toc_part *p = toc_alloc(sizeof *p);
    p->kind = kind;
    p->name = name;
    p->place = (toc_place){toc_strdup(file), line};
    p->function = LUA_NOREF;
    p->condition = LUA_NOREF;
    p->event = TOC_K_UNKNOWN;
    toc_random_seed(&p->fresh, s->seed, name);
    p->random = p->fresh;
    TOC_GROW(s->parts, s->part_count, s->part_capacity);
    s->parts[s->part_count++] = p;
    return p;
}

// Played once more: the part that was declared here at the load.
static toc_part *take_part(toc_scenario *s, lua_State *L, toc_part_kind kind)
{
    size_t i = s->parts_again++;
    if (i >= s->part_count || s->parts[i]->kind != kind)
        toc_again_differs(s, L);
    return s->parts[i];
}

// "when scenario.lua:120"; the second one of a line gets " (2)", so that each has its own stream.
static char *place_name(toc_scenario *s, const char *what, const char *file, int line)
{
    char *name = toc_sprintf("%s %s:%d", what, file, line);
    for (int n = 2; find_part(s, name); n++) {
        free(name);
        name = toc_sprintf("%s %s:%d (%d)", what, file, line, n);
    }
    return name;
}

static toc_part *find_part(const toc_scenario *s, const char *name)
{
    for (size_t i = 0; i < s->part_count; i++)
        if (strcmp(s->parts[i]->name, name) == 0)
            return s->parts[i];
    return NULL;
}
