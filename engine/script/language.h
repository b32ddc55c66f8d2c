// SPDX-License-Identifier: MIT
#ifndef TOC_LANGUAGE_H
#define TOC_LANGUAGE_H

// The language beside its declarations (schema.h), as tables: what authors can call, what stands in
// double braces, how times are written, which events on() knows. Checks, editor files and the
// reference read these; test_describe proves that they tell of what there is, and of all of it.

#include <stdbool.h>
#include <stddef.h>

#include "record/event.h"
#include "schema.h"

typedef enum {
    TOC_WORD_PART,   // storyline, when, on
    TOC_WORD_ACTION, // of storylines: recorded
    TOC_WORD_QUERY,  // changes nothing
    TOC_WORD_FILE,   // file, require
    TOC_WORD_LUA,    // what is left of Lua's own: "assert", "string.format"
    TOC_WORD_GROUPS,
} toc_word_group;

// Where a word may stand, as a set.
#define TOC_IN_SCENARIO  1u // outside of functions, as the scenario is read
#define TOC_IN_STORYLINE 2u // also begun by when and on
#define TOC_IN_CONDITION 4u // of when, and met of expect
#define TOC_IN_TEXT      8u // the text of an inject
#define TOC_IN_ALL       15u

typedef struct {
    const char *name; // NULL: there are no more
    const char *type; // as LuaLS writes it
    unsigned refers;  // whose id it is, as in toc_schema_key; 0: it is none
    bool is_optional;
    bool is_repeated; // the last one: any number of it, at least one
} toc_parameter;

#define TOC_PARAMETERS_MAX 3

typedef struct {
    const char *name;
    toc_word_group group;
    unsigned where;
    const char *form; // how it is written, an example
    toc_parameter parameters[TOC_PARAMETERS_MAX];
    const char *gives; // what it gives, as LuaLS writes it; NULL: nothing
    const char *help;  // one line of Markdown
    bool is_curried;   // takes its parameters one call at a time: storyline "name" (function)
} toc_word;

const toc_word *toc_language_words(size_t *count); // group by group
// toc_language_verb finds what is called name, but for Lua's own; NULL if there is none.
const toc_word *toc_language_verb(const char *name);
const char *toc_language_group(toc_word_group group); // "Actions"

// A table that a word gives, or an event's: its fields.
typedef struct {
    const char *table, *name, *type, *help;
} toc_word_field;
const toc_word_field *toc_language_fields(size_t *count); // table by table

// {{word}} or {{word ID}}
typedef struct {
    const char *word;
    const char *form; // "level grid.north"
    unsigned refers;  // 0: it stands alone
    const char *help;
} toc_placeholder;
const toc_placeholder *toc_language_placeholders(size_t *count);

// How times are written, and which values take which.
typedef struct {
    toc_value_kind
        value;        // MOMENT (DEADLINE takes these, too), DEADLINE, SPAN, MINUTES, CLOCK, STORY
    const char *form; // "T+1:30"
    const char *help;
} toc_time_form;
const toc_time_form *toc_language_times(size_t *count);

// The kinds of events that on() knows.
typedef struct {
    toc_kind kind;
    const char *help;
} toc_event_row;
const toc_event_row *toc_language_events(size_t *count);

// toc_language_field_is_shown: a script gets this field of an event; toc_language_field_help says
// what it holds where its name does not, else NULL.
bool toc_language_field_is_shown(toc_field field);
const char *toc_language_field_help(toc_field field);

#endif
