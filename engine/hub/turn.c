// SPDX-License-Identifier: MIT
// What each turn of the loop ends with, whatever woke it: what is due happens, lines go to the disk
// in batches, durable ones to the feeds, replies to those who waited for them.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "crypto/tls.h"
#include "hub_inside.h"

#define RETRY_MS    10   // after nng refused a reply
#define GRACE_MS    2000 // for those who are still reading when the exercise is closed
#define FAREWELL_MS 1000 // for a reassigned seat's terminal to ask, and hear where to go

static void play_on(toc_hub *h);
static void start_when_all_are_there(toc_hub *h);
static void leave(toc_hub *h, const char *seat);
static void start_farewell(toc_hub *h);
static void on_farewell(uv_timer_t *timer);
static void start_commit(toc_hub *h);
static void on_commit(uv_work_t *work);
static void on_committed(uv_work_t *work, int status);
static void tell_failure(toc_hub *h);
static void publish(toc_hub *h);
static void publish_feed(toc_hub *h, size_t i);
static bool release_replies(toc_hub *h);
static bool release_reply(toc_hub *h, toc_waiting *w);
static void close_when_told(toc_hub *h);
static void set_timer(toc_hub *h, bool retry);
static void on_due(uv_timer_t *timer);
static void on_grace(uv_timer_t *timer);
static void end_loop(toc_hub *h);

void toc_hub_turn(toc_hub *h)
{
    if (h->phase == TOC_PHASE_OVER)
        return;
    if (h->phase == TOC_PHASE_OPEN)
        play_on(h);
    tell_failure(h);
    start_commit(h);
    toc_previews_start(h);
    publish(h);
    bool retry = release_replies(h);
    close_when_told(h);
    if (h->phase == TOC_PHASE_CLOSING && !h->is_lonely && toc_net_count(h->net) == 0 &&
        toc_players_count(h->players) == 0)
        end_loop(h);
    set_timer(h, retry);
}

void toc_hub_take(toc_hub *h, toc_packet *packet)
{
    TOC_GROW(h->waiting, h->waiting_count, h->waiting_capacity);
    toc_waiting *w = &h->waiting[h->waiting_count++];
    *w = (toc_waiting){.packet = *packet};
    toc_desk_handle(h->desk, toc_hub_mono(), packet->bytes, packet->len, &w->reply);
    if (w->reply.seat[0] && !toc_presence_seen(h->presence, w->reply.seat, packet->pipe))
        leave(h, w->reply.seat); // its connection closed before it was heard
    toc_previews_take(h);
}

void toc_hub_changes(toc_hub *h)
{
    toc_pipe_change change;
    while (toc_net_change(h->net, &change)) {
        toc_net_track(h->net, &change);
        if (change.feed != TOC_NET_DESK || change.is_open)
            continue;
        const char *seat = toc_presence_gone(h->presence, change.pipe);
        if (seat)
            leave(h, seat);
    }
}

void toc_hub_shut_out(toc_hub *h, const char *seat, const char *serial)
{
    // Who moves to another team is told where to; for that, the ticket's line to the desk lives a moment
    // longer. Its token is dead already.
    bool is_told = h->net && serial && toc_roster_is_bidden(h->roster, serial);
    if (serial && !is_told)
        toc_tls_revoke(serial);
    if (!h->net)
        return; // nobody is connected yet
    char audience[64];
    toc_seat_audience(seat, audience);
    toc_hub_changes(h); // those that just came are closed too
    toc_net_close_feed(h->net, toc_conduct_feed_find(h->conduct, audience));
    uint32_t pipe = toc_presence_pipe(h->presence, seat);
    if (is_told) {
        toc_farewells_add(h->farewells, serial, pipe, toc_hub_mono() + FAREWELL_MS);
        start_farewell(h);
    } else {
        toc_net_close_pipe(h->net, pipe);
    }
    toc_error why;
    if (toc_run_folder_drop_ticket(h->folder, seat, &why))
        toc_hub_notice(h, "%s", why.msg);
}

void toc_hub_alarm(toc_hub *h, const char *what, const char *text, const char *by)
{
    toc_buf line = {0};
    toc_buf_str(&line, "{\"k\":\"alarm\",\"what\":");
    toc_json_str(&line, what);
    toc_json_key(&line, "text");
    toc_json_str(&line, text ? text : "");
    if (by) {
        toc_json_key(&line, "by");
        toc_json_str(&line, by);
    }
    toc_buf_char(&line, '}');
    bool is_control = strcmp(what, "unknown-receipt") == 0;
    for (size_t i = 0; i < (is_control ? 1 : toc_conduct_feed_count(h->conduct)); i++)
        toc_net_publish(h->net, i, line.data, line.len);
    toc_buf_fini(&line);
    if (strcmp(what, "closing") != 0)
        toc_hub_notice(h, "ALARM %s%s%s%s%s", what, by ? " by " : "", by ? by : "",
                       text ? ": " : "", text ? text : "");
}

void toc_hub_heartbeat(toc_hub *h)
{
    h->clock_changed = false;
    toc_buf clock = {0};
    toc_buf_char(&clock, '{'); // so that the first key gets no comma
    toc_conduct_clock_json(h->conduct, toc_hub_mono(), &clock);
    for (size_t i = 0; i < toc_conduct_feed_count(h->conduct); i++) {
        toc_buf line = {0};
        toc_buf_printf(&line, "{\"k\":\"heartbeat\",\"head\":%lld,%s}", (long long)h->published[i],
                       clock.data + 1);
        toc_net_publish(h->net, i, line.data, line.len);
        toc_buf_fini(&line);
    }
    toc_buf_fini(&clock);
}

void toc_hub_stop(toc_hub *h)
{
    h->phase = TOC_PHASE_STOPPING;
    if (h->batch)
        return; // on_committed comes here again
    toc_error why;
    int64_t mono = toc_hub_mono();
    toc_err err = toc_conduct_seal(h->conduct, &why);
    if (!err)
        err = toc_conduct_flush(h->conduct, mono, &why);
    if (!err)
        publish(h);
    release_replies(h);
    end_loop(h);
}

static void play_on(toc_hub *h)
{
    toc_error why;
    int64_t mono = toc_hub_mono();
    if (toc_conduct_tick(h->conduct, mono, &why) == TOC_OK)
        toc_conduct_mark(h->conduct, mono, &why);
    start_when_all_are_there(h);
}

// Evaluators, SIMCELL and the board may come later.
static void start_when_all_are_there(toc_hub *h)
{
    const toc_exercise *x = toc_conduct_exercise(h->conduct);
    if (!h->o->auto_start || toc_conduct_has_failed(h->conduct) ||
        toc_exercise_clock(x).state != TOC_PLAY_LOBBY)
        return;
    for (size_t i = 0; i < toc_exercise_seat_count(x); i++) {
        toc_seat_view seat = toc_exercise_seat(x, i);
        bool is_needed = strcmp(seat.role, "participant") == 0 || strcmp(seat.role, "excon") == 0;
        if (seat.is_open && is_needed && !seat.is_present)
            return;
    }
    toc_event start;
    toc_event_init(&start, TOC_K_START, 0);
    toc_event_set_str(&start, TOC_F_BY, "engine");
    toc_error why;
    // Refused during a real emergency; tried again until that is over.
    if (toc_conduct_input(h->conduct, toc_hub_mono(), &start, &why) == TOC_OK)
        toc_hub_notice(h, "all seats are taken: STARTEX");
    toc_event_fini(&start);
}

static void leave(toc_hub *h, const char *seat)
{
    const toc_exercise *x = toc_conduct_exercise(h->conduct);
    size_t i = toc_exercise_seat_find(x, seat);
    if (h->phase != TOC_PHASE_OPEN || i == TOC_NONE || !toc_exercise_seat(x, i).is_present)
        return;
    toc_event in;
    toc_event_init(&in, TOC_K_LEAVE, 0);
    toc_event_set_str(&in, TOC_F_BY, "engine");
    toc_event_set_str(&in, TOC_F_SEAT, seat);
    toc_event_set_str(&in, TOC_F_SESSION, toc_exercise_seat(x, i).session);
    toc_error why; // refused when the exercise is closed: nobody's absence matters then
    toc_conduct_input(h->conduct, toc_hub_mono(), &in, &why);
    toc_event_fini(&in);
}

static void start_farewell(toc_hub *h)
{
    int64_t at, mono = toc_hub_mono();
    h->farewell.data = h;
    if (toc_farewells_next(h->farewells, &at))
        uv_timer_start(&h->farewell, on_farewell, at > mono ? (uint64_t)(at - mono) : 0, 0);
}

static void on_farewell(uv_timer_t *timer)
{
    toc_hub *h = timer->data;
    toc_farewell one;
    while (toc_farewells_take(h->farewells, toc_hub_mono(), &one)) {
        toc_tls_revoke(one.serial); // cuts its other connections too
        toc_net_close_pipe(h->net, one.pipe);
    }
    start_farewell(h);
}

static void start_commit(toc_hub *h)
{
    if (h->batch || h->phase == TOC_PHASE_OVER)
        return;
    h->batch = toc_conduct_batch(h->conduct);
    if (!h->batch)
        return;
    h->commit.data = h;
    uv_queue_work(&h->loop, &h->commit, on_commit, on_committed);
}

// On a worker: the disk may take its time.
static void on_commit(uv_work_t *work)
{
    toc_hub *h = work->data;
    h->outcome = toc_batch_commit(h->batch, &h->why);
}

static void on_committed(uv_work_t *work, int status)
{
    toc_hub *h = work->data;
    toc_batch *batch = h->batch;
    h->batch = NULL;
    (void)status; // never cancelled
    toc_conduct_done(h->conduct, toc_hub_mono(), batch, h->outcome, &h->why);
    if (h->phase == TOC_PHASE_STOPPING)
        toc_hub_stop(h);
    else
        toc_hub_turn(h);
}

static void tell_failure(toc_hub *h)
{
    if (h->failure_told || !toc_conduct_has_failed(h->conduct))
        return;
    h->failure_told = true;
    toc_hub_alarm(h, "recording-failed",
                  "the engine cannot record; play stands still until it is started again", NULL);
    toc_hub_heartbeat(h);
    toc_hub_notice(h,
                   "recording failed (%s) and play stands still: mend the disk, end this engine "
                   "(Ctrl-C), and take the run up again with --resume %s",
                   toc_conduct_failure(h->conduct), toc_run_folder_path(h->folder));
}

static void publish(toc_hub *h)
{
    for (size_t i = 0; i < toc_conduct_feed_count(h->conduct); i++)
        publish_feed(h, i);
    if (h->clock_changed)
        toc_hub_heartbeat(h);
}

static void publish_feed(toc_hub *h, size_t i)
{
    const toc_feed *feed = toc_conduct_feed(h->conduct, i);
    toc_buf message = {0};
    while (h->published[i] < toc_feed_head(feed)) {
        const char *line = toc_feed_line(feed, h->published[i] + 1);
        if (message.len > 0 && message.len + 1 + strlen(line) > TOC_PAGE_BYTES) {
            toc_net_publish(h->net, i, message.data, message.len);
            toc_buf_clear(&message);
        }
        if (message.len > 0)
            toc_buf_char(&message, '\n');
        toc_buf_str(&message, line);
        h->published[i]++;
    }
    if (message.len > 0)
        toc_net_publish(h->net, i, message.data, message.len);
    toc_buf_fini(&message);
}

// True: nng refused one for now.
static bool release_replies(toc_hub *h)
{
    size_t kept = 0;
    bool retry = false;
    for (size_t i = 0; i < h->waiting_count; i++) {
        toc_waiting *w = &h->waiting[i];
        bool is_ready =
            w->reply.waits <= toc_conduct_durable(h->conduct) || toc_conduct_has_failed(h->conduct);
        is_ready = is_ready && (!w->reply.preview || w->is_previewed);
        if (is_ready && release_reply(h, w))
            continue;
        retry |= is_ready;
        h->waiting[kept++] = *w;
    }
    h->waiting_count = kept;
    return retry;
}

static bool release_reply(toc_hub *h, toc_waiting *w)
{
    if (!w->is_finished)
        toc_reply_finish(&w->reply, h->conduct);
    w->is_finished = true;
    if (!toc_net_reply(h->net, &w->packet, w->reply.text.data, w->reply.text.len))
        return false;
    toc_buf_fini(&w->reply.text);
    return true;
}

// The close and its seal are durable, and whoever asked for it knows.
static void close_when_told(toc_hub *h)
{
    toc_play_state state = toc_exercise_clock(toc_conduct_exercise(h->conduct)).state;
    if (h->phase != TOC_PHASE_OPEN || state != TOC_PLAY_CLOSED || h->waiting_count > 0 ||
        toc_conduct_has_failed(h->conduct) ||
        toc_conduct_durable(h->conduct) < toc_conduct_head(h->conduct))
        return;
    toc_error why;
    int64_t head = toc_conduct_head(h->conduct);
    if (toc_conduct_seal(h->conduct, &why) == TOC_OK && toc_conduct_head(h->conduct) > head) {
        start_commit(h); // and come here again when the seal is durable
        return;
    }
    h->phase = TOC_PHASE_CLOSING;
    h->is_lonely = toc_net_count(h->net) == 0;
    h->end = TOC_HUB_CLOSED;
    if (toc_run_folder_close(h->folder, &why))
        toc_hub_notice(h, "%s", why.msg);
    toc_hub_alarm(h, "closing", "the exercise is closed", NULL);
    h->grace.data = h;
    uv_timer_start(&h->grace, on_grace, GRACE_MS, 0);
}

static void set_timer(toc_hub *h, bool retry)
{
    int64_t at, mono = toc_hub_mono();
    bool is_any = h->phase == TOC_PHASE_OPEN && toc_conduct_deadline(h->conduct, &at);
    if (retry && (!is_any || at > mono + RETRY_MS)) {
        at = mono + RETRY_MS;
        is_any = true;
    }
    h->due.data = h;
    if (is_any && h->phase != TOC_PHASE_OVER)
        uv_timer_start(&h->due, on_due, at > mono ? (uint64_t)(at - mono) : 0, 0);
    else
        uv_timer_stop(&h->due);
}

static void on_due(uv_timer_t *timer)
{
    toc_hub_turn(timer->data);
}

static void on_grace(uv_timer_t *timer)
{
    end_loop(timer->data);
}

static void end_loop(toc_hub *h)
{
    h->phase = TOC_PHASE_OVER;
    uv_stop(&h->loop);
}
