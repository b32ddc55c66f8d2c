// SPDX-License-Identifier: MIT
#ifndef TOC_CHECK_PASS_H
#define TOC_CHECK_PASS_H

// What the passes over a loaded scenario share. Each looks for one kind of mistake, and tells only what
// is certain: whatever an id or a time that is made in play could change is left alone. Private to
// engine/check.

#include "base/map.h"
#include "check/check.h"
#include "script/locate.h"
#include "script/uses.h"

typedef struct {
    const toc_plan *plan;
    const toc_uses *uses;
    const toc_files *files;
    toc_problems *problems;
    toc_locator *locator;
    struct toc_reach *inject_reach; // reach.c
    toc_map *asked;                 // decisions that code asks by their ids
    toc_map *begun;                 // phases and repairs that code enters and starts
    toc_map *met;                   // expectations that code meets: the earliest ms
    toc_map *heard;                 // kinds of events of on
    bool hears_any;                 // an on whose kind is not written out
    bool has_clock;                 // it is certain when a moment of the story comes
} toc_pass;

// How an inject can come.
typedef struct toc_reach {
    bool is_sent;  // by something
    bool has_time; // and then at planned_ms, unless EXCON has it otherwise
    int64_t planned_ms;
    int64_t earliest_ms; // not before, in play time
    bool is_done;        // worked out
} toc_reach;

// tell.c: a problem at a declaration. key NULL: at its head; otherwise at the value of the key.
toc_problem *toc_pass_tell(toc_pass *p, const char *code, const char *word, const char *id,
                           const toc_place *place, const char *key, const char *format, ...)
    TOC_PRINTF(7, 8);
toc_problem *toc_pass_tell_use(toc_pass *p, const char *code, const toc_use_place *at,
                               const char *format, ...) TOC_PRINTF(4, 5);
const char *toc_pass_time(char out[32], int64_t play_ms); // "T+2:30"

// clock.c: when a moment of the story comes in play, if pace and phases say so for certain (has_clock).
bool toc_pass_has_clock(const toc_pass *p);
bool toc_pass_story(const toc_pass *p, int64_t story_ms, int64_t *play_ms);
// toc_pass_is_late: a wait_until that the end of the exercise comes before.
bool toc_pass_is_late(const toc_pass *p, const toc_use *u);

void toc_pass_reach(
    toc_pass *p); // reach.c: fills inject_reach, asked, met, heard; E0304, E0305, E0310
void toc_pass_times(toc_pass *p);   // times.c: E0301
void toc_pass_options(toc_pass *p); // options.c: E0302, E0307
void toc_pass_parts(toc_pass *p);   // parts.c: E0306
void toc_pass_purpose(toc_pass *p); // purpose.c: E0308, E0309, E0311, W0401, W0402, W0407, W0408
void toc_pass_load(toc_pass *p, toc_review *out); // load.c: W0403 to W0406

// todo.c: TODO, FIXME and ??? in all sources but the library's.
void toc_review_todos(toc_review *out, const toc_files *files);

#endif
