// SPDX-License-Identifier: MIT
// Injects: planned → (held) → (cued) → sent, or skipped. An inject goes out once. What EXCON adds in play
// is a row like those of the plan.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "state.h"

static toc_err make_text(toc_exercise *x, size_t i, toc_buf *text, toc_error *e);
static void cue(toc_exercise *x, size_t i, const char *text);
static void send_text(toc_exercise *x, size_t i, const char *text);
static int64_t emit_inject(toc_exercise *x, size_t i, const char *text);
static void emit_held(toc_exercise *x, size_t i);
static void schedule_after(toc_exercise *x, size_t i);
static void schedule_span(toc_exercise *x, toc_due due, toc_span span);
static void set_state(toc_exercise *x, size_t i, toc_inject_state state, const char *reason);
static void want(toc_exercise *x, size_t i);
static void replace(char **old, const char *text);

// ---- rows ----------------------------------------------------------------------------------------

void toc_injects_init(toc_exercise *x)
{
    for (size_t i = 0; i < x->plan->inject_count; i++)
        toc_inject_add(x, NULL);
}

void toc_injects_fini(toc_exercise *x)
{
    for (size_t i = 0; i < x->inject_count; i++) {
        inject_now *now = &x->injects[i];
        free(now->reason);
        free(now->by);
        free(now->title);
        free(now->text);
        free(now->script);
        free(now->is_read);
        free(now->is_acked);
        free(now->aware);
    }
    for (size_t i = 0; x->plan->inject_count + i < x->inject_count; i++) {
        toc_inject *row = x->adhoc[i];
        free(row->id);
        free(row->from);
        free(row->channel);
        free(row->title);
        free(row->text);
        free(row->objective);
        free(row->to);
        free(row);
    }
    free(x->injects);
    free(x->adhoc);
}

// row_take is NULL for those of the plan.
size_t toc_inject_add(toc_exercise *x, toc_inject *row_take)
{
    size_t teams = x->plan->team_count;
    TOC_GROW(x->injects, x->inject_count, x->inject_capacity);
    inject_now *now = &x->injects[x->inject_count];
    *now = (inject_now){.sent = -1, .wanted = -1, .moved_from = -1, .armed_by = TOC_NONE};
    now->is_read = toc_alloc(teams + 1);
    now->is_acked = toc_alloc(teams + 1);
    now->aware = toc_alloc((teams + 1) * sizeof *now->aware);
    for (size_t t = 0; t < teams; t++)
        now->aware[t] = -1;
    if (row_take) {
        size_t count = x->inject_count - x->plan->inject_count;
        TOC_GROW(x->adhoc, count, x->adhoc_capacity);
        x->adhoc[count] = row_take;
    }
    return x->inject_count++;
}

size_t toc_exercise_inject_count(const toc_exercise *x)
{
    return x->inject_count;
}

const toc_inject *toc_exercise_inject_row(const toc_exercise *x, size_t inject)
{
    size_t planned = x->plan->inject_count;
    return inject < planned ? &x->plan->injects[inject] : x->adhoc[inject - planned];
}

size_t toc_exercise_inject_find(const toc_exercise *x, const char *id)
{
    for (size_t i = 0; i < x->inject_count; i++)
        if (strcmp(toc_exercise_inject_row(x, i)->id, id) == 0)
            return i;
    return TOC_NONE;
}

const char *toc_inject_title(const toc_exercise *x, size_t i)
{
    const char *edited = x->injects[i].title;
    return edited ? edited : toc_exercise_inject_row(x, i)->title;
}

int64_t toc_inject_time(const toc_exercise *x, size_t i)
{
    const inject_now *now = &x->injects[i];
    toc_at at = toc_exercise_inject_row(x, i)->at;
    toc_due due;
    if (toc_schedule_find(&x->schedule, TOC_DUE_INJECT, i, &due))
        return due.due;
    if (x->state != TOC_PLAY_LOBBY || toc_inject_is_gone(x, i))
        return -1;
    if (now->is_moved)
        return now->moved_to;
    return at.kind == TOC_AT_PLAY    ? at.ms
           : at.kind == TOC_AT_STORY ? toc_play_of_story(x, at.ms)
                                     : -1;
}

bool toc_inject_is_gone(const toc_exercise *x, size_t i)
{
    return x->injects[i].state >= TOC_INJECT_CUED;
}

bool toc_inject_is_moved(const toc_exercise *x, size_t i)
{
    const inject_now *now = &x->injects[i];
    return now->is_moved && !toc_inject_is_gone(x, i) && now->moved_to > x->now;
}

void toc_inject_set_by(toc_exercise *x, size_t i, const char *by)
{
    replace(&x->injects[i].by, by);
}

// A party is shown by its name, free text as it is.
const char *toc_inject_speaker(const toc_exercise *x, const toc_inject *row)
{
    size_t party = row->from ? toc_plan_party(x->plan, row->from) : TOC_NONE;
    return party == TOC_NONE ? row->from : x->plan->parties[party].name;
}

void toc_inject_set_attach(const toc_exercise *x, const toc_inject *row, toc_event *ev)
{
    char **pairs = toc_alloc((2 * row->attach_count + 1) * sizeof *pairs); // borrowed
    for (size_t a = 0; a < row->attach_count; a++) {
        pairs[2 * a] = x->plan->attachments[row->attach[a]].path;
        pairs[2 * a + 1] = x->plan->attachments[row->attach[a]].sha256;
    }
    toc_event_set_pairs(ev, TOC_F_ATTACH, pairs, row->attach_count);
    free(pairs);
}

// ---- from state to state ---------------------------------------------------------------------------

void toc_injects_schedule(toc_exercise *x)
{
    for (size_t i = 0; i < x->inject_count; i++) {
        const inject_now *now = &x->injects[i];
        toc_at at = toc_exercise_inject_row(x, i)->at;
        if (now->is_moved)
            at = (toc_at){.kind = TOC_AT_PLAY, .ms = now->moved_to};
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
    const inject_now *now = &x->injects[i];
    if (now->state == TOC_INJECT_HELD && !now->is_wanted) {
        want(x, i); // goes when EXCON releases it, who is told that it is due now
        emit_held(x, i);
    } else if (now->state == TOC_INJECT_PLANNED && toc_exercise_inject_row(x, i)->manual) {
        toc_inject_say_held(x, i, "waits for release by EXCON");
    } else if (now->state == TOC_INJECT_PLANNED) {
        toc_inject_send(x, i);
    }
}

// The cue of one that is cued is taken back: its time has come, and it is given again at its release.
void toc_inject_hold(toc_exercise *x, size_t i, const char *reason)
{
    if (x->injects[i].state == TOC_INJECT_CUED)
        want(x, i);
    replace(&x->injects[i].script, NULL);
    set_state(x, i, TOC_INJECT_HELD, reason);
}

void toc_inject_say_held(toc_exercise *x, size_t i, const char *reason)
{
    toc_inject_hold(x, i, reason);
    want(x, i);
    emit_held(x, i);
}

// Story time passed over its time: whether it still fits is EXCON's to say.
void toc_inject_cross(toc_exercise *x, size_t i, const char *phase)
{
    if (toc_inject_is_gone(x, i))
        return;
    char *reason = toc_sprintf("its story time was passed over when phase %s began", phase);
    toc_inject_say_held(x, i, reason);
    free(reason);
}

void toc_inject_arm(toc_exercise *x, size_t i, size_t expectation, const char *reason)
{
    toc_inject_hold(x, i, reason);
    want(x, i);
    x->injects[i].armed_by = expectation;
    toc_event *ev = toc_emit(x, TOC_K_ARMED);
    toc_event_set_str(ev, TOC_F_INJECT, toc_exercise_inject_row(x, i)->id);
    toc_event_set_str(ev, TOC_F_EXPECTATION, x->plan->expectations[expectation].id);
    toc_event_set_str(ev, TOC_F_REASON, reason);
}

// One whose time has not come is planned again, and is sent when it has.
void toc_inject_release(toc_exercise *x, size_t i)
{
    if (x->injects[i].is_wanted)
        toc_inject_send(x, i);
    else
        set_state(x, i, TOC_INJECT_PLANNED, NULL);
}

void toc_inject_skip(toc_exercise *x, size_t i, const char *reason)
{
    set_state(x, i, TOC_INJECT_SKIPPED, reason);
    toc_schedule_remove(&x->schedule, TOC_DUE_INJECT, i);
}

void toc_inject_send(toc_exercise *x, size_t i)
{
    toc_buf text = {0};
    toc_error e = {0};
    toc_schedule_remove(&x->schedule, TOC_DUE_INJECT, i);
    if (make_text(x, i, &text, &e) != TOC_OK) {
        char *reason = toc_sprintf("its text failed: %s", e.msg);
        toc_inject_say_held(x, i, reason);
        free(reason);
    } else if (toc_exercise_inject_row(x, i)->voice) {
        cue(x, i, toc_buf_text(&text));
    } else {
        send_text(x, i, toc_buf_text(&text));
    }
    toc_buf_fini(&text);
}

// Whoever was told by word of mouth knows it.
void toc_inject_deliver(toc_exercise *x, size_t i, const char *text)
{
    const toc_inject *row = toc_exercise_inject_row(x, i);
    char *words = toc_strdup(text ? text : x->injects[i].script);
    send_text(x, i, words);
    for (size_t t = 0; t < row->to_count; t++) {
        x->injects[i].aware[row->to[t]] = x->now;
        toc_expectations_aware(x, i, row->to[t]);
    }
    free(words);
}

static toc_err make_text(toc_exercise *x, size_t i, toc_buf *text, toc_error *e)
{
    bool is_declared = i < x->plan->inject_count && !x->injects[i].text;
    const char *plain =
        x->injects[i].text ? x->injects[i].text : toc_exercise_inject_row(x, i)->text;
    if (!x->script || (!is_declared && !x->script->fill)) {
        if (!plain || strstr(plain, "{{"))
            return toc_fail(e, TOC_ESCENARIO, "it needs the scripts, which do not run any more");
        toc_buf_str(text, plain);
        return TOC_OK;
    }
    size_t current = x->current; // a text only asks; it is no storyline that acts
    x->current = TOC_NONE;
    toc_err err = is_declared ? x->script->text(x->script->self, x, i, text, e)
                              : x->script->fill(x->script->self, x, plain, text, e);
    x->current = current;
    return err;
}

static void cue(toc_exercise *x, size_t i, const char *text)
{
    const toc_inject *row = toc_exercise_inject_row(x, i);
    char **to = toc_alloc((row->to_count + 1) * sizeof *to); // borrowed
    for (size_t t = 0; t < row->to_count; t++)
        to[t] = x->plan->teams[row->to[t]].id;
    toc_event *ev = toc_emit(x, TOC_K_CUE);
    toc_event_set_str(ev, TOC_F_INJECT, row->id);
    toc_event_set_str(ev, TOC_F_CONTROLLER, row->voice);
    toc_event_set_str(ev, TOC_F_FROM, toc_inject_speaker(x, row));
    toc_event_set_list(ev, TOC_F_TO, to, row->to_count);
    toc_event_set_str(ev, TOC_F_CHANNEL, row->channel);
    toc_event_set_int(ev, TOC_F_URGENT, row->urgent);
    toc_event_set_str(ev, TOC_F_TITLE, toc_inject_title(x, i));
    toc_event_set_str(ev, TOC_F_TEXT, text);
    toc_event_set_str(ev, TOC_F_OBJECTIVE, row->objective);
    toc_event_set_str(ev, TOC_F_NOTES, row->notes);
    free(to);
    set_state(x, i, TOC_INJECT_CUED, NULL);
    replace(&x->injects[i].script, text);
}

static void send_text(toc_exercise *x, size_t i, const char *text)
{
    int64_t seq = emit_inject(x, i, text);
    inject_now *now = &x->injects[i];
    set_state(x, i, TOC_INJECT_SENT, NULL);
    replace(&now->script, NULL);
    now->sent = x->now;
    now->sent_story = toc_story_now(x);
    now->seq = seq;
    schedule_after(x, i);
    toc_expectations_sent(x, i);
}

static int64_t emit_inject(toc_exercise *x, size_t i, const char *text)
{
    const toc_inject *row = toc_exercise_inject_row(x, i);
    size_t party = row->from ? toc_plan_party(x->plan, row->from) : TOC_NONE;
    toc_event *ev = toc_emit(x, TOC_K_INJECT);
    item *it = toc_item_add(x, ev->seq);
    it->inject = i;
    it->from = party == TOC_NONE ? NULL : toc_strdup(row->from);
    it->to_count = row->to_count;
    it->to = toc_alloc((row->to_count + 1) * sizeof *it->to);
    it->text = toc_strdup(text);
    for (size_t t = 0; t < row->to_count; t++)
        it->to[t] = toc_strdup(x->plan->teams[row->to[t]].id);

    toc_event_set_str(ev, TOC_F_INJECT, row->id);
    toc_event_set_str(ev, TOC_F_FROM, toc_inject_speaker(x, row));
    toc_event_set_list(ev, TOC_F_TO, it->to, it->to_count);
    toc_event_set_str(ev, TOC_F_CHANNEL, row->channel);
    toc_event_set_int(ev, TOC_F_URGENT, row->urgent);
    toc_event_set_int(ev, TOC_F_ACK, row->ack);
    toc_event_set_str(ev, TOC_F_TITLE, toc_inject_title(x, i));
    toc_event_set_str(ev, TOC_F_TEXT, text);
    toc_event_set_int(ev, TOC_F_VOICE, row->voice != NULL);
    toc_event_set_str(ev, TOC_F_OBJECTIVE, row->objective);
    toc_event_set_str(ev, TOC_F_NOTES, row->notes);
    toc_inject_set_attach(x, row, ev);
    return ev->seq;
}

static void emit_held(toc_exercise *x, size_t i)
{
    toc_event *ev = toc_emit(x, TOC_K_HELD);
    toc_event_set_str(ev, TOC_F_INJECT, toc_exercise_inject_row(x, i)->id);
    toc_event_set_str(ev, TOC_F_REASON, x->injects[i].reason);
}

// Injects and decisions declared as "INJ-40 +15m" are due from now on, unless EXCON gave them another time.
static void schedule_after(toc_exercise *x, size_t i)
{
    toc_due due = {.kind = TOC_DUE_INJECT, .cause = x->injects[i].seq};
    for (size_t k = 0; k < x->plan->inject_count; k++) {
        toc_at at = x->plan->injects[k].at;
        if (at.kind != TOC_AT_AFTER || at.inject != i || toc_inject_is_gone(x, k) ||
            x->injects[k].is_moved)
            continue;
        due.index = k;
        schedule_span(x, due, at.after);
    }
    due.kind = TOC_DUE_ASK;
    for (size_t k = 0; k < x->plan->decision_count; k++) {
        toc_at at = x->plan->decisions[k].at;
        if (at.kind != TOC_AT_AFTER || at.inject != i || x->decisions[k].is_moved)
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

// Nobody did it, until toc_inject_set_by says who. What hung on its being held is over unless it still is.
static void set_state(toc_exercise *x, size_t i, toc_inject_state state, const char *reason)
{
    inject_now *now = &x->injects[i];
    now->state = state;
    now->since = x->now;
    replace(&now->reason, reason);
    replace(&now->by, NULL);
    if (state == TOC_INJECT_HELD)
        return;
    now->is_wanted = false;
    now->armed_by = TOC_NONE;
}

static void want(toc_exercise *x, size_t i)
{
    x->injects[i].is_wanted = true;
    x->injects[i].wanted = x->now;
}

// text may be the old one.
static void replace(char **old, const char *text)
{
    char *copy = toc_strdup(text);
    free(*old);
    *old = copy;
}
