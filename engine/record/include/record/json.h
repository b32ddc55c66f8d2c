// SPDX-License-Identifier: MIT
#ifndef TOC_JSON_READ_H
#define TOC_JSON_READ_H

// Reading JSON, strictly: valid UTF-8 without a byte order mark, no C0 controls outside escapes, no
// \u0000, no lone surrogates, no duplicate keys, nothing after the value, bounded size, depth and
// tokens. Numbers are integers within ±(2^53-1) in the one shortest form: 1.0, 1e3, -0 and 007 are
// refused, so that no double ever decides what a number was. Nodes are borrowed from their
// document.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef struct toc_json toc_json;

typedef struct {
    size_t bytes;
    int depth;  // of containers in each other; below 1,000
    int tokens; // values, containers and keys, each counted once
} toc_json_limits;

#define TOC_JSON_DESK    ((toc_json_limits){65536, 16, 2000})   // what a stranger may send
#define TOC_JSON_JOURNAL ((toc_json_limits){1048576, 4, 20000}) // one line of a journal
#define TOC_JSON_REPLY   ((toc_json_limits){1048576, 8, 50000}) // what the engine sends a client

typedef enum {
    TOC_JSON_NULL,
    TOC_JSON_BOOL,
    TOC_JSON_NUMBER,
    TOC_JSON_STRING,
    TOC_JSON_ARRAY,
    TOC_JSON_OBJECT,
} toc_json_type;

// toc_json_read: TOC_ELIMIT beyond a limit, TOC_EFORMAT for everything else, with the byte where it
// happened. text needs no NUL at its end. The caller owns *out.
toc_err toc_json_read(toc_json **out, const char *text, size_t len, toc_json_limits limits,
                      toc_error *e);
void toc_json_free(toc_json *document); // the root only; NULL is fine

// What asks a node may be given NULL: that is a null, empty, of no type else.

toc_json_type toc_json_kind(const toc_json *j);
const toc_json *toc_json_get(const toc_json *object, const char *key); // NULL if not there
const char *toc_json_text(const toc_json *j);                          // NULL unless a string
bool toc_json_int(const toc_json *j, int64_t *n);                      // false unless a number
bool toc_json_true(const toc_json *j);
const toc_json *toc_json_first(const toc_json *container); // first child, NULL for none
const toc_json *toc_json_next(const toc_json *child);
const char *toc_json_name(const toc_json *child); // the key of an object's child

#endif
