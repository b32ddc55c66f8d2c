// SPDX-License-Identifier: MIT
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "record/playplan.h"

static const char text[] =
    "# how the operator plays\n"
    "\n"
    "at T+0:12 operator-1 decide D-01 isolate because the segment is burning\r\n"
    "on D-03 wind-1 decide D-03 crews because roads are open\n"
    "on INJ-09 transport-1 forward INJ-09 to crisis,csirt pass on\n"
    "  on D-04 excon-1 rule D-04 accept\n"
    "expect sent INJ-14\n"
    "expect not sent INJ-15\n"
    "expect decided D-01 isolate\n"
    "expect endex";

static toc_playplan parse(const char *s)
{
    toc_playplan p;
    toc_error e;
    TOC_OK_OR_FAIL(toc_playplan_parse(&p, "a.plan", s, strlen(s), &e), e);
    return p;
}

static void refuses(const char *s, const char *why)
{
    toc_playplan p;
    toc_error e = {0};
    ck_assert_msg(toc_playplan_parse(&p, "a.plan", s, strlen(s), &e) == TOC_EFORMAT, "taken: %s",
                  s);
    ck_assert_msg(strstr(e.msg, why), "%s: %s", s, e.msg);
}

START_TEST(a_plan_is_read_line_by_line)
{
    toc_playplan p = parse(text);
    ck_assert_uint_eq(p.count, 8);
    ck_assert_int_eq(p.steps[0].kind, TOC_STEP_AT);
    ck_assert_int_eq(p.steps[0].line, 3);
    ck_assert_int_eq(p.steps[0].at, 12 * 60000);
    ck_assert_str_eq(p.steps[0].seat, "operator-1");
    ck_assert_str_eq(p.steps[0].act.answer, "isolate");
    ck_assert_str_eq(toc_event_str(&p.steps[0].act.input, TOC_F_REASON), "the segment is burning");
    ck_assert_int_eq(p.steps[1].kind, TOC_STEP_ON);
    ck_assert_str_eq(p.steps[1].id, "D-03");
    ck_assert_str_eq(p.steps[2].act.item, "INJ-09");
    ck_assert_int_eq(p.steps[3].act.input.kind, TOC_K_RULE);
    ck_assert_int_eq(p.steps[5].is_not, 1);
    ck_assert_str_eq(p.steps[6].option, "isolate");
    toc_playplan_fini(&p);
}
END_TEST

START_TEST(conducting_stands_in_a_plan_as_it_is_typed)
{
    toc_playplan p = parse("at T+0:05 excon-1 move INJ-04 T+1:20 follow because late\n"
                           "at T+0:06 excon-2 drop the wipe because overtaken\n"
                           "on INJ-07 simcell-1 deliver INJ-07 they asked twice\n"
                           "at T+0:07 excon-1 jump T+1:30 hold INJ-05 keep D-02\n"
                           "at T+0:08 excon-1 decide D-03 close because the team is absent\n"
                           "at T+0:09 wind-1 ask press When?\n"
                           "at T+0:10 wind-1 sign-in R. Lind\n");
    static const toc_kind kinds[] = {TOC_K_MOVE,   TOC_K_DROP, TOC_K_DELIVER, TOC_K_JUMP,
                                     TOC_K_DECIDE, TOC_K_SAY,  TOC_K_SIGN_IN};
    ck_assert_uint_eq(p.count, TOC_COUNT(kinds));
    for (size_t i = 0; i < TOC_COUNT(kinds); i++)
        ck_assert_int_eq(p.steps[i].act.input.kind, kinds[i]);
    ck_assert_str_eq(toc_event_str(&p.steps[1].act.input, TOC_F_STORYLINE), "the wipe");
    toc_playplan_fini(&p);
}
END_TEST

START_TEST(a_decision_can_be_left_unanswered)
{
    toc_playplan p = parse("leave D-02\nexpect overdue D-02\n");
    ck_assert_int_eq(p.steps[0].kind, TOC_STEP_LEAVE);
    ck_assert(toc_playplan_leaves(&p, "D-02"));
    ck_assert(toc_playplan_leaves(&p, "d-02"));
    ck_assert(!toc_playplan_leaves(&p, "D-01"));
    toc_playplan_fini(&p);
}
END_TEST

START_TEST(a_mistake_names_file_and_line)
{
    refuses("\n# x\natt T+0:12 a-1 start\n",
            "a.plan:3: a line begins with at, on, leave, expect or #");
    refuses("att T+1 a-1 start", "did you mean `at`?");
    refuses("at soon operator-1 read 1", "a.plan:1: ");
    refuses("at T+0:01 operator read 1", "is not a seat");
    refuses("at T+0:01 operator-1 start", "a seat like \"operator-1\" cannot `start`");
    refuses("at T+0:01 operator-1", "what does operator-1 do?");
    refuses("on D-01 operator-1 decid D-01 1", "did you mean `decide`?");
    refuses("on", "on what?");
    refuses("leave", "leave which decision?");
    refuses("leave D-01 please", "nothing after it");
    refuses("expect", "expect [not] sent");
    refuses("expect sent", "expect sent what?");
    refuses("expect level", "expect level what?");
    refuses("expect level rail", "below 50");
    refuses("expect level rail below", "percent");
    refuses("expect level rail below 101", "percent");
    refuses("expect level rail beside 50", "percent");
    refuses("expect level rail below 50 at dawn", "at end");
    refuses("expect entered", "expect entered what?");
    refuses("on day-2 csirt-1 submit", "what do you hand in?");
    refuses("on day-2 csirt-1 submit report", "what does it say?");
    refuses("on day-2 csirt-1 submit report @a.txt", "write it out");
    refuses("at T+0:01 excon-1 move INJ-04 +10m", "write the new one, such as T+1:20");
    refuses("at T+0:01 excon-1 extend D-03 10m", "write the new one, such as T+1:20");
    refuses("at T+0:01 wind-1 drop the wipe because late", "cannot `drop`");
    refuses("at T+0:01 excon-1 drop the wipe", "why?");
    refuses("expect sent INJ-01 twice", "more on the line");
}
END_TEST

START_TEST(what_was_expected_is_compared_with_the_events)
{
    toc_playplan p = parse(text);
    toc_events events = {0};
    toc_event_set_str(toc_events_add(&events, TOC_K_INJECT, 1), TOC_F_INJECT, "INJ-15");
    toc_event *decided = toc_events_add(&events, TOC_K_DECIDED, 2);
    toc_event_set_str(decided, TOC_F_DECISION, "D-01");
    toc_event_set_str(decided, TOC_F_OPTION, "isolate");
    toc_buf misses = {0};
    ck_assert_uint_eq(toc_playplan_misses(&p, events.at, events.count, &misses), 3);
    ck_assert_str_eq(toc_buf_text(&misses),
                     "a.plan:7: expected sent INJ-14, and it did not happen\n"
                     "a.plan:8: expected not sent INJ-15, and it happened\n"
                     "a.plan:10: expected endex, and it did not happen\n");
    toc_buf_fini(&misses);
    toc_events_fini(&events);
    toc_playplan_fini(&p);
}
END_TEST

// The whole plan against the events, as an author reads the difference.
static void misses(const char *plan, const toc_events *events, const char *expected)
{
    toc_playplan p = parse(plan);
    toc_buf said = {0};
    toc_playplan_misses(&p, events->at, events->count, &said);
    ck_assert_str_eq(toc_buf_text(&said), expected);
    toc_buf_fini(&said);
    toc_playplan_fini(&p);
}

static void add_level(toc_events *events, const char *service, int64_t ppm)
{
    toc_event *ev = toc_events_add(events, TOC_K_LEVEL, 1);
    toc_event_set_str(ev, TOC_F_SERVICE, service);
    toc_event_set_int(ev, TOC_F_LEVEL, ppm);
}

START_TEST(a_level_is_expected_at_any_time_or_at_the_end)
{
    toc_events events = {0};
    add_level(&events, "rail", 333333);
    add_level(&events, "rail", 1000000);
    add_level(&events, "port", 0);
    misses("expect level rail below 50\n"
           "expect not level rail below 33.3\n"
           "expect level rail at 33.3 %\n"
           "expect level rail above 99.9%\n"
           "expect level rail at 100 at end\n"
           "expect level port at 0 at end\n"
           "expect level grid at 100 at end\n"
           "expect not level grid below 100\n",
           &events, "");
    misses("expect level rail below 33.3\nexpect level rail below 50 at end\n", &events,
           "a.plan:1: expected level rail below 33.3, and it did not happen\n"
           "a.plan:2: expected level rail below 50 at end, and it did not happen\n");
    toc_events_fini(&events);
}
END_TEST

START_TEST(the_last_word_on_an_expected_action_counts)
{
    static const char *const states[] = {"overdue", "not-observed", "late"};
    toc_events events = {0};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        toc_event *ev = toc_events_add(&events, TOC_K_EXPECTATION, 1);
        toc_event_set_str(ev, TOC_F_EXPECTATION, "EXP-01");
        toc_event_set_str(ev, TOC_F_STATE, states[i]);
    }
    misses("expect late EXP-01\nexpect overdue EXP-01\nexpect not met EXP-01\n"
           "expect not not-observed EXP-01\nexpect not met EXP-02\n",
           &events, "");
    misses("expect met EXP-01\n", &events,
           "a.plan:1: expected met EXP-01, and it did not happen\n");
    toc_events_fini(&events);
}
END_TEST

START_TEST(phases_products_and_deadlocks_are_expected_by_name)
{
    static char grid[] = "grid", voice[] = "voice";
    char *cycle[] = {grid, voice};
    toc_events events = {0};
    toc_event_set_str(toc_events_add(&events, TOC_K_PHASE_ENTERED, 1), TOC_F_PHASE, "day-2");
    toc_event_set_str(toc_events_add(&events, TOC_K_HANDED_IN, 1), TOC_F_PRODUCT, "early-warning");
    misses("expect not deadlock\n", &events, "");
    toc_event_set_list(toc_events_add(&events, TOC_K_DEADLOCK, 1), TOC_F_SERVICES, cycle, 2);
    misses("expect entered day-2\nexpect not entered day-3\nexpect handed-in early-warning\n"
           "expect deadlock\nexpect deadlock voice\nexpect not deadlock rail\n",
           &events, "");
    toc_events_fini(&events);
}
END_TEST

// The plans that ship must at least be plans.
START_TEST(the_plans_of_the_scenarios_are_read)
{
    const char *top = getenv("TOC_SOURCE_DIR");
    char dir[512];
    snprintf(dir, sizeof dir, "%s/scenarios/silent-beams/plans", top ? top : ".");
    DIR *d = opendir(dir);
    ck_assert_msg(d != NULL, "no folder %s", dir);
    for (struct dirent *entry = readdir(d); entry; entry = readdir(d)) {
        size_t len = strlen(entry->d_name);
        if (len < 6 || strcmp(entry->d_name + len - 5, ".plan") != 0)
            continue;
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", dir, entry->d_name);
        toc_playplan p;
        toc_error e;
        TOC_OK_OR_FAIL(toc_playplan_read(&p, path, &e), e);
        ck_assert_uint_gt(p.count, 0);
        toc_playplan_fini(&p);
    }
    closedir(d);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_plan_is_read_line_by_line);
    tcase_add_test(tc, conducting_stands_in_a_plan_as_it_is_typed);
    tcase_add_test(tc, a_decision_can_be_left_unanswered);
    tcase_add_test(tc, a_mistake_names_file_and_line);
    tcase_add_test(tc, what_was_expected_is_compared_with_the_events);
    tcase_add_test(tc, a_level_is_expected_at_any_time_or_at_the_end);
    tcase_add_test(tc, the_last_word_on_an_expected_action_counts);
    tcase_add_test(tc, phases_products_and_deadlocks_are_expected_by_name);
    tcase_add_test(tc, the_plans_of_the_scenarios_are_read);
}

TOC_CHECK_MAIN("playplan", add_tests)
