// SPDX-License-Identifier: MIT
#include "stage.h"

#include <string.h>

#include "base/mem.h"
#include "rehearse/playthrough.h"

#define MINUTE_MS 60000
#define WALL "2000-01-01T00:00:00.000Z" // nobody looks at a clock on the wall

static void open_seats(toc_stage *s);
static void show(toc_stage *s, const toc_event *ev);
static void show_derived(toc_stage *s);
static bool goes_on(const toc_stage *s);
static bool step(toc_stage *s, int64_t until);
static void advance(toc_stage *s);

void toc_stage_play(toc_stage *s, toc_scenario *scenario, const toc_actors *actors,
                    const toc_watcher *watcher, int64_t until)
{
    *s = (toc_stage){.scenario = scenario,
                     .plan = toc_scenario_plan(scenario),
                     .actors = actors,
                     .watcher = watcher,
                     .next_seq = 1};
    s->x = toc_exercise_new(s->plan, toc_scenario_script(scenario));
    open_seats(s);
    while (goes_on(s) && step(s, until))
        ;
}

void toc_stage_end(toc_stage *s)
{
    toc_exercise_free(s->x);
    toc_events_fini(&s->out);
    s->x = NULL;
}

bool toc_stage_put(toc_stage *s, const char *seat, toc_event *input)
{
    if (!goes_on(s))
        return false;
    if (s->put)
        return s->put(s->host, seat, input);
    input->seq = s->next_seq;
    input->t = s->now;
    toc_event_set_str(input, TOC_F_BY, seat);
    toc_event_set_str(input, TOC_F_WALL, WALL);
    s->steps++;
    toc_err err = toc_exercise_apply(s->x, input, &s->out, &s->e);
    if (err == TOC_EREFUSED) {
        s->watcher->refused(s->watcher->self, input, s->e.msg);
        return false;
    }
    s->next_seq++;
    show(s, input);
    show_derived(s);
    s->is_halted = err != TOC_OK;
    if (toc_exercise_now(s->x) > s->now)
        s->now = toc_exercise_now(s->x); // a jump
    return !err;
}

const char *toc_stage_controller(const toc_inject *inject)
{
    return strncmp(inject->voice, "excon", strlen("excon")) == 0 ? TOC_STAGE_EXCON
                                                                 : TOC_STAGE_SIMCELL;
}

// As `run --simcell 1 --evaluators 1` does.
static void open_seats(toc_stage *s)
{
    static const char *const seats[] = {TOC_STAGE_EXCON, TOC_STAGE_SIMCELL, TOC_STAGE_EVALUATOR};
    for (size_t i = 0; i < TOC_COUNT(seats); i++) {
        toc_event open;
        toc_event_init(&open, TOC_K_OPEN_SEAT, 0);
        toc_event_set_str(&open, TOC_F_SEAT, seats[i]);
        toc_stage_put(s, "engine", &open);
        toc_event_fini(&open);
    }
}

static void show(toc_stage *s, const toc_event *ev)
{
    s->actors->event(s->actors->self, s, ev);
    s->watcher->event(s->watcher->self, ev);
}

static void show_derived(toc_stage *s)
{
    for (size_t i = 0; i < s->out.count; i++)
        show(s, &s->out.at[i]);
    s->next_seq += (int64_t)s->out.count;
    toc_events_clear(&s->out);
}

static bool goes_on(const toc_stage *s)
{
    return !s->is_stopped && !s->is_halted && toc_exercise_clock(s->x).state < TOC_PLAY_ENDED;
}

// What happens next; false if nothing does.
static bool step(toc_stage *s, int64_t until)
{
    int64_t due, act;
    bool has_due = toc_exercise_next_due(s->x, &due);
    bool has_act = s->actors->next(s->actors->self, s, &act);
    bool stands = toc_exercise_clock(s->x).state != TOC_PLAY_RUNNING;
    if (has_act && act < s->now)
        act = s->now;
    bool is_due = has_due && (!has_act || due <= act);
    int64_t t = is_due ? due : act;
    if ((!has_due && !has_act) || (until >= 0 && t > until) || (stands && t > s->now))
        return false;
    s->is_stopped = s->steps >= TOC_PLAY_STEPS || s->minute_steps >= TOC_PLAY_STEPS_MINUTE;
    if (s->is_stopped)
        return false;
    if (t > s->now)
        s->now = t;
    if (is_due) {
        advance(s);
    } else {
        s->steps++;
        s->actors->act(s->actors->self, s);
    }
    return true;
}

static void advance(toc_stage *s)
{
    const int64_t before = toc_exercise_performed(s->x);
    s->steps++;
    if (s->now / MINUTE_MS != s->minute)
        s->minute_steps = 0;
    s->minute = s->now / MINUTE_MS;
    s->is_halted = toc_exercise_advance(s->x, s->next_seq, &s->out, &s->e) != TOC_OK;
    s->minute_steps += toc_exercise_performed(s->x) - before;
    show_derived(s);
}
