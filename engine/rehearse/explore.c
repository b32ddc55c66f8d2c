// SPDX-License-Identifier: MIT
// Which paths are played. Whatever is decided here depends on what came of the paths before, in the order of
// their numbers, and on the seed.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/random.h"
#include "survey_inside.h"

enum { SHARED = 8 };

static toc_job *add_job(toc_surveying *v, toc_path *path);
static toc_job *add_variant(toc_surveying *v, const toc_job *job, const toc_choice *c);
static void add_variation(toc_surveying *v, const toc_job *job, const toc_outcome *o,
                          const toc_choice *c);
static void learn_each(toc_surveying *v, const toc_job *job, const toc_outcome *o);
static void vary_decision(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t i);
static void vary_action(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t i);
static void vary_line(toc_surveying *v, const toc_job *job, const toc_outcome *o,
                      const toc_lore_line *line);
static void learn_all(toc_surveying *v, const toc_job *job, const toc_outcome *o);
static void draw_decision(toc_surveying *v, toc_path *path, size_t i);
static bool has_other(const toc_decision *d);

void toc_explore_begin(toc_surveying *v, const toc_lore *base)
{
    toc_path none = {0};
    v->random = toc_alloc(sizeof *v->random);
    toc_random_seed(v->random, v->o->seed, "paths");
    v->knows_decision = toc_alloc(v->plan->decision_count + 1);
    v->knows_action = toc_alloc(v->plan->expectation_count + 1);
    add_job(v, &none);
    for (size_t i = 0; i < base->line_count; i++) {
        const toc_lore_line *line = &base->lines[i];
        if (!line->is_talk || !(line->is_open || line->is_reply))
            continue;
        TOC_GROW(v->lines, v->line_count, v->line_capacity);
        v->lines[v->line_count++] =
            (toc_lore_line){.from = toc_strdup(line->from), .to = toc_strdup(line->to)};
    }
}

bool toc_explore_next(toc_surveying *v, toc_job *job)
{
    bool is_random = v->o->strategy == TOC_SURVEY_RANDOM;
    if (v->job_first < v->job_count) {
        *job = v->o->strategy == TOC_SURVEY_EXHAUSTIVE ? v->jobs[--v->job_count]
                                                       : v->jobs[v->job_first++];
        if (v->job_first == v->job_count)
            v->job_first = v->job_count = 0;
        return true;
    }
    if (v->o->strategy == TOC_SURVEY_EXHAUSTIVE || v->paths == 0 ||
        (!is_random &&
         (v->drawn == TOC_SURVEY_DRAWN_MOST || v->stopped > 0 || toc_tally_is_covered(v))))
        return false;
    // Where scripts draw numbers, a few paths at a time share theirs: each seed is a load.
    uint64_t turn = v->out->has_random ? 1 + v->drawn / SHARED : 0;
    v->drawn++;
    *job = (toc_job){.run_seed = v->o->run_seed + turn, .parent = TOC_NONE};
    toc_explore_draw(v, &job->path);
    return true;
}

void toc_explore_add(toc_surveying *v, toc_path *path)
{
    add_job(v, path);
}

void toc_explore_more(toc_surveying *v)
{
    bool is_each = v->o->strategy == TOC_SURVEY_EACH;
    if (v->job_first == v->job_count && is_each && v->paths > 0 && v->stopped == 0 &&
        !toc_combine(v))
        toc_try_contexts(v);
}

void toc_explore_learn(toc_surveying *v, const toc_job *job, const toc_outcome *o)
{
    if (v->o->strategy == TOC_SURVEY_EXHAUSTIVE)
        learn_all(v, job, o);
    else
        learn_each(v, job, o);
}

size_t toc_explore_left(const toc_surveying *v)
{
    return v->job_count - v->job_first;
}

void toc_explore_end(toc_surveying *v)
{
    for (size_t i = v->job_first; i < v->job_count; i++)
        toc_path_fini(&v->jobs[i].path);
    for (size_t i = 0; i < v->line_count; i++) {
        free(v->lines[i].from);
        free(v->lines[i].to);
    }
    free(v->jobs);
    free(v->lines);
    free(v->random);
    free(v->knows_decision);
    free(v->knows_action);
}

// Takes the path.
static toc_job *add_job(toc_surveying *v, toc_path *path)
{
    TOC_GROW(v->jobs, v->job_count, v->job_capacity);
    v->jobs[v->job_count] =
        (toc_job){.path = *path, .run_seed = v->o->run_seed, .parent = TOC_NONE};
    return &v->jobs[v->job_count++];
}

static toc_job *add_variant(toc_surveying *v, const toc_job *job, const toc_choice *c)
{
    toc_path path;
    toc_path_copy(&path, &job->path);
    toc_path_set(&path, c);
    return add_job(v, &path);
}

// A path that differs from this one in one choice, and is to be compared with it.
static void add_variation(toc_surveying *v, const toc_job *job, const toc_outcome *o,
                          const toc_choice *c)
{
    size_t parent = toc_variations_parent(v, job, o);
    toc_job *new = add_variant(v, job, c);
    new->run_seed = job->run_seed;
    new->parent = parent;
    new->change = *c;
}

static void learn_each(toc_surveying *v, const toc_job *job, const toc_outcome *o)
{
    bool varies = v->o->strategy == TOC_SURVEY_EACH;
    for (size_t at = 0; at < o->ask_count; at++) {
        size_t i = o->asks[at];
        if (v->knows_decision[i])
            continue;
        v->knows_decision[i] = true;
        if (varies)
            vary_decision(v, job, o, i);
    }
    for (size_t i = 0; i < v->plan->expectation_count; i++) {
        if (!o->actions[i].is_open || v->knows_action[i])
            continue;
        v->knows_action[i] = true;
        if (varies)
            vary_action(v, job, o, i);
    }
    for (size_t i = 0; varies && v->paths == 0 && i < v->line_count; i++)
        vary_line(v, job, o, &v->lines[i]);
    for (size_t i = 0; i < o->line_count; i++) {
        size_t k = 0;
        while (k < v->line_count && (strcmp(v->lines[k].from, o->lines[i].from) != 0 ||
                                     strcmp(v->lines[k].to, o->lines[i].to) != 0))
            k++;
        if (k < v->line_count)
            continue;
        TOC_GROW(v->lines, v->line_count, v->line_capacity);
        v->lines[v->line_count++] =
            (toc_lore_line){.from = toc_strdup(o->lines[i].from), .to = toc_strdup(o->lines[i].to)};
        if (varies)
            vary_line(v, job, o, &v->lines[k]);
    }
}

// Each option as soon as it is asked and just before the deadline; words of one's own; no answer.
static void vary_decision(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t i)
{
    const toc_decision *plan = &v->plan->decisions[i];
    const toc_choice *now = toc_path_find(&job->path, TOC_CHOICE_DECISION, i, NULL, NULL);
    toc_choice c = {.kind = TOC_CHOICE_DECISION, .index = i, .answer = TOC_ANSWER_OPTION};
    bool is_plain = !now || (now->answer == TOC_ANSWER_OPTION && now->when == TOC_WHEN_EARLY);
    toc_variations_begin(v, job, &c, o);
    for (c.option = 0; c.option < plan->option_count; c.option++) {
        if (is_plain && c.option == (now ? now->option : 0))
            continue;
        add_variation(v, job, o, &c);
    }
    c.when = TOC_WHEN_LATE;
    for (c.option = 0; c.option < plan->option_count; c.option++)
        add_variation(v, job, o, &c);
    c.option = 0;
    c.answer = TOC_ANSWER_OWN;
    c.when = plan->option_count > 0 ? TOC_WHEN_EARLY : TOC_WHEN_LATE;
    if (!has_other(plan))
        add_variation(v, job, o, &c);
    c.answer = TOC_ANSWER_REJECTED;
    if (plan->option_count > 0 && !has_other(plan))
        add_variation(v, job, o, &c);
    c.answer = TOC_ANSWER_NONE;
    c.when = TOC_WHEN_EARLY;
    add_variation(v, job, o, &c);
}

static void vary_action(toc_surveying *v, const toc_job *job, const toc_outcome *o, size_t i)
{
    toc_choice c = {.kind = TOC_CHOICE_ACTION, .index = i, .answer = TOC_ANSWER_NONE};
    toc_variations_begin(v, job, &c, o);
    add_variation(v, job, o, &c);
    c.answer = TOC_ANSWER_LATE;
    add_variation(v, job, o, &c);
}

static void vary_line(toc_surveying *v, const toc_job *job, const toc_outcome *o,
                      const toc_lore_line *line)
{
    toc_choice c = {
        .kind = TOC_CHOICE_TALK, .from = line->from, .to = line->to, .answer = TOC_ANSWER_NONE};
    toc_variations_begin(v, job, &c, o);
    add_variation(v, job, o, &c);
}

static void add_combination(toc_surveying *v, const toc_job *job, const toc_outcome *o,
                            const toc_choice *c, size_t fixed, bool is_variation)
{
    if (is_variation)
        add_variation(v, job, o, c);
    else
        add_variant(v, job, c);
    v->jobs[v->job_count - 1].fixed = fixed;
}

// The decisions up to job->fixed are chosen; each after them was taken the default way here, and every
// other way of it begins another path. The last one's are played first.
static void learn_all(toc_surveying *v, const toc_job *job, const toc_outcome *o)
{
    for (size_t at = job->fixed; at < o->ask_count; at++) {
        size_t i = o->asks[at];
        const toc_decision *plan = &v->plan->decisions[i];
        toc_choice c = {.kind = TOC_CHOICE_DECISION, .index = i, .answer = TOC_ANSWER_NONE};
        bool is_new = !v->knows_decision[i];
        v->knows_decision[i] = true;
        if (is_new)
            toc_variations_begin(v, job, &c, o);
        add_combination(v, job, o, &c, at + 1, is_new);
        c.answer = TOC_ANSWER_OPTION;
        for (size_t k = plan->option_count; k > 1; k--) {
            c.option = k - 1;
            add_combination(v, job, o, &c, at + 1, is_new);
        }
    }
}

// One of three paths differs in little from the ordinary one, the others in a lot.
void toc_explore_draw(toc_surveying *v, toc_path *path)
{
    bool is_near = toc_random_below(v->random, 3) == 0;
    uint64_t odds = is_near ? 10 : 60, silent = is_near ? 10 : 30;
    for (size_t i = 0; i < v->plan->decision_count; i++)
        if (toc_random_below(v->random, 100) < odds)
            draw_decision(v, path, i);
    for (size_t i = 0; i < v->plan->expectation_count; i++) {
        toc_choice c = {.kind = TOC_CHOICE_ACTION, .index = i, .answer = TOC_ANSWER_NONE};
        if (toc_random_below(v->random, 100) >= silent)
            continue;
        if (toc_random_below(v->random, 3) == 0)
            c.answer = TOC_ANSWER_LATE;
        toc_path_set(path, &c);
    }
    for (size_t i = 0; i < v->line_count; i++) {
        toc_choice c = {.kind = TOC_CHOICE_TALK,
                        .from = v->lines[i].from,
                        .to = v->lines[i].to,
                        .answer = TOC_ANSWER_NONE};
        if (toc_random_below(v->random, 100) < silent)
            toc_path_set(path, &c);
    }
}

static void draw_decision(toc_surveying *v, toc_path *path, size_t i)
{
    const toc_decision *plan = &v->plan->decisions[i];
    bool has_own = plan->option_count == 0 || !has_other(plan);
    toc_choice c = {.kind = TOC_CHOICE_DECISION, .index = i, .answer = TOC_ANSWER_OPTION};
    uint64_t n = toc_random_below(v->random, plan->option_count + 2);
    bool is_late = toc_random_below(v->random, 4) == 0;
    bool is_rejected = toc_random_below(v->random, 2) == 0;
    if (n < plan->option_count) {
        c.option = (size_t)n;
    } else if (n == plan->option_count || !has_own) {
        c.answer = TOC_ANSWER_NONE;
    } else {
        c.answer = is_rejected && plan->option_count > 0 ? TOC_ANSWER_REJECTED : TOC_ANSWER_OWN;
    }
    if (is_late && c.answer != TOC_ANSWER_NONE)
        c.when = TOC_WHEN_LATE;
    bool is_default = c.when == TOC_WHEN_EARLY &&
                      (plan->option_count > 0 ? c.answer == TOC_ANSWER_OPTION && c.option == 0
                                              : c.answer == TOC_ANSWER_OWN);
    if (!is_default)
        toc_path_set(path, &c);
}

// An option that is called as the form for other answers is.
static bool has_other(const toc_decision *d)
{
    for (size_t i = 0; i < d->option_count; i++)
        if (strcmp(d->options[2 * i], "other") == 0)
            return true;
    return false;
}
