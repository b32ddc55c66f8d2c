// SPDX-License-Identifier: MIT
#ifndef TOC_SCHEMA_H
#define TOC_SCHEMA_H

// The language's declarations as one table: kinds, their keys, what a value may be, what it says.
// Whatever checks or describes declarations reads it; language.h has the rest of the language.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    TOC_DECL_EXERCISE,
    TOC_DECL_TEAM,
    TOC_DECL_PARTY,
    TOC_DECL_OBJECTIVE,
    TOC_DECL_INJECT,
    TOC_DECL_DECISION,
    TOC_DECL_SERVICE,
    TOC_DECL_REPAIR,
    TOC_DECL_PHASE,
    TOC_DECL_EXPECT,
    TOC_DECL_COUNT,
} toc_decl;

typedef enum {
    TOC_V_LINE,    // one line of text
    TOC_V_TEXT,    // text of many lines
    TOC_V_FN_TEXT, // the same, or a function that gives it
    TOC_V_NAME,    // one id
    TOC_V_WORD,    // one word, as people type it
    TOC_V_NAMES,   // an id, a list of them, or "all"
    TOC_V_PATHS,   // a path or a list of them
    TOC_V_OPTIONS, // { { id, text }, … }
    TOC_V_BOOL,
    TOC_V_COUNT,    // an integer from least to most
    TOC_V_FACTOR,   // a number, kept in thousandths from least to most
    TOC_V_PERCENT,  // a number, kept in ppm, from least to most
    TOC_V_MOMENT,   // "T+0:10", "story 08:00", "INJ-01 +5m", "INJ-01 +6h story"
    TOC_V_DEADLINE, // the same, "aware INJ-01 +24h story" and "met EXP-01 +1 month story"
    TOC_V_CLOCK,    // "07:00", "2022-02-25 07:00", in the zone of startex
    TOC_V_MINUTES,  // "4h": whole minutes of story time, from least to most
    TOC_V_SPAN,     // "15m", "24h story"
    TOC_V_DURATION, // "3h"
    TOC_V_STORY,    // "2022-02-24 03:00Z"
    TOC_V_FUNCTION,
    TOC_V_MANUAL, // one of a few words: toc_schema_words
    TOC_V_RULE,
    TOC_V_LABEL,
    TOC_V_NEEDS, // a list of tables with keys of their own: toc_schema_inner
    TOC_V_LEVELS,
} toc_value_kind;

typedef enum {
    TOC_KEY_TITLE,
    TOC_KEY_STARTEX,
    TOC_KEY_LENGTH,
    TOC_KEY_MARKING,
    TOC_KEY_PACE,
    TOC_KEY_BRIEF,
    TOC_KEY_NAME,
    TOC_KEY_SEATS,
    TOC_KEY_CONTACTS,
    TOC_KEY_NOTES,
    TOC_KEY_TEXT,
    TOC_KEY_TEAM,
    TOC_KEY_CAPABILITY,
    TOC_KEY_AT,
    TOC_KEY_FROM,
    TOC_KEY_TO,
    TOC_KEY_CHANNEL,
    TOC_KEY_URGENT,
    TOC_KEY_ATTACH,
    TOC_KEY_OBJECTIVE,
    TOC_KEY_RELEASE,
    TOC_KEY_VOICE,
    TOC_KEY_ACK,
    TOC_KEY_WITHIN,
    TOC_KEY_OPTIONS,
    TOC_KEY_DEFAULT,
    TOC_KEY_DOMAIN,
    TOC_KEY_USERS,
    TOC_KEY_LEVEL,
    TOC_KEY_RESTART,
    TOC_KEY_RULE,
    TOC_KEY_NEEDS,
    TOC_KEY_SEEN_BY,
    TOC_KEY_PUBLIC,
    TOC_KEY_SOURCE,
    TOC_KEY_SERVICE,
    TOC_KEY_WORK,
    TOC_KEY_CREWS,
    TOC_KEY_STORY,
    TOC_KEY_BY,
    TOC_KEY_PRODUCT,
    TOC_KEY_MET,
    TOC_KEY_CONTINGENCY,
    TOC_KEY_STRENGTH,
    TOC_KEY_AUTONOMY,
    TOC_KEY_RECHARGE,
    TOC_KEY_GROUP,
    TOC_KEY_CLOSED,
    TOC_KEY_SWITCH,
    TOC_KEY_KIND,
} toc_key;

typedef struct {
    toc_key key;
    const char *name;
    toc_value_kind value;
    bool is_required;
    int64_t least, most; // COUNT, FACTOR, PERCENT, MINUTES; most of what is a list
    unsigned refers;     // whose ids it may be: a set of TOC_BIT and TOC_REF_…; 0: none
    const char *example; // a value, as it stands behind the =
    const char *help;    // what it says, in one line of Markdown
} toc_schema_key;

// What an id may be of, as a set: TOC_BIT of each kind, and words that stand in an id's place.
#define TOC_BIT(kind)   (1u << (kind))
#define TOC_REF_EXCON   (1u << 16) // "excon"
#define TOC_REF_ALL     (1u << 17) // "all"
#define TOC_REF_NONE    (1u << 18) // "none"
#define TOC_REF_OPTION  (1u << 19) // an option of the same decision
#define TOC_REF_PARTY   (1u << 20) // or any text: who speaks
#define TOC_REF_CONTROL (1u << 21) // "simcell", or a seat of a controller
#define TOC_REF_SPEAKER (TOC_BIT(TOC_DECL_TEAM) | TOC_BIT(TOC_DECL_PARTY) | TOC_REF_EXCON)

// The first value of a table that has it without a key: { "grid.north", autonomy = "4h" }.
#define TOC_FIRST "[1]"

#define TOC_SCHEMA_KEYS_MAX 14

typedef struct {
    const char *name; // "inject"
    const char *plural;
    size_t most;                              // declarations of this kind
    const char *form;                         // how one is written, for messages
    const char *help;                         // what it is, in a sentence or two
    toc_schema_key keys[TOC_SCHEMA_KEYS_MAX]; // up to a name of NULL
} toc_schema_row;

const toc_schema_row *toc_schema(toc_decl kind);
const char *toc_schema_noun(toc_decl kind); // what one is called: "inject", "expectation"
size_t toc_schema_key_count(const toc_schema_row *row);
// toc_schema_slot gives the position of a key in its row.
size_t toc_schema_slot(const toc_schema_row *row, toc_key key);

// toc_schema_inner gives the row of what stands in a list of tables, NULL for other values;
// toc_schema_words the words a value may be, up to NULL, and NULL where it may be others.
const toc_schema_row *toc_schema_inner(toc_value_kind value);
const char *const *toc_schema_words(toc_value_kind value);

#endif
