// SPDX-License-Identifier: MIT
#ifndef TOC_SURVEY_H
#define TOC_SURVEY_H

// A survey plays many paths of a scenario on all cores and adds up what came of them: what is covered,
// what never happens, how loaded teams are, and for every finding a path that shows it. It is the same
// whatever the number of cores: paths are numbered, and added up in that order.
//
// Strategies: each-option varies one choice at a time of every choice that any path comes to (each
// option as soon as asked and just before the deadline, no answer; an expected action missed; somebody
// silent), then, while something is uncovered, draws random paths; exhaustive takes every combination of
// options and no answer, depth first; random draws.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/files.h"
#include "base/time.h"
#include "record/playplan.h"
#include "rehearse/path.h"
#include "rehearse/playthrough.h"

typedef enum { TOC_SURVEY_EACH, TOC_SURVEY_EXHAUSTIVE, TOC_SURVEY_RANDOM } toc_strategy;

typedef struct {
    toc_strategy strategy;
    size_t most;       // paths; 0: by the strategy (each 5,000; exhaustive 20,000; random 1,000)
    uint64_t seed;     // of random paths
    uint64_t run_seed; // of the runs' own `random`
    unsigned cores;    // 0: all there are
    // Plans beside the scenario, borrowed: each is played too. They count for what is covered (`plans` of
    // the tallies), and are no paths otherwise.
    const toc_playplan *plans;
    size_t plan_count;
    // Called now and then on the caller's thread; false stops the survey (is_interrupted). May be NULL.
    bool (*progress)(void *context, size_t done, size_t known);
    void *context;
} toc_survey_options;

// How often something came about, over all paths, and the numbers (in paths) of one on which it did and
// one on which it did not; TOC_NONE where there is none.
typedef struct {
    size_t count; // of paths
    size_t first, without;
    size_t plans; // of the plans that are played too
} toc_tally;

// toc_tally_is_seen: on any path or plan.
static inline bool toc_tally_is_seen(const toc_tally *t)
{
    return t->count > 0 || t->plans > 0;
}

// What a finding is about, most serious first.
typedef enum {
    TOC_FOUND_ERROR,    // a script failed, or a text could not be filled
    TOC_FOUND_NO_ENDEX, // a path without an end, or one that only its length ends where others finish
    TOC_FOUND_PLAN,     // a .plan beside the scenario does not come out as it says
    TOC_FOUND_DEADLOCK, // services that wait for each other, on every path
    TOC_FOUND_NEVER_SENT,
    TOC_FOUND_NEVER_TRUE,  // a when that never fires
    TOC_FOUND_ALWAYS_TRUE, // a when that is true at STARTEX on every path
    TOC_FOUND_NEVER_MET,   // an expected action that is not met although the players did it
    TOC_FOUND_MET_IDLE, // an expected action that its condition meets on every path, even where nobody did it
    TOC_FOUND_NEVER_ASKED, // a decision
    TOC_FOUND_NEVER_TAKEN, // an option that could never be answered
    TOC_FOUND_OPEN_END,    // a decision that is still open when the exercise's length is over
    TOC_FOUND_NO_EFFECT,   // a decision after which everything is the same, whatever was answered
    TOC_FOUND_NEVER_ENTERED,
    TOC_FOUND_NEVER_STARTED, // a repair
    TOC_FOUND_NEVER_ENDS,    // a storyline that reaches its end on no path
    TOC_FOUND_BEHIND_END,    // an inject that follows another one, and would come after ENDEX
    TOC_FOUND_NO_EVIDENCE,   // an objective that is not exercised on some path
    TOC_FOUND_LOAD,          // too many injects for a team in a quarter of an hour
    TOC_FOUND_REFUSED,       // an act of players or scripts that the exercise refused
    TOC_FOUND_COUNT,
} toc_found;

const char *toc_found_name(toc_found f); // "script error", "no ENDEX", "never sent" …
bool toc_found_is_error(toc_found f);    // it can be one; toc_finding says whether it is

typedef struct {
    toc_found kind;
    char *subject; // an id, or what a when is called
    char *text;    // what was found, one line
    char *file;    // "" for none
    int line;
    size_t path;  // the path that shows it, or TOC_NONE where none could
    size_t plan;  // else the plan that shows it, or TOC_NONE
    size_t count; // of paths on which it is so
    // Certainly wrong, as far as was played; else for planners to weigh. What only people could bring about
    // whom the rehearsal's players do not play is never an error.
    bool is_error;
} toc_finding;

// What arrived at one team, or was asked of it, on one path.
typedef enum { TOC_MARK_INJECT, TOC_MARK_DECISION, TOC_MARK_ACTION, TOC_MARK_ENDEX } toc_mark_kind;
typedef struct {
    toc_mark_kind kind;
    size_t index, team; // in the plan; team TOC_NONE: excon, or all
    int64_t t;
} toc_mark;

// Where the story's clock is set on the ordinary path: at STARTEX, and at every phase.
typedef struct {
    int64_t t; // play ms
    toc_story story;
    int64_t pace; // story per play, thousandths
} toc_anchor;

// A service's level from then on, on the ordinary path.
typedef struct {
    int64_t t;
    size_t service;
    int32_t level; // ppm
} toc_level_mark;

// What one choice changes. A point is a decision, an expected action, or somebody who speaks to somebody; it
// is varied on the first path that comes to it, its parent: each variation differs from the parent in this
// one choice. Variations of one point stand together, the parent's own outcome first: decisions, expected
// actions, talks; of each those to which the ordinary path comes, in that order, then those of other paths.
typedef struct {
    size_t index; // in the plan
    int64_t t;    // play ms
} toc_moment;
typedef struct {
    toc_moment *at; // by time
    size_t count;
} toc_moments;
typedef struct {
    size_t service;
    int32_t lowest, last;         // on this path
    int32_t was_lowest, was_last; // on the parent
} toc_level_change;

#define TOC_VARIATION_LEVELS 5
typedef struct {
    toc_choice_kind kind;
    size_t index; // of the decision or expected action in the plan; TALK: TOC_NONE
    char *point;  // "D-01", "EXP-01", "wind>grid"
    char *
        outcome; // an option's id, "own", "rejected", "none"; "in time", "missed", "late"; "speaks", "silent"
    bool is_parent;      // what the parent does here itself
    bool is_late;        // an answer just before the deadline
    size_t path, parent; // toc_survey_path; parent 0 is the ordinary path
    int64_t t;           // play ms at which it was settled; -1: never, or TALK
    // Against the parent. The parent's own `sent` … `started` are what at least one other outcome lacks;
    // its `unsent` … `unstarted` are empty.
    toc_moments sent, unsent;                      // injects; unsent: when the parent sends them
    toc_moments asked, unasked;                    // decisions
    toc_moments entered, skipped;                  // phases
    toc_moments started, unstarted;                // repairs
    size_t level_count;                            // services whose lowest or last level differs
    toc_level_change levels[TOC_VARIATION_LEVELS]; // those that differ most at the end
    bool has_endex;
    int64_t end;  // play ms of ENDEX, or where play stood still
    size_t order; // of its point
    size_t
        like; // the first of its point of which all this but times is the same; itself, if none is
} toc_variation;

typedef struct {
    int64_t from;   // play ms of the quarter of an hour
    size_t injects; // that arrive in it
    size_t words;   // to read in it
    size_t path;
} toc_peak;

typedef struct {
    toc_strategy strategy;
    uint64_t seed;
    size_t path_count;
    size_t combined_count; // each-option: of them, several options together
    size_t drawn_count;    // each-option: of them, drawn for what the others left uncovered
    bool
        has_random; // scripts draw random numbers: paths that are drawn have run seeds of their own
    size_t plan_count; // plans that were played too
    bool is_capped, is_interrupted;
    double at_least; // paths that there are at least (exhaustive); else 0

    size_t ended;                                  // paths with ENDEX
    int64_t endex_first, endex_median, endex_last; // play ms, of those

    size_t inject_count, option_count,
        condition_count;   // how many there are; covered counts from tallies
    toc_tally *injects;    // sent, by the plan's inject
    toc_tally *decisions;  // asked
    toc_tally **options;   // answered, by decision and option
    toc_tally *unanswered; // overdue, by decision
    toc_tally *actions;    // met in time, by the plan's expectation
    toc_tally *
        conditions; // by toc_scenario_part: a when came true, an on ran, a storyline reached its end
    toc_tally *
        objectives; // exercised: a decision of it settled or overdue, an expected action due or done
    toc_tally *phases;  // entered
    toc_tally *repairs; // started
    toc_tally black_starts;
    size_t deadlocks; // paths on which one was found

    toc_peak *most_injects, *most_words; // by team: the fullest quarter of an hour of any path
    toc_mark *marks;                     // of the ordinary path, by time
    size_t mark_count;
    toc_anchor *anchors; // by time; of the ordinary path, as the marks and levels are
    size_t anchor_count;
    toc_level_mark *levels; // by time
    size_t level_count;
    toc_variation *variations; // each-option, and exhaustive as far as it came; else none
    size_t variation_count;
    toc_finding *findings; // by kind, then file and line
    size_t finding_count;
    struct toc_path_texts *texts; // toc_survey_path
} toc_survey;

// toc_survey_run needs files with the library in it (toc_library_add), attachments already fetched. The
// scenario is loaded once a core. An error is one of loading; what happens on paths are findings.
toc_err toc_survey_run(toc_survey *out, const toc_files *files, const toc_survey_options *o,
                       toc_error *e);
// toc_survey_path gives the text of a path that a finding, tally, peak or variation names. Only those are
// kept: a survey's memory does not grow with its paths.
const char *toc_survey_path(const toc_survey *s, size_t path);
uint64_t toc_survey_run_seed(const toc_survey *s, size_t path); // of the scripts' `random` on it
void toc_survey_fini(toc_survey *s);

#endif
