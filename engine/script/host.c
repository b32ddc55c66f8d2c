// SPDX-License-Identifier: MIT
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"

typedef struct {
    const char *id;
    const toc_place *place;
} named;

static size_t plan_count(const toc_plan *p, toc_decl kind);
static named plan_entry(const toc_plan *p, toc_decl kind, size_t i);
static bool say_other_kind(const toc_plan *p, char out[TOC_UNKNOWN_MAX], unsigned kinds,
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
    for (int level = 1; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        if (ar.currentline > 0 && ar.source[0] == '=') {
            snprintf(file, TOC_FILE_MAX, "%s", ar.source + 1);
            return ar.currentline;
        }
    }
    snprintf(file, TOC_FILE_MAX, "scenario.lua");
    return 1;
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
    if (say_other_kind(&s->plan, out, kinds, what, id))
        return out;
    const char **names = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (toc_decl k = 0; k < TOC_DECL_COUNT; k++)
        for (size_t i = 0; kinds & 1u << k && i < plan_count(&s->plan, k); i++) {
            TOC_GROW(names, count, capacity);
            names[count++] = plan_entry(&s->plan, k, i).id;
        }
    char near[TOC_NEAR_MAX];
    char quote[TOC_QUOTE_SIZE];
    toc_host_near(near, id, names, count);
    free(names);
    snprintf(out, TOC_UNKNOWN_MAX, "unknown %s %s%s", what, toc_text_quote(quote, id), near);
    return out;
}

// `"press" is a party (scenario.lua:9), not a team`
static bool say_other_kind(const toc_plan *p, char out[TOC_UNKNOWN_MAX], unsigned kinds,
                           const char *what, const char *id)
{
    for (toc_decl k = TOC_DECL_TEAM; k < TOC_DECL_COUNT; k++)
        for (size_t i = 0; !(kinds & 1u << k) && i < plan_count(p, k); i++) {
            named entry = plan_entry(p, k, i);
            if (strcmp(entry.id, id) != 0)
                continue;
            char quote[TOC_QUOTE_SIZE];
            const char *kind = toc_schema(k)->name;
            snprintf(out, TOC_UNKNOWN_MAX, "%s is %s %s (%s:%d), not %s %s",
                     toc_text_quote(quote, id), strchr("aeiou", kind[0]) ? "an" : "a", kind,
                     entry.place->file, entry.place->line, strchr("aeiou", what[0]) ? "an" : "a",
                     what);
            return true;
        }
    return false;
}

static size_t plan_count(const toc_plan *p, toc_decl kind)
{
    switch (kind) {
    case TOC_DECL_TEAM:
        return p->team_count;
    case TOC_DECL_PARTY:
        return p->party_count;
    case TOC_DECL_OBJECTIVE:
        return p->objective_count;
    case TOC_DECL_INJECT:
        return p->inject_count;
    case TOC_DECL_DECISION:
        return p->decision_count;
    case TOC_DECL_EXERCISE:
    case TOC_DECL_COUNT:
        break;
    }
    return 0;
}

static named plan_entry(const toc_plan *p, toc_decl kind, size_t i)
{
    switch (kind) {
    case TOC_DECL_TEAM:
        return (named){p->teams[i].id, &p->teams[i].place};
    case TOC_DECL_PARTY:
        return (named){p->parties[i].id, &p->parties[i].place};
    case TOC_DECL_OBJECTIVE:
        return (named){p->objectives[i].id, &p->objectives[i].place};
    case TOC_DECL_INJECT:
        return (named){p->injects[i].id, &p->injects[i].place};
    case TOC_DECL_DECISION:
        return (named){p->decisions[i].id, &p->decisions[i].place};
    case TOC_DECL_EXERCISE:
    case TOC_DECL_COUNT:
        break;
    }
    return (named){"", NULL};
}
