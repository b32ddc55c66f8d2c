// SPDX-License-Identifier: MIT
#include "rehearse/relief.h"

#include <stdlib.h>

#include "base/mem.h"
#include "plan_actors.h"
#include "troupe.h"

struct toc_relief {
    const toc_relief_host *host;
    toc_troupe troupe;     // of a path; empty for a plan
    toc_atlas atlas;       // of a plan
    toc_plan_actors *plan; // NULL for a path
    const toc_actors *actors;
    toc_watcher watcher;
    toc_stage stage; // the exercise, as it is lent for a call
};

static bool on_put(void *host, const char *seat, toc_event *input);
static void on_refused(void *self, const toc_event *input, const char *reason);

static toc_relief *new_relief(const toc_relief_host *host)
{
    toc_relief *r = toc_alloc(sizeof *r);
    r->host = host;
    r->watcher = (toc_watcher){.self = r, .refused = on_refused};
    return r;
}

static void make_stage(toc_relief *r, const toc_plan *plan, const toc_actors *actors)
{
    r->actors = actors;
    r->stage = (toc_stage){.scenario = r->troupe.scenario,
                           .plan = plan,
                           .actors = actors,
                           .watcher = &r->watcher,
                           .host = r,
                           .put = on_put};
}

toc_err toc_relief_path(toc_relief **out, const toc_files *files, uint64_t seed,
                        const toc_path *path, const toc_relief_host *host, toc_error *e)
{
    toc_relief *r = new_relief(host);
    toc_err err = toc_troupe_load(&r->troupe, files, seed, e);
    if (!err)
        err = toc_troupe_learn(&r->troupe, e);
    if (err) {
        toc_relief_free(r);
        *out = NULL;
        return err;
    }
    toc_relief_again(r, path, host);
    *out = r;
    return TOC_OK;
}

void toc_relief_again(toc_relief *r, const toc_path *path, const toc_relief_host *host)
{
    r->host = host;
    toc_players_ready(r->troupe.players, path, toc_troupe_lore(&r->troupe));
    make_stage(r, r->troupe.atlas.plan, toc_players_actors(r->troupe.players));
}

toc_relief *toc_relief_plan(const toc_plan *plan, const toc_playplan *play,
                            const toc_relief_host *host)
{
    toc_relief *r = new_relief(host);
    toc_atlas_init(&r->atlas, plan);
    r->plan = toc_plan_actors_new(&r->atlas, play);
    make_stage(r, plan, toc_plan_actors_calls(r->plan));
    return r;
}

void toc_relief_free(toc_relief *r)
{
    if (!r)
        return;
    toc_troupe_fini(&r->troupe);
    if (r->plan) {
        toc_plan_actors_free(r->plan);
        toc_atlas_fini(&r->atlas);
    }
    free(r);
}

static toc_stage *lend(toc_relief *r, toc_exercise *x, int64_t now)
{
    r->stage.x = x;
    r->stage.now = now;
    return &r->stage;
}

void toc_relief_saw(toc_relief *r, toc_exercise *x, const toc_event *ev)
{
    r->actors->event(r->actors->self, lend(r, x, toc_exercise_now(x)), ev);
}

bool toc_relief_next(toc_relief *r, toc_exercise *x, int64_t now, int64_t *t)
{
    return r->actors->next(r->actors->self, lend(r, x, now), t);
}

void toc_relief_act(toc_relief *r, toc_exercise *x, int64_t now)
{
    r->actors->act(r->actors->self, lend(r, x, now));
}

static bool on_put(void *host, const char *seat, toc_event *input)
{
    toc_relief *r = host;
    int64_t now = r->stage.now;
    bool is_done =
        r->host->put(r->host->context, seat, input, r->plan ? toc_plan_actors_step(r->plan) : NULL);
    r->stage.now = toc_exercise_now(r->stage.x) > now ? toc_exercise_now(r->stage.x) : now;
    return is_done;
}

static void on_refused(void *self, const toc_event *input, const char *reason)
{
    toc_relief *r = self;
    (void)input;
    r->host->refused(r->host->context, toc_plan_actors_step(r->plan), reason);
}
