// SPDX-License-Identifier: MIT
#ifndef TOC_BOARD_H
#define TOC_BOARD_H

// The list in the order of play: what was, the line of now, what waits for somebody, what comes by
// the clock, and last what has no time. Made anew for each screen from the desk's list and the
// picture.

#include "deeds.h"
#include "view_inside.h"

#define TOC_BOARD_NOW "now" // the key of the line of now

typedef enum {
    TOC_ENTRY_INJECT,
    TOC_ENTRY_PLANNED, // a decision that will be asked
    TOC_ENTRY_PHASE,
    TOC_ENTRY_QUESTION, // a decision that was asked
    TOC_ENTRY_NOW,
} toc_entry_kind;

typedef struct {
    toc_entry_kind kind;
    char *key;                    // an id, or TOC_BOARD_NOW
    const toc_msel_row *row;      // or NULL
    const toc_question *question; // or NULL
    int rank;                     // past, now, waiting, to come, without a time, never
    int64_t at;                   // play ms at which it stands; -1: none
} toc_entry;

typedef struct {
    toc_entry *at;
    size_t count, capacity;
    const char **keys;
} toc_board;

// toc_board_fill takes what passes the filter (NULL: all). Rows are borrowed until the next status or event.
void toc_board_fill(toc_board *b, toc_view *v, const char *filter);
void toc_board_fini(toc_board *b);
size_t toc_board_find(const toc_board *b, const char *key); // b->count: it is not there

bool toc_entry_waits(const toc_entry *e); // for somebody to do something: !!!
// toc_entry_state: "in 3m20s", "read by 2 of 3: 12s, 1m40s", "HELD 2m10s, to release".
void toc_entry_state(toc_buf *out, const toc_view *v, const toc_entry *e);
const char *toc_entry_title(const toc_entry *e);
const char *toc_entry_to(const toc_entry *e);
void toc_entry_to_text(toc_buf *out, const toc_view *v, const toc_entry *e); // "all", "pier,boats"
// toc_team_at gives the i-th team that has seats; false past the last.
bool toc_team_at(const toc_view *v, size_t i, char out[64]);
size_t toc_row_addressees(const toc_msel_row *row);
// toc_row_contingency: the expected action whose absence sends it; or NULL.
const toc_known_expectation *toc_row_contingency(const toc_view *v, const toc_msel_row *row);
// toc_row_is_left: the storyline that would have sent it has ended without doing so.
bool toc_row_is_left(const toc_view *v, const toc_msel_row *row);
void toc_span_words(toc_buf *out, int64_t ms); // "3m20s"; from ten minutes on without seconds

#endif
