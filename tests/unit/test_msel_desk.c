// SPDX-License-Identifier: MIT
// The list as control is shown it while it is played, also by a run that was taken up again.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "conduct_fixture.h"
#include "hub/desk.h"

#define TOKEN "44444444444444444444444444444444"

static conduct_fixture f;
static toc_buf said; // the newest reply
static toc_error e;

static const char more[] =
    "inject \"I-4\" { to = \"ops\", title = \"Wipe\", text = \"Gone.\" }\n"
    "inject \"I-5\" { at = \"I-4 +5m\", to = \"ops\", title = \"After\", text = \"Still gone.\" }\n"
    "inject \"I-6\" { to = \"ops\", title = \"Twice\", text = \"By two.\" }\n"
    "inject \"I-7\" { at = \"T+12m\", to = \"ops\", voice = \"simcell\", title = \"Call\",\n"
    "  text = \"Hello?\" }\n"
    "inject \"I-8\" { to = \"ops\", title = \"Late\", text = \"Nobody warned.\" }\n"
    "decision \"D-2\" { to = \"ops\", within = \"50m\", title = \"Really?\" }\n"
    "expect \"EXP-1\" { team = \"ops\", text = \"Warn\", by = \"T+50m\", contingency = \"I-8\" }\n"
    "storyline \"the wipe\" (function () wait \"40m\" send \"I-4\" send \"I-6\" end)\n"
    "storyline \"the sky\" (function () wait_until \"story 08:45\" send \"I-6\" end)\n"
    "storyline \"asks\" (function () ask \"D-2\" end)\n"
    "when(function () return sent \"I-1\" end, function () wait \"50m\" send \"I-3\" end)\n"
    "inject \"I-9\" { to = \"ops\", title = \"Then\", text = \"So be it.\" }\n"
    "decision \"D-3\" { to = \"ops\", within = \"5m\", title = \"And now?\" }\n"
    "storyline \"later\" (function () wait \"45m\" ask \"D-3\" send \"I-9\" end)\n";

static void set_up(void)
{
    conduct_setup(&f, more);
    conduct_start(&f);
    conduct_do(&f, "excon-1", "start");
}

static void tear_down(void)
{
    conduct_teardown(&f);
    toc_buf_fini(&said);
}

static void ask(toc_desk *desk, const char *request)
{
    toc_reply reply;
    toc_desk_handle(desk, f.mono, "04", request, strlen(request), &reply);
    conduct_commit(&f);
    toc_reply_finish(&reply, f.c);
    toc_buf_clear(&said);
    toc_buf_add(&said, reply.text.data, reply.text.len);
    toc_buf_fini(&reply.text);
}

// What the status of a seat says now.
static void look_as(const char *seat)
{
    static const toc_desk_host host = {0};
    static char id[] = "00000000000000aa-0"; // another one each time
    toc_roster *roster = toc_roster_new();
    toc_roster_put(roster, seat, TOKEN, "04");
    toc_desk *desk = toc_desk_new(f.c, roster, &host);
    id[0]++;
    char *join = toc_sprintf("{\"op\":\"join\",\"token\":\"" TOKEN "\",\"id\":\"%s\"}", id);
    ask(desk, join);
    const char *at = strstr(said.data, "\"session\":\"");
    ck_assert_msg(at != NULL, "%s", said.data);
    char *status = toc_sprintf("{\"op\":\"status\",\"token\":\"" TOKEN "\",\"id\":\"%.*s-1\"}",
                               (int)strcspn(at + 11, "\""), at + 11);
    ask(desk, status);
    free(join);
    free(status);
    toc_desk_free(desk);
    toc_roster_free(roster);
}

static void look(void)
{
    look_as("excon-1");
}

// The row of a list that begins so, without what follows it.
static const char *row(const char *begins)
{
    static char text[1000];
    const char *at = strstr(said.data, begins);
    ck_assert_msg(at != NULL, "no %s in %s", begins, said.data);
    snprintf(text, sizeof text, "%.*s", (int)strcspn(at, "}"), at);
    return text;
}

#define HAS(begins, part)                                                                          \
    ck_assert_msg(strstr(row(begins), part) != NULL, "no %s in %s", part, row(begins))
#define HAS_NOT(begins, part)                                                                      \
    ck_assert_msg(strstr(row(begins), part) == NULL, "%s in %s", part, row(begins))
#define PUT(by, kind, ...) TOC_OK_OR_FAIL(conduct_put(&f, by, kind, &e, __VA_ARGS__), e)

START_TEST(a_row_tells_what_sends_it)
{
    conduct_run(&f, CONDUCT_MIN);
    look();
    HAS("{\"inject\":\"I-3\"", "\"via\":\"when scenario.lua:26\"");
    HAS("{\"inject\":\"I-4\"", "\"via\":\"storyline the wipe\"");
    HAS("{\"inject\":\"I-5\"", "\"via\":\"after I-4\"");
    HAS("{\"inject\":\"I-6\"", "\"via\":\"storyline the wipe; storyline the sky\"");
    HAS("{\"inject\":\"I-8\"", "\"via\":\"contingency of EXP-1\"");
    HAS_NOT("{\"inject\":\"I-1\"", "\"via\"");
    HAS("{\"inject\":\"I-7\"", "\"voice\":true,\"controller\":\"simcell\"");
}
END_TEST

START_TEST(a_condition_is_told_in_the_words_of_its_author)
{
    conduct_run(&f, CONDUCT_MIN);
    look();
    HAS("{\"inject\":\"I-3\"", "\"via_text\":\"when sent \\\"I-1\\\"\"");
    HAS_NOT("{\"inject\":\"I-4\"", "\"via_text\""); // a storyline has a name
}
END_TEST

START_TEST(a_decision_that_only_a_storyline_asks_is_told_before_it_is_asked)
{
    conduct_run(&f, CONDUCT_MIN);
    look();
    HAS("{\"decision\":\"D-3\"", "\"state\":\"planned\"");
    HAS("{\"decision\":\"D-3\"", "\"via\":\"storyline later\"");
    HAS("{\"decision\":\"D-3\"", "\"follows\":[\"I-9\"]");
    HAS_NOT("{\"decision\":\"D-1\"", "\"via\""); // the clock asks it
    HAS_NOT("{\"decision\":\"D-2\"", "\"via\""); // it is asked
}
END_TEST

START_TEST(a_team_is_not_told_what_its_answers_bring)
{
    conduct_run(&f, 46 * CONDUCT_MIN);
    look_as("ops-1");
    HAS("{\"decision\":\"D-3\"", "\"state\":\"open\"");
    ck_assert_ptr_null(strstr(said.data, "follows"));
    ck_assert_ptr_null(strstr(said.data, "\"via"));
}
END_TEST

START_TEST(storylines_tell_what_they_wait_for)
{
    conduct_run(&f, CONDUCT_MIN);
    look();
    HAS("{\"storyline\":\"story\"", "\"state\":\"waits\",\"until\":900000");
    HAS("{\"storyline\":\"the sky\"",
        "\"state\":\"waits\",\"until\":2700000,\"story\":\"2026-01-01 08:45Z\"");
    HAS("{\"storyline\":\"asks\"", "\"state\":\"asks\",\"for\":[\"D-2\"]");
    ck_assert_ptr_null(strstr(said.data, "{\"storyline\":\"when"));
    conduct_run(&f, 20 * CONDUCT_MIN);
    look();
    HAS("{\"storyline\":\"story\"", "\"state\":\"ended\"");
    HAS("{\"storyline\":\"when scenario.lua:26\"", "\"state\":\"waits\"");
}
END_TEST

START_TEST(what_only_a_dropped_storyline_would_have_sent_is_marked)
{
    conduct_run(&f, CONDUCT_MIN);
    PUT("excon-1", "drop", "storyline", "the wipe", "reason", "no time", NULL);
    look();
    HAS("{\"storyline\":\"the wipe\"", "\"state\":\"dropped\"");
    HAS("{\"inject\":\"I-4\"", "\"dropped\":true");
    HAS("{\"inject\":\"I-5\"", "\"dropped\":true");
    HAS_NOT("{\"inject\":\"I-6\"", "\"dropped\""); // the sky sends it too
    HAS_NOT("{\"inject\":\"I-8\"", "\"dropped\"");
    PUT("excon-1", "drop", "storyline", "the sky", "reason", "no time", NULL);
    PUT("excon-1", "move", "inject", "I-4", "until", "1800000", NULL);
    look();
    HAS("{\"inject\":\"I-6\"", "\"dropped\":true");
    HAS_NOT("{\"inject\":\"I-4\"", "\"dropped\""); // the clock sends it now
    HAS_NOT("{\"inject\":\"I-5\"", "\"dropped\"");
    HAS_NOT("{\"inject\":\"I-4\"", "\"via\"");
}
END_TEST

// Everything that EXCON can do to the list, then a crash.
START_TEST(a_run_taken_up_again_has_the_list_as_it_was)
{
    conduct_run(&f, CONDUCT_MIN);
    PUT("excon-1", "move", "inject", "I-1", "until", "1500000", "follow", "1", NULL);
    PUT("excon-1", "edit", "inject", "I-1", "title", "No fog", "text", "At {{now}}.", NULL);
    PUT("excon-1", "adhoc", "from", "police", "to", "all", "title", "Later", "text", "Now.",
        "until", "1600000", NULL);
    PUT("excon-1", "adhoc", "to", "press", "title", "At once", "text", "Now.", NULL);
    PUT("excon-1", "drop", "storyline", "the wipe", "reason", "no time", NULL);
    PUT("excon-1", "wake", "storyline", "story", NULL);
    conduct_run(&f, 27 * CONDUCT_MIN / 2); // I-7 was moved by 15 minutes, I-1 is not due yet
    look();
    char *before = toc_strdup(strstr(said.data, "\"storylines\""));
    before[strlen(before) - 100] = '\0'; // the receipt is another
    conduct_commit(&f);
    conduct_kill(&f);
    conduct_resume(&f);
    look();
    ck_assert_ptr_nonnull(strstr(said.data, before));
    HAS("{\"inject\":\"I-1\"", "\"title\":\"No fog\"");
    HAS("{\"inject\":\"I-1\"", "\"due\":1500000,\"moved_from\":600000");
    HAS("{\"inject\":\"I-1\"", "\"edited\":true");
    HAS("{\"inject\":\"ADHOC-1\"", "\"adhoc\":true");
    HAS("{\"inject\":\"ADHOC-2\"", "\"state\":\"sent\"");
    HAS("{\"inject\":\"I-4\"", "\"via\":\"storyline the wipe\"");
    HAS("{\"storyline\":\"the wipe\"", "\"state\":\"dropped\"");
    conduct_do(&f, "excon-1", "resume");
    conduct_run(&f, CONDUCT_HOUR);
    ck_assert_int_eq(conduct_t(&f, "inject", TOC_F_TEXT, "At T+0:25:00."), 1500000);
    ck_assert_int_eq(conduct_t(&f, "inject", TOC_F_INJECT, "ADHOC-1"), 1600000);
    ck_assert_int_eq(conduct_t(&f, "cue", TOC_F_INJECT, "I-7"), 27 * CONDUCT_MIN);
    ck_assert_int_eq(conduct_t(&f, "inject", TOC_F_INJECT, "I-4"), -1);
    ck_assert_int_eq(conduct_t(&f, "note", TOC_F_TEXT, "quarter"), CONDUCT_MIN);
    conduct_verify(&f);
    free(before);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, a_row_tells_what_sends_it);
    tcase_add_test(tc, a_condition_is_told_in_the_words_of_its_author);
    tcase_add_test(tc, a_decision_that_only_a_storyline_asks_is_told_before_it_is_asked);
    tcase_add_test(tc, a_team_is_not_told_what_its_answers_bring);
    tcase_add_test(tc, storylines_tell_what_they_wait_for);
    tcase_add_test(tc, what_only_a_dropped_storyline_would_have_sent_is_marked);
    tcase_add_test(tc, a_run_taken_up_again_has_the_list_as_it_was);
}

TOC_CHECK_MAIN("msel_desk", add_tests)
