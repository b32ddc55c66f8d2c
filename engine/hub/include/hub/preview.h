// SPDX-License-Identifier: MIT
#ifndef TOC_PREVIEW_H
#define TOC_PREVIEW_H

// A preview: what a jump would do, found out on a copy of the exercise that is made from its lines. The
// exercise itself is not touched.
//
// Thread: made, written and freed on the loop's; run on any, while nothing else is done with it.

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "hub/conduct.h"

typedef struct toc_preview toc_preview;

// toc_preview_new keeps the question and where the exercise stands, but no line yet: it may have to wait.
// jump is an input that toc_conduct_check has just taken and stamped.
toc_preview *toc_preview_new(const toc_conduct *c, const toc_event *jump);
void toc_preview_free(toc_preview *p);

// toc_preview_begin copies the lines up to where the exercise stood when it was asked for, once. c is the same.
void toc_preview_begin(toc_preview *p, const toc_conduct *c);

// toc_preview_run finds it out, once; it was begun. It may take as long as resuming the run does.
void toc_preview_run(toc_preview *p);

// toc_preview_write appends "preview":[…],"levels":n,"changes":[…],"at":t to an object, of which room bytes may
// be taken; rows that do not fit are counted in "more". changes: the services whose level is another one
// afterwards, {"service":…,"from":ppm,"to":ppm}, as far as there is room, the others counted in
// "more_changes"; at: the play time for which all of it is true.
void toc_preview_write(const toc_preview *p, toc_buf *out, size_t room);

#endif
