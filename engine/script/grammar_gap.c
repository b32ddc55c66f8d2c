// SPDX-License-Identifier: MIT
// Between two entries of a table, between two arguments, between a key and its value: what is missing
// there, or should be in quotes.

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "grammar.h"
#include "language.h"

static bool is_key(const toc_token *t);
static bool starts_entry(const toc_grammar *g);
static bool mend_quotes(toc_grammar *g);
static bool mend_bare(toc_grammar *g, size_t value);
static void tell_comma(toc_grammar *g);
static size_t quote_words(toc_grammar *g, size_t first, size_t end, const char *code);

static const toc_token *before(const toc_grammar *g)
{
    return &g->r->words[g->i > 0 ? g->i - 1 : 0];
}

static bool is_bare(const toc_token *t)
{
    return (t->kind == TOC_TOKEN_NAME && !toc_token_is_keyword(t)) || t->kind == TOC_TOKEN_NUMBER;
}

static bool is_closing(const toc_token *t)
{
    return toc_token_is(t, ")") || toc_token_is(t, "]") || toc_token_is(t, "}");
}

bool toc_mend_table(toc_grammar *g, size_t open, size_t field)
{
    const toc_token *t = toc_grammar_word(g);
    const toc_token *words = g->r->words;
    size_t value = toc_token_is(&words[field + 1], "=") ? field + 2 : field;
    bool is_left = toc_grammar_is_first(g, g->i) && t->column <= toc_grammar_indent(g, open);
    if (t->kind == TOC_TOKEN_END || is_closing(t) || toc_token_is(t, "end"))
        return false;
    if (toc_token_is(t, "=") && g->i == field + 1 && words[field].kind == TOC_TOKEN_TEXT) {
        toc_problem *problem = toc_reading_problem(g->r, "E0112", words[field].begin,
                                                   words[field].end, "a key stands without quotes");
        toc_reading_fix(g->r, problem, words[field].begin, words[field].end, "%.*s",
                        (int)(words[field].len < 60 ? words[field].len : 60), words[field].start);
        toc_grammar_next(g);
        toc_grammar_expression(g);
        return toc_grammar_is(g, ",") || !toc_grammar_is(g, "}");
    }
    if (toc_token_is(t, "=") && value == field + 2 && g->i == value + 1 &&
        toc_token_is(&words[value], "file") && t[1].kind == TOC_TOKEN_TEXT) {
        toc_problem *problem = toc_reading_problem(g->r, "E0122", t->begin, t->end,
                                                   "no = stands between file and its name");
        toc_problem_label(problem, "one too many");
        toc_problem_help(problem, "take it out: %.*s = file \"…\"",
                         (int)(words[field].len < 60 ? words[field].len : 60), words[field].start);
        toc_problem_fix(problem, "%s", "");
        toc_reading_mend(g->r, t->begin, t->end, " ");
        toc_grammar_next(g);
        toc_grammar_next(g);
        return toc_grammar_accept(g, ",") || toc_grammar_accept(g, ";") ||
               (!toc_grammar_is(g, "}") && toc_mend_table(g, open, field));
    }
    if (mend_quotes(g) || mend_bare(g, value)) {
        if (toc_grammar_is(g, "}"))
            return false;
        if (toc_grammar_is(g, ",") || toc_grammar_is(g, ";")) {
            toc_grammar_next(g);
            return true;
        }
        return toc_mend_table(g, open, field);
    }
    if (is_left && !starts_entry(g))
        return false; // the next declaration: it is the } that is missing
    if (!toc_grammar_begins_value(t) && !toc_token_is(t, "[")) {
        toc_mend_expected(g, "a comma or }");
        return false;
    }
    tell_comma(g);
    return true;
}

bool toc_mend_arguments(toc_grammar *g, size_t open)
{
    const toc_token *t = toc_grammar_word(g);
    bool is_left = toc_grammar_is_first(g, g->i) && t->column <= toc_grammar_indent(g, open);
    if (toc_token_is(t, "=")) {
        toc_mend_equals(g);
        toc_grammar_expression(g);
        if (toc_grammar_is(g, ",")) {
            toc_grammar_next(g);
            return true;
        }
        return false;
    }
    if (toc_token_is(t, "end") && !is_left) {
        toc_mend_surplus(g);
        return !toc_grammar_is(g, ")");
    }
    if (toc_token_is(t, "end") && t[1].kind == TOC_TOKEN_SYMBOL && toc_token_is(t + 1, ")")) {
        toc_mend_surplus(g);
        return false;
    }
    if (mend_quotes(g)) {
        if (toc_grammar_is(g, ",")) {
            toc_grammar_next(g);
            return true;
        }
        return false;
    }
    if (t->kind == TOC_TOKEN_END || is_closing(t) || is_left || !toc_grammar_begins_value(t))
        return false;
    tell_comma(g);
    return true;
}

// Does NAME = or [ … ] = begin here, an entry wherever it stands?
static bool starts_entry(const toc_grammar *g)
{
    const toc_token *t = toc_grammar_word(g);
    return (is_bare(t) && toc_token_is(t + 1, "=")) || toc_token_is(t, "{") ||
           t->kind == TOC_TOKEN_TEXT;
}

static void tell_comma(toc_grammar *g)
{
    const toc_token *t = toc_grammar_word(g);
    const toc_token *last = before(g);
    int len = (int)(toc_reading_line_end(g->r, t->begin) - t->begin);
    if (len > t->end - t->begin)
        len = (int)(t->end - t->begin);
    const char *quote = t->kind == TOC_TOKEN_TEXT ? "" : "'";
    toc_problem *problem = toc_reading_problem(g->r, "E0102", last->end - 1, last->end,
                                               "a comma is missing before %s%.*s%s", quote,
                                               len < 40 ? len : 40, t->begin, quote);
    toc_problem_label(problem, "a comma is missing after this");
    toc_reading_insert(g->r, problem, last->end, ",");
}

// ---- quotes ------------------------------------------------------------------------------------------

// "He said " hello " to us", between two entries: the text goes on to the last quote of the line.
static bool mend_quotes(toc_grammar *g)
{
    const toc_token *words = g->r->words;
    const toc_token *text = before(g);
    const toc_token *t = toc_grammar_word(g);
    if (text->kind != TOC_TOKEN_TEXT || *text->begin != '"' || t->line != text->line ||
        t->kind == TOC_TOKEN_END || toc_token_is(t + 1, "="))
        return false;
    size_t last = g->i;
    while (words[last].line == text->line &&
           !(words[last].kind == TOC_TOKEN_TEXT && *words[last].begin == '"' &&
             toc_slips_is_end(g->r, words[last].end))) {
        if (words[last].kind == TOC_TOKEN_END || toc_token_is(&words[last], "="))
            return false;
        last++;
    }
    if (words[last].line != text->line || last == g->i || words[last].is_open)
        return false;
    const char *closing;
    const char *body = text->begin + 1;
    const char *end = words[last].end;
    const char *opening = toc_slips_delimiters(body, end - 1, &closing);
    toc_problem *problem = toc_reading_problem(
        g->r, "E0105", text->begin, end, "quotes inside quotes: the text ends at column %d already",
        text->column + text->width - 1);
    toc_problem_label(problem, "one text, with quotes in it");
    toc_problem_help(problem, "use the other kind of quotes around it, or [[ and ]]");
    toc_reading_fix(g->r, problem, text->begin, end, "%s%.*s%s", opening, (int)(end - 1 - body),
                    body, closing);
    g->i = last + 1;
    return true;
}

// name = Radio Nord newsroom: words side by side.
static bool mend_bare(toc_grammar *g, size_t value)
{
    const toc_token *words = g->r->words;
    const toc_token *t = toc_grammar_word(g);
    for (size_t i = value; i < g->i; i++)
        if ((!is_bare(&words[i]) && !toc_token_is(&words[i], "-")) || words[i].line != t->line)
            return false;
    if (value == g->i || !is_bare(t) || t->line != words[value].line || toc_token_is(t + 1, "="))
        return false;
    size_t end = g->i;
    while (words[end].line == t->line && words[end].kind != TOC_TOKEN_END &&
           words[end].kind != TOC_TOKEN_TEXT && !toc_token_is(&words[end], ",") &&
           !toc_token_is(&words[end], "{") && !is_closing(&words[end]) &&
           !(is_bare(&words[end]) && toc_token_is(&words[end + 1], "=")))
        end++;
    bool is_time = words[value].kind == TOC_TOKEN_NUMBER && end == value + 2;
    // The names among the words are none.
    while (g->r->name_count > 0 && g->r->names[g->r->name_count - 1].word >= value)
        g->r->name_count--;
    g->i = quote_words(g, value, end, is_time ? "E0110" : "E0109");
    return true;
}

// Tells that the words from first up to end are a text, and gives end.
static size_t quote_words(toc_grammar *g, size_t first, size_t end, const char *code)
{
    const char *begin = g->r->words[first].begin;
    const char *stop = g->r->words[end - 1].end;
    int len = (int)(stop - begin);
    int shown = len < 60 ? len : 60;
    bool is_time = strcmp(code, "E0110") == 0;
    toc_problem *problem = toc_reading_problem(
        g->r, code, begin, stop,
        is_time ? "times are written in quotes" : "a text without its quotes: %.*s", shown, begin);
    toc_problem_label(problem, is_time ? "a time without quotes" : "quotes are missing");
    bool has_quote = memchr(begin, '"', (size_t)len) != NULL;
    if (has_quote || memchr(begin, '\\', (size_t)len))
        g->r->is_guess = g->is_over = true;
    else {
        char meant[300];
        if (is_time)
            toc_slips_time(meant, sizeof meant, begin, (size_t)len);
        else
            snprintf(meant, sizeof meant, "%.*s", len, begin);
        toc_reading_fix(g->r, problem, begin, stop, "\"%s\"", meant);
    }
    return end;
}

// ---- calls -------------------------------------------------------------------------------------------

typedef enum { TAKES_OTHER, TAKES_ID, TAKES_TIME, TAKES_TEXT } taken;

// What a word of the language wants first.
static taken first_of(const toc_token *t)
{
    char name[60];
    if (t->kind != TOC_TOKEN_NAME || t->len >= sizeof name)
        return TAKES_OTHER;
    snprintf(name, sizeof name, "%.*s", (int)t->len, t->start);
    for (toc_decl kind = 0; kind < TOC_DECL_COUNT; kind++)
        if (strcmp(name, toc_schema(kind)->name) == 0)
            return TAKES_ID;
    const toc_word *word = toc_language_verb(name);
    const toc_parameter *p = word ? &word->parameters[0] : NULL;
    // Of two, the first stands in brackets; a bare word in front of them is something else.
    bool is_alone =
        p && p->name &&
        (word->is_curried || !p[1].name || p[1].is_optional || strcmp(p[1].type, "string") != 0);
    if (!is_alone || strcmp(p->type, "integer") == 0 || p->type[0] == 'f')
        return TAKES_OTHER;
    if (p->refers)
        return TAKES_ID;
    bool is_time = strcmp(p->type, "Span") == 0 || strcmp(p->type, "Moment") == 0;
    return is_time ? TAKES_TIME : strcmp(p->type, "string") == 0 ? TAKES_TEXT : TAKES_OTHER;
}

// The word behind an id or path that is written without a blank: INJ-01, texts/a.md.
static size_t find_run_end(const toc_grammar *g, size_t first)
{
    const toc_token *words = g->r->words;
    size_t end = first + 1;
    while (words[end].begin == words[end - 1].end && words[end].kind != TOC_TOKEN_END &&
           words[end].kind != TOC_TOKEN_TEXT && !strchr("(){}[],;", *words[end].start))
        end++;
    return end;
}

static size_t find_text_end(const toc_grammar *g, size_t first)
{
    const toc_token *words = g->r->words;
    size_t end = first + 1;
    while (words[end].line == words[first].line && words[end].kind != TOC_TOKEN_END &&
           words[end].kind != TOC_TOKEN_TEXT && !toc_token_is(&words[end], "end") &&
           !strchr("(){}[],;", *words[end].start))
        end++;
    return end;
}

bool toc_mend_call(toc_grammar *g, size_t name)
{
    const toc_token *word = &g->r->words[name];
    const toc_token *t = toc_grammar_word(g);
    taken takes = first_of(word);
    bool is_id = takes == TAKES_ID;
    bool is_time = takes == TAKES_TIME;
    bool is_path = toc_token_is(word, "file") || toc_token_is(word, "require");
    if (g->is_over || !is_bare(t) || t->line != word->line || toc_token_is(t + 1, "=") ||
        takes == TAKES_OTHER || !toc_grammar_is_free(g, name))
        return false;
    size_t end = is_id || is_path || is_time ? find_run_end(g, g->i) : find_text_end(g, g->i);
    int len = (int)(g->r->words[end - 1].end - t->begin);
    if (len > 200)
        return false;
    int shown = len < 60 ? len : 60;
    const char *stop = t->begin + len;
    if (is_time) {
        bool is_until = toc_token_is(word, "wait_until");
        toc_problem *problem = toc_reading_problem(
            g->r, "E0110", t->begin, stop, "%s are written in quotes: %s",
            is_until ? "times" : "durations", is_until ? "wait_until \"T+0:10\"" : "wait \"10m\"");
        toc_problem_label(problem, "a time without quotes");
        if (!is_until && t->kind == TOC_TOKEN_NUMBER)
            toc_problem_help(problem, "%.*s minutes are \"%.*sm\", %.*s seconds \"%.*ss\"", shown,
                             t->begin, shown, t->begin, shown, t->begin, shown, t->begin);
        toc_reading_mend(g->r, t->begin, stop, "\"1m\"");
        g->r->is_guess = g->r->is_guess || is_until;
    } else {
        toc_problem *problem = toc_reading_problem(
            g->r, "E0109", t->begin, stop, "%s stand in quotes: %.*s \"%.*s\"",
            is_id ? "ids" : "texts", (int)word->len, word->start, shown, t->begin);
        toc_problem_label(problem, "quotes are missing");
        if (end == g->i + 1 && t->kind == TOC_TOKEN_NAME)
            toc_problem_help(problem, "a name of your own stands in brackets: %.*s(%.*s)",
                             (int)word->len, word->start, shown, t->begin);
        toc_reading_fix(g->r, problem, t->begin, stop, "\"%.*s\"", len, t->begin);
    }
    g->i = end;
    return true;
}

// ---- keys --------------------------------------------------------------------------------------------

// A key of any declaration.
static bool is_key(const toc_token *t)
{
    for (toc_decl kind = 0; kind < TOC_DECL_COUNT; kind++) {
        const toc_schema_row *row = toc_schema(kind);
        for (size_t i = 0; i < TOC_SCHEMA_KEYS_MAX && row->keys[i].name; i++)
            if (toc_token_is(t, row->keys[i].name))
                return true;
    }
    return false;
}

bool toc_mend_field(toc_grammar *g)
{
    const toc_token *t = toc_grammar_word(g);
    const toc_token *next = t + 1;
    bool is_text_key = t->kind == TOC_TOKEN_TEXT && toc_token_is(next, ":") && t->len < 60;
    bool is_stranger = t->kind == TOC_TOKEN_NAME && !toc_token_is_keyword(t) &&
                       toc_grammar_is_free(g, g->i) && !toc_grammar_is_known(g, g->i);
    if (g->is_over || t->kind == TOC_TOKEN_END || (!is_text_key && !is_stranger))
        return false;
    if (is_text_key || toc_token_is(next, ":")) {
        toc_problem *problem = toc_reading_certain(g->r, "E0112", next->begin, next->end,
                                                   "a colon stands where = is meant");
        toc_problem_label(problem, "= is meant");
        if (is_text_key) {
            toc_problem_help(problem, "a key stands without quotes: %.*s = …", (int)t->len,
                             t->start);
            toc_reading_mend(g->r, t->begin, next->end, "%.*s =", (int)t->len, t->start);
        } else {
            toc_reading_fix(g->r, problem, next->begin, next->end, " =");
        }
        toc_grammar_next(g);
        toc_grammar_next(g);
        return true;
    }
    if (toc_token_is(next, "==")) {
        toc_problem *problem = toc_reading_certain(g->r, "E0113", next->begin, next->end,
                                                   "== compares; one = gives a value");
        toc_problem_label(problem, "= is meant");
        toc_reading_fix(g->r, problem, next->begin, next->end, "=");
        toc_grammar_next(g);
        toc_grammar_next(g);
        return true;
    }
    bool is_value = next->kind == TOC_TOKEN_TEXT || next->kind == TOC_TOKEN_NUMBER ||
                    toc_token_is(next, "{") || toc_token_is(next, "true") ||
                    toc_token_is(next, "false") || toc_token_is(next, "function");
    if (!is_value || next->line != t->line || !is_key(t))
        return false;
    toc_problem *problem = toc_reading_certain(g->r, "E0121", t->end - 1, t->end,
                                               "= is missing behind %.*s", (int)t->len, t->start);
    toc_problem_label(problem, "= is missing after this");
    toc_reading_insert(g->r, problem, t->end, " =");
    toc_grammar_next(g);
    return true;
}
