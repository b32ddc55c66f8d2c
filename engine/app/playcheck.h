// SPDX-License-Identifier: MIT
#ifndef TOC_PLAYCHECK_H
#define TOC_PLAYCHECK_H

// A plan that seats play by (`--play plan:FILE`): checked against the scenario before anything starts, and its
// expectations judged when the run is closed.

#include "base/buf.h"
#include "exercise/plan.h"
#include "record/playplan.h"

// toc_playcheck appends a line ("file:line: …") for everything that the scenario does not have (a seat,
// decision, inject, option, service, phase …), and gives how many there are.
size_t toc_playcheck(const toc_playplan *play, const toc_plan *plan, toc_buf *problems);

// toc_playexpects: how many expectations the plan has (toc_playplan_misses says which did not come about).
size_t toc_playexpects(const toc_playplan *play);

#endif
