// SPDX-License-Identifier: MIT
#ifndef TOC_SHEET_H
#define TOC_SHEET_H

// The sheet for the next controller: what is open, who waits for what, what comes next. One builder
// for the full screen and for plain lines, so that both say the same. Pure.

#include "view/lines.h"
#include "view/msel.h"

typedef enum {
    TOC_SHEET_HEAD, // of what follows; or, alone, that there is nothing of it
    TOC_SHEET_DECISION,
    TOC_SHEET_ITEM,
    TOC_SHEET_INJECT,
    TOC_SHEET_NEXT,
    TOC_SHEET_PROMISE,
    TOC_SHEET_EXPECTED,
    TOC_SHEET_DEADLOCK,
    TOC_SHEET_STORYLINE,
    TOC_SHEET_MISTAKE,
    TOC_SHEET_SEAT,
    TOC_SHEET_NOTE,
} toc_sheet_kind;

typedef struct {
    toc_sheet_kind kind, of; // of: what a head is about; else the kind itself
    char *id;                // "D-03", the number of an item or promise, a seat …; NULL: a head
    char *text;              // one line; foreign words in it as they came
    bool is_loud;            // somebody should turn to it now
} toc_sheet_row;

typedef struct {
    toc_sheet_row *rows;
    size_t count, capacity;
} toc_sheet;

// l: its clock, and now. The sheet is the caller's: toc_sheet_fini.
void toc_sheet_make(toc_sheet *s, const toc_lines *l, const toc_picture *p, const toc_msel *m);
void toc_sheet_fini(toc_sheet *s);

#endif
