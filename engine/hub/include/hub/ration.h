// SPDX-License-Identifier: MIT
#ifndef TOC_RATION_H
#define TOC_RATION_H

// How much somebody had within a span of two seconds, so that nobody takes so much that others have to wait.
// Pure; mono is in ms and from any origin.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct toc_rations toc_rations;

toc_rations *toc_rations_new(size_t bytes); // what each may have in a span
void toc_rations_free(toc_rations *r);

// toc_rations_take: false if that is more than what is left in this span; then nothing is taken. first: it
// is the first refusal since a minute.
bool toc_rations_take(toc_rations *r, const char *whose, size_t bytes, int64_t mono, bool *first);

#endif
