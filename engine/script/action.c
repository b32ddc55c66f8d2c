// SPDX-License-Identifier: MIT
// The actions of storylines: send, ask, wait, wait_until, enter_phase, met, note, finish. Each goes
// through the exercise, which records what comes of it. Those on the world are in measure.c.

#include <lauxlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"
#include "lib.h"

enum { ASKED_MAX = 20, ACTION_UNITS = 400 };

static int on_send(lua_State *L);
static int on_ask(lua_State *L);
static int on_answered(lua_State *L, int status, lua_KContext context);
static int on_wait(lua_State *L);
static int on_wait_until(lua_State *L);
static int on_enter_phase(lua_State *L);
static int on_met(lua_State *L);
static int on_note(lua_State *L);
static int on_finish(lua_State *L);
static const char *text_argument(lua_State *L, const char *what, const char *wanted);
static int wait_after(lua_State *L, toc_scenario *s, const char *what, int64_t from_play,
                      int64_t from_story, const toc_span *span);
static int wait_until(lua_State *L, toc_scenario *s, const char *what, bool is_story, int64_t ms);

void toc_action_install(toc_scenario *s, lua_State *L)
{
    toc_host_global(s, L, "send", on_send);
    toc_host_global(s, L, "ask", on_ask);
    toc_host_global(s, L, "wait", on_wait);
    toc_host_global(s, L, "wait_until", on_wait_until);
    toc_host_global(s, L, "enter_phase", on_enter_phase);
    toc_host_global(s, L, "met", on_met);
    toc_host_global(s, L, "note", on_note);
    toc_host_global(s, L, "finish", on_finish);
}

static int on_send(lua_State *L)
{
    toc_scenario *s = toc_action_begin(L, "send");
    size_t inject = toc_host_argument(L, 1, "send", TOC_DECL_INJECT, "an inject's id");
    toc_error e;
    if (toc_action_send(s->turn.x, inject, &e) != TOC_OK)
        return toc_sandbox_raise(L, "send: %s", e.msg);
    return 0;
}

// ask("D-20", "D-21") opens both and gives both answers.
static int on_ask(lua_State *L)
{
    toc_scenario *s = toc_action_begin(L, "ask");
    size_t decisions[ASKED_MAX];
    int count = lua_gettop(L);
    toc_action_can_wait(L, "ask");
    if (count == 0 || count > ASKED_MAX)
        return toc_sandbox_raise(L, "ask wants 1 to %d decisions", (int)ASKED_MAX);
    for (int i = 0; i < count; i++)
        decisions[i] = toc_host_argument(L, i + 1, "ask", TOC_DECL_DECISION, "a decision's id");
    bool settled;
    toc_error e;
    if (toc_action_ask(s->turn.x, decisions, (size_t)count, &settled, &e) != TOC_OK)
        return toc_sandbox_raise(L, "ask: %s", e.msg);
    if (settled)
        return on_answered(L, LUA_OK, count);
    return toc_sandbox_yield(L, "ask", 0, count, on_answered);
}

// stack: the ids, context of them
static int on_answered(lua_State *L, int status, lua_KContext context)
{
    toc_scenario *s = toc_host_of(L);
    int count = (int)context;
    (void)status;
    luaL_checkstack(L, count + 5, NULL);
    for (int i = 1; i <= count; i++)
        toc_query_push_decision(s, L, toc_host_find(s, TOC_DECL_DECISION, lua_tostring(L, i)));
    return count;
}

// wait "20m", wait "24h story"
static int on_wait(lua_State *L)
{
    toc_scenario *s = toc_action_begin(L, "wait");
    const char *text = text_argument(L, "wait", "a duration, like \"20m\" or \"24h story\"");
    toc_span span;
    toc_error e;
    if (toc_span_parse(text, &span, &e) != TOC_OK)
        return toc_sandbox_raise(L, "wait: %s", e.msg);
    int64_t now = toc_exercise_now(s->turn.x);
    return wait_after(L, s, "wait", now, toc_exercise_story(s->turn.x, now).ms, &span);
}

// wait_until "T+0:08", "story 08:00", "INJ-04 +15m", "INJ-04 +6h story"
static int on_wait_until(lua_State *L)
{
    toc_scenario *s = toc_action_begin(L, "wait_until");
    const char *text = text_argument(L, "wait_until", "a time, like \"T+0:08\"");
    toc_moment m;
    toc_error e;
    char unknown[TOC_UNKNOWN_MAX];
    if (toc_moment_parse(text, s->plan.startex, false, &m, &e) != TOC_OK)
        return toc_sandbox_raise(L, "wait_until: %s", e.msg);
    if (m.kind != TOC_AT_AFTER)
        return wait_until(L, s, "wait_until", m.kind == TOC_AT_STORY, m.ms);
    size_t inject = toc_host_find(s, TOC_DECL_INJECT, m.id);
    if (inject == TOC_NONE)
        return toc_sandbox_raise(
            L, "wait_until: %s",
            toc_host_unknown(s, unknown, TOC_BIT(TOC_DECL_INJECT), "inject", m.id));
    toc_inject_view view = toc_exercise_inject(s->turn.x, inject);
    if (view.sent < 0)
        return toc_sandbox_raise(
            L, "wait_until: %s was not sent (it is %s), so no time counts from it", m.id,
            view.state_name);
    return wait_after(L, s, "wait_until", view.sent, view.sent_story, &m.after);
}

static int wait_after(lua_State *L, toc_scenario *s, const char *what, int64_t from_play,
                      int64_t from_story, const toc_span *span)
{
    toc_story until = s->plan.startex;
    until.ms = from_story;
    if (!span->is_story)
        return wait_until(L, s, what, false, from_play + span->ms);
    return wait_until(L, s, what, true, toc_story_add_months(until, span->months).ms + span->ms);
}

static int wait_until(lua_State *L, toc_scenario *s, const char *what, bool is_story, int64_t ms)
{
    bool waits;
    toc_error e;
    toc_action_can_wait(L, what);
    toc_err err = is_story ? toc_action_wait_story(s->turn.x, ms, &waits, &e)
                           : toc_action_wait_play(s->turn.x, ms, &waits, &e);
    if (err)
        return toc_sandbox_raise(L, "%s: %s", what, e.msg);
    return waits ? toc_sandbox_yield(L, what, 0, 0, toc_action_waited) : 0;
}

int toc_action_waited(lua_State *L, int status, lua_KContext context)
{
    (void)L;
    (void)status;
    (void)context;
    return 0;
}

// The storyline goes on in the new phase.
static int on_enter_phase(lua_State *L)
{
    toc_scenario *s = toc_action_begin(L, "enter_phase");
    size_t phase = toc_host_argument(L, 1, "enter_phase", TOC_DECL_PHASE, "a phase's id");
    bool waits;
    toc_error e;
    toc_action_can_wait(L, "enter_phase");
    if (toc_action_enter_phase(s->turn.x, phase, &waits, &e) != TOC_OK)
        return toc_sandbox_raise(L, "enter_phase: %s", e.msg);
    return waits ? toc_sandbox_yield(L, "enter_phase", 0, 0, toc_action_waited) : 0;
}

static int on_met(lua_State *L)
{
    toc_scenario *s = toc_action_begin(L, "met");
    size_t expectation = toc_host_argument(L, 1, "met", TOC_DECL_EXPECT, "an expectation's id");
    toc_error e;
    if (toc_action_met(s->turn.x, expectation, &e) != TOC_OK)
        return toc_sandbox_raise(L, "met: %s", e.msg);
    return 0;
}

static int on_note(lua_State *L)
{
    toc_scenario *s = toc_action_begin(L, "note");
    const char *text = text_argument(L, "note", "text");
    size_t len = lua_rawlen(L, 1);
    toc_error e;
    toc_charge_bytes(L, len);
    if (len == 0 || len > TOC_PLAIN_TEXT_MAX || !toc_utf8_clean(text, len))
        return toc_sandbox_raise(L, "note wants clean UTF-8 text of 1 to %d bytes",
                                 TOC_PLAIN_TEXT_MAX);
    if (toc_action_note(s->turn.x, text, &e) != TOC_OK)
        return toc_sandbox_raise(L, "note: %s", e.msg);
    return 0;
}

// The storyline ends with it: nothing could act any more.
static int on_finish(lua_State *L)
{
    toc_scenario *s = toc_action_begin(L, "finish");
    toc_error e;
    toc_action_can_wait(L, "finish");
    if (toc_action_finish(s->turn.x, &e) != TOC_OK)
        return toc_sandbox_raise(L, "finish: %s", e.msg);
    s->turn.has_finished = true;
    return toc_sandbox_yield(L, "finish", 0, 0, toc_action_waited);
}

toc_scenario *toc_action_begin(lua_State *L, const char *what)
{
    toc_scenario *s = toc_host_of(L);
    toc_sandbox_charge(L, ACTION_UNITS);
    switch (s->turn.mode) {
    case TOC_MODE_STORYLINE:
        return s;
    case TOC_MODE_CONDITION:
        toc_sandbox_raise(L, "%s: a condition only asks; only a storyline acts", what);
        break;
    case TOC_MODE_TEXT:
        toc_sandbox_raise(L, "%s: the text of an inject only asks; only a storyline acts", what);
        break;
    case TOC_MODE_IDLE:
    case TOC_MODE_LOAD:
    case TOC_MODE_MODULE:
        toc_sandbox_raise(
            L, "%s: only a storyline acts; put it into storyline \"…\" (function () … end)", what);
        break;
    }
    return s;
}

// Before anything happens: an action that cannot be waited for must not have been done.
void toc_action_can_wait(lua_State *L, const char *what)
{
    if (!lua_isyieldable(L))
        toc_sandbox_raise(L, "%s cannot stand in a function given to table.sort or string.gsub",
                          what);
}

static const char *text_argument(lua_State *L, const char *what, const char *wanted)
{
    if (lua_type(L, 1) != LUA_TSTRING)
        toc_sandbox_raise(L, "%s wants %s, in quotes", what, wanted);
    return lua_tostring(L, 1);
}
