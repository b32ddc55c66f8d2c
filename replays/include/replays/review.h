// SPDX-License-Identifier: MIT
#ifndef TOC_REVIEW_H
#define TOC_REVIEW_H

// The review of a recording: what the report, and the comparison of two recordings, count and list. Facts only, each with the lines
// that show it; no words. Everything is found in the recorded lines and the plan, in one pass; nothing is executed again.
//
// Times are play ms, -1 where there is none; seqs are 0 where there is none. Strings are borrowed from the recording.
// A recording that was cut off is reviewed as far as it goes. Lists stand in the order of the plan, what the plan does not
// know behind it in the order in which it came.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "replays/recording.h"

// A row of the master list. What hangs on voice is sent when a controller said that it was told.
typedef struct {
    const char *id;         // INJ-04, ADHOC-2
    const toc_inject *plan; // NULL: written in play
    const char *title, *objective; // as it was sent, else as planned; objective may be NULL
    bool is_adhoc, is_voice;
    // When the plan meant it to go by itself; of one that follows another one, counted from when that was sent; of a time of
    // the story, when the story came to it (or would have, at the pace of the end).
    int64_t planned, sent, sent_seq;
    int64_t armed_seq, held_seq, released_seq, cued_seq, skipped_seq, edited_seq, moved_seq, fired_seq, delivered_seq;
    int64_t moved_to;     // its newest other time
    int64_t recalled_seq; // its cue was taken back by a hold
    const char *armed_by; // the expected action whose absence armed or sent it
    const char *sent_by;  // "clock", "storyline", "contingency" (an expected action was not seen), or the control seat
    const char *reason;   // skipped, held: why
    size_t to_count, read_count, ack_count; // teams
} toc_review_inject;

// An inject or message, and one to whom it went.
typedef struct {
    int64_t item;             // its line
    const char *from, *to;    // to: a team, a party, or "excon"
    bool is_inject, is_voice, is_team;
    int64_t arrived;
    int64_t since; // from when it is counted how long it lay: arrived, or the end of the jump in which it came
    int64_t read, read_seq;   // the first seat of that team opened it, or acknowledged it
    int64_t acked, acked_seq;
    int64_t acted, acted_seq; // the team's first say, decide, submit, forward or ack after it had read it
    int64_t answered, answered_seq; // the first answer of theirs, or of a controller for a party
} toc_review_arrival;

typedef struct {
    const char *id, *title, *objective; // objective may be NULL
    const toc_decision *plan;           // NULL if the plan did not load
    const char *team;
    int64_t ask_seq, asked, first_deadline, deadline; // deadline: the last
    int64_t since;                 // from when its answer is counted: asked, or the end of the jump in which it was
    int64_t extended_seq;          // the newest deadline line that EXCON brought about
    size_t extended_count;
    int64_t crossed_seq;           // story time jumped over its deadline, and it got no other since
    int64_t jumped_seq;            // the jump of EXCON in which its time ended
    int64_t answered_seq, answered; // the input that the outcome came of, and its time; none: overdue
    int64_t settled_seq, settled;  // decided or overdue
    bool is_overdue, is_own, is_for_team; // own answer; decided by EXCON for the team
    const char *option, *text, *reason, *by; // by: the seat that decided (the input's); overdue: option is the default
    const char *ruling, *ruling_by, *ruling_reason;
    int64_t rejected_seq; // the newest answer of its own that EXCON rejected
    size_t rejected_count;
    int64_t late_seq, late; // the first answer that came too late
    const char *late_by;
    // Items that had come to the team when it answered (its own answer: when it wrote it), else when it was settled,
    // else at the end: seqs of injects and messages. What was told by voice counts as read.
    int64_t *read, *unread;
    size_t read_count, unread_count;
} toc_review_decision;

typedef struct {
    const char *id;
    const toc_expectation *plan;
    const char *team, *text, *objective;
    const char *state; // of the newest line: met late overdue crossed not-observed not-exercised open; "planned": no line
    const char *by;    // what met it: condition product script, or the seat that marked it
    bool is_marked;        // a person said so: then at is when they did, and nobody knows by how much it was late
    const char *mark_text; // what they wrote; or NULL
    int64_t seq, deadline, at; // at: when it was met, late too
    int64_t cause_seq;         // what the newest line came of: the product, the message, the mark
    int64_t overdue_seq;
    int64_t jumped_seq;        // the jump of EXCON in which its time ended
    int64_t late;              // ms after the deadline; -1: not late, or marked so
    bool is_crossed;           // the story's clock jumped over its time: deadline is when that was
    bool is_cut_off;           // the exercise ended before it was due
} toc_review_action;

typedef struct {
    int64_t seq;
    const char *objective, *team, *rating, *text, *by; // team NULL: of all
} toc_review_rating;

typedef struct {
    int64_t seq, t, occurred;
    const char *by, *text, *objective, *team; // objective: named, or that of what it is about
    const char *inject, *decision, *expectation; // what it is about, as far as it was named
    int64_t about; // the line it is about; 0: none
} toc_review_note;

typedef struct {
    const char *from, *to; // teams, parties, "excon"
    size_t count, answered;
    int64_t median_answer; // ms
} toc_review_talk;

typedef struct {
    int64_t seq, t;
    const char *from, *text;
    char *const *to; // teams, parties, "excon"
    size_t to_count;
    int64_t answered, answered_seq; // -1, 0: open to the end
    const char *answered_by; // who answered: a team, a party, "excon"
} toc_review_rfi;

typedef struct {
    int64_t seq, t;
    int64_t level; // ppm
    int64_t story; // ms since 1970
} toc_review_level;

typedef struct {
    const char *id;
    size_t service;   // in the plan's model; TOC_NONE if the plan did not load
    toc_review_level *at; // its changes, by time
    size_t count;
    int64_t first, lowest, last; // ppm; first: at STARTEX
    int64_t lost;         // user-hours, as the exercise's own reckoning would say at the end; 0 without a plan
} toc_review_service;

typedef struct {
    const char *id, *role, *team, *name; // team NULL: control, the board; newest name; NULL: nobody signed in
    int64_t joined, left; // left: if nobody came back
    size_t acts;       // inputs of theirs but read, join, leave, sign-in, sign-out
    size_t gaps;       // times that it was left and sat at again
    int64_t away;      // ms of play in them
} toc_review_seat;

typedef struct {
    int64_t from, until; // play ms are equal: pauses take none; wall ms tell how long
    int64_t wall_ms;     // -1: the recording does not tell
    bool is_emergency;
    bool is_restart;     // the engine was gone, and was started again
    const char *by, *reason;
    int64_t seq, until_seq; // until_seq: the resume; 0: play did not go on
} toc_review_pause;

// The numbers of the overview. asked = decided + late + unanswered.
typedef struct {
    size_t sent, skipped, never_sent; // injects of the plan, and ad hoc ones sent
    size_t adhoc, moved, edited;
    size_t asked, decided, late, unanswered; // decisions of teams; late: an answer came after the deadline
    size_t decided_for;                      // of those decided: by EXCON for the team
    // ms from arrival to read (injects to a team, but voice), from arrival to the team's first act after it had read it,
    // from ask to answer (by the team). What came within a jump counts from the jump's end.
    int64_t median_read, median_first_act, median_decide;
    int64_t lost; // user-hours, all services
} toc_review_numbers;

typedef struct {
    const toc_recording *recording;
    const toc_plan *plan; // NULL if it did not load
    toc_review_numbers numbers;
    toc_review_inject *injects;
    toc_review_arrival *arrivals; // by item
    toc_review_decision *decisions; // ask_seq 0: it was never asked
    toc_review_action *actions;
    toc_review_rating *ratings; // the newest of each person on an objective and team
    toc_review_note *notes;
    toc_review_talk *talks;
    toc_review_rfi *rfis;
    toc_review_service *services;
    toc_review_seat *seats; // that somebody sat down at
    toc_review_pause *pauses;
    size_t inject_count, arrival_count, decision_count, action_count, rating_count, note_count, talk_count, rfi_count,
        service_count, seat_count, pause_count;
    int64_t started, ended; // play ms of STARTEX (0) and ENDEX; -1
    const char *wall_started, *wall_ended; // wall_ended: of the input that ended play, or the newest before it did; NULL
    char **own; // strings that no line holds
    size_t own_count;
} toc_review;

// Whose an answer or ruling is: the players of a rehearsal and the options of a branch give reasons that are nobody's words.
typedef enum { TOC_HAND_PEOPLE, TOC_HAND_REHEARSAL, TOC_HAND_OPTIONS } toc_review_hand;

void toc_review_of(toc_review *out, const toc_recording *r);
void toc_review_end(toc_review *v);

// The indexes of ids in a review; TOC_NONE.
size_t toc_review_find_inject(const toc_review *v, const char *id);
size_t toc_review_find_decision(const toc_review *v, const char *id);
size_t toc_review_find_action(const toc_review *v, const char *id);

// toc_review_hand_of: seq is that of an input.
toc_review_hand toc_review_hand_of(const toc_recording *r, int64_t seq);

// toc_review_took: ms from then until then; never less than 0.
int64_t toc_review_took(int64_t since, int64_t until);

// toc_review_team: is the id one of a team, and not of a party or EXCON?
bool toc_review_team(const toc_review *v, const char *id);

#endif
