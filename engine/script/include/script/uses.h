// SPDX-License-Identifier: MIT
#ifndef TOC_USES_H
#define TOC_USES_H

// What the code of a scenario does with what is declared, as far as that can be read without running
// it: which ids it sends and asks, what it waits for, which options it compares. What a helper function
// is given, or a loop makes, has no id here: see toc_uses_may_mean. The library's own code is left out.
//
// All strings live as long as the scenario.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "script/scenario.h"

typedef enum {
    TOC_USE_SEND,
    TOC_USE_SENT,
    TOC_USE_ASK,
    TOC_USE_DECIDED,
    TOC_USE_READ,
    TOC_USE_AWARE,
    TOC_USE_START_REPAIR,
    TOC_USE_ENTER_PHASE,
    TOC_USE_MET,
    TOC_USE_WAIT_UNTIL,
    TOC_USE_FINISH,
    TOC_USE_REPAIR, // its declaration
    TOC_USE_COUNT,
} toc_use_verb;

typedef struct {
    const char *file;
    int line;          // from 1
    int column, width; // in characters; column 0: the line as a whole
} toc_use_place;

typedef struct {
    toc_use_verb verb;
    const char *id;      // or the time that is waited for; NULL: not written out there
    toc_use_place at;    // of the id, else of the verb
    size_t block;        // the storyline, when or on that it stands in, or TOC_NONE
    int64_t earliest_ms; // play time before which the code cannot come here
    toc_at_kind wait;    // of a wait_until: PLAY or STORY; otherwise NEVER
    int64_t wait_ms;     // and until when
    bool is_first;       // of its block: nothing can happen in it before this
    bool is_certain;     // of a storyline: it comes here, and at earliest_ms
    bool is_needed;      // of a when: unless this holds, its condition is false
    bool is_used;        // something is done with what it gives
} toc_use;

// A storyline, when or on as it is written. One that stands in a function may play several times.
typedef struct {
    toc_scenario_part_kind kind;
    const char *name; // of a storyline; the kind of event of an on; NULL if it is not written out
    toc_use_place at; // its head
} toc_block;

// ask("D-01").option == "close", and what means the same.
typedef struct {
    const char *decision, *option;
    toc_use_place at; // of the option
} toc_option_use;

// said("ops", "press") where both are written out.
typedef struct {
    const char *from, *to;
    toc_use_place at; // of the call
} toc_talk_use;

typedef struct toc_uses toc_uses;

const toc_uses *toc_scenario_uses(const toc_scenario *s);

size_t toc_uses_count(const toc_uses *u);
const toc_use *toc_uses_at(const toc_uses *u, size_t i); // file by file, in the order of the text
size_t toc_uses_block_count(const toc_uses *u);
const toc_block *toc_uses_block(const toc_uses *u, size_t i);
size_t toc_uses_option_count(const toc_uses *u);
const toc_option_use *toc_uses_option(const toc_uses *u, size_t i);

size_t toc_uses_talk_count(const toc_uses *u);
const toc_talk_use *toc_uses_talk(const toc_uses *u, size_t i);

// toc_uses_mentions: does the code hold this id elsewhere than in its declaration and beside a verb?
bool toc_uses_mentions(const toc_uses *u, const char *id);
// toc_uses_may_mean: is verb somewhere given an id that is not written out, and could it be this one?
bool toc_uses_may_mean(const toc_uses *u, toc_use_verb verb, const char *id);

#endif
