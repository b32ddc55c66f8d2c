// SPDX-License-Identifier: MIT
// What the players do, when it is time for it: at most one input each.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "players_inside.h"
#include "timing.h"

#define WORDS_SAID   "(rehearsed: a message)"
#define WORDS_ANSWER "(rehearsed: an answer of its own)"
#define WORDS_PAPER  "(rehearsed: what was asked for)"

static void put_simple(toc_stage *s, const char *seat, toc_kind kind, toc_field field,
                       const char *id);
static void put_item(toc_stage *s, const char *seat, toc_kind kind, int64_t item);
static void speak(toc_players *p, toc_stage *s, size_t group);
static void say(toc_players *p, toc_stage *s, size_t line);
static void put_say(toc_players *p, toc_stage *s, size_t group, char *const *to, size_t count,
                    int64_t re);
static void answer(toc_players *p, toc_stage *s, size_t i);
static void rule(toc_players *p, toc_stage *s, size_t i);
static void release(toc_players *p, toc_stage *s, size_t i);
static void act_on(toc_players *p, toc_stage *s, size_t i);
static void settle(toc_players *p, toc_stage *s, size_t i);

void toc_players_do(toc_players *p, toc_stage *s, const toc_intent *intent)
{
    size_t i = intent->index;
    switch ((toc_intent_kind)intent->kind) {
    case INTENT_START:
        put_simple(s, TOC_STAGE_EXCON, TOC_K_START, TOC_F_COUNT, NULL);
        break;
    case INTENT_READ:
        put_item(s, p->atlas->seats[i], TOC_K_READ, intent->number);
        if (p->speaks[i] != s->now + TOC_TAKES_SPEAKING) {
            p->speaks[i] = s->now + TOC_TAKES_SPEAKING;
            toc_diary_add(&p->diary, p->speaks[i], INTENT_SPEAK, i, 0);
        }
        break;
    case INTENT_ACK:
        put_item(s, p->atlas->seats[i], TOC_K_ACK, intent->number);
        break;
    case INTENT_SPEAK:
        speak(p, s, i);
        break;
    case INTENT_REPLY:
    case INTENT_SAY:
        say(p, s, i);
        break;
    case INTENT_ANSWER:
        if (intent->number == p->decisions[i].version)
            answer(p, s, i);
        break;
    case INTENT_RULE:
        rule(p, s, i);
        break;
    case INTENT_RELEASE:
        release(p, s, i);
        break;
    case INTENT_FIRE:
        if (toc_exercise_inject(s->x, i).state == TOC_INJECT_PLANNED)
            put_simple(s, TOC_STAGE_EXCON, TOC_K_FIRE, TOC_F_INJECT, p->plan->injects[i].id);
        break;
    case INTENT_DELIVER:
        if (toc_exercise_inject(s->x, i).state == TOC_INJECT_CUED)
            put_simple(s, toc_stage_controller(&p->plan->injects[i]), TOC_K_DELIVER, TOC_F_INJECT,
                       p->plan->injects[i].id);
        break;
    case INTENT_DO:
        if (intent->number == p->actions[i].version)
            act_on(p, s, i);
        break;
    case INTENT_SETTLE:
        if (intent->number == p->actions[i].version)
            settle(p, s, i);
        break;
    }
}

static void put_simple(toc_stage *s, const char *seat, toc_kind kind, toc_field field,
                       const char *id)
{
    toc_event in;
    toc_event_init(&in, kind, s->now);
    if (id)
        toc_event_set_str(&in, field, id);
    toc_stage_put(s, seat, &in);
    toc_event_fini(&in);
}

static void put_item(toc_stage *s, const char *seat, toc_kind kind, int64_t item)
{
    toc_event in;
    toc_event_init(&in, kind, s->now);
    toc_event_set_int(&in, TOC_F_ITEM, item);
    toc_stage_put(s, seat, &in);
    toc_event_fini(&in);
}

// One message to all whom this speaker is asked about; a reply each to those who are no contacts.
static void speak(toc_players *p, toc_stage *s, size_t group)
{
    size_t count = 0;
    for (size_t i = 0; i < p->lore->line_count; i++) {
        const toc_lore_line *line = &p->lore->lines[i];
        if (line->group != group || !line->is_talk || p->lines[i].blocked > 0)
            continue;
        if (line->is_open)
            p->to[count++] = line->to;
        else if (line->is_reply && p->lines[i].last_item > 0)
            toc_diary_add(&p->diary, s->now, INTENT_REPLY, i, 0);
    }
    if (count > 0)
        put_say(p, s, group, p->to, count, 0);
}

static void say(toc_players *p, toc_stage *s, size_t i)
{
    const toc_lore_line *line = &p->lore->lines[i];
    int64_t re = line->is_reply ? p->lines[i].last_item : 0;
    if (p->lines[i].blocked == 0 && (line->is_open || re > 0))
        put_say(p, s, line->group, &line->to, 1, re);
}

static void put_say(toc_players *p, toc_stage *s, size_t group, char *const *to, size_t count,
                    int64_t re)
{
    const char *seat = TOC_STAGE_EXCON;
    toc_event in;
    toc_event_init(&in, TOC_K_SAY, s->now);
    if (group < p->plan->team_count) {
        seat = p->atlas->seats[group];
    } else if (group < p->plan->team_count + p->plan->party_count) {
        seat = TOC_STAGE_SIMCELL;
        toc_event_set_str(&in, TOC_F_AS, p->plan->parties[group - p->plan->team_count].id);
    }
    toc_event_set_list(&in, TOC_F_TO, to, count);
    toc_event_set_int(&in, TOC_F_RE, re);
    toc_event_set_str(&in, TOC_F_TEXT, WORDS_SAID);
    toc_stage_put(s, seat, &in);
    toc_event_fini(&in);
}

static void answer(toc_players *p, toc_stage *s, size_t i)
{
    const toc_decision *plan = &p->plan->decisions[i];
    const toc_choice *c = p->decisions[i].choice;
    if (toc_exercise_decision(s->x, i).state != TOC_DECISION_OPEN)
        return;
    p->decisions[i].is_done = true;
    bool is_own = plan->option_count == 0 || (c && c->answer != TOC_ANSWER_OPTION);
    size_t team = toc_atlas_id(p->atlas->teams, plan->team);
    toc_event in;
    toc_event_init(&in, TOC_K_DECIDE, s->now);
    toc_event_set_str(&in, TOC_F_DECISION, plan->id);
    if (is_own)
        toc_event_set_str(&in, TOC_F_TEXT, WORDS_ANSWER);
    if (plan->option_count > 0)
        toc_event_set_str(&in, TOC_F_OPTION,
                          is_own ? "other" : plan->options[2 * (c ? c->option : 0)]);
    toc_event_set_str(&in, TOC_F_REASON, TOC_REHEARSED_REASON);
    toc_stage_put(s, team == TOC_NONE ? TOC_STAGE_EXCON : p->atlas->seats[team], &in);
    toc_event_fini(&in);
}

// An answer of a team's own, or one that nobody gave before the story jumped over its deadline.
static void rule(toc_players *p, toc_stage *s, size_t i)
{
    const toc_choice *c = p->decisions[i].choice;
    toc_decision_view view = toc_exercise_decision(s->x, i);
    bool is_rejected = view.state == TOC_DECISION_OPEN && view.is_crossed;
    if (view.state != TOC_DECISION_RULING && !is_rejected)
        return;
    is_rejected = is_rejected || (c && c->answer == TOC_ANSWER_REJECTED);
    toc_event in;
    toc_event_init(&in, TOC_K_RULE, s->now);
    toc_event_set_str(&in, TOC_F_DECISION, p->plan->decisions[i].id);
    toc_event_set_str(&in, TOC_F_RULING, is_rejected ? "reject" : "accept");
    toc_event_set_str(&in, TOC_F_REASON, TOC_REHEARSED_REASON);
    toc_stage_put(s, TOC_STAGE_EXCON, &in);
    toc_event_fini(&in);
}

static void release(toc_players *p, toc_stage *s, size_t i)
{
    p->releases[i].is_pending = false;
    if (toc_exercise_inject(s->x, i).state == TOC_INJECT_HELD)
        put_simple(s, TOC_STAGE_EXCON, TOC_K_RELEASE, TOC_F_INJECT, p->plan->injects[i].id);
}

static bool is_awaited(toc_expect_state state)
{
    return state == TOC_EXPECT_OPEN || state == TOC_EXPECT_CROSSED || state == TOC_EXPECT_OVERDUE;
}

// A product is handed in unless that would also do what somebody means to miss.
static bool may_submit(const toc_players *p, size_t i)
{
    const toc_expectation *plan = &p->plan->expectations[i];
    for (size_t k = 0; k < p->plan->expectation_count; k++) {
        const toc_expectation *other = &p->plan->expectations[k];
        if (other->team == plan->team && other->product &&
            strcmp(other->product, plan->product) == 0 && toc_players_mean_to_miss(p, k))
            return false;
    }
    return true;
}

static void act_on(toc_players *p, toc_stage *s, size_t i)
{
    const toc_expectation *plan = &p->plan->expectations[i];
    if (!is_awaited(toc_exercise_expectation(s->x, i).state))
        return;
    p->actions[i].is_done = true;
    if (!plan->product) {
        for (size_t k = 0; k < p->lore->ask_count; k++)
            if (p->lore->asks[k].expectation == i)
                toc_diary_add(&p->diary, s->now, INTENT_SAY, p->lore->asks[k].line, 0);
        return;
    }
    if (!may_submit(p, i))
        return;
    toc_event in;
    toc_event_init(&in, TOC_K_SUBMIT, s->now);
    toc_event_set_str(&in, TOC_F_PRODUCT, plan->product);
    toc_event_set_str(&in, TOC_F_TEXT, WORDS_PAPER);
    toc_stage_put(s, p->atlas->seats[plan->team], &in);
    toc_event_fini(&in);
}

// Its condition asks about somebody who is silent on this path.
static bool is_silenced(const toc_players *p, size_t i)
{
    for (size_t k = 0; k < p->lore->ask_count; k++) {
        const toc_lore_line *line = &p->lore->lines[p->lore->asks[k].line];
        if (p->lore->asks[k].expectation == i &&
            toc_path_find(p->path, TOC_CHOICE_TALK, 0, line->from, line->to))
            return true;
    }
    return false;
}

// What nothing has shown, EXCON marks.
static void settle(toc_players *p, toc_stage *s, size_t i)
{
    toc_expect_state state = toc_exercise_expectation(s->x, i).state;
    const toc_choice *c = p->actions[i].choice;
    if (!is_awaited(state))
        return;
    const char *mark = !c                             ? is_silenced(p, i) ? "not-observed" : "met"
                       : c->answer == TOC_ANSWER_LATE ? "late"
                                                      : "not-observed";
    toc_event in;
    toc_event_init(&in, TOC_K_MARK_ACTION, s->now);
    toc_event_set_str(&in, TOC_F_EXPECTATION, p->plan->expectations[i].id);
    toc_event_set_str(&in, TOC_F_STATE, mark);
    toc_stage_put(s, TOC_STAGE_EXCON, &in);
    toc_event_fini(&in);
}
