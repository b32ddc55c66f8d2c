// SPDX-License-Identifier: MIT
// What is still to be done again, by its time; and what waits for the thing that it answers.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "branch_inside.h"

static int64_t trigger_of(const branching *b, const toc_map *newest, const toc_event *ev,
                          int64_t endex);
static void note_newest(toc_map *newest, const toc_event *ev);
static void add_again(branching *b, const toc_event *ev, int64_t trigger);
static void add_answers(branching *b);
static bool is_before(const branch_docket *a, size_t x, size_t y);
static void push(branch_docket *a, size_t act);

void toc_docket_fill(branching *b)
{
    toc_map *newest = toc_map_new();
    int64_t endex = 0;
    b->docket.waiting = toc_map_new();
    for (int64_t seq = 1; seq <= toc_recording_count(b->parent); seq++) {
        const toc_event *ev = toc_recording_at(b->parent, seq);
        bool is_input = ev->kind != TOC_K_UNKNOWN && toc_kind_class(ev->kind) == TOC_CLASS_INPUT;
        bool is_later = seq > b->parent_seq && (is_input || ev->kind == TOC_K_SEAL);
        note_newest(newest, ev);
        if (is_later && b->o->otherwise == TOC_ELSE_ORIGINAL)
            add_again(b, ev, trigger_of(b, newest, ev, endex));
        else if (is_later && is_input && strcmp(toc_event_str(ev, TOC_F_BY), "engine") != 0)
            b->out->unused++;
        if (ev->kind == TOC_K_ENDEX)
            endex = seq;
    }
    toc_map_free(newest);
    if (b->o->otherwise != TOC_ELSE_NOBODY)
        add_answers(b);
}

void toc_docket_fini(branch_docket *a)
{
    free(a->acts);
    free(a->heap);
    toc_map_free(a->waiting);
}

void toc_docket_add(branch_docket *a, const branch_act *act)
{
    TOC_GROW(a->acts, a->count, a->capacity);
    a->acts[a->count] = *act;
    push(a, a->count++);
}

void toc_docket_wait(branch_docket *a, const branch_act *act, const char *key)
{
    int64_t first = 0;
    toc_map_get(a->waiting, key, &first);
    TOC_GROW(a->acts, a->count, a->capacity);
    a->acts[a->count] = *act;
    a->acts[a->count++].next = (size_t)first;
    toc_map_put(a->waiting, key, (int64_t)a->count);
}

void toc_docket_came(branch_docket *a, const char *key, int64_t t)
{
    int64_t first = 0;
    if (!toc_map_get(a->waiting, key, &first))
        return;
    toc_map_remove(a->waiting, key);
    for (size_t i = (size_t)first; i; i = a->acts[i - 1].next) {
        a->acts[i - 1].t += t;
        push(a, i - 1);
    }
}

const branch_act *toc_docket_next(const branch_docket *a)
{
    return a->heap_count ? &a->acts[a->heap[0]] : NULL;
}

branch_act toc_docket_take(branch_docket *a)
{
    branch_act act = a->acts[a->heap[0]];
    a->acts[a->heap[0]].seq = 0; // done
    size_t last = a->heap[--a->heap_count], at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child + 1 < a->heap_count && is_before(a, a->heap[child + 1], a->heap[child]))
            child++;
        if (child >= a->heap_count || !is_before(a, a->heap[child], last))
            break;
        a->heap[at] = a->heap[child];
        at = child;
    }
    if (a->heap_count)
        a->heap[at] = last;
    return act;
}

void toc_docket_drop(branching *b)
{
    branch_docket *a = &b->docket;
    bool *is_timed = toc_alloc(a->count + 1);
    for (size_t i = 0; i < a->heap_count; i++)
        is_timed[a->heap[i]] = true;
    for (size_t i = 0; i < a->count; i++) {
        const branch_act *act = &a->acts[i];
        if (act->seq == 0)
            continue;
        const char *why = is_timed[i] ? "play had ended before" : "what it answers never came";
        if (act->kind == ACT_AGAIN)
            toc_branch_leave(b, act->seq, why);
        else if (act->kind == ACT_ANSWER && !b->out->decides[act->decide].refused)
            b->out->decides[act->decide].refused =
                toc_strdup(is_timed[i] ? "play had ended before" : "it was never asked here");
    }
    free(is_timed);
}

static char *newest_key(char mark, const char *id)
{
    return toc_sprintf("%c %s", mark, id);
}

// Of each decision what a ruling may be about, of each inject what a release, and what a telling.
static void note_newest(toc_map *newest, const toc_event *ev)
{
    char mark = ev->kind == TOC_K_PROPOSED || ev->kind == TOC_K_CROSSED ? 'd'
                : ev->kind == TOC_K_HELD || ev->kind == TOC_K_ARMED     ? 'f'
                : ev->kind == TOC_K_CUE                                 ? 'c'
                                                                        : '\0';
    if (!mark)
        return;
    char *key = newest_key(mark, toc_event_str(ev, mark == 'd' ? TOC_F_DECISION : TOC_F_INJECT));
    toc_map_put(newest, key, ev->seq);
    free(key);
}

static int64_t find_newest(const toc_map *newest, char mark, const char *id)
{
    int64_t seq = 0;
    char *key = newest_key(mark, id);
    toc_map_get(newest, key, &seq);
    free(key);
    return seq;
}

static int64_t find_there(const branching *b, const char *mark, const char *id)
{
    int64_t seq = 0;
    char *key = toc_sprintf("%s %s", mark, id);
    toc_map_get(b->original->there.seqs, key, &seq);
    free(key);
    return seq;
}

// The line of the original that an input answers; 0: it has its own time.
static int64_t trigger_of(const branching *b, const toc_map *newest, const toc_event *ev,
                          int64_t endex)
{
    if (endex || ev->kind == TOC_K_SEAL)
        return endex;
    int64_t item = toc_event_int(ev, TOC_F_ITEM);
    if (!item)
        item = toc_event_int(ev, TOC_F_RE);
    if (item)
        return item;
    const char *inject = toc_event_str(ev, TOC_F_INJECT),
               *decision = toc_event_str(ev, TOC_F_DECISION);
    switch (ev->kind) {
    case TOC_K_DECIDE:
        return find_there(b, "a", decision);
    case TOC_K_RULE:
        return find_newest(newest, 'd', decision);
    case TOC_K_RELEASE:
        return find_newest(newest, 'f', inject);
    case TOC_K_DELIVER:
        return find_newest(newest, 'c', inject);
    case TOC_K_AWARE:
        return find_there(b, "i", inject);
    case TOC_K_CLAIM:
    case TOC_K_UNCLAIM:
        return find_newest(newest, 'c', inject);
    default:
        return 0;
    }
}

static void add_again(branching *b, const toc_event *ev, int64_t trigger)
{
    branch_act act = {
        .kind = ACT_AGAIN, .seq = ev->seq, .t = ev->t, .is_by_itself = b->original->is_by_itself[ev->seq]};
    bool waits = trigger > b->parent_seq && trigger < ev->seq && b->original->names[trigger];
    if (!waits) {
        toc_docket_add(&b->docket, &act);
        return;
    }
    act.t -= toc_recording_at(b->parent, trigger)->t;
    toc_docket_wait(&b->docket, &act, b->original->names[trigger]);
}

// When another answer is given that no time was named for: when the original answered, else soon after it is asked.
static void add_answer(branching *b, size_t i, const toc_choice *c)
{
    enum { TAKES_ANSWERING = 60000 };
    const toc_decision *d = &b->plan->decisions[c->index];
    toc_decision_view view = toc_exercise_decision(b->x, c->index);
    branch_act act = {
        .kind = ACT_ANSWER, .seq = toc_recording_count(b->parent) + 1 + (int64_t)i, .decide = i};
    const int64_t asked = find_there(b, "a", d->id);
    int64_t answered = 0;
    for (int64_t seq = b->parent_seq + 1; seq <= toc_recording_count(b->parent); seq++) {
        const toc_event *ev = toc_recording_at(b->parent, seq);
        const char *of = ev->kind == TOC_K_DECIDE ? toc_event_str(ev, TOC_F_DECISION) : NULL;
        bool is_final = toc_recording_at(b->parent, seq + 1)->kind == TOC_K_DECIDED;
        if (of && strcmp(of, d->id) == 0 && (!answered || is_final))
            answered = seq;
    }
    act.t = TAKES_ANSWERING;
    if (c->when == TOC_WHEN_AT) {
        act.t = c->at;
        toc_docket_add(&b->docket, &act);
        return;
    }
    if (c->when == TOC_WHEN_EARLY && answered &&
        asked) { // takes its place among the acts of its time
        act.seq = answered;
        act.t = toc_recording_at(b->parent, answered)->t - toc_recording_at(b->parent, asked)->t;
    }
    bool is_open = view.state == TOC_DECISION_OPEN || view.state == TOC_DECISION_RULING;
    if (c->when == TOC_WHEN_LATE && !is_open)
        return; // its deadline is told when it is asked
    if (c->when == TOC_WHEN_LATE)
        act.t = view.deadline - TOC_BRANCH_LAST;
    else if (is_open && act.seq == answered)
        act.t = toc_recording_at(b->parent, answered)->t;
    else if (is_open)
        act.t += b->now;
    char *key = toc_sprintf("a %s", d->id);
    if (is_open)
        toc_docket_add(&b->docket, &act);
    else
        toc_docket_wait(&b->docket, &act, key);
    free(key);
}

static void add_answers(branching *b)
{
    for (size_t i = 0; i < b->out->decide_count; i++) {
        const toc_choice *c = toc_branch_choice(b, i);
        if (c->answer != TOC_ANSWER_NONE)
            add_answer(b, i, c);
    }
}

static bool is_before(const branch_docket *a, size_t x, size_t y)
{
    const branch_act *one = &a->acts[x], *other = &a->acts[y];
    return one->t != other->t ? one->t < other->t : one->seq < other->seq;
}

static void push(branch_docket *a, size_t act)
{
    TOC_GROW(a->heap, a->heap_count, a->heap_capacity);
    size_t at = a->heap_count++;
    for (; at > 0 && is_before(a, act, a->heap[(at - 1) / 2]); at = (at - 1) / 2)
        a->heap[at] = a->heap[(at - 1) / 2];
    a->heap[at] = act;
}
