// SPDX-License-Identifier: MIT
#ifndef TOC_SWITCHBOARD_H
#define TOC_SWITCHBOARD_H

// The switchboard: the engine without its sockets, its threads and its timers. Requests come in with
// the way back to whoever asked; what is due happens; lines go to the disk in batches; durable ones go
// to the feeds, and replies go to those who waited for them. All that reaches the world goes through its
// host, so that the live loop (hub.c, over libuv and nng) and a simulator drive the same code.
//
// Whatever happened, its driver then calls toc_switchboard_turn, and no later than at the mono that
// `wake` was given last.
//
// Thread: one, the loop's; toc_batch_commit and toc_preview_run go wherever the host runs them.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "hub/roster.h"
#include "record/event.h"
#include "record/journal.h"

typedef struct toc_switchboard toc_switchboard;
typedef struct toc_conduct toc_conduct; // hub/conduct.h
typedef struct toc_preview toc_preview; // hub/preview.h

// A request as it came, which also holds the way back.
typedef struct {
    void *way;         // the host's: given back by its reply or drop
    const char *bytes; // until then
    size_t len;
    uint32_t pipe;   // the connection it came through; never 0
    char serial[33]; // of the certificate that this connection showed: a token counts only over its own
} toc_packet;

typedef enum {
    TOC_HUB_CLOSED,      // EXCON closed the exercise: sealed, its key destroyed
    TOC_HUB_INTERRUPTED, // a signal: sealed, to be resumed
} toc_hub_end;

// What it wishes of the world. Every call is needed; none may call back into the switchboard.
typedef struct {
    void *context;
    const char *folder; // the run's, as people are told of it; borrowed
    int64_t (*mono)(void *context); // monotonic ms of any origin, never falling

    bool (*reply)(void *context, toc_packet *p, const char *bytes, size_t len); // false: not now
    void (*drop)(void *context, toc_packet *p);
    void (*publish)(void *context, size_t feed, const char *bytes, size_t len); // may be lost
    void (*know_pipe)(void *context, uint32_t pipe);  // a seat speaks through it: it may stay
    void (*close_pipe)(void *context, uint32_t pipe); // to the desk; 0 is none
    void (*close_feed)(void *context, size_t feed);    // every connection of a feed
    void (*shut_out)(void *context, const char *serial); // a certificate, for ever, at its next word or dial
    size_t (*listeners)(void *context); // who would still hear something: connections, own players

    void (*commit)(void *context, toc_batch *b); // on a worker; then toc_switchboard_committed
    void (*preview)(void *context, toc_preview *p); // on a worker; then toc_switchboard_previewed
    void (*wake)(void *context, int64_t mono); // turn no later than then; replaces the one before
    void (*end)(void *context, toc_hub_end end); // leave the loop: no call but drop comes after it

    toc_err (*issue)(void *context, const char *seat, toc_error *e); // a new ticket, into the roster
    toc_err (*drop_ticket)(void *context, const char *seat, toc_error *e);
    toc_err (*close_run)(void *context, toc_error *e); // the seal key is destroyed
    void (*event)(void *context, const toc_event *ev); // durable, in order, new ones only
    void (*notice)(void *context, const char *text); // a line for whoever watches the engine
} toc_switchboard_host;

// toc_switchboard_new: its roster (borrowed) is to be filled by the driver. auto_start: STARTEX when all seats of
// teams and EXCON are there.
toc_switchboard *toc_switchboard_new(const toc_switchboard_host *host, toc_roster *roster,
                                     bool auto_start);
void toc_switchboard_free(toc_switchboard *s); // no batch and no preview may be out; packets are dropped

// toc_switchboard_line is the on_line of its conduct (context: the switchboard), from the first line on, a resume's
// old ones too.
void toc_switchboard_line(void *switchboard, const toc_event *ev, bool is_new);

// toc_switchboard_open: the conduct (borrowed) has started or resumed; from now on there may be requests.
void toc_switchboard_open(toc_switchboard *s, toc_conduct *conduct);

// ---- what happened -------------------------------------------------------------------------------

void toc_switchboard_take(toc_switchboard *s, const toc_packet *packet); // a request came
void toc_switchboard_gone(toc_switchboard *s, uint32_t pipe); // a connection to the desk closed
void toc_switchboard_committed(toc_switchboard *s, toc_batch *b, toc_err outcome, const toc_error *why);
void toc_switchboard_previewed(toc_switchboard *s, toc_preview *p);
// toc_switchboard_turn: after any of these, and when time has come: what is due, commit, publish, reply.
void toc_switchboard_turn(toc_switchboard *s);
// toc_switchboard_stop: a signal came. Seals, commits (here, when no batch is out), and ends.
void toc_switchboard_stop(toc_switchboard *s);

bool toc_switchboard_is_open(const toc_switchboard *s); // neither closed nor stopping

#endif
