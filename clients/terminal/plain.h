// SPDX-License-Identifier: MIT
#ifndef TOC_PLAIN_H
#define TOC_PLAIN_H

// The plain terminal's inside: one seat in one loop, shared by plain.c (events and time), commands.c
// (what is typed) and answers.c (what the desk says to it).

#include <uv.h>

#include "keyboard.h"
#include "link/link.h"
#include "terminal/auto.h"
#include "terminal/lines.h"
#include "terminal/terminal.h"

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
    toc_auto *player; // NULL: a person
    toc_keyboard *keyboard;
    uint64_t clock_at; // loop time of the newest clock
    uint64_t started_at, lost_at;
    bool is_live; // joined once, the feed's past handed over
    bool is_linked, is_closing, is_thinking;
    bool has_input_ended;
    bool has_status; // the first answer to `status` came
    bool is_over;
    int exit;
    toc_error error;
} toc_plain;

toc_err toc_plain_open(toc_plain *t, uv_loop_t *loop, const toc_terminal_options *o, toc_error *e);
void toc_plain_close(toc_plain *t);

// toc_plain_leave ends it with an exit code; why (for 0: NULL) goes to toc_terminal_run's caller.
void toc_plain_leave(toc_plain *t, int code, const char *why);
void toc_plain_flush(toc_plain *t); // writes the lines that are ready

// commands.c
void toc_plain_typed(toc_plain *t, const char *line);

// answers.c: requests with what becomes of their answers.
void toc_plain_act(toc_plain *t, const toc_event *input);
void toc_plain_ask_status(toc_plain *t, bool is_shown);
void toc_plain_ask_msel(toc_plain *t, int64_t from);
void toc_plain_ask_test(toc_plain *t);
void toc_plain_save(toc_plain *t, const toc_item *item, const char *dir);
// toc_plain_answered is called after each answer: plain.c goes on with what waited for it.
void toc_plain_answered(toc_plain *t);

#endif
