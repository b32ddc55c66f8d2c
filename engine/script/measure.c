// SPDX-License-Identifier: MIT
// The actions on the world: set, start_repair, refuel, open_alternative, black_start.

#include <lauxlib.h>
#include <math.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"
#include "lib.h"

// What is done to one need of a service.
typedef toc_err (*treat_need)(toc_exercise *x, size_t service, size_t need, toc_error *e);

static int on_set(lua_State *L);
static int on_start_repair(lua_State *L);
static int on_refuel(lua_State *L);
static int on_open_alternative(lua_State *L);
static int on_black_start(lua_State *L);
static int treat_needs(lua_State *L, toc_scenario *s, const char *what, size_t service,
                       size_t provider, bool (*is_fit)(const toc_need *need), const char *unfit,
                       treat_need treat);
static bool has_buffer(const toc_need *need);
static bool is_closed(const toc_need *need);
static int64_t percent_argument(lua_State *L, int index, const char *what);

void toc_measure_install(toc_scenario *s, lua_State *L)
{
    toc_host_global(s, L, "set", on_set);
    toc_host_global(s, L, "start_repair", on_start_repair);
    toc_host_global(s, L, "refuel", on_refuel);
    toc_host_global(s, L, "open_alternative", on_open_alternative);
    toc_host_global(s, L, "black_start", on_black_start);
}

// set("ka-sat.broadband", 20): its own capability, in percent
static int on_set(lua_State *L)
{
    toc_scenario *s = toc_action_begin(L, "set");
    size_t service =
        toc_host_argument(L, 1, "set", TOC_DECL_SERVICE, "a service's id and a number of percent");
    int64_t own = percent_argument(L, 2, "set");
    toc_error e;
    if (toc_action_set(s->turn.x, service, own, &e) != TOC_OK)
        return toc_sandbox_raise(L, "set: %s", e.msg);
    return 0;
}

static int on_start_repair(lua_State *L)
{
    toc_scenario *s = toc_action_begin(L, "start_repair");
    size_t repair = toc_host_argument(L, 1, "start_repair", TOC_DECL_REPAIR, "a repair's id");
    toc_error e;
    if (toc_action_start_repair(s->turn.x, repair, &e) != TOC_OK)
        return toc_sandbox_raise(L, "start_repair: %s", e.msg);
    return 0;
}

// refuel "mobile.north" fills all its buffers, refuel("mobile.north", "grid.north") that one.
static int on_refuel(lua_State *L)
{
    toc_scenario *s = toc_action_begin(L, "refuel");
    size_t service = toc_host_argument(L, 1, "refuel", TOC_DECL_SERVICE, "a service's id");
    size_t provider = lua_isnoneornil(L, 2) ? TOC_NONE
                                            : toc_host_argument(L, 2, "refuel", TOC_DECL_SERVICE,
                                                                "the id of what the first needs");
    return treat_needs(L, s, "refuel", service, provider, has_buffer, "has no autonomy to refill",
                       toc_action_refuel);
}

static int on_open_alternative(lua_State *L)
{
    static const char wanted[] = "a service's id and that of its alternative";
    toc_scenario *s = toc_action_begin(L, "open_alternative");
    size_t service = toc_host_argument(L, 1, "open_alternative", TOC_DECL_SERVICE, wanted);
    size_t provider = toc_host_argument(L, 2, "open_alternative", TOC_DECL_SERVICE, wanted);
    return treat_needs(L, s, "open_alternative", service, provider, is_closed, "was never closed",
                       toc_action_open);
}

// black_start("grid.north", "30m"): held up for so long, whatever it needs
static int on_black_start(lua_State *L)
{
    static const char wanted[] = "a service's id and how long it is held up, like \"30m\"";
    toc_scenario *s = toc_action_begin(L, "black_start");
    size_t service = toc_host_argument(L, 1, "black_start", TOC_DECL_SERVICE, wanted);
    int64_t minutes;
    toc_error e;
    if (lua_type(L, 2) != LUA_TSTRING)
        return toc_sandbox_raise(L, "black_start wants %s, in quotes", wanted);
    if (toc_minutes_parse(lua_tostring(L, 2), 1, TOC_MINUTES_MAX, &minutes, &e) != TOC_OK ||
        toc_action_black_start(s->turn.x, service, minutes, &e) != TOC_OK)
        return toc_sandbox_raise(L, "black_start: %s", e.msg);
    return 0;
}

// Treats those needs of a service, of one provider (TOC_NONE: of all), that are fit for it; that none
// is is a mistake.
static int treat_needs(lua_State *L, toc_scenario *s, const char *what, size_t service,
                       size_t provider, bool (*is_fit)(const toc_need *need), const char *unfit,
                       treat_need treat)
{
    const toc_model *m = &s->plan.model;
    const toc_service *consumer = &m->services[service];
    size_t found = 0;
    size_t done = 0;
    toc_error e;
    for (size_t i = 0; i < consumer->need_count; i++) {
        if (provider != TOC_NONE && consumer->needs[i].provider != provider)
            continue;
        found++;
        if (!is_fit(&consumer->needs[i]))
            continue;
        done++;
        if (treat(s->turn.x, service, i, &e) != TOC_OK)
            return toc_sandbox_raise(L, "%s: %s", what, e.msg);
    }
    if (done > 0)
        return 0;
    if (provider == TOC_NONE)
        return toc_sandbox_raise(L, "%s: no need of \"%s\" has an autonomy to refill", what,
                                 consumer->id);
    if (found == 0)
        return toc_sandbox_raise(L, "%s: \"%s\" does not need \"%s\"", what, consumer->id,
                                 m->services[provider].id);
    return toc_sandbox_raise(L, "%s: the need of \"%s\" for \"%s\" %s", what, consumer->id,
                             m->services[provider].id, unfit);
}

static bool has_buffer(const toc_need *need)
{
    return need->autonomy > 0;
}

static bool is_closed(const toc_need *need)
{
    return need->is_closed;
}

static int64_t percent_argument(lua_State *L, int index, const char *what)
{
    double percent = lua_type(L, index) == LUA_TNUMBER ? lua_tonumber(L, index) : -1;
    if (percent >= 0 && percent <= 100)
        return (int64_t)llround(percent * (TOC_PPM / 100));
    char number[TOC_NUMBER_TEXT];
    if (lua_type(L, index) == LUA_TSTRING && toc_percent_in(number, lua_tostring(L, index)))
        return toc_sandbox_raise(L,
                                 "%s: write the number alone, without quotes or %%: %s(\"%s\", %s)",
                                 what, what, lua_tostring(L, 1), number);
    bool is_number = lua_type(L, index) == LUA_TNUMBER;
    if (is_number)
        toc_number_text(L, index, number);
    return toc_sandbox_raise(L, "%s: 0 to 100 percent, not %s", what,
                             is_number ? number : luaL_typename(L, index));
}
