// SPDX-License-Identifier: MIT
// Seats: opened, revoked, sat down at and left.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "state.h"

size_t toc_seat_open(toc_exercise *x, const char *id)
{
    size_t i = toc_exercise_seat_find(x, id);
    if (i == TOC_NONE) {
        TOC_GROW(x->seats, x->seat_count, x->seat_capacity);
        i = x->seat_count++;
        x->seats[i] = (seat_now){.id = toc_strdup(id)};
        toc_seat_audience(id, x->seats[i].audience);
    }
    x->seats[i].is_open = true;
    return i;
}

toc_err toc_open_seat_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *id = toc_event_str(in, TOC_F_SEAT);
    char audience[64];
    toc_seat_audience(id, audience);
    bool is_known = strcmp(audience, "control") == 0 || strcmp(audience, "board") == 0 ||
                    toc_plan_team(x->plan, audience) != TOC_NONE;
    size_t seat = toc_exercise_seat_find(x, id);
    if (!is_known || strlen(id) > TOC_ID_MAX + 8)
        return toc_fail(e, TOC_EREFUSED,
                        "\"%.60s\" is no seat: a seat is a team and a number, as in %s-9", id,
                        x->plan->team_count ? x->plan->teams[0].id : "excon");
    if (seat != TOC_NONE && x->seats[seat].is_open)
        return toc_fail(e, TOC_EREFUSED, "the seat %s is open already; revoke it first", id);
    return TOC_OK;
}

void toc_open_seat_apply(toc_exercise *x, const toc_event *in)
{
    toc_seat_open(x, toc_event_str(in, TOC_F_SEAT));
}

toc_err toc_revoke_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *id = toc_event_str(in, TOC_F_SEAT);
    size_t seat = toc_exercise_seat_find(x, id);
    if (seat == TOC_NONE || !x->seats[seat].is_open)
        return toc_fail(e, TOC_EREFUSED, "there is no open seat %.60s", id);
    if (strcmp(id, toc_event_str(in, TOC_F_BY)) == 0)
        return toc_fail(e, TOC_EREFUSED, "a seat cannot revoke itself");
    return TOC_OK;
}

void toc_revoke_apply(toc_exercise *x, const toc_event *in)
{
    size_t seat = toc_exercise_seat_find(x, toc_event_str(in, TOC_F_SEAT));
    x->seats[seat].is_open = x->seats[seat].is_present = false;
}

// join is one's own seat; leave is the engine's, of any seat that sat down.
toc_err toc_seat_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *id = toc_event_str(in, TOC_F_SEAT);
    if (in->kind == TOC_K_JOIN && strcmp(id, toc_event_str(in, TOC_F_BY)) != 0)
        return toc_fail(e, TOC_EREFUSED, "a seat joins as itself");
    if (toc_exercise_seat_find(x, id) == TOC_NONE)
        return toc_fail(e, TOC_EREFUSED, "there is no seat %.60s", id);
    return TOC_OK;
}

void toc_join_apply(toc_exercise *x, const toc_event *in)
{
    seat_now *s = &x->seats[toc_exercise_seat_find(x, toc_event_str(in, TOC_F_SEAT))];
    const char *session = toc_event_str(in, TOC_F_SESSION);
    s->is_present = true;
    if (s->session && strcmp(s->session, session) == 0)
        return; // the same session goes on over a new connection
    free(s->session);
    s->session = toc_strdup(session);
}

void toc_leave_apply(toc_exercise *x, const toc_event *in)
{
    x->seats[toc_exercise_seat_find(x, toc_event_str(in, TOC_F_SEAT))].is_present = false;
}

toc_err toc_reassign_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    (void)x;
    return toc_fail(e, TOC_EREFUSED, "%s is not possible", toc_kind_name(in->kind));
}

toc_err toc_sign_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    (void)x;
    return toc_fail(e, TOC_EREFUSED, "%s is not possible", toc_kind_name(in->kind));
}

void toc_reassign_apply(toc_exercise *x, const toc_event *in)
{
    (void)x;
    (void)in;
}

void toc_sign_in_apply(toc_exercise *x, const toc_event *in)
{
    (void)x;
    (void)in;
}

void toc_sign_out_apply(toc_exercise *x, const toc_event *in)
{
    (void)x;
    (void)in;
}
