// SPDX-License-Identifier: MIT
#ifndef TOC_REPORT_WORLD_H
#define TOC_REPORT_WORLD_H

// The parts of what the report says of the world. A team's report has the services that this team sees, and of causes
// those that its feed has.

#include "report_inside.h"

// A domain and its services that moved, those that cost most first. Borrowed from the review.
typedef struct {
    const char *name; // "other" for services that name none
    const toc_review_service **at;
    size_t count;
    int64_t lost; // user-hours
} toc_report_domain;

// report_world_picture.c: the levels of one domain over play time, as <svg>.
void toc_report_levels(toc_buf *svg, const toc_report *rp, const toc_report_domain *d);

// report_world_because.c
const char *toc_report_service(const toc_report *rp, const char *id); // its name, else its id
bool toc_report_sees(const toc_report *rp, const char *service);
int64_t toc_report_level(const toc_report *rp, const char *service,
                         int64_t seq);                // ppm, when that line was written
// Did this line's level fall, where the level that it came of rose? Then that one is only what moved last, and no cause of the fall.
bool toc_report_is_contrary(const toc_report *rp, const toc_event *ev);
void toc_report_clock(toc_buf *words,
                      const toc_event *ev); // "2026-02-10 11:02", of a line of the world
// "KA-SAT 20 % because set to 20 % by the storyline …": the way of a level's line back to a person or the scenario. Gives the line
// of the measure at its end; 0: it does not end at one, or at none that the reader may see.
int64_t toc_report_because(const toc_report *rp, toc_buf *words, int64_t seq);
// " by the storyline …, after D-05 was decided": who or what did a measure or began a repair; nothing in a team's report.
void toc_report_doer(const toc_report *rp, toc_buf *words, const toc_event *ev);

// report_world_mended.c: repairs, alternatives, fuel and black starts: when, and what they waited for.
void toc_report_mended(toc_report *rp);

#endif
