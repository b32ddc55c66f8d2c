// SPDX-License-Identifier: MIT
// The master list as it was played. What EXCON adds is a row like those of the plan.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/feed.h"
#include "review_inside.h"

static void send(review_work *w, const toc_event *ev);
static const char *sender(const review_work *w, toc_review_inject *row, const toc_event *ev);
static void jump(review_work *w, const toc_event *ev);
static void hold(toc_review_inject *row, int64_t seq, const char *reason);
static void skip(toc_review_inject *row, int64_t seq, const char *reason);
static void add_written(review_work *w, const toc_event *ev);
static const char *next_id(review_work *w);
static int64_t planned_time(const review_work *w, const toc_review_inject *row);

void toc_review_injects_begin(review_work *w)
{
    for (size_t i = 0; w->plan && i < w->plan->inject_count; i++) {
        const toc_inject *plan = &w->plan->injects[i];
        toc_review_inject *row = toc_review_inject_of(w, plan->id, true);
        row->plan = plan;
        row->title = plan->title;
        row->objective = plan->objective;
        row->is_voice = plan->voice != NULL;
        row->to_count = plan->to_count;
    }
}

toc_review_inject *toc_review_inject_of(review_work *w, const char *id, bool is_new)
{
    int64_t at;
    if (toc_map_get(w->inject_of, id, &at))
        return &w->out->injects[at];
    if (!is_new)
        return NULL;
    TOC_GROW(w->out->injects, w->out->inject_count, w->inject_capacity);
    toc_map_put(w->inject_of, id, (int64_t)w->out->inject_count);
    w->out->injects[w->out->inject_count] =
        (toc_review_inject){.id = id, .planned = -1, .sent = -1, .moved_to = -1};
    return &w->out->injects[w->out->inject_count++];
}

void toc_review_injects_see(review_work *w, const toc_event *ev)
{
    const char *id = toc_event_str(ev, TOC_F_INJECT);
    if (ev->kind == TOC_K_ADHOC)
        add_written(w, ev);
    else if (ev->kind == TOC_K_JUMP)
        jump(w, ev);
    if (!id || ev->kind == TOC_K_OBSERVE)
        return;
    toc_review_inject *row = toc_review_inject_of(w, id, true);
    switch (ev->kind) {
    case TOC_K_INJECT:
        send(w, ev);
        break;
    case TOC_K_ARMED:
        row->armed_seq = ev->seq;
        row->armed_by = toc_event_str(ev, TOC_F_EXPECTATION);
        hold(row, ev->seq, toc_event_str(ev, TOC_F_REASON));
        break;
    case TOC_K_HELD:
    case TOC_K_HOLD:
        hold(row, ev->seq, toc_event_str(ev, TOC_F_REASON));
        break;
    case TOC_K_RELEASE:
        row->released_seq = ev->seq;
        break;
    case TOC_K_CUE:
        row->cued_seq = ev->seq;
        break;
    case TOC_K_SKIP:
        skip(row, ev->seq, toc_event_str(ev, TOC_F_REASON));
        break;
    case TOC_K_EDIT:
        row->edited_seq = ev->seq;
        if (toc_event_has(ev, TOC_F_TITLE))
            row->title = toc_event_str(ev, TOC_F_TITLE);
        break;
    case TOC_K_MOVED:
        row->moved_seq = ev->seq;
        row->moved_to = toc_event_int(ev, TOC_F_UNTIL);
        break;
    case TOC_K_FIRE:
        row->fired_seq = ev->seq;
        break;
    case TOC_K_DELIVER:
        row->delivered_seq = ev->seq;
        break;
    default:
        break;
    }
}

void toc_review_injects_end(review_work *w)
{
    for (size_t i = 0; i < w->out->inject_count; i++) {
        toc_review_inject *row = &w->out->injects[i];
        row->planned = planned_time(w, row);
        for (size_t k = row->sent_seq ? w->arrivals_of[row->sent_seq] : 0;
             k && k <= w->out->arrival_count && w->out->arrivals[k - 1].item == row->sent_seq;
             k++) {
            row->read_count += w->out->arrivals[k - 1].read_seq != 0;
            row->ack_count += w->out->arrivals[k - 1].acked_seq != 0;
        }
    }
}

static void send(review_work *w, const toc_event *ev)
{
    toc_review_inject *row = toc_review_inject_of(w, toc_event_str(ev, TOC_F_INJECT), true);
    const toc_value *to = toc_event_value(ev, TOC_F_TO);
    if (row->sent_seq)
        return; // an inject goes out once
    row->sent = ev->t;
    row->sent_seq = ev->seq;
    row->title = toc_event_str(ev, TOC_F_TITLE);
    row->objective = toc_event_str(ev, TOC_F_OBJECTIVE);
    row->is_voice = toc_event_has(ev, TOC_F_VOICE);
    row->to_count = to ? to->count : 0;
    row->sent_by = sender(w, row, ev);
}

static const char *sender(const review_work *w, toc_review_inject *row, const toc_event *ev)
{
    const toc_event *cause = toc_review_cause(w, ev);
    const toc_kind kind = cause ? cause->kind : TOC_K_UNKNOWN;
    bool is_timed =
        (row->plan && row->plan->at.kind != TOC_AT_NEVER) || row->moved_seq || row->is_adhoc;
    if (kind == TOC_K_FIRE || kind == TOC_K_RELEASE || kind == TOC_K_DELIVER ||
        (kind == TOC_K_ADHOC && !toc_event_has(cause, TOC_F_UNTIL)))
        return toc_event_str(cause, TOC_F_BY);
    if (kind == TOC_K_EXPECTATION && w->plan && row->plan) {
        size_t e = toc_plan_expectation(w->plan, toc_event_str(cause, TOC_F_EXPECTATION));
        if (e != TOC_NONE &&
            w->plan->expectations[e].contingency == (size_t)(row->plan - w->plan->injects)) {
            row->armed_by = w->plan->expectations[e].id;
            return "contingency";
        }
    }
    return is_timed ? "clock" : "storyline";
}

// What a jump held or skipped on its way has no lines of its own.
static void jump(review_work *w, const toc_event *ev)
{
    const toc_value *held = toc_event_value(ev, TOC_F_HOLD),
                    *skipped = toc_event_value(ev, TOC_F_SKIP);
    const char *reason = toc_event_str(ev, TOC_F_REASON);
    for (size_t i = 0; held && i < held->count; i++)
        hold(toc_review_inject_of(w, held->list[i], true), ev->seq, reason);
    for (size_t i = 0; skipped && i < skipped->count; i++)
        skip(toc_review_inject_of(w, skipped->list[i], true), ev->seq, reason);
}

static void hold(toc_review_inject *row, int64_t seq, const char *reason)
{
    if (row->cued_seq > row->recalled_seq)
        row->recalled_seq = seq;
    row->held_seq = seq;
    row->reason = reason;
}

static void skip(toc_review_inject *row, int64_t seq, const char *reason)
{
    row->skipped_seq = seq;
    row->reason = reason;
}

static void add_written(review_work *w, const toc_event *ev)
{
    const char *id = next_id(w);
    toc_review_inject *row = toc_review_inject_of(w, id, true);
    const toc_value *to = toc_event_value(ev, TOC_F_TO);
    row->is_adhoc = true;
    row->title = toc_event_str(ev, TOC_F_TITLE);
    row->objective = toc_event_str(ev, TOC_F_OBJECTIVE);
    row->to_count = to ? to->count : 0;
    if (to && w->plan && to->count == 1 && strcmp(to->list[0], "all") == 0)
        row->to_count = w->plan->team_count;
    row->planned = toc_event_has(ev, TOC_F_UNTIL) ? toc_event_int(ev, TOC_F_UNTIL) : -1;
}

// Numbered as the exercise does it; no line names a row that was not sent yet.
static const char *next_id(review_work *w)
{
    for (;;) {
        char *id = toc_sprintf("ADHOC-%d", ++w->written);
        const toc_plan *p = w->plan;
        bool is_taken =
            p && (toc_plan_inject(p, id) != TOC_NONE || toc_plan_decision(p, id) != TOC_NONE ||
                  toc_plan_expectation(p, id) != TOC_NONE || toc_plan_phase(p, id) != TOC_NONE ||
                  toc_plan_objective(p, id) != TOC_NONE);
        if (!is_taken)
            return toc_review_own(w, id);
        free(id);
    }
}

static int64_t planned_time(const review_work *w, const toc_review_inject *row)
{
    if (!row->plan)
        return row->planned;
    const toc_at *at = &row->plan->at;
    const toc_review_inject *first = at->kind == TOC_AT_AFTER ? &w->out->injects[at->inject] : NULL;
    if (at->kind == TOC_AT_PLAY)
        return at->ms;
    if (at->kind == TOC_AT_STORY)
        return w->out->started < 0 ? -1 : toc_recording_play_of(w->r, at->ms);
    if (!first || !first->sent_seq)
        return -1;
    if (!at->after.is_story)
        return first->sent + at->after.ms;
    toc_story story = w->plan->startex;
    story.ms = toc_recording_story(w->r, first->sent_seq);
    return toc_recording_play_of(w->r,
                                 toc_story_add_months(story, at->after.months).ms + at->after.ms);
}
