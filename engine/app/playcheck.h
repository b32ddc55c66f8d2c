// SPDX-License-Identifier: MIT
#ifndef TOC_PLAYCHECK_H
#define TOC_PLAYCHECK_H

// A plan that seats play by (`--play plan:FILE`): checked against the scenario before anything starts, and its
// expectations judged when the run is closed.

#include "base/buf.h"
#include "base/error.h"
#include "exercise/plan.h"
#include "record/playplan.h"

// toc_playread reads a plan as toc_playplan_read does, but appends all mistakes in its lines, one a line, to
// problems; the error then is TOC_EUSAGE or TOC_EFORMAT.
toc_err toc_playread(toc_playplan *out, const char *path, toc_buf *problems, toc_error *e);

// toc_playreview appends all that is wrong with a plan at once: the lines that cannot be read, and, with a
// scenario's plan (may be NULL), what toc_playcheck finds in the others. The error is one of the file.
toc_err toc_playreview(const char *path, const toc_plan *plan, toc_buf *problems, toc_error *e);

// toc_playmeant adds to e, which says that path could not be read or played by, the plan below dir (a
// scenario's folder; NULL: this one) that was probably meant, as it is to be typed behind option. It gives
// the code of e.
toc_err toc_playmeant(const char *dir, const char *path, const char *option, toc_error *e);

// How many seats the run has beyond those of the teams.
typedef struct {
    int excons, simcells, evaluators, boards;
} toc_playseats;

// toc_playcheck appends a line ("file:line: …") for everything that can be known to be impossible before
// play: what the scenario does not have (a seat, decision, inject, option, service, phase …), whom a team
// cannot write to, whom a question is not asked of, times after ENDEX. It gives how many there are.
// A plan most of whose lines name what the scenario does not have is one problem: it is another's.
size_t toc_playcheck(const toc_playplan *play, const toc_plan *plan, const toc_playseats *seats,
                     toc_buf *problems);

// toc_playexpects: how many expectations the plan has (toc_playplan_misses says which did not come about).
size_t toc_playexpects(const toc_playplan *play);

#endif
