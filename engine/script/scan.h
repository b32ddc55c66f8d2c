// SPDX-License-Identifier: MIT
#ifndef TOC_SCAN_H
#define TOC_SCAN_H

// What the scans of a source share: its words, and the names that are the author's own. Private to
// engine/script.

#include "base/map.h"
#include "host.h"
#include "language.h"
#include "reading.h"
#include "uses.h"

typedef struct {
    toc_scenario *s;
    const char *path;
    toc_token *at; // all words, the last is TOC_TOKEN_END, and some more of it
    size_t count, capacity;
    toc_map *declared;    // names of the author's own in this file
    toc_map *known;       // of the language, as far as they were met
    bool is_mended;       // it was read as mended: its words may be what was meant
    toc_reading *reading; // whose words these are, of a mended file
} toc_scan;

// How many words may be looked at ahead without care for the end of the file.
#define TOC_SCAN_AHEAD 8

toc_problem *toc_scan_tell(toc_scan *c, const char *code, const toc_token *t, const char *format,
                           ...) TOC_PRINTF(4, 5);
// toc_scan_copy copies a text that means what is written; false for others and long ones.
bool toc_scan_copy(char out[TOC_LINE_TEXT_MAX + 1], const toc_token *t);

// toc_scan_form writes how a word is called, with ids of this scenario: set("grid", 20).
#define TOC_SCAN_FORM_MAX 200
const char *toc_scan_form(const toc_scan *c, const toc_word *word, char out[TOC_SCAN_FORM_MAX]);

// scan_calls.c: looks at the call of a word of the language, at i: how much it is given, and what.
void toc_scan_call(toc_scan *c, size_t i);
// toc_scan_is_echo: is there a mistake in the words from first to last already, but for what leaves
// their meaning?
bool toc_scan_is_echo(const toc_scan *c, const toc_token *first, const toc_token *last);
// scan_ids.c: tells of an id at text that nothing of kinds has; true if that is so.
bool toc_scan_id(toc_scan *c, const char *verb, unsigned kinds, const toc_token *text);
// scan_code.c: looks at what stands at i otherwise: comparisons, conditions that give nothing.
void toc_scan_code(toc_scan *c, size_t i);
// scan_code.c: tells of answers that are taken for what they are not.
void toc_scan_answers(toc_scenario *s, const toc_uses *u);

// source_load.c: the words of a source as they are meant. End r with toc_reading_fini.
void toc_source_words(toc_sandbox *s, const char *path, const char *text, size_t len,
                      toc_reading *r);

#endif
