// SPDX-License-Identifier: MIT
// The world on the story's clock: its minute m is m minutes after STARTEX's story time. Its next own event
// is one item of the schedule, the last of its instant. What is done to it is a measure at once, and
// takes effect when it is settled: acts in a row are one change.

#include <stdlib.h>

#include "base/mem.h"
#include "state.h"
#include "world/words.h"

#define MINUTE_MS     60000
#define DEADLOCK_LIST 50 // services that a deadlock's event names

static int64_t minute_now(const toc_exercise *x);
static toc_err begin_act(toc_exercise *x, toc_error *e);
static void tell_noop(toc_exercise *x, const char *why);
static toc_event *emit_measure(toc_exercise *x, const char *measure, size_t service,
                               int64_t minute);
static void set_provider(const toc_exercise *x, toc_event *ev, size_t provider);
static void tell_changes(toc_exercise *x);
static void tell_level(toc_exercise *x, const toc_change *c);
static void tell_repair(toc_exercise *x, const toc_change *c);
static void tell_opened(toc_exercise *x, const toc_change *c);
static void tell_deadlock(toc_exercise *x, const toc_change *c);
static int64_t cause_of_level(const toc_exercise *x, const toc_change *c);
static int64_t cause_of_repair(const toc_exercise *x, const toc_change *c);
static void set_minute(const toc_exercise *x, toc_event *ev, int64_t minute);
static void set_audiences(const toc_exercise *x, toc_event *ev, toc_field f, size_t service);

void toc_measures_init(toc_exercise *x)
{
    const toc_model *m = &x->plan->model;
    world_now *w = &x->measures;
    if (m->service_count == 0)
        return;
    if (toc_world_new(&w->world, m, NULL) != TOC_OK)
        abort(); // who made the plan did not check its model
    w->level_seq = toc_alloc(m->service_count * sizeof *w->level_seq);
    w->act_seq = toc_alloc(m->service_count * sizeof *w->act_seq);
    w->repair_seq = toc_alloc((m->repair_count + 1) * sizeof *w->repair_seq);
    w->outlook = toc_alloc(m->service_count * sizeof *w->outlook);
    w->told_revision = -1;
}

void toc_measures_fini(toc_exercise *x)
{
    world_now *w = &x->measures;
    toc_world_free(w->world);
    toc_changes_fini(&w->changes);
    free(w->level_seq);
    free(w->act_seq);
    free(w->repair_seq);
    free(w->outlook);
}

void toc_measures_schedule(toc_exercise *x)
{
    int64_t minute;
    toc_schedule_remove(&x->schedule, TOC_DUE_WORLD, 0);
    if (!x->measures.world || !toc_in_play(x) || !toc_world_next(x->measures.world, &minute))
        return;
    int64_t story = x->plan->startex.ms + minute * MINUTE_MS;
    toc_schedule_add(&x->schedule, (toc_due){.kind = TOC_DUE_WORLD,
                                             .cause = x->cause,
                                             .due = toc_play_of_story(x, story),
                                             .is_last = true, // so that help comes in time
                                             .is_story = true,
                                             .story = story});
}

void toc_measures_due(toc_exercise *x)
{
    int64_t minute;
    if (!toc_world_next(x->measures.world, &minute))
        return;
    toc_world_advance(x->measures.world, minute, &x->measures.changes);
    x->measures.revision++;
    tell_changes(x);
    toc_measures_schedule(x);
}

void toc_measures_settle(toc_exercise *x)
{
    if (!x->measures.is_dirty)
        return;
    x->measures.is_dirty = false;
    x->measures.revision++;
    toc_world_settle(x->measures.world, &x->measures.changes);
    tell_changes(x);
    toc_measures_schedule(x);
}

// ---- acts ------------------------------------------------------------------------------------------

toc_err toc_action_set(toc_exercise *x, size_t service, int64_t own_ppm, toc_error *e)
{
    toc_err err = begin_act(x, e);
    if (!err && (own_ppm < 0 || own_ppm > TOC_PPM))
        err = toc_fail(e, TOC_EREFUSED, "a level is between 0 and 100 percent");
    if (err)
        return err;
    toc_world_set(x->measures.world, service, own_ppm);
    toc_event *ev = emit_measure(x, "set", service, minute_now(x));
    toc_event_set_int(ev, TOC_F_LEVEL, own_ppm);
    toc_event_set_list(ev, TOC_F_TO, NULL, 0); // the author's hand is not a thing of the story
    return TOC_OK;
}

toc_err toc_action_start_repair(toc_exercise *x, size_t repair, toc_error *e)
{
    toc_err err = begin_act(x, e);
    toc_error why;
    if (err)
        return err;
    if (toc_world_start_repair(x->measures.world, repair, &why) != TOC_OK)
        tell_noop(x, why.msg);
    else
        x->measures.is_dirty = true;
    return TOC_OK;
}

toc_err toc_action_refuel(toc_exercise *x, size_t service, size_t need, toc_error *e)
{
    toc_err err = begin_act(x, e);
    if (!err)
        err = toc_world_refuel(x->measures.world, service, need, e);
    if (err)
        return err;
    toc_event *ev = emit_measure(x, "refuel", service, minute_now(x));
    set_provider(x, ev, x->plan->model.services[service].needs[need].provider);
    return TOC_OK;
}

toc_err toc_action_open(toc_exercise *x, size_t service, size_t need, toc_error *e)
{
    toc_err err = begin_act(x, e);
    toc_error why;
    if (err)
        return err;
    if (toc_world_open(x->measures.world, service, need, &why) != TOC_OK) {
        tell_noop(x, why.msg);
        return TOC_OK;
    }
    const toc_need *n = &x->plan->model.services[service].needs[need];
    toc_event *ev = emit_measure(x, "open", service, minute_now(x));
    set_provider(x, ev, n->provider);
    toc_event_set_str(ev, TOC_F_STATE, n->switching ? "opening" : "open");
    if (n->switching)
        toc_event_set_int(ev, TOC_F_MINUTES, n->switching);
    return TOC_OK;
}

toc_err toc_action_black_start(toc_exercise *x, size_t service, int64_t minutes, toc_error *e)
{
    toc_err err = begin_act(x, e);
    if (!err)
        err = toc_world_black_start(x->measures.world, service, minutes, e);
    if (err)
        return err;
    toc_event_set_int(emit_measure(x, "black-start", service, minute_now(x)), TOC_F_MINUTES,
                      minutes);
    return TOC_OK;
}

// Done already, perhaps by another storyline: recorded, and the storyline goes on.
static void tell_noop(toc_exercise *x, const char *why)
{
    toc_event *ev = toc_emit(x, TOC_K_NOTE);
    if (x->current != TOC_NONE)
        toc_event_set_str(ev, TOC_F_STORYLINE, x->storylines[x->current].name);
    toc_event_set_str(ev, TOC_F_TEXT, why);
}

static int64_t minute_now(const toc_exercise *x)
{
    return (toc_story_now(x) - x->plan->startex.ms) / MINUTE_MS;
}

static toc_err begin_act(toc_exercise *x, toc_error *e)
{
    toc_err err = x->by_hand ? TOC_OK : toc_storyline_may_act(x, e);
    if (err)
        return err;
    toc_world_goto(x->measures.world, minute_now(x), &x->measures.changes);
    return TOC_OK;
}

static toc_event *emit_measure(toc_exercise *x, const char *measure, size_t service, int64_t minute)
{
    toc_event *ev = toc_emit(x, TOC_K_MEASURE);
    toc_event_set_str(ev, TOC_F_MEASURE, measure);
    toc_event_set_str(ev, TOC_F_SERVICE, x->plan->model.services[service].id);
    set_minute(x, ev, minute);
    set_audiences(x, ev, TOC_F_TO, service);
    x->measures.act_seq[service] = ev->seq;
    x->measures.is_dirty = true;
    return ev;
}

static void set_provider(const toc_exercise *x, toc_event *ev, size_t provider)
{
    toc_event_set_str(ev, TOC_F_PROVIDER, x->plan->model.services[provider].id);
    set_audiences(x, ev, TOC_F_BECAUSE_SEEN, provider);
}

// ---- what comes of it ------------------------------------------------------------------------------

// Events are told in the order of the changes, in which a cause stands before its effects.
static void tell_changes(toc_exercise *x)
{
    toc_changes *list = &x->measures.changes;
    const int64_t cause = x->cause;
    for (size_t i = 0; i < list->count; i++) {
        switch (list->at[i].kind) {
        case TOC_CHANGE_LEVEL:
            tell_level(x, &list->at[i]);
            break;
        case TOC_CHANGE_REPAIR:
            tell_repair(x, &list->at[i]);
            break;
        case TOC_CHANGE_OPENED:
            tell_opened(x, &list->at[i]);
            break;
        case TOC_CHANGE_DEADLOCK:
            tell_deadlock(x, &list->at[i]);
            break;
        }
        x->cause = cause;
    }
    toc_changes_clear(list);
}

static void tell_level(toc_exercise *x, const toc_change *c)
{
    x->cause = cause_of_level(x, c);
    toc_event *ev = toc_emit(x, TOC_K_LEVEL);
    toc_event_set_str(ev, TOC_F_SERVICE, x->plan->model.services[c->service].id);
    toc_event_set_int(ev, TOC_F_LEVEL, c->level);
    if (c->because != TOC_SELF) {
        toc_event_set_str(ev, TOC_F_BECAUSE, x->plan->model.services[c->because].id);
        set_audiences(x, ev, TOC_F_BECAUSE_SEEN, c->because);
    }
    toc_event_set_str(ev, TOC_F_WHY, toc_why_name(c->why));
    set_minute(x, ev, c->minute);
    set_audiences(x, ev, TOC_F_TO, c->service);
    x->measures.level_seq[c->service] = ev->seq;
}

// The newest level of the provider that binds; else what was done to the service itself, or, where it
// comes back, whatever was last of that and of its providers' levels.
static int64_t cause_of_level(const toc_exercise *x, const toc_change *c)
{
    const world_now *w = &x->measures;
    const toc_service *s = &x->plan->model.services[c->service];
    if (c->because != TOC_SELF && w->level_seq[c->because])
        return w->level_seq[c->because];
    int64_t newest = w->act_seq[c->service];
    bool is_own = c->why == TOC_WHY_OWN || c->why == TOC_WHY_REPAIRED || c->why == TOC_WHY_FORCED;
    for (size_t i = 0; !is_own && i < s->need_count; i++)
        if (w->level_seq[s->needs[i].provider] > newest)
            newest = w->level_seq[s->needs[i].provider];
    return newest ? newest : x->cause;
}

static void tell_repair(toc_exercise *x, const toc_change *c)
{
    const toc_repair *r = &x->plan->model.repairs[c->repair];
    world_now *w = &x->measures;
    bool is_lacking = c->state == TOC_REPAIR_STANDING && c->because != TOC_SELF;
    x->cause = cause_of_repair(x, c);
    toc_event *ev = toc_emit(x, TOC_K_REPAIR);
    toc_event_set_str(ev, TOC_F_REPAIR, r->id);
    toc_event_set_str(ev, TOC_F_SERVICE, x->plan->model.services[c->service].id);
    toc_event_set_str(ev, TOC_F_STATE, toc_repair_state_name(c->state));
    toc_event_set_int(ev, TOC_F_LEFT, toc_world_repair(w->world, c->repair).left);
    if (is_lacking) {
        toc_event_set_str(ev, TOC_F_BECAUSE, x->plan->model.services[c->because].id);
        set_audiences(x, ev, TOC_F_BECAUSE_SEEN, c->because);
    }
    set_minute(x, ev, c->minute);
    set_audiences(x, ev, TOC_F_TO, c->service);
    w->repair_seq[c->repair] = ev->seq;
    if (c->state == TOC_REPAIR_DONE)
        w->act_seq[c->service] = ev->seq;
}

// Whoever started it; then the levels that stop it or let it go on; at its end, that it went on.
static int64_t cause_of_repair(const toc_exercise *x, const toc_change *c)
{
    const world_now *w = &x->measures;
    const toc_repair *r = &x->plan->model.repairs[c->repair];
    int64_t cause = 0;
    if (w->repair_seq[c->repair] == 0)
        return x->cause;
    if (c->state == TOC_REPAIR_DONE)
        return w->repair_seq[c->repair];
    for (size_t i = 0; i < r->need_count; i++) {
        size_t service = r->needs[i].service;
        bool counts = c->state == TOC_REPAIR_RUNNING || service == c->because;
        if (counts && w->level_seq[service] > cause)
            cause = w->level_seq[service];
    }
    return cause ? cause : x->cause;
}

static void tell_opened(toc_exercise *x, const toc_change *c)
{
    const toc_need *n = &x->plan->model.services[c->service].needs[c->need];
    if (n->switching == 0)
        return; // told when it was opened
    if (x->measures.act_seq[c->service])
        x->cause = x->measures.act_seq[c->service];
    bool is_dirty = x->measures.is_dirty;
    toc_event *ev = emit_measure(x, "open", c->service, c->minute);
    x->measures.is_dirty = is_dirty; // this is no act
    set_provider(x, ev, n->provider);
    toc_event_set_str(ev, TOC_F_STATE, "open");
}

static void tell_deadlock(toc_exercise *x, const toc_change *c)
{
    const toc_model *m = &x->plan->model;
    char *ids[DEADLOCK_LIST]; // borrowed
    size_t count = 0;
    int64_t cause = 0;
    for (size_t i = 0; i < c->member_count; i++) {
        if (x->measures.level_seq[c->members[i]] > cause)
            cause = x->measures.level_seq[c->members[i]];
        if (count < DEADLOCK_LIST)
            ids[count++] = m->services[c->members[i]].id;
    }
    toc_buf text = {0};
    toc_deadlock_text(&text, x->measures.world, c);
    if (cause)
        x->cause = cause;
    toc_event *ev = toc_emit(x, TOC_K_DEADLOCK);
    toc_event_set_list(ev, TOC_F_SERVICES, ids, count);
    if (c->repair != TOC_SELF) {
        toc_event_set_str(ev, TOC_F_REPAIR, m->repairs[c->repair].id);
        toc_event_set_int(ev, TOC_F_LEFT, toc_world_repair(x->measures.world, c->repair).left);
    }
    toc_event_set_str(ev, TOC_F_TEXT, toc_buf_text(&text));
    set_minute(x, ev, c->minute);
    toc_buf_fini(&text);
}

static void set_minute(const toc_exercise *x, toc_event *ev, int64_t minute)
{
    toc_story_set(x, ev, x->plan->startex.ms + minute * MINUTE_MS);
}

// Those who see a service: teams, then the board. Control sees all, and is not named.
static void set_audiences(const toc_exercise *x, toc_event *ev, toc_field f, size_t service)
{
    char board[] = "board";
    const toc_service_plan *plan = &x->plan->services[service];
    char **list = toc_alloc((x->plan->team_count + 1) * sizeof *list); // borrowed
    size_t count = 0;
    for (size_t t = 0; t < x->plan->team_count; t++)
        if (toc_plan_sees(x->plan, x->plan->teams[t].id, service))
            list[count++] = x->plan->teams[t].id;
    if (plan->is_public)
        list[count++] = board;
    toc_event_set_list(ev, f, list, count);
    free(list);
}

// ---- queries ---------------------------------------------------------------------------------------

const toc_world *toc_query_world(toc_exercise *x)
{
    toc_measures_settle(x);
    return x->measures.world;
}

// The minute that the world can tell of. It stands at ENDEX, with what was due then and did not happen.
static int64_t minute_told(const toc_exercise *x)
{
    int64_t next, minute = minute_now(x);
    return toc_world_next(x->measures.world, &next) && next < minute ? next : minute;
}

int64_t toc_query_lost_hours(toc_exercise *x, size_t service)
{
    const toc_world *w = toc_query_world(x);
    int64_t lost = 0;
    if (w && service != TOC_NONE)
        return toc_world_lost_user_hours(w, service, minute_told(x));
    for (size_t i = 0; w && i < x->plan->model.service_count; i++)
        lost += toc_world_lost_user_hours(w, i, minute_told(x));
    return lost;
}

const toc_outlook *toc_query_outlook(toc_exercise *x)
{
    world_now *w = &x->measures;
    if (!toc_query_world(x))
        return NULL;
    int64_t minute = minute_told(x);
    if (w->told_revision != w->revision || w->told_minute != minute) {
        toc_world_goto(w->world, minute, &w->changes); // nothing is due before it
        toc_world_outlook(w->world, TOC_OUTLOOK_MINUTES, w->outlook, NULL);
        w->told_revision = w->revision;
        w->told_minute = minute;
    }
    return w->outlook;
}

const toc_world *toc_exercise_world(const toc_exercise *x)
{
    return x->measures.world;
}

const toc_outlook *toc_exercise_outlook(toc_exercise *x)
{
    return toc_query_outlook(x);
}
