// SPDX-License-Identifier: MIT
#ifndef TOC_PAST_H
#define TOC_PAST_H

// The past: a conduct of recorded lines. There is no journal behind it and no clock; it stands where the newest line left it, and is
// asked what it knows as a live one is. Every call that would change something is TOC_EREFUSED. Its feeds are empty: whoever
// has the lines has them too.
//
// Thread: one at a time.

#include "base/buf.h"
#include "hub/conduct.h"

// toc_conduct_past begins before the first line. TOC_EREFUSED for other semantics. Ends with toc_conduct_free.
toc_err toc_conduct_past(toc_conduct **out, const toc_header *header, toc_error *e);

// toc_conduct_past_line takes the next line (body without trailer) and executes it: errors as toc_rerun_line's.
toc_err toc_conduct_past_line(toc_conduct *c, const char *body, size_t len, toc_error *e);

// toc_conduct_past_open loads the scenario when all its sources were taken, before the first line that is none.
toc_err toc_conduct_past_open(toc_conduct *c, toc_error *e);

// toc_conduct_past_wait: nothing is recorded until play time t; what was due by then and derived nothing has happened.
toc_err toc_conduct_past_wait(toc_conduct *c, int64_t t, toc_error *e);

// toc_desk_page appends one page of what the desk tells a seat (any id of a seat) that asks for its status at play time t of the
// past, or now of a live conduct (t is then its mono): a JSON object. What only the pulse of a live run knows (silent, idle) is
// left out. from: 0, or what *more was set to by the page before; 0: it was the last.
void toc_desk_page(toc_conduct *c, const char *seat, int64_t t, int64_t from, toc_buf *page, int64_t *more);

#endif
