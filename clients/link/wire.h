// SPDX-License-Identifier: MIT
#ifndef TOC_WIRE_H
#define TOC_WIRE_H

// The wire: nng's REQ and SUB with a ticket's keys, in a libuv loop. It knows bytes and connections,
// nothing of what they say. Each end has at most one connection; when that ends, for whatever reason, a
// new one is dialled from nothing, and nothing of the old one is heard any more. The sockets are
// libuv's: nng 1.5.2 loses the end of a connection that comes while nothing is queued on it, and its
// dialers and closes can hang.

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "base/error.h"
#include "record/ticket.h"
#include "talk.h"

typedef struct {
    void *context;
    void (*on_reply)(void *context, const char *data, size_t len);
    void (*on_feed)(void *context, const char *data, size_t len);
    void (*on_connection)(void *context, toc_wire_end end, bool is_up);
    // An attempt that came to nothing, as toc_connection_calls has it. The next one follows.
    void (*on_failure)(void *context, toc_wire_end end, toc_err err, const char *why);
} toc_wire_calls;

typedef struct toc_wire toc_wire;

// toc_wire_open begins to dial; it goes on dialling, with back-off up to a second, for ever. calls is copied. Any
// callback may free the wire.
toc_err toc_wire_open(toc_wire **out, uv_loop_t *loop, const toc_ticket *t, const char *desk,
                      const char *feed, const toc_wire_calls *calls, toc_error *e);

// toc_wire_send sends a request, and sends it again while its answer is awaited; the one before it, if it
// has no reply yet, is forgotten. False: not now, there is no connection.
bool toc_wire_send(toc_wire *w, const char *data, size_t len);

// toc_wire_drop closes a connection that is no good any more; that is told a moment later, and then it
// is dialled anew.
void toc_wire_drop(toc_wire *w, toc_wire_end end);

// toc_wire_free: no callback comes after it, and the connections are closed. The loop frees the memory.
void toc_wire_free(toc_wire *w);

#endif
