// SPDX-License-Identifier: MIT
// The picture of a seat: events of its feed in, what it keeps track of out.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "record/feed.h"
#include "record/json.h"
#include "view/picture.h"

typedef struct {
    toc_picture p;
    int64_t n;
} seat;

static void sit(seat *s, const char *id)
{
    s->n = 0;
    toc_picture_init(&s->p, id);
}

// body: what follows n and t, with ' for quotes. The number of the event.
static int64_t feed(seat *s, int64_t t, const char *body)
{
    toc_event ev;
    toc_error e = {0};
    int64_t n;
    char *line = toc_sprintf("{'n':%lld,'t':%lld,%s}", (long long)++s->n, (long long)t, body);
    for (char *c = line; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    ck_assert_msg(toc_feed_parse(line, strlen(line), &n, &ev, &e) == TOC_OK, "%s: %s", line, e.msg);
    toc_picture_see(&s->p, n, &ev);
    toc_event_fini(&ev);
    free(line);
    return n;
}

static void status(seat *s, const char *text)
{
    toc_json *j;
    toc_error e;
    char *json = toc_strdup(text);
    for (char *c = json; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    TOC_OK_OR_FAIL(toc_json_read(&j, json, strlen(json), TOC_JSON_REPLY, &e), e);
    toc_picture_status(&s->p, j);
    toc_json_free(j);
    free(json);
}

static toc_act parse(const char *line)
{
    toc_act a;
    toc_error e = {0};
    ck_assert_msg(toc_act_parse(&a, line, &e) == TOC_OK, "%s: %s", line, e.msg);
    return a;
}

static void is_person(const seat *s, const char *id, const char *expected)
{
    char *text = toc_person_text(&s->p, id);
    ck_assert_str_eq(text, expected);
    free(text);
}

#define RFI                                                                                        \
    "'k':'message','by':'wind-1','from':'wind','to':['press','csirt'],'rfi':true,'text':'How "     \
    "many?'"

START_TEST(a_request_is_open_until_one_of_those_who_were_asked_answers_it)
{
    static const char *const seats[] = {"wind-1", "excon-1"};
    for (size_t i = 0; i < TOC_COUNT(seats); i++) {
        seat s;
        sit(&s, seats[i]);
        int64_t n = feed(&s, 10, RFI);
        ck_assert(toc_item_is_open(toc_picture_number(&s.p, n)));
        feed(&s, 20, "'k':'message','from':'press','to':['wind'],'text':'hello'");
        ck_assert(toc_item_is_open(toc_picture_number(&s.p, n)));
        feed(&s, 30, "'k':'message','from':'rail','to':['wind'],'re':1,'text':'we are not asked'");
        ck_assert(toc_item_is_open(toc_picture_number(&s.p, n)));
        int64_t answer =
            feed(&s, 40, "'k':'message','from':'press','to':['wind'],'re':1,'text':'four'");
        ck_assert_int_eq(toc_picture_number(&s.p, n)->answered_by, answer);
        feed(&s, 50, "'k':'message','from':'csirt','to':['wind'],'re':1,'text':'five'");
        ck_assert_int_eq(toc_picture_number(&s.p, n)->answered_by, answer);
        toc_picture_fini(&s.p);
    }
}
END_TEST

START_TEST(who_was_asked_sees_it_closed_by_its_own_answer)
{
    seat s;
    sit(&s, "csirt-1");
    int64_t n =
        feed(&s, 10, "'k':'message','from':'wind','to':['csirt'],'rfi':true,'text':'How many?'");
    ck_assert(toc_item_is_open(toc_picture_number(&s.p, n)));
    feed(&s, 20, "'k':'message','by':'csirt-2','from':'csirt','to':['wind'],'re':1,'text':'four'");
    ck_assert(!toc_item_is_open(toc_picture_number(&s.p, n)));
    toc_picture_fini(&s.p);
}
END_TEST

START_TEST(what_was_asked_of_control_is_answered_by_any_reply_of_control)
{
    static const char *const asked[] = {"'excon'", "'press'", "'csirt','press'", "'csirt'"};
    static const char *const statuses[] = {
        "{'team':{'contacts':[['press','Radio Nord'],['csirt','CSIRT']],'parties':['press']}}",
        "{'parties':[['press','Radio Nord','loud'],['rail','Rail','slow']]}"};
    static const char *const seats[] = {"wind-1", "simcell-1"};
    for (size_t i = 0; i < TOC_COUNT(seats); i++)
        for (size_t k = 0; k < TOC_COUNT(asked); k++) {
            seat s;
            sit(&s, seats[i]);
            status(&s, statuses[i]);
            char *ask = toc_sprintf(
                "'k':'message','by':'wind-1','from':'wind','to':[%s],'rfi':true,'text':'How many?'",
                asked[k]);
            int64_t n = feed(&s, 10, ask);
            // Who asked goes on; that is no answer.
            feed(&s, 20,
                 "'k':'message','by':'wind-1','from':'wind','to':['excon'],'re':1,'text':'Well?'");
            ck_assert(toc_item_is_open(toc_picture_number(&s.p, n)));
            // A team is not told who wrote it.
            feed(&s, 30,
                 i == 0 ? "'k':'message','from':'rail','to':['wind'],'re':1,'text':'four'"
                        : "'k':'message','by':'simcell-2','from':'rail','to':['wind'],'re':1,"
                          "'text':'four'");
            bool is_for_control = strcmp(asked[k], "'csirt'") != 0;
            ck_assert_msg(toc_item_is_open(toc_picture_number(&s.p, n)) != is_for_control,
                          "%s, asked of %s", seats[i], asked[k]);
            toc_picture_fini(&s.p);
            free(ask);
        }
}
END_TEST

START_TEST(a_message_to_who_is_not_there_waits_for_control)
{
    seat s;
    sit(&s, "simcell-1");
    int64_t early =
        feed(&s, 10, "'k':'message','by':'wind-1','from':'wind','to':['press'],'text':'hello'");
    int64_t between =
        feed(&s, 11, "'k':'message','by':'wind-1','from':'wind','to':['rail'],'text':'hello'");
    int64_t excon =
        feed(&s, 12, "'k':'message','by':'wind-1','from':'wind','to':['excon'],'text':'hello'");
    int64_t ours =
        feed(&s, 13, "'k':'message','by':'excon-1','from':'press','to':['wind'],'text':'hello'");
    ck_assert(!toc_item_is_waiting(toc_picture_number(&s.p, early)));
    status(&s, "{'parties':[['press','Radio Nord','loud']]}");
    ck_assert(toc_item_is_waiting(toc_picture_number(&s.p, early)));
    ck_assert(!toc_item_is_waiting(toc_picture_number(&s.p, between)));
    ck_assert(toc_item_is_waiting(toc_picture_number(&s.p, excon)));
    ck_assert(!toc_item_is_waiting(toc_picture_number(&s.p, ours)));
    feed(&s, 20, "'k':'claim','by':'simcell-1','wall':'w','item':1");
    ck_assert_str_eq(toc_picture_number(&s.p, early)->claimed_by, "simcell-1");
    feed(&s, 21, "'k':'unclaim','by':'simcell-1','wall':'w','item':1");
    ck_assert_ptr_null(toc_picture_number(&s.p, early)->claimed_by);
    feed(&s, 22, "'k':'message','by':'simcell-1','from':'press','to':['wind'],'re':1,'text':'yes'");
    ck_assert(!toc_item_is_waiting(toc_picture_number(&s.p, early)));
    ck_assert(toc_item_is_waiting(toc_picture_number(&s.p, excon)));
    toc_picture_fini(&s.p);
}
END_TEST

#define CUE                                                                                        \
    "'k':'cue','inject':'INJ-07','controller':'simcell','from':'Coast "                            \
    "Guard','to':['wind'],'title':'Smoke','text':'It burns.'"

START_TEST(a_cue_is_open_until_it_is_delivered_or_skipped)
{
    seat s;
    sit(&s, "simcell-1");
    feed(&s, 10, CUE);
    toc_cue *cue = toc_picture_cue(&s.p, "inj-07");
    ck_assert_ptr_nonnull(cue);
    ck_assert(toc_cue_is_open(cue));
    feed(&s, 11, "'k':'claim','by':'simcell-2','wall':'w','inject':'INJ-07'");
    ck_assert_str_eq(cue->claimed_by, "simcell-2");
    feed(&s, 12, "'k':'edit','by':'excon-1','wall':'w','inject':'INJ-07','text':'It is out.'");
    ck_assert_str_eq(toc_event_str(&toc_picture_cue(&s.p, "INJ-07")->cue, TOC_F_TEXT),
                     "It is out.");
    feed(&s, 13,
         "'k':'inject','inject':'INJ-07','to':['wind'],'title':'Smoke','text':'It is "
         "out.','voice':true");
    ck_assert(toc_picture_cue(&s.p, "INJ-07")->is_delivered);
    ck_assert(toc_picture_item(&s.p, "INJ-07")->is_edited);
    feed(&s, 14,
         "'k':'cue','inject':'INJ-08','controller':'excon-2','to':['wind'],'title':'x',"
         "'text':'y'");
    feed(&s, 15, "'k':'skip','by':'excon-1','wall':'w','inject':'INJ-08','reason':'late'");
    ck_assert(toc_picture_cue(&s.p, "INJ-08")->is_skipped);
    ck_assert(!toc_picture_cue(&s.p, "INJ-08")->is_delivered);
    ck_assert(!toc_cue_is_open(toc_picture_cue(&s.p, "INJ-08")));
    toc_picture_fini(&s.p);
}
END_TEST

START_TEST(people_have_the_name_they_signed_in_with)
{
    seat s;
    sit(&s, "excon-1");
    feed(&s, 0, "'k':'join','by':'wind-1','wall':'w','seat':'wind-1'");
    is_person(&s, "wind-1", "wind-1");
    feed(&s, 0, "'k':'sign-in','by':'wind-1','wall':'2026-11-21T18:00:00.000Z','name':'R. Lind'");
    is_person(&s, "wind-1", "R. Lind (wind-1)");
    feed(&s, 0, "'k':'leave','by':'engine','wall':'w','seat':'wind-1'");
    is_person(&s, "wind-1", "R. Lind (wind-1)");
    feed(&s, 0, "'k':'sign-in','by':'wind-1','wall':'w','name':'M. Berg'");
    is_person(&s, "wind-1", "M. Berg (wind-1)");
    feed(&s, 0, "'k':'sign-out','by':'wind-1','wall':'w'");
    is_person(&s, "wind-1", "wind-1");
    status(&s, "{'seats':[{'seat':'wind-1','team':'wind','present':true,'name':'K. "
               "Dahl','since':'w','silent':3,'idle':70},{'seat':'wind-2','team':'wind','present':"
               "false}]}");
    is_person(&s, "wind-1", "K. Dahl (wind-1)");
    ck_assert_int_eq(toc_picture_seat(&s.p, "wind-1")->silent_s, 3);
    ck_assert_int_eq(toc_picture_seat(&s.p, "wind-1")->idle_s, 70);
    ck_assert_int_eq(toc_picture_seat(&s.p, "wind-2")->idle_s, -1);
    feed(&s, 0,
         "'k':'reassign','by':'excon-1','wall':'w','seat':'wind-2','team':'rail','new_seat':"
         "'rail-3'");
    ck_assert_ptr_null(toc_picture_seat(&s.p, "wind-2"));
    ck_assert_ptr_nonnull(toc_picture_seat(&s.p, "rail-3"));
    feed(&s, 0, "'k':'revoke','by':'excon-1','wall':'w','seat':'wind-1'");
    ck_assert_ptr_null(toc_picture_seat(&s.p, "wind-1"));
    is_person(&s, "wind-1", "wind-1");
    is_person(&s, "nobody-9", "nobody-9");
    status(&s, "{'seats':[]}");
    ck_assert_uint_eq(s.p.neighbour_count, 0);
    toc_picture_fini(&s.p);
}
END_TEST

START_TEST(people_stand_in_the_engines_order_whatever_came_about_before)
{
    static const char *const ids[] = {"wind-1", "wind-2", "rail-1"};
    seat s;
    sit(&s, "excon-1");
    feed(&s, 0, "'k':'join','by':'rail-1','wall':'w','seat':'rail-1'");
    feed(&s, 0, "'k':'join','by':'wind-1','wall':'w','seat':'wind-1'");
    feed(&s, 0, "'k':'sign-in','by':'wind-1','wall':'w','name':'R. Lind'");
    status(&s, "{'seats':[{'seat':'wind-1','present':true,'name':'R. Lind','since':'w'},"
               "{'seat':'wind-2','present':false},{'seat':'wind-1','present':true},"
               "{'seat':'rail-1','present':true}]}"); // no engine names one twice
    ck_assert_uint_eq(s.p.neighbour_count, TOC_COUNT(ids));
    for (size_t i = 0; i < TOC_COUNT(ids); i++)
        ck_assert_str_eq(s.p.neighbours[i].id, ids[i]);
    is_person(&s, "wind-1", "R. Lind (wind-1)");
    toc_picture_fini(&s.p);
}
END_TEST

START_TEST(a_name_cannot_reach_the_terminal)
{
    seat s;
    toc_event ev;
    sit(&s, "excon-1");
    toc_event_init(&ev, TOC_K_SIGN_IN, 0);
    toc_event_set_str(&ev, TOC_F_BY, "wind-1\x1b[2J");
    toc_event_set_str(&ev, TOC_F_NAME, "\x1b]52;c;eA==\x07 \xe2\x80\xae\xc2\x9b\xff\n*** x");
    toc_picture_see(&s.p, 1, &ev);
    toc_event_fini(&ev);
    char *text = toc_person_text(&s.p, "wind-1\x1b[2J");
    ck_assert(toc_utf8_clean(text, strlen(text)));
    ck_assert_ptr_null(strchr(text, '\n'));
    ck_assert_ptr_null(strstr(text, "\xe2\x80\xae"));
    ck_assert_ptr_null(strstr(text, "\xc2\x9b"));
    free(text);
    toc_picture_fini(&s.p);
}
END_TEST

START_TEST(a_decisions_number_alone_names_it_if_only_one_has_it)
{
    seat s;
    toc_error e;
    static const char ask[] =
        "'k':'ask','decision':'%s','team':'wind','title':'Close it?','options':"
        "[['close','Close'],['open','Open']],'deadline':900000";
    static const char *const ids[] = {"D-03", "D-04", "X-04"};
    sit(&s, "wind-1");
    for (size_t i = 0; i < TOC_COUNT(ids); i++) {
        char *line = toc_sprintf(ask, ids[i]);
        feed(&s, 5, line);
        free(line);
    }
    toc_act a = parse("decide 3 1 because it is so");
    TOC_OK_OR_FAIL(toc_picture_resolve(&s.p, &a, &e), e);
    ck_assert_str_eq(toc_event_str(&a.input, TOC_F_DECISION), "D-03");
    toc_act_fini(&a);
    a = parse("decide 4 1 because it is so");
    ck_assert_int_eq(toc_picture_resolve(&s.p, &a, &e), TOC_EUSAGE);
    toc_act_fini(&a);
    toc_picture_fini(&s.p);
}
END_TEST

START_TEST(promises_are_open_until_they_are_kept)
{
    seat s;
    toc_error e;
    sit(&s, "excon-1");
    int64_t n = feed(&s, 5, "'k':'promise','by':'excon-1','wall':'w','to':['wind'],'text':'a bus'");
    ck_assert_uint_eq(s.p.promise_count, 1);
    ck_assert(!s.p.promises[0].is_kept);
    toc_act a = parse("kept 99");
    ck_assert_int_eq(toc_picture_resolve(&s.p, &a, &e), TOC_EUSAGE);
    ck_assert_str_eq(e.msg, "there is no promise 99; `promises` lists them");
    toc_act_fini(&a);
    a = parse("kept 1");
    ck_assert_int_eq(n, 1);
    TOC_OK_OR_FAIL(toc_picture_resolve(&s.p, &a, &e), e);
    toc_act_fini(&a);
    feed(&s, 6, "'k':'kept','by':'excon-1','wall':'w','item':1");
    ck_assert(s.p.promises[0].is_kept);
    toc_picture_fini(&s.p);
}
END_TEST

#define ASK                                                                                        \
    "'k':'ask','decision':'D-01','team':'wind','title':'Crews?','options':[['a','A'],['b','B']],"  \
    "'deadline':600000"

START_TEST(an_act_is_settled_by_what_the_seat_knows)
{
    seat s;
    toc_error e;
    sit(&s, "excon-1");
    toc_act a = parse("extend d-01 10m");
    ck_assert_int_eq(toc_picture_resolve(&s.p, &a, &e), TOC_EUSAGE);
    toc_act_fini(&a);
    feed(&s, 5, ASK);
    a = parse("extend d-01 10m");
    TOC_OK_OR_FAIL(toc_picture_resolve(&s.p, &a, &e), e);
    ck_assert_int_eq(toc_event_int(&a.input, TOC_F_UNTIL), 1200000);
    ck_assert_str_eq(toc_event_str(&a.input, TOC_F_DECISION), "D-01");
    toc_act_fini(&a);
    feed(&s, 6, "'k':'deadline','decision':'D-01','team':'wind','deadline':900000");
    a = parse("extend D-01 10m");
    TOC_OK_OR_FAIL(toc_picture_resolve(&s.p, &a, &e), e);
    ck_assert_int_eq(toc_event_int(&a.input, TOC_F_UNTIL), 1500000);
    toc_act_fini(&a);
    a = parse("decide D-01 2");
    ck_assert_int_eq(toc_picture_resolve(&s.p, &a, &e), TOC_EUSAGE);
    ck_assert_msg(strstr(e.msg, "this decision is wind's: say why"), "%s", e.msg);
    toc_act_fini(&a);
    a = parse("decide D-01 2 because the team is absent");
    TOC_OK_OR_FAIL(toc_picture_resolve(&s.p, &a, &e), e);
    ck_assert_str_eq(toc_event_str(&a.input, TOC_F_OPTION), "b");
    toc_act_fini(&a);
    a = parse("move INJ-04 +10m");
    ck_assert_int_eq(toc_picture_resolve(&s.p, &a, &e), TOC_EUSAGE);
    toc_act_fini(&a);
    feed(&s, 7, CUE);
    a = parse("deliver inj-07");
    TOC_OK_OR_FAIL(toc_picture_resolve(&s.p, &a, &e), e);
    ck_assert_str_eq(toc_event_str(&a.input, TOC_F_INJECT), "INJ-07");
    toc_act_fini(&a);
    a = parse("say wind @letter.txt");
    ck_assert_int_eq(toc_picture_resolve(&s.p, &a, &e), TOC_EUSAGE);
    toc_act_fini(&a);
    toc_picture_fini(&s.p);
}
END_TEST

static void means(const seat *s, const char *typed, const char *line)
{
    char *whole = NULL;
    toc_error e = {0};
    ck_assert_msg(toc_picture_addressed(&s->p, typed, &whole, &e) == TOC_OK, "%s: %s", typed,
                  e.msg);
    ck_assert_str_eq(whole, line);
    free(whole);
}

static void is_unclear(const seat *s, const char *typed, const char *why)
{
    char *whole = NULL;
    toc_error e = {0};
    ck_assert_msg(toc_picture_addressed(&s->p, typed, &whole, &e) == TOC_EUSAGE, "%s", typed);
    ck_assert_ptr_null(whole);
    ck_assert_msg(strstr(e.msg, why), "%s", e.msg);
}

START_TEST(people_are_addressed_by_id_by_name_or_by_a_beginning_that_only_one_has)
{
    seat s;
    sit(&s, "wind-1");
    means(&s, "say townhall Hello", "say townhall Hello"); // nobody is known yet
    status(&s, "{'team':{'id':'wind','name':'Wind farm','contacts':[['town','Town hall'],"
               "['coast','Coast Guard'],['tso','Grid operator'],['coastal','Coastal radio']],"
               "'parties':['coast']}}");
    means(&s, "say town Hello", "say town Hello");
    means(&s, "say Town Hall Hello", "say town Hello");
    means(&s, "  say\tCOAST guard,  grid operator Are you there, all?",
          "  say\tcoast,tso Are you there, all?");
    means(&s, "ask grid What now?", "ask tso What now?");
    means(&s, "ask coasta What now?", "ask coastal What now?");
    means(&s, "say coast Hello", "say coast Hello"); // as it is written
    means(&s, "forward 4 to Coast Guard", "forward 4 to coast");
    means(&s, "forward 4 grid For you", "forward 4 tso For you");
    means(&s, "as coast say Town hall Hello", "as coast say town Hello");
    means(&s, "promise all by +5m A boat", "promise all by +5m A boat");
    means(&s, "say excon Hello", "say excon Hello");
    means(&s, "say", "say");
    means(&s, "decide D-01 grid", "decide D-01 grid");
    means(&s, "say gr Hello", "say gr Hello");       // two letters are no beginning
    means(&s, "say zebra Hello", "say zebra Hello"); // the desk says what it thinks of it
    is_unclear(&s, "say coa Hello", "may be coast or coastal: write more of it");
    is_unclear(&s, "say twon Hello", "there is no \"twon\"; did you mean `town`?");
    is_unclear(&s, "say town,twon Hello", "did you mean `town`?");
    toc_picture_fini(&s.p);
}
END_TEST

START_TEST(an_observation_finds_what_its_ids_stand_for)
{
    seat s;
    toc_error e;
    sit(&s, "evaluator-1");
    status(&s, "{'objectives':[['GOAL-1','calm']],'expectations':[{'expectation':'EA-1','team':"
               "'wind','text':'x','state':'open'}]}");
    toc_act a = parse("observe EA-1 GOAL-1 quick");
    // The second id is the objective: it was named last, and nothing is lost.
    TOC_OK_OR_FAIL(toc_picture_resolve(&s.p, &a, &e), e);
    ck_assert_str_eq(toc_event_str(&a.input, TOC_F_OBJECTIVE), "GOAL-1");
    toc_act_fini(&a);
    a = parse("observe EA-1 quick");
    TOC_OK_OR_FAIL(toc_picture_resolve(&s.p, &a, &e), e);
    ck_assert_str_eq(toc_event_str(&a.input, TOC_F_EXPECTATION), "EA-1");
    ck_assert_ptr_null(toc_event_str(&a.input, TOC_F_OBJECTIVE));
    toc_act_fini(&a);
    toc_picture_fini(&s.p);
}
END_TEST

START_TEST(a_thread_begins_where_nothing_was_answered)
{
    seat s;
    sit(&s, "wind-1");
    feed(&s, 1, "'k':'message','from':'press','to':['wind'],'text':'a'");
    feed(&s, 2, "'k':'message','from':'wind','to':['press'],'re':1,'text':'b'");
    feed(&s, 3, "'k':'message','from':'wind','to':['rail'],'origin':2,'quote':'b'");
    feed(&s, 4, "'k':'message','from':'rail','to':['wind'],'re':3,'text':'c'");
    feed(&s, 5, "'k':'message','from':'rail','to':['wind'],'re':99,'text':'of something unseen'");
    for (int64_t n = 1; n <= 4; n++)
        ck_assert_int_eq(toc_picture_root(&s.p, toc_picture_number(&s.p, n))->n, 1);
    ck_assert_int_eq(toc_picture_root(&s.p, toc_picture_number(&s.p, 5))->n, 5);
    toc_picture_fini(&s.p);
}
END_TEST

START_TEST(what_people_did_is_kept_with_who_did_it)
{
    seat s;
    sit(&s, "wind-1");
    feed(&s, 1, "'k':'join','by':'wind-2','wall':'w','seat':'wind-2'");
    feed(&s, 1, "'k':'message','from':'press','to':['wind'],'text':'a'");
    feed(&s, 2, "'k':'read','by':'wind-2','wall':'w','item':2");
    feed(&s, 3, "'k':'message','by':'wind-1','from':'wind','to':['press'],'re':2,'text':'b'");
    feed(&s, 4, ASK);
    feed(&s, 5, "'k':'decided','decision':'D-01','option':'a','team':'wind','by':'wind-2'");
    feed(&s, 6, "'k':'decided','decision':'D-01','option':'a','team':'wind','by':'excon'");
    static const toc_kind kinds[] = {TOC_K_READ, TOC_K_MESSAGE, TOC_K_DECIDED};
    ck_assert_uint_eq(s.p.deed_count, TOC_COUNT(kinds));
    for (size_t i = 0; i < TOC_COUNT(kinds); i++)
        ck_assert_int_eq(s.p.deeds[i].event.kind, kinds[i]);
    toc_picture_fini(&s.p);
    sit(&s, "excon-1");
    feed(&s, 1, "'k':'start','by':'excon-2','wall':'w'");
    feed(&s, 2, "'k':'fire','by':'excon-1','wall':'w','inject':'INJ-01'");
    feed(&s, 3, "'k':'read','by':'wind-2','wall':'w','item':2");
    ck_assert_uint_eq(s.p.deed_count, 2);
    toc_picture_fini(&s.p);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_request_is_open_until_one_of_those_who_were_asked_answers_it);
    tcase_add_test(tc, who_was_asked_sees_it_closed_by_its_own_answer);
    tcase_add_test(tc, what_was_asked_of_control_is_answered_by_any_reply_of_control);
    tcase_add_test(tc, a_message_to_who_is_not_there_waits_for_control);
    tcase_add_test(tc, a_cue_is_open_until_it_is_delivered_or_skipped);
    tcase_add_test(tc, people_have_the_name_they_signed_in_with);
    tcase_add_test(tc, people_stand_in_the_engines_order_whatever_came_about_before);
    tcase_add_test(tc, a_name_cannot_reach_the_terminal);
    tcase_add_test(tc, a_decisions_number_alone_names_it_if_only_one_has_it);
    tcase_add_test(tc, promises_are_open_until_they_are_kept);
    tcase_add_test(tc, an_act_is_settled_by_what_the_seat_knows);
    tcase_add_test(tc, people_are_addressed_by_id_by_name_or_by_a_beginning_that_only_one_has);
    tcase_add_test(tc, an_observation_finds_what_its_ids_stand_for);
    tcase_add_test(tc, a_thread_begins_where_nothing_was_answered);
    tcase_add_test(tc, what_people_did_is_kept_with_who_did_it);
}

TOC_CHECK_MAIN("picture", add_tests)
