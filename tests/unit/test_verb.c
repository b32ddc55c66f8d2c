// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "record/verb.h"

static char *options[] = {"isolate", "Cut it off now", "wait", "Keep watching"};

static toc_act parse(const char *line)
{
    toc_act a;
    toc_error e = {0};
    ck_assert_msg(toc_act_parse(&a, line, &e) == TOC_OK, "%s: %s", line, e.msg);
    return a;
}

static void refuses(const char *line, const char *why)
{
    toc_act a;
    toc_error e = {0};
    ck_assert_msg(toc_act_parse(&a, line, &e) == TOC_EUSAGE, "%s was taken", line);
    ck_assert_msg(strstr(e.msg, why), "%s: %s", line, e.msg);
}

// What line becomes, as the body of an event, once its options are known.
static void gives(const char *line, const char *body)
{
    toc_act a = parse(line);
    toc_error e = {0};
    ck_assert_msg(toc_act_answer(&a, options, 2, &e) == TOC_OK, "%s: %s", line, e.msg);
    toc_buf out = {0};
    toc_event_body(&out, &a.input);
    const char *at = strstr(toc_buf_text(&out), "\"k\":");
    ck_assert_ptr_nonnull(at);
    ck_assert_str_eq(at, body);
    toc_buf_fini(&out);
    toc_act_fini(&a);
}

START_TEST(a_decision_is_answered_by_number_id_or_text)
{
    const char *body = "\"k\":\"decide\",\"decision\":\"D-01\",\"option\":\"isolate\"";
    gives("decide D-01 1", body);
    gives("decide D-01 isolate", body);
    gives("DECIDE D-01 Isolate", body);
    gives("  decide  D-01   Cut it off now ", body);
    gives("decide D-01 isolate, because it burns",
          "\"k\":\"decide\",\"decision\":\"D-01\",\"option\":\"isolate\",\"reason\":\"it burns\"");
    gives("decide D-01 2 drift is towards the marina",
          "\"k\":\"decide\",\"decision\":\"D-01\",\"option\":\"wait\",\"reason\":\"drift is "
          "towards the marina\"");
    gives("decide D-01 other: half of it because we can",
          "\"k\":\"decide\",\"decision\":\"D-01\",\"option\":\"other\",\"text\":\"half of "
          "it\",\"reason\":\"we can\"");
}
END_TEST

START_TEST(an_answer_that_is_no_option_names_them)
{
    toc_act a = parse("decide D-01 isolat");
    toc_error e;
    ck_assert_int_eq(toc_act_answer(&a, options, 2, &e), TOC_EUSAGE);
    ck_assert_str_eq(e.msg, "D-01 has no option \"isolat\"; did you mean `isolate`? There are: "
                            "1 isolate, 2 wait; or an answer of your own, `other: …`");
    toc_act_fini(&a);
    a = parse("decide D-01 3");
    ck_assert_int_eq(toc_act_answer(&a, options, 2, &e), TOC_EUSAGE);
    toc_act_fini(&a);
}
END_TEST

START_TEST(a_decision_without_options_takes_free_text)
{
    toc_act a = parse("decide D-02 send two crews because roads are open");
    toc_error e;
    TOC_OK_OR_FAIL(toc_act_answer(&a, NULL, 0, &e), e);
    ck_assert_str_eq(toc_event_str(&a.input, TOC_F_TEXT), "send two crews");
    ck_assert_str_eq(toc_event_str(&a.input, TOC_F_REASON), "roads are open");
    ck_assert_ptr_null(toc_event_str(&a.input, TOC_F_OPTION));
    toc_act_fini(&a);
}
END_TEST

START_TEST(messages_have_addressees_and_may_answer_an_item)
{
    gives("say csirt,wind beams are going dark",
          "\"k\":\"say\",\"to\":[\"csirt\",\"wind\"],\"text\":\"beams are going dark\"");
    gives("say csirt, wind re-route now",
          "\"k\":\"say\",\"to\":[\"csirt\",\"wind\"],\"text\":\"re-route now\"");
    gives("say csirt re your question",
          "\"k\":\"say\",\"to\":[\"csirt\"],\"text\":\"re your question\"");
    gives("as press say operator when?",
          "\"k\":\"say\",\"as\":\"press\",\"to\":[\"operator\"],\"text\":\"when?\"");
    toc_act a = parse("say csirt re 13 yes");
    ck_assert_str_eq(a.item, "13");
    toc_act_item(&a, 13);
    ck_assert_int_eq(toc_event_int(&a.input, TOC_F_RE), 13);
    ck_assert_str_eq(toc_event_str(&a.input, TOC_F_TEXT), "yes");
    toc_act_fini(&a);
    a = parse("forward INJ-09 to crisis,csirt pass on");
    ck_assert_str_eq(a.item, "INJ-09");
    ck_assert_int_eq((int)toc_event_value(&a.input, TOC_F_TO)->count, 2);
    ck_assert_str_eq(toc_event_str(&a.input, TOC_F_TEXT), "pass on");
    toc_act_fini(&a);
    a = parse("forward 9 crisis");
    ck_assert_ptr_null(toc_event_str(&a.input, TOC_F_TEXT));
    toc_act_fini(&a);
}
END_TEST

START_TEST(a_product_is_handed_in_by_its_word_and_a_text_of_many_lines)
{
    gives("submit early-warning  Terminals fail.\nSince 02:51. ",
          "\"k\":\"submit\",\"product\":\"early-warning\",\"text\":\"Terminals fail.\\nSince "
          "02:51.\"");
}
END_TEST

START_TEST(controllers_have_their_verbs)
{
    gives("start", "\"k\":\"start\"");
    gives("speed x10", "\"k\":\"speed\",\"speed\":10000");
    gives("speed 0.5", "\"k\":\"speed\",\"speed\":500");
    gives("pace 1.125", "\"k\":\"pace\",\"pace\":1125");
    gives("jump T+1:30", "\"k\":\"jump\",\"until\":5400000");
    gives("fire INJ-01", "\"k\":\"fire\",\"inject\":\"INJ-01\"");
    gives("skip INJ-01 because overtaken",
          "\"k\":\"skip\",\"inject\":\"INJ-01\",\"reason\":\"overtaken\"");
    gives(
        "rule D-01 accept well reasoned",
        "\"k\":\"rule\",\"decision\":\"D-01\",\"ruling\":\"accept\",\"reason\":\"well reasoned\"");
    gives("rule D-01 2", "\"k\":\"rule\",\"decision\":\"D-01\",\"ruling\":\"wait\"");
    gives("phase day-2", "\"k\":\"phase\",\"phase\":\"day-2\"");
    gives("aware csirt INJ-04 they rang us",
          "\"k\":\"aware\",\"team\":\"csirt\",\"inject\":\"INJ-04\",\"reason\":\"they rang us\"");
    gives("aware csirt INJ-04", "\"k\":\"aware\",\"team\":\"csirt\",\"inject\":\"INJ-04\"");
    gives("mark EXP-01 Late two minutes",
          "\"k\":\"mark-action\",\"expectation\":\"EXP-01\",\"state\":\"late\",\"text\":\"two "
          "minutes\"");
    gives("mark EXP-01 not-observed",
          "\"k\":\"mark-action\",\"expectation\":\"EXP-01\",\"state\":\"not-observed\"");
    gives("revoke wind-1 lost it", "\"k\":\"revoke\",\"seat\":\"wind-1\",\"reason\":\"lost it\"");
    gives("end", "\"k\":\"end\"");
    gives("observe OBJ-2: calm and quick",
          "\"k\":\"observe\",\"objective\":\"OBJ-2\",\"text\":\"calm and quick\"");
    gives("observe calm and quick", "\"k\":\"observe\",\"text\":\"calm and quick\"");
    gives("rate OBJ-2 s late",
          "\"k\":\"rate\",\"objective\":\"OBJ-2\",\"rating\":\"S\",\"text\":\"late\"");
    gives("rate OBJ-2 wind P",
          "\"k\":\"rate\",\"objective\":\"OBJ-2\",\"team\":\"wind\",\"rating\":\"P\"");
    gives("emergency STOP fire in the room", "\"k\":\"emergency\",\"text\":\"fire in the room\"");
}
END_TEST

START_TEST(mistakes_are_told_with_the_right_form)
{
    refuses("", "nothing");
    refuses("emergency STOP", "where?");
    refuses("decid D-01 1", "did you mean `decide`?");
    refuses("xyzzy", "there is no \"xyzzy\"");
    refuses("decide", "which decision? The form is: decide D-01");
    refuses("decide D-01 because why not", "which answer?");
    refuses("decide D-01 other:", "answer of your own");
    refuses("say csirt", "what do you want to say?");
    refuses("say", "to whom?");
    refuses("forward 3", "to whom?");
    refuses("as press shout operator hi", "`say` or `ask` must follow");
    refuses("skip INJ-01", "why?");
    refuses("speed fast", "is not a factor");
    refuses("jump soon", "jump T+1:30");
    refuses("rate OBJ-1 X", "P, S, M, U");
    refuses("phase", "which phase?");
    refuses("phase day-2 now", "nothing follows");
    refuses("aware csirt", "of which inject?");
    refuses("aware INJ-01 port", "the team comes first, then the inject: aware port INJ-01");
    refuses("mark EXP-01", "one of met, late, not-observed, not-exercised");
    refuses("mark EXP-01 perhaps", "mark EXP-01 met|late");
    refuses("submit", "what do you hand in?");
    refuses("start now", "nothing follows");
    refuses("read", "which item?");
    refuses("say csirt \x1b[2J", "control characters");
}
END_TEST

START_TEST(every_verb_has_a_form_that_begins_with_it)
{
    for (size_t i = 0; toc_verb_at(i); i++) {
        const toc_verb *v = toc_verb_at(i);
        ck_assert_int_eq(strncmp(v->form, v->name, strlen(v->name)), 0);
        ck_assert_ptr_eq(toc_verb_find(v->name), v);
        ck_assert_uint_ne(v->roles, 0);
    }
    ck_assert_ptr_null(toc_verb_find("dance"));
}
END_TEST

START_TEST(a_copy_lives_by_itself)
{
    toc_act a = parse("forward INJ-09 to crisis see below");
    toc_act b;
    toc_act_copy(&b, &a);
    toc_act_fini(&a);
    ck_assert_str_eq(b.item, "INJ-09");
    ck_assert_str_eq(toc_event_str(&b.input, TOC_F_TEXT), "see below");
    toc_act_fini(&b);
}
END_TEST

START_TEST(the_list_is_changed_in_words)
{
    gives("move INJ-04 T+1:20", "\"k\":\"move\",\"inject\":\"INJ-04\",\"until\":4800000");
    gives("move INJ-04 T+1:20 follow because the room is late",
          "\"k\":\"move\",\"inject\":\"INJ-04\",\"until\":4800000,\"follow\":true,\"reason\":\"the "
          "room is late\"");
    gives("edit INJ-04 title Smoke: two ships",
          "\"k\":\"edit\",\"inject\":\"INJ-04\",\"title\":\"Smoke: two ships\"");
    gives("edit INJ-04 text It burns because of oil.",
          "\"k\":\"edit\",\"inject\":\"INJ-04\",\"text\":\"It burns because of oil.\"");
    gives("adhoc wind,port Smoke: It burns.",
          "\"k\":\"adhoc\",\"to\":[\"wind\",\"port\"],\"title\":\"Smoke\",\"text\":\"It burns.\"");
    gives(
        "adhoc wind from \"Coast Guard\" by phone urgent at T+1:20 14:30 smoke: It burns: run.",
        "\"k\":\"adhoc\",\"from\":\"Coast Guard\",\"to\":[\"wind\"],\"channel\":\"phone\","
        "\"urgent\":true,\"title\":\"14:30 smoke\",\"text\":\"It burns: run.\",\"until\":4800000");
    gives("deliver INJ-07", "\"k\":\"deliver\",\"inject\":\"INJ-07\"");
    gives("deliver INJ-07 they asked twice",
          "\"k\":\"deliver\",\"inject\":\"INJ-07\",\"text\":\"they asked twice\"");
    gives("drop the wipe because overtaken",
          "\"k\":\"drop\",\"storyline\":\"the wipe\",\"reason\":\"overtaken\"");
    gives("wake the wipe", "\"k\":\"wake\",\"storyline\":\"the wipe\"");
    gives("wake \"just because\" because we wait",
          "\"k\":\"wake\",\"storyline\":\"just because\",\"reason\":\"we wait\"");
    gives("jump T+1:30 keep D-02 hold INJ-04, INJ-05 skip INJ-06 because lunch",
          "\"k\":\"jump\",\"until\":5400000,\"hold\":[\"INJ-04\",\"INJ-05\"],\"skip\":[\"INJ-06\"],"
          "\"keep\":[\"D-02\"],\"reason\":\"lunch\"");
    gives("extend D-03 T+1:20", "\"k\":\"extend\",\"decision\":\"D-03\",\"until\":4800000");
}
END_TEST

START_TEST(a_time_may_hang_on_the_present_one)
{
    toc_act a = parse("move INJ-04 -5m because early");
    toc_error e;
    ck_assert(a.is_relative);
    ck_assert_int_eq(toc_act_whole(&a, &e), TOC_EUSAGE);
    toc_act_time(&a, 600000);
    TOC_OK_OR_FAIL(toc_act_whole(&a, &e), e);
    ck_assert_int_eq(toc_event_int(&a.input, TOC_F_UNTIL), 300000);
    ck_assert_str_eq(toc_event_str(&a.input, TOC_F_REASON), "early");
    toc_act_fini(&a);
    a = parse("extend D-03 10m");
    toc_act_time(&a, 600000);
    ck_assert_int_eq(toc_event_int(&a.input, TOC_F_UNTIL), 1200000);
    toc_act_fini(&a);
    a = parse("move INJ-04 -5m");
    toc_act_time(&a, 1000);
    ck_assert_int_eq(toc_event_int(&a.input, TOC_F_UNTIL), 0);
    toc_act_fini(&a);
    refuses("move INJ-04 10m", "T+1:20");
    refuses("move INJ-04 +soon", "no span of time");
    refuses("move INJ-04 +0m", "no span of time");
    refuses("extend D-03 -10m", "only added");
}
END_TEST

START_TEST(the_world_is_changed_in_words)
{
    gives(
        "set grid 40 because of the storm",
        "\"k\":\"intervene\",\"measure\":\"set\",\"service\":\"grid\",\"level\":400000,\"reason\":"
        "\"of the storm\"");
    gives("set grid 33.3%",
          "\"k\":\"intervene\",\"measure\":\"set\",\"service\":\"grid\",\"level\":333000");
    gives("start-repair grid-line",
          "\"k\":\"intervene\",\"measure\":\"start-repair\",\"repair\":\"grid-line\"");
    gives(
        "refuel hospital because asked",
        "\"k\":\"intervene\",\"measure\":\"refuel\",\"service\":\"hospital\",\"reason\":\"asked\"");
    gives("refuel hospital diesel",
          "\"k\":\"intervene\",\"measure\":\"refuel\",\"service\":\"hospital\",\"provider\":"
          "\"diesel\"");
    gives("open-alternative rail buses",
          "\"k\":\"intervene\",\"measure\":\"open-alternative\",\"service\":\"rail\",\"provider\":"
          "\"buses\"");
    gives("black-start grid 90m because of it",
          "\"k\":\"intervene\",\"measure\":\"black-start\",\"service\":\"grid\",\"minutes\":90,"
          "\"reason\":\"of it\"");
    refuses("set grid", "percentage");
    refuses("set grid 101", "percentage");
    refuses("set grid 40 now", "nothing follows");
    refuses("black-start grid 90s", "whole minutes");
    refuses("refuel", "which service?");
}
END_TEST

START_TEST(what_is_kept_track_of_is_said_in_words)
{
    toc_act a = parse("claim 13");
    ck_assert_str_eq(a.item, "13");
    toc_act_fini(&a);
    gives("claim INJ-07", "\"k\":\"claim\",\"inject\":\"INJ-07\"");
    gives("promise operator, wind by T+1:20 a new forecast",
          "\"k\":\"promise\",\"to\":[\"operator\",\"wind\"],\"text\":\"a new forecast\",\"until\":"
          "4800000");
    gives("promise wind by noon we call",
          "\"k\":\"promise\",\"to\":[\"wind\"],\"text\":\"by noon we call\"");
    gives("kept 41 by phone", "\"k\":\"kept\",\"item\":41,\"text\":\"by phone\"");
    gives("reassign wind-2 rail because absent",
          "\"k\":\"reassign\",\"seat\":\"wind-2\",\"team\":\"rail\",\"reason\":\"absent\"");
    gives("sign-in R. Lind ", "\"k\":\"sign-in\",\"name\":\"R. Lind\"");
    gives("sign-out", "\"k\":\"sign-out\"");
    gives("ask csirt,press How many?",
          "\"k\":\"say\",\"to\":[\"csirt\",\"press\"],\"rfi\":true,\"text\":\"How many?\"");
    gives("as press ask wind When?",
          "\"k\":\"say\",\"as\":\"press\",\"to\":[\"wind\"],\"rfi\":true,\"text\":\"When?\"");
    gives("observe OBJ-1 D-02 team wind at T+0:40 quick",
          "\"k\":\"observe\",\"decision\":\"D-02\",\"objective\":\"OBJ-1\",\"team\":\"wind\","
          "\"occurred\":2400000,\"text\":\"quick\"");
    gives(
        "observe INJ-04 EXP-01: at last",
        "\"k\":\"observe\",\"inject\":\"INJ-04\",\"expectation\":\"EXP-01\",\"text\":\"at last\"");
}
END_TEST

START_TEST(a_text_may_stand_in_a_file_or_be_written_later)
{
    toc_error e = {0};
    toc_act a = parse("submit report @\"my report.txt\"");
    ck_assert_str_eq(a.file, "my report.txt");
    ck_assert_int_eq(toc_act_whole(&a, &e), TOC_EUSAGE);
    ck_assert_int_eq(toc_act_text(&a, " \n", 2, &e), TOC_EUSAGE);
    ck_assert_int_eq(toc_act_text(&a, "\xff", 1, &e), TOC_EUSAGE);
    TOC_OK_OR_FAIL(toc_act_text(&a, "one\ntwo\n", 8, &e), e);
    TOC_OK_OR_FAIL(toc_act_whole(&a, &e), e);
    ck_assert_str_eq(toc_event_str(&a.input, TOC_F_TEXT), "one\ntwo");
    toc_act_fini(&a);
    const char *const wanting[] = {"submit report", "edit INJ-04 text"};
    for (size_t i = 0; i < TOC_COUNT(wanting); i++) {
        a = parse(wanting[i]);
        ck_assert(a.wants_text);
        ck_assert_int_eq(toc_act_whole(&a, &e), TOC_EUSAGE);
        ck_assert_str_eq(e.msg, "what does it say?");
        toc_act_fini(&a);
    }
    char *large = toc_alloc(TOC_ACT_MAX + 2);
    memset(large, 'x', TOC_ACT_MAX + 1);
    a = parse("say wind @a.txt");
    ck_assert_str_eq(a.file, "a.txt");
    ck_assert_int_eq(toc_act_text(&a, large, TOC_ACT_MAX + 1, &e), TOC_EUSAGE);
    large[TOC_ACT_MAX] = '\0';
    TOC_OK_OR_FAIL(toc_act_text(&a, large, TOC_ACT_MAX, &e), e);
    free(large);
    toc_act_fini(&a);
    a = parse("say wind @all: come");
    ck_assert_ptr_null(a.file);
    ck_assert_str_eq(toc_event_str(&a.input, TOC_F_TEXT), "@all: come");
    toc_act_fini(&a);
}
END_TEST

START_TEST(conducting_mistakes_say_what_is_missing)
{
    refuses("drop", "which storyline?");
    refuses("drop the wipe", "why?");
    refuses("adhoc wind Smoke over the port", "a title, a colon and a text");
    refuses("adhoc wind from", "from whom?");
    refuses("edit INJ-04", "its title or its text?");
    refuses("edit INJ-04 title", "what is its title");
    refuses("jump T+1:30 hold", "hold which injects?");
    refuses("jump T+1:30 hold A hold B", "stands there twice");
    refuses("jump T+1:30 perhaps", "nothing follows");
    refuses("promise wind", "what was promised?");
    refuses("kept INJ-04", "no number of a promise");
    refuses("sign-in", "who sits here?");
    refuses("reassign wind-2", "to which team?");
    refuses("claim", "which message");
    refuses("extent D-03 10m", "did you mean `extend`?");
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, the_list_is_changed_in_words);
    tcase_add_test(tc, a_time_may_hang_on_the_present_one);
    tcase_add_test(tc, the_world_is_changed_in_words);
    tcase_add_test(tc, what_is_kept_track_of_is_said_in_words);
    tcase_add_test(tc, a_text_may_stand_in_a_file_or_be_written_later);
    tcase_add_test(tc, conducting_mistakes_say_what_is_missing);
    tcase_add_test(tc, a_decision_is_answered_by_number_id_or_text);
    tcase_add_test(tc, an_answer_that_is_no_option_names_them);
    tcase_add_test(tc, a_decision_without_options_takes_free_text);
    tcase_add_test(tc, messages_have_addressees_and_may_answer_an_item);
    tcase_add_test(tc, a_product_is_handed_in_by_its_word_and_a_text_of_many_lines);
    tcase_add_test(tc, controllers_have_their_verbs);
    tcase_add_test(tc, mistakes_are_told_with_the_right_form);
    tcase_add_test(tc, every_verb_has_a_form_that_begins_with_it);
    tcase_add_test(tc, a_copy_lives_by_itself);
}

TOC_CHECK_MAIN("verb", add_tests)
