// SPDX-License-Identifier: MIT
// `tocsin rehearse --json`: everything the survey found. Times are play time in milliseconds.
#include <string.h>

#include "rehearse_show.h"

static void add_covered(toc_buf *b, const toc_rehearsal *r);
static void add_decisions(toc_buf *b, const toc_rehearsal *r);
static void add_parts(toc_buf *b, const toc_rehearsal *r);
static void add_load(toc_buf *b, const toc_rehearsal *r);
static void add_marks(toc_buf *b, const toc_rehearsal *r);
static void add_variations(toc_buf *b, const toc_rehearsal *r);
static void add_findings(toc_buf *b, const toc_rehearsal *r);

static void add_bool(toc_buf *b, const char *key, bool value)
{
    toc_json_key(b, key);
    toc_buf_str(b, value ? "true" : "false");
}

static void add_path(toc_buf *b, const char *key, const toc_survey *s, size_t path)
{
    if (path != TOC_NONE)
        toc_json_put_str(b, key, toc_survey_path(s, path));
}

static void begin(toc_buf *b, const char *key)
{
    toc_json_key(b, key);
    toc_buf_char(b, '[');
}

static void next(toc_buf *b, size_t i)
{
    toc_buf_str(b, i ? ",\n{" : "\n{");
}

void toc_rehearse_json(toc_buf *out, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    size_t errors = toc_rehearsal_errors(r);
    toc_buf_str(out, "{\"schema\":\"tocsin.rehearse/1\"");
    toc_json_put_str(out, "exercise", r->plan->id);
    toc_json_put_str(out, "marking", r->plan->marking);
    toc_json_put_str(out, "strategy", toc_strategy_name(s->strategy));
    toc_json_put_int(out, "seed", (int64_t)s->seed);
    toc_json_put_int(out, "path_count", (int64_t)s->path_count);
    toc_json_put_int(out, "combined_count", (int64_t)s->combined_count);
    toc_json_put_int(out, "drawn_count", (int64_t)s->drawn_count);
    add_bool(out, "is_capped", s->is_capped);
    add_bool(out, "is_interrupted", s->is_interrupted);
    if (s->at_least > 0 && s->at_least < 9e15)
        toc_json_put_int(out, "at_least", (int64_t)s->at_least);
    toc_json_put_int(out, "error_count", (int64_t)errors);
    toc_json_put_int(out, "warning_count", (int64_t)(r->finding_count - errors));
    toc_json_put_int(out, "plans_played", (int64_t)r->plans_played);
    toc_json_put_int(out, "plans_good", (int64_t)r->plans_good);
    toc_json_put_int(out, "ended", (int64_t)s->ended);
    if (s->ended > 0) {
        toc_json_put_int(out, "endex_first", s->endex_first);
        toc_json_put_int(out, "endex_median", s->endex_median);
        toc_json_put_int(out, "endex_last", s->endex_last);
    }
    add_findings(out, r);
    toc_json_key(out, "coverage");
    toc_buf_char(out, '{');
    add_covered(out, r);
    add_decisions(out, r);
    add_parts(out, r);
    toc_buf_char(out, '}');
    add_load(out, r);
    add_marks(out, r);
    add_variations(out, r);
    toc_buf_str(out, "}\n");
}

static void add_tally(toc_buf *b, const toc_survey *s, const toc_tally *t)
{
    toc_json_put_int(b, "paths", (int64_t)t->count);
    if (t->plans > 0)
        toc_json_put_int(b, "plans", (int64_t)t->plans);
    add_path(b, "with", s, t->first);
    add_path(b, "without", s, t->without);
    toc_buf_char(b, '}');
}

static void add_place(toc_buf *b, const toc_place *place)
{
    if (!place->file)
        return;
    toc_json_put_str(b, "file", place->file);
    toc_json_put_int(b, "line", place->line);
}

// A list of things that have an id and a place, each with its tally.
typedef struct {
    const char *key;
    const toc_tally *tallies;
    size_t count, size, id, place; // place: offset, or TOC_NONE
    const void *items;
} listed;

static void add_list(toc_buf *b, const toc_survey *s, const listed *l)
{
    begin(b, l->key);
    for (size_t i = 0; l->tallies && i < l->count; i++) {
        const char *item = (const char *)l->items + i * l->size;
        next(b, i);
        toc_json_put_str(b, "id", *(char *const *)(const void *)(item + l->id));
        if (l->place != TOC_NONE)
            add_place(b, (const toc_place *)(const void *)(item + l->place));
        add_tally(b, s, &l->tallies[i]);
    }
    toc_buf_char(b, ']');
}

static void add_covered(toc_buf *b, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    const toc_plan *p = r->plan;
    const listed lists[] = {
        {"injects", s->injects, p->inject_count, sizeof *p->injects, offsetof(toc_inject, id),
         offsetof(toc_inject, place), p->injects},
        {"actions", s->actions, p->expectation_count, sizeof *p->expectations,
         offsetof(toc_expectation, id), offsetof(toc_expectation, place), p->expectations},
        {"objectives", s->objectives, p->objective_count, sizeof *p->objectives,
         offsetof(toc_objective, id), offsetof(toc_objective, place), p->objectives},
        {"phases", s->phases, p->phase_count, sizeof *p->phases, offsetof(toc_phase, id),
         offsetof(toc_phase, place), p->phases},
        {"repairs", s->repairs, p->model.repair_count, sizeof *p->model.repairs,
         offsetof(toc_repair, id), TOC_NONE, p->model.repairs},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        add_list(b, s, &lists[i]);
    toc_json_key(b, "black_starts");
    toc_buf_char(b, '{');
    add_tally(b, s, &s->black_starts);
    toc_json_put_int(b, "deadlock_paths", (int64_t)s->deadlocks);
}

static void add_decisions(toc_buf *b, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    begin(b, "decisions");
    for (size_t i = 0; s->decisions && i < r->plan->decision_count; i++) {
        const toc_decision *d = &r->plan->decisions[i];
        next(b, i);
        toc_json_put_str(b, "id", d->id);
        add_place(b, &d->place);
        toc_json_put_int(b, "unanswered", (int64_t)s->unanswered[i].count);
        begin(b, "options");
        for (size_t k = 0; k < d->option_count; k++) {
            next(b, k);
            toc_json_put_str(b, "option", d->options[2 * k]);
            add_tally(b, s, &s->options[i][k]);
        }
        toc_buf_char(b, ']');
        add_tally(b, s, &s->decisions[i]);
    }
    toc_buf_char(b, ']');
}

static void add_parts(toc_buf *b, const toc_rehearsal *r)
{
    static const char *const kinds[] = {"storyline", "when", "on"};
    const toc_survey *s = r->survey;
    begin(b, "conditions");
    for (size_t i = 0; s->conditions && i < r->part_count && i < s->condition_count; i++) {
        const toc_scenario_part *part = &r->parts[i];
        next(b, i);
        toc_json_put_str(b, "kind", kinds[part->kind]);
        toc_json_put_str(b, "name", part->name);
        toc_json_put_str(b, "file", part->file);
        toc_json_put_int(b, "line", part->line);
        add_tally(b, s, &s->conditions[i]);
    }
    toc_buf_char(b, ']');
}

static void add_peak(toc_buf *b, const char *key, const toc_survey *s, const toc_peak *peak)
{
    toc_json_key(b, key);
    toc_buf_char(b, '{');
    toc_json_put_int(b, "from", peak->from);
    toc_json_put_int(b, "injects", (int64_t)peak->injects);
    toc_json_put_int(b, "words", (int64_t)peak->words);
    add_path(b, "path", s, peak->path);
    toc_buf_char(b, '}');
}

static void add_load(toc_buf *b, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    begin(b, "load");
    for (size_t i = 0; s->most_injects && s->most_words && i < r->plan->team_count; i++) {
        next(b, i);
        toc_json_put_str(b, "team", r->plan->teams[i].id);
        add_peak(b, "most_injects", s, &s->most_injects[i]);
        add_peak(b, "most_words", s, &s->most_words[i]);
        toc_buf_char(b, '}');
    }
    toc_buf_char(b, ']');
}

static void add_marks(toc_buf *b, const toc_rehearsal *r)
{
    static const char *const kinds[] = {"inject", "decision", "action", "endex"};
    const toc_plan *p = r->plan;
    begin(b, "marks");
    for (size_t i = 0; i < r->survey->mark_count; i++) {
        const toc_mark *m = &r->survey->marks[i];
        next(b, i);
        toc_json_put_int(b, "t", m->t);
        toc_json_put_str(b, "kind", kinds[m->kind]);
        if (m->kind == TOC_MARK_INJECT)
            toc_json_put_str(b, "id", p->injects[m->index].id);
        else if (m->kind == TOC_MARK_DECISION)
            toc_json_put_str(b, "id", p->decisions[m->index].id);
        else if (m->kind == TOC_MARK_ACTION)
            toc_json_put_str(b, "id", p->expectations[m->index].id);
        if (m->kind != TOC_MARK_ENDEX)
            toc_json_put_str(b, "team", m->team == TOC_NONE ? "excon" : p->teams[m->team].id);
        toc_buf_char(b, '}');
    }
    toc_buf_char(b, ']');
}

// What comes or not: {"id":"INJ-03","t":…}. ids: where the first item has its id; items are `size` apart.
static void add_moments(toc_buf *b, const char *key, const toc_moments *m, const char *ids,
                        size_t size)
{
    if (m->count == 0)
        return;
    begin(b, key);
    for (size_t i = 0; i < m->count; i++) {
        const char *id = ids + m->at[i].index * size;
        toc_buf_str(b, i ? ",{" : "{");
        toc_json_put_str(b, "id", *(char *const *)(const void *)id);
        toc_json_put_int(b, "t", m->at[i].t);
        toc_buf_char(b, '}');
    }
    toc_buf_char(b, ']');
}

static void add_levels(toc_buf *b, const toc_plan *p, const toc_variation *v)
{
    if (v->level_count == 0)
        return;
    toc_json_put_int(b, "services_differing", (int64_t)v->level_count);
    begin(b, "levels");
    for (size_t i = 0; i < v->level_count && i < TOC_VARIATION_LEVELS; i++) {
        const toc_level_change *l = &v->levels[i];
        toc_buf_str(b, i ? ",{" : "{");
        toc_json_put_str(b, "service", p->model.services[l->service].id);
        toc_json_put_int(b, "lowest", l->lowest);
        toc_json_put_int(b, "last", l->last);
        toc_json_put_int(b, "parent_lowest", l->was_lowest);
        toc_json_put_int(b, "parent_last", l->was_last);
        toc_buf_char(b, '}');
    }
    toc_buf_char(b, ']');
}

static void add_changes(toc_buf *b, const toc_plan *p, const toc_variation *v)
{
    const char *injects = (const char *)p->injects + offsetof(toc_inject, id);
    const char *decisions = (const char *)p->decisions + offsetof(toc_decision, id);
    const char *phases = (const char *)p->phases + offsetof(toc_phase, id);
    const char *repairs = (const char *)p->model.repairs + offsetof(toc_repair, id);
    add_moments(b, "sent", &v->sent, injects, sizeof *p->injects);
    add_moments(b, "not_sent", &v->unsent, injects, sizeof *p->injects);
    add_moments(b, "asked", &v->asked, decisions, sizeof *p->decisions);
    add_moments(b, "not_asked", &v->unasked, decisions, sizeof *p->decisions);
    add_moments(b, "entered", &v->entered, phases, sizeof *p->phases);
    add_moments(b, "not_entered", &v->skipped, phases, sizeof *p->phases);
    add_moments(b, "started", &v->started, repairs, sizeof *p->model.repairs);
    add_moments(b, "not_started", &v->unstarted, repairs, sizeof *p->model.repairs);
    add_levels(b, p, v);
}

// Levels are ppm: 1,000,000 is normal.
static void add_variations(toc_buf *b, const toc_rehearsal *r)
{
    static const char *const kinds[] = {"decision", "action", "talk"};
    const toc_survey *s = r->survey;
    begin(b, "variations");
    for (size_t i = 0; i < s->variation_count; i++) {
        const toc_variation *v = &s->variations[i];
        next(b, i);
        toc_json_put_str(b, "kind", kinds[v->kind]);
        toc_json_put_str(b, "point", v->point);
        toc_json_put_str(b, "outcome", v->outcome);
        add_bool(b, "is_late", v->is_late);
        add_bool(b, "is_parent", v->is_parent);
        add_path(b, "path", s, v->path);
        add_path(b, "parent", s, v->parent);
        if (v->t >= 0)
            toc_json_put_int(b, "t", v->t);
        add_changes(b, r->plan, v);
        add_bool(b, "has_endex", v->has_endex);
        toc_json_put_int(b, "end", v->end);
        if (v->like != i)
            toc_json_put_int(b, "like", (int64_t)v->like);
        toc_buf_char(b, '}');
    }
    toc_buf_char(b, ']');
}

static void add_findings(toc_buf *b, const toc_rehearsal *r)
{
    begin(b, "findings");
    for (size_t i = 0; i < r->finding_count; i++) {
        const toc_shown *f = &r->findings[i];
        next(b, i);
        toc_json_put_str(b, "severity", f->is_error ? "error" : "warning");
        toc_json_put_str(b, "kind", toc_found_name(f->kind));
        toc_json_put_str(b, "subject", f->subject);
        toc_json_put_str(b, "message", f->text);
        if (f->file[0]) {
            toc_json_put_str(b, "file", f->file);
            toc_json_put_int(b, "line", f->line);
        }
        if (f->count > 0)
            toc_json_put_int(b, "paths", (int64_t)f->count);
        toc_json_put_str(b, "again", f->again);
        toc_buf_char(b, '}');
    }
    toc_buf_char(b, ']');
}
