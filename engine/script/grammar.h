// SPDX-License-Identifier: MIT
#ifndef TOC_GRAMMAR_H
#define TOC_GRAMMAR_H

// The words of a source read as Lua reads them (grammar.c, grammar_value.c), and what is done where they do not fit
// (grammar_mend.c, grammar_gap.c). Private to the four.

#include "reading.h"

enum { GRAMMAR_DEPTH = 150, GRAMMAR_OPEN = 400, GRAMMAR_LOCALS = 2000 };

typedef struct {
    size_t word; // of the declaration
    int depth;   // of blocks
} toc_local;

typedef struct {
    toc_reading *r;
    size_t i;                  // the word that is next
    int depth;                 // of calls
    int blocks;                // that are open
    bool is_over;              // nothing more can be read
    size_t open[GRAMMAR_OPEN]; // words that opened what is not closed yet: { ( [ and block words
    size_t open_count;
    // The innermost of what was closed in a line that stands further left than the one it was opened in:
    // if something is found missing later, it is probably there.
    size_t suspect, suspect_close; // words; SIZE_MAX: none
    // The last closed in a line that stands further right: the one too many is probably that.
    size_t early, early_opener;
    size_t told_close; // the word at which something was told to be missing already
    size_t else_if;    // the else of the last `else if`; SIZE_MAX: none
    toc_local *locals;
    size_t local_count, local_capacity;
} toc_grammar;

// grammar.c
const toc_token *toc_grammar_word(const toc_grammar *g);
void toc_grammar_next(toc_grammar *g);
bool toc_grammar_is(const toc_grammar *g, const char *word);
bool toc_grammar_accept(toc_grammar *g, const char *word); // passes it, if it is next
bool toc_grammar_is_name(const toc_token *t);
bool toc_grammar_enter(toc_grammar *g); // counts depth, which its caller takes down again
// toc_grammar_open passes the word that is next and notes that it opens something, which
// toc_grammar_close closes, or tells that nothing does.
size_t toc_grammar_open(toc_grammar *g);
void toc_grammar_close(toc_grammar *g, size_t opener, const char *close);
void toc_grammar_note(toc_grammar *g, size_t word, toc_free_kind kind); // a use of a name

// grammar_value.c
typedef enum { IS_CALL, IS_VARIABLE, IS_VALUE } toc_grammar_shape;
toc_grammar_shape toc_grammar_suffixed(toc_grammar *g); // a name or ( ), and what is taken from it
void toc_grammar_list(toc_grammar *g);
void toc_grammar_fields(toc_grammar *g, size_t opener); // of a table, and its }
void toc_grammar_expression(toc_grammar *g);
void toc_grammar_body(toc_grammar *g);                        // of a function, from its parameters
bool toc_grammar_begins_value(const toc_token *t);            // as the first of an expression
bool toc_grammar_is_first(const toc_grammar *g, size_t word); // on its line
int toc_grammar_indent(const toc_grammar *g, size_t word);   // column of the first word of its line
bool toc_grammar_is_free(const toc_grammar *g, size_t word); // no local has this name
bool toc_grammar_is_known(const toc_grammar *g, size_t word); // the language has it

// grammar_mend.c. Each tells, and makes as if it were mended, or ends the reading.
void toc_mend_expected(toc_grammar *g, const char *what);            // nothing better is known
void toc_mend_value(toc_grammar *g);                                 // a value should stand here
void toc_mend_word(toc_grammar *g, const char *word, size_t opener); // then, do, in …
void toc_mend_close(toc_grammar *g, size_t opener, const char *close);
void toc_mend_surplus(toc_grammar *g); // what closes here closes nothing
bool toc_mend_table(toc_grammar *g, size_t open,
                    size_t field);                    // between two entries; false: it ends here
bool toc_mend_arguments(toc_grammar *g, size_t open); // the same in a call
bool toc_mend_field(toc_grammar *g); // key: value and the like; true: go on with the value
bool toc_mend_call(toc_grammar *g, size_t name);       // send INJ-01; true: there was an argument
bool toc_mend_function(toc_grammar *g);                // storyline "x" function () … end
void toc_mend_equals(toc_grammar *g);                  // = in a condition
void toc_mend_statement(toc_grammar *g, size_t first); // an expression that does nothing

// grammar_call.c: what stands behind a call of the language as if it belonged to it; true: mended.
bool toc_mend_behind_call(toc_grammar *g, size_t first);
bool toc_mend_braces(toc_grammar *g, size_t first);   // storyline "x" { … }
bool toc_mend_case(toc_grammar *g, size_t first);     // If, endif
bool toc_mend_question(toc_grammar *g, size_t first); // level "grid" < 50, without return

#endif
