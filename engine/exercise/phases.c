// SPDX-License-Identifier: MIT
// Phases: parts of the exercise. Where one begins later in the story, the story's clock runs there while
// play time stands: all that hangs on it happens in its order, each at its own story time. What would
// make somebody late without their doing does not happen; it is EXCON's to rule on.

#include "state.h"

static void run_story(toc_exercise *x, const toc_phase *plan, int64_t cause);
static bool pass_over(toc_exercise *x, const toc_due *due, const toc_phase *plan);

void toc_phases_schedule(toc_exercise *x)
{
    for (size_t i = 0; i < x->plan->phase_count; i++) {
        toc_at at = x->plan->phases[i].at;
        if (at.kind == TOC_AT_PLAY)
            toc_schedule_add(
                &x->schedule,
                (toc_due){.kind = TOC_DUE_PHASE, .index = i, .cause = x->cause, .due = at.ms});
    }
}

toc_err toc_phase_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *id = toc_event_str(in, TOC_F_PHASE);
    size_t i = toc_plan_phase(x->plan, id);
    if (i == TOC_NONE)
        return toc_fail(e, TOC_EREFUSED, "there is no phase %.60s", id);
    if (i == x->phase)
        return toc_fail(e, TOC_EREFUSED, "play is in phase %s already", id);
    return TOC_OK;
}

void toc_phase_apply(toc_exercise *x, const toc_event *in)
{
    toc_phase_enter(x, toc_plan_phase(x->plan, toc_event_str(in, TOC_F_PHASE)));
}

void toc_phase_enter(toc_exercise *x, size_t i)
{
    const toc_phase *plan = &x->plan->phases[i];
    toc_due due;
    while (toc_schedule_find(&x->schedule, TOC_DUE_PHASE, i, &due))
        toc_schedule_remove(&x->schedule, TOC_DUE_PHASE, i); // it is entered, whoever was first
    if (x->phase == i)
        return;
    x->phase = i;
    bool is_ahead = plan->is_jump && plan->story_ms > toc_story_now(x);
    int64_t pace = plan->pace ? plan->pace : x->pace;
    toc_event *ev = toc_emit(x, TOC_K_PHASE_ENTERED);
    int64_t cause = ev->seq;
    toc_event_set_str(ev, TOC_F_PHASE, plan->id);
    toc_event_set_str(ev, TOC_F_TITLE, plan->title ? plan->title : plan->id);
    toc_event_set_str(ev, TOC_F_TEXT, plan->text);
    toc_event_set_int(ev, TOC_F_PACE, pace);
    toc_story_set(x, ev, is_ahead ? plan->story_ms : toc_story_now(x));
    x->later = x->out->count - 1; // scripts meet the new phase when the story has come to it
    if (is_ahead)
        run_story(x, plan, cause);
    x->cause = cause;
    if (!toc_in_play(x)) { // it ended on the way
        x->later = TOC_NONE;
        return;
    }
    if (is_ahead || pace != x->pace) {
        toc_set_anchor(x, is_ahead ? plan->story_ms : toc_story_now(x), pace);
        toc_decisions_rebase(x);
        toc_expectations_rebase(x);
    }
    toc_show_later(x);
}

// What lies exactly at the phase's beginning happens there, after this; but nobody is late by it.
static void run_story(toc_exercise *x, const toc_phase *plan, int64_t cause)
{
    const int64_t begin = toc_story_now(x), target = plan->story_ms;
    toc_due due;
    x->anchor_play = x->now;
    x->anchor_story = begin;
    while (toc_in_play(x) && toc_schedule_pop_story(&x->schedule, target - 1, &due)) {
        bool is_on_the_way = due.story > begin; // else it is due now, phase or not
        if (due.story > x->anchor_story) {
            x->anchor_story = due.story;
            toc_refill(x); // as at every instant
        }
        x->first = x->out->count;
        x->cause = cause;
        if (!is_on_the_way || !pass_over(x, &due, plan)) {
            x->cause = due.cause;
            toc_do_due(x, &due);
        }
        toc_settle(x);
    }
    x->first = x->out->count;
    x->cause = cause;
    if (toc_in_play(x)) {
        toc_decisions_cross(x, target);
        toc_expectations_cross(x, target);
    }
}

// What is not done but given to EXCON: a deadline that nobody had the time to meet, an inject of a time
// that is not played.
static bool pass_over(toc_exercise *x, const toc_due *due, const toc_phase *plan)
{
    switch (due->kind) {
    case TOC_DUE_DEADLINE:
        toc_decisions_cross(x, due->story);
        return true;
    case TOC_DUE_EXPECT:
        toc_expectations_cross(x, due->story);
        return true;
    case TOC_DUE_INJECT:
        toc_inject_cross(x, due->index, plan->id);
        return true;
    default:
        return false;
    }
}
