// SPDX-License-Identifier: MIT
#ifndef TOC_CONNECTION_H
#define TOC_CONNECTION_H

// One connection to one address: name, TCP, TLS, the greeting of nng's protocol (SP over tls+tcp:
// eight bytes from each side, then messages with their length before them). It is opened once, ends
// once and says why. Nothing of it can hang: it has a deadline until it is open, and freeing it
// closes it there and then.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "base/error.h"
#include "crypto/tls_stream.h"
#include "sp.h"

typedef struct {
    void *context;
    void (*on_open)(void *context); // the engine has let us in
    void (*on_message)(void *context, const char *data, size_t len);
    // The last call: TOC_EREFUSED if the engine did not accept our certificate, TOC_EFORMAT if what
    // answers has not shown that it is our engine, else TOC_ENET.
    void (*on_end)(void *context, toc_err err, const char *why);
} toc_connection_calls;

typedef struct {
    const char *host; // a name or an address, without brackets. Borrowed for the call
    int port;
    unsigned turn;        // of a name's addresses take the one whose turn it is
    uint64_t patience_ms; // until it is open
    toc_sp_protocol we, they;
} toc_connection_target;

typedef struct toc_connection toc_connection;

// toc_connection_open begins, and calls nothing before it returns. Every callback may free the connection.
toc_connection *toc_connection_open(uv_loop_t *loop, const toc_tls_client *tls,
                                    const toc_connection_target *target,
                                    const toc_connection_calls *calls);

// toc_connection_send sends a message of two parts. False if it is not open.
bool toc_connection_send(toc_connection *c, const void *head, size_t head_len, const void *body,
                         size_t body_len);

// toc_connection_free: no callback comes after it. The loop frees the memory; a name that is still
// being looked up is left behind.
void toc_connection_free(toc_connection *c);

#endif
