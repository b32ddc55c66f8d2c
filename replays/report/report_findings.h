// SPDX-License-Identifier: MIT
#ifndef TOC_REPORT_FINDINGS_H
#define TOC_REPORT_FINDINGS_H

// What went well and what did not, as far as the recording shows it: drafts in words, each with its evidence, for the objectives
// and for the improvement plan. People weigh them.

#include "report_inside.h"

typedef struct {
    bool is_strength;
    bool is_of_unread;     // what was opened late or never
    const char *objective; // an id; NULL: none
    const char *team;      // whose it is: a team, or "excon"; borrowed from the review
    char *words;           // with links to lines
    const toc_review_action *action;     // that it is about, or NULL; borrowed, as is
    const toc_review_decision *decision; // the decision
} toc_finding_row;

typedef struct {
    toc_finding_row
        *at; // by kind: expected actions, decisions, ratings, injects, requests for information
    size_t count, capacity;
} toc_findings;

// toc_findings_of finds what the reader of the report may see.
void toc_findings_of(toc_findings *out, const toc_report *rp);
void toc_report_findings_fini(toc_findings *f);

// How an expected action went: "late by 3 min"; and how good that is.
toc_tone toc_report_outcome(toc_buf *words, const toc_review_action *a);
// report_expected.c: in a team's report, the words of its expected actions name no inject that it never had; all call it, once, before they
// say anything of actions. And "INJ-17 reached only …", behind the words that stand there: what of it a missed or late action's team did not have, or had not opened.
void toc_report_find_lacking(toc_report *rp);
void toc_report_lacking(const toc_report *rp, toc_buf *words, const toc_review_action *a);
// Late by so little that it ranks below what was missed.
#define TOC_REPORT_SLIGHT_S 60
bool toc_report_is_slight(const toc_review_action *a);
// Was it exercised: due, done or marked?
bool toc_report_is_exercised(const toc_review_action *a);
// " (line 12, line 15)" of those that the reader may see; nothing for none.
void toc_report_evidence(const toc_report *rp, toc_buf *words, const int64_t *seqs, size_t count);
bool toc_report_has_words(const char *text); // more than blanks
// After that (ms), an inject that nobody opened is worth a question: the one measure of "opened late", wherever the report says so.
#define TOC_REPORT_LATE_MINUTES   10
#define TOC_REPORT_URGENT_MINUTES 3
int64_t toc_report_late_after(bool is_urgent);
// Was an inject opened so late, or never, that it is worth a question?
bool toc_report_is_read_late(const toc_report *rp, const toc_review_arrival *a);
// How an inject or message came to a team; NULL: it did not.
const toc_review_arrival *toc_report_arrival(const toc_report *rp, const char *team, int64_t item);
const char *toc_report_rating_words(const char *rating); // "performed without challenges"
// The capability that an objective belongs to; NULL for none.
const char *toc_report_requirement(const toc_report *rp, const char *objective);
// What an answer was: the option's words and id, or the team's own.
void toc_report_answer(const toc_report *rp, toc_buf *words, const toc_review_decision *d);
const char *toc_report_option_text(const toc_report *rp, const toc_review_decision *d,
                                   const char *option); // NULL

#endif
