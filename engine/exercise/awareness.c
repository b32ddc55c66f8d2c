// SPDX-License-Identifier: MIT
// Who has opened what, and what a team knows. A team is aware of an inject when the first of its seats
// has opened it, or somebody's forward of it, or when a controller says that it knows.

#include <string.h>

#include "state.h"

static const item *item_of(const toc_exercise *x, const toc_event *in, size_t *team);
static void become_aware(toc_exercise *x, const item *it, size_t team);

toc_err toc_item_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    char audience[64];
    toc_seat_audience(toc_event_str(in, TOC_F_BY), audience);
    if (!toc_exercise_has_item(x, audience, toc_event_int(in, TOC_F_ITEM)))
        return toc_fail(e, TOC_EREFUSED, "you have no such item");
    return TOC_OK;
}

void toc_read_apply(toc_exercise *x, const toc_event *in)
{
    size_t team;
    const item *it = item_of(x, in, &team);
    if (team == TOC_NONE)
        return;
    if (it->inject != TOC_NONE)
        x->injects[it->inject].is_read[team] = true;
    become_aware(x, it, team);
}

void toc_ack_apply(toc_exercise *x, const toc_event *in)
{
    size_t team;
    const item *it = item_of(x, in, &team);
    if (team != TOC_NONE && it->inject != TOC_NONE)
        x->injects[it->inject].is_acked[team] = true;
    toc_read_apply(x, in);
}

toc_err toc_aware_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *team = toc_event_str(in, TOC_F_TEAM), *inject = toc_event_str(in, TOC_F_INJECT);
    size_t t = toc_plan_team(x->plan, team), i = toc_exercise_inject_find(x, inject);
    if (t == TOC_NONE)
        return toc_fail(e, TOC_EREFUSED, "there is no team %.60s", team);
    if (i == TOC_NONE)
        return toc_fail(e, TOC_EREFUSED, "there is no inject %.60s", inject);
    if (x->injects[i].state != TOC_INJECT_SENT)
        return toc_fail(e, TOC_EREFUSED, "%s was not sent yet", inject);
    if (x->injects[i].aware[t] >= 0)
        return toc_fail(e, TOC_EREFUSED, "%s is aware of %s already", team, inject);
    return TOC_OK;
}

void toc_aware_apply(toc_exercise *x, const toc_event *in)
{
    size_t team = toc_plan_team(x->plan, toc_event_str(in, TOC_F_TEAM));
    size_t i = toc_exercise_inject_find(x, toc_event_str(in, TOC_F_INJECT));
    x->injects[i].aware[team] = x->now;
    toc_expectations_aware(x, i, team);
}

bool toc_query_read(const toc_exercise *x, size_t team, size_t inject)
{
    return x->injects[inject].is_read[team];
}

int64_t toc_query_aware(const toc_exercise *x, size_t team, size_t inject)
{
    return x->injects[inject].aware[team];
}

// The item that an input is about, and the team of the seat that sent it.
static const item *item_of(const toc_exercise *x, const toc_event *in, size_t *team)
{
    char audience[64];
    toc_seat_audience(toc_event_str(in, TOC_F_BY), audience);
    *team = toc_plan_team(x->plan, audience);
    return toc_item_find(x, toc_event_int(in, TOC_F_ITEM));
}

static void become_aware(toc_exercise *x, const item *it, size_t team)
{
    const item *first = it->origin ? toc_item_find(x, it->origin) : it;
    if (first->inject == TOC_NONE || x->injects[first->inject].aware[team] >= 0)
        return;
    x->injects[first->inject].aware[team] = x->now;
    toc_expectations_aware(x, first->inject, team);
}
