// SPDX-License-Identifier: MIT
#include "troupe.h"

#include "base/mem.h"
#include "plan_actors.h"
#include "timing.h"

enum {
    ROUNDS_MOST = 8
}; // of one path: whoever asks about more and more people is not followed further

static toc_err make_ready(toc_troupe *t, toc_error *e);
static toc_err load_anew(toc_troupe *t, toc_error *e);
static void forget_own(toc_troupe *t);
static void play(toc_troupe *t, const toc_path *path, const toc_watcher *w, int64_t until);

static void begin_nothing(void *self)
{
    (void)self;
}

static void see_nothing(void *self, const toc_event *ev)
{
    (void)self;
    (void)ev;
}

static void note_end(void *self, const toc_stage *s)
{
    *(int64_t *)self = s->now;
}

static void refuse_nothing(void *self, const toc_event *input, const char *reason)
{
    (void)self;
    (void)input;
    (void)reason;
}

// Plays a path until nothing new is asked about, or so often; end is when it was over the first time.
static toc_err learn_from(toc_troupe *t, const toc_path *path, int rounds, int64_t *end,
                          toc_error *e)
{
    int64_t over = 0;
    toc_watcher w = {&over, begin_nothing, see_nothing, note_end, refuse_nothing};
    bool is_new = true;
    for (int i = 0; i < rounds && is_new; i++) {
        toc_err err = make_ready(t, e);
        if (err)
            return err;
        play(t, path, &w, -1);
        is_new = toc_lore_learn(&t->lore, &t->atlas, t->scenario);
        if (i == 0)
            *end = over;
    }
    return TOC_OK;
}

static void choose_all(const toc_plan *plan, toc_path *path, toc_answer answer, size_t option)
{
    toc_choice c = {.kind = TOC_CHOICE_DECISION, .answer = answer};
    for (c.index = 0; c.index < plan->decision_count; c.index++) {
        size_t count = plan->decisions[c.index].option_count;
        c.option = option < count ? option : count - 1;
        if (count > 0 || answer == TOC_ANSWER_NONE)
            toc_path_set(path, &c);
    }
    c = (toc_choice){.kind = TOC_CHOICE_ACTION, .answer = answer};
    for (; answer == TOC_ANSWER_NONE && c.index < plan->expectation_count; c.index++)
        toc_path_set(path, &c);
}

toc_err toc_troupe_load(toc_troupe *t, const toc_files *files, uint64_t run_seed, toc_error *e)
{
    toc_scenario *scenario;
    toc_err err = toc_scenario_load(&scenario, files, NULL, run_seed, TOC_SCENARIO_MEMORY, NULL, e);
    if (err)
        return err;
    toc_troupe_borrow(t, scenario);
    t->files = files;
    t->run_seed = run_seed;
    return TOC_OK;
}

void toc_troupe_borrow(toc_troupe *t, toc_scenario *scenario)
{
    *t = (toc_troupe){.scenario = scenario};
    toc_atlas_init(&t->atlas, toc_scenario_plan(scenario));
    t->players = toc_players_new(&t->atlas);
    toc_lore_init(&t->lore, t->atlas.plan);
}

void toc_troupe_fini(toc_troupe *t)
{
    if (!t->scenario)
        return;
    forget_own(t);
    toc_lore_fini(&t->lore);
    toc_actors_free(t->players);
    toc_atlas_fini(&t->atlas);
    if (t->files)
        toc_scenario_free(t->scenario);
    *t = (toc_troupe){0};
}

const toc_lore *toc_troupe_lore(const toc_troupe *t)
{
    return t->has_own ? &t->own : &t->lore;
}

toc_err toc_troupe_learn(toc_troupe *t, toc_error *e)
{
    const toc_plan *plan = t->atlas.plan;
    toc_path path = {0};
    int64_t end = plan->length_ms;
    size_t options = 0;
    toc_err err = learn_from(t, &path, ROUNDS_MOST, &end, e);
    t->lore.by_hand = toc_by_hand(end);
    for (size_t i = 0; i < plan->decision_count; i++)
        if (plan->decisions[i].option_count > options)
            options = plan->decisions[i].option_count;
    // The k-th option of everything; then nothing of anything, and nobody speaks.
    for (size_t k = 1; k < options && !err; k++) {
        choose_all(plan, &path, TOC_ANSWER_OPTION, k);
        err = learn_from(t, &path, 1, &end, e);
    }
    for (int i = 0; i < ROUNDS_MOST && !err; i++) {
        size_t before = t->lore.line_count;
        choose_all(plan, &path, TOC_ANSWER_NONE, 0);
        for (size_t k = 0; k < t->lore.line_count; k++)
            toc_path_set(&path, &(toc_choice){.kind = TOC_CHOICE_TALK,
                                              .from = t->lore.lines[k].from,
                                              .to = t->lore.lines[k].to,
                                              .answer = TOC_ANSWER_NONE});
        err = learn_from(t, &path, 1, &end, e);
        if (t->lore.line_count == before)
            break;
    }
    toc_path_fini(&path);
    return err;
}

toc_err toc_troupe_play(toc_troupe *t, const toc_path *path, const toc_watcher *w, toc_error *e)
{
    forget_own(t);
    for (int i = 0; i < ROUNDS_MOST; i++) {
        toc_err err = make_ready(t, e);
        if (err)
            return err;
        play(t, path, w, -1);
        if (!toc_lore_is_new(toc_troupe_lore(t), t->scenario))
            break;
        if (!t->has_own)
            toc_lore_copy(&t->own, &t->lore);
        t->has_own = true;
        toc_lore_learn(&t->own, &t->atlas, t->scenario);
    }
    return TOC_OK;
}

toc_err toc_troupe_show(toc_troupe *t, const toc_path *path, const toc_watcher *w, int64_t until,
                        toc_error *e)
{
    toc_err err = make_ready(t, e);
    if (!err)
        play(t, path, w, until);
    return err;
}

toc_err toc_troupe_follow(toc_troupe *t, const toc_playplan *plan, const toc_watcher *w,
                          toc_error *e)
{
    toc_stage s;
    toc_err err = make_ready(t, e);
    if (err)
        return err;
    forget_own(t);
    toc_plan_actors *actors = toc_plan_actors_new(&t->atlas, plan);
    w->begin(w->self);
    toc_stage_play(&s, t->scenario, toc_plan_actors_calls(actors), w, -1);
    w->end(w->self, &s);
    toc_stage_end(&s);
    toc_plan_actors_free(actors);
    return TOC_OK;
}

toc_err toc_troupe_seed(toc_troupe *t, uint64_t run_seed, toc_error *e)
{
    if (t->run_seed == run_seed)
        return TOC_OK;
    t->run_seed = run_seed;
    t->is_used = false;
    return load_anew(t, e);
}

// A scenario that went over its memory cap cannot be made ready, and is loaded anew.
static toc_err make_ready(toc_troupe *t, toc_error *e)
{
    if (!t->is_used) {
        t->is_used = true;
        return TOC_OK;
    }
    toc_err err = toc_scenario_again(t->scenario, e);
    return err && t->files ? load_anew(t, e) : err;
}

static toc_err load_anew(toc_troupe *t, toc_error *e)
{
    toc_scenario *fresh;
    toc_err err =
        toc_scenario_load(&fresh, t->files, NULL, t->run_seed, TOC_SCENARIO_MEMORY, NULL, e);
    if (err)
        return err;
    toc_actors_free(t->players);
    toc_atlas_fini(&t->atlas);
    toc_scenario_free(t->scenario);
    t->scenario = fresh;
    toc_atlas_init(&t->atlas, toc_scenario_plan(fresh));
    t->players = toc_players_new(&t->atlas);
    return TOC_OK;
}

static void forget_own(toc_troupe *t)
{
    if (t->has_own)
        toc_lore_fini(&t->own);
    t->has_own = false;
}

static void play(toc_troupe *t, const toc_path *path, const toc_watcher *w, int64_t until)
{
    toc_stage s;
    w->begin(w->self);
    toc_players_ready(t->players, path, toc_troupe_lore(t));
    toc_stage_play(&s, t->scenario, toc_players_actors(t->players), w, until);
    w->end(w->self, &s);
    toc_stage_end(&s);
}
