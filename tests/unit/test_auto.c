// SPDX-License-Identifier: MIT
// An automatic seat: what it sees in, what it does out.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "check_main.h"
#include "record/feed.h"
#include "terminal/auto.h"

typedef struct {
    toc_auto *player;
    toc_picture picture;
    toc_events acts;
    toc_auto_notes notes;
    int64_t n;
} seat;

static void sit(seat *s, const char *id, const char *policy)
{
    toc_error e = {0};
    memset(s, 0, sizeof *s);
    toc_picture_init(&s->picture, id);
    ck_assert_msg(toc_auto_new(&s->player, policy, id, &e) == TOC_OK, "%s", e.msg);
}

static void stand(seat *s)
{
    toc_auto_free(s->player);
    toc_picture_fini(&s->picture);
    toc_events_fini(&s->acts);
    toc_auto_notes_fini(&s->notes);
}

// body: what follows n and t.
static void feed(seat *s, int64_t t, const char *body)
{
    toc_event ev;
    toc_error e = {0};
    int64_t n;
    char *line = toc_sprintf("{\"n\":%lld,\"t\":%lld,%s}", (long long)++s->n, (long long)t, body);
    ck_assert_msg(toc_feed_parse(line, strlen(line), &n, &ev, &e) == TOC_OK, "%s: %s", line, e.msg);
    toc_picture_see(&s->picture, n, &ev);
    toc_auto_see(s->player, &ev);
    toc_event_fini(&ev);
    free(line);
}

// The acts at time now, one line each: the bodies from the kind on.
static char *acts(seat *s, int64_t now)
{
    toc_buf out = {0};
    toc_events_clear(&s->acts);
    toc_auto_next(s->player, &s->picture, now, true, &s->acts, &s->notes);
    for (size_t i = 0; i < s->acts.count; i++) {
        toc_buf body = {0};
        toc_event_body(&body, &s->acts.at[i]);
        toc_buf_printf(&out, "%s\n", strstr(toc_buf_text(&body), "\"k\":") + 4);
        toc_buf_fini(&body);
    }
    return toc_buf_take(&out);
}

static void does(seat *s, int64_t now, const char *expected)
{
    char *got = acts(s, now);
    ck_assert_str_eq(got, expected);
    free(got);
}

#define START  "\"k\":\"start\",\"wall\":\"w\""
#define INJECT "\"k\":\"inject\",\"inject\":\"INJ-01\",\"ack\":true,\"title\":\"x\",\"text\":\"y\""
#define ASK                                                                                        \
    "\"k\":\"ask\",\"decision\":\"D-01\",\"team\":\"wind\",\"title\":\"x\",\"options\":[[\"a\","   \
    "\"A\"],"                                                                                      \
    "[\"b\",\"B\"]],\"deadline\":600000"
#define FREE_ASK                                                                                   \
    "\"k\":\"ask\",\"decision\":\"D-02\",\"team\":\"wind\",\"title\":\"x\",\"deadline\":600000"

START_TEST(first_reads_acknowledges_and_takes_the_first_option)
{
    seat s;
    sit(&s, "wind-1", "first");
    does(&s, 0, "");
    feed(&s, 0, START);
    feed(&s, 10, INJECT);
    feed(&s, 20, ASK);
    does(&s, 20,
         "\"read\",\"item\":2\n\"ack\",\"item\":2\n"
         "\"decide\",\"decision\":\"D-01\",\"option\":\"a\",\"reason\":\"this seat plays by "
         "itself\"\n");
    does(&s, 30, ""); // each once
    feed(&s, 40, FREE_ASK);
    does(&s, 40,
         "\"decide\",\"decision\":\"D-02\",\"text\":\"wind-1 does what is possible at once and "
         "reports in a "
         "quarter of an hour.\",\"reason\":\"this seat plays by itself\"\n");
    stand(&s);
}
END_TEST

START_TEST(the_second_seat_of_a_team_only_reads)
{
    seat s;
    sit(&s, "wind-2", "first");
    feed(&s, 0, START);
    feed(&s, 10, INJECT);
    feed(&s, 20, ASK);
    does(&s, 20, "\"read\",\"item\":2\n");
    stand(&s);
}
END_TEST

START_TEST(what_is_settled_already_is_left_alone)
{
    seat s;
    sit(&s, "wind-1", "first");
    feed(&s, 0, START);
    feed(&s, 10, INJECT);
    feed(&s, 20, ASK);
    feed(&s, 30, "\"k\":\"read\",\"by\":\"wind-1\",\"wall\":\"w\",\"item\":2");
    feed(&s, 30, "\"k\":\"ack\",\"by\":\"wind-2\",\"wall\":\"w\",\"item\":2");
    feed(&s, 40,
         "\"k\":\"decided\",\"decision\":\"D-01\",\"option\":\"b\",\"team\":\"wind\",\"by\":\"wind-"
         "2\"");
    feed(&s, 50,
         "\"k\":\"message\",\"by\":\"wind-1\",\"from\":\"wind\",\"to\":[\"csirt\"],\"text\":\"z\"");
    does(&s, 60, "");
    stand(&s);
}
END_TEST

#define CALL   "\"k\":\"emergency\",\"by\":\"port-1\",\"wall\":\"w\",\"text\":\"fire\""
#define RESUME "\"k\":\"resume\",\"by\":\"excon-1\",\"wall\":\"w\""

START_TEST(in_a_real_emergency_a_seat_waits_and_then_does_what_it_meant_to)
{
    static const char decides[] = "\"decide\",\"decision\":\"D-01\",\"option\":\"a\",\"reason\":"
                                  "\"this seat plays by itself\"\n";
    seat s;
    sit(&s, "wind-1", "first");
    feed(&s, 0, START);
    feed(&s, 10, CALL);
    feed(&s, 20, ASK);
    does(&s, 20, "");
    feed(&s, 20, RESUME);
    does(&s, 20, decides);
    does(&s, 20, "");

    // What it sent before it heard of the call was refused.
    toc_event refused;
    toc_event_init(&refused, TOC_K_DECIDE, 0);
    toc_event_set_str(&refused, TOC_F_DECISION, "D-01");
    toc_event_set_str(&refused, TOC_F_OPTION, "a");
    toc_event_set_str(&refused, TOC_F_REASON, "this seat plays by itself");
    feed(&s, 30, CALL);
    toc_auto_again(s.player, &refused, 0);
    does(&s, 30, "");
    feed(&s, 30, RESUME);
    does(&s, 30, decides);
    does(&s, 30, "");
    toc_event_fini(&refused);
    stand(&s);
}
END_TEST

START_TEST(a_rejected_answer_is_answered_again)
{
    seat s;
    sit(&s, "wind-1", "first");
    feed(&s, 0, START);
    feed(&s, 0, ASK);
    free(acts(&s, 0));
    feed(&s, 1,
         "\"k\":\"proposed\",\"decision\":\"D-01\",\"team\":\"wind\",\"by\":\"wind-1\",\"text\":"
         "\"x\"");
    does(&s, 1, "");
    feed(&s, 2, "\"k\":\"rejected\",\"decision\":\"D-01\",\"team\":\"wind\"");
    char *got = acts(&s, 2);
    ck_assert_msg(strstr(got, "decide"), "%s", got);
    free(got);
    stand(&s);
}
END_TEST

START_TEST(an_automatic_director_starts_releases_rules_and_closes)
{
    seat s;
    sit(&s, "excon-1", "first");
    toc_json *status;
    toc_error e;
    const char text[] = "{\"seats\":[{\"seat\":\"wind-1\",\"present\":true},{\"seat\":\"csirt-1\","
                        "\"present\":false},{\"seat\":\"board-1\",\"present\":false}]}";
    TOC_OK_OR_FAIL(toc_json_read(&status, text, strlen(text), TOC_JSON_REPLY, &e), e);
    toc_picture_status(&s.picture, status);
    toc_json_free(status);
    does(&s, 0, "");
    feed(
        &s, 0,
        "\"k\":\"join\",\"by\":\"csirt-1\",\"wall\":\"w\",\"seat\":\"csirt-1\",\"session\":\"s3\"");
    does(&s, 0, "\"start\"\n");
    does(&s, 0, "");
    feed(&s, 0, START);
    feed(&s, 1, "\"k\":\"held\",\"inject\":\"INJ-02\",\"reason\":\"manual\"");
    does(&s, 1, "\"release\",\"inject\":\"INJ-02\"\n");
    feed(&s, 2, ASK); // of wind: not ours
    feed(&s, 3,
         "\"k\":\"proposed\",\"decision\":\"D-01\",\"team\":\"wind\",\"by\":\"wind-1\",\"text\":"
         "\"x\"");
    does(&s, 3,
         "\"rule\",\"decision\":\"D-01\",\"ruling\":\"accept\",\"reason\":\"this seat plays by "
         "itself\"\n");
    feed(&s, 4, "\"k\":\"endex\"");
    toc_events_clear(&s.acts);
    toc_auto_next(s.player, &s.picture, 4, false, &s.acts, &s.notes);
    ck_assert_uint_eq(s.acts.count, 0); // something still waits
    does(&s, 4, "\"close\"\n");
    does(&s, 5, "");
    stand(&s);
}
END_TEST

START_TEST(a_silent_seat_does_nothing)
{
    seat s;
    sit(&s, "wind-1", "silent");
    feed(&s, 0, START);
    feed(&s, 10, INJECT);
    feed(&s, 20, ASK);
    does(&s, 600000, "");
    int64_t due;
    ck_assert(!toc_auto_due(s.player, 0, &due));
    stand(&s);
}
END_TEST

static void write_plan(char policy[64], const char *text)
{
    char path[] = "/tmp/toc-plan-XXXXXX";
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    snprintf(policy, 64, "plan:%s", path);
}

START_TEST(a_plan_is_followed_and_the_rest_is_played)
{
    char policy[64];
    write_plan(policy, "at T+0:01 wind-1 decide D-01 b because planned\n"
                       "on INJ-01 wind-1 forward INJ-01 to csirt see below\n"
                       "at T+0:02 wind-1 say csirt hello\n"
                       "on D-03 wind-2 decide D-03 a\n"
                       "at T+0:00:10 wind-1 decide D-04 nonsense\n"
                       "at T+0:02 csirt-1 say wind not mine\n");
    seat s;
    sit(&s, "wind-1", policy);
    feed(&s, 0, START);
    int64_t due;
    does(&s, 0, "");
    ck_assert(toc_auto_due(s.player, 0, &due));
    ck_assert_int_eq(due, 10000);
    feed(&s, 10, INJECT);
    does(&s, 10,
         "\"read\",\"item\":2\n\"ack\",\"item\":2\n"
         "\"forward\",\"item\":2,\"to\":[\"csirt\"],\"text\":\"see below\"\n");
    feed(&s, 20, ASK);
    does(&s, 20, ""); // the plan waits until T+0:01
    does(&s, 60000, "\"decide\",\"decision\":\"D-01\",\"option\":\"b\",\"reason\":\"planned\"\n");
    // Another seat of the team has a line for it.
    feed(&s, 61000,
         "\"k\":\"ask\",\"decision\":\"D-03\",\"team\":\"wind\",\"title\":\"x\",\"options\":"
         "[[\"a\",\"A\"]],\"deadline\":600000");
    does(&s, 61000, "");
    // Nobody has one for this.
    feed(&s, 62000, FREE_ASK);
    char *got = acts(&s, 62000);
    ck_assert_msg(strstr(got, "D-02"), "%s", got);
    free(got);
    // A line that cannot be played says so, once.
    feed(&s, 63000,
         "\"k\":\"ask\",\"decision\":\"D-04\",\"team\":\"wind\",\"title\":\"x\",\"options\":"
         "[[\"a\",\"A\"]],\"deadline\":600000");
    does(&s, 63000, "");
    ck_assert_uint_eq(s.notes.count, 1);
    ck_assert_int_eq(s.notes.at[0].line, 5);
    ck_assert_msg(strstr(s.notes.at[0].why, "D-04 has no option \"nonsense\""), "%s",
                  s.notes.at[0].why);
    does(&s, 120000, "\"say\",\"to\":[\"csirt\"],\"text\":\"hello\"\n");
    ck_assert(!toc_auto_due(s.player, 120000, &due));
    stand(&s);
    unlink(policy + 5);
}
END_TEST

#define CUE                                                                                        \
    "\"k\":\"cue\",\"inject\":\"INJ-07\",\"controller\":\"simcell\",\"to\":[\"wind\"],\"title\":"   \
    "\"x\",\"text\":\"y\""
#define HERE "\"k\":\"join\",\"by\":\"simcell-1\",\"wall\":\"w\",\"seat\":\"simcell-1\""

START_TEST(a_cue_is_told_at_once_by_whom_it_is_for)
{
    static const struct {
        const char *seat, *does;
    } cases[] = {{"simcell-1", "\"deliver\",\"inject\":\"INJ-07\"\n"},
                 {"simcell-2", ""},
                 {"excon-1", ""}};
    for (size_t i = 0; i < TOC_COUNT(cases); i++) {
        seat s;
        sit(&s, cases[i].seat, "random:7");
        feed(&s, 0, HERE);
        feed(&s, 0, START);
        feed(&s, 10, CUE);
        does(&s, 10, cases[i].does);
        does(&s, 20, "");
        stand(&s);
    }
    // Where the SIMCELL has no seat, EXCON telephones.
    seat s;
    sit(&s, "excon-1", "first");
    feed(&s, 0, START);
    feed(&s, 10, CUE);
    does(&s, 10, "\"deliver\",\"inject\":\"INJ-07\"\n");
    stand(&s);
    // What is told already needs nobody.
    sit(&s, "excon-1", "first");
    feed(&s, 0, START);
    feed(&s, 10, CUE);
    feed(&s, 10, "\"k\":\"inject\",\"inject\":\"INJ-07\",\"title\":\"x\",\"text\":\"y\"");
    does(&s, 10, "");
    stand(&s);
}
END_TEST

START_TEST(a_plan_says_when_a_cue_is_told)
{
    char policy[64];
    write_plan(policy, "at T+0:01 simcell-1 deliver INJ-07 they asked twice\n"
                       "on INJ-08 simcell-1 deliver INJ-08\n");
    seat s;
    sit(&s, "simcell-1", policy);
    feed(&s, 0, HERE);
    feed(&s, 0, START);
    does(&s, 70000, ""); // its time has come, and it has not
    feed(&s, 80000, CUE);
    does(&s, 80000, "\"deliver\",\"inject\":\"INJ-07\",\"text\":\"they asked twice\"\n");
    feed(&s, 90000,
         "\"k\":\"cue\",\"inject\":\"INJ-08\",\"controller\":\"simcell\",\"to\":[\"wind\"],"
         "\"title\":\"x\",\"text\":\"y\"");
    does(&s, 90000, "\"deliver\",\"inject\":\"INJ-08\"\n");
    feed(&s, 91000,
         "\"k\":\"cue\",\"inject\":\"INJ-09\",\"controller\":\"simcell-1\",\"to\":[\"wind\"],"
         "\"title\":\"x\",\"text\":\"y\"");
    does(&s, 91000, "\"deliver\",\"inject\":\"INJ-09\"\n");
    ck_assert_uint_eq(s.notes.count, 0);
    stand(&s);
    unlink(policy + 5);
}
END_TEST

// Its own line of the plan can end it; the others wait for that.
START_TEST(a_plan_waits_for_the_end_of_a_real_emergency)
{
    char policy[64];
    write_plan(policy, "at T+0:00:10 excon-1 emergency STOP fire\n"
                       "at T+0:00:10 excon-1 fire INJ-01\n"
                       "at T+0:00:10 excon-1 resume\n");
    seat s;
    sit(&s, "excon-1", policy);
    feed(&s, 0, START);
    feed(&s, 9000, CALL);
    does(&s, 10000, "\"emergency\",\"text\":\"fire\"\n\"resume\"\n");
    feed(&s, 10000, RESUME);
    does(&s, 10000, "\"fire\",\"inject\":\"INJ-01\"\n");
    toc_event refused;
    toc_event_init(&refused, TOC_K_FIRE, 0);
    feed(&s, 10000, CALL);
    toc_auto_again(s.player, &refused, 2);
    does(&s, 10000, "");
    feed(&s, 10000, RESUME);
    does(&s, 10000, "\"fire\",\"inject\":\"INJ-01\"\n");
    ck_assert_int_eq(toc_auto_line(s.player, 0), 2);
    toc_event_fini(&refused);
    stand(&s);
    unlink(policy + 5);
}
END_TEST

START_TEST(a_plan_can_leave_a_question_unanswered)
{
    char policy[64];
    write_plan(policy, "leave D-01\n");
    seat s;
    sit(&s, "wind-1", policy);
    feed(&s, 0, START);
    feed(&s, 20, ASK);
    does(&s, 600000, "");
    stand(&s);
    unlink(policy + 5);
}
END_TEST

START_TEST(a_seat_that_comes_back_does_not_repeat_itself)
{
    char policy[64];
    write_plan(policy, "at T+0:02 wind-1 say csirt hello\nat T+0:02 wind-1 say csirt again\n");
    seat s;
    sit(&s, "wind-1", policy);
    feed(&s, 0, START);
    feed(&s, 120000,
         "\"k\":\"message\",\"by\":\"wind-1\",\"from\":\"wind\",\"to\":[\"csirt\"],\"text\":"
         "\"hello\"");
    does(&s, 130000, "\"say\",\"to\":[\"csirt\"],\"text\":\"again\"\n");
    stand(&s);
    unlink(policy + 5);
}
END_TEST

START_TEST(a_planned_director_releases_and_rules_by_plan_only)
{
    char policy[64];
    write_plan(policy, "on INJ-02 excon-1 release INJ-02\non D-01 excon-1 rule D-01 b\n");
    seat s;
    sit(&s, "excon-1", policy);
    feed(&s, 0, START);
    feed(&s, 1, "\"k\":\"held\",\"inject\":\"INJ-03\",\"reason\":\"manual\"");
    does(&s, 1, "");
    feed(&s, 2, "\"k\":\"held\",\"inject\":\"INJ-02\",\"reason\":\"manual\"");
    does(&s, 2, "\"release\",\"inject\":\"INJ-02\"\n");
    feed(&s, 3, ASK);
    does(&s, 3, "");
    feed(&s, 4,
         "\"k\":\"proposed\",\"decision\":\"D-01\",\"team\":\"wind\",\"by\":\"wind-1\",\"text\":"
         "\"x\"");
    does(&s, 4, "\"rule\",\"decision\":\"D-01\",\"ruling\":\"b\"\n");
    stand(&s);
    unlink(policy + 5);
}
END_TEST

#define PHASE                                                                                      \
    "\"k\":\"phase-entered\",\"phase\":\"day-2\",\"title\":\"x\",\"story\":\"2026-02-11 07:00Z\"," \
    "\"pace\":1000"
#define EXPECTED(state)                                                                            \
    "\"k\":\"expectation\",\"expectation\":\"EXP-01\",\"team\":\"wind\",\"state\":\"" state "\""

START_TEST(a_plan_waits_for_phases_and_for_what_was_not_seen)
{
    char policy[64];
    write_plan(policy, "on day-2 wind-1 submit report All is well.\n"
                       "on EXP-01 excon-1 release INJ-91\n"
                       "on day-2 evaluator-1 mark EXP-01 late by a day\n");
    seat s;
    sit(&s, "wind-1", policy);
    feed(&s, 0, START);
    does(&s, 1, "");
    feed(&s, 2, PHASE);
    does(&s, 2, "\"submit\",\"product\":\"report\",\"text\":\"All is well.\"\n");
    does(&s, 3, "");
    stand(&s);
    sit(&s, "excon-1", policy);
    feed(&s, 0, START);
    feed(&s, 1, EXPECTED("open"));
    does(&s, 1, "");
    feed(&s, 2, EXPECTED("overdue"));
    feed(&s, 2,
         "\"k\":\"armed\",\"inject\":\"INJ-91\",\"expectation\":\"EXP-01\",\"reason\":\"r\"");
    does(&s, 2, "\"release\",\"inject\":\"INJ-91\"\n");
    stand(&s);
    sit(&s, "evaluator-1", policy);
    feed(&s, 0, START);
    feed(&s, 2, PHASE);
    does(&s, 2,
         "\"mark-action\",\"expectation\":\"EXP-01\",\"state\":\"late\",\"text\":\"by a day\"\n");
    stand(&s);
    unlink(policy + 5);
}
END_TEST

START_TEST(an_automatic_director_rules_on_what_story_time_jumped_over)
{
    seat s;
    sit(&s, "excon-1", "first");
    feed(&s, 0, START);
    feed(&s, 1, ASK);
    feed(&s, 1, FREE_ASK);
    does(&s, 1, "");
    feed(&s, 2, "\"k\":\"crossed\",\"decision\":\"D-01\",\"team\":\"wind\"");
    feed(&s, 2, "\"k\":\"crossed\",\"decision\":\"D-02\",\"team\":\"wind\"");
    feed(&s, 2,
         "\"k\":\"armed\",\"inject\":\"INJ-91\",\"expectation\":\"EXP-01\",\"reason\":\"r\"");
    does(
        &s, 2,
        "\"rule\",\"decision\":\"D-01\",\"ruling\":\"a\",\"reason\":\"this seat plays by itself\"\n"
        "\"rule\",\"decision\":\"D-02\",\"ruling\":\"reject\",\"reason\":\"this seat plays by "
        "itself\"\n\"release\",\"inject\":\"INJ-91\"\n");
    does(&s, 3, "");
    stand(&s);
}
END_TEST

// All acts of a long random play, driven by its own due times.
static char *play(const char *policy)
{
    seat s;
    sit(&s, "wind-1", policy);
    toc_buf all = {0};
    feed(&s, 0, START);
    for (int i = 0; i < 40; i++) {
        char body[256];
        snprintf(body, sizeof body,
                 "\"k\":\"ask\",\"decision\":\"D-%02d\",\"team\":\"wind\",\"title\":\"x\","
                 "\"options\":[[\"a\","
                 "\"A\"],[\"b\",\"B\"]],\"deadline\":600000",
                 i);
        feed(&s, 0, body);
        feed(&s, 0, "\"k\":\"message\",\"from\":\"csirt\",\"to\":[\"wind\"],\"text\":\"x\"");
    }
    int64_t now = 0;
    do {
        char *got = acts(&s, now);
        toc_buf_printf(&all, "%lld %s", (long long)now, got);
        free(got);
    } while (toc_auto_due(s.player, now, &now));
    stand(&s);
    return toc_buf_take(&all);
}

START_TEST(a_seed_gives_the_same_play_and_another_another)
{
    char *one = play("random:26"), *again = play("random:26"), *other = play("random:27");
    ck_assert_str_eq(one, again);
    ck_assert_str_ne(one, other);
    ck_assert(strstr(one, "\"option\":\"a\"") && strstr(one, "\"option\":\"b\""));
    ck_assert(strstr(one, "\"text\":\"wind-1 does what")); // an answer of its own
    ck_assert(strstr(one, "\"say\""));
    free(one);
    free(again);
    free(other);
}
END_TEST

START_TEST(an_unknown_policy_is_refused)
{
    toc_auto *a;
    toc_error e;
    ck_assert_int_eq(toc_auto_new(&a, "best", "wind-1", &e), TOC_EUSAGE);
    ck_assert_int_eq(toc_auto_new(&a, "random:", "wind-1", &e), TOC_EUSAGE);
    ck_assert_int_eq(toc_auto_new(&a, "plan:/nonexistent", "wind-1", &e), TOC_EIO);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, first_reads_acknowledges_and_takes_the_first_option);
    tcase_add_test(tc, the_second_seat_of_a_team_only_reads);
    tcase_add_test(tc, what_is_settled_already_is_left_alone);
    tcase_add_test(tc, in_a_real_emergency_a_seat_waits_and_then_does_what_it_meant_to);
    tcase_add_test(tc, a_plan_waits_for_the_end_of_a_real_emergency);
    tcase_add_test(tc, a_rejected_answer_is_answered_again);
    tcase_add_test(tc, an_automatic_director_starts_releases_rules_and_closes);
    tcase_add_test(tc, a_silent_seat_does_nothing);
    tcase_add_test(tc, a_plan_is_followed_and_the_rest_is_played);
    tcase_add_test(tc, a_cue_is_told_at_once_by_whom_it_is_for);
    tcase_add_test(tc, a_plan_says_when_a_cue_is_told);
    tcase_add_test(tc, a_plan_can_leave_a_question_unanswered);
    tcase_add_test(tc, a_seat_that_comes_back_does_not_repeat_itself);
    tcase_add_test(tc, a_planned_director_releases_and_rules_by_plan_only);
    tcase_add_test(tc, a_plan_waits_for_phases_and_for_what_was_not_seen);
    tcase_add_test(tc, an_automatic_director_rules_on_what_story_time_jumped_over);
    tcase_add_test(tc, a_seed_gives_the_same_play_and_another_another);
    tcase_add_test(tc, an_unknown_policy_is_refused);
}

TOC_CHECK_MAIN("auto", add_tests)
