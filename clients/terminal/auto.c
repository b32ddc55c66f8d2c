// SPDX-License-Identifier: MIT
#include "terminal/auto.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "auto_parts.h"
#include "base/mem.h"
#include "base/text.h"
#include "record/feed.h"

enum { RULES = 16 }; // beside a question's state

static toc_err read_policy(toc_auto *a, const char *policy, toc_error *e);
static void notice(toc_auto *a, const toc_picture *p, int64_t now);
static void notice_held(toc_auto *a, const toc_picture *p, int64_t now);
static void play_items(toc_auto *a, const toc_picture *p, int64_t now, toc_events *acts);
static void play_questions(toc_auto *a, const toc_picture *p, int64_t now, toc_events *acts);
static void play_held(toc_auto *a, const toc_picture *p, int64_t now, toc_events *acts);
static void play_cues(toc_auto *a, const toc_picture *p, toc_events *acts);
static bool tells(const toc_auto *a, const toc_picture *p, const toc_cue *cue);
static void play_plan(toc_auto *a, const toc_picture *p, int64_t now, toc_events *acts,
                      toc_auto_notes *notes);
static bool is_of_emergency(toc_kind kind);
static void play_again(toc_auto *a, toc_events *acts);
static bool is_ready(const toc_playstep *step, const toc_picture *p, int64_t now);
static void conduct(toc_auto *a, const toc_picture *p, bool is_idle, toc_events *acts);
static bool teams_are_here(const toc_picture *p);
static void earliest(int64_t *due, bool *found, int64_t at);

toc_err toc_auto_new(toc_auto **out, const char *policy, const char *seat, toc_error *e)
{
    *out = NULL;
    toc_auto *a = toc_alloc(sizeof *a);
    snprintf(a->seat, sizeof a->seat, "%s", seat);
    toc_seat_audience(seat, a->team);
    const char *dash = strrchr(seat, '-');
    a->is_first = dash && strcmp(dash, "-1") == 0;
    a->is_excon = strncmp(seat, "excon-", 6) == 0;
    a->is_player = strcmp(a->team, "control") != 0 && strcmp(a->team, "board") != 0;
    toc_err err = read_policy(a, policy, e);
    if (err) {
        toc_auto_free(a);
        return err;
    }
    a->done = toc_alloc((a->plan.count + 1) * sizeof *a->done);
    a->lines = toc_alloc((a->plan.count + 1) * sizeof *a->lines);
    *out = a;
    return TOC_OK;
}

void toc_auto_free(toc_auto *a)
{
    if (!a)
        return;
    for (size_t i = 0; i < a->held_count; i++)
        free(a->held[i].inject);
    toc_playplan_fini(&a->plan);
    free(a->done);
    free(a->lines);
    free(a->items);
    free(a->questions);
    free(a->held);
    toc_events_fini(&a->again);
    free(a);
}

void toc_auto_see(toc_auto *a, const toc_event *ev)
{
    const char *by = toc_event_str(ev, TOC_F_BY);
    const char *text = toc_event_str(ev, TOC_F_TEXT);
    if (ev->kind != TOC_K_MESSAGE || !by || !text || strcmp(by, a->seat) != 0)
        return;
    for (size_t i = 0; i < a->plan.count; i++) {
        const toc_playstep *step = &a->plan.steps[i];
        const char *said = step->seat ? toc_event_str(&step->act.input, TOC_F_TEXT) : NULL;
        toc_kind kind = step->act.input.kind;
        if (!said || strcmp(step->seat, a->seat) != 0 ||
            (kind != TOC_K_SAY && kind != TOC_K_FORWARD) || strcmp(said, text) != 0)
            continue;
        a->done[i] = true;
        return;
    }
}

void toc_auto_next(toc_auto *a, const toc_picture *p, int64_t now, bool is_idle, toc_events *acts,
                   toc_auto_notes *notes)
{
    a->line_count = 0;
    if (a->kind == TOC_AUTO_SILENT || p->is_closed)
        return;
    if (!p->has_ended) {
        notice(a, p, now);
        play_items(a, p, now, acts);
        if (!p->is_emergency)
            play_again(a, acts);
        play_plan(a, p, now, acts, notes);
    }
    if (p->is_emergency)
        return;
    if (!p->has_ended) {
        play_questions(a, p, now, acts);
        play_held(a, p, now, acts);
        play_cues(a, p, acts);
    }
    if (a->is_excon && a->is_first)
        conduct(a, p, is_idle && acts->count == 0, acts);
}

void toc_auto_again(toc_auto *a, const toc_event *act, int line)
{
    for (size_t i = 0; line && i < a->plan.count; i++)
        if (a->plan.steps[i].line == line)
            a->done[i] = false;
    if (line)
        return;
    toc_event *again = toc_events_add(&a->again, act->kind, 0);
    toc_event_fini(again);
    toc_event_copy(again, act);
}

int toc_auto_line(const toc_auto *a, size_t i)
{
    return i >= a->line_from && i - a->line_from < a->line_count ? a->lines[i - a->line_from] : 0;
}

void toc_auto_notes_fini(toc_auto_notes *notes)
{
    for (size_t i = 0; i < notes->count; i++)
        free(notes->at[i].why);
    free(notes->at);
    *notes = (toc_auto_notes){0};
}

bool toc_auto_due(const toc_auto *a, int64_t now, int64_t *due)
{
    bool found = false;
    *due = INT64_MAX;
    for (size_t i = 0; i < a->item_count; i++) {
        earliest(due, &found, a->items[i].read_at);
        earliest(due, &found, a->items[i].ack_at);
        earliest(due, &found, a->items[i].reply_at);
    }
    for (size_t i = 0; i < a->question_count; i++)
        if (!a->questions[i].is_done)
            earliest(due, &found, a->questions[i].answer_at);
    for (size_t i = 0; i < a->held_count; i++)
        earliest(due, &found, a->held[i].release_at);
    for (size_t i = 0; i < a->plan.count; i++) {
        const toc_playstep *step = &a->plan.steps[i];
        // A line whose time has come and that still waits, waits for an event, not for the clock.
        if (step->kind == TOC_STEP_AT && !a->done[i] && step->at > now &&
            strcmp(step->seat, a->seat) == 0)
            earliest(due, &found, step->at);
    }
    return found;
}

bool toc_auto_mentions(const toc_auto *a, toc_kind kind, toc_field field, const char *id)
{
    for (size_t i = 0; i < a->plan.count; i++) {
        const toc_playstep *step = &a->plan.steps[i];
        char team[64];
        if (step->kind > TOC_STEP_ON || step->act.input.kind != kind)
            continue;
        toc_seat_audience(step->seat, team);
        const char *of = toc_event_str(&step->act.input, field);
        if (strcmp(team, a->team) == 0 && of && strcasecmp(of, id) == 0)
            return true;
    }
    return false;
}

static toc_err read_policy(toc_auto *a, const char *policy, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    if (strcmp(policy, "first") == 0) {
        a->kind = TOC_AUTO_FIRST;
    } else if (strcmp(policy, "silent") == 0) {
        a->kind = TOC_AUTO_SILENT;
    } else if (strncmp(policy, "random:", 7) == 0) {
        char *end;
        uint64_t seed = strtoull(policy + 7, &end, 10);
        if (policy[7] < '0' || policy[7] > '9' || *end)
            return toc_fail(e, TOC_EUSAGE, "random needs a number as its seed: random:26");
        a->kind = TOC_AUTO_RANDOM;
        toc_random_seed(&a->random, seed, a->seat);
    } else if (strncmp(policy, "plan:", 5) == 0) {
        a->kind = TOC_AUTO_PLAN;
        return toc_playplan_read(&a->plan, policy + 5, e);
    } else {
        return toc_fail(
            e, TOC_EUSAGE,
            "there is no way to play %s; there are first, random:SEED, silent, plan:FILE",
            toc_text_quote(quoted, policy));
    }
    return TOC_OK;
}

// Makes up its mind about what is new in the picture.
static void notice(toc_auto *a, const toc_picture *p, int64_t now)
{
    while (a->item_count < p->item_count) {
        TOC_GROW(a->items, a->item_count, a->item_capacity);
        a->items[a->item_count] = toc_auto_item(a, &p->items[a->item_count], now);
        a->item_count++;
    }
    for (size_t i = 0; i < p->question_count; i++) {
        const toc_question *q = &p->questions[i];
        if (i == a->question_count) {
            TOC_GROW(a->questions, a->question_count, a->question_capacity);
            a->questions[a->question_count++] = (toc_question_intent){.answer_at = -1, .seen = -1};
        }
        // A question is new again when an answer was rejected, or EXCON is to rule on it.
        int seen = (int)q->state + (toc_auto_rules(a, q) ? RULES : 0);
        if (a->questions[i].seen != seen)
            a->questions[i] =
                (toc_question_intent){.answer_at = toc_auto_answer_at(a, p, q, now), .seen = seen};
    }
    if (a->is_excon)
        notice_held(a, p, now);
}

static void notice_held(toc_auto *a, const toc_picture *p, int64_t now)
{
    for (size_t i = 0; i < p->held_count; i++) {
        size_t k = 0;
        while (k < a->held_count && strcmp(a->held[k].inject, p->held[i]) != 0)
            k++;
        if (k < a->held_count)
            continue;
        TOC_GROW(a->held, a->held_count, a->held_capacity);
        a->held[a->held_count++] =
            (toc_held_intent){toc_strdup(p->held[i]), toc_auto_release_at(a, p->held[i], now), 0};
    }
}

static void play_items(toc_auto *a, const toc_picture *p, int64_t now, toc_events *acts)
{
    for (size_t i = 0; i < a->item_count; i++) {
        const toc_item *item = &p->items[i];
        toc_item_intent *intent = &a->items[i];
        if (intent->read_at >= 0 && intent->read_at <= now) {
            intent->read_at = -1;
            if (!item->is_read)
                toc_event_set_int(toc_events_add(acts, TOC_K_READ, 0), TOC_F_ITEM, item->n);
        }
        if (intent->ack_at >= 0 && intent->ack_at <= now) {
            intent->ack_at = -1;
            if (a->is_first && toc_item_wants_ack(item)) // the team answers once
                toc_event_set_int(toc_events_add(acts, TOC_K_ACK, 0), TOC_F_ITEM, item->n);
        }
        if (intent->reply_at >= 0 && intent->reply_at <= now) {
            intent->reply_at = -1;
            toc_auto_reply(a, item, acts);
        }
    }
}

static void play_questions(toc_auto *a, const toc_picture *p, int64_t now, toc_events *acts)
{
    for (size_t i = 0; i < a->question_count; i++) {
        toc_question_intent *intent = &a->questions[i];
        if (intent->is_done || intent->answer_at < 0 || intent->answer_at > now)
            continue;
        intent->is_done = true;
        toc_auto_answer(a, &p->questions[i], acts);
    }
}

static void play_held(toc_auto *a, const toc_picture *p, int64_t now, toc_events *acts)
{
    for (size_t i = 0; i < a->held_count; i++) {
        toc_held_intent *intent = &a->held[i];
        if (intent->release_at < 0 || intent->release_at > now)
            continue;
        intent->release_at = -1;
        for (size_t k = 0; k < p->held_count; k++)
            if (strcmp(p->held[k], intent->inject) == 0 && intent->times++ < 2)
                toc_event_set_str(toc_events_add(acts, TOC_K_RELEASE, 0), TOC_F_INJECT,
                                  intent->inject);
    }
}

static void play_plan(toc_auto *a, const toc_picture *p, int64_t now, toc_events *acts,
                      toc_auto_notes *notes)
{
    a->line_from = acts->count;
    for (size_t i = 0; i < a->plan.count; i++) {
        const toc_playstep *step = &a->plan.steps[i];
        if (a->done[i] || step->kind > TOC_STEP_ON || strcmp(step->seat, a->seat) != 0 ||
            !is_ready(step, p, now) || (p->is_emergency && !is_of_emergency(step->act.input.kind)))
            continue;
        a->done[i] = true;
        toc_act act;
        toc_error e;
        toc_act_copy(&act, &step->act);
        if (toc_picture_resolve(p, &act, &e) == TOC_OK) {
            toc_event *out = toc_events_add(acts, act.input.kind, 0);
            toc_event_fini(out);
            toc_event_copy(out, &act.input);
            a->lines[a->line_count++] = step->line;
        } else {
            TOC_GROW(notes->at, notes->count, notes->capacity);
            notes->at[notes->count++] = (toc_auto_note){step->line, toc_strdup(e.msg)};
        }
        toc_act_fini(&act);
    }
}

// Everything else stands with play.
static bool is_of_emergency(toc_kind kind)
{
    return kind == TOC_K_RESUME || kind == TOC_K_EMERGENCY || kind == TOC_K_END ||
           kind == TOC_K_CLOSE;
}

static void play_again(toc_auto *a, toc_events *acts)
{
    for (size_t i = 0; i < a->again.count; i++) {
        toc_event *out = toc_events_add(acts, a->again.at[i].kind, 0);
        toc_event_fini(out);
        toc_event_copy(out, &a->again.at[i]);
    }
    toc_events_clear(&a->again);
}

// What is to be told by voice is told at once, unless a line of the plan says when.
static void play_cues(toc_auto *a, const toc_picture *p, toc_events *acts)
{
    for (; a->cue_count < p->cue_count; a->cue_count++) {
        const toc_cue *cue = &p->cues[a->cue_count];
        const char *inject = toc_event_str(&cue->cue, TOC_F_INJECT);
        if (!toc_cue_is_open(cue) || !tells(a, p, cue) ||
            toc_auto_mentions(a, TOC_K_DELIVER, TOC_F_INJECT, inject))
            continue;
        toc_event_set_str(toc_events_add(acts, TOC_K_DELIVER, 0), TOC_F_INJECT, inject);
    }
}

// The controller who is named, the first of the SIMCELL, or the first of EXCON where those have no seat.
static bool tells(const toc_auto *a, const toc_picture *p, const toc_cue *cue)
{
    const char *who = toc_event_str(&cue->cue, TOC_F_CONTROLLER);
    const char *seat = !who                          ? "excon-1"
                       : strcmp(who, "simcell") == 0 ? "simcell-1"
                       : strcmp(who, "excon") == 0   ? "excon-1"
                                                     : who;
    if (!toc_picture_seat(p, seat))
        seat = "excon-1";
    return strcmp(a->seat, seat) == 0;
}

// Its time has come, and everything it speaks of is there.
static bool is_ready(const toc_playstep *step, const toc_picture *p, int64_t now)
{
    const toc_event *input = &step->act.input;
    const char *decision = toc_event_str(input, TOC_F_DECISION);
    const char *inject = toc_event_str(input, TOC_F_INJECT);
    if (!p->has_started && input->kind != TOC_K_START)
        return false;
    if (step->kind == TOC_STEP_AT && now < step->at)
        return false;
    const toc_question *q = decision ? toc_picture_question(p, decision) : NULL;
    if (decision && !q)
        return false;
    if (q && input->kind == TOC_K_RULE && q->state != TOC_QUESTION_RULING && !q->is_crossed &&
        step->kind == TOC_STEP_ON)
        return false;
    if (step->act.item && !toc_picture_item(p, step->act.item))
        return false;
    const toc_cue *cue = inject ? toc_picture_cue(p, inject) : NULL;
    if (input->kind == TOC_K_DELIVER && (!cue || !toc_cue_is_open(cue)))
        return false;
    if (step->kind == TOC_STEP_AT)
        return true;
    bool is_held = false;
    for (size_t i = 0; i < p->held_count; i++)
        is_held = is_held || strcasecmp(p->held[i], step->id) == 0;
    if (input->kind == TOC_K_RELEASE && inject && strcasecmp(inject, step->id) == 0)
        return is_held;
    const toc_known_phase *phase = toc_situation_phase(&p->situation, step->id);
    const toc_known_expectation *x = toc_situation_expectation(&p->situation, step->id);
    return toc_picture_question(p, step->id) || toc_picture_item(p, step->id) ||
           toc_picture_cue(p, step->id) || (phase && phase->was_entered) || (x && x->was_overdue);
}

// What the director of an exercise does whom nobody directs.
static void conduct(toc_auto *a, const toc_picture *p, bool is_idle, toc_events *acts)
{
    bool has_start = false;
    bool has_close = false;
    for (size_t i = 0; i < a->plan.count; i++) {
        bool acts_then = a->plan.steps[i].kind <= TOC_STEP_ON;
        has_start = has_start || (acts_then && a->plan.steps[i].act.input.kind == TOC_K_START);
        has_close = has_close || (acts_then && a->plan.steps[i].act.input.kind == TOC_K_CLOSE);
    }
    if (!p->has_started && !p->has_ended && !a->has_started && !has_start && teams_are_here(p)) {
        a->has_started = true;
        toc_events_add(acts, TOC_K_START, 0);
    } else if (p->taken_up > a->resumed && !p->has_ended) {
        a->resumed = p->taken_up;
        toc_events_add(acts, TOC_K_RESUME, 0);
    } else if (p->has_ended && !a->has_closed && !has_close && is_idle) {
        a->has_closed = true;
        toc_events_add(acts, TOC_K_CLOSE, 0);
    }
}

static bool teams_are_here(const toc_picture *p)
{
    size_t count = 0;
    for (size_t i = 0; i < p->neighbour_count; i++) {
        char audience[64];
        toc_seat_audience(p->neighbours[i].id, audience);
        if (strcmp(audience, "control") == 0 || strcmp(audience, "board") == 0)
            continue;
        if (!p->neighbours[i].is_present)
            return false;
        count++;
    }
    return count > 0;
}

static void earliest(int64_t *due, bool *found, int64_t at)
{
    if (at < 0)
        return;
    *found = true;
    if (at < *due)
        *due = at;
}
