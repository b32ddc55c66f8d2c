// SPDX-License-Identifier: MIT
#ifndef TOC_WORDS_H
#define TOC_WORDS_H

// The world in words for people. Names are the authors' and are not made safe for a terminal here.

#include "base/buf.h"
#include "world/world.h"

// toc_percent_text: "40", "33.3"; tenths are cut, but what is there is never shown as 0, and what is
// lacking never as 100.
void toc_percent_text(toc_buf *out, int64_t ppm);

// A service's name, or its id if it has none.
const char *toc_service_name(const toc_model *m, size_t service);

// toc_because_text: "Rail 40 % because Mobile network 0 % because Grid 0 % (for longer than its autonomy)":
// the chain of causes of a level, at most so many links; a service that is well gives "Rail 100 %".
#define TOC_BECAUSE_LINKS 12
void toc_because_text(toc_buf *out, const toc_world *w, size_t service);

// toc_minutes_text: minutes of the story as hours: "4h00", "+" is the caller's.
void toc_minutes_text(toc_buf *out, int64_t minutes);

// toc_deadlock_text says in one sentence who waits for whom, for those who can help.
void toc_deadlock_text(toc_buf *out, const toc_world *w, const toc_change *deadlock);

#endif
