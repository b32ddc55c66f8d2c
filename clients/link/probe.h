// SPDX-License-Identifier: MIT
#ifndef TOC_PROBE_H
#define TOC_PROBE_H

// nng dials in silence: while there is no connection nobody says why. A probe connects once by
// itself, on a thread of libuv's pool, and tells what came of it.

#include <uv.h>

#include "base/error.h"
#include "record/ticket.h"

typedef enum {
    TOC_PROBE_FINE,    // there is an engine, and it took the ticket
    TOC_PROBE_AWAY,    // nobody answers
    TOC_PROBE_REFUSED, // one side did not accept the other's certificate
} toc_probe_result;

typedef void (*toc_probe_cb)(void *context, toc_probe_result result, const char *why);

// toc_probe_run copies what it needs of the ticket. The callback always comes, on the loop.
toc_err toc_probe_run(uv_loop_t *loop, const toc_ticket *t, const char *address,
                      toc_probe_cb on_result, void *context, toc_error *e);

#endif
