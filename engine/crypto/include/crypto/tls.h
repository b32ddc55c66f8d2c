// SPDX-License-Identifier: MIT
#ifndef TOC_TLS_H
#define TOC_TLS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

// OpenSSL as nng's TLS engine, for both ends: TLS 1.3, TLS 1.2 allowed so that stock clients can
// join, no session tickets, no renegotiation. A server with NNG_TLS_AUTH_MODE_REQUIRED asks for a
// client certificate, fails without one, wants clientAuth in it, and refuses revoked serials. A
// client with a server name checks it against the certificate (DNS names and IP addresses); without
// one (nng_tls_config_server_name) it checks the chain alone.
//
// A refused certificate makes the dial fail with NNG_EPEERAUTH, at once and in TLS 1.3 too; in a few
// of a hundred cases nng sees the end of the connection first, and it is NNG_ECONNSHUT. To that end
// a client says nothing before the server has: this engine is for SP over tls+tcp, not for https.

// toc_tls_use registers the engine with nng, once a process; later calls do nothing. It must come
// before the first tls+tcp listener or dialer and after any fork.
toc_err toc_tls_use(toc_error *e);

// toc_tls_revoke makes every later handshake with a client certificate of this serial fail (32
// lower-case hex digits). Thread: any. Connections that stand are the caller's to close.
void toc_tls_revoke(const char *serial);

// nng 1.5.2 does not say whose connection a message came over. So every message that a server of this
// engine gets (on any socket that listens) is TOC_TLS_SERIAL bytes longer than what was sent: the serial
// number of the other end's certificate follows it. A limit of messages (NNG_OPT_RECVMAXSZ) is that much
// higher, for messages that are to be as long as before. Clients get messages as they were sent.
//
// What reads headers off the beginning of a message without knowing its length, as REP does, may take the
// serial for one, if the peer does not speak the protocol. What is left is then shorter than a serial.
#define TOC_TLS_SERIAL 16

// toc_tls_serial_of takes it off the end of a message of *len bytes again: *len becomes the length that
// was sent, serial 32 lower-case hex digits, as toc_cert_serial gives them (all zero: it was no certificate
// of ours). false: there is none, and nothing of it may be believed; serial is "", *len is what it was.
bool toc_tls_serial_of(const void *bytes, size_t *len, char serial[33]);

#endif
