// SPDX-License-Identifier: MIT
//
// Mistakes that can be seen without running anything: a call of a name that nobody declared, and
// send "ID", ask "ID", level "ID" … with an id that nothing has; a time, a percentage or a comparison
// that cannot be meant. They would show only when the
// exercise comes to that line, which may be in a branch that no rehearsal takes. Only what is certain
// is reported: whatever depends on a value is left to the run.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "host.h"
#include "lib.h"
#include "tokens.h"

enum { NAME_MAX_LEN = 60 };

typedef struct {
    toc_scenario *s;
    const char *path;
    toc_token *at; // all tokens, the last is TOC_TOKEN_END
    size_t count, capacity;
    toc_map *declared; // names of the author's own in this file
    toc_map *known;    // of the language, as far as they were met
} scan;

static void scan_file(toc_scenario *s, const char *path);
static void find_declared(scan *c);
static void declare_list(scan *c, size_t i);
static void declare(scan *c, const toc_token *t);
static bool is_declared(const scan *c, const toc_token *t);
static bool is_call(const scan *c, size_t i);
static void check_name(scan *c, const toc_token *t);
static void check_ids(scan *c, size_t i);
static void check_id(scan *c, const char *verb, toc_decl kind, const toc_token *text);
static void check_comparison(scan *c, size_t i);
static void check_values(scan *c, size_t i);
static void check_percent(scan *c, const toc_token *service, const toc_token *value);
static void check_time(scan *c, const toc_token *verb, const toc_token *value);

// The verbs that begin with ids, and of what; ask takes any number.
#define SPEAKER TOC_DECL_COUNT // a team, a party or excon
enum { IDS_MAX = 2 };
static const struct {
    const char *name;
    size_t ids;
    toc_decl kinds[IDS_MAX];
} verbs[] = {
    {"send", 1, {TOC_DECL_INJECT}},
    {"sent", 1, {TOC_DECL_INJECT}},
    {"ask", SIZE_MAX, {TOC_DECL_DECISION, TOC_DECL_DECISION}},
    {"decided", 1, {TOC_DECL_DECISION}},
    {"read", 2, {TOC_DECL_TEAM, TOC_DECL_INJECT}},
    {"aware", 2, {TOC_DECL_TEAM, TOC_DECL_INJECT}},
    {"said", 2, {SPEAKER, SPEAKER}},
    {"set", 1, {TOC_DECL_SERVICE}},
    {"start_repair", 1, {TOC_DECL_REPAIR}},
    {"refuel", 2, {TOC_DECL_SERVICE, TOC_DECL_SERVICE}},
    {"open_alternative", 2, {TOC_DECL_SERVICE, TOC_DECL_SERVICE}},
    {"black_start", 1, {TOC_DECL_SERVICE}},
    {"enter_phase", 1, {TOC_DECL_PHASE}},
    {"met", 1, {TOC_DECL_EXPECT}},
    {"level", 1, {TOC_DECL_SERVICE}},
    {"because", 1, {TOC_DECL_SERVICE}},
    {"outlook", 1, {TOC_DECL_SERVICE}},
    {"lost_hours", 1, {TOC_DECL_SERVICE}},
};

void toc_scan_sources(toc_scenario *s)
{
    if (toc_sandbox_is_spent(s->sandbox) || toc_sandbox_is_halted(s->sandbox))
        return;
    if (s->is_main_compiled)
        scan_file(s, "scenario.lua");
    for (size_t i = 0; i < s->module_count; i++)
        if (s->modules[i].is_compiled && !toc_module_is_library(s->modules[i].path))
            scan_file(s, s->modules[i].path);
}

static void scan_file(toc_scenario *s, const char *path)
{
    const toc_file *f = toc_files_find(s->files, path);
    toc_tokens tokens = {f->data, f->data + f->size, 1, NULL, 0, NULL};
    scan c = {.s = s, .path = path, .declared = toc_map_new(), .known = toc_map_new()};
    do {
        TOC_GROW(c.at, c.count, c.capacity);
        c.at[c.count++] = toc_tokens_next(&tokens);
    } while (c.at[c.count - 1].kind != TOC_TOKEN_END);
    find_declared(&c);
    for (size_t i = 0; i + 1 < c.count; i++) {
        if (!is_call(&c, i) || is_declared(&c, &c.at[i]))
            continue;
        check_name(&c, &c.at[i]);
        check_comparison(&c, i);
        if (s->is_partial)
            continue; // what is named may stand behind the place where a file broke off
        check_ids(&c, i);
        check_values(&c, i);
    }
    toc_map_free(c.declared);
    toc_map_free(c.known);
    free(c.at);
}

// ---- names -----------------------------------------------------------------------------------------

// Wherever in the file, and whatever its scope: no mistake is reported that may be none.
static void find_declared(scan *c)
{
    for (size_t i = 0; i + 1 < c->count; i++) {
        const toc_token *t = &c->at[i];
        const toc_token *next = &c->at[i + 1];
        if (toc_token_is(t, "local") || toc_token_is(t, "for")) {
            declare_list(c, i + 1);
        } else if (toc_token_is(t, "function")) {
            declare(c, next);
            while (c->at[i + 1].kind != TOC_TOKEN_END && !toc_token_is(&c->at[i], "("))
                i++;
            declare_list(c, i + 1);
        } else if (toc_token_is(next, "=") &&
                   (i == 0 || (!toc_token_is(t - 1, "{") && !toc_token_is(t - 1, ",") &&
                               !toc_token_is(t - 1, ";")))) {
            declare(c, t); // assigned, which is a mistake of its own; no key of a table
        }
    }
}

// NAME <attribute>, NAME, … from token i.
static void declare_list(scan *c, size_t i)
{
    while (c->at[i].kind == TOC_TOKEN_NAME && !toc_token_is_keyword(&c->at[i])) {
        declare(c, &c->at[i++]);
        if (toc_token_is(&c->at[i], "<"))
            while (c->at[i].kind != TOC_TOKEN_END && !toc_token_is(&c->at[i++], ">")) {
            }
        if (!toc_token_is(&c->at[i], ","))
            break;
        i++;
    }
}

static bool copy_name(char out[NAME_MAX_LEN + 1], const toc_token *t)
{
    if (t->kind != TOC_TOKEN_NAME || t->len > NAME_MAX_LEN)
        return false;
    memcpy(out, t->start, t->len);
    out[t->len] = '\0';
    return true;
}

static void declare(scan *c, const toc_token *t)
{
    char name[NAME_MAX_LEN + 1];
    if (copy_name(name, t))
        toc_map_put(c->declared, name, 1);
}

// Of a text that means what is written.
static bool copy_text(char out[TOC_LINE_TEXT_MAX + 1], const toc_token *t)
{
    if (!t->is_plain || t->len > TOC_LINE_TEXT_MAX)
        return false;
    memcpy(out, t->start, t->len);
    out[t->len] = '\0';
    return true;
}

static bool is_declared(const scan *c, const toc_token *t)
{
    char name[NAME_MAX_LEN + 1];
    int64_t found;
    return !copy_name(name, t) || toc_map_get(c->declared, name, &found);
}

// A name of no table, before what can only be its arguments.
static bool is_call(const scan *c, size_t i)
{
    static const char *const others[] = {".", ":", "::", "goto", "function"};
    const toc_token *t = &c->at[i];
    const toc_token *next = t + 1;
    if (t->kind != TOC_TOKEN_NAME || toc_token_is_keyword(t))
        return false;
    for (size_t n = 0; i > 0 && n < TOC_COUNT(others); n++)
        if (toc_token_is(t - 1, others[n]))
            return false;
    return next->kind == TOC_TOKEN_TEXT || toc_token_is(next, "(") || toc_token_is(next, "{");
}

typedef struct {
    const char *name;
    char message[256]; // "" if it is known
} inquiry;

// Argument: an inquiry.
static int on_inquire(lua_State *L)
{
    inquiry *q = lua_touserdata(L, 1);
    toc_names_lacks(L, q->name, q->message, sizeof q->message);
    return 0;
}

static void check_name(scan *c, const toc_token *t)
{
    char name[NAME_MAX_LEN + 1];
    inquiry q = {.name = name};
    toc_error e;
    int64_t found;
    copy_name(name, t);
    if (toc_map_get(c->known, name, &found))
        return;
    lua_State *L = toc_sandbox_lua(c->s->sandbox);
    lua_pushcfunction(L, on_inquire);
    lua_pushlightuserdata(L, &q);
    toc_sandbox_budget(c->s->sandbox, TOC_SCRIPT_BUDGET_LOAD);
    if (toc_sandbox_call(c->s->sandbox, 1, 0, &e) == TOC_OK && *q.message)
        toc_problems_add(&c->s->problems, "E0000", c->path, t->line, "%s", q.message);
    else
        toc_map_put(c->known, name, 1);
}

// ---- ids -------------------------------------------------------------------------------------------

// VERB "ID", VERB("ID") and VERB("ID", "ID"); an argument that is more than one text is passed over.
static void check_ids(scan *c, size_t i)
{
    const toc_token *t = &c->at[i];
    size_t v = 0;
    while (v < TOC_COUNT(verbs) && !toc_token_is(t, verbs[v].name))
        v++;
    if (v == TOC_COUNT(verbs))
        return;
    if (t[1].kind == TOC_TOKEN_TEXT) {
        check_id(c, verbs[v].name, verbs[v].kinds[0], &t[1]);
        return;
    }
    t += 2;
    for (size_t n = 0; n < verbs[v].ids && t->kind == TOC_TOKEN_TEXT; n++, t += 2) {
        if (!toc_token_is(&t[1], ",") && !toc_token_is(&t[1], ")"))
            return;
        check_id(c, verbs[v].name, verbs[v].kinds[n < IDS_MAX ? n : IDS_MAX - 1], t);
        if (toc_token_is(&t[1], ")"))
            return;
    }
}

static void check_id(scan *c, const char *verb, toc_decl kind, const toc_token *text)
{
    toc_scenario *s = c->s;
    bool is_speaker = kind == SPEAKER;
    unsigned kinds = is_speaker ? TOC_BIT(TOC_DECL_TEAM) | TOC_BIT(TOC_DECL_PARTY) : TOC_BIT(kind);
    char id[TOC_LINE_TEXT_MAX + 1];
    if (!copy_text(id, text) || (is_speaker && strcmp(id, "excon") == 0))
        return;
    // One whose declaration has a mistake of its own is not in the plan; that mistake is enough.
    for (size_t i = 0; i < s->draft_count; i++)
        if (kinds & TOC_BIT(s->drafts[i]->kind) && strcmp(s->drafts[i]->id, id) == 0)
            return;
    char unknown[TOC_UNKNOWN_MAX];
    toc_problems_add(&s->problems, "E0000", c->path, text->line, "%s: %s", verb,
                     toc_host_unknown(s, unknown, kinds,
                                      is_speaker ? "team or party" : toc_schema_noun(kind), id));
}

// ---- values ----------------------------------------------------------------------------------------

// ask "D-01" == "yes": a table is never a text.
static void check_comparison(scan *c, size_t i)
{
    const toc_token *t = &c->at[i];
    const toc_token *id = toc_token_is(&t[1], "(") ? &t[2] : &t[1];
    if ((!toc_token_is(t, "ask") && !toc_token_is(t, "decided")) || id->kind != TOC_TOKEN_TEXT)
        return;
    const toc_token *sign = id + 1;
    if (id == &t[2] && !toc_token_is(sign++, ")"))
        return;
    if ((toc_token_is(sign, "==") || toc_token_is(sign, "~=")) && sign[1].kind == TOC_TOKEN_TEXT)
        toc_problems_add(&c->s->problems, "E0000", c->path, sign->line,
                         "%.*s gives a table, which is no text: compare its option: %.*s "
                         "\"%.*s\".option",
                         (int)t->len, t->start, (int)t->len, t->start, (int)id->len, id->start);
}

// set("ID", 20), wait "20m", wait_until "T+0:08", where the value stands there as it is.
static void check_values(scan *c, size_t i)
{
    const toc_token *t = &c->at[i];
    bool has_bracket = toc_token_is(&t[1], "(");
    const toc_token *value = &t[1 + has_bracket];
    bool is_set = toc_token_is(t, "set");
    if (!is_set && !toc_token_is(t, "wait") && !toc_token_is(t, "wait_until"))
        return;
    if (is_set) {
        if (!has_bracket || value->kind != TOC_TOKEN_TEXT || !toc_token_is(&value[1], ","))
            return;
        value += 2;
    }
    if ((value->kind != TOC_TOKEN_TEXT && value->kind != TOC_TOKEN_NUMBER) ||
        (has_bracket && !toc_token_is(&value[1], ")")))
        return;
    if (is_set)
        check_percent(c, &t[2], value);
    else
        check_time(c, t, value);
}

static void check_percent(scan *c, const toc_token *service, const toc_token *value)
{
    char text[TOC_LINE_TEXT_MAX + 1];
    char number[TOC_NUMBER_TEXT];
    toc_problems *p = &c->s->problems;
    if (value->kind == TOC_TOKEN_NUMBER) {
        int len = value->len < NAME_MAX_LEN ? (int)value->len : NAME_MAX_LEN;
        snprintf(text, sizeof text, "%.*s", len, value->start);
        if (strtod(text, NULL) > 100)
            toc_problems_add(p, "E0000", c->path, value->line, "set: 0 to 100 percent, not %s",
                             text);
    } else if (copy_text(text, value) && toc_percent_in(number, text)) {
        toc_problems_add(p, "E0000", c->path, value->line,
                         "set: write the number alone, without quotes or %%: set(\"%.*s\", %s)",
                         (int)service->len, service->start, number);
    } else {
        toc_problems_add(p, "E0000", c->path, value->line, "set: 0 to 100 percent, not a text");
    }
}

static void check_time(scan *c, const toc_token *verb, const toc_token *value)
{
    char text[TOC_LINE_TEXT_MAX + 1];
    toc_story startex = c->s->plan.startex;
    toc_problems *p = &c->s->problems;
    bool is_until = toc_token_is(verb, "wait_until");
    toc_span span;
    toc_moment m = {0};
    toc_error e;
    if (value->kind == TOC_TOKEN_NUMBER) {
        toc_problems_add(p, "E0000", c->path, value->line, "%s",
                         is_until ? "wait_until wants a time, like \"T+0:08\", in quotes"
                                  : "wait wants a duration, like \"20m\" or \"24h story\", in "
                                    "quotes");
        return;
    }
    if (!copy_text(text, value))
        return;
    if (!is_until && toc_span_parse(text, &span, &e) != TOC_OK)
        toc_problems_add(p, "E0000", c->path, value->line, "wait: %s", e.msg);
    if (!is_until)
        return;
    // A story time cannot be read while startex cannot; that is told already.
    if (toc_moment_parse(text, startex, false, &m, &e) != TOC_OK &&
        (m.kind != TOC_AT_STORY || startex.ms != 0))
        toc_problems_add(p, "E0000", c->path, value->line, "wait_until: %s", e.msg);
}
