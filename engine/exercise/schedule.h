// SPDX-License-Identifier: MIT
#ifndef TOC_SCHEDULE_H
#define TOC_SCHEDULE_H

// What is to happen when: a heap by (due, what comes last at its time, order of scheduling).

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    TOC_DUE_INJECT,
    TOC_DUE_ASK,
    TOC_DUE_DEADLINE,
    TOC_DUE_WAKE,
    TOC_DUE_PHASE,
    TOC_DUE_EXPECT,
    TOC_DUE_WORLD,
    TOC_DUE_MINUTE, // conditions that hang on the time
    TOC_DUE_END
} toc_due_kind;

typedef struct {
    int64_t due; // play ms
    int64_t order;
    int64_t cause; // seq of what scheduled it
    toc_due_kind kind;
    size_t index;  // of the inject, decision, storyline, phase or expectation
    bool is_last;  // of all that is due at one time
    bool is_story; // due follows from story at every new anchor
    int64_t story; // story ms
} toc_due;

typedef struct {
    toc_due *heap;
    size_t count, capacity;
    int64_t order;
} toc_schedule;

void toc_schedule_add(toc_schedule *s, toc_due due); // its order is set here
bool toc_schedule_next(const toc_schedule *s, toc_due *due);
void toc_schedule_pop(toc_schedule *s);
bool toc_schedule_find(const toc_schedule *s, toc_due_kind kind, size_t index, toc_due *due);
void toc_schedule_remove(toc_schedule *s, toc_due_kind kind, size_t index);
// toc_schedule_pop_story takes the item that comes first in story time out of those that follow it, if
// its story is at or before a time; false if there is none.
bool toc_schedule_pop_story(toc_schedule *s, int64_t until, toc_due *due);
// toc_schedule_rebase gives every story item the due that play_of(context, story) says.
void toc_schedule_rebase(toc_schedule *s, int64_t (*play_of)(const void *context, int64_t story),
                         const void *context);
void toc_schedule_clear(toc_schedule *s);
void toc_schedule_fini(toc_schedule *s);

#endif
