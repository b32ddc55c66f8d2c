// SPDX-License-Identifier: MIT
#include "queue.h"

static bool is_before(const toc_queued *a, const toc_queued *b)
{
    return a->rank != b->rank ? a->rank < b->rank : a->arrival < b->arrival;
}

void toc_queue_add(toc_queue *q, uint32_t rank, uint32_t service)
{
    toc_queued added = {rank, q->arrivals++, service};
    uint32_t i = q->count++;
    for (; i > 0 && is_before(&added, &q->heap[(i - 1) / 2]); i = (i - 1) / 2)
        q->heap[i] = q->heap[(i - 1) / 2];
    q->heap[i] = added;
}

bool toc_queue_take(toc_queue *q, uint32_t *service)
{
    if (q->count == 0)
        return false;
    *service = q->heap[0].service;
    toc_queued last = q->heap[--q->count];
    uint32_t i = 0;
    for (uint32_t child = 1; child < q->count; child = 2 * i + 1) {
        if (child + 1 < q->count && is_before(&q->heap[child + 1], &q->heap[child]))
            child++;
        if (!is_before(&q->heap[child], &last))
            break;
        q->heap[i] = q->heap[child];
        i = child;
    }
    q->heap[i] = last;
    if (q->count == 0)
        q->arrivals = 0;
    return true;
}
