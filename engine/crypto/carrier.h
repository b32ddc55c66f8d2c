// SPDX-License-Identifier: MIT
#ifndef TOC_CARRIER_H
#define TOC_CARRIER_H

#include <nng/nng.h>
#include <stdbool.h>

// What nng 1.5.2 needs watched, so that a connection that ends is always taken down. Not a public header.
//
// nng drops an operation that is begun after its aio was closed, and never calls back (nni_aio_begin in
// core/aio.c). Its TLS transport begins such operations: a message goes out and comes in by pieces, and
// the close may come between two. Then nng's reaper waits for the rest for ever and nothing is taken
// down again; or a connection stays whose end came while nothing was asked of it. So nng_stream_send and
// nng_stream_recv are defined here once more, in the program, where nng's library finds them before its
// own; what is dropped is ended with an error, as nng before 1.4 did. Only for that version of nng.

// What carries one connection's bytes: nng's two operations below TLS, once they were begun. Zeroed: none
// yet. Thread: whoever holds the connection's lock.
typedef struct {
    nng_aio *sending;
    nng_aio *receiving;
} toc_carrier;

// toc_carrier_learn says of which connection the operations are that this thread begins from now on, or
// of none (NULL).
void toc_carrier_learn(toc_carrier *c);

// toc_carrier_failure gives an NNG_E… if one of the two has ended badly, although nng may not have heard
// of it yet; else 0. Never NNG_ECLOSED nor NNG_ECANCELED: as the reason why a handshake failed they would
// stop nng's listener for good.
int toc_carrier_failure(const toc_carrier *c);

// toc_carrier_watches says whether nng's library calls our two functions.
bool toc_carrier_watches(void);

#endif
