// SPDX-License-Identifier: MIT
// Adding up what came of paths, in the order of their numbers. Of a path nothing is kept but its text, and
// that only if something names it.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "survey_inside.h"

struct toc_path_texts {
    struct {
        size_t path;
        char *text;
        size_t choices;
        uint64_t run_seed;
    } * at; // by path
    size_t count, capacity;
};

static bool mark(const toc_surveying *v, toc_tally *t, bool is_so, size_t path);
static bool name_simplest(const toc_surveying *v, size_t *name, size_t path);
static bool add_flags(toc_surveying *v, const toc_outcome *o, size_t path);
static bool add_decisions(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t path);
static bool add_actions(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t path);
static bool add_behind(toc_surveying *v, const toc_outcome *o, size_t path);
static bool add_parts(toc_surveying *v, const toc_outcome *o, size_t path);
static bool add_loads(toc_surveying *v, const toc_outcome *o, size_t path);
static bool add_troubles(toc_surveying *v, const toc_outcome *o, size_t path);
static bool add_end(toc_surveying *v, const toc_outcome *o, size_t path);
static toc_trouble_tally *find_trouble(toc_surveying *v, const toc_trouble *t);
static bool count_one(const toc_surveying *v, size_t *count, size_t *first, size_t path);

static toc_tally *new_tallies(size_t count)
{
    toc_tally *t = toc_alloc((count + 1) * sizeof *t);
    for (size_t i = 0; i < count; i++)
        t[i].first = t[i].without = TOC_NONE;
    return t;
}

void toc_tally_begin(toc_surveying *v)
{
    const toc_plan *plan = v->plan;
    toc_survey *s = v->out;
    s->texts = toc_alloc(sizeof *s->texts);
    s->inject_count = plan->inject_count;
    s->condition_count = toc_scenario_part_count(v->scenario);
    s->injects = new_tallies(plan->inject_count);
    s->decisions = new_tallies(plan->decision_count);
    s->unanswered = new_tallies(plan->decision_count);
    s->options = toc_alloc((plan->decision_count + 1) * sizeof *s->options);
    for (size_t i = 0; i < plan->decision_count; i++) {
        s->options[i] = new_tallies(plan->decisions[i].option_count);
        s->option_count += plan->decisions[i].option_count;
    }
    s->actions = new_tallies(plan->expectation_count);
    s->conditions = new_tallies(s->condition_count);
    s->objectives = new_tallies(plan->objective_count);
    s->phases = new_tallies(plan->phase_count);
    s->repairs = new_tallies(plan->model.repair_count);
    s->black_starts = (toc_tally){0, TOC_NONE, TOC_NONE, 0};
    s->most_injects = toc_alloc((plan->team_count + 1) * sizeof *s->most_injects);
    s->most_words = toc_alloc((plan->team_count + 1) * sizeof *s->most_words);
    v->decisions = toc_alloc((plan->decision_count + 1) * sizeof *v->decisions);
    v->actions = toc_alloc((plan->expectation_count + 1) * sizeof *v->actions);
    v->behind = toc_alloc((plan->inject_count + 1) * sizeof *v->behind);
    v->at_once = toc_alloc((s->condition_count + 1) * sizeof *v->at_once);
    v->begun = toc_alloc(s->condition_count + 1);
    v->loads = toc_alloc((plan->team_count + 1) * sizeof *v->loads);
}

// What was chosen of decisions that were not asked changes nothing.
static bool is_told(const toc_choice *c, const toc_outcome *o)
{
    return c->kind != TOC_CHOICE_DECISION || o->asked[c->index];
}

void toc_tally_add(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t path)
{
    bool is_named = path == 0;
    v->choices = 0;
    for (size_t i = 0; i < job->path.count; i++)
        v->choices += is_told(&job->path.choices[i], o);
    is_named |= add_flags(v, o, path);
    is_named |= add_decisions(v, job, o, path);
    is_named |= add_actions(v, job, o, path);
    is_named |= add_parts(v, o, path);
    is_named |= add_loads(v, o, path);
    is_named |= add_troubles(v, o, path);
    is_named |= add_end(v, o, path);
    is_named |= add_behind(v, o, path);
    is_named |= toc_variations_add(v, job, o, path);
    if (is_named)
        toc_tally_keep(v, job, o, path);
    toc_contexts_add(v, job, o, path);
}

static void see_all(toc_tally *t, const bool *flags, size_t count)
{
    for (size_t i = 0; i < count; i++)
        t[i].plans += flags[i];
}

// A storyline that finishes the exercise does not come to its own end.
static bool has_come(const toc_surveying *v, const toc_outcome *o, size_t part)
{
    return toc_scenario_part_at(v->scenario, part).kind == TOC_SCENARIO_STORYLINE
               ? o->parts[part].has_ended || part == o->finisher
               : o->parts[part].has_begun;
}

void toc_tally_plan(toc_surveying *v, const toc_outcome *o, size_t n)
{
    toc_survey *s = v->out;
    const toc_plan *plan = v->plan;
    see_all(s->injects, o->sent, plan->inject_count);
    see_all(s->decisions, o->asked, plan->decision_count);
    see_all(s->phases, o->phases, plan->phase_count);
    see_all(s->repairs, o->repairs, plan->model.repair_count);
    see_all(s->objectives, o->objectives, plan->objective_count);
    see_all(&s->black_starts, &o->has_black_start, 1);
    for (size_t i = 0; i < plan->decision_count; i++)
        for (size_t k = 0; k < plan->decisions[i].option_count; k++)
            s->options[i][k].plans += o->settled[i] == (int)k;
    for (size_t i = 0; i < plan->expectation_count; i++) {
        s->actions[i].plans += o->actions[i].state == TOC_EXPECT_MET;
        v->actions[i].planned += o->actions[i].is_open;
        v->actions[i].planned_by_condition += o->actions[i].is_by_condition;
    }
    for (size_t i = 0; i < o->part_count; i++) {
        s->conditions[i].plans += has_come(v, o, i);
        v->begun[i] = v->begun[i] || o->parts[i].has_begun;
    }
    for (size_t i = 0; i < o->trouble_count; i++) {
        // What a plan's line could not do is the plan's matter.
        toc_trouble_tally *t =
            o->troubles[i].kind == TOC_FOUND_REFUSED ? NULL : find_trouble(v, &o->troubles[i]);
        if (t && t->plan == TOC_NONE)
            t->plan = n;
    }
}

static bool all_covered(const toc_tally *t, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!toc_tally_is_seen(&t[i]))
            return false;
    return true;
}

bool toc_tally_is_covered(const toc_surveying *v)
{
    const toc_survey *s = v->out;
    for (size_t i = 0; i < v->plan->decision_count; i++)
        if (!all_covered(s->options[i], v->plan->decisions[i].option_count))
            return false;
    return all_covered(s->injects, s->inject_count) &&
           all_covered(s->conditions, s->condition_count) &&
           all_covered(s->phases, v->plan->phase_count) &&
           all_covered(s->repairs, v->plan->model.repair_count);
}

void toc_tally_finish(toc_surveying *v)
{
    toc_survey *s = v->out;
    size_t at = 0;
    s->path_count = v->paths;
    s->ended = v->endex;
    if (v->end_count == 0)
        return;
    s->endex_first = v->ends[0].t;
    s->endex_last = v->ends[v->end_count - 1].t;
    for (size_t i = 0; i < v->end_count && 2 * at < v->endex; i++) {
        at += v->ends[i].count;
        s->endex_median = v->ends[i].t;
    }
}

void toc_tally_end(toc_surveying *v)
{
    for (size_t i = 0; i < v->trouble_count; i++) {
        free(v->troubles[i].subject);
        free(v->troubles[i].text);
    }
    free(v->troubles);
    free(v->ends);
    free(v->decisions);
    free(v->contexts);
    free(v->actions);
    free(v->behind);
    free(v->at_once);
    free(v->begun);
    free(v->loads);
}

void toc_tally_keep(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t path)
{
    struct toc_path_texts *texts = v->out->texts;
    toc_path shown = {0};
    toc_buf text = {0};
    if (texts->count > 0 && texts->at[texts->count - 1].path == path)
        return; // it is kept already
    for (size_t i = 0; i < job->path.count; i++) {
        const toc_choice *c = &job->path.choices[i];
        if (is_told(c, o))
            toc_path_set(&shown, c);
    }
    toc_path_text(&text, v->plan, &shown);
    TOC_GROW(texts->at, texts->count, texts->capacity);
    texts->at[texts->count].path = path;
    texts->at[texts->count].choices = v->choices;
    texts->at[texts->count].run_seed = job->run_seed;
    texts->at[texts->count++].text = toc_buf_take(&text);
    toc_path_fini(&shown);
}

// The first that is not before it.
static size_t find_text(const struct toc_path_texts *texts, size_t path)
{
    size_t low = 0, high = texts->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (texts->at[middle].path < path)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const char *toc_survey_path(const toc_survey *s, size_t path)
{
    size_t i = find_text(s->texts, path);
    return i < s->texts->count && s->texts->at[i].path == path ? s->texts->at[i].text : "";
}

uint64_t toc_survey_run_seed(const toc_survey *s, size_t path)
{
    size_t i = s->texts ? find_text(s->texts, path) : 0;
    bool is_kept = s->texts && i < s->texts->count && s->texts->at[i].path == path;
    return is_kept ? s->texts->at[i].run_seed : s->seed;
}

static void free_texts(struct toc_path_texts *texts)
{
    for (size_t i = 0; texts && i < texts->count; i++)
        free(texts->at[i].text);
    if (texts)
        free(texts->at);
    free(texts);
}

void toc_survey_fini(toc_survey *s)
{
    for (size_t i = 0; i < s->finding_count; i++) {
        free(s->findings[i].subject);
        free(s->findings[i].text);
        free(s->findings[i].file);
    }
    toc_variations_fini(s);
    for (size_t i = 0; s->options && s->options[i]; i++)
        free(s->options[i]);
    void *all[] = {s->injects,      s->decisions,  s->options, s->unanswered, s->actions,
                   s->objectives,   s->conditions, s->phases,  s->repairs,    s->most_words,
                   s->most_injects, s->marks,      s->anchors, s->levels,     s->findings};
    for (size_t i = 0; i < TOC_COUNT(all); i++)
        free(all[i]);
    free_texts(s->texts);
    *s = (toc_survey){0};
}

// Of paths that show the same the one with the fewest choices is named, of equals the first. True if that is
// this path now.
static bool name_simplest(const toc_surveying *v, size_t *name, size_t path)
{
    const struct toc_path_texts *texts = v->out->texts;
    if (*name == 0 || *name == path)
        return false;
    if (*name != TOC_NONE && texts->at[find_text(texts, *name)].choices <= v->choices)
        return false;
    *name = path;
    return true;
}

static bool mark(const toc_surveying *v, toc_tally *t, bool is_so, size_t path)
{
    t->count += is_so;
    return name_simplest(v, is_so ? &t->first : &t->without, path);
}

static bool mark_all(const toc_surveying *v, toc_tally *t, const bool *flags, size_t count,
                     size_t path)
{
    bool is_named = false;
    for (size_t i = 0; i < count; i++)
        is_named |= mark(v, &t[i], flags[i], path);
    return is_named;
}

static bool add_flags(toc_surveying *v, const toc_outcome *o, size_t path)
{
    toc_survey *s = v->out;
    bool is_named = mark_all(v, s->injects, o->sent, v->plan->inject_count, path);
    is_named |= mark_all(v, s->decisions, o->asked, v->plan->decision_count, path);
    is_named |= mark_all(v, s->phases, o->phases, v->plan->phase_count, path);
    is_named |= mark_all(v, s->repairs, o->repairs, v->plan->model.repair_count, path);
    is_named |= mark_all(v, s->objectives, o->objectives, v->plan->objective_count, path);
    is_named |= mark(v, &s->black_starts, o->has_black_start, path);
    s->deadlocks += o->has_deadlock;
    return is_named;
}

static bool add_decisions(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t path)
{
    bool is_named = false;
    for (size_t i = 0; i < v->plan->decision_count; i++) {
        toc_decision_tally *d = &v->decisions[i];
        is_named |= mark(v, &v->out->unanswered[i], o->settled[i] == TOC_SETTLED_OVERDUE, path);
        for (size_t k = 0; k < v->plan->decisions[i].option_count; k++)
            is_named |= mark(v, &v->out->options[i][k], o->settled[i] == (int)k, path);
        const toc_choice *c = toc_path_find(&job->path, TOC_CHOICE_DECISION, i, NULL, NULL);
        bool is_left = !c || c->answer == TOC_ANSWER_NONE; // else the players were to answer later
        if (is_left && o->asked[i] && o->settled[i] == TOC_SETTLED_NOT && o->has_endex &&
            !o->is_finished)
            is_named |= count_one(v, &d->open_at_end, &d->open_first, path);
    }
    return is_named;
}

static bool add_actions(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t path)
{
    bool is_named = false;
    for (size_t i = 0; i < v->plan->expectation_count; i++) {
        const toc_action_fate *fate = &o->actions[i];
        toc_action_tally *a = &v->actions[i];
        bool is_met = fate->state == TOC_EXPECT_MET;
        const toc_choice *c = toc_path_find(&job->path, TOC_CHOICE_ACTION, i, NULL, NULL);
        is_named |= mark(v, &v->out->actions[i], is_met, path);
        a->opened += fate->is_open;
        a->by_condition += fate->is_by_condition;
        a->unmet += fate->is_open && !is_met && fate->state != TOC_EXPECT_NOT_EXERCISED;
        if (fate->is_marked)
            is_named |= count_one(v, &a->marked, &a->marked_first, path);
        if (c && c->answer == TOC_ANSWER_NONE && is_met && fate->is_by_condition)
            is_named |= count_one(v, &a->idle, &a->idle_first, path);
    }
    return is_named;
}

static bool add_parts(toc_surveying *v, const toc_outcome *o, size_t path)
{
    bool is_named = false;
    for (size_t i = 0; i < o->part_count; i++) {
        is_named |= mark(v, &v->out->conditions[i], has_come(v, o, i), path);
        v->begun[i] = v->begun[i] || o->parts[i].has_begun;
        v->at_once[i] += o->parts[i].is_at_once;
    }
    return is_named;
}

// A path with more choices than the fullest so far has to be fuller by a quarter, or to be the first that is
// too full: what is shown should be easy to follow.
static bool is_fuller(const toc_surveying *v, size_t now, size_t before, size_t path, size_t limit)
{
    const struct toc_path_texts *texts = v->out->texts;
    if (now <= before)
        return false;
    if (before == 0 || (now > limit && before <= limit))
        return true;
    bool is_simple = v->choices <= texts->at[find_text(texts, path)].choices + 1;
    return is_simple || 4 * now > 5 * before;
}

static bool add_loads(toc_surveying *v, const toc_outcome *o, size_t path)
{
    bool is_named = false;
    for (size_t i = 0; i < v->plan->team_count; i++) {
        const toc_team_load *load = &o->loads[i];
        toc_peak *injects = &v->out->most_injects[i], *words = &v->out->most_words[i];
        if (is_fuller(v, load->injects, injects->injects, injects->path, TOC_SURVEY_LOAD_MOST)) {
            *injects = (toc_peak){load->injects_from, load->injects, 0, path};
            is_named = true;
        }
        if (is_fuller(v, load->words, words->words, words->path, SIZE_MAX)) {
            *words = (toc_peak){load->words_from, 0, load->words, path};
            is_named = true;
        }
        v->loads[i] += load->injects > TOC_SURVEY_LOAD_MOST;
    }
    return is_named;
}

static bool add_troubles(toc_surveying *v, const toc_outcome *o, size_t path)
{
    bool is_named = false;
    for (size_t i = 0; i < o->trouble_count; i++) {
        toc_trouble_tally *t = find_trouble(v, &o->troubles[i]);
        if (t)
            is_named |= count_one(v, &t->count, &t->first, path);
        if (t && o->troubles[i].is_lasting)
            is_named |= count_one(v, &t->lasting, &t->lasting_first, path);
    }
    return is_named;
}

// NULL: there are enough.
static toc_trouble_tally *find_trouble(toc_surveying *v, const toc_trouble *t)
{
    size_t k = 0;
    // What is left of the work differs from path to path: it is the same deadlock.
    bool is_deadlock = t->kind == TOC_FOUND_DEADLOCK;
    while (k < v->trouble_count &&
           (v->troubles[k].kind != t->kind ||
            strcmp(is_deadlock ? v->troubles[k].subject : v->troubles[k].text,
                   is_deadlock ? t->subject : t->text) != 0))
        k++;
    if (k < v->trouble_count)
        return &v->troubles[k];
    if (k == TOC_SURVEY_TROUBLES)
        return NULL;
    TOC_GROW(v->troubles, v->trouble_count, v->trouble_capacity);
    v->troubles[v->trouble_count++] = (toc_trouble_tally){.kind = t->kind,
                                                          .subject = toc_strdup(t->subject),
                                                          .text = toc_strdup(t->text),
                                                          .first = TOC_NONE,
                                                          .lasting_first = TOC_NONE,
                                                          .plan = TOC_NONE};
    return &v->troubles[k];
}

static bool add_end(toc_surveying *v, const toc_outcome *o, size_t path)
{
    bool is_named = false;
    if (!o->has_endex) {
        is_named = count_one(v, &v->stopped, &v->stopped_first, path);
        return is_named;
    }
    v->endex++;
    v->finished += o->is_finished;
    if (!o->is_finished && v->endex - v->finished == 1) {
        v->unfinished_first = path;
        is_named = true;
    }
    size_t i = 0;
    while (i < v->end_count && v->ends[i].t < o->end)
        i++;
    if (i == v->end_count || v->ends[i].t != o->end) {
        TOC_GROW(v->ends, v->end_count, v->end_capacity);
        memmove(v->ends + i + 1, v->ends + i, (v->end_count - i) * sizeof *v->ends);
        v->ends[i] = (toc_end_time){o->end, 0};
        v->end_count++;
    }
    v->ends[i].count++;
    return is_named;
}

// What follows an inject that was sent less than its delay before the exercise's length was over.
static bool add_behind(toc_surveying *v, const toc_outcome *o, size_t path)
{
    bool is_named = false;
    for (size_t i = 0; o->has_endex && !o->is_finished && i < v->plan->inject_count; i++) {
        const toc_at *at = &v->plan->injects[i].at;
        if (o->sent[i] || at->kind != TOC_AT_AFTER || at->after.is_story || !o->sent[at->inject])
            continue;
        size_t k = 0;
        while (o->order[k].what != TOC_HAPPENED_SENT || o->order[k].index != at->inject)
            k++;
        if (o->order[k].t + at->after.ms > o->end)
            is_named |= count_one(v, &v->behind[i].count, &v->behind[i].first, path);
    }
    return is_named;
}

static bool count_one(const toc_surveying *v, size_t *count, size_t *first, size_t path)
{
    if ((*count)++ == 0)
        *first = TOC_NONE;
    return name_simplest(v, first, path);
}
