// SPDX-License-Identifier: MIT
#ifndef TOC_VOICE_H
#define TOC_VOICE_H

// What a running engine says on stdout and stderr. Whoever reads there may stop taking lines: Ctrl-S in the
// terminal, a pager that stands, a full pipe. The exercise never waits for them: lines are kept, and a thread
// writes them, in order. Where both are one terminal, pipe or file they are one row of lines; where they are two, one
// that stands does not hold up the other. Of what is not taken the newest half MiB is kept; the lines dropped before
// it are counted, and the count is told when writing goes on.
//
// Thread: any may say something; one starts and ends it.

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

#define TOC_VOICE_MOST ((size_t)1 << 19) // bytes that wait, at most

typedef enum { TOC_VOICE_OUT, TOC_VOICE_ERR } toc_voice_end;

typedef struct toc_voice toc_voice;

// toc_voice_start writes to these two descriptors from now on; they stay the caller's, and blocking or not as they are. SIGPIPE
// must be ignored.
toc_err toc_voice_start(toc_voice **out, int out_fd, int err_fd, toc_error *e);

// toc_voice_say takes whole lines, each with its \n, and comes back at once. False where nobody reads any more: an
// earlier line could not be written.
bool toc_voice_say(toc_voice *v, toc_voice_end end, const char *lines, size_t len);

// toc_voice_stop waits until everything is written, but no longer than patience_ms; false if something is left. Then the thread
// may still stand in a write with memory of its own: the process must end.
bool toc_voice_stop(toc_voice *v, int patience_ms);

#endif
