// SPDX-License-Identifier: MIT
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"

static bool say_other_kind(const toc_scenario *s, char out[TOC_UNKNOWN_MAX], unsigned kinds,
                           const char *what, const char *id);

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
