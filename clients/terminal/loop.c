// SPDX-License-Identifier: MIT
#include "loop.h"

#include <stdlib.h>

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
