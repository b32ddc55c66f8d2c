// SPDX-License-Identifier: MIT
// `tocsin rehearse` at the real binary: exit codes, paths, plans, screens, JSON and the page.

#include "check_main.h"
#include "process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"
#include "record/json.h"

enum { ARGUMENTS = 20, SECONDS = 120 };

static toc_error e;
static toc_buf said;
static char *dir; // of the test's own

static void set_up(void)
{
    dir = folder_new();
}

static void tear_down(void)
{
    toc_buf_fini(&said);
    folder_remove(dir);
}

// Runs `tocsin rehearse SCENARIO` with what else is to be said (separated by spaces); the exit code.
static int rehearse(const char *scenario, const char *options)
{
    const char *argv[ARGUMENTS] = {binary(), "rehearse", scenario};
    char *words = toc_strdup(options), *rest = words, *word;
    for (size_t i = 3; i + 1 < ARGUMENTS && (word = strtok_r(rest, " ", &rest)); i++)
        argv[i] = word;
    toc_buf_clear(&said);
    int code = process_run(argv, &said, SECONDS);
    free(words);
    return code;
}

static int rehearse_source(const char *folder, const char *options)
{
    char *path = source_path(folder);
    int code = rehearse(path, options);
    free(path);
    return code;
}

// What was said, with lines that go on joined: it does not matter where they break.
static char *joined(void)
{
    static const char screen[] = "\nEXERCISE   ", report[] = "\n           ";
    char *text = toc_alloc(said.len + 1), *to = text;
    for (const char *at = toc_buf_text(&said); *at;) {
        size_t len = strncmp(at, screen, sizeof screen - 1) == 0   ? sizeof screen - 1
                     : strncmp(at, report, sizeof report - 1) == 0 ? sizeof report - 1
                                                                   : 0;
        *to++ = len ? ' ' : *at;
        at += len ? len : 1;
    }
    return text;
}

static void says(const char *words)
{
    char *text = joined();
    ck_assert_msg(strstr(text, words), "\"%s\" is missing in:\n%s", words, toc_buf_text(&said));
    free(text);
}

static void says_not(const char *words)
{
    ck_assert_msg(!strstr(toc_buf_text(&said), words), "\"%s\" should not be in:\n%s", words,
                  toc_buf_text(&said));
}

static void put(const char *name, const char *text)
{
    char *path = toc_sprintf("%s/%s", dir, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    free(path);
}

// Two teams, one decision with an option that breaks a storyline, and an inject that nothing sends.
static void put_broken(void)
{
    put("scenario.lua",
        "exercise \"own\" { title = \"Own\", startex = \"2026-03-01 06:00Z\", length = \"40m\",\n"
        "  marking = \"TLP:CLEAR\" }\n"
        "team \"ops\" { name = \"Operations\" }\n"
        "team \"press\" { name = \"Press desk\" }\n"
        "inject \"INJ-01\" { at = \"T+2m\", to = \"ops\", title = \"For operations\", text = "
        "\"A.\" }\n"
        "inject \"INJ-02\" { at = \"T+3m\", to = \"press\", title = \"For the press\", text = "
        "\"B.\" }\n"
        "inject \"INJ-03\" { to = \"press\", title = \"After b\", text = \"C.\" }\n"
        "decision \"D-01\" { at = \"T+5m\", to = \"ops\", within = \"10m\", title = \"Which?\",\n"
        "  options = { { \"a\", \"A\" }, { \"b\", \"B\" }, { \"c\", \"C\" } }, default = \"a\" }\n"
        "on(\"decided\", function (ev)\n"
        "  if ev.option == \"b\" then send \"INJ-03\" end\n"
        "  if ev.option == \"c\" then local nothing = nil; note(nothing.field) end\n"
        "end)\n"
        "when(function () return sent \"INJ-01\" and not sent \"INJ-01\" end, function () note "
        "\"no\" "
        "end)\n");
}

START_TEST(a_sound_scenario_comes_out_without_errors)
{
    ck_assert_int_eq(rehearse_source("scenarios/silent-beams", ""), 0);
    says("EXERCISE TLP:CLEAR");
    says("each choice changed once");
    says("options taken 28/28, ");
    says("injects sent 85/85");
    says("Findings    none");
    says("play plans that came out as they say 3/3");
    says("Timeline of the ordinary path");
    says("Branch map");
    says("only if D-01=block");
}
END_TEST

// Few paths cannot cover it; that is told, with the numbers.
START_TEST(paths_by_chance_come_from_a_seed)
{
    ck_assert_int_eq(rehearse_source("scenarios/silent-beams", "--random 12 --seed 7"), 1);
    says("12 paths, drawn at random");
    says("seed 7");
    says("ENDEX on 12 of 12 paths");
    says("never taken");
    says(" --seed 7 --path ");
}
END_TEST

START_TEST(errors_are_found_and_the_path_shows_them)
{
    put_broken();
    ck_assert_int_eq(rehearse(dir, ""), 1);
    says("script error");
    says("scenario.lua:12");
    says("--path D-01=c");
    says("never true");
    says("scenario.lua:14");
    ck_assert_int_eq(rehearse(dir, "--path D-01=c"), 1);
    says("EXERCISE TLP:CLEAR T+0:02:00  INJ-01 > ops");
    says("SCRIPT ERROR");
    says("scenario.lua:12");
    says("Outcome of the path D-01=c");
    says("ENDEX at T+0:40");
    says("not INJ-03");
    ck_assert_int_eq(rehearse(dir, "--path D-01=b"), 0);
    says("injects sent 3/3");
    says_not("SCRIPT ERROR");
}
END_TEST

START_TEST(mistakes_in_the_command_line_are_told)
{
    put_broken();
    ck_assert_int_eq(rehearse(dir, "--path D-02=a"), 2);
    says("did you mean `D-01`?");
    ck_assert_int_eq(rehearse(dir, "--path D-01=isolate"), 2);
    says("a, b, c");
    ck_assert_int_eq(rehearse(dir, "--as opps --at T+5m"), 2);
    says("did you mean ops?");
    ck_assert_int_eq(rehearse(dir, "--as ops-3"), 2);
    says("has 1 seat");
    ck_assert_int_eq(rehearse(dir, "--as ops --at 5"), 2);
    says("T+0:45");
    ck_assert_int_eq(rehearse(dir, "--at T+5m"), 2);
    ck_assert_int_eq(rehearse(dir, "--path default --json"), 2);
    ck_assert_int_eq(rehearse(dir, "--exhaustive --random 3"), 2);
    ck_assert_int_eq(rehearse(dir, "--random 0"), 2);
    ck_assert_int_eq(rehearse("/nonexistent", ""), 3);
    says("no scenario folder");
}
END_TEST

START_TEST(a_good_plan_passes_and_a_changed_one_names_its_line)
{
    char *good = source_path("scenarios/silent-beams/plans/good.plan");
    char *options = toc_sprintf("--plan %s", good);
    ck_assert_int_eq(rehearse_source("scenarios/silent-beams", options), 0);
    says("expectations of the plan came about");
    free(options);
    toc_buf text = {0};
    TOC_OK_OR_FAIL(toc_file_slurp(&text, good, 1 << 20, &e), e);
    size_t lines = 1;
    for (size_t i = 0; i < text.len; i++)
        lines += text.data[i] == '\n';
    toc_buf_str(&text, "expect not sent INJ-01\n");
    put("changed.plan", toc_buf_text(&text));
    options = toc_sprintf("--plan %s/changed.plan", dir);
    char *place = toc_sprintf("changed.plan:%zu: ", lines);
    ck_assert_int_eq(rehearse_source("scenarios/silent-beams", options), 1);
    says(place);
    says("INJ-01 is declared at scenario.lua:");
    toc_buf_fini(&text);
    free(place);
    free(options);
    free(good);
}
END_TEST

START_TEST(plans_beside_a_scenario_are_played_too)
{
    put_broken();
    char *plans = toc_sprintf("%s/plans", dir);
    mkdir(plans, 0700);
    put("plans/first.plan", "on D-01 ops-1 decide D-01 b because it is so\nexpect sent INJ-03\n");
    put("plans/second.plan", "on D-01 ops-1 decide D-01 a because it is so\nexpect sent INJ-03\n");
    put("plans/third.plan", "on D-99 ops-1 decide D-99 a because it is so\n");
    ck_assert_int_eq(rehearse(dir, ""), 1);
    says("plans/second.plan:2");
    says("declared at scenario.lua:7");
    says("plans/third.plan:1");
    says_not("plans/first.plan:");
    says("plans that came out as they say 1/3");
    rehearse(dir, "--no-plans");
    says_not("second.plan");
    free(plans);
}
END_TEST

START_TEST(a_screen_is_of_one_team_and_of_no_other)
{
    put_broken();
    ck_assert_int_eq(rehearse(dir, "--as ops --at T+6m --path D-01=none"), 0);
    says("the screen of ops-1 (Operations)");
    says("play time T+0:06:00 of 40m");
    says("For operations");
    says("Which?");
    says("9m");
    says_not("For the press");
    ck_assert_int_eq(rehearse(dir, "--as press --at T+6m --path D-01=none"), 0);
    says("For the press");
    says_not("For operations");
    says_not("Which?");
    ck_assert_int_eq(rehearse(dir, "--as press --at T+2m"), 0);
    says("the inbox is empty");
    // Each line is the exercise's own.
    for (const char *at = toc_buf_text(&said); *at;) {
        ck_assert_int_eq(strncmp(at, "EXERCISE ", 9), 0);
        at += strcspn(at, "\n") + 1;
    }
}
END_TEST

START_TEST(a_screen_shows_the_services_that_its_team_sees)
{
    ck_assert_int_eq(rehearse_source("tests/fixtures/relay", "--as north --at T+5m"), 0);
    says("Cable");
    says_not("Lamps");
    ck_assert_int_eq(rehearse_source("tests/fixtures/relay", "--as south --at T+5m"), 0);
    says("Lamps");
    says_not("Cable");
    says_not("SECRET of north");
}
END_TEST

static toc_json *read_json(void)
{
    toc_json *json;
    toc_json_limits limits = {(size_t)64 << 20, 8, 2000000};
    TOC_OK_OR_FAIL(toc_json_read(&json, toc_buf_text(&said), said.len, limits, &e), e);
    ck_assert_str_eq(toc_json_text(toc_json_get(json, "schema")), "tocsin.rehearse/1");
    return json;
}

START_TEST(the_json_parses_and_its_findings_name_paths)
{
    put_broken();
    ck_assert_int_eq(rehearse(dir, "--json"), 1);
    toc_json *json = read_json();
    int64_t errors, paths;
    ck_assert(toc_json_int(toc_json_get(json, "error_count"), &errors));
    ck_assert(toc_json_int(toc_json_get(json, "path_count"), &paths));
    ck_assert_int_ge(errors, 2);
    ck_assert_int_ge(paths, 4);
    bool has_path = false;
    const toc_json *list = toc_json_get(json, "findings");
    for (const toc_json *f = toc_json_first(list); f; f = toc_json_next(f)) {
        const char *again = toc_json_text(toc_json_get(f, "again"));
        has_path = has_path || (again && strstr(again, "--path D-01=c"));
    }
    ck_assert(has_path);
    toc_json_free(json);
}
END_TEST

// The same on any number of cores, and again; time is told in the text alone.
START_TEST(the_same_seed_gives_the_same_report)
{
    ck_assert_int_le(rehearse_source("tests/fixtures/relay", "--json --random 20 --jobs 1"), 1);
    char *first = toc_strdup(toc_buf_text(&said));
    ck_assert_int_le(rehearse_source("tests/fixtures/relay", "--json --random 20 --jobs 3"), 1);
    ck_assert_str_eq(first, toc_buf_text(&said));
    free(first);
}
END_TEST

START_TEST(the_page_is_written_where_it_is_asked_for)
{
    put_broken();
    char *options = toc_sprintf("--html %s/rehearsal.html", dir);
    char *path = toc_sprintf("%s/rehearsal.html", dir);
    toc_buf page = {0};
    ck_assert_int_eq(rehearse(dir, options), 1);
    says("Wrote ");
    TOC_OK_OR_FAIL(toc_file_slurp(&page, path, 2 << 20, &e), e);
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&page), "default-src 'none'"));
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&page), "--path D-01=c"));
    ck_assert_ptr_null(strstr(toc_buf_text(&page), "<script"));
    toc_buf_fini(&page);
    free(options);
    options = toc_sprintf("--html %s/no/such/folder.html", dir);
    ck_assert_int_eq(rehearse(dir, options), 3);
    free(options);
    free(path);
}
END_TEST

START_TEST(the_current_folder_is_the_scenario_if_none_is_named)
{
    put_broken();
    const char *argv[] = {binary(), "rehearse", "--path", "D-01=b", NULL};
    ck_assert_int_eq(chdir(dir), 0);
    ck_assert_int_eq(process_run(argv, &said, SECONDS), 0);
    says("Outcome of the path D-01=b");
    ck_assert_int_eq(chdir("/"), 0);
    toc_buf_clear(&said);
    ck_assert_int_eq(process_run(argv, &said, SECONDS), 3);
    says("this folder holds no scenario.lua; name a scenario's folder");
}
END_TEST

static void add_tests(TCase *t)
{
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, a_sound_scenario_comes_out_without_errors);
    tcase_add_test(t, paths_by_chance_come_from_a_seed);
    tcase_add_test(t, errors_are_found_and_the_path_shows_them);
    tcase_add_test(t, mistakes_in_the_command_line_are_told);
    tcase_add_test(t, a_good_plan_passes_and_a_changed_one_names_its_line);
    tcase_add_test(t, plans_beside_a_scenario_are_played_too);
    tcase_add_test(t, a_screen_is_of_one_team_and_of_no_other);
    tcase_add_test(t, a_screen_shows_the_services_that_its_team_sees);
    tcase_add_test(t, the_json_parses_and_its_findings_name_paths);
    tcase_add_test(t, the_same_seed_gives_the_same_report);
    tcase_add_test(t, the_page_is_written_where_it_is_asked_for);
    tcase_add_test(t, the_current_folder_is_the_scenario_if_none_is_named);
}

TOC_CHECK_MAIN("rehearse_command", add_tests)
