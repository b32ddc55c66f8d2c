// SPDX-License-Identifier: MIT
// Who sits where: the rows of seats, in status and by themselves, and the terminals that are silent.
#include <string.h>

#include "base/mem.h"
#include "desk_status.h"
#include "hub/pulse.h"

#define SILENT_MS  20000 // four pings: whoever was there is gone
#define STALLED_MS 10000 // between two looks at the seats: the engine itself stood still

static void write_seat(const toc_request *q, toc_buf *out, const toc_seat_view *seat);
static void put_age(toc_buf *out, const char *key, int64_t since, int64_t mono);
static void record_silence(toc_desk *d, int64_t mono, const toc_seat_view *seat);

void toc_desk_watch(toc_desk *d, int64_t mono)
{
    const toc_exercise *x = toc_conduct_exercise(d->conduct);
    if (d->watched_at >= 0 && mono - d->watched_at > STALLED_MS)
        toc_pulse_forgive(d->pulse, mono); // requests may be waiting that were not read
    d->watched_at = mono;
    for (size_t i = 0; i < toc_exercise_seat_count(x); i++) {
        toc_seat_view seat = toc_exercise_seat(x, i);
        int64_t heard = toc_pulse_last(d->pulse, seat.id);
        if (seat.is_present && heard >= 0 && mono - heard >= SILENT_MS)
            record_silence(d, mono, &seat);
        x = toc_conduct_exercise(d->conduct); // another one, if the scripts met their cap
    }
}

void toc_desk_seats(toc_request *q)
{
    if (strcmp(q->audience, "control") != 0) {
        toc_reply_error(q, "not-allowed", "\"%s\" is not for the role %s", q->op, q->role);
        return;
    }
    if (!toc_request_keys(q, (const char *const[]){NULL}))
        return;
    toc_status_seats(q);
    toc_desk_clock(q);
}

void toc_status_seats(toc_request *q)
{
    const toc_exercise *x = toc_conduct_exercise(q->desk->conduct);
    bool is_control = strcmp(q->audience, "control") == 0;
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "seats");
    toc_buf_char(out, '[');
    for (size_t i = 0; i < toc_exercise_seat_count(x); i++) {
        toc_seat_view seat = toc_exercise_seat(x, i);
        if (seat.is_open && (is_control || strcmp(seat.audience, q->audience) == 0))
            write_seat(q, out, &seat);
    }
    toc_buf_char(out, ']');
}

static void write_seat(const toc_request *q, toc_buf *out, const toc_seat_view *seat)
{
    toc_put_item(out, '{');
    toc_put_text(out, "seat", seat->id);
    toc_put_text(out, "team", seat->audience);
    toc_json_key(out, "present");
    toc_buf_str(out, seat->is_present ? "true" : "false");
    toc_put_text(out, "name", seat->name);
    toc_put_text(out, "since", seat->since);
    if (strcmp(q->audience, "control") == 0) {
        if (seat->session[0])
            toc_put_text(out, "session", seat->session);
        put_age(out, "silent", toc_pulse_last(q->desk->pulse, seat->id), q->mono);
        put_age(out, "idle", toc_pulse_acted(q->desk->pulse, seat->id), q->mono);
    }
    toc_buf_char(out, '}');
}

// In whole seconds.
static void put_age(toc_buf *out, const char *key, int64_t since, int64_t mono)
{
    if (since >= 0)
        toc_put_int(out, key, mono > since ? (mono - since) / 1000 : 0);
}

// Its machine may be off or its cable out: no connection closed.
static void record_silence(toc_desk *d, int64_t mono, const toc_seat_view *seat)
{
    toc_event in;
    toc_event_init(&in, TOC_K_LEAVE, 0);
    toc_event_set_str(&in, TOC_F_BY, "engine");
    toc_event_set_str(&in, TOC_F_SEAT, seat->id);
    toc_event_set_str(&in, TOC_F_SESSION, seat->session);
    toc_event_set_str(&in, TOC_F_REASON, "not heard for 20 s");
    toc_error why; // refused when the exercise is closed: nobody's absence matters then
    toc_conduct_input(d->conduct, mono, &in, &why);
    toc_event_fini(&in);
}
