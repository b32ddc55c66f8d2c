// SPDX-License-Identifier: MIT
// More is due than can be done: one call does a share of it, play time waits for the rest, people are heard
// between, and what was recorded is the same exercise as any other.

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "check_main.h"
#include "conduct_fixture.h"
#include "seed.h"

// Wakes each millisecond of play, and says so.
#define TICKER "storyline \"ticker\" (function () while true do wait \"1ms\" note \"n\" end end)\n"
#define SILENT "storyline \"silent\" (function () while true do wait \"1ms\" end end)\n"

static conduct_fixture f;

static void setup(void)
{
    conduct_setup(&f, TICKER);
}

static void teardown(void)
{
    conduct_teardown(&f);
}

static void setup_with(const char *more)
{
    conduct_teardown(&f);
    conduct_setup(&f, more);
}

static void begin_play(const char *speed)
{
    toc_error e = {0};
    conduct_start(&f);
    TOC_OK_OR_FAIL(conduct_put(&f, "excon-1", "speed", &e, "speed", speed, NULL), e);
    conduct_do(&f, "excon-1", "start");
    conduct_commit(&f);
}

static int64_t play(void)
{
    return toc_conduct_play(f.c, f.mono);
}

static int64_t last(void)
{
    return toc_exercise_now(toc_conduct_exercise(f.c));
}

static int64_t told(void)
{
    toc_buf clock = {0};
    toc_buf_char(&clock, '{');
    toc_conduct_clock_told(f.c, f.mono, false, &clock);
    const char *t = strstr(clock.data, "\"t\":");
    int64_t ms = t ? strtoll(t + 4, NULL, 10) : -1;
    toc_buf_fini(&clock);
    return ms;
}

START_TEST(one_call_does_a_bounded_share_of_what_is_due)
{
    begin_play("1000000");
    for (int i = 0; i < 20; i++) {
        int64_t head = toc_conduct_head(f.c), before = last();
        conduct_tick(&f, 1000); // 1,000,000 instants are due
        ck_assert_int_gt(toc_conduct_head(f.c), head);
        ck_assert_int_le(toc_conduct_head(f.c), head + 600);
        ck_assert_int_gt(last(), before + 400);
        ck_assert_int_le(last(), before + 500);
        ck_assert_int_eq(play(), last());
        conduct_commit(&f);
    }
    conduct_verify(&f);
}
END_TEST

START_TEST(what_brings_about_many_lines_or_long_ones_has_a_smaller_share)
{
    setup_with("for k = 1, 50 do storyline(\"w\" .. k)(function ()"
               " while true do wait \"1ms\" note \"n\" end end) end\n");
    begin_play("1000000");
    conduct_tick(&f, 1000);
    ck_assert_int_ge(last(), 5);
    ck_assert_int_le(last(), 12);
    setup_with("storyline \"long\" (function () while true do wait \"1ms\""
               " note((\"n\"):rep(16000)) end end)\n");
    begin_play("1000000");
    conduct_tick(&f, 1000);
    ck_assert_int_ge(last(), 50);
    ck_assert_int_le(last(), 70);
}
END_TEST

START_TEST(nothing_is_performed_while_the_disk_is_too_far_behind)
{
    int64_t at = 0, head;
    begin_play("1000000");
    for (int i = 0; i < 100; i++)
        conduct_tick(&f, 1000); // and no commit
    head = toc_conduct_head(f.c);
    ck_assert_int_ge(head - toc_conduct_durable(f.c), 3000);
    ck_assert_int_le(head - toc_conduct_durable(f.c), 3600);
    ck_assert(!toc_conduct_deadline(f.c, &at)); // the end of a commit wakes it
    conduct_commit(&f);
    ck_assert(toc_conduct_deadline(f.c, &at));
    conduct_tick(&f, 1);
    ck_assert_int_gt(toc_conduct_head(f.c), head);
    conduct_commit(&f);
    conduct_verify(&f);
}
END_TEST

START_TEST(an_input_is_heard_before_what_is_still_due_and_has_the_time_of_its_place)
{
    toc_error e = {0};
    begin_play("1000000");
    conduct_tick(&f, 1000);
    int64_t before = last();
    f.mono += 1;
    TOC_OK_OR_FAIL(conduct_put(&f, "ops-1", "say", &e, "to", "press", "text", "Hear us", NULL), e);
    conduct_commit(&f);
    ck_assert_int_eq(conduct_t(&f, "message", TOC_F_TEXT, "Hear us"), before);
    conduct_tick(&f, 1000);
    f.mono += 1;
    conduct_do(&f, "ops-2", "emergency");
    int64_t stands = play();
    conduct_tick(&f, CONDUCT_MIN);
    ck_assert_int_eq(play(), stands);
    conduct_do(&f, "excon-1", "resume");
    conduct_tick(&f, 1000);
    conduct_commit(&f);
    ck_assert_int_gt(last(), stands + 400);
    conduct_verify(&f);
}
END_TEST

START_TEST(inputs_that_come_in_a_crowd_do_not_each_bring_about_a_share)
{
    toc_error e = {0};
    begin_play("1000000");
    conduct_tick(&f, 1000);
    int64_t before = last();
    for (int i = 0; i < 9; i++) {
        f.mono += 1;
        TOC_OK_OR_FAIL(conduct_put(&f, "ops-1", "say", &e, "to", "press", "text", "x", NULL), e);
    }
    ck_assert_int_eq(last(), before);
    conduct_commit(&f);
    conduct_verify(&f);
}
END_TEST

START_TEST(nothing_that_was_due_is_left_out)
{
    begin_play("1000000");
    for (int i = 0; i < 40; i++) {
        conduct_tick(&f, 20);
        conduct_commit(&f);
    }
    toc_events events;
    int64_t expected = 1;
    conduct_read(&f, &events);
    for (size_t i = 0; i < events.count; i++)
        if (events.at[i].kind == TOC_K_NOTE)
            ck_assert_int_eq(events.at[i].t, expected++);
    ck_assert_int_eq(expected, last() + 1);
    ck_assert_int_gt(expected, 15000);
    toc_events_fini(&events);
    conduct_verify(&f);
}
END_TEST

START_TEST(the_time_that_people_are_told_never_goes_back)
{
    toc_random r;
    int64_t before = 0;
    seed_random(&r, "told");
    begin_play("360000");
    for (int i = 0; i < 500; i++) {
        f.mono += (int64_t)toc_random_below(&r, 40);
        ck_assert_int_ge(told(), before);
        before = told();
        if (toc_random_below(&r, 3) > 0)
            conduct_tick(&f, (int64_t)toc_random_below(&r, 30));
        if (toc_random_below(&r, 3) > 0)
            conduct_commit(&f);
        ck_assert_int_ge(told(), before);
        before = told();
    }
    ck_assert_int_gt(before, 5000);
}
END_TEST

static char *tell(void)
{
    toc_buf text = {0};
    bool is_said = toc_conduct_behind(f.c, f.mono, &text);
    ck_assert(is_said == (text.len > 0));
    return is_said ? toc_buf_take(&text) : NULL;
}

START_TEST(excon_is_told_once_when_it_begins_and_then_once_a_minute)
{
    size_t count = 0;
    setup_with(SILENT);
    begin_play("360000");
    ck_assert_ptr_null(tell());
    for (int64_t ms = 0; ms < 150 * 1000; ms += 500) {
        conduct_tick(&f, 500);
        conduct_commit(&f);
        char *text = tell();
        ck_assert(!text || strstr(text, " behind what speed 360 asks for: "));
        ck_assert(ms > 1500 || !text || strncmp(text, "play is ", 8) == 0);
        count += text != NULL;
        ck_assert(count > 0 || ms < 1500);
        free(text);
    }
    ck_assert_uint_eq(count, 3);
}
END_TEST

START_TEST(a_stall_with_little_due_is_caught_up_at_once_and_nobody_is_told)
{
    setup_with("");
    begin_play("1000");
    conduct_tick(&f, 33 * CONDUCT_MIN + 7);
    conduct_commit(&f);
    ck_assert_int_eq(play(), 33 * CONDUCT_MIN + 7);
    ck_assert_int_eq(conduct_t(&f, "held", TOC_F_INJECT, "I-2"), 20 * CONDUCT_MIN);
    ck_assert_ptr_null(tell());
}
END_TEST

START_TEST(scripts_that_are_halted_while_play_slips_bring_it_back_to_where_people_saw_it)
{
    toc_error e = {0};
    setup_with(SILENT "local big = {}\n"
                      "on(\"message\", function () for i = 1, 16 do"
                      " big[#big + 1] = ('x'):rep(60000) end end)\n");
    begin_play("1000000");
    for (int i = 0; i < 200 && conduct_count(&f, "halt") == 0; i++) {
        conduct_tick(&f, 200);
        f.mono += 1; // nothing is performed so soon after
        int64_t before = told();
        TOC_OK_OR_FAIL(conduct_put(&f, "ops-1", "say", &e, "to", "press", "text", "x", NULL), e);
        ck_assert_int_ge(told(), before);
        conduct_commit(&f);
    }
    ck_assert_uint_eq(conduct_count(&f, "halt"), 1);
    conduct_verify(&f);
}
END_TEST

// ---- jumps ---------------------------------------------------------------------------------------------

static void jump_too_far(const char *more)
{
    toc_error e = {0};
    setup_with(more);
    begin_play("1000");
    conduct_run(&f, 1500);
    int64_t head = toc_conduct_head(f.c), stands = play();
    ck_assert_int_eq(conduct_put(&f, "excon-1", "jump", &e, "until", "540000", NULL), TOC_EREFUSED);
    ck_assert_msg(strstr(e.msg, "before T+0:09:00") && strstr(e.msg, "jump to T+0:00:51 first"),
                  "%s", e.msg);
    ck_assert_int_eq(toc_conduct_head(f.c), head);
    ck_assert_int_eq(play(), stands);
    ck_assert_int_eq(last(), stands);
    // It goes on as if nobody had asked, and does what it was told to do instead.
    conduct_run(&f, 500);
    ck_assert_int_eq(play(), stands + 500);
    TOC_OK_OR_FAIL(conduct_put(&f, "excon-1", "jump", &e, "until", "51000", NULL), e);
    ck_assert_int_eq(play(), 51000);
    conduct_commit(&f);
    conduct_verify(&f);
}

START_TEST(a_jump_that_brings_about_too_much_is_refused_and_changes_nothing)
{
    jump_too_far(TICKER);
}
END_TEST

START_TEST(so_is_a_jump_over_instants_that_leave_no_line)
{
    jump_too_far(SILENT);
}
END_TEST

// ---- any play ------------------------------------------------------------------------------------------

static void do_something(toc_random *r)
{
    static const char *const speeds[] = {"1000", "20000", "360000", "1000000"};
    char until[24];
    snprintf(until, sizeof until, "%lld",
             (long long)(play() + 1 + (int64_t)toc_random_below(r, 900)));
    switch (toc_random_below(r, 8)) {
    case 0:
        conduct_put(&f, "excon-1", "pause", NULL, NULL);
        break;
    case 1:
    case 2:
        conduct_put(&f, "excon-1", "resume", NULL, NULL);
        break;
    case 3:
        conduct_put(&f, "excon-1", "jump", NULL, "until", until, NULL);
        break;
    case 4:
        conduct_put(&f, "ops-1", "emergency", NULL, NULL);
        break;
    case 5:
        conduct_put(&f, "excon-1", "speed", NULL, "speed", speeds[toc_random_below(r, 4)], NULL);
        break;
    default:
        conduct_put(&f, "press-1", "say", NULL, "to", "ops", "text", "Tell us", NULL);
        break;
    }
}

START_TEST(a_slipping_run_verifies_whatever_people_did_and_whenever_it_was_killed)
{
    static const char *const loads[] = {
        TICKER, SILENT,
        TICKER SILENT "on(\"message\", function () for i = 1, 90 do note \"m\" end end)\n",
        ("for k = 1, 90 do storyline(\"w\" .. k)(function () while true do wait(k .. \"ms\")"
         " if random(9) == 1 then note \"n\" end end end) end\n")};
    toc_random r;
    seed_random(&r, "slip");
    for (size_t run = 0; run < TOC_COUNT(loads); run++) {
        setup_with(loads[run % TOC_COUNT(loads)]);
        begin_play("360000");
        for (int i = 0; i < 40; i++) {
            int64_t before = last();
            for (size_t k = toc_random_below(&r, 4); k > 0; k--)
                conduct_tick(&f, (int64_t)toc_random_below(&r, 300));
            f.mono += (int64_t)toc_random_below(&r, 200);
            do_something(&r);
            ck_assert_int_ge(last(), before);
            if (toc_random_below(&r, 2) == 0)
                conduct_commit(&f);
            if (toc_random_below(&r, 20) > 0)
                continue;
            conduct_kill(&f);
            conduct_resume(&f);
        }
        conduct_commit(&f);
        conduct_verify(&f);
    }
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, one_call_does_a_bounded_share_of_what_is_due);
    tcase_add_test(tc, what_brings_about_many_lines_or_long_ones_has_a_smaller_share);
    tcase_add_test(tc, nothing_is_performed_while_the_disk_is_too_far_behind);
    tcase_add_test(tc, an_input_is_heard_before_what_is_still_due_and_has_the_time_of_its_place);
    tcase_add_test(tc, inputs_that_come_in_a_crowd_do_not_each_bring_about_a_share);
    tcase_add_test(tc, nothing_that_was_due_is_left_out);
    tcase_add_test(tc, the_time_that_people_are_told_never_goes_back);
    tcase_add_test(tc, excon_is_told_once_when_it_begins_and_then_once_a_minute);
    tcase_add_test(tc, a_stall_with_little_due_is_caught_up_at_once_and_nobody_is_told);
    tcase_add_test(tc,
                   scripts_that_are_halted_while_play_slips_bring_it_back_to_where_people_saw_it);
    tcase_add_test(tc, a_jump_that_brings_about_too_much_is_refused_and_changes_nothing);
    tcase_add_test(tc, so_is_a_jump_over_instants_that_leave_no_line);
    tcase_add_test(tc, a_slipping_run_verifies_whatever_people_did_and_whenever_it_was_killed);
}

TOC_CHECK_MAIN("slip", add_tests)
