// SPDX-License-Identifier: MIT
#ifndef TOC_PAPER_INSIDE_H
#define TOC_PAPER_INSIDE_H

// A paper as its renderers see it: a list of blocks, and words as a list of runs.

#include "replays/paper.h"

typedef enum {
    TOC_BLOCK_SECTION, // id, name
    TOC_BLOCK_HEADING, // id, words
    TOC_BLOCK_SAY,     // words
    TOC_BLOCK_QUOTE,
    TOC_BLOCK_ITEM,
    TOC_BLOCK_FACT,    // name, words
    TOC_BLOCK_NUMBER,  // name, words
    TOC_BLOCK_BOX,     // name, words
    TOC_BLOCK_DETAILS, // words; name: what stands in print instead, or NULL
    TOC_BLOCK_DETAILS_END,
    TOC_BLOCK_PAGE_BREAK,
    TOC_BLOCK_TABLE,  // words: its caption; id: the name of its file
    TOC_BLOCK_FIGURE, // name, words, svg; id: how it is read
} toc_block_kind;

typedef struct {
    char *anchor;
    size_t first, count; // of the table's cells
} toc_paper_row_at;

typedef struct {
    toc_block_kind kind;
    char *id, *name, *words, *svg;
    bool is_file;    // TABLE: not on the page
    char **columns;  // without their ">"
    bool *is_number; // a column
    size_t column_count;
    toc_paper_row_at *rows;
    size_t row_count, row_capacity;
    char **cells;
    size_t cell_count, cell_capacity;
} toc_block;

struct toc_paper {
    char *title, *marking;
    toc_block *blocks;
    size_t count, capacity;
    toc_block *cover; // facts
    size_t cover_count, cover_capacity;
};

// The cell in that column of a row; "" where the row ends before it.
const char *toc_block_cell(const toc_block *b, const toc_paper_row_at *row, size_t column);

typedef enum {
    TOC_RUN_TEXT,
    TOC_RUN_LINE,
    TOC_RUN_LINK,
    TOC_RUN_STRONG,
    TOC_RUN_TONE
} toc_run_kind;

// A piece of words; text and id are not NUL-terminated.
typedef struct {
    toc_run_kind kind;
    const char *text, *id; // id: of LINK
    size_t len, id_len;
    int64_t seq; // of LINE; text is "line 1204"
    toc_tone tone;
} toc_run;

// toc_words_next gives the run at *at and moves *at behind it; false at the end. What does not hold together is plain text.
bool toc_words_next(const char **at, toc_run *run);
const char *toc_tone_sign(toc_tone tone); // "✓"; "" for plain
void toc_words_plain(toc_buf *out,
                     const char *words); // without any marks; the sign of a tone is left out

void toc_paper_anchor(toc_buf *out, const char *id,
                      size_t len); // an id as HTML has it: letters, digits, '-', '_' and '.'
void toc_paper_banner(toc_buf *out,
                      const toc_paper *p); // "EXERCISE EXERCISE EXERCISE · TLP:CLEAR", visible

extern const char *const toc_paper_style[]; // the page's CSS, in pieces; NULL ends them

#endif
