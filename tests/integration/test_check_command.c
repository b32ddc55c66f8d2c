// SPDX-License-Identifier: MIT
// `tocsin check` and `tocsin explain` at the real binary: what they print, where, and their exit codes.

#include "check_main.h"
#include "process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "record/json.h"
#include "script/codes.h"

enum { ARGUMENTS = 8 };

#define GOOD                                                                                       \
    "exercise \"x\" { title = \"X\", startex = \"2026-03-02 07:00Z\", length = \"20m\" }\n"        \
    "team \"ops\" { name = \"Ops\" }\n"                                                            \
    "inject \"INJ-01\" { at = \"T+0:05\", to = \"ops\", title = \"A\", text = \"B.\" }\n"

static toc_buf said;
static char *dir; // a scenario folder of the test's own

static void set_up(void)
{
    dir = folder_new();
}

static void tear_down(void)
{
    toc_buf_fini(&said);
    folder_remove(dir);
}

static void put(const char *name, const char *text)
{
    char *path = toc_sprintf("%s/%s", dir, name);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    ck_assert_int_eq(fclose(f), 0);
    free(path);
}

static int tocsin(const char *command, const char *one, const char *two)
{
    const char *argv[ARGUMENTS] = {binary(), command, one, one ? two : NULL};
    toc_buf_clear(&said);
    return process_run(argv, &said, 60);
}

static void says(const char *words)
{
    ck_assert_msg(strstr(toc_buf_text(&said), words), "\"%s\" is missing in:\n%s", words,
                  toc_buf_text(&said));
}

static void says_not(const char *words)
{
    ck_assert_msg(!strstr(toc_buf_text(&said), words), "\"%s\" is in:\n%s", words,
                  toc_buf_text(&said));
}

START_TEST(a_clean_scenario_has_no_mistakes)
{
    put("scenario.lua", GOOD);
    ck_assert_int_eq(tocsin("check", dir, NULL), 0);
    says("EXERCISE x: 1 inject");
    says("No mistakes.\n");
}
END_TEST

START_TEST(without_a_folder_the_current_one_is_checked)
{
    put("scenario.lua", GOOD "send \"INJ-1\"\n");
    char *here = getcwd(NULL, 0);
    char *program = *binary() == '/' ? toc_strdup(binary()) : toc_sprintf("%s/%s", here, binary());
    ck_assert_int_eq(chdir(dir), 0);
    const char *argv[] = {program, "check", NULL};
    ck_assert_int_eq(process_run(argv, &said, 60), 1);
    says("  --> scenario.lua:4");
    ck_assert_int_eq(chdir(here), 0);
    free(program);
    free(here);
}
END_TEST

START_TEST(mistakes_are_shown_with_place_excerpt_and_code)
{
    put("scenario.lua", GOOD "when(function () return sent \"INJ-02\" end, function () end)\n");
    ck_assert_int_eq(tocsin("check", dir, NULL), 1);
    says("error[E0214]: sent: unknown inject \"INJ-02\"\n");
    says("scenario.lua:4:30\n");
    says(" 4 | when(function () return sent \"INJ-02\" end, function () end)\n"
         "   |                              ^^^^^^^^ ");
    says("1 error.  tocsin explain E0214\n");
    says_not("\x1b[");
}
END_TEST

START_TEST(editors_get_a_line_each)
{
    put("scenario.lua", GOOD "when(function () return sent \"INJ-02\" end, function () end)\n");
    ck_assert_int_eq(tocsin("check", dir, "--format=gcc"), 1);
    char *expected =
        toc_sprintf("%s/scenario.lua:4:30: error: sent: unknown inject \"INJ-02\" [E0214]\n", dir);
    ck_assert_str_eq(toc_buf_text(&said), expected);
    free(expected);
}
END_TEST

START_TEST(programs_get_one_json_object)
{
    toc_error e;
    const toc_json_limits limits = {1 << 20, 16, 10000};
    put("scenario.lua", GOOD "inject \"INJ-02\" { to = \"ops\", title = \"A\", text = \"B.\" }\n");
    ck_assert_int_eq(tocsin("check", dir, "--json"), 1);
    toc_json *json = NULL;
    TOC_OK_OR_FAIL(toc_json_read(&json, said.data, said.len, limits, &e), e);
    toc_json_free(json);
    says("\"code\":\"E0304\",\"severity\":\"error\"");
    says("\"scenario\":{\"id\":\"x\"");
}
END_TEST

START_TEST(warnings_count_only_when_strict)
{
    put("scenario.lua",
        GOOD "inject \"INJ-02\" { to = \"ops\", title = \"A\", text = \"B.\", release = "
             "\"manual\" }\n");
    ck_assert_int_eq(tocsin("check", dir, NULL), 0);
    says("warning[W0408]");
    says("1 warning.  tocsin explain W0408\n");
    ck_assert_int_eq(tocsin("check", dir, "--strict"), 1);
}
END_TEST

START_TEST(plans_beside_the_scenario_are_checked)
{
    char *plans = toc_sprintf("%s/plans", dir);
    put("scenario.lua", GOOD);
    ck_assert_int_eq(mkdir(plans, 0755), 0);
    free(plans);
    put("plans/good.plan", "expect sent INJ-01\n");
    ck_assert_int_eq(tocsin("check", dir, NULL), 0);
    put("plans/bad.plan", "# nothing here\nexpect sent INJ-02\nat T+0:01 nonsense\n");
    ck_assert_int_eq(tocsin("check", dir, NULL), 1);
    says("error[E0312]: ");
    says("plans/bad.plan:");
}
END_TEST

static void put_plan(const char *text)
{
    char *plans = toc_sprintf("%s/plans", dir);
    put("scenario.lua", GOOD "decision \"D-01\" { to = \"ops\", at = \"T+0:06\", within = \"5m\", "
                             "title = \"Q?\", options "
                             "= { { \"yes\", \"Yes\" }, { \"no\", \"No\" } } }\n");
    mkdir(plans, 0755);
    free(plans);
    put("plans/a.plan", text);
}

static size_t count_said(const char *words)
{
    size_t count = 0;
    for (const char *at = toc_buf_text(&said); (at = strstr(at, words)); at++)
        count++;
    return count;
}

START_TEST(all_that_is_wrong_with_a_plan_is_told_in_one_round_and_once)
{
    put_plan("on INJ-01 ops-1 sagen hello\n"
             "at T+0:03 ops-1 read\n"
             "on D-99 ops-1 decide D-99 yes\n"
             "on D-01 ops-1 decide D-01 yess\n"
             "expect sent INJ-01\nexpect decided D-01 yess\nexpect endex\n"
             "at T+0:30 ops-1 say excon hello\n");
    ck_assert_int_eq(tocsin("check", dir, NULL), 1);
    says("help: it can say read, ack, decide, say, ask, forward, submit, emergency,\n"
         "      sign-in, sign-out\n");
    says("help: The form is: read INJ-01\n");
    says("help: write an earlier time");
    ck_assert_uint_eq(count_said("\"D-99\""), 1);
    ck_assert_uint_eq(count_said("D-01 has no option \"yess\"\n"), 2); // two lines, the same words
    ck_assert_uint_eq(count_said("error[E0312]"), 6);
}
END_TEST

START_TEST(a_plan_of_another_scenario_is_one_mistake)
{
    put_plan("at T+0:01 port-1 say town Hello\non D-02 town-1 decide D-02 close\n"
             "expect sent INJ-07\nexpect sent INJ-01\nexpect endex\n");
    ck_assert_int_eq(tocsin("check", dir, NULL), 1);
    ck_assert_uint_eq(count_said("error[E0312]"), 1);
    says("seems to belong to another scenario: 3 of its 4 lines");
}
END_TEST

START_TEST(a_plan_in_utf_16_is_called_that)
{
    static const char wide[] = "\xFF\xFE"
                               "e\0x\0p\0\n";
    char *path = toc_sprintf("%s/plans/a.plan", dir);
    put_plan("");
    FILE *f = fopen(path, "w");
    fwrite(wide, 1, sizeof wide, f);
    fclose(f);
    free(path);
    ck_assert_int_eq(tocsin("check", dir, NULL), 1);
    says("UTF-16");
    says_not("NUL");
}
END_TEST

START_TEST(every_command_takes_the_file_for_its_folder_and_names_a_wrong_one_alike)
{
    static const char *const commands[] = {"check", "rehearse", "msel", "world"};
    char *file = toc_sprintf("%s/scenario.lua", dir);
    for (size_t i = 0; i < TOC_COUNT(commands); i++) {
        ck_assert_int_eq(tocsin(commands[i], dir, NULL), 3);
        says(" holds no scenario.lua; name a scenario's folder, or make one: tocsin new DIR\n");
    }
    put("scenario.lua", GOOD);
    for (size_t i = 0; i < TOC_COUNT(commands); i++) {
        tocsin(commands[i], file, NULL);
        says_not("folder");
        says("X");
    }
    free(file);
}
END_TEST

START_TEST(a_plan_that_is_not_there_is_looked_for_in_plans)
{
    put_plan("expect endex\n");
    ck_assert_int_eq(tocsin("rehearse", dir, "--plan=a.plan"), 3);
    says("did you mean --plan ");
    says("/plans/a.plan?");
}
END_TEST

START_TEST(other_commands_show_mistakes_in_the_same_way)
{
    put("scenario.lua", GOOD "when(function () return sent \"INJ-02\" end, function () end)\n");
    ck_assert_int_eq(tocsin("world", dir, NULL), 1);
    says("error[E0214]: sent: unknown inject \"INJ-02\"\n");
    says("^^^^^^^^");
    says("1 mistake in ");
}
END_TEST

START_TEST(what_cannot_be_read_or_asked_is_told)
{
    ck_assert_int_eq(tocsin("check", "no/such/folder", NULL), 3);
    says("no/such/folder");
    ck_assert_int_eq(tocsin("check", dir, NULL), 3);
    says("scenario.lua");
    ck_assert_int_eq(tocsin("check", dir, "--format=xml"), 2);
    ck_assert_int_eq(tocsin("check", dir, dir), 2);
}
END_TEST

START_TEST(a_file_that_cannot_be_read_is_one_problem_among_the_others)
{
    put("scenario.lua", GOOD "inject \"INJ-02\" { at = \"T+0:07\", to = \"opps\", title = \"A\", "
                             "text = file \"b.md\" }\n");
    put("b.md", "one\nBr\xFC"
                "cke\n");
    ck_assert_int_eq(tocsin("check", dir, "--format=gcc"), 1);
    says("scenario.lua:4:");
    says("unknown team \"opps\" [E0214]\n");
    says("b.md:2: error: byte 0xFC is not UTF-8 text: the file is saved in Latin-1 or Windows-1252 "
         "[E0114]\n");
    ck_assert_ptr_null(strstr(toc_buf_text(&said), "E0223"));
    ck_assert_int_eq(tocsin("world", dir, NULL), 1);
    says("b.md:2: byte 0xFC is not UTF-8 text");
    put("scenario.lua", "-- \xFF\n");
    ck_assert_int_eq(tocsin("check", dir, "--json"), 1);
    says("\"valid\":false");
    says("\"code\":\"E0114\"");
    says("\"error_count\":2,"); // and nothing that follows from it
}
END_TEST

START_TEST(json_is_an_object_even_of_a_folder_that_is_not_there)
{
    ck_assert_int_eq(tocsin("check", "no/such/folder", "--json"), 3);
    says("{\"schema\":\"tocsin.check/1\",\"valid\":false,\"error_count\":1,");
    says("there is no scenario folder no/such/folder");
}
END_TEST

START_TEST(a_phase_may_be_left_to_controllers)
{
    put("scenario.lua", GOOD "phase \"night\" { title = \"The night\" }\n");
    tocsin("check", dir, NULL);
    ck_assert_ptr_null(strstr(toc_buf_text(&said), "error["));
}
END_TEST

START_TEST(every_code_is_explained)
{
    size_t count;
    const toc_code *codes = toc_codes(&count);
    ck_assert_int_eq(tocsin("explain", NULL, NULL), 0);
    for (size_t i = 0; i < count; i++) {
        says(codes[i].code);
        says(codes[i].title);
    }
    ck_assert_int_eq(tocsin("explain", "e0302", NULL), 0);
    says("# E0302: ");
    says("## Right");
    ck_assert_int_eq(tocsin("explain", "Unknown-Option", NULL), 0);
    says("# E0302: ");
    ck_assert_int_eq(tocsin("explain", "unknown-optoin", NULL), 2);
    says("did you mean `tocsin explain unknown-option`?");
    ck_assert_int_eq(tocsin("explain", "E0302", "E0303"), 2);
    ck_assert_int_eq(tocsin("explain", "302", NULL), 0);
    says("# E0302: ");
    ck_assert_int_eq(tocsin("explain", "comma", NULL), 0);
    says("E0102");
    says_not("E0302");
}
END_TEST

START_TEST(shipped_scenarios_have_no_mistakes_even_when_strict)
{
    static const char *const names[] = {"first-light", "silent-beams", "cold-corridor"};
    for (size_t i = 0; i < TOC_COUNT(names); i++) {
        char *relative = toc_sprintf("scenarios/%s", names[i]);
        char *path = source_path(relative);
        ck_assert_msg(tocsin("check", path, "--strict") == 0, "%s", toc_buf_text(&said));
        free(path);
        free(relative);
    }
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_clean_scenario_has_no_mistakes);
    tcase_add_test(tcase, without_a_folder_the_current_one_is_checked);
    tcase_add_test(tcase, mistakes_are_shown_with_place_excerpt_and_code);
    tcase_add_test(tcase, editors_get_a_line_each);
    tcase_add_test(tcase, programs_get_one_json_object);
    tcase_add_test(tcase, warnings_count_only_when_strict);
    tcase_add_test(tcase, plans_beside_the_scenario_are_checked);
    tcase_add_test(tcase, all_that_is_wrong_with_a_plan_is_told_in_one_round_and_once);
    tcase_add_test(tcase, a_plan_of_another_scenario_is_one_mistake);
    tcase_add_test(tcase, a_plan_in_utf_16_is_called_that);
    tcase_add_test(tcase, every_command_takes_the_file_for_its_folder_and_names_a_wrong_one_alike);
    tcase_add_test(tcase, a_plan_that_is_not_there_is_looked_for_in_plans);
    tcase_add_test(tcase, other_commands_show_mistakes_in_the_same_way);
    tcase_add_test(tcase, what_cannot_be_read_or_asked_is_told);
    tcase_add_test(tcase, a_file_that_cannot_be_read_is_one_problem_among_the_others);
    tcase_add_test(tcase, json_is_an_object_even_of_a_folder_that_is_not_there);
    tcase_add_test(tcase, a_phase_may_be_left_to_controllers);
    tcase_add_test(tcase, every_code_is_explained);
    tcase_add_test(tcase, shipped_scenarios_have_no_mistakes_even_when_strict);
}

TOC_CHECK_MAIN("check_command", add_tests)
