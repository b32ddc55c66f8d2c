// SPDX-License-Identifier: MIT
// Calls and statements as people write them who know other languages, or none: inject "X" = {, If … Then,
// send "A", "B", set "grid" 20, and comparisons without their return.

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "grammar.h"
#include "language.h"

enum { SHOWN_MAX = 60 };

static bool mend_head(toc_grammar *g, size_t first);
static bool mend_values(toc_grammar *g, size_t first);

static int shown(const char *begin, const char *end)
{
    return end - begin < SHOWN_MAX ? (int)(end - begin) : SHOWN_MAX;
}

static const toc_token *before(const toc_grammar *g)
{
    return &g->r->words[g->i > 0 ? g->i - 1 : 0];
}

static bool is_declaration(const toc_token *t)
{
    for (toc_decl kind = 0; kind < TOC_DECL_COUNT; kind++)
        if (toc_token_is(t, toc_schema(kind)->name))
            return true;
    return false;
}

static const toc_word *verb_of(const toc_token *t)
{
    char name[SHOWN_MAX];
    if (t->kind != TOC_TOKEN_NAME || t->len >= sizeof name)
        return NULL;
    snprintf(name, sizeof name, "%.*s", (int)t->len, t->start);
    const toc_word *word = toc_language_verb(name);
    return word && (word->group == TOC_WORD_ACTION || word->group == TOC_WORD_QUERY) ? word : NULL;
}

bool toc_mend_behind_call(toc_grammar *g, size_t first)
{
    if (g->is_over || g->i != first + 2 || g->r->words[first + 1].kind != TOC_TOKEN_TEXT ||
        !toc_grammar_is_free(g, first))
        return false;
    return is_declaration(&g->r->words[first]) ? mend_head(g, first) : mend_values(g, first);
}

// inject "X" = {, inject "X", {, party "press" name = "Press" }
static bool mend_head(toc_grammar *g, size_t first)
{
    const toc_token *words = g->r->words;
    const toc_token *t = toc_grammar_word(g);
    int name = shown(words[first].begin, words[first + 1].end);
    if ((toc_token_is(t, "=") || toc_token_is(t, ",") || toc_token_is(t, ":")) &&
        toc_token_is(t + 1, "{")) {
        toc_problem *problem =
            toc_reading_problem(g->r, "E0122", t->begin, t->end,
                                "nothing stands between %.*s and its {", name, words[first].begin);
        toc_problem_label(problem, "one too many");
        toc_problem_help(problem, "take it out: %.*s {", name, words[first].begin);
        toc_problem_fix(problem, "%s", "");
        toc_reading_mend(g->r, t->begin, t->end, " ");
        toc_grammar_next(g);
        toc_grammar_fields(g, toc_grammar_open(g));
        return true;
    }
    bool is_key = toc_grammar_is_name(t) && toc_token_is(t + 1, "=") && t[2].kind != TOC_TOKEN_END;
    bool is_round = toc_token_is(t, "(") && toc_grammar_is_name(t + 1) && toc_token_is(t + 2, "=");
    if ((!is_key && !is_round) || g->open_count == GRAMMAR_OPEN)
        return false;
    if (is_key) {
        toc_problem *problem =
            toc_reading_problem(g->r, "E0121", before(g)->end - 1, before(g)->end,
                                "a { is missing behind %.*s", name, words[first].begin);
        toc_problem_label(problem, "{ is missing after this");
        toc_reading_insert(g->r, problem, before(g)->end, " {");
        g->open[g->open_count++] = first + 1;
        toc_grammar_fields(g, first + 1);
    } else {
        toc_problem *problem = toc_reading_problem(g->r, "E0112", t->begin, t->end,
                                                   "a declaration stands in braces: %.*s { … }",
                                                   name, words[first].begin);
        toc_problem_label(problem, "{ is meant");
        toc_reading_fix(g->r, problem, t->begin, t->end, "{");
        toc_grammar_fields(g, toc_grammar_open(g));
    }
    return true;
}

// send "A", "B" and set "grid" 20: more than one value, without brackets.
static bool mend_values(toc_grammar *g, size_t first)
{
    const toc_token *words = g->r->words;
    const toc_token *t = toc_grammar_word(g);
    const toc_word *word = verb_of(&words[first]);
    size_t last = g->i;
    if (!word || t->line != words[first].line)
        return false;
    while (words[last].line == t->line &&
           (toc_token_is(&words[last], ",") || words[last].kind == TOC_TOKEN_TEXT ||
            words[last].kind == TOC_TOKEN_NUMBER))
        last++;
    if (last == g->i || toc_token_is(&words[last - 1], ","))
        return false;
    const char *begin = words[first].begin;
    const char *end = words[last - 1].end;
    bool is_one = !word->parameters[1].name && !word->parameters[0].is_repeated;
    toc_problem *problem = toc_reading_problem(g->r, "E0121", begin, end,
                                               is_one ? "%s takes one value; these are several"
                                                      : "%s: several values stand in brackets",
                                               word->name);
    toc_problem_label(problem, is_one ? "one too many" : "( and ) are missing");
    char list[300] = "";
    for (size_t i = first + 1; i < last; i++) {
        size_t len = strlen(list);
        if (!toc_token_is(&words[i], ","))
            snprintf(list + len, sizeof list - len, "%s%.*s",
                     !len     ? ""
                     : is_one ? " "
                              : ", ",
                     shown(words[i].begin, words[i].end), words[i].begin);
    }
    if (is_one) {
        toc_problem_help(problem, "write %s once for each, each on a line of its own", word->name);
        toc_reading_mend(g->r, t->begin, end, "%s", "");
    } else {
        toc_reading_fix(g->r, problem, begin, end, "%s(%s)", word->name, list);
    }
    g->i = last;
    return true;
}

// storyline "x" { function () … end }
bool toc_mend_braces(toc_grammar *g, size_t first)
{
    const toc_token *words = g->r->words;
    const toc_token *t = toc_grammar_word(g);
    if (!toc_token_is(&words[first], "storyline") || g->i != first + 2 || !toc_token_is(t, "{") ||
        !toc_token_is(t + 1, "function"))
        return false;
    toc_problem *problem =
        toc_reading_problem(g->r, "E0112", t->begin, t->end,
                            "the function of a storyline stands between ( and ), not in braces");
    toc_problem_label(problem, "( is meant");
    toc_reading_fix(g->r, problem, t->begin, t->end, "(");
    size_t opener = toc_grammar_open(g);
    toc_grammar_expression(g);
    if (g->open_count > 0 && g->open[g->open_count - 1] == opener)
        g->open_count--;
    if (toc_grammar_is(g, "}")) {
        const toc_token *close = toc_grammar_word(g);
        problem = toc_reading_problem(g->r, "E0112", close->begin, close->end,
                                      "the function of a storyline ends with ), not with }");
        toc_problem_label(problem, ") is meant");
        toc_reading_fix(g->r, problem, close->begin, close->end, ")");
    }
    if (toc_grammar_is(g, "}") || toc_grammar_is(g, ")"))
        toc_grammar_next(g);
    else
        toc_grammar_close(g, opener, ")");
    return true;
}

// ---- words -------------------------------------------------------------------------------------------

bool toc_mend_case(toc_grammar *g, size_t first)
{
    static const char *const joined[][2] = {
        {"endif", "end"}, {"endwhile", "end"}, {"endfor", "end"}, {"endfunction", "end"}};
    static const char *const words[] = {"if",    "then",   "else",  "elseif",  "end", "for",
                                        "do",    "while",  "and",   "or",      "not", "return",
                                        "local", "repeat", "until", "function"};
    toc_token *t = &g->r->words[first];
    const char *meant = NULL;
    char text[16];
    if (t->kind != TOC_TOKEN_NAME || t->len >= sizeof text || toc_token_is_keyword(t))
        return false;
    snprintf(text, sizeof text, "%.*s", (int)t->len, t->start);
    for (size_t i = 0; i < TOC_COUNT(words); i++)
        meant = strcasecmp(text, words[i]) == 0 ? words[i] : meant;
    bool is_small = meant != NULL;
    for (size_t i = 0; i < TOC_COUNT(joined); i++)
        meant = strcasecmp(text, joined[i][0]) == 0 ? joined[i][1] : meant;
    if (!meant)
        return false;
    toc_problem *problem =
        toc_reading_problem(g->r, "E0112", t->begin, t->end, "'%s' is not Lua; write %s%s", text,
                            meant, is_small ? ", in small letters" : "");
    toc_problem_label(problem, "%s is meant", meant);
    toc_reading_fix(g->r, problem, t->begin, t->end, "%s", meant);
    t->start = meant;
    t->len = strlen(meant);
    while (g->r->name_count > 0 && g->r->names[g->r->name_count - 1].word >= first)
        g->r->name_count--;
    g->i = first;
    return true;
}

bool toc_mend_question(toc_grammar *g, size_t first)
{
    static const char *const signs[] = {"<", ">", "<=", ">=", "==", "~=", "and", "or"};
    const toc_token *t = toc_grammar_word(g);
    const toc_token *begin = &g->r->words[first];
    const toc_word *word = verb_of(begin);
    bool is_sign = false;
    for (size_t i = 0; i < TOC_COUNT(signs); i++)
        is_sign = is_sign || toc_token_is(t, signs[i]);
    if (!word || word->group != TOC_WORD_QUERY || !is_sign)
        return false;
    toc_problem *problem =
        toc_reading_problem(g->r, "E0121", begin->begin, begin->end,
                            "a question by itself does nothing: return is missing");
    toc_problem_label(problem, "return is missing before this");
    toc_problem_help(problem, "write return before it: return %s …", word->name);
    toc_problem_fix(problem, "return %s", word->name);
    toc_reading_mend(g->r, begin->begin, begin->begin, "return ");
    toc_grammar_next(g);
    toc_grammar_list(g);
    return true;
}
