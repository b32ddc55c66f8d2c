// SPDX-License-Identifier: MIT
// A request passes gates, in this order: it can be read; its token is alive, and came over the
// certificate of the same ticket; its session is the seat's; it was not answered before; the session is
// the newest; then it is done. Nothing before the token's gate costs more than reading 64 KiB of JSON,
// and nobody gets there without a certificate.
#include "hub/desk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "desk_inside.h"
#include "hub/preview.h"

static void answer_request(toc_request *q, const toc_json *json);
static bool find_seat(toc_request *q);
static bool read_id(toc_request *q);
static bool enter_session(toc_request *q);
static bool is_act(const char *op);
static bool is_ahead(toc_request *q);
static bool is_lost(toc_request *q, int64_t seq);
static bool return_to_seat(toc_request *q);
static void do_op(toc_request *q);
static void join(toc_request *q);
static bool is_taken_over(const toc_request *q, const char *session);
static void fail_taken_over(toc_request *q);
static void join_with(toc_request *q, const char *session);
static void reply_joined(toc_request *q, const char *session);
static void check_receipt(toc_request *q, const char *receipt);
static void become_refusal(toc_reply *r, const char *code, const char *text);
static const char *text_of(const toc_json *json, const char *key);
static bool is_digits(const char *s, size_t len);

toc_desk *toc_desk_new(toc_conduct *conduct, toc_roster *roster, const toc_desk_host *host)
{
    toc_desk *d = toc_alloc(sizeof *d);
    *d = (toc_desk){conduct, roster, *host, toc_pulse_new(), -1};
    return d;
}

void toc_desk_free(toc_desk *d)
{
    if (d)
        toc_pulse_free(d->pulse);
    free(d);
}

void toc_desk_handle(toc_desk *d, int64_t mono, const char *serial, const char *bytes, size_t len,
                     toc_reply *out)
{
    *out = (toc_reply){0};
    toc_request q = {.desk = d, .mono = mono, .serial = serial, .reply = out, .id = "", .op = ""};
    toc_json *json = NULL;
    toc_error why = {0};
    if (toc_json_read(&json, bytes, len, TOC_JSON_DESK, &why))
        toc_reply_error(&q, "bad-request", "this is no request: %s", why.msg);
    else
        answer_request(&q, json);
    toc_json_free(json);
    if (!toc_conduct_has_failed(d->conduct) && out->has_receipt)
        out->waits = toc_conduct_head(d->conduct);
}

void toc_reply_finish(toc_reply *r, const toc_conduct *conduct)
{
    if (r->waits > toc_conduct_durable(conduct)) {
        // It told of lines that never became durable: nobody may hear of them.
        become_refusal(r, "recording-failed",
                       "the engine cannot record any more: whether this was recorded is not known");
    } else if (r->preview) {
        toc_preview_begin(r->preview, conduct);
        toc_preview_run(r->preview);
        toc_preview_write(r->preview, &r->text, TOC_PAGE_BYTES);
    }
    toc_preview_free(r->preview);
    r->preview = NULL;
    if (r->has_receipt) {
        toc_json_key(&r->text, "receipt");
        toc_json_str(&r->text, toc_journal_receipt(toc_conduct_journal(conduct)));
    }
    toc_buf_char(&r->text, '}');
}

toc_meeting toc_reply_meet(toc_reply *older, toc_reply *newer, toc_preview **spare)
{
    *spare = NULL;
    if (!older->preview || !newer->preview || strcmp(older->seat, newer->seat) != 0)
        return TOC_MEETING_APART;
    *spare = older->preview;
    older->preview = NULL;
    // Until they are finished, their texts are the id and nothing more.
    if (strcmp(toc_buf_text(&older->text), toc_buf_text(&newer->text)) == 0) {
        toc_preview_free(newer->preview);
        newer->preview = *spare;
        *spare = NULL;
        return TOC_MEETING_SAME;
    }
    become_refusal(older, "superseded", "a newer preview was asked for from this seat");
    return TOC_MEETING_NEWER;
}

void toc_reply_drop(toc_reply *r)
{
    toc_buf_fini(&r->text);
    toc_preview_free(r->preview);
    r->preview = NULL;
}

void toc_reply_error(toc_request *q, const char *code, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    toc_buf *out = &q->reply->text;
    toc_buf_clear(out);
    toc_buf_str(out, "{\"id\":");
    toc_json_str(out, q->id);
    toc_buf_str(out, ",\"ok\":false,\"error\":{\"code\":");
    toc_json_str(out, code);
    toc_json_key(out, "text");
    // A text may quote what was sent, cut in the middle of a character.
    toc_buf shown = {0};
    toc_text_visible(&shown, text, strlen(text), false);
    toc_json_str(out, toc_buf_text(&shown));
    toc_buf_fini(&shown);
    toc_buf_char(out, '}');
}

bool toc_request_keys(toc_request *q, const char *const *allowed)
{
    for (const toc_json *at = toc_json_first(q->json); at; at = toc_json_next(at)) {
        const char *key = toc_json_name(at);
        bool is_known =
            strcmp(key, "op") == 0 || strcmp(key, "token") == 0 || strcmp(key, "id") == 0;
        for (size_t i = 0; !is_known && allowed[i]; i++)
            is_known = strcmp(key, allowed[i]) == 0;
        if (!is_known) {
            toc_reply_error(q, "bad-request", "%s has no \"%.60s\"", q->op, key);
            return false;
        }
    }
    return true;
}

bool toc_request_int(toc_request *q, const char *key, bool needed, int64_t *n)
{
    const toc_json *value = toc_json_get(q->json, key);
    *n = 0;
    if (!value && !needed)
        return true;
    if (value && toc_json_int(value, n) && *n >= 1)
        return true;
    toc_reply_error(q, "bad-request", "%s needs \"%s\", a whole number from 1 on", q->op, key);
    return false;
}

static void answer_request(toc_request *q, const toc_json *json)
{
    q->json = json;
    if (toc_json_kind(json) != TOC_JSON_OBJECT) {
        toc_reply_error(q, "bad-request", "a request is a JSON object");
        return;
    }
    if (!read_id(q) || !find_seat(q))
        return;
    toc_buf_str(&q->reply->text, "{\"id\":");
    toc_json_str(&q->reply->text, q->id);
    toc_buf_str(&q->reply->text, ",\"ok\":true");
    if (strcmp(q->op, "join") == 0)
        join(q);
    else if (enter_session(q))
        do_op(q);
}

// "<16 hex>-0" for join, "<session>-<counter>" for everything else.
static bool read_id(toc_request *q)
{
    const char *op = text_of(q->json, "op"), *id = text_of(q->json, "id");
    if (!op || !id) {
        toc_reply_error(q, "bad-request",
                        "a request needs \"op\", \"token\" and \"id\", all texts");
        return false;
    }
    const char *dash = strrchr(id, '-');
    size_t len = dash ? (size_t)(dash - id) : 0, counter = dash ? strlen(dash + 1) : 0;
    bool is_join = strcmp(op, "join") == 0, ok;
    if (is_join)
        ok = len == 16 && strspn(id, "0123456789abcdef") == 16 && strcmp(dash, "-0") == 0;
    else
        ok = len >= 2 && len < 20 && id[0] == 's' && is_digits(id + 1, len - 1) && counter >= 1 &&
             counter <= 15 && is_digits(dash + 1, counter) && dash[1] != '0';
    if (!ok) {
        toc_reply_error(q, "bad-request", "\"id\" must be %s",
                        is_join ? "16 hex digits and \"-0\""
                                : "the session and a counter, as in \"s7-12\"");
        return false;
    }
    q->op = op;
    q->id = id;
    memcpy(q->session, id, is_join ? 0 : len);
    return true;
}

static bool find_seat(toc_request *q)
{
    const toc_desk *d = q->desk;
    const char *token = text_of(q->json, "token");
    const char *seat = token ? toc_roster_find(d->roster, token, q->serial) : NULL;
    const toc_exercise *x = toc_conduct_exercise(d->conduct);
    size_t i = seat ? toc_exercise_seat_find(x, seat) : TOC_NONE;
    // A ticket may be a moment older than the seat's opening, or its revocation.
    if (i == TOC_NONE || !toc_exercise_seat(x, i).is_open) {
        const char *why = token ? toc_roster_farewell(d->roster, token, q->serial) : NULL;
        toc_reply_error(q, "no-seat", "%s",
                        why ? why
                            : "this ticket is not valid, or not any more: ask EXCON for a new one");
        return false;
    }
    q->seat = toc_exercise_seat(x, i);
    q->role = q->seat.role;
    snprintf(q->seat_id, sizeof q->seat_id, "%s", seat);
    toc_seat_audience(seat, q->audience);
    q->feed = toc_conduct_feed_find(d->conduct, q->audience);
    q->reply->has_receipt = true;
    return true;
}

static bool enter_session(toc_request *q)
{
    const toc_sessions *sessions = toc_conduct_sessions(q->desk->conduct);
    const char *owner = toc_sessions_seat(sessions, q->session);
    if (!owner || strcmp(owner, q->seat_id) != 0) {
        toc_reply_error(q, "no-session", "%s is no session of %s: join first", q->session,
                        q->seat_id);
        return false;
    }
    toc_answer first;
    if (toc_sessions_answer(sessions, q->id, &first)) {
        if (!is_lost(q, first.seq))
            toc_desk_answered(q, &first);
        return false;
    }
    if (strcmp(q->session, q->seat.session) != 0) {
        fail_taken_over(q);
        return false;
    }
    snprintf(q->reply->seat, sizeof q->reply->seat, "%s", q->seat_id);
    toc_pulse_heard(q->desk->pulse, q->seat_id, q->mono, is_act(q->op));
    return q->seat.is_present || return_to_seat(q);
}

// Does a person do that, and not their terminal by itself?
static bool is_act(const char *op)
{
    toc_kind kind = toc_kind_find(op);
    return kind != TOC_K_UNKNOWN && toc_kind_class(kind) == TOC_CLASS_INPUT;
}

// What stands now is more than what could be recorded: it is told to nobody.
static bool is_ahead(toc_request *q)
{
    const toc_conduct *c = q->desk->conduct;
    if (!toc_conduct_has_failed(c) || toc_conduct_head(c) <= toc_conduct_durable(c))
        return false;
    toc_reply_error(q, "recording-failed",
                    "the engine cannot record: how things stand is told again when it was started "
                    "anew");
    return true;
}

// What was taken and then could not be recorded was never done: nobody may hear of it, whoever asks once more.
static bool is_lost(toc_request *q, int64_t seq)
{
    const toc_conduct *c = q->desk->conduct;
    if (!toc_conduct_has_failed(c) || seq <= toc_conduct_durable(c))
        return false;
    toc_reply_error(q, "recording-failed",
                    "the engine cannot record any more: whether this was recorded is not known");
    return true;
}

// The connection broke and the engine took the seat for left; here it is again.
static bool return_to_seat(toc_request *q)
{
    toc_event back;
    toc_event_init(&back, TOC_K_JOIN, 0);
    toc_event_set_str(&back, TOC_F_BY, q->seat_id);
    toc_event_set_str(&back, TOC_F_SEAT, q->seat_id);
    toc_event_set_str(&back, TOC_F_SESSION, q->session);
    toc_error why = {0};
    toc_err err = toc_conduct_input(q->desk->conduct, q->mono, &back, &why);
    toc_event_fini(&back);
    // A closed or failed exercise still tells its state to those who ask.
    return err == TOC_OK || err == TOC_EREFUSED || err == TOC_EIO;
}

static void do_op(toc_request *q)
{
    bool is_status = strcmp(q->op, "status") == 0, is_preview = strcmp(q->op, "preview") == 0;
    bool is_seats = strcmp(q->op, "seats") == 0; // these tell what the newest lines brought about
    if ((is_status || is_preview || is_seats) && is_ahead(q))
        return;
    if (is_status) {
        toc_desk_status(q);
    } else if (is_seats) {
        toc_desk_seats(q);
    } else if (is_preview) {
        toc_desk_preview(q);
    } else if (strcmp(q->op, "feed") == 0) {
        toc_desk_feed(q);
    } else if (strcmp(q->op, "attachment") == 0) {
        toc_desk_attachment(q);
    } else if (strcmp(q->op, "ping") == 0) {
        toc_request_keys(q, (const char *const[]){NULL});
    } else {
        toc_kind kind = toc_kind_find(q->op);
        if (kind != TOC_K_UNKNOWN && toc_kind_class(kind) == TOC_CLASS_INPUT)
            toc_desk_input(q, kind);
        else
            toc_reply_error(q, "unknown-op", "there is no \"%.60s\"", q->op);
    }
}

static void join(toc_request *q)
{
    static const char *const keys[] = {"session", "receipt", NULL};
    if (!toc_request_keys(q, keys))
        return;
    const toc_json *had = toc_json_get(q->json, "session");
    const toc_json *receipt = toc_json_get(q->json, "receipt");
    if ((had && !toc_json_text(had)) || (receipt && !toc_json_text(receipt))) {
        toc_reply_error(q, "bad-request", "\"session\" and \"receipt\" are texts");
        return;
    }
    toc_sessions *sessions = toc_conduct_sessions(q->desk->conduct);
    toc_answer first;
    if (toc_sessions_answer(sessions, q->id, &first)) {
        if (is_lost(q, first.seq))
            return;
        if (first.kind == TOC_K_JOIN && strcmp(first.by, q->seat_id) == 0)
            reply_joined(q, first.session);
        else
            toc_reply_error(q, "bad-request", "this id was used by another seat");
        return;
    }
    if (receipt)
        check_receipt(q, toc_json_text(receipt));
    bool goes_on = had && q->seat.session[0] && strcmp(toc_json_text(had), q->seat.session) == 0;
    if (had && !goes_on && is_taken_over(q, toc_json_text(had))) {
        fail_taken_over(q);
        return;
    }
    if (goes_on && q->seat.is_present) {
        reply_joined(q, q->seat.session);
        return;
    }
    char session[24];
    if (goes_on)
        snprintf(session, sizeof session, "%s", q->seat.session);
    else
        snprintf(session, sizeof session, "s%lld", (long long)toc_sessions_newest(sessions) + 1);
    join_with(q, session);
}

// A terminal that was away comes back to a seat at which somebody sat down meanwhile, and still sits: it
// does not take the seat back unasked.
static bool is_taken_over(const toc_request *q, const char *session)
{
    const char *owner = toc_sessions_seat(toc_conduct_sessions(q->desk->conduct), session);
    return q->seat.is_present && owner && strcmp(owner, q->seat_id) == 0;
}

static void fail_taken_over(toc_request *q)
{
    toc_reply_error(q, "taken-over", "somebody sat down at %s elsewhere, with the same ticket",
                    q->seat_id);
}

static void join_with(toc_request *q, const char *session)
{
    toc_event in;
    toc_event_init(&in, TOC_K_JOIN, 0);
    toc_event_set_str(&in, TOC_F_BY, q->seat_id);
    toc_event_set_str(&in, TOC_F_ID, q->id);
    toc_event_set_str(&in, TOC_F_SEAT, q->seat_id);
    toc_event_set_str(&in, TOC_F_SESSION, session);
    toc_error why = {0};
    toc_err err = toc_conduct_input(q->desk->conduct, q->mono, &in, &why);
    toc_event_fini(&in);
    if (err)
        toc_desk_failed(q, err, &why);
    else
        reply_joined(q, session);
    q->reply->sits_down = !err;
}

static void reply_joined(toc_request *q, const char *session)
{
    const toc_exercise *x = toc_conduct_exercise(q->desk->conduct);
    q->seat = toc_exercise_seat(x, toc_exercise_seat_find(x, q->seat_id));
    if (strcmp(q->seat.session, session) == 0) {
        snprintf(q->reply->seat, sizeof q->reply->seat, "%s", q->seat_id);
        toc_pulse_heard(q->desk->pulse, q->seat_id, q->mono, false);
    }
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "session");
    toc_json_str(out, session);
    toc_json_key(out, "head");
    toc_buf_int(out, toc_feed_head(toc_conduct_feed(q->desk->conduct, q->feed)));
    toc_desk_clock(q);
}

// A receipt that the journal does not hold means that it lost something it had called durable, or that
// it is not the journal that the seat played with.
static void check_receipt(toc_request *q, const char *receipt)
{
    const toc_desk *d = q->desk;
    if (toc_journal_holds(toc_conduct_journal(d->conduct), receipt) || !d->host.on_alarm)
        return;
    char text[256];
    snprintf(text, sizeof text,
             "%s came with receipt %.16s…, which this journal does not hold: lines may be missing",
             q->seat_id, strspn(receipt, "0123456789abcdef") == TOC_HASH_HEX ? receipt : "?");
    d->host.on_alarm(d->host.context, "unknown-receipt", text, q->seat_id);
}

// All that it said is dropped but for the id.
static void become_refusal(toc_reply *r, const char *code, const char *text)
{
    const char *comma = strstr(toc_buf_text(&r->text), "\",\"ok\":");
    size_t len = comma ? (size_t)(comma - r->text.data) + 1 : 0;
    toc_buf head = {0};
    toc_buf_add(&head, toc_buf_text(&r->text), len);
    toc_buf_printf(&head, ",\"ok\":false,\"error\":{\"code\":\"%s\",\"text\":", code);
    toc_json_str(&head, text);
    toc_buf_char(&head, '}');
    toc_buf_fini(&r->text);
    r->text = head;
}

static const char *text_of(const toc_json *json, const char *key)
{
    const toc_json *value = toc_json_get(json, key);
    return value ? toc_json_text(value) : NULL;
}

static bool is_digits(const char *s, size_t len)
{
    return strspn(s, "0123456789") >= len;
}
