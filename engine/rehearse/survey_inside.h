// SPDX-License-Identifier: MIT
#ifndef TOC_SURVEY_INSIDE_H
#define TOC_SURVEY_INSIDE_H

// The inside of a survey: explore.c says which paths, workers.c has them played, tally.c adds up what
// came of them in the order of their numbers, variations.c says what each choice changes, findings.c what is wrong.

#include "base/random.h"
#include "outcome.h"
#include "rehearse/survey.h"
#include "troupe.h"

#define TOC_SURVEY_BATCH      64  // paths that are out at a time, whatever the number of cores
#define TOC_SURVEY_DRAWN_MOST 400 // paths drawn for what the strategy each-option left uncovered
#define TOC_SURVEY_LOAD_MOST  6   // injects to a team in a quarter of an hour
#define TOC_SURVEY_TROUBLES   300 // different ones that are kept

// A path to be played.
typedef struct {
    toc_path path;
    const toc_playplan *plan; // it is this plan that is played, and no path
    uint64_t run_seed;
    size_t fixed;  // exhaustive: so many of the decisions that are asked are chosen
    size_t parent; // of a variation: the one of the parents that it is compared with, or TOC_NONE
    toc_choice change; // the choice in which it differs; from and to are borrowed from the lines
} toc_job;

// Ends of play by their time.
typedef struct {
    int64_t t;
    size_t count;
} toc_end_time;

typedef struct {
    toc_found kind;
    char *subject, *text;
    size_t count, first;
    size_t lasting, lasting_first; // paths on which it lasts until the end
    size_t plan;                   // the first plan on which it was, or TOC_NONE
} toc_trouble_tally;

// By decision.
typedef struct {
    size_t compared, first; // how many paths came out as another that differs in the option alone
    bool differs;
    bool is_clouded;                // a script failed on such a path: nothing can be said
    size_t open_at_end, open_first; // paths on which the exercise's length was over before
} toc_decision_tally;

// By inject: paths on which what it follows came too late.
typedef struct {
    size_t count, first;
} toc_behind_tally;

// By expectation.
typedef struct {
    size_t planned; // plans on which it was opened
    size_t planned_by_condition;
    size_t opened, by_condition, marked, marked_first, idle, idle_first, unmet;
} toc_action_tally;

typedef struct toc_parent toc_parent;

// What came of a path, apart from one of its decisions; the key says which decision, and what the rest of
// the path is.
typedef struct {
    uint64_t key, sum;
} toc_context;

typedef struct {
    toc_survey *out;
    const toc_plan *plan;
    const toc_atlas *atlas;
    const toc_scenario *scenario; // for its parts
    const toc_files *files;
    const toc_survey_options *o;
    size_t most;

    // explore.c
    toc_job *jobs; // each-option: from first on; exhaustive: the last is next
    size_t job_count, job_capacity, job_first;
    toc_random *random;
    size_t drawn, combined;
    bool has_combined,
        has_tried; // the combinations, and the other contexts, were made if any were needed
    bool *knows_decision, *knows_action;
    toc_lore_line *lines; // whom scripts ask about, on any path
    size_t line_count, line_capacity;

    // tally.c: of what shows a finding the path with the fewest choices is named
    size_t paths;
    size_t choices;     // of the path that is being added
    toc_end_time *ends; // of all paths with ENDEX, by time
    size_t end_count, end_capacity;
    toc_context *contexts; // of decisions that may have no effect; open addressing
    size_t context_count, context_room;
    size_t endex, finished, unfinished_first, stopped, stopped_first;
    toc_decision_tally *decisions;
    toc_action_tally *actions;
    toc_behind_tally *behind; // by inject
    size_t *at_once;          // by part
    bool *begun;              // by part, on any path
    size_t *loads;            // by team: paths with too much
    toc_trouble_tally *troubles;
    size_t trouble_count, trouble_capacity;
    size_t finding_capacity;

    // variations.c
    toc_parent *parents;
    size_t parent_count, parent_capacity, variation_capacity;
} toc_surveying;

// explore.c
void toc_explore_begin(toc_surveying *v, const toc_lore *base);
// toc_explore_next takes the next job into *job, whose path is then the caller's; false: there is none now.
bool toc_explore_next(toc_surveying *v, toc_job *job);
// toc_explore_more: once nothing waits, and all that was played has been learnt from.
void toc_explore_more(toc_surveying *v);
// toc_explore_learn: what a path came to that no path before did, and where it leads from there.
void toc_explore_learn(toc_surveying *v, const toc_job *job, const toc_outcome *o);
size_t toc_explore_left(const toc_surveying *v); // jobs that wait
void toc_explore_end(toc_surveying *v);

// tally.c
void toc_tally_begin(toc_surveying *v);
void toc_tally_add(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t path);
// toc_tally_plan adds what the n-th plan covers.
void toc_tally_plan(toc_surveying *v, const toc_outcome *o, size_t n);
bool toc_tally_is_covered(const toc_surveying *v);
void toc_tally_finish(toc_surveying *v); // ends, medians
void toc_tally_end(toc_surveying *v);
// toc_tally_keep keeps the text of a path, while it is the one being added.
void toc_tally_keep(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t path);

// variations.c. toc_variations_begin: the path being learnt from is the first to come to this point, and
// its own outcome is a variation. toc_variations_parent gives the parent that it is for others.
void toc_variations_begin(toc_surveying *v, const toc_job *job, const toc_choice *point,
                          const toc_outcome *o);
size_t toc_variations_parent(toc_surveying *v, const toc_job *job, const toc_outcome *o);
// true: the path is one
bool toc_variations_add(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t path);
void toc_variations_finish(toc_survey *s);
void toc_variations_end(toc_surveying *v);
void toc_variations_fini(toc_survey *s);

// context.c: does a decision change anything, compared on paths that differ in nothing else?
void toc_contexts_add(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t path);
bool toc_context_is_open(const toc_surveying *v,
                         size_t decision); // it was compared, and changed nothing yet

// combine.c: paths that take several options together, and pairs that show what one decision does beside
// others. Both add jobs; true if there are any.
bool toc_combine(toc_surveying *v);
bool toc_try_contexts(toc_surveying *v);

// explore.c, for them
void toc_explore_add(toc_surveying *v, toc_path *path); // takes the path
void toc_explore_draw(toc_surveying *v, toc_path *path);

// cause.c: appends why an inject is never sent, where its text tells.
void toc_cause_unsent(const toc_surveying *v, const char *inject, toc_buf *text);
// toc_doubt says why it is not certain that something never comes about (half a sentence), or NULL: what the
// scenario's text hangs it on is more than the rehearsal's players do. id: what is never sent, asked …; or
// NULL and a part.
const char *toc_doubt(const toc_surveying *v, const char *id, size_t part);
const char *toc_doubt_at(const toc_surveying *v, const toc_place *place); // of what stands there
// toc_place_named: where an id stands first in the scenario; borrowed from its files.
toc_place toc_place_named(const toc_surveying *v, const char *id);
bool toc_has_random(const toc_files *files);

// findings.c
void toc_findings_make(toc_surveying *v);

// marks.c: plays the ordinary path once more.
toc_err toc_marks_make(toc_surveying *v, toc_troupe *t, toc_error *e);

#endif
