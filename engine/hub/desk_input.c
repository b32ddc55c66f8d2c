// SPDX-License-Identifier: MIT
// Requests that are inputs. Their fields are those of the kind in record's table, by the same names:
// there is nothing to write here for a new kind but who may send it.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "desk_inside.h"

#define LIST_MAX 64

enum { PARTICIPANT = 1, EXCON = 2, SIMCELL = 4, EVALUATOR = 8, BOARD = 16 };
#define ANYONE (PARTICIPANT | EXCON | SIMCELL | EVALUATOR | BOARD)

static const struct {
    toc_kind kind;
    int roles;
} may[] = {
    {TOC_K_START, EXCON},
    {TOC_K_PAUSE, EXCON},
    {TOC_K_RESUME, EXCON},
    {TOC_K_SPEED, EXCON},
    {TOC_K_PACE, EXCON},
    {TOC_K_JUMP, EXCON},
    {TOC_K_PHASE, EXCON},
    {TOC_K_FIRE, EXCON},
    {TOC_K_HOLD, EXCON},
    {TOC_K_RELEASE, EXCON},
    {TOC_K_SKIP, EXCON},
    {TOC_K_MOVE, EXCON},
    {TOC_K_EDIT, EXCON},
    {TOC_K_ADHOC, EXCON},
    {TOC_K_DELIVER, EXCON | SIMCELL},
    {TOC_K_DROP, EXCON},
    {TOC_K_WAKE, EXCON},
    {TOC_K_EXTEND, EXCON},
    {TOC_K_INTERVENE, EXCON},
    {TOC_K_RULE, EXCON},
    {TOC_K_AWARE, EXCON | SIMCELL | EVALUATOR},
    {TOC_K_CLAIM, EXCON | SIMCELL},
    {TOC_K_UNCLAIM, EXCON | SIMCELL},
    {TOC_K_PROMISE, EXCON | SIMCELL},
    {TOC_K_KEPT, EXCON | SIMCELL},
    {TOC_K_OPEN_SEAT, EXCON},
    {TOC_K_REVOKE, EXCON},
    {TOC_K_REASSIGN, EXCON},
    {TOC_K_END, EXCON},
    {TOC_K_CLOSE, EXCON},
    {TOC_K_SIGN_IN, ANYONE},
    {TOC_K_SIGN_OUT, ANYONE},
    {TOC_K_READ, PARTICIPANT},
    {TOC_K_ACK, PARTICIPANT},
    {TOC_K_DECIDE, PARTICIPANT | EXCON},
    {TOC_K_SAY, PARTICIPANT | EXCON | SIMCELL},
    {TOC_K_FORWARD, PARTICIPANT | EXCON | SIMCELL},
    {TOC_K_SUBMIT, PARTICIPANT},
    {TOC_K_MARK_ACTION, EXCON | EVALUATOR},
    {TOC_K_OBSERVE, EXCON | EVALUATOR},
    {TOC_K_RATE, EXCON | EVALUATOR},
    {TOC_K_EMERGENCY, ANYONE},
};

static bool may_send(const char *role, toc_kind kind);
static bool is_ours(toc_field f);
static bool read_field(toc_request *q, toc_event *in, toc_field f, const toc_json *value);
static bool read_text(toc_request *q, toc_event *in, toc_field f, const toc_json *value);
static bool read_list(toc_request *q, toc_event *in, toc_field f, const toc_json *value);
static bool read_number(toc_request *q, toc_event *in, toc_field f, const toc_json *value);
static toc_err take(toc_request *q, toc_event *in, toc_error *e);
static void refuse(toc_request *q, toc_err err, const toc_error *why);
static void call_out(toc_request *q, const char *text);
static void follow_revoke(toc_request *q, const toc_event *in);

void toc_desk_input(toc_request *q, toc_kind kind)
{
    toc_desk *d = q->desk;
    if (!may_send(q->role, kind)) {
        toc_reply_error(q, "not-allowed", "\"%s\" is not for the role %s", q->op, q->role);
        return;
    }
    toc_event in;
    toc_event_init(&in, kind, 0);
    if (toc_desk_fields(q, &in)) {
        toc_event_set_str(&in, TOC_F_BY, q->seat_id);
        toc_event_set_str(&in, TOC_F_ID, q->id);
        if (kind == TOC_K_REVOKE || kind == TOC_K_REASSIGN)
            toc_event_set_str(&in, TOC_F_SERIAL,
                              toc_roster_serial(d->roster, toc_event_str(&in, TOC_F_SEAT)));
        if (kind == TOC_K_REASSIGN) {
            char *seat = toc_exercise_seat_free(toc_conduct_exercise(d->conduct),
                                                toc_event_str(&in, TOC_F_TEAM));
            toc_event_set_str(&in, TOC_F_NEW_SEAT, seat);
            free(seat);
        }
        // A real emergency is called out first, and even if it cannot be recorded.
        if (kind == TOC_K_EMERGENCY && d->host.on_alarm)
            call_out(q, toc_event_str(&in, TOC_F_TEXT));
        toc_error why = {0};
        toc_err err = take(q, &in, &why);
        toc_answer first;
        if (err)
            refuse(q, err, &why);
        else if (toc_sessions_answer(toc_conduct_sessions(d->conduct), q->id, &first))
            toc_desk_answered(q, &first);
        if (!err && (kind == TOC_K_REVOKE || kind == TOC_K_REASSIGN))
            follow_revoke(q, &in);
    }
    toc_event_fini(&in);
}

void toc_desk_answered(toc_request *q, const toc_answer *a)
{
    if (a->code) {
        toc_reply_error(q, a->code, "%s", a->text ? a->text : "");
    } else if (a->kind == TOC_K_OPEN_SEAT || a->kind == TOC_K_REASSIGN) {
        toc_buf *out = &q->reply->text;
        char *file = toc_sprintf("tickets/%s.ticket", a->seat);
        toc_json_key(out, "ticket_file");
        toc_json_str(out, file);
        free(file);
    }
}

void toc_desk_failed(toc_request *q, toc_err err, const toc_error *why)
{
    const toc_exercise *x = toc_conduct_exercise(q->desk->conduct);
    if (err != TOC_EREFUSED)
        // What exactly failed is for whoever watches the engine, not for a team.
        toc_reply_error(q, "recording-failed",
                        "the engine cannot record any more; nothing was done");
    else if (toc_exercise_clock(x).state == TOC_PLAY_CLOSED)
        toc_reply_error(q, "closed", "the exercise is closed");
    else
        toc_reply_error(q, "refused", "%s", why->msg);
}

static bool may_send(const char *role, toc_kind kind)
{
    static const char *const names[] = {"participant", "excon", "simcell", "evaluator", "board"};
    int bit = 0;
    for (size_t i = 0; i < TOC_COUNT(names); i++)
        if (strcmp(role, names[i]) == 0)
            bit = 1 << i;
    for (size_t i = 0; i < TOC_COUNT(may); i++)
        if (may[i].kind == kind)
            return may[i].roles & bit;
    return false;
}

bool toc_desk_fields(toc_request *q, toc_event *in)
{
    for (const toc_json *at = toc_json_first(q->json); at; at = toc_json_next(at)) {
        const char *key = toc_json_name(at);
        if (strcmp(key, "op") == 0 || strcmp(key, "token") == 0 || strcmp(key, "id") == 0)
            continue;
        toc_field f = toc_field_find(key);
        if (f == TOC_F_COUNT || is_ours(f) || !toc_kind_has(in->kind, f)) {
            toc_reply_error(q, "bad-request", "%s has no \"%.60s\"", q->op, key);
            return false;
        }
        if (!read_field(q, in, f, at))
            return false;
    }
    for (size_t i = 0; i < toc_kind_field_count(in->kind); i++) {
        toc_field f = toc_kind_field(in->kind, i);
        if (is_ours(f) || !toc_kind_needs(in->kind, f) || toc_event_has(in, f))
            continue;
        toc_reply_error(q, "bad-request", "%s needs \"%s\"", q->op, toc_field_name(f));
        return false;
    }
    return true;
}

// What the desk sets itself.
static bool is_ours(toc_field f)
{
    return f == TOC_F_BY || f == TOC_F_WALL || f == TOC_F_SERIAL || f == TOC_F_NEW_SEAT;
}

static bool read_field(toc_request *q, toc_event *in, toc_field f, const toc_json *value)
{
    switch (toc_field_type(f)) {
    case TOC_TYPE_STR:
        return read_text(q, in, f, value);
    case TOC_TYPE_LIST:
        return read_list(q, in, f, value);
    case TOC_TYPE_INT:
    case TOC_TYPE_REF:
        return read_number(q, in, f, value);
    case TOC_TYPE_BOOL:
        if (toc_json_kind(value) == TOC_JSON_BOOL) {
            toc_event_set_int(in, f, toc_json_true(value));
            return true;
        }
        toc_reply_error(q, "bad-request", "\"%s\" is true or false", toc_field_name(f));
        return false;
    case TOC_TYPE_PAIRS:
        break;
    }
    toc_reply_error(q, "bad-request", "\"%s\" cannot be sent", toc_field_name(f));
    return false;
}

static bool is_acceptable(const char *text)
{
    size_t len = text ? strlen(text) : 0;
    return text && len <= TOC_TEXT_BYTES && toc_utf8_clean(text, len);
}

static bool read_text(toc_request *q, toc_event *in, toc_field f, const toc_json *value)
{
    const char *text = toc_json_text(value);
    if (!is_acceptable(text)) {
        toc_reply_error(q, "bad-request",
                        "\"%s\" is a text of at most 16 KiB without control characters",
                        toc_field_name(f));
        return false;
    }
    toc_event_set_str(in, f, text);
    return true;
}

static bool read_list(toc_request *q, toc_event *in, toc_field f, const toc_json *value)
{
    char *list[LIST_MAX]; // borrowed texts
    size_t count = 0;
    bool ok = toc_json_kind(value) == TOC_JSON_ARRAY;
    for (const toc_json *at = ok ? toc_json_first(value) : NULL; at && ok; at = toc_json_next(at)) {
        const char *text = toc_json_text(at);
        ok = count < LIST_MAX && is_acceptable(text);
        if (ok)
            list[count++] = toc_strdup(text);
    }
    if (ok)
        toc_event_set_list(in, f, list, count);
    else
        toc_reply_error(q, "bad-request", "\"%s\" is a list of at most %d texts", toc_field_name(f),
                        LIST_MAX);
    for (size_t i = 0; i < count; i++)
        free(list[i]);
    return ok;
}

static bool read_number(toc_request *q, toc_event *in, toc_field f, const toc_json *value)
{
    int64_t n;
    if (!toc_json_int(value, &n) || n < 0) {
        toc_reply_error(q, "bad-request", "\"%s\" is a whole number from 0 on", toc_field_name(f));
        return false;
    }
    if (toc_field_type(f) == TOC_TYPE_REF) {
        // People name events by the numbers of their own feed: no other number means anything.
        int64_t seq = toc_feed_seq(toc_conduct_feed(q->desk->conduct, q->feed), n);
        if (seq == 0) {
            toc_reply_error(q, "not-found", "there is no %lld in your feed", (long long)n);
            return false;
        }
        n = seq;
    }
    toc_event_set_int(in, f, n);
    return true;
}

// A seat's new ticket is written first, when it is known that the seat can be opened: a ticket for a
// closed seat opens nothing, but a seat that was opened must have one.
static toc_err take(toc_request *q, toc_event *in, toc_error *e)
{
    toc_desk *d = q->desk;
    toc_field opened = in->kind == TOC_K_OPEN_SEAT  ? TOC_F_SEAT
                       : in->kind == TOC_K_REASSIGN ? TOC_F_NEW_SEAT
                                                    : TOC_F_COUNT;
    if (opened != TOC_F_COUNT && d->host.issue) {
        toc_err err = toc_conduct_check(d->conduct, q->mono, in, e);
        if (!err && d->host.issue(d->host.context, toc_event_str(in, opened), e))
            err = TOC_EREFUSED;
        if (err)
            return err;
    }
    return toc_conduct_input(d->conduct, q->mono, in, e);
}

static void refuse(toc_request *q, toc_err err, const toc_error *why)
{
    toc_desk_failed(q, err, why);
    if (err == TOC_EREFUSED)
        toc_sessions_refuse(toc_conduct_sessions(q->desk->conduct), q->session, q->id, "refused",
                            why->msg);
}

static void follow_revoke(toc_request *q, const toc_event *in)
{
    toc_desk *d = q->desk;
    const char *serial = toc_event_str(in, TOC_F_SERIAL);
    const char *new_seat = toc_event_str(in, TOC_F_NEW_SEAT);
    if (serial)
        toc_roster_revoke(d->roster, serial);
    if (serial && new_seat) {
        char *why =
            toc_sprintf("your seat was reassigned: ask EXCON for the ticket of %s", new_seat);
        toc_roster_bid(d->roster, serial, why);
        free(why);
    }
    if (d->host.on_revoked)
        d->host.on_revoked(d->host.context, toc_event_str(in, TOC_F_SEAT), serial);
}

// Whoever helps needs to know who calls, of whatever team: "Mara Lind, Island watch (watch-1)".
static void call_out(toc_request *q, const char *text)
{
    toc_desk *d = q->desk;
    const toc_exercise *x = toc_conduct_exercise(d->conduct);
    const toc_plan *plan = toc_conduct_plan(d->conduct);
    size_t team = toc_plan_team(plan, q->audience);
    const char *name = NULL, *of = team != TOC_NONE ? plan->teams[team].name : NULL;
    for (size_t i = 0; i < toc_exercise_seat_count(x); i++)
        if (strcmp(toc_exercise_seat(x, i).id, q->seat_id) == 0)
            name = toc_exercise_seat(x, i).name;
    toc_buf by = {0};
    if (name || of)
        toc_buf_printf(&by, "%s%s%s (%s)", name ? name : "", name && of ? ", " : "", of ? of : "",
                       q->seat_id);
    d->host.on_alarm(d->host.context, "emergency", text, by.len ? toc_buf_text(&by) : q->seat_id);
    toc_buf_fini(&by);
}
