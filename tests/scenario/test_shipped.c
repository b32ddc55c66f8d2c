// SPDX-License-Identifier: MIT
// What is shipped is right: every scenario of scenarios/ passes check without a word, and its rehearsal
// comes everywhere and ends everywhere. Its plans in virtual time; over sockets: integration/plans.
#include <string.h>

#include "base/mem.h"
#include "check/check.h"
#include "check_main.h"
#include "rehearsal_fixture.h"
#include "shipped.h"

START_TEST(check_of_every_shipped_scenario_gives_no_error_and_no_warning)
{
    toc_review r;
    toc_error e = {0};
    toc_buf said = {0};
    const shipped *s = shipped_at((size_t)_i);
    toc_files *files = shipped_read(s);
    TOC_OK_OR_FAIL(toc_check(&r, files, NULL, &e), e);
    toc_problems_lines(&r.problems, &said);
    ck_assert_msg(r.problems.count == 0, "%s: %s", s->id, toc_buf_text(&said));
    ck_assert_uint_eq(r.todo_count, 0);
    toc_buf_fini(&said);
    toc_review_fini(&r);
    toc_files_free(files);
}
END_TEST

// Fails with the name of the first that no path comes to.
static void all_came(const char *what, const toc_tally *tallies, size_t i, const char *id)
{
    ck_assert_msg(tallies[i].count > 0, "%s %s comes about on no path", what, id);
}

static void options_came(const toc_survey *v, const toc_plan *plan)
{
    for (size_t i = 0; i < plan->decision_count; i++) {
        all_came("the question", v->decisions, i, plan->decisions[i].id);
        all_came("no answer to", v->unanswered, i, plan->decisions[i].id);
        for (size_t k = 0; k < plan->decisions[i].option_count; k++)
            ck_assert_msg(v->options[i][k].count > 0, "%s is never answered with %s",
                          plan->decisions[i].id, plan->decisions[i].options[2 * k]);
    }
}

START_TEST(rehearsal_of_every_shipped_scenario_comes_to_all_that_it_declares)
{
    toc_files *files = shipped_read(shipped_at((size_t)_i));
    toc_scenario *scenario = rehearsal_scenario(files);
    const toc_plan *plan = toc_scenario_plan(scenario);
    toc_survey v = rehearsal_survey(files, TOC_SURVEY_EACH, 2);
    for (size_t i = 0; i < plan->inject_count; i++)
        all_came("inject", v.injects, i, plan->injects[i].id);
    options_came(&v, plan);
    ck_assert_uint_eq(v.condition_count, toc_scenario_part_count(scenario));
    for (size_t i = 0; i < v.condition_count; i++)
        all_came("condition", v.conditions, i, toc_scenario_part_at(scenario, i).name);
    for (size_t i = 0; i < plan->expectation_count; i++)
        all_came("expected action", v.actions, i, plan->expectations[i].id);
    for (size_t i = 0; i < plan->objective_count; i++)
        all_came("evidence of", v.objectives, i, plan->objectives[i].id);
    for (size_t i = 0; i < plan->phase_count; i++)
        all_came("phase", v.phases, i, plan->phases[i].id);
    for (size_t i = 0; i < plan->model.repair_count; i++)
        all_came("repair", v.repairs, i, plan->model.repairs[i].id);
    ck_assert(!v.is_capped);
    toc_survey_fini(&v);
    toc_scenario_free(scenario);
    toc_files_free(files);
}
END_TEST

START_TEST(every_path_of_every_shipped_scenario_ends_and_no_finding_is_an_error)
{
    const shipped *s = shipped_at((size_t)_i);
    toc_files *files = shipped_read(s);
    toc_survey v = rehearsal_survey(files, TOC_SURVEY_EACH, 2);
    ck_assert_uint_gt(v.path_count, 1);
    ck_assert_uint_eq(v.ended, v.path_count);
    for (size_t i = 0; i < v.finding_count; i++)
        ck_assert_msg(!v.findings[i].is_error, "%s: %s: %s", s->id,
                      toc_found_name(v.findings[i].kind), v.findings[i].text);
    toc_survey_fini(&v);
    toc_files_free(files);
}
END_TEST

START_TEST(every_shipped_scenario_has_plans_that_come_out_as_they_say)
{
    const shipped *s = shipped_at((size_t)_i);
    toc_files *files = shipped_read(s);
    toc_scenario *scenario = rehearsal_scenario(files);
    toc_buf misses = {0};
    ck_assert_uint_ge(s->plan_count, 2);
    shipped_play_plans(s, scenario, &misses);
    ck_assert_msg(misses.len == 0, "%s", toc_buf_text(&misses));
    toc_buf_fini(&misses);
    toc_scenario_free(scenario);
    toc_files_free(files);
}
END_TEST

static void add_tests(TCase *tc)
{
    int count = (int)shipped_count();
    if (count < 3)
        abort(); // the folder is not where it should be
    tcase_add_loop_test(tc, check_of_every_shipped_scenario_gives_no_error_and_no_warning, 0,
                        count);
    tcase_add_loop_test(tc, rehearsal_of_every_shipped_scenario_comes_to_all_that_it_declares, 0,
                        count);
    tcase_add_loop_test(tc, every_path_of_every_shipped_scenario_ends_and_no_finding_is_an_error, 0,
                        count);
    tcase_add_loop_test(tc, every_shipped_scenario_has_plans_that_come_out_as_they_say, 0, count);
}

TOC_CHECK_MAIN("shipped", add_tests)
