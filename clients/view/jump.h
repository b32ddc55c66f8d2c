// SPDX-License-Identifier: MIT
#ifndef TOC_JUMP_H
#define TOC_JUMP_H

// A jump that is being prepared: a time is asked for, the desk says what a jump to it would do,
// each inject is sent, held or skipped, each decision lapses or keeps its time; then it is
// confirmed. It stands in the place of the list, and changes nothing until then.

#include "view_inside.h"

void toc_jump_open(toc_view *v); // asks for the time
// toc_jump_preview prepares the one that a typed jump stands for: until, hold, skip, keep.
void toc_jump_preview(toc_view *v, const toc_event *jump, toc_wishes *out);
void toc_jump_draw(toc_view *v, toc_grid *g, toc_rect r);
bool toc_jump_act(toc_view *v, toc_do what, toc_wishes *out); // while v->jump stands
void toc_jump_learn(toc_view *v, const toc_event *ev);        // the next of the feed
void toc_jump_drop(toc_view *v);

#endif
