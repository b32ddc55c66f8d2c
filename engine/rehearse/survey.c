// SPDX-License-Identifier: MIT
#include "rehearse/survey.h"

#include <stdlib.h>

#include "base/mem.h"
#include "survey_inside.h"
#include "workers.h"

static toc_err play_plans(toc_surveying *v, toc_workers *pool, toc_error *e);
static toc_err play_all(toc_surveying *v, toc_workers *pool, toc_error *e);
static size_t take_jobs(toc_surveying *v, toc_job *jobs);
static double count_at_least(const toc_surveying *v);

static size_t most_of(const toc_survey_options *o)
{
    static const size_t usual[] = {
        [TOC_SURVEY_EACH] = 5000, [TOC_SURVEY_EXHAUSTIVE] = 20000, [TOC_SURVEY_RANDOM] = 1000};
    return o->most > 0 ? o->most : usual[o->strategy];
}

toc_err toc_survey_run(toc_survey *out, const toc_files *files, const toc_survey_options *o,
                       toc_error *e)
{
    toc_workers *pool;
    toc_scenario *scenario; // to look things up in: those that play may be loaded anew
    *out = (toc_survey){.strategy = o->strategy,
                        .seed = o->seed,
                        .has_random = toc_has_random(files),
                        .plan_count = o->plan_count};
    toc_err err =
        toc_scenario_load(&scenario, files, NULL, o->run_seed, TOC_SCENARIO_MEMORY, NULL, e);
    if (err)
        return err;
    err = toc_workers_new(&pool, files, o->run_seed, o->cores, e);
    if (err) {
        toc_scenario_free(scenario);
        return err;
    }
    toc_troupe *own = toc_workers_troupe(pool);
    toc_atlas atlas;
    toc_atlas_init(&atlas, toc_scenario_plan(scenario));
    toc_surveying v = {.out = out,
                       .plan = atlas.plan,
                       .atlas = &atlas,
                       .scenario = scenario,
                       .files = files,
                       .o = o,
                       .most = most_of(o)};
    toc_tally_begin(&v);
    toc_explore_begin(&v, &own->lore);
    err = play_plans(&v, pool, e);
    if (!err)
        err = play_all(&v, pool, e);
    toc_tally_finish(&v);
    if (!err) {
        out->is_capped = !out->is_interrupted && toc_explore_left(&v) > 0;
        if (o->strategy == TOC_SURVEY_EXHAUSTIVE)
            out->at_least = count_at_least(&v);
        out->drawn_count = o->strategy == TOC_SURVEY_EACH ? v.drawn : 0;
        out->combined_count = v.combined;
        toc_variations_finish(out);
        toc_findings_make(&v);
        err = toc_marks_make(&v, own, e);
    }
    toc_explore_end(&v);
    toc_variations_end(&v);
    toc_tally_end(&v);
    toc_workers_free(pool);
    toc_atlas_fini(&atlas);
    toc_scenario_free(scenario);
    if (err)
        toc_survey_fini(out);
    return err;
}

static toc_err play_plans(toc_surveying *v, toc_workers *pool, toc_error *e)
{
    toc_job jobs[TOC_SURVEY_BATCH];
    toc_outcome *outcomes = toc_alloc(TOC_SURVEY_BATCH * sizeof *outcomes);
    toc_err err = TOC_OK;
    for (size_t i = 0; i < TOC_SURVEY_BATCH; i++)
        toc_outcome_init(&outcomes[i]);
    for (size_t done = 0, count; !err && done < v->o->plan_count; done += count) {
        for (count = 0; count < TOC_SURVEY_BATCH && done + count < v->o->plan_count; count++)
            jobs[count] = (toc_job){
                .plan = &v->o->plans[done + count], .run_seed = v->o->run_seed, .parent = TOC_NONE};
        err = toc_workers_play(pool, jobs, outcomes, count, e);
        for (size_t i = 0; i < count && !err; i++)
            toc_tally_plan(v, &outcomes[i], done + i);
    }
    for (size_t i = 0; i < TOC_SURVEY_BATCH; i++)
        toc_outcome_fini(&outcomes[i]);
    free(outcomes);
    return err;
}

static toc_err play_all(toc_surveying *v, toc_workers *pool, toc_error *e)
{
    toc_job jobs[TOC_SURVEY_BATCH];
    toc_outcome *outcomes = toc_alloc(TOC_SURVEY_BATCH * sizeof *outcomes);
    toc_err err = TOC_OK;
    for (size_t i = 0; i < TOC_SURVEY_BATCH; i++)
        toc_outcome_init(&outcomes[i]);
    for (size_t count; !err && !v->out->is_interrupted && (count = take_jobs(v, jobs)) > 0;) {
        err = toc_workers_play(pool, jobs, outcomes, count, e);
        for (size_t i = 0; i < count; i++) {
            if (!err) {
                toc_tally_add(v, &jobs[i], &outcomes[i], v->paths);
                toc_explore_learn(v, &jobs[i], &outcomes[i]);
                v->paths++;
            }
            toc_path_fini(&jobs[i].path);
        }
        if (v->o->progress &&
            !v->o->progress(v->o->context, v->paths, v->paths + toc_explore_left(v)))
            v->out->is_interrupted = true;
    }
    for (size_t i = 0; i < TOC_SURVEY_BATCH; i++)
        toc_outcome_fini(&outcomes[i]);
    free(outcomes);
    return err;
}

// The first path is played alone: it says what the others may do. Nothing is drawn before all that was to be
// varied has been played.
static size_t take_jobs(toc_surveying *v, toc_job *jobs)
{
    size_t most = v->paths == 0 ? 1 : TOC_SURVEY_BATCH, count = 0;
    toc_explore_more(v);
    if (v->most - v->paths < most)
        most = v->most - v->paths;
    if (toc_explore_left(v) > 0 && toc_explore_left(v) < most)
        most = toc_explore_left(v);
    while (count < most && toc_explore_next(v, &jobs[count]))
        count++;
    return count;
}

// Decisions that every path came to multiply, as far as is known.
static double count_at_least(const toc_surveying *v)
{
    double known = (double)(v->paths + toc_explore_left(v)), product = 1;
    for (size_t i = 0; i < v->plan->decision_count; i++) {
        size_t options = v->plan->decisions[i].option_count;
        if (v->out->decisions[i].count == v->paths)
            product *= (double)(options > 0 ? options : 1) + 1;
    }
    return toc_explore_left(v) > 0 && product > known ? product : known;
}
