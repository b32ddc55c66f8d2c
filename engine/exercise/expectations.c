// SPDX-License-Identifier: MIT
// Expectations: what players should do by a time. planned → open (its deadline is known) → met; or overdue,
// then late or not observed. They are observed by a condition, a product handed in, a script's word or
// somebody's mark, and marks may correct each other. Absence arms the contingency inject.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "state.h"

// From when a deadline counts: in play and in the story.
typedef struct {
    int64_t play, story;
} base;

static void open_from(toc_exercise *x, size_t i, base from);
static void open_at(toc_exercise *x, size_t i, int64_t deadline, int64_t story, bool is_story);
static void open_those_after(toc_exercise *x, size_t i, base from);
static void arm(toc_exercise *x, size_t i);
static void tell_met_since(toc_exercise *x, size_t i);
static toc_event *tell(toc_exercise *x, size_t i);
static void tell_open(toc_exercise *x, size_t i);
static void set_state(toc_exercise *x, size_t i, toc_expect_state state, const char *by);
static base base_now(const toc_exercise *x);

const char *toc_expect_state_name(toc_expect_state s)
{
    static const char *const names[] = {"planned", "open", "crossed",      "overdue",
                                        "met",     "late", "not-observed", "not-exercised"};
    return names[s];
}

void toc_expectations_init(toc_exercise *x)
{
    x->expectations = toc_alloc((x->plan->expectation_count + 1) * sizeof *x->expectations);
    for (size_t i = 0; i < x->plan->expectation_count; i++)
        x->expectations[i].deadline = -1;
}

void toc_expectations_fini(toc_exercise *x)
{
    for (size_t i = 0; i < x->plan->expectation_count; i++)
        free(x->expectations[i].by);
    free(x->expectations);
}

// ---- deadlines -------------------------------------------------------------------------------------

void toc_expectations_schedule(toc_exercise *x)
{
    for (size_t i = 0; i < x->plan->expectation_count; i++) {
        toc_at by = x->plan->expectations[i].by;
        if (by.kind == TOC_AT_PLAY)
            open_at(x, i, by.ms, 0, false);
        else if (by.kind == TOC_AT_STORY)
            open_at(x, i, 0, by.ms, true);
    }
}

void toc_expectations_sent(toc_exercise *x, size_t inject)
{
    for (size_t i = 0; i < x->plan->expectation_count; i++) {
        const toc_at *by = &x->plan->expectations[i].by;
        if (by->kind == TOC_AT_AFTER && by->inject == inject)
            open_from(x, i, base_now(x));
    }
}

void toc_expectations_aware(toc_exercise *x, size_t inject, size_t team)
{
    for (size_t i = 0; i < x->plan->expectation_count; i++) {
        const toc_expectation *plan = &x->plan->expectations[i];
        if (plan->by.kind == TOC_AT_AWARE && plan->by.inject == inject && plan->team == team)
            open_from(x, i, base_now(x));
    }
}

static void open_those_after(toc_exercise *x, size_t i, base from)
{
    for (size_t k = 0; k < x->plan->expectation_count; k++) {
        const toc_at *by = &x->plan->expectations[k].by;
        if (by->kind == TOC_AT_MET && by->expectation == i)
            open_from(x, k, from);
    }
}

static void open_from(toc_exercise *x, size_t i, base from)
{
    toc_span after = x->plan->expectations[i].by.after;
    int64_t story = after.is_story ? toc_story_after(x, from.story, after) : 0;
    open_at(x, i, from.play + after.ms, story, after.is_story);
}

static void open_at(toc_exercise *x, size_t i, int64_t deadline, int64_t story, bool is_story)
{
    expect_now *now = &x->expectations[i];
    if (!toc_in_play(x) || now->deadline >= 0)
        return;
    now->is_story = is_story;
    now->deadline_story = story;
    now->deadline = is_story ? toc_play_of_story(x, story) : deadline;
    if (now->state != TOC_EXPECT_PLANNED)
        return; // met or marked before
    now->state = TOC_EXPECT_OPEN;
    tell_open(x, i);
    toc_schedule_add(&x->schedule, (toc_due){.kind = TOC_DUE_EXPECT,
                                             .index = i,
                                             .cause = now->seq,
                                             .due = now->deadline,
                                             .is_story = is_story,
                                             .story = story});
    if (now->is_handed_in)
        toc_expectation_meet(x, i, "product");
}

void toc_expectations_rebase(toc_exercise *x)
{
    for (size_t i = 0; i < x->plan->expectation_count; i++) {
        expect_now *now = &x->expectations[i];
        if (!now->is_story || now->deadline < 0 || now->deadline <= x->now)
            continue;
        int64_t before = now->deadline;
        now->deadline = toc_play_of_story(x, now->deadline_story);
        if (now->state == TOC_EXPECT_OPEN && now->deadline != before)
            tell_open(x, i);
    }
}

// It is left in the schedule when somebody marks it: a mark tells what was seen, and does not take away
// the consequence.
void toc_expectation_deadline(toc_exercise *x, size_t i)
{
    expect_now *now = &x->expectations[i];
    if (now->state != TOC_EXPECT_OPEN && now->state != TOC_EXPECT_NOT_OBSERVED)
        return;
    if (now->state == TOC_EXPECT_OPEN) {
        set_state(x, i, TOC_EXPECT_OVERDUE, NULL);
        x->cause = tell(x, i)->seq;
    }
    arm(x, i);
    base from = base_now(x);
    if (now->is_story)
        from.story = now->deadline_story;
    open_those_after(x, i, from);
}

void toc_expectations_cross(toc_exercise *x, int64_t story_ms)
{
    const int64_t cause = x->cause;
    for (size_t i = 0; i < x->plan->expectation_count; i++) {
        expect_now *now = &x->expectations[i];
        bool is_waited_for = now->state == TOC_EXPECT_OPEN || now->state == TOC_EXPECT_NOT_OBSERVED;
        if (!is_waited_for || !now->is_story || now->deadline_story > story_ms)
            continue;
        toc_schedule_remove(&x->schedule, TOC_DUE_EXPECT, i);
        if (now->state == TOC_EXPECT_OPEN) {
            set_state(x, i, TOC_EXPECT_CROSSED, NULL);
            toc_event *ev = tell(x, i);
            toc_story_set(x, ev, now->deadline_story);
            x->cause = ev->seq;
        }
        open_those_after(x, i, (base){.play = x->now, .story = now->deadline_story});
        x->cause = cause;
    }
}

// "EXP-01 was not observed by T+0:40": its contingency inject goes, or waits for EXCON's word.
static void arm(toc_exercise *x, size_t i)
{
    const toc_expectation *plan = &x->plan->expectations[i];
    if (plan->contingency == TOC_NONE)
        return;
    toc_inject_state state = x->injects[plan->contingency].state;
    if (toc_inject_is_gone(x, plan->contingency) || toc_inject_is_moved(x, plan->contingency))
        return;
    // One that is held already, by EXCON or for another expectation, is EXCON's: tell them once more.
    if (!plan->manual && state != TOC_INJECT_HELD) {
        toc_inject_due(x, plan->contingency);
        return;
    }
    toc_buf reason = {0};
    toc_buf_printf(&reason, "%s was not observed by ", plan->id);
    toc_play_text(&reason, x->expectations[i].deadline);
    toc_buf_str(&reason, "; release sends it");
    toc_inject_arm(x, plan->contingency, i, toc_buf_text(&reason));
    toc_buf_fini(&reason);
}

void toc_expectations_end(toc_exercise *x)
{
    for (size_t i = 0; i < x->plan->expectation_count; i++) {
        const expect_now *now = &x->expectations[i];
        if (now->state > TOC_EXPECT_OVERDUE)
            continue;
        bool was_due = now->state == TOC_EXPECT_OVERDUE ||
                       (now->state == TOC_EXPECT_OPEN && now->deadline <= x->now);
        set_state(x, i, was_due ? TOC_EXPECT_NOT_OBSERVED : TOC_EXPECT_NOT_EXERCISED, NULL);
        tell(x, i);
    }
}

// ---- what meets them -------------------------------------------------------------------------------

bool toc_expectations_ask(toc_exercise *x)
{
    for (size_t i = 0; i < x->plan->expectation_count; i++) {
        expect_now *now = &x->expectations[i];
        bool is_waited_for = now->state == TOC_EXPECT_OPEN || now->state == TOC_EXPECT_CROSSED ||
                             now->state == TOC_EXPECT_OVERDUE;
        if (!x->plan->expectations[i].has_condition || !is_waited_for || now->is_broken)
            continue;
        bool is_met = false;
        toc_error e;
        if (x->script->met(x->script->self, x, i, &is_met, &e) != TOC_OK) {
            char *text = toc_sprintf("%s: its condition failed and is not asked again: %s",
                                     x->plan->expectations[i].id, e.msg);
            now->is_broken = true;
            toc_event_set_str(toc_emit(x, TOC_K_ERROR), TOC_F_TEXT, text);
            free(text);
            return true;
        }
        if (is_met)
            return toc_expectation_meet(x, i, "condition");
    }
    return false;
}

bool toc_expectation_meet(toc_exercise *x, size_t i, const char *by)
{
    expect_now *now = &x->expectations[i];
    if (now->state > TOC_EXPECT_OVERDUE)
        return false;
    set_state(x, i, now->state == TOC_EXPECT_OVERDUE ? TOC_EXPECT_LATE : TOC_EXPECT_MET, by);
    const int64_t cause = x->cause;
    x->cause = tell(x, i)->seq;
    tell_met_since(x, i);
    open_those_after(x, i, base_now(x));
    x->cause = cause;
    return true;
}

// Its contingency inject waits for EXCON: what was true of it is no more.
static void tell_met_since(toc_exercise *x, size_t i)
{
    const toc_expectation *plan = &x->plan->expectations[i];
    if (plan->contingency == TOC_NONE || x->injects[plan->contingency].armed_by != i ||
        x->injects[plan->contingency].state != TOC_INJECT_HELD)
        return;
    char *reason =
        toc_sprintf("%s was not observed in time, and is %s since; release sends it all the "
                    "same, skip drops it",
                    plan->id, toc_expect_state_name(x->expectations[i].state));
    toc_inject_say_held(x, plan->contingency, reason);
    free(reason);
}

// What a team hands in, by its words, once each.
static void list_products(const toc_exercise *x, size_t team, toc_buf *out)
{
    for (size_t i = 0; i < x->plan->expectation_count; i++) {
        const toc_expectation *plan = &x->plan->expectations[i];
        bool is_new = plan->team == team && plan->product;
        for (size_t k = 0; is_new && k < i; k++) {
            const toc_expectation *other = &x->plan->expectations[k];
            is_new = other->team != team || !other->product ||
                     strcmp(other->product, plan->product) != 0;
        }
        if (is_new)
            toc_buf_printf(out, "%s%s", out->len ? ", " : "", plan->product);
    }
}

static bool is_of(const toc_expectation *plan, size_t team, const char *product)
{
    return plan->team == team && plan->product && strcmp(plan->product, product) == 0;
}

static size_t team_of(const toc_exercise *x, const toc_event *in)
{
    char audience[64];
    toc_seat_audience(toc_event_str(in, TOC_F_BY), audience);
    return toc_plan_team(x->plan, audience);
}

toc_err toc_submit_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *product = toc_event_str(in, TOC_F_PRODUCT), *text = toc_event_str(in, TOC_F_TEXT);
    size_t team = team_of(x, in);
    for (size_t i = 0; i < x->plan->expectation_count; i++)
        if (is_of(&x->plan->expectations[i], team, product))
            return text[strspn(text, " \t\n")] ? TOC_OK
                                               : toc_fail(e, TOC_EREFUSED, "%s is empty", product);
    toc_buf words = {0};
    list_products(x, team, &words);
    toc_err err = words.len ? toc_fail(e, TOC_EREFUSED,
                                       "there is no product \"%.60s\"; your team hands in: %s",
                                       product, words.data)
                            : toc_fail(e, TOC_EREFUSED, "nothing is to be handed in by your team");
    toc_buf_fini(&words);
    return err;
}

void toc_submit_apply(toc_exercise *x, const toc_event *in)
{
    const char *product = toc_event_str(in, TOC_F_PRODUCT);
    size_t team = team_of(x, in);
    toc_event *ev = toc_emit(x, TOC_K_HANDED_IN);
    toc_event_set_str(ev, TOC_F_PRODUCT, product);
    toc_event_set_str(ev, TOC_F_TEAM, x->plan->teams[team].id);
    toc_event_set_str(ev, TOC_F_BY, toc_event_str(in, TOC_F_BY));
    toc_event_set_str(ev, TOC_F_TEXT, toc_event_str(in, TOC_F_TEXT));
    const int64_t seq = x->cause = ev->seq;
    for (size_t i = 0; i < x->plan->expectation_count; i++) {
        const expect_now *now = &x->expectations[i];
        // What opens only because this product met another is not met by the same one.
        bool is_new = now->seq > seq;
        if (is_of(&x->plan->expectations[i], team, product) && !is_new &&
            now->state != TOC_EXPECT_PLANNED)
            toc_expectation_meet(x, i, "product");
    }
    for (size_t i = 0; i < x->plan->expectation_count; i++)
        if (is_of(&x->plan->expectations[i], team, product) &&
            x->expectations[i].state == TOC_EXPECT_PLANNED)
            x->expectations[i].is_handed_in = true; // counts when it opens
}

toc_err toc_mark_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *id = toc_event_str(in, TOC_F_EXPECTATION), *state = toc_event_str(in, TOC_F_STATE);
    if (toc_plan_expectation(x->plan, id) == TOC_NONE)
        return toc_fail(e, TOC_EREFUSED, "there is no expectation %.60s", id);
    for (toc_expect_state s = TOC_EXPECT_MET; s <= TOC_EXPECT_NOT_EXERCISED; s++)
        if (strcmp(state, toc_expect_state_name(s)) == 0)
            return TOC_OK;
    return toc_fail(e, TOC_EREFUSED,
                    "a mark is met, late, not-observed or not-exercised, not \"%.20s\"", state);
}

void toc_mark_apply(toc_exercise *x, const toc_event *in)
{
    size_t i = toc_plan_expectation(x->plan, toc_event_str(in, TOC_F_EXPECTATION));
    toc_expect_state state = TOC_EXPECT_MET;
    while (strcmp(toc_expect_state_name(state), toc_event_str(in, TOC_F_STATE)) != 0)
        state++;
    set_state(x, i, state, toc_event_str(in, TOC_F_BY));
    x->cause = tell(x, i)->seq;
    if (state == TOC_EXPECT_MET || state == TOC_EXPECT_LATE) {
        tell_met_since(x, i);
        open_those_after(x, i, base_now(x));
    }
}

// ---- telling ---------------------------------------------------------------------------------------

static void set_state(toc_exercise *x, size_t i, toc_expect_state state, const char *by)
{
    expect_now *now = &x->expectations[i];
    char *old = now->by;
    now->state = state;
    now->by = toc_strdup(by);
    free(old);
}

static toc_event *tell(toc_exercise *x, size_t i)
{
    const toc_expectation *plan = &x->plan->expectations[i];
    toc_event *ev = toc_emit(x, TOC_K_EXPECTATION);
    toc_event_set_str(ev, TOC_F_EXPECTATION, plan->id);
    toc_event_set_str(ev, TOC_F_TEAM, x->plan->teams[plan->team].id);
    toc_event_set_str(ev, TOC_F_STATE, toc_expect_state_name(x->expectations[i].state));
    toc_event_set_str(ev, TOC_F_BY, x->expectations[i].by);
    toc_event_set_str(ev, TOC_F_TEXT, plan->text);
    toc_event_set_str(ev, TOC_F_OBJECTIVE, plan->objective);
    return ev;
}

static void tell_open(toc_exercise *x, size_t i)
{
    expect_now *now = &x->expectations[i];
    toc_event *ev = tell(x, i);
    toc_event_set_int(ev, TOC_F_DEADLINE, now->deadline);
    toc_story_set(x, ev,
                  now->is_story ? now->deadline_story : toc_exercise_story(x, now->deadline).ms);
    now->seq = ev->seq;
}

static base base_now(const toc_exercise *x)
{
    return (base){.play = x->now, .story = toc_story_now(x)};
}
