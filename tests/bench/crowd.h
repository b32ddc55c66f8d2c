// SPDX-License-Identifier: MIT
#ifndef TOC_CROWD_H
#define TOC_CROWD_H

// Many receivers over TLS in one loop, as lean as can be, and the same whatever the server is: so it
// is servers that are compared, and not their clients. A message counts when its last byte was
// decrypted. A seat's feed is TOC_SPEECH_SUB with the certificate of its ticket, its desk
// TOC_SPEECH_REQ.
//
// Thread: all of it, its callbacks too, belongs to the loop's.

#include <stddef.h>
#include <uv.h>

#include "crypto/tls_stream.h"
#include "speech.h"

typedef struct toc_crowd toc_crowd;

typedef struct {
    void *context;
    // All that were added are let in. Again, if more are added later; never, if one was turned away.
    void (*on_joined)(void *context);
    // which: 0 for the first that was ever added, and so on. bytes without the protocol's.
    void (*on_message)(void *context, size_t which, const char *bytes, size_t len);
    // A connection is over, or never came to be; nothing more is heard of it.
    void (*on_end)(void *context, size_t which, const char *why);
} toc_crowd_calls;

typedef struct {
    const char *host; // an address, not a name. Borrowed for the call
    int port;
    toc_speech speech;
    const toc_tls_client *tls; // borrowed until all that were added have joined
} toc_crowd_door;

toc_crowd *toc_crowd_new(uv_loop_t *loop, const toc_crowd_calls *calls);

// toc_crowd_add makes count connections to a door, a few dozen at a time, and gives the number of the
// first. It calls nothing before it returns.
size_t toc_crowd_add(toc_crowd *c, const toc_crowd_door *door, size_t count);

// toc_crowd_send sends a message, or a request of TOC_SPEECH_REQ, which has one at a time. Only on a
// connection that is let in; one that was lost meanwhile sends nothing.
void toc_crowd_send(toc_crowd *c, size_t which, const void *bytes, size_t len);

// toc_crowd_free closes all connections, calls nothing more, and needs the loop to run once more to give back
// the memory. Not out of a callback.
void toc_crowd_free(toc_crowd *c);

#endif
