// SPDX-License-Identifier: MIT
// What a file ran into while it was read, in plain words: what Lua says of it names neither the cause nor
// what to do. In play such errors stay as they are, because the record has them.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "lib.h"
#include "tokens.h"

enum { WORD = 64 };

typedef struct {
    const char *code;
    char text[300];
    const char *help; // or NULL
    char word[WORD];  // where it is, or ""
    bool is_argument; // it is the text behind the word
} cause;

static bool is_told(const toc_problems *problems, const char *file, int line, const char *text);
static void classify(cause *c, const char *text);
static bool explain_attempt(cause *c, const char *text);
static bool explain_argument(cause *c, const char *text);
static void place(toc_problem *problem, const toc_file *f, const cause *c);

void toc_source_stopped(toc_problems *problems, const toc_files *files, const char *line)
{
    toc_problems own = {0};
    toc_problem *problem = toc_problems_add_line(&own, "E0118", line);
    if (!is_told(problems, problem->file, problem->line, problem->text)) {
        cause c = {.code = "E0118"};
        if (!explain_attempt(&c, problem->text) && !explain_argument(&c, problem->text))
            classify(&c, problem->text);
        const toc_file *f = toc_files_find(files, problem->file);
        toc_problem *told =
            toc_problems_add(problems, c.code, problem->file, problem->line, "%s", c.text);
        if (c.help)
            toc_problem_help(told, "%s", c.help);
        if (f && told->column == 0)
            place(told, f, &c);
    }
    toc_problems_fini(&own);
}

// A mistake of the writing at this line, or this very name, is why it stopped.
static bool is_told(const toc_problems *problems, const char *file, int line, const char *text)
{
    bool is_name = strncmp(text, "unknown name ", 13) == 0 || strstr(text, " is unknown") ||
                   strstr(text, " is not available in scenarios") ||
                   strstr(text, "cannot be changed") || strstr(text, " is not declared; ");
    for (size_t i = 0; i < problems->count; i++) {
        const toc_problem *p = &problems->at[i];
        if (strcmp(p->file, file) == 0 && strncmp(p->code, "E01", 3) == 0 &&
            (p->line == line || is_name))
            return true;
    }
    return false;
}

static void classify(cause *c, const char *text)
{
    static const struct {
        const char *part, *code, *help;
    } kinds[] = {
        {"too much work", "E0119",
         "a scenario is a list of what happens; look for a loop that never ends"},
        {"more memory", "E0119", "look for a loop that makes texts or tables without end"},
        {"64 KiB", "E0119", "put the text into a file of its own: file \"texts/x.md\""},
        {"calls deep", "E0119", "look for a function that calls itself"},
        {"values in '...'", "E0119", "give it a table instead"},
        {"only a storyline acts", "E0123", NULL},
        {"nothing has happened yet", "E0123", NULL},
        {"only a storyline can wait", "E0123", "put it into storyline \"…\" (function () … end)"},
        {"cannot wait", "E0123", "wait before or behind it"},
        {"require: there is no file", "E0223", NULL},
        {"cannot require each other", "E0223",
         "put what both need into a third file, and let both require that"},
        {"is not available", "E0117", NULL},
        {"unknown name", "E0115", NULL},
        {"is unknown", "E0115", NULL},
        {"belongs to the language", "E0116", NULL},
        {"write local", "E0116", NULL},
    };
    static const char guess[] = " — ";
    const char *meant = strstr(text, guess);
    size_t shown = meant ? (size_t)(meant - text) : strlen(text);
    snprintf(c->text, sizeof c->text, "%.*s", (int)(shown < 290 ? shown : 290), text);
    for (size_t i = 0; i < TOC_COUNT(kinds); i++)
        if (strstr(text, kinds[i].part)) {
            c->code = kinds[i].code;
            c->help = kinds[i].help;
            break;
        }
    if (meant)
        c->help = meant + sizeof guess - 1;
    // "send: only a storyline acts …", "unknown name 'x'"
    size_t verb = strspn(text, "abcdefghijklmnopqrstuvwxyz_");
    const char *quote = strchr(text, '\'');
    if (verb < WORD && text[verb] == ':')
        snprintf(c->word, WORD, "%.*s", (int)verb, text);
    else if (quote)
        snprintf(c->word, WORD, "%.*s", (int)strcspn(quote + 1, "'"), quote + 1);
    c->is_argument = strcmp(c->code, "E0223") == 0;
}

static const char *in_words(const char *type)
{
    return strcmp(type, "nil") == 0        ? "nothing"
           : strcmp(type, "string") == 0   ? "a text"
           : strcmp(type, "boolean") == 0  ? "true or false"
           : strcmp(type, "function") == 0 ? "a function"
           : strcmp(type, "number") == 0   ? "a number"
           : strcmp(type, "table") == 0    ? "a table"
           : strcmp(type, "no value") == 0 ? "nothing"
                                           : type;
}

// attempt to VERB a TYPE value (KIND 'NAME'), attempt to compare TYPE with TYPE
static bool explain_attempt(cause *c, const char *text)
{
    static const struct {
        const char *verb, *cannot, *help;
    } verbs[] = {
        {"call", "cannot be called", "is it written right, and declared above this line?"},
        {"index", "cannot have anything taken out of it",
         "is it written right, and does it have a value at this point?"},
        {"concatenate", "cannot be joined with ..", "only texts and numbers can be joined"},
        {"perform arithmetic on", "cannot be reckoned with", "numbers stand without quotes"},
        {"get length of", "cannot have a length", NULL},
    };
    char type[WORD];
    char kind[WORD] = "";
    char name[WORD] = "";
    char other[WORD];
    if (sscanf(text, "attempt to compare two %63s values", type) == 1) {
        snprintf(c->text, sizeof c->text, "two values are compared by size, but each is %s",
                 strncmp(type, "nil", 3) == 0 ? "nothing" : "no number or text");
        c->help = "< and > compare numbers, or texts";
        return true;
    }
    if (sscanf(text, "attempt to compare %63s with %63s", type, other) == 2) {
        snprintf(c->text, sizeof c->text, "%s is compared by size with %s", in_words(type),
                 in_words(other));
        c->help = "< and > compare a number with a number; numbers stand without quotes";
        return true;
    }
    for (size_t i = 0; i < TOC_COUNT(verbs); i++) {
        size_t len = strlen(verbs[i].verb);
        if (strncmp(text, "attempt to ", 11) != 0 || strncmp(text + 11, verbs[i].verb, len) != 0)
            continue;
        const char *rest = text + 11 + len;
        if (sscanf(rest, " a %63s value (%63s '%63[^']')", type, kind, name) < 1)
            continue;
        snprintf(c->word, WORD, "%s", name);
        bool is_constant = strcmp(kind, "constant") == 0;
        if (*name && !is_constant)
            snprintf(c->text, sizeof c->text,
                     strcmp(type, "nil") == 0 ? "'%s' has no value here%s, so it %s"
                                              : "'%s' is %s, so it %s",
                     name, strcmp(type, "nil") == 0 ? "" : in_words(type), verbs[i].cannot);
        else
            snprintf(c->text, sizeof c->text, "a value in this line is %s, so it %s",
                     strcmp(type, "nil") == 0 ? "missing" : in_words(type), verbs[i].cannot);
        c->help = verbs[i].help;
        if (i == 0 && !*name)
            c->help = "is a text or a table there too much, as in team \"x\" { } { }?";
        return true;
    }
    return false;
}

// bad argument #1 to 'rep' (number expected, got no value)
static bool explain_argument(cause *c, const char *text)
{
    static const char *const nth[] = {"first", "second", "third", "fourth"};
    int argument;
    char wanted[WORD];
    char got[WORD];
    if (sscanf(text, "bad argument #%d to '%63[^']' (%63[^ ] expected, got %63[^)])", &argument,
               c->word, wanted, got) != 4 ||
        argument < 1)
        return false;
    snprintf(c->text, sizeof c->text, "%s: what it is given %s must be %s, not %s", c->word,
             argument <= 4 ? nth[argument - 1] : "there", in_words(wanted), in_words(got));
    return true;
}

// The word on the problem's line, or the text behind it.
static void place(toc_problem *problem, const toc_file *f, const cause *c)
{
    toc_tokens t = {f->data, f->data + f->size, 1, NULL, 0, NULL};
    bool is_behind = false;
    if (!*c->word)
        return;
    for (toc_token w = toc_tokens_next(&t); w.kind != TOC_TOKEN_END && w.line <= problem->line;
         w = toc_tokens_next(&t)) {
        if (w.line != problem->line)
            continue;
        if (toc_token_is(&w, c->word)) {
            toc_problem_at(problem, w.column, w.width);
            is_behind = true;
            if (!c->is_argument)
                return;
        } else if (is_behind && w.kind == TOC_TOKEN_TEXT) {
            toc_problem_at(problem, w.column, w.width);
            return;
        }
    }
}
