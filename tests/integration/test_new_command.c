// SPDX-License-Identifier: MIT
// `tocsin new` at the real binary: what it makes is a scenario that loads; it never overwrites; each
// name that will not do gets an error that says why.

#include "check_main.h"
#include "process.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"
#include "script/describe.h"
#include "script/scenario.h"

static toc_error e;
static toc_buf said;
static char *dir; // a folder of the test's own

static void set_up(void)
{
    dir = folder_new();
}

static void tear_down(void)
{
    toc_buf_fini(&said);
    folder_remove(dir);
}

static char *below(const char *name)
{
    return toc_sprintf("%s/%s", dir, name);
}

// tocsin new dir/name, with an example if there is one; the exit code.
static int make(const char *name, const char *example)
{
    char *path = below(name);
    const char *argv[] = {binary(), "new", path, example ? "--example" : NULL, example, NULL};
    toc_buf_clear(&said);
    int code = process_run(argv, &said, 60);
    free(path);
    return code;
}

static void says(const char *words)
{
    ck_assert_msg(strstr(toc_buf_text(&said), words), "\"%s\" is missing in:\n%s", words,
                  toc_buf_text(&said));
}

static void refuses(const char *name, int code, const char *words)
{
    int got = make(name, NULL);
    ck_assert_msg(got == code, "%s: %d\n%s", name, got, toc_buf_text(&said));
    says(words);
}

static bool is_there(const char *name)
{
    char *path = below(name);
    bool is = access(path, F_OK) == 0;
    free(path);
    return is;
}

static bool is_empty(void)
{
    DIR *d = opendir(dir);
    size_t count = 0;
    for (struct dirent *entry = readdir(d); entry; entry = readdir(d))
        count += entry->d_name[0] != '.';
    closedir(d);
    return count == 0;
}

static void put(const char *name, const char *text)
{
    char *path = below(name);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
    free(path);
}

static void slurp(toc_buf *out, const char *path)
{
    TOC_OK_OR_FAIL(toc_file_slurp(out, path, (size_t)4 << 20, &e), e);
}

// The scenario of dir/name as a run would load it; the caller frees both.
static toc_scenario *load(const char *name, toc_files **files)
{
    char *path = below(name);
    toc_scenario *scenario = NULL;
    toc_problems problems = {0};
    toc_buf lines = {0};
    *files = toc_files_new();
    TOC_OK_OR_FAIL(toc_files_read_folder(*files, path, &e), e);
    ck_assert_ptr_null(toc_files_find(*files, "lib/tocsin.meta.lua"));
    ck_assert_ptr_nonnull(toc_files_find(*files, "scenario.lua"));
    toc_library_add(*files);
    toc_err err = toc_scenario_load(&scenario, *files, NULL, 1, TOC_SCENARIO_MEMORY, &problems, &e);
    toc_problems_lines(&problems, &lines);
    ck_assert_msg(err == TOC_OK, "%s", toc_buf_text(&lines));
    toc_problems_fini(&problems);
    toc_buf_fini(&lines);
    free(path);
    return scenario;
}

START_TEST(a_new_scenario_loads_and_is_called_after_its_folder)
{
    toc_files *files;
    ck_assert_int_eq(make("harbour-spill", NULL), 0);
    says("Created ");
    says("scenario.lua ");
    says("Next:  tocsin check ");
    toc_scenario *scenario = load("harbour-spill", &files);
    const toc_plan *p = toc_scenario_plan(scenario);
    ck_assert_str_eq(p->id, "harbour-spill");
    ck_assert_str_eq(p->title, "Harbour Spill");
    ck_assert_uint_eq(p->team_count, 2);
    ck_assert_uint_eq(p->objective_count, 2);
    ck_assert_uint_eq(p->inject_count, 8);
    ck_assert_uint_eq(p->decision_count, 2);
    toc_scenario_free(scenario);
    toc_files_free(files);
}
END_TEST

START_TEST(a_new_scenario_has_settings_for_editors)
{
    toc_buf there = {0}, wanted = {0};
    ck_assert_int_eq(make("one", NULL), 0);
    char *path = below("one/lib/tocsin.meta.lua");
    slurp(&there, path);
    toc_describe_meta(&wanted);
    ck_assert_str_eq(toc_buf_text(&there), toc_buf_text(&wanted));
    ck_assert(is_there("one/.luacheckrc") && is_there("one/.luarc.json"));
    ck_assert(is_there("one/plans/first.plan") && is_there("one/texts/inj-01.md"));
    toc_buf_fini(&there);
    toc_buf_fini(&wanted);
    free(path);
}
END_TEST

START_TEST(a_new_scenario_passes_check_without_a_warning)
{
    ck_assert_int_eq(make("one", NULL), 0);
    char *path = below("one");
    const char *argv[] = {binary(), "check", path, NULL};
    toc_buf_clear(&said);
    int code = process_run(argv, &said, 60);
    ck_assert_msg(code == 0 && !strstr(toc_buf_text(&said), "warning"), "%s", toc_buf_text(&said));
    says("8 injects, 2 decisions (4 options)");
    free(path);
}
END_TEST

START_TEST(whatever_the_name_the_id_is_valid)
{
    static const char *const names[] = {"a",
                                        "9",
                                        "x.y_z-1",
                                        "A-",
                                        "a--b",
                                        "all",
                                        "excon",
                                        "x..",
                                        "Operator",
                                        "port-1",
                                        "123456789012345678901234567890123456789012345678"};
    for (size_t i = 0; i < TOC_COUNT(names); i++) {
        toc_files *files;
        int code = make(names[i], NULL);
        ck_assert_msg(code == 0 || code == 2, "%s: %d\n%s", names[i], code, toc_buf_text(&said));
        if (code == 0) {
            toc_scenario *scenario = load(names[i], &files);
            ck_assert_str_eq(toc_scenario_plan(scenario)->id, names[i]);
            toc_scenario_free(scenario);
            toc_files_free(files);
        } else {
            ck_assert(!is_there(names[i]));
            says("the folder's name becomes the exercise's id");
        }
    }
}
END_TEST

START_TEST(a_slash_at_the_end_is_not_part_of_the_name)
{
    ck_assert_int_eq(make("one//", NULL), 0);
    ck_assert(is_there("one/scenario.lua"));
}
END_TEST

START_TEST(a_blank_one_has_the_exercise_and_settings_and_nothing_else)
{
    char *path = below("Spill-2");
    ck_assert_int_eq(
        process_run((const char *const[]){binary(), "new", "--blank", path, NULL}, &said, 60), 0);
    says("write its teams and its first inject");
    ck_assert(is_there("Spill-2/scenario.lua") && is_there("Spill-2/.luarc.json"));
    ck_assert(!is_there("Spill-2/texts") && !is_there("Spill-2/plans"));
    toc_buf_clear(&said);
    ck_assert_int_eq(
        process_run((const char *const[]){binary(), "check", path, "--format=gcc", NULL}, &said,
                    60),
        1);
    says("no team is declared");
    ck_assert_ptr_eq(strchr(said.data, '\n'),
                     said.data + said.len - 1); // and nothing else is wrong
    free(path);
}
END_TEST

START_TEST(names_that_will_not_do_are_refused_and_leave_nothing)
{
    refuses(".", 2, "the exercise is called after its folder");
    refuses("..", 2, "the exercise is called after its folder");
    refuses("a b", 2, "Try a-b");
    refuses("Hafen\xC3\xBC"
            "bung",
            2, "does not fit. Try Hafenuebung");
    refuses("-x", 2, "does not fit. Try x");
    refuses("\x1B[31mred", 2, "does not fit");
    ck_assert_ptr_null(strchr(toc_buf_text(&said), '\x1B'));
    refuses("1234567890123456789012345678901234567890123456789", 2, "at most 48 characters");
    refuses("none", 2, "cannot be \"none\"");
    ck_assert(is_empty());
}
END_TEST

START_TEST(a_missing_parent_is_named)
{
    refuses("not/there/one", 3, "there is no folder ");
    says("/not/there");
    ck_assert(is_empty());
}
END_TEST

START_TEST(nothing_that_is_there_is_overwritten)
{
    char *path = below("one");
    ck_assert_int_eq(mkdir(path, 0700), 0);
    put("one/scenario.lua", "mine");
    refuses("one", 3, "is there already and not empty");
    toc_buf text = {0};
    char *main_file = below("one/scenario.lua");
    slurp(&text, main_file);
    ck_assert_str_eq(toc_buf_text(&text), "mine");
    ck_assert(!is_there("one/texts"));
    put("two", "a file");
    refuses("two", 3, "is no folder");
    toc_buf_fini(&text);
    free(main_file);
    free(path);
}
END_TEST

START_TEST(an_empty_folder_is_taken)
{
    char *path = below("one");
    ck_assert_int_eq(mkdir(path, 0700), 0);
    ck_assert_int_eq(make("one", NULL), 0);
    ck_assert(is_there("one/scenario.lua"));
    free(path);
}
END_TEST

// /proc takes no new folders, whoever asks.
START_TEST(where_nothing_can_be_made_the_code_is_3)
{
    const char *argv[] = {binary(), "new", "/proc/one", NULL};
    ck_assert_int_eq(process_run(argv, &said, 60), 3);
    says("/proc/one");
}
END_TEST

// A file that may not grow beyond 4 KiB stands for a disk that is full.
START_TEST(what_cannot_be_written_whole_is_taken_away_again)
{
    char *path = below("one");
    const char *argv[] = {
        "/bin/sh", "-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" new \"$1\"", binary(), path, NULL,
    };
    ck_assert_int_eq(process_run(argv, &said, 60), 3);
    says("cannot write ");
    ck_assert(is_empty());
    free(path);
}
END_TEST

// Everything below path, byte by byte, but hidden files.
static size_t compare_folder(const char *path, const char *copy)
{
    DIR *d = opendir(path);
    ck_assert_msg(d != NULL, "%s", path);
    size_t count = 0;
    for (struct dirent *entry = readdir(d); entry; entry = readdir(d)) {
        if (entry->d_name[0] == '.' || strcmp(entry->d_name, "runs") == 0)
            continue;
        char *one = toc_sprintf("%s/%s", path, entry->d_name);
        char *other = toc_sprintf("%s/%s", copy, entry->d_name);
        struct stat info;
        ck_assert_int_eq(stat(one, &info), 0);
        if (S_ISDIR(info.st_mode)) {
            count += compare_folder(one, other);
        } else {
            toc_buf a = {0}, b = {0};
            slurp(&a, one);
            slurp(&b, other);
            ck_assert_msg(a.len == b.len && memcmp(toc_buf_text(&a), toc_buf_text(&b), a.len) == 0,
                          "%s", other);
            toc_buf_fini(&a);
            toc_buf_fini(&b);
            count++;
        }
        free(one);
        free(other);
    }
    closedir(d);
    return count;
}

START_TEST(an_example_is_a_copy_byte_for_byte_and_has_settings)
{
    static const char *const names[] = {"silent-beams", "cold-corridor"};
    for (size_t i = 0; i < TOC_COUNT(names); i++) {
        char *relative = toc_sprintf("scenarios/%s", names[i]);
        char *original = source_path(relative);
        char *copy = below(names[i]);
        ck_assert_int_eq(make(names[i], names[i]), 0);
        ck_assert_uint_gt(compare_folder(original, copy), 50);
        char *meta = toc_sprintf("%s/lib/tocsin.meta.lua", copy);
        ck_assert_int_eq(access(meta, F_OK), 0);
        free(meta);
        free(copy);
        free(original);
        free(relative);
    }
}
END_TEST

START_TEST(an_unknown_example_is_told_what_was_meant)
{
    ck_assert_int_eq(make("one", "silent-beam"), 2);
    says("did you mean silent-beams?");
    ck_assert(is_empty());
}
END_TEST

START_TEST(the_examples_are_listed_with_title_teams_and_length)
{
    const char *argv[] = {binary(), "new", "--list-examples", NULL};
    ck_assert_int_eq(process_run(argv, &said, 60), 0);
    says("silent-beams     Silent Beams, 5 teams, 3 h, TLP:CLEAR\n");
    says("cold-corridor    Cold Corridor, 7 teams, 3 h 35 min");
    says("broadband terminals on a satellite fall silent all over Europe.\n");
}
END_TEST

START_TEST(without_a_folder_it_says_how_it_is_used)
{
    const char *argv[] = {binary(), "new", NULL};
    ck_assert_int_eq(process_run(argv, &said, 60), 2);
    says("tocsin new harbour-spill");
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, a_new_scenario_loads_and_is_called_after_its_folder);
    tcase_add_test(tc, a_new_scenario_has_settings_for_editors);
    tcase_add_test(tc, a_new_scenario_passes_check_without_a_warning);
    tcase_add_test(tc, whatever_the_name_the_id_is_valid);
    tcase_add_test(tc, a_slash_at_the_end_is_not_part_of_the_name);
    tcase_add_test(tc, a_blank_one_has_the_exercise_and_settings_and_nothing_else);
    tcase_add_test(tc, names_that_will_not_do_are_refused_and_leave_nothing);
    tcase_add_test(tc, a_missing_parent_is_named);
    tcase_add_test(tc, nothing_that_is_there_is_overwritten);
    tcase_add_test(tc, an_empty_folder_is_taken);
    tcase_add_test(tc, where_nothing_can_be_made_the_code_is_3);
    tcase_add_test(tc, what_cannot_be_written_whole_is_taken_away_again);
    tcase_add_test(tc, an_example_is_a_copy_byte_for_byte_and_has_settings);
    tcase_add_test(tc, an_unknown_example_is_told_what_was_meant);
    tcase_add_test(tc, the_examples_are_listed_with_title_teams_and_length);
    tcase_add_test(tc, without_a_folder_it_says_how_it_is_used);
}

TOC_CHECK_MAIN("new_command", add_tests)
