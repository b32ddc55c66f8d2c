// SPDX-License-Identifier: MIT
#ifndef TOC_LOOP_H
#define TOC_LOOP_H

#include <stdbool.h>
#include <uv.h>

// toc_loop_end lets what was closed end, and frees the loop. Where a probe is still out on a thread it is
// not waited for: the process ends soon, the loop is left to it, and false comes back.
bool toc_loop_end(uv_loop_t *loop);

#endif
