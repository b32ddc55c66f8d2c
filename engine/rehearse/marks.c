// SPDX-License-Identifier: MIT
// The timeline of one path: what arrives at whom, when.
#include "base/mem.h"
#include "survey_inside.h"

typedef struct {
    toc_survey *out;
    const toc_atlas *atlas;
    size_t capacity;
} marker;

static void add(marker *m, toc_mark_kind kind, size_t index, size_t team, int64_t t)
{
    TOC_GROW(m->out->marks, m->out->mark_count, m->capacity);
    m->out->marks[m->out->mark_count++] = (toc_mark){kind, index, team, t};
}

static void on_begin(void *self)
{
    ((marker *)self)->out->mark_count = 0;
}

static void add_action(marker *m, const toc_event *ev)
{
    const char *state = toc_event_str(ev, TOC_F_STATE);
    size_t i = toc_atlas_find(m->atlas->expectations, ev, TOC_F_EXPECTATION);
    // What was done: in time or late.
    if (state[0] == 'm' || state[0] == 'l')
        add(m, TOC_MARK_ACTION, i, m->atlas->plan->expectations[i].team, ev->t);
}

static void on_event(void *self, const toc_event *ev)
{
    marker *m = self;
    if (ev->kind == TOC_K_INJECT) {
        size_t i = toc_atlas_find(m->atlas->injects, ev, TOC_F_INJECT);
        const toc_inject *plan = &m->atlas->plan->injects[i];
        for (size_t k = 0; k < plan->to_count; k++)
            add(m, TOC_MARK_INJECT, i, plan->to[k], ev->t);
    } else if (ev->kind == TOC_K_ASK) {
        size_t i = toc_atlas_find(m->atlas->decisions, ev, TOC_F_DECISION);
        add(m, TOC_MARK_DECISION, i,
            toc_atlas_id(m->atlas->teams, m->atlas->plan->decisions[i].team), ev->t);
    } else if (ev->kind == TOC_K_EXPECTATION) {
        add_action(m, ev);
    } else if (ev->kind == TOC_K_ENDEX) {
        add(m, TOC_MARK_ENDEX, 0, TOC_NONE, ev->t);
    }
}

static void on_end(void *self, const toc_stage *s)
{
    (void)self;
    (void)s;
}

static void on_refused(void *self, const toc_event *input, const char *reason)
{
    (void)self;
    (void)input;
    (void)reason;
}

toc_err toc_marks_make(toc_surveying *v, toc_troupe *t, toc_error *e)
{
    marker m = {.out = v->out, .atlas = &t->atlas};
    toc_watcher w = {&m, on_begin, on_event, on_end, on_refused};
    toc_path ordinary = {0};
    return v->paths > 0 ? toc_troupe_play(t, &ordinary, &w, e) : TOC_OK;
}
