// SPDX-License-Identifier: MIT
// tocsin rehearse: plays a scenario without people, along many paths or one.

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "command.h"
#include "folder.h"
#include "playcheck.h"
#include "rehearse_play.h"
#include "rehearse_show.h"
#include "rehearse_watch.h"

enum { PATHS_MAX = 10000000, JOBS_MAX = 256, INTERRUPTED = 130 };
#define SEED_MAX 9007199254740991 // JSON's largest whole number

static const toc_option options[] = {
    {"each-option", NULL, "each option, in time, late and unanswered (the default)", false},
    {"exhaustive", NULL, "every combination of options and no answer", false},
    {"random", "N", "N paths by chance", false},
    {"seed", "S", "of chance: the same seed plays the same (1)", false},
    {"max-paths", "N", "stop after so many (each-option 5000, exhaustive 20000)", false},
    {"jobs", "N", "so many at once (all cores)", false},
    {"no-plans", NULL, "leave out the plans beside the scenario", false},
    {"html", "FILE", "also write the report as a page, for example rehearsal.html", false},
    {"json", NULL, "the report as one JSON object", false},
    {"path", "PATH", "play this path alone: D-01=isolate,D-02=none,EXP-01=missed; or default",
     false},
    {"plan", "FILE", "play this .plan alone and compare what it expects; of several, verdicts only",
     true},
    {"as", "TEAM", "show what this team has on its screen, on --path, --plan or the default path",
     false},
    {"at", "T", "at that time of play, T+0:45 (the last moment before ENDEX)", false},
    {NULL, NULL, NULL, false},
};

// The command at work.
typedef struct {
    const toc_arguments *a;
    toc_files *files;
    toc_player player;
    toc_buf out;
    int code;
} work;

static toc_err check(const toc_arguments *a, toc_error *e);
static toc_err load(work *w, toc_error *e);
static toc_err show_path(work *w, toc_error *e);
static toc_err show_plans(work *w, toc_error *e);
static toc_err show_screen(work *w, toc_error *e);
static toc_err show_survey(work *w, toc_error *e);
static toc_err write_page(const char *path, const toc_rehearsal *r, toc_error *e);

static int run(const toc_arguments *a)
{
    toc_error e = {0};
    work w = {.a = a, .files = toc_files_new()};
    signal(SIGPIPE, SIG_IGN); // a reader that leaves is an output that could not be written
    toc_err err = check(a, &e);
    if (!err)
        err = load(&w, &e);
    if (!err && toc_options_has(a, "as"))
        err = show_screen(&w, &e);
    else if (!err && toc_options_has(a, "path"))
        err = show_path(&w, &e);
    else if (!err && toc_options_has(a, "plan"))
        err = show_plans(&w, &e);
    else if (!err)
        err = show_survey(&w, &e);
    fwrite(toc_buf_text(&w.out), 1, w.out.len, stdout);
    int code = toc_said_all(w.code);
    if (err)
        code = toc_report(&e);
    toc_buf_fini(&w.out);
    toc_scenario_free(w.player.scenario);
    toc_files_free(w.files);
    return code;
}

static toc_err check(const toc_arguments *a, toc_error *e)
{
    bool is_one = toc_options_has(a, "path") || toc_options_has(a, "plan");
    bool is_screen = toc_options_has(a, "as");
    static const char *const of_many[] = {"each-option", "exhaustive", "random", "max-paths",
                                          "jobs",        "no-plans",   "html",   "json"};
    const char *plans[2];
    if (a->argument_count > 1)
        return toc_fail(e, TOC_EUSAGE, "rehearse takes one scenario folder, not %zu",
                        a->argument_count);
    if (toc_options_has(a, "each-option") + toc_options_has(a, "exhaustive") +
            toc_options_has(a, "random") >
        1)
        return toc_fail(e, TOC_EUSAGE,
                        "--each-option, --exhaustive and --random do not go together");
    if (toc_options_has(a, "path") && toc_options_has(a, "plan"))
        return toc_fail(e, TOC_EUSAGE, "--path and --plan do not go together");
    if (toc_options_has(a, "path") && !*toc_options_get(a, "path"))
        return toc_fail(e, TOC_EUSAGE, "--path is empty; the ordinary path is --path default");
    if (toc_options_has(a, "at") && !is_screen)
        return toc_fail(e, TOC_EUSAGE, "--at is the time of a screen: it needs --as TEAM");
    if (is_screen && toc_options_all(a, "plan", plans, TOC_COUNT(plans)) > 1)
        return toc_fail(e, TOC_EUSAGE, "--as shows the screen of one play: give one --plan");
    for (size_t i = 0; (is_one || is_screen) && i < TOC_COUNT(of_many); i++)
        if (toc_options_has(a, of_many[i]))
            return toc_fail(e, TOC_EUSAGE, "--%s is for many paths: it does not go with --%s",
                            of_many[i],
                            is_screen                    ? "as"
                            : toc_options_has(a, "path") ? "path"
                                                         : "plan");
    return TOC_OK;
}

static toc_err load(work *w, toc_error *e)
{
    long seed;
    bool is_here = w->a->argument_count == 0;
    const char *dir = is_here ? "." : w->a->arguments[0];
    toc_err err = toc_options_count(w->a, "seed", 0, SEED_MAX, TOC_REHEARSE_SEED, &seed, e);
    if (!err)
        err = toc_folder_read(w->files, dir, e);
    if (!err)
        err = toc_folder_load(&w->player.scenario, w->files, dir, e);
    if (err)
        return err;
    w->player.dir = is_here ? NULL : dir;
    w->player.seed = (uint64_t)seed;
    if (seed == TOC_REHEARSE_SEED) // what a folder is loaded with
        return TOC_OK;
    toc_scenario_free(w->player.scenario);
    return toc_scenario_load(&w->player.scenario, w->files, NULL, w->player.seed,
                             TOC_SCENARIO_MEMORY, NULL, e);
}

static toc_err show_path(work *w, toc_error *e)
{
    toc_path path = {0};
    bool is_bad = false;
    toc_err err = toc_path_parse(&path, toc_scenario_plan(w->player.scenario),
                                 toc_options_get(w->a, "path"), e);
    if (!err)
        err = toc_play_one(&w->out, &w->player, &path, &is_bad, e);
    w->code = is_bad;
    toc_path_fini(&path);
    return err;
}

static toc_err show_plans(work *w, toc_error *e)
{
    const char *paths[TOC_GIVEN_MAX];
    size_t count = toc_options_all(w->a, "plan", paths, TOC_GIVEN_MAX);
    toc_err err = TOC_OK;
    for (size_t i = 0; !err && i < count; i++) {
        toc_judged judged = {0};
        toc_buf *transcript = count == 1 ? &w->out : NULL; // of several the verdicts are told
        err = toc_judge_plan(&judged, &w->player, paths[i], transcript, e);
        if (!err && transcript && w->out.len > 0)
            toc_buf_char(&w->out, '\n');
        if (err == TOC_EIO)
            return toc_playmeant(w->player.dir, paths[i], "--plan ", e);
        if (!err)
            toc_judge_tell(&w->out, &w->player, paths[i], &judged);
        w->code = w->code || judged.count > 0;
        toc_judged_fini(&judged);
    }
    return err;
}

// A .plan that is to be played whatever it expects, or all that is wrong in it on stderr.
static toc_err read_plan(toc_playplan *out, const work *w, const char *path, toc_error *e)
{
    toc_buf problems = {0};
    toc_err err = toc_playread(out, path, &problems, e);
    if (err == TOC_EIO)
        return toc_playmeant(w->player.dir, path, "--plan ", e);
    if (!err && toc_playcheck(out, toc_scenario_plan(w->player.scenario), NULL, &problems) > 0)
        err = TOC_ESCENARIO;
    if (err)
        toc_problems_show(&problems, path, TOC_ESCENARIO, e);
    toc_buf_fini(&problems);
    return err;
}

static toc_err show_screen(work *w, toc_error *e)
{
    const char *at_text = toc_options_get(w->a, "at"), *plan_file = toc_options_get(w->a, "plan");
    const char *path_text = toc_options_get(w->a, "path");
    toc_scenario *scenario = w->player.scenario;
    int64_t at = -1;
    toc_path path = {0};
    toc_playplan steps = {0};
    toc_playthrough play = {0};
    toc_err err = at_text ? toc_play_parse(at_text, &at, e) : TOC_OK;
    if (err)
        return toc_fail(e, TOC_EUSAGE, "--at %.40s: times of play are written T+0:45 or T+45m",
                        at_text);
    if (plan_file)
        err = read_plan(&steps, w, plan_file, e);
    else
        err = toc_path_parse(&path, toc_scenario_plan(scenario), path_text ? path_text : "default",
                             e);
    if (!err)
        err = toc_player_fresh(&w->player, e);
    if (!err)
        err = plan_file ? toc_play_plan(&play, scenario, &steps, at, e)
                        : toc_play_path(&play, scenario, &path, at, e);
    if (!err) {
        size_t count = play.events.count;
        int64_t end = play.ended >= 0 ? play.ended : count ? play.events.at[count - 1].t : 0;
        if (play.ended >= 0 && at > play.ended) {
            toc_buf ended = {0};
            toc_play_text(&ended, play.ended);
            err = toc_fail(e, TOC_EUSAGE, "--at %.40s is after ENDEX, which is at %s on this path",
                           at_text, toc_buf_text(&ended));
            toc_buf_fini(&ended);
        } else {
            err = toc_play_screen(&w->out, &w->player, &play, toc_options_get(w->a, "as"),
                                  at < 0 ? end : at, e);
        }
        toc_playthrough_fini(&play);
    }
    toc_path_fini(&path);
    toc_playplan_fini(&steps);
    return err;
}

static toc_err read_survey_options(toc_survey_options *o, const work *w, toc_error *e)
{
    const toc_arguments *a = w->a;
    long random, most, jobs;
    *o = (toc_survey_options){.strategy = toc_options_has(a, "exhaustive") ? TOC_SURVEY_EXHAUSTIVE
                                          : toc_options_has(a, "random")   ? TOC_SURVEY_RANDOM
                                                                           : TOC_SURVEY_EACH,
                              .seed = w->player.seed,
                              .run_seed = w->player.seed};
    toc_err err = toc_options_count(a, "random", 1, PATHS_MAX, 0, &random, e);
    if (!err)
        err = toc_options_count(a, "max-paths", 1, PATHS_MAX, random, &most, e);
    if (!err)
        err = toc_options_count(a, "jobs", 1, JOBS_MAX, 0, &jobs, e);
    if (err)
        return err;
    o->most = (size_t)(random > 0 && random < most ? random : most);
    o->cores = (unsigned)jobs;
    return TOC_OK;
}

static toc_err show_survey(work *w, toc_error *e)
{
    toc_survey_options o;
    toc_survey survey;
    toc_plans plans = {0};
    toc_watch watch;
    int64_t took;
    toc_err err = read_survey_options(&o, w, e);
    if (err)
        return err;
    if (!toc_options_has(w->a, "no-plans"))
        toc_plans_read(&plans, &w->player);
    o.plans = plans.at;
    o.plan_count = plans.count;
    toc_watch_start(&watch);
    o.progress = toc_watch_progress;
    o.context = &watch;
    err = toc_survey_run(&survey, w->files, &o, e);
    toc_watch_stop(&watch, &took);
    if (err) {
        toc_plans_fini(&plans);
        return err;
    }
    toc_rehearsal r;
    toc_rehearsal_init(&r, toc_scenario_plan(w->player.scenario), &survey, w->player.dir);
    for (size_t i = 0; i < plans.count; i++)
        toc_rehearsal_again(&r, i, plans.paths[i]);
    toc_plans_fini(&plans);
    size_t parts = toc_scenario_part_count(w->player.scenario);
    toc_scenario_part *list = toc_alloc((parts + 1) * sizeof *list);
    for (size_t i = 0; i < parts; i++)
        list[i] = toc_scenario_part_at(w->player.scenario, i);
    r.parts = list;
    r.part_count = parts;
    r.took_ms = took;
    if (!toc_options_has(w->a, "no-plans") && !survey.is_interrupted)
        err = toc_judge_folder(&r, &w->player, e);
    if (!err && toc_options_has(w->a, "json"))
        toc_rehearse_json(&w->out, &r);
    else if (!err)
        toc_rehearse_text(&w->out, &r);
    if (!err && toc_options_has(w->a, "html"))
        err = write_page(toc_options_get(w->a, "html"), &r, e);
    w->code = survey.is_interrupted ? INTERRUPTED : toc_rehearsal_errors(&r) > 0;
    toc_rehearsal_fini(&r);
    toc_survey_fini(&survey);
    free(list);
    return err;
}

static toc_err write_page(const char *path, const toc_rehearsal *r, toc_error *e)
{
    toc_buf page = {0}, shown = {0};
    toc_err err = TOC_OK;
    FILE *file = fopen(path, "w");
    toc_rehearse_html(&page, r);
    bool is_written = file && fwrite(page.data, 1, page.len, file) == page.len;
    int why = errno;
    if (file && fclose(file) != 0) {
        why = errno;
        is_written = false;
    }
    if (!is_written)
        err = toc_fail_sys(e, why, "%.200s could not be written", path);
    toc_text_visible(&shown, path, strlen(path), false);
    if (!err)
        fprintf(stderr, "Wrote %s\n", toc_buf_text(&shown));
    toc_buf_fini(&page);
    toc_buf_fini(&shown);
    return err;
}

const toc_command toc_command_rehearse = {
    .name = "rehearse",
    .usage = "rehearse [SCENARIO]",
    .summary = "plays a scenario along many paths, without people, and tells what is wrong",
    .about =
        "Plays the exercise in virtual time: every option of every decision, in time, just before "
        "the deadline and\n"
        "not at all. It tells what never happens, what fails, where play does not end, how much "
        "each team has to\n"
        "read, and draws the timeline and the branches. The plans beside the scenario "
        "(SCENARIO/plans/*.plan) are\n"
        "played too. The command below a finding shows it; for what never happens, the ordinary "
        "path, where it does\n"
        "not come. Exit code 1: there is an "
        "error to mend; warnings\n"
        "are for planners to weigh.\n"
        "A path says what is not as usual, with commas: D-03=isolate, D-03=isolate@late, "
        "D-03=isolate@T+1:38, D-03=none,\n"
        "D-07=own, D-07=rejected (an answer of its own), EXP-04=missed, EXP-04=late, "
        "'wind>grid=silent'; or default.\n",
    .examples = "  tocsin rehearse scenarios/silent-beams\n"
                "  tocsin rehearse scenarios/silent-beams --html rehearsal.html\n"
                "  tocsin rehearse scenarios/silent-beams --path D-01=wait,D-03=none\n"
                "  tocsin rehearse scenarios/silent-beams --plan scenarios/silent-beams/plans/"
                "good.plan\n"
                "  tocsin rehearse scenarios/silent-beams --as wind --at T+0:45\n"
                "  tocsin rehearse scenarios/silent-beams --random 2000 --seed 7\n",
    .options = options,
    .run = run,
};
