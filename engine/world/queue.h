// SPDX-License-Identifier: MIT
#ifndef TOC_QUEUE_H
#define TOC_QUEUE_H

// The work list of a solve: services by the rank of their strongly connected part, providers before those
// who need them, so that outside of cycles each is solved once; within a part first come, first served.

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint32_t rank, arrival, service;
} toc_queued;

typedef struct {
    toc_queued *heap; // room for every service
    uint32_t count, arrivals;
} toc_queue;

void toc_queue_add(toc_queue *q, uint32_t rank, uint32_t service);
bool toc_queue_take(toc_queue *q, uint32_t *service); // false: it is empty

#endif
