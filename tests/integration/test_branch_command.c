// SPDX-License-Identifier: MIT
// tocsin branch and compare as people use them: on a recording of a real run, in files and over sockets.

#include "check_main.h"
#include "run_harness.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define SCENARIO "scenarios/first-light"

static char *runs, *address, *original;

// Played once; every test looks at the same recording.
static void setup(void)
{
    char *scenario = source_path(SCENARIO), *play = source_path(SCENARIO "/plans/good.plan");
    char *policy = toc_sprintf("plan:%s", play);
    process p;
    runs = folder_new();
    address = own_listen(runs);
    process_start(&p, (const char *[]){binary(), "run", scenario, "--listen", address,
                                       "--auto-start", "--speed", "200", "--quiet", "--play",
                                       policy, "--run-dir", runs, NULL});
    ck_assert_msg(process_end(&p, 120) == 0, "%s", toc_buf_text(&p.said));
    original = run_folder_of(&p);
    ck_assert_ptr_nonnull(original);
    process_free(&p);
    free(scenario);
    free(play);
    free(policy);
}

static void teardown(void)
{
    free(original);
    free(address);
    folder_remove(runs);
}

static int tocsin(toc_buf *said, const char *command, const char *const *more)
{
    const char *argv[16] = {binary(), command};
    for (size_t i = 0; more[i]; i++)
        argv[i + 2] = more[i];
    toc_buf_clear(said);
    return process_run(argv, said, 60);
}

#define TOCSIN(said, command, ...) tocsin(said, command, (const char *const[]){__VA_ARGS__, NULL})

static void must_say(const toc_buf *said, const char *words)
{
    ck_assert_msg(strstr(toc_buf_text(said), words) != NULL, "\"%s\" is not in:\n%s", words,
                  toc_buf_text(said));
}

START_TEST(another_answer_makes_another_recording_that_verifies_and_compare_names_it)
{
    toc_buf said = {0};
    char *other = toc_sprintf("%s/other", runs), *same = toc_sprintf("%s/same", runs);
    ck_assert_int_eq(
        TOCSIN(&said, "branch", original, "--at", "T+0:03", "--decide", "D-01=ramp", "-o", other),
        0);
    must_say(&said, "D-01      was mast");
    must_say(&said, "; now ramp");
    must_say(&said, "reason \"what if\" (asked for here)");
    ck_assert_int_eq(run_verify(other, NULL, NULL), 0);
    ck_assert_int_eq(TOCSIN(&said, "compare", original, other), 1);
    must_say(&said, "answered D-01: ramp");
    must_say(&said, "a branch of A");
    must_say(&said, "In B, answers \"because what if\"");
    ck_assert_int_eq(TOCSIN(&said, "replay", other, "--plain"), 0);
    must_say(&said, "BRANCH OF ");
    must_say(&said, " BRANCH T+0:03:");
    ck_assert_int_eq(TOCSIN(&said, "replay", other, "--snapshot", "110x24"), 0);
    must_say(&said, "(replay) BRANCH OF ");
    ck_assert_int_eq(TOCSIN(&said, "replay", other, "--snapshot", "80x24"), 0);
    must_say(&said, "; BRANCH OF ");
    ck_assert_int_eq(TOCSIN(&said, "replay", original, "--plain"), 0);
    ck_assert_ptr_null(strstr(toc_buf_text(&said), "BRANCH"));
    ck_assert_int_eq(TOCSIN(&said, "compare", original, other, "--json"), 1);
    must_say(&said, "\"schema\":\"tocsin.compare/1\"");
    ck_assert_int_eq(TOCSIN(&said, "branch", original, "--at", "T+0:03", "-o", same), 0);
    ck_assert_int_eq(TOCSIN(&said, "compare", original, same), 0);
    must_say(&said, "They are the same");
    // A folder that is there is never written into.
    ck_assert_int_eq(TOCSIN(&said, "branch", original, "--at", "T+0:03", "-o", same), 3);
    must_say(&said, "is there already");
    // Numbers are given out.
    ck_assert_int_eq(TOCSIN(&said, "branch", original, "--at", "T+0:03", "--default", "first",
                            "--run-dir", runs),
                     0);
    must_say(&said, "-branch-1\n");
    ck_assert_int_eq(
        TOCSIN(&said, "branch", original, "--at", "T+0:03", "--until", "T+0:06", "--run-dir", runs),
        0);
    must_say(&said, "-branch-2\n");
    must_say(&said, "ENDEX at T+0:06:00");
    toc_buf_fini(&said);
    free(other);
    free(same);
}
END_TEST

START_TEST(the_guides_example_works_and_warns_of_what_people_said)
{
    toc_buf said = {0};
    char *other = toc_sprintf("%s/example", runs);
    char *beams = toc_sprintf("%s/replays/recordings/silent-beams-good", getenv("TOC_SOURCE_DIR"));
    ck_assert_int_eq(
        TOCSIN(&said, "branch", beams, "--at", "T+0:40", "--decide", "D-03=stop", "-o", other), 0);
    must_say(&said, "; now stop");
    must_say(&said, "What people said after T+0:40:00 stands as in the original");
    ck_assert_int_eq(TOCSIN(&said, "compare", beams, other), 1);
    must_say(&said, "stands as in the original; it may no longer fit");
    // Where others play, nothing of the original stands.
    char *others = toc_sprintf("%s/others", runs);
    ck_assert_int_eq(
        TOCSIN(&said, "branch", beams, "--at", "T+0:40", "--default", "first", "-o", others), 0);
    ck_assert_ptr_null(strstr(toc_buf_text(&said), "stands as in the original"));
    ck_assert_int_eq(TOCSIN(&said, "compare", beams, others), 1);
    must_say(&said, "were invented");
    ck_assert_ptr_null(strstr(toc_buf_text(&said), "stands as in the original"));
    free(others);
    toc_buf_fini(&said);
    free(other);
    free(beams);
}
END_TEST

START_TEST(what_cannot_be_is_told_with_what_could)
{
    toc_buf said = {0};
    ck_assert_int_eq(TOCSIN(&said, "branch", original), 2);
    must_say(&said, "--at T+1:33");
    ck_assert_int_eq(TOCSIN(&said, "branch", original, "--at", "T+0:03", "--decide", "D-1=ramp"),
                     2);
    must_say(&said, "did you mean `D-01`?");
    ck_assert_int_eq(TOCSIN(&said, "branch", original, "--at", "T+0:03", "--decide", "D-01=rampe"),
                     2);
    must_say(&said, "there are: mast, ramp");
    ck_assert_int_eq(TOCSIN(&said, "branch", original, "--at", "T+0:03", "--default", "frist"), 2);
    must_say(&said, "did you mean first?");
    ck_assert_int_eq(TOCSIN(&said, "branch", original, "--at", "T+0:14", "--decide", "D-01=ramp",
                            "--run-dir", runs),
                     2);
    must_say(&said, "branch at an earlier time");
    ck_assert_int_eq(TOCSIN(&said, "branch", original, "--at", "T+9:00", "--run-dir", runs), 2);
    must_say(&said, "the recording ends at");
    ck_assert_int_eq(
        TOCSIN(&said, "branch", original, "--at", "2022-02-24T03:03Z", "--run-dir", runs),
        2); // the story's clock is no play time
    must_say(&said, "--at: \"2022-02-24T03:03Z\" is not a play time: write it like T+1:30");
    ck_assert_int_eq(TOCSIN(&said, "branch", runs, "--at", "T+0:03"), 2);
    must_say(&said, "tocsin branch");
    ck_assert_int_eq(TOCSIN(&said, "branch", "/nowhere", "--at", "T+0:03"), 3);
    ck_assert_int_eq(
        TOCSIN(&said, "branch", original, "--at", "T+0:03", "--run", "--decide", "D-01=ramp"), 2);
    ck_assert_int_eq(
        TOCSIN(&said, "branch", original, "--at", "T+0:15", "--run", "--run-dir", runs), 1);
    must_say(&said, "nobody could play on");
    ck_assert_int_eq(TOCSIN(&said, "compare", original), 2);
    ck_assert_int_eq(TOCSIN(&said, "compare", original, "/nowhere"), 3);
    toc_buf_fini(&said);
}
END_TEST

START_TEST(what_cannot_be_written_leaves_no_folder)
{
    static const char *const more[] = {"", "--run --listen"};
    for (size_t i = 0; i < TOC_COUNT(more); i++) {
        toc_buf said = {0};
        char *folder = toc_sprintf("%s/small-%zu", runs, i);
        char *script = toc_sprintf(
            "trap '' XFSZ; ulimit -f 16; exec '%s' branch '%s' --at T+0:03 %s %s -o '%s'", binary(),
            original, more[i], i ? address : "", folder);
        const char *const argv[] = {"sh", "-c", script, NULL};
        ck_assert_msg(process_run(argv, &said, 60) == 3, "%s", toc_buf_text(&said));
        must_say(&said, "journal.jsonl");
        ck_assert_int_ne(access(folder, F_OK), 0);
        toc_buf_fini(&said);
        free(script);
        free(folder);
    }
}
END_TEST

START_TEST(people_play_on_from_the_moment_and_after_a_crash)
{
    process p;
    char *folder = toc_sprintf("%s/people", runs);
    process_start(&p, (const char *[]){binary(), "branch", original, "--at", "T+0:03", "--run",
                                       "--listen", address, "-o", folder, NULL});
    ck_assert_msg(process_until(&p, "Each seat sits down with", NULL, 60), "%s",
                  toc_buf_text(&p.said));
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&p.said), "watch-1.ticket"));
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&p.said), "play waits for EXCON"));
    process_kill(&p, SIGKILL);
    process_end(&p, 60);
    process_free(&p);
    process_start(&p,
                  (const char *[]){binary(), "run", "--resume", folder, "--play", "first", NULL});
    ck_assert_msg(process_end(&p, 120) == 0, "%s", toc_buf_text(&p.said));
    ck_assert_msg(strstr(toc_buf_text(&p.said), "T+0:03:00") != NULL, "%s", toc_buf_text(&p.said));
    process_free(&p);
    ck_assert_int_eq(run_verify(folder, NULL, NULL), 0);
    toc_buf said = {0};
    ck_assert_int_eq(TOCSIN(&said, "compare", original, folder), 1);
    must_say(&said, "a branch of A");
    toc_buf_fini(&said);
    free(folder);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, another_answer_makes_another_recording_that_verifies_and_compare_names_it);
    tcase_add_test(tc, the_guides_example_works_and_warns_of_what_people_said);
    tcase_add_test(tc, what_cannot_be_is_told_with_what_could);
    tcase_add_test(tc, what_cannot_be_written_leaves_no_folder);
    tcase_add_test(tc, people_play_on_from_the_moment_and_after_a_crash);
}

TOC_CHECK_MAIN("branch_command", add_tests)
