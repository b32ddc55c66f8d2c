// SPDX-License-Identifier: MIT
// Does a decision change anything? Two paths that differ in its option alone tell, whatever else they have in
// common: what one decision does may hang on another.
#include <stdlib.h>

#include "base/mem.h"
#include "sums.h"
#include "survey_inside.h"

enum { ROOM_MOST = 1 << 20 };

static bool is_compared(const toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t i);
static uint64_t key_of(const toc_job *job, size_t decision);
static toc_context *find(toc_surveying *v, uint64_t key);

void toc_contexts_add(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t path)
{
    bool has_failed = false;
    if (v->o->strategy == TOC_SURVEY_RANDOM)
        return; // hardly two paths of it differ so little
    for (size_t i = 0; i < o->trouble_count; i++)
        has_failed = has_failed || o->troubles[i].kind == TOC_FOUND_ERROR;
    for (size_t i = 0; i < v->plan->decision_count; i++) {
        toc_decision_tally *d = &v->decisions[i];
        d->is_clouded = d->is_clouded || (has_failed && o->asked[i]);
        if (!is_compared(v, job, o, i))
            continue;
        toc_context *c = find(v, key_of(job, i));
        uint64_t sum = o->sum - o->sums[i];
        if (!c)
            continue;
        if (c->sum == 0) {
            c->sum = sum | 1;
        } else if (c->sum != (sum | 1)) {
            d->differs = true;
        } else if (d->compared++ == 0) {
            d->first = path;
            toc_tally_keep(v, job, o, path);
        }
    }
}

bool toc_context_is_open(const toc_surveying *v, size_t decision)
{
    const toc_decision_tally *d = &v->decisions[decision];
    return d->compared > 0 && !d->differs && !d->is_clouded;
}

// Answered with an option as soon as it was asked: at another time everything comes at another time.
static bool is_compared(const toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t i)
{
    if (v->decisions[i].differs || !o->asked[i] || v->plan->decisions[i].option_count < 2)
        return false;
    const toc_choice *c = toc_path_find(&job->path, TOC_CHOICE_DECISION, i, NULL, NULL);
    return !c || (c->answer == TOC_ANSWER_OPTION && c->when == TOC_WHEN_EARLY);
}

static uint64_t key_of(const toc_job *job, size_t decision)
{
    uint64_t key = toc_sum_add(decision + 1, job->run_seed);
    for (size_t i = 0; i < job->path.count; i++) {
        const toc_choice *c = &job->path.choices[i];
        if (c->kind == TOC_CHOICE_DECISION && c->index == decision)
            continue;
        key =
            toc_sum_add(key, (uint64_t)c->kind * 64 + (uint64_t)c->answer * 8 + (uint64_t)c->when);
        key = toc_sum_add(key, c->kind == TOC_CHOICE_TALK ? 0 : c->index);
        key = toc_sum_add(key, c->option);
        key = toc_sum_text(key, c->from);
        key = toc_sum_text(key, c->to);
    }
    return key | 1; // 0 is an empty place
}

// The place of a key, taken if it is new; NULL: there are enough.
static toc_context *find(toc_surveying *v, uint64_t key)
{
    if (2 * v->context_count >= v->context_room) {
        toc_context *old = v->contexts;
        size_t room = v->context_room;
        if (room >= ROOM_MOST)
            return NULL;
        v->context_room = room > 0 ? 2 * room : 256;
        v->contexts = toc_alloc(v->context_room * sizeof *v->contexts);
        v->context_count = 0;
        for (size_t i = 0; i < room; i++)
            if (old[i].key != 0)
                find(v, old[i].key)->sum = old[i].sum;
        free(old);
    }
    size_t at = (size_t)toc_sum_add(key, 1) & (v->context_room - 1);
    while (v->contexts[at].key != 0 && v->contexts[at].key != key)
        at = (at + 1) & (v->context_room - 1);
    v->context_count += v->contexts[at].key == 0;
    v->contexts[at].key = key;
    return &v->contexts[at];
}
