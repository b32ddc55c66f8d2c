// SPDX-License-Identifier: MIT
#ifndef TOC_LORE_H
#define TOC_LORE_H

// What the players of a rehearsal know before they play: who a scenario asks about with said(from, to),
// and when the exercise is nearly over. Nobody can tell that from a plan, so it is learnt by playing: a few
// plain paths first, always the same ones; then each path for itself, until nothing new is asked on it.
// So what is known on a path follows from the path alone.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "atlas.h"
#include "script/scenario.h"

// One who speaks to another.
typedef struct {
    char *from, *to;
    bool is_talk;  // scripts ask about it, not expected actions alone
    size_t group;  // who speaks: a team, then a party, then excon
    bool is_open;  // it can be said at any time
    bool is_reply; // only in reply to what came from there
} toc_lore_line;

typedef struct {
    size_t line, expectation;
} toc_lore_ask;

typedef struct {
    toc_lore_line *lines;
    size_t line_count, line_capacity;
    toc_lore_ask *asks; // of expected actions
    size_t ask_count, ask_capacity;
    int64_t by_hand; // play ms at which EXCON sends what nobody else does
} toc_lore;

void toc_lore_init(toc_lore *l, const toc_plan *plan);
void toc_lore_copy(toc_lore *to, const toc_lore *from); // to is uninitialised
void toc_lore_fini(toc_lore *l);
// toc_lore_is_new: did the scenario ask about anything in its newest play that is not known?
// toc_lore_learn adds that; true if there was any.
bool toc_lore_is_new(const toc_lore *l, const toc_scenario *s);
bool toc_lore_learn(toc_lore *l, const toc_atlas *a, const toc_scenario *s);
size_t toc_lore_group(const toc_atlas *a, const char *speaker); // TOC_NONE: nobody

#endif
