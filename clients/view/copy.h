// SPDX-License-Identifier: MIT
#ifndef TOC_COPY_H
#define TOC_COPY_H

// Copies of what a seat knows, whole: what stands in `to` is not looked at, and is the caller's to end.

#include "base/mem.h"
#include "view/msel.h"
#include "view/picture.h"

void toc_picture_copy(toc_picture *to, const toc_picture *from);
void toc_situation_copy(toc_situation *to, const toc_situation *from);
void toc_msel_copy(toc_msel *to, const toc_msel *from);

// A copy of an array; what it points to is still the other's. *capacity gets what there is room for.
void *toc_copy_array(const void *at, size_t count, size_t element_size, size_t *capacity);
#define TOC_COPY(p, count, capacity) ((p) = toc_copy_array((p), (count), sizeof *(p), &(capacity)))
// Makes a text that is still another's one's own.
#define TOC_OWN(text) ((text) = toc_strdup(text))

void toc_situation_index(toc_situation *s); // situation.c: finds its services by their ids again

#endif
