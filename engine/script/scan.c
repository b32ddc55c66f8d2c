// SPDX-License-Identifier: MIT
//
// Mistakes that can be seen without running anything: a call of a name that nobody declared, and
// send "ID", ask "ID", level "ID" … with an id that nothing has; a time, a percentage or a comparison
// that cannot be meant. They would show only when the
// exercise comes to that line, which may be in a branch that no rehearsal takes. Only what is certain
// is reported: whatever depends on a value is left to the run. On the way, what the code uses is kept
// (script/uses.h), so that nobody need read it a second time.

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "host.h"
#include "lib.h"
#include "tokens.h"
#include "uses.h"

enum { NAME_MAX_LEN = 60, AHEAD = 8 };

typedef struct {
    toc_scenario *s;
    const char *path;
    toc_token *at; // all tokens, the last is TOC_TOKEN_END
    size_t count, capacity;
    toc_map *declared; // names of the author's own in this file
    toc_map *known;    // of the language, as far as they were met
} scan;

static void read_file(scan *c, toc_scenario *s, const char *path);
static void scan_file(scan *c);
static void keep_uses(toc_scenario *s, const scan *scans, size_t count);
static toc_problem *tell(scan *c, const char *code, const toc_token *t, const char *format, ...)
    TOC_PRINTF(4, 5);
static void find_declared(scan *c);
static void declare_list(scan *c, size_t i);
static void declare(scan *c, const toc_token *t);
static bool is_declared(const scan *c, const toc_token *t);
static bool is_call(const scan *c, size_t i);
static void check_name(scan *c, const toc_token *t);
static void tell_name(scan *c, const toc_token *t, const char *message);
static void check_ids(scan *c, size_t i);
static void check_id(scan *c, const char *verb, toc_decl kind, const toc_token *text);
static void tell_other(scan *c, const char *verb, const char *noun, const toc_draft *d,
                       const toc_token *text);
static void tell_unknown(scan *c, const char *verb, const char *noun, unsigned kinds,
                         const char *id, const toc_token *text);
static void check_comparison(scan *c, size_t i);
static void check_values(scan *c, size_t i);
static int quoted_len(const toc_token *t);
static void check_percent(scan *c, const toc_token *value);
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
    scan *scans = toc_alloc((s->module_count + 1) * sizeof *scans);
    size_t count = 0;
    if (s->is_main_compiled)
        read_file(&scans[count++], s, "scenario.lua");
    for (size_t i = 0; i < s->module_count; i++)
        if (s->modules[i].is_compiled && !toc_module_is_library(s->modules[i].path))
            read_file(&scans[count++], s, s->modules[i].path);
    for (size_t i = 0; i < count; i++)
        scan_file(&scans[i]);
    keep_uses(s, scans, count);
    for (size_t i = 0; i < count; i++) {
        toc_map_free(scans[i].declared);
        toc_map_free(scans[i].known);
        free(scans[i].at);
    }
    free(scans);
}

static void read_file(scan *c, toc_scenario *s, const char *path)
{
    const toc_file *f = toc_files_find(s->files, path);
    toc_tokens tokens = {f->data, f->data + f->size, 1, NULL, 0, NULL};
    *c = (scan){.s = s, .path = f->path, .declared = toc_map_new(), .known = toc_map_new()};
    do {
        TOC_GROW(c->at, c->count, c->capacity);
        c->at[c->count++] = toc_tokens_next(&tokens);
    } while (c->at[c->count - 1].kind != TOC_TOKEN_END);
    // Looking some words ahead needs no care at the end of the file.
    for (size_t i = 0; i < AHEAD; i++) {
        TOC_GROW(c->at, c->count + i, c->capacity);
        c->at[c->count + i] = c->at[c->count - 1];
    }
    find_declared(c);
}

static void scan_file(scan *c)
{
    for (size_t i = 0; i + 1 < c->count; i++) {
        if (!is_call(c, i) || is_declared(c, &c->at[i]))
            continue;
        check_name(c, &c->at[i]);
        check_comparison(c, i);
        if (c->s->is_partial)
            continue; // what is named may stand behind the place where a file broke off
        check_ids(c, i);
        check_values(c, i);
    }
}

// Of a scenario that will be played: of others nobody asks.
static void keep_uses(toc_scenario *s, const scan *scans, size_t count)
{
    if (s->problems.count > 0)
        return;
    toc_map *helpers = toc_map_new();
    s->uses = toc_uses_new();
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count; i++) {
            const toc_uses_file f = {.path = scans[i].path,
                                     .at = scans[i].at,
                                     .count = scans[i].count,
                                     .startex = s->plan.startex,
                                     .declared = scans[i].declared};
            if (pass == 0) {
                toc_uses_helpers(helpers, &f);
                continue;
            }
            toc_uses_read(s->uses, &f);
            toc_uses_options(s->uses, &f, helpers);
        }
    toc_map_free(helpers);
}

static toc_problem *tell(scan *c, const char *code, const toc_token *t, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return toc_problem_at(toc_problems_add(&c->s->problems, code, c->path, t->line, "%s", text),
                          t->column, t->width);
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
        tell_name(c, t, q.message);
    else
        toc_map_put(c->known, name, 1);
}

// What is wrong, and after a semicolon what to do.
static void tell_name(scan *c, const toc_token *t, const char *message)
{
    static const char meant[] = "did you mean '";
    const char *advice = strstr(message, "; ");
    bool is_missing = strstr(message, "is not available") != NULL;
    toc_problem *p = tell(c, is_missing ? "E0117" : "E0115", t, "%.*s",
                          advice ? (int)(advice - message) : (int)strlen(message), message);
    toc_problem_label(p, is_missing ? "scenarios do without it" : "nothing has this name");
    if (advice)
        toc_problem_help(p, "%s", advice + 2);
    if (advice && strncmp(advice + 2, meant, strlen(meant)) == 0) {
        advice += 2 + strlen(meant);
        toc_problem_fix(p, "%.*s", (int)strcspn(advice, "'"), advice);
    }
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
    const toc_scenario *s = c->s;
    bool is_speaker = kind == SPEAKER;
    unsigned kinds = is_speaker ? TOC_BIT(TOC_DECL_TEAM) | TOC_BIT(TOC_DECL_PARTY) : TOC_BIT(kind);
    char id[TOC_LINE_TEXT_MAX + 1];
    int64_t draft;
    if (!copy_text(id, text) || (is_speaker && strcmp(id, "excon") == 0))
        return;
    bool is_known = toc_map_get(s->ids, id, &draft);
    if (is_known && kinds & TOC_BIT(s->drafts[draft]->kind))
        return;
    // One whose declaration has a mistake of its own is not in the plan; that mistake is enough.
    for (size_t i = 0; i < s->draft_count; i++)
        if (kinds & TOC_BIT(s->drafts[i]->kind) && strcmp(s->drafts[i]->id, id) == 0)
            return;
    const char *noun = is_speaker ? "team or party" : toc_schema_noun(kind);
    if (is_known)
        tell_other(c, verb, noun, s->drafts[draft], text);
    else
        tell_unknown(c, verb, noun, kinds, id, text);
}

static const char *article(const char *noun)
{
    return strchr("aeiou", noun[0]) ? "an" : "a";
}

static void tell_other(scan *c, const char *verb, const char *noun, const toc_draft *d,
                       const toc_token *text)
{
    const char *own = toc_schema_noun(d->kind);
    toc_problem *p = tell(c, "E0215", text, "%s: \"%s\" is %s %s, not %s %s", verb, d->id,
                          article(own), own, article(noun), noun);
    toc_problem_label(p, "this is %s %s", article(own), own);
    toc_problem_note(p, "%s \"%s\" is declared at %s:%d", own, d->id, d->place.file, d->place.line);
}

static void tell_unknown(scan *c, const char *verb, const char *noun, unsigned kinds,
                         const char *id, const toc_token *text)
{
    const toc_scenario *s = c->s;
    const char **names = NULL;
    size_t count = 0, capacity = 0;
    char quote[TOC_QUOTE_SIZE];
    // Guesses are for mistakes that will be read: thousands of ids times thousands would take long.
    size_t drafts = s->problems.count < TOC_PROBLEMS_SHOWN ? s->draft_count : 0;
    for (size_t i = 0; i < drafts; i++)
        if (s->drafts[i]->has_id && kinds & TOC_BIT(s->drafts[i]->kind)) {
            TOC_GROW(names, count, capacity);
            names[count++] = s->drafts[i]->id;
        }
    toc_problem *p =
        tell(c, "E0214", text, "%s: unknown %s %s", verb, noun, toc_text_quote(quote, id));
    toc_problem_label(p, "no %s has this id", noun);
    const char *near = count ? toc_text_near(id, names, count) : NULL;
    if (near) {
        toc_problem_help(p, "did you mean \"%s\"?", near);
        toc_problem_fix(p, "\"%s\"", near);
    } else if (count == 0) {
        toc_problem_help(p, "no %s is declared", noun);
    } else {
        toc_buf list = {0};
        for (size_t i = 0; i < count && i < 12; i++)
            toc_buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
        toc_problem_help(p, "there %s %s%s", count == 1 ? "is only" : "are", toc_buf_text(&list),
                         count > 12 ? " and more" : "");
        toc_buf_fini(&list);
    }
    free(names);
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
    if ((!toc_token_is(sign, "==") && !toc_token_is(sign, "~=")) || sign[1].kind != TOC_TOKEN_TEXT)
        return;
    toc_problem *p = tell(c, "E0234", sign, "%.*s gives a table, which is never equal to a text",
                          (int)t->len, t->start);
    toc_problem_label(p, "compares a table with a text");
    toc_problem_help(p, "compare its option: %.*s(\"%.*s\").option %.*s \"%.*s\"", (int)t->len,
                     t->start, quoted_len(id), id->start, (int)sign->len, sign->start,
                     quoted_len(&sign[1]), sign[1].start);
}

static int quoted_len(const toc_token *t)
{
    return t->len < NAME_MAX_LEN ? (int)t->len : NAME_MAX_LEN;
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
        check_percent(c, value);
    else
        check_time(c, t, value);
}

static void check_percent(scan *c, const toc_token *value)
{
    char text[TOC_LINE_TEXT_MAX + 1];
    char number[TOC_NUMBER_TEXT];
    toc_problem *p = NULL;
    if (value->kind == TOC_TOKEN_NUMBER) {
        snprintf(text, sizeof text, "%.*s", quoted_len(value), value->start);
        if (strtod(text, NULL) <= 100)
            return;
        p = tell(c, "E0204", value, "set: 0 to 100 percent, not %s", text);
        toc_problem_label(p, "more than all of it");
        toc_problem_help(p, "a level is a percentage of what a service can do: 0 is nothing, 100 "
                            "all of it");
    } else if (copy_text(text, value) && toc_percent_in(number, text)) {
        p = tell(c, "E0111", value, "set: a percentage stands without quotes and sign");
        toc_problem_label(p, "a text, not a number");
        toc_problem_help(p, "write the number alone: %s", number);
        toc_problem_fix(p, "%s", number);
    } else {
        p = tell(c, "E0233", value, "set: 0 to 100 percent, not a text");
        toc_problem_label(p, "a text, not a number");
        toc_problem_help(p, "the second value is a number: set(\"grid\", 20)");
    }
}

static void check_time(scan *c, const toc_token *verb, const toc_token *value)
{
    bool is_until = toc_token_is(verb, "wait_until");
    char text[TOC_LINE_TEXT_MAX + 1];
    toc_story startex = c->s->plan.startex;
    toc_problem *p = NULL;
    toc_span span;
    toc_moment m = {0};
    toc_error e;
    if (value->kind == TOC_TOKEN_NUMBER) {
        p = tell(c, "E0110", value,
                 is_until ? "wait_until wants a time, in quotes"
                          : "wait wants a duration, in quotes");
        toc_problem_label(p, "a number without a unit");
        toc_problem_help(p, is_until ? "write wait_until \"T+0:08\""
                                     : "write wait \"20m\" or wait \"24h story\"");
    } else if (copy_text(text, value) && !is_until && toc_span_parse(text, &span, &e) != TOC_OK) {
        p = tell(c, "E0207", value, "wait: %s", e.msg);
        toc_problem_label(p, "no duration");
        toc_problem_help(p, "write it like \"90s\", \"20m\", \"1h30m\" or \"24h story\"");
    } else if (copy_text(text, value) && is_until &&
               // A story time cannot be read while startex cannot; that is told already.
               toc_moment_parse(text, startex, false, &m, &e) != TOC_OK &&
               (m.kind != TOC_AT_STORY || startex.ms != 0)) {
        p = tell(c, "E0206", value, "wait_until: %s", e.msg);
        toc_problem_label(p, "no time");
        toc_problem_help(
            p, "write it like \"T+0:08\" (hours and minutes after STARTEX) or \"story 08:00\"");
    }
}
