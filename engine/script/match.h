// SPDX-License-Identifier: MIT
#ifndef TOC_MATCH_H
#define TOC_MATCH_H

// Lua's patterns, matched by a machine that counts its steps and can be told when to give up: stock
// string.find has patterns that never end, and no hook interrupts C. A pattern is a row of items;
// those that may take a varying number of characters remember their choice in the item itself, so
// backtracking needs neither recursion nor a stack, whatever the pattern. Knows no Lua state and
// allocates nothing.
//
// The dialect is Lua 5.4's: . %a %c %d %g %l %p %s %u %w %x [sets] * + - ? %b %f %1 captures ^ $.
// Classes are those of the C locale, always. A malformed pattern is refused before it is used, where
// stock Lua notices only what it comes across.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TOC_PATTERN_MAX      1024 // bytes of a pattern
#define TOC_PATTERN_CAPTURES 32   // as in Lua
#define TOC_CAPTURE_POSITION ((size_t)-1)

typedef struct toc_pattern toc_pattern;

// toc_pattern_size is the room that a pattern of len bytes needs; toc_pattern_compile fills it.
// With has_anchor a leading ^ is an anchor (find, match, gsub), else a character (gmatch). It gives
// NULL, or what is wrong with the pattern. While a pattern is being matched it cannot be used for
// another match.
size_t toc_pattern_size(size_t len);
const char *toc_pattern_compile(toc_pattern *p, const char *text, size_t len, bool has_anchor);
bool toc_pattern_is_anchored(const toc_pattern *p);
int toc_pattern_captures(const toc_pattern *p);

typedef struct {
    size_t at;  // offset in the subject
    size_t len; // or TOC_CAPTURE_POSITION for ()
} toc_capture;

typedef struct {
    toc_pattern *pattern;
    const char *subject;
    size_t len;
    int64_t steps; // that may still be made; below 0: the matcher gave up, and there is no answer
    size_t start;  // of the match that was found
    size_t end;
    toc_capture captures[TOC_PATTERN_CAPTURES];
} toc_match;

// toc_match_at looks for a match that starts at an offset; toc_match_find for the first one at or
// after it (only there, if the pattern is anchored). False when there is none or steps ran out.
bool toc_match_at(toc_match *m, size_t at);
bool toc_match_find(toc_match *m, size_t from);

#endif
