// SPDX-License-Identifier: MIT
#ifndef SIM_WIRE_H
#define SIM_WIRE_H

// A terminal's wire, as clients/link/wire.c is one: an end for the desk and one for the feed, each dialled for ever
// with back-off; a request is sent again every 3 s until its reply is here, under one number, and a reply under another is
// nothing.

#include "link/talk.h"
#include "sim.h"

typedef struct sim_wire sim_wire;

typedef struct {
    void *context;
    void (*on_reply)(void *context, const char *bytes, size_t len);
    void (*on_feed)(void *context, const char *bytes, size_t len);
    void (*on_connection)(void *context, toc_wire_end end, bool is_up);
    void (*on_failure)(void *context, toc_wire_end end, toc_err err, const char *why);
} sim_wire_calls;

sim_wire *sim_wire_new(sim *s, int node, const char *audience, const char *serial,
                       const sim_wire_calls *calls);
void sim_wire_free(sim_wire *w); // when nothing happens any more
bool sim_wire_send(sim_wire *w, const char *bytes, size_t len);
void sim_wire_drop(sim_wire *w, toc_wire_end end);
void sim_wire_close(sim_wire *w); // nothing comes of it any more

#endif
