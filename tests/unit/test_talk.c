// SPDX-License-Identifier: MIT
// A seat's side of the protocol over a world made by hand: what it asks, what it is told, and what it makes of it.
// The rest is told by unit/link, over sockets, and by tests/simulation, over everything that can go wrong.
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "check_main.h"
#include "talk.h"

typedef struct {
    toc_talk *t;
    uint64_t now;
    toc_buf asked; // the newest request
    size_t count;  // of requests
    bool has_hung_up;
    toc_link_state state;
    size_t told; // states
    char why[400];
} world;

static world w;

static uint64_t now(void *context)
{
    return ((world *)context)->now;
}

static bool take_request(void *context, const char *data, size_t len)
{
    world *at = context;
    toc_buf_clear(&at->asked);
    toc_buf_add(&at->asked, data, len);
    at->count++;
    return true;
}

static void drop(void *context, toc_wire_end end)
{
    (void)context, (void)end;
}

static void hang_up(void *context)
{
    ((world *)context)->has_hung_up = true;
}

static void on_event(void *context, int64_t n, const toc_event *ev)
{
    (void)context, (void)n, (void)ev;
}

static void on_clock(void *context, const toc_clock *clock)
{
    (void)context, (void)clock;
}

static void on_alarm(void *context, const char *what, const char *text, const char *by)
{
    (void)context, (void)what, (void)text, (void)by;
}

static void on_state(void *context, toc_link_state state, const char *why)
{
    world *at = context;
    at->state = state;
    at->told++;
    toc_copy_text(at->why, sizeof at->why, why);
}

static void begin(void)
{
    char seat[] = "wind-1", token[] = "0123456789abcdef0123456789abcdef", none[] = "";
    const toc_ticket ticket = {.seat = seat, .token = token, .run = none, .role = none};
    const toc_link_calls calls = {&w, on_event, on_clock, on_alarm, on_state};
    const toc_talk_host host = {&w, now, take_request, drop, hang_up};
    w = (world){.now = 100000};
    w.t = toc_talk_new(&ticket, "tls+tcp://here:7400", "tls+tcp://here:7402", &calls, &host);
    toc_talk_connection(w.t, TOC_WIRE_DESK, true);
    toc_talk_connection(w.t, TOC_WIRE_FEED, true);
}

static void end(void)
{
    toc_talk_free(w.t);
    toc_buf_fini(&w.asked);
}

// Answers the newest request; more is JSON from the comma on.
static void answer(const char *more)
{
    const char *at = strstr(toc_buf_text(&w.asked), "\"id\":\"");
    ck_assert_ptr_nonnull(at);
    at += strlen("\"id\":\"");
    char *text = toc_sprintf("{\"id\":\"%.*s\"%s}", (int)strcspn(at, "\""), at, more);
    toc_talk_reply(w.t, text, strlen(text));
    free(text);
}

static void pass(uint64_t ms)
{
    for (uint64_t until = w.now + ms; w.now < until;) {
        w.now += TOC_TALK_TICK_MS;
        toc_talk_tick(w.t);
    }
}

#define FAILED                                                                                     \
    ",\"ok\":false,\"error\":{\"code\":\"recording-failed\",\"text\":\"the engine cannot "         \
    "record\"}"

START_TEST(who_sits_down_at_an_engine_that_cannot_record_is_told_so_and_tries_again)
{
    begin();
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&w.asked), "\"op\":\"join\""));
    answer(FAILED);
    ck_assert_int_eq(w.state, TOC_LINK_CONNECTING);
    ck_assert_str_eq(w.why, "the engine cannot record: trying again");
    size_t asked = w.count;
    pass(2750);
    ck_assert_uint_eq(w.count, asked);
    pass(500);
    ck_assert_uint_eq(w.count, asked + 1);
    answer(FAILED);
    ck_assert_uint_eq(w.told, 1); // not every three seconds
    pass(3250);
    answer(",\"ok\":true,\"session\":\"s1\",\"head\":0");
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&w.asked), "\"op\":\"feed\""));
    answer(",\"ok\":true,\"lines\":[],\"head\":0");
    ck_assert_int_eq(w.state, TOC_LINK_JOINED);
    ck_assert(!w.has_hung_up);
    end();
}
END_TEST

START_TEST(an_answer_that_nobody_can_read_is_asked_for_again)
{
    begin();
    toc_talk_reply(w.t, "{", 1);
    ck_assert_int_eq(w.state, TOC_LINK_CONNECTING);
    size_t asked = w.count;
    pass(3250);
    ck_assert_uint_eq(w.count, asked + 1);
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&w.asked), "\"op\":\"join\""));
    end();
}
END_TEST

START_TEST(a_seat_that_is_turned_away_hangs_up_and_asks_nothing_more)
{
    begin();
    answer(",\"ok\":false,\"error\":{\"code\":\"no-seat\",\"text\":\"this ticket was revoked\"}");
    ck_assert_int_eq(w.state, TOC_LINK_REFUSED);
    ck_assert_str_eq(w.why, "this ticket was revoked");
    ck_assert(w.has_hung_up);
    size_t asked = w.count;
    pass(20000);
    ck_assert_uint_eq(w.count, asked);
    end();
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, who_sits_down_at_an_engine_that_cannot_record_is_told_so_and_tries_again);
    tcase_add_test(tc, an_answer_that_nobody_can_read_is_asked_for_again);
    tcase_add_test(tc, a_seat_that_is_turned_away_hangs_up_and_asks_nothing_more);
}

TOC_CHECK_MAIN("talk", add_tests)
