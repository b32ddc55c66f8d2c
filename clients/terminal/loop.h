// SPDX-License-Identifier: MIT
#ifndef TOC_LOOP_H
#define TOC_LOOP_H

#include <stdbool.h>
#include <uv.h>

// toc_loop_end lets what was closed end, and frees the loop. Where a probe is still out on a thread it is
// not waited for: the process ends soon, the loop is left to it, and false comes back.
bool toc_loop_end(uv_loop_t *loop);

// toc_loop_gave_up is what a person is told who waited in vain to sit down; why is the last that the link said of
// it, NULL or "" if it said nothing. The caller frees it.
char *toc_loop_gave_up(const char *why);

#endif
