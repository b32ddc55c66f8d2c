// SPDX-License-Identifier: MIT
// Where losses add up, a cycle must lose more than it gives back, or a small loss would grow without
// bound. For each strongly connected part with a `sum` service in it F is the operator that gives losses
// from losses: weighted sums or greatest values, never less for more. Its gain is below 1 if there is
// some x > 0 with F(x) < x in every row, and 1 or more if F(x) >= x in every row (Collatz and Wielandt).
// Such an x is looked for by power iteration, which is soon there where a part is well mixed, and then by
// solving x = F(x) + 1 in sweeps, which is soon there in long rings. Undecided counts as 1 or more.
//
// Doubles, but only + * / and comparisons in a fixed order: the same on every machine.
#include <stdlib.h>

#include "base/mem.h"
#include "rows.h"
#include "world/model.h"

#define MARGIN     1e-12
#define TOO_GREAT  1e11 // of x in the sweeps: 1 / x is the margin there
#define POWER_MOST 300
#define SWEEP_MOST 20000
#define POWER_WORK 30000000u // rows' terms looked at
#define SWEEP_WORK 100000000u

typedef enum { BELOW, NOT_BELOW, UNDECIDED } verdict;

static verdict try_power(toc_rows *r);
static verdict try_sweeps(toc_rows *r);
static double apply(const toc_rows *r, size_t row);
static verdict compare(toc_rows *r);
static bool is_too_strong(const toc_model *m, toc_parts *parts, size_t **cycle, size_t *count);
static size_t heaviest(const toc_rows *r, size_t row);
static void find_cycle(const toc_rows *r, size_t **cycle, size_t *count);
static size_t shortest_cycle(const toc_rows *r, size_t row, size_t *out);

bool toc_model_gain(const toc_model *m, size_t **cycle, size_t *count)
{
    *cycle = NULL;
    *count = 0;
    bool has_sum = false;
    for (size_t i = 0; i < m->service_count && !has_sum; i++)
        has_sum = m->services[i].rule == TOC_RULE_SUM;
    if (!has_sum)
        return false;
    toc_parts parts;
    toc_parts_begin(&parts, m);
    bool found = false;
    while (!found && toc_parts_next(&parts))
        found = is_too_strong(m, &parts, cycle, count);
    toc_parts_end(&parts);
    return found;
}

static bool is_too_strong(const toc_model *m, toc_parts *parts, size_t **cycle, size_t *count)
{
    bool has_sum = false;
    for (size_t i = 0; i < parts->count && parts->count > 1; i++)
        has_sum |= m->services[parts->members[i]].rule == TOC_RULE_SUM;
    if (!has_sum)
        return false;
    toc_rows r;
    toc_rows_init(&r, m, parts);
    verdict v = try_power(&r);
    if (v == UNDECIDED)
        v = try_sweeps(&r);
    if (v != BELOW)
        find_cycle(&r, cycle, count);
    toc_rows_fini(&r);
    return v != BELOW;
}

// Damped, so that a ring does not just turn round and round.
static verdict try_power(toc_rows *r)
{
    for (size_t i = 0; i < r->count; i++)
        r->x[i] = 1;
    for (size_t k = 0; k < POWER_MOST && (k < 20 || k * r->terms < POWER_WORK); k++) {
        verdict v = compare(r);
        if (v != UNDECIDED)
            return v;
        double most = 0;
        for (size_t i = 0; i < r->count; i++) {
            r->x[i] += r->y[i];
            most = r->x[i] > most ? r->x[i] : most;
        }
        for (size_t i = 0; i < r->count; i++)
            r->x[i] /= most;
    }
    return UNDECIDED;
}

// In place, there and back.
static verdict try_sweeps(toc_rows *r)
{
    double *x = r->x;
    for (size_t i = 0; i < r->count; i++)
        x[i] = 1;
    for (size_t k = 0; k < SWEEP_MOST && (k < 10 || k * r->terms < SWEEP_WORK); k++) {
        for (size_t i = 0; i < r->count; i++)
            x[i] = apply(r, i) + 1;
        for (size_t i = r->count; i-- > 0;)
            x[i] = apply(r, i) + 1;
        verdict v = compare(r);
        if (v != UNDECIDED)
            return v;
        for (size_t i = 0; i < r->count; i++) {
            if (x[i] > TOO_GREAT)
                return UNDECIDED;
        }
    }
    return UNDECIDED;
}

// y = F(x), and what that proves.
static verdict compare(toc_rows *r)
{
    bool is_below = true;
    bool is_above = true;
    for (size_t i = 0; i < r->count; i++) {
        r->y[i] = apply(r, i);
        is_below &= r->y[i] < r->x[i] * (1 - MARGIN);
        is_above &= r->y[i] >= r->x[i] * (1 - MARGIN);
    }
    return is_below ? BELOW : is_above ? NOT_BELOW : UNDECIDED;
}

static double apply(const toc_rows *r, size_t row)
{
    double sum = 0;
    double most = 0; // of the group, for a sum; of all, else
    for (size_t k = r->first[row]; k < r->first[row + 1]; k++) {
        const toc_term *t = &r->terms_at[k];
        double loss = t->weight * r->x[t->of];
        if (t->is_first && r->is_sum[row]) {
            sum += most;
            most = 0;
        }
        most = loss > most ? loss : most;
    }
    return sum + most;
}

// The cycle to tell: from a `sum` service along the greatest losses. If that ends in a ring without a
// `sum`, the shortest one through it.
static void find_cycle(const toc_rows *r, size_t **cycle, size_t *count)
{
    size_t start = 0;
    while (!r->is_sum[start])
        start++;
    size_t *path = toc_alloc(r->count * sizeof *path);
    size_t *place = toc_alloc(r->count * sizeof *place); // on the path, from 1
    size_t length = 0;
    size_t row = start;
    for (; !place[row]; row = heaviest(r, row)) {
        path[length++] = row;
        place[row] = length;
    }
    size_t first = place[row] - 1;
    bool has_sum = false;
    for (size_t i = first; i < length; i++)
        has_sum |= r->is_sum[path[i]];
    if (!has_sum) {
        first = 0;
        length = shortest_cycle(r, start, path);
    }
    *count = length - first;
    *cycle = toc_alloc(*count * sizeof **cycle);
    for (size_t i = 0; i < *count; i++)
        (*cycle)[i] = r->service[path[first + i]];
    free(path);
    free(place);
}

static size_t heaviest(const toc_rows *r, size_t row)
{
    size_t best = r->first[row];
    for (size_t k = best; k < r->first[row + 1]; k++) {
        const toc_term *t = &r->terms_at[k];
        const toc_term *b = &r->terms_at[best];
        if (t->weight * r->x[t->of] > b->weight * r->x[b->of])
            best = k;
    }
    return r->terms_at[best].of;
}

// Breadth first from row until something needs row again. Gives the length.
static size_t shortest_cycle(const toc_rows *r, size_t row, size_t *out)
{
    size_t *from = toc_alloc(r->count * sizeof *from); // from 1, 0: not reached
    size_t *queue = toc_alloc(r->count * sizeof *queue);
    size_t tail = 0;
    size_t last = row;
    queue[tail++] = row;
    from[row] = row + 1;
    for (size_t head = 0; head < tail && last == row; head++) {
        for (size_t k = r->first[queue[head]]; k < r->first[queue[head] + 1]; k++) {
            size_t of = r->terms_at[k].of;
            if (of == row)
                last = queue[head];
            if (from[of])
                continue;
            from[of] = queue[head] + 1;
            queue[tail++] = of;
        }
    }
    size_t length = 1;
    for (size_t i = last; i != row; i = from[i] - 1)
        length++;
    size_t place = length;
    for (size_t i = last; i != row; i = from[i] - 1)
        out[--place] = i;
    out[0] = row;
    free(from);
    free(queue);
    return length;
}
