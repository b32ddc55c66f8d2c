// SPDX-License-Identifier: MIT
// The tree of decisions over all paths.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "survey_inside.h"

static size_t find_child(const toc_survey *s, size_t parent, size_t decision, const char *outcome);
static size_t add_child(toc_surveying *v, size_t parent, size_t decision, const char *outcome);
static void add_injects(toc_branch *b, const toc_outcome *o, size_t from);
static void drop_common(toc_survey *s, size_t first);

static const char *outcome_name(const toc_decision *plan, int settled)
{
    return settled == TOC_SETTLED_OVERDUE ? "none"
           : settled == TOC_SETTLED_OWN   ? "own answer"
                                          : plan->options[2 * (size_t)settled];
}

bool toc_branches_add(toc_surveying *v, const toc_outcome *o, size_t path)
{
    toc_survey *s = v->out;
    size_t at = TOC_NONE;
    bool is_new = false;
    for (size_t i = 0; i < o->order_count; i++) {
        const toc_happening *h = &o->order[i];
        if (!h->is_decision)
            continue;
        const char *outcome = outcome_name(&v->plan->decisions[h->index], o->settled[h->index]);
        size_t child = find_child(s, at, h->index, outcome);
        if (child == TOC_NONE) {
            if (s->branch_count == TOC_SURVEY_BRANCHES)
                return is_new;
            child = add_child(v, at, h->index, outcome);
            s->branches[child].t = h->t;
            s->branches[child].path = path;
            add_injects(&s->branches[child], o, i + 1);
            is_new = true;
        }
        at = child;
        s->branches[at].paths++;
    }
    if (at == TOC_NONE)
        return is_new;
    s->branches[at].is_end = true;
    s->branches[at].has_endex |= o->has_endex;
    return is_new;
}

void toc_branches_finish(toc_survey *s)
{
    if (s->branch_count > 0)
        drop_common(s, 0);
    for (size_t i = 0; i < s->branch_count; i++)
        if (s->branches[i].child != TOC_NONE)
            drop_common(s, s->branches[i].child);
}

static size_t first_child(const toc_survey *s, size_t parent)
{
    if (parent == TOC_NONE)
        return s->branch_count > 0 ? 0 : TOC_NONE;
    return s->branches[parent].child;
}

static size_t find_child(const toc_survey *s, size_t parent, size_t decision, const char *outcome)
{
    size_t i = first_child(s, parent);
    while (i != TOC_NONE &&
           (s->branches[i].decision != decision || strcmp(s->branches[i].outcome, outcome) != 0))
        i = s->branches[i].sibling;
    return i;
}

static size_t add_child(toc_surveying *v, size_t parent, size_t decision, const char *outcome)
{
    toc_survey *s = v->out;
    size_t last = first_child(s, parent), new = s->branch_count;
    TOC_GROW(s->branches, s->branch_count, v->branch_capacity);
    while (last != TOC_NONE && s->branches[last].sibling != TOC_NONE)
        last = s->branches[last].sibling;
    if (last != TOC_NONE)
        s->branches[last].sibling = new;
    else if (parent != TOC_NONE)
        s->branches[parent].child = new;
    s->branches[s->branch_count++] = (toc_branch){.parent = parent,
                                                  .decision = decision,
                                                  .outcome = toc_strdup(outcome),
                                                  .child = TOC_NONE,
                                                  .sibling = TOC_NONE};
    return new;
}

// What was sent until the next decision was settled.
static void add_injects(toc_branch *b, const toc_outcome *o, size_t from)
{
    size_t end = from;
    while (end < o->order_count && !o->order[end].is_decision)
        end++;
    b->injects = toc_alloc((end - from + 1) * sizeof *b->injects);
    for (size_t i = from; i < end; i++)
        b->injects[b->inject_count++] = o->order[i].index;
}

static bool has_inject(const toc_branch *b, size_t inject)
{
    for (size_t i = 0; i < b->inject_count; i++)
        if (b->injects[i] == inject)
            return true;
    return false;
}

// Siblings keep what none of the others sent. The lists stay whole until all were compared.
static void drop_common(toc_survey *s, size_t first)
{
    size_t **kept = NULL, *counts = NULL, count = 0;
    for (size_t i = first; i != TOC_NONE; i = s->branches[i].sibling)
        count++;
    kept = toc_alloc(count * sizeof *kept);
    counts = toc_alloc(count * sizeof *counts);
    size_t at = 0;
    for (size_t i = first; i != TOC_NONE; i = s->branches[i].sibling, at++) {
        const toc_branch *b = &s->branches[i];
        kept[at] = toc_alloc((b->inject_count + 1) * sizeof **kept);
        for (size_t n = 0; n < b->inject_count; n++) {
            bool is_common = false;
            for (size_t k = first; k != TOC_NONE && !is_common; k = s->branches[k].sibling)
                is_common = k != i && has_inject(&s->branches[k], b->injects[n]);
            if (!is_common)
                kept[at][counts[at]++] = b->injects[n];
        }
    }
    at = 0;
    for (size_t i = first; i != TOC_NONE; i = s->branches[i].sibling, at++) {
        free(s->branches[i].injects);
        s->branches[i].injects = kept[at];
        s->branches[i].inject_count = counts[at];
    }
    free(kept);
    free(counts);
}
