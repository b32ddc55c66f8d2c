// SPDX-License-Identifier: MIT
#ifndef TOC_OUTBOX_H
#define TOC_OUTBOX_H

// What a seat wants of the engine, and what goes next: one request at a time, a join before all
// others, a preview when nothing else waits. It keeps order and never loses a request. No I/O.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "request.h"

// Zero-initialise it, end it with toc_outbox_fail.
typedef struct {
    toc_link_queue queue;
    toc_link_request *in_flight;
    toc_link_request *aside;   // a preview that waits until nothing else does; or NULL
    toc_link_queue superseded; // previews that are still to be told so
    int64_t counter;           // of the session's requests
    bool is_sent, is_joining;  // what is in flight
} toc_outbox;

// toc_outbox_join puts a join in flight. What was there goes back to the head of the queue, with its id.
void toc_outbox_join(toc_outbox *o, const char *session, const char *receipt);

// toc_outbox_choose puts the next request in flight, if none is and may_ask, with an id of the session. True: it
// is to be sent.
bool toc_outbox_choose(toc_outbox *o, const char *session, bool may_ask);

// toc_outbox_take takes what is in flight out, for its answer has come.
toc_link_request *toc_outbox_take(toc_outbox *o, bool *was_join);

// toc_outbox_supersede answers the previews that a newer one replaced. Whoever is told may ask for something at
// once: it comes last, when nothing is half done.
void toc_outbox_supersede(toc_outbox *o);

size_t
toc_outbox_waiting(const toc_outbox *o); // requests of others than the link, without an answer
void toc_outbox_fail(toc_outbox *o);     // answers all of them with the code "link"

#endif
