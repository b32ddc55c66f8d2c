// SPDX-License-Identifier: MIT
#include "rehearse_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

// A branch that is drawn, and what becomes of it. Nodes are found by their branch.
typedef struct {
    bool is_drawn, is_open; // open: its children are drawn too
    bool is_closed;         // there is no room for them
    size_t as;
} node;

typedef struct {
    const toc_survey *survey;
    node *nodes;
    size_t *drawn, drawn_count; // in the order in which they came
    size_t rows;                // that they take: what has no alternative takes none
    toc_tree *tree;
    int deepest;
} drawing;

static void draw_children(drawing *d, size_t parent);
static bool open_next(drawing *d, bool has_room);
static size_t find_same(const drawing *d, size_t branch);
static bool covers(const toc_survey *s, size_t big, size_t small);
static bool is_below(const toc_survey *s, size_t branch, size_t above);
static size_t count_below(const toc_survey *s, size_t branch);
static void list_rows(drawing *d, size_t parent, int level, uint64_t rails);
static size_t chain_after(const drawing *d, size_t branch, size_t *tail);

static size_t first_of(const toc_survey *s, size_t parent)
{
    if (parent != TOC_NONE)
        return s->branches[parent].child;
    for (size_t i = 0; i < s->branch_count; i++)
        if (s->branches[i].parent == TOC_NONE)
            return i;
    return TOC_NONE;
}

static size_t next_of(const toc_survey *s, size_t branch)
{
    if (s->branches[branch].parent != TOC_NONE)
        return s->branches[branch].sibling;
    for (size_t i = branch + 1; i < s->branch_count; i++)
        if (s->branches[i].parent == TOC_NONE)
            return i;
    return TOC_NONE;
}

void toc_tree_build(toc_tree *out, const toc_survey *s, size_t most, int deepest)
{
    drawing d = {.survey = s,
                 .nodes = toc_alloc((s->branch_count + 1) * sizeof *d.nodes),
                 .drawn = toc_alloc((s->branch_count + 1) * sizeof *d.drawn),
                 .tree = out,
                 .deepest = deepest < TOC_TREE_DEEPEST ? deepest : TOC_TREE_DEEPEST};
    *out = (toc_tree){0};
    size_t root = TOC_NONE;
    // A root that is no decision stands for all that comes first.
    if (s->branch_count > 0 && s->branches[0].parent == TOC_NONE &&
        s->branches[0].decision == TOC_NONE)
        root = 0;
    draw_children(&d, root);
    while (open_next(&d, d.rows < most))
        ;
    list_rows(&d, root, 0, 0);
    free(d.nodes);
    free(d.drawn);
}

void toc_tree_fini(toc_tree *t)
{
    free(t->rows);
    *t = (toc_tree){0};
}

static void draw_children(drawing *d, size_t parent)
{
    size_t first = first_of(d->survey, parent);
    bool is_alone = first != TOC_NONE && next_of(d->survey, first) == TOC_NONE;
    for (size_t c = first; c != TOC_NONE; c = next_of(d->survey, c)) {
        d->nodes[c] = (node){.is_drawn = true, .as = TOC_NONE};
        d->drawn[d->drawn_count++] = c;
        d->rows += is_alone ? 0 : 1;
    }
}

// Looks at the branch that most paths go through, of those that were not looked at: it goes on as another,
// or is opened, if there is room or it takes none. False: there is none left.
static bool open_next(drawing *d, bool has_room)
{
    const toc_survey *s = d->survey;
    size_t best = TOC_NONE;
    for (size_t i = 0; i < d->drawn_count; i++) {
        size_t b = d->drawn[i];
        const node *n = &d->nodes[b];
        if (s->branches[b].child == TOC_NONE || n->is_open || n->is_closed || n->as != TOC_NONE)
            continue;
        if (best == TOC_NONE || s->branches[b].paths > s->branches[best].paths)
            best = b;
    }
    if (best == TOC_NONE)
        return false;
    node *n = &d->nodes[best];
    n->as = find_same(d, best);
    bool is_alone = s->branches[s->branches[best].child].sibling == TOC_NONE;
    n->is_open = n->as == TOC_NONE && (has_room || is_alone);
    n->is_closed = n->as == TOC_NONE && !n->is_open;
    if (n->is_open)
        draw_children(d, best);
    return true;
}

// Siblings first: they stand next to it.
static size_t find_same(const drawing *d, size_t branch)
{
    const toc_survey *s = d->survey;
    for (int is_far = 0; is_far < 2; is_far++)
        for (size_t i = 0; i < d->drawn_count; i++) {
            size_t other = d->drawn[i];
            bool is_sibling = s->branches[other].parent == s->branches[branch].parent;
            if (d->nodes[other].is_open && is_sibling == !is_far && !is_below(s, branch, other) &&
                covers(s, other, branch))
                return other;
        }
    return TOC_NONE;
}

// Does everything that follows small follow big too?
static bool covers(const toc_survey *s, size_t big, size_t small)
{
    const toc_branch *x = &s->branches[big], *y = &s->branches[small];
    if (y->is_end && (!x->is_end || x->has_endex != y->has_endex))
        return false;
    for (size_t c = y->child; c != TOC_NONE; c = s->branches[c].sibling) {
        size_t like = x->child;
        while (like != TOC_NONE && (s->branches[like].decision != s->branches[c].decision ||
                                    strcmp(s->branches[like].outcome, s->branches[c].outcome) != 0))
            like = s->branches[like].sibling;
        if (like == TOC_NONE || !covers(s, like, c))
            return false;
    }
    return true;
}

static bool is_below(const toc_survey *s, size_t branch, size_t above)
{
    while (branch != TOC_NONE && branch != above)
        branch = s->branches[branch].parent;
    return branch == above;
}

static size_t count_below(const toc_survey *s, size_t branch)
{
    size_t count = 0;
    for (size_t c = s->branches[branch].child; c != TOC_NONE; c = s->branches[c].sibling)
        count += 1 + count_below(s, c);
    return count;
}

// The one that most paths take; of equals the first.
static size_t main_of(const drawing *d, size_t parent)
{
    size_t best = TOC_NONE;
    for (size_t c = first_of(d->survey, parent); c != TOC_NONE; c = next_of(d->survey, c))
        if (best == TOC_NONE || d->survey->branches[c].paths > d->survey->branches[best].paths)
            best = c;
    return best;
}

static toc_tree_row *add_row(drawing *d, size_t branch, int level, uint64_t rails)
{
    toc_tree *t = d->tree;
    TOC_GROW(t->rows, t->count, t->capacity);
    t->rows[t->count] =
        (toc_tree_row){.branch = branch, .level = level, .as = d->nodes[branch].as, .rails = rails};
    return &t->rows[t->count++];
}

// The row of one branch, and of what follows it where that stands one level deeper.
static void list_branch(drawing *d, size_t branch, int level, uint64_t rails, bool is_main)
{
    size_t at = d->tree->count - 1, tail;
    bool is_deepest = level + 1 >= d->deepest && !is_main;
    toc_tree_row *row = &d->tree->rows[at];
    row->is_main = is_main;
    row->chain = chain_after(d, branch, &tail);
    row->tail = tail;
    row->as = d->nodes[tail].as;
    size_t below = count_below(d->survey, tail);
    if (row->as != TOC_NONE) {
        d->tree->same += below;
    } else if (below > 0 && (is_deepest || !d->nodes[tail].is_open)) {
        row->left_out = below;
        d->tree->left_out += below;
    } else if (below > 0) {
        row->goes_on = true;
        if (!is_main)
            list_rows(d, tail, level + 1, rails);
    }
}

// The outcomes of one decision after parent, the main one last if it is among them.
static void list_group(drawing *d, size_t parent, size_t first, size_t main, int level,
                       uint64_t rails)
{
    const toc_survey *s = d->survey;
    size_t decision = s->branches[first].decision, left = 0, start = d->tree->count;
    bool has_main = main != TOC_NONE && s->branches[main].decision == decision;
    for (size_t c = first_of(s, parent); c != TOC_NONE; c = next_of(s, c))
        left += s->branches[c].decision == decision;
    for (size_t c = first_of(s, parent); c != TOC_NONE; c = next_of(s, c)) {
        if (s->branches[c].decision != decision || (has_main && c == main))
            continue;
        uint64_t below = --left > 0 ? rails | (uint64_t)1 << level : rails;
        toc_tree_row *row = add_row(d, c, level, below);
        row->is_first = d->tree->count - 1 == start;
        row->is_last = left == 0;
        list_branch(d, c, level, below, false);
    }
    if (!has_main)
        return;
    toc_tree_row *row = add_row(d, main, level, rails);
    row->is_first = d->tree->count - 1 == start;
    row->is_last = true;
    list_branch(d, main, level, rails, true);
}

static void list_rows(drawing *d, size_t parent, int level, uint64_t rails)
{
    const toc_survey *s = d->survey;
    for (;;) {
        size_t main = main_of(d, parent), groups = 0;
        if (main == TOC_NONE)
            return;
        for (size_t c = first_of(s, parent); c != TOC_NONE; c = next_of(s, c)) {
            size_t before = first_of(s, parent);
            while (before != c && s->branches[before].decision != s->branches[c].decision)
                before = next_of(s, before);
            size_t row = d->tree->count;
            if (before != c || s->branches[c].decision == s->branches[main].decision)
                continue;
            list_group(d, parent, c, TOC_NONE, level, rails);
            d->tree->rows[row].is_or = groups++ > 0;
        }
        size_t row = d->tree->count;
        list_group(d, parent, main, main, level, rails);
        d->tree->rows[row].is_or = groups > 0;
        const toc_tree_row *last = &d->tree->rows[d->tree->count - 1];
        if (!last->goes_on)
            return;
        parent = last->tail;
    }
}

// How many branches follow without an alternative; *tail is the last of them.
static size_t chain_after(const drawing *d, size_t branch, size_t *tail)
{
    const toc_survey *s = d->survey;
    size_t count = 0;
    for (size_t next = s->branches[branch].child;
         d->nodes[branch].is_open && next != TOC_NONE && s->branches[next].sibling == TOC_NONE;
         next = s->branches[branch].child) {
        branch = next;
        count++;
    }
    *tail = branch;
    return count;
}
