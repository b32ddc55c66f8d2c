// SPDX-License-Identifier: MIT
#ifndef TOC_PLAIN_H
#define TOC_PLAIN_H

// The plain terminal's inside: one seat in one loop, shared by plain.c (events and time), commands.c
// and look.c (what is typed), writing.c (what goes out) and answers.c and done.c (what the desk says to it).

#include <sys/types.h>
#include <termios.h>
#include <uv.h>

#include "keyboard.h"
#include "leash.h"
#include "link/link.h"
#include "record/verb.h"
#include "scratch.h"
#include "terminal/auto.h"
#include "view/lines.h"
#include "view/msel.h"
#include "terminal/terminal.h"

// What is said of a call for help that did not go out.
#define TOC_NOT_DELIVERED                                                                          \
    "NOT DELIVERED: nobody knows. Use the phone or shout; it goes out when the link is back"

enum { TOC_CALLS = 8 };

// A call for help that was shown, once as an alarm or once as an event, whichever came first.
typedef struct {
    char *by, *text;
    bool is_alarm, is_open; // its other half was not heard yet
    uint64_t at;            // loop time
} toc_call;

// What is typed by hand and leaves in a moment.
typedef struct {
    toc_event input;
    uint64_t due; // loop time
} toc_outgoing_act;

typedef struct {
    uv_timer_t timer;
    toc_outgoing_act *outgoing;
    size_t count, capacity;
    pid_t editor;   // it has the terminal; 0: none does
    char *path;     // of what it edits
    toc_scratch scratch;
    struct termios modes; // of the terminal before it
    toc_act act;    // what is being written, or asked about
    char *draft;    // what was written and not taken, for the next time
    char *draft_of; // its product, or its inject
    bool is_asking; // shall it be sent?
    bool is_naming; // who sits here?
    bool is_calling; // is it a real emergency? Then this is what was said with it:
    char *call;      // or NULL
    bool is_telling; // the call is out: what has happened, and where?
} toc_writing;

typedef struct {
    uv_loop_t *loop;
    uv_timer_t tick;
    uv_signal_t signals[3];
    toc_leash leash;
    toc_writing writing;
    const toc_terminal_options *options;
    toc_ticket ticket;
    toc_role role;
    toc_link *link;
    toc_picture picture;
    toc_lines lines;
    // What the feed brought before we sat down waits here: names and the story's times are known only
    // when all of it, and the first answer of the desk, are there. past_from: the first one's number.
    toc_events past;
    int64_t past_from;
    toc_auto *player; // NULL: a person
    toc_keyboard *keyboard;
    uint64_t clock_at; // loop time of the newest clock
    uint64_t started_at, lost_at;
    char away[320];          // why nobody let us in yet, as the link says it
    uint64_t away_at;        // it was said that no engine answers; 0: not since the link was there
    uint64_t emergency_at;   // our call went to the link
    bool has_emergency_out;  // and was not answered yet
    bool has_said_emergency; // since the link is there
    toc_call calls[TOC_CALLS];
    size_t call_count;
    int joins;         // of this seat, in the feed
    int plan_failures; // lines of the plan that could not be done
    bool has_joined;   // once
    bool is_live;      // the feed's past was shown
    bool is_linked, is_closing, is_thinking;
    bool has_input_ended;
    bool has_status; // it was shown once
    bool is_over;
    int exit;
    toc_error error;
} toc_plain;

toc_err toc_plain_open(toc_plain *t, uv_loop_t *loop, const toc_terminal_options *o, toc_error *e);
void toc_plain_close(toc_plain *t);

// toc_plain_leave ends it with an exit code; why (for 0: NULL) goes to toc_terminal_run's caller.
void toc_plain_leave(toc_plain *t, int code, const char *why);
void toc_plain_flush(toc_plain *t);    // writes the lines that are ready
void toc_plain_touch(toc_plain *t);    // lines that answer somebody carry the time now
void toc_plain_sit_down(toc_plain *t); // the first time: shows the past, and says where we are
// toc_plain_plan_failed: a line of the plan cannot be done; it is said, and makes the exit code 1.
void toc_plain_plan_failed(toc_plain *t, int line, const char *why);

// commands.c
void toc_plain_typed(toc_plain *t, const char *line);
char *toc_plain_word(const char **at); // the next word, *at goes on behind it; NULL for none
// look.c: the terminal's own words that only show something. NULL: it is none of them.
typedef void (*toc_look)(toc_plain *t, const char *rest);
toc_look toc_look_find(const char *word, const toc_verb **verb);
const toc_verb *toc_look_at(size_t i); // NULL past the last

// done.c: what is said of an act that was taken.
void toc_plain_done(toc_plain *t, const toc_event *input, const toc_json *reply);

// writing.c: acts on their way out: texts from files and editors, times from rows, what can be recalled.
void toc_plain_send(toc_plain *t, toc_act *act); // takes what act owns
// row: of the list, or NULL; what the act waited for.
void toc_plain_has_row(toc_plain *t, const toc_act *act, const toc_msel_row *row);
bool toc_plain_is_answer(toc_plain *t, const char *line); // the line answered a question of ours
void toc_plain_ask_name(toc_plain *t);                    // who sits here?
// toc_plain_keep: the text of an act that was not taken waits for whoever types its words again. False: it
// has none that was written in an editor.
bool toc_plain_keep(toc_plain *t, const toc_event *input);
void toc_plain_taken(toc_plain *t, const toc_event *input); // what was kept of it is not needed any more
void toc_plain_recall(toc_plain *t);
void toc_plain_let_go(toc_plain *t); // what could be recalled leaves now
void toc_plain_edited(toc_plain *t); // a child has ended: perhaps the editor
void toc_writing_open(toc_plain *t);
void toc_writing_close(toc_plain *t);

// calling.c: a real emergency. toc_plain_call asks whether it is one, unless STOP was said, and sends the call;
// toc_plain_called takes the answer to what was asked: false, it was something else.
void toc_plain_call(toc_plain *t, const char *text, bool is_stop);
bool toc_plain_called(toc_plain *t, const char *line);
bool toc_plain_is_call(const char *line); // its first word is a call for help

// answers.c: requests with what becomes of their answers.
// plan_line: the line of the plan that wants it, 0 for none.
void toc_plain_act(toc_plain *t, const toc_event *input, int plan_line);
// Lists that the desk gives in pages, shown when all are there. which: the inject or service of which
// alone something is wanted; NULL for all.
typedef enum {
    TOC_SHOW_PAST, // nothing of it, but what happened before we sat down: now names are known
    TOC_SHOW_STATUS,
    TOC_SHOW_MSEL,
    TOC_SHOW_SITUATION,
    TOC_SHOW_EXPECTATIONS,
    TOC_SHOW_PHASES,
    TOC_SHOW_SEATS,
    TOC_SHOW_STORYLINES,
    TOC_SHOW_HANDOVER, // which: the file that it goes into
    TOC_SHOW_ROW,      // nothing: an act waits for a row
} toc_shown_list;
void toc_plain_ask_list(toc_plain *t, toc_shown_list list, const char *which);
void toc_plain_ask_row(toc_plain *t, const toc_act *act); // ends in toc_plain_has_row
void toc_plain_ask_preview(toc_plain *t, const toc_event *jump);
void toc_plain_ask_seats(toc_plain *t); // control: with when they were heard
void toc_plain_ask_test(toc_plain *t);
void toc_plain_save(toc_plain *t, const toc_item *item, const char *dir);
// toc_plain_say_receipt: what proves later that the record up to now is whole; nothing before the desk gave one.
void toc_plain_say_receipt(toc_plain *t);
// toc_plain_answered is called after each answer: plain.c goes on with what waited for it.
void toc_plain_answered(toc_plain *t);

#endif
