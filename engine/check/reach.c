// SPDX-License-Identifier: MIT
//
// What can come at all, and how early: injects by their times, by code, or because an action was missed;
// decisions and repairs by code. EXCON can do all of these by hand, but that is not a plan; phases are
// often left to EXCON (`phase evening`), so of them a rehearsal tells.

#include <string.h>

#include "base/map.h"
#include "pass.h"

static void read_code(toc_pass *p);
static void read_uses(toc_pass *p);
static void read_contingencies(toc_pass *p);
static void work_out(toc_pass *p, size_t i, size_t depth);
static int64_t earliest_deadline(const toc_pass *p, const toc_expectation *x);
static void tell_injects(toc_pass *p);
static void tell_decisions(toc_pass *p);
static void tell_repairs(toc_pass *p);

// Of chains of times: beyond it nothing is said. Chains of thousands are nobody's plan.
enum { DEPTH_MAX = 500 };

void toc_pass_reach(toc_pass *p)
{
    read_code(p);
    for (size_t i = 0; i < p->plan->inject_count; i++)
        work_out(p, i, 0);
    tell_injects(p);
    tell_decisions(p);
    tell_repairs(p);
}

static void read_code(toc_pass *p)
{
    const toc_plan *plan = p->plan;
    for (size_t i = 0; i < plan->inject_count; i++) {
        toc_reach *r = &p->inject_reach[i];
        const toc_inject *inject = &plan->injects[i];
        bool is_open = toc_uses_may_mean(p->uses, TOC_USE_SEND, inject->id);
        r->is_sent = inject->manual || is_open;
        r->earliest_ms = r->is_sent ? 0 : INT64_MAX;
    }
    read_uses(p);
    read_contingencies(p);
    for (size_t i = 0; i < toc_uses_block_count(p->uses); i++) {
        const toc_block *b = toc_uses_block(p->uses, i);
        if (b->kind == TOC_SCENARIO_ON && b->name)
            toc_map_put(p->heard, b->name, 1);
        p->hears_any = p->hears_any || (b->kind == TOC_SCENARIO_ON && !b->name);
    }
}

static void read_uses(toc_pass *p)
{
    for (size_t i = 0; i < toc_uses_count(p->uses); i++) {
        const toc_use *u = toc_uses_at(p->uses, i);
        int64_t before;
        if (!u->id)
            continue;
        if (u->verb == TOC_USE_ASK)
            toc_map_put(p->asked, u->id, 1);
        if (u->verb == TOC_USE_START_REPAIR || u->verb == TOC_USE_ENTER_PHASE)
            toc_map_put(p->begun, u->id, 1);
        if (u->verb == TOC_USE_MET &&
            (!toc_map_get(p->met, u->id, &before) || before > u->earliest_ms))
            toc_map_put(p->met, u->id, u->earliest_ms);
        size_t inject = u->verb == TOC_USE_SEND ? toc_plan_inject(p->plan, u->id) : TOC_NONE;
        if (inject == TOC_NONE)
            continue;
        toc_reach *r = &p->inject_reach[inject];
        r->is_sent = true;
        if (u->earliest_ms < r->earliest_ms)
            r->earliest_ms = u->earliest_ms;
    }
}

static void read_contingencies(toc_pass *p)
{
    for (size_t i = 0; i < p->plan->expectation_count; i++) {
        const toc_expectation *x = &p->plan->expectations[i];
        if (x->contingency == TOC_NONE)
            continue;
        toc_reach *r = &p->inject_reach[x->contingency];
        r->is_sent = true;
        int64_t due = earliest_deadline(p, x);
        if (due < r->earliest_ms)
            r->earliest_ms = due;
    }
}

// A span of story time passes in no play time that can be told: pace and phases may shorten it.
static int64_t add_span(int64_t ms, const toc_span *span)
{
    return span->is_story || span->months || ms > INT64_MAX / 2 ? ms : ms + span->ms;
}

static int64_t earliest_deadline(const toc_pass *p, const toc_expectation *x)
{
    if (x->by.kind == TOC_AT_PLAY)
        return x->by.ms;
    if (x->by.kind == TOC_AT_AFTER || x->by.kind == TOC_AT_AWARE) {
        const toc_at *at = &p->plan->injects[x->by.inject].at; // what code sends may come at once
        return at->kind == TOC_AT_PLAY ? add_span(at->ms, &x->by.after) : 0;
    }
    return 0;
}

// The inject it comes after first.
static void work_out(toc_pass *p, size_t i, size_t depth)
{
    const toc_inject *inject = &p->plan->injects[i];
    toc_reach *r = &p->inject_reach[i];
    int64_t play = 0;
    if (r->is_done)
        return;
    r->is_done = true;
    switch (inject->at.kind) {
    case TOC_AT_PLAY:
        r->has_time = r->is_sent = true;
        r->planned_ms = play = inject->at.ms;
        break;
    case TOC_AT_STORY:
        r->has_time = toc_pass_story(p, inject->at.ms, &play);
        r->is_sent = true;
        r->planned_ms = play;
        break;
    case TOC_AT_AFTER: {
        const toc_reach *first = &p->inject_reach[inject->at.inject];
        if (depth < DEPTH_MAX)
            work_out(p, inject->at.inject, depth + 1);
        r->is_sent = r->is_sent || first->is_sent || !first->is_done;
        r->has_time = first->has_time && !inject->at.after.is_story && !inject->at.after.months;
        play =
            first->is_sent && first->is_done ? add_span(first->earliest_ms, &inject->at.after) : 0;
        r->planned_ms = r->has_time ? first->planned_ms + inject->at.after.ms : 0;
        break;
    }
    default:
        return;
    }
    r->has_time = r->has_time && !inject->manual;
    if (play < r->earliest_ms)
        r->earliest_ms = play;
}

// ---- what never comes ------------------------------------------------------------------------------

static void tell_injects(toc_pass *p)
{
    for (size_t i = 0; i < p->plan->inject_count; i++) {
        const toc_inject *inject = &p->plan->injects[i];
        if (p->inject_reach[i].is_sent)
            continue;
        toc_problem *o = toc_pass_tell(p, "E0304", "inject", inject->id, &inject->place, NULL,
                                       "inject \"%s\" can never be sent", inject->id);
        toc_problem_label(o, "nothing sends it");
        if (inject->at.kind == TOC_AT_AFTER)
            toc_problem_help(o, "it comes after inject \"%s\", which is never sent",
                             p->plan->injects[inject->at.inject].id);
        else
            toc_problem_help(o,
                             "give it a time (at = \"T+0:30\"), send it in a storyline (send "
                             "\"%s\"), make it the contingency of an expected action, or leave it "
                             "to EXCON (release = \"manual\")",
                             inject->id);
    }
}

static void tell_decisions(toc_pass *p)
{
    for (size_t i = 0; i < p->plan->decision_count; i++) {
        const toc_decision *d = &p->plan->decisions[i];
        int64_t found;
        if (d->at.kind != TOC_AT_NEVER || toc_map_get(p->asked, d->id, &found) ||
            toc_uses_may_mean(p->uses, TOC_USE_ASK, d->id))
            continue;
        toc_problem *o = toc_pass_tell(p, "E0305", "decision", d->id, &d->place, NULL,
                                       "decision \"%s\" is never asked", d->id);
        toc_problem_label(o, "nothing asks it");
        toc_problem_help(o,
                         "ask it in a storyline (local answer = ask \"%s\") or give it a time (at "
                         "= \"T+0:30\")",
                         d->id);
    }
}

// By an action, or by a module that is given its id.
static bool is_begun(const toc_pass *p, const char *id)
{
    int64_t found;
    return toc_map_get(p->begun, id, &found) || toc_uses_mentions(p->uses, id);
}

// Those that stand in the author's text: what a module makes, it may start too.
static void tell_repairs(toc_pass *p)
{
    for (size_t i = 0; i < toc_uses_count(p->uses); i++) {
        const toc_use *u = toc_uses_at(p->uses, i);
        if (u->verb != TOC_USE_REPAIR || !u->id || is_begun(p, u->id))
            continue;
        toc_problem *o =
            toc_pass_tell_use(p, "E0310", &u->at, "repair \"%s\" is never started", u->id);
        toc_problem_label(o, "nothing starts it");
        toc_problem_help(o, "start it in a storyline: start_repair \"%s\"", u->id);
    }
}
