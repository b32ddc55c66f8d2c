// SPDX-License-Identifier: MIT
#ifndef TOC_PLAYPLAN_H
#define TOC_PLAYPLAN_H

// A .plan file: what the seats of a scripted run do, and what must have come of it. A line is one of
//   at T+0:12 operator-1 decide D-01 isolate because the segment is burning
//   on D-03 wind-1 decide D-03 crews        as soon as D-03 is asked of that seat's team; for EXCON's
//                                           rule: as soon as it waits for a ruling
//   on INJ-09 transport-1 forward INJ-09 to crisis see below     as soon as that inject arrives
//   on day-2 csirt-1 submit early-warning Two sites fail.        as soon as that phase is entered
//   on EXP-01 excon-1 release INJ-91        as soon as EXCON is told that the expected action is overdue
//   leave D-02                              nobody answers it; without such a line, or an act of its team,
//                                           a seat takes the first option
//   expect sent INJ-14          expect not sent INJ-15           expect endex
//   expect decided D-01 [isolate]       expect overdue D-02 (or EXP-01)
//   expect level rail below 50          … above N, at N: percent, at any time of the run; a level that it
//                                       began with and that did not change is none
//   expect level rail at 100 at end     the last one; 100 where it never changed
//   expect met EXP-01                   … late, not-observed, not-exercised: what came of it in the end
//   expect entered day-2                expect handed-in early-warning       expect deadlock [SERVICE]
//   # a comment
// Acts are written as people type them (record/verb.h); an inject's id stands for the item. Pure, but
// for toc_playplan_read.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "record/verb.h"

typedef enum {
    TOC_STEP_AT,
    TOC_STEP_ON,
    TOC_STEP_LEAVE,
    TOC_STEP_EXPECT_SENT,
    TOC_STEP_EXPECT_DECIDED,
    TOC_STEP_EXPECT_OVERDUE,
    TOC_STEP_EXPECT_LEVEL,
    TOC_STEP_EXPECT_ACTION, // an expected action: what came of it
    TOC_STEP_EXPECT_ENTERED,
    TOC_STEP_EXPECT_HANDED_IN,
    TOC_STEP_EXPECT_DEADLOCK,
    TOC_STEP_EXPECT_ENDEX,
} toc_step_kind;

typedef enum { TOC_LEVEL_BELOW, TOC_LEVEL_ABOVE, TOC_LEVEL_AT } toc_level_side;

typedef struct {
    toc_step_kind kind;
    int line;     // of the file, from 1
    int64_t at;   // AT: play ms
    char *id;     // ON, LEAVE, EXPECT: what it is about; NULL for endex, and for any deadlock
    char *option; // EXPECT_DECIDED: an option's id, or NULL for any answer; EXPECT_ACTION: the state
    bool is_not;  // EXPECT: must not be
    toc_level_side side; // EXPECT_LEVEL
    int64_t level;       // EXPECT_LEVEL: ppm
    bool is_at_end;      // EXPECT_LEVEL: the last level counts, not any
    char *seat;   // AT, ON: who acts
    char *text;   // the act, or the expectation, as written
    toc_act act;  // AT, ON
} toc_playstep;

// Owns its steps, in the order of the file; end with toc_playplan_fini.
typedef struct {
    char *name; // of the file, for messages
    toc_playstep *steps;
    size_t count;
    size_t capacity;
} toc_playplan;

// toc_playplan_parse: the first mistake is TOC_EFORMAT and begins with "name:line: ".
toc_err toc_playplan_parse(toc_playplan *out, const char *name, const char *text, size_t len,
                           toc_error *e);
toc_err toc_playplan_read(toc_playplan *out, const char *path, toc_error *e);
void toc_playplan_fini(toc_playplan *p);

// toc_playplan_leaves: is this decision to be left unanswered?
bool toc_playplan_leaves(const toc_playplan *p, const char *decision);

// toc_playplan_misses compares what was expected with the events of a journal: one line
// ("name:line: expected …") in misses for each that did not come out, and how many there are.
size_t toc_playplan_misses(const toc_playplan *p, const toc_event *events, size_t count,
                           toc_buf *misses);

#endif
