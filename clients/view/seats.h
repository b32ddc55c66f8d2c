// SPDX-License-Identifier: MIT
#ifndef TOC_SEATS_H
#define TOC_SEATS_H

// Who sits where and who is quiet, as control is told: the words of the screen of seats, of the
// sheet for the next controller and of the line that says what waits. Pure.

#include "view_inside.h"

// A team nobody of which did anything for so long may need somebody to look in.
enum { TOC_IDLE_S = 600 };

// toc_seat_is_silent: its terminal is not heard any more, though nobody left it.
bool toc_seat_is_silent(const toc_neighbour *seat);
bool toc_seat_is_player(const toc_neighbour *seat); // of a team, not of control or the board
// toc_seat_state: "here", "here, idle 12m", "SILENT 02:10", "left 3m ago", "empty".
void toc_seat_state(toc_buf *out, const toc_neighbour *seat);

void toc_seconds_text(toc_buf *out, int64_t s); // "40s", "12m", "1h05m"

// toc_team_idle: whole seconds since somebody of a team's present seats did something; -1: nobody
// is there, or nobody ever did. *seats (may be NULL): how many are present.
int64_t toc_team_idle(const toc_picture *p, const char *team, size_t *seats);
// toc_team_is_idle: there are people, play runs, and they have done nothing for TOC_IDLE_S.
bool toc_team_is_idle(const toc_view *v, const char *team);
// toc_team_question: the team's open decision that is due first; NULL for none. *count: how many are open.
const toc_question *toc_team_question(const toc_picture *p, const char *team, size_t *count);
// toc_team_unread: urgent injects that were sent to the team and that nobody of it has opened.
size_t toc_team_unread(const toc_view *v, const char *team);

// toc_players_here: how many of the players' seats are taken; *count: how many there are.
size_t toc_players_here(const toc_picture *p, size_t *count);
// toc_seats_prompt: "SILENT wind-1 02:10 . nothing from rail for 12m"; nothing where all is well.
void toc_seats_prompt(const toc_view *v, toc_buf *out);

// toc_seat_act asks in a form what opening, ending or reassigning a seat needs; seat: the selected
// one, or NULL. False: it is none of these, or not for this role.
bool toc_seat_act(toc_view *v, toc_do what, const char *seat);

#endif
