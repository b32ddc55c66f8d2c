// SPDX-License-Identifier: MIT
#ifndef TOC_AGENDA_H
#define TOC_AGENDA_H

// What is due, and when: things numbered from 0, each due at most once. The first is the one with the
// earliest minute, of equals the one with the lowest number.

#include <stdint.h>

typedef struct {
    int64_t *due;    // of each thing, -1: not due
    uint32_t *place; // of each thing that is due: where it stands in the heap
    uint32_t *heap;
    uint32_t count; // in the heap
    uint32_t size;  // things there are
} toc_agenda;

void toc_agenda_init(toc_agenda *a, uint32_t size);
void toc_agenda_copy(toc_agenda *to, const toc_agenda *from); // to is not initialised
void toc_agenda_fini(toc_agenda *a);
void toc_agenda_set(toc_agenda *a, uint32_t thing, int64_t minute); // moves it if it is due already
void toc_agenda_drop(toc_agenda *a, uint32_t thing);                // fine if it is not due

#endif
