// SPDX-License-Identifier: MIT
// The queries: decided, sent, read, aware, said, now, story, clock, random. They change nothing but the
// stream that random draws from. Those of the world are in query_world.c.

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"

enum { QUERY_UNITS = 20 };

static int on_decided(lua_State *L);
static int on_sent(lua_State *L);
static int on_read(lua_State *L);
static int on_aware(lua_State *L);
static int on_said(lua_State *L);
static int on_now(lua_State *L);
static int on_story(lua_State *L);
static int on_clock(lua_State *L);
static int push_story(lua_State *L, const char *what, void (*write)(toc_buf *b, toc_story story));
static int on_random(lua_State *L);
static size_t speaker_argument(toc_scenario *s, lua_State *L, int index);
static lua_Integer integer_argument(lua_State *L, int index);
static void set_text(lua_State *L, const char *key, const char *text);

void toc_query_install(toc_scenario *s, lua_State *L)
{
    toc_host_global(s, L, "decided", on_decided);
    toc_host_global(s, L, "sent", on_sent);
    toc_host_global(s, L, "read", on_read);
    toc_host_global(s, L, "aware", on_aware);
    toc_host_global(s, L, "said", on_said);
    toc_host_global(s, L, "now", on_now);
    toc_host_global(s, L, "story", on_story);
    toc_host_global(s, L, "clock", on_clock);
    toc_host_global(s, L, "random", on_random);
}

bool toc_query_push_decision(toc_scenario *s, lua_State *L, size_t decision)
{
    toc_decision_view view = toc_exercise_decision(s->turn.x, decision);
    if (view.state != TOC_DECISION_DECIDED && view.state != TOC_DECISION_OVERDUE) {
        lua_pushnil(L);
        return false;
    }
    lua_createtable(L, 0, 5);
    set_text(L, "option", view.option);
    set_text(L, "text", view.text);
    set_text(L, "by", view.by);
    set_text(L, "reason", view.reason);
    lua_pushboolean(L, view.state == TOC_DECISION_OVERDUE);
    lua_setfield(L, -2, "overdue");
    return true;
}

void toc_query_push_seconds(lua_State *L, int64_t ms)
{
    if (ms % 1000 == 0)
        lua_pushinteger(L, ms / 1000);
    else
        lua_pushnumber(L, (lua_Number)ms / 1000);
}

void toc_query_push_percent(lua_State *L, int64_t ppm)
{
    int64_t tenths = ppm / 1000;
    if (tenths == 0 && ppm > 0)
        tenths = 1; // never 0 for what is there, as in words
    if (tenths % 10 == 0)
        lua_pushinteger(L, tenths / 10);
    else
        lua_pushnumber(L, (lua_Number)tenths / 10);
}

static int on_decided(lua_State *L)
{
    toc_scenario *s = toc_query_begin(L, "decided");
    size_t decision = toc_host_argument(L, 1, "decided", TOC_DECL_DECISION, "a decision's id");
    toc_fact_note(s, TOC_QUERY_DECIDED, decision, 0);
    toc_query_push_decision(s, L, decision);
    return 1;
}

// Seconds of play at which it was sent, or nil.
static int on_sent(lua_State *L)
{
    toc_scenario *s = toc_query_begin(L, "sent");
    size_t inject = toc_host_argument(L, 1, "sent", TOC_DECL_INJECT, "an inject's id");
    int64_t at = toc_query_sent(s->turn.x, inject);
    toc_fact_note(s, TOC_QUERY_SENT, inject, 0);
    if (at < 0)
        lua_pushnil(L);
    else
        toc_query_push_seconds(L, at);
    return 1;
}

static int on_read(lua_State *L)
{
    toc_scenario *s = toc_query_begin(L, "read");
    size_t team = toc_host_argument(L, 1, "read", TOC_DECL_TEAM, "a team's id and an inject's");
    size_t inject = toc_host_argument(L, 2, "read", TOC_DECL_INJECT, "a team's id and an inject's");
    toc_fact_note(s, TOC_QUERY_READ, team, inject);
    lua_pushboolean(L, toc_query_read(s->turn.x, team, inject));
    return 1;
}

// Seconds of play at which a team came to know of an inject, or nil.
static int on_aware(lua_State *L)
{
    toc_scenario *s = toc_query_begin(L, "aware");
    size_t team = toc_host_argument(L, 1, "aware", TOC_DECL_TEAM, "a team's id and an inject's");
    size_t inject =
        toc_host_argument(L, 2, "aware", TOC_DECL_INJECT, "a team's id and an inject's");
    int64_t since = toc_query_aware(s->turn.x, team, inject);
    toc_fact_note(s, TOC_QUERY_AWARE, team, inject);
    if (since < 0)
        lua_pushnil(L);
    else
        toc_query_push_seconds(L, since);
    return 1;
}

// The newest message from one to another: {text, by, t}, or nil.
static int on_said(lua_State *L)
{
    toc_scenario *s = toc_query_begin(L, "said");
    size_t from = speaker_argument(s, L, 1);
    size_t to = speaker_argument(s, L, 2);
    toc_said said;
    toc_fact_note(s, TOC_QUERY_SAID, from, to);
    toc_talk_note(s, from, to);
    if (!toc_query_said(s->turn.x, from, to, &said)) {
        lua_pushnil(L);
        return 1;
    }
    lua_createtable(L, 0, 3);
    set_text(L, "text", said.text);
    set_text(L, "by", said.by);
    toc_query_push_seconds(L, said.t);
    lua_setfield(L, -2, "t");
    return 1;
}

static int on_now(lua_State *L)
{
    toc_scenario *s = toc_query_begin(L, "now");
    toc_fact_note(s, TOC_QUERY_NOW, 0, 0);
    toc_time_note(s);
    toc_query_push_seconds(L, toc_exercise_now(s->turn.x));
    return 1;
}

// Its date and time.
static int on_story(lua_State *L)
{
    return push_story(L, "story", toc_story_text);
}

// Its time of day: 15:30.
static int on_clock(lua_State *L)
{
    return push_story(L, "clock", toc_story_clock_text);
}

static int push_story(lua_State *L, const char *what, void (*write)(toc_buf *b, toc_story story))
{
    toc_scenario *s = toc_query_begin(L, what);
    toc_time_note(s);
    char text[80];
    toc_buf b = {0};
    write(&b, toc_exercise_story(s->turn.x, toc_exercise_now(s->turn.x)));
    snprintf(text, sizeof text, "%s", toc_buf_text(&b));
    toc_buf_fini(&b); // before anything can raise
    lua_pushstring(L, text);
    return 1;
}

// random() in [0, 1); random(n) in 1 … n; random(a, b) in a … b
static int on_random(lua_State *L)
{
    toc_scenario *s = toc_query_begin(L, "random");
    int count = lua_gettop(L);
    if (!s->turn.random)
        return toc_sandbox_raise(
            L, "random: a condition is asked again and again; draw in a storyline and keep "
               "the number");
    if (count == 0) {
        lua_pushnumber(L, (lua_Number)(toc_random_next(s->turn.random) >> 11) * 0x1p-53);
        return 1;
    }
    lua_Integer least = count > 1 ? integer_argument(L, 1) : 1;
    lua_Integer most = integer_argument(L, count > 1 ? 2 : 1);
    if (least > most)
        return toc_sandbox_raise(L, "random: there is no number from %lld to %lld",
                                 (long long)least, (long long)most);
    uint64_t width = (uint64_t)most - (uint64_t)least + 1;
    uint64_t drawn =
        width ? toc_random_below(s->turn.random, width) : toc_random_next(s->turn.random);
    drawn += (uint64_t)least;
    lua_pushinteger(L, (lua_Integer)drawn);
    return 1;
}

toc_scenario *toc_query_begin(lua_State *L, const char *what)
{
    toc_scenario *s = toc_host_of(L);
    toc_sandbox_charge(L, QUERY_UNITS);
    if (s->asking)
        s->asking->queries++;
    if (!s->turn.x)
        toc_sandbox_raise(L,
                          "%s: nothing has happened yet while the scenario is read; ask in a "
                          "storyline, or write function () return %s … end",
                          what, what);
    return s;
}

size_t toc_host_argument(lua_State *L, int index, const char *what, toc_decl kind,
                         const char *wanted)
{
    const toc_scenario *s = toc_host_of(L);
    if (lua_type(L, index) != LUA_TSTRING)
        toc_sandbox_raise(L, "%s wants %s, in quotes", what, wanted);
    const char *id = lua_tostring(L, index);
    size_t found = toc_host_find(s, kind, id);
    char unknown[TOC_UNKNOWN_MAX];
    if (found == TOC_NONE)
        toc_sandbox_raise(L, "%s: %s", what,
                          toc_host_unknown(s, unknown, TOC_BIT(kind), toc_schema_noun(kind), id));
    return found;
}

// Its number, as toc_plan_speaker gives it.
static size_t speaker_argument(toc_scenario *s, lua_State *L, int index)
{
    if (lua_type(L, index) != LUA_TSTRING)
        toc_sandbox_raise(L, "said wants who spoke and to whom, in quotes");
    const char *id = lua_tostring(L, index);
    char unknown[TOC_UNKNOWN_MAX];
    size_t team = toc_host_find(s, TOC_DECL_TEAM, id);
    if (team != TOC_NONE)
        return team;
    size_t party = toc_host_find(s, TOC_DECL_PARTY, id);
    if (party != TOC_NONE)
        return s->plan.team_count + party;
    if (strcmp(id, "excon") != 0)
        toc_sandbox_raise(L, "said: %s",
                          toc_host_unknown(s, unknown, 1u << TOC_DECL_TEAM | 1u << TOC_DECL_PARTY,
                                           "team or party", id));
    return toc_plan_speaker_count(&s->plan) - 1;
}

static lua_Integer integer_argument(lua_State *L, int index)
{
    int is_integer = 0;
    lua_Integer n = lua_type(L, index) == LUA_TNUMBER ? lua_tointegerx(L, index, &is_integer) : 0;
    if (!is_integer)
        toc_sandbox_raise(L, "random wants whole numbers: random(6), random(10, 20)");
    return n;
}

static void set_text(lua_State *L, const char *key, const char *text)
{
    if (!text)
        return;
    toc_query_push_words(L, text);
    lua_setfield(L, -2, key);
}

void toc_query_push_words(lua_State *L, const char *text)
{
    if (!strstr(text, "{{")) {
        lua_pushlstring(L, text, strlen(text));
        return;
    }
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (const char *p = text; *p; p++) {
        luaL_addchar(&b, *p);
        if (p[0] == '{' && p[1] == '{')
            luaL_addchar(&b, ' ');
    }
    luaL_pushresult(&b);
}
