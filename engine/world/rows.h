// SPDX-License-Identifier: MIT
#ifndef TOC_ROWS_H
#define TOC_ROWS_H

// Strongly connected parts of a model, by needs of a strength above 0, and one of them as rows of
// numbers.

#include "world/model.h"

typedef struct {
    const toc_model *m;
    size_t *order, *low; // order: when it was found, from 1
    size_t *part;        // by service: the number of its part, from 1; 0: not yet
    size_t *stack;       // found, and not in a part yet
    size_t *path, *need; // the way there, and how far each of it is
    size_t *row;         // by service: its place in its part
    size_t stack_count, path_count, next_service, found, part_count;
    const size_t *members; // of the part that was found last, in the order they were found
    size_t count;
} toc_parts;

void toc_parts_begin(toc_parts *p, const toc_model *m);
bool toc_parts_next(toc_parts *p); // false: there are no more
void toc_parts_end(toc_parts *p);

typedef struct {
    size_t of; // a row
    double weight;
    bool is_first; // of a group
} toc_term;

typedef struct {
    size_t count;
    size_t terms;
    size_t *service; // by row
    bool *is_sum;
    size_t *first; // by row, one more: where its terms begin
    toc_term *terms_at;
    double *x, *y; // by row
} toc_rows;

void toc_rows_init(toc_rows *r, const toc_model *m, const toc_parts *p);
void toc_rows_fini(toc_rows *r);

// toc_needs_sorted gives the needs of a service so that those of a group are side by side, else as they
// are. order has room for all of them.
void toc_needs_sorted(const toc_service *s, uint32_t *order);

#endif
