// SPDX-License-Identifier: MIT
#ifndef TOC_REFERENCE_H
#define TOC_REFERENCE_H

// What the engine is measured against: other servers, each in a process of its own on this machine, over TLS 1.3 with
// certificates of P-256 at both ends, with a crowd (crowd.h) at them. A reference is opened once and measured
// round by round, in turn with the engine, so that both meet the same machine. Between rounds it does nothing.
//
// A round in which a receiver lacks the message, or has another, ends the bench.

#include <stdbool.h>
#include <stddef.h>

typedef enum {
    TOC_REFERENCE_NNG,  // raw REP, PUB to all
    TOC_REFERENCE_NODE, // Node with ws: a message of one client to all others
    TOC_REFERENCE_NATS, // nats-server: PUB of one client to all subscribers
    TOC_REFERENCE_ECHO, // raw REP that answers with what it was asked
    TOC_REFERENCES
} toc_reference_kind;

typedef struct toc_reference toc_reference;

const char *toc_reference_name(toc_reference_kind kind);

// toc_reference_open starts the server and lets a crowd of count in. NULL if the server is not
// installed: the figures are then left out, and *absent says what is missing.
toc_reference *toc_reference_open(toc_reference_kind kind, size_t count, const char **absent);
void toc_reference_close(toc_reference *r);

// toc_reference_broadcast has a line as long as an inject's sent to all, rounds times, one after the
// other, from outside the crowd. last gets the seconds of each round from the sending until the last
// receiver has it, middle (may be NULL) until half of them have. Not of ECHO.
void toc_reference_broadcast(toc_reference *r, size_t rounds, double *last, double *middle);

// toc_reference_ask has one connection of the crowd ask, rounds times, and puts the seconds of each
// answer. Of ECHO only.
void toc_reference_ask(toc_reference *r, size_t rounds, double *took);

// toc_reference_ask_all has the whole crowd ask, each anew as soon as it has its answer, until there
// were `answers` of them, whose seconds it puts in took. The result is answers a second. Of ECHO only.
double toc_reference_ask_all(toc_reference *r, size_t answers, double *took);

double toc_reference_cpu(const toc_reference *r); // seconds that the server had a processor, so far

// ---- without a server ---------------------------------------------------------------------------------

// toc_reference_sync appends len bytes to a new file in the folder and has them on the disk (write,
// fdatasync), rounds times; took gets the seconds of each.
void toc_reference_sync(const char *folder, size_t len, size_t rounds, double *took);

// toc_reference_sqlite inserts rounds lines of len bytes into a new database in the folder: WAL,
// synchronous=FULL, batch of them a transaction. took gets the seconds of each transaction
// (rounds / batch of them). False if it was built without SQLite.
bool toc_reference_sqlite(const char *folder, size_t len, size_t rounds, size_t batch,
                          double *took);

// toc_reference_line is a line as the references send it, an inject's; the caller's.
char *toc_reference_line(size_t number);

// toc_reference_question is a request as a seat's terminal sends it; the caller's.
char *toc_reference_question(size_t number);

#endif
