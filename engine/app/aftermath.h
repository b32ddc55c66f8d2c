// SPDX-License-Identifier: MIT
#ifndef TOC_AFTERMATH_H
#define TOC_AFTERMATH_H

// What a run that played itself is to be blamed for when it is closed: lines of the plan that could not be
// done, expectations that did not come about, script errors. Each is told, and makes the exit code 1.

#include <stdbool.h>

#include "base/buf.h"
#include "record/event.h"
#include "record/playplan.h"

typedef struct {
    toc_playplan play; // of plan:FILE, or empty
    toc_events events; // what its expectations are judged by
    size_t script_errors;
    char *first_error;
} toc_aftermath;

// toc_aftermath_see is told every event of the run.
void toc_aftermath_see(toc_aftermath *a, const toc_event *ev);

// toc_aftermath_tell adds what there is to tell, in lines, to out, and is true if there is something to blame.
// has_logs: the seats' logs in the run's folder are of this run alone, and tell which lines failed.
bool toc_aftermath_tell(const toc_aftermath *a, const char *folder, bool has_logs, toc_buf *out);

#endif
