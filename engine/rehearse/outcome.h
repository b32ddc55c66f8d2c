// SPDX-License-Identifier: MIT
#ifndef TOC_OUTCOME_H
#define TOC_OUTCOME_H

// What came of one path, small enough to be kept while others are played: flags, times, sums.

#include "atlas.h"
#include "lore.h"
#include "rehearse/survey.h"
#include "stage.h"

enum { TOC_SETTLED_NOT = -1, TOC_SETTLED_OVERDUE = -2, TOC_SETTLED_OWN = -3 }; // else an option

// A script's error, a refusal, a deadlock.
typedef struct {
    toc_found kind;
    char *subject, *text;
    size_t service;  // of a deadlock: one of those that wait; else TOC_NONE
    bool is_lasting; // it is still down at the end
} toc_trouble;

// What a choice may change, the first time it happens on a path.
typedef enum {
    TOC_HAPPENED_SENT, // an inject
    TOC_HAPPENED_ASKED,
    TOC_HAPPENED_SETTLED,
    TOC_HAPPENED_ENTERED, // a phase
    TOC_HAPPENED_STARTED, // a repair
    TOC_HAPPENED_COUNT,
} toc_happened;
typedef struct {
    toc_happened what;
    size_t index;
    int64_t t;
} toc_happening;

typedef struct {
    int32_t lowest, last; // ppm
} toc_level_fate;

typedef struct {
    int64_t t;
    size_t words;
} toc_arrival;

// How often a part of the scenario began and reached its end.
typedef struct {
    bool has_begun, has_ended, is_at_once;
} toc_part_fate;

typedef struct {
    bool is_open, is_by_condition, is_marked; // its deadline was known; what met it
    toc_expect_state state;                   // in the end
    int64_t t;                                // since when
} toc_action_fate;

// The exclusive quarter of an hour of a team.
typedef struct {
    int64_t injects_from, words_from;
    size_t injects, words;
} toc_team_load;

typedef struct {
    const toc_atlas *atlas;
    bool *sent; // by inject
    bool *asked;
    int *settled; // by decision
    size_t *asks; // decisions in the order of asking
    size_t ask_count;
    toc_action_fate *actions;
    toc_part_fate *parts;
    size_t part_count;
    size_t finisher; // the storyline that finished the exercise, or TOC_NONE
    bool *phases, *repairs, *objectives;
    bool has_black_start, has_deadlock;
    bool has_endex, is_finished, is_stopped; // finished: by a storyline, before its length was over
    int64_t end;
    toc_buf reason; // of ENDEX
    toc_team_load *loads;
    uint64_t sum;           // of all that a decision could change
    uint64_t *sums;         // by decision: the part of it that is about the decision itself
    toc_level_fate *levels; // by service
    toc_happening *order;
    size_t order_count;
    toc_trouble *troubles;
    size_t trouble_count, trouble_capacity;
    toc_lore_line *lines; // beyond what is known of every path: those that scripts ask about
    size_t line_count, line_capacity;

    toc_arrival **arrivals; // by team
    size_t *arrival_counts;
    uint64_t *read_sums; // by inject: the text whose words were counted last
    size_t *read_words;
    toc_watcher watcher;
} toc_outcome;

void toc_outcome_init(toc_outcome *o); // for toc_outcome_watch
// toc_outcome_watch gives the watcher of a play by a troupe's scenario; it forgets what was before.
const toc_watcher *toc_outcome_watch(toc_outcome *o, const toc_atlas *atlas,
                                     const toc_scenario *scenario);
// toc_outcome_talk takes over what was learnt on the path beyond what is known of all.
void toc_outcome_talk(toc_outcome *o, const toc_lore *base, const toc_lore *own);
void toc_outcome_fini(toc_outcome *o);

#endif
