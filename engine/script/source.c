// SPDX-License-Identifier: MIT
//
// What a source may not contain although Lua would take it. A small reader that knows comments,
// texts and names; whatever it does not understand it leaves to Lua, whose messages are good.
//
// It also rewrites the heads of numeric loops, from `for i = a, b do` to `for i =1*( a),1*( b) do`:
// Lua takes a text for a number there, the only place where it still would, and that one instruction
// on a long text takes as long as 10,000 others (measured: 78 s for the budget of a load). With the
// product a text is an error, and a number stays what it is.

#include <stdio.h>
#include <string.h>

#include "lib.h"

#define OPEN_MAX 400 // twice as deep as Lua reads

typedef enum { OPEN_BRACKET, OPEN_BLOCK, OPEN_HEAD } open_kind;

// How much of `for NAME =` has just been read.
typedef enum { HEAD_NONE, HEAD_FOR, HEAD_NAME } head_state;

typedef struct {
    const char *path;
    const char *text;
    const char *p;
    const char *end;
    int line;
    toc_error *e;
    toc_buf *out; // the source as rewritten up to `copied`
    const char *copied;
    head_state head;
    bool is_broken; // brackets or blocks do not fit: Lua will refuse it, so leave it as it is
    size_t count;   // of what is open
    open_kind open[OPEN_MAX];
} reader;

static toc_err read_token(reader *r);
static void insert(reader *r, const char *text);
static void open_one(reader *r, open_kind kind);
static void close_one(reader *r, open_kind kind);
static bool is_in_head(const reader *r);
static toc_err read_text(reader *r, char quote);
static toc_err read_long(reader *r, bool is_text);
static toc_err read_name(reader *r);
static toc_err read_number(reader *r);
static toc_err read_other(reader *r);

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static char peek(const reader *r, size_t ahead)
{
    return (size_t)(r->end - r->p) > ahead ? r->p[ahead] : '\0';
}

// Passes one character, counting lines as Lua does: \r\n and \n\r are one.
static void pass(reader *r)
{
    char c = *r->p++;
    if (c != '\n' && c != '\r')
        return;
    r->line++;
    char next = peek(r, 0);
    if ((next == '\n' || next == '\r') && next != c)
        r->p++;
}

static void pass_line(reader *r)
{
    while (r->p < r->end && *r->p && *r->p != '\n' && *r->p != '\r')
        r->p++;
}

static toc_err refuse(const reader *r, int line, const char *why)
{
    return toc_fail(r->e, TOC_ESCENARIO, "%s:%d: %s", r->path, line, why);
}

// The level of a long bracket that starts here ([[ is 0), or -1.
static int long_level(const reader *r)
{
    size_t n = 1;
    if (peek(r, 0) != '[')
        return -1;
    while (peek(r, n) == '=')
        n++;
    return peek(r, n) == '[' ? (int)n - 1 : -1;
}

toc_err toc_source_check(const char *path, const char *text, size_t len, toc_buf *safe,
                         toc_error *e)
{
    reader r = {.path = path,
                .text = text,
                .p = text,
                .end = text + len,
                .line = 1,
                .e = e,
                .out = safe,
                .copied = text};
    if (len > 0 && *text == '\33')
        return refuse(&r, 1, "this is compiled Lua; scenarios are read from their source only");
    toc_err err = TOC_OK;
    while (!err && r.p < r.end)
        err = read_token(&r);
    if (err || r.is_broken || r.count > 0)
        toc_buf_clear(safe);
    else if (safe->len > 0)
        toc_buf_add(safe, r.copied, (size_t)(r.end - r.copied));
    return err;
}

static toc_err read_token(reader *r)
{
    char c = *r->p;
    if (c == '-' && peek(r, 1) == '-') {
        r->p += 2;
        if (long_level(r) >= 0)
            return read_long(r, false);
        pass_line(r);
        return TOC_OK;
    }
    if (is_name_start(c))
        return read_name(r);
    if (strchr(" \t\r\n\f\v", c) && c) {
        pass(r);
        return TOC_OK;
    }
    if (c == '=' && peek(r, 1) != '=' && r->head == HEAD_NAME) {
        r->p++;
        insert(r, "1*(");
        open_one(r, OPEN_HEAD);
        r->head = HEAD_NONE;
        return TOC_OK;
    }
    r->head = HEAD_NONE;
    if (c == '"' || c == '\'')
        return read_text(r, c);
    if (long_level(r) >= 0)
        return read_long(r, true);
    return is_digit(c) ? read_number(r) : read_other(r);
}

static toc_err read_number(reader *r)
{
    const char *start = r->p;
    while (is_digit(peek(r, 0)))
        r->p++;
    // 0:05 and 15m are no Lua, whatever stands around them.
    bool is_time =
        (peek(r, 0) == ':' && is_digit(peek(r, 1))) || (peek(r, 0) && strchr("dhms", peek(r, 0)));
    if (!is_time) {
        while (is_digit(peek(r, 0)) || is_name_start(peek(r, 0)) || peek(r, 0) == '.')
            r->p++;
        return TOC_OK;
    }
    while (is_digit(peek(r, 0)) || is_name_start(peek(r, 0)) || peek(r, 0) == ':')
        r->p++;
    bool has_t = start - r->text >= 2 && start[-1] == '+' && start[-2] == 'T';
    start -= has_t ? 2 : 0;
    size_t len = (size_t)(r->p - start);
    return toc_fail(r->e, TOC_ESCENARIO, "%s:%d: times are written in quotes: \"%.*s\"", r->path,
                    r->line, (int)(len < 40 ? len : 40), start);
}

// Inserts text before r->p.
static void insert(reader *r, const char *text)
{
    toc_buf_add(r->out, r->copied, (size_t)(r->p - r->copied));
    toc_buf_str(r->out, text);
    r->copied = r->p;
}

static void open_one(reader *r, open_kind kind)
{
    if (r->count == OPEN_MAX)
        r->is_broken = true;
    else
        r->open[r->count++] = kind;
}

static void close_one(reader *r, open_kind kind)
{
    if (r->count > 0 && r->open[r->count - 1] == kind)
        r->count--;
    else
        r->is_broken = true;
}

static bool is_in_head(const reader *r)
{
    return r->count > 0 && r->open[r->count - 1] == OPEN_HEAD;
}

static toc_err check_length(const reader *r, int line, size_t len)
{
    if (len > TOC_SCRIPT_TEXT_MAX)
        return refuse(r, line, "a text of more than 64 KiB; put it into a file of its own");
    return TOC_OK;
}

// Does the escape after the backslash at p[-1] stand for a NUL byte? \0 \00 \000 \x00 \u{0…}
static bool is_nul_escape(const reader *r)
{
    if (peek(r, 0) == 'x')
        return peek(r, 1) == '0' && peek(r, 2) == '0';
    size_t n = 0;
    if (peek(r, 0) == 'u' && peek(r, 1) == '{') {
        n = 2;
        while (peek(r, n) == '0')
            n++;
        return n > 2 && peek(r, n) == '}';
    }
    while (n < 3 && peek(r, n) == '0')
        n++;
    return n > 0 && (n == 3 || !is_digit(peek(r, n)));
}

static toc_err read_text(reader *r, char quote)
{
    int line = r->line;
    size_t len = 0; // no less than the text has: an escape counts with all its characters
    r->p++;
    while (r->p < r->end && *r->p != quote) {
        if (*r->p == '\n' || *r->p == '\r')
            return TOC_OK; // not finished; Lua says so
        bool is_escape = *r->p == '\\';
        if (is_escape)
            r->p++;
        if (peek(r, 0) == '\0' || (is_escape && is_nul_escape(r)))
            return refuse(r, r->line, "a NUL byte in a text");
        bool is_skip = is_escape && *r->p == 'z'; // all white space that follows, line ends too
        pass(r);
        len++;
        while (is_skip && peek(r, 0) && strchr(" \t\r\n\f\v", *r->p))
            pass(r);
    }
    if (r->p < r->end)
        r->p++;
    return check_length(r, line, len);
}

static toc_err read_long(reader *r, bool is_text)
{
    int line = r->line;
    size_t width = (size_t)long_level(r) + 2;
    r->p += width;
    const char *start = r->p;
    for (; r->p < r->end; pass(r)) {
        if (*r->p == '\0')
            return refuse(r, r->line, "a NUL byte in the source");
        if (*r->p != ']' || peek(r, width - 1) != ']')
            continue;
        size_t n = 1;
        while (peek(r, n) == '=')
            n++;
        if (n != width - 1)
            continue;
        size_t len = (size_t)(r->p - start);
        r->p += width;
        return is_text ? check_length(r, line, len) : TOC_OK;
    }
    return TOC_OK; // not finished; Lua says so
}

static bool is_word(const char *start, size_t len, const char *word)
{
    return strlen(word) == len && memcmp(start, word, len) == 0;
}

static toc_err read_name(reader *r)
{
    const char *start = r->p;
    while (is_name_start(peek(r, 0)) || is_digit(peek(r, 0)))
        r->p++;
    size_t len = (size_t)(r->p - start);
    if (is_word(start, len, "_ENV"))
        return refuse(r, r->line, "_ENV is not available in scenarios");
    r->head = is_word(start, len, "for") ? HEAD_FOR : r->head == HEAD_FOR ? HEAD_NAME : HEAD_NONE;
    if (is_word(start, len, "do") && is_in_head(r)) {
        r->p = start;
        insert(r, ")");
        r->p += len;
        close_one(r, OPEN_HEAD);
    }
    if (is_word(start, len, "function") || is_word(start, len, "if") || is_word(start, len, "do") ||
        is_word(start, len, "repeat"))
        open_one(r, OPEN_BLOCK);
    else if (is_word(start, len, "end") || is_word(start, len, "until"))
        close_one(r, OPEN_BLOCK);
    return TOC_OK;
}

// U+2018 to U+201F, which word processors write.
static bool is_curly_quote(const reader *r)
{
    unsigned char last = (unsigned char)peek(r, 2);
    return peek(r, 0) == '\xE2' && peek(r, 1) == '\x80' && last >= 0x98 && last <= 0x9F;
}

static toc_err read_other(reader *r)
{
    char c = *r->p;
    char next = peek(r, 1);
    const char *why = NULL;
    if (c == '\0')
        why = "a NUL byte in the source";
    else if (c == '&')
        why = next == '&'
                  ? "'&&' is not Lua; write and"
                  : "scenarios have no bit operators; for conditions write and instead of &";
    else if (c == '|')
        why = next == '|' ? "'||' is not Lua; write or"
                          : "scenarios have no bit operators; for conditions write or instead of |";
    else if (c == '~' && next != '=')
        why = "scenarios have no bit operators; 'not equal' is ~= and 'not' is not";
    else if ((c == '<' || c == '>') && next == c)
        why = "scenarios have no bit operators such as << and >>";
    else if (c == '!')
        why = next == '=' ? "'!=' is not Lua; write ~=" : "'!' is not Lua; write not";
    else if (is_curly_quote(r))
        why = "a curly quote; texts stand in straight ones: \"";
    if (why)
        return refuse(r, r->line, why);
    if (c == ',' && is_in_head(r)) {
        insert(r, ")");
        r->p++;
        insert(r, "1*(");
        return TOC_OK;
    }
    if (c == '(' || c == '{' || c == '[')
        open_one(r, OPEN_BRACKET);
    else if (c == ')' || c == '}' || c == ']')
        close_one(r, OPEN_BRACKET);
    pass(r);
    if (c == '~')
        r->p++; // the = of ~=
    return TOC_OK;
}
