// SPDX-License-Identifier: MIT
// The second pass over phases and expected actions.

#include <lauxlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"

static void check_by(toc_scenario *s, const toc_draft *d, const toc_expectation *expectation);
static void read_contingency(toc_scenario *s, const toc_draft *d, toc_expectation *expectation);
static const toc_draft *find_draft(const toc_scenario *s, const char *id);

void toc_refs_phase(toc_scenario *s, const toc_draft *d, toc_phase *phase)
{
    const toc_draft_value *story = toc_draft_get(d, TOC_KEY_STORY);
    toc_story at;
    toc_error e;
    phase->title = toc_refs_text(d, TOC_KEY_TITLE);
    phase->text = toc_refs_text(d, TOC_KEY_TEXT);
    phase->pace = toc_draft_get(d, TOC_KEY_PACE)->number;
    phase->at = toc_refs_moment(s, d, TOC_KEY_AT);
    toc_refs_plain(s, d, TOC_KEY_TITLE);
    toc_refs_plain(s, d, TOC_KEY_TEXT);
    if (phase->at.kind != TOC_AT_NEVER && phase->at.kind != TOC_AT_PLAY)
        toc_problem_help(toc_draft_problem(s, d, "E0231", toc_where_value("at"),
                                           "at: a phase begins by itself at a time of play only"),
                         "write it like \"T+1:50\"; for another moment let a storyline wait, and "
                         "enter_phase \"%s\"",
                         d->id);
    if (!story->is_set || s->plan.startex.ms == 0)
        return; // a startex that cannot be read is a mistake of its own
    phase->is_jump = true;
    if (toc_story_clock_parse(story->text, s->plan.startex, &at, &e) != TOC_OK)
        toc_time_problem(s, d, toc_where_value("story"), TOC_V_CLOCK, "story", story->text, e.msg);
    else
        phase->story_ms = at.ms;
}

void toc_refs_expect(toc_scenario *s, const toc_draft *d, toc_expectation *expectation)
{
    size_t team = toc_refs_one(s, d, TOC_KEY_TEAM, TOC_DECL_TEAM);
    expectation->team = team == TOC_NONE ? 0 : team;
    expectation->text = toc_refs_text(d, TOC_KEY_TEXT);
    expectation->notes = toc_refs_text(d, TOC_KEY_NOTES);
    expectation->product = toc_refs_text(d, TOC_KEY_PRODUCT);
    expectation->objective = toc_refs_objective(s, d);
    expectation->has_condition = s->mets[d->index] != LUA_NOREF;
    expectation->by = toc_refs_moment(s, d, TOC_KEY_BY);
    toc_refs_plain(s, d, TOC_KEY_TEXT);
    read_contingency(s, d, expectation);
    check_by(s, d, expectation);
}

static void check_by(toc_scenario *s, const toc_draft *d, const toc_expectation *expectation)
{
    const toc_at *by = &expectation->by;
    char quote[TOC_QUOTE_SIZE];
    bool is_of_inject = by->kind == TOC_AT_AFTER || by->kind == TOC_AT_AWARE;
    if (is_of_inject && by->inject == expectation->contingency)
        toc_problem_help(
            toc_draft_problem(s, d, "E0232", toc_where_value("by"),
                              "by: it counts from its own contingency inject %s, which "
                              "is sent only after that",
                              toc_text_quote(quote, s->plan.injects[by->inject].id)),
            "count from the inject that makes the team act");
    if (by->kind != TOC_AT_MET || by->expectation < d->index)
        return;
    const toc_expectation *other = &s->plan.expectations[by->expectation];
    if (by->expectation == d->index) {
        toc_problem_help(
            toc_draft_problem(s, d, "E0228", toc_where_value("by"), "by: it counts from itself"),
            "count from the expected action before it, or from an inject");
        return;
    }
    toc_problem *problem = toc_draft_problem(s, d, "E0232", toc_where_value("by"),
                                             "by: it counts from %s, which must stand before it",
                                             toc_text_quote(quote, other->id));
    toc_problem_help(problem, "move expect \"%s\" up, before this one", other->id);
    toc_problem_note(problem, "it is declared at %s:%d", other->place.file, other->place.line);
}

static void read_contingency(toc_scenario *s, const toc_draft *d, toc_expectation *expectation)
{
    char quote[TOC_QUOTE_SIZE];
    expectation->contingency = toc_refs_one(s, d, TOC_KEY_CONTINGENCY, TOC_DECL_INJECT);
    expectation->manual = toc_draft_get(d, TOC_KEY_RELEASE)->is_set;
    if (expectation->manual && !toc_draft_get(d, TOC_KEY_CONTINGENCY)->is_set)
        toc_problem_help(toc_draft_problem(s, d, "E0235", toc_where_key("release"),
                                           "release: without a contingency inject there is nothing "
                                           "to release"),
                         "write contingency = \"…\" too, or take release out");
    if (expectation->contingency == TOC_NONE)
        return;
    // The inject's own declaration may stand behind this one: its draft tells.
    const toc_draft *inject = find_draft(s, s->plan.injects[expectation->contingency].id);
    if (!toc_draft_get(inject, TOC_KEY_AT)->is_set)
        return;
    toc_problem *problem = toc_draft_problem(s, d, "E0235", toc_where_value("contingency"),
                                             "contingency: %s has an at of its own, so it is sent "
                                             "whatever happens",
                                             toc_text_quote(quote, inject->id));
    toc_problem_help(problem,
                     "a contingency inject is sent only because an expected action did not "
                     "happen: take its at out");
    toc_problem_note(problem, "inject \"%s\" is declared at %s:%d", inject->id, inject->place.file,
                     inject->place.line);
}

static const toc_draft *find_draft(const toc_scenario *s, const char *id)
{
    int64_t draft = 0;
    toc_map_get(s->ids, id, &draft);
    return s->drafts[draft];
}
