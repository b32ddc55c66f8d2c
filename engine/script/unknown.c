// SPDX-License-Identifier: MIT
//
// The names of a source that nothing has. Where a file runs and where it only might in play makes no
// difference: no file can give another a name but by what require gives.

#include <lua.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"
#include "lib.h"
#include "reading.h"
#include "schema.h"

enum { NAME_SIZE = 64, WHY = 256, NAMES_MAX = 60 };

static void tell_assigned(toc_reading *r, const toc_free_name *name);
static void tell_unknown(toc_reading *r, lua_State *L, size_t word);
static void tell_member(toc_reading *r, lua_State *L, size_t word);
static bool tell_foreign(toc_reading *r, const toc_token *t, const char *name);
static bool is_bare_value(const toc_reading *r, size_t word);
static const char *find_own(const toc_reading *r, const char *name, char near[NAME_SIZE],
                            bool *is_elsewhere);

static void copy(char out[NAME_SIZE], const char *text, size_t len)
{
    snprintf(out, NAME_SIZE, "%.*s", (int)(len < NAME_SIZE - 1 ? len : NAME_SIZE - 1), text);
}

static void put(toc_map *m, const toc_token *t, int64_t value)
{
    char name[NAME_SIZE];
    copy(name, t->start, t->len);
    toc_map_put(m, name, value);
}

static bool get(const toc_map *m, const toc_token *t, int64_t *value)
{
    char name[NAME_SIZE];
    copy(name, t->start, t->len);
    return toc_map_get(m, name, value);
}

void toc_reading_names(toc_reading *r, lua_State *L)
{
    size_t told = 0;
    // What is given a value somewhere: that is one mistake, and that it is unknown elsewhere no other.
    toc_map *assigned = toc_map_new();
    r->assigned = assigned;
    for (size_t i = 0; i < r->name_count; i++)
        if (r->names[i].kind != TOC_FREE_READ)
            put(assigned, &r->words[r->names[i].word], 0);
    for (size_t i = 0; i < r->name_count && told < NAMES_MAX; i++) {
        const toc_free_name *name = &r->names[i];
        const toc_token *t = &r->words[name->word];
        size_t before = r->certain.count;
        int64_t is_told = 1;
        if (name->kind != TOC_FREE_READ) {
            if (get(assigned, t, &is_told) && !is_told)
                tell_assigned(r, name);
            put(assigned, t, 1);
        } else if (r->is_known(r->known, t->start, t->len)) {
            tell_member(r, L, name->word);
        } else if (!get(assigned, t, &is_told) && !toc_token_is(t, "_ENV")) {
            tell_unknown(r, L, name->word);
        }
        told += r->certain.count - before;
        lua_settop(L, 0);
    }
}

static void tell_assigned(toc_reading *r, const toc_free_name *name)
{
    char text[NAME_SIZE];
    const toc_token *t = &r->words[name->word];
    copy(text, t->start, t->len);
    bool is_function = name->kind == TOC_FREE_FUNCTION;
    const char *begin = is_function ? t[-1].begin : t->begin;
    if (r->is_known(r->known, t->start, t->len)) {
        toc_problem *problem =
            toc_reading_certain(r, "E0116", t->begin, t->end,
                                "'%s' belongs to the language and cannot be changed", text);
        toc_problem_label(problem, "a word of the language");
        toc_problem_help(problem, "take another name, and write local before it");
        r->is_guess = true;
        return;
    }
    toc_problem *problem =
        toc_reading_certain(r, "E0116", begin, t->end, "'%s' is not declared", text);
    toc_problem_label(problem, "local is missing before it");
    toc_problem_help(problem, "a name of your own is declared with local where it is first used");
    toc_problem_fix(problem, "local %s%s", is_function ? "function " : "", text);
    // For what follows it is declared at the very beginning, whatever it stands in.
    toc_reading_mend(r, r->text, r->text, "local %s ", text);
    r->mends[r->mend_count - 1].is_certain = true;
}

// The words written without a blank from this one on, INJ-01, as far as they can be an id.
static const char *find_run_end(const toc_reading *r, size_t word)
{
    size_t end = word + 1;
    while (r->words[end].begin == r->words[end - 1].end &&
           (r->words[end].kind == TOC_TOKEN_NAME || r->words[end].kind == TOC_TOKEN_NUMBER ||
            toc_token_is(&r->words[end], "-") || toc_token_is(&r->words[end], ".")))
        end++;
    return r->words[end - 1].end;
}

static bool tell_id(toc_reading *r, const toc_token *t, const char *end, const char *why)
{
    static const char ids[] = "ids stand in quotes: ";
    if (strncmp(why, ids, sizeof ids - 1) != 0)
        return false;
    char text[NAME_SIZE];
    copy(text, t->begin, (size_t)(end - t->begin));
    toc_problem *problem =
        toc_reading_certain(r, "E0109", t->begin, end, "an id without its quotes: %s", text);
    toc_problem_label(problem, "quotes are missing");
    const char *meant = why + sizeof ids - 1; // "INJ-01", quoted
    if (strlen(meant) == strlen(text) + 2 && strncmp(meant + 1, text, strlen(text)) == 0) {
        toc_reading_fix(r, problem, t->begin, end, "%s", meant);
    } else {
        toc_problem_help(problem, "ids stand in quotes, like %s", meant);
        toc_reading_mend(r, t->begin, end, "%s", meant);
        r->mends[r->mend_count - 1].is_certain = true;
    }
    return true;
}

// null, True: what other languages call nil, true and false.
static bool tell_foreign(toc_reading *r, const toc_token *t, const char *name)
{
    static const char *const words[][2] = {
        {"null", "nil"},  {"NULL", "nil"},  {"None", "nil"},    {"undefined", "nil"},
        {"True", "true"}, {"TRUE", "true"}, {"False", "false"}, {"FALSE", "false"}};
    for (size_t i = 0; i < TOC_COUNT(words); i++) {
        if (strcmp(words[i][0], name) != 0)
            continue;
        toc_problem *problem = toc_reading_certain(r, "E0112", t->begin, t->end,
                                                   "'%s' is not Lua; write %s", name, words[i][1]);
        toc_problem_label(problem, "%s is meant", words[i][1]);
        toc_reading_fix(r, problem, t->begin, t->end, "%s", words[i][1]);
        return true;
    }
    return false;
}

// key = word, alone between = or { and what ends an entry.
static bool is_bare_value(const toc_reading *r, size_t word)
{
    const toc_token *next = &r->words[word + 1];
    return word > 1 &&
           (toc_token_is(next, ",") || toc_token_is(next, "}") || toc_token_is(next, ";")) &&
           toc_token_is(&r->words[word - 1], "=");
}

// urgent = ja
static bool tell_truth(toc_reading *r, size_t word, const char *name)
{
    static const char *const words[][2] = {{"ja", "true"},   {"oui", "true"},   {"si", "true"},
                                           {"on", "true"},   {"nein", "false"}, {"non", "false"},
                                           {"nee", "false"}, {"off", "false"}};
    const toc_token *t = &r->words[word];
    char key[NAME_SIZE];
    bool is_truth = false;
    copy(key, t[-2].start, t[-2].len);
    for (toc_decl kind = 0; kind < TOC_DECL_COUNT; kind++)
        for (size_t i = 0; i < toc_schema_key_count(toc_schema(kind)); i++)
            is_truth = is_truth || (toc_schema(kind)->keys[i].value == TOC_V_BOOL &&
                                    strcmp(toc_schema(kind)->keys[i].name, key) == 0);
    if (!is_truth)
        return false;
    toc_problem *problem =
        toc_reading_certain(r, "E0203", t->begin, t->end, "%s is true or false, not %s", key, name);
    toc_problem_label(problem, "true or false");
    toc_problem_help(problem, "write %s = true or %s = false", key, key);
    for (size_t i = 0; i < TOC_COUNT(words); i++)
        if (strcasecmp(words[i][0], name) == 0)
            toc_problem_fix(problem, "%s", words[i][1]);
    toc_reading_mend(r, t->begin, t->end, "true");
    r->mends[r->mend_count - 1].is_certain = true;
    return true;
}

static void tell_unknown(toc_reading *r, lua_State *L, size_t word)
{
    const toc_token *t = &r->words[word];
    const char *run_end = find_run_end(r, word);
    char name[NAME_SIZE];
    char why[WHY];
    char own[NAME_SIZE];
    copy(name, t->begin, (size_t)(run_end - t->begin));
    if (run_end > t->end && toc_sandbox_advice(L, name, why, sizeof why) &&
        tell_id(r, t, run_end, why))
        return;
    copy(name, t->start, t->len);
    if (tell_foreign(r, t, name) || !toc_names_why(L, "", name, why, sizeof why) ||
        tell_id(r, t, t->end, why))
        return;
    const char *advice = strstr(why, "; ");
    bool is_whole = strncmp(why, "unknown name", 12) == 0 || strstr(why, "is not available");
    bool is_missing = is_whole && strncmp(why, "unknown name", 12) != 0;
    bool is_elsewhere = false;
    const char *near = is_missing ? NULL : find_own(r, name, own, &is_elsewhere);
    if (is_whole && !is_missing && !near && !is_elsewhere && is_bare_value(r, word)) {
        if (tell_truth(r, word, name))
            return;
        toc_problem *bare = toc_reading_certain(r, "E0109", t->begin, t->end,
                                                "a text without its quotes: %s", name);
        toc_problem_label(bare, "quotes are missing");
        toc_reading_fix(r, bare, t->begin, t->end, "\"%s\"", name);
        return;
    }
    toc_problem *problem =
        is_whole ? toc_reading_certain(r, is_missing ? "E0117" : "E0115", t->begin, t->end, "%.*s",
                                       advice ? (int)(advice - why) : (int)strlen(why), why)
                 : toc_reading_certain(r, "E0115", t->begin, t->end, "unknown name '%s'", name);
    toc_problem_label(problem, is_missing ? "scenarios do without it" : "nothing has this name");
    const char *meant = strstr(why, "did you mean '");
    if (meant)
        copy(own, meant + 14, strcspn(meant + 14, "'"));
    bool is_declaration = t[1].kind == TOC_TOKEN_TEXT && toc_token_is(&t[2], "{");
    if (is_whole && !is_missing && !meant && !near && is_declaration) {
        toc_buf list = {0};
        for (toc_decl kind = 0; kind < TOC_DECL_COUNT; kind++)
            toc_buf_printf(&list, "%s%s", kind ? ", " : "", toc_schema(kind)->name);
        toc_problem_label(problem, "no such declaration");
        toc_problem_help(problem, "declarations are %s", toc_buf_text(&list));
        toc_buf_fini(&list);
    } else if (meant || near) {
        toc_problem_help(problem, "did you mean '%s'?", own);
        toc_problem_fix(problem, "%s", own);
        toc_reading_mend(r, t->begin, t->end, "%s", own);
        r->mends[r->mend_count - 1].is_certain = true;
    } else if (is_elsewhere) {
        toc_problem_help(problem, "it is declared in another block, or further down; declare it "
                                  "with local above all that use it");
    } else if (!is_whole || advice) {
        toc_problem_help(problem, "%s", is_whole ? advice + 2 : why);
    }
}

// The name of the author's own that is nearest: local helpers have typing errors too.
static const char *find_own(const toc_reading *r, const char *name, char near[NAME_SIZE],
                            bool *is_elsewhere)
{
    size_t count = r->own_count < 500 ? r->own_count : 500;
    char(*texts)[NAME_SIZE] = toc_alloc((count + 1) * sizeof *texts);
    const char **names = toc_alloc((count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++) {
        copy(texts[i], r->words[r->own[i]].start, r->words[r->own[i]].len);
        names[i] = texts[i];
    }
    const char *found = toc_text_near(name, names, count);
    bool is_other = found && strcmp(found, name) != 0;
    *is_elsewhere = found && !is_other; // used where it does not reach
    if (is_other)
        snprintf(near, NAME_SIZE, "%s", found);
    free(names);
    free(texts);
    return is_other ? near : NULL;
}

// string.uper, math.random
static void tell_member(toc_reading *r, lua_State *L, size_t word)
{
    const toc_token *t = &r->words[word];
    char table[NAME_SIZE];
    char name[NAME_SIZE];
    char full[2 * NAME_SIZE];
    char why[WHY];
    if (!toc_token_is(t, "string") && !toc_token_is(t, "table") && !toc_token_is(t, "math"))
        return;
    if (!toc_token_is(&t[1], ".") || t[2].kind != TOC_TOKEN_NAME)
        return;
    copy(table, t->start, t->len);
    copy(name, t[2].start, t[2].len);
    snprintf(full, sizeof full, "%s.%s", table, name);
    if (r->is_known(r->known, full, strlen(full)) ||
        !toc_names_why(L, table, name, why, sizeof why))
        return;
    const char *advice = strstr(why, "; ");
    bool is_missing = strstr(why, "is not available") != NULL;
    toc_problem *problem =
        toc_reading_certain(r, is_missing ? "E0117" : "E0115", t->begin, t[2].end, "%.*s",
                            advice ? (int)(advice - why) : (int)strlen(why), why);
    toc_problem_label(problem, is_missing ? "scenarios do without it" : "nothing has this name");
    const char *meant = strstr(why, "did you mean '");
    if (advice)
        toc_problem_help(problem, "%s", advice + 2);
    if (meant)
        toc_problem_fix(problem, "%.*s", (int)strcspn(meant + 14, "'"), meant + 14);
}
