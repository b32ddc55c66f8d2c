// SPDX-License-Identifier: MIT
#include "playcheck.h"

#include <string.h>

#include "base/text.h"
#include "record/feed.h"

// What a line of the plan is about, for its messages.
typedef struct {
    const toc_playplan *play;
    const toc_playstep *step;
    const toc_plan *plan;
    toc_buf *problems;
    size_t count;
} check;

static void say(check *c, const char *what, const char *name)
{
    char quoted[TOC_QUOTE_SIZE];
    toc_buf_printf(c->problems, "%s:%d: the scenario has no %s %s\n", c->play->name, c->step->line,
                   what, toc_text_quote(quoted, name));
    c->count++;
}

static void check_seat(check *c)
{
    char audience[64];
    if (!c->step->seat)
        return;
    toc_seat_audience(c->step->seat, audience);
    if (strcmp(audience, "control") != 0 && strcmp(audience, "board") != 0 &&
        toc_plan_team(c->plan, audience) == TOC_NONE)
        say(c, "seat", c->step->seat);
}

static void check_decision(check *c, const char *id, const char *option)
{
    size_t i = id ? toc_plan_decision(c->plan, id) : TOC_NONE;
    if (!id)
        return;
    if (i == TOC_NONE) {
        say(c, "decision", id);
        return;
    }
    const toc_decision *d = &c->plan->decisions[i];
    bool is_there = !option || strcmp(option, "other") == 0;
    for (size_t k = 0; k < d->option_count; k++)
        is_there = is_there || strcmp(option, d->options[2 * k]) == 0;
    if (!is_there)
        say(c, "such option", option);
}

static void check_inject(check *c, const char *id)
{
    if (id && toc_plan_inject(c->plan, id) == TOC_NONE)
        say(c, "inject", id);
}

static void check_service(check *c, const char *id)
{
    if (id && toc_plan_service(c->plan, id) == TOC_NONE)
        say(c, "service", id);
}

static void check_phase(check *c, const char *id)
{
    if (id && toc_plan_phase(c->plan, id) == TOC_NONE)
        say(c, "phase", id);
}

static void check_expectation(check *c, const char *id)
{
    if (id && toc_plan_expectation(c->plan, id) == TOC_NONE)
        say(c, "expected action", id);
}

static void check_product(check *c, const char *id)
{
    bool is_there = !id;
    for (size_t i = 0; i < c->plan->expectation_count && !is_there; i++) {
        const char *product = c->plan->expectations[i].product;
        is_there = product && strcmp(product, id) == 0;
    }
    if (!is_there)
        say(c, "product", id);
}

// What a line waits for. Only controllers are told of expected actions.
static void check_trigger(check *c, const char *id)
{
    char audience[64];
    bool is_expectation = id && toc_plan_expectation(c->plan, id) != TOC_NONE;
    if (!id || toc_plan_inject(c->plan, id) != TOC_NONE ||
        toc_plan_decision(c->plan, id) != TOC_NONE || toc_plan_phase(c->plan, id) != TOC_NONE)
        return;
    toc_seat_audience(c->step->seat, audience);
    if (!is_expectation)
        say(c, "inject, decision, phase or expected action", id);
    else if (strcmp(audience, "control") != 0)
        say(c, "inject that a team could wait for (it is an expected action):", id);
}

static void check_act(check *c)
{
    const toc_event *input = &c->step->act.input;
    const char *team = toc_event_str(input, TOC_F_TEAM);
    check_seat(c);
    check_decision(c, toc_event_str(input, TOC_F_DECISION), NULL);
    check_inject(c, toc_event_str(input, TOC_F_INJECT));
    check_phase(c, toc_event_str(input, TOC_F_PHASE));
    check_expectation(c, toc_event_str(input, TOC_F_EXPECTATION));
    check_product(c, toc_event_str(input, TOC_F_PRODUCT));
    if (team && toc_plan_team(c->plan, team) == TOC_NONE)
        say(c, "team", team);
}

static void check_step(check *c)
{
    const toc_playstep *step = c->step;
    switch (step->kind) {
    case TOC_STEP_EXPECT_SENT:
        check_inject(c, step->id);
        break;
    case TOC_STEP_EXPECT_OVERDUE:
        if (toc_plan_expectation(c->plan, step->id) != TOC_NONE)
            break;
        check_decision(c, step->id, NULL);
        break;
    case TOC_STEP_EXPECT_DECIDED:
        check_decision(c, step->id, step->option);
        break;
    case TOC_STEP_EXPECT_LEVEL:
    case TOC_STEP_EXPECT_DEADLOCK:
        check_service(c, step->id);
        break;
    case TOC_STEP_EXPECT_ACTION:
        check_expectation(c, step->id);
        break;
    case TOC_STEP_EXPECT_ENTERED:
        check_phase(c, step->id);
        break;
    case TOC_STEP_EXPECT_HANDED_IN:
        check_product(c, step->id);
        break;
    case TOC_STEP_EXPECT_ENDEX:
        break;
    case TOC_STEP_AT:
    case TOC_STEP_ON:
        check_trigger(c, step->id);
        check_act(c);
        break;
    }
}

size_t toc_playcheck(const toc_playplan *play, const toc_plan *plan, toc_buf *problems)
{
    check c = {.play = play, .plan = plan, .problems = problems};
    for (size_t i = 0; i < play->count; i++) {
        c.step = &play->steps[i];
        check_step(&c);
    }
    return c.count;
}

size_t toc_playexpects(const toc_playplan *play)
{
    size_t count = 0;
    for (size_t i = 0; i < play->count; i++)
        count += play->steps[i].kind != TOC_STEP_AT && play->steps[i].kind != TOC_STEP_ON;
    return count;
}
