// SPDX-License-Identifier: MIT
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"
#include "tokens.h"

static bool say_other_kind(const toc_scenario *s, char out[TOC_UNKNOWN_MAX], unsigned kinds,
                           const char *what, const char *id);
static const char *find_meant(lua_State *L, const toc_scenario *s, const char *name, char *own);
static bool is_declared(const toc_scenario *s, const char *name);
static bool is_declared_in(const toc_file *f, const char *name);

toc_scenario *toc_host_of(lua_State *L)
{
    return lua_touserdata(L, lua_upvalueindex(1));
}

lua_Integer toc_host_number(lua_State *L)
{
    return lua_tointeger(L, lua_upvalueindex(2));
}

void toc_host_closure(toc_scenario *s, lua_State *L, lua_CFunction f, lua_Integer number)
{
    lua_pushlightuserdata(L, s);
    lua_pushinteger(L, number);
    lua_pushcclosure(L, f, 2);
}

void toc_host_global(toc_scenario *s, lua_State *L, const char *name, lua_CFunction f)
{
    toc_host_closure(s, L, f, 0);
    toc_sandbox_global(s->sandbox, name);
}

int toc_host_where(lua_State *L, char file[TOC_FILE_MAX])
{
    lua_Debug ar;
    int nearest = 0;
    for (int level = 1; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        if (ar.currentline <= 0 || ar.source[0] != '=')
            continue;
        bool is_library = toc_module_is_library(ar.source + 1);
        if (!is_library || nearest == 0)
            snprintf(file, TOC_FILE_MAX, "%s", ar.source + 1);
        if (!is_library)
            return ar.currentline;
        nearest = nearest ? nearest : ar.currentline;
    }
    if (nearest == 0)
        snprintf(file, TOC_FILE_MAX, "scenario.lua");
    return nearest ? nearest : 1;
}

size_t toc_host_find(const toc_scenario *s, toc_decl kind, const char *id)
{
    int64_t draft;
    if (!toc_map_get(s->ids, id, &draft) || s->drafts[draft]->kind != kind)
        return TOC_NONE;
    return s->drafts[draft]->index;
}

bool toc_host_advise(lua_State *L, void *self, const char *name, char *out, size_t size)
{
    const toc_scenario *s = self;
    char path[TOC_FILE_MAX];
    char own[TOC_ID_MAX + 1];
    bool is_yes = strcmp(name, "yes") == 0;
    if (is_yes || strcmp(name, "no") == 0) {
        snprintf(out, size, "write %s, or \"%s\" if it is a text", is_yes ? "true" : "false", name);
        return true;
    }
    snprintf(path, sizeof path, "%s%.*s.lua", TOC_LIBRARY, (int)TOC_ID_MAX, name);
    if (toc_files_find(s->files, path)) {
        snprintf(out, size, "write local %s = require \"%s\" before", name, name);
        return true;
    }
    const char *id = strlen(name) <= TOC_ID_MAX ? find_meant(L, s, name, own) : NULL;
    if (id)
        snprintf(out, size, "ids stand in quotes: \"%s\"", id);
    return id != NULL;
}

// The id of this name, or while the scenario is read the first that begins with it: INJ is INJ-01.
static const char *find_meant(lua_State *L, const toc_scenario *s, const char *name, char *own)
{
    int64_t found;
    size_t len = strlen(name);
    const char *beginning = NULL;
    if (toc_map_get(s->ids, name, &found))
        return s->drafts[found]->id;
    if (s->turn.mode != TOC_MODE_LOAD)
        return NULL;
    const toc_file *f = toc_files_find(s->files, "scenario.lua");
    toc_sandbox_charge(L, (int64_t)(s->draft_count / 8 + (f ? f->size / 64 : 0)));
    for (size_t i = 0; i < s->draft_count; i++) {
        const char *id = s->drafts[i]->id;
        if (strncmp(id, name, len) != 0)
            continue;
        if (id[len] == '\0')
            return id;
        if (!beginning && (id[len] == '-' || id[len] == '.'))
            beginning = id;
    }
    if (beginning || !is_declared(s, name))
        return beginning;
    snprintf(own, TOC_ID_MAX + 1, "%s", name);
    return own;
}

static bool is_declared(const toc_scenario *s, const char *name)
{
    for (size_t i = 0; i < toc_files_count(s->files); i++) {
        const toc_file *f = toc_files_at(s->files, i);
        const char *dot = strrchr(f->path, '.');
        if (dot && strcmp(dot, ".lua") == 0 && !toc_module_is_library(f->path) &&
            is_declared_in(f, name))
            return true;
    }
    return false;
}

// Is it declared further down, WORD "name" with a word of the declarations?
static bool is_declared_in(const toc_file *f, const char *name)
{
    toc_tokens tokens = {f->data, f->data + f->size, 1, NULL, 0, NULL};
    toc_token before = {0};
    for (toc_token t = toc_tokens_next(&tokens); t.kind != TOC_TOKEN_END;
         t = toc_tokens_next(&tokens)) {
        bool is_name =
            t.kind == TOC_TOKEN_TEXT && t.len == strlen(name) && memcmp(t.start, name, t.len) == 0;
        for (toc_decl k = 0; is_name && k < TOC_DECL_COUNT; k++)
            if (toc_token_is(&before, toc_schema(k)->name))
                return true;
        before = t;
    }
    return false;
}

const char *toc_host_near(char out[TOC_NEAR_MAX], const char *word, const char *const *names,
                          size_t count)
{
    char quote[TOC_QUOTE_SIZE];
    const char *near = toc_text_near(word, names, count);
    out[0] = '\0';
    if (near)
        snprintf(out, TOC_NEAR_MAX, " — did you mean %s?", toc_text_quote(quote, near));
    return out;
}

const char *toc_host_unknown(const toc_scenario *s, char out[TOC_UNKNOWN_MAX], unsigned kinds,
                             const char *what, const char *id)
{
    if (say_other_kind(s, out, kinds, what, id))
        return out;
    const char **names = NULL;
    size_t count = 0;
    size_t capacity = 0;
    // Guesses are for mistakes that will be read: thousands of ids times thousands would take long.
    size_t drafts = s->problems.count < TOC_PROBLEMS_SHOWN ? s->draft_count : 0;
    for (size_t i = 0; i < drafts; i++)
        if (s->drafts[i]->has_id && kinds & 1u << s->drafts[i]->kind) {
            TOC_GROW(names, count, capacity);
            names[count++] = s->drafts[i]->id;
        }
    char near[TOC_NEAR_MAX];
    char quote[TOC_QUOTE_SIZE];
    toc_host_near(near, id, names, count);
    free(names);
    snprintf(out, TOC_UNKNOWN_MAX, "unknown %s %s%s", what, toc_text_quote(quote, id), near);
    return out;
}

// `"press" is a party (scenario.lua:9), not a team`
static bool say_other_kind(const toc_scenario *s, char out[TOC_UNKNOWN_MAX], unsigned kinds,
                           const char *what, const char *id)
{
    int64_t draft;
    if (!toc_map_get(s->ids, id, &draft) || kinds & 1u << s->drafts[draft]->kind)
        return false;
    const toc_draft *d = s->drafts[draft];
    const char *noun = toc_schema_noun(d->kind);
    char quote[TOC_QUOTE_SIZE];
    snprintf(out, TOC_UNKNOWN_MAX, "%s is %s %s (%s:%d), not %s %s", toc_text_quote(quote, id),
             strchr("aeiou", noun[0]) ? "an" : "a", noun, d->place.file, d->place.line,
             strchr("aeiou", what[0]) ? "an" : "a", what);
    return true;
}
