// SPDX-License-Identifier: MIT
#include "bench_load_excon.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "bench.h"
#include "link/link.h"

typedef struct crew crew;

typedef struct {
    crew *crew;
    toc_link *link;
    bool is_busy, has_joined; // has_joined: once at least
} hand;

// In the other process.
struct crew {
    uv_loop_t loop;
    uv_poll_t orders;
    int from, to;
    hand *hands;
    size_t count, joined;
    size_t fired, answered, wanted;
    bool is_started;
};

typedef struct {
    size_t answered;
    double at;
} news;

static void work(const toc_hall *hall, int from, int to);
static void go_on(crew *c);
static void act(hand *h, toc_kind kind, const char *row);
static void on_orders(uv_poll_t *poll, int status, int events);
static void on_started(void *context, const toc_link_reply *reply);
static void on_fired(void *context, const toc_link_reply *reply);
static void on_event(void *context, int64_t n, const toc_event *ev);
static void on_clock(void *context, const toc_clock *clock);
static void on_alarm(void *context, const char *what, const char *text, const char *by);
static void on_state(void *context, toc_link_state state, const char *why);

void toc_controllers_open(toc_controllers *c, const toc_hall *hall)
{
    int orders[2], answers[2];
    toc_bench_require(pipe(orders) == 0 && pipe(answers) == 0, "pipes");
    pid_t pid = fork();
    toc_bench_require(pid >= 0, "a process");
    if (pid == 0) {
        close(orders[1]); // else the end of orders would never come
        close(answers[0]);
        work(hall, orders[0], answers[1]);
        _exit(0);
    }
    close(orders[0]);
    close(answers[1]);
    *c = (toc_controllers){.pid = pid, .to = orders[1], .from = answers[0]};
}

void toc_controllers_fire(toc_controllers *c, size_t rows)
{
    toc_bench_require(write(c->to, &rows, sizeof rows) == sizeof rows, "controllers take orders");
}

void toc_controllers_read(toc_controllers *c)
{
    news n;
    toc_bench_require(read(c->from, &n, sizeof n) == sizeof n, "controllers answer");
    c->answered = n.answered;
    c->newest = n.at;
}

void toc_controllers_close(toc_controllers *c)
{
    int status;
    close(c->to);
    close(c->from);
    waitpid(c->pid, &status, 0);
}

static void work(const toc_hall *hall, int from, int to)
{
    crew *c = toc_alloc(sizeof *c);
    *c = (crew){.from = from, .to = to, .count = (size_t)hall->plan.excons};
    c->hands = toc_alloc(c->count * sizeof *c->hands);
    signal(SIGPIPE, SIG_IGN);
    uv_loop_init(&c->loop);
    uv_poll_init(&c->loop, &c->orders, from);
    c->orders.data = c;
    uv_poll_start(&c->orders, UV_READABLE, on_orders);
    for (size_t i = 0; i < c->count; i++) {
        hand *h = &c->hands[i];
        toc_link_calls calls = {h, on_event, on_clock, on_alarm, on_state};
        toc_error e = {0};
        h->crew = c;
        toc_bench_require(toc_link_new(&h->link, &c->loop, &hall->tickets[hall->seats + i], NULL,
                                       &calls, &e) == TOC_OK,
                          "a link");
    }
    uv_run(&c->loop, UV_RUN_DEFAULT);
}

static void go_on(crew *c)
{
    if (c->joined < c->count || c->fired == c->wanted)
        return;
    if (!c->is_started) {
        if (!c->hands[0].is_busy)
            act(&c->hands[0], TOC_K_START, NULL);
        return;
    }
    for (size_t i = 0; i < c->count && c->fired < c->wanted; i++) {
        if (c->hands[i].is_busy)
            continue;
        char *row = toc_hall_row((int)c->fired++);
        act(&c->hands[i], TOC_K_FIRE, row);
        free(row);
    }
}

static void act(hand *h, toc_kind kind, const char *row)
{
    toc_event ev;
    toc_event_init(&ev, kind, 0);
    toc_event_set_str(&ev, TOC_F_INJECT, row);
    h->is_busy = true;
    toc_link_act(h->link, &ev, row ? on_fired : on_started, h);
    toc_event_fini(&ev);
}

static void on_orders(uv_poll_t *poll, int status, int events)
{
    crew *c = poll->data;
    (void)status, (void)events;
    if (read(c->from, &c->wanted, sizeof c->wanted) != sizeof c->wanted)
        _exit(0); // nobody gives orders any more
    go_on(c);
}

static void on_started(void *context, const toc_link_reply *reply)
{
    hand *h = context;
    toc_bench_require(reply->ok, "the desk starts play");
    h->is_busy = false;
    h->crew->is_started = true;
    go_on(h->crew);
}

static void on_fired(void *context, const toc_link_reply *reply)
{
    hand *h = context;
    crew *c = h->crew;
    if (!reply->ok)
        fprintf(stderr, "load: %s: %s\n", reply->code, reply->text);
    toc_bench_require(reply->ok, "the desk fires a row");
    h->is_busy = false;
    news n = {++c->answered, toc_bench_now()};
    toc_bench_require(write(c->to, &n, sizeof n) == sizeof n, "somebody reads the news");
    go_on(c);
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
    hand *h = context;
    (void)why;
    if (state != TOC_LINK_JOINED || h->has_joined)
        return; // one that comes back goes on with what it had under way
    h->has_joined = true;
    h->crew->joined++;
    go_on(h->crew);
}
