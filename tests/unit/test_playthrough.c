// SPDX-License-Identifier: MIT
// What the players of a rehearsal do, and when.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "rehearsal_fixture.h"

static char *played(const char *scenario, const char *path)
{
    toc_files *files = rehearsal_files(scenario);
    toc_playthrough p = rehearsal_play(files, path, -1);
    ck_assert_int_eq(p.ended, 3600000);
    ck_assert_str_eq(toc_buf_text(&p.refused), "");
    char *log = rehearsal_log(&p);
    toc_playthrough_fini(&p);
    toc_files_free(files);
    return log;
}

static void has(const char *scenario, const char *path, const char *line)
{
    char *log = played(scenario, path);
    ck_assert_msg(strstr(log, line), "on %s there is no %s in\n%s", path, line, log);
    free(log);
}

static void has_not(const char *scenario, const char *path, const char *line)
{
    char *log = played(scenario, path);
    ck_assert_msg(!strstr(log, line), "on %s there is %s in\n%s", path, line, log);
    free(log);
}

static const char asked[] =
    "decision \"D-01\" { to = \"ops\", at = \"T+10m\", within = \"10m\", title = \"One\", default "
    "= \"b\",\n"
    "  options = { { \"a\", \"A\" }, { \"b\", \"B\" } } }\n"
    "inject \"INJ-01\" { at = \"T+1m\", to = \"all\", title = \"One\", text = \"One.\" }\n";

START_TEST(decisions_are_answered_as_the_path_says)
{
    has(asked, "default", "11:00 decide by=ops-1 decision=D-01 option=a");
    has(asked, "D-01=b", "11:00 decided decision=D-01 option=b");
    has(asked, "D-01=b@late", "19:59 decided decision=D-01 option=b");
    has(asked, "D-01=b@T+0:15", "15:00 decided decision=D-01 option=b");
    has(asked, "D-01=b@T+0:09", "20:00 overdue decision=D-01");
    has(asked, "D-01=none", "20:00 overdue decision=D-01 option=b");
    has_not(asked, "D-01=none", "decide ");
}
END_TEST

START_TEST(answers_of_ones_own_are_ruled_on_a_minute_later)
{
    has(asked, "D-01=own", "11:00 proposed decision=D-01");
    has(asked, "D-01=own", "12:00 rule by=excon-1 decision=D-01 ruling=accept");
    has(asked, "D-01=own@late", "20:59 decided decision=D-01 option=other");
    has(asked, "D-01=rejected", "12:00 rejected decision=D-01");
    has(asked, "D-01=rejected", "20:00 overdue decision=D-01 option=b");
}
END_TEST

START_TEST(free_text_and_questions_to_excon_are_answered)
{
    has("decision \"D-01\" { to = \"ops\", at = \"T+10m\", within = \"10m\", title = \"One\" }",
        "default", "11:00 decided decision=D-01 text=");
    has("decision \"D-01\" { to = \"excon\", at = \"T+10m\", within = \"10m\", title = \"One\",\n"
        "  options = { { \"a\", \"A\" }, { \"b\", \"B\" } } }",
        "D-01=b", "11:00 decide by=excon-1 decision=D-01 option=b");
}
END_TEST

START_TEST(what_has_a_voice_is_told_at_once)
{
    static const char told[] =
        "inject \"INJ-01\" { at = \"T+1m\", to = \"ops\", voice = \"simcell\", title = \"One\", "
        "text = \"One.\" }\n"
        "inject \"INJ-02\" { at = \"INJ-01 +2m\", to = \"ops\", voice = \"excon-1\", release = "
        "\"manual\", title = \"Two\", text = \"Two.\" }\n";
    has(told, "default", "1:00 cue inject=INJ-01");
    has(told, "default", "1:00 deliver by=simcell-1 inject=INJ-01");
    has(told, "default", "1:00 inject inject=INJ-01");
    has(told, "default", "4:00 release by=excon-1 inject=INJ-02");
    has(told, "default", "4:00 deliver by=excon-1 inject=INJ-02");
    has(told, "default", "5:00 read by=ops-1");
}
END_TEST

// A plan may say when that is told; else it is told at once.
START_TEST(a_plan_tells_what_has_a_voice)
{
    static const char told[] =
        "inject \"INJ-01\" { at = \"T+1m\", to = \"ops\", voice = \"simcell\", title = \"One\", "
        "text = \"One.\" }\n"
        "inject \"INJ-02\" { at = \"T+2m\", to = \"ops\", voice = \"simcell\", title = \"Two\", "
        "text = \"Two.\" }\n";
    static const char lines[] = "at T+0:05 simcell-1 deliver INJ-02\n"
                                "at T+0:06 excon-1 adhoc ops A question: What now?\n";
    toc_files *files = rehearsal_files(told);
    toc_scenario *scenario = rehearsal_scenario(files);
    toc_playplan plan;
    toc_playthrough p;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_playplan_parse(&plan, "a.plan", lines, strlen(lines), &e), e);
    TOC_OK_OR_FAIL(toc_play_plan(&p, scenario, &plan, -1, &e), e);
    ck_assert_str_eq(toc_buf_text(&p.refused), "");
    char *log = rehearsal_log(&p);
    ck_assert_msg(
        strstr(log, "1:00 inject inject=INJ-01") && strstr(log, "2:00 cue inject=INJ-02") &&
            strstr(log, "5:00 inject inject=INJ-02") && strstr(log, "6:00 inject inject=ADHOC-1"),
        "%s", log);
    free(log);
    toc_playthrough_fini(&p);
    toc_playplan_fini(&plan);
    toc_scenario_free(scenario);
    toc_files_free(files);
}
END_TEST

START_TEST(injects_are_read_and_what_is_held_is_released)
{
    static const char held[] = "inject \"INJ-01\" { at = \"T+1m\", to = { \"ops\", \"net\" }, ack "
                               "= true, title = \"One\", text = \"One.\" }\n"
                               "inject \"INJ-02\" { at = \"T+2m\", to = \"ops\", release = "
                               "\"manual\", title = \"Two\", text = \"Two.\" }\n"
                               "inject \"INJ-03\" { to = \"ops\", release = \"manual\", title = "
                               "\"Three\", text = \"Three.\" }\n";
    has(held, "default", "2:00 read by=ops-1");
    has(held, "default", "2:00 ack by=net-1");
    has_not(held, "default", "read by=ops-2");
    has(held, "default", "3:00 release by=excon-1 inject=INJ-02");
    has(held, "default", "55:00 fire by=excon-1 inject=INJ-03");
}
END_TEST

static const char talked[] =
    "inject \"INJ-01\" { at = \"T+10m\", to = \"ops\", title = \"One\", text = \"One.\" }\n"
    "inject \"INJ-02\" { to = \"net\", title = \"Two\", text = \"Two.\" }\n"
    "when(function () return said(\"ops\", \"net\") and said(\"press\", \"ops\") end, function () "
    "send \"INJ-02\" end)\n";

START_TEST(whoever_is_asked_about_speaks_unless_silent)
{
    has(talked, "default", "1:00 say by=ops-1 to=net");
    has(talked, "default", "12:00 say by=ops-1 to=net");
    has(talked, "default", "1:00 say by=simcell-1 as=press to=ops");
    has(talked, "default", "1:00 inject inject=INJ-02");
    has_not(talked, "ops>net=silent", "say by=ops-1");
    has_not(talked, "press>ops=silent", "INJ-02");
}
END_TEST

static const char expected[] =
    "inject \"INJ-01\" { at = \"T+10m\", to = \"ops\", title = \"One\", text = \"One.\" }\n"
    "inject \"INJ-02\" { to = \"ops\", title = \"Two\", text = \"Two.\" }\n"
    "expect \"EXP-01\" { team = \"ops\", by = \"INJ-01 +20m\", text = \"Report\", product = "
    "\"report\" }\n"
    "expect \"EXP-02\" { team = \"ops\", by = \"INJ-01 +20m\", text = \"Tell\", contingency = "
    "\"INJ-02\",\n"
    "  met = function () return said(\"ops\", \"net\") end }\n"
    "expect \"EXP-03\" { team = \"ops\", by = \"INJ-01 +20m\", text = \"Think\" }\n";

START_TEST(expected_actions_are_done_missed_or_late)
{
    has(expected, "default", "20:00 submit by=ops-1 product=report");
    has(expected, "default", "20:00 say by=ops-1 to=net");
    has(expected, "default",
        "20:00 expectation expectation=EXP-02 team=ops state=met by=condition");
    has(expected, "default", "21:00 mark-action by=excon-1 expectation=EXP-03 state=met");
    has_not(expected, "default", "INJ-02");
    has_not(expected, "EXP-01=missed", "submit ");
    has_not(expected, "EXP-02=missed", "say ");
    has(expected, "EXP-02=missed", "30:00 inject inject=INJ-02");
    has(expected, "EXP-02=late", "31:00 say by=ops-1 to=net");
    has(expected, "EXP-02=late", "state=late by=condition");
    has(expected, "EXP-01=late",
        "31:00 expectation expectation=EXP-01 team=ops state=late by=product");
    has(expected, "EXP-03=late", "32:00 mark-action by=excon-1 expectation=EXP-03 state=late");
    has(expected, "EXP-03=missed", "expectation=EXP-03 team=ops state=not-observed");
}
END_TEST

START_TEST(what_the_story_jumps_over_is_ruled_on)
{
    static const char jumped[] =
        "phase \"dusk\" { title = \"Dusk\", at = \"T+20m\", story = \"2026-03-01 18:00\" }\n"
        "decision \"D-01\" { to = \"ops\", at = \"T+10m\", within = \"1h story\", title = "
        "\"One\",\n"
        "  options = { { \"a\", \"A\" }, { \"b\", \"B\" } } }\n"
        "inject \"INJ-01\" { at = \"story 10:00\", to = \"ops\", title = \"One\", text = \"One.\" "
        "}\n"
        "expect \"EXP-01\" { team = \"ops\", by = \"story 09:00\", text = \"Think\" }\n";
    has(jumped, "D-01=none", "21:00 rule by=excon-1 decision=D-01 ruling=reject");
    has(jumped, "D-01=none", "21:00 overdue decision=D-01");
    has(jumped, "D-01=b@late", "21:00 decided decision=D-01 option=b");
    has(jumped, "default", "21:00 release by=excon-1 inject=INJ-01");
    has(jumped, "EXP-01=missed",
        "21:00 mark-action by=excon-1 expectation=EXP-01 state=not-observed");
    has(jumped, "default", "22:00 mark-action by=excon-1 expectation=EXP-01 state=met");
}
END_TEST

START_TEST(a_play_stops_where_it_is_told_to)
{
    toc_files *files = rehearsal_files(asked);
    toc_playthrough p = rehearsal_play(files, "default", 660000), whole;
    whole = rehearsal_play(files, "default", -1);
    char *some = rehearsal_bodies(&p, true), *all = rehearsal_bodies(&whole, true);
    ck_assert_int_eq(p.ended, -1);
    ck_assert_int_eq(p.events.at[p.events.count - 1].kind, TOC_K_DECIDED);
    ck_assert_msg(strncmp(some, all, strlen(some)) == 0, "%s\n%s", some, all);
    free(some);
    free(all);
    toc_playthrough_fini(&p);
    toc_playthrough_fini(&whole);
    toc_files_free(files);
}
END_TEST

START_TEST(play_that_spins_is_cut_off)
{
    toc_files *files = rehearsal_files("storyline \"spin\" (function ()\n"
                                       "  while true do wait \"10ms\" end\nend)\n");
    toc_playthrough p = rehearsal_play(files, "default", -1);
    ck_assert_int_eq(p.is_stopped, 1);
    ck_assert_int_eq(p.ended, -1);
    toc_playthrough_fini(&p);
    toc_files_free(files);
}
END_TEST

START_TEST(a_storyline_that_wakes_each_millisecond_is_cut_off_within_a_minute_of_play)
{
    toc_files *files = rehearsal_files("storyline \"spin\" (function ()\n"
                                       "  while true do wait \"1ms\" note \"n\" end\nend)\n");
    toc_playthrough p = rehearsal_play(files, "default", -1);
    ck_assert_int_eq(p.is_stopped, 1);
    ck_assert_int_eq(p.ended, -1);
    ck_assert_int_lt(p.events.at[p.events.count - 1].t, 60000);
    toc_playthrough_fini(&p);
    toc_files_free(files);
}
END_TEST

// Each of them for itself wakes seldom enough, and all of them at the same moments.
START_TEST(storylines_that_wake_together_are_counted_each)
{
    toc_files *files = rehearsal_files("for i = 1, 100 do storyline(\"spin \" .. i)(function ()\n"
                                       "  while true do wait \"200ms\" note \"n\" end\nend) end\n");
    toc_playthrough p = rehearsal_play(files, "default", -1);
    ck_assert_int_eq(p.is_stopped, 1);
    ck_assert_int_lt(p.events.at[p.events.count - 1].t, 60000);
    toc_playthrough_fini(&p);
    toc_files_free(files);
}
END_TEST

static char *plan_played(const char *text, char **refused)
{
    toc_files *files = rehearsal_files(asked);
    toc_scenario *s = rehearsal_scenario(files);
    toc_playplan plan;
    toc_playthrough p;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_playplan_parse(&plan, "a.plan", text, strlen(text), &e), e);
    TOC_OK_OR_FAIL(toc_play_plan(&p, s, &plan, -1, &e), e);
    char *log = rehearsal_log(&p);
    *refused = toc_strdup(toc_buf_text(&p.refused));
    toc_playthrough_fini(&p);
    toc_playplan_fini(&plan);
    toc_scenario_free(s);
    toc_files_free(files);
    return log;
}

static void plan_has(const char *text, const char *line, const char *why)
{
    char *refused, *log = plan_played(text, &refused);
    ck_assert_msg(strstr(log, line), "%s is not in\n%s", line, log);
    ck_assert_msg(*why ? strstr(refused, why) != NULL : !*refused, "%s", refused);
    free(log);
    free(refused);
}

START_TEST(a_plan_acts_at_its_times_and_triggers)
{
    plan_has("at T+0:12 ops-1 decide D-01 b\n", "12:00 decided decision=D-01 option=b", "");
    plan_has("on D-01 ops-2 decide d-01 2\n", "10:00 decided decision=D-01 option=b", "");
    plan_has("on INJ-01 ops-1 forward INJ-01 to net see below\n", "1:00 message by=ops-1", "");
    plan_has("at T+0:12 ops-1 say net Hello\n", "12:00 message by=ops-1 from=ops to=net", "");
    plan_has("# every seat opens\n", "1:00 read by=ops-2", "");
    plan_has("# and answers\n", "10:00 decided decision=D-01 option=a", "");
    plan_has("on D-01 ops-1 decide D-01 other: wait\n", "10:00 decided decision=D-01 option=other",
             "");
    plan_has("at T+0:12 ops-1 decide D-01 c\n", "20:00 overdue decision=D-01", "a.plan:1: T+0:12");
    plan_has("at T+0:12 net-1 say press Hello\n", "endex",
             "a.plan:1: T+0:12:00 net-1: \"press\" is not one of your contacts");
    plan_has("at T+0:12 ops-1 decide D-01 b\nat T+0:13 ops-1 decide D-01 a\n", "endex",
             "decided already");
    plan_has("at T+0:30 excon-2 say ops Hello\n", "30:00 say by=excon-2", "");
}
END_TEST

// Which seat that is, the plan does not say: at the table the desk picks it.
START_TEST(a_plan_reassigns_a_seat_to_the_first_free_one)
{
    static const char plan[] = "at T+0:10 excon-1 reassign ops-2 net because ops are too many\n"
                               "at T+0:11 net-2 say ops Here we are.\n"
                               "at T+0:12 ops-2 say net Are we still here?\n";
    char *refused, *log = plan_played(plan, &refused);
    ck_assert_msg(strstr(log, "10:00 reassign by=excon-1 "), "%s", log);
    ck_assert_msg(strstr(log, "new_seat=net-2"), "%s", log);
    ck_assert_msg(strstr(log, "11:00 say by=net-2"), "%s", log);
    ck_assert_msg(strstr(refused, "a.plan:3") && !strstr(refused, "new_seat"), "%s", refused);
    free(refused);
    free(log);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, decisions_are_answered_as_the_path_says);
    tcase_add_test(tc, answers_of_ones_own_are_ruled_on_a_minute_later);
    tcase_add_test(tc, free_text_and_questions_to_excon_are_answered);
    tcase_add_test(tc, what_has_a_voice_is_told_at_once);
    tcase_add_test(tc, a_plan_tells_what_has_a_voice);
    tcase_add_test(tc, injects_are_read_and_what_is_held_is_released);
    tcase_add_test(tc, whoever_is_asked_about_speaks_unless_silent);
    tcase_add_test(tc, expected_actions_are_done_missed_or_late);
    tcase_add_test(tc, what_the_story_jumps_over_is_ruled_on);
    tcase_add_test(tc, a_play_stops_where_it_is_told_to);
    tcase_add_test(tc, play_that_spins_is_cut_off);
    tcase_add_test(tc, storylines_that_wake_together_are_counted_each);
    tcase_add_test(tc, a_storyline_that_wakes_each_millisecond_is_cut_off_within_a_minute_of_play);
    tcase_add_test(tc, a_plan_acts_at_its_times_and_triggers);
    tcase_add_test(tc, a_plan_reassigns_a_seat_to_the_first_free_one);
}

TOC_CHECK_MAIN("playthrough", add_tests)
