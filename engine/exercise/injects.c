// SPDX-License-Identifier: MIT
// Injects: planned → (held) → sent, or skipped. An inject goes out once.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "state.h"

static toc_err make_text(toc_exercise *x, size_t i, toc_buf *text, toc_error *e);
static void emit_inject(toc_exercise *x, size_t i, const char *text);
static void emit_held(toc_exercise *x, size_t i);
static void schedule_after(toc_exercise *x, size_t i);
static void schedule_span(toc_exercise *x, toc_due due, toc_span span);

static void set_reason(inject_now *now, const char *reason)
{
    char *copy = toc_strdup(reason);
    free(now->reason);
    now->reason = copy;
}

void toc_injects_schedule(toc_exercise *x)
{
    for (size_t i = 0; i < x->plan->inject_count; i++) {
        toc_at at = x->plan->injects[i].at;
        if (at.kind != TOC_AT_PLAY && at.kind != TOC_AT_STORY)
            continue;
        toc_due due = {.kind = TOC_DUE_INJECT, .index = i, .cause = x->cause};
        due.is_story = at.kind == TOC_AT_STORY;
        due.story = at.ms;
        due.due = due.is_story ? toc_play_of_story(x, at.ms) : at.ms;
        toc_schedule_add(&x->schedule, due);
    }
}

void toc_inject_due(toc_exercise *x, size_t i)
{
    inject_now *now = &x->injects[i];
    if (now->state == TOC_INJECT_HELD && !now->is_wanted) {
        now->is_wanted = true; // goes when EXCON releases it, who is told that it is due now
        emit_held(x, i);
    } else if (now->state == TOC_INJECT_PLANNED && x->plan->injects[i].manual) {
        toc_inject_hold(x, i, "waits for release by EXCON");
        now->is_wanted = true;
        emit_held(x, i);
    } else if (now->state == TOC_INJECT_PLANNED) {
        toc_inject_send(x, i);
    }
}

void toc_inject_hold(toc_exercise *x, size_t i, const char *reason)
{
    x->injects[i].state = TOC_INJECT_HELD;
    set_reason(&x->injects[i], reason);
}

void toc_inject_say_held(toc_exercise *x, size_t i, const char *reason)
{
    toc_inject_hold(x, i, reason);
    x->injects[i].is_wanted = true;
    emit_held(x, i);
}

// Story time passed over its time: whether it still fits is EXCON's to say.
void toc_inject_cross(toc_exercise *x, size_t i, const char *phase)
{
    toc_inject_state state = x->injects[i].state;
    if (state == TOC_INJECT_SENT || state == TOC_INJECT_SKIPPED)
        return;
    char *reason = toc_sprintf("its story time was passed over when phase %s began", phase);
    toc_inject_say_held(x, i, reason);
    free(reason);
}

void toc_inject_arm(toc_exercise *x, size_t i, size_t expectation, const char *reason)
{
    toc_inject_hold(x, i, reason);
    x->injects[i].is_wanted = true;
    x->injects[i].armed_by = expectation;
    toc_event *ev = toc_emit(x, TOC_K_ARMED);
    toc_event_set_str(ev, TOC_F_INJECT, x->plan->injects[i].id);
    toc_event_set_str(ev, TOC_F_EXPECTATION, x->plan->expectations[expectation].id);
    toc_event_set_str(ev, TOC_F_REASON, reason);
}

// One whose time has not come is planned again, and is sent when it has.
void toc_inject_release(toc_exercise *x, size_t i)
{
    inject_now *now = &x->injects[i];
    if (now->is_wanted) {
        toc_inject_send(x, i);
        return;
    }
    now->state = TOC_INJECT_PLANNED;
    set_reason(now, NULL);
}

void toc_inject_skip(toc_exercise *x, size_t i, const char *reason)
{
    x->injects[i].state = TOC_INJECT_SKIPPED;
    set_reason(&x->injects[i], reason);
    toc_schedule_remove(&x->schedule, TOC_DUE_INJECT, i);
}

void toc_inject_send(toc_exercise *x, size_t i)
{
    inject_now *now = &x->injects[i];
    toc_buf text = {0};
    toc_error e = {0};
    toc_schedule_remove(&x->schedule, TOC_DUE_INJECT, i);
    if (make_text(x, i, &text, &e) != TOC_OK) {
        char *reason = toc_sprintf("its text failed: %s", e.msg);
        toc_inject_hold(x, i, reason);
        now->is_wanted = true;
        emit_held(x, i);
        free(reason);
    } else {
        emit_inject(x, i, toc_buf_text(&text));
        schedule_after(x, i);
        toc_expectations_sent(x, i);
    }
    toc_buf_fini(&text);
}

// A party is shown by its name, free text as it is.
const char *toc_inject_speaker(const toc_exercise *x, const toc_inject *plan)
{
    size_t party = plan->from ? toc_plan_party(x->plan, plan->from) : TOC_NONE;
    return party == TOC_NONE ? plan->from : x->plan->parties[party].name;
}

void toc_inject_set_attach(const toc_exercise *x, const toc_inject *plan, toc_event *ev)
{
    char **pairs = toc_alloc((2 * plan->attach_count + 1) * sizeof *pairs); // borrowed
    for (size_t a = 0; a < plan->attach_count; a++) {
        pairs[2 * a] = x->plan->attachments[plan->attach[a]].path;
        pairs[2 * a + 1] = x->plan->attachments[plan->attach[a]].sha256;
    }
    toc_event_set_pairs(ev, TOC_F_ATTACH, pairs, plan->attach_count);
    free(pairs);
}

static toc_err make_text(toc_exercise *x, size_t i, toc_buf *text, toc_error *e)
{
    const char *plain = x->plan->injects[i].text;
    if (!x->script) {
        if (!plain || strstr(plain, "{{"))
            return toc_fail(e, TOC_ESCENARIO, "it needs the scripts, which do not run any more");
        toc_buf_str(text, plain);
        return TOC_OK;
    }
    size_t current = x->current; // a text only asks; it is no storyline that acts
    x->current = TOC_NONE;
    toc_err err = x->script->text(x->script->self, x, i, text, e);
    x->current = current;
    return err;
}

static void emit_inject(toc_exercise *x, size_t i, const char *text)
{
    const toc_inject *plan = &x->plan->injects[i];
    inject_now *now = &x->injects[i];
    size_t party = plan->from ? toc_plan_party(x->plan, plan->from) : TOC_NONE;
    toc_event *ev = toc_emit(x, TOC_K_INJECT);
    item *it = toc_item_add(x, ev->seq);
    it->inject = i;
    it->from = party == TOC_NONE ? NULL : toc_strdup(plan->from);
    it->to_count = plan->to_count;
    it->to = toc_alloc((plan->to_count + 1) * sizeof *it->to);
    it->text = toc_strdup(text);
    for (size_t t = 0; t < plan->to_count; t++)
        it->to[t] = toc_strdup(x->plan->teams[plan->to[t]].id);

    toc_event_set_str(ev, TOC_F_INJECT, plan->id);
    toc_event_set_str(ev, TOC_F_FROM, toc_inject_speaker(x, plan));
    toc_event_set_list(ev, TOC_F_TO, it->to, it->to_count);
    toc_event_set_str(ev, TOC_F_CHANNEL, plan->channel);
    toc_event_set_int(ev, TOC_F_URGENT, plan->urgent);
    toc_event_set_int(ev, TOC_F_ACK, plan->ack);
    toc_event_set_str(ev, TOC_F_TITLE, plan->title);
    toc_event_set_str(ev, TOC_F_TEXT, text);
    toc_event_set_str(ev, TOC_F_OBJECTIVE, plan->objective);
    toc_event_set_str(ev, TOC_F_NOTES, plan->notes);
    toc_inject_set_attach(x, plan, ev);

    now->state = TOC_INJECT_SENT;
    now->sent = x->now;
    now->seq = ev->seq;
    now->is_wanted = false;
    now->armed_by = TOC_NONE;
    set_reason(now, NULL);
}

static void emit_held(toc_exercise *x, size_t i)
{
    toc_event *ev = toc_emit(x, TOC_K_HELD);
    toc_event_set_str(ev, TOC_F_INJECT, x->plan->injects[i].id);
    toc_event_set_str(ev, TOC_F_REASON, x->injects[i].reason);
}

// Injects and decisions declared as "INJ-40 +15m" are due from now on.
static void schedule_after(toc_exercise *x, size_t i)
{
    toc_due due = {.kind = TOC_DUE_INJECT, .cause = x->injects[i].seq};
    for (size_t k = 0; k < x->plan->inject_count; k++) {
        toc_at at = x->plan->injects[k].at;
        inject_now *now = &x->injects[k];
        if (at.kind != TOC_AT_AFTER || at.inject != i || now->state == TOC_INJECT_SENT ||
            now->state == TOC_INJECT_SKIPPED)
            continue;
        due.index = k;
        schedule_span(x, due, at.after);
    }
    due.kind = TOC_DUE_ASK;
    for (size_t k = 0; k < x->plan->decision_count; k++) {
        toc_at at = x->plan->decisions[k].at;
        if (at.kind != TOC_AT_AFTER || at.inject != i)
            continue;
        due.index = k;
        schedule_span(x, due, at.after);
    }
}

static void schedule_span(toc_exercise *x, toc_due due, toc_span span)
{
    due.is_story = span.is_story;
    due.story = span.is_story ? toc_story_after(x, toc_story_now(x), span) : 0;
    due.due = span.is_story ? toc_play_of_story(x, due.story) : x->now + span.ms;
    toc_schedule_add(&x->schedule, due);
}
