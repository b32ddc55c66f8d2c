// SPDX-License-Identifier: MIT
// Numbers that are more than numbers: 0:05, 15m, T+0:10, 2026-03-02 07:00Z, 50%, 3rd.
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "reading.h"

enum { TIME_MAX = 60 };

static bool is_time(const char *p, const char *end, const char **after);
static bool is_unit(const char *p, size_t len);
static const char *find_begin(const toc_reading *r, const char *number);
static const char *find_end(const char *p, const char *end);
static bool read_percent(toc_reading *r, toc_tokens *t, const char *after);
static bool is_divided(const toc_reading *r, const char *p);

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool toc_slips_number(toc_reading *r, toc_tokens *t)
{
    const char *after = t->p;
    if (!is_digit(*t->p))
        return false;
    if (!is_time(t->p, t->end, &after)) {
        while (after < t->end && (is_digit(*after) || *after == '.'))
            after++;
        return read_percent(r, t, after);
    }
    const char *begin = find_begin(r, t->p);
    const char *end = find_end(after, t->end);
    if (end - begin > TIME_MAX)
        return false;
    while (r->word_count > 0 && r->words[r->word_count - 1].begin >= begin)
        r->word_count--;
    toc_problem *problem =
        toc_reading_problem(r, "E0110", begin, end, "times are written in quotes");
    toc_problem_label(problem, "a time without quotes");
    char meant[TIME_MAX + 1];
    toc_slips_time(meant, sizeof meant, begin, (size_t)(end - begin));
    toc_reading_fix(r, problem, begin, end, "\"%s\"", meant);
    t->p = begin; // on the same line
    toc_slips_word(r, t, TOC_TOKEN_TEXT, end, begin, (size_t)(end - begin));
    return true;
}

void toc_slips_time(char *out, size_t size, const char *text, size_t len)
{
    static const char *const units[][2] = {
        {"minutes", "m"}, {"minute", "m"}, {"mins", "m"}, {"min", "m"},     {"hours", "h"},
        {"hour", "h"},    {"hrs", "h"},    {"hr", "h"},   {"seconds", "s"}, {"second", "s"},
        {"secs", "s"},    {"sec", "s"},    {"days", "d"}, {"day", "d"}};
    snprintf(out, size, "%.*s", (int)len, text);
    size_t digits = strspn(out, "0123456789");
    const char *unit = out + digits + strspn(out + digits, " ");
    for (size_t i = 0; digits > 0 && i < TOC_COUNT(units); i++)
        if (strcmp(unit, units[i][0]) == 0) {
            snprintf(out + digits, size - digits, "%s", units[i][1]);
            return;
        }
}

// 0:05, 15m, 1h30m, 10min, 1.5h
static bool is_time(const char *p, const char *end, const char **after)
{
    const char *q = p;
    while (q < end && (is_digit(*q) || (*q == '.' && end - q > 1 && is_digit(q[1]))))
        q++;
    const char *unit = q;
    if (q < end && *q == ':' && end - q > 1 && is_digit(q[1])) {
        while (q < end && (is_digit(*q) || *q == ':'))
            q++;
        while (q < end && *q == 'Z')
            q++;
    } else {
        while (q < end && (is_alpha(*q) || is_digit(*q)))
            q++;
        if (!is_unit(unit, (size_t)(q - unit)))
            return false;
    }
    *after = q;
    return true;
}

// What may stand behind the first digits of a duration: m, h30m, min …
static bool is_unit(const char *p, size_t len)
{
    static const char *const words[] = {"min", "mins", "minute", "minutes", "hour",   "hours",
                                        "hr",  "hrs",  "sec",    "secs",    "second", "seconds",
                                        "day", "days", "ms",     "am",      "pm"};
    for (size_t i = 0; i < TOC_COUNT(words); i++)
        if (strlen(words[i]) == len && memcmp(words[i], p, len) == 0)
            return true;
    for (size_t i = 0; i < len; i++)
        if (!is_digit(p[i]) && !strchr("dhms", p[i]))
            return false;
    return len > 0 && !is_digit(p[0]);
}

// Where the text begins of which the number is the time: T+0:05, INJ-01 +10m, story 08:00, a date.
static const char *find_begin(const toc_reading *r, const char *number)
{
    const char *begin = number;
    bool has_verb = false;
    const toc_token *first = NULL;
    for (size_t i = r->word_count; i > 0; i--) {
        const toc_token *w = &r->words[i - 1];
        bool is_part = w->kind == TOC_TOKEN_NAME || w->kind == TOC_TOKEN_NUMBER ||
                       toc_token_is(w, "+") || toc_token_is(w, "-");
        if (memchr(w->begin, '\n', (size_t)(begin - w->begin)) || !is_part ||
            toc_token_is_keyword(w))
            break;
        has_verb = toc_token_is(w, "wait") || toc_token_is(w, "wait_until");
        if (has_verb)
            break;
        // Two words side by side are one text only if the first is story or a date.
        bool is_beside = first && w->kind != TOC_TOKEN_SYMBOL && first->kind != TOC_TOKEN_SYMBOL;
        if (is_beside || (!first && w->kind == TOC_TOKEN_NAME && !toc_token_is(w, "story")))
            break;
        first = w;
        begin = w->begin;
    }
    return first && first->kind == TOC_TOKEN_SYMBOL && !toc_token_is(first, "+") ? number : begin;
}

// 24h story, 07:00 +01:00, 07:00+01:00
static const char *find_end(const char *p, const char *end)
{
    const char *q = p;
    while (q < end && *q == ' ')
        q++;
    if (end - q >= 5 && memcmp(q, "story", 5) == 0 && (end - q == 5 || !is_alpha(q[5])))
        return q + 5;
    if (q < end && (*q == '+' || *q == '-') && end - q > 1 && is_digit(q[1])) {
        q++;
        const char *digits = q;
        while (q < end && (is_digit(*q) || *q == ':'))
            q++;
        if (q > digits && (q == end || !is_alpha(*q)))
            return q;
        while (q < end && is_alpha(*q))
            q++;
        return q;
    }
    return p;
}

static bool read_percent(toc_reading *r, toc_tokens *t, const char *after)
{
    const char *sign = after;
    while (sign < t->end && *sign == ' ')
        sign++;
    if (sign == t->end || *sign != '%' || is_divided(r, sign + 1))
        return false;
    const char *number = t->p;
    toc_slips_word(r, t, TOC_TOKEN_NUMBER, sign + 1, number, (size_t)(after - number));
    toc_problem *problem = toc_reading_problem(
        r, "E0111", number, sign + 1, "a percentage is written as a plain number: %.*s",
        (int)(after - number < 30 ? after - number : 30), number);
    toc_problem_label(problem, "without the sign");
    toc_reading_fix(r, problem, number, sign + 1, "%.*s",
                    (int)(after - number < 30 ? after - number : 30), number);
    return true;
}

// Does what stands behind a % on its line make it a division?
static bool is_divided(const toc_reading *r, const char *p)
{
    const char *end = r->text + r->len;
    bool is_beside = p < end && *p != ' ';
    while (p < end && *p == ' ')
        p++;
    if (p == end || strchr("\r\n,;})]", *p) || (*p == '-' && end - p > 1 && p[1] == '-'))
        return false;
    return is_digit(*p) || *p == '(' || *p == '#' || is_beside;
}
