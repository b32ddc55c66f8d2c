// SPDX-License-Identifier: MIT
// A thousand seats with the links that terminals have: all sit down at once; a burst of injects reaches
// each of them whole and in order; the engine is killed, and all come back and miss nothing. Both ends are on
// this machine: the seats' share of the work, in one loop here, is in every time.

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "bench.h"
#include "bench_load_excon.h"
#include "link/link.h"

enum {
    EXCONS = 4,
    BURST = 200,
    RETURNS = 3, // how often the engine is killed
    AFTER = 5,   // injects between two of its deaths
    JOINS = 3,   // how often a thousand sit down, each time before another engine
    ROWS = BURST + RETURNS * AFTER,
};

typedef struct {
    toc_rounds join, back, listening, start; // s; listening: of back, until the new engine did
    double resident, proportion;             // MiB
    double burst, acknowledged;              // s
    double refilled;                         // seats
} measured;

typedef struct room room;

typedef struct {
    room *room;
    toc_link *link;
    toc_link_state state;
    bool was_lost, is_back; // since the last kill
    int64_t expected;       // the newest number of the feed
    size_t refills;         // before the burst
    size_t injects;
    uint64_t order; // a hash of the ids of the injects, in the order in which they came
} seat;

struct room {
    uv_loop_t loop;
    uv_poll_t said; // what an engine that was resumed says
    toc_hall hall;
    toc_controllers controllers;
    uv_poll_t news; // of the controllers
    seat seats[TOC_HALL_SEATS];
    size_t joined, back;
    size_t to_fire;   // rows, in all
    size_t complete;  // seats that have all these
    double listening; // when the resumed engine did
};

static void measure(double *out);
static void add(toc_figures *out, const char *name, const toc_rounds *r, double reference,
                const char *what, double most);
static void sit_down(room *r);
static void open_room(room *r);
static void close_room(room *r);
static void burst(room *r, measured *m);
static void come_back(room *r, double *took, double *listening);
static void check(room *r);
static void fire_to(room *r, size_t rows);
static bool have_all(const void *context);
static bool are_joined(const void *context);
static bool are_back(const void *context);
static bool is_answered(const void *context);
static void on_news(uv_poll_t *poll, int status, int events);
static void on_event(void *context, int64_t n, const toc_event *ev);
static void on_clock(void *context, const toc_clock *clock);
static void on_alarm(void *context, const char *what, const char *text, const char *by);
static void on_state(void *context, toc_link_state state, const char *why);
static void on_said(uv_poll_t *poll, int status, int events);

bool toc_bench_return(toc_figures *out)
{
    measured m;
    if (!toc_bench_apart(measure, (double *)&m, sizeof m / sizeof(double)))
        return false;
    add(out, "return: 1,000 seats sit down at once", &m.join, 0, NULL, 10);
    toc_figures_add(out, (toc_figure){"return: the engine's memory with 1,000 seats", "MiB",
                                      m.resident, 0, NULL, 150});
    toc_figures_add(out, (toc_figure){"return: of it not shared with other programs", "MiB",
                                      m.proportion, 0, NULL, 0});
    toc_figures_add(out, (toc_figure){"return: 200 injects in a burst are at all seats", "s",
                                      m.burst, m.acknowledged, "all are acknowledged", 0});
    toc_figures_add(out, (toc_figure){"return: seats that had to fetch some of them", "",
                                      m.refilled, 0, NULL, 0});
    add(out, "return: 1,000 are back after SIGKILL, resume", &m.back, m.listening.median,
        "the engine listens", 0);
    add(out, "return: start to listening, 1,000 seats", &m.start, 0, NULL, 0);
    return true;
}

static void add(toc_figures *out, const char *name, const toc_rounds *r, double reference,
                const char *what, double most)
{
    toc_figures_add(out, (toc_figure){name, "s", r->median, reference, what, most});
    toc_figures_spread(out, r->lower, r->upper);
}

static void measure(double *out)
{
    measured *m = (measured *)out;
    room *r = toc_alloc(sizeof *r);
    double joins[JOINS], starts[JOINS], returns[RETURNS], listening[RETURNS];
    signal(SIGPIPE, SIG_IGN);
    for (int i = 0; i < JOINS; i++) {
        open_room(r);
        starts[i] = r->hall.listening_s;
        double began = toc_bench_now();
        sit_down(r);
        toc_bench_require(toc_hall_await(&r->loop, are_joined, r), "a thousand seats sit down");
        joins[i] = toc_bench_now() - began;
        if (i < JOINS - 1)
            close_room(r);
    }
    toc_hall_memory(&r->hall.engine, &m->resident, &m->proportion);
    burst(r, m);
    for (int i = 0; i < RETURNS; i++)
        come_back(r, &returns[i], &listening[i]);
    check(r);
    close_room(r);
    m->join = toc_rounds_of(joins, JOINS);
    m->start = toc_rounds_of(starts, JOINS);
    m->back = toc_rounds_of(returns, RETURNS);
    m->listening = toc_rounds_of(listening, RETURNS);
    free(r);
}

static void open_room(room *r)
{
    *r = (room){.joined = 0};
    toc_hall_open(&r->hall, &(toc_hall_plan){.teams = TOC_HALL_TEAMS,
                                             .seats_each = TOC_HALL_SEATS / TOC_HALL_TEAMS,
                                             .excons = EXCONS,
                                             .rows = ROWS});
    toc_controllers_open(&r->controllers, &r->hall);
    uv_loop_init(&r->loop);
    uv_poll_init(&r->loop, &r->news, r->controllers.from);
    r->news.data = r;
    uv_poll_start(&r->news, UV_READABLE, on_news);
}

// The loop and the links go with the process that this is measured in.
static void close_room(room *r)
{
    for (size_t i = 0; i < TOC_COUNT(r->seats); i++)
        toc_link_free(r->seats[i].link);
    uv_close((uv_handle_t *)&r->news, NULL);
    uv_run(&r->loop, UV_RUN_NOWAIT);
    toc_controllers_close(&r->controllers);
    toc_hall_close(&r->hall);
}

static void sit_down(room *r)
{
    for (size_t i = 0; i < TOC_COUNT(r->seats); i++) {
        seat *s = &r->seats[i];
        *s = (seat){.room = r};
        toc_link_calls calls = {s, on_event, on_clock, on_alarm, on_state};
        toc_error e = {0};
        toc_bench_require(toc_link_new(&s->link, &r->loop, &r->hall.tickets[i], NULL, &calls, &e) ==
                              TOC_OK,
                          "a link");
    }
}

// Four controllers fire one row after the other, as fast as the desk answers them.
static void burst(room *r, measured *m)
{
    for (size_t i = 0; i < TOC_HALL_SEATS; i++)
        r->seats[i].refills = toc_link_refills(r->seats[i].link);
    double began = toc_bench_now();
    fire_to(r, BURST);
    toc_bench_require(toc_hall_await(&r->loop, have_all, r), "every seat has every row");
    m->burst = toc_bench_now() - began;
    toc_bench_require(toc_hall_await(&r->loop, is_answered, r), "every row is acknowledged");
    m->acknowledged = r->controllers.newest - began;
    for (size_t i = 0; i < TOC_HALL_SEATS; i++)
        m->refilled += toc_link_refills(r->seats[i].link) > r->seats[i].refills;
}

// The engine dies while rows are being fired. What it had acknowledged must be there, once, and what it had
// not is asked again by the links.
static void come_back(room *r, double *took, double *listening)
{
    r->back = 0;
    r->listening = 0;
    for (size_t i = 0; i < TOC_COUNT(r->seats); i++)
        r->seats[i].was_lost = r->seats[i].is_back = false;
    fire_to(r, r->to_fire + AFTER);
    size_t answered = r->controllers.answered;
    while (r->controllers.answered == answered)
        uv_run(&r->loop, UV_RUN_ONCE);
    double began = toc_bench_now();
    toc_hall_kill(&r->hall);
    toc_hall_resume(&r->hall);
    uv_poll_init(&r->loop, &r->said, r->hall.engine.out);
    r->said.data = r;
    uv_poll_start(&r->said, UV_READABLE, on_said);
    toc_bench_require(toc_hall_await(&r->loop, are_back, r), "a thousand seats come back");
    *took = toc_bench_now() - began;
    *listening = r->listening - began;
    toc_bench_require(toc_hall_await(&r->loop, have_all, r), "every seat has every row again");
    toc_bench_require(toc_hall_await(&r->loop, is_answered, r), "every row is acknowledged");
    uv_close((uv_handle_t *)&r->said, NULL);
    uv_run(&r->loop, UV_RUN_NOWAIT);
}

// Nothing is lost, nothing came twice, and all saw the same order.
static void check(room *r)
{
    for (size_t i = 0; i < TOC_COUNT(r->seats); i++) {
        const seat *s = &r->seats[i];
        toc_bench_require(s->injects == ROWS, "every seat has every row once");
        toc_bench_require(s->order == r->seats[0].order, "every seat has the rows in one order");
        toc_bench_require(toc_link_have(s->link) == s->expected, "every seat counts its feed");
    }
    toc_bench_require(toc_hall_verify(&r->hall), "the run's journal is whole");
}

static void fire_to(room *r, size_t rows)
{
    r->to_fire = rows;
    r->complete = 0;
    toc_controllers_fire(&r->controllers, rows);
}

static bool is_answered(const void *context)
{
    const room *r = context;
    return r->controllers.answered == r->to_fire;
}

static void on_news(uv_poll_t *poll, int status, int events)
{
    room *r = poll->data;
    (void)status, (void)events;
    toc_controllers_read(&r->controllers);
}

static bool have_all(const void *context)
{
    const room *r = context;
    return r->complete == TOC_COUNT(r->seats);
}

static bool are_joined(const void *context)
{
    const room *r = context;
    return r->joined == TOC_COUNT(r->seats);
}

static bool are_back(const void *context)
{
    const room *r = context;
    return r->back == TOC_COUNT(r->seats);
}

static void on_event(void *context, int64_t n, const toc_event *ev)
{
    seat *s = context;
    room *r = s->room;
    toc_bench_require(n == ++s->expected, "no number of a feed is left out");
    if (ev->kind != TOC_K_INJECT)
        return;
    for (const char *id = toc_event_str(ev, TOC_F_INJECT); *id; id++)
        s->order = (s->order ^ (unsigned char)*id) * UINT64_C(0x100000001b3);
    if (++s->injects == r->to_fire)
        r->complete++;
}

static void on_clock(void *context, const toc_clock *clock)
{
    (void)context, (void)clock;
}

static void on_alarm(void *context, const char *what, const char *text, const char *by)
{
    (void)context, (void)by;
    if (strcmp(what, "closing") != 0)
        fprintf(stderr, "load: %s: %s\n", what, text);
    toc_bench_require(strcmp(what, "closing") == 0, "the engine sounds no alarm");
}

static void on_state(void *context, toc_link_state state, const char *why)
{
    seat *s = context;
    room *r = s->room;
    bool was_joined = s->state == TOC_LINK_JOINED, is_joined = state == TOC_LINK_JOINED;
    (void)why;
    s->state = state;
    r->joined += (size_t)is_joined - (size_t)was_joined;
    s->was_lost |= state == TOC_LINK_LOST;
    if (is_joined && s->was_lost && !s->is_back) {
        s->is_back = true;
        r->back++;
    }
}

static void on_said(uv_poll_t *poll, int status, int events)
{
    room *r = poll->data;
    char bytes[16384];
    (void)status, (void)events;
    ssize_t got = read(r->hall.engine.out, bytes, sizeof bytes);
    if (got <= 0)
        uv_poll_stop(poll);
    else
        toc_buf_add(&r->hall.engine.said, bytes, (size_t)got);
    if (r->listening == 0 && toc_hall_is_listening(&r->hall))
        r->listening = toc_bench_now();
}
