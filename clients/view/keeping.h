// SPDX-License-Identifier: MIT
#ifndef TOC_KEEPING_H
#define TOC_KEEPING_H

// What controllers keep track of: who knows of an inject, what was promised to whom, and that it was kept.

#include "view_inside.h"

// about: what the selected row is; what it says is chosen already.
void toc_aware_open(toc_view *v, const toc_event *about);
void toc_promise_open(toc_view *v, const toc_event *about);
void toc_kept_open(toc_view *v, const toc_promise *promise);

#endif
