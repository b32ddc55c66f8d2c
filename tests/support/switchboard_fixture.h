// SPDX-License-Identifier: MIT
#ifndef TOC_SWITCHBOARD_FIXTURE_H
#define TOC_SWITCHBOARD_FIXTURE_H

// A switchboard over conduct_fixture's exercise whose world is made by hand: it remembers what was wished of
// it, time goes on when the test says so, and so does the disk. It fails the test when a line is published that
// no sync has made safe, when a packet is given back twice, and when anything but drop is called after the end.

#include "conduct_fixture.h"
#include "hub/preview.h"
#include "hub/roster.h"
#include "hub/switchboard.h"

#define BOARD_FEEDS 4 // control, ops, press, board

typedef struct {
    uint32_t pipe;
    char *text;
} board_reply;

typedef struct {
    conduct_fixture run; // its c is the conduct
    toc_roster *roster;
    toc_switchboard *s;
    toc_disk disk; // a sync fails when fails is set
    bool fails;

    bool refuses;     // replies
    size_t listeners; // connections that the switchboard is told of
    board_reply *replies;
    size_t reply_count, reply_capacity, refused, dropped, open; // open: packets not given back yet
    toc_buf feeds[BOARD_FEEDS]; // what was published, a message a line
    toc_buf wishes; // the others, a line each: "pipe 7", "feed 1", "shut-out 01", "close-run", …
    toc_buf notices;
    size_t events;

    toc_batch *batch; // out, or NULL
    size_t commits;
    int64_t safe, taken;  // seq of the newest line that a sync made safe; and that the batch has
    toc_preview *preview; // to be run, or NULL
    int64_t wake_at;
    bool is_over;
    toc_hub_end end;
} board_fixture;

// Every seat has a ticket: its token is 32 times the digit of its serial: 01 ops-1, 02 ops-2, 03 press-1,
// 04 excon-1, 05 evaluator-1, 06 board-1.
void board_setup(board_fixture *b, const char *more); // more Lua, "" for none; the lobby is open
void board_setup_starting(board_fixture *b);          // STARTEX when all are there
void board_teardown(board_fixture *b);
void board_resume(board_fixture *b); // a new process after a power cut

// board_ask takes a request of a seat in its session over a connection; board_join opens a session (at once
// durable) and gives its name. Neither is followed by a turn, but for board_join.
void board_ask(board_fixture *b, uint32_t pipe, const char *seat, const char *op, const char *id,
               const char *fields);
void board_join(board_fixture *b, uint32_t pipe, const char *seat, char session[16]);

void board_later(board_fixture *b, int64_t ms); // and a turn
void board_commit(board_fixture *b);            // the batch that is out, and a turn
void board_settle(board_fixture *b);            // turns and commits until nothing is out
void board_preview(board_fixture *b);           // runs the one that is out, and a turn
void board_wakes(board_fixture *b, int64_t ms); // comes only when woken, until ms are over

// board_answer is the newest reply to an id, NULL if there is none; board_answers counts them.
const char *board_answer(const board_fixture *b, const char *id);
size_t board_answers(const board_fixture *b, const char *id);
size_t board_heard(const board_fixture *b, size_t feed, const char *text); // how often
bool board_wished(const board_fixture *b, const char *line);
bool board_is_recorded(const board_fixture *b, const char *text); // in the journal's file

#endif
