// SPDX-License-Identifier: MIT
#ifndef TOC_WORLD_CIRCLES_H
#define TOC_WORLD_CIRCLES_H

#include "world_findings.h"

// toc_circles_find adds the services that need each other at full strength: first those without any
// buffer between them, then those that hold each other down only after a time, by empty buffers or
// because a repair of one needs another.
void toc_circles_find(toc_findings *out, const toc_model *m);

#endif
