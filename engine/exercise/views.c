// SPDX-License-Identifier: MIT
// What an exercise knows, for those who show it.

#include <string.h>

#include "state.h"

const char *toc_play_state_name(toc_play_state s)
{
    static const char *const names[] = {"lobby", "running", "paused", "ended", "closed"};
    return names[s];
}

toc_clock_view toc_exercise_clock(const toc_exercise *x)
{
    return (toc_clock_view){.state = x->state,
                            .emergency = x->emergency,
                            .now = x->now,
                            .speed = x->speed,
                            .pace = x->pace,
                            .length = x->plan->length_ms};
}

int64_t toc_exercise_now(const toc_exercise *x)
{
    return x->now;
}

toc_story toc_exercise_story(const toc_exercise *x, int64_t play_ms)
{
    toc_story story = x->plan->startex;
    story.ms = x->anchor_story + (play_ms - x->anchor_play) * x->pace / 1000;
    return story;
}

static size_t count_true(const bool *flags, size_t count)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        n += flags[i];
    return n;
}

toc_inject_view toc_exercise_inject(const toc_exercise *x, size_t inject)
{
    static const char *const names[] = {"planned", "held", "cued", "sent", "skipped"};
    const inject_now *now = &x->injects[inject];
    const toc_inject *row = toc_exercise_inject_row(x, inject);
    return (toc_inject_view){.state = now->state,
                             .state_name = names[now->state],
                             .reason = now->reason,
                             .title = toc_inject_title(x, inject),
                             .text = now->text ? now->text : row->text,
                             .due = toc_inject_time(x, inject),
                             .moved_from = now->moved_from,
                             .sent = now->sent,
                             .sent_story = now->sent_story,
                             .readers = count_true(now->is_read, x->plan->team_count),
                             .acks = count_true(now->is_acked, x->plan->team_count),
                             .is_wanted = now->is_wanted,
                             .is_moved = now->is_moved,
                             .is_edited = now->title || now->text,
                             .is_adhoc = inject >= x->plan->inject_count};
}

int64_t toc_query_sent(const toc_exercise *x, size_t inject)
{
    return x->injects[inject].sent;
}

int64_t toc_query_mark(const toc_exercise *x, toc_query query, size_t a, size_t b)
{
    switch (query) {
    case TOC_QUERY_DECIDED:
        return x->decisions[a].version;
    case TOC_QUERY_SENT:
        return x->injects[a].sent;
    case TOC_QUERY_READ:
        return x->injects[b].is_read[a];
    case TOC_QUERY_AWARE:
        return x->injects[b].aware[a];
    case TOC_QUERY_SAID:
        return (int64_t)x->said[a * toc_plan_speaker_count(x->plan) + b];
    case TOC_QUERY_NOW:
        return x->now;
    case TOC_QUERY_LEVEL: // what was done to the world just before would have to take effect first
        return x->measures.is_dirty ? TOC_MARK_NONE : toc_world_level(x->measures.world, a);
    }
    return TOC_MARK_NONE;
}

toc_decision_view toc_exercise_decision(const toc_exercise *x, size_t decision)
{
    static const char *const names[] = {"planned", "open", "ruling", "decided", "overdue"};
    const decision_now *d = &x->decisions[decision];
    bool is_open = d->state == TOC_DECISION_OPEN || d->state == TOC_DECISION_RULING;
    return (toc_decision_view){.state = d->state,
                               .state_name = names[d->state],
                               .option = d->option,
                               .text = d->text,
                               .by = d->by,
                               .reason = d->reason,
                               .deadline = is_open && !d->is_crossed ? d->deadline : -1,
                               .due = toc_decision_time(x, decision),
                               .overdue = d->state == TOC_DECISION_OVERDUE,
                               .is_crossed = is_open && d->is_crossed};
}

toc_expect_view toc_exercise_expectation(const toc_exercise *x, size_t expectation)
{
    const expect_now *now = &x->expectations[expectation];
    return (toc_expect_view){.state = now->state,
                             .state_name = toc_expect_state_name(now->state),
                             .deadline = now->deadline,
                             .by = now->by};
}

size_t toc_exercise_phase(const toc_exercise *x)
{
    return x->phase;
}

size_t toc_exercise_storyline_count(const toc_exercise *x)
{
    return x->storyline_count;
}

toc_storyline_view toc_exercise_storyline(const toc_exercise *x, size_t i)
{
    static const char *const names[] = {"runs", "waits", "asks", "ended", "dropped"};
    const storyline_now *s = &x->storylines[i];
    bool asks = s->state == STORYLINE_ASKING;
    toc_storyline_view view = {.name = s->name,
                               .state_name = names[s->state],
                               .is_told = s->is_told,
                               .until = -1,
                               .asks = asks ? s->asking : NULL,
                               .ask_count = asks ? s->asking_count : 0};
    toc_due due;
    if (toc_schedule_find(&x->schedule, TOC_DUE_WAKE, i, &due)) {
        view.until = due.due;
        view.is_story = due.is_story;
        view.until_story = due.story;
    }
    return view;
}

size_t toc_exercise_seat_count(const toc_exercise *x)
{
    return x->seat_count;
}

toc_seat_view toc_exercise_seat(const toc_exercise *x, size_t i)
{
    const seat_now *s = &x->seats[i];
    return (toc_seat_view){.id = s->id,
                           .audience = s->audience,
                           .role = toc_seat_role(s->id),
                           .session = s->session ? s->session : "",
                           .name = s->name,
                           .since = s->since,
                           .is_open = s->is_open,
                           .is_present = s->is_present};
}

size_t toc_exercise_seat_find(const toc_exercise *x, const char *id)
{
    int64_t i;
    return toc_map_get(x->seat_ids, id, &i) ? (size_t)i : TOC_NONE;
}

bool toc_exercise_has_item(const toc_exercise *x, const char *audience, int64_t seq)
{
    const item *it = toc_item_find(x, seq);
    return it && toc_item_is_for(it, audience);
}
