// SPDX-License-Identifier: MIT
#ifndef TOC_APP_MSEL_ROWS_H
#define TOC_APP_MSEL_ROWS_H

// The master scenario events list of a plan: one row an inject, contingency inject, decision, expected
// action and phase, STARTEX and ENDEX, in the order in which control meets them. A row with a planned time
// stands at that time; one without stands behind what sends it, where that is known, else at the end.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "msel_clock.h"
#include "rehearse/survey.h"
#include "script/scenario.h"

typedef enum {
    TOC_MEL_STARTEX,
    TOC_MEL_PHASE,
    TOC_MEL_INJECT,
    TOC_MEL_CONTINGENCY,
    TOC_MEL_DECISION,
    TOC_MEL_EXPECTED,
    TOC_MEL_ENDEX,
} toc_mel_kind;

typedef struct {
    toc_mel_kind kind;
    size_t index;     // in the plan's injects, decisions, expectations or phases
    int64_t play;     // planned, ms; -1: only when something sends it
    int64_t earliest; // without a time: ms before which no storyline can send it; -1: not known
    bool is_crossed;  // its story time is jumped over: EXCON rules on it
    int64_t due;      // decisions: ms of the deadline as planned; -1: not known
    size_t behind;    // the row it stands behind as long as it has no time, or TOC_NONE
    size_t place;     // where the scripts send it, in the order of their text
} toc_mel_row;

typedef struct {
    const toc_scenario *scenario;
    const toc_plan *plan;
    const toc_files *files;   // the attachments
    const toc_survey *survey; // the rehearsal, borrowed; NULL: there was none
    toc_mel_clock clock;
    toc_mel_row *rows;
    size_t count;
} toc_mel;

// toc_mel_init reads the rows of a scenario, which with its files must outlive m.
void toc_mel_init(toc_mel *m, const toc_scenario *scenario, const toc_files *files);
void toc_mel_fini(toc_mel *m);

// The row of an inject (contingency or not), a decision or an expectation.
const toc_mel_row *toc_mel_find(const toc_mel *m, toc_mel_kind kind, size_t index);
// The expectation whose absence sends an inject, from `from` on; TOC_NONE: there is none.
size_t toc_mel_expectation_of(const toc_plan *p, size_t inject, size_t from);

#endif
