// SPDX-License-Identifier: MIT
// Scenarios that bring about more than any machine can do, played by a real engine at its highest speed: people
// are answered all the same, play can be paused, a real emergency is heard, a signal ends it, and what was
// recorded is taken up again.

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "check_main.h"
#include "hub_fixture.h"

#define ACTS_MS   2000
#define ANSWER_MS 1000 // the middle one
#define LEAST     9    // of each kind

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

// How long answers took; each comes before the deadline, or client_ask fails the test. A busy machine may hold up any one of
// them; whole seconds time and again are the engine's doing.
typedef struct {
    int64_t ms[10000];
    size_t count;
} answers;

static void must_do_soon(answers *a, hub_client *c, const char *op, const char *fields)
{
    const int64_t asked = now_ms();
    must_do(c, op, fields);
    if (a->count < TOC_COUNT(a->ms))
        a->ms[a->count++] = now_ms() - asked;
}

static int compare(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void must_be_soon(answers *a, const char *what)
{
    qsort(a->ms, a->count, sizeof *a->ms, compare);
    const int64_t middle = a->ms[a->count / 2], slowest = a->ms[a->count - 1];
    printf("%s: the middle one of %zu answers took %lld ms, the slowest %lld ms\n", what, a->count,
           (long long)middle, (long long)slowest);
    ck_assert_int_le(middle, ANSWER_MS);
}

START_TEST(people_are_answered_and_heard_whatever_the_scenario_brings_about)
{
    static answers said, stopped;
    const char *question = ",\"to\":[\"press\"],\"text\":\"Do you hear us?\"";
    begin(loads[_i], 1000000);
    must_do(&excon, "start", "");
    const int64_t until = now_ms() + ACTS_MS;
    while (now_ms() < until || said.count < LEAST)
        must_do_soon(&said, &ops, "say", question);
    while (stopped.count < LEAST) {
        must_do_soon(&stopped, &excon, "pause", "");
        ck_assert_ptr_nonnull(strstr(client_ask(&ops, "status", ""), "\"state\":\"paused\""));
        must_do(&excon, "resume", "");
        must_do_soon(&said, &ops, "say", question);
    }
    must_do_soon(&stopped, &ops, "emergency", ",\"text\":\"Fire in the hall\"");
    must_do(&excon, "resume", "");
    must_be_soon(&said, "messages");
    must_be_soon(&stopped, "stops");
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
