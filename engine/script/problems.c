// SPDX-License-Identifier: MIT
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "problems.h"

enum { KEPT = 1000 };

static void add(toc_problems *p, char *file, int line, char *text);
static int compare(const void *a, const void *b);
static int file_rank(const char *file);

void toc_problems_add(toc_problems *p, const char *file, int line, const char *format, ...)
{
    toc_buf b = {0};
    toc_buf_printf(&b, "%s:%d: ", file, line);
    va_list args;
    va_start(args, format);
    char text[1024];
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    toc_buf_str(&b, text);
    add(p, toc_strdup(file), line, toc_buf_take(&b));
}

void toc_problems_add_line(toc_problems *p, const char *line)
{
    // "path:12: text"; a path may itself hold colons.
    const char *colon = strchr(line, ':');
    for (; colon; colon = strchr(colon + 1, ':')) {
        char *end;
        long number = strtol(colon + 1, &end, 10);
        if (end != colon + 1 && end[0] == ':' && end[1] == ' ' && number > 0 && number < 10000000) {
            add(p, toc_strndup(line, (size_t)(colon - line)), (int)number, toc_strdup(line));
            return;
        }
    }
    add(p, toc_strdup(""), 0, toc_strdup(line));
}

toc_err toc_problems_print(toc_problems *p, toc_buf *out, toc_error *e)
{
    if (p->count == 0)
        return TOC_OK;
    qsort(p->at, p->count, sizeof *p->at, compare);
    for (size_t i = 0; out && i < p->count && i < TOC_PROBLEMS_SHOWN; i++) {
        toc_buf_str(out, p->at[i].text);
        toc_buf_char(out, '\n');
    }
    return toc_fail(e, TOC_ESCENARIO, "%s", p->at[0].text);
}

void toc_problems_fini(toc_problems *p)
{
    for (size_t i = 0; i < p->count; i++) {
        free(p->at[i].file);
        free(p->at[i].text);
    }
    free(p->at);
    *p = (toc_problems){0};
}

static void add(toc_problems *p, char *file, int line, char *text)
{
    bool is_kept = p->count < KEPT;
    for (size_t i = 0; is_kept && i < p->count; i++)
        is_kept = strcmp(p->at[i].text, text) != 0;
    if (!is_kept) {
        free(file);
        free(text);
        return;
    }
    TOC_GROW(p->at, p->count, p->capacity);
    p->at[p->count++] = (toc_problem){file, line, text};
}

// Problems of one line are in the order of their words: qsort is not stable, and need not be.
static int compare(const void *a, const void *b)
{
    const toc_problem *x = a;
    const toc_problem *y = b;
    int order = file_rank(x->file) - file_rank(y->file);
    if (order == 0)
        order = strcmp(x->file, y->file);
    if (order == 0)
        order = x->line - y->line;
    return order ? order : strcmp(x->text, y->text);
}

static int file_rank(const char *file)
{
    return strcmp(file, "scenario.lua") == 0 ? 0 : 1;
}
