// SPDX-License-Identifier: MIT
// Lua's expressions: what a value can be, calls, tables.

#include <string.h>

#include "base/mem.h"
#include "grammar.h"

enum { KEYS_MAX = 40 };

static void read_simple(toc_grammar *g);
static void read_arguments(toc_grammar *g);
static void read_table(toc_grammar *g);
static void read_field(toc_grammar *g);

void toc_grammar_list(toc_grammar *g)
{
    do
        toc_grammar_expression(g);
    while (toc_grammar_accept(g, ","));
}

static bool is_operator(const toc_token *t)
{
    static const char *const words[] = {"+",  "-",  "*",  "/",  "//", "%", "^",   "..",
                                        "==", "~=", "<=", ">=", "<",  ">", "and", "or"};
    for (size_t i = 0; i < TOC_COUNT(words); i++)
        if (toc_token_is(t, words[i]))
            return true;
    return false;
}

void toc_grammar_expression(toc_grammar *g)
{
    if (toc_grammar_enter(g)) {
        do {
            while (toc_grammar_accept(g, "not") || toc_grammar_accept(g, "-") ||
                   toc_grammar_accept(g, "#")) {
            }
            read_simple(g);
            if (g->is_over || !is_operator(toc_grammar_word(g)))
                break;
            toc_grammar_next(g);
        } while (!g->is_over);
    }
    g->depth--;
}

static void read_simple(toc_grammar *g)
{
    const toc_token *t = toc_grammar_word(g);
    if (t->kind == TOC_TOKEN_TEXT || t->kind == TOC_TOKEN_NUMBER || toc_token_is(t, "nil") ||
        toc_token_is(t, "true") || toc_token_is(t, "false") || toc_token_is(t, "...")) {
        toc_grammar_next(g);
    } else if (toc_token_is(t, "{")) {
        read_table(g);
    } else if (toc_token_is(t, "function")) {
        toc_grammar_open(g);
        toc_grammar_body(g);
    } else if (toc_grammar_is_name(t) || toc_token_is(t, "(")) {
        toc_grammar_suffixed(g);
    } else {
        toc_mend_value(g);
    }
}

toc_grammar_shape toc_grammar_suffixed(toc_grammar *g)
{
    toc_grammar_shape s = IS_VARIABLE;
    size_t first = g->i;
    if (toc_grammar_is(g, "(")) {
        size_t opener = toc_grammar_open(g);
        toc_grammar_expression(g);
        while (!g->is_over && toc_grammar_is(g, "=")) {
            toc_mend_equals(g);
            toc_grammar_expression(g);
        }
        toc_grammar_close(g, opener, ")");
        s = IS_VALUE;
    } else {
        toc_grammar_next(g);
        toc_grammar_note(g, first, TOC_FREE_READ);
        if (toc_mend_call(g, first))
            s = IS_CALL;
    }
    while (!g->is_over) {
        const toc_token *t = toc_grammar_word(g);
        if (toc_token_is(t, ".") || toc_token_is(t, ":")) {
            bool is_call = toc_token_is(t, ":");
            toc_grammar_next(g);
            if (toc_grammar_word(g)->kind != TOC_TOKEN_NAME) {
                toc_mend_expected(g, "a name");
                return s;
            }
            toc_grammar_next(g);
            s = is_call ? IS_VALUE : IS_VARIABLE;
        } else if (toc_token_is(t, "[")) {
            size_t opener = toc_grammar_open(g);
            toc_grammar_expression(g);
            toc_grammar_close(g, opener, "]");
            s = IS_VARIABLE;
        } else if (toc_mend_behind_call(g, first)) {
            return IS_CALL;
        } else if (toc_token_is(t, "(") || toc_token_is(t, "{") || t->kind == TOC_TOKEN_TEXT) {
            if (!toc_mend_braces(g, first))
                read_arguments(g);
            s = IS_CALL;
        } else if ((s == IS_CALL || g->i == first + 1) && toc_token_is(t, "function") &&
                   toc_mend_function(g)) {
            s = IS_CALL;
        } else {
            return s;
        }
    }
    return s;
}

static void read_arguments(toc_grammar *g)
{
    if (!toc_grammar_is(g, "(")) {
        if (toc_grammar_is(g, "{"))
            read_table(g);
        else
            toc_grammar_next(g);
        return;
    }
    size_t opener = toc_grammar_open(g);
    while (!g->is_over && !toc_grammar_is(g, ")")) {
        toc_grammar_expression(g);
        if (g->is_over || toc_grammar_is(g, ")"))
            break;
        if (!toc_grammar_accept(g, ",") && !toc_mend_arguments(g, opener))
            break;
    }
    toc_grammar_close(g, opener, ")");
}

static void read_table(toc_grammar *g)
{
    toc_grammar_fields(g, toc_grammar_open(g));
}

// Lua takes the last, and says nothing.
static void check_twice(toc_grammar *g, const size_t *keys, size_t count)
{
    const toc_token *t = &g->r->words[keys[count]];
    for (size_t i = 0; i < count; i++) {
        const toc_token *first = &g->r->words[keys[i]];
        if (first->len != t->len || memcmp(first->start, t->start, t->len) != 0)
            continue;
        int len = t->len < 60 ? (int)t->len : 60;
        toc_problem *problem = toc_reading_certain(
            g->r, "E0213", t->begin, t->end, "the key %.*s is written twice; only the last counts",
            len, t->start);
        toc_problem_label(problem, "a second time");
        toc_problem_help(problem, "take one of them out, or make one value of both");
        toc_problem_note(problem, "the first is in line %d", first->line);
        return;
    }
}

void toc_grammar_fields(toc_grammar *g, size_t opener)
{
    size_t keys[KEYS_MAX];
    size_t count = 0;
    size_t told = g->r->slips.count;
    bool is_round = toc_token_is(&g->r->words[opener], "("); // mended
    while (!g->is_over && !toc_grammar_is(g, "}") && !(is_round && toc_grammar_is(g, ")")) &&
           toc_grammar_word(g)->kind != TOC_TOKEN_END) {
        size_t field = g->i;
        bool is_key =
            toc_grammar_is_name(&g->r->words[field]) && toc_token_is(&g->r->words[field + 1], "=");
        if (is_key && count < KEYS_MAX) {
            keys[count] = field;
            if (g->r->slips.count == told) // a bracket that is missing makes one table of two
                check_twice(g, keys, count);
            count++;
        }
        read_field(g);
        if (g->is_over || toc_grammar_is(g, "}") || (is_round && toc_grammar_is(g, ")")))
            break;
        if (!toc_grammar_accept(g, ",") && !toc_grammar_accept(g, ";") &&
            !toc_mend_table(g, opener, field))
            break;
    }
    if (is_round && toc_grammar_is(g, ")")) {
        const toc_token *close = toc_grammar_word(g);
        toc_problem *problem = toc_reading_problem(g->r, "E0112", close->begin, close->end,
                                                   "a declaration ends with }, not with )");
        toc_problem_label(problem, "} is meant");
        toc_reading_fix(g->r, problem, close->begin, close->end, "}");
        g->open_count -= g->open_count > 0;
        toc_grammar_next(g);
        return;
    }
    toc_grammar_close(g, opener, "}");
}

static void read_field(toc_grammar *g)
{
    const toc_token *t = toc_grammar_word(g);
    if (toc_token_is(t, "[")) {
        size_t opener = toc_grammar_open(g);
        toc_grammar_expression(g);
        toc_grammar_close(g, opener, "]");
        if (!toc_grammar_accept(g, "="))
            toc_mend_expected(g, "=");
    } else if (toc_grammar_is_name(t) && toc_token_is(t + 1, "=")) {
        toc_grammar_next(g);
        toc_grammar_next(g);
    } else {
        toc_mend_field(g);
    }
    if (!g->is_over)
        toc_grammar_expression(g);
}
