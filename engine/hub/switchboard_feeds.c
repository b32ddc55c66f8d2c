// SPDX-License-Identifier: MIT
// What everybody hears: the lines of the feeds, once they are durable; the newest numbers and the clock, every
// two seconds and when the clock changes; alarms, at once.
#include <string.h>

#include "record/json.h"
#include "switchboard_inside.h"

// A crowd asks: its answers come first, and a line goes to a whole team. Lines that wait a moment go many
// in one message, which costs a team's fifty connections hardly more than one line.
#define SPAN_MS 20
#define CROWD   64  // requests in a span
#define HELD_MS 100 // the longest that a line waits for that

static bool is_crowded(toc_switchboard *s);
static bool are_lines_waiting(const toc_switchboard *s);
static void begin_span(toc_switchboard *s);
static bool publish_lines(toc_switchboard *s);
static bool publish_feed(toc_switchboard *s, size_t i);

void toc_switchboard_publish(toc_switchboard *s)
{
    if (s->clock_changed) {
        toc_switchboard_heartbeat(s);
        return;
    }
    if (is_crowded(s) && are_lines_waiting(s)) {
        int64_t mono = toc_switchboard_mono(s);
        s->held_at = s->is_held ? s->held_at : mono;
        s->is_held = true;
        if (mono < s->held_at + HELD_MS)
            return;
    }
    if (publish_lines(s))
        toc_switchboard_heartbeat(s);
}

int64_t toc_switchboard_publish_at(const toc_switchboard *s)
{
    if (!s->is_held)
        return INT64_MAX;
    int64_t calm = s->span_at + 2 * SPAN_MS; // if nobody asks any more
    return calm < s->held_at + HELD_MS ? calm : s->held_at + HELD_MS;
}

void toc_switchboard_count(toc_switchboard *s)
{
    begin_span(s);
    s->requests++;
}

void toc_switchboard_heartbeat(toc_switchboard *s)
{
    // First the lines: who hears that the exercise is closed, and lacks nothing, hangs up.
    publish_lines(s);
    s->clock_changed = false;
    toc_buf clock = {0};
    toc_buf_char(&clock, '{'); // so that the first key gets no comma
    toc_conduct_clock_told(s->conduct, toc_switchboard_mono(s),
                           s->was_called && toc_conduct_has_failed(s->conduct), &clock);
    for (size_t i = 0; i < toc_conduct_feed_count(s->conduct); i++) {
        toc_buf line = {0};
        toc_buf_printf(&line, "{\"k\":\"heartbeat\",\"head\":%lld,%s}", (long long)s->published[i],
                       clock.data + 1);
        s->host.publish(s->host.context, i, line.data, line.len);
        toc_buf_fini(&line);
    }
    toc_buf_fini(&clock);
}

void toc_switchboard_tell_behind(toc_switchboard *s)
{
    toc_buf text = {0};
    if (toc_conduct_behind(s->conduct, toc_switchboard_mono(s), &text))
        toc_switchboard_alarm(s, "behind", toc_buf_text(&text), NULL);
    toc_buf_fini(&text);
}

void toc_switchboard_alarm(toc_switchboard *s, const char *what, const char *text, const char *by)
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
    bool is_behind = strcmp(what, "behind") == 0;
    bool is_control = is_behind || strcmp(what, "unknown-receipt") == 0;
    s->was_called = s->was_called || strcmp(what, "emergency") == 0;
    for (size_t i = 0; i < (is_control ? 1 : toc_conduct_feed_count(s->conduct)); i++)
        s->host.publish(s->host.context, i, line.data, line.len);
    toc_buf_fini(&line);
    if (is_behind)
        toc_switchboard_notice(s, "%s", text);
    else if (strcmp(what, "closing") != 0)
        toc_switchboard_notice(s, "ALARM %s%s%s%s%s", what, by ? " by " : "", by ? by : "",
                               text ? ": " : "", text ? text : "");
}

static bool is_crowded(toc_switchboard *s)
{
    begin_span(s);
    return s->phase == TOC_PHASE_OPEN && (s->requests >= CROWD || s->requests_before >= CROWD);
}

static bool are_lines_waiting(const toc_switchboard *s)
{
    for (size_t i = 0; i < toc_conduct_feed_count(s->conduct); i++)
        if (s->published[i] < toc_feed_head(toc_conduct_feed(s->conduct, i)))
            return true;
    return false;
}

static void begin_span(toc_switchboard *s)
{
    int64_t passed = toc_switchboard_mono(s) - s->span_at;
    if (passed < SPAN_MS)
        return;
    s->requests_before = passed < 2 * SPAN_MS ? s->requests : 0;
    s->requests = 0;
    s->span_at += passed - passed % SPAN_MS;
}

// True if some are only to be told of by their number.
static bool publish_lines(toc_switchboard *s)
{
    bool is_counted = false;
    s->is_held = false;
    for (size_t i = 0; i < toc_conduct_feed_count(s->conduct); i++)
        is_counted |= publish_feed(s, i);
    return is_counted;
}

static bool publish_feed(toc_switchboard *s, size_t i)
{
    const toc_feed *feed = toc_conduct_feed(s->conduct, i);
    toc_buf message = {0};
    // Whoever was moved to another team may dial the old one's feed until the farewell is over. So the lines are only counted,
    // and those who belong there fetch them at the desk, where a ticket counts that is alive.
    if (toc_farewells_has(s->farewells, i)) {
        bool is_new = s->published[i] < toc_feed_head(feed);
        s->published[i] = toc_feed_head(feed);
        return is_new;
    }
    while (s->published[i] < toc_feed_head(feed)) {
        const char *line = toc_feed_line(feed, s->published[i] + 1);
        if (message.len > 0 && message.len + 1 + strlen(line) > TOC_PAGE_BYTES) {
            s->host.publish(s->host.context, i, message.data, message.len);
            toc_buf_clear(&message);
        }
        if (message.len > 0)
            toc_buf_char(&message, '\n');
        toc_buf_str(&message, line);
        s->published[i]++;
    }
    if (message.len > 0)
        s->host.publish(s->host.context, i, message.data, message.len);
    toc_buf_fini(&message);
    return false;
}
