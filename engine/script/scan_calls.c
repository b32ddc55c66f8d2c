// SPDX-License-Identifier: MIT
//
// Calls of the language's words: whether they are given as much as they take, ids that there are, and
// numbers and texts where these are meant. Only what is written out is judged.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "lib.h"
#include "scan.h"

enum { ARGUMENTS_MAX = 24, WORDS_MAX = 2000, SHOWN_MAX = 60 };

typedef struct {
    const toc_token *first; // NULL: none
    size_t words;
} argument;

typedef struct {
    argument at[ARGUMENTS_MAX];
    size_t count;
    bool has_brackets;
    bool is_open;          // the last may be none, or several: f(), ...
    const toc_token *last; // of the whole call
} arguments;

static bool read_arguments(const toc_scan *c, size_t i, arguments *out);
static size_t count_parameters(const toc_word *word, size_t *least);
static bool tell_count(toc_scan *c, const toc_word *word, const toc_token *verb,
                       const arguments *a);
static bool check_argument(toc_scan *c, const toc_word *word, const toc_parameter *p,
                           const toc_token *value);
static void tell_wrong(toc_scan *c, const toc_word *word, const toc_parameter *p,
                       const toc_token *value);
static void check_percent(toc_scan *c, const toc_word *word, const toc_token *value);
static void check_time(toc_scan *c, const toc_word *word, const toc_parameter *p,
                       const toc_token *value);

void toc_scan_call(toc_scan *c, size_t i)
{
    const toc_token *verb = &c->at[i];
    char name[TOC_ID_MAX + 1];
    arguments a;
    if (verb->len > TOC_ID_MAX)
        return;
    snprintf(name, sizeof name, "%.*s", (int)verb->len, verb->start);
    const toc_word *word = toc_language_verb(name);
    if (!word || (word->group != TOC_WORD_ACTION && word->group != TOC_WORD_QUERY) ||
        !read_arguments(c, i, &a) || toc_scan_is_echo(c, verb, a.last) ||
        tell_count(c, word, verb, &a))
        return;
    size_t most = count_parameters(word, &(size_t){0});
    bool is_told = false; // two that changed places are one mistake
    for (size_t n = 0; n < a.count && !is_told; n++) {
        const toc_parameter *p = &word->parameters[most == SIZE_MAX ? 0 : n];
        const toc_token *first = a.at[n].first;
        bool is_table = toc_token_is(first, "{") &&
                        (!a.has_brackets || toc_token_is(&first[a.at[n].words - 1], "}"));
        if (n < most && (a.at[n].words == 1 || is_table))
            is_told = check_argument(c, word, p, first);
    }
}

// ---- what is written ---------------------------------------------------------------------------------

static int depth_of(const toc_token *t)
{
    if (t->kind == TOC_TOKEN_SYMBOL && t->len == 1)
        return strchr("({[", *t->start) ? 1 : strchr(")}]", *t->start) ? -1 : 0;
    if (toc_token_is(t, "function") || toc_token_is(t, "if") || toc_token_is(t, "do") ||
        toc_token_is(t, "repeat"))
        return 1;
    return toc_token_is(t, "end") || toc_token_is(t, "until") ? -1 : 0;
}

// VERB "x", VERB { … }, VERB(…). False if it does not end, or is longer than anybody writes.
static bool read_arguments(const toc_scan *c, size_t i, arguments *out)
{
    const toc_token *t = &c->at[i + 1];
    *out = (arguments){.has_brackets = toc_token_is(t, "("), .last = t};
    if (!out->has_brackets) {
        out->at[out->count++] = (argument){t, t->kind == TOC_TOKEN_TEXT ? 1 : 2};
        return true;
    }
    const toc_token *first = ++t;
    int depth = 1;
    for (size_t n = 0; n < WORDS_MAX && t->kind != TOC_TOKEN_END; n++, t++) {
        depth += depth_of(t);
        bool is_end = depth == 0;
        if (!is_end && !(depth == 1 && toc_token_is(t, ",")))
            continue;
        if (out->count == ARGUMENTS_MAX)
            return false;
        if (t > first)
            out->at[out->count++] = (argument){first, (size_t)(t - first)};
        out->is_open = t > first && (toc_token_is(t - 1, ")") || toc_token_is(t - 1, "...") ||
                                     toc_token_is(t - 1, "}") ||
                                     (t - first > 1 && t[-1].kind == TOC_TOKEN_TEXT));
        out->last = t;
        if (is_end)
            return true;
        first = t + 1;
    }
    return false;
}

bool toc_scan_is_echo(const toc_scan *c, const toc_token *first, const toc_token *last)
{
    for (size_t i = 0; c->is_mended && i < c->s->problems.count; i++) {
        const toc_problem *p = &c->s->problems.at[i];
        bool is_after = p->line > first->line ||
                        (p->line == first->line && p->column + p->width > first->column);
        bool is_before = p->line < last->line ||
                         (p->line == last->line && p->column < last->column + last->width);
        if (is_after && is_before && strcmp(p->file, c->path) == 0 && strcmp(p->code, "E0104") != 0)
            return true;
    }
    return false;
}

// ---- how much ----------------------------------------------------------------------------------------

// The most it takes; SIZE_MAX: any number.
static size_t count_parameters(const toc_word *word, size_t *least)
{
    size_t count = 0;
    *least = 0;
    for (; count < TOC_PARAMETERS_MAX && word->parameters[count].name; count++) {
        *least += !word->parameters[count].is_optional;
        if (word->parameters[count].is_repeated)
            return SIZE_MAX;
    }
    return count;
}

static bool is_digits(const toc_token *t)
{
    for (size_t i = 0; i < t->len; i++)
        if (t->start[i] < '0' || t->start[i] > '9')
            return false;
    return t->kind == TOC_TOKEN_NUMBER;
}

static bool tell_count(toc_scan *c, const toc_word *word, const toc_token *verb, const arguments *a)
{
    size_t least;
    char form[TOC_SCAN_FORM_MAX];
    size_t most = count_parameters(word, &least);
    size_t certain = a->count - (a->is_open && a->count > 0);
    if (a->count < least && !a->is_open) {
        toc_problem *p = toc_scan_tell(c, "E0233", verb, "%s is given too little: %s is missing",
                                       word->name, word->parameters[a->count].name);
        toc_problem_label(p, "too little");
        toc_problem_help(p, "write it like %s", toc_scan_form(c, word, form));
        return true;
    }
    if (a->count <= most || certain < most || (a->is_open && certain == most))
        return false;
    const argument *extra = &a->at[most];
    toc_problem *p;
    if (most == 0)
        p = toc_scan_tell(c, "E0233", extra->first, "%s takes nothing", word->name);
    else
        p = toc_scan_tell(c, "E0233", extra->first, "%s takes %s, not %zu", word->name,
                          most == 1 ? "one value" : "two values", a->count);
    toc_problem_label(p, "one too many");
    const toc_token *before = extra->first - 2;
    bool is_comma = most > 0 && extra->words == 1 && is_digits(before) && is_digits(extra->first);
    if (is_comma) {
        toc_problem_help(p, "a number has a point, not a comma: %.*s.%.*s",
                         (int)(before->len < SHOWN_MAX ? before->len : SHOWN_MAX), before->start,
                         (int)(extra->first->len < SHOWN_MAX ? extra->first->len : SHOWN_MAX),
                         extra->first->start);
        if (before->line == extra->first->line && before->len + extra->first->len < SHOWN_MAX) {
            toc_problem_at(p, before->column,
                           extra->first->column + extra->first->width - before->column);
            toc_problem_fix(p, "%.*s.%.*s", (int)before->len, before->start, (int)extra->first->len,
                            extra->first->start);
        }
    } else if (most == 1) {
        toc_problem_help(p, "write %s for each of them: %s", word->name,
                         toc_scan_form(c, word, form));
    } else {
        toc_problem_help(p, "write it like %s", toc_scan_form(c, word, form));
    }
    return true;
}

// ---- what --------------------------------------------------------------------------------------------

static bool is_literal(const toc_token *t)
{
    return t->kind == TOC_TOKEN_TEXT || t->kind == TOC_TOKEN_NUMBER || toc_token_is(t, "true") ||
           toc_token_is(t, "false") || toc_token_is(t, "nil") || toc_token_is(t, "{");
}

static bool check_argument(toc_scan *c, const toc_word *word, const toc_parameter *p,
                           const toc_token *value)
{
    size_t told = c->s->problems.count;
    bool is_number = strcmp(p->type, "number") == 0 || strcmp(p->type, "integer") == 0;
    bool is_time = strcmp(p->type, "Span") == 0 || strcmp(p->type, "Moment") == 0 ||
                   strcmp(p->type, "Minutes") == 0;
    if (!is_literal(value) || (p->is_optional && toc_token_is(value, "nil")))
        return false;
    if (strcmp(p->name, "percent") == 0 &&
        (value->kind == TOC_TOKEN_TEXT || value->kind == TOC_TOKEN_NUMBER))
        check_percent(c, word, value);
    else if (is_time && (value->kind == TOC_TOKEN_TEXT || value->kind == TOC_TOKEN_NUMBER))
        check_time(c, word, p, value);
    else if (value->kind != (is_number ? TOC_TOKEN_NUMBER : TOC_TOKEN_TEXT))
        tell_wrong(c, word, p, value);
    else if (p->refers)
        toc_scan_id(c, word->name, p->refers, value);
    return c->s->problems.count > told && strncmp(c->s->problems.at[told].code, "E021", 4) != 0;
}

static int shown(const toc_token *t)
{
    return t->len < SHOWN_MAX ? (int)t->len : SHOWN_MAX;
}

static void tell_wrong(toc_scan *c, const toc_word *word, const toc_parameter *p,
                       const toc_token *value)
{
    char form[TOC_SCAN_FORM_MAX];
    const char *wanted = p->refers                         ? "an id in quotes"
                         : strcmp(p->type, "integer") == 0 ? "a whole number"
                         : strcmp(p->type, "number") == 0  ? "a number"
                                                           : "a text in quotes";
    const char *given = value->kind == TOC_TOKEN_TEXT     ? "a text"
                        : value->kind == TOC_TOKEN_NUMBER ? "a number"
                        : toc_token_is(value, "{")        ? "a table"
                        : toc_token_is(value, "nil")      ? "nil"
                                                          : "true or false";
    toc_problem *problem = toc_scan_tell(c, "E0233", value, "%s: its %s is %s, not %s", word->name,
                                         p->name, wanted, given);
    toc_problem_label(problem, "%s", given);
    toc_problem_help(problem, "write it like %s", toc_scan_form(c, word, form));
}

static void check_percent(toc_scan *c, const toc_word *word, const toc_token *value)
{
    char text[TOC_LINE_TEXT_MAX + 1];
    char number[TOC_NUMBER_TEXT];
    toc_problem *p = NULL;
    if (value->kind == TOC_TOKEN_NUMBER) {
        snprintf(text, sizeof text, "%.*s", shown(value), value->start);
        if (strtod(text, NULL) <= 100)
            return;
        p = toc_scan_tell(c, "E0204", value, "set: 0 to 100 percent, not %s", text);
        toc_problem_label(p, "more than all of it");
        toc_problem_help(p, "a level is a percentage of what a service can do: 0 is nothing, 100 "
                            "all of it");
    } else if (toc_scan_copy(text, value) && toc_percent_in(number, text)) {
        p = toc_scan_tell(c, "E0111", value, "set: a percentage stands without quotes and sign");
        toc_problem_label(p, "a text, not a number");
        toc_problem_help(p, "write the number alone: %s", number);
        toc_problem_fix(p, "%s", number);
    } else {
        char form[TOC_SCAN_FORM_MAX];
        p = toc_scan_tell(c, "E0233", value, "set: 0 to 100 percent, not a text");
        toc_problem_label(p, "a text, not a number");
        toc_problem_help(p, "the second value is a number: %s", toc_scan_form(c, word, form));
    }
}

static void check_time(toc_scan *c, const toc_word *word, const toc_parameter *parameter,
                       const toc_token *value)
{
    bool is_until = strcmp(parameter->type, "Moment") == 0;
    char text[TOC_LINE_TEXT_MAX + 1];
    char form[TOC_SCAN_FORM_MAX];
    toc_story startex = c->s->plan.startex;
    toc_problem *p = NULL;
    toc_span span;
    toc_moment m = {0};
    toc_error e;
    if (value->kind == TOC_TOKEN_NUMBER) {
        p = toc_scan_tell(c, "E0110", value, "%s wants a %s, in quotes", word->name,
                          is_until ? "time" : "duration");
        toc_problem_label(p, "a number without a unit");
        toc_problem_help(p, "write %s", toc_scan_form(c, word, form));
    } else if (toc_scan_copy(text, value) && !is_until &&
               toc_span_parse(text, &span, &e) != TOC_OK) {
        p = toc_scan_tell(c, "E0207", value, "%s: %s", word->name, e.msg);
        toc_problem_label(p, "no duration");
        toc_problem_help(p, "write it like \"90s\", \"20m\", \"1h30m\" or \"24h story\"");
    } else if (toc_scan_copy(text, value) && is_until &&
               // A story time cannot be read while startex cannot; that is told already.
               toc_moment_parse(text, startex, false, &m, &e) != TOC_OK &&
               (m.kind != TOC_AT_STORY || startex.ms != 0)) {
        p = toc_scan_tell(c, "E0206", value, "%s: %s", word->name, e.msg);
        toc_problem_label(p, "no time");
        toc_problem_help(
            p, "write it like \"T+0:08\" (hours and minutes after STARTEX) or \"story 08:00\"");
    }
}

// ---- how it is meant ---------------------------------------------------------------------------------

// What could stand there: the id of the first that there is, else of the example.
static void add_example(const toc_scan *c, const toc_word *word, size_t n, toc_buf *out)
{
    const toc_parameter *p = &word->parameters[n];
    size_t skip = 0; // of the same kind: read("ops", "INJ-01"), said("ops", "press")
    for (size_t i = 0; i < n; i++)
        skip += word->parameters[i].refers == p->refers;
    for (size_t i = 0; p->refers && i < c->s->draft_count; i++) {
        const toc_draft *d = c->s->drafts[i];
        if (!d->has_id || !(p->refers & TOC_BIT(d->kind)))
            continue;
        if (skip-- == 0) {
            toc_buf_printf(out, "\"%s\"", d->id);
            return;
        }
    }
    toc_buf_str(out, strcmp(p->type, "number") == 0    ? "20"
                     : strcmp(p->type, "integer") == 0 ? (n ? "20" : "6")
                     : strcmp(p->type, "Moment") == 0  ? "\"T+0:08\""
                     : p->refers                       ? "\"…\""
                     : strcmp(p->name, "text") == 0    ? "\"…\""
                                                       : "\"20m\"");
}

const char *toc_scan_form(const toc_scan *c, const toc_word *word, char out[TOC_SCAN_FORM_MAX])
{
    toc_buf form = {0};
    size_t count = 0;
    while (count < TOC_PARAMETERS_MAX && word->parameters[count].name &&
           !word->parameters[count].is_optional)
        count++;
    bool is_bare = count == 1 && strcmp(word->parameters[0].type, "number") != 0;
    toc_buf_printf(&form, "%s%s", word->name, is_bare ? " " : "(");
    for (size_t n = 0; n < count; n++) {
        toc_buf_str(&form, n ? ", " : "");
        add_example(c, word, n, &form);
    }
    toc_buf_str(&form, is_bare ? "" : ")");
    snprintf(out, TOC_SCAN_FORM_MAX, "%s", toc_buf_text(&form));
    toc_buf_fini(&form);
    return out;
}
