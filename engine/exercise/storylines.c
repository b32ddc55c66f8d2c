// SPDX-License-Identifier: MIT
// Storylines and their actions. A storyline waits for a time or for decisions; whatever it brings about
// is caused by what woke it.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "state.h"

static toc_err may_act(toc_exercise *x, toc_error *e);
static void note(toc_exercise *x, const char *text);
static void tell(toc_exercise *x, const storyline_now *s, const char *state);
static toc_err sleep_until(toc_exercise *x, toc_due due, bool *waits);
static void fall_asleep(toc_exercise *x, toc_due due);

size_t toc_storyline_new(toc_exercise *x, const char *name, bool is_told)
{
    TOC_GROW(x->storylines, x->storyline_count, x->storyline_capacity);
    storyline_now *s = &x->storylines[x->storyline_count];
    *s = (storyline_now){.name = toc_strdup(name), .is_told = is_told, .cause = x->cause};
    tell(x, s, "begins");
    return x->storyline_count++;
}

void toc_storyline_run(toc_exercise *x, size_t storyline)
{
    size_t outer = x->current;
    int64_t cause = x->cause;
    x->storylines[storyline].state = STORYLINE_READY;
    x->current = storyline;
    x->cause = x->storylines[storyline].cause;
    x->script->run(x->script->self, x, storyline);
    toc_measures_settle(x);
    x->current = outer;
    x->cause = cause;
}

void toc_storyline_end(toc_exercise *x, size_t storyline, const char *failure)
{
    toc_measures_settle(x);
    storyline_now *s = &x->storylines[storyline];
    s->state = STORYLINE_ENDED;
    if (failure) {
        toc_event *ev = toc_emit(x, TOC_K_ERROR);
        toc_event_set_str(ev, TOC_F_STORYLINE, s->name);
        toc_event_set_str(ev, TOC_F_TEXT, failure);
    }
    tell(x, s, failure ? "stopped by an error" : "ends");
}

void toc_storyline_wake(toc_exercise *x, size_t i)
{
    if (!x->script || x->storylines[i].state != STORYLINE_ASLEEP)
        return;
    x->storylines[i].cause = x->cause;
    toc_storyline_run(x, i);
}

void toc_storylines_settled(toc_exercise *x, const toc_event *ev)
{
    if ((ev->kind != TOC_K_DECIDED && ev->kind != TOC_K_OVERDUE) || !x->script || !toc_in_play(x))
        return;
    size_t count = x->storyline_count; // those that begin meanwhile have not asked yet
    for (size_t i = 0; i < count; i++) {
        storyline_now *s = &x->storylines[i];
        if (s->state != STORYLINE_ASKING)
            continue;
        size_t settled = 0;
        while (settled < s->asking_count && toc_decision_is_settled(x, s->asking[settled]))
            settled++;
        if (settled < s->asking_count)
            continue;
        s->cause = ev->seq;
        toc_storyline_run(x, i);
    }
}

void toc_storylines_stop(toc_exercise *x)
{
    for (size_t i = 0; i < x->storyline_count; i++)
        x->storylines[i].state = STORYLINE_ENDED;
}

toc_err toc_action_send(toc_exercise *x, size_t inject, toc_error *e)
{
    toc_err err = may_act(x, e);
    if (err)
        return err;
    toc_inject_state state = x->injects[inject].state;
    if (state == TOC_INJECT_SENT || state == TOC_INJECT_SKIPPED) {
        char *text = toc_sprintf("%s is not sent again: it was %s", x->plan->injects[inject].id,
                                 state == TOC_INJECT_SENT ? "sent before" : "skipped by EXCON");
        note(x, text);
        free(text);
        return TOC_OK;
    }
    toc_inject_due(x, inject);
    return TOC_OK;
}

toc_err toc_action_ask(toc_exercise *x, const size_t *decisions, size_t count, bool *settled,
                       toc_error *e)
{
    toc_err err = may_act(x, e);
    if (err)
        return err;
    *settled = true;
    for (size_t i = 0; i < count; i++) {
        toc_decision_open(x, decisions[i]);
        *settled = *settled && toc_decision_is_settled(x, decisions[i]);
    }
    if (*settled)
        return TOC_OK;
    storyline_now *s = &x->storylines[x->current];
    s->state = STORYLINE_ASKING;
    s->asking = toc_realloc(s->asking, count * sizeof *s->asking);
    s->asking_count = count;
    memcpy(s->asking, decisions, count * sizeof *decisions);
    return TOC_OK;
}

toc_err toc_action_wait_play(toc_exercise *x, int64_t due_ms, bool *waits, toc_error *e)
{
    toc_err err = may_act(x, e);
    return err ? err : sleep_until(x, (toc_due){.due = due_ms}, waits);
}

toc_err toc_action_wait_story(toc_exercise *x, int64_t story_ms, bool *waits, toc_error *e)
{
    toc_err err = may_act(x, e);
    if (err)
        return err;
    toc_due due = {.due = toc_play_of_story(x, story_ms), .is_story = true, .story = story_ms};
    return sleep_until(x, due, waits);
}

toc_err toc_action_note(toc_exercise *x, const char *text, toc_error *e)
{
    toc_err err = may_act(x, e);
    if (!err)
        err = toc_text_check(text, "note", e);
    if (!err)
        note(x, text);
    return err;
}

// The phase begins when the storyline has let go, and it runs on just after.
toc_err toc_action_enter_phase(toc_exercise *x, size_t phase, bool *waits, toc_error *e)
{
    toc_err err = may_act(x, e);
    if (err)
        return err;
    if (x->phase == phase) {
        char *text =
            toc_sprintf("phase %s is not entered again: it runs", x->plan->phases[phase].id);
        note(x, text);
        free(text);
    }
    toc_due due = {.kind = TOC_DUE_PHASE, .index = phase, .cause = x->cause, .due = x->now};
    toc_schedule_add(&x->schedule, due);
    fall_asleep(x, due);
    *waits = true;
    return TOC_OK;
}

toc_err toc_action_met(toc_exercise *x, size_t expectation, toc_error *e)
{
    toc_err err = may_act(x, e);
    if (err)
        return err;
    if (!toc_expectation_meet(x, expectation, "script")) {
        char *text = toc_sprintf("%s stays as it is: %s", x->plan->expectations[expectation].id,
                                 toc_exercise_expectation(x, expectation).state_name);
        note(x, text);
        free(text);
    }
    return TOC_OK;
}

toc_err toc_action_finish(toc_exercise *x, toc_error *e)
{
    toc_err err = may_act(x, e);
    if (err)
        return err;
    char *reason =
        toc_sprintf("storyline \"%s\" finished the exercise", x->storylines[x->current].name);
    toc_end_play(x, reason);
    free(reason);
    return TOC_OK;
}

static toc_err may_act(toc_exercise *x, toc_error *e)
{
    toc_err err = toc_storyline_may_act(x, e);
    if (!err)
        toc_measures_settle(x);
    return err;
}

toc_err toc_storyline_may_act(toc_exercise *x, toc_error *e)
{
    if (x->current == TOC_NONE)
        return toc_fail(e, TOC_EREFUSED,
                        "only a storyline can act; a text or a condition only asks");
    if (!toc_in_play(x))
        return toc_fail(e, TOC_EREFUSED, "play has ended");
    storyline_now *s = &x->storylines[x->current];
    if (s->step != x->step)
        s->actions = 0;
    s->step = x->step;
    if (++s->actions > TOC_SCRIPT_ACTIONS)
        return toc_fail(e, TOC_ELIMIT, "more than %d actions at one moment of play",
                        TOC_SCRIPT_ACTIONS);
    // One act upon the world can bring about as many as there are services.
    if (x->out->count - x->before > TOC_SCRIPT_EVENTS)
        return toc_fail(e, TOC_ELIMIT, "more than %d events at one moment of play",
                        TOC_SCRIPT_EVENTS);
    return TOC_OK;
}

static toc_err sleep_until(toc_exercise *x, toc_due due, bool *waits)
{
    *waits = due.due > x->now;
    if (*waits)
        fall_asleep(x, due);
    return TOC_OK;
}

static void fall_asleep(toc_exercise *x, toc_due due)
{
    due.kind = TOC_DUE_WAKE;
    due.index = x->current;
    due.cause = x->cause;
    x->storylines[x->current].state = STORYLINE_ASLEEP;
    toc_schedule_add(&x->schedule, due);
}

// What the storyline that runs has to say.
static void note(toc_exercise *x, const char *text)
{
    toc_event *ev = toc_emit(x, TOC_K_NOTE);
    toc_event_set_str(ev, TOC_F_STORYLINE, x->storylines[x->current].name);
    toc_event_set_str(ev, TOC_F_TEXT, text);
}

static void tell(toc_exercise *x, const storyline_now *s, const char *state)
{
    if (!s->is_told)
        return;
    toc_event *ev = toc_emit(x, TOC_K_STORYLINE);
    toc_event_set_str(ev, TOC_F_STORYLINE, s->name);
    toc_event_set_str(ev, TOC_F_STATE, state);
}

toc_err toc_drop_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    (void)x;
    return toc_fail(e, TOC_EREFUSED, "%s is not possible", toc_kind_name(in->kind));
}

toc_err toc_wake_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    (void)x;
    return toc_fail(e, TOC_EREFUSED, "%s is not possible", toc_kind_name(in->kind));
}

void toc_drop_apply(toc_exercise *x, const toc_event *in)
{
    (void)x;
    (void)in;
}

void toc_wake_apply(toc_exercise *x, const toc_event *in)
{
    (void)x;
    (void)in;
}
