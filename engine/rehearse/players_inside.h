// SPDX-License-Identifier: MIT
#ifndef TOC_PLAYERS_INSIDE_H
#define TOC_PLAYERS_INSIDE_H

// The inside of the players, for players.c (what they notice and mean to do) and acts.c (doing it).

#include "diary.h"
#include "players.h"

typedef enum {
    INTENT_START,
    INTENT_READ, // index: team, number: item
    INTENT_ACK,
    INTENT_SPEAK,  // index: group
    INTENT_REPLY,  // index: line
    INTENT_ANSWER, // index: decision, number: version
    INTENT_RULE,
    INTENT_RELEASE, // index: inject
    INTENT_FIRE,
    INTENT_DELIVER,
    INTENT_DO,     // index: expectation, number: version
    INTENT_SAY,    // index: line
    INTENT_SETTLE, // index: expectation, number: version
} toc_intent_kind;

typedef struct {
    const toc_choice *choice; // NULL: the default
    int64_t version;          // of its deadline: intents of an older one are void
    bool is_done;             // answered, once
} toc_decision_mind;

typedef struct {
    const toc_choice *choice;
    int64_t version;
    bool is_done;
    bool is_released; // LATE: it is late now, and its lines are free
} toc_action_mind;

typedef struct {
    bool is_pending;
    int times;
} toc_release_mind;

typedef struct {
    int blocked;       // how many reasons there are to be silent
    int64_t last_item; // what came the other way last, or 0
} toc_line_mind;

struct toc_players {
    const toc_atlas *atlas;
    const toc_plan *plan;
    const toc_path *path;
    const toc_lore *lore;
    toc_actors actors;
    toc_diary diary;
    toc_decision_mind *decisions;
    toc_action_mind *actions;
    toc_release_mind *releases; // by inject
    toc_line_mind *lines;       // as in the lore
    size_t line_capacity;
    int64_t *speaks; // by group: when it means to speak, or -1
    char **to;       // scratch, as long as the lore's lines
};

// What is left to do when the exercise comes to it.
void toc_players_do(toc_players *p, toc_stage *s, const toc_intent *intent);
// LATE: nobody has to be silent for its sake any more.
void toc_players_free_lines(toc_players *p, size_t expectation);
bool toc_players_mean_to_miss(const toc_players *p, size_t expectation);

#endif
