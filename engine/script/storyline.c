// SPDX-License-Identifier: MIT
// The hooks the exercise calls: storylines as coroutines, conditions, handlers, text functions. Each
// failure stops one of them, and becomes one line that names the author's file and line.

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"
#include "language.h"

enum {
    DEPTH_MAX = 16,     // turns within turns: a storyline's action that lets others run
    HANDLERS_MAX = 500, // begun in one instant
    // Conditions have a budget of their own: they are asked again and again, and the one that would
    // meet the end of a common one need not be the one that spent it.
    CONDITION_UNITS = 25000,     // one asking of one
    CONDITIONS_UNITS = 10000000, // all of them in one instant; then they rest until the next
};

// What on_begin needs, and gives.
typedef struct {
    toc_scenario *s;
    const toc_part *part;
    const toc_event *event; // NULL: no argument
    toc_instance made;
} beginning;

static void on_refill(void *self);
static void on_start(void *self, toc_exercise *x);
static void on_run(void *self, toc_exercise *x, size_t storyline);
static void on_event(void *self, toc_exercise *x, const toc_event *ev);
static bool on_conditions(void *self, toc_exercise *x);
static bool on_watches(void *self, const toc_exercise *x);
static toc_err on_met(void *self, toc_exercise *x, size_t expectation, bool *is_met, toc_error *e);
static toc_err on_text(void *self, toc_exercise *x, size_t inject, toc_buf *out, toc_error *e);
static toc_err on_fill(void *self, toc_exercise *x, const char *text, toc_buf *out, toc_error *e);
static void on_drop(void *self, size_t storyline);
static bool on_halted(void *self);

static void begin(toc_scenario *s, toc_exercise *x, toc_part *part, const toc_event *ev,
                  const char *failure);
static int on_begin(lua_State *L);
static void push_event(lua_State *L, const toc_event *ev);
static void push_value(lua_State *L, const toc_value *v);
static void push_list(lua_State *L, const toc_value *v, size_t width);
static void finish(toc_scenario *s, toc_exercise *x, size_t storyline, const char *failure);
static bool has_return(const toc_scenario *s, int function);
static bool is_still_no(toc_scenario *s, const toc_exercise *x, toc_asked *asked, int function);
static toc_err ask_condition(toc_scenario *s, toc_exercise *x, int function, toc_asked *asked,
                             size_t met, const toc_place *place, bool *is_true, toc_error *e);
static toc_err fill_text(toc_scenario *s, toc_exercise *x, size_t inject, const char *text,
                         toc_buf *out, toc_error *e);
static toc_err call_text(toc_scenario *s, toc_exercise *x, size_t inject, toc_buf *out,
                         toc_error *e);
static toc_err take_text(toc_scenario *s, toc_exercise *x, size_t inject, int index, toc_buf *out,
                         toc_error *e);
static void recover(toc_scenario *s, const char *what, int units, const toc_place *place,
                    toc_error *e);

void toc_storyline_hooks(toc_scenario *s)
{
    s->script = (toc_script){
        .self = s,
        .refill = on_refill,
        .start = on_start,
        .run = on_run,
        .event = on_event,
        .conditions = on_conditions,
        .watches = on_watches,
        .met = on_met,
        .text = on_text,
        .fill = on_fill,
        .drop = on_drop,
        .halted = on_halted,
    };
}

void toc_storyline_sort(toc_scenario *s)
{
    s->whens = toc_alloc((s->part_count + 1) * sizeof *s->whens);
    s->ons = toc_alloc((s->part_count + 1) * sizeof *s->ons);
    for (size_t i = 0; i < s->part_count; i++) {
        if (s->parts[i]->kind == TOC_PART_WHEN)
            s->whens[s->when_count++] = s->parts[i];
        else if (s->parts[i]->kind == TOC_PART_ON)
            s->ons[s->on_count++] = s->parts[i];
    }
}

void toc_instances_fini(toc_scenario *s)
{
    for (size_t i = 0; i < s->instance_count; i++)
        free(s->instances[i].failure);
    free(s->instances);
}

static void on_refill(void *self)
{
    toc_scenario *s = self;
    s->born = 0;
    s->conditions_left = CONDITIONS_UNITS;
    toc_sandbox_budget(s->sandbox, TOC_SCRIPT_BUDGET_INSTANT);
}

// A storyline may have finished the exercise: then no other begins.
static bool is_in_play(const toc_exercise *x)
{
    toc_play_state state = toc_exercise_clock(x).state;
    return state == TOC_PLAY_RUNNING || state == TOC_PLAY_PAUSED;
}

static void on_start(void *self, toc_exercise *x)
{
    toc_scenario *s = self;
    for (size_t i = 0; i < s->part_count && is_in_play(x); i++)
        if (s->parts[i]->kind == TOC_PART_STORYLINE)
            begin(s, x, s->parts[i], NULL, NULL);
}

static void on_event(void *self, toc_exercise *x, const toc_event *ev)
{
    toc_scenario *s = self;
    for (size_t i = 0; i < s->on_count && is_in_play(x); i++) {
        toc_part *part = s->ons[i];
        if (part->event != ev->kind || s->born > HANDLERS_MAX)
            continue;
        if (s->born++ < HANDLERS_MAX) {
            begin(s, x, part, ev, NULL);
            continue;
        }
        char *text = toc_sprintf("%s:%d: more than %d handlers began at one moment of play; no "
                                 "more begin until the next",
                                 part->place.file, part->place.line, (int)HANDLERS_MAX);
        begin(s, x, part, NULL, text);
        free(text);
    }
}

static bool on_conditions(void *self, toc_exercise *x)
{
    toc_scenario *s = self;
    for (size_t i = 0; i < s->when_count; i++) {
        toc_part *part = s->whens[i];
        toc_error e;
        bool is_true;
        if (part->is_over || s->conditions_left <= 0 ||
            is_still_no(s, x, &part->asked, part->condition))
            continue;
        toc_err err =
            ask_condition(s, x, part->condition, &part->asked, 0, &part->place, &is_true, &e);
        part->is_at_once = !err && is_true && !part->is_asked;
        part->is_asked = true;
        if (!err && !is_true)
            continue;
        part->is_over = true;
        begin(s, x, part, NULL, err ? e.msg : NULL);
        return true;
    }
    return false;
}

static bool on_watches(void *self, const toc_exercise *x)
{
    const toc_scenario *s = self;
    for (size_t i = 0; i < s->when_count; i++)
        if (!s->whens[i]->is_over && s->whens[i]->asked.hangs_on_time)
            return true;
    for (size_t i = 0; i < s->plan.expectation_count; i++) {
        toc_expect_state state = toc_exercise_expectation(x, i).state;
        if (s->asked_mets[i].hangs_on_time && state < TOC_EXPECT_MET)
            return true;
    }
    return false;
}

static toc_err on_met(void *self, toc_exercise *x, size_t expectation, bool *is_met, toc_error *e)
{
    toc_scenario *s = self;
    *is_met = false;
    if (s->mets[expectation] == LUA_NOREF || s->conditions_left <= 0 ||
        is_still_no(s, x, &s->asked_mets[expectation], s->mets[expectation]))
        return TOC_OK;
    return ask_condition(s, x, s->mets[expectation], &s->asked_mets[expectation], expectation + 1,
                         &s->plan.expectations[expectation].place, is_met, e);
}

static bool on_halted(void *self)
{
    toc_scenario *s = self;
    return toc_sandbox_is_halted(s->sandbox);
}

// Does the word stand anywhere in the lines of a function? `if … then return true end` gives nothing
// while it is not yet time; a function without the word has forgotten it.
static bool has_return(const toc_scenario *s, int function)
{
    lua_State *L = toc_sandbox_lua(s->sandbox);
    lua_Debug ar;
    lua_rawgeti(L, LUA_REGISTRYINDEX, function);
    lua_getinfo(L, ">S", &ar);
    const toc_file *f = ar.source[0] == '=' ? toc_files_find(s->files, ar.source + 1) : NULL;
    if (!f)
        return true;
    int line = 1;
    for (size_t i = 0; i + strlen("return") <= f->size && line <= ar.lastlinedefined; i++) {
        line += f->data[i] == '\n';
        if (line >= ar.linedefined && memcmp(f->data + i, "return", strlen("return")) == 0)
            return true;
    }
    return false;
}

// What it takes is taken as if it had been asked.
static bool is_still_no(toc_scenario *s, const toc_exercise *x, toc_asked *asked, int function)
{
    if (!toc_asked_is_no(s, x, asked, function))
        return false;
    s->conditions_left -= asked->units;
    toc_sandbox_budget(s->sandbox, toc_sandbox_budget_left(s->sandbox));
    return true;
}

static toc_err ask_condition(toc_scenario *s, toc_exercise *x, int function, toc_asked *asked,
                             size_t met, const toc_place *place, bool *is_true, toc_error *e)
{
    lua_State *L = toc_sandbox_lua(s->sandbox);
    toc_turn outer = s->turn;
    int64_t left = toc_sandbox_budget_left(s->sandbox);
    toc_error own = {0};
    *is_true = false;
    s->turn = (toc_turn){.mode = TOC_MODE_CONDITION, .x = x, .met = met};
    toc_sandbox_budget(s->sandbox, CONDITION_UNITS);
    int top = lua_gettop(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, function);
    toc_asked_begin(s, asked, function);
    toc_err err = toc_sandbox_call(s->sandbox, 0, LUA_MULTRET, &own);
    int64_t units = CONDITION_UNITS - toc_sandbox_budget_left(s->sandbox);
    s->turn = outer;
    s->conditions_left -= units;
    s->asking = NULL;
    asked->hangs_on_time = asked->hangs_on_time && !err; // it is not asked again
    if (err)
        recover(s, "condition", CONDITION_UNITS, place, &own);
    toc_sandbox_budget(s->sandbox, left);
    if (err)
        return toc_fail(e, err, "%s", own.msg);
    if (lua_gettop(L) == top && !has_return(s, function)) // with one, nothing is an answer: not yet
        return toc_fail(e, TOC_ESCENARIO,
                        "%s:%d: its condition gives nothing: is `return` missing?", place->file,
                        place->line);
    *is_true = lua_toboolean(L, top + 1);
    lua_settop(L, top);
    toc_asked_end(s, asked, function, !*is_true, units);
    return TOC_OK;
}

// ---- a storyline's life ----------------------------------------------------------------------------

// failure: it is registered only to tell of this.
static void begin(toc_scenario *s, toc_exercise *x, toc_part *part, const toc_event *ev,
                  const char *failure)
{
    lua_State *L = toc_sandbox_lua(s->sandbox);
    beginning b = {.s = s, .part = part, .event = ev, .made = {.part = part, .ref = LUA_NOREF}};
    toc_error e;
    if (failure) {
        b.made.failure = toc_strdup(failure);
    } else {
        part->begun++;
        lua_pushcfunction(L, on_begin);
        lua_pushlightuserdata(L, &b);
        if (toc_sandbox_call(s->sandbox, 1, 0, &e) != TOC_OK) {
            recover(s, "storyline", TOC_SCRIPT_BUDGET_INSTANT, &part->place, &e);
            b.made.failure = toc_strdup(e.msg);
        }
    }
    size_t storyline = toc_storyline_new(x, part->name, part->kind != TOC_PART_ON);
    while (s->instance_count <= storyline) {
        TOC_GROW(s->instances, s->instance_count, s->instance_capacity);
        s->instances[s->instance_count++] = (toc_instance){.ref = LUA_NOREF};
    }
    s->instances[storyline] = b.made;
    toc_storyline_run(x, storyline);
}

// Making a coroutine and its argument takes memory, so it is done in a protected call.
static int on_begin(lua_State *L)
{
    beginning *b = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, b->part->function);
    lua_State *co = toc_sandbox_thread(b->s->sandbox, &b->made.ref);
    if (b->event) {
        push_event(L, b->event);
        lua_xmove(L, co, 1);
        b->made.arguments = 1;
    }
    b->made.co = co;
    return 0;
}

static void on_run(void *self, toc_exercise *x, size_t storyline)
{
    toc_scenario *s = self;
    toc_instance *now = &s->instances[storyline];
    toc_part *part = now->part;
    if (now->failure || !now->co) {
        char *failure = now->failure;
        now->failure = NULL;
        finish(s, x, storyline, failure ? failure : "it is over already");
        free(failure);
        return;
    }
    if (s->depth == DEPTH_MAX) {
        finish(s, x, storyline, "storylines began within storylines too deeply");
        return;
    }
    toc_turn outer = s->turn;
    int arguments = now->arguments;
    bool yielded;
    toc_error e = {0};
    now->arguments = 0;
    s->turn = (toc_turn){TOC_MODE_STORYLINE, x, storyline, &part->random, false, 0};
    s->depth++;
    toc_err err = toc_sandbox_resume(s->sandbox, now->co, arguments, &yielded, &e);
    s->depth--;
    bool has_finished = s->turn.has_finished;
    s->turn = outer;
    if (err)
        recover(s, part->kind == TOC_PART_ON ? "handler" : "storyline", TOC_SCRIPT_BUDGET_INSTANT,
                &part->place, &e);
    part->ended += !err && (!yielded || has_finished);
    if (err || !yielded || has_finished)
        finish(s, x, storyline, err ? e.msg : NULL);
    else
        lua_pop(s->instances[storyline].co, toc_sandbox_results(s->sandbox));
}

// It is waiting, and has no turn.
static void on_drop(void *self, size_t storyline)
{
    toc_scenario *s = self;
    toc_instance *now = &s->instances[storyline];
    toc_sandbox_release(s->sandbox, now->ref);
    now->ref = LUA_NOREF;
    now->co = NULL;
}

// The list of instances may have moved since this one's turn began.
static void finish(toc_scenario *s, toc_exercise *x, size_t storyline, const char *failure)
{
    toc_instance *now = &s->instances[storyline];
    toc_sandbox_release(s->sandbox, now->ref);
    now->ref = LUA_NOREF;
    now->co = NULL;
    toc_storyline_end(x, storyline, failure);
}

// After a failure: a spent budget is named in the author's words, and filled again so that the
// others can go on; a message without a place gets that of the declaration.
static void recover(toc_scenario *s, const char *what, int units, const toc_place *place,
                    toc_error *e)
{
    char where[TOC_FILE_MAX + 32];
    const char *stopped = strstr(e->msg, "stopped: ");
    bool is_spent = toc_sandbox_is_spent(s->sandbox) && !toc_sandbox_is_halted(s->sandbox);
    size_t len = stopped ? (size_t)(stopped - e->msg) : 0;
    if (!is_spent && !strchr(e->msg, ':'))
        len = 0;
    else if (!is_spent)
        return;
    if (len > 2 && len < sizeof where)
        snprintf(where, sizeof where, "%.*s", (int)len, e->msg);
    else
        snprintf(where, sizeof where, "%s:%d: ", place->file, place->line);
    if (is_spent) {
        toc_sandbox_budget(s->sandbox, TOC_SCRIPT_BUDGET_INSTANT);
        toc_fail(e, TOC_ELIMIT,
                 "%sthis %s used up its budget of %d steps at one moment of play (a loop without "
                 "wait?)",
                 where, what, units);
    } else {
        char *text = toc_strdup(e->msg);
        toc_fail(e, TOC_ESCENARIO, "%s%s", where, text);
        free(text);
    }
}

// ---- the argument of a handler ---------------------------------------------------------------------

// What names a device, a clock on a wall or a line of the journal is not for scripts: it is not the
// same in a rehearsal.
static void push_event(lua_State *L, const toc_event *ev)
{
    lua_createtable(L, 0, (int)ev->count + 2);
    lua_pushstring(L, toc_kind_name(ev->kind));
    lua_setfield(L, -2, "kind");
    toc_query_push_seconds(L, ev->t);
    lua_setfield(L, -2, "t");
    for (size_t i = 0; i < ev->count; i++) {
        if (!toc_language_field_is_shown(ev->values[i].field))
            continue;
        push_value(L, &ev->values[i]);
        lua_setfield(L, -2, toc_field_name(ev->values[i].field));
    }
}

static void push_value(lua_State *L, const toc_value *v)
{
    switch (toc_field_type(v->field)) {
    case TOC_TYPE_STR:
        toc_query_push_words(L, v->text);
        return;
    case TOC_TYPE_INT:
        if (v->field == TOC_F_DEADLINE || v->field == TOC_F_UNTIL)
            toc_query_push_seconds(L, v->number);
        else if (v->field == TOC_F_SPEED || v->field == TOC_F_PACE)
            lua_pushnumber(L, (lua_Number)v->number / 1000);
        else if (v->field == TOC_F_LEVEL)
            toc_query_push_percent(L, v->number);
        else
            lua_pushinteger(L, v->number);
        return;
    case TOC_TYPE_BOOL:
        lua_pushboolean(L, v->number != 0);
        return;
    case TOC_TYPE_LIST:
        push_list(L, v, 1);
        return;
    case TOC_TYPE_PAIRS:
        push_list(L, v, 2);
        return;
    case TOC_TYPE_REF:
        lua_pushnil(L);
        return;
    }
}

static void push_list(lua_State *L, const toc_value *v, size_t width)
{
    lua_createtable(L, (int)v->count, 0);
    for (size_t i = 0; i < v->count; i++) {
        if (width == 1) {
            toc_query_push_words(L, v->list[i]);
        } else {
            lua_createtable(L, 2, 0);
            lua_pushstring(L, v->list[2 * i]);
            lua_rawseti(L, -2, 1);
            lua_pushstring(L, v->list[2 * i + 1]);
            lua_rawseti(L, -2, 2);
        }
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

// ---- texts ---------------------------------------------------------------------------------------

static toc_err on_text(void *self, toc_exercise *x, size_t inject, toc_buf *out, toc_error *e)
{
    toc_scenario *s = self;
    const char *text = s->plan.injects[inject].text;
    return text ? fill_text(s, x, inject, text, out, e) : call_text(s, x, inject, out, e);
}

// What EXCON wrote stands in no file.
static toc_err on_fill(void *self, toc_exercise *x, const char *text, toc_buf *out, toc_error *e)
{
    return toc_template_fill(self, x, "as EXCON wrote it", text, out, e);
}

static toc_err fill_text(toc_scenario *s, toc_exercise *x, size_t inject, const char *text,
                         toc_buf *out, toc_error *e)
{
    const toc_inject *i = &s->plan.injects[inject];
    char *where = toc_sprintf("%s:%d: inject \"%s\"", i->place.file, i->place.line, i->id);
    toc_err err = toc_template_fill(s, x, where, text, out, e);
    free(where);
    return err;
}

static toc_err call_text(toc_scenario *s, toc_exercise *x, size_t inject, toc_buf *out,
                         toc_error *e)
{
    lua_State *L = toc_sandbox_lua(s->sandbox);
    char stream[TOC_ID_MAX + 8];
    snprintf(stream, sizeof stream, "text:%s", s->plan.injects[inject].id);
    toc_random random;
    toc_random_seed(&random, s->seed, stream);
    toc_error own = {0};
    toc_turn outer = s->turn;
    s->turn = (toc_turn){.mode = TOC_MODE_TEXT, .x = x, .random = &random};
    int top = lua_gettop(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->texts[inject]);
    toc_err err = toc_sandbox_call(s->sandbox, 0, LUA_MULTRET, &own);
    s->turn = outer;
    if (err) {
        recover(s, "text", TOC_SCRIPT_BUDGET_INSTANT, &s->plan.injects[inject].place, &own);
        return toc_fail(e, err, "%s", own.msg);
    }
    err = take_text(s, x, inject, top + 1, out, e);
    lua_settop(L, top);
    return err;
}

// What the function gave stands from index on; there may be nothing.
static toc_err take_text(toc_scenario *s, toc_exercise *x, size_t inject, int index, toc_buf *out,
                         toc_error *e)
{
    lua_State *L = toc_sandbox_lua(s->sandbox);
    const toc_inject *i = &s->plan.injects[inject];
    size_t len = 0;
    const char *text = lua_type(L, index) == LUA_TSTRING ? lua_tolstring(L, index, &len) : NULL;
    const char *why = NULL;
    while (len > 0 && text[len - 1] == '\n')
        len--;
    if (lua_gettop(L) < index)
        why = "did not give text: is `return` missing?";
    else if (!text)
        why = "did not give text";
    else if (len == 0)
        why = "gave an empty text";
    else if (len > TOC_PLAIN_TEXT_MAX)
        why = "gave more than 16 KiB";
    else if (!toc_utf8_clean(text, len))
        why = "gave text that is not clean UTF-8";
    if (why)
        return toc_fail(e, TOC_ESCENARIO, "%s:%d: inject \"%s\": its text function %s",
                        i->place.file, i->place.line, i->id, why);
    char *words = toc_strndup(text, len);
    toc_err err = fill_text(s, x, inject, words, out, e);
    free(words);
    return err;
}
