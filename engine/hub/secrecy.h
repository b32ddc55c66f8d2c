// SPDX-License-Identifier: MIT
#ifndef TOC_SECRECY_H
#define TOC_SECRECY_H

// A run's keys and tickets let whoever has them sit down anywhere, and sign as the run. The engine does not start where others on the
// machine may read them: whoever can change that is told how. Thread: any; these calls block on the disk.

#include "base/error.h"

// toc_secrecy_of_run looks at the folder of a run, and its keys/ and tickets/ with all that is in them; what is missing is no
// matter here. TOC_EIO, and a chmod that mends it, if others have any right to one of them.
toc_err toc_secrecy_of_run(const char *run, toc_error *e);

// toc_secrecy_of_runs looks at the folder in which runs are to be made: the world may neither read nor write it, nor its group write.
toc_err toc_secrecy_of_runs(const char *runs, toc_error *e);

#endif
