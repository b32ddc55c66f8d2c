// SPDX-License-Identifier: MIT
#include "loop.h"

#include <stdlib.h>

#include "base/mem.h"

enum { CLOSING_TURNS = 8 };

bool toc_loop_end(uv_loop_t *loop)
{
    for (int i = 0; i < CLOSING_TURNS; i++)
        uv_run(loop, UV_RUN_NOWAIT);
    if (uv_loop_close(loop) != 0)
        return false;
    free(loop);
    return true;
}

char *toc_loop_gave_up(const char *why)
{
    return toc_sprintf(
        "nobody let this seat in, and this terminal tries no more. The last that was heard: %s "
        "(--desk HOST names another host)",
        why && *why ? why : "nothing: is the engine running, and is its host right?");
}
