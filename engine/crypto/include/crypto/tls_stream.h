// SPDX-License-Identifier: MIT
#ifndef TOC_TLS_STREAM_H
#define TOC_TLS_STREAM_H

// A client's end of TLS between two buffers: whoever owns the socket carries the bytes. It judges as
// the engine does that nng uses (crypto/tls.h), and nothing here blocks or does I/O.
//
// Thread: one client and its streams belong to one thread.

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

typedef struct toc_tls_client toc_tls_client; // what a ticket says: whom to trust, who we are
typedef struct toc_tls_stream toc_tls_stream; // one connection

// toc_tls_client_new takes PEM texts: the CA of the server, our certificate and key; name is what the
// server's certificate must carry. TOC_EFORMAT, and which of them, if one cannot be used.
toc_err toc_tls_client_new(toc_tls_client **out, const char *ca, const char *certificate,
                           const char *key, const char *name, toc_error *e);
void toc_tls_client_free(toc_tls_client *c); // streams may outlive it

// toc_tls_stream_new is a connection that has said nothing yet: toc_tls_stream_feed begins it.
toc_tls_stream *toc_tls_stream_new(const toc_tls_client *c);
void toc_tls_stream_free(toc_tls_stream *s);

// toc_tls_stream_feed takes len bytes from the network (0: none yet) and puts what they say behind
// plain. TOC_EREFUSED: the server, which has shown whose it is, did not accept our certificate; in TLS
// 1.3 that may come long after our side of the handshake is done, so a client says nothing before the
// server has. TOC_EFORMAT: who answers is somebody else, or ended the handshake over a certificate
// before it was known who it is. TOC_ENET: the end, for another reason. After an error the stream is only
// good to be freed.
toc_err toc_tls_stream_feed(toc_tls_stream *s, const void *bytes, size_t len, toc_buf *plain,
                            toc_error *e);

// toc_tls_stream_say makes bytes for the network of len (> 0) plain ones, once something was heard.
toc_err toc_tls_stream_say(toc_tls_stream *s, const void *bytes, size_t len, toc_error *e);

// toc_tls_stream_take moves what is to be sent, after any of these, behind out.
void toc_tls_stream_take(toc_tls_stream *s, toc_buf *out);

#endif
