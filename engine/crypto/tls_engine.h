// SPDX-License-Identifier: MIT
#ifndef TOC_TLS_ENGINE_H
#define TOC_TLS_ENGINE_H

#include <nng/nng.h>
#include <nng/supplemental/tls/engine.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stdint.h>

#include "carrier.h"
#include "crypto/tls.h"

// The two halves of the engine (tls_config.c, tls_conn.c) and what they share. nng names and
// allocates the two structs, zeroed; init and fini fill and empty them. Not a public header.

// One for each listener or dialer. nng lets nobody change it once a connection was made from it.
struct nng_tls_engine_config {
    SSL_CTX *ctx;
    char *sni; // the server's name when it is one, not an IP address; else NULL
    nng_tls_mode mode;
};

// What is said of a message before its body: SP's length, and what REP puts before an answer.
enum { TOC_TLS_HELD_MAX = 32 };

// One for each connection. nng calls with the connection's lock held, from any of its threads.
struct nng_tls_engine_conn {
    SSL *ssl;        // holds a reference to its SSL_CTX, so it may outlive the config
    void *transport; // what nng_tls_engine_send and _recv want
    int io_error;    // what the transport last failed with: an NNG_E…
    toc_carrier carrier;
    bool accepted;   // the handshake is done, and for a client the server has let it in
    size_t judged;   // of a server's: revocations that the client's certificate was held against
    bool has_greeted;
    uint64_t lacking; // bytes that nng has still to give of the message it sends
    // The beginning of that message, which goes with what follows it.
    uint8_t held[TOC_TLS_HELD_MAX];
    size_t held_len;
    // Of a server's: how far it is in the message that it hands to nng, made longer by the serial.
    uint8_t length[8]; // before the message: as it comes, then as nng is told it
    size_t length_read, length_told;
    uint64_t unread;                // bytes of the message that the client has still to give
    uint8_t serial[TOC_TLS_SERIAL]; // the client's; all zero for a number that is none of ours
    size_t unsaid;                  // bytes of it that nng has still to get, after the message
    int failed; // why the connection is over, for good: an NNG_E…; 0 while it lives
};

// nng wants these tables writable and for ever.
nng_tls_engine_config_ops *toc_tls_config_ops(void);
nng_tls_engine_conn_ops *toc_tls_conn_ops(void);

// toc_tls_why_refused is for after SSL_ERROR_SSL, with OpenSSL's error still there. A certificate that one end
// did not like is NNG_EPEERAUTH, at both ends; anything else about the protocol is NNG_ECRYPTO.
int toc_tls_why_refused(void);

bool toc_tls_is_revoked(const char *serial);
size_t toc_tls_revocations(void); // how many there were so far

#endif
