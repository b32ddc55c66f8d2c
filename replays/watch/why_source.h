// SPDX-License-Identifier: MIT
#ifndef TOC_WHY_SOURCE_H
#define TOC_WHY_SOURCE_H

// Which part of the scenario did what no schedule and no person did: a storyline, or what reacts to something.

#include <stdbool.h>

#include "base/buf.h"
#include "exercise/plan.h"
#include "replays/recording.h"

// toc_why_part appends "the storyline \"the night\" (scenario.lua:181)". False: it cannot be told from the recording.
bool toc_why_part(toc_buf *out, const toc_recording *r, const toc_event *ev);

// The parts that name an inject: by storyline the first mention, and each one elsewhere.
enum { TOC_SOURCE_PARTS = 32, TOC_SOURCE_NAME = 96 };
typedef struct {
    const char *file; // borrowed from the recording
    int line, last, from; // the first and the last line that names it; from: where the part begins
    char name[TOC_SOURCE_NAME]; // of the storyline; "" for `on` and `when`
} toc_source_part;
typedef struct {
    toc_source_part at[TOC_SOURCE_PARTS];
    size_t count; // may be more than there is room for
} toc_source_parts;
void toc_why_parts(toc_source_parts *out, const toc_recording *r, const char *id);

// why_known.c: of what settled a question, what its team had read by then, and what not. Nothing of other lines.
void toc_why_known(toc_buf *out, const toc_recording *r, const toc_event *ev);

// toc_why_reads appends a line for each question whose answer, given before, that part reads before it acts: "its storyline reads the answer to
// D-01 (scenario.lua:566): wait, by operator-1 at T+0:22:01". Nothing for what the chain goes through anyway.
void toc_why_reads(toc_buf *out, const toc_recording *r, const toc_event *ev, const int64_t *chain, size_t count);

// why.c: "INJ-41 is planned for T+2:50:00 (scenario.lua:1313)", for what comes by the clock. False, and nothing said: this does not.
bool toc_why_planned(toc_buf *out, const toc_plan *plan, const toc_event *ev);

#endif
