// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "base/mem.h"
#include "schedule.h"

static bool is_before(const toc_due *a, const toc_due *b)
{
    if (a->due != b->due)
        return a->due < b->due;
    return a->is_last != b->is_last ? b->is_last : a->order < b->order;
}

static bool is_before_in_story(const toc_due *a, const toc_due *b)
{
    if (a->story != b->story)
        return a->story < b->story;
    return a->is_last != b->is_last ? b->is_last : a->order < b->order;
}

static void swap(toc_due *a, toc_due *b)
{
    toc_due keep = *a;
    *a = *b;
    *b = keep;
}

static void sift_up(toc_schedule *s, size_t i)
{
    for (; i > 0 && is_before(&s->heap[i], &s->heap[(i - 1) / 2]); i = (i - 1) / 2)
        swap(&s->heap[i], &s->heap[(i - 1) / 2]);
}

static void sift_down(toc_schedule *s, size_t i)
{
    for (;;) {
        size_t least = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < s->count; child++)
            if (is_before(&s->heap[child], &s->heap[least]))
                least = child;
        if (least == i)
            return;
        swap(&s->heap[i], &s->heap[least]);
        i = least;
    }
}

void toc_schedule_add(toc_schedule *s, toc_due due)
{
    TOC_GROW(s->heap, s->count, s->capacity);
    due.order = s->order++;
    s->heap[s->count++] = due;
    sift_up(s, s->count - 1);
}

bool toc_schedule_next(const toc_schedule *s, toc_due *due)
{
    if (s->count == 0)
        return false;
    *due = s->heap[0];
    return true;
}

static void remove_at(toc_schedule *s, size_t i)
{
    s->heap[i] = s->heap[--s->count];
    if (i < s->count) {
        sift_up(s, i);
        sift_down(s, i);
    }
}

void toc_schedule_pop(toc_schedule *s)
{
    remove_at(s, 0);
}

static size_t find(const toc_schedule *s, toc_due_kind kind, size_t index)
{
    size_t i = 0;
    while (i < s->count && (s->heap[i].kind != kind || s->heap[i].index != index))
        i++;
    return i;
}

bool toc_schedule_find(const toc_schedule *s, toc_due_kind kind, size_t index, toc_due *due)
{
    size_t i = find(s, kind, index);
    if (i == s->count)
        return false;
    *due = s->heap[i];
    return true;
}

void toc_schedule_remove(toc_schedule *s, toc_due_kind kind, size_t index)
{
    size_t i = find(s, kind, index);
    if (i < s->count)
        remove_at(s, i);
}

bool toc_schedule_pop_story(toc_schedule *s, int64_t until, toc_due *due)
{
    size_t first = s->count;
    for (size_t i = 0; i < s->count; i++)
        if (s->heap[i].is_story && s->heap[i].story <= until &&
            (first == s->count || is_before_in_story(&s->heap[i], &s->heap[first])))
            first = i;
    if (first == s->count)
        return false;
    *due = s->heap[first];
    remove_at(s, first);
    return true;
}

void toc_schedule_rebase(toc_schedule *s, int64_t (*play_of)(const void *context, int64_t story),
                         const void *context)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->heap[i].is_story)
            s->heap[i].due = play_of(context, s->heap[i].story);
    for (size_t i = s->count / 2; i-- > 0;)
        sift_down(s, i);
}

void toc_schedule_clear(toc_schedule *s)
{
    s->count = 0;
}

void toc_schedule_fini(toc_schedule *s)
{
    free(s->heap);
    *s = (toc_schedule){0};
}
