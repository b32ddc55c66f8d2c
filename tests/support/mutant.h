// SPDX-License-Identifier: MIT
#ifndef TOC_MUTANT_H
#define TOC_MUTANT_H

// Mutants of a scenario: small mistakes of authors, each one edit of one line. They are found by looking at
// the text as our own scenarios are laid out: a declaration begins at the left edge, a block ends there.

#include <stdbool.h>
#include <stddef.h>

#include "base/files.h"

typedef enum {
    MUTANT_RENAMED, // inject "INJ-07" is called something else where it is declared; others name it
    MUTANT_OPTION,  // one option of a decision is deleted
    MUTANT_REVERSED, // one comparison of an if, a when or a met is turned round
    MUTANT_LATE,     // a time, deadline or period after ENDEX
    MUTANT_KINDS,
} mutant_kind;

const char *mutant_kind_name(mutant_kind k);

typedef struct {
    mutant_kind kind;
    char *file;
    int line, last_line;  // of the edit, and of the branch that it decides on
    size_t at, len;       // these bytes …
    char *text;           // … become these
    char *before, *after; // the line
    // What a message about it may name: the declaration's id; of a condition, every text in quotes in its branch.
    char **names;
    size_t name_count, name_capacity;
} mutant;

typedef struct {
    mutant *at;
    size_t count, capacity;
} mutants;

// mutants_of lists them all. plans: the text of the plans beside it, which name injects too.
void mutants_of(mutants *out, const toc_files *files, const char *plans);
void mutants_fini(mutants *m);

// mutant_of_line makes one: in the only line of the file that holds `find`, this becomes `text`.
void mutant_of_line(mutants *out, const toc_files *files, mutant_kind kind, const char *file,
                    const char *find, const char *text);

// mutant_files gives a copy of files with the edit made.
toc_files *mutant_files(const mutant *m, const toc_files *files);

// mutant_is_named: is one of its names in text, as a word of its own?
bool mutant_is_named(const mutant *m, const char *text);

#endif
