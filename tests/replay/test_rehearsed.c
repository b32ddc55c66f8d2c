// SPDX-License-Identifier: MIT
// A rehearsal is play: what it gives comes out again from its inputs alone, and the scenarios that are
// shipped pass their own.
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "rehearsal_fixture.h"
#include "solo.h"

static const char *const shipped[] = {"scenarios/silent-beams", "scenarios/cold-corridor",
                                      "tests/fixtures/relay", "tests/fixtures/worldly"};

static char *source_path(const char *path)
{
    const char *root = getenv("TOC_SOURCE_DIR");
    ck_assert_msg(root, "TOC_SOURCE_DIR is not set");
    return toc_sprintf("%s/%s", root, path);
}

static toc_files *folder_files(const char *path)
{
    toc_files *files;
    toc_error e = {0};
    char *dir = source_path(path);
    TOC_OK_OR_FAIL(scenario_files(&files, dir, &e), e);
    free(dir);
    return files;
}

// The inputs of a play, fed to an exercise that knows nothing of players.
static char *replayed(const toc_files *files, const toc_playthrough *p)
{
    toc_scenario *s = rehearsal_scenario(files);
    toc_exercise *x = toc_exercise_new(toc_scenario_plan(s), toc_scenario_script(s));
    toc_playthrough out = {0};
    toc_error e = {0};
    int64_t due, seq = 1;
    for (size_t i = 0; i <= p->events.count; i++) {
        const toc_event *in = i < p->events.count ? &p->events.at[i] : NULL;
        if (in && toc_kind_class(in->kind) != TOC_CLASS_INPUT)
            continue;
        while (toc_exercise_next_due(x, &due) && (!in || due <= in->t)) {
            size_t before = out.events.count;
            TOC_OK_OR_FAIL(toc_exercise_advance(x, seq, &out.events, &e), e);
            seq += (int64_t)(out.events.count - before);
        }
        if (!in)
            break;
        ck_assert_int_eq(in->seq, seq);
        size_t before = out.events.count;
        TOC_OK_OR_FAIL(toc_exercise_apply(x, in, &out.events, &e), e);
        seq += 1 + (int64_t)(out.events.count - before);
    }
    char *bodies = rehearsal_bodies(&out, false);
    toc_playthrough_fini(&out);
    toc_exercise_free(x);
    toc_scenario_free(s);
    return bodies;
}

static void agree(const toc_files *files, const char *path)
{
    toc_playthrough p = rehearsal_play(files, path, -1), again = rehearsal_play(files, path, -1);
    char *a = rehearsal_bodies(&p, true), *b = rehearsal_bodies(&again, true);
    ck_assert_str_eq(a, b);
    char *derived = rehearsal_bodies(&p, false), *out = replayed(files, &p);
    ck_assert_str_eq(derived, out);
    free(a);
    free(b);
    free(derived);
    free(out);
    toc_playthrough_fini(&p);
    toc_playthrough_fini(&again);
}

START_TEST(the_inputs_of_a_path_give_the_same_again)
{
    for (size_t i = 0; i < TOC_COUNT(shipped); i++) {
        toc_files *files = folder_files(shipped[i]);
        toc_survey s = rehearsal_survey(files, TOC_SURVEY_EACH, 2);
        agree(files, "default");
        // One of each kind of choice, as far as there are any.
        for (size_t k = 1; k < s.path_count && k < 2000; k += 1 + s.path_count / 8)
            if (*toc_survey_path(&s, k))
                agree(files, toc_survey_path(&s, k));
        toc_survey_fini(&s);
        toc_files_free(files);
    }
}
END_TEST

static void no_misses(const toc_files *files, const char *path)
{
    toc_scenario *s = rehearsal_scenario(files);
    toc_playplan plan;
    toc_playthrough p;
    toc_error e = {0};
    toc_buf misses = {0};
    TOC_OK_OR_FAIL(toc_playplan_read(&plan, path, &e), e);
    TOC_OK_OR_FAIL(toc_play_plan(&p, s, &plan, -1, &e), e);
    size_t count = toc_playplan_misses(&plan, p.events.at, p.events.count, &misses);
    ck_assert_msg(count == 0, "%s", toc_buf_text(&misses));
    ck_assert_str_eq(toc_buf_text(&p.refused), "");
    char *derived = rehearsal_bodies(&p, false), *out = replayed(files, &p);
    ck_assert_str_eq(derived, out);
    free(derived);
    free(out);
    toc_buf_fini(&misses);
    toc_playthrough_fini(&p);
    toc_playplan_fini(&plan);
    toc_scenario_free(s);
}

START_TEST(the_plans_of_shipped_scenarios_come_out)
{
    size_t count = 0;
    for (size_t i = 0; i < 2; i++) {
        toc_files *files = folder_files(shipped[i]);
        char *folder = toc_sprintf("%s/plans", shipped[i]), *path = source_path(folder);
        DIR *dir = opendir(path);
        ck_assert_msg(dir, "%s", path);
        for (struct dirent *one; (one = readdir(dir));) {
            char *plan = toc_sprintf("%s/%s", path, one->d_name);
            if (strstr(one->d_name, ".plan")) {
                no_misses(files, plan);
                count++;
            }
            free(plan);
        }
        closedir(dir);
        free(folder);
        free(path);
        toc_files_free(files);
    }
    ck_assert_uint_ge(count, 4);
}
END_TEST

START_TEST(shipped_scenarios_are_covered_and_the_same_on_any_number_of_cores)
{
    for (size_t i = 0; i < 2; i++) {
        toc_files *files = folder_files(shipped[i]);
        toc_survey s = rehearsal_survey(files, TOC_SURVEY_EACH, 1),
                   other = rehearsal_survey(files, TOC_SURVEY_EACH, 3);
        char *a = rehearsal_report(&s), *b = rehearsal_report(&other);
        ck_assert_str_eq(a, b);
        for (size_t k = 0; k < s.finding_count; k++)
            ck_assert_msg(!s.findings[k].is_error, "%s: %s", shipped[i], s.findings[k].text);
        for (size_t k = 0; k < s.inject_count; k++)
            ck_assert_uint_gt(s.injects[k].count, 0);
        for (size_t k = 0; k < s.condition_count; k++)
            ck_assert_uint_gt(s.conditions[k].count, 0);
        free(a);
        free(b);
        toc_survey_fini(&s);
        toc_survey_fini(&other);
        toc_files_free(files);
    }
}
END_TEST

static bool was_sent(const toc_playthrough *p, const char *inject)
{
    for (size_t i = 0; i < p->events.count; i++)
        if (p->events.at[i].kind == TOC_K_INJECT &&
            strcmp(toc_event_str(&p->events.at[i], TOC_F_INJECT), inject) == 0)
            return true;
    return false;
}

START_TEST(a_path_that_is_named_shows_what_it_is_named_for)
{
    toc_files *files = folder_files("scenarios/silent-beams");
    toc_scenario *scenario = rehearsal_scenario(files);
    const toc_plan *plan = toc_scenario_plan(scenario);
    toc_survey s = rehearsal_survey(files, TOC_SURVEY_EACH, 2);
    for (size_t i = 0; i < s.inject_count; i++) {
        size_t paths[] = {s.injects[i].first, s.injects[i].without};
        for (size_t k = 0; k < 2; k++) {
            if (paths[k] == TOC_NONE || (paths[k] == 0 && i > 3))
                continue;
            toc_playthrough p = rehearsal_play(files, toc_survey_path(&s, paths[k]), -1);
            ck_assert_msg(was_sent(&p, plan->injects[i].id) == (k == 0), "%s on %s",
                          plan->injects[i].id, toc_survey_path(&s, paths[k]));
            toc_playthrough_fini(&p);
        }
    }
    toc_survey_fini(&s);
    toc_scenario_free(scenario);
    toc_files_free(files);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, the_inputs_of_a_path_give_the_same_again);
    tcase_add_test(tc, the_plans_of_shipped_scenarios_come_out);
    tcase_add_test(tc, shipped_scenarios_are_covered_and_the_same_on_any_number_of_cores);
    tcase_add_test(tc, a_path_that_is_named_shows_what_it_is_named_for);
}

TOC_CHECK_MAIN("rehearsed", add_tests)
