// SPDX-License-Identifier: MIT
// While a real emergency stands, nothing is sent to players and nothing is asked of them, whatever is put in;
// what happened meanwhile is not lost.

#include "check_main.h"
#include "fake_script.h"
#include "plan_fixture.h"

#include <string.h>

#include "base/mem.h"

#define M 60000

static toc_drive d;
static toc_fake fake;
static toc_error e;

#define PUT(t, by, kind, ...) TOC_OK_OR_FAIL(toc_drive_put(&d, t, by, kind, &e, __VA_ARGS__), e)
#define STANDS(t, by, kind, ...)                                                                   \
    do {                                                                                           \
        ck_assert_int_eq(toc_drive_put(&d, t, by, kind, &e, __VA_ARGS__), TOC_EREFUSED);           \
        ck_assert_str_eq(e.msg, "play stands, a real emergency was called; send it again when "    \
                                "play goes on");                                                   \
    } while (0)

static void set_up(void)
{
    toc_plan_fixture(&d.plan);
    toc_fake_init(&fake);
}

static void tear_down(void)
{
    toc_drive_end(&d);
}

static void start(void)
{
    toc_drive_begin_with(&d, &fake.hooks);
    PUT(0, "engine", "open-seat", "seat", "simcell-1", NULL);
    PUT(0, "excon-1", "start", NULL);
}

static toc_line_says send_4(toc_exercise *x, int step)
{
    (void)step;
    toc_action_send(x, 3, NULL); // once; it is gone after that
    return TOC_LINE_ENDS;
}

static toc_line_says ask_2_then_send_4(toc_exercise *x, int step)
{
    static const size_t second = 1;
    bool settled;
    if (step > 0)
        return send_4(x, step);
    TOC_OK_OR_FAIL(toc_action_ask(x, &second, 1, &settled, &e), e);
    return settled ? TOC_LINE_ON : TOC_LINE_WAITS;
}

static bool alpha_wrote_to_bravo(toc_exercise *x)
{
    toc_said said;
    return toc_query_said(x, 0, 1, &said);
}

static int64_t sent_4(void)
{
    const toc_event *ev = toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-04");
    return ev ? ev->t : -1;
}

// What players are given: injects and questions.
static size_t given(void)
{
    return toc_drive_count(&d, TOC_K_INJECT) + toc_drive_count(&d, TOC_K_ASK);
}

START_TEST(a_team_keeps_its_answer_until_play_goes_on)
{
    fake.lines[0] = ask_2_then_send_4;
    start();
    PUT(7 * M, "alpha-1", "emergency", "text", "Somebody fell", NULL);
    STANDS(7 * M, "bravo-1", "decide", "decision", "D-02", "text", "We wait", NULL);
    STANDS(7 * M, "excon-1", "decide", "decision", "D-02", "text", "We wait", "reason", "absent",
           NULL);
    ck_assert_int_eq(sent_4(), -1);
    PUT(7 * M, "excon-1", "resume", NULL);
    PUT(8 * M, "bravo-1", "decide", "decision", "D-02", "text", "We wait", NULL);
    ck_assert_int_eq(sent_4(), 8 * M);
}
END_TEST

START_TEST(nothing_is_ruled_handed_in_passed_on_or_said_in_role)
{
    start();
    PUT(7 * M, "alpha-1", "decide", "decision", "D-01", "option", "other", "text", "Ask", NULL);
    PUT(7 * M, "bravo-1", "emergency", NULL);
    STANDS(7 * M, "excon-1", "rule", "decision", "D-01", "ruling", "accept", NULL);
    STANDS(7 * M, "alpha-1", "submit", "product", "report", "text", "All is well", NULL);
    STANDS(7 * M, "alpha-1", "forward", "item", "1", "to", "bravo", NULL);
    STANDS(7 * M, "simcell-1", "say", "as", "press", "to", "alpha", "text", "On the air", NULL);
}
END_TEST

START_TEST(people_still_talk_read_and_are_seen)
{
    start();
    toc_drive_to(&d, 7 * M);
    char item[24];
    const toc_event *ev = toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-01");
    snprintf(item, sizeof item, "%lld", (long long)ev->seq);
    PUT(7 * M, "bravo-1", "emergency", NULL);
    PUT(7 * M, "alpha-1", "say", "to", "bravo", "text", "Are you all right?", NULL);
    PUT(7 * M, "excon-1", "say", "to", "alpha,bravo", "text", "The medic is coming", NULL);
    PUT(7 * M, "alpha-1", "read", "item", item, NULL);
    PUT(7 * M, "alpha-1", "ack", "item", item, NULL);
    PUT(7 * M, "alpha-1", "join", "seat", "alpha-1", "session", "s1", NULL);
    PUT(7 * M, "alpha-1", "sign-in", "name", "R. Lind", NULL);
    PUT(7 * M, "alpha-1", "sign-out", NULL);
    PUT(7 * M, "engine", "leave", "seat", "alpha-1", NULL);
    PUT(7 * M, "evaluator-1", "observe", "team", "alpha", "text", "Quick to help", NULL);
    PUT(7 * M, "simcell-1", "promise", "to", "alpha", "text", "A bus", NULL);
}
END_TEST

// Scripts hear of everything, and any of it may make them send.
START_TEST(what_scripts_make_of_a_word_waits_until_play_goes_on)
{
    fake.on_kind = TOC_K_SAY;
    fake.on = send_4;
    start();
    PUT(1 * M, "alpha-1", "emergency", NULL);
    PUT(1 * M, "alpha-1", "say", "to", "bravo", "text", "What is it?", NULL);
    PUT(1 * M, "alpha-1", "say", "to", "bravo", "text", "Hello?", NULL);
    ck_assert_uint_eq(given(), 0);
    PUT(1 * M, "excon-1", "resume", NULL);
    ck_assert_int_eq(sent_4(), 1 * M);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-04")->cause,
                     toc_drive_last(&d, TOC_K_SAY, TOC_F_TEXT, "What is it?")->seq);
}
END_TEST

START_TEST(a_condition_that_comes_true_waits_until_play_goes_on)
{
    fake.when = alpha_wrote_to_bravo;
    fake.then = send_4;
    start();
    PUT(1 * M, "alpha-1", "emergency", NULL);
    PUT(1 * M, "alpha-1", "say", "to", "bravo", "text", "What is it?", NULL);
    ck_assert(!fake.has_fired);
    PUT(1 * M, "excon-1", "resume", NULL);
    ck_assert_int_eq(sent_4(), 1 * M);
}
END_TEST

START_TEST(what_a_script_makes_of_the_emergency_itself_waits_too)
{
    fake.on_kind = TOC_K_EMERGENCY;
    fake.on = send_4;
    start();
    PUT(1 * M, "alpha-1", "emergency", NULL);
    ck_assert_uint_eq(given(), 0);
    PUT(1 * M, "excon-1", "resume", NULL);
    ck_assert_int_eq(sent_4(), 1 * M);
}
END_TEST

START_TEST(an_exercise_that_ends_in_the_emergency_sends_nothing_more)
{
    fake.on_kind = TOC_K_SAY;
    fake.on = send_4;
    start();
    PUT(1 * M, "alpha-1", "emergency", NULL);
    PUT(1 * M, "alpha-1", "say", "to", "bravo", "text", "What is it?", NULL);
    PUT(1 * M, "excon-1", "end", NULL);
    PUT(1 * M, "excon-1", "resume", NULL);
    ck_assert_uint_eq(given(), 0);
}
END_TEST

static void add_tests(TCase *t)
{
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, a_team_keeps_its_answer_until_play_goes_on);
    tcase_add_test(t, nothing_is_ruled_handed_in_passed_on_or_said_in_role);
    tcase_add_test(t, people_still_talk_read_and_are_seen);
    tcase_add_test(t, what_scripts_make_of_a_word_waits_until_play_goes_on);
    tcase_add_test(t, a_condition_that_comes_true_waits_until_play_goes_on);
    tcase_add_test(t, what_a_script_makes_of_the_emergency_itself_waits_too);
    tcase_add_test(t, an_exercise_that_ends_in_the_emergency_sends_nothing_more);
}

TOC_CHECK_MAIN("emergency", add_tests)
