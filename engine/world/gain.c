// SPDX-License-Identifier: MIT
// Where losses add up, a cycle must lose more than it gives back, or a small loss would grow without
// bound. For each strongly connected part with a `sum` service in it F is the operator that gives losses
// from losses: weighted sums or greatest values, never less for more. Such a part is sound if there is
// some x > 0 with F(x) < x in each row of a sum and F(x) <= x in the others: then every cycle through a
// sum has a gain below 1, and losses settle. A cycle without a sum may have a gain of 1; it does not
// grow. F(x) >= x in every row (Collatz and Wielandt) tells of a gain of 1 or more, a sum's or not.
// Such an x is looked for by power iteration, which is soon there where a part is well mixed, then by
// solving x = F(x) + 1 in sweeps, which is soon there in long rings, then with that + 1 for the sums
// alone, which leaves cycles without one in peace. What none of these proves sound is refused.
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
static verdict try_sweeps(toc_rows *r, bool is_for_sums);
static double swept(const toc_rows *r, size_t row, bool is_for_sums);
static double apply(const toc_rows *r, size_t row);
static bool has_min(const toc_rows *r);
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
        v = try_sweeps(&r, false);
    if (v != BELOW && has_min(&r))
        v = try_sweeps(&r, true);
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

static bool has_min(const toc_rows *r)
{
    for (size_t i = 0; i < r->count; i++) {
        if (!r->is_sum[i])
            return true;
    }
    return false;
}

// In place, there and back.
static verdict try_sweeps(toc_rows *r, bool is_for_sums)
{
    double *x = r->x;
    for (size_t i = 0; i < r->count; i++)
        x[i] = 1;
    for (size_t k = 0; k < SWEEP_MOST && (k < 10 || k * r->terms < SWEEP_WORK); k++) {
        for (size_t i = 0; i < r->count; i++)
            x[i] = swept(r, i, is_for_sums);
        for (size_t i = r->count; i-- > 0;)
            x[i] = swept(r, i, is_for_sums);
        verdict v = compare(r);
        if (v == BELOW || (v == NOT_BELOW && !is_for_sums))
            return v;
        for (size_t i = 0; i < r->count; i++) {
            if (x[i] > TOO_GREAT)
                return UNDECIDED;
        }
    }
    return UNDECIDED;
}

static double swept(const toc_rows *r, size_t row, bool is_for_sums)
{
    double loss = apply(r, row);
    if (r->is_sum[row] || !is_for_sums)
        return loss + 1;
    return loss > 1 ? loss : 1;
}

// y = F(x), and what that proves.
static verdict compare(toc_rows *r)
{
    bool is_below = true;
    bool is_above = true;
    for (size_t i = 0; i < r->count; i++) {
        r->y[i] = apply(r, i);
        is_below &= r->is_sum[i] ? r->y[i] < r->x[i] * (1 - MARGIN) : r->y[i] <= r->x[i];
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
