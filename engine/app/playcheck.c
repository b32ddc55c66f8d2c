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

static void check_step(check *c)
{
    const toc_playstep *step = c->step;
    const toc_event *input = &step->act.input;
    switch (step->kind) {
    case TOC_STEP_EXPECT_SENT:
        check_inject(c, step->id);
        break;
    case TOC_STEP_EXPECT_DECIDED:
    case TOC_STEP_EXPECT_OVERDUE:
        check_decision(c, step->id, step->option);
        break;
    case TOC_STEP_EXPECT_ENDEX:
        break;
    case TOC_STEP_AT:
    case TOC_STEP_ON:
        if (step->id && toc_plan_inject(c->plan, step->id) == TOC_NONE &&
            toc_plan_decision(c->plan, step->id) == TOC_NONE)
            say(c, "inject or decision", step->id);
        check_seat(c);
        check_decision(c, toc_event_str(input, TOC_F_DECISION), NULL);
        check_inject(c, toc_event_str(input, TOC_F_INJECT));
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
