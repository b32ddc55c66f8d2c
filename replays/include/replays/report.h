// SPDX-License-Identifier: MIT
#ifndef TOC_REPORT_H
#define TOC_REPORT_H

// The after-action report of one recording, as a paper: the same bytes for the same recordings and options, whenever and wherever it is
// made.

#include "replays/notes.h"
#include "replays/paper.h"
#include "replays/recording.h"
#include "replays/verify.h"

// A corrective action of an improvement plan: a row of improvement-plan.csv, its columns in this order. Owned; no member is NULL.
typedef struct {
    char *id, *from; // from: the exercise that found it
    char *requirement, *objective, *issue, *action, *owner, *due, *state;
} toc_corrective;

// The columns of an improvement plan, for toc_paper_table: TOC_CORRECTIVE_COLUMNS names the fields of toc_corrective in their order.
#define TOC_CORRECTIVE_CSV "improvement-plan"
#define TOC_CORRECTIVE_COLUMNS                                                                     \
    "Id|Exercise|Requirement|Objective|Issue|Corrective action|Responsible|Due|State"

typedef struct {
    const char *team;  // id: what this team saw and did; NULL: everything
    bool is_anonymous; // people are their seats, and names that anybody signed in with are taken out of texts
    const toc_corrective *previous; // still open
    size_t previous_count;
    bool has_alternatives; // what other answers would have led to: each is played
    const toc_verdict *verdicts; // one a recording, in their order; NULL: not verified, and the cover says so
    const toc_notes *notes; // of those who watched the recording; not in a team's report; NULL: none
} toc_report_options;

// toc_report_of writes one recording's report. toc_report_beside puts several side by side: teams, or the same requirements
// from exercise to exercise. TOC_EUSAGE: no such team.
toc_err toc_report_of(toc_paper **out, const toc_recording *r, const toc_report_options *o, toc_error *e);
toc_err toc_report_beside(toc_paper **out, const toc_recording *const *recordings, size_t count, const toc_report_options *o,
                          toc_error *e);

// toc_corrective_read reads an improvement plan as the report wrote it, or as a spreadsheet saved it (comma, semicolon or
// tab between cells), and gives the rows whose state is neither "done" nor "closed". Columns are known by their names, in any order;
// TOC_EFORMAT if it has no "Issue", or is no CSV. The caller ends it with toc_correctives_free.
toc_err toc_corrective_read(toc_corrective **out, size_t *count, const char *csv, size_t len, toc_error *e);
void toc_correctives_free(toc_corrective *list, size_t count);

#endif
