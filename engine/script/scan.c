// SPDX-License-Identifier: MIT
//
// Mistakes that can be seen without running anything: a call of a name that nobody declared, and calls
// of the language's words with what they cannot take. They would show only when the exercise comes to
// that line, which may be in a branch that no rehearsal takes. Only what is certain is reported: whatever
// depends on a value is left to the run. On the way, what the code uses is kept (script/uses.h), so that
// nobody need read it a second time.

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "lib.h"
#include "scan.h"

enum { NAME_MAX_LEN = 60 };

typedef toc_scan scan;

static void read_file(scan *c, toc_scenario *s, const char *path, bool is_mended);
static void read_words(scan *c, const toc_file *f);
static void scan_file(scan *c);
static void read_uses(toc_scenario *s, scan *scans, size_t count);
static void find_declared(scan *c);
static void declare_list(scan *c, size_t i);
static void declare(scan *c, const toc_token *t);
static bool is_declared(const scan *c, const toc_token *t);
static bool is_call(const scan *c, size_t i);
static void check_name(scan *c, const toc_token *t);
static void tell_name(scan *c, const toc_token *t, const char *message);

void toc_scan_sources(toc_scenario *s)
{
    if (toc_sandbox_is_spent(s->sandbox) || toc_sandbox_is_halted(s->sandbox))
        return;
    scan *scans = toc_alloc((s->module_count + 1) * sizeof *scans);
    size_t count = 0;
    if (s->is_main_compiled || s->is_main_mended)
        read_file(&scans[count++], s, "scenario.lua", !s->is_main_compiled);
    for (size_t i = 0; i < s->module_count; i++) {
        const toc_module *m = &s->modules[i];
        if ((m->is_compiled || m->is_mended) && !toc_module_is_library(m->path))
            read_file(&scans[count++], s, m->path, !m->is_compiled);
    }
    for (size_t i = 0; i < count; i++)
        scan_file(&scans[i]);
    read_uses(s, scans, count);
    for (size_t i = 0; i < count; i++) {
        toc_map_free(scans[i].declared);
        toc_map_free(scans[i].known);
        free(scans[i].at);
        if (scans[i].reading)
            toc_reading_fini(scans[i].reading);
        free(scans[i].reading);
    }
    free(scans);
}

static void read_file(scan *c, toc_scenario *s, const char *path, bool is_mended)
{
    const toc_file *f = toc_files_find(s->files, path);
    *c = (scan){.s = s,
                .path = f->path,
                .is_mended = is_mended,
                .declared = toc_map_new(),
                .known = toc_map_new()};
    read_words(c, f);
    // Looking some words ahead needs no care at the end of the file.
    for (size_t i = 0; i < TOC_SCAN_AHEAD; i++) {
        TOC_GROW(c->at, c->count + i, c->capacity);
        c->at[c->count + i] = c->at[c->count - 1];
    }
    find_declared(c);
}

static void read_words(scan *c, const toc_file *f)
{
    if (!c->is_mended) {
        toc_tokens tokens = {f->data, f->data + f->size, 1, NULL, 0, NULL};
        do {
            TOC_GROW(c->at, c->count, c->capacity);
            c->at[c->count++] = toc_tokens_next(&tokens);
        } while (c->at[c->count - 1].kind != TOC_TOKEN_END);
        return;
    }
    // Texts in curly quotes and the like are texts there: what comes behind them keeps its meaning.
    c->reading = toc_alloc(sizeof *c->reading);
    toc_source_words(c->s->sandbox, f->path, f->data, f->size, c->reading);
    for (size_t i = 0; i < c->reading->word_count; i++) {
        TOC_GROW(c->at, c->count, c->capacity);
        c->at[c->count++] = c->reading->words[i];
    }
}

static void scan_file(scan *c)
{
    for (size_t i = 0; i + 1 < c->count; i++) {
        toc_scan_code(c, i);
        if (!is_call(c, i) || is_declared(c, &c->at[i]))
            continue;
        if (!c->is_mended) // there it was done already
            check_name(c, &c->at[i]);
        // What is named may stand behind the place where a file broke off.
        if (!c->s->is_partial)
            toc_scan_call(c, i);
    }
}

// Kept of a scenario that will be played: of others nobody asks.
static void read_uses(toc_scenario *s, scan *scans, size_t count)
{
    toc_map *helpers = toc_map_new();
    toc_uses *uses = toc_uses_new();
    for (int pass = 0; pass < 3; pass++) {
        if (pass == 2)
            toc_scan_answers(s, uses);
        if (pass == 2 && s->problems.count > 0)
            break;
        for (size_t i = 0; i < count; i++) {
            const toc_uses_file f = {.path = scans[i].path,
                                     .at = scans[i].at,
                                     .count = scans[i].count,
                                     .startex = s->plan.startex,
                                     .declared = scans[i].declared};
            if (pass == 0)
                toc_uses_helpers(helpers, &f);
            else if (pass == 1)
                toc_uses_options(uses, &f, helpers);
            else
                toc_uses_read(uses, &f);
        }
    }
    toc_map_free(helpers);
    if (s->problems.count == 0)
        s->uses = uses;
    else
        toc_uses_free(uses);
}

toc_problem *toc_scan_tell(toc_scan *c, const char *code, const toc_token *t, const char *format,
                           ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return toc_problem_at(toc_problems_add(&c->s->problems, code, c->path, t->line, "%s", text),
                          t->column, t->width);
}

bool toc_scan_copy(char out[TOC_LINE_TEXT_MAX + 1], const toc_token *t)
{
    if (t->kind != TOC_TOKEN_TEXT || !t->is_plain || t->len > TOC_LINE_TEXT_MAX)
        return false;
    memcpy(out, t->start, t->len);
    out[t->len] = '\0';
    return true;
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
    toc_problem *p =
        toc_scan_tell(c, is_missing ? "E0117" : "E0115", t, "%.*s",
                      advice ? (int)(advice - message) : (int)strlen(message), message);
    toc_problem_label(p, is_missing ? "scenarios do without it" : "nothing has this name");
    if (advice)
        toc_problem_help(p, "%s", advice + 2);
    if (advice && strncmp(advice + 2, meant, strlen(meant)) == 0) {
        advice += 2 + strlen(meant);
        toc_problem_fix(p, "%.*s", (int)strcspn(advice, "'"), advice);
    }
}
