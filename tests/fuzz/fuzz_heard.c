// SPDX-License-Identifier: MIT
// Whatever comes in at a terminal, from a feed or as answers of the desk, its events come out each once and in their order, and
// the seat's picture and lines are made of them, in which nothing could steer a terminal. An input is what a connection brings behind its
// greeting; its first byte says which end it is (1: a feed), and whether all is one message (4).
#include "fuzz.h"

#include "answer.h"
#include "base/text.h"
#include "inlet.h"
#include "sp.h"
#include "view/lines.h"
#include "view/picture.h"

typedef struct {
    toc_picture picture;
    toc_lines lines;
    int64_t newest;
} terminal;

static void on_event(void *context, int64_t n, const toc_event *ev)
{
    terminal *t = context;
    assert(n > t->newest);
    t->newest = n;
    toc_picture_see(&t->picture, n, ev);
    toc_lines_event(&t->lines, &t->picture, ev, n, false);
}

static void on_clock(void *context, const toc_clock *clock)
{
    toc_lines_hear(&((terminal *)context)->lines, clock);
}

static void on_alarm(void *context, const char *what, const char *text, const char *by)
{
    terminal *t = context;
    toc_lines_say(&t->lines, "ALARM, %s: %s", what, text);
    toc_lines_emergency(&t->lines, by, text);
}

static void on_state(void *context, toc_link_state state, const char *why)
{
    (void)context, (void)state, (void)why;
}

static void holds(const toc_lines *l)
{
    assert(toc_utf8_valid(toc_buf_text(&l->out), l->out.len, NULL));
    for (size_t i = 0; i < l->out.len; i++)
        assert((unsigned char)l->out.data[i] >= 0x20 || l->out.data[i] == '\n');
}

static void take_answer(toc_inlet *in, const char *data, size_t len)
{
    toc_answer a;
    toc_clock clock = {0};
    toc_answer_read(&a, data, len);
    assert(a.ok || (a.code && a.text));
    if (a.body) {
        toc_inlet_page(in, a.body);
        toc_clock_read(&clock, a.body);
        in->calls->on_clock(in->calls->context, &clock);
    }
    toc_answer_fini(&a);
}

static void take_message(toc_inlet *in, bool is_feed, const char *data, size_t len)
{
    const terminal *t = in->calls->context;
    if (is_feed)
        toc_inlet_message(in, data, len);
    else
        take_answer(in, data, len);
    assert(in->have >= t->newest && in->head >= in->have);
    holds(&t->lines);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    terminal t = {0};
    const toc_link_calls calls = {&t, on_event, on_clock, on_alarm, on_state};
    toc_inlet in = {.calls = &calls};
    if (size == 0)
        return 0;
    bool is_feed = data[0] & 1;
    const char *bytes = (const char *)data + 1, *message;
    size_t at = 0, len;
    toc_picture_init(&t.picture, data[0] & 2 ? "excon-1" : "ops-1");
    toc_lines_init(&t.lines, "TLP:CLEAR", 80);
    toc_sp_is_greeting(bytes, size - 1, TOC_SP_PUB);
    if (data[0] & 4)
        take_message(&in, is_feed, bytes, size - 1);
    else
        while (toc_sp_next(bytes, size - 1, &at, &message, &len) == TOC_SP_MESSAGE) {
            assert(message >= bytes && message + len <= bytes + size - 1);
            take_message(&in, is_feed, message, len);
        }
    toc_picture_fini(&t.picture);
    toc_lines_fini(&t.lines);
    return 0;
}
