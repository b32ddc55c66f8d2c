// SPDX-License-Identifier: MIT
#ifndef TOC_VALUES_H
#define TOC_VALUES_H

// Reading one value of a declaration. Private to values.c, times.c and options.c.

#include "host.h"

typedef struct {
    toc_scenario *s;
    lua_State *L; // the value is on top
    toc_draft *draft;
    const toc_schema_key *key;
    toc_draft_value *out;
    toc_where at; // the value
} toc_reading;

// toc_value_wrong tells that the value is of the wrong kind: `title must be text, not 7`.
toc_problem *toc_value_wrong(const toc_reading *r, const char *wanted);
// toc_value_text_ok is true for a text that can be shown; else it has told why not. at is where it
// stands, what its name, most its length in bytes: TOC_LINE_TEXT_MAX for what must be one line.
bool toc_value_text_ok(const toc_reading *r, toc_where at, const char *what, const char *text,
                       size_t len, size_t most);
// toc_value_text gives the value on top as it stands there, for a message.
const char *toc_value_text(lua_State *L, char out[TOC_QUOTE_SIZE]);
bool toc_value_is_sequence(lua_State *L, int index); // a table with the keys 1 … n and no others

// times.c, options.c
void toc_value_time(const toc_reading *r);
void toc_options_read(const toc_reading *r);

#endif
