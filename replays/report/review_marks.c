// SPDX-License-Identifier: MIT
// What was expected and what came of it; what people wrote down and how they rated.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "review_inside.h"

static void set_state(review_work *w, toc_review_action *a, const toc_event *ev);
static void observe(review_work *w, const toc_event *ev);
static int64_t line_about(review_work *w, const toc_event *ev, const char **objective);
static void rate(review_work *w, const toc_event *ev);

void toc_review_actions_begin(review_work *w)
{
    for (size_t i = 0; w->plan && i < w->plan->expectation_count; i++) {
        const toc_expectation *plan = &w->plan->expectations[i];
        toc_review_action *a = toc_review_action_of(w, plan->id, true);
        a->plan = plan;
        a->team = w->plan->teams[plan->team].id;
        a->text = plan->text;
        a->objective = plan->objective;
    }
}

toc_review_action *toc_review_action_of(review_work *w, const char *id, bool is_new)
{
    int64_t at;
    if (toc_map_get(w->action_of, id, &at))
        return &w->out->actions[at];
    if (!is_new)
        return NULL;
    TOC_GROW(w->out->actions, w->out->action_count, w->action_capacity);
    toc_map_put(w->action_of, id, (int64_t)w->out->action_count);
    w->out->actions[w->out->action_count] = (toc_review_action){
        .id = id, .team = "", .state = "planned", .deadline = -1, .at = -1, .late = -1};
    return &w->out->actions[w->out->action_count++];
}

void toc_review_actions_see(review_work *w, const toc_event *ev)
{
    if (ev->kind != TOC_K_EXPECTATION)
        return;
    const char *id = toc_event_str(ev, TOC_F_EXPECTATION);
    toc_review_action *a = toc_review_action_of(w, id, true);
    a->team = toc_event_str(ev, TOC_F_TEAM);
    if (toc_event_has(ev, TOC_F_TEXT))
        a->text = toc_event_str(ev, TOC_F_TEXT);
    if (toc_event_has(ev, TOC_F_OBJECTIVE))
        a->objective = toc_event_str(ev, TOC_F_OBJECTIVE);
    if (toc_event_has(ev, TOC_F_DEADLINE))
        a->deadline = toc_event_int(ev, TOC_F_DEADLINE);
    const bool is_crossed = strcmp(toc_event_str(ev, TOC_F_STATE), "crossed") == 0;
    if (is_crossed)
        a->deadline = ev->t;
    a->is_crossed = is_crossed || (a->is_crossed && !toc_event_has(ev, TOC_F_DEADLINE));
    set_state(w, a, ev);
}

void toc_review_actions_end(review_work *w)
{
    toc_review *v = w->out;
    for (size_t i = 0; i < v->action_count; i++)
        v->actions[i].is_cut_off = v->ended >= 0 && v->actions[i].deadline > v->ended;
}

void toc_review_marks_see(review_work *w, const toc_event *ev)
{
    if (ev->kind == TOC_K_OBSERVE)
        observe(w, ev);
    else if (ev->kind == TOC_K_RATE)
        rate(w, ev);
}

// A new deadline of one that is open, or was marked, leaves what it is.
static void set_state(review_work *w, toc_review_action *a, const toc_event *ev)
{
    const toc_event *cause = toc_review_cause(w, ev);
    const char *state = toc_event_str(ev, TOC_F_STATE);
    bool is_done = strcmp(state, "met") == 0 || strcmp(state, "late") == 0;
    a->seq = ev->seq;
    a->cause_seq = ev->cause;
    a->state = state;
    a->by = toc_event_str(ev, TOC_F_BY);
    a->is_marked = cause && cause->kind == TOC_K_MARK_ACTION;
    a->mark_text = a->is_marked ? toc_event_str(cause, TOC_F_TEXT) : NULL;
    if (strcmp(state, "overdue") == 0) {
        a->overdue_seq = ev->seq;
        a->jumped_seq = w->jump_seq;
    }
    a->at = is_done ? ev->t : -1;
    bool is_late =
        strcmp(state, "late") == 0 && !a->is_marked && a->deadline >= 0 && ev->t >= a->deadline;
    a->late = is_late ? ev->t - a->deadline : -1;
}

static void observe(review_work *w, const toc_event *ev)
{
    toc_review *v = w->out;
    const char *named = toc_event_str(ev, TOC_F_OBJECTIVE), *found = NULL;
    TOC_GROW(v->notes, v->note_count, w->note_capacity);
    toc_review_note *n = &v->notes[v->note_count++];
    *n = (toc_review_note){
        .seq = ev->seq,
        .t = ev->t,
        .occurred = toc_event_has(ev, TOC_F_OCCURRED) ? toc_event_int(ev, TOC_F_OCCURRED) : -1,
        .by = toc_event_str(ev, TOC_F_BY),
        .text = toc_event_str(ev, TOC_F_TEXT),
        .team = toc_event_str(ev, TOC_F_TEAM),
        .inject = toc_event_str(ev, TOC_F_INJECT),
        .decision = toc_event_str(ev, TOC_F_DECISION),
        .expectation = toc_event_str(ev, TOC_F_EXPECTATION)};
    n->about = line_about(w, ev, &found);
    n->objective = named ? named : found;
}

static int64_t line_about(review_work *w, const toc_event *ev, const char **objective)
{
    const char *inject = toc_event_str(ev, TOC_F_INJECT),
               *decision = toc_event_str(ev, TOC_F_DECISION);
    const char *expectation = toc_event_str(ev, TOC_F_EXPECTATION);
    const toc_review_inject *i = inject ? toc_review_inject_of(w, inject, false) : NULL;
    const toc_review_decision *d = decision ? toc_review_decision_of(w, decision, false) : NULL;
    const toc_review_action *a = expectation ? toc_review_action_of(w, expectation, false) : NULL;
    const int64_t item = toc_event_int(ev, TOC_F_ITEM);
    if (item > 0 && item < ev->seq) {
        *objective = toc_event_str(toc_recording_at(w->r, item), TOC_F_OBJECTIVE);
        return item;
    }
    *objective = a ? a->objective : d ? d->objective : i ? i->objective : NULL;
    return a ? a->seq : d ? d->ask_seq : i ? i->sent_seq : 0;
}

// A person may change their mind: their newest rating counts. Another person at the same seat is another voice.
static void rate(review_work *w, const toc_event *ev)
{
    toc_review *v = w->out;
    const char *by = toc_event_str(ev, TOC_F_BY), *objective = toc_event_str(ev, TOC_F_OBJECTIVE);
    const char *team = toc_event_str(ev, TOC_F_TEAM),
               *person = toc_recording_person(w->r, by, ev->seq);
    char *key =
        toc_sprintf("%s\n%s\n%s\n%s", by, objective, team ? team : "", person ? person : "");
    int64_t i = (int64_t)v->rating_count;
    if (!toc_map_get(w->rating_of, key, &i)) {
        toc_map_put(w->rating_of, key, i);
        TOC_GROW(v->ratings, v->rating_count, w->rating_capacity);
        v->rating_count++;
    }
    free(key);
    v->ratings[i] = (toc_review_rating){.seq = ev->seq,
                                        .objective = objective,
                                        .team = team,
                                        .rating = toc_event_str(ev, TOC_F_RATING),
                                        .text = toc_event_str(ev, TOC_F_TEXT),
                                        .by = by};
}
