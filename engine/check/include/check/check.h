// SPDX-License-Identifier: MIT
#ifndef TOC_CHECK_H
#define TOC_CHECK_H

// Everything that can be known of a scenario without playing it: what keeps it from being read, what
// cannot be meant, what planners would want to know, and how much there is to read. It reads no file
// and no clock.
//
// Thread: any; a review is plain memory and owns all it points to.

#include "base/files.h"
#include "script/scenario.h"

// What one team is given to read. Words are those of titles and texts; a text that is made in play counts
// with its title only. The quarter of an hour is counted over injects and decisions of known times.
typedef struct {
    char *team;
    size_t words;         // in all, over every branch
    size_t injects;       // addressed to it
    size_t tasks;         // decisions asked of it, and actions expected
    size_t busiest_words; // 0: nothing comes at a known time
    size_t busiest_count; // injects and decisions in it
    int64_t busiest_ms;   // when it begins
    bool is_nearly_idle;
} toc_load;

typedef struct {
    char *file;
    int line;
} toc_todo;

typedef struct {
    toc_problems problems; // sorted
    toc_scenario *scenario; // NULL where it cannot be loaded: then nothing below but todos is known
    char *id, *title, *marking;
    size_t injects, decisions, options, teams, parties, objectives, expectations, phases, services,
        storylines; // storylines: whens and ons too
    int64_t length_ms;
    toc_load *loads; // by team
    size_t load_count;
    toc_todo *todos;
    size_t todo_count, todo_capacity;
} toc_review;

// toc_check loads the scenario in files, to which it adds the library, and looks at it. Mistakes are in
// out, and the result is TOC_OK; an error means that nothing could be said. End out with
// toc_review_fini in any case.
toc_err toc_check(toc_review *out, toc_files *files, const toc_fetch *fetch, toc_error *e);
void toc_review_fini(toc_review *r);

// toc_review_count gives the number of mistakes and of warnings.
void toc_review_count(const toc_review *r, size_t *errors, size_t *warnings);

// From these on, planners are warned.
#define TOC_CHECK_WORDS_MOST   1500               // in a quarter of an hour
#define TOC_CHECK_INJECTS_MOST 6                  // in a quarter of an hour
#define TOC_CHECK_IDLE_MS      (25LL * 60 * 1000) // without anything new
#define TOC_CHECK_CALL_WORDS   200                // said on the phone or radio
#define TOC_CHECK_QUARTER_MS   (15LL * 60 * 1000)

#endif
