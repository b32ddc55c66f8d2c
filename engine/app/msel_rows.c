// SPDX-License-Identifier: MIT
#include "msel_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "msel_senders.h"

enum { UNKNOWN = -1, ASKED = -2, NOT_YET = -3 };

// While the rows are made.
typedef struct {
    toc_mel *m;
    int64_t *injects; // play ms, UNKNOWN, or NOT_YET; ASKED while it is being found out
    bool *crossed;
} draft;

static void add_injects(draft *d);
static void add_decisions(draft *d);
static void add_expectations(draft *d);
static void add_phases(draft *d);
static int64_t time_of(draft *d, toc_at at, bool *is_crossed);
static int64_t time_of_inject(draft *d, size_t i);
static toc_mel_row *add_row(toc_mel *m, toc_mel_kind kind, size_t index, int64_t play);
static void link_rows(toc_mel *m);
static void order_rows(toc_mel *m);

void toc_mel_init(toc_mel *m, const toc_scenario *scenario, const toc_files *files)
{
    const toc_plan *p = toc_scenario_plan(scenario);
    *m = (toc_mel){.scenario = scenario, .plan = p, .files = files};
    toc_mel_clock_init(&m->clock, p);
    size_t most = p->inject_count + p->decision_count + p->expectation_count + p->phase_count + 2;
    m->rows = toc_alloc(most * sizeof *m->rows);
    draft d = {.m = m};
    d.injects = toc_alloc((p->inject_count + 1) * sizeof *d.injects);
    d.crossed = toc_alloc(p->inject_count + 1);
    for (size_t i = 0; i < p->inject_count; i++)
        d.injects[i] = NOT_YET;
    add_row(m, TOC_MEL_STARTEX, 0, 0);
    add_phases(&d);
    add_injects(&d);
    add_decisions(&d);
    add_expectations(&d);
    add_row(m, TOC_MEL_ENDEX, 0, p->length_ms);
    free(d.injects);
    free(d.crossed);
    link_rows(m);
    order_rows(m);
}

void toc_mel_fini(toc_mel *m)
{
    toc_mel_clock_fini(&m->clock);
    free(m->rows);
    *m = (toc_mel){0};
}

static toc_mel_kind group_of(toc_mel_kind kind)
{
    return kind == TOC_MEL_CONTINGENCY ? TOC_MEL_INJECT : kind;
}

const toc_mel_row *toc_mel_find(const toc_mel *m, toc_mel_kind kind, size_t index)
{
    for (size_t i = 0; i < m->count; i++)
        if (group_of(m->rows[i].kind) == group_of(kind) && m->rows[i].index == index)
            return &m->rows[i];
    return NULL;
}

size_t toc_mel_expectation_of(const toc_plan *p, size_t inject, size_t from)
{
    for (size_t i = from; i < p->expectation_count; i++)
        if (p->expectations[i].contingency == inject)
            return i;
    return TOC_NONE;
}

static toc_mel_row *add_row(toc_mel *m, toc_mel_kind kind, size_t index, int64_t play)
{
    toc_mel_row *row = &m->rows[m->count++];
    *row = (toc_mel_row){
        .kind = kind, .index = index, .play = play, .earliest = UNKNOWN, .due = UNKNOWN};
    row->behind = row->place = TOC_NONE;
    return row;
}

static void add_phases(draft *d)
{
    const toc_plan *p = d->m->plan;
    for (size_t i = 0; i < p->phase_count; i++)
        add_row(d->m, TOC_MEL_PHASE, i,
                p->phases[i].at.kind == TOC_AT_PLAY ? p->phases[i].at.ms : UNKNOWN);
}

static void add_injects(draft *d)
{
    const toc_plan *p = d->m->plan;
    for (size_t i = 0; i < p->inject_count; i++) {
        bool is_contingency = toc_mel_expectation_of(p, i, 0) != TOC_NONE;
        toc_mel_row *row = add_row(d->m, is_contingency ? TOC_MEL_CONTINGENCY : TOC_MEL_INJECT, i,
                                   time_of_inject(d, i));
        row->is_crossed = d->crossed[i];
    }
}

static void add_decisions(draft *d)
{
    const toc_plan *p = d->m->plan;
    for (size_t i = 0; i < p->decision_count; i++) {
        bool is_crossed = false;
        int64_t play = time_of(d, p->decisions[i].at, &is_crossed);
        toc_mel_row *row = add_row(d->m, TOC_MEL_DECISION, i, play);
        row->is_crossed = is_crossed;
        if (play >= 0)
            row->due = toc_mel_clock_after(&d->m->clock, play, p->decisions[i].within, NULL);
    }
}

// Deadlines from awareness, or from another expectation, are known only in play.
static void add_expectations(draft *d)
{
    const toc_plan *p = d->m->plan;
    for (size_t i = 0; i < p->expectation_count; i++) {
        bool is_crossed = false;
        int64_t play = time_of(d, p->expectations[i].by, &is_crossed);
        add_row(d->m, TOC_MEL_EXPECTED, i, play)->is_crossed = is_crossed;
    }
}

static int64_t time_of(draft *d, toc_at at, bool *is_crossed)
{
    int64_t base;
    switch (at.kind) {
    case TOC_AT_PLAY:
        return at.ms;
    case TOC_AT_STORY:
        return toc_mel_clock_play(&d->m->clock, at.ms, is_crossed);
    case TOC_AT_AFTER:
        base = time_of_inject(d, at.inject);
        return base < 0 ? UNKNOWN : toc_mel_clock_after(&d->m->clock, base, at.after, is_crossed);
    default:
        return UNKNOWN;
    }
}

// A chain of injects is followed to its end; one that comes back to itself has no time.
static int64_t time_of_inject(draft *d, size_t i)
{
    if (d->injects[i] == NOT_YET) {
        d->injects[i] = ASKED;
        d->injects[i] = time_of(d, d->m->plan->injects[i].at, &d->crossed[i]);
    }
    return d->injects[i] < 0 ? UNKNOWN : d->injects[i];
}

// ---- order -------------------------------------------------------------------------------------------

static size_t row_of(const toc_mel *m, toc_mel_kind kind, size_t index)
{
    const toc_mel_row *row = toc_mel_find(m, kind, index);
    return row ? (size_t)(row - m->rows) : TOC_NONE;
}

// A storyline that begins with a wait tells much of when it comes; so does a when that waits for an inject.
static void link_sender(toc_mel *m, toc_mel_row *row)
{
    toc_mel_sender sender = toc_mel_find_sender(m, row);
    row->place = sender.use;
    row->earliest = sender.earliest;
    if (sender.inject != TOC_NONE)
        row->behind = row_of(m, TOC_MEL_INJECT, sender.inject);
}

// Behind what a row without a time stands.
static void link_rows(toc_mel *m)
{
    const toc_plan *p = m->plan;
    for (size_t i = 0; i < m->count; i++) {
        toc_mel_row *row = &m->rows[i];
        toc_at at = {0};
        if (group_of(row->kind) == TOC_MEL_INJECT)
            at = p->injects[row->index].at;
        else if (row->kind == TOC_MEL_DECISION)
            at = p->decisions[row->index].at;
        else if (row->kind == TOC_MEL_EXPECTED)
            at = p->expectations[row->index].by;
        if (at.kind == TOC_AT_AFTER || at.kind == TOC_AT_AWARE)
            row->behind = row_of(m, TOC_MEL_INJECT, at.inject);
        else if (at.kind == TOC_AT_MET)
            row->behind = row_of(m, TOC_MEL_EXPECTED, at.expectation);
        else if (row->kind == TOC_MEL_CONTINGENCY)
            row->behind = row_of(m, TOC_MEL_EXPECTED, toc_mel_expectation_of(p, row->index, 0));
        else if (row->play < 0)
            link_sender(m, row);
    }
}

// While rows are ordered: where each was, and whether it has its new place.
typedef struct {
    toc_mel *m;
    toc_mel_row *sorted;
    size_t *now_at; // by old place
    bool *is_placed;
    size_t count;
} ordering;

static int rank(const toc_mel_row *row)
{
    static const int ranks[] = {
        [TOC_MEL_STARTEX] = 0,     [TOC_MEL_PHASE] = 1,    [TOC_MEL_INJECT] = 2,
        [TOC_MEL_CONTINGENCY] = 2, [TOC_MEL_DECISION] = 3, [TOC_MEL_EXPECTED] = 4,
        [TOC_MEL_ENDEX] = 5};
    return ranks[row->kind];
}

// By time, then kind, then order of declaration, which is that of the array.
static int compare(const void *a, const void *b)
{
    const toc_mel_row *x = *(const toc_mel_row *const *)a, *y = *(const toc_mel_row *const *)b;
    int64_t at_x = x->play >= 0 ? x->play : x->earliest,
            at_y = y->play >= 0 ? y->play : y->earliest;
    if ((at_x < 0) != (at_y < 0))
        return at_x < 0 ? 1 : -1;
    if (at_x != at_y)
        return at_x < at_y ? -1 : 1;
    if (x->play >= 0 && y->play >= 0 && rank(x) != rank(y))
        return rank(x) - rank(y);
    if ((x->play < 0) != (y->play < 0))
        return x->play < 0 ? 1 : -1;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return x < y ? -1 : x > y;
}

// A row and those behind it, one below the other; the depth is that of a chain that the author wrote.
static void place_row(ordering *o, size_t i)
{
    if (o->is_placed[i])
        return;
    o->is_placed[i] = true;
    o->now_at[i] = o->count;
    o->sorted[o->count++] = o->m->rows[i];
    for (size_t k = 0; k < o->m->count; k++)
        if (o->m->rows[k].play < 0 && o->m->rows[k].behind == i)
            place_row(o, k);
}

static void order_rows(toc_mel *m)
{
    const toc_mel_row **roots = toc_alloc((m->count + 1) * sizeof *roots);
    ordering o = {.m = m};
    o.sorted = toc_alloc((m->count + 1) * sizeof *o.sorted);
    o.now_at = toc_alloc((m->count + 1) * sizeof *o.now_at);
    o.is_placed = toc_alloc(m->count + 1);
    for (size_t i = 0; i < m->count; i++)
        roots[i] = &m->rows[i];
    qsort(roots, m->count, sizeof *roots, compare);
    // First those that stand by themselves, then what hangs on itself in a circle.
    for (size_t i = 0; i < m->count; i++)
        if (roots[i]->play >= 0 || roots[i]->behind == TOC_NONE)
            place_row(&o, (size_t)(roots[i] - m->rows));
    for (size_t i = 0; i < m->count; i++)
        place_row(&o, (size_t)(roots[i] - m->rows));
    for (size_t i = 0; i < m->count; i++)
        if (o.sorted[i].behind != TOC_NONE)
            o.sorted[i].behind = o.now_at[o.sorted[i].behind];
    free(roots);
    free(m->rows);
    m->rows = o.sorted;
    free(o.now_at);
    free(o.is_placed);
}
