// SPDX-License-Identifier: MIT
#ifndef TOC_LINK_H
#define TOC_LINK_H

// A seat's link to the engine: one desk (questions and acts) and one feed (what the seat's audience
// sees), both over TLS with the seat's ticket. It joins, numbers its requests, fills gaps in the feed, and
// when the connection is lost it comes back by itself, loses nothing and does nothing twice: an act
// that was not answered is sent again under its old id, and the engine gives the first answer again.
//
// Thread: everything belongs to the loop's thread, and every callback runs there. The process ignores
// SIGPIPE, as everyone who writes through libuv must.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "base/error.h"
#include "record/clock.h"
#include "record/event.h"
#include "record/json.h"
#include "record/ticket.h"

typedef struct toc_link toc_link;

typedef enum {
    TOC_LINK_CONNECTING, // not yet joined; why, if there is something to say
    TOC_LINK_JOINED,     // joined, and everything up to the feed's head was handed over
    TOC_LINK_LOST,       // the connection is gone; it is being dialled
    TOC_LINK_REFUSED,    // the ticket is not taken. The end
    TOC_LINK_TAKEN_OVER, // the seat sat down somewhere else. The end
    TOC_LINK_CLOSED,     // the exercise is closed. The end
} toc_link_state;

// What the engine answered. Borrowed for the call.
typedef struct {
    bool ok;
    const char
        *code; // of the error; "link" if the link ended before there was an answer, "too-long" if it is
               // more than one message may hold, and was not sent; NULL if ok
    const char *text; // of the error, for a person; NULL if ok
    const toc_json *body;
} toc_link_reply;

typedef void (*toc_link_reply_cb)(void *context, const toc_link_reply *reply);

typedef struct {
    void *context;
    // Events of the feed, each once, in order, from 1 on.
    void (*on_event)(void *context, int64_t n, const toc_event *ev);
    void (*on_clock)(void *context, const toc_clock *clock);
    // what: "emergency" "recording-failed" "unknown-receipt" "behind" "closing"; by may be NULL
    void (*on_alarm)(void *context, const char *what, const char *text, const char *by);
    void (*on_state)(void *context, toc_link_state state, const char *why);
} toc_link_calls;

// toc_link_new begins to connect. The ticket is copied. host (may be NULL) replaces the host of the
// ticket's addresses, "HOST" or "HOST:PORT of the desk". TOC_EUSAGE for a host that is none, TOC_EFORMAT
// for a ticket whose keys cannot be used.
toc_err toc_link_new(toc_link **out, uv_loop_t *loop, const toc_ticket *ticket, const char *host,
                     const toc_link_calls *calls, toc_error *e);

// toc_link_free calls what still waits for a reply (code "link"), closes the connections and stops. The
// memory is freed by the loop, which must run once more.
void toc_link_free(toc_link *l);

// toc_link_act sends an input: its kind and the fields of the table of kinds that are set, without by, wall and id.
// An emergency goes before what waits. on_reply may be NULL.
void toc_link_act(toc_link *l, const toc_event *input, toc_link_reply_cb on_reply, void *context);

// toc_link_ask sends another request: "status" or "ping"; fields is JSON to add (",\"from\":3") or "". A "preview" holds
// nothing up: whatever else is asked goes before it, and it is asked again after that; one that was asked for earlier is answered
// with the code "superseded".
void toc_link_ask(toc_link *l, const char *op, const char *fields, toc_link_reply_cb on_reply,
                  void *context);

// toc_link_fetch gets an attachment whole and compares it with its SHA-256. data is borrowed.
typedef void (*toc_fetch_cb)(void *context, toc_err err, const char *why, const char *data,
                             size_t size);
void toc_link_fetch(toc_link *l, const char *path, const char *sha256, toc_fetch_cb on_data,
                    void *context);

bool toc_link_is_up(const toc_link *l);          // joined, and the desk can be asked
size_t toc_link_waiting(const toc_link *l);      // acts and questions without an answer yet
const char *toc_link_session(const toc_link *l); // "" before the first join
const char *toc_link_receipt(const toc_link *l); // the newest, "" if none
int64_t toc_link_have(const toc_link *l);        // the newest number of the feed handed over
size_t toc_link_refills(const toc_link *l);      // how often it asked the desk for lines of the feed
uint64_t toc_link_silence(const toc_link *l);    // ms since the feed was last heard

#endif
