// SPDX-License-Identifier: MIT
#ifndef TOC_PATH_H
#define TOC_PATH_H

// A path is what the players of a rehearsal do wherever a scenario leaves it to them. Whatever a path
// does not name goes the default way: a decision gets its first option as soon as it is asked, an
// expected action is done in time, and whoever a script asks about speaks to whom it asks about.
//
// As text, the choices in the order of the plan, with commas, `default` for none:
//   D-03=isolate         that option, as soon as it is asked      D-03=isolate@late  just before the deadline
//   D-03=isolate@T+1:38  at that time, if it is open then         D-03=none          no answer
//   D-07=own             an answer of its own, which EXCON accepts (decisions without options: the default)
//   D-07=rejected        the same, and EXCON rejects it (decisions with options)
//   D-09=no-answer       where an option is called none; so own-answer, own-rejected
//   EXP-04=missed        nobody does it                           EXP-04=late        after its deadline
//   wind>grid=silent     wind never speaks to grid

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "exercise/plan.h"

// The reason of every answer and ruling of a rehearsal's players: nobody's words.
#define TOC_REHEARSED_REASON "rehearsed"

typedef enum { TOC_CHOICE_DECISION, TOC_CHOICE_ACTION, TOC_CHOICE_TALK } toc_choice_kind;
typedef enum {
    TOC_ANSWER_OPTION,
    TOC_ANSWER_OWN,      // in the team's own words; EXCON accepts it
    TOC_ANSWER_REJECTED, // the same, and EXCON rejects it
    TOC_ANSWER_NONE,     // DECISION: nobody answers; ACTION: missed; TALK: silent
    TOC_ANSWER_LATE,     // ACTION: done, after its deadline
} toc_answer;
typedef enum { TOC_WHEN_EARLY, TOC_WHEN_LATE, TOC_WHEN_AT } toc_when;

typedef struct {
    toc_choice_kind kind;
    size_t index;    // of the decision or expectation in the plan; TALK: unused
    char *from, *to; // TALK: ids of teams or parties, or "excon"
    toc_answer answer;
    size_t option; // OPTION: its place among the decision's options
    toc_when when; // OPTION, OWN
    int64_t at;    // AT: play ms
} toc_choice;

typedef struct {
    toc_choice *choices; // decisions, actions, talks; each in the order of the plan, or of its text
    size_t count, capacity;
} toc_path;

// toc_path_parse: mistakes are TOC_EUSAGE and name what could have been written.
toc_err toc_path_parse(toc_path *out, const toc_plan *plan, const char *text, toc_error *e);
void toc_path_text(toc_buf *out, const toc_plan *plan, const toc_path *path);
// toc_path_set adds a choice, or replaces what the path says of the same point; from and to are copied.
// toc_answer_word: how OWN, REJECTED and NONE of a decision are written.
const char *toc_answer_word(const toc_decision *d, toc_answer answer);
void toc_path_set(toc_path *path, const toc_choice *choice);
const toc_choice *toc_path_find(const toc_path *path, toc_choice_kind kind, size_t index,
                                const char *from, const char *to); // NULL: the default
void toc_path_copy(toc_path *to, const toc_path *from);            // to is made anew
bool toc_path_equal(const toc_path *a, const toc_path *b);
void toc_path_fini(toc_path *path);

#endif
