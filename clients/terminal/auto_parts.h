// SPDX-License-Identifier: MIT
#ifndef TOC_AUTO_PARTS_H
#define TOC_AUTO_PARTS_H

// The inside of an automatic seat, for auto.c (when) and policy.c (what).

#include "base/random.h"
#include "record/playplan.h"
#include "terminal/auto.h"

typedef enum { TOC_AUTO_FIRST, TOC_AUTO_RANDOM, TOC_AUTO_SILENT, TOC_AUTO_PLAN } toc_auto_kind;

// What is meant to be done with an item or a question, and when; play ms, -1 for never.
typedef struct {
    int64_t read_at, ack_at, reply_at;
} toc_item_intent;

typedef struct {
    int64_t answer_at;
    int seen; // the state of the question when this was decided; -1: none yet
    bool is_done;
} toc_question_intent;

typedef struct {
    char *inject;
    int64_t release_at;
    int times; // a text that fails holds its inject again: not for ever
} toc_held_intent;

struct toc_auto {
    toc_auto_kind kind;
    char seat[64], team[64];
    bool is_first, is_excon, is_player;
    bool has_started, has_closed; // sent
    int64_t resumed;              // the `resumed` after which play was let go on
    toc_random random;
    toc_playplan plan;
    bool *done; // a step of the plan each
    int *lines; // of the acts from line_from on, as they were made last
    size_t line_from, line_count;
    toc_events again; // acts that wait for the end of a real emergency
    size_t cue_count; // of the picture's, those that were noticed
    toc_item_intent *items;
    size_t item_count, item_capacity;
    toc_question_intent *questions;
    size_t question_count, question_capacity;
    toc_held_intent *held;
    size_t held_count, held_capacity;
};

// policy.c: what a policy makes of something new.
toc_item_intent toc_auto_item(toc_auto *a, const toc_item *item, int64_t now);
int64_t toc_auto_answer_at(toc_auto *a, const toc_picture *p, const toc_question *q, int64_t now);
// Is it this seat that rules on it: an answer of a team's own, or a time that the story jumped over?
bool toc_auto_rules(const toc_auto *a, const toc_question *q);
int64_t toc_auto_release_at(toc_auto *a, const char *inject, int64_t now);
// The act itself.
void toc_auto_answer(toc_auto *a, const toc_question *q, toc_events *acts);
void toc_auto_reply(toc_auto *a, const toc_item *item, toc_events *acts);

// Is there a line of the plan for that decision (or inject), of a seat of this team?
bool toc_auto_mentions(const toc_auto *a, toc_kind kind, toc_field field, const char *id);

#endif
