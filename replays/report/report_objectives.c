// SPDX-License-Identifier: MIT
// Each objective, with what shows how it went: expected actions, decisions, ratings, observations. Objectives of one baseline
// requirement stand together.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_findings.h"

// What there is of one objective, or of all those of a requirement.
typedef struct {
    size_t met, late, missed, not_exercised, decisions, ratings, notes, injects;
} tally;

static void say_requirements(toc_report *rp);
static void say_requirement_row(toc_report *rp, const char *capability);
static void say_objective(toc_report *rp, const toc_findings *f, size_t i);
static void say_facts(toc_report *rp, const toc_objective *objective);
static void say_touched(toc_report *rp, const tally *t);
static void say_actions(toc_report *rp, const char *objective);
static void say_action(toc_report *rp, const toc_review_action *a);
static void say_decisions(toc_report *rp, const char *objective);
static void say_ratings(toc_report *rp, const char *objective);
static void say_notes(toc_report *rp, const char *objective);
static void say_drafts(toc_report *rp, const toc_findings *f, const char *objective,
                       bool is_strength);
static void count(const toc_report *rp, const char *objective, tally *t);
static bool is_of(const char *objective, const char *id);
static bool is_theirs(const toc_report *rp, const toc_objective *objective);
static bool shows_note(const toc_report *rp, const char *team);

void toc_report_objectives(toc_report *rp)
{
    toc_paper_section(rp->paper, "objectives", "Objectives");
    if (!rp->plan) {
        toc_paper_say(
            rp->paper,
            "The scenario in this recording does not load, so what it was to show is not known.");
        return;
    }
    if (rp->plan->objective_count == 0) {
        toc_paper_say(rp->paper, "The scenario names no objectives.");
        return;
    }
    toc_findings f;
    toc_findings_of(&f, rp);
    say_requirements(rp);
    // By requirement, each with its first objective; those without one last.
    for (size_t i = 0; i < rp->plan->objective_count; i++) {
        const char *capability = rp->plan->objectives[i].capability;
        bool is_first = capability != NULL;
        for (size_t k = 0; k < i && is_first; k++)
            is_first = !is_of(rp->plan->objectives[k].capability, capability);
        for (size_t k = i; k < rp->plan->objective_count && is_first; k++)
            if (is_of(rp->plan->objectives[k].capability, capability))
                say_objective(rp, &f, k);
    }
    for (size_t i = 0; i < rp->plan->objective_count; i++)
        if (!rp->plan->objectives[i].capability)
            say_objective(rp, &f, i);
    toc_report_findings_fini(&f);
}

// ---- requirements ----------------------------------------------------------------------------------------

static void say_requirements(toc_report *rp)
{
    bool is_begun = false;
    for (size_t i = 0; i < rp->plan->objective_count; i++) {
        const char *capability = rp->plan->objectives[i].capability;
        bool is_first = capability != NULL;
        for (size_t k = 0; k < i && is_first; k++)
            is_first = !is_of(rp->plan->objectives[k].capability, capability);
        if (!is_first)
            continue;
        if (!is_begun) {
            toc_paper_heading(rp->paper, "requirements", "By baseline requirement");
            toc_paper_table(
                rp->paper, "requirements",
                "Expected actions and ratings, added up over the objectives of a requirement",
                "Requirement|Objectives|Met>|Late>|Not observed>|Not exercised>|Ratings");
        }
        is_begun = true;
        say_requirement_row(rp, capability);
    }
}

static void say_requirement_row(toc_report *rp, const char *capability)
{
    toc_buf words = {0}, objectives = {0}, ratings = {0}, id = {0};
    tally t = {0};
    for (size_t i = 0; i < rp->plan->objective_count; i++) {
        const toc_objective *objective = &rp->plan->objectives[i];
        if (!is_of(objective->capability, capability) || !is_theirs(rp, objective))
            continue;
        count(rp, objective->id, &t);
        toc_buf_str(&objectives, objectives.len ? ", " : "");
        toc_buf_clear(&id);
        toc_buf_printf(&id, "objective-%s", objective->id);
        toc_paper_to(&objectives, toc_buf_text(&id), objective->id);
        for (size_t k = 0; k < rp->review.rating_count; k++) {
            const toc_review_rating *rating = &rp->review.ratings[k];
            if (!is_of(rating->objective, objective->id) || !shows_note(rp, rating->team))
                continue;
            toc_buf_str(&ratings, ratings.len ? " " : "");
            toc_paper_foreign(&ratings, rating->rating);
        }
    }
    if (objectives.len > 0) {
        toc_paper_row(rp->paper, NULL);
        toc_report_text(rp, &words, capability);
        toc_paper_cell(rp->paper, toc_buf_text(&words));
        toc_paper_cell(rp->paper, toc_buf_text(&objectives));
        const size_t counts[] = {t.met, t.late, t.missed, t.not_exercised};
        for (size_t k = 0; k < TOC_COUNT(counts); k++)
            toc_paper_cellf(rp->paper, "%zu", counts[k]);
        toc_paper_cell(rp->paper, ratings.len   ? toc_buf_text(&ratings)
                                  : rp->o->team ? "none of this team alone"
                                                : "not rated");
    }
    toc_buf_fini(&words);
    toc_buf_fini(&objectives);
    toc_buf_fini(&ratings);
    toc_buf_fini(&id);
}

// ---- one objective -----------------------------------------------------------------------------------------

static void say_objective(toc_report *rp, const toc_findings *f, size_t i)
{
    const toc_objective *objective = &rp->plan->objectives[i];
    toc_buf id = {0}, words = {0};
    tally t = {0};
    if (!is_theirs(rp, objective))
        return;
    count(rp, objective->id, &t);
    toc_buf_printf(&id, "objective-%s", objective->id);
    toc_paper_foreign(&words, objective->id);
    toc_buf_str(&words, ": ");
    toc_report_text(rp, &words, objective->text);
    toc_paper_heading(rp->paper, toc_buf_text(&id), toc_buf_text(&words));
    say_facts(rp, objective);
    say_touched(rp, &t);
    say_actions(rp, objective->id);
    say_decisions(rp, objective->id);
    say_ratings(rp, objective->id);
    say_notes(rp, objective->id);
    say_drafts(rp, f, objective->id, true);
    say_drafts(rp, f, objective->id, false);
    toc_buf_fini(&id);
    toc_buf_fini(&words);
}

static void say_facts(toc_report *rp, const toc_objective *objective)
{
    toc_buf words = {0};
    if (objective->capability) {
        toc_report_text(rp, &words, objective->capability);
        toc_paper_fact(rp->paper, "Baseline requirement", toc_buf_text(&words));
        toc_buf_clear(&words);
    }
    for (size_t i = 0; i < objective->team_count; i++) {
        const char *team = rp->plan->teams[objective->teams[i]].id;
        if (rp->o->team && strcmp(rp->o->team, team) != 0)
            continue;
        toc_buf_str(&words, words.len ? ", " : "");
        toc_report_who(rp, &words, team);
    }
    if (words.len > 0)
        toc_paper_fact(rp->paper, "Teams", toc_buf_text(&words));
    toc_buf_fini(&words);
}

// What nothing touched is not exercised; that is no fault of anybody who played.
static void say_touched(toc_report *rp, const tally *t)
{
    if (t->met + t->late + t->missed + t->decisions + t->ratings + t->notes > 0)
        return;
    if (t->injects == 0)
        toc_paper_say(rp->paper, "Not exercised: play never came to anything that belongs to it.");
    else
        toc_paper_sayf(rp->paper,
                       "Not exercised, as far as the recording shows: %zu %s of it went out, but "
                       "no action or decision of it came up, "
                       "and nobody noted or rated anything.",
                       t->injects, t->injects == 1 ? "inject" : "injects");
}

static void say_actions(toc_report *rp, const char *objective)
{
    bool is_begun = false;
    for (size_t i = 0; i < rp->review.action_count; i++) {
        const toc_review_action *a = &rp->review.actions[i];
        if (!is_of(a->objective, objective) || !toc_report_is_team(rp, a->team))
            continue;
        if (!is_begun)
            toc_paper_table(rp->paper, "expected-actions", "Expected actions",
                            "Action|Team|What was expected|Due|How it went|At|What shows it");
        is_begun = true;
        say_action(rp, a);
    }
}

static void say_action(toc_report *rp, const toc_review_action *a)
{
    toc_buf words = {0}, outcome = {0};
    toc_paper_row(rp->paper, NULL);
    toc_paper_foreign(&words, a->id);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_who(rp, &words, a->team);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_text(rp, &words, a->text);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_when(rp, &words, a->deadline);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_tone tone = toc_report_outcome(&outcome, a);
    toc_paper_tone(&words, tone, toc_buf_text(&outcome));
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_buf_str(&words, a->is_marked && a->at >= 0 ? "marked " : "");
    toc_report_when(rp, &words, a->at);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    bool is_by_engine = a->by && (strcmp(a->by, "condition") == 0 || strcmp(a->by, "script") == 0);
    if (a->by && strcmp(a->by, "product") == 0) {
        toc_buf_str(&words, "the product, handed in");
    } else if (is_by_engine) {
        toc_buf_str(&words, "the engine, by the scenario's condition");
    } else if (a->by) {
        toc_report_person(rp, &words, a->by, a->seq);
        toc_buf_str(&words, ", who marked it");
    }
    if (toc_report_has_words(a->mark_text) && !rp->o->team) {
        toc_buf_str(&words, ": ");
        toc_report_quoted(rp, &words, a->mark_text);
    }
    toc_report_evidence(rp, &words, (int64_t[]){a->by ? a->cause_seq : a->overdue_seq, a->seq}, 2);
    toc_report_lacking(rp, &words, a);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
    toc_buf_fini(&outcome);
}

static void say_decisions(toc_report *rp, const char *objective)
{
    for (size_t i = 0; i < rp->review.decision_count; i++) {
        const toc_review_decision *d = &rp->review.decisions[i];
        if (!is_of(d->objective, objective) || !toc_report_is_team(rp, d->team))
            continue;
        toc_buf words = {0}, id = {0};
        toc_buf_str(&words, "Decision ");
        toc_buf_printf(&id, "decision-%s", d->id);
        if (d->ask_seq)
            toc_paper_to(&words, toc_buf_text(&id), d->id);
        else
            toc_paper_foreign(&words, d->id);
        toc_buf_str(&words, ", ");
        toc_report_who(rp, &words, d->team);
        toc_buf_str(&words, ", \"");
        toc_report_text(rp, &words, d->title);
        toc_buf_str(&words, !d->ask_seq                        ? "\": play never came to it"
                            : d->is_overdue || !d->settled_seq ? "\": not answered in time"
                            : d->is_for_team                   ? "\": EXCON decided: "
                                                               : "\": decided: ");
        if (d->ask_seq && d->settled_seq && !d->is_overdue)
            toc_report_answer(rp, &words, d);
        toc_report_evidence(rp, &words, &d->settled_seq, 1);
        toc_paper_item(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
        toc_buf_fini(&id);
    }
}

static void say_ratings(toc_report *rp, const char *objective)
{
    bool is_begun = false;
    for (size_t i = 0; i < rp->review.rating_count; i++) {
        const toc_review_rating *rating = &rp->review.ratings[i];
        if (!is_of(rating->objective, objective) || !shows_note(rp, rating->team))
            continue;
        if (!is_begun)
            toc_paper_table(rp->paper, "ratings",
                            "Ratings, by people; side by side, never averaged",
                            "Objective|Team|By|Rating|In words|Note");
        is_begun = true;
        toc_buf words = {0};
        toc_paper_row(rp->paper, NULL);
        toc_paper_foreign(&words, rating->objective);
        toc_paper_cell(rp->paper, toc_buf_text(&words));
        toc_buf_clear(&words);
        if (rating->team)
            toc_report_who(rp, &words, rating->team);
        toc_paper_cell(rp->paper, rating->team ? toc_buf_text(&words) : "all");
        toc_buf_clear(&words);
        toc_report_person(rp, &words, rating->by, rating->seq);
        toc_report_evidence(rp, &words, &rating->seq, 1);
        toc_paper_cell(rp->paper, toc_buf_text(&words));
        toc_buf_clear(&words);
        toc_paper_foreign(&words, rating->rating);
        toc_paper_cell(rp->paper, toc_buf_text(&words));
        toc_paper_cell(rp->paper, toc_report_rating_words(rating->rating));
        toc_buf_clear(&words);
        toc_report_text(rp, &words, rating->text);
        toc_paper_cell(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
    }
}

static void say_notes(toc_report *rp, const char *objective)
{
    for (size_t i = 0; i < rp->review.note_count; i++) {
        const toc_review_note *n = &rp->review.notes[i];
        if (!is_of(n->objective, objective) || !shows_note(rp, n->team))
            continue;
        const char *about = n->expectation ? n->expectation : n->decision ? n->decision : n->inject;
        toc_buf words = {0};
        toc_buf_str(&words, "Observed ");
        toc_report_when(rp, &words, n->occurred >= 0 ? n->occurred : n->t);
        toc_buf_str(&words, " by ");
        toc_report_person(rp, &words, n->by, n->seq);
        if (n->team) {
            toc_buf_str(&words, ", about ");
            toc_report_who(rp, &words, n->team);
        }
        if (about) {
            toc_buf_str(&words, ", on ");
            toc_paper_foreign(&words, about);
        }
        toc_buf_str(&words, ": ");
        toc_report_quoted(rp, &words, n->text);
        toc_report_evidence(rp, &words, (int64_t[]){n->seq, n->about}, 2);
        toc_paper_item(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
    }
}

static void say_drafts(toc_report *rp, const toc_findings *f, const char *objective,
                       bool is_strength)
{
    bool is_begun = false;
    for (size_t i = 0; i < f->count; i++) {
        if (f->at[i].is_strength != is_strength || !is_of(f->at[i].objective, objective))
            continue;
        if (!is_begun)
            toc_paper_say(rp->paper, is_strength
                                         ? "Strengths (drafts from the recording):"
                                         : "Areas for improvement (drafts from the recording):");
        is_begun = true;
        toc_buf words = {0};
        if (f->at[i].team) {
            toc_report_who(rp, &words, f->at[i].team);
            toc_buf_str(&words, ": ");
        }
        toc_buf_str(&words, f->at[i].words);
        toc_paper_item(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
    }
}

// ---- what belongs to it ---------------------------------------------------------------------------------------

static void count(const toc_report *rp, const char *objective, tally *t)
{
    const toc_review *v = &rp->review;
    for (size_t i = 0; i < v->action_count; i++) {
        const toc_review_action *a = &v->actions[i];
        if (!is_of(a->objective, objective) || !toc_report_is_team(rp, a->team))
            continue;
        if (!toc_report_is_exercised(a))
            t->not_exercised++;
        else if (strcmp(a->state, "met") == 0)
            t->met++;
        else if (strcmp(a->state, "late") == 0)
            t->late++;
        else
            t->missed++;
    }
    for (size_t i = 0; i < v->decision_count; i++)
        t->decisions += v->decisions[i].ask_seq && is_of(v->decisions[i].objective, objective) &&
                        toc_report_is_team(rp, v->decisions[i].team);
    for (size_t i = 0; i < v->rating_count; i++)
        t->ratings +=
            is_of(v->ratings[i].objective, objective) && shows_note(rp, v->ratings[i].team);
    for (size_t i = 0; i < v->note_count; i++)
        t->notes += is_of(v->notes[i].objective, objective) && shows_note(rp, v->notes[i].team);
    for (size_t i = 0; i < v->inject_count; i++)
        t->injects += v->injects[i].sent_seq && is_of(v->injects[i].objective, objective) &&
                      toc_report_shows(rp, v->injects[i].sent_seq);
}

static bool is_of(const char *objective, const char *id)
{
    return objective && strcmp(objective, id) == 0;
}

static bool is_theirs(const toc_report *rp, const toc_objective *objective)
{
    for (size_t i = 0; rp->o->team && i < objective->team_count; i++)
        if (strcmp(rp->plan->teams[objective->teams[i]].id, rp->o->team) == 0)
            return true;
    for (size_t i = 0; rp->o->team && i < rp->review.action_count; i++)
        if (is_of(rp->review.actions[i].objective, objective->id) &&
            toc_report_is_team(rp, rp->review.actions[i].team))
            return true;
    return !rp->o->team;
}

// What evaluators wrote goes to a team only if it is about that team and no other.
static bool shows_note(const toc_report *rp, const char *team)
{
    return !rp->o->team || (team && strcmp(team, rp->o->team) == 0);
}
