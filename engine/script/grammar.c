// SPDX-License-Identifier: MIT
//
// Lua's grammar, as far as it tells what stands where. It accepts what Lua accepts; which operator binds
// closer, labels and the like do not matter here.

#include "grammar.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define SELF SIZE_MAX // the name that a method declares without a word

static void read_block(toc_grammar *g);
static void read_statements(toc_grammar *g);
static void read_statement(toc_grammar *g);
static void read_if(toc_grammar *g);
static void read_while(toc_grammar *g);
static void read_for(toc_grammar *g);
static void read_repeat(toc_grammar *g);
static void read_function(toc_grammar *g);
static void read_local(toc_grammar *g);
static void read_return(toc_grammar *g);
static void read_call_or_assignment(toc_grammar *g);
static void declare(toc_grammar *g, size_t word);

void toc_reading_grammar(toc_reading *r)
{
    toc_grammar *g = toc_alloc(sizeof *g);
    g->r = r;
    g->suspect = g->early = g->else_if = g->told_close = SIZE_MAX;
    do {
        read_statements(g);
        if (!g->is_over && toc_grammar_word(g)->kind != TOC_TOKEN_END)
            toc_mend_surplus(g);
    } while (!g->is_over && toc_grammar_word(g)->kind != TOC_TOKEN_END);
    r->is_lost = r->is_lost || g->is_over;
    free(g->locals);
    free(g);
}

// ---- words -------------------------------------------------------------------------------------------

const toc_token *toc_grammar_word(const toc_grammar *g)
{
    return &g->r->words[g->is_over ? g->r->word_count - 1 : g->i];
}

void toc_grammar_next(toc_grammar *g)
{
    if (g->i + 1 < g->r->word_count)
        g->i++;
    g->is_over = g->is_over || g->r->is_lost; // too many mistakes
}

bool toc_grammar_is(const toc_grammar *g, const char *word)
{
    return toc_token_is(toc_grammar_word(g), word);
}

bool toc_grammar_accept(toc_grammar *g, const char *word)
{
    if (!toc_grammar_is(g, word))
        return false;
    toc_grammar_next(g);
    return true;
}

bool toc_grammar_is_name(const toc_token *t)
{
    return t->kind == TOC_TOKEN_NAME && !toc_token_is_keyword(t);
}

bool toc_grammar_is_first(const toc_grammar *g, size_t word)
{
    return word == 0 || g->r->words[word - 1].line != g->r->words[word].line;
}

int toc_grammar_indent(const toc_grammar *g, size_t word)
{
    while (!toc_grammar_is_first(g, word))
        word--;
    return g->r->words[word].column;
}

bool toc_grammar_begins_value(const toc_token *t)
{
    static const char *const words[] = {"{",     "(",   "function", "nil", "true",
                                        "false", "not", "-",        "#",   "..."};
    if (t->kind == TOC_TOKEN_TEXT || t->kind == TOC_TOKEN_NUMBER || toc_grammar_is_name(t))
        return true;
    for (size_t i = 0; i < TOC_COUNT(words); i++)
        if (toc_token_is(t, words[i]))
            return true;
    return false;
}

bool toc_grammar_enter(toc_grammar *g)
{
    if (++g->depth > GRAMMAR_DEPTH)
        g->is_over = true; // Lua has a limit too, and says so
    return !g->is_over;
}

size_t toc_grammar_open(toc_grammar *g)
{
    size_t word = g->i;
    if (g->open_count == GRAMMAR_OPEN)
        g->is_over = true;
    else
        g->open[g->open_count++] = word;
    toc_grammar_next(g);
    return word;
}

void toc_grammar_close(toc_grammar *g, size_t opener, const char *close)
{
    if (g->is_over)
        return;
    g->open_count -= g->open_count > 0;
    if (!toc_grammar_is(g, close)) {
        toc_mend_close(g, opener, close);
        return;
    }
    const toc_token *words = g->r->words;
    if (words[opener].line != words[g->i].line && toc_grammar_is_first(g, g->i)) {
        int indent = toc_grammar_indent(g, opener);
        if (words[g->i].column < indent) {
            g->suspect = opener;
            g->suspect_close = g->i;
        } else if (words[g->i].column == indent && g->suspect != SIZE_MAX && g->suspect > opener) {
            g->suspect = SIZE_MAX;
        } else if (words[g->i].column > indent) {
            g->early = g->i;
            g->early_opener = opener;
        }
    }
    toc_grammar_next(g);
}

// ---- names -------------------------------------------------------------------------------------------

static bool is_same(const toc_token *a, const toc_token *b)
{
    return a->len == b->len && memcmp(a->start, b->start, a->len) == 0;
}

static void declare(toc_grammar *g, size_t word)
{
    TOC_GROW(g->locals, g->local_count, g->local_capacity);
    g->locals[g->local_count++] = (toc_local){word, g->blocks};
    g->is_over = g->is_over || g->local_count > GRAMMAR_LOCALS;
    if (word == SELF)
        return;
    TOC_GROW(g->r->own, g->r->own_count, g->r->own_capacity);
    g->r->own[g->r->own_count++] = word;
}

static void begin_block(toc_grammar *g)
{
    g->blocks++;
}

static void end_block(toc_grammar *g)
{
    g->blocks--;
    while (g->local_count > 0 && g->locals[g->local_count - 1].depth > g->blocks)
        g->local_count--;
}

bool toc_grammar_is_free(const toc_grammar *g, size_t word)
{
    for (size_t i = g->local_count; i > 0; i--)
        if (g->locals[i - 1].word == SELF
                ? toc_token_is(&g->r->words[word], "self")
                : is_same(&g->r->words[g->locals[i - 1].word], &g->r->words[word]))
            return false;
    return true;
}

bool toc_grammar_is_known(const toc_grammar *g, size_t word)
{
    const toc_token *t = &g->r->words[word];
    return g->r->is_known(g->r->known, t->start, t->len);
}

void toc_grammar_note(toc_grammar *g, size_t word, toc_free_kind kind)
{
    toc_reading *r = g->r;
    if (g->is_over || !toc_grammar_is_free(g, word))
        return;
    TOC_GROW(r->names, r->name_count, r->name_capacity);
    r->names[r->name_count++] = (toc_free_name){kind, word};
}

// ---- statements --------------------------------------------------------------------------------------

static bool ends_block(const toc_grammar *g)
{
    const toc_token *t = toc_grammar_word(g);
    return t->kind == TOC_TOKEN_END || toc_token_is(t, "end") || toc_token_is(t, "else") ||
           toc_token_is(t, "elseif") || toc_token_is(t, "until");
}

// A bracket that closes one that is open around this block ends it too: its own end is missing.
static bool closes_outer(const toc_grammar *g)
{
    const char *opener = toc_grammar_is(g, ")")   ? "("
                         : toc_grammar_is(g, "}") ? "{"
                         : toc_grammar_is(g, "]") ? "["
                                                  : NULL;
    for (size_t i = g->open_count; opener && i > 0; i--)
        if (toc_token_is(&g->r->words[g->open[i - 1]], opener))
            return true;
    return false;
}

// The word of a declaration that stands no further in than what is open: an end was forgotten before.
static bool begins_declaration(const toc_grammar *g)
{
    static const char *const words[] = {"storyline", "exercise", "team",    "party",  "objective",
                                        "inject",    "decision", "service", "repair", "expect"};
    if (g->open_count == 0 || !toc_grammar_is_first(g, g->i) ||
        toc_grammar_word(g)[1].kind != TOC_TOKEN_TEXT)
        return false;
    size_t opener = g->open[g->open_count - 1];
    const toc_token *t = &g->r->words[opener];
    if (toc_token_is(t, "for") || toc_token_is(t, "while") || toc_token_is(t, "do") ||
        toc_grammar_word(g)->column > toc_grammar_indent(g, opener))
        return false;
    for (size_t i = 0; i < TOC_COUNT(words); i++)
        if (toc_grammar_is(g, words[i]))
            return true;
    return false;
}

static void read_block(toc_grammar *g)
{
    begin_block(g);
    read_statements(g);
    end_block(g);
}

static void read_statements(toc_grammar *g)
{
    while (!g->is_over && !ends_block(g) && !begins_declaration(g)) {
        if (toc_grammar_is(g, ")") || toc_grammar_is(g, "}") || toc_grammar_is(g, "]")) {
            if (closes_outer(g))
                break;
            toc_mend_surplus(g);
            continue;
        }
        read_statement(g);
    }
}

static void read_statement(toc_grammar *g)
{
    static const struct {
        const char *word;
        void (*read)(toc_grammar *g);
    } kinds[] = {
        {"if", read_if},         {"while", read_while},       {"for", read_for},
        {"repeat", read_repeat}, {"function", read_function}, {"local", read_local},
        {"return", read_return},
    };
    if (toc_grammar_accept(g, ";") || toc_grammar_accept(g, "break"))
        return;
    for (size_t i = 0; i < TOC_COUNT(kinds); i++)
        if (toc_grammar_is(g, kinds[i].word)) {
            if (toc_grammar_enter(g))
                kinds[i].read(g);
            g->depth--;
            return;
        }
    if (toc_grammar_is(g, "do")) {
        size_t opener = toc_grammar_open(g);
        if (toc_grammar_enter(g))
            read_block(g);
        g->depth--;
        toc_grammar_close(g, opener, "end");
        return;
    }
    if (toc_grammar_accept(g, "goto")) {
        toc_grammar_next(g);
        return;
    }
    if (toc_grammar_accept(g, "::")) {
        toc_grammar_next(g);
        if (!toc_grammar_accept(g, "::"))
            toc_mend_expected(g, "::");
        return;
    }
    read_call_or_assignment(g);
}

static void read_condition(toc_grammar *g, const char *word, size_t opener)
{
    toc_grammar_expression(g);
    while (!g->is_over && toc_grammar_is(g, "=")) {
        toc_mend_equals(g);
        toc_grammar_expression(g);
    }
    if (!toc_grammar_accept(g, word) && !g->is_over)
        toc_mend_word(g, word, opener);
}

static void read_if(toc_grammar *g)
{
    size_t opener = toc_grammar_open(g);
    read_condition(g, "then", opener);
    read_block(g);
    while (!g->is_over && toc_grammar_is(g, "elseif")) {
        toc_grammar_next(g);
        read_condition(g, "then", opener);
        read_block(g);
    }
    if (!g->is_over && toc_grammar_is(g, "else")) {
        const toc_token *next = toc_grammar_word(g) + 1;
        if (toc_token_is(next, "if") && next->line == toc_grammar_word(g)->line)
            g->else_if = g->i;
        toc_grammar_next(g);
        read_block(g);
    }
    toc_grammar_close(g, opener, "end");
}

static void read_while(toc_grammar *g)
{
    size_t opener = toc_grammar_open(g);
    read_condition(g, "do", opener);
    read_block(g);
    toc_grammar_close(g, opener, "end");
}

static void read_for(toc_grammar *g)
{
    size_t opener = toc_grammar_open(g);
    size_t first = g->i;
    begin_block(g);
    while (toc_grammar_is_name(toc_grammar_word(g))) {
        toc_grammar_next(g);
        if (!toc_grammar_accept(g, ","))
            break;
    }
    size_t last = g->i;
    if (!toc_grammar_accept(g, "=") && !toc_grammar_accept(g, "in") && !g->is_over)
        toc_mend_word(g, "in", opener);
    toc_grammar_list(g);
    if (!toc_grammar_accept(g, "do") && !g->is_over)
        toc_mend_word(g, "do", opener);
    for (size_t i = first; i < last; i++)
        if (toc_grammar_is_name(&g->r->words[i]))
            declare(g, i);
    read_block(g);
    end_block(g);
    toc_grammar_close(g, opener, "end");
}

// The condition of until sees the block's own names, so they end behind it.
static void read_repeat(toc_grammar *g)
{
    size_t opener = toc_grammar_open(g);
    begin_block(g);
    read_statements(g);
    toc_grammar_close(g, opener, "until");
    toc_grammar_expression(g);
    end_block(g);
}

static void read_function(toc_grammar *g)
{
    size_t opener = g->i;
    toc_grammar_next(g);
    if (!toc_grammar_is_name(toc_grammar_word(g))) {
        toc_mend_expected(g, "the function's name");
        return;
    }
    size_t name = g->i;
    toc_grammar_next(g);
    bool is_member = toc_grammar_is(g, ".") || toc_grammar_is(g, ":");
    bool is_method = false;
    while (toc_grammar_is(g, ".") || toc_grammar_is(g, ":")) {
        is_method = toc_grammar_is(g, ":");
        toc_grammar_next(g);
        toc_grammar_next(g);
    }
    toc_grammar_note(g, name, is_member ? TOC_FREE_READ : TOC_FREE_FUNCTION);
    if (g->open_count < GRAMMAR_OPEN)
        g->open[g->open_count++] = opener;
    else
        g->is_over = true;
    begin_block(g);
    if (is_method)
        declare(g, SELF);
    toc_grammar_body(g);
    end_block(g);
}

// The word that opened it is the newest of g->open.
void toc_grammar_body(toc_grammar *g)
{
    size_t opener = g->open_count > 0 ? g->open[g->open_count - 1] : 0;
    if (!toc_grammar_enter(g)) {
        g->depth--;
        return;
    }
    begin_block(g);
    if (!toc_grammar_accept(g, "("))
        toc_mend_word(g, "()", opener);
    else
        while (!g->is_over && !toc_grammar_accept(g, ")")) {
            if (toc_grammar_is_name(toc_grammar_word(g)))
                declare(g, g->i);
            else if (!toc_grammar_is(g, "..."))
                toc_mend_expected(g, ")");
            toc_grammar_next(g);
            if (!toc_grammar_is(g, ")") && !toc_grammar_accept(g, ","))
                toc_mend_expected(g, ")");
        }
    read_block(g);
    end_block(g);
    g->depth--;
    toc_grammar_close(g, opener, "end");
}

static void read_local(toc_grammar *g)
{
    toc_grammar_next(g);
    if (toc_grammar_is(g, "function")) {
        toc_grammar_open(g);
        if (toc_grammar_is_name(toc_grammar_word(g)))
            declare(g, g->i);
        else
            toc_mend_expected(g, "the function's name");
        toc_grammar_next(g);
        toc_grammar_body(g);
        return;
    }
    size_t first = g->i;
    do {
        if (!toc_grammar_is_name(toc_grammar_word(g))) {
            toc_mend_expected(g, "a name");
            return;
        }
        toc_grammar_next(g);
        if (toc_grammar_accept(g, "<")) {
            toc_grammar_next(g);
            if (!toc_grammar_accept(g, ">"))
                toc_mend_expected(g, ">");
        }
    } while (toc_grammar_accept(g, ","));
    size_t last = g->i;
    if (toc_grammar_accept(g, "="))
        toc_grammar_list(g);
    else if (toc_grammar_is(g, "==") || toc_grammar_is(g, ":")) {
        toc_mend_equals(g);
        toc_grammar_list(g);
    }
    for (size_t i = first; i < last && !g->is_over; i++)
        if (toc_grammar_is_name(&g->r->words[i]) && !toc_token_is(&g->r->words[i - 1], "<"))
            declare(g, i);
}

static void read_return(toc_grammar *g)
{
    toc_grammar_next(g);
    if (!ends_block(g) && !toc_grammar_is(g, ";") && !closes_outer(g)) {
        toc_grammar_list(g);
        while (!g->is_over && toc_grammar_is(g, "=")) {
            toc_mend_equals(g);
            toc_grammar_expression(g);
        }
    }
    toc_grammar_accept(g, ";");
}

static void read_call_or_assignment(toc_grammar *g)
{
    size_t first = g->i;
    if (!toc_grammar_is_name(toc_grammar_word(g)) && !toc_grammar_is(g, "(")) {
        toc_mend_statement(g, first);
        return;
    }
    size_t names = g->r->name_count;
    toc_grammar_shape s = toc_grammar_suffixed(g);
    size_t end = g->i;
    if (g->is_over || (s == IS_CALL && toc_mend_question(g, first)) || s == IS_CALL)
        return;
    if (s != IS_VARIABLE || (!toc_grammar_is(g, "=") && !toc_grammar_is(g, ","))) {
        toc_mend_statement(g, first);
        return;
    }
    if (end == first + 1 && g->r->name_count > names)
        g->r->names[names].kind = TOC_FREE_ASSIGNED;
    while (toc_grammar_accept(g, ",")) {
        size_t word = g->i;
        names = g->r->name_count;
        toc_grammar_suffixed(g);
        if (g->i == word + 1 && g->r->name_count > names)
            g->r->names[names].kind = TOC_FREE_ASSIGNED;
    }
    if (toc_grammar_accept(g, "="))
        toc_grammar_list(g);
    else
        toc_mend_expected(g, "=");
}
