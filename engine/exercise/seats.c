// SPDX-License-Identifier: MIT
// Seats: opened, revoked, sat down at and left; and who signed in at them. A dropped link is no change of
// shift: whoever signed in stays so.

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "state.h"

#define NAME_MAX_CHARACTERS 64

static void sign_out(seat_now *s);
static toc_err check_name(const toc_exercise *x, const char *name, toc_error *e);
static bool is_visible(const char *name);
static bool is_taken(const toc_exercise *x, const char *name);
static char *trimmed(const char *name);
static bool is_space(uint32_t cp);

size_t toc_seat_open(toc_exercise *x, const char *id)
{
    size_t i = toc_exercise_seat_find(x, id);
    if (i == TOC_NONE) {
        TOC_GROW(x->seats, x->seat_count, x->seat_capacity);
        i = x->seat_count++;
        toc_map_put(x->seat_ids, id, (int64_t)i);
        x->seats[i] = (seat_now){.id = toc_strdup(id)};
        toc_seat_audience(id, x->seats[i].audience);
    }
    x->seats[i].is_open = true;
    return i;
}

char *toc_exercise_seat_free(const toc_exercise *x, const char *team)
{
    char *id = NULL;
    size_t seat = 0;
    for (int n = 1; seat != TOC_NONE && (!id || x->seats[seat].is_open); n++) {
        free(id);
        id = toc_sprintf("%.64s-%d", team, n);
        seat = toc_exercise_seat_find(x, id);
    }
    return id;
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
    toc_err err = check_name(x, name, e);
    free(name);
    return err;
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

static toc_err check_name(const toc_exercise *x, const char *name, toc_error *e)
{
    size_t characters = 0;
    for (const char *at = name; *at; at++)
        characters += ((unsigned char)*at & 0xc0) != 0x80;
    if (!is_visible(name))
        return toc_fail(e, TOC_EREFUSED, "sign in with a name, as in: sign-in R. Lind");
    if (characters > NAME_MAX_CHARACTERS)
        return toc_fail(e, TOC_EREFUSED, "a name has at most %d characters", NAME_MAX_CHARACTERS);
    if (strpbrk(name, "\n\t"))
        return toc_fail(e, TOC_EREFUSED, "a name stands on one line");
    if (is_taken(x, name))
        return toc_fail(e, TOC_EREFUSED,
                        "%s is a place, not a person: sign in with your own name, as in: sign-in "
                        "R. Lind",
                        name);
    return TOC_OK;
}

// Is there anything to see but spaces, and marks that stand for what cannot be seen?
static bool is_visible(const char *name)
{
    toc_buf shown = {0};
    bool is_seen = false;
    toc_text_visible(&shown, name, strlen(name), false);
    for (const char *at = toc_buf_text(&shown); *at && !is_seen;) {
        uint32_t cp;
        size_t mark = strncmp(at, "<U+", 3) == 0 ? 3 + strspn(at + 3, "0123456789ABCDEF") : 0;
        size_t len = toc_utf8_next(at, strlen(at), &cp);
        bool is_mark = mark > 3 && at[mark] == '>';
        is_seen = !is_mark && !is_space(cp);
        at += is_mark ? mark + 1 : len;
    }
    toc_buf_fini(&shown);
    return is_seen;
}

// By a seat, or by what others are called on the screens.
static bool is_taken(const toc_exercise *x, const char *name)
{
    bool is_found = strcasecmp(name, "excon") == 0 || strcasecmp(name, "engine") == 0;
    for (size_t i = 0; i < x->seat_count && !is_found; i++)
        is_found = x->seats[i].is_open && strcasecmp(name, x->seats[i].id) == 0;
    return is_found;
}

// A name without the space around it; the caller frees it.
static char *trimmed(const char *name)
{
    const char *first = NULL, *end = name;
    for (const char *at = name; *at;) {
        uint32_t cp;
        size_t len = toc_utf8_next(at, strlen(at), &cp);
        if (!is_space(cp)) {
            first = first ? first : at;
            end = at + len;
        }
        at += len;
    }
    return toc_strndup(first ? first : name, first ? (size_t)(end - first) : 0);
}

// U+2800 is a cell of braille without a dot.
static bool is_space(uint32_t cp)
{
    return cp == ' ' || cp == '\t' || cp == '\n' || cp == 0xa0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200a) || cp == 0x202f || cp == 0x205f || cp == 0x2800 ||
           cp == 0x3000;
}
