// SPDX-License-Identifier: MIT
// The timeline of one path: what arrives at whom, when.
#include "base/mem.h"
#include "survey_inside.h"

typedef struct {
    toc_survey *out;
    const toc_atlas *atlas;
    size_t capacity, anchor_capacity, level_capacity;
} marker;

static void add(marker *m, toc_mark_kind kind, size_t index, size_t team, int64_t t)
{
    TOC_GROW(m->out->marks, m->out->mark_count, m->capacity);
    m->out->marks[m->out->mark_count++] = (toc_mark){kind, index, team, t};
}

static void add_anchor(marker *m, int64_t t, toc_story story, int64_t pace)
{
    TOC_GROW(m->out->anchors, m->out->anchor_count, m->anchor_capacity);
    m->out->anchors[m->out->anchor_count++] = (toc_anchor){t, story, pace};
}

static void add_phase(marker *m, const toc_event *ev)
{
    toc_story story;
    if (toc_story_parse(toc_event_str(ev, TOC_F_STORY), &story, NULL) == TOC_OK)
        add_anchor(m, ev->t, story, toc_event_int(ev, TOC_F_PACE));
}

static void add_level(marker *m, const toc_event *ev)
{
    TOC_GROW(m->out->levels, m->out->level_count, m->level_capacity);
    m->out->levels[m->out->level_count++] =
        (toc_level_mark){ev->t, toc_atlas_find(m->atlas->services, ev, TOC_F_SERVICE),
                         (int32_t)toc_event_int(ev, TOC_F_LEVEL)};
}

static void on_begin(void *self)
{
    marker *m = self;
    m->out->mark_count = m->out->level_count = m->out->anchor_count = 0;
    add_anchor(m, 0, m->atlas->plan->startex, m->atlas->plan->pace);
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
        if (i == TOC_NONE)
            return; // written in play
        const toc_inject *plan = &m->atlas->plan->injects[i];
        for (size_t k = 0; k < plan->to_count; k++)
            add(m, TOC_MARK_INJECT, i, plan->to[k], ev->t);
    } else if (ev->kind == TOC_K_ASK) {
        size_t i = toc_atlas_find(m->atlas->decisions, ev, TOC_F_DECISION);
        add(m, TOC_MARK_DECISION, i,
            toc_atlas_id(m->atlas->teams, m->atlas->plan->decisions[i].team), ev->t);
    } else if (ev->kind == TOC_K_EXPECTATION) {
        add_action(m, ev);
    } else if (ev->kind == TOC_K_PHASE_ENTERED) {
        add_phase(m, ev);
    } else if (ev->kind == TOC_K_LEVEL) {
        add_level(m, ev);
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
    toc_err err = toc_troupe_seed(t, v->o->run_seed, e);
    if (err)
        return err;
    return v->paths > 0 ? toc_troupe_play(t, &ordinary, &w, e) : TOC_OK;
}
