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
    int64_t due, sent, readers, acks; // -1: not said
    char *via;          // what sends it, if not the clock: "storyline the wipe", "after INJ-01"
    char *controller;   // voice: who tells it
    int64_t moved_from; // play ms at which it was planned, if EXCON moved it; -1
    bool is_manual, is_urgent, wants_ack;
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

typedef struct {
    toc_msel_row *rows;
    size_t count, capacity;
    toc_msel_story *stories;
    size_t story_count, story_capacity;
} toc_msel;

void toc_msel_add(toc_msel *m, const toc_json *rows); // the desk's "msel", one page
// The desk's "decisions": those that are planned and have a time stand in the list too.
void toc_msel_add_decisions(toc_msel *m, const toc_json *decisions);
// Phases that come by themselves, as the picture knows them.
void toc_msel_add_phases(toc_msel *m, const toc_picture *p);
void toc_msel_fini(toc_msel *m);

void toc_msel_lines(toc_lines *l, const toc_picture *p, const toc_msel *m);
// toc_msel_preview shows one row, whole: what EXCON decides about before it is sent. False: there is none.
bool toc_msel_preview(toc_lines *l, const toc_msel *m, const char *inject);

#endif
