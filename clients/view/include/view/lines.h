// SPDX-License-Identifier: MIT
#ifndef TOC_LINES_H
#define TOC_LINES_H

// Plain lines: what happens, as text that is only ever appended. Every line begins with EXERCISE, but
// for those that are no exercise and begin with three stars. Foreign text stands after words of ours or
// behind a gutter, made visible, so that nobody can forge a line or reach the terminal behind it.
// Pure: text goes into a buffer.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "record/clock.h"
#include "view/picture.h"
#include "view/timeline.h"

typedef struct {
    toc_buf out;
    char *marking;   // owned
    int width;       // columns of the terminal; 0: lines are not wrapped
    bool is_bare;    // without EXERCISE and the marking, which stand elsewhere on the screen
    toc_clock clock; // the newest
    toc_timeline timeline;
    int64_t learned; // the newest event that the timeline has
    int64_t now;     // play ms, for deadlines and for lines that answer somebody
} toc_lines;

void toc_lines_init(toc_lines *l, const char *marking, int width);
void toc_lines_fini(toc_lines *l);

// toc_lines_hear takes a clock from the engine.
void toc_lines_hear(toc_lines *l, const toc_clock *clock);

// toc_lines_say writes one line of ours, with the time now; foreign text may be among the arguments.
void toc_lines_say(toc_lines *l, const char *format, ...) TOC_PRINTF(2, 3);
// The same with the time t of an event; history: it is not happening now.
void toc_lines_say_at(toc_lines *l, int64_t t, bool is_history, const char *format, ...)
    TOC_PRINTF(4, 5);
// toc_lines_more writes what belongs to the line before it, indented, without a time.
void toc_lines_more(toc_lines *l, const char *format, ...) TOC_PRINTF(2, 3);
// toc_lines_row is the same in two columns: a word, and what it means.
void toc_lines_row(toc_lines *l, const char *left, const char *right);
// toc_lines_loud writes what is no exercise, and cannot be overlooked: "*** …"
void toc_lines_loud(toc_lines *l, const char *format, ...) TOC_PRINTF(2, 3);
// toc_lines_loud_at: the same, with a time: "*** [03:13Z T+0:13:10] …"
void toc_lines_loud_at(toc_lines *l, int64_t t, bool is_history, const char *format, ...)
    TOC_PRINTF(4, 5);
// toc_lines_block writes foreign text of many lines, each behind the gutter.
void toc_lines_block(toc_lines *l, const char *text);

// toc_lines_learn tells the story's timeline of event n before its turn to be shown comes (or at it).
void toc_lines_learn(toc_lines *l, const toc_event *ev, int64_t n);

// What an event looks like to the seat of the picture, which has seen it already.
void toc_lines_event(toc_lines *l, const toc_picture *p, const toc_event *ev, int64_t n,
                     bool is_history);

// toc_lines_emergency: somebody needs help, really. by and text may be NULL.
void toc_lines_emergency(toc_lines *l, const char *by, const char *text);

void toc_lines_item(toc_lines *l, const toc_item *item);      // the whole of it
void toc_lines_inbox(toc_lines *l, const toc_picture *p);     // one line each
void toc_lines_questions(toc_lines *l, const toc_picture *p); // those that are open
void toc_lines_question(toc_lines *l, const toc_picture *p, const toc_question *q); // one
void toc_lines_neighbours(toc_lines *l, const toc_picture *p);                      // who is there
void toc_lines_clock(toc_lines *l); // state and times, in words

// The world as this seat knows it: all of it, by domain, or one service (id or name) with what it needs.
void toc_lines_situation(toc_lines *l, const toc_picture *p, const char *service);
void toc_lines_expectations(toc_lines *l, const toc_picture *p); // what players should do, and did
void toc_lines_phases(toc_lines *l, const toc_picture *p);
// What waits for those who conduct: deadlocks, armed and held injects, actions and decisions that story
// time passed over or that were not seen in time. Nothing if there is none, and nothing at teams.
void toc_lines_attention(toc_lines *l, const toc_picture *p);
void toc_lines_deadlocks(toc_lines *l, const toc_picture *p); // of it, these alone
void toc_lines_products(toc_lines *l, const toc_picture *p); // nothing if there are none

// More lists.
enum { TOC_SILENT_S = 20 }; // a terminal that was not heard for so long may be gone
void toc_lines_seats(toc_lines *l, const toc_picture *p); // each with who sits there; control: when it was heard
void toc_lines_log(toc_lines *l, const toc_picture *p, size_t most); // what this team did, and who did it
void toc_lines_find(toc_lines *l, const toc_picture *p, const char *word); // what holds a word
// The items whose sender, addressees, title or text hold the word.
void toc_lines_inbox_of(toc_lines *l, const toc_picture *p, const char *word);
void toc_lines_thread(toc_lines *l, const toc_picture *p, const toc_item *item); // oldest first
void toc_lines_rfis(toc_lines *l, const toc_picture *p);     // requests for information
void toc_lines_settled(toc_lines *l, const toc_picture *p);  // decisions that are
void toc_lines_waiting(toc_lines *l, const toc_picture *p);  // control: messages that nobody answered
void toc_lines_cues(toc_lines *l, const toc_picture *p);     // control
void toc_lines_promises(toc_lines *l, const toc_picture *p); // control
void toc_lines_observations(toc_lines *l, const toc_picture *p); // control

// toc_list_text joins a list with ", ".
void toc_list_text(toc_buf *out, const toc_value *list);

#endif
