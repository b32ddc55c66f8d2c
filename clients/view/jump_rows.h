// SPDX-License-Identifier: MIT
#ifndef TOC_JUMP_ROWS_H
#define TOC_JUMP_ROWS_H

// The rows of a jump: what it would do, in the order of play, and what was chosen about that. Pure.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "record/json.h"
#include "view/situation.h"

typedef enum {
    TOC_FATE_INFO, // it happens; nothing is to be chosen
    TOC_FATE_SEND,
    TOC_FATE_CUE,   // a controller gets its cue
    TOC_FATE_HELD,  // it waits for EXCON as it is
    TOC_FATE_HOLD,  // chosen
    TOC_FATE_SKIP,  // chosen
    TOC_FATE_LAPSE, // a decision without an answer
    TOC_FATE_KEEP,  // chosen: it keeps its time
} toc_fate;

typedef struct {
    char *key;          // "INJ-04", "D-03"; "#7" where nothing is to be chosen
    char *text;         // foreign words in it
    int64_t t;          // play ms
    toc_fate by_itself; // what becomes of it if nothing is chosen
    toc_fate fate;
} toc_jump_row;

// A service whose level is another one after the jump; levels in ppm.
typedef struct {
    char *service;
    int64_t from, to;
} toc_jump_change;

typedef struct {
    toc_jump_row *rows;
    size_t count, capacity;
    int64_t levels; // how many level changes
    toc_jump_change *changes;
    size_t change_count, change_capacity;
    int64_t untold; // changes that the desk had no room for
    int64_t at;     // play ms for which the desk said all this; -1: it has not
} toc_jump_rows;

void toc_jump_rows_fini(toc_jump_rows *r);
// toc_jump_rows_take takes the desk's answer. What was chosen before stays, though the answer does
// not tell of it any more.
void toc_jump_rows_take(toc_jump_rows *r, const toc_json *answer);
// toc_jump_rows_want chooses about a row that the desk has not told of yet: hold, skip or keep.
// text: what its line says.
void toc_jump_rows_want(toc_jump_rows *r, const char *key, const char *text, int64_t t,
                        toc_fate fate);
// toc_jump_rows_cycle gives a row its next fate; false: there is none to choose.
bool toc_jump_rows_cycle(toc_jump_rows *r, size_t i);
bool toc_jump_rows_choose(toc_jump_rows *r, size_t i, toc_fate fate);
size_t toc_jump_rows_with(const toc_jump_rows *r, toc_fate fate);
// toc_jump_rows_list appends the keys of those with a fate, as JSON: ["INJ-04"]
void toc_jump_rows_list(const toc_jump_rows *r, toc_fate fate, toc_buf *out);
// toc_jump_rows_sum: "sends 6, holds 1, skips 0, lets 1 decision lapse, 12 levels change"
void toc_jump_rows_sum(const toc_jump_rows *r, toc_buf *out);
// toc_jump_rows_changes: "light 100 % → 0 %, water 50 % → 100 % and 7 more", in so many columns; the
// services by name. Nothing where no level changes for good.
void toc_jump_rows_changes(const toc_jump_rows *r, const toc_situation *s, int columns,
                           toc_buf *out);
const char *toc_fate_name(toc_fate fate);

#endif
