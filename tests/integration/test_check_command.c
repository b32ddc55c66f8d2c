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
    tcase_add_test(tcase, other_commands_show_mistakes_in_the_same_way);
    tcase_add_test(tcase, what_cannot_be_read_or_asked_is_told);
    tcase_add_test(tcase, every_code_is_explained);
    tcase_add_test(tcase, shipped_scenarios_have_no_mistakes_even_when_strict);
}

TOC_CHECK_MAIN("check_command", add_tests)
