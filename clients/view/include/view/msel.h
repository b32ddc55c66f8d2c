// SPDX-License-Identifier: MIT
#ifndef TOC_MSEL_H
#define TOC_MSEL_H

// The master scenario events list, as controllers work with it: what is open, what is next, the rest. The
// desk gives it in pages; it is shown when all are there. Pure.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/json.h"
#include "view/lines.h"
#include "view/picture.h"

typedef struct {
    char *inject, *title, *state, *reason, *to, *channel, *notes, *text, *after;
    char *from, *objective, *attach;  // where they were told; attach: paths, joined by ", "
    int64_t due, sent, readers, acks; // -1: not said
    char *via;          // what sends it, if not the clock: "storyline the wipe", "after INJ-01"
    char *via_text;     // the same with conditions as their author wrote them; NULL: there are none
    char *controller;   // voice: who tells it
    int64_t moved_from; // play ms at which it was planned, if EXCON moved it; -1
    bool is_manual, is_urgent, wants_ack, is_voice;
    bool is_edited, is_adhoc, is_dropped; // dropped: what would have sent it was
    const char *other; // "decision" or "phase", which stand among what is next; NULL: an inject
} toc_msel_row;

// A storyline as it runs.
typedef struct {
    char *name;
    char *state;   // "runs" "waits" "asks" "ended" "dropped"
    char *waits;   // "until T+1:30:00", "for D-03, D-04"
    int64_t wakes; // play ms, -1: not by the clock
} toc_msel_story;

// What the scripts that name a decision also send.
typedef struct {
    char *decision;
    char *injects; // "INJ-15, INJ-16"
} toc_msel_branch;

typedef struct {
    toc_msel_row *rows;
    size_t count, capacity;
    toc_msel_story *stories;
    size_t story_count, story_capacity;
    toc_msel_branch *branches;
    size_t branch_count, branch_capacity;
    char *exercise; // its id; NULL: the first page did not come yet
} toc_msel;

// toc_msel_status takes one page of the desk's answer to `status`: the injects, the decisions that
// are not asked yet, the storylines, the exercise's id. Phases come from the picture, once, when the
// pages are whole.
void toc_msel_status(toc_msel *m, const toc_json *page);

void toc_msel_add(toc_msel *m, const toc_json *rows); // the desk's "msel", one page
// The desk's "decisions": those that are planned stand in the list too, with their time or with what
// asks them.
void toc_msel_add_decisions(toc_msel *m, const toc_json *decisions);
// Phases that come by themselves, as the picture knows them.
void toc_msel_add_phases(toc_msel *m, const toc_picture *p);
void toc_msel_add_stories(toc_msel *m, const toc_json *storylines); // the desk's "storylines"
// toc_msel_hear takes an event of the feed, which is a moment ahead of the desk's list.
void toc_msel_hear(toc_msel *m, const toc_event *ev);
void toc_msel_fini(toc_msel *m);

// toc_msel_inject: capitals do not matter; NULL for none. Decisions and phases are no injects.
const toc_msel_row *toc_msel_inject(const toc_msel *m, const char *inject);
bool toc_msel_is(const toc_msel_row *row, const char *state);
const char *toc_msel_via(const toc_msel_row *row); // via_text, else via; NULL: the clock, or hand
// toc_msel_plans: is it a decision that was not asked yet?
bool toc_msel_plans(const toc_msel *m, const char *decision);
// toc_msel_was_asked: is the row a decision that was asked since the list came?
bool toc_msel_was_asked(const toc_msel_row *row, const toc_picture *p);
// toc_msel_may_follow: does a script that names the decision send the inject?
bool toc_msel_may_follow(const toc_msel *m, const char *decision, const char *inject);
// toc_msel_sends: is "storyline the wipe" (or "after INJ-01") among what sends the row?
bool toc_msel_sends(const toc_msel_row *row, const char *sender);

// The storylines that run, and those that do not any more, one line each.
void toc_msel_story_lines(toc_lines *l, const toc_msel *m);

void toc_msel_lines(toc_lines *l, const toc_picture *p, const toc_msel *m);
// toc_msel_preview shows one row, whole: what EXCON decides about before it is sent. False: there is none.
bool toc_msel_preview(toc_lines *l, const toc_msel *m, const char *inject);

// toc_lines_handover: the sheet for the next controller: what is open, held, promised, overdue, who
// sits where.
void toc_lines_handover(toc_lines *l, const toc_picture *p, const toc_msel *m);
// toc_lines_handover_sheet: the same as a file for a printer: no line is wrapped. l says nothing.
void toc_lines_handover_sheet(toc_lines *l, const toc_picture *p, const toc_msel *m, toc_buf *out);
// toc_lines_preview: the desk's answer to `preview`: what a jump would do, in the order of play.
void toc_lines_preview(toc_lines *l, const toc_picture *p, const toc_json *answer);

#endif
