// SPDX-License-Identifier: MIT
#ifndef TOC_ACTED_H
#define TOC_ACTED_H

// A journal of a shipped scenario in which people did what the test says, at the times that it says. Whatever goes wrong in
// here fails the test.

#include "base/buf.h"
#include "exercise/exercise.h"
#include "record/journal.h"
#include "script/scenario.h"

typedef struct {
    toc_files *files;
    toc_scenario *scenario;
    toc_exercise *x;
    toc_events log; // records, inputs and derived, by seq - 1
    int64_t wall;   // ms that the clock on the wall is ahead of play
} acted;

void acted_begin(acted *a, const char *scenario); // a path below the source tree
// A text scenario out of rehearsal_files.
void acted_begin_files(acted *a, toc_files *files_take);
void acted_end(acted *a);

// acted_put: at "T+0:04" watch-1 does: acted_put(&a, "T+0:04", "watch-1", "decide", "decision", "D-01", "option", "ramp", NULL).
// Numbers as text; lists with commas; "item" may be an inject's id. Gives the input's seq.
int64_t acted_put(acted *a, const char *at, const char *by, const char *kind, ...);
void acted_pass(acted *a, const char *at); // time goes on until then
int64_t acted_item(const acted *a,
                   const char *inject); // the line that sent it; NULL: the newest message

// The journal's bytes, without seals; 0: all lines.
void acted_journal(const acted *a, size_t lines, toc_buf *out);

#endif
