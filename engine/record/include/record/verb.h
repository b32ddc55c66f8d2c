// SPDX-License-Identifier: MIT
#ifndef TOC_VERB_H
#define TOC_VERB_H

// The typed language of acts: one line of text is one input. People type it at the plain terminal
// and write it in .plan files; both are read here. What a line says of things only the reader of a
// feed knows (which item, which of the options) is left for toc_act_item and toc_act_answer. Pure.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "record/event.h"

enum { TOC_ACT_MAX = 16384 }; // bytes of a line

typedef enum {
    TOC_ROLE_PARTICIPANT = 1,
    TOC_ROLE_EXCON = 2,
    TOC_ROLE_SIMCELL = 4,
    TOC_ROLE_EVALUATOR = 8,
    TOC_ROLE_BOARD = 16,
} toc_role;

toc_role toc_role_find(const char *name); // "participant" …; 0 for none

// A row of the table of verbs. Help, messages and completions are made from it.
typedef struct {
    const char *name;
    const char *form; // "decide D-01 OPTION [because …]"
    const char *help; // what it does, a few words
    unsigned roles;   // who may say it
} toc_verb;

const toc_verb *toc_verb_at(size_t i);           // NULL past the last
const toc_verb *toc_verb_find(const char *word); // capitals do not matter; NULL for none

typedef struct {
    toc_event input; // kind and fields, without by, wall and id
    char *item;      // what is read, acknowledged, forwarded or answered: "13" or "INJ-09"; or NULL
    toc_field item_field; // TOC_F_ITEM or TOC_F_RE: where its number belongs
    char *answer;         // decide, rule: "isolate", "2", "other: …", free text; or NULL
    char *file;           // its text stands in that file ("@report.txt"); or NULL
    bool wants_text;      // it has none yet, and needs one: `submit report`, `edit INJ-04 text`
    bool is_relative;     // move, extend: UNTIL is by_ms after what it is now
    int64_t by_ms;
} toc_act;

// toc_act_parse reads one line. TOC_EUSAGE says what is missing, and the right form.
toc_err toc_act_parse(toc_act *out, const char *line, toc_error *e);
void toc_act_copy(toc_act *to, const toc_act *from); // to is uninitialised
void toc_act_fini(toc_act *a);

// toc_act_answer settles what an answer means, once the options are known (pairs of id and text;
// none: the decision takes free text): option or text of a decide, ruling of a rule. An answer of
// one's own where there are options is the option "other" and its text.
toc_err toc_act_answer(toc_act *a, char *const *options, size_t pairs, toc_error *e);

// toc_act_item puts in the number that item stands for.
void toc_act_item(toc_act *a, int64_t number);

// toc_act_text puts in the text of the file, or the one that it wants. TOC_EUSAGE: it is empty, too long
// or no text.
toc_err toc_act_text(toc_act *a, const char *text, size_t len, toc_error *e);

// toc_act_time settles a relative time, once the present one is known.
void toc_act_time(toc_act *a, int64_t present);

// toc_act_whole: TOC_EUSAGE says what an act still lacks that only its terminal can give: a text, a time.
toc_err toc_act_whole(const toc_act *a, toc_error *e);

#endif
