// SPDX-License-Identifier: MIT
#ifndef TOC_ATTACKER_H
#define TOC_ATTACKER_H

// A peer that does at a port whatever it likes: its own sockets, its own end of TLS, nng's protocol byte by byte. What it is told
// it keeps, decrypted. It trusts every server: an attacker does not mind whom it talks to.
//
// Waiting is always for bytes, with a deadline. Thread: one attacker belongs to one thread; passes may be shared.

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "record/ticket.h"

typedef struct {
    int fd;          // -1: none
    SSL *ssl;        // NULL: in the clear
    toc_buf heard;   // every byte since it was reached
    size_t taken;    // of them by attacker_message
    uint32_t number; // of the newest request
    bool is_ended;   // by the other end, or by an error
} attacker;

#define ATTACKER_NONE ((attacker){.fd = -1})

// A certificate and how to show it. NULL for certificate: none is shown. newest: the highest version of TLS that is spoken
// (TLS1_2_VERSION …), 0 for any. Ended with SSL_CTX_free.
SSL_CTX *attacker_pass(const char *certificate, const char *key, int newest);

// attacker_reach connects to a port of this machine. False: nobody takes the connection.
bool attacker_reach(attacker *a, int port);
// attacker_enter shakes hands. In TLS 1.3 that succeeds before the server has judged the certificate.
bool attacker_enter(attacker *a, SSL_CTX *pass, int ms);
// attacker_say says all of it within ms. False after a time-out in TLS: none or part of it is under way, and what is said next is the
// same again, or nothing more (it is a record if it has at most 16 KiB).
bool attacker_say(attacker *a, const void *bytes, size_t len, int ms);
// attacker_hear listens until `want` bytes in all were heard. False: the end, or ms are over.
bool attacker_hear(attacker *a, size_t want, int ms);
// attacker_ended waits until the other end has ended all of them, twice so long at most, and gives how many it did. Where more dial
// at once than a port's queue holds, some are open to the kernel at this end that the server does not get until more is said: whoever
// is left after the first wait says one byte, if it is in the clear, and is waited for once more.
int attacker_ended(attacker *all, int count, int ms);
void attacker_leave(attacker *a); // closes as one should
void attacker_reset(attacker *a); // closes with a RST
void attacker_drop(attacker *a);  // sends FIN, then RST

// attacker_greet sends nng's header as that protocol and waits for the other end's. attacker_frame writes a message in nng's
// framing: eight bytes of length, and a REQ's number in front of the body if it is not 0.
enum { ATTACKER_REQ = 0x30, ATTACKER_SUB = 0x21 };
bool attacker_greet(attacker *a, int protocol, int ms);
void attacker_frame(toc_buf *out, uint32_t number, const char *body, size_t len);
// attacker_message takes the next whole message out of what was heard.
bool attacker_message(attacker *a, toc_buf *out, int ms);

// attacker_ask asks, every three seconds anew as terminals do, until there is a reply: four bytes of number, and
// the text. Whoever floods the desk is not always answered.
bool attacker_ask(attacker *a, const char *bytes, size_t len, toc_buf *reply, int ms);

void attacker_hello(toc_buf *out); // the first bytes of an honest handshake

// attacker_expired makes a client certificate of an audience that ended in 2001.
void attacker_expired(const char *ca, const char *ca_key, const char *seat, toc_buf *certificate,
                      toc_buf *key);

int64_t attacker_now(void); // ms

// ---- a seat by hand --------------------------------------------------------------------------------

// Somebody with a ticket and without a terminal. `all` has every byte that its machine was given.
typedef struct {
    toc_ticket ticket;
    SSL_CTX *pass;
    attacker desk, feed;
    char session[24];
    int counter;
    toc_buf reply; // the newest
    toc_buf all;
} guest;

// guest_sit reads a run's ticket for a seat and connects desk and feed; guest_join takes the seat. They fail the test.
void guest_sit(guest *g, const char *folder, const char *seat);
void guest_join(guest *g);
// guest_ask sends op under the next id with more fields (",\"to\":[…]" or ""), and gives the reply.
const char *guest_ask(guest *g, const char *op, const char *fields);
// guest_send sends bytes as they are; NULL: no reply came.
const char *guest_send(guest *g, const char *bytes, size_t len);
void guest_listen(guest *g, int ms); // to its feed, so long
// guest_hear listens until the feed said text.
bool guest_hear(guest *g, const char *text, int ms);
void guest_leave(guest *g);

#endif
