// SPDX-License-Identifier: MIT
// `tocsin msel` at the real binary.

#include "check_main.h"
#include "process.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"

enum { ARGUMENTS = 12 };

static toc_error e;
static toc_buf said;
static char *dir;

static void set_up(void)
{
    dir = folder_new();
}

static void tear_down(void)
{
    toc_buf_fini(&said);
    folder_remove(dir);
}

// Runs `tocsin msel SCENARIO` with what else is to be said, separated by spaces; the exit code.
static int msel(const char *scenario, const char *options)
{
    char *path = source_path(scenario), *words = toc_strdup(options), *rest = words, *word;
    const char *argv[ARGUMENTS] = {binary(), "msel", path};
    for (size_t i = 3; i + 1 < ARGUMENTS && (word = strtok_r(rest, " ", &rest)); i++)
        argv[i] = word;
    toc_buf_clear(&said);
    int code = process_run(argv, &said, 60);
    free(words);
    free(path);
    return code;
}

static void says(const char *words)
{
    ck_assert_msg(strstr(toc_buf_text(&said), words), "\"%s\" is missing in:\n%.2000s", words,
                  toc_buf_text(&said));
}

START_TEST(the_list_comes_in_each_form_for_each_reader)
{
    ck_assert_int_eq(msel("tests/fixtures/msel/night", ""), 0);
    says("EXERCISE  A night at the lock (night)  TLP:AMBER\n");
    ck_assert_int_eq(msel("tests/fixtures/msel/night", "--for evaluators"), 0);
    says("for evaluators");
    ck_assert_int_eq(msel("tests/fixtures/msel/night", "--csv"), 0);
    says("\"EXERCISE / TLP:AMBER\",\"1\",\"STARTEX\"");
    ck_assert_int_eq(msel("tests/fixtures/msel/night", "--csv --for lock"), 0);
    says("\"EXERCISE / TLP:AMBER\",\"lock\",1,");
    ck_assert_int_eq(msel("tests/fixtures/msel/night", "--html --for town"), 0);
    says("TOWN-BRIEF");
    ck_assert_ptr_null(strstr(said.data, "INJ-01"));
    ck_assert_int_eq(msel("tests/fixtures/msel/night", "--html --for evaluators"), 0);
    says("not observed");
}
END_TEST

START_TEST(an_evaluator_gets_a_sheet_of_one_team_or_of_all)
{
    ck_assert_int_eq(msel("tests/fixtures/msel/night", "--evaluate lock"), 0);
    says("<section id=\"lock\">");
    says("What they receive, and what should come of it");
    says("not exercised");
    says("P  performed without challenges");
    ck_assert_ptr_null(strstr(said.data, "<section id=\"town\">"));
    ck_assert_int_eq(msel("tests/fixtures/msel/night", "--html --evaluate all"), 0);
    says("<section id=\"lock\">");
    says("<section id=\"town\">");
}
END_TEST

START_TEST(the_same_scenario_gives_the_same_bytes)
{
    toc_buf first = {0};
    ck_assert_int_eq(msel("scenarios/silent-beams", "--html"), 0);
    toc_buf_add(&first, said.data, said.len);
    ck_assert_int_eq(msel("scenarios/silent-beams", "--html"), 0);
    ck_assert_uint_eq(first.len, said.len);
    ck_assert_int_eq(memcmp(first.data, said.data, said.len), 0);
    toc_buf_fini(&first);
}
END_TEST

START_TEST(a_file_holds_what_would_have_been_printed)
{
    toc_buf file = {0};
    char *options = toc_sprintf("--csv --output %s/msel.csv", dir);
    char *path = toc_sprintf("%s/msel.csv", dir);
    ck_assert_int_eq(msel("tests/fixtures/msel/night", options), 0);
    char *note =
        toc_sprintf("Wrote %s: 18 rows, for EXCON; only you can read it (mode 0600)\n", path);
    ck_assert_str_eq(toc_buf_text(&said), note);
    free(note);
    ck_assert_int_eq(msel("tests/fixtures/msel/night", "--csv"), 0);
    TOC_OK_OR_FAIL(toc_file_slurp(&file, path, (size_t)1 << 20, &e), e);
    ck_assert_str_eq(toc_buf_text(&file), toc_buf_text(&said));
    toc_buf_fini(&file);
    free(path);
    free(options);
}
END_TEST

START_TEST(the_book_says_what_each_answer_brings)
{
    ck_assert_int_eq(msel("scripts/template", "--html"), 0);
    says("<h3>What each answer brings</h3>");
    says("<tr><td>close</td><td>INJ-06 ");
    says("<tr><td>open; an answer of their own");
    ck_assert_ptr_null(strstr(said.data, "What may follow"));
    ck_assert_int_eq(msel("scripts/template", "--csv"), 0);
    says("close: Close it → INJ-06 ");
    says("open: Keep it open (default) → INJ-07 at T+0:30");
    ck_assert_int_eq(msel("scripts/template", "--html --for port"), 0);
    ck_assert_ptr_null(strstr(said.data, "INJ-06"));
}
END_TEST

START_TEST(without_a_folder_it_takes_the_one_where_it_is_called)
{
    char *night = source_path("tests/fixtures/msel/night");
    ck_assert_int_eq(chdir(night), 0);
    ck_assert_int_eq(process_run((const char *const[]){binary(), "msel", NULL}, &said, 60), 0);
    says("A night at the lock");
    free(night);
}
END_TEST

static void refuses(const char *options, int code, const char *words)
{
    int got = msel("tests/fixtures/msel/night", options);
    ck_assert_msg(got == code && strstr(toc_buf_text(&said), words),
                  "%s: exit %d, wanted \"%s\": %s", options, got, words, toc_buf_text(&said));
    ck_assert_int_eq(strncmp(said.data, "tocsin: ", 8), 0);
}

START_TEST(each_mistake_on_the_command_line_is_one_clear_sentence)
{
    refuses("--csv --html", 2, "choose one of --csv and --html");
    refuses("--html --for lokc", 2, "did you mean lock?");
    refuses("--html --for evaluator", 2, "did you mean evaluators?");
    refuses("--html --for zzzzzz", 2, "excon, evaluators or the id of a team");
    refuses("--for lock", 2, "the list is not for a team");
    refuses("--evaluate lokc", 2, "did you mean lock?");
    refuses("--evaluate all --for lock", 2, "leave out --for");
    refuses("another", 2, "one scenario folder");
    refuses("--csv --output /nonexistent/x.csv", 3, "/nonexistent/x.csv");
    refuses("--htm", 2, "did you mean --html?");
}
END_TEST

START_TEST(a_scenario_with_a_mistake_gives_no_list)
{
    char *path = toc_sprintf("%s/scenario.lua", dir);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs("exercise \"own\" { title = \"Own\"\n", file);
    fclose(file);
    ck_assert_int_eq(process_run((const char *const[]){binary(), "msel", dir, NULL}, &said, 60), 1);
    says("scenario.lua");
    free(path);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, the_list_comes_in_each_form_for_each_reader);
    tcase_add_test(tc, an_evaluator_gets_a_sheet_of_one_team_or_of_all);
    tcase_add_test(tc, the_same_scenario_gives_the_same_bytes);
    tcase_add_test(tc, a_file_holds_what_would_have_been_printed);
    tcase_add_test(tc, the_book_says_what_each_answer_brings);
    tcase_add_test(tc, without_a_folder_it_takes_the_one_where_it_is_called);
    tcase_add_test(tc, each_mistake_on_the_command_line_is_one_clear_sentence);
    tcase_add_test(tc, a_scenario_with_a_mistake_gives_no_list);
}

TOC_CHECK_MAIN("msel command", add_tests)
