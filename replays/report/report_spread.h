// SPDX-License-Identifier: MIT
#ifndef TOC_REPORT_SPREAD_H
#define TOC_REPORT_SPREAD_H

// How one inject went from team to team.

#include "replays/why.h"
#include "report_inside.h"

typedef struct {
    const toc_review_inject *row;
    toc_spread spread;
    bool is_urgent, is_asked; // is_asked: a decision or an expected action hangs on it
    size_t passed;            // teams that have it only because another one passed it on
    size_t unread;            // teams that have it and never opened it; voice counts as read
    int64_t slowest;          // ms until the last team had read it; who never did counts to the end
} toc_report_key;

// ms after the inject was sent; -1: never.
typedef struct {
    int64_t arrived, read, passed, answered, decided, acted;
    const char *through; // a team; NULL: sent to it
} toc_report_steps;

toc_report_steps toc_report_steps_of(const toc_report *rp, const toc_report_key *k,
                                     const toc_reached *at);

// report_spread_picture.c: a row a team, time since it was sent from left to right, as <svg>.
void toc_report_spread_picture(toc_buf *svg, const toc_report *rp, const toc_report_key *k);

#endif
