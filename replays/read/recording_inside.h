// SPDX-License-Identifier: MIT
#ifndef TOC_RECORDING_INSIDE_H
#define TOC_RECORDING_INSIDE_H

// What a recording finds while it reads its lines, so that nobody has to walk through them again: who sat where, who
// read what, how the story's clock ran.

#include "base/map.h"
#include "base/time.h"
#include "replays/recording.h"

// From here on the story goes on at this pace.
typedef struct {
    int64_t seq, play, story; // ms
    int64_t pace;             // story per play, thousandths
} recorded_anchor;

typedef struct {
    int64_t seq;
    char *name; // NULL: signed out, or the seat was taken away
} recorded_person;

typedef struct {
    recorded_person *at;
    size_t count, capacity;
} recorded_seat;

// The first time that a team opened an item. Those of one item hang on each other.
typedef struct {
    char team[64];
    int64_t seq;
    size_t next; // 1-based; 0: the last
} recorded_read;

typedef struct {
    toc_map *seat_of; // its index
    recorded_seat *seats;
    recorded_read *reads;
    size_t *reads_of; // by seq of the item: 1-based, 0: nobody read it
    recorded_anchor *anchors;
    size_t seat_count, seat_capacity, read_count, read_capacity, reads_of_count, reads_of_capacity;
    size_t anchor_count, anchor_capacity;
    int64_t start;
    bool is_closed;
} recorded_index;

// recording_kept.c: takes the words of a real emergency out of a line. Every line, in order; *is_emergency goes from one to the next.
void toc_kept_hide(toc_event *ev, bool *is_emergency);

void toc_index_init(recorded_index *index, toc_story startex, int64_t pace);
void toc_index_fini(recorded_index *index);
// plan may be NULL. Every line, in order.
void toc_index_add(recorded_index *index, const toc_plan *plan, const toc_event *ev);
const char *toc_index_person(const recorded_index *index, const char *seat, int64_t seq);
int64_t toc_index_read(const recorded_index *index, int64_t item, const char *team, int64_t seq);
int64_t toc_index_story(const recorded_index *index, int64_t seq, int64_t t);
int64_t toc_index_play(const recorded_index *index, int64_t story_ms);

#endif
