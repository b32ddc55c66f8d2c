// SPDX-License-Identifier: MIT
#include "plan_actors.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "record/feed.h"

// What somebody has to open.
typedef struct {
    char *seat;
    int64_t item;
    bool is_ack; // and to acknowledge
} arrival;

struct toc_plan_actors {
    const toc_atlas *atlas;
    const toc_plan *plan;
    const toc_playplan *play;
    toc_actors actors;
    bool *done;               // by step
    const toc_playstep *step; // that acts now
    char **seats;             // of control, which are to be opened
    size_t seat_count, seat_capacity;
    bool has_started; // or that was asked for
    arrival *arrivals;
    size_t arrival_count, arrival_capacity, arrived;
    bool *is_asked, *is_answered, *is_ruled; // by decision; answered or ruled: by itself, or never
    int64_t *sent;                           // by inject: its seq, or 0
    bool *is_cued;                           // by inject: somebody has to tell it
    bool *is_entered, *is_overdue;           // by phase, by expectation
};

static void on_event(void *self, const toc_stage *s, const toc_event *ev);
static bool on_next(void *self, const toc_stage *s, int64_t *t);
static void on_act(void *self, toc_stage *s);
static void find_seats(toc_plan_actors *p);
static void on_item(toc_plan_actors *p, const toc_event *ev);
static bool has_start(const toc_playplan *play);
static bool is_ready(const toc_plan_actors *p, const toc_stage *s, const toc_playstep *step);
static bool has_come(const toc_plan_actors *p, const toc_stage *s, const toc_playstep *step);
static size_t ready_step(const toc_plan_actors *p, const toc_stage *s);
static size_t ready_decision(const toc_plan_actors *p, const toc_stage *s, bool is_ruling);
static void do_step(toc_plan_actors *p, toc_stage *s, size_t i);
static void pick_seat(const toc_stage *s, toc_event *in);
static toc_err resolve(const toc_plan_actors *p, toc_act *act, toc_error *e);
static size_t cued_inject(const toc_plan_actors *p);
static void deliver(toc_plan_actors *p, toc_stage *s, size_t i);
static void answer(toc_plan_actors *p, toc_stage *s, size_t i);
static void rule(toc_plan_actors *p, toc_stage *s, size_t i);

toc_plan_actors *toc_plan_actors_new(const toc_atlas *atlas, const toc_playplan *play)
{
    const toc_plan *plan = atlas->plan;
    toc_plan_actors *p = toc_alloc(sizeof *p);
    p->atlas = atlas;
    p->plan = plan;
    p->play = play;
    p->actors = (toc_actors){p, on_event, on_next, on_act};
    p->done = toc_alloc(play->count + 1);
    p->is_asked = toc_alloc(plan->decision_count + 1);
    p->is_answered = toc_alloc(plan->decision_count + 1);
    p->is_ruled = toc_alloc(plan->decision_count + 1);
    p->sent = toc_alloc((plan->inject_count + 1) * sizeof *p->sent);
    p->is_cued = toc_alloc(plan->inject_count + 1);
    p->is_entered = toc_alloc(plan->phase_count + 1);
    p->is_overdue = toc_alloc(plan->expectation_count + 1);
    p->has_started = has_start(play);
    find_seats(p);
    return p;
}

void toc_plan_actors_free(toc_plan_actors *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->seat_count; i++)
        free(p->seats[i]);
    for (size_t i = 0; i < p->arrival_count; i++)
        free(p->arrivals[i].seat);
    free(p->seats);
    free(p->arrivals);
    free(p->done);
    free(p->is_asked);
    free(p->is_answered);
    free(p->is_ruled);
    free(p->sent);
    free(p->is_cued);
    free(p->is_entered);
    free(p->is_overdue);
    free(p);
}

const toc_actors *toc_plan_actors_calls(const toc_plan_actors *p)
{
    return &p->actors;
}

const toc_playstep *toc_plan_actors_step(const toc_plan_actors *p)
{
    return p->step;
}

const toc_playstep *toc_plan_actors_undone(const toc_plan_actors *p, size_t i, int64_t now)
{
    for (size_t k = 0; k < p->play->count; k++) {
        const toc_playstep *step = &p->play->steps[k];
        if (step->kind == TOC_STEP_AT && !p->done[k] && step->at <= now && i-- == 0)
            return step;
    }
    return NULL;
}

static bool is_act(const toc_playstep *step)
{
    return step->kind == TOC_STEP_AT || step->kind == TOC_STEP_ON;
}

static bool has_start(const toc_playplan *play)
{
    for (size_t i = 0; i < play->count; i++)
        if (is_act(&play->steps[i]) && play->steps[i].act.input.kind == TOC_K_START)
            return true;
    return false;
}

static bool is_control(const char *seat)
{
    char audience[64];
    toc_seat_audience(seat, audience);
    return strcmp(audience, "control") == 0 || strcmp(audience, "board") == 0;
}

// The seats of control beyond the ones that are always there.
static void find_seats(toc_plan_actors *p)
{
    static const char *const open[] = {TOC_STAGE_EXCON, TOC_STAGE_SIMCELL, TOC_STAGE_EVALUATOR};
    for (size_t i = 0; i < p->play->count; i++) {
        const char *seat = is_act(&p->play->steps[i]) ? p->play->steps[i].seat : NULL;
        bool is_new = seat && is_control(seat);
        for (size_t k = 0; is_new && k < TOC_COUNT(open); k++)
            is_new = strcmp(open[k], seat) != 0;
        for (size_t k = 0; is_new && k < p->seat_count; k++)
            is_new = strcmp(p->seats[k], seat) != 0;
        if (!is_new)
            continue;
        TOC_GROW(p->seats, p->seat_count, p->seat_capacity);
        p->seats[p->seat_count++] = toc_strdup(seat);
    }
}

// Does a line of the plan say when that is told?
static bool tells(const toc_plan_actors *p, const char *id)
{
    for (size_t i = 0; i < p->play->count; i++) {
        const toc_event *input = &p->play->steps[i].act.input;
        const char *of = toc_event_str(input, TOC_F_INJECT);
        if (is_act(&p->play->steps[i]) && input->kind == TOC_K_DELIVER && of &&
            strcasecmp(of, id) == 0)
            return true;
    }
    return false;
}

static void on_event(void *self, const toc_stage *s, const toc_event *ev)
{
    toc_plan_actors *p = self;
    const toc_atlas *a = p->atlas;
    size_t i;
    (void)s;
    switch (ev->kind) {
    case TOC_K_INJECT:
        i = toc_atlas_find(a->injects, ev, TOC_F_INJECT);
        if (i != TOC_NONE) // else EXCON wrote it in play
            p->sent[i] = ev->seq;
        on_item(p, ev);
        break;
    case TOC_K_CUE:
        i = toc_atlas_find(a->injects, ev, TOC_F_INJECT);
        p->is_cued[i] = !tells(p, p->plan->injects[i].id);
        break;
    case TOC_K_MESSAGE:
        on_item(p, ev);
        break;
    case TOC_K_ASK:
        p->is_asked[toc_atlas_find(a->decisions, ev, TOC_F_DECISION)] = true;
        break;
    case TOC_K_PHASE_ENTERED:
        p->is_entered[toc_atlas_find(a->phases, ev, TOC_F_PHASE)] = true;
        break;
    case TOC_K_EXPECTATION:
        if (strcmp(toc_event_str(ev, TOC_F_STATE), "overdue") == 0)
            p->is_overdue[toc_atlas_find(a->expectations, ev, TOC_F_EXPECTATION)] = true;
        break;
    default:
        break;
    }
}

// Every seat of a team opens what comes, at once.
static void on_item(toc_plan_actors *p, const toc_event *ev)
{
    const toc_value *to = toc_event_value(ev, TOC_F_TO);
    for (size_t i = 0; to && i < to->count; i++) {
        size_t team = toc_atlas_id(p->atlas->teams, to->list[i]);
        for (int seat = 1; team != TOC_NONE && seat <= p->plan->teams[team].seats; seat++) {
            TOC_GROW(p->arrivals, p->arrival_count, p->arrival_capacity);
            p->arrivals[p->arrival_count++] = (arrival){toc_sprintf("%s-%d", to->list[i], seat),
                                                        ev->seq, toc_event_int(ev, TOC_F_ACK) != 0};
        }
    }
}

static bool has_play(const toc_stage *s)
{
    return toc_exercise_clock(s->x).state != TOC_PLAY_LOBBY;
}

static bool on_next(void *self, const toc_stage *s, int64_t *t)
{
    const toc_plan_actors *p = self;
    *t = s->now;
    bool is_now = p->seat_count > 0 || !p->has_started || p->arrived < p->arrival_count ||
                  ready_step(p, s) < p->play->count || cued_inject(p) != TOC_NONE ||
                  ready_decision(p, s, false) != TOC_NONE ||
                  ready_decision(p, s, true) != TOC_NONE;
    if (is_now)
        return true;
    bool is_found = false;
    for (size_t i = 0; i < p->play->count; i++) {
        const toc_playstep *step = &p->play->steps[i];
        if (step->kind != TOC_STEP_AT || p->done[i] || step->at <= s->now ||
            (is_found && step->at >= *t))
            continue;
        *t = step->at;
        is_found = true;
    }
    return is_found;
}

static void open_seat(toc_plan_actors *p, toc_stage *s)
{
    toc_event in;
    toc_event_init(&in, TOC_K_OPEN_SEAT, s->now);
    toc_event_set_str(&in, TOC_F_SEAT, p->seats[--p->seat_count]);
    toc_stage_put(s, "engine", &in);
    toc_event_fini(&in);
    free(p->seats[p->seat_count]);
}

static void open_item(toc_plan_actors *p, toc_stage *s)
{
    arrival *a = &p->arrivals[p->arrived];
    toc_event in;
    toc_event_init(&in, a->is_ack ? TOC_K_ACK : TOC_K_READ, s->now);
    toc_event_set_int(&in, TOC_F_ITEM, a->item);
    toc_stage_put(s, a->seat, &in);
    toc_event_fini(&in);
    p->arrived++;
}

static void on_act(void *self, toc_stage *s)
{
    toc_plan_actors *p = self;
    size_t i;
    if (p->seat_count > 0) {
        open_seat(p, s);
    } else if (!p->has_started) {
        toc_event in;
        toc_event_init(&in, TOC_K_START, s->now);
        p->has_started = true;
        toc_stage_put(s, TOC_STAGE_EXCON, &in);
        toc_event_fini(&in);
    } else if (p->arrived < p->arrival_count) {
        open_item(p, s);
    } else if ((i = ready_step(p, s)) < p->play->count) {
        do_step(p, s, i);
    } else if ((i = cued_inject(p)) != TOC_NONE) {
        deliver(p, s, i);
    } else if ((i = ready_decision(p, s, false)) != TOC_NONE) {
        answer(p, s, i);
    } else if ((i = ready_decision(p, s, true)) != TOC_NONE) {
        rule(p, s, i);
    }
}

static size_t ready_step(const toc_plan_actors *p, const toc_stage *s)
{
    size_t i = 0;
    while (i < p->play->count && (p->done[i] || !is_ready(p, s, &p->play->steps[i])))
        i++;
    return i;
}

static size_t find_decision(const toc_plan_actors *p, const char *id)
{
    for (size_t i = 0; id && i < p->plan->decision_count; i++)
        if (strcasecmp(p->plan->decisions[i].id, id) == 0)
            return i;
    return TOC_NONE;
}

static size_t find_inject(const toc_plan_actors *p, const char *id)
{
    for (size_t i = 0; id && i < p->plan->inject_count; i++)
        if (strcasecmp(p->plan->injects[i].id, id) == 0)
            return i;
    return TOC_NONE;
}

// Was it asked of that seat's team? Controllers see every question.
static bool sees_decision(const toc_plan_actors *p, const char *seat, size_t i)
{
    char audience[64];
    toc_seat_audience(seat, audience);
    return p->is_asked[i] &&
           (strcmp(audience, "control") == 0 || strcmp(audience, p->plan->decisions[i].team) == 0);
}

static bool sees_inject(const toc_plan_actors *p, const char *seat, size_t i)
{
    char audience[64];
    toc_seat_audience(seat, audience);
    if (p->sent[i] == 0 || strcmp(audience, "control") == 0)
        return p->sent[i] != 0;
    for (size_t k = 0; k < p->plan->injects[i].to_count; k++)
        if (strcmp(p->plan->teams[p->plan->injects[i].to[k]].id, audience) == 0)
            return true;
    return false;
}

// Its time has come, and everything it speaks of is there.
static bool is_ready(const toc_plan_actors *p, const toc_stage *s, const toc_playstep *step)
{
    const toc_event *input = &step->act.input;
    const char *decision = toc_event_str(input, TOC_F_DECISION);
    if (!is_act(step) || has_play(s) == (input->kind == TOC_K_START))
        return false;
    if (input->kind == TOC_K_START)
        return true;
    if (step->kind == TOC_STEP_AT && s->now < step->at)
        return false;
    if (decision) {
        size_t i = find_decision(p, decision);
        if (i == TOC_NONE || !sees_decision(p, step->seat, i))
            return false;
        toc_decision_view view = toc_exercise_decision(s->x, i);
        if (input->kind == TOC_K_RULE && step->kind == TOC_STEP_ON &&
            view.state != TOC_DECISION_RULING && !view.is_crossed)
            return false;
    }
    if (input->kind == TOC_K_DELIVER) {
        size_t i = find_inject(p, toc_event_str(input, TOC_F_INJECT));
        if (i == TOC_NONE || toc_exercise_inject(s->x, i).state != TOC_INJECT_CUED)
            return false;
    }
    if (step->act.item) {
        size_t i = find_inject(p, step->act.item);
        if (i == TOC_NONE || !sees_inject(p, step->seat, i))
            return false;
    }
    return step->kind == TOC_STEP_AT || has_come(p, s, step);
}

// What an `on` waits for.
static bool has_come(const toc_plan_actors *p, const toc_stage *s, const toc_playstep *step)
{
    const toc_event *input = &step->act.input;
    const char *inject = toc_event_str(input, TOC_F_INJECT);
    size_t i = find_inject(p, step->id), d = find_decision(p, step->id);
    size_t phase = toc_atlas_id(p->atlas->phases, step->id);
    size_t x = toc_atlas_id(p->atlas->expectations, step->id);
    if (i != TOC_NONE && input->kind == TOC_K_RELEASE && inject &&
        strcasecmp(inject, step->id) == 0)
        return toc_exercise_inject(s->x, i).state == TOC_INJECT_HELD;
    if (i != TOC_NONE && input->kind == TOC_K_DELIVER && strcasecmp(inject, step->id) == 0)
        return true; // it has its cue
    return (d != TOC_NONE && sees_decision(p, step->seat, d)) ||
           (i != TOC_NONE && sees_inject(p, step->seat, i)) ||
           (phase != TOC_NONE && p->is_entered[phase]) ||
           (x != TOC_NONE && p->is_overdue[x] && is_control(step->seat));
}

static void do_step(toc_plan_actors *p, toc_stage *s, size_t i)
{
    const toc_playstep *step = &p->play->steps[i];
    toc_act act;
    toc_error e;
    toc_act_copy(&act, &step->act);
    p->done[i] = true;
    p->step = step;
    if (act.input.kind == TOC_K_REASSIGN)
        pick_seat(s, &act.input);
    if (resolve(p, &act, &e) == TOC_OK) {
        toc_stage_put(s, step->seat, &act.input);
    } else {
        act.input.t = s->now;
        toc_event_set_str(&act.input, TOC_F_BY, step->seat);
        s->watcher->refused(s->watcher->self, &act.input, e.msg);
    }
    p->step = NULL;
    toc_act_fini(&act);
}

// As the desk does.
static void pick_seat(const toc_stage *s, toc_event *in)
{
    char *seat = toc_exercise_seat_free(s->x, toc_event_str(in, TOC_F_TEAM));
    toc_event_set_str(in, TOC_F_NEW_SEAT, seat);
    free(seat);
}

static toc_err resolve(const toc_plan_actors *p, toc_act *act, toc_error *e)
{
    if (act->item)
        toc_act_item(act, p->sent[find_inject(p, act->item)]);
    if (!act->answer)
        return TOC_OK;
    const toc_decision *d =
        &p->plan->decisions[find_decision(p, toc_event_str(&act->input, TOC_F_DECISION))];
    toc_event_set_str(&act->input, TOC_F_DECISION, d->id);
    return toc_act_answer(act, d->options, d->option_count, e);
}

// Is there a line for that decision, of a seat of this team?
static bool is_mentioned(const toc_plan_actors *p, toc_kind kind, const char *team, const char *id)
{
    for (size_t i = 0; i < p->play->count; i++) {
        const toc_playstep *step = &p->play->steps[i];
        char audience[64];
        if (!is_act(step) || step->act.input.kind != kind)
            continue;
        toc_seat_audience(step->seat, audience);
        const char *of = toc_event_str(&step->act.input, TOC_F_DECISION);
        if (strcmp(audience, team) == 0 && of && strcasecmp(of, id) == 0)
            return true;
    }
    return false;
}

// A decision that no line speaks of, and that waits for an answer, or for a ruling.
static size_t ready_decision(const toc_plan_actors *p, const toc_stage *s, bool is_ruling)
{
    for (size_t i = 0; i < p->plan->decision_count; i++) {
        const toc_decision *plan = &p->plan->decisions[i];
        if (!p->is_asked[i] || (is_ruling ? p->is_ruled[i] : p->is_answered[i]))
            continue;
        toc_decision_view view = toc_exercise_decision(s->x, i);
        bool waits = is_ruling ? view.state == TOC_DECISION_RULING || view.is_crossed
                               : view.state == TOC_DECISION_OPEN;
        const char *team = is_ruling || strcmp(plan->team, "excon") == 0 ? "control" : plan->team;
        if (waits && !toc_playplan_leaves(p->play, plan->id) &&
            !is_mentioned(p, is_ruling ? TOC_K_RULE : TOC_K_DECIDE, team, plan->id))
            return i;
    }
    return TOC_NONE;
}

static size_t cued_inject(const toc_plan_actors *p)
{
    for (size_t i = 0; i < p->plan->inject_count; i++)
        if (p->is_cued[i])
            return i;
    return TOC_NONE;
}

// A cue may have been taken back meanwhile.
static void deliver(toc_plan_actors *p, toc_stage *s, size_t i)
{
    const toc_inject *plan = &p->plan->injects[i];
    p->is_cued[i] = false;
    if (toc_exercise_inject(s->x, i).state != TOC_INJECT_CUED)
        return;
    toc_event in;
    toc_event_init(&in, TOC_K_DELIVER, s->now);
    toc_event_set_str(&in, TOC_F_INJECT, plan->id);
    toc_stage_put(s, toc_stage_controller(plan), &in);
    toc_event_fini(&in);
}

static void answer(toc_plan_actors *p, toc_stage *s, size_t i)
{
    const toc_decision *plan = &p->plan->decisions[i];
    size_t team = toc_atlas_id(p->atlas->teams, plan->team);
    toc_event in;
    toc_event_init(&in, TOC_K_DECIDE, s->now);
    p->is_answered[i] = true;
    toc_event_set_str(&in, TOC_F_DECISION, plan->id);
    if (plan->option_count > 0)
        toc_event_set_str(&in, TOC_F_OPTION, plan->options[0]);
    else
        toc_event_set_str(&in, TOC_F_TEXT, "We do what is possible at once and report.");
    toc_event_set_str(&in, TOC_F_REASON, "this seat plays by itself");
    toc_stage_put(s, team == TOC_NONE ? TOC_STAGE_EXCON : p->atlas->seats[team], &in);
    toc_event_fini(&in);
}

static void rule(toc_plan_actors *p, toc_stage *s, size_t i)
{
    const toc_decision *plan = &p->plan->decisions[i];
    const char *ruling = "accept";
    if (toc_exercise_decision(s->x, i).state == TOC_DECISION_OPEN) // there is nothing to accept
        ruling = plan->option_count > 0 ? plan->options[0] : "reject";
    toc_event in;
    toc_event_init(&in, TOC_K_RULE, s->now);
    p->is_ruled[i] = true;
    toc_event_set_str(&in, TOC_F_DECISION, plan->id);
    toc_event_set_str(&in, TOC_F_RULING, ruling);
    toc_event_set_str(&in, TOC_F_REASON, "this seat plays by itself");
    toc_stage_put(s, TOC_STAGE_EXCON, &in);
    toc_event_fini(&in);
}
