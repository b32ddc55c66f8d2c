// SPDX-License-Identifier: MIT
// Scenarios that bring about more than any machine can do, played by a real engine at its highest speed: people
// are answered all the same, play can be paused, a real emergency is heard, a signal ends it, and what was
// recorded is taken up again.

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "check_main.h"
#include "hub_fixture.h"

#define ACTS_MS   2000
#define ANSWER_MS 1000

static hub_fixture f;
static hub_client excon, ops;

static void setup(void)
{
    hub_setup(&f);
}

static void teardown(void)
{
    client_fini(&excon);
    client_fini(&ops);
    hub_teardown(&f);
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void begin(const char *more, int64_t speed)
{
    hub_order order = {.speed = speed};
    snprintf(order.more, sizeof order.more, "%s", more);
    hub_start(&f, order);
    client_open(&excon, &f, "excon-1");
    client_open(&ops, &f, "ops-1");
    client_join(&excon);
    client_join(&ops);
}

static void must_do(hub_client *c, const char *op, const char *fields)
{
    client_ask(c, op, fields);
    client_must_say(c, "\"ok\":true");
}

static const char *const loads[] = {
    "for k = 1, 200 do storyline(\"w\" .. k)(function ()"
    " while true do wait \"1ms\" note \"n\" end end) end",
    "for k = 1, 900 do storyline(\"w\" .. k)(function () while true do wait \"1ms\" end end) end",
    "storyline \"w\" (function () while true do wait \"1ms\" note((\"n\"):rep(16000)) end end)",
    "for k = 1, 20 do storyline(\"w\" .. k)(function ()"
    " while true do wait \"100ms\" note((\"n\"):rep(400)) end end) end",
    "for k = 1, 20 do storyline(\"w\" .. k)(function () while true do wait \"1ms\""
    " local s = 0 for i = 1, 20000 do s = s + i end end end) end",
};

START_TEST(people_are_answered_and_heard_whatever_the_scenario_brings_about)
{
    int64_t slowest = 0;
    begin(loads[_i], 1000000);
    must_do(&excon, "start", "");
    const int64_t until = now_ms() + ACTS_MS;
    while (now_ms() < until) {
        int64_t asked = now_ms();
        must_do(&ops, "say", ",\"to\":[\"press\"],\"text\":\"Do you hear us?\"");
        int64_t took = now_ms() - asked;
        slowest = took > slowest ? took : slowest;
    }
    const int64_t asked = now_ms();
    must_do(&excon, "pause", "");
    ck_assert_ptr_nonnull(strstr(client_ask(&ops, "status", ""), "\"state\":\"paused\""));
    must_do(&excon, "resume", "");
    must_do(&ops, "emergency", ",\"text\":\"Fire in the hall\"");
    const int64_t took = (now_ms() - asked) / 4;
    slowest = took > slowest ? took : slowest;
    must_do(&excon, "resume", "");
    printf("the slowest answer took %lld ms\n", (long long)slowest);
    ck_assert_int_le(slowest, ANSWER_MS);
    hub_signal(&f, SIGINT);
    ck_assert_int_eq(hub_wait(&f), 130);
    hub_resume(&f); // every line is executed again, and compared
}
END_TEST

START_TEST(excon_is_told_that_play_is_behind_and_nobody_else)
{
    begin(loads[1], 1000000);
    must_do(&excon, "start", "");
    ck_assert(client_hear(&excon, "behind what speed 1000 asks for", HUB_DEADLINE_MS));
    ck_assert(!client_hear(&ops, "behind what speed", 300));
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, people_are_answered_and_heard_whatever_the_scenario_brings_about, 0,
                        (int)(sizeof loads / sizeof *loads));
    tcase_add_test(tc, excon_is_told_that_play_is_behind_and_nobody_else);
}

TOC_CHECK_MAIN("overload", add_tests)
