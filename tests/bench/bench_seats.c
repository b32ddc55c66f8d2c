// SPDX-License-Identifier: MIT
// A room of fifty seats on real sockets: how long it takes until all of them know that EXCON paused play.
//
// The engine is the program itself, in a process of its own; the fifty terminals' links and EXCON's are here, in
// one loop. A pause counts from the act's leaving EXCON's link until the last seat has heard the clock
// that stands. The reference is the way to the desk and back (ping) with the same seats connected.

#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "base/files.h"
#include "base/mem.h"
#include "link/link.h"
#include "record/ticket.h"

enum {
    TEAMS = 5,
    SEATS_EACH = 10,
    SEATS = TEAMS * SEATS_EACH,
    PAUSES = 30,
    PATIENCE_MS = 60000,
};

// What measure_pause puts where.
enum { PAUSE_MEDIAN, PAUSE_WORST, PING, PAUSE_COUNT };

typedef struct room room;

typedef struct {
    room *room;
    toc_ticket ticket;
    toc_link *link;
    char state[16];
    bool is_joined;
} seat;

struct room {
    uv_loop_t loop;
    uv_timer_t guard;
    seat seats[SEATS + 1]; // the last one is EXCON's
    size_t joined, heard;
    const char *wanted; // the state that all are to hear of
    double sent, pauses[PAUSES], pings[PAUSES];
    size_t paused, pinged;
    bool is_closing;
};

static void measure_pause(double *out);
static FILE *open_engine(char *folder, char tickets[SEATS + 1][512]);
static void sit_down(room *r, size_t i, const char *path);
static void on_event(void *context, int64_t n, const toc_event *ev);
static void on_clock(void *context, const toc_clock *clock);
static void on_alarm(void *context, const char *what, const char *text, const char *by);
static void on_state(void *context, toc_link_state state, const char *why);
static void on_ping(void *context, const toc_link_reply *reply);
static void on_guard(uv_timer_t *timer);
static void act(room *r, toc_kind kind, const char *state);
static void next(room *r);

bool toc_bench_seats(toc_figures *out)
{
    double pause[PAUSE_COUNT];
    if (!toc_bench_apart(measure_pause, pause, PAUSE_COUNT))
        return false;
    const toc_figure figures[] = {
        {"seats: a pause is known at all of 50, median of 30", "ms", pause[PAUSE_MEDIAN],
         pause[PING], "to the desk and back", 200},
        {"seats: the slowest of the 30", "ms", pause[PAUSE_WORST], pause[PING],
         "to the desk and back", 200},
    };
    for (size_t i = 0; i < TOC_COUNT(figures); i++)
        toc_figures_add(out, figures[i]);
    return true;
}

static void measure_pause(double *out)
{
    static char tickets[SEATS + 1][512];
    char folder[] = "/tmp/tocsin-bench-XXXXXX";
    toc_bench_require(mkdtemp(folder) != NULL, "a folder");
    FILE *engine = open_engine(folder, tickets);
    room *r = toc_alloc(sizeof *r);
    uv_loop_init(&r->loop);
    uv_timer_init(&r->loop, &r->guard);
    uv_timer_start(&r->guard, on_guard, PATIENCE_MS, 0);
    for (size_t i = 0; i <= SEATS; i++)
        sit_down(r, i, tickets[i]);
    uv_run(&r->loop, UV_RUN_DEFAULT);
    toc_bench_require(r->paused == PAUSES, "every pause was heard at every seat");
    out[PAUSE_MEDIAN] = 1000 * toc_bench_quantile(r->pauses, PAUSES, 0.5);
    out[PAUSE_WORST] = 1000 * toc_bench_quantile(r->pauses, PAUSES, 1);
    out[PING] = 1000 * toc_bench_quantile(r->pings, r->pinged, 0.5);
    pclose(engine); // it was closed, and ends by itself
    char *remove = toc_sprintf("rm -rf %s", folder);
    toc_bench_require(system(remove) == 0, "the folder can be removed");
    free(remove);
}

// A scenario of five teams with ten seats each, and the engine that conducts it.
static FILE *open_engine(char *folder, char tickets[SEATS + 1][512])
{
    toc_buf text = {0};
    toc_buf_str(
        &text,
        "exercise \"fifty\" { title = \"Fifty seats\", startex = \"2026-01-01 08:00Z\", length = "
        "\"8h\", marking = \"TLP:CLEAR\" }\n");
    for (int t = 1; t <= TEAMS; t++)
        toc_buf_printf(&text, "team \"team%d\" { name = \"Team %d\", seats = %d }\n", t, t,
                       SEATS_EACH);
    char *path = toc_sprintf("%s/scenario.lua", folder);
    toc_error e = {0};
    toc_bench_require(toc_file_write_private(path, text.data, text.len, &e) == TOC_OK,
                      "a scenario");
    char *command =
        toc_sprintf("exec %s run %s --run-dir %s/runs --listen 127.0.0.1:0 --quiet 2>&1",
                    TOC_BINARY, folder, folder);
    FILE *engine = popen(command, "r");
    toc_bench_require(engine != NULL, "an engine");
    char line[1024];
    size_t count = 0;
    while (fgets(line, sizeof line, engine) && strncmp(line, "Each seat", 9) != 0)
        if (strncmp(line, "ticket    ", 10) == 0 && count <= SEATS) {
            line[strcspn(line, "\n")] = '\0';
            bool is_excon = strstr(line, "/excon-1.ticket") != NULL;
            snprintf(tickets[is_excon ? SEATS : count], sizeof tickets[0], "%.500s", line + 10);
            count += !is_excon;
        }
    toc_bench_require(count == SEATS && tickets[SEATS][0], "fifty tickets and EXCON's");
    toc_buf_fini(&text);
    free(path);
    free(command);
    return engine;
}

static void sit_down(room *r, size_t i, const char *path)
{
    seat *s = &r->seats[i];
    toc_error e = {0};
    toc_link_calls calls = {s, on_event, on_clock, on_alarm, on_state};
    s->room = r;
    toc_bench_require(toc_ticket_read(&s->ticket, path, NULL, &e) == TOC_OK, "a ticket");
    toc_bench_require(toc_link_new(&s->link, &r->loop, &s->ticket, NULL, &calls, &e) == TOC_OK,
                      "a link");
}

static void on_event(void *context, int64_t n, const toc_event *ev)
{
    (void)context, (void)n, (void)ev;
}

static void on_alarm(void *context, const char *what, const char *text, const char *by)
{
    (void)context, (void)what, (void)text, (void)by;
}

static void on_state(void *context, toc_link_state state, const char *why)
{
    seat *s = context;
    (void)why;
    if (state == TOC_LINK_JOINED && !s->is_joined) {
        s->is_joined = true;
        if (++s->room->joined == SEATS + 1)
            act(s->room, TOC_K_START, "running");
    } else if (state == TOC_LINK_CLOSED) {
        uv_stop(&s->room->loop);
    }
}

static void on_clock(void *context, const toc_clock *clock)
{
    seat *s = context;
    room *r = s->room;
    bool is_news =
        r->wanted && strcmp(s->state, r->wanted) != 0 && strcmp(clock->state, r->wanted) == 0;
    snprintf(s->state, sizeof s->state, "%s", clock->state);
    if (is_news && ++r->heard == SEATS + 1)
        next(r);
}

static void act(room *r, toc_kind kind, const char *state)
{
    toc_event ev;
    toc_event_init(&ev, kind, 0);
    r->wanted = state;
    r->heard = 0;
    r->sent = toc_bench_now();
    toc_link_act(r->seats[SEATS].link, &ev, NULL, NULL);
    toc_event_fini(&ev);
}

// All have heard of it.
static void next(room *r)
{
    double took = toc_bench_now() - r->sent;
    bool was_pause = strcmp(r->wanted, "paused") == 0;
    r->wanted = NULL;
    if (was_pause)
        r->pauses[r->paused++] = took;
    if (r->is_closing) {
        act(r, TOC_K_CLOSE, "closed");
        r->wanted = NULL;
    } else if (r->paused == PAUSES) {
        r->is_closing = true;
        act(r, TOC_K_END, "ended");
    } else if (was_pause) {
        act(r, TOC_K_RESUME, "running");
    } else {
        r->sent = toc_bench_now();
        toc_link_ask(r->seats[SEATS].link, "ping", "", on_ping, r);
    }
}

static void on_ping(void *context, const toc_link_reply *reply)
{
    room *r = context;
    toc_bench_require(reply->ok, "the desk answers");
    r->pings[r->pinged++] = toc_bench_now() - r->sent;
    act(r, TOC_K_PAUSE, "paused");
}

static void on_guard(uv_timer_t *timer)
{
    uv_stop(timer->loop);
}
