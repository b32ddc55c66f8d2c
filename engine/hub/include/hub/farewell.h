// SPDX-License-Identifier: MIT
#ifndef TOC_FAREWELL_H
#define TOC_FAREWELL_H

// Seats whose tickets are dead, but whose terminals may still ask for a moment and hear where to go: each for a
// moment of its own. Times are monotonic ms as handed in. Pure.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct toc_farewells toc_farewells;

typedef struct {
    size_t feed;     // that it heard
    uint32_t pipe;   // its connection to the desk; 0: none
    char serial[33]; // of the ticket
    int64_t until;   // mono
} toc_farewell;

toc_farewells *toc_farewells_new(void);
void toc_farewells_free(toc_farewells *f);

// toc_farewells_add: serial is copied.
void toc_farewells_add(toc_farewells *f, const char *serial, size_t feed, uint32_t pipe,
                       int64_t until);

// toc_farewells_has: somebody who heard this feed may still hear where to go.
bool toc_farewells_has(const toc_farewells *f, size_t feed);

// toc_farewells_take removes one whose moment is over by mono; false: there is none.
bool toc_farewells_take(toc_farewells *f, int64_t mono, toc_farewell *out);

// toc_farewells_next: when the first of those left is over; false: none is left.
bool toc_farewells_next(const toc_farewells *f, int64_t *at);

#endif
