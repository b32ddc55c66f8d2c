// SPDX-License-Identifier: MIT
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "reading.h"

enum { SLIPS_MAX = 200, HELP_MAX = 900, LINE_MAX = 160 };

static toc_problem *add(toc_reading *r, toc_problems *to, const char *code, const char *begin,
                        const char *end, const char *text);
static void mend(toc_reading *r, const char *begin, const char *end, char *text, bool is_certain);
static bool is_certain(const toc_reading *r, const toc_problem *problem);
static int by_place(const void *a, const void *b);

void toc_reading_fini(toc_reading *r)
{
    for (size_t i = 0; i < r->mend_count; i++)
        free(r->mends[i].text);
    free(r->mends);
    free(r->words);
    free(r->names);
    free(r->own);
    toc_map_free(r->assigned);
    toc_problems_fini(&r->slips);
    toc_problems_fini(&r->certain);
}

toc_problem *toc_reading_problem(toc_reading *r, const char *code, const char *begin,
                                 const char *end, const char *format, ...)
{
    char text[600];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return add(r, &r->slips, code, begin, end, text);
}

toc_problem *toc_reading_certain(toc_reading *r, const char *code, const char *begin,
                                 const char *end, const char *format, ...)
{
    char text[600];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return add(r, &r->certain, code, begin, end, text);
}

static int count_characters(const char *p, const char *end)
{
    int count = 0;
    for (; p < end; p++)
        count += ((unsigned char)*p & 0xC0) != 0x80;
    return count;
}

static toc_problem *add(toc_reading *r, toc_problems *to, const char *code, const char *begin,
                        const char *end, const char *text)
{
    int line;
    int column;
    while (begin > r->text && ((unsigned char)*begin & 0xC0) == 0x80 && begin < r->text + r->len)
        begin--; // the last byte of something may be the middle of a character
    toc_reading_place(r, begin, &line, &column);
    const char *line_end = toc_reading_line_end(r, begin);
    // By way of a list of its own: the same words at two places of a line are two problems.
    toc_problems one = {0};
    toc_problem *problem = toc_problems_add(&one, code, r->path, line, "%s", text);
    for (char *p = problem->text; *p; p++)
        *p = *p == '\n' || *p == '\r' ? ' ' : *p;
    toc_problems_take(to, &one);
    problem = &to->at[to->count - 1];
    if (to->count > SLIPS_MAX)
        r->is_lost = r->is_cut = true;
    return toc_problem_at(problem, column,
                          count_characters(begin, end < line_end ? end : line_end));
}

void toc_reading_mend(toc_reading *r, const char *begin, const char *end, const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    mend(r, begin, end, toc_strdup(text), false);
}

void toc_reading_plain(toc_reading *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->mend_count; i++) {
        if (r->mends[i].is_certain)
            r->mends[kept++] = r->mends[i];
        else
            free(r->mends[i].text);
    }
    r->mend_count = kept;
    toc_problems_fini(&r->slips);
    r->is_guess = r->is_lost = r->is_cut = false;
}

static bool is_certain(const toc_reading *r, const toc_problem *problem)
{
    return r->certain.count > 0 && problem >= r->certain.at &&
           problem < r->certain.at + r->certain.count;
}

void toc_reading_fix(toc_reading *r, toc_problem *problem, const char *begin, const char *end,
                     const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len < 0 || (size_t)len >= sizeof text) { // too long to be shown
        r->is_guess = r->is_lost = true;
        return;
    }
    toc_problem_fix(problem, "%s", text);
    size_t blank = strspn(text, " ");
    if (!problem->help && text[blank] && strlen(text) < 60)
        toc_problem_help(problem, "write %s", text + blank);
    mend(r, begin, end, toc_strdup(text), is_certain(r, problem));
}

void toc_reading_insert(toc_reading *r, toc_problem *problem, const char *end, const char *text)
{
    const char *begin = end;
    while (begin > r->text && ((unsigned char)*--begin & 0xC0) == 0x80) {
    }
    char fixed[80];
    const char *last = begin;
    int last_len = (int)(end - begin);
    for (size_t i = 0; i < r->mend_count; i++) // the character may be a curly quote, told before
        if (r->text + r->mends[i].at == begin && r->mends[i].len == (size_t)last_len) {
            last = r->mends[i].text;
            last_len = (int)strlen(last);
        }
    snprintf(fixed, sizeof fixed, "%.*s%s", last_len, last, text);
    toc_problem_fix(problem, "%s", fixed);
    if (!problem->help)
        toc_problem_help(problem, strcmp(text, ",") == 0 ? "add the comma" : "add %s there",
                         text + strspn(text, " "));
    mend(r, end, end, toc_strdup(text), is_certain(r, problem));
}

void toc_reading_show(toc_reading *r, toc_problem *problem, const char *begin, const char *end,
                      const char *text)
{
    const char *start = toc_reading_line_start(r, begin);
    const char *stop = toc_reading_line_end(r, end);
    start += strspn(start, " \t");
    if (start > begin)
        start = begin;
    if (stop - start > LINE_MAX || memchr(start, '\n', (size_t)(stop - start)))
        return; // too long to help
    char *before = toc_strdup(problem->help ? problem->help : "");
    toc_problem_help(problem, "%.*s%swrite it like this: %.*s%s%.*s", HELP_MAX / 2, before,
                     *before ? "; " : "", (int)(begin - start), start, text, (int)(stop - end),
                     end);
    free(before);
}

static void mend(toc_reading *r, const char *begin, const char *end, char *text,
                 bool is_certain_one)
{
    TOC_GROW(r->mends, r->mend_count, r->mend_capacity);
    r->mends[r->mend_count++] =
        (toc_mend){(size_t)(begin - r->text), (size_t)(end - begin), text, is_certain_one};
}

void toc_reading_mended(toc_reading *r, toc_buf *out)
{
    size_t done = 0;
    // What is inserted at one place stays in the order in which it was: at first, the first.
    for (size_t i = 1; i < r->mend_count; i++)
        for (size_t k = i; k > 0 && by_place(&r->mends[k - 1], &r->mends[k]) > 0; k--) {
            toc_mend swap = r->mends[k];
            r->mends[k] = r->mends[k - 1];
            r->mends[k - 1] = swap;
        }
    for (size_t i = 0; i < r->mend_count; i++) {
        const toc_mend *m = &r->mends[i];
        if (m->at < done)
            continue;
        toc_buf_add(out, r->text + done, m->at - done);
        toc_buf_str(out, m->text);
        done = m->at + m->len;
    }
    toc_buf_add(out, r->text + done, r->len - done);
}

static int by_place(const void *a, const void *b)
{
    const toc_mend *x = a;
    const toc_mend *y = b;
    return x->at < y->at ? -1 : x->at > y->at;
}

const char *toc_reading_line_end(const toc_reading *r, const char *p)
{
    while (p < r->text + r->len && *p != '\n' && *p != '\r')
        p++;
    return p;
}

const char *toc_reading_line_start(const toc_reading *r, const char *p)
{
    while (p > r->text && p[-1] != '\n' && p[-1] != '\r')
        p--;
    return p;
}

void toc_reading_place(const toc_reading *r, const char *p, int *line, int *column)
{
    // From the last word before it: words know their places.
    size_t low = 0;
    size_t high = r->word_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (r->words[middle].begin <= p)
            low = middle + 1;
        else
            high = middle;
    }
    const char *from = low > 0 ? r->words[low - 1].begin : r->text;
    *line = low > 0 ? r->words[low - 1].line : 1;
    while (from < p) {
        char c = *from++;
        if (c != '\n' && c != '\r')
            continue;
        ++*line;
        if (from < p && (*from == '\n' || *from == '\r') && *from != c)
            from++;
    }
    *column = 1 + count_characters(toc_reading_line_start(r, p), p);
}
