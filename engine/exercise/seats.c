// SPDX-License-Identifier: MIT
// Seats: opened, revoked, sat down at and left; and who signed in at them. A dropped link is no change of
// shift: whoever signed in stays so.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "state.h"

#define NAME_MAX_CHARACTERS 64

static void sign_out(seat_now *s);
static char *trimmed(const char *name);

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
    sign_out(&x->seats[seat]);
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
    const char *id = toc_event_str(in, TOC_F_SEAT), *team = toc_event_str(in, TOC_F_TEAM);
    const char *new_seat = toc_event_str(in, TOC_F_NEW_SEAT);
    char audience[64];
    size_t i;
    toc_err err = toc_revoke_check(x, in, e);
    if (!err)
        err = toc_name_find(x, TOC_F_TEAM, team, &i, e);
    if (err)
        return err;
    toc_seat_audience(id, audience);
    if (strcmp(audience, team) == 0)
        return toc_fail(e, TOC_EREFUSED, "%s is a seat of %s already", id, team);
    toc_seat_audience(new_seat, audience);
    size_t seat = toc_exercise_seat_find(x, new_seat);
    bool is_open = seat != TOC_NONE && x->seats[seat].is_open;
    if (strcmp(audience, team) != 0 || strlen(new_seat) > TOC_ID_MAX + 8 || is_open)
        return toc_fail(e, TOC_EREFUSED, "%.60s is no free seat of %s", new_seat, team);
    return TOC_OK;
}

void toc_reassign_apply(toc_exercise *x, const toc_event *in)
{
    toc_revoke_apply(x, in);
    toc_seat_open(x, toc_event_str(in, TOC_F_NEW_SEAT));
}

toc_err toc_sign_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *by = toc_event_str(in, TOC_F_BY), *given = toc_event_str(in, TOC_F_NAME);
    if (in->kind == TOC_K_SIGN_OUT) {
        if (x->seats[toc_exercise_seat_find(x, by)].name)
            return TOC_OK;
        return toc_fail(e, TOC_EREFUSED, "nobody has signed in at %s", by);
    }
    char *name = trimmed(given);
    size_t characters = 0;
    for (const char *at = name; *at; at++)
        characters += ((unsigned char)*at & 0xc0) != 0x80;
    bool is_line = strpbrk(name, "\n\t") == NULL;
    free(name);
    if (characters == 0)
        return toc_fail(e, TOC_EREFUSED, "sign in with a name, as in: sign-in R. Lind");
    if (characters > NAME_MAX_CHARACTERS)
        return toc_fail(e, TOC_EREFUSED, "a name has at most %d characters", NAME_MAX_CHARACTERS);
    return is_line ? TOC_OK : toc_fail(e, TOC_EREFUSED, "a name stands on one line");
}

// Somebody else may have sat here before: a change of shift.
void toc_sign_in_apply(toc_exercise *x, const toc_event *in)
{
    seat_now *s = &x->seats[toc_exercise_seat_find(x, toc_event_str(in, TOC_F_BY))];
    sign_out(s);
    s->name = trimmed(toc_event_str(in, TOC_F_NAME));
    s->since = toc_strdup(toc_event_str(in, TOC_F_WALL));
}

void toc_sign_out_apply(toc_exercise *x, const toc_event *in)
{
    sign_out(&x->seats[toc_exercise_seat_find(x, toc_event_str(in, TOC_F_BY))]);
}

static void sign_out(seat_now *s)
{
    free(s->name);
    free(s->since);
    s->name = s->since = NULL;
}

// A name without the space around it; the caller frees it.
static char *trimmed(const char *name)
{
    name += strspn(name, " \t\n");
    size_t len = strlen(name);
    while (len > 0 && strchr(" \t\n", name[len - 1]))
        len--;
    return toc_strndup(name, len);
}
