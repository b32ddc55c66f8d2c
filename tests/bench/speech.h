// SPDX-License-Identifier: MIT
#ifndef TOC_SPEECH_H
#define TOC_SPEECH_H

// What a client of each server says, and what it hears: as little of each protocol as a receiver
// needs. Bytes in, bytes out, no I/O.

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

typedef enum {
    TOC_SPEECH_SUB,      // nng's SUB: SP over tls+tcp
    TOC_SPEECH_REQ,      // nng's REQ; what is sent is a request, what comes is its answer
    TOC_SPEECH_WS,       // WebSocket, text messages
    TOC_SPEECH_NATS_SUB, // a client of NATS that is subscribed to `inject`
    TOC_SPEECH_NATS_PUB, // one that is not, and publishes there
} toc_speech;

// What the next bytes are.
typedef enum {
    TOC_HEARD_PART,    // too few to say
    TOC_HEARD_WELCOME, // the server has let us in
    TOC_HEARD_MESSAGE,
    TOC_HEARD_PING, // to be answered with toc_speech_pong
    TOC_HEARD_OTHER,
    TOC_HEARD_BROKEN, // no such server, or it refused
} toc_heard_what;

typedef struct {
    toc_heard_what what;
    size_t used;       // bytes that it took
    const char *bytes; // a message's, without what the protocol put around them; among those given
    size_t len;
} toc_heard;

bool toc_speech_is_clear(toc_speech speech); // the server speaks in clear before TLS begins
bool toc_speech_is_first(toc_speech speech); // over TLS it is the client who speaks first

// toc_speech_opening is what the client says: at once if it is the first, else after the welcome.
void toc_speech_opening(toc_speech speech, toc_buf *out);
void toc_speech_pong(toc_speech speech, toc_buf *out);
void toc_speech_wrap(toc_speech speech, const char *bytes, size_t len, toc_buf *out);

// toc_speech_hear reads what is there; is_open: the welcome was heard before.
toc_heard toc_speech_hear(toc_speech speech, bool is_open, const char *bytes, size_t len);

#endif
