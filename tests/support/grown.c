// SPDX-License-Identifier: MIT
#include "grown.h"

#include <stdlib.h>
#include <string.h>

#include "acted.h"
#include "base/mem.h"
#include "base/time.h"
#include "check_main.h"

typedef struct {
    acted a;
    const toc_plan *plan;
    size_t lines, seal_every, sealed_at;
    int64_t length; // play ms in which it all happens
    size_t first;   // lines when play began
} growing;

static void grow(recording *r, growing *g);
static void open_up(growing *g);
static void talk(growing *g, size_t round);
static void seal(growing *g);
static char *moment(const growing *g);
static void finish(recording *r, const growing *g);

void grown_make(recording *r, const char *scenario, size_t lines, size_t seal_every)
{
    growing g = {.lines = lines, .seal_every = seal_every};
    acted_begin(&g.a, scenario);
    grow(r, &g);
}

void grown_make_files(recording *r, toc_files *files_take, size_t lines, size_t seal_every)
{
    growing g = {.lines = lines, .seal_every = seal_every};
    acted_begin_files(&g.a, files_take);
    grow(r, &g);
}

static void grow(recording *r, growing *g)
{
    g->plan = toc_scenario_plan(g->a.scenario);
    g->length = g->plan->length_ms * 9 / 10;
    open_up(g);
    for (size_t round = 0; g->a.log.count + 4 < g->lines; round++) {
        talk(g, round);
        if (g->a.log.count >= g->sealed_at + g->seal_every)
            seal(g);
    }
    char *at = moment(g);
    acted_put(&g->a, at, "excon-1", "end", "reason", "All objectives were exercised.", NULL);
    acted_put(&g->a, at, "excon-1", "close", NULL);
    seal(g);
    finish(r, g);
    free(at);
    acted_end(&g->a);
}

static void open_up(growing *g)
{
    static const char *const seats[] = {"excon-1", "evaluator-1", "board-1"};
    for (size_t i = 0; i < TOC_COUNT(seats); i++)
        acted_put(&g->a, "T+0", "engine", "open-seat", "seat", seats[i], NULL);
    acted_put(&g->a, "T+0", "excon-1", "start", NULL);
    g->first = g->a.log.count;
}

// A question from a team to EXCON and the answer, read; now and then an observation and a mark.
static void talk(growing *g, size_t round)
{
    const toc_team *team = &g->plan->teams[round % g->plan->team_count];
    char *at = moment(g), *seat = toc_sprintf("%s-1", team->id);
    char *ask = toc_sprintf(
        "Question %zu: how long will the outage last, and who tells the hospitals?", round + 1);
    char *answer =
        toc_sprintf("To question %zu: four hours at least. The crisis team tells them.", round + 1);
    acted_put(&g->a, at, seat, "say", "to", "excon", "text", ask, NULL);
    acted_put(&g->a, at, "excon-1", "say", "to", team->id, "re", "message", "text", answer, NULL);
    acted_put(&g->a, at, seat, "read", "item", "message", NULL);
    if (round % 3 == 0)
        acted_put(&g->a, at, "evaluator-1", "observe", "team", team->id, "text",
                  "They asked before they acted, and wrote down the answer.", NULL);
    if (round % 5 == 0)
        acted_put(&g->a, at, "engine", "mark", NULL);
    free(answer);
    free(ask);
    free(seat);
    free(at);
}

static void seal(growing *g)
{
    toc_event *ev = toc_events_add(&g->a.log, TOC_K_SEAL, g->a.log.at[g->a.log.count - 1].t);
    ev->seq = (int64_t)g->a.log.count;
    toc_event_set_str(ev, TOC_F_SIG, "");
    g->sealed_at = g->a.log.count;
}

// Play goes on as the lines do.
static char *moment(const growing *g)
{
    toc_buf at = {0};
    size_t done = g->a.log.count - g->first, all = g->lines > g->first ? g->lines - g->first : 1;
    int64_t t = done < all ? g->length / 1000 * (int64_t)done / (int64_t)all * 1000 : g->length;
    toc_play_text(&at, t);
    return toc_buf_take(&at);
}

static void finish(recording *r, const growing *g)
{
    toc_error e = {0};
    toc_buf pem = {0}, startex = {0};
    char public_hex[65];
    *r = (recording){.count = g->a.log.count};
    TOC_OK_OR_FAIL(toc_seal_key_new(&pem, public_hex, &e), e);
    toc_story_text(&startex, g->plan->startex);
    r->private_pem = toc_buf_take(&pem);
    r->header = (toc_header){.version = TOC_JOURNAL_VERSION,
                             .semantics = TOC_SEMANTICS,
                             .exercise = toc_strdup(g->plan->id),
                             .run = toc_strdup("grown-1"),
                             .startex = toc_buf_take(&startex),
                             .engine = toc_strdup("tests"),
                             .lua = toc_strdup(toc_lua_version()),
                             .key = toc_strdup(public_hex),
                             .seed = 1};
    r->bodies = toc_alloc(r->count * sizeof *r->bodies);
    for (size_t i = 0; i < r->count; i++) {
        toc_buf body = {0};
        toc_event_body(&body, &g->a.log.at[i]);
        r->bodies[i] = toc_buf_take(&body);
    }
}
