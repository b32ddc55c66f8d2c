// SPDX-License-Identifier: MIT
// The exercise's heart: what a step is, how time goes on, and how scripts are let react.

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "state.h"

static void begin_step(toc_exercise *x, toc_events *out, int64_t next_seq);
static void watch_minute(toc_exercise *x);
static toc_err end_step(toc_exercise *x, toc_error *e);
static void show_waiting(toc_exercise *x);
static bool show_next_event(toc_exercise *x);
static void show_script(toc_exercise *x, const toc_event *ev);
static void show_event(toc_exercise *x, size_t i);

toc_exercise *toc_exercise_new(const toc_plan *plan, const toc_script *script)
{
    toc_exercise *x = toc_alloc(sizeof *x);
    x->plan = plan;
    x->script = script;
    x->speed = 1000;
    x->pace = plan->pace;
    x->anchor_story = plan->startex.ms;
    x->current = x->later = x->phase = TOC_NONE;
    size_t speakers = toc_plan_speaker_count(plan);
    x->said = toc_alloc(speakers * speakers * sizeof *x->said);
    toc_decisions_init(x);
    toc_injects_init(x);
    toc_measures_init(x);
    toc_expectations_init(x);
    x->seat_ids = toc_map_new();
    for (size_t i = 0; i < plan->team_count; i++)
        for (int seat = 1; seat <= plan->teams[i].seats; seat++) {
            char *id = toc_sprintf("%s-%d", plan->teams[i].id, seat);
            toc_seat_open(x, id);
            free(id);
        }
    return x;
}

static void free_item(item *it)
{
    for (size_t i = 0; i < it->to_count; i++)
        free(it->to[i]);
    free(it->to);
    free(it->from);
    free(it->by);
    free(it->text);
}

void toc_exercise_free(toc_exercise *x)
{
    if (!x)
        return;
    for (size_t i = 0; i < x->seat_count; i++) {
        free(x->seats[i].id);
        free(x->seats[i].session);
        free(x->seats[i].name);
        free(x->seats[i].since);
    }
    for (size_t i = 0; i < x->item_count; i++)
        free_item(&x->items[i]);
    for (size_t i = 0; i < x->storyline_count; i++) {
        free(x->storylines[i].name);
        free(x->storylines[i].asking);
        free(x->storylines[i].dropped_by);
    }
    toc_decisions_fini(x);
    toc_injects_fini(x);
    free(x->seats);
    toc_map_free(x->seat_ids);
    free(x->items);
    free(x->storylines);
    free(x->said);
    toc_ledger_fini(x);
    toc_measures_fini(x);
    toc_expectations_fini(x);
    toc_schedule_fini(&x->schedule);
    toc_events_fini(&x->waiting);
    free(x);
}

const toc_plan *toc_exercise_plan(const toc_exercise *x)
{
    return x->plan;
}

toc_err toc_exercise_check(const toc_exercise *x, const toc_event *input, toc_error *e)
{
    return toc_input_check(x, input, e);
}

toc_err toc_exercise_apply(toc_exercise *x, const toc_event *input, toc_events *out, toc_error *e)
{
    int64_t due;
    // A halt comes before the step that met the cap, which is still due.
    bool is_early = input->kind != TOC_K_HALT && toc_exercise_next_due(x, &due) && due <= input->t;
    if (input->t < x->now || input->t > x->plan->length_ms || is_early)
        return toc_fail(e, TOC_EINTERNAL, "an input at %lld ms came out of order",
                        (long long)input->t);
    toc_err err = toc_input_check(x, input, e);
    if (err)
        return err;
    begin_step(x, out, input->seq + 1);
    x->now = input->t;
    x->cause = input->seq;
    toc_input_apply(x, input);
    if (x->is_too_far) {
        x->out = NULL;
        return toc_jump_refuse(x, input, e);
    }
    if (!x->emergency && x->waiting.count > 0)
        show_waiting(x);
    x->cause = input->seq;
    if (x->script && toc_in_play(x))
        show_script(x, input);
    // A mark says that nothing happened.
    if (input->kind != TOC_K_MARK)
        toc_settle(x);
    watch_minute(x);
    return end_step(x, e);
}

bool toc_exercise_next_due(const toc_exercise *x, int64_t *due)
{
    toc_due next;
    if (!toc_schedule_next(&x->schedule, &next))
        return false;
    *due = next.due;
    return true;
}

int64_t toc_exercise_performed(const toc_exercise *x)
{
    return x->performed;
}

toc_err toc_exercise_advance(toc_exercise *x, int64_t first_seq, toc_events *out, toc_error *e)
{
    int64_t due;
    if (!toc_exercise_next_due(x, &due))
        return toc_fail(e, TOC_EINTERNAL, "nothing is due");
    begin_step(x, out, first_seq);
    toc_do_instant(x, due);
    watch_minute(x);
    return end_step(x, e);
}

// Everything due at one time, in order of scheduling, what comes to be due at that time included.
void toc_do_instant(toc_exercise *x, int64_t due)
{
    toc_due next;
    x->now = due > x->now ? due : x->now; // an item due in the past happens now
    while (toc_schedule_next(&x->schedule, &next) && next.due <= x->now) {
        toc_schedule_pop(&x->schedule);
        x->first = x->out->count;
        x->cause = next.cause;
        toc_do_due(x, &next);
        toc_settle(x);
    }
}

void toc_do_due(toc_exercise *x, const toc_due *due)
{
    x->performed++;
    switch (due->kind) {
    case TOC_DUE_INJECT:
        toc_inject_due(x, due->index);
        break;
    case TOC_DUE_ASK:
        toc_decision_open(x, due->index);
        break;
    case TOC_DUE_DEADLINE:
        toc_decision_deadline(x, due->index);
        break;
    case TOC_DUE_WAKE:
        toc_storyline_wake(x, due->index);
        break;
    case TOC_DUE_PHASE:
        toc_phase_enter(x, due->index);
        break;
    case TOC_DUE_EXPECT:
        toc_expectation_deadline(x, due->index);
        break;
    case TOC_DUE_WORLD:
        toc_measures_due(x);
        break;
    case TOC_DUE_MINUTE:
        x->has_minute = false; // what is due then is only to ask
        break;
    case TOC_DUE_END:
        toc_end_play(x, NULL);
        break;
    }
}

static void begin_step(toc_exercise *x, toc_events *out, int64_t next_seq)
{
    x->out = out;
    x->first = x->reacted = out->count;
    x->next_seq = next_seq;
    toc_refill(x);
}

// Nothing else need happen at the time that a condition waits for.
static void watch_minute(toc_exercise *x)
{
    static const int64_t minute = 60000;
    bool watches =
        x->script && x->script->watches && toc_in_play(x) && x->script->watches(x->script->self, x);
    if (watches && !x->has_minute)
        toc_schedule_add(&x->schedule, (toc_due){.due = (x->now / minute + 1) * minute,
                                                 .cause = x->cause,
                                                 .kind = TOC_DUE_MINUTE,
                                                 .is_last = true});
    else if (!watches && x->has_minute)
        toc_schedule_remove(&x->schedule, TOC_DUE_MINUTE, 0);
    x->has_minute = watches;
}

// A new input or instant: every limit starts anew.
void toc_refill(toc_exercise *x)
{
    x->step++;
    x->before = x->out->count;
    x->reactions = 0;
    if (x->script)
        x->script->refill(x->script->self);
}

static toc_err end_step(toc_exercise *x, toc_error *e)
{
    x->out = NULL;
    if (x->script && x->script->halted(x->script->self))
        return toc_fail(e, TOC_ELIMIT, "the scripts met their memory cap");
    return TOC_OK;
}

toc_event *toc_emit(toc_exercise *x, toc_kind kind)
{
    toc_event *ev = toc_events_add(x->out, kind, x->now);
    ev->seq = x->next_seq++;
    ev->cause = x->cause;
    return ev;
}

// Scripts react to each event in turn, then to the state that came of it, until nothing more happens;
// then expectations are looked at. `when` fires once each, an expectation is met once, and `on` is
// bounded, so this ends.
void toc_settle(toc_exercise *x)
{
    for (;;) {
        if (show_next_event(x))
            continue;
        if (!x->script || !toc_in_play(x) || x->emergency)
            return;
        if (x->out->count > x->first)
            x->cause = x->out->at[x->out->count - 1].seq;
        if (!x->script->conditions(x->script->self, x) && !toc_expectations_ask(x))
            return;
    }
}

// Scripts stand still while people may be in danger, for what they do may reach players. Afterwards each
// thing that happened meanwhile is a step of its own to them, in its order.
static void show_waiting(toc_exercise *x)
{
    toc_events waiting = x->waiting;
    x->waiting = (toc_events){0};
    for (size_t i = 0; i < waiting.count && x->script && toc_in_play(x); i++) {
        toc_refill(x);
        x->first = x->out->count;
        x->cause = waiting.at[i].seq;
        x->script->event(x->script->self, x, &waiting.at[i]);
        toc_settle(x);
    }
    toc_events_fini(&waiting);
    toc_refill(x);
    x->first = x->out->count;
}

static void show_script(toc_exercise *x, const toc_event *ev)
{
    if (!x->emergency) {
        x->script->event(x->script->self, x, ev);
    } else if (ev->kind != TOC_K_MARK) {
        toc_event *copy = toc_events_add(&x->waiting, ev->kind, ev->t);
        toc_event_fini(copy);
        toc_event_copy(copy, ev);
    }
}

static bool show_next_event(toc_exercise *x)
{
    if (x->reacted == x->out->count)
        return false;
    size_t i = x->reacted++;
    if (i != x->later)
        show_event(x, i);
    return true;
}

void toc_show_later(toc_exercise *x)
{
    size_t i = x->later;
    x->later = TOC_NONE;
    if (i < x->reacted)
        show_event(x, i);
}

static void show_event(toc_exercise *x, size_t i)
{
    toc_event ev = x->out->at[i]; // the list may move while scripts add to it; its values do not
    x->cause = ev.seq;
    toc_storylines_settled(x, &ev);
    if (x->script && toc_in_play(x)) {
        if (++x->reactions < TOC_SCRIPT_REACTIONS) {
            show_script(x, &ev);
        } else if (x->reactions == TOC_SCRIPT_REACTIONS) {
            toc_event_set_str(toc_emit(x, TOC_K_ERROR), TOC_F_TEXT,
                              "too many events at one moment: `on` is not shown the rest of them");
        }
    }
}

bool toc_in_play(const toc_exercise *x)
{
    return x->state == TOC_PLAY_RUNNING || x->state == TOC_PLAY_PAUSED;
}

void toc_end_play(toc_exercise *x, const char *reason)
{
    toc_expectations_end(x);
    toc_event_set_str(toc_emit(x, TOC_K_ENDEX), TOC_F_REASON, reason);
    x->state = TOC_PLAY_ENDED;
    toc_schedule_clear(&x->schedule);
    x->has_minute = false;
    toc_storylines_stop(x);
}

// The first play ms at which the story has come to story_ms.
int64_t toc_play_of_story(const toc_exercise *x, int64_t story_ms)
{
    int64_t ahead = story_ms - x->anchor_story;
    if (ahead <= 0)
        return x->anchor_play;
    int64_t play = x->anchor_play + (ahead * 1000 + x->pace - 1) / x->pace;
    return play < TOC_MS_MAX ? play : TOC_MS_MAX; // a date that play never reaches
}

static int64_t play_of(const void *context, int64_t story_ms)
{
    return toc_play_of_story(context, story_ms);
}

void toc_set_anchor(toc_exercise *x, int64_t story_ms, int64_t pace)
{
    x->anchor_story = story_ms;
    x->anchor_play = x->now;
    x->pace = pace;
    toc_schedule_rebase(&x->schedule, play_of, x);
}

// A new anchor: from now on the story runs at another pace, and what waits for it moves.
void toc_set_pace(toc_exercise *x, int64_t pace)
{
    toc_set_anchor(x, toc_story_now(x), pace);
    toc_decisions_rebase(x);
    toc_expectations_rebase(x);
}

int64_t toc_story_now(const toc_exercise *x)
{
    return toc_exercise_story(x, x->now).ms;
}

int64_t toc_story_after(const toc_exercise *x, int64_t ms, toc_span span)
{
    toc_story from = x->plan->startex;
    from.ms = ms;
    return toc_story_add_months(from, span.months).ms + span.ms;
}

void toc_story_set(const toc_exercise *x, toc_event *ev, int64_t story_ms)
{
    toc_story story = x->plan->startex;
    toc_buf text = {0};
    story.ms = story_ms;
    toc_story_text(&text, story);
    toc_event_set_str(ev, TOC_F_STORY, toc_buf_text(&text));
    toc_buf_fini(&text);
}
