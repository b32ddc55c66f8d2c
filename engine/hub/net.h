// SPDX-License-Identifier: MIT
#ifndef TOC_NET_H
#define TOC_NET_H

// The sockets: the desk, a raw REP, and a PUB for every audience, each behind its own TLS listener. The
// only file here that knows nng, and so the only one that hears from its threads.
//
// nng is never closed: a close can hang with traffic in flight, and the process ends anyway. What a
// net owns therefore lives as long as the process.
//
// Thread: the loop's, but for the wake call.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "hub/run_folder.h"
#include "hub/switchboard.h"
#include "strays.h"

typedef struct toc_net toc_net;

// toc_net_open listens on all ports of a run. wake is called, on any thread, when a connection opened
// or closed (toc_net_change); it may be called until toc_net_stop.
toc_err toc_net_open(toc_net **out, const toc_run_folder *folder, void (*wake)(void *context),
                     void *context, toc_error *e);
void toc_net_stop(toc_net *n); // no wake any more; then the owner of context may go

// toc_net_free_ports finds count free ports of an address and puts them in ports.
toc_err toc_net_free_ports(const char *address, int *ports, size_t count, toc_error *e);

int toc_net_desk_fd(const toc_net *n); // readable when requests are there

// A packet's way is nng's message: given back by toc_net_reply or toc_net_drop.
bool toc_net_receive(toc_net *n, toc_packet *out); // false: none there
// toc_net_reply sends; false: not now, keep it and try again.
bool toc_net_reply(toc_net *n, toc_packet *p, const char *bytes, size_t len);
void toc_net_drop(toc_packet *p);

void toc_net_publish(toc_net *n, size_t feed, const char *bytes, size_t len);

#define TOC_NET_DESK ((size_t)-1)
typedef enum { TOC_PIPE_OPENS, TOC_PIPE_STARTED, TOC_PIPE_ENDED } toc_pipe_state; // in this order

typedef struct {
    size_t feed; // TOC_NET_DESK: the desk
    uint32_t pipe;
    toc_pipe_state state;
    bool must_close; // as soon as it has started
    bool has_ends;
    toc_ends ends; // of one that opens
} toc_pipe_change;

bool toc_net_change(toc_net *n, toc_pipe_change *out); // the next one; false: no more
void toc_net_close_pipe(toc_net *n, uint32_t pipe);
// toc_net_close_feed closes every connection that it has, also one that is only opening; they may come again.
void toc_net_close_feed(toc_net *n, size_t feed);
void toc_net_track(toc_net *n, const toc_pipe_change *change); // keeps the list of connections
// toc_net_know: a seat speaks through this connection to the desk, whose change was tracked. Until then it is a stray, as
// whoever has a ticket could open any number that say nothing. A feed's is none: nobody speaks there.
void toc_net_know(toc_net *n, uint32_t pipe);
size_t toc_net_count(const toc_net *n);                   // open connections
// The connections that never become one; they go with the process, as the net does. NULL: who is at the other end of
// a pipe cannot be known, and so not who is a stray.
toc_strays *toc_net_strays(toc_net *n);

#endif
