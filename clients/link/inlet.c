// SPDX-License-Identifier: MIT
#include "inlet.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "record/feed.h"

static bool take_line(toc_inlet *in, const char *line, size_t len);
static bool take_event(toc_inlet *in, const char *line, size_t len);
static void skip_event(toc_inlet *in, const toc_json *j);
static void take_notice(toc_inlet *in, const toc_json *j, const char *kind);
static void write_json(toc_buf *out, const toc_json *j);

bool toc_inlet_message(toc_inlet *in, const char *data, size_t len)
{
    bool ok = true;
    for (size_t at = 0; at < len;) {
        const char *newline = memchr(data + at, '\n', len - at);
        size_t n = newline ? (size_t)(newline - (data + at)) : len - at;
        if (n > 0 && !take_line(in, data + at, n))
            ok = false;
        at += n + 1;
    }
    return ok;
}

bool toc_inlet_page(toc_inlet *in, const toc_json *reply)
{
    bool ok = true;
    toc_buf line = {0};
    const toc_json *lines = toc_json_get(reply, "lines");
    for (const toc_json *j = toc_json_first(lines); j; j = toc_json_next(j)) {
        toc_buf_clear(&line);
        write_json(&line, j);
        if (!take_event(in, toc_buf_text(&line), line.len)) {
            skip_event(in, j);
            ok = false;
        }
    }
    int64_t head;
    if (toc_json_int(toc_json_get(reply, "head"), &head) && head > in->head)
        in->head = head;
    toc_buf_fini(&line);
    return ok;
}

bool toc_inlet_lacks(const toc_inlet *in)
{
    return in->head > in->have;
}

void toc_clock_read(toc_clock *clock, const toc_json *j)
{
    const char *state = toc_json_text(toc_json_get(j, "state"));
    const char *story = toc_json_text(toc_json_get(j, "story"));
    if (state)
        snprintf(clock->state, sizeof clock->state, "%s", state);
    if (story)
        snprintf(clock->story, sizeof clock->story, "%s", story);
    clock->emergency = toc_json_true(toc_json_get(j, "emergency"));
    toc_json_int(toc_json_get(j, "t"), &clock->t);
    toc_json_int(toc_json_get(j, "speed"), &clock->speed);
    toc_json_int(toc_json_get(j, "pace"), &clock->pace);
    toc_json_int(toc_json_get(j, "length"), &clock->length);
}

static bool take_line(toc_inlet *in, const char *line, size_t len)
{
    toc_json *j;
    if (toc_json_read(&j, line, len, TOC_JSON_REPLY, NULL) != TOC_OK)
        return false;
    const char *kind = toc_json_text(toc_json_get(j, "k"));
    bool is_event = toc_json_get(j, "n") != NULL;
    if (kind && !is_event)
        take_notice(in, j, kind);
    toc_json_free(j);
    return is_event ? take_event(in, line, len) : kind != NULL;
}

static bool take_event(toc_inlet *in, const char *line, size_t len)
{
    int64_t n;
    toc_event ev;
    if (toc_feed_parse(line, len, &n, &ev, NULL) != TOC_OK)
        return false;
    if (n > in->head)
        in->head = n;
    if (n == in->have + 1) {
        in->have = n;
        in->calls->on_event(in->calls->context, n, &ev);
    }
    toc_event_fini(&ev);
    return true;
}

// An event that even the desk's own page does not make readable would stop the feed for ever.
static void skip_event(toc_inlet *in, const toc_json *j)
{
    int64_t n;
    if (!toc_json_int(toc_json_get(j, "n"), &n) || n != in->have + 1)
        return;
    in->have = n;
    if (n > in->head)
        in->head = n;
    char text[96];
    snprintf(text, sizeof text, "line %lld of the feed cannot be read by this version of tocsin",
             (long long)n);
    in->calls->on_alarm(in->calls->context, "unreadable", text, NULL);
}

static void take_notice(toc_inlet *in, const toc_json *j, const char *kind)
{
    void *context = in->calls->context;
    if (strcmp(kind, "heartbeat") == 0) {
        int64_t head;
        if (toc_json_int(toc_json_get(j, "head"), &head) && head > in->head)
            in->head = head;
        toc_clock clock = {.speed = 1000, .pace = 1000};
        toc_clock_read(&clock, j);
        in->calls->on_clock(context, &clock);
    } else if (strcmp(kind, "alarm") == 0) {
        const char *what = toc_json_text(toc_json_get(j, "what"));
        const char *text = toc_json_text(toc_json_get(j, "text"));
        in->calls->on_alarm(context, what ? what : "", text ? text : "",
                            toc_json_text(toc_json_get(j, "by")));
    }
}

// The desk sends a page's lines as objects; toc_feed_parse wants text.
static void write_json(toc_buf *out, const toc_json *j)
{
    int64_t n;
    bool is_object = toc_json_kind(j) == TOC_JSON_OBJECT;
    const char *text = toc_json_text(j);
    switch (toc_json_kind(j)) {
    case TOC_JSON_STRING:
        toc_json_str(out, text);
        break;
    case TOC_JSON_NUMBER:
        toc_json_int(j, &n);
        toc_buf_int(out, n);
        break;
    case TOC_JSON_BOOL:
        toc_buf_str(out, toc_json_true(j) ? "true" : "false");
        break;
    case TOC_JSON_NULL:
        toc_buf_str(out, "null");
        break;
    case TOC_JSON_ARRAY:
    case TOC_JSON_OBJECT:
        toc_buf_char(out, is_object ? '{' : '[');
        for (const toc_json *child = toc_json_first(j); child; child = toc_json_next(child)) {
            if (child != toc_json_first(j))
                toc_buf_char(out, ',');
            if (is_object) {
                toc_json_str(out, toc_json_name(child));
                toc_buf_char(out, ':');
            }
            write_json(out, child);
        }
        toc_buf_char(out, is_object ? '}' : ']');
        break;
    }
}
