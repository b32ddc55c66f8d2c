// SPDX-License-Identifier: MIT
#ifndef TOC_TERMINAL_H
#define TOC_TERMINAL_H

// A person, or a policy, at one seat: the plain terminal. Lines in, lines out; nothing is ever drawn
// twice, so it works for a screen reader, a pipe and a test.

#include <stdbool.h>

#include "base/error.h"

typedef struct {
    const char *ticket; // the file
    const char *host;   // the engine's host, if it is not the ticket's; or NULL
    const char *policy; // NULL: somebody types; else how the seat plays by itself (terminal/auto.h)
    int in, out;        // descriptors; in is not read by a seat that plays by itself
    int width;          // columns at which lines wrap; 0: as wide as the terminal, or not at all
    bool is_quiet;      // a seat that plays by itself says only what goes wrong
    bool is_confined;   // the person may not touch this machine: no editor, no file is read or written
    int patience_s;     // to wait for the first connection; 0: a minute
    int engine;         // a descriptor on which an engine of our own speaks: when that ends, we leave, code 4; 0: it is not ours
} toc_terminal_options;

// toc_terminal_run sits down and stays until the run closes, the person leaves or the link ends. It gives
// the exit code: 0; 1 a plan that is none, or lines of it that could not be done; 2 an unknown policy or host; 3 a ticket that cannot be
// read; 4 no engine, a refused ticket, a seat taken over; 130 interrupted. Unless it is 0, e says
// why. It ignores SIGPIPE for the process. The process must not fork after it.
int toc_terminal_run(const toc_terminal_options *o, toc_error *e);

#endif
