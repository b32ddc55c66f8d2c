// SPDX-License-Identifier: MIT
#ifndef TOC_SHIPPED_H
#define TOC_SHIPPED_H

// The scenarios that are shipped, scenarios/*/scenario.lua, and the plans beside them. Whatever goes wrong
// in here fails the test.

#include <stddef.h>

#include "base/buf.h"
#include "base/files.h"
#include "script/scenario.h"

typedef struct {
    char *id;     // of the folder
    char *dir;    // TOC_SOURCE_DIR/scenarios/ID
    char **plans; // DIR/plans/*.plan, sorted
    size_t plan_count;
} shipped;

size_t shipped_count(void);
const shipped *shipped_at(size_t i); // kept until the process ends
const shipped *shipped_find(const char *id);

// shipped_read reads its sources, library and attachments; the caller ends it with toc_files_free.
toc_files *shipped_read(const shipped *s);

// shipped_play_plans plays every plan with a scenario that is fresh, and appends a line ("PLAN:LINE: …") for
// whatever is impossible in it, was refused, or did not come out.
void shipped_play_plans(const shipped *s, toc_scenario *scenario, toc_buf *misses);

#endif
