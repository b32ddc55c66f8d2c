// SPDX-License-Identifier: MIT
#ifndef TOC_SWITCHBOARD_INSIDE_H
#define TOC_SWITCHBOARD_INSIDE_H

// What switchboard.c (happenings and turns), switchboard_replies.c (who waits for an answer),
// switchboard_feeds.c (what everybody hears) and switchboard_seats.c (who is there) share.

#include "hub/conduct.h"
#include "hub/desk.h"
#include "hub/farewell.h"
#include "hub/presence.h"
#include "hub/ration.h"
#include "hub/switchboard.h"

typedef struct {
    toc_reply reply;
    toc_packet packet;
    bool is_finished, is_previewed;
} toc_waiting;

typedef enum {
    TOC_PHASE_OPEN,
    TOC_PHASE_CLOSING,  // closed; the last words are on their way
    TOC_PHASE_STOPPING, // a signal came; a commit may still be out
    TOC_PHASE_OVER,
} toc_hub_phase;

struct toc_switchboard {
    toc_switchboard_host host;
    toc_roster *roster;
    bool auto_start;
    toc_conduct *conduct; // NULL before toc_switchboard_open
    toc_desk *desk;
    toc_presence *presence;
    toc_rations *asked; // by each certificate
    toc_rations *sent;  // in long replies, to each seat
    toc_farewells *farewells;

    toc_waiting *waiting; // replies that may not be sent yet, or were refused by the host
    size_t waiting_count, waiting_capacity;
    toc_preview *preview; // being run, or NULL
    bool is_preview_ours; // its reply does not wait for it any more
    bool is_batch_out;
    int64_t *published; // per feed: the newest number
    bool is_held;       // durable lines wait, since held_at
    int64_t held_at;
    int64_t span_at; // requests are counted in spans, the one that began then and the one before
    size_t requests, requests_before;

    int64_t heartbeat_at, grace_at; // mono; grace_at is for TOC_PHASE_CLOSING
    bool clock_changed, failure_told;
    bool was_called; // a real emergency, ever
    bool is_awaited; // those on their way back are to be told that it is closed, in their time
    toc_hub_phase phase;
    toc_hub_end end;
};

int64_t toc_switchboard_mono(const toc_switchboard *s);
void toc_switchboard_notice(toc_switchboard *s, const char *format, ...) TOC_PRINTF(2, 3);

// switchboard_replies.c
bool toc_switchboard_may_ask(toc_switchboard *s,
                             const toc_packet *packet);                 // false: it is not answered
void toc_switchboard_ask(toc_switchboard *s, const toc_packet *packet); // the desk, now
void toc_switchboard_start_preview(toc_switchboard *s);                 // the next, if none is run
bool toc_switchboard_release(toc_switchboard *s); // true: the host refused one for now
void toc_switchboard_drop_all(toc_switchboard *s);

// switchboard_feeds.c
void toc_switchboard_publish(toc_switchboard *s); // what became durable; in a crowd, soon
int64_t toc_switchboard_publish_at(const toc_switchboard *s); // mono; INT64_MAX: no line is held
void toc_switchboard_count(toc_switchboard *s);               // a request came
void toc_switchboard_heartbeat(toc_switchboard *s);
void toc_switchboard_tell_behind(toc_switchboard *s); // if play is, and it is time to say so
void toc_switchboard_alarm(toc_switchboard *s, const char *what, const char *text, const char *by);

// switchboard_seats.c
void toc_switchboard_leave(toc_switchboard *s, const char *seat); // if it is there
void toc_switchboard_shut_out(toc_switchboard *s, const char *seat, const char *serial);
void toc_switchboard_bid_farewell(toc_switchboard *s); // those whose moment is over
void toc_switchboard_start_play(toc_switchboard *s);   // when all are there

#endif
