// SPDX-License-Identifier: MIT
// What happens, and what each turn ends with, whatever came before it: what is due happens, lines go to
// the disk in batches, durable ones to the feeds, replies to those who waited for them.
#include "hub/switchboard.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "switchboard_inside.h"

#define HEARTBEAT_MS 2000
#define RETRY_MS     10                 // after the host refused a reply
#define ASKED_BYTES  (4 * 1024 * 1024)  // more than a program that asks as fast as it is answered
#define SENT_BYTES   (16 * 1024 * 1024) // a feed of tens of thousands of lines comes in a few spans
#define GRACE_MS     2000 // for those who are still reading when the exercise is closed

static void on_alarm(void *context, const char *what, const char *text, const char *by);
static void on_revoked(void *context, const char *seat, const char *serial);
static toc_err issue(void *context, const char *seat, toc_error *e);
static void beat(toc_switchboard *s);
static void play_on(toc_switchboard *s);
static void start_commit(toc_switchboard *s);
static void tell_failure(toc_switchboard *s);
static void close_when_told(toc_switchboard *s);
static bool is_somebody_away(const toc_switchboard *s);
static void end_when_alone(toc_switchboard *s);
static void finish_stop(toc_switchboard *s);
static void end(toc_switchboard *s);
static void set_wake(toc_switchboard *s, bool retry);

toc_switchboard *toc_switchboard_new(const toc_switchboard_host *host, toc_roster *roster,
                                     bool auto_start)
{
    toc_switchboard *s = toc_alloc(sizeof *s);
    s->host = *host;
    s->roster = roster;
    s->auto_start = auto_start;
    s->presence = toc_presence_new();
    s->asked = toc_rations_new(ASKED_BYTES);
    s->sent = toc_rations_new(SENT_BYTES);
    s->farewells = toc_farewells_new();
    s->end = TOC_HUB_INTERRUPTED;
    return s;
}

void toc_switchboard_free(toc_switchboard *s)
{
    if (!s)
        return;
    toc_switchboard_drop_all(s);
    toc_desk_free(s->desk);
    toc_farewells_free(s->farewells);
    toc_rations_free(s->sent);
    toc_rations_free(s->asked);
    toc_presence_free(s->presence);
    free(s->published);
    free(s);
}

void toc_switchboard_line(void *switchboard, const toc_event *ev, bool is_new)
{
    toc_switchboard *s = switchboard;
    const char *serial = toc_event_str(ev, TOC_F_SERIAL);
    if (!is_new && (ev->kind == TOC_K_REVOKE || ev->kind == TOC_K_REASSIGN) && serial)
        on_revoked(s, toc_event_str(ev, TOC_F_SEAT), serial);
    if (is_new && toc_kind_is_clock(ev->kind))
        s->clock_changed = true;
    if (is_new)
        s->host.event(s->host.context, ev);
}

void toc_switchboard_open(toc_switchboard *s, toc_conduct *conduct)
{
    const toc_desk_host host = {s, on_alarm, on_revoked, issue};
    s->conduct = conduct;
    s->desk = toc_desk_new(conduct, s->roster, &host);
    s->published = toc_alloc(toc_conduct_feed_count(conduct) * sizeof *s->published);
    for (size_t i = 0; i < toc_conduct_feed_count(conduct); i++)
        s->published[i] = toc_feed_head(toc_conduct_feed(conduct, i));
    s->heartbeat_at = toc_switchboard_mono(s) + HEARTBEAT_MS;
}

void toc_switchboard_take(toc_switchboard *s, const toc_packet *packet)
{
    if (s->phase == TOC_PHASE_OVER || !toc_switchboard_may_ask(s, packet)) {
        toc_packet late = *packet;
        s->host.drop(s->host.context, &late);
        return;
    }
    toc_switchboard_ask(s, packet);
}

void toc_switchboard_gone(toc_switchboard *s, uint32_t pipe)
{
    const char *seat = toc_presence_gone(s->presence, pipe);
    if (seat)
        toc_switchboard_leave(s, seat);
}

void toc_switchboard_committed(toc_switchboard *s, toc_batch *b, toc_err outcome,
                               const toc_error *why)
{
    s->is_batch_out = false;
    toc_conduct_done(s->conduct, toc_switchboard_mono(s), b, outcome, why);
    if (s->phase == TOC_PHASE_STOPPING)
        finish_stop(s);
}

void toc_switchboard_turn(toc_switchboard *s)
{
    if (s->phase == TOC_PHASE_OVER)
        return;
    if (s->phase == TOC_PHASE_OPEN)
        play_on(
            s); // first: after a stall, ENDEX may have been due before the time that a heartbeat would tell
    beat(s);
    toc_switchboard_bid_farewell(s);
    tell_failure(s);
    start_commit(s);
    toc_switchboard_start_preview(s);
    // Answers before lines: each is waited for, and a line goes to a whole team.
    bool retry = toc_switchboard_release(s);
    toc_switchboard_publish(s);
    close_when_told(s);
    end_when_alone(s);
    set_wake(s, retry);
}

void toc_switchboard_stop(toc_switchboard *s)
{
    if (s->phase == TOC_PHASE_OVER)
        return;
    if (s->phase == TOC_PHASE_CLOSING) { // sealed already
        end(s);
        return;
    }
    s->phase = TOC_PHASE_STOPPING;
    if (!s->is_batch_out)
        finish_stop(s);
}

bool toc_switchboard_is_open(const toc_switchboard *s)
{
    return s->phase == TOC_PHASE_OPEN;
}

int64_t toc_switchboard_mono(const toc_switchboard *s)
{
    return s->host.mono(s->host.context);
}

void toc_switchboard_notice(toc_switchboard *s, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    s->host.notice(s->host.context, text);
}

static void on_alarm(void *context, const char *what, const char *text, const char *by)
{
    toc_switchboard_alarm(context, what, text, by);
}

// From the desk, or from an old line of a journal that is taken up again.
static void on_revoked(void *context, const char *seat, const char *serial)
{
    toc_switchboard *s = context;
    if (serial)
        toc_roster_revoke(s->roster, serial);
    toc_switchboard_shut_out(s, seat, serial);
}

static toc_err issue(void *context, const char *seat, toc_error *e)
{
    toc_switchboard *s = context;
    return s->host.issue(s->host.context, seat, e);
}

static void beat(toc_switchboard *s)
{
    int64_t mono = toc_switchboard_mono(s);
    if (mono < s->heartbeat_at)
        return;
    s->heartbeat_at = mono + HEARTBEAT_MS;
    toc_switchboard_heartbeat(s);
    if (s->phase == TOC_PHASE_OPEN)
        toc_desk_watch(s->desk, mono);
}

static void play_on(toc_switchboard *s)
{
    toc_error why;
    int64_t mono = toc_switchboard_mono(s);
    if (toc_conduct_tick(s->conduct, mono, &why) == TOC_OK)
        toc_conduct_mark(s->conduct, mono, &why);
    toc_switchboard_tell_behind(s);
    if (s->auto_start)
        toc_switchboard_start_play(s);
}

static void start_commit(toc_switchboard *s)
{
    toc_batch *batch = s->is_batch_out ? NULL : toc_conduct_batch(s->conduct);
    if (!batch)
        return;
    s->is_batch_out = true;
    s->host.commit(s->host.context, batch);
}

static void tell_failure(toc_switchboard *s)
{
    if (s->failure_told || !toc_conduct_has_failed(s->conduct))
        return;
    s->failure_told = true;
    toc_switchboard_alarm(s, "recording-failed",
                          "the engine cannot record; play stands still until it is started again",
                          NULL);
    toc_switchboard_heartbeat(s);
    toc_switchboard_notice(
        s,
        "recording failed (%s) and play stands still: mend the disk, end this engine "
        "(Ctrl-C), and take the run up again with --resume %s",
        toc_conduct_failure(s->conduct), s->host.folder);
}

// The close and its seal are durable, and whoever asked for it knows.
static void close_when_told(toc_switchboard *s)
{
    toc_play_state state = toc_exercise_clock(toc_conduct_exercise(s->conduct)).state;
    if (s->phase != TOC_PHASE_OPEN || state != TOC_PLAY_CLOSED || s->waiting_count > 0 ||
        toc_conduct_has_failed(s->conduct) ||
        toc_conduct_durable(s->conduct) < toc_conduct_head(s->conduct))
        return;
    toc_error why;
    int64_t head = toc_conduct_head(s->conduct);
    if (toc_conduct_seal(s->conduct, &why) == TOC_OK && toc_conduct_head(s->conduct) > head) {
        start_commit(s); // and come here again when the seal is durable
        return;
    }
    s->phase = TOC_PHASE_CLOSING;
    s->is_awaited = s->host.listeners(s->host.context) == 0 || is_somebody_away(s);
    s->end = TOC_HUB_CLOSED;
    if (s->host.close_run(s->host.context, &why))
        toc_switchboard_notice(s, "%s", why.msg);
    toc_switchboard_alarm(s, "closing", "the exercise is closed", NULL);
    s->grace_at = toc_switchboard_mono(s) + GRACE_MS;
}

// Whoever sat may be on the way back, and is to hear of it too. That one without a connection is said to be there may be what
// the journal had when the engine came back to a close, after which nobody's leaving is recorded.
static bool is_somebody_away(const toc_switchboard *s)
{
    const toc_exercise *x = toc_conduct_exercise(s->conduct);
    for (size_t i = 0; i < toc_exercise_seat_count(x); i++) {
        toc_seat_view seat = toc_exercise_seat(x, i);
        if (seat.is_open && seat.session[0] &&
            (!seat.is_present || !toc_presence_pipe(s->presence, seat.id)))
            return true;
    }
    return false;
}

static void end_when_alone(toc_switchboard *s)
{
    if (s->phase != TOC_PHASE_CLOSING)
        return;
    bool is_alone = !s->is_awaited && s->host.listeners(s->host.context) == 0;
    if (is_alone || toc_switchboard_mono(s) >= s->grace_at)
        end(s);
}

static void finish_stop(toc_switchboard *s)
{
    toc_error why; // told by the conduct to whoever waits
    if (toc_conduct_seal(s->conduct, &why) == TOC_OK)
        toc_conduct_flush(s->conduct, toc_switchboard_mono(s), &why);
    toc_switchboard_heartbeat(s);
    toc_switchboard_release(s);
    end(s);
}

static void end(toc_switchboard *s)
{
    s->phase = TOC_PHASE_OVER;
    s->host.end(s->host.context, s->end);
}

static void set_wake(toc_switchboard *s, bool retry)
{
    int64_t at = s->heartbeat_at, next;
    if (s->phase == TOC_PHASE_OVER)
        return;
    if (s->phase == TOC_PHASE_OPEN && toc_conduct_deadline(s->conduct, &next) && next < at)
        at = next;
    if (toc_farewells_next(s->farewells, &next) && next < at)
        at = next;
    if (s->phase == TOC_PHASE_CLOSING && s->grace_at < at)
        at = s->grace_at;
    if (toc_switchboard_publish_at(s) < at)
        at = toc_switchboard_publish_at(s);
    next = toc_switchboard_mono(s);
    if (retry && next + RETRY_MS < at)
        at = next + RETRY_MS;
    s->host.wake(s->host.context, at);
}
