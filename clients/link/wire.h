// SPDX-License-Identifier: MIT
#ifndef TOC_WIRE_H
#define TOC_WIRE_H

// The wire: a REQ and a SUB socket of nng, TLS with a ticket's keys, in a libuv loop. It knows bytes
// and connections, nothing of what they say. nng's threads touch one locked inbox; all callbacks run
// on the loop.

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "base/error.h"
#include "record/ticket.h"

typedef enum { TOC_WIRE_DESK, TOC_WIRE_FEED, TOC_WIRE_ENDS } toc_wire_end;

typedef struct {
    void *context;
    void (*on_reply)(void *context, const char *data, size_t len);
    void (*on_feed)(void *context, const char *data, size_t len);
    void (*on_connection)(void *context, toc_wire_end end, bool is_up);
} toc_wire_calls;

typedef struct toc_wire toc_wire;

// toc_wire_open begins to dial; it goes on dialling, with back-off, for ever. calls is copied.
toc_err toc_wire_open(toc_wire **out, uv_loop_t *loop, const toc_ticket *t, const char *desk,
                      const char *feed, const toc_wire_calls *calls, toc_error *e);

// toc_wire_send sends a request; the one before it, if it has no reply yet, is forgotten. False: not
// now, there is no connection or it is busy.
bool toc_wire_send(toc_wire *w, const char *data, size_t len);

// toc_wire_drop closes a connection that is no good any more; it is dialled anew.
void toc_wire_drop(toc_wire *w, toc_wire_end end);

// toc_wire_redial dials once more beside a dialer that has gone silent: nng 1.5.2 drops an error that
// arrives while nothing is queued on a connection, and the dialer then waits for ever. Should the old
// one come back, there are two connections, which does no harm: ids and numbers tell doubles apart.
toc_err toc_wire_redial(toc_wire *w, toc_wire_end end, const toc_ticket *t, const char *address,
                        toc_error *e);

// toc_wire_free: no callback comes after it. The loop frees the memory; the sockets stay until the
// process ends, because nng_close may hang.
void toc_wire_free(toc_wire *w);

#endif
