// SPDX-License-Identifier: MIT
#ifndef TOC_REVIEW_INSIDE_H
#define TOC_REVIEW_INSIDE_H

// A review while it is made: every line is shown to each of its parts once, in order; then the parts end.

#include "base/map.h"
#include "replays/review.h"

#define REVIEW_UNKNOWN ((size_t)-1)

// Indexes into a list, or seqs.
typedef struct {
    int64_t *at;
    size_t count, capacity;
} review_list;

// A team, or whoever else gets items: what came to it, and of that what it opened and did not act on yet.
typedef struct {
    char *id;
    bool is_team;
    review_list arrivals, opened;
} review_place;

typedef struct {
    toc_review *out;
    const toc_recording *r;
    const toc_plan *plan;
    int64_t now;      // play ms that play has come to
    const char *wall; // the newest
    bool has_ended;
    int64_t jump_seq, jump_until; // what happens now happens on the way of that jump; 0: of none
    toc_map *place_of, *inject_of, *decision_of, *action_of, *service_of, *seat_of, *rating_of;
    review_place *places;
    size_t place_count, place_capacity;
    size_t *arrivals_of; // by seq of an item: the first of its arrivals, 1-based; 0: it is none
    size_t inject_capacity, arrival_capacity, decision_capacity, action_capacity, rating_capacity,
        note_capacity, talk_capacity, rfi_capacity, service_capacity, seat_capacity, pause_capacity;
    size_t *level_capacities; // by service
    int64_t *left_at;         // by seat: play ms since it is left; -1: somebody sits there
    size_t left_capacity, level_capacity_capacity;
    size_t own_capacity;
    int written;            // injects that EXCON wrote
    const char *pause_wall; // of the pause that lasts; NULL: none does
} review_work;

// In the order in which they are shown each line.
void toc_review_injects_begin(review_work *w);
void toc_review_injects_see(review_work *w, const toc_event *ev);
void toc_review_injects_end(review_work *w);
void toc_review_arrivals_see(review_work *w, const toc_event *ev);
void toc_review_arrivals_end(review_work *w);
void toc_review_decisions_begin(review_work *w);
void toc_review_decisions_see(review_work *w, const toc_event *ev);
void toc_review_decisions_end(review_work *w);
void toc_review_actions_begin(review_work *w);
void toc_review_actions_see(review_work *w, const toc_event *ev);
void toc_review_actions_end(review_work *w);
void toc_review_marks_see(review_work *w, const toc_event *ev); // observations and ratings
void toc_review_world_begin(review_work *w);
void toc_review_world_see(review_work *w, const toc_event *ev);
void toc_review_world_end(review_work *w);
void toc_review_people_see(review_work *w, const toc_event *ev);
void toc_review_people_end(review_work *w);
void toc_review_pauses_see(review_work *w, const toc_event *ev);
void toc_review_pauses_end(review_work *w);

// What the review has of an id, until the next is added; what is not there yet is added if is_new, else NULL.
toc_review_inject *toc_review_inject_of(review_work *w, const char *id, bool is_new);
toc_review_decision *toc_review_decision_of(review_work *w, const char *id, bool is_new);
toc_review_action *toc_review_action_of(review_work *w, const char *id, bool is_new);
review_place *toc_review_place(review_work *w,
                               const char *id); // made if it is not there; until the next is made
review_place *toc_review_place_of_seat(review_work *w,
                                       const char *seat);    // NULL: control's, or of no team
const char *toc_review_own(review_work *w, char *text_take); // kept with the review
void toc_review_list_add(review_list *l, int64_t number);
int64_t toc_review_median(int64_t *numbers,
                          size_t count); // sorts them; the mean of the middle two; -1 for none
const toc_event *toc_review_cause(const review_work *w,
                                  const toc_event *ev); // NULL: it has none that is known
// From when somebody could know of what happens in this line: its time, or the end of the jump that it is on the way of.
int64_t toc_review_since(const review_work *w, const toc_event *ev);
int64_t toc_review_wall_ms(const char *wall);           // since 1970; -1: no time

#endif
