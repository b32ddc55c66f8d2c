// SPDX-License-Identifier: MIT
#ifndef TOC_INLET_H
#define TOC_INLET_H

// What comes in of a feed: PUB loses messages without a word, so numbers decide. Lines at or below
// what we have are dropped, a line beyond the next one is dropped too and asked for again from the
// desk. So events come out each once and in order, whatever arrives. No I/O.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "link/link.h"

typedef struct {
    const toc_link_calls *calls;
    int64_t have; // newest number handed over
    int64_t head; // newest number known to exist
} toc_inlet;

// toc_inlet_message takes one message of the feed: lines parted by \n. What cannot be read is skipped: an event
// among it will be asked for again. False if something was.
bool toc_inlet_message(toc_inlet *in, const char *data, size_t len);

// toc_inlet_page takes the desk's answer to `feed`.
bool toc_inlet_page(toc_inlet *in, const toc_json *reply);

// toc_inlet_lacks: there are events that we do not have.
bool toc_inlet_lacks(const toc_inlet *in);

// toc_clock_read reads a clock of a heartbeat or reply. Fields that are not there are left as they are.
void toc_clock_read(toc_clock *clock, const toc_json *j);

#endif
