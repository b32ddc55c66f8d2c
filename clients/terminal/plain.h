// SPDX-License-Identifier: MIT
#ifndef TOC_PLAIN_H
#define TOC_PLAIN_H

// The plain terminal's inside: one seat in one loop, shared by plain.c (events and time), commands.c
// (what is typed) and answers.c (what the desk says to it).

#include <uv.h>

#include "keyboard.h"
#include "link/link.h"
#include "terminal/auto.h"
#include "view/lines.h"
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

typedef struct {
    uv_loop_t *loop;
    uv_timer_t tick;
    uv_signal_t signals[2];
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
} toc_shown_list;
void toc_plain_ask_list(toc_plain *t, toc_shown_list list, const char *which);
void toc_plain_ask_test(toc_plain *t);
void toc_plain_save(toc_plain *t, const toc_item *item, const char *dir);
// toc_plain_answered is called after each answer: plain.c goes on with what waited for it.
void toc_plain_answered(toc_plain *t);

#endif
