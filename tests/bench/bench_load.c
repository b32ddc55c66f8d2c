// SPDX-License-Identifier: MIT
#include "bench_load.h"

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"
#include "bench.h"

static void allow_files(void);
static char *write_scenario(const toc_hall *h);
static void write_rows(toc_buf *text, const toc_hall_plan *plan);
static void read_said(toc_hall *h);
static void read_tickets(toc_hall *h);
static double memory_of(const char *text, const char *key);
static void on_patience(uv_timer_t *timer);

static const char ready[] = "Each seat sits down with";

void toc_hall_open(toc_hall *h, const toc_hall_plan *plan)
{
    *h = (toc_hall){.plan = *plan, .seats = (size_t)plan->teams * (size_t)plan->seats_each};
    allow_files();
    h->folder = folder_new();
    char *scenario = write_scenario(h);
    char *runs = toc_sprintf("%s/runs", h->folder);
    h->engine = toc_hall_engine(scenario, runs, plan->excons, &h->listening_s);
    read_said(h);
    read_tickets(h);
    free(scenario);
    free(runs);
}

process toc_hall_engine(const char *scenario, const char *runs, int excons, double *listening_s)
{
    process engine;
    char *seats = toc_sprintf("%d", excons);
    double began = toc_bench_now();
    process_start(&engine, (const char *const[]){TOC_BINARY, "run", scenario, "--run-dir", runs,
                                                 "--listen", "127.0.0.1:0", "--excon", seats,
                                                 "--quiet", "--until-eof", NULL});
    toc_bench_require(process_until(&engine, ready, NULL, TOC_HALL_PATIENCE_S),
                      "the engine listens");
    *listening_s = toc_bench_now() - began;
    free(seats);
    return engine;
}

void toc_hall_kill(toc_hall *h)
{
    process_kill(&h->engine, SIGKILL);
    toc_bench_require(process_end(&h->engine, TOC_HALL_PATIENCE_S) == 128 + SIGKILL,
                      "the engine is killed");
    process_free(&h->engine);
}

void toc_hall_resume(toc_hall *h)
{
    process_start(&h->engine, (const char *const[]){TOC_BINARY, "run", "--resume", h->run,
                                                    "--quiet", "--until-eof", NULL});
}

bool toc_hall_is_listening(const toc_hall *h)
{
    return h->engine.said.len > 0 && strstr(h->engine.said.data, ready) != NULL;
}

void toc_hall_close(toc_hall *h)
{
    process_end(&h->engine, TOC_HALL_PATIENCE_S); // its standard input closes, and it stops
    process_free(&h->engine);
    for (size_t i = 0; i < h->seats + (size_t)h->plan.excons; i++)
        toc_ticket_fini(&h->tickets[i]);
    free(h->tickets);
    free(h->run);
    folder_remove(h->folder);
}

double toc_hall_cpu(const toc_hall *h)
{
    return toc_bench_cpu_of((int)h->engine.pid);
}

void toc_hall_memory(const process *engine, double *resident_mib, double *proportional_mib)
{
    char *path = toc_sprintf("/proc/%d/smaps_rollup", (int)engine->pid);
    toc_buf text = {0};
    toc_bench_require(toc_file_slurp(&text, path, 65536, NULL) == TOC_OK, "the engine lives");
    *resident_mib = memory_of(toc_buf_text(&text), "\nRss:");
    *proportional_mib = memory_of(toc_buf_text(&text), "\nPss:");
    free(path);
    toc_buf_fini(&text);
}

char *toc_hall_row(int i)
{
    return toc_sprintf("INJ-%03d", i + 1);
}

bool toc_hall_verify(const toc_hall *h)
{
    toc_buf said = {0};
    process_run((const char *const[]){TOC_BINARY, "verify", h->run, NULL}, &said,
                TOC_HALL_PATIENCE_S);
    bool is_whole = strncmp(toc_buf_text(&said), "OPEN  ", 6) == 0; // nobody has closed it yet
    if (!is_whole)
        fprintf(stderr, "load: %s", toc_buf_text(&said));
    toc_buf_fini(&said);
    return is_whole;
}

bool toc_hall_await(uv_loop_t *loop, bool (*is_so)(const void *context), const void *context)
{
    bool is_late = false;
    uv_timer_t patience;
    uv_timer_init(loop, &patience);
    patience.data = &is_late;
    uv_timer_start(&patience, on_patience, TOC_HALL_PATIENCE_S * 1000, 0);
    while (!is_so(context) && !is_late)
        uv_run(loop, UV_RUN_ONCE);
    uv_close((uv_handle_t *)&patience, NULL);
    uv_run(loop, UV_RUN_NOWAIT); // the timer is this call's, and must be gone with it
    return !is_late;
}

toc_rounds toc_rounds_of(double *list, size_t count)
{
    return (toc_rounds){.median = toc_bench_quantile(list, count, 0.5),
                        .lower = toc_bench_quantile(list, count, 0.25),
                        .upper = toc_bench_quantile(list, count, 0.75),
                        .p99 = toc_bench_quantile(list, count, 0.99)};
}

static void allow_files(void)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    toc_bench_require(limit.rlim_max == RLIM_INFINITY || limit.rlim_max >= 4096,
                      "4,096 files may be open at once (ulimit -Hn)");
}

static char *write_scenario(const toc_hall *h)
{
    toc_buf text = {0};
    toc_buf_str(&text, "exercise \"hall\" { title = \"A thousand seats\", startex = \"2026-01-01 "
                       "08:00Z\", length = \"8h\", marking = \"TLP:CLEAR\" }\n");
    for (int t = 1; t <= h->plan.teams; t++)
        toc_buf_printf(&text, "team \"team%d\" { name = \"Team %d\", seats = %d }\n", t, t,
                       h->plan.seats_each);
    write_rows(&text, &h->plan);
    char *path = toc_sprintf("%s/scenario.lua", h->folder);
    toc_error e = {0};
    toc_bench_require(toc_file_write_private(path, text.data, text.len, &e) == TOC_OK,
                      "a scenario");
    toc_buf_fini(&text);
    return path;
}

// A row's line on a feed is about 600 bytes long, as in the scenarios that are shipped.
static void write_rows(toc_buf *text, const toc_hall_plan *plan)
{
    for (int i = 0; i < plan->rows; i++) {
        char *id = toc_hall_row(i);
        toc_buf_printf(
            text,
            "inject \"%s\" { at = \"T+7:00\", release = \"manual\", to = \"all\", from = "
            "\"Grid control, night desk\", channel = \"email\", title = \"Row %d\", text = \"",
            id, i + 1);
        for (int part = 0; part < 8; part++)
            toc_buf_str(text, "We see the frequency fall at two stations and ask who can tell. ");
        toc_buf_str(text, "\" }\n");
        free(id);
    }
    for (int t = 1; t <= plan->teams; t++)
        for (int i = 1; i <= plan->questions; i++)
            toc_buf_printf(
                text,
                "decision \"Q-%d-%d\" { to = \"team%d\", at = \"T+0:00\", within = \"7h\", "
                "title = \"Question %d\", options = { { \"yes\", \"Yes\" }, { \"no\", "
                "\"No\" } } }\n",
                t, i, t, i);
}

static void read_said(toc_hall *h)
{
    const char *run = strstr(h->engine.said.data, "\nrun       ");
    toc_bench_require(run != NULL, "the engine says where its folder is");
    run += strlen("\nrun       ");
    h->run = toc_strndup(run, strcspn(run, "\n"));
}

static void read_tickets(toc_hall *h)
{
    toc_error e = {0};
    size_t count = h->seats + (size_t)h->plan.excons;
    h->tickets = toc_alloc(count * sizeof *h->tickets);
    for (size_t i = 0; i < count; i++) {
        size_t each = (size_t)h->plan.seats_each;
        char *path =
            i < h->seats
                ? toc_sprintf("%s/tickets/team%zu-%zu.ticket", h->run, i / each + 1, i % each + 1)
                : toc_sprintf("%s/tickets/excon-%zu.ticket", h->run, i - h->seats + 1);
        toc_bench_require(toc_ticket_read(&h->tickets[i], path, NULL, &e) == TOC_OK, "a ticket");
        free(path);
    }
}

static double memory_of(const char *text, const char *key)
{
    const char *at = strstr(text, key);
    toc_bench_require(at != NULL, "/proc/PID/smaps_rollup can be read");
    return strtod(at + strlen(key), NULL) / 1024; // it is in KiB
}

static void on_patience(uv_timer_t *timer)
{
    *(bool *)timer->data = true;
}
