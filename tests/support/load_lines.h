// SPDX-License-Identifier: MIT
#ifndef TOC_LOAD_LINES_H
#define TOC_LOAD_LINES_H

// A load whose problems are text, a line each: "scenario.lua:12: …".

#include "script/scenario.h"

static inline toc_err load_lines(toc_scenario **out, const toc_files *files, const toc_fetch *fetch,
                                 uint64_t seed, size_t memory, toc_buf *lines, toc_error *e)
{
    toc_problems problems = {0};
    toc_err err = toc_scenario_load(out, files, fetch, seed, memory, &problems, e);
    toc_problems_lines(&problems, lines);
    toc_problems_fini(&problems);
    return err;
}

#endif
