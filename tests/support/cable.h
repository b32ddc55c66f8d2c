// SPDX-License-Identifier: MIT
#ifndef TOC_CABLE_H
#define TOC_CABLE_H

// A cable between a seat and an engine's port on this machine, that can be cut, frozen, or lead to something
// else. It lives in the test's loop, as long as the test.

#include <stddef.h>
#include <uv.h>

typedef enum {
    CABLE_WHOLE,
    CABLE_SHORT,  // passes so many bytes of the engine, then the connection is reset
    CABLE_MUTE,   // connections are taken, and nothing is ever said on them
    CABLE_BABBLE, // something answers that is no engine
    CABLE_LIE,    // a stranger answers that the certificate was revoked
} cable_state;

typedef struct cable cable;

cable *cable_new(uv_loop_t *loop, int to_port);
int cable_port(const cable *c); // its near end

// cable_set is for connections to come; those that stand stay as they are.
void cable_set(cable *c, cable_state state, size_t bytes);
void cable_cut(cable *c);    // resets every connection that stands
void cable_freeze(cable *c); // every connection that stands falls silent, and nobody is told

size_t cable_dials(const cable *c);  // connections there ever were
size_t cable_open(const cable *c);   // that stand
size_t cable_passed(const cable *c); // the most bytes of the engine that one connection passed

#endif
