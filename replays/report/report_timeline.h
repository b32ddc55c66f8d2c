// SPDX-License-Identifier: MIT
#ifndef TOC_REPORT_TIMELINE_H
#define TOC_REPORT_TIMELINE_H

// What the timeline is drawn from: marks on lanes, and an axis of play time in which long silences are folded. Times are
// play ms; lengths in a picture are tenths of its units, whole numbers, so that every machine draws the same.

#include "report_inside.h"

typedef enum {
    TOC_PLOT_INJECT,
    TOC_PLOT_MESSAGE,
    TOC_PLOT_DECISION,
    TOC_PLOT_PRODUCT, // handed in
    TOC_PLOT_NOTE,    // an observation
    TOC_PLOT_ACTION,  // an expected action that came late, or not: at its deadline
    TOC_PLOT_PHASE,   // the last ones go through all lanes
    TOC_PLOT_PAUSE,
    TOC_PLOT_EMERGENCY,
    TOC_PLOT_ENDEX,
    TOC_PLOT_KINDS,
} toc_plot_kind;

typedef struct {
    toc_plot_kind kind;
    int64_t t, since; // since: a decision's question; else t
    int64_t seq;      // of the line that shows it
    size_t lane;      // TOC_NONE: all
    size_t to;        // MESSAGE: the lane it went to; TOC_NONE: several, or none of these
    bool is_urgent;
    bool is_by_excon;  // DECISION: for the team
    toc_tone tone;     // DECISION: good in time, late too late, bad never, plain still open; ACTION: late, bad
    int64_t took;      // PAUSE, EMERGENCY: wall ms; -1: not known
    char *label;       // short
    const char *title; // may be NULL
} toc_plot;

// A lane is a team's, or EXCON's.
typedef struct {
    const char *id; // "excon"
    char *name;
} toc_plot_lane;

// The levels of a domain's services, step functions: the lowest of those that ever change, and what users have of all of them (the mean by
// users; where nobody uses any, each service counts the same).
typedef struct {
    const char *name;
    toc_review_level *at;
    int64_t *mean; // ppm, at the same times
    size_t count, capacity;
    int64_t first, first_mean, lowest; // ppm
    int64_t users; // of that of the changing services that has most: several may have the same people
} toc_plot_domain;

// A stretch of the axis: play time from..until is as wide as `wide` ms of play.
typedef struct {
    int64_t from, until, wide;
    bool is_fold;
} toc_plot_stretch;

typedef struct {
    const toc_report *rp;
    toc_plot *marks; // by time
    toc_plot_lane *lanes;
    toc_plot_domain *domains;
    toc_plot_stretch *axis;
    size_t mark_count, mark_capacity, lane_count, domain_count, axis_count, axis_capacity;
    int64_t end;    // play ms
    int64_t wide;   // of the whole axis
    bool has_lines; // messages are drawn from lane to lane
} toc_chart;

void toc_chart_find(toc_chart *tl, const toc_report *rp);
void toc_chart_fini(toc_chart *tl);

void toc_chart_fold(toc_chart *tl);                      // makes the axis
// Or it is made of stretches, each behind the last.
void toc_chart_stretch(toc_chart *tl, int64_t from, int64_t until, int64_t wide, bool is_fold);
int64_t toc_chart_at(const toc_chart *tl, int64_t t);    // how far along the axis
int64_t toc_chart_t(const toc_chart *tl, int64_t along); // the play time there
// of × part / whole, where part and whole may be as long as any time is, and of is a length in a picture or a fold.
int64_t toc_chart_share(int64_t of, int64_t part, int64_t whole);
size_t toc_chart_bands(const toc_chart *tl);             // pictures that it is drawn in

void toc_chart_legend(toc_buf *svg, const toc_chart *tl);
void toc_chart_band(toc_buf *svg, const toc_chart *tl, size_t band);

#endif
