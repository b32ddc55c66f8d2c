// SPDX-License-Identifier: MIT
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "script/problems.h"

static toc_problem *add(toc_problems *p, const char *code, char *file, int line, char *text);
static void free_problem(toc_problem *problem);
static toc_problem *say(toc_problem *problem, char **what, const char *format, va_list args)
    TOC_PRINTF(3, 0);
static int compare(const void *a, const void *b);
static int file_rank(const char *file);

toc_problem *toc_problems_add(toc_problems *p, const char *code, const char *file, int line,
                              const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return add(p, code, toc_strdup(file), line, toc_strdup(text));
}

toc_problem *toc_problems_add_line(toc_problems *p, const char *code, const char *line)
{
    // "path:12: text"; a path may itself hold colons.
    const char *colon = strchr(line, ':');
    for (; colon; colon = strchr(colon + 1, ':')) {
        char *end;
        long number = strtol(colon + 1, &end, 10);
        if (end != colon + 1 && end[0] == ':' && end[1] == ' ' && number > 0 && number < 10000000)
            return add(p, code, toc_strndup(line, (size_t)(colon - line)), (int)number,
                       toc_strdup(end + 2));
    }
    return add(p, code, toc_strdup(""), 0, toc_strdup(line));
}

void toc_problems_take(toc_problems *p, toc_problems *from)
{
    for (size_t i = 0; i < from->count; i++) {
        if (p->count >= TOC_PROBLEMS_KEPT) {
            free_problem(&from->at[i]);
            p->lost++;
            continue;
        }
        TOC_GROW(p->at, p->count, p->capacity);
        p->at[p->count++] = from->at[i];
    }
    p->lost += from->lost;
    free(from->at);
    *from = (toc_problems){0};
}

toc_problem *toc_problem_at(toc_problem *problem, int column, int width)
{
    problem->column = column;
    problem->width = width > 0 ? width : 1;
    return problem;
}

toc_problem *toc_problem_label(toc_problem *problem, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(problem, &problem->label, format, args);
    va_end(args);
    return problem;
}

toc_problem *toc_problem_help(toc_problem *problem, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(problem, &problem->help, format, args);
    va_end(args);
    return problem;
}

toc_problem *toc_problem_note(toc_problem *problem, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(problem, &problem->note, format, args);
    va_end(args);
    return problem;
}

toc_problem *toc_problem_fix(toc_problem *problem, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(problem, &problem->fix, format, args);
    va_end(args);
    return problem;
}

bool toc_problem_is_error(const toc_problem *problem)
{
    return problem->code[0] == 'E';
}

void toc_problems_sort(toc_problems *p)
{
    if (p->count > 0)
        qsort(p->at, p->count, sizeof *p->at, compare);
}

void toc_problems_lines(const toc_problems *p, toc_buf *out)
{
    for (size_t i = 0; i < p->count && i < TOC_PROBLEMS_SHOWN; i++) {
        const toc_problem *problem = &p->at[i];
        if (*problem->file)
            toc_buf_printf(out, "%s:%d: ", problem->file, problem->line);
        toc_buf_str(out, problem->text);
        toc_buf_char(out, '\n');
    }
}

void toc_problems_fini(toc_problems *p)
{
    for (size_t i = 0; i < p->count; i++)
        free_problem(&p->at[i]);
    free(p->at);
    *p = (toc_problems){0};
}

// What was cut within a character, or quotes bytes that are none, loses them.
static char *clean(char *text)
{
    char *to = text;
    const char *end = text + strlen(text);
    for (const char *from = text; from < end;) {
        uint32_t cp;
        size_t len = toc_utf8_next(from, (size_t)(end - from), &cp);
        if (cp != TOC_CP_BAD) {
            memmove(to, from, len);
            to += len;
        }
        from += len;
    }
    *to = '\0';
    return text;
}

static toc_problem *add(toc_problems *p, const char *code, char *file, int line, char *text)
{
    toc_problem fresh = {.code = code, .file = file, .line = line, .text = clean(text)};
    size_t same = 0;
    while (same < p->count && (p->at[same].line != line || strcmp(p->at[same].text, text) != 0 ||
                               strcmp(p->at[same].file, file) != 0))
        same++;
    if (same < p->count) {
        free_problem(&fresh);
        return &p->at[same];
    }
    // One place more than is kept takes, and loses, whatever is said of the others.
    if (p->count <= TOC_PROBLEMS_KEPT)
        TOC_GROW(p->at, p->count, p->capacity);
    if (p->count == TOC_PROBLEMS_KEPT + 1) {
        free_problem(&p->at[--p->count]);
        p->lost++;
    }
    p->at[p->count] = fresh;
    return &p->at[p->count++];
}

static void free_problem(toc_problem *problem)
{
    free(problem->file);
    free(problem->text);
    free(problem->label);
    free(problem->help);
    free(problem->note);
    free(problem->fix);
}

static toc_problem *say(toc_problem *problem, char **what, const char *format, va_list args)
{
    char text[1024];
    vsnprintf(text, sizeof text, format, args);
    free(*what);
    *what = clean(toc_strdup(text));
    return problem;
}

// Problems of one line are in the order of their columns, then words: qsort is not stable, and need not be.
static int compare(const void *a, const void *b)
{
    const toc_problem *x = a;
    const toc_problem *y = b;
    int order = file_rank(x->file) - file_rank(y->file);
    if (order == 0)
        order = strcmp(x->file, y->file);
    if (order == 0)
        order = x->line - y->line;
    if (order == 0)
        order = x->column - y->column;
    return order ? order : strcmp(x->text, y->text);
}

static int file_rank(const char *file)
{
    return strcmp(file, "scenario.lua") == 0 ? 0 : *file ? 1 : 2;
}
