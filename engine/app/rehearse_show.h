// SPDX-License-Identifier: MIT
#ifndef TOC_REHEARSE_SHOW_H
#define TOC_REHEARSE_SHOW_H

// What `tocsin rehearse` found, and how it is shown: as lines, as one JSON object, as a page.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "exercise/plan.h"
#include "rehearse/survey.h"
#include "script/scenario.h"

// A finding as it is shown, with the command that shows it again.
typedef struct {
    toc_found kind;
    char *subject, *text, *file; // "" for none
    int line;
    char *again;  // NULL for none
    size_t count; // of paths on which it is so; 0: not said
    bool is_error;
    size_t plan; // toc_finding
} toc_shown;

// Everything beside the findings is borrowed.
typedef struct {
    const toc_plan *plan;
    const toc_survey *survey;
    const toc_scenario_part *parts; // as survey->conditions
    size_t part_count;
    const char *dir; // the scenario's folder as it was given; NULL: the current one
    int64_t took_ms; // -1: not told
    toc_shown *findings;
    size_t finding_count, finding_capacity;
    size_t plans_played, plans_good; // .plan files beside the scenario
} toc_rehearsal;

// toc_rehearsal_init takes what the survey found; toc_rehearsal_add puts one more finding in its place.
void toc_rehearsal_init(toc_rehearsal *r, const toc_plan *plan, const toc_survey *survey,
                        const char *dir);
// toc_rehearsal_again gives a finding that only a plan shows its command; path is the plan's file.
void toc_rehearsal_again(toc_rehearsal *r, size_t plan, const char *path);
void toc_rehearsal_add(toc_rehearsal *r, toc_found kind, const char *subject, const char *text,
                       const char *file, int line, const char *again);
void toc_rehearsal_fini(toc_rehearsal *r);
size_t toc_rehearsal_errors(const toc_rehearsal *r); // the other findings are warnings

// toc_rehearsal_verdict says in one sentence whether it went well.
void toc_rehearsal_verdict(toc_buf *out, const toc_rehearsal *r);

// toc_rehearsal_uncovered: "what they left uncovered: INJ-19 …", for paths drawn at random.
void toc_rehearsal_uncovered(toc_buf *out, const toc_rehearsal *r);

// toc_again_path: the command that plays a path again, quoted for a shell. path is its text.
void toc_again_path(toc_buf *out, const char *dir, uint64_t seed, const char *path);
void toc_again_plan(toc_buf *out, const char *dir, uint64_t seed, const char *plan);
#define TOC_REHEARSE_SEED 1 // of runs and of random paths, where none is given

void toc_rehearse_text(toc_buf *out, const toc_rehearsal *r);
void toc_rehearse_json(toc_buf *out, const toc_rehearsal *r);
void toc_rehearse_html(toc_buf *out,
                       const toc_rehearsal *r); // the same bytes for the same findings

// Parts of the text.
void toc_rehearse_timeline(toc_buf *out, const toc_rehearsal *r);
void toc_rehearse_map(toc_buf *out, const toc_rehearsal *r);

// ---- what all of them need --------------------------------------------------------------------------

const char *toc_strategy_name(toc_strategy s);  // "each-option"
const char *toc_strategy_words(toc_strategy s); // "each choice changed once"
void toc_story_at(toc_buf *out, const toc_survey *s, int64_t t, bool is_clock); // or with the date
// toc_changed_services gives up to `most` services whose level changes on the ordinary path, those that the
// public or a team sees first; how many there are.
size_t toc_changed_services(const toc_rehearsal *r, size_t *services, size_t most);
int32_t toc_level_at(const toc_rehearsal *r, size_t service,
                     int64_t t);               // ppm; before the first: whole
void toc_short_play(toc_buf *out, int64_t ms); // "T+1:30", with seconds where there are some
size_t toc_tally_covered(const toc_tally *tallies, size_t count);
void toc_team_label(toc_buf *out, const toc_plan *plan, size_t team); // its id, or "excon"
// toc_mark_is_of: does the mark stand in the lane of that team (TOC_NONE: excon's)?
bool toc_mark_is_of(const toc_mark *m, size_t team);
bool toc_marks_have_excon(const toc_survey *s); // is there anything in its lane?

#endif
