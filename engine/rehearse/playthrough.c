// SPDX-License-Identifier: MIT
// One play, with all that happened kept.
#include "rehearse/playthrough.h"

#include "base/mem.h"
#include "base/time.h"
#include "plan_actors.h"
#include "troupe.h"

typedef struct {
    toc_playthrough *out;
    const toc_playplan *plan; // NULL: a path
    const toc_plan_actors *actors;
} keeper;

static void on_begin(void *self)
{
    keeper *k = self;
    toc_playthrough_fini(k->out);
    k->out->ended = -1;
}

static void on_event(void *self, const toc_event *ev)
{
    toc_playthrough *out = ((keeper *)self)->out;
    toc_event_copy(toc_events_add(&out->events, ev->kind, ev->t), ev);
    if (ev->kind == TOC_K_ENDEX)
        out->ended = ev->t;
}

static void tell(keeper *k, const toc_playstep *step, int64_t t, const char *seat,
                 const char *reason)
{
    toc_buf *b = &k->out->refused;
    if (step)
        toc_buf_printf(b, "%s:%d: ", k->plan->name, step->line);
    toc_play_text(b, t);
    toc_buf_printf(b, " %s: %s\n", seat, reason);
}

static void on_refused(void *self, const toc_event *input, const char *reason)
{
    keeper *k = self;
    tell(k, k->actors ? toc_plan_actors_step(k->actors) : NULL, input->t,
         toc_event_str(input, TOC_F_BY), reason);
}

static void on_end(void *self, const toc_stage *s)
{
    keeper *k = self;
    k->out->is_stopped = s->is_stopped || s->is_halted;
    if (s->is_halted)
        tell(k, NULL, s->now, "engine", s->e.msg);
    const toc_playstep *step;
    for (size_t i = 0; k->actors && (step = toc_plan_actors_undone(k->actors, i, s->now)); i++)
        tell(k, step, step->at, step->seat, "what this speaks of had not come by then, nor later");
}

toc_err toc_play_path(toc_playthrough *out, toc_scenario *scenario, const toc_path *path,
                      int64_t until, toc_error *e)
{
    keeper k = {.out = out};
    toc_watcher w = {&k, on_begin, on_event, on_end, on_refused};
    toc_troupe t;
    *out = (toc_playthrough){.ended = -1};
    toc_troupe_borrow(&t, scenario);
    toc_err err = toc_troupe_learn(&t, e);
    if (!err)
        err = toc_troupe_play(&t, path, &w, e);
    if (!err && until >= 0)
        err = toc_troupe_show(&t, path, &w, until, e);
    toc_troupe_fini(&t);
    if (err)
        toc_playthrough_fini(out);
    return err;
}

toc_err toc_play_plan(toc_playthrough *out, toc_scenario *scenario, const toc_playplan *plan,
                      int64_t until, toc_error *e)
{
    (void)e; // what goes wrong in play is told in out
    toc_atlas atlas;
    toc_atlas_init(&atlas, toc_scenario_plan(scenario));
    toc_plan_actors *actors = toc_plan_actors_new(&atlas, plan);
    keeper k = {.out = out, .plan = plan, .actors = actors};
    toc_watcher w = {&k, on_begin, on_event, on_end, on_refused};
    toc_stage s;
    *out = (toc_playthrough){.ended = -1};
    toc_stage_play(&s, scenario, toc_plan_actors_calls(actors), &w, until);
    on_end(&k, &s);
    toc_stage_end(&s);
    toc_plan_actors_free(actors);
    toc_atlas_fini(&atlas);
    return TOC_OK;
}

void toc_playthrough_fini(toc_playthrough *p)
{
    toc_events_fini(&p->events);
    toc_buf_fini(&p->refused);
    *p = (toc_playthrough){.ended = -1};
}
