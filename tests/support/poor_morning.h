// SPDX-License-Identifier: MIT
#ifndef TOC_POOR_MORNING_H
#define TOC_POOR_MORNING_H

// First Light played badly by people with names: told nobody, decided by feel, opened things late, was rated by two
// evaluators who do not agree. Its journal is the same whenever it is made.

#include "acted.h"

void poor_morning(acted *a);

#endif
