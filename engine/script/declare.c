// SPDX-License-Identifier: MIT
// The declarations: exercise, team, inject, service … (schema.c). Each is called twice, with an id and
// then with a table; both are kept as a draft, checked against the schema on the spot. What one
// draft says of another is for the second pass (refs.c).

#include <lauxlib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"

static int on_head(lua_State *L);
static int on_body(lua_State *L);
static toc_draft *add_draft(toc_scenario *s, lua_State *L, toc_decl kind);
static void read_keys(toc_scenario *s, lua_State *L, toc_draft *d);
static void free_values(toc_draft_value *values, const toc_schema_row *row);
static void report_unknown_key(toc_scenario *s, const toc_draft *d, const toc_schema_row *row,
                               const char *key);
static const toc_schema_key *find_key(const toc_schema_row *row, const char *name);
static int compare_texts(const void *a, const void *b);

void toc_declare_install(toc_scenario *s, lua_State *L)
{
    for (toc_decl k = 0; k < TOC_DECL_COUNT; k++) {
        toc_host_closure(s, L, on_head, k);
        toc_sandbox_global(s->sandbox, toc_schema(k)->name);
    }
}

void toc_declare_finish(toc_scenario *s)
{
    *s->within = '\0';
    for (size_t i = 0; i < s->draft_count; i++) {
        toc_draft *d = s->drafts[i];
        if (!d->has_table)
            toc_draft_problem(s, d, "E0000", NULL, "an id without its table: write %s",
                              toc_schema(d->kind)->form);
    }
}

void toc_declare_broken(toc_scenario *s, const char *path)
{
    toc_draft *last = s->draft_count > 0 ? s->drafts[s->draft_count - 1] : NULL;
    if (last && strcmp(last->place.file, path) == 0)
        last->has_table = true;
}

const toc_draft_value *toc_draft_get(const toc_draft *d, toc_key key)
{
    return &d->values[toc_schema_slot(toc_schema(d->kind), key)];
}

const toc_draft_value *toc_draft_inner(const toc_draft *d, toc_key list, size_t i, toc_key key)
{
    size_t slot = toc_schema_slot(toc_schema(d->kind), list);
    const toc_schema_row *row = toc_schema_inner(toc_schema(d->kind)->keys[slot].value);
    return &d->values[slot].inner[i * toc_schema_key_count(row) + toc_schema_slot(row, key)];
}

const char *toc_draft_key_name(const toc_draft *d, toc_key key)
{
    return toc_schema(d->kind)->keys[toc_schema_slot(toc_schema(d->kind), key)].name;
}

void toc_draft_free(toc_draft *d)
{
    if (!d)
        return;
    free_values(d->values, toc_schema(d->kind));
    free(d->id);
    free(d->place.file);
    free(d);
}

static void free_values(toc_draft_value *values, const toc_schema_row *row)
{
    size_t keys = toc_schema_key_count(row);
    for (size_t i = 0; i < keys; i++) {
        toc_draft_value *v = &values[i];
        const toc_schema_row *inner = toc_schema_inner(row->keys[i].value);
        size_t strings = row->keys[i].value == TOC_V_OPTIONS ? 2 : 1;
        for (size_t n = 0; v->list && n < v->count * strings; n++)
            free(v->list[n]);
        for (size_t n = 0; inner && n < v->count; n++)
            free_values(&v->inner[n * toc_schema_key_count(inner)], inner);
        free(v->inner);
        free(v->list);
        free(v->text);
    }
}

toc_problem *toc_draft_problem(toc_scenario *s, const toc_draft *d, const char *code,
                               const char *key, const char *format, ...)
{
    char text[800];
    char quote[TOC_QUOTE_SIZE];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    (void)key;
    return toc_problems_add(&s->problems, code, d->place.file, d->place.line, "%s %s: %s%s",
                            toc_schema(d->kind)->name, toc_text_quote(quote, d->id), s->within,
                            text);
}

// inject "INJ-01": gives the function that takes the table.
static int on_head(lua_State *L)
{
    toc_scenario *s = toc_host_of(L);
    toc_decl kind = (toc_decl)toc_host_number(L);
    const char *name = toc_schema(kind)->name;
    toc_sandbox_charge(L, 50);
    if (s->turn.mode != TOC_MODE_LOAD)
        return toc_sandbox_raise(L,
                                 "%s: a declaration comes too late in play; it stands in the "
                                 "scenario, outside of storylines and functions",
                                 name);
    if (s->counts[kind] == toc_schema(kind)->most && kind != TOC_DECL_EXERCISE)
        return toc_sandbox_raise(L, "more than %zu %s", toc_schema(kind)->most,
                                 toc_schema(kind)->plural);
    s->counts[kind]++;
    toc_draft *d = add_draft(s, L, kind);
    bool is_text = lua_type(L, 1) == LUA_TSTRING;
    d->id = toc_strdup(is_text ? lua_tostring(L, 1) : "");
    if (!*d->id) {
        d->has_table = is_text || lua_istable(L, 1); // a second mistake would repeat the first
        toc_problems_add(&s->problems, "E0000", d->place.file, d->place.line,
                         is_text ? "%s: its id is empty: write %s"
                                 : "%s wants an id in quotes first: %s",
                         name, toc_schema(kind)->form);
    }
    toc_host_closure(s, L, on_body, (lua_Integer)s->draft_count - 1);
    return 1;
}

static int on_body(lua_State *L)
{
    toc_scenario *s = toc_host_of(L);
    toc_draft *d = s->drafts[toc_host_number(L)];
    const char *name = toc_schema(d->kind)->name;
    toc_sandbox_charge(L, 50);
    if (s->turn.mode != TOC_MODE_LOAD)
        return toc_sandbox_raise(L, "%s: a declaration comes too late in play", name);
    if (d->has_table) {
        if (*d->id)
            toc_draft_problem(s, d, "E0000", NULL, "it has two tables");
        return 0;
    }
    d->has_table = true;
    if (!lua_istable(L, 1)) {
        toc_draft_problem(s, d, "E0000", NULL, "its id must be followed by a table: write %s",
                          toc_schema(d->kind)->form);
        return 0;
    }
    lua_settop(L, 1);
    read_keys(s, L, d);
    return 0;
}

static toc_draft *add_draft(toc_scenario *s, lua_State *L, toc_decl kind)
{
    char file[TOC_FILE_MAX];
    int line = toc_host_where(L, file);
    toc_draft *d = toc_alloc(sizeof *d);
    d->kind = kind;
    d->place = (toc_place){toc_strdup(file), line};
    for (size_t i = 0; i < TOC_SCHEMA_KEYS_MAX; i++)
        d->values[i].function = LUA_NOREF;
    TOC_GROW(s->drafts, s->draft_count, s->draft_capacity);
    s->drafts[s->draft_count++] = d;
    return d;
}

// stack: the table
static void read_keys(toc_scenario *s, lua_State *L, toc_draft *d)
{
    const toc_schema_row *row = toc_schema(d->kind);
    *s->within = '\0';
    toc_draft_unknown_keys(s, L, 1, d, row);
    for (size_t i = 0; i < toc_schema_key_count(row); i++) {
        lua_pushstring(L, row->keys[i].name);
        int type = lua_rawget(L, 1);
        if (type == LUA_TSTRING)
            toc_sandbox_charge(L, (lua_Integer)lua_rawlen(L, -1) / 16);
        if (type != LUA_TNIL)
            toc_draft_read(s, L, d, &row->keys[i], &d->values[i]);
        else if (row->keys[i].is_required)
            toc_draft_problem(s, d, "E0000", NULL, "%s is missing", row->keys[i].name);
        lua_pop(L, 1);
    }
}

// In the order of the alphabet: lua_next has none that lasts.
void toc_draft_unknown_keys(toc_scenario *s, lua_State *L, int index, const toc_draft *d,
                            const toc_schema_row *row)
{
    const char *unknown[20];
    size_t count = 0;
    bool has_other = false;
    bool has_first = strcmp(row->keys[0].name, TOC_FIRST) == 0;
    index = lua_absindex(L, index);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            has_other =
                has_other || !has_first || !lua_isinteger(L, -1) || lua_tointeger(L, -1) != 1;
        else if (!find_key(row, lua_tostring(L, -1)) && count < TOC_COUNT(unknown))
            unknown[count++] = lua_tostring(L, -1);
    }
    qsort(unknown, count, sizeof *unknown, compare_texts);
    for (size_t i = 0; i < count; i++)
        report_unknown_key(s, d, row, unknown[i]);
    if (has_other)
        toc_draft_problem(s, d, "E0000", NULL, "holds a value without a key (write key = value)");
}

static void report_unknown_key(toc_scenario *s, const toc_draft *d, const toc_schema_row *row,
                               const char *key)
{
    const char *names[TOC_SCHEMA_KEYS_MAX];
    size_t count = 0;
    char all[300] = "";
    for (size_t i = 0; i < toc_schema_key_count(row); i++) {
        if (strcmp(row->keys[i].name, TOC_FIRST) == 0)
            continue;
        size_t len = strlen(all);
        snprintf(all + len, sizeof all - len, "%s%s", count ? ", " : "", row->keys[i].name);
        names[count++] = row->keys[i].name;
    }
    char quote[TOC_QUOTE_SIZE];
    char near[TOC_NEAR_MAX];
    toc_host_near(near, key, names, count);
    if (*near)
        toc_draft_problem(s, d, "E0000", NULL, "unknown key %s%s", toc_text_quote(quote, key),
                          near);
    else
        toc_draft_problem(s, d, "E0000", NULL, "unknown key %s; its keys are %s",
                          toc_text_quote(quote, key), all);
}

static const toc_schema_key *find_key(const toc_schema_row *row, const char *name)
{
    for (size_t i = 0; i < toc_schema_key_count(row); i++)
        if (strcmp(row->keys[i].name, name) == 0)
            return &row->keys[i];
    return NULL;
}

static int compare_texts(const void *a, const void *b)
{
    const char *const *x = a;
    const char *const *y = b;
    return strcmp(*x, *y);
}
