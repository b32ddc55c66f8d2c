// SPDX-License-Identifier: MIT
#ifndef TOC_LOCATE_H
#define TOC_LOCATE_H

// Where in the author's text something of a declaration stands: its id, a key, a value, an entry of a
// list, a key within that. Reading a scenario keeps only a declaration's line, so that nothing is paid
// for while nothing is wrong; the rest is found again here, among the words of the file, which are read
// at the first question about it.

#include <stdbool.h>
#include <stddef.h>

#include "base/files.h"

typedef struct toc_locator toc_locator;

typedef struct {
    int line;
    int column;      // in characters, from 1
    int width;       // in characters, at least 1, on that line
    bool is_literal; // it is one text, number or name as it stands: a fix can take its place
} toc_spot;

typedef enum {
    TOC_WHERE_HEAD,  // inject "INJ-07"
    TOC_WHERE_ID,    // "INJ-07"
    TOC_WHERE_KEY,   // the last of the names below
    TOC_WHERE_VALUE, // what stands there
} toc_where_kind;

// Down from the declaration's table: {VALUE, .key = "needs", .item = 2, .inner = "strength"} is 130 in
// needs = { { "a" }, { "b", strength = 130 } }. Numbers count from 1; 0 and NULL: no further down.
typedef struct {
    toc_where_kind kind;
    const char *key;
    size_t item;        // of the list that key is; without a key, of the declaration's own table
    const char *inner;  // a key of that entry
    size_t inner_item;  // or one of its values without a key
    const char *inside; // these characters of the text that stands there
    size_t inside_nth;  // the so manieth of them, from 0
} toc_where;

// The files are borrowed and must stay as they are.
toc_locator *toc_locator_new(const toc_files *files);
void toc_locator_free(toc_locator *l);

// toc_locate finds where in the declaration WORD "id" whose call was at file and line; nth: of those
// with this word and id on that line, from 0. What cannot be found (a value that is computed, an entry
// that another file gave) is told by the nearest that can be: the value around it, then the head.
// False: there is no such declaration, as one made by a function or in a loop with an id put together.
bool toc_locate(toc_locator *l, const char *file, int line, const char *word, const char *id,
                size_t nth, toc_where where, toc_spot *out);

// toc_locate_call finds the first WORD on that line; argument 0 is the word itself, 1 what it is first
// given, 2 the second, in brackets.
bool toc_locate_call(toc_locator *l, const char *file, int line, const char *word, int argument,
                     toc_spot *out);

// toc_locate_bytes: the characters of length len at data + offset of a file, up to the end of their line.
bool toc_locate_bytes(const toc_file *f, size_t offset, size_t len, toc_spot *out);

#endif
