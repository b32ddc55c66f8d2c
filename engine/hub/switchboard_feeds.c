// SPDX-License-Identifier: MIT
// What everybody hears: the lines of the feeds, once they are durable; the newest numbers and the clock, every
// two seconds and when the clock changes; alarms, at once.
#include <string.h>

#include "record/json.h"
#include "switchboard_inside.h"

static void publish_lines(toc_switchboard *s);
static void publish_feed(toc_switchboard *s, size_t i);

void toc_switchboard_publish(toc_switchboard *s)
{
    publish_lines(s);
    if (s->clock_changed)
        toc_switchboard_heartbeat(s);
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
    bool is_control = strcmp(what, "unknown-receipt") == 0;
    s->was_called = s->was_called || strcmp(what, "emergency") == 0;
    for (size_t i = 0; i < (is_control ? 1 : toc_conduct_feed_count(s->conduct)); i++)
        s->host.publish(s->host.context, i, line.data, line.len);
    toc_buf_fini(&line);
    if (strcmp(what, "closing") != 0)
        toc_switchboard_notice(s, "ALARM %s%s%s%s%s", what, by ? " by " : "", by ? by : "",
                               text ? ": " : "", text ? text : "");
}

static void publish_lines(toc_switchboard *s)
{
    for (size_t i = 0; i < toc_conduct_feed_count(s->conduct); i++)
        publish_feed(s, i);
}

static void publish_feed(toc_switchboard *s, size_t i)
{
    const toc_feed *feed = toc_conduct_feed(s->conduct, i);
    toc_buf message = {0};
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
}
