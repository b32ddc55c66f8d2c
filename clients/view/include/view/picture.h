// SPDX-License-Identifier: MIT
#ifndef TOC_PICTURE_H
#define TOC_PICTURE_H

// The picture: what one seat knows, put together from the events of its feed. Pure; every screen,
// every plain line and every automatic seat looks at it.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "record/event.h"
#include "record/json.h"
#include "record/verb.h"
#include "view/situation.h"

// An inject or a message.
typedef struct {
    int64_t n; // its number in the feed: what people type
    toc_event event;
    bool is_own;  // this seat's team, or this controller, sent it
    bool is_read; // by this seat
    bool is_acked;
    int64_t answered_by; // a request for information: the item that answers it; 0: it is open
    char *claimed_by;    // control: the seat that has taken it on; or NULL
    bool
        is_for_parties; // control: a team wrote it to a party, or to EXCON: somebody must answer in role
    bool has_answer; // and somebody did
    bool is_edited;  // control: EXCON changed it before it was sent
    bool is_adhoc;   // control: EXCON wrote it during play
} toc_item;

// An inject that a controller is to tell by voice.
typedef struct {
    int64_t n; // of its cue
    toc_event cue;
    char *claimed_by;
    bool is_delivered, is_skipped;
} toc_cue;

// What control promised to somebody.
typedef struct {
    int64_t n;
    toc_event event; // promise
    bool is_kept;
} toc_promise;

// What an evaluator or controller wrote down, marked or rated.
typedef struct {
    int64_t n;
    toc_event event; // observe, mark-action, rate
} toc_observation;

// What this seat's team did, or at control what controllers did; `by` says who.
typedef struct {
    int64_t n;
    toc_event event;
} toc_team_deed;

typedef enum {
    TOC_QUESTION_OPEN,
    TOC_QUESTION_RULING, // an answer of the team's own waits for EXCON
    TOC_QUESTION_DECIDED,
    TOC_QUESTION_OVERDUE,
} toc_question_state;

// A decision that was asked.
typedef struct {
    toc_event ask;
    toc_question_state state;
    int64_t deadline; // play ms
    int64_t before;   // the deadline before the newest change of it; -1: it never changed
    int64_t settled;  // play ms at which it was decided or its time was up; -1: it is not
    bool is_crossed;  // open, and story time has jumped over its deadline: EXCON rules on it
    char *answer;     // the option's text or the free text; NULL for none
    char *by;
    bool is_ruled;    // EXCON took an answer in words of the team's own as this one
} toc_question;

// Another seat, as far as it is told.
typedef struct {
    char *id;
    char *name;  // of the person who signed in; or NULL
    char *since; // wall, of that
    char *lost;  // why the engine says that its terminal is gone; NULL: it is there, or was left
    bool is_present;
    bool is_sat;    // by the events alone, which are heard later than a status
    bool was_taken; // the terminal that sits there took the seat over from another, which still sat
    int64_t silent_s; // control: since its terminal was last heard; -1: not told
    int64_t idle_s;   // control: since somebody there last did something; -1: never
} toc_neighbour;

// Somebody to write to.
typedef struct {
    char *id, *name;
    char *notes;   // for controllers; or NULL
    bool is_party; // control speaks for it
} toc_contact;

// What the exercise is to show.
typedef struct {
    char *id, *text;
} toc_objective_text;

typedef struct {
    char seat[64], audience[64];
    bool is_control;
    toc_item *items; // by their numbers
    size_t item_count, item_capacity;
    size_t unread, unread_urgent; // of them
    toc_question *questions;
    size_t question_count, question_capacity;
    char **held; // ids of injects that wait for EXCON
    size_t held_count, held_capacity;
    toc_neighbour *neighbours;
    size_t neighbour_count, neighbour_capacity;
    toc_cue *cues; // control
    size_t cue_count, cue_capacity;
    toc_promise *promises; // control
    size_t promise_count, promise_capacity;
    toc_observation *observations; // control
    size_t observation_count, observation_capacity;
    toc_event *mistakes; // control: errors of scripts
    size_t mistake_count, mistake_capacity;
    toc_team_deed *deeds;
    size_t deed_count, deed_capacity;
    char **edited; // control: ids of injects that EXCON changed
    size_t edited_count, edited_capacity;
    toc_contact *contacts;
    size_t contact_count, contact_capacity;
    toc_contact *teams; // control: all of them; else one's own
    size_t team_count, team_capacity;
    char *brief, *team_brief; // what the scenario says to everybody, and to this team; or NULL
    toc_objective_text *objectives; // controllers know them
    size_t objective_count, objective_capacity;
    toc_situation situation;
    int64_t n, t; // of the newest event
    bool has_started, is_paused, has_ended, is_closed;
    bool is_emergency;  // a real one was called and is not over
    bool was_emergency; // what the newest `resume` ended
    char *emergency, *emergency_by;
    int64_t taken_up; // the newest `resumed` that nobody resumed after yet; 0: none
} toc_picture;

void toc_picture_init(toc_picture *p, const char *seat);
void toc_picture_fini(toc_picture *p);

// toc_picture_see takes the next event of the feed.
void toc_picture_see(toc_picture *p, int64_t n, const toc_event *ev);

// toc_picture_status takes the desk's answer to `status`, page by page: seats, contacts, objectives,
// the situation; and its answer to `seats`.
void toc_picture_status(toc_picture *p, const toc_json *status);

// toc_picture_item finds an item by "13", or the newest of an inject by "INJ-09"; NULL for none.
toc_item *toc_picture_item(const toc_picture *p, const char *word);
toc_item *toc_picture_number(const toc_picture *p, int64_t n);
toc_question *toc_picture_question(const toc_picture *p, const char *id); // capitals do not matter

// toc_picture_person: who sits at a seat: "R. Lind (operator-1)", or the seat's id. Appended, visible.
void toc_picture_person(const toc_picture *p, toc_buf *out, const char *seat);
// toc_caller_text: who calls for help, the caller's: "Mara Lind, Island watch (watch-1)", as far as this seat knows;
// by: a seat, or such words, which stay.
char *toc_caller_text(const toc_picture *p, const char *by);
// Do both name the same seat, as such words or alone?
bool toc_is_caller(const char *a, const char *b);
char *toc_person_text(const toc_picture *p, const char *seat); // the same, the caller's; NULL: "?"
toc_neighbour *toc_picture_seat(const toc_picture *p, const char *id); // NULL: not known
// toc_picture_root: the first item of the thread an item belongs to (what it answers, what that answers …).
const toc_item *toc_picture_root(const toc_picture *p, const toc_item *item);
bool toc_item_is_open(const toc_item *item); // a request for information that nobody answered yet
// toc_item_is_waiting: a team's message that somebody of control must answer in role.
bool toc_item_is_waiting(const toc_item *item);
// A question that another team put to this one, and that this one has not answered.
bool toc_item_asks_us(const toc_picture *p, const toc_item *item);
toc_cue *toc_picture_cue(const toc_picture *p, const char *inject); // its newest; NULL for none
bool toc_cue_is_open(const toc_cue *cue);
bool toc_item_wants_ack(const toc_item *item);
bool toc_question_is_ours(const toc_picture *p, const toc_question *q); // this seat may answer it
size_t toc_picture_unread(const toc_picture *p);
void toc_picture_read(toc_picture *p, toc_item *item); // this seat has opened it

// toc_picture_resolve settles what an act leaves to those who know the feed: items become numbers,
// answers become options. TOC_EUSAGE names what is not there.
toc_err toc_picture_resolve(const toc_picture *p, toc_act *a, toc_error *e);

// toc_picture_form names the decision that is meant in the form that a refused line is told: the one it
// names or, where it names none, the only one that is open.
void toc_picture_form(const toc_picture *p, const char *line, toc_error *e);

// toc_picture_addressed gives the line of an act as it is typed, with the ids of those it goes to: people
// may name them in full, in any case, or by a beginning that only one of them has. TOC_EUSAGE for one that
// several have, or that looks like a slip. *out is the caller's; NULL on an error.
toc_err toc_picture_addressed(const toc_picture *p, const char *line, char **out, toc_error *e);

#endif
