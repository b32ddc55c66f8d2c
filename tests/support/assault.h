// SPDX-License-Identifier: MIT
#ifndef TOC_ASSAULT_H
#define TOC_ASSAULT_H

// What hostile peers do to the ports of a run of the relay fixture. Each attack runs in a thread of its own while people play; it
// asserts nothing but counts what it tried, and what came about that should not have.

#include <stdatomic.h>
#include <stdbool.h>

#include "attacker.h"
#include "base/random.h"

enum {
    ASSAULT_DESK,
    ASSAULT_CONTROL,
    ASSAULT_NORTH,
    ASSAULT_SOUTH,
    ASSAULT_WEST,
    ASSAULT_BOARD,
    ASSAULT_PORTS,
    ASSAULT_STEP_MS = 10000, // for each step that the engine has to take
};

// What an attacker has: the ticket of north-2, one that was revoked, and certificates that are worth nothing. In the folder are all
// the others.
typedef struct {
    char *folder; // of the run
    int ports[ASSAULT_PORTS];
    toc_ticket north, revoked;
    toc_buf expired, expired_key, foreign, foreign_key;
} assault_scene;

typedef struct assault assault;

typedef struct {
    const char *what; // in the words of the tally
    void (*go)(assault *a);
    int rounds;
} attack;

struct assault {
    const attack *attack;
    const assault_scene *scene;
    int rounds;
    toc_random r;
    unsigned long long tried, fallen;
    char why[200]; // the newest that fell
    atomic_bool is_over;
};

// The attacks, up to one without a name: on connections and TLS, and by those who are let in.
extern const attack assaults_outside[], assaults_inside[];

void assault_fall(assault *a, const char *why);
SSL_CTX *assault_pass(const assault *a); // the good one; the caller ends it
// assault_enter comes in by the desk or the north's feed, up to where nng's messages begin.
bool assault_enter(const assault *a, attacker *x, SSL_CTX *pass, int port);

#endif
