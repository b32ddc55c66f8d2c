// SPDX-License-Identifier: MIT
#ifndef TOC_TALK_H
#define TOC_TALK_H

// A seat's side of the protocol, without wire, loop and clock: what link.c drives with sockets, and a
// simulator without. Two rules keep acts from being lost or doubled: a request keeps its id until it has
// an answer, and after every new connection the seat joins again, with the session it had, before
// anything else is sent. No I/O.
//
// Thread: one.

#include "link/link.h"

#define TOC_TALK_TICK_MS 250 // how often toc_talk_tick is to be called until it is over

typedef enum { TOC_WIRE_DESK, TOC_WIRE_FEED, TOC_WIRE_ENDS } toc_wire_end;

// What it wishes of the world. None of these calls back at once.
typedef struct {
    void *context;
    uint64_t (*now)(void *context); // monotonic ms
    // A request; the one before it, if it has no reply yet, is forgotten. False: not now, there is no connection.
    bool (*send)(void *context, const char *data, size_t len);
    // That connection is no good any more: close it and dial anew. toc_talk_connection tells of it a moment later.
    void (*drop)(void *context, toc_wire_end end);
    void (*hang_up)(void *context); // it is over: no connection is wanted any more, nor a tick
} toc_talk_host;

typedef struct toc_talk toc_talk;

// toc_talk_new: ticket is copied; desk and feed are the addresses as people are told of them, copied; calls as
// toc_link_new has them.
toc_talk *toc_talk_new(const toc_ticket *ticket, const char *desk, const char *feed,
                       const toc_link_calls *calls, const toc_talk_host *host);
// toc_talk_free answers what still waits (code "link") before it frees. From the first such answer on nothing is
// asked of the host. Not from inside a callback of the talk.
void toc_talk_free(toc_talk *t);

// ---- what happened ---------------------------------------------------------------------------------

void toc_talk_reply(toc_talk *t, const char *data, size_t len); // to the newest request
void toc_talk_feed(toc_talk *t, const char *data, size_t len);
void toc_talk_connection(toc_talk *t, toc_wire_end end, bool is_up);
void toc_talk_failure(toc_talk *t, toc_wire_end end, toc_err err, const char *why);
void toc_talk_tick(toc_talk *t);

// ---- what toc_link_… does --------------------------------------------------------------------------

void toc_talk_act(toc_talk *t, const toc_event *input, toc_link_reply_cb on_reply, void *context);
void toc_talk_ask(toc_talk *t, const char *op, const char *fields, toc_link_reply_cb on_reply,
                  void *context);
void toc_talk_end(toc_talk *t); // nothing more is told but what still waits: code "link"
bool toc_talk_is_over(const toc_talk *t);
bool toc_talk_is_up(const toc_talk *t);
size_t toc_talk_waiting(const toc_talk *t);
const char *toc_talk_session(const toc_talk *t);
const char *toc_talk_receipt(const toc_talk *t);
int64_t toc_talk_have(const toc_talk *t);
size_t toc_talk_refills(const toc_talk *t);
uint64_t toc_talk_silence(const toc_talk *t);

#endif
