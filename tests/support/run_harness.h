// SPDX-License-Identifier: MIT
#ifndef TOC_RUN_HARNESS_H
#define TOC_RUN_HARNESS_H

// A run of the real binary over real sockets, for integration tests.

#include "process.h"

// The run folder that `tocsin run` named in what it said; the caller frees it. NULL if it did not.
char *run_folder_of(const process *engine);

// The port it named on the line that ends with audience ("desk" for the desk), 0 if none.
int run_port_of(const process *engine, const char *audience);

// A recorded journal of the relay fixture, conducted by its own terminals: the run folder (in `runs`), and what was
// said. `in` is how long play lasts ("3s", and a minute at most). Fails the test if it does not come to a close.
char *run_relay(const char *runs, const char *in, const char *policy, toc_buf *said);

// tocsin verify PATH --json and further arguments (NULL-ended): the exit code; json gets its line.
int run_verify(const char *path, toc_buf *json, const char *const *more);

#endif
