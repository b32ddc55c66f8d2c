// SPDX-License-Identifier: MIT
#ifndef TOC_TEXT_H
#define TOC_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

// Text from people, scenarios, files and sockets is never trusted. Two gates: toc_utf8_valid where
// text comes in (it is refused there), toc_text_visible where it is shown.

// toc_utf8_valid: strict UTF-8 (no overlong forms, surrogates, or code points above U+10FFFF) with
// no NUL. *bad (may be NULL) gets the offset of the first bad byte.
bool toc_utf8_valid(const char *s, size_t len, size_t *bad);

// toc_text_encoding names what s is probably saved in, if it is not UTF-8 text: "UTF-16 (…)",
// "Latin-1 or Windows-1252", "a document of an office program"; NULL if it is UTF-8, or nothing known.
const char *toc_text_encoding(const char *s, size_t len);

// toc_utf8_clean is true for valid UTF-8 without C0 controls other than \n and \t, and without DEL:
// what is accepted in a scenario's texts and in what people type.
bool toc_utf8_clean(const char *s, size_t len);

// toc_utf8_next decodes the character at s[0] (len > 0) into *cp and gives its length in bytes. For a
// bad one *cp is TOC_CP_BAD, and the length is that of what cannot begin any character.
#define TOC_CP_BAD UINT32_MAX
size_t toc_utf8_next(const char *s, size_t len, uint32_t *cp);

// toc_text_visible appends s so that a terminal, a page or a cell shows just what is there:
// bad bytes become U+FFFD; C0 and DEL become control pictures (U+2400…), except \n where multiline;
// C1, bidirectional controls, zero-width and invisible characters, line and paragraph separators,
// tags, variation selectors, noncharacters and private use become <U+202E>; of a run of combining
// marks two stay, the rest become <U+0301>, and so does a mark with nothing before it in its line.
// One U+FE0F stays after a character that has an emoji form. The output is valid UTF-8, and showing
// it again changes nothing.
void toc_text_visible(toc_buf *out, const char *s, size_t len, bool multiline);

// toc_text_html appends the same, escaped for HTML: content, and values in quotes.
void toc_text_html(toc_buf *out, const char *text, size_t len, bool multiline);

// toc_text_marked: light Markdown. The length of what stands between marks (one star or two) that begin at s, or 0 if they do not close.
size_t toc_text_marked(const char *s, size_t len, size_t marks);

// toc_text_block does toc_text_visible for a body of many lines and puts gutter before each line,
// so that nobody can forge a line of ours. No line is wider than width columns, the gutter counted
// (0: not wrapped; at least 3 columns of text are used): a line breaks at a space, which is dropped,
// or else between characters. Each line ends with \n; an empty body gives no line.
void toc_text_block(toc_buf *out, const char *s, size_t len, const char *gutter, int width);

// toc_text_columns counts the terminal columns of s, which is visible text without \n. Where
// terminals differ it gives the larger number.
int toc_text_columns(const char *s, size_t len);

// toc_text_quote puts s, visible, on one line, in double quotes and cut to 40 characters, into out,
// for an error's text. Gives out.
#define TOC_QUOTE_SIZE 128
const char *toc_text_quote(char out[TOC_QUOTE_SIZE], const char *s);

// toc_text_near gives the name in names[0..count) that a person probably meant by word, or NULL:
// the least edit distance (with transpositions; upper and lower case of ASCII are the same), at most
// a third of the word's length, at least 1, and never all of it. Of equals the first.
const char *toc_text_near(const char *word, const char *const *names, size_t count);

#endif
