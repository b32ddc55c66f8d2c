// SPDX-License-Identifier: MIT
// What the players notice, and when they mean to act on it.
#include "players.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "players_inside.h"
#include "timing.h"

static void on_event(void *self, const toc_stage *s, const toc_event *ev);
static bool on_next(void *self, const toc_stage *s, int64_t *t);
static void on_act(void *self, toc_stage *s);
static void on_start(toc_players *p, int64_t t);
static void on_inject(toc_players *p, const toc_event *ev);
static void on_message(toc_players *p, const toc_event *ev);
static void on_cue(toc_players *p, const toc_event *ev);
static void on_held(toc_players *p, const toc_event *ev);
static void on_ask(toc_players *p, const toc_event *ev);
static void on_crossed(toc_players *p, const toc_stage *s, const toc_event *ev);
static void on_expectation(toc_players *p, const toc_stage *s, const toc_event *ev);
static void on_open(toc_players *p, const toc_stage *s, size_t i, const toc_event *ev);
static void mean_to_speak(toc_players *p, size_t group, int64_t t);

toc_players *toc_players_new(const toc_atlas *atlas)
{
    const toc_plan *plan = atlas->plan;
    toc_players *p = toc_alloc(sizeof *p);
    p->atlas = atlas;
    p->plan = plan;
    p->actors = (toc_actors){p, on_event, on_next, on_act};
    p->decisions = toc_alloc((plan->decision_count + 1) * sizeof *p->decisions);
    p->actions = toc_alloc((plan->expectation_count + 1) * sizeof *p->actions);
    p->releases = toc_alloc((plan->inject_count + 1) * sizeof *p->releases);
    p->speaks = toc_alloc((plan->team_count + plan->party_count + 1) * sizeof *p->speaks);
    return p;
}

void toc_actors_free(toc_players *p)
{
    if (!p)
        return;
    toc_diary_fini(&p->diary);
    free(p->decisions);
    free(p->actions);
    free(p->releases);
    free(p->lines);
    free(p->speaks);
    free(p->to);
    free(p);
}

const toc_actors *toc_players_actors(const toc_players *p)
{
    return &p->actors;
}

static void forget(toc_players *p)
{
    toc_diary_clear(&p->diary);
    memset(p->decisions, 0, p->plan->decision_count * sizeof *p->decisions);
    memset(p->actions, 0, p->plan->expectation_count * sizeof *p->actions);
    memset(p->releases, 0, p->plan->inject_count * sizeof *p->releases);
    for (size_t i = 0; i <= p->plan->team_count + p->plan->party_count; i++)
        p->speaks[i] = -1;
    if (p->lore->line_count > p->line_capacity) {
        p->line_capacity = p->lore->line_count;
        p->lines = toc_realloc(p->lines, p->line_capacity * sizeof *p->lines);
        p->to = toc_realloc(p->to, p->line_capacity * sizeof *p->to);
    }
    if (p->lore->line_count > 0)
        memset(p->lines, 0, p->lore->line_count * sizeof *p->lines);
}

void toc_players_ready(toc_players *p, const toc_path *path, const toc_lore *lore)
{
    p->path = path;
    p->lore = lore;
    forget(p);
    for (size_t i = 0; i < path->count; i++) {
        const toc_choice *c = &path->choices[i];
        if (c->kind == TOC_CHOICE_DECISION)
            p->decisions[c->index].choice = c;
        else if (c->kind == TOC_CHOICE_ACTION)
            p->actions[c->index].choice = c;
    }
    for (size_t i = 0; i < lore->line_count; i++)
        if (toc_path_find(path, TOC_CHOICE_TALK, 0, lore->lines[i].from, lore->lines[i].to))
            p->lines[i].blocked++;
    for (size_t i = 0; i < lore->ask_count; i++)
        if (p->actions[lore->asks[i].expectation].choice)
            p->lines[lore->asks[i].line].blocked++;
    toc_diary_add(&p->diary, 0, INTENT_START, 0, 0);
}

void toc_players_free_lines(toc_players *p, size_t expectation)
{
    const toc_choice *c = p->actions[expectation].choice;
    if (!c || c->answer != TOC_ANSWER_LATE || p->actions[expectation].is_released)
        return;
    p->actions[expectation].is_released = true;
    for (size_t i = 0; i < p->lore->ask_count; i++)
        if (p->lore->asks[i].expectation == expectation)
            p->lines[p->lore->asks[i].line].blocked--;
}

bool toc_players_mean_to_miss(const toc_players *p, size_t expectation)
{
    const toc_action_mind *a = &p->actions[expectation];
    return a->choice && !a->is_released;
}

static void on_event(void *self, const toc_stage *s, const toc_event *ev)
{
    toc_players *p = self;
    switch (ev->kind) {
    case TOC_K_START:
        on_start(p, ev->t);
        break;
    case TOC_K_INJECT:
        on_inject(p, ev);
        break;
    case TOC_K_MESSAGE:
        on_message(p, ev);
        break;
    case TOC_K_CUE:
        on_cue(p, ev);
        break;
    case TOC_K_HELD:
    case TOC_K_ARMED:
        on_held(p, ev);
        break;
    case TOC_K_ASK:
    case TOC_K_DEADLINE:
        on_ask(p, ev);
        break;
    case TOC_K_PROPOSED:
        toc_diary_add(&p->diary, ev->t + TOC_TAKES_RULING, INTENT_RULE,
                      toc_atlas_find(p->atlas->decisions, ev, TOC_F_DECISION), 0);
        break;
    case TOC_K_CROSSED:
        on_crossed(p, s, ev);
        break;
    case TOC_K_EXPECTATION:
        on_expectation(p, s, ev);
        break;
    default:
        break;
    }
}

static bool on_next(void *self, const toc_stage *s, int64_t *t)
{
    const toc_players *p = self;
    (void)s;
    if (p->diary.count == 0)
        return false;
    *t = p->diary.heap[0].t;
    return true;
}

static void on_act(void *self, toc_stage *s)
{
    toc_players *p = self;
    toc_intent intent = toc_diary_take(&p->diary);
    toc_players_do(p, s, &intent);
}

static void on_start(toc_players *p, int64_t t)
{
    for (size_t i = 0; i < p->lore->line_count; i++)
        mean_to_speak(p, p->lore->lines[i].group, t + TOC_TAKES_SPEAKING);
    for (size_t i = 0; i < p->plan->inject_count; i++)
        if (p->atlas->is_by_hand[i])
            toc_diary_add(&p->diary, p->lore->by_hand, INTENT_FIRE, i, 0);
}

static void on_inject(toc_players *p, const toc_event *ev)
{
    size_t i = toc_atlas_find(p->atlas->injects, ev, TOC_F_INJECT);
    if (i == TOC_NONE)
        return; // EXCON wrote it in play: it is in no path
    const toc_inject *plan = &p->plan->injects[i];
    int64_t t = ev->t + TOC_TAKES_READING;
    for (size_t k = 0; k < plan->to_count; k++) {
        toc_diary_add(&p->diary, t, INTENT_READ, plan->to[k], ev->seq);
        if (plan->ack)
            toc_diary_add(&p->diary, t, INTENT_ACK, plan->to[k], ev->seq);
    }
    size_t party = p->atlas->parties_of[i];
    for (size_t k = 0; party != TOC_NONE && k < p->lore->line_count; k++) {
        const toc_lore_line *line = &p->lore->lines[k];
        bool is_for = false;
        for (size_t team = 0; line->is_reply && team < plan->to_count; team++)
            is_for = is_for || plan->to[team] == line->group;
        if (is_for && strcmp(line->to, p->plan->parties[party].id) == 0)
            p->lines[k].last_item = ev->seq;
    }
}

// Those whom SIMCELL and EXCON speak for answer whatever is written to them; and what came from
// somebody who is no contact can be answered.
static void on_message(toc_players *p, const toc_event *ev)
{
    const toc_value *to = toc_event_value(ev, TOC_F_TO);
    const char *from = toc_event_str(ev, TOC_F_FROM);
    for (size_t i = 0; to && i < to->count; i++)
        for (size_t k = 0; k < p->lore->line_count; k++) {
            const toc_lore_line *line = &p->lore->lines[k];
            if (strcmp(line->from, to->list[i]) != 0)
                continue;
            if (line->group >= p->plan->team_count)
                mean_to_speak(p, line->group, ev->t + TOC_TAKES_SPEAKING);
            else if (line->is_reply && from && strcmp(from, line->to) == 0)
                p->lines[k].last_item = ev->seq;
        }
}

// Whoever has the cue calls at once.
static void on_cue(toc_players *p, const toc_event *ev)
{
    toc_diary_add(&p->diary, ev->t, INTENT_DELIVER,
                  toc_atlas_find(p->atlas->injects, ev, TOC_F_INJECT), 0);
}

static void on_held(toc_players *p, const toc_event *ev)
{
    enum { RELEASES_MOST = 2 }; // a text that fails holds its inject again: not for ever
    size_t i = toc_atlas_find(p->atlas->injects, ev, TOC_F_INJECT);
    if (i == TOC_NONE)
        return;
    toc_release_mind *mind = &p->releases[i];
    if (mind->is_pending || mind->times == RELEASES_MOST)
        return;
    mind->is_pending = true;
    mind->times++;
    toc_diary_add(&p->diary, ev->t + TOC_TAKES_RULING, INTENT_RELEASE, i, 0);
}

// Asked, or asked until another time.
static void on_ask(toc_players *p, const toc_event *ev)
{
    size_t i = toc_atlas_find(p->atlas->decisions, ev, TOC_F_DECISION);
    toc_decision_mind *mind = &p->decisions[i];
    const toc_choice *c = mind->choice;
    int64_t last = toc_event_int(ev, TOC_F_DEADLINE) - TOC_TAKES_LAST;
    int64_t t = ev->t + TOC_TAKES_ANSWERING;
    bool is_late = c && c->when == TOC_WHEN_LATE, is_at = c && c->when == TOC_WHEN_AT;
    mind->version++;
    if (mind->is_done || (c && c->answer == TOC_ANSWER_NONE))
        return;
    if (is_at) {
        if (c->at < ev->t)
            return;
        t = c->at;
    } else if (is_late || t > last) {
        t = last;
    }
    toc_diary_add(&p->diary, t > ev->t ? t : ev->t, INTENT_ANSWER, i, mind->version);
}

// Whoever means to answer still does; then EXCON rules.
static void on_crossed(toc_players *p, const toc_stage *s, const toc_event *ev)
{
    size_t i = toc_atlas_find(p->atlas->decisions, ev, TOC_F_DECISION);
    toc_decision_mind *mind = &p->decisions[i];
    bool is_silent = mind->choice && mind->choice->answer == TOC_ANSWER_NONE;
    int64_t t = ev->t;
    mind->version++;
    if (!is_silent && !mind->is_done && toc_exercise_decision(s->x, i).state == TOC_DECISION_OPEN) {
        t += TOC_TAKES_ANSWERING;
        toc_diary_add(&p->diary, t, INTENT_ANSWER, i, mind->version);
    }
    toc_diary_add(&p->diary, t + TOC_TAKES_RULING, INTENT_RULE, i, 0);
}

static void on_expectation(toc_players *p, const toc_stage *s, const toc_event *ev)
{
    size_t i = toc_atlas_find(p->atlas->expectations, ev, TOC_F_EXPECTATION);
    const char *state = toc_event_str(ev, TOC_F_STATE);
    toc_action_mind *mind = &p->actions[i];
    bool is_missed = mind->choice && mind->choice->answer == TOC_ANSWER_NONE;
    int64_t t = ev->t;
    if (strcmp(state, "open") == 0) {
        on_open(p, s, i, ev);
    } else if (strcmp(state, "crossed") == 0) {
        mind->version++;
        toc_players_free_lines(p, i);
        if (!is_missed && !mind->is_done)
            toc_diary_add(&p->diary, t += TOC_TAKES_ACTING, INTENT_DO, i, mind->version);
        toc_diary_add(&p->diary, t + TOC_TAKES_RULING, INTENT_SETTLE, i, mind->version);
    } else if (strcmp(state, "overdue") == 0) {
        mind->version++;
        toc_players_free_lines(p, i);
        if (!mind->choice || is_missed)
            return;
        toc_diary_add(&p->diary, t += TOC_TAKES_ACTING, INTENT_DO, i, mind->version);
        toc_diary_add(&p->diary, t + TOC_TAKES_RULING, INTENT_SETTLE, i, mind->version);
    }
}

// Its deadline is known, or another one. A condition may come true by what others do: EXCON waits for that
// until just before the deadline.
static void on_open(toc_players *p, const toc_stage *s, size_t i, const toc_event *ev)
{
    toc_action_mind *mind = &p->actions[i];
    int64_t end = toc_event_int(ev, TOC_F_DEADLINE);
    if (mind->choice)
        return;
    if (end > s->plan->length_ms)
        end = s->plan->length_ms;
    int64_t t = ev->t + (end - ev->t) / 2, last = end - TOC_TAKES_LAST;
    if (t > end - TOC_TAKES_MARGIN)
        t = end - TOC_TAKES_MARGIN;
    if (t < ev->t)
        t = ev->t;
    mind->version++;
    if (!mind->is_done)
        toc_diary_add(&p->diary, t, INTENT_DO, i, mind->version);
    t = p->plan->expectations[i].has_condition || t + TOC_TAKES_RULING > last
            ? last
            : t + TOC_TAKES_RULING;
    toc_diary_add(&p->diary, t > ev->t ? t : ev->t, INTENT_SETTLE, i, mind->version);
}

static void mean_to_speak(toc_players *p, size_t group, int64_t t)
{
    if (group == TOC_NONE || p->speaks[group] == t)
        return;
    p->speaks[group] = t;
    toc_diary_add(&p->diary, t, INTENT_SPEAK, group, 0);
}
