// SPDX-License-Identifier: MIT
#ifndef TOC_TOKENS_H
#define TOC_TOKENS_H

// A source as its words: names (keywords too), texts, numbers, symbols; comments are left out. It
// takes any bytes; what is no Lua comes out as symbols of one byte. Private to engine/script.

#include <stdbool.h>
#include <stddef.h>

typedef enum {
    TOC_TOKEN_END,
    TOC_TOKEN_NAME,
    TOC_TOKEN_TEXT,
    TOC_TOKEN_NUMBER,
    TOC_TOKEN_SYMBOL,
} toc_token_kind;

typedef struct {
    toc_token_kind kind;
    const char *start; // in the source; of a text what is between its quotes, as written
    size_t len;
    int line;      // where it begins, with its quotes
    int column;    // in characters, from 1
    int width;     // in characters, with its quotes, to the end of its first line
    bool is_plain; // a text that means what is written: in quotes, without a backslash
    bool
        is_open; // a text that is not closed: by the end of its line, or of the source if it is long
    const char *begin, *end; // in the source, with its quotes
} toc_token;

typedef struct {
    const char *p, *end;
    int line;
    const char *line_start; // found by itself
    int before;             // characters on this line before counted
    const char *counted;
} toc_tokens;

// toc_tokens_next gives the next token, TOC_TOKEN_END at the end and ever after. Begin with
// (toc_tokens){text, text + len, 1, NULL, 0, NULL}, the text from its first byte.
toc_token toc_tokens_next(toc_tokens *t);

// toc_tokens_skip passes one stretch of white space or one comment; false if there is none.
bool toc_tokens_skip(toc_tokens *t);
// toc_tokens_pass goes on to a place further on, counting lines.
void toc_tokens_pass(toc_tokens *t, const char *to);
// toc_tokens_long: the level of a long bracket that begins here ([[ is 0), or -1.
int toc_tokens_long(const toc_tokens *t);

bool toc_token_is(const toc_token *t, const char *word); // this name or symbol
// toc_token_is_keyword: one of Lua's 22 words that cannot be names.
bool toc_token_is_keyword(const toc_token *t);

#endif
