// SPDX-License-Identifier: MIT
// The plain terminal's lines as golden text: feed lines in, lines out. TOC_UPDATE_GOLDEN=1 rewrites
// the golden file.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "record/feed.h"
#include "record/verb.h"
#include "view/lines.h"
#include "view/msel.h"

typedef struct {
    toc_picture picture;
    toc_lines lines;
} screen;

static void open_screen(screen *s, const char *seat, int width)
{
    toc_picture_init(&s->picture, seat);
    toc_lines_init(&s->lines, "TLP:CLEAR", width);
    toc_clock clock = {.state = "running", .speed = 1000, .pace = 1000, .t = 0};
    strcpy(clock.story, "2022-02-24 03:00Z");
    toc_lines_hear(&s->lines, &clock);
}

static void close_screen(screen *s)
{
    toc_picture_fini(&s->picture);
    toc_lines_fini(&s->lines);
}

static void feed(screen *s, const char *line)
{
    int64_t n;
    toc_event ev;
    toc_error e;
    TOC_OK_OR_FAIL(toc_feed_parse(line, strlen(line), &n, &ev, &e), e);
    toc_picture_see(&s->picture, n, &ev);
    s->lines.now = ev.t;
    toc_lines_event(&s->lines, &s->picture, &ev, n, false);
    toc_event_fini(&ev);
}

static void compare(screen *s, const char *name)
{
    const char *top = getenv("TOC_SOURCE_DIR");
    char path[512];
    snprintf(path, sizeof path, "%s/tests/fixtures/lines-%s.txt", top ? top : ".", name);
    if (getenv("TOC_UPDATE_GOLDEN")) {
        FILE *f = fopen(path, "w");
        ck_assert_ptr_nonnull(f);
        fputs(toc_buf_text(&s->lines.out), f);
        fclose(f);
    }
    toc_buf golden = {0};
    toc_error e;
    TOC_OK_OR_FAIL(toc_file_slurp(&golden, path, 1 << 20, &e), e);
    ck_assert_str_eq(toc_buf_text(&s->lines.out), toc_buf_text(&golden));
    toc_buf_fini(&golden);
}

// Whatever was shown: each line is ours from its beginning, and nothing reaches the terminal behind it.
static void holds(const toc_buf *out, int width)
{
    const char *at = toc_buf_text(out);
    while (*at) {
        size_t len = strcspn(at, "\n");
        ck_assert_msg(strncmp(at, "EXERCISE ", 9) == 0 || strncmp(at, "*** ", 4) == 0,
                      "a line of somebody else's: %.*s", (int)len, at);
        ck_assert_msg(at[len] == '\n', "a line without an end");
        ck_assert_msg(width == 0 || len <= (size_t)width * 4, "a line too long");
        for (size_t i = 0; i < len; i++)
            ck_assert_msg((unsigned char)at[i] >= 0x20 && at[i] != 0x7F, "a control character");
        at += len + 1;
    }
}

START_TEST(a_players_feed_becomes_lines)
{
    screen s;
    open_screen(&s, "operator-1", 0);
    feed(&s, "{\"n\":1,\"t\":0,\"k\":\"join\",\"by\":\"operator-1\",\"wall\":\"w\",\"seat\":"
             "\"operator-1\"}");
    feed(&s, "{\"n\":2,\"t\":0,\"k\":\"start\",\"wall\":\"w\"}");
    feed(&s,
         "{\"n\":3,\"t\":300000,\"k\":\"inject\",\"inject\":\"INJ-01\",\"from\":\"NOC shift lead\","
         "\"channel\":\"phone\",\"urgent\":true,\"ack\":true,\"title\":\"Modems dropping\","
         "\"text\":\"They drop.\\nAll of them.\",\"attach\":[[\"files/map.png\",\"00\"]]}");
    feed(&s, "{\"n\":4,\"t\":727000,\"k\":\"ask\",\"decision\":\"D-01\",\"team\":\"operator\","
             "\"title\":\"Cut the segment off?\",\"text\":\"It burns.\",\"options\":[[\"isolate\","
             "\"Cut it off now\"],[\"wait\",\"Keep watching\"]],\"deadline\":1627000}");
    feed(&s,
         "{\"n\":5,\"t\":730000,\"k\":\"read\",\"by\":\"operator-2\",\"wall\":\"w\",\"item\":3}");
    feed(&s, "{\"n\":6,\"t\":740000,\"k\":\"proposed\",\"decision\":\"D-01\",\"team\":\"operator\","
             "\"by\":\"operator-2\",\"text\":\"half of it\",\"reason\":\"we can\"}");
    feed(&s, "{\"n\":7,\"t\":750000,\"k\":\"rejected\",\"decision\":\"D-01\",\"team\":\"operator\","
             "\"reason\":\"you cannot\"}");
    feed(&s, "{\"n\":8,\"t\":760000,\"k\":\"decided\",\"decision\":\"D-01\",\"option\":\"isolate\","
             "\"team\":\"operator\",\"by\":\"operator-1\",\"reason\":\"it burns\"}");
    feed(
        &s,
        "{\"n\":9,\"t\":770000,\"k\":\"message\",\"from\":\"csirt\",\"to\":[\"operator\",\"wind\"],"
        "\"re\":3,\"text\":\"Are yours the same?\"}");
    feed(&s,
         "{\"n\":10,\"t\":780000,\"k\":\"message\",\"by\":\"operator-1\",\"from\":\"operator\","
         "\"to\":[\"csirt\"],\"origin\":3,\"text\":\"see below\",\"quote_from\":\"NOC shift lead\","
         "\"quote_title\":\"Modems dropping\",\"quote\":\"They drop.\"}");
    feed(&s, "{\"n\":11,\"t\":790000,\"k\":\"pause\",\"wall\":\"w\",\"reason\":\"lunch\"}");
    feed(&s, "{\"n\":12,\"t\":790000,\"k\":\"speed\",\"wall\":\"w\",\"speed\":2500}");
    feed(&s, "{\"n\":13,\"t\":790000,\"k\":\"emergency\",\"by\":\"wind-1\",\"wall\":\"w\",\"text\":"
             "\"fire\"}");
    feed(&s, "{\"n\":14,\"t\":800000,\"k\":\"overdue\",\"decision\":\"D-01\",\"option\":\"wait\","
             "\"team\":\"operator\"}");
    feed(&s, "{\"n\":15,\"t\":800000,\"k\":\"from-a-later-version\",\"x\":1}");
    feed(&s, "{\"n\":16,\"t\":900000,\"k\":\"endex\"}");
    toc_lines_inbox(&s.lines, &s.picture);
    toc_lines_item(&s.lines, toc_picture_item(&s.picture, "INJ-01"));
    toc_lines_item(&s.lines, toc_picture_item(&s.picture, "10"));
    toc_lines_questions(&s.lines, &s.picture);
    toc_lines_neighbours(&s.lines, &s.picture);
    holds(&s.lines.out, 0);
    compare(&s, "player");
    close_screen(&s);
}
END_TEST

START_TEST(control_reads_everything)
{
    screen s;
    open_screen(&s, "excon-1", 0);
    feed(&s, "{\"n\":1,\"seq\":9,\"t\":0,\"k\":\"start\",\"by\":\"excon-1\",\"wall\":\"w\"}");
    feed(&s, "{\"n\":2,\"seq\":10,\"t\":5000,\"k\":\"held\",\"cause\":9,\"inject\":\"INJ-02\","
             "\"reason\":\"waits for EXCON\"}");
    feed(&s,
         "{\"n\":3,\"seq\":11,\"t\":5000,\"k\":\"inject\",\"cause\":9,\"inject\":\"INJ-01\","
         "\"to\":[\"wind\"],\"title\":\"Gale\",\"text\":\"It blows.\",\"notes\":\"calm them\"}");
    feed(&s,
         "{\"n\":4,\"seq\":12,\"t\":6000,\"k\":\"ask\",\"cause\":9,\"decision\":\"D-02\",\"team\":"
         "\"wind\",\"title\":\"Crews?\",\"deadline\":66000}");
    feed(&s, "{\"n\":5,\"seq\":13,\"t\":7000,\"k\":\"skip\",\"by\":\"excon-2\",\"wall\":\"w\","
             "\"id\":\"s1-2\","
             "\"inject\":\"INJ-02\",\"reason\":\"overtaken\"}");
    feed(&s,
         "{\"n\":6,\"seq\":14,\"t\":8000,\"k\":\"error\",\"cause\":9,\"storyline\":\"the wipe\","
         "\"text\":\"scenario.lua:12: no\"}");
    feed(&s, "{\"n\":7,\"seq\":15,\"t\":8000,\"k\":\"decided\",\"cause\":14,\"decision\":\"D-02\","
             "\"text\":"
             "\"all of them\",\"team\":\"wind\",\"by\":\"wind-1\"}");
    feed(&s,
         "{\"n\":8,\"seq\":16,\"t\":9000,\"k\":\"leave\",\"by\":\"engine\",\"wall\":\"w\",\"seat\":"
         "\"wind-1\",\"session\":\"s2\"}");
    holds(&s.lines.out, 0);
    compare(&s, "control");
    close_screen(&s);
}
END_TEST

// A clock that is behind by up to a minute, and changes of pace, heard in any order.
START_TEST(a_line_carries_the_storys_time_of_its_own_moment)
{
    screen s;
    open_screen(&s, "operator-1", 0);
    toc_clock beat = {.state = "running", .speed = 1000, .pace = 1000, .t = 119000};
    strcpy(beat.story, "2022-02-24 03:01Z");
    toc_lines_hear(&s.lines, &beat);
    toc_lines_say_at(&s.lines, 120000, false, "a");
    feed(&s, "{\"n\":1,\"t\":120000,\"k\":\"pace\",\"wall\":\"w\",\"pace\":6000}");
    toc_lines_say_at(&s.lines, 130000, false, "b");
    beat = (toc_clock){.state = "running", .speed = 1000, .pace = 6000, .t = 139999};
    strcpy(beat.story, "2022-02-24 03:03Z");
    toc_lines_hear(&s.lines, &beat);
    toc_lines_say_at(&s.lines, 140000, false, "c");
    toc_lines_say_at(&s.lines, 60000, true, "d");
    ck_assert_str_eq(toc_buf_text(&s.lines.out),
                     "EXERCISE TLP:CLEAR [03:02Z T+0:02:00] a\n"
                     "EXERCISE TLP:CLEAR [03:02Z T+0:02:00] the pace of story time is changed: x6\n"
                     "EXERCISE TLP:CLEAR [03:03Z T+0:02:10] b\n"
                     "EXERCISE TLP:CLEAR [03:04Z T+0:02:20] c\n"
                     "EXERCISE TLP:CLEAR [03:01Z T+0:01:00] d\n");
    close_screen(&s);
}
END_TEST

// Who comes late hears the clock first, and the changes of pace after it.
START_TEST(what_was_before_an_unknown_pace_has_no_story_time)
{
    screen s;
    toc_picture_init(&s.picture, "operator-1");
    toc_lines_init(&s.lines, "TLP:CLEAR", 0);
    toc_clock clock = {.state = "running", .speed = 1000, .pace = 6000, .t = 600000};
    strcpy(clock.story, "2022-02-24 04:00Z");
    toc_lines_hear(&s.lines, &clock);
    feed(&s, "{\"n\":1,\"t\":300000,\"k\":\"pace\",\"wall\":\"w\",\"pace\":6000}");
    toc_buf_clear(&s.lines.out);
    toc_lines_say_at(&s.lines, 200000, true, "a");
    toc_lines_say_at(&s.lines, 590000, true, "b");
    ck_assert_str_eq(toc_buf_text(&s.lines.out), "EXERCISE TLP:CLEAR [T+0:03:20] a\n"
                                                 "EXERCISE TLP:CLEAR [03:59Z T+0:09:50] b\n");
    close_screen(&s);
}
END_TEST

START_TEST(an_emergency_stands_out_and_ends_before_play_goes_on)
{
    screen s;
    open_screen(&s, "wind-1", 0);
    static const char call[] = "{\"n\":%d,\"t\":0,\"k\":\"emergency\",\"by\":\"csirt-1\",\"wall\":"
                               "\"w\",\"text\":\"fire in room 2\"}";
    char line[256];
    strcpy(s.lines.clock.state, "lobby");
    snprintf(line, sizeof line, call, 1);
    feed(&s, line);
    feed(&s, "{\"n\":2,\"t\":0,\"k\":\"resume\",\"wall\":\"w\"}");
    feed(&s, "{\"n\":3,\"t\":0,\"k\":\"start\",\"wall\":\"w\"}");
    snprintf(line, sizeof line, call, 4);
    feed(&s, line);
    feed(&s, "{\"n\":5,\"t\":0,\"k\":\"resume\",\"wall\":\"w\"}");
    feed(&s, "{\"n\":6,\"t\":0,\"k\":\"pause\",\"wall\":\"w\"}");
    feed(&s, "{\"n\":7,\"t\":0,\"k\":\"resume\",\"wall\":\"w\"}");
    ck_assert_str_eq(
        toc_buf_text(&s.lines.out),
        "*** REAL EMERGENCY - NO EXERCISE *** (csirt-1): fire in room 2\n"
        "*** [lobby] a real emergency, no exercise (csirt-1): fire in room 2\n"
        "*** [lobby] the emergency is over\n"
        "EXERCISE TLP:CLEAR [03:00Z T+0:00:00] STARTEX: play has begun\n"
        "*** REAL EMERGENCY - NO EXERCISE *** (csirt-1): fire in room 2\n"
        "*** [03:00Z T+0:00:00 paused] a real emergency, no exercise (csirt-1): fire in room 2. "
        "Play has stopped until EXCON resumes\n"
        "*** [03:00Z T+0:00:00] the emergency is over\n"
        "EXERCISE TLP:CLEAR [03:00Z T+0:00:00] PLAY GOES ON\n"
        "EXERCISE TLP:CLEAR [03:00Z T+0:00:00 paused] PAUSED by EXCON: play time stands\n"
        "EXERCISE TLP:CLEAR [03:00Z T+0:00:00] PLAY GOES ON\n");
    close_screen(&s);
}
END_TEST

START_TEST(a_ruling_says_what_the_answer_counts_as)
{
    static const char *const seats[] = {"wind-1", "excon-1"};
    static const char *const counted[] = {
        "D-03: EXCON counts your answer (\"the north only\", by wind-1) as crews: close enough\n",
        "D-03 (wind): EXCON counts the answer (\"the north only\", by wind-1) as crews: close "
        "enough\n"};
    for (size_t i = 0; i < TOC_COUNT(seats); i++) {
        screen s;
        open_screen(&s, seats[i], 0);
        feed(&s, "{\"n\":1,\"t\":0,\"k\":\"ask\",\"decision\":\"D-03\",\"team\":\"wind\",\"title\":"
                 "\"Crews?\",\"options\":[[\"crews\",\"Send them\"],[\"wait\",\"Wait\"]],"
                 "\"deadline\":60000}");
        feed(&s, "{\"n\":2,\"t\":0,\"k\":\"proposed\",\"decision\":\"D-03\",\"team\":\"wind\","
                 "\"by\":\"wind-1\",\"text\":\"the north only\"}");
        ck_assert_int_eq(!strstr(toc_buf_text(&s.lines.out),
                                 ". To rule: rule D-03 accept|reject|crews|wait REASON\n"),
                         i == 0);
        feed(&s, "{\"n\":3,\"t\":0,\"k\":\"decided\",\"decision\":\"D-03\",\"option\":\"crews\","
                 "\"text\":\"the north only\",\"team\":\"wind\",\"by\":\"wind-1\",\"ruling\":"
                 "\"crews\",\"ruling_reason\":\"close enough\"}");
        ck_assert_msg(strstr(toc_buf_text(&s.lines.out), counted[i]) != NULL, "%s",
                      toc_buf_text(&s.lines.out));
        close_screen(&s);
    }
}
END_TEST

// The option is EXCON's; the team is not told that it had chosen it.
START_TEST(a_team_reads_who_settled_its_own_answer)
{
    screen s;
    open_screen(&s, "wind-1", 0);
    feed(&s, "{\"n\":1,\"t\":0,\"k\":\"ask\",\"decision\":\"D-02\",\"team\":\"wind\",\"title\":"
             "\"Crews?\",\"options\":[[\"crews\",\"Send them\"],[\"wait\",\"Wait\"]],"
             "\"deadline\":60000}");
    feed(&s,
         "{\"n\":2,\"t\":0,\"k\":\"decided\",\"decision\":\"D-02\",\"option\":\"wait\",\"text\":"
         "\"half of them\",\"team\":\"wind\",\"by\":\"wind-1\",\"ruling\":\"wait\"}");
    toc_buf_clear(&s.lines.out);
    toc_lines_question(&s.lines, &s.picture, toc_picture_question(&s.picture, "D-02"));
    const char *shown = toc_buf_text(&s.lines.out);
    ck_assert_msg(strstr(shown, "settled: EXCON took your answer as \"wait (Wait)\"") != NULL, "%s",
                  shown);
    ck_assert_ptr_null(strstr(shown, "by wind-1"));
    close_screen(&s);
}
END_TEST

START_TEST(unread_lists_what_was_not_opened_and_nothing_else)
{
    screen s;
    open_screen(&s, "wind-1", 0);
    feed(&s, "{\"n\":1,\"t\":0,\"k\":\"inject\",\"inject\":\"INJ-01\",\"title\":\"Opened\","
             "\"text\":\"A\"}");
    feed(&s, "{\"n\":2,\"t\":0,\"k\":\"inject\",\"inject\":\"INJ-02\",\"title\":\"Waiting\","
             "\"text\":\"B\"}");
    feed(&s, "{\"n\":3,\"t\":1,\"k\":\"read\",\"by\":\"wind-1\",\"wall\":\"w\",\"item\":1}");
    toc_buf_clear(&s.lines.out);
    toc_lines_inbox_of(&s.lines, &s.picture, "unread");
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&s.lines.out), "Waiting"));
    ck_assert_ptr_null(strstr(toc_buf_text(&s.lines.out), "Opened"));
    ck_assert_uint_eq(s.picture.unread, 1);
    close_screen(&s);
}
END_TEST

static const char list[] =
    "[{\"inject\":\"INJ-01\",\"title\":\"Gale\",\"to\":[\"wind\"],\"state\":\"sent\",\"sent\":"
    "60000,"
    "\"readers\":2,\"acks\":0,\"ack\":true},"
    "{\"inject\":\"INJ-02\",\"title\":\"Late\",\"to\":[\"wind\"],\"state\":\"planned\",\"due\":"
    "600000,"
    "\"manual\":true,\"notes\":\"wait for calm\"},"
    "{\"inject\":\"INJ-03\",\"title\":\"Soon\",\"to\":[],\"state\":\"planned\",\"due\":300000,"
    "\"urgent\":true,\"channel\":\"phone\",\"text\":\"It rings.\"},"
    "{\"inject\":\"INJ-04\",\"title\":\"Never\",\"to\":[],\"state\":\"skipped\",\"reason\":"
    "\"overtaken\"},"
    "{\"inject\":\"INJ-05\",\"title\":\"If\",\"to\":[],\"state\":\"planned\"}]";

static void take_status(screen *s, const char *text)
{
    toc_json *status;
    toc_error e;
    TOC_OK_OR_FAIL(toc_json_read(&status, text, strlen(text), TOC_JSON_REPLY, &e), e);
    toc_picture_status(&s->picture, status);
    toc_json_free(status);
}

START_TEST(the_list_shows_what_is_next_first_and_one_inject_with_its_notes)
{
    screen s;
    toc_json *rows;
    toc_error e;
    toc_msel m = {0};
    open_screen(&s, "excon-1", 0);
    s.lines.now = 120000;
    TOC_OK_OR_FAIL(toc_json_read(&rows, list, strlen(list), TOC_JSON_REPLY, &e), e);
    toc_msel_add(&m, rows);
    toc_json_free(rows);
    static const char asked[] = "[{\"decision\":\"D-01\",\"title\":\"Cut?\",\"team\":\"wind\","
                                "\"state\":\"planned\",\"due\":"
                                "240000},{\"decision\":\"D-02\",\"title\":\"If?\",\"team\":"
                                "\"wind\",\"state\":\"planned\"}]";
    TOC_OK_OR_FAIL(toc_json_read(&rows, asked, strlen(asked), TOC_JSON_REPLY, &e), e);
    toc_msel_add_decisions(&m, rows);
    take_status(&s,
                "{\"phases\":[{\"phase\":\"day-1\",\"title\":\"Day 1\",\"at\":0,\"current\":true},"
                "{\"phase\":\"day-2\",\"title\":\"Day 2\",\"at\":360000}]}");
    toc_msel_add_phases(&m, &s.picture);
    toc_msel_lines(&s.lines, &s.picture, &m);
    ck_assert(toc_msel_preview(&s.lines, &m, "inj-02"));
    ck_assert(toc_msel_preview(&s.lines, &m, "INJ-03"));
    ck_assert(!toc_msel_preview(&s.lines, &m, "INJ-77"));
    holds(&s.lines.out, 0);
    compare(&s, "msel");
    toc_msel_fini(&m);
    toc_json_free(rows);
    close_screen(&s);
}
END_TEST

static const char world[] =
    "{\"services\":[{\"service\":\"grid\",\"name\":\"Grid, "
    "north\",\"domain\":\"energy\",\"users\":10,"
    "\"level\":1000000,\"needs\":[]},"
    "{\"service\":\"mobile\",\"name\":\"Mobile "
    "network\",\"domain\":\"cyber\",\"users\":0,\"level\":"
    "1000000,\"trend\":\"stable\",\"needs\":["
    "{\"provider\":\"grid\",\"strength\":1000000,\"autonomy\":240,\"left\":80,\"ends_at\":"
    "\"2022-02-24 16:00Z\",\"source\":\"Nkom\"},"
    "{\"provider\":\"sat\",\"strength\":333333,\"group\":1,\"closed\":true,\"switch\":45}]},"
    "{\"service\":\"rail\",\"name\":\"Rail\",\"domain\":\"transport\",\"level\":1000000,\"needs\":["
    "]}],"
    "\"repairs\":[{\"repair\":\"lines\",\"name\":\"Two lines\",\"service\":\"grid\",\"state\":"
    "\"planned\",\"left\":1200,\"crews\":2}]";

static const char expected[] =
    ",\"phases\":[{\"phase\":\"day-1\",\"title\":\"Day 1\",\"at\":0,\"current\":true},"
    "{\"phase\":\"day-2\",\"title\":\"Day 2\",\"story\":\"2022-02-25 07:00Z\"}],"
    "\"expectations\":[{\"expectation\":\"EXP-01\",\"team\":\"csirt\",\"text\":\"Warn the "
    "operator\","
    "\"state\":\"open\",\"deadline\":2400000,\"objective\":\"OBJ-2\",\"product\":\"early-warning\","
    "\"contingency\":\"INJ-91\",\"manual\":true},"
    "{\"expectation\":\"EXP-02\",\"team\":\"wind\",\"text\":\"Answer\",\"state\":\"planned\"}]}";

#define LEVEL(n, t, service, level, rest)                                                          \
    "{\"n\":" #n ",\"t\":" #t ",\"k\":\"level\",\"service\":\"" service "\",\"level\":" #level     \
    "," rest "}"

START_TEST(control_reads_the_world_and_what_is_expected)
{
    screen s;
    open_screen(&s, "excon-1", 0);
    char *status = toc_sprintf("%s%s", world, expected);
    take_status(&s, status);
    free(status);
    feed(&s,
         "{\"n\":1,\"t\":0,\"k\":\"measure\",\"measure\":\"set\",\"service\":\"grid\",\"level\":0,"
         "\"story\":\"2022-02-24 03:00Z\"}");
    feed(&s, LEVEL(2, 0, "grid", 0, "\"why\":\"own\",\"story\":\"2022-02-24 03:00Z\""));
    feed(&s, LEVEL(3, 60000, "mobile", 333333,
                   "\"because\":\"grid\",\"why\":\"autonomy\",\"story\":\"2022-02-24 03:01Z\""));
    feed(&s, LEVEL(4, 60000, "rail", 400,
                   "\"because\":\"mobile\",\"why\":\"provider\",\"story\":\"2022-02-24 03:01Z\""));
    feed(
        &s,
        "{\"n\":5,\"t\":60000,\"k\":\"repair\",\"repair\":\"lines\",\"service\":\"grid\",\"state\":"
        "\"standing still\",\"because\":\"mobile\",\"left\":720,\"story\":\"2022-02-24 03:01Z\"}");
    feed(&s, "{\"n\":6,\"t\":60000,\"k\":\"deadlock\",\"services\":[\"grid\",\"mobile\"],\"text\":"
             "\"Grid "
             "needs mobile, which needs grid. It needs a black start\",\"story\":\"2022-02-24 "
             "03:01Z\"}");
    feed(&s, "{\"n\":7,\"t\":60000,\"k\":\"measure\",\"measure\":\"open\",\"service\":\"mobile\","
             "\"provider\":"
             "\"sat\",\"state\":\"opening\",\"minutes\":45,\"story\":\"2022-02-24 03:01Z\"}");
    feed(&s,
         "{\"n\":8,\"t\":60000,\"k\":\"measure\",\"measure\":\"black-start\",\"service\":\"grid\","
         "\"minutes\":30,\"story\":\"2022-02-24 03:01Z\"}");
    feed(&s,
         LEVEL(9, 60000, "grid", 1000000, "\"why\":\"forced\",\"story\":\"2022-02-24 03:01Z\""));
    feed(
        &s,
        "{\"n\":10,\"t\":70000,\"k\":\"expectation\",\"expectation\":\"EXP-01\",\"team\":\"csirt\","
        "\"state\":\"overdue\",\"text\":\"Warn the operator\"}");
    feed(&s,
         "{\"n\":11,\"t\":70000,\"k\":\"armed\",\"inject\":\"INJ-91\",\"expectation\":\"EXP-01\","
         "\"reason\":\"r\"}");
    ck_assert_uint_eq(s.picture.held_count, 1);
    toc_lines_situation(&s.lines, &s.picture, NULL);
    toc_lines_situation(&s.lines, &s.picture, "mobile network");
    toc_lines_situation(&s.lines, &s.picture, "grid");
    toc_lines_situation(&s.lines, &s.picture, "gird");
    toc_lines_expectations(&s.lines, &s.picture);
    toc_lines_phases(&s.lines, &s.picture);
    feed(
        &s,
        "{\"n\":12,\"t\":80000,\"k\":\"expectation\",\"expectation\":\"EXP-01\",\"team\":\"csirt\","
        "\"state\":\"crossed\",\"text\":\"Warn the operator\"}");
    feed(&s, "{\"n\":13,\"t\":80000,\"k\":\"mark-action\",\"by\":\"evaluator-1\",\"wall\":\"w\","
             "\"expectation\":\"EXP-01\",\"state\":\"late\",\"text\":\"by phone\"}");
    feed(
        &s,
        "{\"n\":14,\"t\":80000,\"k\":\"expectation\",\"expectation\":\"EXP-01\",\"team\":\"csirt\","
        "\"state\":\"late\",\"by\":\"evaluator-1\",\"text\":\"Warn the operator\"}");
    feed(&s, "{\"n\":15,\"t\":80000,\"k\":\"aware\",\"by\":\"simcell-1\",\"wall\":\"w\",\"team\":"
             "\"csirt\","
             "\"inject\":\"INJ-04\",\"reason\":\"they rang\"}");
    feed(&s, "{\"n\":16,\"t\":80000,\"k\":\"handed-in\",\"product\":\"early-warning\",\"team\":"
             "\"csirt\","
             "\"by\":\"csirt-1\",\"text\":\"It burns.\\nStill.\"}");
    holds(&s.lines.out, 0);
    compare(&s, "world");
    close_screen(&s);
}
END_TEST

START_TEST(a_cause_that_a_team_may_not_know_is_said_to_be_just_that)
{
    screen s;
    open_screen(&s, "csirt-1", 0);
    take_status(
        &s,
        "{\"services\":[{\"service\":\"mobile\",\"name\":\"Mobile network\",\"domain\":\"cyber\","
        "\"level\":1000000,\"needs\":[{\"strength\":1000000,\"autonomy\":240,\"left\":0,"
        "\"source\":\"assumption\"}]}],\"products\":[\"early-warning\",\"report\"]}");
    feed(&s, LEVEL(1, 0, "mobile", 500000, "\"why\":\"provider\",\"story\":\"2022-02-24 03:00Z\""));
    feed(&s, LEVEL(2, 0, "mobile", 0, "\"why\":\"autonomy\",\"story\":\"2022-02-24 03:00Z\""));
    feed(&s, LEVEL(3, 0, "mobile", 900000, "\"why\":\"own\",\"story\":\"2022-02-24 03:00Z\""));
    feed(&s,
         LEVEL(4, 0, "mobile", 1000000, "\"why\":\"provider\",\"story\":\"2022-02-24 03:00Z\""));
    feed(&s, LEVEL(5, 0, "mobile", 0, "\"why\":\"unforced\",\"story\":\"2022-02-24 03:00Z\""));
    feed(&s, "{\"n\":6,\"t\":0,\"k\":\"measure\",\"measure\":\"refuel\",\"service\":\"mobile\","
             "\"story\":\"2022-02-24 03:00Z\"}");
    feed(
        &s,
        "{\"n\":7,\"t\":0,\"k\":\"measure\",\"measure\":\"set\",\"service\":\"mobile\",\"level\":0,"
        "\"story\":\"2022-02-24 03:00Z\"}"); // not shown
    toc_lines_situation(&s.lines, &s.picture, "mobile");
    toc_lines_products(&s.lines, &s.picture);
    ck_assert_str_eq(
        toc_buf_text(&s.lines.out),
        "EXERCISE TLP:CLEAR [03:00Z T+0:00:00] Mobile network: 50 %, cause not known to you\n"
        "EXERCISE TLP:CLEAR [03:00Z T+0:00:00] Mobile network: 0 %, cause not known to you, and "
        "the reserve for it is used up\n"
        "EXERCISE TLP:CLEAR [03:00Z T+0:00:00] Mobile network: 90 %, partly sound again\n"
        "EXERCISE TLP:CLEAR [03:00Z T+0:00:00] Mobile network: 100 %, what it needs is back\n"
        "EXERCISE TLP:CLEAR [03:00Z T+0:00:00] Mobile network: 0 %, cause not known to you, the "
        "black start is over\n"
        "EXERCISE TLP:CLEAR [03:00Z T+0:00:00] Mobile network: its stocks are filled up\n"
        "EXERCISE TLP:CLEAR [03:00Z T+0:00:00] Mobile network (mobile), cyber: 0 % since "
        "03:00Z, cause not known to you, the black start is over\n"
        "EXERCISE   it needs:\n"
        "EXERCISE   - something that you are not told of, strength 100 %, autonomy 4h, nothing of "
        "it left [assumption]\n"
        "EXERCISE TLP:CLEAR [03:00Z T+0:00:00] your team can hand in: early-warning, report "
        "(`submit early-warning TEXT`)\n");
    close_screen(&s);
}
END_TEST

#define DEADLOCK                                                                                   \
    "{\"n\":7,\"t\":60000,\"k\":\"deadlock\",\"services\":[\"grid\",\"mobile\"],\"text\":\"x\","   \
    "\"story\":\"2022-02-24 03:01Z\"}"

static void wants(screen *s, const char *text, bool is_there)
{
    ck_assert_msg(!strstr(toc_buf_text(&s->lines.out), text) == !is_there, "%s%s in:\n%s",
                  is_there ? "no " : "", text, toc_buf_text(&s->lines.out));
}

START_TEST(a_deadlock_waits_for_excon_until_one_of_its_members_rises)
{
    screen s;
    open_screen(&s, "excon-1", 0);
    char *status = toc_sprintf("%s}", world);
    take_status(&s, status);
    feed(&s, LEVEL(1, 0, "grid", 0, "\"why\":\"own\",\"story\":\"2022-02-24 03:00Z\""));
    feed(&s, LEVEL(2, 0, "mobile", 0,
                   "\"because\":\"grid\",\"why\":\"provider\",\"story\":\"2022-02-24 03:00Z\""));
    feed(&s, LEVEL(3, 0, "grid", 0,
                   "\"because\":\"mobile\",\"why\":\"provider\",\"story\":\"2022-02-24 "
                   "03:00Z\""));
    feed(&s, DEADLOCK);
    feed(&s, "{\"n\":8,\"t\":60000,\"k\":\"ask\",\"decision\":\"D-02\",\"team\":\"wind\",\"title\":"
             "\"Fuel?\",\"deadline\":120000}");
    toc_buf_clear(&s.lines.out);
    toc_lines_attention(&s.lines, &s.picture);
    toc_lines_situation(&s.lines, &s.picture, NULL);
    const char *line =
        "!!! DEADLOCK since 03:01Z: Grid, north ↔ Mobile network (ways out: fuel, an "
        "alternative, a black start; only a decision or a storyline can do them: "
        "open decisions D-02)\n";
    wants(&s, line, true);
    ck_assert_ptr_nonnull(strstr(strstr(toc_buf_text(&s.lines.out), line) + 1, line));
    wants(&s,
          "mobile: Mobile network 0 % since 03:00Z because Grid, north 0 % because Mobile "
          "network … a circle\n",
          true);
    toc_buf_clear(&s.lines.out);
    feed(&s,
         LEVEL(9, 60000, "mobile", 400000, "\"why\":\"forced\",\"story\":\"2022-02-24 03:01Z\""));
    wants(&s, "the deadlock of Grid, north ↔ Mobile network is over: Mobile network has risen\n",
          true);
    toc_buf_clear(&s.lines.out);
    feed(&s,
         LEVEL(10, 60000, "grid", 400000, "\"why\":\"provider\",\"story\":\"2022-02-24 03:01Z\""));
    toc_lines_attention(&s.lines, &s.picture);
    toc_lines_situation(&s.lines, &s.picture, NULL);
    wants(&s, "eadlock", false);
    wants(&s, "DEADLOCK", false);
    free(status);
    close_screen(&s);
}
END_TEST

#define EXPECTED(n, state)                                                                         \
    "{\"n\":" #n ",\"t\":70000,\"k\":\"expectation\",\"expectation\":\"EXP-01\",\"team\":"         \
    "\"csirt\",\"state\":\"" state "\",\"deadline\":2460000,\"text\":\"Warn\"}"

START_TEST(what_waits_for_excon_stands_in_status_until_it_is_settled)
{
    static const char *const seats[] = {"excon-1", "csirt-1"};
    for (size_t i = 0; i < TOC_COUNT(seats); i++) {
        screen s;
        open_screen(&s, seats[i], 0);
        feed(&s,
             "{\"n\":1,\"t\":0,\"k\":\"ask\",\"decision\":\"D-01\",\"team\":\"csirt\",\"title\":"
             "\"Q\",\"deadline\":60000}");
        feed(&s, "{\"n\":2,\"t\":0,\"k\":\"crossed\",\"decision\":\"D-01\",\"team\":\"csirt\"}");
        feed(&s, "{\"n\":3,\"t\":0,\"k\":\"held\",\"inject\":\"INJ-02\",\"reason\":\"r\"}");
        feed(&s, EXPECTED(4, "open"));
        toc_buf_clear(&s.lines.out);
        feed(&s, EXPECTED(5, "open"));
        wants(&s, "expected action EXP-01 of csirt is now due by T+0:41:00: Warn\n", true);
        feed(&s, EXPECTED(6, "overdue"));
        feed(&s, "{\"n\":7,\"t\":70000,\"k\":\"armed\",\"inject\":\"INJ-91\",\"expectation\":"
                 "\"EXP-01\",\"reason\":\"r\"}");
        toc_buf_clear(&s.lines.out);
        toc_lines_attention(&s.lines, &s.picture);
        wants(&s, "!!! D-01 of csirt waits for EXCON's ruling", i == 0);
        wants(&s, "!!! INJ-02 is due and held: `release INJ-02`", i == 0);
        wants(&s, "!!! EXP-01 of csirt NOT SEEN by T+0:41:00", i == 0);
        wants(&s, "!!! EXP-01: contingency INJ-91 is armed: `release INJ-91`", i == 0);
        feed(&s, "{\"n\":8,\"t\":70000,\"k\":\"inject\",\"inject\":\"INJ-91\",\"to\":[\"csirt\"],"
                 "\"title\":\"T\",\"text\":\"t\"}");
        feed(&s, EXPECTED(9, "late"));
        toc_buf_clear(&s.lines.out);
        toc_lines_attention(&s.lines, &s.picture);
        wants(&s, "EXP-01", false);
        close_screen(&s);
    }
}
END_TEST

START_TEST(expected_actions_say_what_their_time_hangs_on_and_what_became_of_their_absence)
{
    screen s;
    open_screen(&s, "excon-1", 0);
    s.lines.clock.length = 7200000;
    take_status(
        &s,
        "{\"expectations\":[{\"expectation\":\"E-1\",\"team\":\"port\",\"text\":\"A\",\"state\":"
        "\"planned\",\"starts\":\"aware\",\"hangs_on\":\"INJ-01\"},"
        "{\"expectation\":\"E-2\",\"team\":\"port\",\"text\":\"B\",\"state\":\"overdue\","
        "\"deadline\":60000,\"contingency\":\"INJ-91\",\"manual\":true,\"then\":\"sent\"},"
        "{\"expectation\":\"E-3\",\"team\":\"port\",\"text\":\"C\",\"state\":\"open\","
        "\"deadline\":9000000,\"story\":\"2022-02-26 12:00Z\"},"
        "{\"expectation\":\"E-4\",\"team\":\"port\",\"text\":\"D\",\"state\":\"met\","
        "\"deadline\":60000,\"contingency\":\"INJ-92\",\"then\":\"planned\"}]}");
    toc_lines_expectations(&s.lines, &s.picture);
    wants(&s,
          "E-1 of port: planned (begins when port knows of INJ-01: it reads it, or `aware port "
          "INJ-01`): A\n",
          true);
    wants(&s, "E-2 of port: overdue, by T+0:01:00: B [INJ-91 was sent]\n", true);
    wants(&s, "E-3 of port: open, by 2022-02-26 12:00Z (after ENDEX), in 2h30m: C\n", true);
    wants(&s, "E-4 of port: met, by T+0:01:00: D\n", true);
    close_screen(&s);
}
END_TEST

START_TEST(players_do_not_read_the_word_inject)
{
    screen s;
    open_screen(&s, "wind-1", 0);
    feed(&s, "{\"n\":1,\"t\":0,\"k\":\"inject\",\"inject\":\"INJ-01\",\"title\":\"Gale\",\"text\":"
             "\"It blows.\"}");
    ck_assert_str_eq(toc_buf_text(&s.lines.out),
                     "EXERCISE TLP:CLEAR [03:00Z T+0:00:00] item 1, message: Gale (`read 1`)\n");
    close_screen(&s);
}
END_TEST

#define PHASE(n, t, story, pace)                                                                   \
    "{\"n\":" #n ",\"t\":" #t ",\"k\":\"phase-entered\",\"phase\":\"day-2\",\"title\":\"Day 2\","  \
    "\"text\":\"The morning after.\",\"story\":\"" story "\",\"pace\":" #pace "}"

START_TEST(after_a_jump_lines_carry_the_new_time_and_what_lies_before_keeps_its_own)
{
    screen s;
    open_screen(&s, "csirt-1", 0);
    feed(&s, PHASE(1, 90000, "2022-02-25 07:00Z", 2000));
    feed(&s, LEVEL(2, 90000, "mobile", 0, "\"why\":\"own\",\"story\":\"2022-02-24 22:10Z\""));
    feed(&s, LEVEL(3, 90000, "mobile", 1000000, "\"why\":\"own\",\"story\":\"2022-02-25 07:00Z\""));
    toc_lines_say_at(&s.lines, 120000, false, "a");
    toc_lines_say_at(&s.lines, 60000, true, "b");
    toc_clock beat = {.state = "running", .speed = 1000, .pace = 2000, .t = 130000};
    strcpy(beat.story, "2022-02-25 07:01Z"); // what is known to the second stays
    toc_lines_hear(&s.lines, &beat);
    feed(&s, PHASE(4, 135000, "2022-02-25 07:01Z", 1000)); // no jump: a new pace alone
    toc_lines_say_at(&s.lines, 165000, false, "c");
    ck_assert_str_eq(toc_buf_text(&s.lines.out),
                     "EXERCISE TLP:CLEAR [07:00Z T+0:01:30] PHASE day-2: Day 2. Story time is "
                     "2022-02-25 07:00Z\n"
                     "EXERCISE | The morning after.\n"
                     "EXERCISE TLP:CLEAR [07:00Z T+0:01:30] mobile: 0 %, its own trouble (at "
                     "2022-02-24 22:10Z)\n"
                     "EXERCISE TLP:CLEAR [07:00Z T+0:01:30] mobile: 100 %, sound again\n"
                     "EXERCISE TLP:CLEAR [07:01Z T+0:02:00] a\n"
                     "EXERCISE TLP:CLEAR [03:01Z T+0:01:00] b\n"
                     "EXERCISE TLP:CLEAR [07:01Z T+0:02:15] PHASE day-2: Day 2. Story time is "
                     "2022-02-25 07:01Z\n"
                     "EXERCISE | The morning after.\n"
                     "EXERCISE TLP:CLEAR [07:02Z T+0:02:45] c\n");
    close_screen(&s);
}
END_TEST

// Who comes late has a clock of after the jump: it says nothing of before it.
START_TEST(what_was_before_a_jump_has_no_story_time_for_who_came_after_it)
{
    screen s;
    toc_picture_init(&s.picture, "csirt-1");
    toc_lines_init(&s.lines, "TLP:CLEAR", 0);
    toc_clock clock = {.state = "running", .speed = 1000, .pace = 1000, .t = 600000};
    strcpy(clock.story, "2022-02-25 07:05Z");
    toc_lines_hear(&s.lines, &clock);
    toc_event ev;
    int64_t n;
    toc_error e;
    static const char phase[] = PHASE(1, 300000, "2022-02-25 07:00Z", 1000);
    TOC_OK_OR_FAIL(toc_feed_parse(phase, strlen(phase), &n, &ev, &e), e);
    toc_lines_learn(&s.lines, &ev, n); // it is known before its line is shown
    toc_lines_say_at(&s.lines, 200000, true, "a");
    toc_lines_event(&s.lines, &s.picture, &ev, n, true);
    toc_lines_say_at(&s.lines, 360000, true, "b");
    toc_event_fini(&ev);
    ck_assert_str_eq(toc_buf_text(&s.lines.out),
                     "EXERCISE TLP:CLEAR [T+0:03:20] a\n"
                     "EXERCISE TLP:CLEAR [07:00Z T+0:05:00] PHASE day-2: Day 2. Story time is "
                     "2022-02-25 07:00Z\n"
                     "EXERCISE | The morning after.\n"
                     "EXERCISE TLP:CLEAR [07:01Z T+0:06:00] b\n");
    close_screen(&s);
}
END_TEST

START_TEST(a_decision_that_story_time_jumped_over_is_excons)
{
    static const char *const seats[] = {"wind-1", "excon-1"};
    for (size_t i = 0; i < TOC_COUNT(seats); i++) {
        screen s;
        open_screen(&s, seats[i], 0);
        feed(&s, "{\"n\":1,\"t\":0,\"k\":\"ask\",\"decision\":\"D-03\",\"team\":\"wind\",\"title\":"
                 "\"Crews?\",\"options\":[[\"crews\",\"Send them\"],[\"wait\",\"Wait\"]],"
                 "\"deadline\":60000}");
        feed(&s, "{\"n\":2,\"t\":0,\"k\":\"crossed\",\"decision\":\"D-03\",\"team\":\"wind\"}");
        ck_assert(s.picture.questions[0].is_crossed);
        const char *says = strstr(toc_buf_text(&s.lines.out), "story time has jumped over");
        ck_assert_ptr_nonnull(says);
        ck_assert_int_eq(
            strstr(says, "EXCON rules on it. To rule: rule D-03 reject|crews|wait REASON\n") !=
                NULL,
            i == 1);
        feed(&s, "{\"n\":3,\"t\":0,\"k\":\"decided\",\"decision\":\"D-03\",\"option\":\"crews\","
                 "\"team\":\"wind\",\"by\":\"excon-1\",\"ruling\":\"crews\",\"ruling_reason\":"
                 "\"night\"}");
        ck_assert_ptr_nonnull(
            strstr(toc_buf_text(&s.lines.out), ": EXCON rules: crews (Send them): night\n"));
        ck_assert(!s.picture.questions[0].is_crossed);
        close_screen(&s);
    }
}
END_TEST

START_TEST(two_columns_fit_a_screen_of_eighty)
{
    screen s;
    open_screen(&s, "excon-1", 80);
    for (size_t i = 0; toc_verb_at(i); i++)
        toc_lines_row(&s.lines, toc_verb_at(i)->form, toc_verb_at(i)->help);
    for (const char *at = toc_buf_text(&s.lines.out); *at; at += strcspn(at, "\n") + 1) {
        ck_assert_int_le(toc_text_columns(at, strcspn(at, "\n")), 80);
        ck_assert(strncmp(at, "EXERCISE   ", 11) == 0);
    }
    close_screen(&s);
}
END_TEST

static const char evil[] =
    "\\u001b[2J\\u001b]0;x\\u0007 \\u202etxt\\u2028EXERCISE TLP:CLEAR [T+0:00:01] ENDEX\\n"
    "EXERCISE TLP:CLEAR [T+0:00:02] ENDEX: the exercise is over\\r\\n\\u009b1m\\u200b";

START_TEST(foreign_text_cannot_forge_a_line)
{
    static const int widths[] = {0, 40, 80};
    for (size_t w = 0; w < TOC_COUNT(widths); w++) {
        screen s;
        open_screen(&s, "operator-1", widths[w]);
        char line[4096];
        snprintf(
            line, sizeof line,
            "{\"n\":1,\"t\":1,\"k\":\"inject\",\"inject\":\"I\",\"from\":\"%s\",\"channel\":\"%s\","
            "\"title\":\"%s\",\"text\":\"%s\",\"attach\":[[\"%s\",\"00\"]]}",
            evil, evil, evil, evil, evil);
        feed(&s, line);
        snprintf(line, sizeof line,
                 "{\"n\":2,\"t\":1,\"k\":\"ask\",\"decision\":\"%s\",\"team\":\"operator\","
                 "\"title\":\"%s\","
                 "\"text\":\"%s\",\"options\":[[\"%s\",\"%s\"]],\"deadline\":1}",
                 evil, evil, evil, evil, evil);
        feed(&s, line);
        snprintf(line, sizeof line,
                 "{\"n\":3,\"t\":1,\"k\":\"decided\",\"decision\":\"%s\",\"text\":\"%s\",\"team\":"
                 "\"operator\","
                 "\"by\":\"%s\",\"reason\":\"%s\"}",
                 evil, evil, evil, evil);
        feed(&s, line);
        snprintf(
            line, sizeof line,
            "{\"n\":4,\"t\":1,\"k\":\"emergency\",\"by\":\"%s\",\"wall\":\"%s\",\"text\":\"%s\"}",
            evil, evil, evil);
        feed(&s, line);
        toc_lines_inbox(&s.lines, &s.picture);
        toc_lines_item(&s.lines, &s.picture.items[0]);
        toc_lines_questions(&s.lines, &s.picture);
        strcpy(s.lines.clock.story, "\x1b[2Jnever");
        toc_lines_clock(&s.lines);
        holds(&s.lines.out, widths[w]);
        // Where it wraps, what follows is indented, or stands behind the gutter.
        for (const char *at = toc_buf_text(&s.lines.out); *at; at += strcspn(at, "\n") + 1)
            ck_assert_msg(strncmp(at, "EXERCISE | ", 11) == 0 || strncmp(at, "*** ", 4) == 0 ||
                              strncmp(at, "EXERCISE   ", 11) == 0 ||
                              strncmp(at, "EXERCISE TLP:CLEAR [", 20) == 0,
                          "%.60s", at);
        close_screen(&s);
    }
}
END_TEST

// JSON from a template: ^ for evil words, # for a number beyond all times, ' for quotes.
static char *make_evil(const char *template)
{
    toc_buf out = {0};
    for (const char *c = template; *c; c++)
        if (*c == '^')
            toc_buf_str(&out, evil);
        else if (*c == '#')
            toc_buf_str(&out, "9007199254740991");
        else
            toc_buf_char(&out, *c == '\'' ? '"' : *c);
    return toc_buf_take(&out);
}

START_TEST(foreign_text_and_numbers_of_the_world_cannot_forge_a_line)
{
    static const char status[] =
        "{'services':[{'service':'^','name':'^','domain':'^','users':#,'level':#,'because':'^',"
        "'why':'^','since':'^','restart_at':'^','forced_until':'^','deadlocked':true,'trend':'^',"
        "'next':{'at':'^','level':#,'because':'^','why':'^'},'source':'^','own':#,'notes':'^',"
        "'needs':[{'provider':'^','strength':#,'autonomy':#,'left':9,'ends_at':'^','group':#,"
        "'closed':true,'switch':#,'kind':'^','source':'^'},{}]},{'service':'bare'}],"
        "'repairs':[{'repair':'^','name':'^','service':'^','state':'^','left':#,'crews':#,"
        "'done_at':'^','lacks':'^','source':'^'},{'repair':'bare'}],"
        "'phases':[{'phase':'^','title':'^','at':#,'story':'^','current':true},{'phase':'bare'}],"
        "'expectations':[{'expectation':'^','team':'^','text':'^','state':'^','deadline':#,"
        "'by':'^','objective':'^','product':'^','contingency':'^','notes':'^'},"
        "{'expectation':'bare'}],'products':['^',7]}";
    static const char *const events[] = {
        "{'n':1,'t':1,'k':'level','service':'^','level':#,'because':'^','why':'^','story':'^'}",
        "{'n':2,'t':1,'k':'measure','measure':'^','service':'^','provider':'^','level':#,"
        "'state':'^','minutes':#,'story':'^'}",
        "{'n':3,'t':1,'k':'repair','repair':'^','service':'^','state':'^','because':'^','left':#,"
        "'story':'^'}",
        "{'n':4,'t':1,'k':'deadlock','services':['^'],'repair':'^','left':#,'text':'^','story':'^'"
        "}",
        "{'n':5,'t':1,'k':'expectation','expectation':'^','team':'^','state':'^','by':'^',"
        "'deadline':#,'story':'^','text':'^','objective':'^'}",
        "{'n':6,'t':1,'k':'armed','inject':'^','expectation':'^','reason':'^'}",
        "{'n':7,'t':1,'k':'phase-entered','phase':'^','title':'^','text':'^','story':'^','pace':#}",
        "{'n':8,'t':1,'k':'handed-in','product':'^','team':'^','by':'^','text':'^'}",
        "{'n':9,'t':1,'k':'crossed','decision':'^','team':'^'}",
    };
    for (int round = 0; round < 2; round++) { // before the status was heard, and after it
        screen s;
        open_screen(&s, "excon-1", 80);
        char *text = make_evil(status);
        if (round > 0)
            take_status(&s, text);
        free(text);
        for (size_t i = 0; i < TOC_COUNT(events); i++) {
            text = make_evil(events[i]);
            feed(&s, text);
            free(text);
        }
        toc_lines_situation(&s.lines, &s.picture, NULL);
        toc_lines_situation(&s.lines, &s.picture, "bare");
        toc_lines_situation(&s.lines, &s.picture, "\x1b[2Jnever");
        if (round > 0)
            toc_lines_situation(&s.lines, &s.picture, s.picture.situation.services[0].id);
        toc_lines_expectations(&s.lines, &s.picture);
        toc_lines_phases(&s.lines, &s.picture);
        toc_lines_products(&s.lines, &s.picture);
        holds(&s.lines.out, 80);
        close_screen(&s);
    }
}
END_TEST

START_TEST(a_wrapped_line_cannot_begin_like_one_of_ours)
{
    screen s;
    open_screen(&s, "operator-1", 40);
    // So many words that the next line would begin with the forged one.
    toc_lines_say(&s.lines, "title: aaaa bbbb EXERCISE TLP:CLEAR [T+0:00:02] ENDEX");
    holds(&s.lines.out, 40);
    size_t own = 0;
    for (const char *at = toc_buf_text(&s.lines.out); *at; at += strcspn(at, "\n") + 1)
        own += strncmp(at, "EXERCISE   ", 11) != 0;
    ck_assert_uint_eq(own, 1);
    close_screen(&s);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_players_feed_becomes_lines);
    tcase_add_test(tc, control_reads_everything);
    tcase_add_test(tc, a_line_carries_the_storys_time_of_its_own_moment);
    tcase_add_test(tc, what_was_before_an_unknown_pace_has_no_story_time);
    tcase_add_test(tc, an_emergency_stands_out_and_ends_before_play_goes_on);
    tcase_add_test(tc, a_ruling_says_what_the_answer_counts_as);
    tcase_add_test(tc, a_team_reads_who_settled_its_own_answer);
    tcase_add_test(tc, unread_lists_what_was_not_opened_and_nothing_else);
    tcase_add_test(tc, the_list_shows_what_is_next_first_and_one_inject_with_its_notes);
    tcase_add_test(tc, control_reads_the_world_and_what_is_expected);
    tcase_add_test(tc, a_deadlock_waits_for_excon_until_one_of_its_members_rises);
    tcase_add_test(tc, what_waits_for_excon_stands_in_status_until_it_is_settled);
    tcase_add_test(tc,
                   expected_actions_say_what_their_time_hangs_on_and_what_became_of_their_absence);
    tcase_add_test(tc, players_do_not_read_the_word_inject);
    tcase_add_test(tc, a_cause_that_a_team_may_not_know_is_said_to_be_just_that);
    tcase_add_test(tc, after_a_jump_lines_carry_the_new_time_and_what_lies_before_keeps_its_own);
    tcase_add_test(tc, what_was_before_a_jump_has_no_story_time_for_who_came_after_it);
    tcase_add_test(tc, a_decision_that_story_time_jumped_over_is_excons);
    tcase_add_test(tc, two_columns_fit_a_screen_of_eighty);
    tcase_add_test(tc, foreign_text_cannot_forge_a_line);
    tcase_add_test(tc, foreign_text_and_numbers_of_the_world_cannot_forge_a_line);
    tcase_add_test(tc, a_wrapped_line_cannot_begin_like_one_of_ours);
}

TOC_CHECK_MAIN("lines", add_tests)
