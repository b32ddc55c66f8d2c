// SPDX-License-Identifier: MIT
// The declarations: exercise, team, inject, service … (schema.c). Each is called twice, with an id and
// then with a table; both are kept as a draft, checked against the schema on the spot. What one
// draft says of another is for the second pass (refs.c).

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"

enum { KEYS_TEXT = 300 }; // bytes of all keys of a declaration, as a list

static int on_head(lua_State *L);
static int on_body(lua_State *L);
static int take_head(toc_scenario *s, lua_State *L, toc_decl kind);
static int take_body(toc_scenario *s, lua_State *L, const toc_draft *d);
static toc_draft *add_draft(toc_scenario *s, lua_State *L, toc_decl kind);
static void read_keys(toc_scenario *s, lua_State *L, toc_draft *d);
static void free_values(toc_draft_value *values, const toc_schema_row *row);
static void report_too_many(toc_scenario *s, lua_State *L, toc_decl kind);
static int on_ignored(lua_State *L);
static unsigned report_unknown_key(toc_scenario *s, const toc_draft *d, const toc_schema_row *row,
                                   const char *key, toc_where at);
static const char *list_keys(const toc_schema_row *row, char out[KEYS_TEXT]);
static const toc_schema_key *find_meant(const toc_schema_row *row, const char *word);
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
            toc_problem_help(
                toc_draft_problem(s, d, "E0211", toc_where_head(), "an id without its table"),
                "write %s", toc_schema(d->kind)->form);
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
    if (s->is_again)
        return take_head(s, L, kind);
    if (s->counts[kind] >= toc_schema(kind)->most && kind != TOC_DECL_EXERCISE) {
        report_too_many(s, L, kind);
        toc_host_closure(s, L, on_ignored, 0);
        return 1;
    }
    s->counts[kind]++;
    toc_draft *d = add_draft(s, L, kind);
    bool is_text = lua_type(L, 1) == LUA_TSTRING;
    d->id = toc_strdup(is_text ? lua_tostring(L, 1) : "");
    if (!*d->id) {
        d->has_table = is_text || lua_istable(L, 1); // a second mistake would repeat the first
        toc_problem *problem = toc_call_problem(
            s, "E0209", d->place.file, d->place.line, name, is_text,
            is_text ? "%s: its id is empty" : "%s wants an id in quotes first", name);
        toc_problem_help(problem, "write %s", toc_schema(kind)->form);
    }
    if (*d->id && lua_istable(L, 2)) {
        toc_problem *problem = toc_draft_problem(s, d, "E0211", toc_where_head(),
                                                 "its id and its table stand without brackets");
        toc_problem_help(problem, "write %s \"%s\" { … }", name, d->id);
        d->has_table = true;
        lua_settop(L, 2);
        lua_remove(L, 1);
        read_keys(s, L, d);
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
    if (s->is_again)
        return take_body(s, L, d);
    if (d->has_table) {
        if (*d->id)
            toc_problem_help(
                toc_draft_problem(s, d, "E0212", toc_where_head(), "it has two tables"),
                "put all its keys into one pair of braces");
        return 0;
    }
    d->has_table = true;
    if (!lua_istable(L, 1)) {
        toc_problem_help(toc_draft_problem(s, d, "E0211", toc_where_head(),
                                           "its id must be followed by a table"),
                         "write %s", toc_schema(d->kind)->form);
        return 0;
    }
    lua_settop(L, 1);
    read_keys(s, L, d);
    return 0;
}

static int take_head(toc_scenario *s, lua_State *L, toc_decl kind)
{
    size_t i = s->drafts_again++;
    const char *id = lua_type(L, 1) == LUA_TSTRING ? lua_tostring(L, 1) : "";
    if (i >= s->draft_count || s->drafts[i]->kind != kind || strcmp(s->drafts[i]->id, id) != 0)
        return toc_again_differs(s, L);
    toc_host_closure(s, L, on_body, (lua_Integer)i);
    return 1;
}

// Its functions are new, and stand where those of the load stood.
static int take_body(toc_scenario *s, lua_State *L, const toc_draft *d)
{
    const toc_schema_row *row = toc_schema(d->kind);
    s->bodies_again++;
    if (!lua_istable(L, 1))
        return toc_again_differs(s, L);
    for (size_t i = 0; i < TOC_SCHEMA_KEYS_MAX; i++) {
        if (d->values[i].function == LUA_NOREF)
            continue;
        lua_pushstring(L, row->keys[i].name);
        if (lua_rawget(L, 1) != LUA_TFUNCTION)
            return toc_again_differs(s, L);
        lua_rawseti(L, LUA_REGISTRYINDEX, d->values[i].function);
    }
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

// Once is enough, whatever is declared beyond it; and what that is called is not known.
static void report_too_many(toc_scenario *s, lua_State *L, toc_decl kind)
{
    const toc_schema_row *row = toc_schema(kind);
    char file[TOC_FILE_MAX];
    int line = toc_host_where(L, file);
    s->is_partial = true;
    if (s->counts[kind]++ == row->most)
        toc_problem_help(toc_call_problem(s, "E0219", file, line, row->name, 0, "more than %zu %s",
                                          row->most, row->plural),
                         "a scenario holds at most %zu; is there a loop that does not end?",
                         row->most);
}

// Takes the table of what is not kept.
static int on_ignored(lua_State *L)
{
    toc_sandbox_charge(L, 50);
    return 0;
}

// stack: the table
static void read_keys(toc_scenario *s, lua_State *L, toc_draft *d)
{
    const toc_schema_row *row = toc_schema(d->kind);
    *s->within = '\0';
    unsigned meant = toc_draft_unknown_keys(s, L, 1, d, row, toc_where_value(NULL));
    for (size_t i = 0; i < toc_schema_key_count(row); i++) {
        const toc_schema_key *key = &row->keys[i];
        lua_pushstring(L, key->name);
        int type = lua_rawget(L, 1);
        if (type == LUA_TSTRING)
            toc_sandbox_charge(L, (lua_Integer)lua_rawlen(L, -1) / 16);
        if (type != LUA_TNIL)
            toc_draft_read(s, L, d, key, &d->values[i]);
        else if (key->is_required && !(meant & 1u << i))
            toc_problem_help(
                toc_draft_problem(s, d, "E0202", toc_where_head(), "%s is missing", key->name),
                "write %s = %s", key->name, key->example);
        lua_pop(L, 1);
    }
}

// In the order of the alphabet: lua_next has none that lasts.
unsigned toc_draft_unknown_keys(toc_scenario *s, lua_State *L, int index, const toc_draft *d,
                                const toc_schema_row *row, toc_where at)
{
    const char *unknown[20];
    size_t count = 0;
    lua_Integer other = 0; // the first value without a key
    unsigned meant = 0;
    bool has_first = strcmp(row->keys[0].name, TOC_FIRST) == 0;
    index = lua_absindex(L, index);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING) {
            if (!find_key(row, lua_tostring(L, -1)) && count < TOC_COUNT(unknown))
                unknown[count++] = lua_tostring(L, -1);
            continue;
        }
        lua_Integer n = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : LUA_MAXINTEGER;
        if (n != 1 || !has_first)
            other = other == 0 || n < other ? n : other;
    }
    qsort(unknown, count, sizeof *unknown, compare_texts);
    for (size_t i = 0; i < count; i++)
        meant |= report_unknown_key(s, d, row, unknown[i], at);
    if (other == 0)
        return meant;
    *(at.key ? &at.inner_item : &at.item) = other > 0 && other < 1000 ? (size_t)other : 0;
    char all[KEYS_TEXT];
    toc_problem *problem = toc_draft_problem(s, d, "E0212", at, "holds a value without a key");
    if (toc_loose_say(s, problem, row))
        return meant;
    toc_problem_label(problem, "which key?");
    toc_problem_help(problem, "write key = value; its keys are %s", list_keys(row, all));
    return meant;
}

// Gives the bit of the key that was meant.
static unsigned report_unknown_key(toc_scenario *s, const toc_draft *d, const toc_schema_row *row,
                                   const char *key, toc_where at)
{
    char all[KEYS_TEXT];
    char quote[TOC_QUOTE_SIZE];
    const toc_schema_key *meant = find_meant(row, key);
    at.kind = TOC_WHERE_KEY;
    *(at.key ? &at.inner : &at.key) = key;
    toc_problem *problem =
        toc_draft_problem(s, d, "E0201", at, "unknown key %s", toc_text_quote(quote, key));
    toc_problem_label(problem, "no such key");
    if (meant)
        toc_problem_help(problem, "did you mean %s?", meant->name);
    else
        toc_problem_help(problem, "its keys are %s", list_keys(row, all));
    if (meant)
        toc_draft_fix(s, problem, "%s", meant->name);
    return meant ? 1u << (meant - row->keys) : 0;
}

static const char *list_keys(const toc_schema_row *row, char out[KEYS_TEXT])
{
    size_t count = 0;
    *out = '\0';
    for (size_t i = 0; i < toc_schema_key_count(row); i++) {
        size_t len = strlen(out);
        if (strcmp(row->keys[i].name, TOC_FIRST) != 0)
            snprintf(out + len, KEYS_TEXT - len, "%s%s", count++ ? ", " : "", row->keys[i].name);
    }
    return out;
}

// A key that is written nearly so, or that spreadsheets and other tools call so.
static const toc_schema_key *find_meant(const toc_schema_row *row, const char *word)
{
    // clang-format off
    static const struct {
        const char *word, *key;
    } others[] = {
        {"message", "text"},
        {"body", "text"},
        {"content", "text"},
        {"description", "text"},
        {"question", "title"},
        {"subject", "title"},
        {"headline", "title"},
        {"sender", "from"},
        {"recipient", "to"},
        {"recipients", "to"},
        {"receiver", "to"},
        {"team", "to"},
        {"teams", "to"},
        {"teams", "team"},
        {"time", "at"},
        {"when", "at"},
        {"start", "startex"},
        {"duration", "length"},
        {"duration", "work"},
        {"deadline", "within"},
        {"deadline", "by"},
        {"due", "by"},
        {"answers", "options"},
        {"choices", "options"},
        {"fallback", "default"},
        {"priority", "urgent"},
        {"file", "attach"},
        {"attachment", "attach"},
        {"attachments", "attach"},
        {"players", "seats"},
        {"classification", "marking"},
        {"depends_on", "needs"},
        {"comment", "notes"},
        {"title", "name"},
        {"name", "title"},
        {"briefing", "brief"},
        {"acknowledge", "ack"},
        {"medium", "channel"},
    };
    // clang-format on
    const char *names[TOC_SCHEMA_KEYS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < toc_schema_key_count(row); i++)
        if (strcmp(row->keys[i].name, TOC_FIRST) != 0)
            names[count++] = row->keys[i].name;
    // Of two letters nearly everything is near: an is a word of other languages, not at.
    const char *near = strlen(word) > 2 ? toc_text_near(word, names, count) : NULL;
    const toc_schema_key *key = near ? find_key(row, near) : NULL;
    for (size_t i = 0; !key && i < TOC_COUNT(others); i++)
        if (strcasecmp(others[i].word, word) == 0)
            key = find_key(row, others[i].key);
    return key;
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
