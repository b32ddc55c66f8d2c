// SPDX-License-Identifier: MIT
#include "outcome.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sums.h"

#define QUARTER_MS 900000

enum { TROUBLES_MOST = 50 }; // of one path

static void on_begin(void *self);
static void on_event(void *self, const toc_event *ev);
static void on_end(void *self, const toc_stage *s);
static void on_refused(void *self, const toc_event *input, const char *reason);
static void see_inject(toc_outcome *o, const toc_event *ev);
static void see_decision(toc_outcome *o, const toc_event *ev);
static void see_world(toc_outcome *o, const toc_event *ev);
static void see_expectation(toc_outcome *o, const toc_event *ev);
static void see_held(toc_outcome *o, const toc_event *ev);
static void see_endex(toc_outcome *o, const toc_event *ev);
static toc_trouble *add_trouble(toc_outcome *o, toc_found kind, const char *subject,
                                const char *text);
static void find_evidence(toc_outcome *o);
static void find_loads(toc_outcome *o);
static size_t count_words(const char *text);

void toc_outcome_init(toc_outcome *o)
{
    *o = (toc_outcome){.watcher = {o, on_begin, on_event, on_end, on_refused}};
}

static void make_room(toc_outcome *o, const toc_plan *plan, size_t parts)
{
    o->sent = toc_alloc(plan->inject_count + 1);
    o->read_sums = toc_alloc((plan->inject_count + 1) * sizeof *o->read_sums);
    o->read_words = toc_alloc((plan->inject_count + 1) * sizeof *o->read_words);
    o->asked = toc_alloc(plan->decision_count + 1);
    o->settled = toc_alloc((plan->decision_count + 1) * sizeof *o->settled);
    o->asks = toc_alloc((plan->decision_count + 1) * sizeof *o->asks);
    o->sums = toc_alloc((plan->decision_count + 1) * sizeof *o->sums);
    o->actions = toc_alloc((plan->expectation_count + 1) * sizeof *o->actions);
    o->phases = toc_alloc(plan->phase_count + 1);
    o->repairs = toc_alloc(plan->model.repair_count + 1);
    o->objectives = toc_alloc(plan->objective_count + 1);
    o->parts = toc_alloc((parts + 1) * sizeof *o->parts);
    o->part_count = parts;
    o->levels = toc_alloc((plan->model.service_count + 1) * sizeof *o->levels);
    o->order = toc_alloc((plan->inject_count + 2 * plan->decision_count + plan->phase_count +
                          plan->model.repair_count + 1) *
                         sizeof *o->order);
    o->loads = toc_alloc((plan->team_count + 1) * sizeof *o->loads);
    o->arrivals = toc_alloc((plan->team_count + 1) * sizeof *o->arrivals);
    o->arrival_counts = toc_alloc((plan->team_count + 1) * sizeof *o->arrival_counts);
    for (size_t i = 0; i < plan->team_count; i++)
        o->arrivals[i] = toc_alloc((plan->inject_count + 1) * sizeof **o->arrivals);
}

const toc_watcher *toc_outcome_watch(toc_outcome *o, const toc_atlas *atlas,
                                     const toc_scenario *scenario)
{
    if (!o->sent)
        make_room(o, atlas->plan, toc_scenario_part_count(scenario));
    o->atlas = atlas;
    return &o->watcher;
}

static void forget_lines(toc_outcome *o)
{
    for (size_t i = 0; i < o->line_count; i++) {
        free(o->lines[i].from);
        free(o->lines[i].to);
    }
    o->line_count = 0;
}

static void forget_troubles(toc_outcome *o)
{
    for (size_t i = 0; i < o->trouble_count; i++) {
        free(o->troubles[i].subject);
        free(o->troubles[i].text);
    }
    o->trouble_count = 0;
}

void toc_outcome_talk(toc_outcome *o, const toc_lore *base, const toc_lore *own)
{
    forget_lines(o);
    for (size_t i = 0; own != base && i < own->line_count; i++) {
        bool was_talk = i < base->line_count && base->lines[i].is_talk; // own begins as base does
        if (!own->lines[i].is_talk || was_talk)
            continue;
        TOC_GROW(o->lines, o->line_count, o->line_capacity);
        o->lines[o->line_count++] = (toc_lore_line){.from = toc_strdup(own->lines[i].from),
                                                    .to = toc_strdup(own->lines[i].to)};
    }
}

void toc_outcome_fini(toc_outcome *o)
{
    forget_lines(o);
    forget_troubles(o);
    toc_buf_fini(&o->reason);
    for (size_t i = 0; o->arrivals && o->arrivals[i]; i++)
        free(o->arrivals[i]);
    void *all[] = {o->sent,     o->asked,     o->settled,    o->asks,          o->sums,
                   o->actions,  o->phases,    o->repairs,    o->parts,         o->objectives,
                   o->levels,   o->order,     o->loads,      o->lines,         o->troubles,
                   o->arrivals, o->read_sums, o->read_words, o->arrival_counts};
    for (size_t i = 0; i < TOC_COUNT(all); i++)
        free(all[i]);
    *o = (toc_outcome){0};
}

static void on_begin(void *self)
{
    toc_outcome *o = self;
    const toc_plan *plan = o->atlas->plan;
    memset(o->sent, 0, plan->inject_count);
    memset(o->asked, 0, plan->decision_count);
    memset(o->sums, 0, plan->decision_count * sizeof *o->sums);
    memset(o->actions, 0, plan->expectation_count * sizeof *o->actions);
    memset(o->phases, 0, plan->phase_count);
    memset(o->repairs, 0, plan->model.repair_count);
    memset(o->objectives, 0, plan->objective_count);
    memset(o->arrival_counts, 0, plan->team_count * sizeof *o->arrival_counts);
    for (size_t i = 0; i < plan->decision_count; i++)
        o->settled[i] = TOC_SETTLED_NOT;
    for (size_t i = 0; i < plan->model.service_count; i++) {
        int32_t own = (int32_t)plan->model.services[i].own;
        o->levels[i] = (toc_level_fate){own, own};
    }
    o->ask_count = o->order_count = 0;
    o->has_black_start = o->has_deadlock = o->has_endex = o->is_finished = o->is_stopped = false;
    o->sum = 0;
    o->end = 0;
    o->finisher = TOC_NONE;
    forget_troubles(o);
}

static void on_event(void *self, const toc_event *ev)
{
    toc_outcome *o = self;
    switch (ev->kind) {
    case TOC_K_INJECT:
        see_inject(o, ev);
        break;
    case TOC_K_ASK:
    case TOC_K_DECIDED:
    case TOC_K_OVERDUE:
        see_decision(o, ev);
        break;
    case TOC_K_LEVEL:
    case TOC_K_MEASURE:
    case TOC_K_REPAIR:
    case TOC_K_DEADLOCK:
    case TOC_K_PHASE_ENTERED:
        see_world(o, ev);
        break;
    case TOC_K_EXPECTATION:
        see_expectation(o, ev);
        break;
    case TOC_K_HELD:
        see_held(o, ev);
        break;
    case TOC_K_ERROR:
        add_trouble(o, TOC_FOUND_ERROR, toc_event_str(ev, TOC_F_STORYLINE),
                    toc_event_str(ev, TOC_F_TEXT));
        break;
    case TOC_K_ENDEX:
        see_endex(o, ev);
        break;
    default:
        break;
    }
}

static void on_end(void *self, const toc_stage *s)
{
    toc_outcome *o = self;
    o->is_stopped = s->is_stopped;
    if (s->is_halted)
        add_trouble(o, TOC_FOUND_ERROR, NULL, s->e.msg);
    if (!o->has_endex)
        o->end = s->now;
    for (size_t i = 0; i < o->part_count; i++) {
        toc_scenario_part part = toc_scenario_part_at(s->scenario, i);
        o->parts[i] = (toc_part_fate){part.begun > 0, part.ended > 0, part.is_at_once};
        // storyline "the end" finished the exercise
        const char *quote = strchr(toc_buf_text(&o->reason), '"');
        size_t len = strlen(part.name);
        if (o->is_finished && quote && strncmp(quote + 1, part.name, len) == 0 &&
            quote[1 + len] == '"')
            o->finisher = i;
    }
    for (size_t i = 0; i < o->trouble_count; i++)
        if (o->troubles[i].service != TOC_NONE)
            o->troubles[i].is_lasting = o->levels[o->troubles[i].service].last == 0;
    find_evidence(o);
    find_loads(o);
}

static void on_refused(void *self, const toc_event *input, const char *reason)
{
    toc_outcome *o = self;
    char *text = toc_sprintf("%s cannot %s: %s", toc_event_str(input, TOC_F_BY),
                             toc_kind_name(input->kind), reason);
    add_trouble(o, TOC_FOUND_REFUSED, toc_event_str(input, TOC_F_BY), text);
    free(text);
}

static uint64_t sum_of(const toc_event *ev, size_t index, int64_t number)
{
    uint64_t sum = toc_sum_add((uint64_t)ev->kind + 1, (uint64_t)ev->t);
    sum = toc_sum_add(sum, (uint64_t)index);
    return toc_sum_add(sum, (uint64_t)number);
}

static void add_happening(toc_outcome *o, toc_happened what, size_t index, int64_t t)
{
    o->order[o->order_count++] = (toc_happening){what, index, t};
}

// Words are counted once for a text that stays the same from path to path.
static void see_inject(toc_outcome *o, const toc_event *ev)
{
    size_t i = toc_atlas_find(o->atlas->injects, ev, TOC_F_INJECT);
    if (i == TOC_NONE)
        return; // written in play
    const toc_inject *plan = &o->atlas->plan->injects[i];
    const char *text = toc_event_str(ev, TOC_F_TEXT);
    uint64_t read = toc_sum_text(i + 1, text);
    o->sum += toc_sum_add(sum_of(ev, i, 0), read);
    if (o->sent[i])
        return;
    o->sent[i] = true;
    if (o->read_sums[i] != read) {
        o->read_sums[i] = read;
        o->read_words[i] = count_words(text) + count_words(plan->title);
    }
    add_happening(o, TOC_HAPPENED_SENT, i, ev->t);
    for (size_t k = 0; k < plan->to_count; k++) {
        size_t team = plan->to[k];
        o->arrivals[team][o->arrival_counts[team]++] = (toc_arrival){ev->t, o->read_words[i]};
    }
}

static void see_decision(toc_outcome *o, const toc_event *ev)
{
    size_t i = toc_atlas_find(o->atlas->decisions, ev, TOC_F_DECISION);
    const toc_decision *plan = &o->atlas->plan->decisions[i];
    const char *option = toc_event_str(ev, TOC_F_OPTION);
    int settled = TOC_SETTLED_OVERDUE;
    if (ev->kind == TOC_K_DECIDED) {
        settled = TOC_SETTLED_OWN;
        for (size_t k = 0; option && k < plan->option_count; k++)
            if (strcmp(plan->options[2 * k], option) == 0)
                settled = (int)k;
    }
    uint64_t sum = sum_of(ev, i, settled);
    o->sum += sum;
    o->sums[i] += sum;
    if (ev->kind == TOC_K_ASK) {
        if (o->asked[i])
            return;
        o->asks[o->ask_count++] = i;
        o->asked[i] = true;
        add_happening(o, TOC_HAPPENED_ASKED, i, ev->t);
    } else if (o->settled[i] == TOC_SETTLED_NOT) {
        o->settled[i] = settled;
        add_happening(o, TOC_HAPPENED_SETTLED, i, ev->t);
    }
}

static void see_world(toc_outcome *o, const toc_event *ev)
{
    size_t i = toc_atlas_find(o->atlas->services, ev, TOC_F_SERVICE);
    int64_t number = toc_event_int(ev, TOC_F_LEVEL);
    if (ev->kind == TOC_K_REPAIR) {
        i = toc_atlas_find(o->atlas->repairs, ev, TOC_F_REPAIR);
        number = (int64_t)toc_sum_text(1, toc_event_str(ev, TOC_F_STATE));
        if (!o->repairs[i])
            add_happening(o, TOC_HAPPENED_STARTED, i, ev->t);
        o->repairs[i] = true;
    } else if (ev->kind == TOC_K_PHASE_ENTERED) {
        i = toc_atlas_find(o->atlas->phases, ev, TOC_F_PHASE);
        if (!o->phases[i])
            add_happening(o, TOC_HAPPENED_ENTERED, i, ev->t);
        o->phases[i] = true;
    } else if (ev->kind == TOC_K_LEVEL) {
        o->levels[i].last = (int32_t)number;
        if (o->levels[i].last < o->levels[i].lowest)
            o->levels[i].lowest = o->levels[i].last;
    } else if (ev->kind == TOC_K_DEADLOCK) {
        const toc_value *services = toc_event_value(ev, TOC_F_SERVICES);
        o->has_deadlock = true;
        toc_trouble *t =
            add_trouble(o, TOC_FOUND_DEADLOCK, services->list[0], toc_event_str(ev, TOC_F_TEXT));
        if (t)
            t->service = toc_atlas_id(o->atlas->services, services->list[0]);
    } else if (ev->kind == TOC_K_MEASURE &&
               strcmp(toc_event_str(ev, TOC_F_MEASURE), "black-start") == 0) {
        o->has_black_start = true;
    }
    o->sum += sum_of(ev, i, number);
}

static void see_expectation(toc_outcome *o, const toc_event *ev)
{
    size_t i = toc_atlas_find(o->atlas->expectations, ev, TOC_F_EXPECTATION);
    const char *state = toc_event_str(ev, TOC_F_STATE), *by = toc_event_str(ev, TOC_F_BY);
    toc_action_fate *fate = &o->actions[i];
    static const char *const names[] = {"planned", "open", "crossed",      "overdue",
                                        "met",     "late", "not-observed", "not-exercised"};
    for (size_t k = 0; k < TOC_COUNT(names); k++)
        if (strcmp(names[k], state) == 0)
            fate->state = (toc_expect_state)k;
    fate->t = ev->t;
    fate->is_open = fate->is_open || fate->state == TOC_EXPECT_OPEN;
    if (fate->state == TOC_EXPECT_MET || fate->state == TOC_EXPECT_LATE) {
        fate->is_by_condition = by && strcmp(by, "condition") == 0;
        fate->is_marked = by && strchr(by, '-') != NULL; // a seat's name
    }
    o->sum += sum_of(ev, i, (int64_t)fate->state);
}

static void see_held(toc_outcome *o, const toc_event *ev)
{
    const char *id = toc_event_str(ev, TOC_F_INJECT), *reason = toc_event_str(ev, TOC_F_REASON);
    o->sum += sum_of(ev, toc_atlas_id(o->atlas->injects, id), 0);
    if (strncmp(reason, "its text failed", 15) != 0)
        return;
    char *text = toc_sprintf("%s: %s", id, reason);
    add_trouble(o, TOC_FOUND_ERROR, id, text);
    free(text);
}

static void see_endex(toc_outcome *o, const toc_event *ev)
{
    o->has_endex = true;
    toc_buf_clear(&o->reason);
    toc_buf_str(&o->reason, toc_event_str(ev, TOC_F_REASON) ? toc_event_str(ev, TOC_F_REASON) : "");
    o->is_finished = o->reason.len > 0;
    o->end = ev->t;
    o->sum += sum_of(ev, 0, 0);
}

// NULL: there are enough.
static toc_trouble *add_trouble(toc_outcome *o, toc_found kind, const char *subject,
                                const char *text)
{
    for (size_t i = 0; i < o->trouble_count; i++)
        if (o->troubles[i].kind == kind && strcmp(o->troubles[i].text, text) == 0)
            return &o->troubles[i];
    if (o->trouble_count == TROUBLES_MOST)
        return NULL;
    TOC_GROW(o->troubles, o->trouble_count, o->trouble_capacity);
    toc_trouble *t = &o->troubles[o->trouble_count++];
    *t = (toc_trouble){kind, toc_strdup(subject ? subject : ""), toc_strdup(text), TOC_NONE, false};
    return t;
}

// Something to judge an objective by: a decision that was answered or left, an expected action that was
// done or came due.
static void find_evidence(toc_outcome *o)
{
    const toc_plan *plan = o->atlas->plan;
    const size_t *objectives = o->atlas->objectives;
    for (size_t i = 0; i < plan->expectation_count; i++) {
        toc_expect_state state = o->actions[i].state;
        if (objectives[i] != TOC_NONE && state != TOC_EXPECT_PLANNED && state != TOC_EXPECT_OPEN &&
            state != TOC_EXPECT_NOT_EXERCISED)
            o->objectives[objectives[i]] = true;
    }
    objectives += plan->expectation_count;
    for (size_t i = 0; i < plan->decision_count; i++)
        if (objectives[i] != TOC_NONE && o->settled[i] != TOC_SETTLED_NOT)
            o->objectives[objectives[i]] = true;
}

// The fullest quarter of an hour that begins with an inject. Injects came in the order of time.
static void find_loads(toc_outcome *o)
{
    for (size_t team = 0; team < o->atlas->plan->team_count; team++) {
        const toc_arrival *a = o->arrivals[team];
        toc_team_load load = {0};
        size_t first = 0, words = 0;
        for (size_t i = 0; i < o->arrival_counts[team]; i++) {
            words += a[i].words;
            while (a[i].t - a[first].t >= QUARTER_MS)
                words -= a[first++].words;
            if (i - first + 1 > load.injects) {
                load.injects = i - first + 1;
                load.injects_from = a[first].t;
            }
            if (words > load.words) {
                load.words = words;
                load.words_from = a[first].t;
            }
        }
        o->loads[team] = load;
    }
}

static size_t count_words(const char *text)
{
    size_t count = 0;
    bool is_in = false;
    for (; *text; text++) {
        bool is_space = *text == ' ' || *text == '\n' || *text == '\t';
        count += !is_space && !is_in;
        is_in = !is_space;
    }
    return count;
}
