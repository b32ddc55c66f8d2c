// SPDX-License-Identifier: MIT
// The queries of the world: level, because, outlook, lost_hours.

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "host.h"
#include "lib.h"
#include "world/words.h"

enum { TEXT_MAX = 8192, WORLD_UNITS = 30, OUTLOOK_UNITS = 200 };

static int on_level(lua_State *L);
static int on_because(lua_State *L);
static int on_outlook(lua_State *L);
static int on_lost_hours(lua_State *L);
static void push_clock(lua_State *L, toc_story story);

void toc_world_install(toc_scenario *s, lua_State *L)
{
    toc_host_global(s, L, "level", on_level);
    toc_host_global(s, L, "because", on_because);
    toc_host_global(s, L, "outlook", on_outlook);
    toc_host_global(s, L, "lost_hours", on_lost_hours);
}

int64_t toc_world_story_minute(const toc_exercise *x)
{
    int64_t story = toc_exercise_story(x, toc_exercise_now(x)).ms;
    return (story - toc_exercise_plan(x)->startex.ms) / 60000;
}

static toc_story story_of(const toc_exercise *x, int64_t minute)
{
    toc_story story = toc_exercise_plan(x)->startex;
    story.ms += minute * 60000;
    return story;
}

void toc_world_outlook_text(toc_exercise *x, size_t service, toc_buf *out)
{
    const toc_outlook *o = &toc_query_outlook(x)[service];
    toc_buf_str(out, toc_trend_name(o->trend));
    if (o->trend == TOC_TREND_STABLE || o->next_minute < 0)
        return;
    toc_buf_str(out, ": ");
    toc_percent_text(out, o->next_level);
    toc_buf_str(out, " % at ");
    toc_story_clock_text(out, story_of(x, o->next_minute));
}

static int on_level(lua_State *L)
{
    toc_scenario *s = toc_query_begin(L, "level");
    size_t service = toc_host_argument(L, 1, "level", TOC_DECL_SERVICE, "a service's id");
    toc_sandbox_charge(L, WORLD_UNITS);
    int64_t level = toc_world_level(toc_query_world(s->turn.x), service);
    toc_fact_note(s, TOC_QUERY_LEVEL, service, 0);
    toc_query_push_percent(L, level);
    return 1;
}

static int on_because(lua_State *L)
{
    toc_scenario *s = toc_query_begin(L, "because");
    size_t service = toc_host_argument(L, 1, "because", TOC_DECL_SERVICE, "a service's id");
    char text[TEXT_MAX];
    toc_buf b = {0};
    toc_sandbox_charge(L, WORLD_UNITS);
    toc_because_text(&b, toc_query_world(s->turn.x), service);
    size_t len = b.len < sizeof text ? b.len : sizeof text;
    memcpy(text, toc_buf_text(&b), len);
    toc_buf_fini(&b); // before anything can raise
    toc_charge_bytes(L, len);
    lua_pushlstring(L, text, len);
    return 1;
}

// {trend, level, at, minutes, because}; the last four tell of its next change, if there is one.
static int on_outlook(lua_State *L)
{
    toc_scenario *s = toc_query_begin(L, "outlook");
    toc_time_note(s);
    size_t service = toc_host_argument(L, 1, "outlook", TOC_DECL_SERVICE, "a service's id");
    toc_exercise *x = s->turn.x;
    // The whole world is run ahead, once for each state it is in.
    toc_sandbox_charge(L, OUTLOOK_UNITS + (int64_t)s->plan.model.service_count);
    toc_outlook o = toc_query_outlook(x)[service];
    lua_createtable(L, 0, 5);
    lua_pushstring(L, toc_trend_name(o.trend));
    lua_setfield(L, -2, "trend");
    if (o.next_minute < 0)
        return 1;
    toc_query_push_percent(L, o.next_level);
    lua_setfield(L, -2, "level");
    push_clock(L, story_of(x, o.next_minute));
    lua_setfield(L, -2, "at");
    lua_pushinteger(L, o.next_minute - toc_world_story_minute(x));
    lua_setfield(L, -2, "minutes");
    if (o.next_because != TOC_SELF) {
        lua_pushstring(L, s->plan.model.services[o.next_because].id);
        lua_setfield(L, -2, "because");
    }
    return 1;
}

// lost_hours "rail" of one service, lost_hours() of all
static int on_lost_hours(lua_State *L)
{
    toc_scenario *s = toc_query_begin(L, "lost_hours");
    toc_time_note(s);
    bool is_all = lua_isnoneornil(L, 1);
    size_t service = is_all ? TOC_NONE
                            : toc_host_argument(L, 1, "lost_hours", TOC_DECL_SERVICE,
                                                "a service's id, or nothing");
    toc_sandbox_charge(L, WORLD_UNITS + (is_all ? (int64_t)s->plan.model.service_count : 0));
    lua_pushinteger(L, toc_query_lost_hours(s->turn.x, service));
    return 1;
}

static void push_clock(lua_State *L, toc_story story)
{
    char text[16];
    toc_buf b = {0};
    toc_story_clock_text(&b, story);
    size_t len = b.len < sizeof text ? b.len : sizeof text;
    memcpy(text, toc_buf_text(&b), len);
    toc_buf_fini(&b); // before anything can raise
    lua_pushlstring(L, text, len);
}
