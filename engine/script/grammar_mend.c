// SPDX-License-Identifier: MIT
//
// What is missing or too much where the words of a source do not fit. Between two entries of a table or
// two arguments: grammar_gap.c.

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "grammar.h"

static void tell_close(toc_grammar *g, size_t culprit, const char *close);
static bool tell_else_if(toc_grammar *g, size_t opener);
static bool mend_foreign(toc_grammar *g, size_t first);

static const toc_token *before(const toc_grammar *g)
{
    return &g->r->words[g->i > 0 ? g->i - 1 : 0];
}

static bool is_end_word(const toc_token *t)
{
    return t->kind == TOC_TOKEN_END;
}

// ---- what nothing is known of ------------------------------------------------------------------------

// A mistake told on this line or the one before may be why: then nothing is said.
static bool is_echo(const toc_grammar *g, int line)
{
    const toc_problems *told = &g->r->slips;
    for (size_t i = 0; i < told->count; i++)
        if (told->at[i].line >= line - 1 && told->at[i].line <= line)
            return true;
    return false;
}

void toc_mend_expected(toc_grammar *g, const char *what)
{
    if (g->is_over)
        return;
    const toc_token *t = toc_grammar_word(g);
    if (is_end_word(t) && g->i > 0)
        t = before(g);
    if (!is_echo(g, t->line)) {
        int len = t->end - t->begin < 40 ? (int)(t->end - t->begin) : 40;
        int word = (int)(toc_reading_line_end(g->r, t->begin) - t->begin);
        toc_problem *problem =
            toc_reading_problem(g->r, "E0101", t->begin, t->end, "'%.*s' cannot be understood here",
                                len < word ? len : word, t->begin);
        toc_problem_label(problem, "%s is expected", what);
        toc_problem_help(problem,
                         "look at what stands before it: a quote, a comma or a bracket may "
                         "be missing there");
    }
    g->is_over = true;
}

void toc_mend_value(toc_grammar *g)
{
    const toc_token *t = toc_grammar_word(g);
    const toc_token *last = before(g);
    if (g->is_over || g->i == 0)
        return;
    if (toc_token_is(t, ",") && (toc_token_is(last, ",") || toc_token_is(last, "{"))) {
        toc_problem *problem =
            toc_reading_problem(g->r, "E0122", t->begin, t->end, "a comma too many");
        toc_problem_help(problem, "take it out");
        toc_problem_fix(problem, "%s", "");
        toc_reading_mend(g->r, t->begin, t->end, " ");
        return; // whoever reads the list takes it for the comma
    }
    if (toc_token_is(t, "=") && toc_token_is(last, "=")) {
        toc_problem *problem = toc_reading_problem(
            g->r, "E0113", last->begin, t->end, "one = gives a value, == compares; here is both");
        toc_problem_help(problem, "write one =");
        toc_reading_mend(g->r, t->begin, t->end, " ");
        toc_grammar_next(g);
        toc_grammar_expression(g);
        return;
    }
    bool is_closing = toc_token_is(t, ",") || toc_token_is(t, "}") || toc_token_is(t, ")") ||
                      toc_token_is_keyword(t) || is_end_word(t);
    if (!is_closing || is_echo(g, t->line)) {
        toc_mend_expected(g, "a value");
        return;
    }
    int len = last->end - last->begin < 40 ? (int)(last->end - last->begin) : 40;
    toc_problem *problem =
        toc_reading_problem(g->r, "E0101", last->begin, last->end,
                            "a value is missing behind '%.*s'", len, last->begin);
    toc_problem_label(problem, "and what then?");
    toc_problem_help(problem, "write the value behind it, or take this out");
    g->r->is_guess = true;
    g->is_over = is_end_word(t);
}

// ---- words -------------------------------------------------------------------------------------------

// Is the word further on in this line?
static bool is_on_line(const toc_grammar *g, const char *word)
{
    int line = toc_grammar_word(g)->line;
    for (size_t i = g->i; i < g->r->word_count && g->r->words[i].line == line; i++)
        if (toc_token_is(&g->r->words[i], word))
            return true;
    return false;
}

// a is b, a equals b
static bool mend_is(toc_grammar *g, const char *word)
{
    const toc_token *t = toc_grammar_word(g);
    if (!toc_token_is(t, "is") && !toc_token_is(t, "equals"))
        return false;
    bool is_not = toc_token_is(t + 1, "not");
    const char *end = is_not ? t[1].end : t->end;
    toc_problem *problem = toc_reading_problem(
        g->r, "E0112", t->begin, end, "'%.*s' is not Lua; write %s",
        (int)(end - t->begin < 20 ? end - t->begin : 20), t->begin, is_not ? "~=" : "==");
    toc_reading_fix(g->r, problem, t->begin, end, "%s", is_not ? "~=" : "==");
    toc_grammar_next(g);
    if (is_not)
        toc_grammar_next(g);
    toc_grammar_expression(g);
    if (toc_grammar_is(g, word))
        toc_grammar_next(g);
    else
        toc_mend_expected(g, word);
    return true;
}

void toc_mend_word(toc_grammar *g, const char *word, size_t opener)
{
    const toc_token *t = toc_grammar_word(g);
    const toc_token *last = before(g);
    const toc_token *head = &g->r->words[opener];
    bool is_other = (strcmp(word, "then") == 0 && toc_token_is(t, "do")) ||
                    (strcmp(word, "do") == 0 && toc_token_is(t, "then"));
    if (g->is_over)
        return;
    int len = head->len < 20 ? (int)head->len : 20;
    if (t->kind == TOC_TOKEN_NAME && t->len == strlen(word) &&
        strncasecmp(t->start, word, t->len) == 0 && toc_mend_case(g, g->i)) {
        toc_grammar_next(g);
        return;
    }
    if (is_other) {
        toc_problem *problem = toc_reading_problem(g->r, "E0121", t->begin, t->end,
                                                   "'%.*s' goes with %s, not with %.*s", len,
                                                   head->start, word, (int)t->len, t->start);
        toc_reading_fix(g->r, problem, t->begin, t->end, "%s", word);
        toc_grammar_next(g);
        return;
    }
    bool is_parameters = strcmp(word, "()") == 0;
    bool is_later = !is_parameters && !toc_grammar_is_first(g, g->i) && is_on_line(g, word);
    if (is_later && mend_is(g, word))
        return;
    if (is_later || strcmp(word, "in") == 0 ||
        (!is_parameters && !toc_grammar_is_first(g, g->i) && t->kind == TOC_TOKEN_SYMBOL)) {
        toc_mend_expected(g, word);
        return;
    }
    char text[120];
    if (is_parameters)
        snprintf(text, sizeof text, "the brackets of the function are missing: function ()");
    else
        snprintf(text, sizeof text, "'%s' is missing behind %s'%.*s'", word,
                 toc_token_is(head, "for") ? "" : "the condition of ", len, head->start);
    toc_problem *problem = toc_reading_problem(g->r, "E0121", last->end - 1, last->end, "%s", text);
    toc_problem_label(problem, "%s is missing after this", word);
    char inserted[16];
    snprintf(inserted, sizeof inserted, " %s", word);
    toc_reading_insert(g->r, problem, last->end, inserted);
}

void toc_mend_equals(toc_grammar *g)
{
    const toc_token *t = toc_grammar_word(g);
    const char *meant = toc_token_is(t, "=") ? "==" : "=";
    bool is_colon = toc_token_is(t, ":");
    toc_problem *problem = toc_reading_problem(g->r, is_colon ? "E0112" : "E0113", t->begin, t->end,
                                               is_colon   ? "a colon stands where = is meant"
                                               : meant[1] ? "one = gives a value; == compares"
                                                          : "== compares; one = gives a value");
    toc_problem_label(problem, "%s is meant", meant);
    toc_reading_fix(g->r, problem, t->begin, t->end, "%s%s", is_colon ? " " : "", meant);
    toc_grammar_next(g);
}

// ---- brackets and ends -------------------------------------------------------------------------------

static bool is_bracket(const toc_token *t)
{
    return toc_token_is(t, "(") || toc_token_is(t, "{") || toc_token_is(t, "[");
}

// The word that opened what is not closed at the next word.
void toc_mend_close(toc_grammar *g, size_t opener, const char *close)
{
    const toc_token *words = g->r->words;
    const toc_token *t = toc_grammar_word(g);
    size_t culprit = opener;
    bool is_same_kind =
        g->suspect != SIZE_MAX && g->suspect > opener &&
        (is_bracket(&words[opener])
             ? words[g->suspect].len == 1 && *words[g->suspect].start == *words[opener].start
             : !is_bracket(&words[g->suspect]));
    if (is_same_kind)
        culprit = g->suspect;
    bool is_told = g->told_close == g->i; // end) is one thing to forget
    g->told_close = g->i;
    if (!is_told && !(strcmp(close, "end") == 0 && tell_else_if(g, opener)))
        tell_close(g, culprit, close);
    bool is_left = is_end_word(t) ||
                   (toc_grammar_is_first(g, g->i) && t->column <= toc_grammar_indent(g, opener));
    // Where an end goes makes a difference in play only; a bracket's list is something else without it.
    bool is_sure = strcmp(close, "end") == 0 || (culprit == opener && is_left);
    g->r->is_guess = g->r->is_guess || !is_sure;
    if (g->suspect != SIZE_MAX && g->suspect >= opener)
        g->suspect = SIZE_MAX;
    if (g->i > 0)
        toc_reading_mend(g->r, before(g)->end, before(g)->end, " %s", close);
}

static void tell_close(toc_grammar *g, size_t culprit, const char *close)
{
    const toc_token *head = &g->r->words[culprit];
    const toc_token *t = toc_grammar_word(g);
    bool is_block = !is_bracket(head);
    int len = head->len < 20 ? (int)head->len : 20;
    toc_problem *problem =
        is_block ? toc_reading_problem(g->r, "E0108", head->begin, head->end,
                                       "this '%.*s' has no %s", len, head->start, close)
                 : toc_reading_problem(g->r, "E0103", head->begin, head->end,
                                       "this %.*s is not closed", len, head->start);
    toc_problem_label(problem, "its %s is missing", close);
    bool has_bracket = is_block && culprit > 0 && toc_token_is(&g->r->words[culprit - 1], "(") &&
                       !toc_token_is(t, ")");
    if (g->suspect != SIZE_MAX && culprit == g->suspect) {
        const toc_token *taken = &g->r->words[g->suspect_close];
        toc_problem_help(problem,
                         "write %s behind its last line; the one in line %d belongs to "
                         "something further out",
                         close, taken->line);
    } else if (is_end_word(t)) {
        toc_problem_help(problem, "write %s%s behind its last line", close, has_bracket ? ")" : "");
    } else {
        toc_problem_help(problem, "write %s%s before line %d goes on", close,
                         has_bracket ? ")" : "", t->line);
    }
}

static bool tell_else_if(toc_grammar *g, size_t opener)
{
    if (g->else_if == SIZE_MAX || g->else_if < opener)
        return false;
    const toc_token *word = &g->r->words[g->else_if];
    toc_problem *problem = toc_reading_problem(
        g->r, "E0112", word->begin, word[1].end,
        "'else if' in two words begins an if of its own, which wants an end of its own");
    toc_problem_label(problem, "one word is meant");
    toc_problem_fix(problem, "elseif");
    toc_problem_help(problem, "write elseif");
    g->else_if = SIZE_MAX;
    return true;
}

void toc_mend_surplus(toc_grammar *g)
{
    if (g->is_over)
        return;
    const toc_token *words = g->r->words;
    const toc_token *t = toc_grammar_word(g);
    bool is_word = t->kind == TOC_TOKEN_NAME;
    size_t culprit = g->i;
    bool is_within = g->open_count == 0 || g->early_opener > g->open[g->open_count - 1];
    if (g->early != SIZE_MAX && is_within && is_word == (words[g->early].kind == TOC_TOKEN_NAME))
        culprit = g->early;
    g->early = SIZE_MAX;
    const toc_token *word = &words[culprit];
    if (is_word && !toc_token_is(t, "end")) {
        toc_mend_expected(g, "the beginning of a line");
        return;
    }
    toc_problem *problem =
        toc_reading_problem(g->r, "E0122", word->begin, word->end, "'%.*s' closes nothing",
                            (int)word->len, word->start);
    toc_problem_label(problem, "one too many");
    toc_problem_help(problem, "take it out, or look above for what it should close");
    toc_reading_mend(g->r, word->begin, word->end, "%s", "");
    toc_grammar_next(g);
}

// ---- statements --------------------------------------------------------------------------------------

// function (…) … end without the brackets around it, which is next; begin is what the fix takes with it.
static bool read_function(toc_grammar *g, const char *begin)
{
    const toc_token *t = toc_grammar_word(g);
    if (!toc_token_is(t, "function") || !toc_token_is(t + 1, "(") || g->open_count == GRAMMAR_OPEN)
        return false;
    toc_problem *problem = toc_reading_problem(
        g->r, "E0121", begin, t->end, "a bracket is missing: the function stands between ( and )");
    toc_problem_label(problem, "( is missing");
    toc_problem_help(problem, "write ( before function, and ) behind its end");
    toc_reading_mend(g->r, begin, t->begin, "(");
    g->open[g->open_count++] = g->i;
    toc_grammar_next(g);
    toc_grammar_body(g);
    if (toc_grammar_is(g, ")"))
        toc_grammar_next(g);
    else
        toc_reading_mend(g->r, before(g)->end, before(g)->end, ")");
    return true;
}

bool toc_mend_function(toc_grammar *g)
{
    return read_function(g, toc_grammar_word(g)->begin);
}

void toc_mend_statement(toc_grammar *g, size_t first)
{
    const toc_token *t = toc_grammar_word(g);
    if (g->is_over)
        return;
    if (g->i == first && toc_token_is(t, ",")) {
        toc_grammar_next(g);
        if (read_function(g, t->begin))
            return;
        toc_problem *problem = toc_reading_problem(g->r, "E0122", t->begin, t->end,
                                                   "no comma stands between declarations");
        toc_problem_label(problem, "one too many");
        toc_problem_help(problem, "take it out");
        toc_problem_fix(problem, "%s", "");
        toc_reading_mend(g->r, t->begin, t->end, " ");
        return;
    }
    if (g->i > first && toc_token_is(t, "==")) {
        toc_mend_equals(g);
        toc_grammar_expression(g);
        return;
    }
    if (mend_foreign(g, first) || (g->i == first + 1 && toc_mend_case(g, first)) ||
        (g->i > first && toc_mend_question(g, first)))
        return;
    if (g->i > first) // the expression itself is what does not belong here
        g->i = toc_grammar_is_first(g, g->i) || is_end_word(t) ? first : g->i;
    toc_mend_expected(g, "a call, or name = value");
}

// var x = 5, elif x then: words of other languages.
static bool mend_foreign(toc_grammar *g, size_t first)
{
    static const char *const words[][2] = {
        {"var", "local"},    {"let", "local"},     {"const", "local"},  {"elif", "elseif"},
        {"elsif", "elseif"}, {"func", "function"}, {"def", "function"}, {"fn", "function"}};
    const toc_token *word = &g->r->words[first];
    const char *meant = NULL;
    for (size_t i = 0; g->i == first + 1 && i < TOC_COUNT(words); i++)
        meant = toc_token_is(word, words[i][0]) ? words[i][1] : meant;
    if (!meant)
        return false;
    toc_problem *problem =
        toc_reading_problem(g->r, "E0112", word->begin, word->end, "'%.*s' is not Lua; write %s",
                            (int)word->len, word->start, meant);
    toc_reading_fix(g->r, problem, word->begin, word->end, "%s", meant);
    g->is_over = true; // what follows is read with the mended word by Lua alone
    return true;
}
