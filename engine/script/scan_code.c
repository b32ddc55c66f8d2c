// SPDX-License-Identifier: MIT
//
// What code does with what it is given: tables compared with texts, fields that there are not, and
// conditions that give nothing.

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "scan.h"

enum { SHOWN_MAX = 60 };

static void check_comparison(toc_scan *c, size_t i);
static void check_condition(toc_scan *c, size_t i, size_t function);
static void tell_compared(toc_scenario *s, const toc_answer_use *a);
static void tell_field(toc_scenario *s, const toc_answer_use *a);

static int shown(const toc_token *t)
{
    return t->len < SHOWN_MAX ? (int)t->len : SHOWN_MAX;
}

void toc_scan_code(toc_scan *c, size_t i)
{
    const toc_token *t = &c->at[i];
    if (t->kind != TOC_TOKEN_NAME)
        return;
    check_comparison(c, i);
    if (toc_token_is(t, "when") && toc_token_is(&t[1], "(") && toc_token_is(&t[2], "function"))
        check_condition(c, i, i + 2);
    if ((toc_token_is(t, "met") || toc_token_is(t, "text")) && toc_token_is(&t[1], "=") &&
        toc_token_is(&t[2], "function") && i > 0 &&
        (toc_token_is(t - 1, "{") || toc_token_is(t - 1, ",") || toc_token_is(t - 1, ";")))
        check_condition(c, i, i + 2);
}

// ask "D-01" == "yes": a table is never a text.
static void check_comparison(toc_scan *c, size_t i)
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
    toc_problem *p =
        toc_scan_tell(c, "E0234", sign, "%.*s gives a table, which is never equal to a text",
                      (int)t->len, t->start);
    toc_problem_label(p, "compares a table with a text");
    toc_problem_help(p, "compare its option: %.*s(\"%.*s\").option %.*s \"%.*s\"", (int)t->len,
                     t->start, shown(id), id->start, (int)sign->len, sign->start, shown(&sign[1]),
                     sign[1].start);
}

// ---- conditions --------------------------------------------------------------------------------------

// The word behind the end of the function at i; *gives: it has a return of its own.
static size_t pass_function(const toc_scan *c, size_t i, bool *gives)
{
    size_t depth = 0, inner = 0; // the depth at which a function within it began, 0: none
    *gives = false;
    for (; i + 1 < c->count; i++) {
        const toc_token *t = &c->at[i];
        if (t->kind != TOC_TOKEN_NAME)
            continue;
        if (toc_token_is(t, "function") || toc_token_is(t, "if") || toc_token_is(t, "do") ||
            toc_token_is(t, "repeat")) {
            depth++;
            if (depth > 1 && !inner && toc_token_is(t, "function"))
                inner = depth;
        } else if (toc_token_is(t, "end") || toc_token_is(t, "until")) {
            inner = inner == depth ? 0 : inner;
            if (--depth == 0)
                return i + 1;
        } else if (!inner && (toc_token_is(t, "return") || toc_token_is(t, "error"))) {
            *gives = true;
        }
    }
    *gives = true; // it has no end
    return i;
}

// met = function () said("ops", "press") end
static void check_condition(toc_scan *c, size_t i, size_t function)
{
    const toc_token *t = &c->at[i];
    bool gives;
    size_t end = pass_function(c, function, &gives);
    size_t body = function + 1;
    while (body < end && !toc_token_is(&c->at[body], ")"))
        body++;
    const toc_token *first = &c->at[body + 1];
    if (gives || body + 2 > end || toc_scan_is_echo(c, t, &c->at[end - 1]))
        return;
    bool is_text = toc_token_is(t, "text");
    // An own variable called met or text in a list is rare, and a function that gives nothing there rarer.
    bool is_question = first->kind == TOC_TOKEN_NAME && !toc_token_is_keyword(first) &&
                       (first[1].kind == TOC_TOKEN_TEXT || toc_token_is(&first[1], "("));
    const toc_token *at = is_question ? first : &c->at[function];
    toc_problem *p =
        toc_scan_tell(c, "E0236", at, "%.*s: its function gives nothing: %s", (int)t->len, t->start,
                      is_text ? "there is no text" : "it is never true");
    toc_problem_label(p, "return is missing");
    if (is_question && !is_text) {
        toc_problem_help(p, "write return before it: return %.*s …", shown(first), first->start);
        toc_problem_fix(p, "return %.*s", shown(first), first->start);
    } else {
        toc_problem_help(p, "say what it gives: function () return … end");
    }
}

// ---- answers -----------------------------------------------------------------------------------------

void toc_scan_answers(toc_scenario *s, const toc_uses *u)
{
    for (size_t i = 0; i < u->answer_count; i++)
        if (u->answers[i].is_compared)
            tell_compared(s, &u->answers[i]);
        else
            tell_field(s, &u->answers[i]);
}

static toc_problem *tell(toc_scenario *s, const char *code, const toc_answer_use *a,
                         const char *text)
{
    return toc_problem_at(toc_problems_add(&s->problems, code, a->at.file, a->at.line, "%s", text),
                          a->at.column, a->at.width);
}

// local answer = ask "D-01"; if answer == "close"
static void tell_compared(toc_scenario *s, const toc_answer_use *a)
{
    char text[200];
    snprintf(text, sizeof text, "'%.60s' is a table, which is never equal to a text", a->name);
    toc_problem *p = tell(s, "E0234", a, text);
    toc_problem_label(p, "compares a table with a text");
    toc_problem_help(p, "compare its option: %s.option", a->name);
    toc_problem_fix(p, "%s.option", a->name);
}

// answer.options
static void tell_field(toc_scenario *s, const toc_answer_use *a)
{
    char text[200];
    size_t count, known = 0;
    const char *names[16];
    toc_buf list = {0};
    const toc_word_field *fields = toc_language_fields(&count);
    for (size_t i = 0; i < count && known < TOC_COUNT(names); i++)
        if (strcmp(fields[i].table, "Answer") == 0) {
            toc_buf_printf(&list, "%s%s", known ? ", " : "", fields[i].name);
            names[known++] = fields[i].name;
        }
    bool is_known = false;
    for (size_t i = 0; i < known; i++)
        is_known = is_known || strcmp(names[i], a->name) == 0;
    if (!is_known) {
        snprintf(text, sizeof text, "an answer has no '%.60s'", a->name);
        toc_problem *p = tell(s, "E0237", a, text);
        const char *near = toc_text_near(a->name, names, known);
        toc_problem_label(p, "no such field");
        if (near) {
            toc_problem_help(p, "did you mean %s?", near);
            toc_problem_fix(p, "%s", near);
        } else {
            toc_problem_help(p, "an answer has %s", toc_buf_text(&list));
        }
    }
    toc_buf_fini(&list);
}
