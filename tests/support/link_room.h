// SPDX-License-Identifier: MIT
#ifndef TOC_LINK_ROOM_H
#define TOC_LINK_ROOM_H

// A seat's link, a fake engine and what the link told, in one loop: for the tests of clients/link.

#include <check.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "base/mem.h"
#include "check_main.h"
#include "fake_engine.h"
#include "link/link.h"

enum { DEADLINE_MS = 30000, TICK_MS = 20 };

typedef struct {
    uv_loop_t loop;
    uv_timer_t tick;
    fake_engine *engine;
    toc_link *link;
    toc_link_state state;
    char why[512];
    int64_t events; // the newest number, checked to be in order
    char last[64];  // the newest text
    int lost, joined, clocks, alarms;
    int answers, failures;
    char code[32];
    bool beats; // the engine beats at each tick
    size_t fetched;
    toc_err fetch_err;
} room;

static inline void on_event(void *context, int64_t n, const toc_event *ev)
{
    room *r = context;
    ck_assert_int_eq(n, r->events + 1);
    r->events = n;
    const char *text = toc_event_str(ev, TOC_F_TEXT);
    snprintf(r->last, sizeof r->last, "%s", text ? text : "");
}

static inline void on_clock(void *context, const toc_clock *clock)
{
    room *r = context;
    (void)clock;
    r->clocks++;
}

static inline void on_alarm(void *context, const char *what, const char *text, const char *by)
{
    room *r = context;
    (void)what;
    (void)text;
    (void)by;
    r->alarms++;
}

static inline void on_state(void *context, toc_link_state state, const char *why)
{
    room *r = context;
    r->state = state;
    r->lost += state == TOC_LINK_LOST;
    r->joined += state == TOC_LINK_JOINED;
    snprintf(r->why, sizeof r->why, "%s", why);
}

static inline void on_answer(void *context, const toc_link_reply *reply)
{
    room *r = context;
    r->answers++;
    r->failures += !reply->ok;
    if (!reply->ok)
        snprintf(r->code, sizeof r->code, "%s", reply->code);
}

static inline void on_tick(uv_timer_t *tick)
{
    room *r = tick->data;
    if (r->beats)
        fake_engine_beat(r->engine);
}

static inline room *open_room(void)
{
    room *r = toc_alloc(sizeof *r);
    signal(SIGPIPE, SIG_IGN);
    r->beats = true;
    ck_assert_int_eq(uv_loop_init(&r->loop), 0);
    uv_timer_init(&r->loop, &r->tick);
    r->tick.data = r;
    uv_timer_start(&r->tick, on_tick, TICK_MS, TICK_MS);
    r->engine = fake_engine_new(&r->loop);
    return r;
}

static inline void sit_down(room *r, const toc_ticket *ticket)
{
    toc_error e = {0};
    toc_link_calls calls = {r, on_event, on_clock, on_alarm, on_state};
    TOC_OK_OR_FAIL(toc_link_new(&r->link, &r->loop, ticket, NULL, &calls, &e), e);
}

static inline void say(room *r, const char *text)
{
    toc_event ev;
    toc_event_init(&ev, TOC_K_SAY, 0);
    char *to[] = {"press"};
    toc_event_set_list(&ev, TOC_F_TO, to, 1);
    toc_event_set_str(&ev, TOC_F_TEXT, text);
    toc_link_act(r->link, &ev, on_answer, r);
    toc_event_fini(&ev);
}

#define AWAIT(r, condition)                                                                        \
    do {                                                                                           \
        uint64_t end_ = uv_hrtime() / 1000000 + DEADLINE_MS;                                       \
        while (!(condition) && uv_hrtime() / 1000000 < end_)                                       \
            uv_run(&(r)->loop, UV_RUN_ONCE);                                                       \
        ck_assert_msg((condition), "waited too long for " #condition);                             \
    } while (0)

static inline room *joined_room(void)
{
    room *r = open_room();
    sit_down(r, fake_engine_ticket(r->engine));
    AWAIT(r, r->state == TOC_LINK_JOINED);
    return r;
}

#endif
