// SPDX-License-Identifier: MIT
#ifndef TOC_USES_INSIDE_H
#define TOC_USES_INSIDE_H

// How toc_uses is made: scan.c gives the words of each file. Private to engine/script.

#include "base/map.h"
#include "script/uses.h"
#include "tokens.h"

typedef struct {
    const char *text;
    bool is_end; // of the id; else it begins with it
} toc_uses_piece;

// answer == "close", answer.options: of a name or call that gives what ask gives.
typedef struct {
    bool is_compared; // with a text; otherwise a field is taken
    const char *name; // what is compared, or the field
    toc_use_place at; // of it
} toc_answer_use;

struct toc_uses {
    toc_use *at;
    size_t count, capacity;
    toc_block *blocks;
    size_t block_count, block_capacity;
    toc_option_use *options;
    size_t option_count, option_capacity;
    toc_talk_use *talks;
    size_t talk_count, talk_capacity;
    toc_answer_use *answers;
    size_t answer_count, answer_capacity;
    toc_map *mentioned;     // words and texts that may be ids
    toc_uses_piece *pieces; // texts that ids may be made of: "INJ-" ..
    size_t piece_count, piece_capacity;
    bool is_open[TOC_USE_COUNT]; // given an id that is not written out
    char **kept;                 // all strings
    size_t kept_count, kept_capacity;
};

// One file: count words and TOC_TOKEN_END behind them.
typedef struct {
    const char *path;
    const toc_token *at;
    size_t count;
    toc_story startex;
    const toc_map *declared; // the author's own names: they hide those of the language
} toc_uses_file;

toc_uses *toc_uses_new(void);
void toc_uses_free(toc_uses *u);
void toc_uses_read(toc_uses *u, const toc_uses_file *f);

// uses_options.c. helpers: names of functions that give the option of a decision, of all files.
void toc_uses_helpers(toc_map *helpers, const toc_uses_file *f);
void toc_uses_options(toc_uses *u, const toc_uses_file *f, const toc_map *helpers);

const char *toc_uses_keep(toc_uses *u, const char *text, size_t len);
toc_use_place toc_use_at(const toc_uses_file *f, const toc_token *t);
// toc_uses_argument gives the text in VERB "x", VERB("x") and VERB("x", …), or NULL.
const toc_token *toc_uses_argument(const toc_uses_file *f, size_t i);
// toc_uses_name is true for a name of the language: no field, and none of the author's own.
bool toc_uses_name(const toc_uses_file *f, size_t i);

#endif
