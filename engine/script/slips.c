// SPDX-License-Identifier: MIT
//
// The words of a source as they are meant: what word processors, other languages and habit put into it
// is told, and becomes the word that it stands for.

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "reading.h"

static void read_word(toc_reading *r, toc_tokens *t);
static bool read_comment(toc_reading *r, toc_tokens *t);
static void join_name(toc_reading *r, toc_tokens *t);
static void tell_open(toc_reading *r, const toc_token *word);
static bool is_letter(const char *p, const char *end, size_t *len);

void toc_reading_words(toc_reading *r)
{
    toc_tokens t = {r->text, r->text + r->len, 1, NULL, 0, NULL};
    t.line_start = t.counted = r->text;
    while (t.p < t.end && !r->is_lost) {
        if (!read_comment(r, &t) && !toc_tokens_skip(&t))
            read_word(r, &t);
    }
    t.p = r->is_lost ? t.end : t.p;
    TOC_GROW(r->words, r->word_count, r->word_capacity);
    r->words[r->word_count] = toc_tokens_next(&t);
    r->word_count++;
}

static void read_word(toc_reading *r, toc_tokens *t)
{
    if (toc_slips_text(r, t) || toc_slips_number(r, t) || toc_slips_sign(r, t))
        return;
    size_t len;
    if ((unsigned char)*t->p >= 0x80 && is_letter(t->p, t->end, &len)) {
        toc_slips_word(r, t, TOC_TOKEN_NAME, t->p + len, t->p, len);
        join_name(r, t);
        return;
    }
    TOC_GROW(r->words, r->word_count, r->word_capacity);
    r->words[r->word_count] = toc_tokens_next(t);
    const toc_token *word = &r->words[r->word_count++];
    if (word->kind == TOC_TOKEN_NAME)
        join_name(r, t);
    if (word->kind == TOC_TOKEN_TEXT && word->is_open) // a long one: others are for toc_slips_text
        tell_open(r, word);
}

toc_token *toc_slips_word(toc_reading *r, toc_tokens *t, toc_token_kind kind, const char *end,
                          const char *start, size_t len)
{
    toc_token word = {.kind = kind,
                      .start = start,
                      .len = len,
                      .line = t->line,
                      .column = 1,
                      .is_plain = kind == TOC_TOKEN_TEXT,
                      .begin = t->p,
                      .end = end};
    // From the word before, if it is on the same line: lines may be long.
    const toc_token *last = r->word_count > 0 ? &r->words[r->word_count - 1] : NULL;
    const char *from = t->line_start;
    if (last && last->begin >= t->line_start) {
        from = last->begin;
        word.column = last->column;
    }
    for (const char *p = from; p < t->p; p++)
        word.column += ((unsigned char)*p & 0xC0) != 0x80;
    for (const char *p = t->p; p < end && *p != '\n' && *p != '\r'; p++)
        word.width += ((unsigned char)*p & 0xC0) != 0x80;
    toc_tokens_pass(t, end);
    TOC_GROW(r->words, r->word_count, r->word_capacity);
    r->words[r->word_count++] = word;
    return &r->words[r->word_count - 1];
}

// A long comment that is not closed takes the rest of the file with it, and Lua says nothing better.
static bool read_comment(toc_reading *r, toc_tokens *t)
{
    const char *begin = t->p;
    if (t->end - begin < 4 || begin[0] != '-' || begin[1] != '-' || begin[2] != '[')
        return false;
    toc_tokens inner = *t;
    inner.p += 2;
    if (toc_tokens_long(&inner) < 0)
        return false;
    toc_token comment = toc_tokens_next(&inner);
    if (comment.is_open)
        tell_open(r, &comment);
    return toc_tokens_skip(t);
}

static void tell_open(toc_reading *r, const toc_token *word)
{
    size_t width = (size_t)(word->start - word->begin);
    bool is_comment =
        word->begin - r->text >= 2 && word->begin[-1] == '-' && word->begin[-2] == '-';
    toc_problem *problem = toc_reading_problem(r, "E0107", word->begin, word->begin + width,
                                               "a long %s that begins with %.*s is not closed",
                                               is_comment ? "comment" : "text",
                                               (int)(width < 20 ? width : 20), word->begin);
    toc_problem_label(problem, "opened here");
    toc_problem_help(problem, "write ]%.*s] where the %s ends%s",
                     (int)(width < 20 ? width - 2 : 18),
                     "==================", is_comment ? "comment" : "text",
                     is_comment ? "" : ", and the comma behind it");
    r->is_lost = true;
}

// Letters that are none of Lua's go on with a name, or begin one: größe.
static void join_name(toc_reading *r, toc_tokens *t)
{
    size_t len;
    const char *end = t->p;
    while (is_letter(end, t->end, &len))
        end += len;
    toc_token *word = &r->words[r->word_count - 1];
    word->width += (int)(end - t->p);
    toc_tokens_pass(t, end);
    word->end = end;
    word->len = (size_t)(word->end - word->start);
}

// ASCII letters, digits and what is beyond ASCII but for signs, which toc_slips_sign knows.
static bool is_letter(const char *p, const char *end, size_t *len)
{
    *len = 1;
    if (p >= end)
        return false;
    if ((unsigned char)*p < 0x80)
        return (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') ||
               *p == '_';
    uint32_t cp;
    *len = toc_utf8_next(p, (size_t)(end - p), &cp);
    if (cp == TOC_CP_BAD)
        return false;
    return cp >= 0xC0 && cp != 0xD7 && cp != 0xF7 && !(cp >= 0x2000 && cp < 0x2C00) &&
           !(cp >= 0x3000 && cp <= 0x3020) && !(cp >= 0xFE00 && cp < 0xFF10) && cp != 0x180E;
}
