// SPDX-License-Identifier: MIT
// What a survey found: each with its place, one line of text, and a path that shows it.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "survey_inside.h"

static toc_finding *add(toc_surveying *v, toc_found kind, const char *subject, char *text,
                        const toc_place *place, size_t path, size_t count);
static void doubt(toc_finding *f, const char *why);
static void add_troubles(toc_surveying *v);
static void add_ends(toc_surveying *v);
static void add_injects(toc_surveying *v);
static void add_parts(toc_surveying *v);
static void add_actions(toc_surveying *v);
static void add_decisions(toc_surveying *v);
static void add_options(toc_surveying *v, size_t i);
static void add_world(toc_surveying *v);
static void add_objectives(toc_surveying *v);
static void add_loads(toc_surveying *v);
static void drop_uncertain(toc_survey *s);
static int by_kind(const void *a, const void *b);

static const struct {
    const char *name;
    bool is_error;
    bool needs_all; // it can only be said when all paths were played
} rows[TOC_FOUND_COUNT] = {
    [TOC_FOUND_ERROR] = {"script error", true, false},
    [TOC_FOUND_NO_ENDEX] = {"no ENDEX", true, false},
    [TOC_FOUND_PLAN] = {"plan", true, false},
    [TOC_FOUND_DEADLOCK] = {"deadlock", true, true},
    [TOC_FOUND_NEVER_SENT] = {"never sent", true, true},
    [TOC_FOUND_NEVER_TRUE] = {"never true", true, true},
    [TOC_FOUND_ALWAYS_TRUE] = {"always true", true, true},
    [TOC_FOUND_NEVER_MET] = {"never met", true, true},
    [TOC_FOUND_MET_IDLE] = {"met by itself", false, true},
    [TOC_FOUND_NEVER_ASKED] = {"never asked", true, true},
    [TOC_FOUND_NEVER_TAKEN] = {"never taken", true, true},
    [TOC_FOUND_OPEN_END] = {"open at ENDEX", true, false},
    [TOC_FOUND_NO_EFFECT] = {"no effect", false, true},
    [TOC_FOUND_NEVER_ENTERED] = {"never entered", true, true},
    [TOC_FOUND_NEVER_STARTED] = {"never started", true, true},
    [TOC_FOUND_NEVER_ENDS] = {"never ends", false, true},
    [TOC_FOUND_BEHIND_END] = {"after ENDEX", false, false},
    [TOC_FOUND_NO_EVIDENCE] = {"not exercised", false, false},
    [TOC_FOUND_LOAD] = {"load", false, false},
    [TOC_FOUND_REFUSED] = {"refused", false, false},
};

const char *toc_found_name(toc_found f)
{
    return rows[f].name;
}

bool toc_found_is_error(toc_found f)
{
    return rows[f].is_error;
}

void toc_findings_make(toc_surveying *v)
{
    add_troubles(v);
    add_ends(v);
    add_injects(v);
    add_parts(v);
    add_actions(v);
    add_decisions(v);
    add_world(v);
    add_objectives(v);
    add_loads(v);
    if (v->out->is_interrupted)
        drop_uncertain(v->out);
    if (v->out->finding_count > 1)
        qsort(v->out->findings, v->out->finding_count, sizeof *v->out->findings, by_kind);
}

// Takes text.
static toc_finding *add(toc_surveying *v, toc_found kind, const char *subject, char *text,
                        const toc_place *place, size_t path, size_t count)
{
    toc_survey *s = v->out;
    TOC_GROW(s->findings, s->finding_count, v->finding_capacity);
    toc_finding *f = &s->findings[s->finding_count++];
    *f = (toc_finding){.kind = kind,
                       .subject = toc_strdup(subject),
                       .text = text,
                       .file = toc_strdup(place && place->file ? place->file : ""),
                       .line = place ? place->line : 0,
                       .path = path,
                       .plan = TOC_NONE,
                       .count = count,
                       .is_error = rows[kind].is_error};
    return f;
}

// It is for planners to weigh, if there is a reason for doubt.
static void doubt(toc_finding *f, const char *why)
{
    if (!why)
        return;
    char *text = toc_sprintf("%s; not certain: %s", f->text, why);
    free(f->text);
    f->text = text;
    f->is_error = false;
}

// The ordinary path shows what comes instead.
static size_t ordinary(const toc_surveying *v)
{
    return v->paths > 0 ? 0 : TOC_NONE;
}

// "scenario.lua:12: …" somewhere in an error's text.
static void place_of_error(toc_finding *f)
{
    const char *end = strstr(f->text, ".lua:");
    if (!end)
        return;
    const char *from = end;
    while (from > f->text && !strchr(" \"'(", from[-1]))
        from--;
    free(f->file);
    f->file = toc_strndup(from, (size_t)(end + 4 - from));
    f->line = (int)strtol(end + 5, NULL, 10);
}

static const toc_place *place_of(const toc_surveying *v, const char *subject)
{
    size_t inject = toc_plan_inject(v->plan, subject);
    size_t service = toc_plan_service(v->plan, subject);
    return inject != TOC_NONE    ? &v->plan->injects[inject].place
           : service != TOC_NONE ? &v->plan->services[service].place
                                 : NULL;
}

// One that other paths stay or get out of may be what a choice was meant to bring about.
static void tell_deadlock(const toc_surveying *v, toc_finding *f, const toc_trouble_tally *t)
{
    bool is_all = t->count == v->paths;
    if (t->count == 0)
        return;
    toc_buf text = {0};
    toc_buf_printf(&text, "on %zu of %zu paths", t->count, v->paths);
    if (t->lasting > 0 && t->lasting < t->count)
        toc_buf_printf(&text, ", on %zu of them until the end", t->lasting);
    else
        toc_buf_str(&text, t->lasting > 0 ? ", until the end" : ", for a time");
    toc_buf_printf(&text, ": %s", f->text);
    free(f->text);
    f->text = toc_buf_take(&text);
    f->path = t->lasting > 0 ? t->lasting_first : t->first;
    f->is_error = is_all || (t->lasting > 0 && t->lasting_first == 0);
}

static void add_troubles(toc_surveying *v)
{
    for (size_t i = 0; i < v->trouble_count; i++) {
        const toc_trouble_tally *t = &v->troubles[i];
        toc_finding *f = add(v, t->kind, t->subject, toc_strdup(t->text), place_of(v, t->subject),
                             t->first, t->count);
        if (t->count == 0)
            f->plan = t->plan;
        if (t->kind == TOC_FOUND_ERROR)
            place_of_error(f);
        if (t->kind == TOC_FOUND_DEADLOCK)
            tell_deadlock(v, f, t);
    }
}

static void add_ends(toc_surveying *v)
{
    const toc_plan *plan = v->plan;
    if (v->stopped > 0)
        add(v, TOC_FOUND_NO_ENDEX, plan->id,
            toc_sprintf("play does not come to ENDEX on %zu of %zu paths: it stands still, or "
                        "takes more than %d steps, %d within a minute of play (a storyline "
                        "that wakes after a few milliseconds, again and again?)",
                        v->stopped, v->paths, TOC_PLAY_STEPS, TOC_PLAY_STEPS_MINUTE),
            &plan->place, v->stopped_first, v->stopped);
    size_t unfinished = v->endex - v->finished;
    if (v->finished > 0 && unfinished > 0)
        add(v, TOC_FOUND_NO_ENDEX, plan->id,
            toc_sprintf("only the exercise's length ends %zu of %zu paths; on the others a "
                        "storyline finishes it: right, if that is meant",
                        unfinished, v->paths),
            &plan->place, v->unfinished_first, unfinished)
            ->is_error = false;
}

// The inject that another one follows, however many are between.
static const char *first_of(const toc_surveying *v, size_t inject)
{
    const toc_inject *all = v->plan->injects;
    for (size_t n = 0; all[inject].at.kind == TOC_AT_AFTER && n < v->plan->inject_count; n++)
        inject = all[inject].at.inject;
    return all[inject].id;
}

static void add_injects(toc_surveying *v)
{
    for (size_t i = 0; i < v->plan->inject_count; i++) {
        const toc_inject *plan = &v->plan->injects[i];
        if (v->behind[i].count > 0)
            add(v, TOC_FOUND_BEHIND_END, plan->id,
                toc_sprintf("%s \"%s\" is not sent on %zu of %zu paths: it would come after ENDEX",
                            plan->id, plan->title, v->behind[i].count, v->paths),
                &plan->place, v->behind[i].first, v->behind[i].count);
        // EXCON can send it by hand at any time, if the exercise only lasts.
        if (toc_tally_is_seen(&v->out->injects[i]) || v->atlas->is_by_hand[i])
            continue;
        toc_buf text = {0};
        toc_buf_printf(&text, "%s \"%s\" is sent on none of %zu paths", plan->id, plan->title,
                       v->paths);
        toc_cause_unsent(v, plan->id, &text);
        doubt(add(v, TOC_FOUND_NEVER_SENT, plan->id, toc_buf_take(&text), &plan->place, ordinary(v),
                  v->paths),
              toc_doubt(v, first_of(v, i), TOC_NONE));
    }
}

static void add_parts(toc_surveying *v)
{
    for (size_t i = 0; i < v->out->condition_count; i++) {
        toc_scenario_part part = toc_scenario_part_at(v->scenario, i);
        toc_place place = {.file = (char *)part.file, .line = part.line};
        const toc_tally *t = &v->out->conditions[i];
        bool is_storyline = part.kind == TOC_SCENARIO_STORYLINE;
        if (!toc_tally_is_seen(t)) {
            toc_buf text = {0};
            if (is_storyline)
                toc_buf_printf(&text, "storyline \"%s\" reaches its end on none of %zu paths",
                               part.name, v->paths);
            else
                toc_buf_printf(&text, "%s %s on none of %zu paths", part.name,
                               part.kind == TOC_SCENARIO_WHEN ? "comes true" : "runs", v->paths);
            doubt(add(v, is_storyline ? TOC_FOUND_NEVER_ENDS : TOC_FOUND_NEVER_TRUE, part.name,
                      toc_buf_take(&text), &place, ordinary(v), v->paths),
                  is_storyline ? NULL : toc_doubt(v, NULL, i));
        } else if (part.kind == TOC_SCENARIO_WHEN && v->at_once[i] == v->paths) {
            add(v, TOC_FOUND_ALWAYS_TRUE, part.name,
                toc_sprintf("%s is true at STARTEX already, on every path: it waits for nothing",
                            part.name),
                &place, t->first, v->paths);
        }
    }
}

static void add_actions(toc_surveying *v)
{
    for (size_t i = 0; i < v->plan->expectation_count; i++) {
        const toc_expectation *plan = &v->plan->expectations[i];
        const toc_action_tally *a = &v->actions[i];
        if (a->opened + a->planned == 0)
            add(v, TOC_FOUND_NEVER_MET, plan->id,
                toc_sprintf("%s never has a deadline: what it is counted from happens on none of "
                            "%zu paths",
                            plan->id, v->paths),
                &plan->place, ordinary(v), v->paths);
        else if (plan->has_condition && !plan->product &&
                 a->by_condition + a->planned_by_condition == 0)
            doubt(add(v, TOC_FOUND_NEVER_MET, plan->id,
                      toc_sprintf(
                          "%s is never met by its condition, whatever the players do: EXCON had "
                          "to mark it on %zu paths",
                          plan->id, a->marked),
                      &plan->place, a->marked > 0 ? a->marked_first : ordinary(v), a->opened),
                  toc_doubt_at(v, &plan->place));
        if (a->idle > 0 && a->unmet == 0)
            add(v, TOC_FOUND_MET_IDLE, plan->id,
                toc_sprintf("%s is met by its condition on every path, even where nobody does it",
                            plan->id),
                &plan->place, a->idle_first, a->idle);
    }
}

static void add_decisions(toc_surveying *v)
{
    for (size_t i = 0; i < v->plan->decision_count; i++) {
        const toc_decision *plan = &v->plan->decisions[i];
        const toc_decision_tally *d = &v->decisions[i];
        if (!toc_tally_is_seen(&v->out->decisions[i])) {
            doubt(add(v, TOC_FOUND_NEVER_ASKED, plan->id,
                      toc_sprintf("%s \"%s\" is asked on none of %zu paths", plan->id, plan->title,
                                  v->paths),
                      &plan->place, ordinary(v), v->paths),
                  toc_doubt(v, plan->id, TOC_NONE));
            continue;
        }
        add_options(v, i);
        if (d->open_at_end > 0)
            add(v, TOC_FOUND_OPEN_END, plan->id,
                toc_sprintf("%s is still open at ENDEX when nobody answers: its deadline is after "
                            "the exercise",
                            plan->id),
                &plan->place, d->open_first, d->open_at_end);
        if (toc_context_is_open(v, i))
            add(v, TOC_FOUND_NO_EFFECT, plan->id,
                toc_sprintf("%s changes nothing: what is sent and done after it is the same for "
                            "all its options",
                            plan->id),
                &plan->place, d->first, d->compared);
    }
}

static void add_options(toc_surveying *v, size_t i)
{
    const toc_decision *plan = &v->plan->decisions[i];
    for (size_t k = 0; k < plan->option_count; k++) {
        if (toc_tally_is_seen(&v->out->options[i][k]))
            continue;
        add(v, TOC_FOUND_NEVER_TAKEN, plan->id,
            toc_sprintf("%s cannot be answered with %s: it is asked, but not open long enough",
                        plan->id, plan->options[2 * k]),
            &plan->place, v->out->decisions[i].first, v->out->decisions[i].count);
    }
}

static void add_world(toc_surveying *v)
{
    for (size_t i = 0; i < v->plan->phase_count; i++)
        if (!toc_tally_is_seen(&v->out->phases[i]))
            doubt(add(v, TOC_FOUND_NEVER_ENTERED, v->plan->phases[i].id,
                      toc_sprintf("phase %s is entered on none of %zu paths", v->plan->phases[i].id,
                                  v->paths),
                      &v->plan->phases[i].place, ordinary(v), v->paths),
                  v->plan->phases[i].at.kind == TOC_AT_NEVER
                      ? "EXCON can enter it, and does not in a rehearsal: a plan in plans/ can "
                        "show it"
                      : NULL);
    for (size_t i = 0; i < v->plan->model.repair_count; i++) {
        const char *id = v->plan->model.repairs[i].id;
        toc_place place = toc_place_named(v, id);
        if (!toc_tally_is_seen(&v->out->repairs[i]))
            doubt(add(v, TOC_FOUND_NEVER_STARTED, id,
                      toc_sprintf("repair %s is started on none of %zu paths", id, v->paths),
                      &place, ordinary(v), v->paths),
                  toc_doubt(v, id, TOC_NONE));
    }
}

static void add_objectives(toc_surveying *v)
{
    for (size_t i = 0; i < v->plan->objective_count; i++) {
        const toc_objective *plan = &v->plan->objectives[i];
        size_t without = v->paths - v->out->objectives[i].count;
        if (without > 0)
            add(v, TOC_FOUND_NO_EVIDENCE, plan->id,
                toc_sprintf("%s is not exercised on %zu of %zu paths: no decision of it is "
                            "settled, no expected action of it comes due",
                            plan->id, without, v->paths),
                &plan->place, v->out->objectives[i].without, without);
    }
}

static void add_loads(toc_surveying *v)
{
    for (size_t i = 0; i < v->plan->team_count; i++) {
        const toc_team *plan = &v->plan->teams[i];
        const toc_peak *peak = &v->out->most_injects[i];
        if (v->loads[i] == 0)
            continue;
        toc_buf text = {0};
        toc_buf_printf(&text, "%s gets up to %zu injects in a quarter of an hour (from ", plan->id,
                       peak->injects);
        toc_play_text(&text, peak->from);
        toc_buf_printf(&text, "), more than %d on %zu of %zu paths", TOC_SURVEY_LOAD_MOST,
                       v->loads[i], v->paths);
        add(v, TOC_FOUND_LOAD, plan->id, toc_buf_take(&text), &plan->place, peak->path,
            v->loads[i]);
    }
}

// Of a survey that was interrupted: what never happened may yet.
static void drop_uncertain(toc_survey *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->finding_count; i++) {
        toc_finding *f = &s->findings[i];
        if (!rows[f->kind].needs_all) {
            s->findings[kept++] = *f;
            continue;
        }
        free(f->subject);
        free(f->text);
        free(f->file);
    }
    s->finding_count = kept;
}

static int by_kind(const void *a, const void *b)
{
    const toc_finding *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    int order = strcmp(x->file, y->file);
    if (order == 0)
        order = (x->line > y->line) - (x->line < y->line);
    if (order == 0)
        order = strcmp(x->subject, y->subject);
    return order != 0 ? order : strcmp(x->text, y->text);
}
