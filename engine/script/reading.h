// SPDX-License-Identifier: MIT
#ifndef TOC_READING_H
#define TOC_READING_H

// A source read for the mistakes of its writing. It goes past each mistake as if it were mended, so
// that the next one is found too: slips.c gives the words (curly quotes, times without quotes and the
// like are texts there), grammar.c reads them as Lua would and grammar_mend.c tells what is missing or
// too much, unknown.c looks at the names. All of them tell problems at places of the author's own text.
//
// Nothing of this decides what runs: toc_sandbox_compile does, on the text as it is or as mended.

#include "base/buf.h"
#include "script/problems.h"
#include "tokens.h"

// One change to the source; none of them overlap.
typedef struct {
    size_t at, len;
    char *text;
    bool is_certain; // it mends what Lua may take
} toc_mend;

// A use of a name that the file does not declare.
typedef enum { TOC_FREE_READ, TOC_FREE_ASSIGNED, TOC_FREE_FUNCTION } toc_free_kind;
typedef struct {
    toc_free_kind kind;
    size_t word;
} toc_free_name;

typedef struct {
    const char *path;
    const char *text; // without a byte order mark
    size_t len;
    toc_token *words; // the last is TOC_TOKEN_END
    size_t word_count, word_capacity;
    toc_problems slips;   // if Lua does not take the text, this is why
    toc_problems certain; // wrong although Lua may take it
    toc_mend *mends;
    size_t mend_count, mend_capacity;
    toc_free_name *names;
    size_t name_count, name_capacity;
    size_t *own; // words that declare names of the author's own
    size_t own_count, own_capacity;
    bool (*is_known)(const void *known, const char *name, size_t len); // in the language
    const void *known;
    struct toc_map *assigned; // while unknown.c is at work
    bool is_guess;            // mended by guess: it may be read, but what it does means nothing
    bool is_lost;             // not read to the end
    bool is_cut;              // there were too many mistakes: what follows is not known
} toc_reading;

// toc_reading_words fills words (slips.c), toc_reading_grammar reads them (grammar.c).
void toc_reading_words(toc_reading *r);
void toc_reading_grammar(toc_reading *r);
void toc_reading_fini(toc_reading *r);

// toc_reading_problem tells a problem that underlines the bytes from begin to end (one character if
// there are none, at most to the end of the line). After many problems it says no more, and is_lost.
// The result is never NULL.
toc_problem *toc_reading_problem(toc_reading *r, const char *code, const char *begin,
                                 const char *end, const char *format, ...) TOC_PRINTF(5, 6);
// toc_reading_certain does the same for what is wrong even if Lua takes it.
toc_problem *toc_reading_certain(toc_reading *r, const char *code, const char *begin,
                                 const char *end, const char *format, ...) TOC_PRINTF(5, 6);

// toc_reading_mend replaces the bytes from begin to end while reading goes on.
void toc_reading_mend(toc_reading *r, const char *begin, const char *end, const char *format, ...)
    TOC_PRINTF(4, 5);
// toc_reading_fix says that the underlined bytes from begin to end should be text, and mends. If the
// problem has no help yet, that is to write it.
void toc_reading_fix(toc_reading *r, toc_problem *problem, const char *begin, const char *end,
                     const char *format, ...) TOC_PRINTF(5, 6);
// toc_reading_insert does so for something missing behind the character that ends at end: that
// character is what is underlined.
void toc_reading_insert(toc_reading *r, toc_problem *problem, const char *end, const char *text);
// toc_reading_show appends the line of begin to problem's help, with text in place of the bytes.
void toc_reading_show(toc_reading *r, toc_problem *problem, const char *begin, const char *end,
                      const char *text);

// toc_reading_mended appends the source with all mends.
void toc_reading_mended(toc_reading *r, toc_buf *out);

const char *toc_reading_line_end(const toc_reading *r, const char *p);
const char *toc_reading_line_start(const toc_reading *r, const char *p);
// The line and column of a place, from 1.
void toc_reading_place(const toc_reading *r, const char *p, int *line, int *column);

// toc_reading_plain forgets what is wrong only if Lua does not take the text.
void toc_reading_plain(toc_reading *r);

// toc_reading_names tells of names that nothing has, in certain (unknown.c); inside of a protected call.
struct lua_State;
void toc_reading_names(toc_reading *r, struct lua_State *L);

// toc_encoding_check is false if these bytes are no text that can be read, and tells so. *skip gets
// the length of a byte order mark.
bool toc_encoding_check(toc_problems *problems, const char *path, const char *text, size_t len,
                        size_t *skip);

// slips_text.c: reads what begins with a quote of any shape at t->p, or gives false.
bool toc_slips_text(toc_reading *r, toc_tokens *t);
// toc_slips_delimiters gives the quotes that hold this body: straight ones, or [[ ]].
const char *toc_slips_delimiters(const char *p, const char *end, const char **close);
// toc_slips_is_end: can a text be over right before p?
bool toc_slips_is_end(const toc_reading *r, const char *p);
// slips_sign.c: characters and signs that Lua has not.
bool toc_slips_sign(toc_reading *r, toc_tokens *t);
// slips_number.c: times, percentages, numbers that go on as words.
bool toc_slips_number(toc_reading *r, toc_tokens *t);
// toc_slips_time writes a time as it is written in the language: "15 min" is 15m.
void toc_slips_time(char *out, size_t size, const char *text, size_t len);
// toc_slips_word adds a word from t->p to end that reads as start (a static text, or the source).
toc_token *toc_slips_word(toc_reading *r, toc_tokens *t, toc_token_kind kind, const char *end,
                          const char *start, size_t len);

#endif
