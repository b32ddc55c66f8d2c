// SPDX-License-Identifier: MIT
// Who is there: seats whose connections closed, seats that are shut out, and the moment in which all have come.
#include <string.h>

#include "switchboard_inside.h"

#define FAREWELL_MS 1000 // for a reassigned seat's terminal to ask, and hear where to go

void toc_switchboard_leave(toc_switchboard *s, const char *seat)
{
    if (s->phase != TOC_PHASE_OPEN)
        return;
    const toc_exercise *x = toc_conduct_exercise(s->conduct);
    size_t i = toc_exercise_seat_find(x, seat);
    if (i == TOC_NONE || !toc_exercise_seat(x, i).is_present)
        return;
    toc_event in;
    toc_event_init(&in, TOC_K_LEAVE, 0);
    toc_event_set_str(&in, TOC_F_BY, "engine");
    toc_event_set_str(&in, TOC_F_SEAT, seat);
    toc_event_set_str(&in, TOC_F_SESSION, toc_exercise_seat(x, i).session);
    toc_error why; // refused when the exercise is closed: nobody's absence matters then
    toc_conduct_input(s->conduct, toc_switchboard_mono(s), &in, &why);
    toc_event_fini(&in);
}

void toc_switchboard_shut_out(toc_switchboard *s, const char *seat, const char *serial)
{
    // Who moves to another team is told where to; for that, the ticket's line to the desk lives a moment
    // longer. Its token is dead already.
    bool is_told = s->conduct && serial && toc_roster_is_bidden(s->roster, serial);
    if (serial && !is_told)
        s->host.shut_out(s->host.context, serial);
    if (!s->conduct)
        return; // nobody is connected yet
    char audience[64];
    toc_seat_audience(seat, audience);
    size_t feed = toc_conduct_feed_find(s->conduct, audience);
    s->host.close_feed(s->host.context, feed);
    uint32_t pipe = toc_presence_pipe(s->presence, seat);
    s->host.close_pipe(s->host.context, toc_presence_before(s->presence, seat));
    if (is_told)
        toc_farewells_add(s->farewells, serial, feed, pipe, toc_switchboard_mono(s) + FAREWELL_MS);
    else
        s->host.close_pipe(s->host.context, pipe);
    toc_error why;
    if (s->host.drop_ticket(s->host.context, seat, &why))
        toc_switchboard_notice(s, "%s", why.msg);
}

void toc_switchboard_bid_farewell(toc_switchboard *s)
{
    toc_farewell one;
    while (toc_farewells_take(s->farewells, toc_switchboard_mono(s), &one)) {
        s->host.shut_out(s->host.context, one.serial);
        s->host.close_pipe(s->host.context, one.pipe);
    }
}

// Evaluators, SIMCELL and the board may come later.
void toc_switchboard_start_play(toc_switchboard *s)
{
    const toc_exercise *x = toc_conduct_exercise(s->conduct);
    if (toc_conduct_has_failed(s->conduct) || toc_exercise_clock(x).state != TOC_PLAY_LOBBY)
        return;
    for (size_t i = 0; i < toc_exercise_seat_count(x); i++) {
        toc_seat_view seat = toc_exercise_seat(x, i);
        bool is_needed = strcmp(seat.role, "participant") == 0 || strcmp(seat.role, "excon") == 0;
        if (seat.is_open && is_needed && !seat.is_present)
            return;
    }
    toc_event start;
    toc_event_init(&start, TOC_K_START, 0);
    toc_event_set_str(&start, TOC_F_BY, "engine");
    toc_error why;
    // Refused during a real emergency; tried again until that is over.
    if (toc_conduct_input(s->conduct, toc_switchboard_mono(s), &start, &why) == TOC_OK)
        toc_switchboard_notice(s, "all seats are taken: STARTEX");
    toc_event_fini(&start);
}
