// SPDX-License-Identifier: MIT
// Injects that EXCON writes in play. Each is one more row of the list, and then like any other.

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "state.h"

static toc_err check_teams(const toc_exercise *x, const toc_value *to, toc_error *e);
static toc_err check_line(const char *text, const char *what, toc_error *e);
static char *next_id(toc_exercise *x);
static bool is_taken(const toc_plan *p, const char *id);

toc_err toc_adhoc_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *objective = toc_event_str(in, TOC_F_OBJECTIVE);
    toc_err err = check_teams(x, toc_event_value(in, TOC_F_TO), e);
    if (!err)
        err = check_line(toc_event_str(in, TOC_F_FROM), "name of who speaks", e);
    if (!err)
        err = check_line(toc_event_str(in, TOC_F_CHANNEL), "channel", e);
    if (!err)
        err = toc_words_check(toc_event_str(in, TOC_F_TITLE), toc_event_str(in, TOC_F_TEXT), e);
    if (err)
        return err;
    if (objective && toc_plan_objective(x->plan, objective) == TOC_NONE)
        return toc_fail(e, TOC_EREFUSED, "there is no objective %.60s", objective);
    if (toc_event_has(in, TOC_F_UNTIL))
        return toc_time_check(x, in->t, toc_event_int(in, TOC_F_UNTIL), e);
    if (!toc_in_play(x))
        return toc_fail(e, TOC_EREFUSED,
                        "play has not started; say when it is to be sent: at T+0:10");
    return TOC_OK;
}

void toc_adhoc_apply(toc_exercise *x, const toc_event *in)
{
    const toc_value *to = toc_event_value(in, TOC_F_TO);
    bool is_all = strcmp(to->list[0], "all") == 0;
    toc_inject *row = toc_alloc(sizeof *row);
    row->id = next_id(x);
    row->from = toc_strdup(toc_event_str(in, TOC_F_FROM));
    row->channel = toc_strdup(toc_event_str(in, TOC_F_CHANNEL));
    row->title = toc_strdup(toc_event_str(in, TOC_F_TITLE));
    row->text = toc_strdup(toc_event_str(in, TOC_F_TEXT));
    row->objective = toc_strdup(toc_event_str(in, TOC_F_OBJECTIVE));
    row->urgent = toc_event_int(in, TOC_F_URGENT) != 0;
    row->to_count = is_all ? x->plan->team_count : to->count;
    row->to = toc_alloc((row->to_count + 1) * sizeof *row->to);
    for (size_t i = 0; i < row->to_count; i++)
        row->to[i] = is_all ? i : toc_plan_team(x->plan, to->list[i]);
    if (toc_event_has(in, TOC_F_UNTIL))
        row->at = (toc_at){.kind = TOC_AT_PLAY, .ms = toc_event_int(in, TOC_F_UNTIL)};

    size_t i = toc_inject_add(x, row);
    if (row->at.kind == TOC_AT_NEVER) {
        toc_inject_send(x, i);
        if (toc_inject_is_gone(x, i)) // its text may have failed
            toc_inject_set_by(x, i, toc_event_str(in, TOC_F_BY));
    } else if (toc_in_play(x)) {
        toc_schedule_add(
            &x->schedule,
            (toc_due){.kind = TOC_DUE_INJECT, .index = i, .cause = x->cause, .due = row->at.ms});
    }
}

static toc_err check_teams(const toc_exercise *x, const toc_value *to, toc_error *e)
{
    if (to->count == 0)
        return toc_fail(e, TOC_EREFUSED, "say who is to receive it: a team, several, or all");
    for (size_t i = 0; i < to->count; i++) {
        bool is_all = strcmp(to->list[i], "all") == 0;
        if (is_all && to->count > 1)
            return toc_fail(e, TOC_EREFUSED, "all stands alone");
        if (!is_all && toc_plan_team(x->plan, to->list[i]) == TOC_NONE)
            return toc_fail(e, TOC_EREFUSED, "there is no team \"%.60s\"", to->list[i]);
        for (size_t k = 0; k < i; k++)
            if (strcmp(to->list[k], to->list[i]) == 0)
                return toc_fail(e, TOC_EREFUSED, "%.60s is named twice", to->list[i]);
    }
    return TOC_OK;
}

// What authors write in one line.
static toc_err check_line(const char *text, const char *what, toc_error *e)
{
    if (!text)
        return TOC_OK;
    if (text[strspn(text, " ")] == '\0')
        return toc_fail(e, TOC_EREFUSED, "the %s is empty", what);
    if (strpbrk(text, "\n\t") || strlen(text) > TOC_LINE_MAX)
        return toc_fail(e, TOC_EREFUSED, "the %s must be one line of at most %d bytes", what,
                        TOC_LINE_MAX);
    return TOC_OK;
}

static char *next_id(toc_exercise *x)
{
    for (;;) {
        char *id = toc_sprintf("ADHOC-%d", ++x->adhoc_number);
        if (!is_taken(x->plan, id))
            return id;
        free(id);
    }
}

// By an author, for whatever it stands: people type ids without a look at capitals.
static bool is_taken(const toc_plan *p, const char *id)
{
    for (size_t i = 0; i < p->inject_count; i++)
        if (strcasecmp(p->injects[i].id, id) == 0)
            return true;
    for (size_t i = 0; i < p->decision_count; i++)
        if (strcasecmp(p->decisions[i].id, id) == 0)
            return true;
    for (size_t i = 0; i < p->expectation_count; i++)
        if (strcasecmp(p->expectations[i].id, id) == 0)
            return true;
    return toc_plan_phase(p, id) != TOC_NONE || toc_plan_objective(p, id) != TOC_NONE;
}
