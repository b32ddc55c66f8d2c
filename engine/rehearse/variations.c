// SPDX-License-Identifier: MIT
// What each choice changes: a path that differs from its parent in one choice, compared with it. Of a
// parent only what is compared is kept, and there are no more parents than choices.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "survey_inside.h"

struct toc_parent {
    size_t path;
    toc_happening *order;
    size_t order_count;
    toc_level_fate *levels;
};

static toc_moments *list_of(toc_variation *v, toc_happened what, bool is_here);
static toc_variation *add(toc_surveying *v, const toc_choice *c, size_t parent);
static void compare(toc_surveying *v, toc_variation *to, const toc_parent *parent,
                    const toc_outcome *o);
static void compare_levels(toc_surveying *v, toc_variation *to, const toc_parent *parent,
                           const toc_outcome *o);
static void fill_parent(toc_variation *first, size_t count);
static bool is_like(const toc_variation *a, const toc_variation *b);
static void free_variation(toc_variation *v);

enum {
    HERE = 2 * TOC_HAPPENED_COUNT
}; // the lists of a variation: come and not come, by what happens

size_t toc_variations_parent(toc_surveying *v, const toc_job *job, const toc_outcome *o)
{
    if (v->parent_count > 0 && v->parents[v->parent_count - 1].path == v->paths)
        return v->parent_count - 1;
    size_t services = v->plan->model.service_count;
    toc_parent parent = {.path = v->paths, .order_count = o->order_count};
    parent.order = toc_alloc((o->order_count + 1) * sizeof *parent.order);
    parent.levels = toc_alloc((services + 1) * sizeof *parent.levels);
    memcpy(parent.order, o->order, o->order_count * sizeof *parent.order);
    memcpy(parent.levels, o->levels, services * sizeof *parent.levels);
    TOC_GROW(v->parents, v->parent_count, v->parent_capacity);
    v->parents[v->parent_count] = parent;
    toc_tally_keep(v, job, o, v->paths);
    return v->parent_count++;
}

// When it was settled: the answer, or how an expected action came out.
static int64_t settled_at(const toc_outcome *o, const toc_choice *c)
{
    if (c->kind == TOC_CHOICE_ACTION)
        return o->actions[c->index].state > TOC_EXPECT_OPEN ? o->actions[c->index].t : -1;
    for (size_t i = 0; c->kind == TOC_CHOICE_DECISION && i < o->order_count; i++)
        if (o->order[i].what == TOC_HAPPENED_SETTLED && o->order[i].index == c->index)
            return o->order[i].t;
    return -1;
}

static const char *outcome_of(const toc_plan *plan, const toc_choice *c)
{
    if (c->kind == TOC_CHOICE_TALK)
        return "silent";
    if (c->kind == TOC_CHOICE_ACTION)
        return c->answer == TOC_ANSWER_LATE ? "late" : "missed";
    return c->answer == TOC_ANSWER_OPTION ? plan->decisions[c->index].options[2 * c->option]
                                          : toc_answer_word(&plan->decisions[c->index], c->answer);
}

static const char *parent_outcome(const toc_plan *plan, const toc_choice *c, const toc_outcome *o)
{
    if (c->kind == TOC_CHOICE_TALK)
        return "speaks";
    if (c->kind == TOC_CHOICE_ACTION) {
        toc_expect_state state = o->actions[c->index].state;
        return state == TOC_EXPECT_MET ? "in time" : state == TOC_EXPECT_LATE ? "late" : "missed";
    }
    const toc_decision *d = &plan->decisions[c->index];
    int settled = o->settled[c->index];
    return settled >= 0                 ? d->options[2 * settled]
           : settled == TOC_SETTLED_OWN ? toc_answer_word(d, TOC_ANSWER_OWN)
                                        : toc_answer_word(d, TOC_ANSWER_NONE);
}

void toc_variations_begin(toc_surveying *v, const toc_job *job, const toc_choice *point,
                          const toc_outcome *o)
{
    size_t parent = toc_variations_parent(v, job, o);
    toc_variation *own = add(v, point, parent);
    own->is_parent = true;
    own->outcome = toc_strdup(parent_outcome(v->plan, point, o));
    own->path = v->paths;
    own->t = settled_at(o, point);
    own->has_endex = o->has_endex;
    own->end = o->end;
}

bool toc_variations_add(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t path)
{
    const toc_choice *c = &job->change;
    if (job->parent == TOC_NONE)
        return false;
    toc_variation *own = add(v, c, job->parent);
    own->outcome = toc_strdup(outcome_of(v->plan, c));
    own->is_late = c->kind == TOC_CHOICE_DECISION && c->when == TOC_WHEN_LATE;
    own->path = path;
    own->t = settled_at(o, c);
    own->has_endex = o->has_endex;
    own->end = o->end;
    compare(v, own, &v->parents[job->parent], o);
    return true;
}

static int by_point(const void *a, const void *b)
{
    const toc_variation *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    if (x->is_parent != y->is_parent)
        return x->is_parent ? -1 : 1;
    return (x->path > y->path) - (x->path < y->path);
}

// Points were begun in the order in which paths came to them.
void toc_variations_finish(toc_survey *s)
{
    if (s->variation_count > 1)
        qsort(s->variations, s->variation_count, sizeof *s->variations, by_point);
    for (size_t i = 0, next; i < s->variation_count; i = next) {
        for (next = i + 1; next < s->variation_count;)
            if (s->variations[next].order != s->variations[i].order)
                break;
            else
                next++;
        for (size_t k = i; k < next; k++) {
            s->variations[k].like = i;
            while (!is_like(&s->variations[s->variations[k].like], &s->variations[k]))
                s->variations[k].like++;
        }
        fill_parent(&s->variations[i], next - i);
    }
}

void toc_variations_end(toc_surveying *v)
{
    for (size_t i = 0; i < v->parent_count; i++) {
        free(v->parents[i].order);
        free(v->parents[i].levels);
    }
    free(v->parents);
}

void toc_variations_fini(toc_survey *s)
{
    for (size_t i = 0; i < s->variation_count; i++)
        free_variation(&s->variations[i]);
    free(s->variations);
}

static toc_moments *list_of(toc_variation *v, toc_happened what, bool is_here)
{
    toc_moments *lists[TOC_HAPPENED_COUNT][2] = {
        [TOC_HAPPENED_SENT] = {&v->unsent, &v->sent},
        [TOC_HAPPENED_ASKED] = {&v->unasked, &v->asked},
        [TOC_HAPPENED_ENTERED] = {&v->skipped, &v->entered},
        [TOC_HAPPENED_STARTED] = {&v->unstarted, &v->started},
    };
    return lists[what][is_here];
}

static void free_variation(toc_variation *v)
{
    free(v->point);
    free(v->outcome);
    for (int i = 0; i < HERE; i++)
        if (list_of(v, (toc_happened)(i / 2), i % 2))
            free(list_of(v, (toc_happened)(i / 2), i % 2)->at);
}

// Points are few beside paths: what stands last of the same point is soon found.
static size_t order_of(const toc_survey *s, const char *point)
{
    size_t order = 0;
    for (size_t i = 0; i < s->variation_count; i++) {
        if (strcmp(s->variations[i].point, point) == 0)
            return s->variations[i].order;
        if (s->variations[i].order >= order)
            order = s->variations[i].order + 1;
    }
    return order;
}

static toc_variation *add(toc_surveying *v, const toc_choice *c, size_t parent)
{
    toc_survey *s = v->out;
    toc_variation own = {.kind = c->kind, .index = c->index, .parent = v->parents[parent].path};
    if (c->kind == TOC_CHOICE_TALK) {
        own.index = TOC_NONE;
        own.point = toc_sprintf("%s>%s", c->from, c->to);
    } else {
        own.point = toc_strdup(c->kind == TOC_CHOICE_DECISION ? v->plan->decisions[c->index].id
                                                              : v->plan->expectations[c->index].id);
    }
    own.order = order_of(s, own.point);
    TOC_GROW(s->variations, s->variation_count, v->variation_capacity);
    s->variations[s->variation_count] = own;
    return &s->variations[s->variation_count++];
}

static bool happened(const toc_happening *order, size_t count, const toc_happening *h)
{
    for (size_t i = 0; i < count; i++)
        if (order[i].what == h->what && order[i].index == h->index)
            return true;
    return false;
}

// Adds to the variation's lists what happened here and not there.
static void add_others(toc_variation *to, const toc_happening *here, size_t count,
                       const toc_happening *there, size_t there_count, bool is_here)
{
    for (size_t i = 0; i < count; i++) {
        toc_moments *list = list_of(to, here[i].what, is_here);
        if (!list || happened(there, there_count, &here[i]))
            continue;
        if (!list->at)
            list->at = toc_alloc(count * sizeof *list->at);
        list->at[list->count++] = (toc_moment){here[i].index, here[i].t};
    }
}

static void compare(toc_surveying *v, toc_variation *to, const toc_parent *parent,
                    const toc_outcome *o)
{
    add_others(to, o->order, o->order_count, parent->order, parent->order_count, true);
    add_others(to, parent->order, parent->order_count, o->order, o->order_count, false);
    compare_levels(v, to, parent, o);
}

static int32_t weight(const toc_level_change *c)
{
    int32_t last = c->last > c->was_last ? c->last - c->was_last : c->was_last - c->last;
    int32_t lowest =
        c->lowest > c->was_lowest ? c->lowest - c->was_lowest : c->was_lowest - c->lowest;
    return last > 0 ? 1000000 + last : lowest;
}

// Keeps the heaviest, the first of equals before the others.
static void compare_levels(toc_surveying *v, toc_variation *to, const toc_parent *parent,
                           const toc_outcome *o)
{
    for (size_t i = 0; i < v->plan->model.service_count; i++) {
        toc_level_change c = {i, o->levels[i].lowest, o->levels[i].last, parent->levels[i].lowest,
                              parent->levels[i].last};
        if (c.lowest == c.was_lowest && c.last == c.was_last)
            continue;
        size_t kept =
            to->level_count < TOC_VARIATION_LEVELS ? to->level_count : TOC_VARIATION_LEVELS;
        size_t at = kept;
        while (at > 0 && weight(&to->levels[at - 1]) < weight(&c))
            at--;
        for (size_t k = kept < TOC_VARIATION_LEVELS ? kept : kept - 1; k > at; k--)
            to->levels[k] = to->levels[k - 1];
        if (at < TOC_VARIATION_LEVELS)
            to->levels[at] = c;
        to->level_count++;
    }
}

static bool has(const toc_moments *list, size_t index)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].index == index)
            return true;
    return false;
}

static int by_time(const void *a, const void *b)
{
    const toc_moment *x = a, *y = b;
    if (x->t != y->t)
        return x->t < y->t ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

// What the parent does and another outcome lacks is what its own outcome brings.
static void fill_parent(toc_variation *first, size_t count)
{
    for (int what = 0; first->is_parent && what < TOC_HAPPENED_COUNT; what++) {
        toc_moments *own = list_of(first, (toc_happened)what, true);
        size_t capacity = 0;
        for (size_t i = 1; own && i < count; i++) {
            const toc_moments *lacks = list_of(&first[i], (toc_happened)what, false);
            for (size_t k = 0; k < lacks->count; k++)
                if (!has(own, lacks->at[k].index)) {
                    TOC_GROW(own->at, own->count, capacity);
                    own->at[own->count++] = lacks->at[k];
                }
        }
        if (own && own->count > 1)
            qsort(own->at, own->count, sizeof *own->at, by_time);
    }
}

static bool is_same_set(const toc_moments *a, const toc_moments *b)
{
    bool is_same = a->count == b->count;
    for (size_t i = 0; i < a->count && is_same; i++)
        is_same = has(b, a->at[i].index);
    return is_same;
}

// The levels of more services than are kept are compared by their number.
static bool is_like(const toc_variation *a, const toc_variation *b)
{
    bool is_same =
        a->has_endex == b->has_endex && a->level_count == b->level_count && a->parent == b->parent;
    for (int i = 0; i < HERE && is_same; i++) {
        const toc_moments *x = list_of((toc_variation *)(uintptr_t)a, (toc_happened)(i / 2), i % 2);
        const toc_moments *y = list_of((toc_variation *)(uintptr_t)b, (toc_happened)(i / 2), i % 2);
        is_same = !x || is_same_set(x, y);
    }
    for (size_t i = 0; i < a->level_count && i < TOC_VARIATION_LEVELS && is_same; i++)
        is_same = a->levels[i].service == b->levels[i].service &&
                  a->levels[i].lowest == b->levels[i].lowest &&
                  a->levels[i].last == b->levels[i].last;
    return is_same;
}
