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
static toc_err note_unsent(toc_exercise *x, size_t inject);
static size_t find_storyline(const toc_exercise *x, const char *name);
static toc_err find_live(const toc_exercise *x, const toc_event *in, size_t *i, toc_error *e);
static toc_err fail_unknown(const toc_exercise *x, const char *name, toc_error *e);
static bool is_live(const storyline_now *s);
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
        if (is_live(&x->storylines[i]))
            x->storylines[i].state = STORYLINE_ENDED;
}

// ---- drop, wake ------------------------------------------------------------------------------------

toc_err toc_drop_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    size_t i;
    return find_live(x, in, &i, e);
}

void toc_drop_apply(toc_exercise *x, const toc_event *in)
{
    size_t i = find_storyline(x, toc_event_str(in, TOC_F_STORYLINE));
    storyline_now *s = &x->storylines[i];
    s->state = STORYLINE_DROPPED;
    s->dropped_by = toc_strdup(toc_event_str(in, TOC_F_BY));
    s->dropped = x->now;
    toc_schedule_remove(&x->schedule, TOC_DUE_WAKE, i);
    if (x->script && x->script->drop)
        x->script->drop(x->script->self, i);
    tell(x, s, "dropped");
}

toc_err toc_wake_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    size_t i;
    toc_err err = find_live(x, in, &i, e);
    if (err || x->storylines[i].state == STORYLINE_ASLEEP)
        return err;
    const storyline_now *s = &x->storylines[i];
    toc_buf what = {0};
    for (size_t k = 0; k < s->asking_count; k++) {
        const toc_decision *d = &x->plan->decisions[s->asking[k]];
        if (!toc_decision_is_settled(x, s->asking[k]))
            toc_buf_printf(&what, "%s%s (%s)", what.len ? ", " : "", d->id, d->team);
    }
    err = toc_fail(e, TOC_EREFUSED,
                   "%.200s waits for an answer, not for a time: %s; it goes on when that is decided",
                   s->name, toc_buf_text(&what));
    toc_buf_fini(&what);
    return err;
}

void toc_wake_apply(toc_exercise *x, const toc_event *in)
{
    size_t i = find_storyline(x, toc_event_str(in, TOC_F_STORYLINE));
    toc_schedule_remove(&x->schedule, TOC_DUE_WAKE, i);
    toc_storyline_wake(x, i);
}

// ---- actions ---------------------------------------------------------------------------------------

toc_err toc_action_send(toc_exercise *x, size_t inject, toc_error *e)
{
    toc_err err = may_act(x, e);
    if (err)
        return err;
    if (toc_inject_is_gone(x, inject) || toc_inject_is_moved(x, inject))
        return note_unsent(x, inject);
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

// Somebody or something was first, or EXCON has given it a time.
static toc_err note_unsent(toc_exercise *x, size_t inject)
{
    const char *id = x->plan->injects[inject].id;
    const inject_now *now = &x->injects[inject];
    toc_buf text = {0};
    if (now->state == TOC_INJECT_SENT || now->state == TOC_INJECT_SKIPPED) {
        toc_buf_printf(&text, "%s is not sent again: it was %s", id,
                       now->state == TOC_INJECT_SENT ? "sent before" : "skipped by EXCON");
    } else if (now->state == TOC_INJECT_CUED) {
        toc_buf_printf(&text, "%s is not cued again: %s has the cue", id,
                       x->plan->injects[inject].voice);
    } else {
        toc_buf_printf(&text, "%s is not sent now: EXCON moved it to ", id);
        toc_play_text(&text, now->moved_to);
    }
    note(x, toc_buf_text(&text));
    toc_buf_fini(&text);
    return TOC_OK;
}

// Names are each storyline's own. Handlers have none that people know.
static size_t find_storyline(const toc_exercise *x, const char *name)
{
    for (size_t i = 0; i < x->storyline_count; i++)
        if (x->storylines[i].is_told && strcmp(x->storylines[i].name, name) == 0)
            return i;
    return TOC_NONE;
}

static toc_err find_live(const toc_exercise *x, const toc_event *in, size_t *i, toc_error *e)
{
    const char *name = toc_event_str(in, TOC_F_STORYLINE);
    *i = find_storyline(x, name);
    if (*i == TOC_NONE)
        return fail_unknown(x, name, e);
    const storyline_now *s = &x->storylines[*i];
    if (is_live(s))
        return TOC_OK;
    if (s->state == STORYLINE_ENDED)
        return toc_fail(e, TOC_EREFUSED, "%.200s has ended already", s->name);
    toc_buf when = {0};
    toc_play_text(&when, s->dropped);
    toc_err err = toc_fail(e, TOC_EREFUSED, "%.200s was dropped already, by %s at %s", s->name,
                           s->dropped_by, toc_buf_text(&when));
    toc_buf_fini(&when);
    return err;
}

static toc_err fail_unknown(const toc_exercise *x, const char *name, toc_error *e)
{
    enum { NAMES_MOST = 5 };
    toc_buf names = {0};
    size_t count = 0;
    for (size_t i = 0; i < x->storyline_count && count < NAMES_MOST; i++) {
        if (!x->storylines[i].is_told || !is_live(&x->storylines[i]))
            continue;
        toc_buf_printf(&names, "%s%.60s", count++ ? ", " : "", x->storylines[i].name);
    }
    toc_err err = count ? toc_fail(e, TOC_EREFUSED, "no storyline \"%.60s\" runs; there are: %s",
                                   name, toc_buf_text(&names))
                        : toc_fail(e, TOC_EREFUSED, "no storyline \"%.60s\" runs, and no other",
                                   name);
    toc_buf_fini(&names);
    return err;
}

static bool is_live(const storyline_now *s)
{
    return s->state < STORYLINE_ENDED;
}

static void tell(toc_exercise *x, const storyline_now *s, const char *state)
{
    if (!s->is_told)
        return;
    toc_event *ev = toc_emit(x, TOC_K_STORYLINE);
    toc_event_set_str(ev, TOC_F_STORYLINE, s->name);
    toc_event_set_str(ev, TOC_F_STATE, state);
}
