// SPDX-License-Identifier: MIT
#ifndef TOC_WORKERS_H
#define TOC_WORKERS_H

// Threads that play paths, each with a scenario of its own. The caller's is one of them.

#include "survey_inside.h"

typedef struct toc_workers toc_workers;

// toc_workers_new loads the scenario for the caller and learns what every path needs to know; the other
// threads load theirs while the first paths are played. Errors are those of loading.
toc_err toc_workers_new(toc_workers **out, const toc_files *files, uint64_t run_seed,
                        unsigned cores, toc_error *e);
void toc_workers_free(toc_workers *p);
toc_troupe *toc_workers_troupe(toc_workers *p); // the caller's

// toc_workers_play plays count jobs, and gives when all are over. outcomes[i] is of jobs[i].
toc_err toc_workers_play(toc_workers *p, const toc_job *jobs, toc_outcome *outcomes, size_t count,
                         toc_error *e);

#endif
