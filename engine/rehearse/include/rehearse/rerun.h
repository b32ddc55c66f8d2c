// SPDX-License-Identifier: MIT
#ifndef TOC_RERUN_H
#define TOC_RERUN_H

// Re-execution: the journal's inputs fed to the journal's sources, each derived line compared with
// what comes out. Verify, resume and (later) what-if are this.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exercise/exercise.h"
#include "record/journal.h"
#include "script/scenario.h"

typedef struct toc_rerun toc_rerun;

toc_rerun *toc_rerun_new(const toc_header *header); // copies what it needs
void toc_rerun_free(toc_rerun *r);

// toc_rerun_line takes the next line after the header (body without trailer). TOC_EDIVERGED: what came
// out differs, and e tells line, what was expected and what came out. TOC_EFORMAT: not a line of a journal.
// TOC_ESCENARIO: the sources do not load.
toc_err toc_rerun_line(toc_rerun *r, const char *body, size_t len, toc_error *e);

// toc_rerun_open loads the scenario before the first line that needs it: the sources were all taken.
toc_err toc_rerun_open(toc_rerun *r, toc_error *e);

// toc_rerun_wait: what is due by t, and brings nothing about, happens. No line of before t follows. In the middle of a step nothing
// is done.
toc_err toc_rerun_wait(toc_rerun *r, int64_t t, toc_error *e);

// toc_rerun_finish ends the last step: what it derived beyond the lines given, if it was torn, is
// appended to missing with the seqs that follow the last line.
toc_err toc_rerun_finish(toc_rerun *r, toc_events *missing, toc_error *e);

// toc_rerun_rests: is the last step whole, as far as the lines told of it? Only then may the lines end without one missing.
bool toc_rerun_rests(const toc_rerun *r);

typedef struct {
    int64_t lines;   // after the header
    int64_t inputs;  // taken
    int64_t derived; // compared and equal
    int64_t unknown; // kinds of a later version, skipped
    int64_t next_seq;
} toc_rerun_count;

toc_rerun_count toc_rerun_counted(const toc_rerun *r);

// The first difference, when TOC_EDIVERGED was returned: "" where there is none on that side.
const char *toc_rerun_recorded(const toc_rerun *r);
const char *toc_rerun_came_out(const toc_rerun *r);

// What was rebuilt, borrowed from r; NULL before the first input.
toc_exercise *toc_rerun_exercise(toc_rerun *r);
toc_files *toc_rerun_files(toc_rerun *r); // sources and attachments
toc_scenario *toc_rerun_scenario(toc_rerun *r);

#endif
