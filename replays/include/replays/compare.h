// SPDX-License-Identifier: MIT
#ifndef TOC_COMPARE_H
#define TOC_COMPARE_H

// Two recordings side by side: what they have in common, the first line in which they part and why, and how they differ in what
// was sent, decided, done, lost and rated. It is symmetric: what is said of A and B is said of B and A.
//
// What says nothing of the exercise is not compared: seals, marks, how fast play ran, who joined, left or signed in, which seats were
// open, requests' ids and the clock on the wall. Lines are known to each other by what they say, not by their numbers.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "replays/hours.h"
#include "replays/recording.h"
#include "replays/review.h"

// A file of the scenario that is not the same.
typedef struct {
    const char *path; // borrowed
    bool is_in_a, is_in_b;
    int line; // the first that differs, from 1; 0: a file that is in one alone, or is no text
} toc_compare_file;

typedef enum {
    TOC_COMPARE_DECISION,  // other answers, by others, at another time
    TOC_COMPARE_INJECT,    // sent in one alone, or at another time
    TOC_COMPARE_ACTION,    // what came of an expected action
    TOC_COMPARE_SERVICE,   // lowest, at the end, first below half, lost
    TOC_COMPARE_OBJECTIVE, // ratings, expected actions met
    TOC_COMPARE_PHASE,     // entered in one alone, or at another time
    TOC_COMPARE_KINDS,
} toc_compare_kind;

// Something that differs: its id, and where it stands in the reviews; TOC_NONE: not there. Objectives and phases stand in
// `objectives` and `phases` below.
typedef struct {
    toc_compare_kind kind;
    const char *id;
    size_t a, b;
    int64_t t; // when it first shows, play ms; -1: at no time
} toc_compare_row;

typedef struct {
    const char *id;
    toc_buf ratings;     // "P, M (ops)": the newest of each person
    size_t met, actions; // expected actions met in time or late; all of it
} toc_compare_objective;

typedef struct {
    const char *id;
    int64_t t, seq;
} toc_compare_phase;

// One of the two.
typedef struct {
    const toc_recording *recording;
    toc_review review;
    toc_hours hours;
    bool has_hours; // else the review's own reckoning counts
    toc_compare_objective *objectives;
    toc_compare_phase *phases;
    size_t objective_count, phase_count, message_count;
    int64_t last, first; // the last line in common; the first that is not: 0 where there is none
} toc_compare_side;

typedef struct {
    toc_compare_side a, b;
    bool is_same_exercise; // by its id
    bool is_same_seed;
    bool is_a_of_b, is_b_of_a; // a branch of the other, which has that line
    toc_compare_file *files;
    size_t file_count, file_capacity;
    int64_t common;        // lines compared that are the same, from the start on
    bool is_same;          // all of them are, and the files
    toc_compare_row *rows; // by kind, then in the order of A's plan
    size_t row_count, row_capacity;
} toc_comparison;

void toc_compare(toc_comparison *out, const toc_recording *a, const toc_recording *b); // borrowed
void toc_comparison_fini(toc_comparison *c);

// The row of the first thing of the story that differs: a decision, inject, expected action, phase; NULL.
const toc_compare_row *toc_comparison_first(const toc_comparison *c);
int64_t toc_compare_lost(const toc_compare_side *s, size_t service); // of its review: user-hours
int64_t toc_compare_lost_all(const toc_compare_side *s);
int64_t toc_compare_below_half(const toc_review_service *s); // play ms; -1: never

// In words, for people: names say where the two are. And as one object, schema "tocsin.compare/1".
void toc_comparison_text(toc_buf *out, const toc_comparison *c, const char *name_a,
                         const char *name_b);
void toc_comparison_json(toc_buf *out, const toc_comparison *c);

#endif
