// SPDX-License-Identifier: MIT
#include <string.h>

#include "base/mem.h"
#include "tokens.h"

static toc_token read_token(toc_tokens *t);
static int column_of(toc_tokens *t, const char *at);
static int count_characters(const char *p, const char *end);
static void pass(toc_tokens *t);
static void read_quoted(toc_tokens *t, toc_token *token);
static void read_long(toc_tokens *t, toc_token *token);
static void read_symbol(toc_tokens *t, toc_token *token);

static char peek(const toc_tokens *t, size_t ahead)
{
    return (size_t)(t->end - t->p) > ahead ? t->p[ahead] : '\0';
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

int toc_tokens_long(const toc_tokens *t)
{
    size_t n = 1;
    if (peek(t, 0) != '[')
        return -1;
    while (peek(t, n) == '=')
        n++;
    return peek(t, n) == '[' ? (int)n - 1 : -1;
}

toc_token toc_tokens_next(toc_tokens *t)
{
    if (!t->line_start)
        t->line_start = t->counted = t->p;
    while (toc_tokens_skip(t)) {
    }
    const char *begin = t->p;
    int column = column_of(t, begin);
    toc_token token = read_token(t);
    token.column = column;
    const char *end = begin;
    while (end < t->p && *end != '\n' && *end != '\r')
        end++;
    token.width = count_characters(begin, end);
    token.begin = begin;
    token.end = t->p;
    return token;
}

void toc_tokens_pass(toc_tokens *t, const char *to)
{
    while (t->p < to)
        pass(t);
}

// Counts on from the last one on the same line: lines may be long.
static int column_of(toc_tokens *t, const char *at)
{
    if (t->counted < t->line_start) {
        t->counted = t->line_start;
        t->before = 0;
    }
    t->before += count_characters(t->counted, at);
    t->counted = at;
    return t->before + 1;
}

static int count_characters(const char *p, const char *end)
{
    int count = 0;
    for (; p < end; p++)
        count += ((unsigned char)*p & 0xC0) != 0x80;
    return count;
}

static toc_token read_token(toc_tokens *t)
{
    toc_token token = {.kind = TOC_TOKEN_END, .start = t->p, .line = t->line};
    char c = peek(t, 0);
    if (t->p == t->end)
        return token;
    if (c == '"' || c == '\'') {
        read_quoted(t, &token);
    } else if (toc_tokens_long(t) >= 0) {
        read_long(t, &token);
    } else if (is_name_start(c)) {
        token.kind = TOC_TOKEN_NAME;
        while (is_name_start(peek(t, 0)) || is_digit(peek(t, 0)))
            t->p++;
        token.len = (size_t)(t->p - token.start);
    } else if (is_digit(c)) {
        token.kind = TOC_TOKEN_NUMBER;
        while (is_name_start(peek(t, 0)) || is_digit(peek(t, 0)) || peek(t, 0) == '.')
            t->p++;
        token.len = (size_t)(t->p - token.start);
    } else {
        read_symbol(t, &token);
    }
    return token;
}

bool toc_token_is(const toc_token *t, const char *word)
{
    return (t->kind == TOC_TOKEN_NAME || t->kind == TOC_TOKEN_SYMBOL) && strlen(word) == t->len &&
           memcmp(t->start, word, t->len) == 0;
}

bool toc_token_is_keyword(const toc_token *t)
{
    static const char *const words[] = {"and",   "break", "do",       "else", "elseif", "end",
                                        "false", "for",   "function", "goto", "if",     "in",
                                        "local", "nil",   "not",      "or",   "repeat", "return",
                                        "then",  "true",  "until",    "while"};
    for (size_t i = 0; t->kind == TOC_TOKEN_NAME && i < TOC_COUNT(words); i++)
        if (toc_token_is(t, words[i]))
            return true;
    return false;
}

// Passes one stretch of white space or one comment; false if there is none.
bool toc_tokens_skip(toc_tokens *t)
{
    char c = peek(t, 0);
    if (c && strchr(" \t\r\n\f\v", c)) {
        pass(t);
        return true;
    }
    if (c != '-' || peek(t, 1) != '-')
        return false;
    t->p += 2;
    if (toc_tokens_long(t) >= 0) {
        toc_token comment;
        read_long(t, &comment);
        return true;
    }
    while (t->p < t->end && *t->p != '\n' && *t->p != '\r')
        t->p++;
    return true;
}

// One character; \r\n and \n\r are one end of line.
static void pass(toc_tokens *t)
{
    char c = *t->p++;
    if (c != '\n' && c != '\r')
        return;
    t->line++;
    char next = peek(t, 0);
    if ((next == '\n' || next == '\r') && next != c)
        t->p++;
    t->line_start = t->p;
}

// One that is not finished ends with its line, as Lua reads it.
static void read_quoted(toc_tokens *t, toc_token *token)
{
    char quote = *t->p++;
    token->kind = TOC_TOKEN_TEXT;
    token->is_plain = true;
    token->start = t->p;
    while (t->p < t->end && *t->p != quote && *t->p != '\n' && *t->p != '\r') {
        bool is_skip = *t->p == '\\' && peek(t, 1) == 'z';
        if (*t->p == '\\') {
            token->is_plain = false;
            t->p++;
        }
        if (t->p < t->end)
            pass(t);
        while (is_skip && peek(t, 0) && strchr(" \t\r\n\f\v", *t->p))
            pass(t);
    }
    token->len = (size_t)(t->p - token->start);
    token->is_open = t->p == t->end || *t->p != quote;
    if (!token->is_open)
        t->p++;
}

static void read_long(toc_tokens *t, toc_token *token)
{
    size_t level = (size_t)toc_tokens_long(t);
    t->p += level + 2;
    *token = (toc_token){.kind = TOC_TOKEN_TEXT, .start = t->p, .line = t->line};
    for (; t->p < t->end; pass(t)) {
        size_t n = 1;
        while (*t->p == ']' && peek(t, n) == '=')
            n++;
        if (*t->p != ']' || n != level + 1 || peek(t, n) != ']')
            continue;
        token->len = (size_t)(t->p - token->start);
        t->p += level + 2;
        return;
    }
    token->len = (size_t)(t->p - token->start);
    token->is_open = true;
}

static void read_symbol(toc_tokens *t, toc_token *token)
{
    static const char *const symbols[] = {"...", "..", "==", "~=", "<=", ">=", "::", "//"};
    token->kind = TOC_TOKEN_SYMBOL;
    token->len = 1;
    for (size_t i = 0; i < TOC_COUNT(symbols) && token->len == 1; i++) {
        size_t n = strlen(symbols[i]);
        if ((size_t)(t->end - t->p) >= n && memcmp(t->p, symbols[i], n) == 0)
            token->len = n;
    }
    t->p += token->len;
}
