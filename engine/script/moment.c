// SPDX-License-Identifier: MIT
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "moment.h"

#define STORY "story"

static toc_err parse_after(const char *text, toc_moment *out, toc_error *e);
static bool is_word(const char *text, const char *word);
static const char *skip_spaces(const char *s);

toc_err toc_moment_parse(const char *text, toc_story startex, toc_moment *out, toc_error *e)
{
    *out = (toc_moment){0};
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
    return parse_after(text, out, e);
}

toc_err toc_span_parse(const char *text, toc_span *out, toc_error *e)
{
    *out = (toc_span){0};
    char quote[TOC_QUOTE_SIZE];
    char number[64];
    size_t len = strlen(text);
    size_t tail = strlen(" " STORY);
    if (len > tail && strcmp(text + len - tail, " " STORY) == 0) {
        out->is_story = true;
        len -= tail;
        while (len && text[len - 1] == ' ')
            len--;
    }
    if (len >= sizeof number)
        return toc_fail(e, TOC_EFORMAT, "%s is not a duration: write it like 15m or 24h story",
                        toc_text_quote(quote, text));
    memcpy(number, text, len);
    number[len] = '\0';
    toc_err err = toc_duration_parse(number, &out->ms, e);
    if (!err && out->ms > TOC_SPAN_MS_MAX)
        return toc_fail(e, TOC_EFORMAT, "%s is longer than ten years", toc_text_quote(quote, text));
    return err;
}

// "INJ-40 +15m", with or without the space before the plus.
static toc_err parse_after(const char *text, toc_moment *out, toc_error *e)
{
    char quote[TOC_QUOTE_SIZE];
    const char *plus = strrchr(text, '+');
    size_t len = plus ? (size_t)(plus - text) : 0;
    while (len && text[len - 1] == ' ')
        len--;
    if (len == 0 || len > TOC_ID_MAX || memchr(text, ' ', len))
        return toc_fail(e, TOC_EFORMAT,
                        "%s is not a time: write it like T+0:30 (hours:minutes of play), "
                        "story 08:00, or INJ-04 +15m (after that inject was sent)",
                        toc_text_quote(quote, text));
    out->kind = TOC_AT_AFTER;
    memcpy(out->inject, text, len);
    toc_err err = toc_duration_parse(skip_spaces(plus + 1), &out->ms, e);
    if (!err && out->ms > TOC_SPAN_MS_MAX)
        return toc_fail(e, TOC_EFORMAT, "%s is longer than ten years", toc_text_quote(quote, text));
    return err;
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
