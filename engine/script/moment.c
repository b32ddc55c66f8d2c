// SPDX-License-Identifier: MIT
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "moment.h"

#define STORY "story"

static toc_err parse_after(const char *text, const char *words, toc_moment *out, toc_error *e);
static bool cut_word(const char *text, const char *word, size_t *len);
static bool read_months(const char *text, int *months);
static bool is_word(const char *text, const char *word);
static const char *skip_spaces(const char *s);

toc_err toc_moment_parse(const char *text, toc_story startex, bool is_deadline, toc_moment *out,
                         toc_error *e)
{
    *out = (toc_moment){0};
    const char *word = is_word(text, "aware") ? "aware" : is_word(text, "met") ? "met" : NULL;
    if (strncmp(text, "T+", 2) == 0) {
        out->kind = TOC_AT_PLAY;
        return toc_play_parse(text, &out->ms, e);
    }
    if (is_word(text, STORY)) {
        toc_story at;
        toc_err err = toc_story_clock_parse(skip_spaces(text + strlen(STORY)), startex, &at, e);
        out->kind = TOC_AT_STORY;
        out->ms = err ? 0 : at.ms;
        return err;
    }
    if (!word) {
        out->kind = TOC_AT_AFTER;
        return parse_after(text, text, out, e);
    }
    char quote[TOC_QUOTE_SIZE];
    if (!is_deadline)
        return toc_fail(e, TOC_EFORMAT,
                        "%s: %s is for the deadline of an expected action only (by, in expect)",
                        toc_text_quote(quote, text), word);
    out->kind = word[0] == 'a' ? TOC_AT_AWARE : TOC_AT_MET;
    return parse_after(text, skip_spaces(text + strlen(word)), out, e);
}

toc_err toc_span_parse(const char *text, toc_span *out, toc_error *e)
{
    *out = (toc_span){0};
    char quote[TOC_QUOTE_SIZE];
    char number[64];
    size_t len = strlen(text);
    out->is_story = cut_word(text, STORY, &len);
    if (len >= sizeof number)
        return toc_fail(e, TOC_EFORMAT, "%s is not a duration: write it like 15m or 24h story",
                        toc_text_quote(quote, text));
    memcpy(number, text, len);
    number[len] = '\0';
    bool is_months = read_months(number, &out->months);
    if (is_months && !out->is_story)
        return toc_fail(e, TOC_EFORMAT, "%s: months are of story time: write %s story",
                        toc_text_quote(quote, text), number);
    toc_err err = is_months ? TOC_OK : toc_duration_parse(number, &out->ms, e);
    if (!err && (out->ms > TOC_SPAN_MS_MAX || out->months > TOC_SPAN_MONTHS_MAX))
        return toc_fail(e, TOC_EFORMAT, "%s is longer than ten years", toc_text_quote(quote, text));
    return err;
}

toc_err toc_minutes_parse(const char *text, int64_t least, int64_t most, int64_t *minutes,
                          toc_error *e)
{
    char quote[TOC_QUOTE_SIZE];
    toc_span span;
    toc_text_quote(quote, text);
    *minutes = 0;
    if (text[0] == '-')
        return toc_fail(e, TOC_EFORMAT, "%s: a duration cannot be negative", quote);
    toc_err err = toc_span_parse(text, &span, e);
    if (err)
        return err;
    *minutes = span.ms / 60000;
    if (span.months > 0)
        return toc_fail(e, TOC_EFORMAT, "%s: write it in days, hours and minutes: 30d", quote);
    if (span.ms % 60000 != 0)
        return toc_fail(e, TOC_EFORMAT, "%s: the world goes by whole minutes of story time", quote);
    if (*minutes < least)
        return toc_fail(e, TOC_EFORMAT, "%s: it must be more than nothing", quote);
    if (*minutes > most && most == TOC_MINUTES_MAX)
        return toc_fail(e, TOC_EFORMAT, "%s is longer than a year", quote);
    if (*minutes > most)
        return toc_fail(e, TOC_EFORMAT, "%s is longer than %lld days", quote,
                        (long long)(most / 1440));
    return TOC_OK;
}

// "INJ-40 +15m", with or without the space before the plus; text is what the author wrote.
static toc_err parse_after(const char *text, const char *words, toc_moment *out, toc_error *e)
{
    char quote[TOC_QUOTE_SIZE];
    const char *plus = strrchr(words, '+');
    size_t len = plus ? (size_t)(plus - words) : 0;
    while (len && words[len - 1] == ' ')
        len--;
    if (len == 0 || len > TOC_ID_MAX || memchr(words, ' ', len))
        return toc_fail(e, TOC_EFORMAT, "%s is not a time: write it like %s",
                        toc_text_quote(quote, text),
                        out->kind == TOC_AT_AWARE ? "aware INJ-04 +24h story"
                        : out->kind == TOC_AT_MET ? "met EXP-02 +1 month story"
                                                  : "T+0:30 (hours:minutes of play), story 08:00, "
                                                    "or INJ-04 +15m (after that inject was sent)");
    memcpy(out->id, words, len);
    toc_err err = toc_span_parse(skip_spaces(plus + 1), &out->after, e);
    if (err && strcmp(out->id, "T") == 0) // T + 0:30
        return toc_fail(e, err, "%s is not a time: write it like T+0:30, without blanks",
                        toc_text_quote(quote, text));
    return err;
}

// Takes " word" off the end of the first *len bytes.
static bool cut_word(const char *text, const char *word, size_t *len)
{
    size_t tail = strlen(word);
    if (*len < tail + 2 || text[*len - tail - 1] != ' ' ||
        memcmp(text + *len - tail, word, tail) != 0)
        return false;
    *len -= tail + 1;
    while (*len && text[*len - 1] == ' ')
        --*len;
    return true;
}

// "1 month", "2 months"
static bool read_months(const char *text, int *months)
{
    size_t digits = strspn(text, "0123456789");
    size_t len = strlen(text);
    if (digits == 0 || digits > 4 ||
        !(cut_word(text, "month", &len) || cut_word(text, "months", &len)) || len != digits)
        return false;
    for (size_t i = 0; i < digits; i++)
        *months = 10 * *months + (text[i] - '0');
    return true;
}

static bool is_word(const char *text, const char *word)
{
    size_t len = strlen(word);
    return strncmp(text, word, len) == 0 && (text[len] == ' ' || text[len] == '\0');
}

static const char *skip_spaces(const char *s)
{
    while (*s == ' ')
        s++;
    return s;
}
