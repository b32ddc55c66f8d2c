// SPDX-License-Identifier: MIT
// What control does beside the list: deadlines, answers for a team, jumps with exceptions, the world by
// hand, claims and promises, signing in, another seat; and who is told that somebody was first.

#include "check_main.h"
#include "fake_script.h"
#include "plan_fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#define M 60000

static toc_drive d;
static toc_error e;

#define PUT(t, by, kind, ...) TOC_OK_OR_FAIL(toc_drive_put(&d, t, by, kind, &e, __VA_ARGS__), e)
#define REFUSED(words, t, by, kind, ...)                                                           \
    do {                                                                                           \
        toc_drive_to(&d, t);                                                                       \
        size_t before_ = d.log.count;                                                              \
        ck_assert_int_eq(toc_drive_put(&d, t, by, kind, &e, __VA_ARGS__), TOC_EREFUSED);           \
        ck_assert_msg(strstr(e.msg, words), "%s", e.msg);                                          \
        ck_assert_uint_eq(d.log.count, before_);                                                   \
    } while (0)

static void begin_with(const toc_script *script)
{
    toc_drive_begin_with(&d, script);
    PUT(0, "engine", "open-seat", "seat", "excon-2", NULL);
    PUT(0, "engine", "open-seat", "seat", "simcell-1", NULL);
    PUT(0, "engine", "open-seat", "seat", "simcell-2", NULL);
    PUT(0, "excon-1", "start", NULL);
}

static void set_up(void)
{
    toc_plan_fixture(&d.plan);
    begin_with(NULL);
}

// Another plan, instead of the one that every test begins with.
static void begin_world(toc_fake *fake)
{
    toc_drive_end(&d);
    toc_plan_fixture_world(&d.plan);
    begin_with(fake ? &fake->hooks : NULL);
}

static void tear_down(void)
{
    toc_drive_end(&d);
}

static toc_decision_view decision(const char *id)
{
    return toc_exercise_decision(d.x, toc_plan_decision(&d.plan, id));
}

static const char *last_str(toc_kind kind, toc_field f)
{
    const toc_event *ev = toc_drive_last(&d, kind, f, NULL);
    return ev && toc_event_str(ev, f) ? toc_event_str(ev, f) : "";
}

// ---- extend --------------------------------------------------------------------------------------

START_TEST(an_extended_deadline_is_told_and_kept_and_then_lapses)
{
    PUT(7 * M, "excon-2", "extend", "decision", "D-01", "until", "1800000", NULL);
    const toc_event *told = toc_drive_last(&d, TOC_K_DEADLINE, TOC_F_DECISION, "D-01");
    ck_assert_str_eq(toc_event_str(told, TOC_F_TEAM), "alpha");
    ck_assert_int_eq(toc_event_int(told, TOC_F_DEADLINE), 30 * M);
    ck_assert_int_eq(decision("D-01").deadline, 30 * M);
    toc_drive_to(&d, 30 * M - 1);
    ck_assert_int_eq(decision("D-01").state, TOC_DECISION_OPEN);
    toc_drive_to(&d, 30 * M);
    ck_assert_int_eq(decision("D-01").state, TOC_DECISION_OVERDUE);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_OVERDUE), 2); // and D-02, at its own time
}
END_TEST

START_TEST(a_deadline_moves_later_only_and_not_beyond_endex_and_is_told_as_it_is)
{
    REFUSED("was not asked yet", 5 * M, "excon-1", "extend", "decision", "D-01", "until", "1800000",
            NULL);
    REFUSED("D-01 is due at T+0:16:00", 7 * M, "excon-1", "extend", "decision", "D-01", "until",
            "960000", NULL);
    REFUSED("ENDEX is at T+1:00:00", 7 * M, "excon-1", "extend", "decision", "D-01", "until",
            "3600001", NULL);
    REFUSED("did you mean D-01", 7 * M, "excon-1", "extend", "decision", "D-O1", "until", "1800000",
            NULL);
    PUT(8 * M, "alpha-2", "decide", "decision", "D-01", "option", "isolate", NULL);
    REFUSED("D-01 is decided already: isolate, by alpha-2 at T+0:08:00", 9 * M, "excon-1", "extend",
            "decision", "D-01", "until", "1800000", NULL);
    REFUSED("D-02 lapsed at T+0:26:00", 27 * M, "excon-1", "extend", "decision", "D-02", "until",
            "1800000", NULL);
}
END_TEST

START_TEST(an_answer_that_waits_for_a_ruling_can_have_its_deadline_moved_even_when_it_is_past)
{
    PUT(7 * M, "alpha-1", "decide", "decision", "D-01", "option", "other", "text", "Call them",
        NULL);
    toc_drive_to(&d, 17 * M); // past, and still waiting
    ck_assert_int_eq(decision("D-01").state, TOC_DECISION_RULING);
    PUT(17 * M, "excon-1", "extend", "decision", "D-01", "until", "1500000", NULL);
    PUT(18 * M, "excon-1", "rule", "decision", "D-01", "ruling", "reject", NULL);
    ck_assert_int_eq(decision("D-01").state, TOC_DECISION_OPEN); // there is time for another
    PUT(19 * M, "alpha-1", "decide", "decision", "D-01", "option", "isolate", NULL);
    ck_assert_int_eq(decision("D-01").state, TOC_DECISION_DECIDED);
}
END_TEST

START_TEST(a_story_deadline_that_was_extended_stays_whatever_the_story_does)
{
    PUT(21 * M, "excon-1", "extend", "decision", "D-03", "until", "3300000", NULL);
    PUT(22 * M, "excon-1", "pace", "pace", "60000", NULL);
    ck_assert_int_eq(decision("D-03").deadline, 55 * M);
    toc_drive_to(&d, 54 * M);
    ck_assert_int_eq(decision("D-03").state, TOC_DECISION_OPEN);
    toc_drive_to(&d, 55 * M);
    ck_assert_int_eq(decision("D-03").state, TOC_DECISION_OVERDUE);
}
END_TEST

START_TEST(a_decision_that_the_story_passed_over_gets_a_deadline_of_play_again)
{
    toc_drive_end(&d);
    toc_plan_fixture(&d.plan);
    toc_phase *night = toc_plan_add_phase(&d.plan, "night", -1);
    night->is_jump = true;
    night->story_ms = d.plan.startex.ms + (int64_t)24 * 60 * M;
    begin_with(NULL);
    PUT(21 * M, "excon-1", "phase", "phase", "night", NULL);
    ck_assert(decision("D-03").is_crossed);
    PUT(22 * M, "excon-1", "extend", "decision", "D-03", "until", "1800000", NULL);
    ck_assert(!decision("D-03").is_crossed);
    ck_assert_int_eq(decision("D-03").deadline, 30 * M);
    toc_drive_to(&d, 30 * M);
    ck_assert_int_eq(decision("D-03").state, TOC_DECISION_OVERDUE);
}
END_TEST

// ---- decide for a team, rule ---------------------------------------------------------------------

START_TEST(excon_answers_for_a_team_with_a_reason_and_who_of_them_is_theirs_to_know)
{
    REFUSED("D-01 was not asked yet", 5 * M, "excon-1", "decide", "decision", "D-01", "option",
            "wait", "reason", "nobody there", NULL);
    REFUSED("say why", 7 * M, "excon-1", "decide", "decision", "D-01", "option", "wait", NULL);
    REFUSED("say why", 7 * M, "excon-1", "decide", "decision", "D-01", "option", "wait", "reason",
            " \n", NULL);
    REFUSED("no option \"close\"", 7 * M, "excon-1", "decide", "decision", "D-01", "option",
            "close", "reason", "absent", NULL);
    PUT(7 * M, "excon-1", "decide", "decision", "D-01", "option", "isolate", "reason",
        "the team is absent", NULL);
    const toc_event *ev = toc_drive_last(&d, TOC_K_DECIDED, TOC_F_DECISION, "D-01");
    const toc_event *in = toc_drive_last(&d, TOC_K_DECIDE, TOC_F_DECISION, "D-01");
    ck_assert_str_eq(toc_event_str(ev, TOC_F_BY), "excon");
    ck_assert_str_eq(toc_event_str(ev, TOC_F_TEAM), "alpha");
    ck_assert_ptr_null(toc_event_str(ev, TOC_F_REASON));
    ck_assert_str_eq(toc_event_str(in, TOC_F_BY), "excon-1"); // which control alone is shown
    ck_assert_str_eq(toc_event_str(in, TOC_F_REASON), "the team is absent");
    ck_assert_str_eq(decision("D-01").by, "excon"); // which texts can be filled with
    ck_assert_ptr_null(decision("D-01").reason);
    REFUSED("decided already: isolate, by excon-1 at T+0:07:00", 8 * M, "excon-2", "decide",
            "decision", "D-01", "option", "wait", "reason", "absent", NULL);
    REFUSED("decided already: isolate, by EXCON at T+0:07:00", 8 * M, "alpha-1", "decide",
            "decision", "D-01", "option", "wait", NULL);
}
END_TEST

START_TEST(excons_own_words_for_a_team_need_no_ruling_and_settle_one_that_waits)
{
    PUT(7 * M, "alpha-1", "decide", "decision", "D-01", "option", "other", "text", "Ask them",
        NULL);
    PUT(8 * M, "excon-2", "decide", "decision", "D-01", "option", "other", "text", "Do nothing",
        "reason", "they left the room", NULL);
    ck_assert_int_eq(decision("D-01").state, TOC_DECISION_DECIDED);
    ck_assert_str_eq(decision("D-01").text, "Do nothing");
    PUT(9 * M, "excon-2", "decide", "decision", "D-02", "text", "We wait", "reason", "absent",
        NULL);
    ck_assert_str_eq(decision("D-02").by, "excon");
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_PROPOSED), 1);
    toc_drive_to(&d, 40 * M);
    ck_assert_ptr_null(toc_drive_last(&d, TOC_K_OVERDUE, TOC_F_DECISION, "D-01"));
}
END_TEST

START_TEST(whoever_rules_second_is_told_who_was_first)
{
    PUT(7 * M, "alpha-1", "decide", "decision", "D-01", "option", "other", "text", "Ask", NULL);
    PUT(8 * M, "excon-1", "rule", "decision", "D-01", "ruling", "reject", NULL);
    REFUSED("excon-1 ruled on the last at T+0:08:00", 8 * M, "excon-2", "rule", "decision", "D-01",
            "ruling", "accept", NULL);
    PUT(9 * M, "alpha-1", "decide", "decision", "D-01", "option", "other", "text", "Ask", NULL);
    PUT(10 * M, "excon-2", "rule", "decision", "D-01", "ruling", "wait", NULL);
    REFUSED("decided already: wait, by alpha-1 at T+0:10:00; excon-2 ruled so", 11 * M, "excon-1",
            "rule", "decision", "D-01", "ruling", "accept", NULL);
    // The team does not hear which of EXCON it was.
    REFUSED("decided already: wait, by alpha-1", 11 * M, "alpha-2", "decide", "decision", "D-01",
            "option", "wait", NULL);
    ck_assert_ptr_null(strstr(e.msg, "excon"));
}
END_TEST

// ---- jump ----------------------------------------------------------------------------------------

START_TEST(a_jump_holds_and_skips_what_it_names_and_gives_decisions_the_time_it_takes)
{
    PUT(7 * M, "excon-1", "jump", "until", "1860000", "hold", "INJ-03", "skip", "INJ-05", "keep",
        "D-01", NULL);
    const toc_event *held = toc_drive_last(&d, TOC_K_HELD, TOC_F_INJECT, "INJ-03");
    ck_assert_int_eq(held->t, 20 * M); // its time came on the way
    ck_assert_str_eq(toc_event_str(held, TOC_F_REASON), "for the jump to T+0:31:00");
    toc_inject_view skipped = toc_exercise_inject(d.x, toc_plan_inject(&d.plan, "INJ-05"));
    ck_assert_int_eq(skipped.state, TOC_INJECT_SKIPPED);
    ck_assert_str_eq(skipped.reason, "for the jump to T+0:31:00");
    const toc_event *told = toc_drive_last(&d, TOC_K_DEADLINE, TOC_F_DECISION, "D-01");
    ck_assert_int_eq(told->t, 7 * M);
    ck_assert_int_eq(decision("D-01").deadline, (16 + 24) * M);
    ck_assert_int_eq(decision("D-02").state, TOC_DECISION_OVERDUE); // nobody named it
    ck_assert_int_eq(toc_exercise_now(d.x), 31 * M);
    PUT(32 * M, "alpha-1", "decide", "decision", "D-01", "option", "wait", NULL);
}
END_TEST

START_TEST(what_a_jump_held_names_who_held_it)
{
    PUT(7 * M, "excon-1", "jump", "until", "480000", "hold", "INJ-03", NULL);
    REFUSED("INJ-03 is held already, by excon-1", 8 * M, "excon-2", "hold", "inject", "INJ-03",
            NULL);
}
END_TEST

START_TEST(a_story_deadline_that_a_jump_keeps_is_one_of_play)
{
    PUT(21 * M, "excon-1", "jump", "until", "1500000", "keep", "D-03", "reason", "late", NULL);
    ck_assert_int_eq(decision("D-03").deadline, 54 * M);
    PUT(26 * M, "excon-1", "pace", "pace", "60000", NULL);
    ck_assert_int_eq(decision("D-03").deadline, 54 * M);
}
END_TEST

START_TEST(a_jump_whose_lists_are_wrong_changes_nothing)
{
    static const struct {
        const char *field, *value, *words;
    } bad[] = {
        {"hold", "INJ-09", "INJ-0"},
        {"hold", "INJ-01", "INJ-01 was sent"},
        {"skip", "INJ-05,INJ-01", "INJ-01 was sent"},
        {"hold", "INJ-05,INJ-05", "named twice"},
        {"keep", "D-09", "did you mean D-01"},
        {"keep", "D-03", "D-03 was not asked yet"},
        {"keep", "D-02", "decided already"},
        {"keep", "D-01,D-01", "named twice"},
    };
    PUT(7 * M, "bravo-1", "decide", "decision", "D-02", "text", "Yes", NULL);
    for (size_t i = 0; i < TOC_COUNT(bad); i++) {
        REFUSED(bad[i].words, 8 * M, "excon-1", "jump", "until", "1860000", "hold", "INJ-03",
                bad[i].field, bad[i].value, NULL);
        ck_assert_int_eq(toc_exercise_inject(d.x, 2).state, TOC_INJECT_PLANNED);
        ck_assert_int_eq(toc_exercise_now(d.x), 7 * M);
    }
    REFUSED("cannot be held and skipped", 8 * M, "excon-1", "jump", "until", "1860000", "hold",
            "INJ-03", "skip", "INJ-03", NULL);
    PUT(8 * M, "excon-1", "hold", "inject", "INJ-05", NULL);
    REFUSED("INJ-05 is held already", 8 * M, "excon-1", "jump", "until", "1860000", "hold",
            "INJ-05", NULL);
}
END_TEST

// ---- the world by hand ---------------------------------------------------------------------------

START_TEST(a_level_set_by_hand_has_the_input_as_its_cause)
{
    begin_world(NULL);
    PUT(10 * M, "excon-1", "intervene", "measure", "set", "service", "grid", "level", "400000",
        "reason", "to bring it on", NULL);
    const toc_event *in = toc_drive_last(&d, TOC_K_INTERVENE, TOC_F_SERVICE, "grid");
    const toc_event *did = toc_drive_last(&d, TOC_K_MEASURE, TOC_F_SERVICE, "grid");
    const toc_event *level = toc_drive_last(&d, TOC_K_LEVEL, TOC_F_SERVICE, "grid");
    ck_assert_str_eq(toc_event_str(in, TOC_F_REASON), "to bring it on");
    ck_assert_int_eq(did->cause, in->seq);
    ck_assert_int_eq(level->cause, did->seq);
    ck_assert_int_eq(toc_event_int(level, TOC_F_LEVEL), 400000);
    ck_assert_ptr_null(toc_event_value(did, TOC_F_TO)); // no team is told by whose hand
    ck_assert_int_eq(level->t, 10 * M);
}
END_TEST

START_TEST(nothing_is_done_to_the_world_while_people_may_be_in_danger)
{
    begin_world(NULL);
    PUT(1 * M, "alpha-1", "emergency", NULL);
    REFUSED("a real emergency was called", 1 * M, "excon-1", "intervene", "measure", "set",
            "service", "grid", "level", "0", NULL);
    PUT(1 * M, "excon-1", "resume", NULL);
    PUT(2 * M, "excon-1", "intervene", "measure", "set", "service", "grid", "level", "0", NULL);
}
END_TEST

START_TEST(each_of_the_five_acts_can_be_done_by_hand)
{
    begin_world(NULL);
    PUT(1 * M, "excon-1", "intervene", "measure", "set", "service", "grid", "level", "0", NULL);
    PUT(2 * M, "excon-1", "intervene", "measure", "start-repair", "repair", "fix.grid", NULL);
    ck_assert_str_eq(last_str(TOC_K_REPAIR, TOC_F_STATE), "running");
    REFUSED("fix.grid was started already", 3 * M, "excon-2", "intervene", "measure",
            "start-repair", "repair", "fix.grid", NULL);
    PUT(4 * M, "excon-1", "intervene", "measure", "refuel", "service", "voice", NULL);
    ck_assert_str_eq(last_str(TOC_K_MEASURE, TOC_F_PROVIDER), "grid");
    PUT(5 * M, "excon-1", "intervene", "measure", "open-alternative", "service", "link", NULL);
    ck_assert_str_eq(last_str(TOC_K_MEASURE, TOC_F_STATE), "opening");
    REFUSED("is being opened already", 6 * M, "excon-1", "intervene", "measure", "open-alternative",
            "service", "link", "provider", "spare", NULL);
    PUT(7 * M, "excon-1", "intervene", "measure", "black-start", "service", "rail", "minutes", "30",
        NULL);
    ck_assert_int_eq(toc_world_level(toc_exercise_world(d.x), TOC_FIX_RAIL), TOC_PPM);
    toc_drive_to(&d, 60 * M);
    ck_assert_int_eq(toc_world_level(toc_exercise_world(d.x), TOC_FIX_LINK), TOC_PPM);
    ck_assert_int_eq(toc_world_level(toc_exercise_world(d.x), TOC_FIX_RAIL), 400000);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_NOTE), 0);
}
END_TEST

START_TEST(what_cannot_be_done_to_the_world_is_refused_in_words)
{
    static const struct {
        const char *measure, *field, *id, *other, *value, *words;
    } bad[] = {
        {"set", "service", "gird", "level", "1", "there is no service gird; did you mean grid?"},
        {"set", "service", "grid", "level", "1000001", "0 to 100 percent"},
        {"set", "service", "grid", "minutes", "1", "0 to 100 percent"},
        {"set", "level", "1", "minutes", "1", "set needs a service"},
        {"refuel", "service", "rail", "minutes", "1", "rail has no store to refill"},
        {"refuel", "service", "voice", "provider", "rail",
         "rail is no store of voice: there is grid"},
        {"open-alternative", "service", "link", "provider", "grid",
         "grid is no alternative of link: there is spare"},
        {"open-alternative", "service", "grid", "minutes", "1", "grid has no closed alternative"},
        {"start-repair", "service", "grid", "minutes", "1",
         "start-repair needs a repair: there is fix.grid"},
        {"start-repair", "repair", "fix.gird", "minutes", "1", "did you mean fix.grid?"},
        {"black-start", "service", "grid", "minutes", "0", "lasts 1 to"},
        {"break", "service", "grid", "minutes", "1", "there are set, start-repair"},
    };
    begin_world(NULL);
    for (size_t i = 0; i < TOC_COUNT(bad); i++)
        REFUSED(bad[i].words, 1 * M, "excon-1", "intervene", "measure", bad[i].measure,
                bad[i].field, bad[i].id, bad[i].other, bad[i].value, NULL);
}
END_TEST

static bool grid_is_down(toc_exercise *x)
{
    return toc_world_level(toc_query_world(x), TOC_FIX_GRID) < TOC_PPM;
}

static toc_line_says send_four(toc_exercise *x, int step)
{
    (void)step;
    toc_action_send(x, 3, NULL);
    return TOC_LINE_ENDS;
}

START_TEST(a_condition_on_a_level_reacts_to_a_hand_at_once)
{
    toc_fake fake;
    toc_fake_init(&fake);
    fake.when = grid_is_down;
    fake.then = send_four;
    begin_world(&fake);
    PUT(10 * M, "excon-1", "intervene", "measure", "set", "service", "grid", "level", "0", NULL);
    const toc_event *sent = toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-04");
    ck_assert_ptr_nonnull(sent);
    ck_assert_int_eq(sent->t, 10 * M);
}
END_TEST

// ---- claims and promises -------------------------------------------------------------------------

static char *seq_of(char text[24], const toc_event *ev)
{
    snprintf(text, 24, "%lld", (long long)ev->seq);
    return text;
}

START_TEST(the_first_claim_counts_and_the_second_is_told_whose_it_is)
{
    char item[24], other[24];
    PUT(1 * M, "alpha-1", "say", "to", "press", "text", "What do you print?", NULL);
    seq_of(item, toc_drive_last(&d, TOC_K_MESSAGE, TOC_F_FROM, "alpha"));
    PUT(1 * M, "alpha-1", "say", "to", "bravo", "text", "Hello", NULL);
    seq_of(other, toc_drive_last(&d, TOC_K_MESSAGE, TOC_F_FROM, "alpha"));
    REFUSED("no message to a party", 2 * M, "simcell-1", "claim", "item", other, NULL);
    REFUSED("no message to a party", 2 * M, "simcell-1", "claim", "item", "1", NULL);
    REFUSED("one of them", 2 * M, "simcell-1", "claim", NULL);
    REFUSED("nobody has claimed", 2 * M, "simcell-1", "unclaim", "item", item, NULL);
    PUT(2 * M, "simcell-1", "claim", "item", item, NULL);
    REFUSED("with simcell-1 since T+0:02:00", 3 * M, "simcell-2", "claim", "item", item, NULL);
    REFUSED("you have this message already, since T+0:02:00", 3 * M, "simcell-1", "claim", "item",
            item, NULL);
    REFUSED("only they or EXCON", 3 * M, "simcell-2", "unclaim", "item", item, NULL);
    PUT(4 * M, "excon-1", "unclaim", "item", item, NULL);
    PUT(5 * M, "simcell-2", "claim", "item", item, NULL);
    PUT(6 * M, "simcell-2", "unclaim", "item", item, NULL);
    PUT(7 * M, "simcell-1", "claim", "item", item, NULL);
    PUT(8 * M, "excon-1", "revoke", "seat", "simcell-1", NULL); // whoever is out holds nothing
    PUT(9 * M, "simcell-2", "claim", "item", item, NULL);
    REFUSED("INJ-01 is not to be told by voice now: it is sent", 9 * M, "simcell-2", "claim",
            "inject", "INJ-01", NULL);
}
END_TEST

START_TEST(a_promise_is_to_teams_and_is_kept_once)
{
    char promise[24];
    REFUSED("did you mean alpha", 1 * M, "simcell-1", "promise", "to", "alhpa", "text", "A call",
            NULL);
    REFUSED("say what is promised", 1 * M, "simcell-1", "promise", "to", "alpha", "text", " ",
            NULL);
    REFUSED("promise it for later", 2 * M, "simcell-1", "promise", "to", "alpha", "text", "A call",
            "until", "120000", NULL);
    PUT(2 * M, "simcell-1", "promise", "to", "alpha,bravo", "text", "A call", "until", "600000",
        NULL);
    seq_of(promise, toc_drive_last(&d, TOC_K_PROMISE, TOC_F_TEXT, "A call"));
    REFUSED("that is no promise", 3 * M, "excon-1", "kept", "item", "1", NULL);
    PUT(3 * M, "excon-1", "kept", "item", promise, NULL);
    REFUSED("kept already: excon-1 said so at T+0:03:00", 4 * M, "simcell-1", "kept", "item",
            promise, NULL);
}
END_TEST

// ---- seats ---------------------------------------------------------------------------------------

static toc_seat_view seat(const char *id)
{
    return toc_exercise_seat(d.x, toc_exercise_seat_find(d.x, id));
}

START_TEST(a_name_stays_at_its_seat_until_another_signs_in_or_the_seat_is_closed)
{
    static const char *const bad[] = {"",
                                      " ",
                                      "two\nlines",
                                      "a\tb",
                                      "\xc2\xa0",
                                      "\xe2\x80\x8b \xe2\x80\x8b", // no-break; zero-width
                                      "<U+202E>",
                                      "excon",
                                      "Engine",
                                      " bravo-1\xc2\xa0",
                                      "ALPHA-1",
                                      ("0123456789012345678901234567890123456789012345678901234567"
                                       "8901234")};
    for (size_t i = 0; i < TOC_COUNT(bad); i++)
        ck_assert_int_eq(toc_drive_put(&d, 1 * M, "alpha-1", "sign-in", &e, "name", bad[i], NULL),
                         TOC_EREFUSED);
    REFUSED("nobody has signed in", 1 * M, "alpha-1", "sign-out", NULL);
    PUT(1 * M, "alpha-1", "join", "seat", "alpha-1", "session", "s1", NULL);
    PUT(1 * M, "alpha-1", "sign-in", "name",
        "  R\xc3\xb8"
        "ar Lind ",
        NULL);
    ck_assert_str_eq(seat("alpha-1").name, "R\xc3\xb8"
                                           "ar Lind");
    ck_assert_str_eq(seat("alpha-1").since, "2026-11-21T18:00:00.000Z");
    PUT(2 * M, "engine", "leave", "seat", "alpha-1", NULL); // a dropped link is no change of shift
    ck_assert_str_eq(seat("alpha-1").name, "R\xc3\xb8"
                                           "ar Lind");
    PUT(3 * M, "alpha-1", "sign-in", "name", "M. Voss", NULL);
    ck_assert_str_eq(seat("alpha-1").name, "M. Voss");
    PUT(4 * M, "alpha-1", "sign-out", NULL);
    ck_assert_ptr_null(seat("alpha-1").name);
    PUT(5 * M, "alpha-1", "sign-in", "name", "M. Voss", NULL);
    PUT(6 * M, "excon-1", "revoke", "seat", "alpha-1", NULL);
    ck_assert_ptr_null(seat("alpha-1").name);
}
END_TEST

START_TEST(a_reassigned_seat_is_closed_and_one_of_the_other_team_opened_in_one_act)
{
    REFUSED("did you mean bravo", 1 * M, "excon-1", "reassign", "seat", "alpha-2", "team", "brvao",
            "new_seat", "brvao-1", NULL);
    REFUSED("no free seat of bravo", 1 * M, "excon-1", "reassign", "seat", "alpha-2", "team",
            "bravo", "new_seat", "bravo-1", NULL);
    REFUSED("no free seat of bravo", 1 * M, "excon-1", "reassign", "seat", "alpha-2", "team",
            "bravo", "new_seat", "alpha-3", NULL);
    REFUSED("a seat of alpha already", 1 * M, "excon-1", "reassign", "seat", "alpha-2", "team",
            "alpha", "new_seat", "alpha-3", NULL);
    PUT(1 * M, "excon-1", "reassign", "seat", "alpha-2", "team", "bravo", "new_seat", "bravo-2",
        "reason", "merged", NULL);
    ck_assert(!seat("alpha-2").is_open);
    ck_assert(seat("bravo-2").is_open);
    REFUSED("no open seat alpha-2", 2 * M, "alpha-2", "say", "to", "excon", "text", "Hello", NULL);
    PUT(3 * M, "bravo-2", "say", "to", "excon", "text", "Here we are", NULL);
}
END_TEST

START_TEST(a_late_joiner_gets_a_seat_beyond_those_declared_while_play_runs)
{
    toc_drive_to(&d, 7 * M);
    PUT(7 * M, "excon-1", "open-seat", "seat", "alpha-3", NULL);
    PUT(8 * M, "alpha-3", "join", "seat", "alpha-3", "session", "s9", NULL);
    PUT(8 * M, "alpha-3", "decide", "decision", "D-01", "option", "isolate", NULL);
    ck_assert_str_eq(decision("D-01").by, "alpha-3");
}
END_TEST

// ---- requests for information, observations ------------------------------------------------------

START_TEST(teams_and_parties_ask_and_excon_as_itself_does_not)
{
    PUT(1 * M, "alpha-1", "say", "to", "press", "text", "Who said so?", "rfi", "1", NULL);
    ck_assert(toc_event_int(toc_drive_last(&d, TOC_K_MESSAGE, TOC_F_COUNT, NULL), TOC_F_RFI));
    PUT(2 * M, "simcell-1", "say", "as", "press", "to", "alpha", "text", "Is it true?", "rfi", "1",
        NULL);
    ck_assert(toc_event_int(toc_drive_last(&d, TOC_K_MESSAGE, TOC_F_COUNT, NULL), TOC_F_RFI));
    REFUSED("from a team or a party", 3 * M, "excon-1", "say", "to", "alpha", "text", "Well?",
            "rfi", "1", NULL);
    PUT(3 * M, "excon-1", "say", "to", "alpha", "text", "Well?", NULL);
    ck_assert(!toc_event_has(toc_drive_last(&d, TOC_K_MESSAGE, TOC_F_COUNT, NULL), TOC_F_RFI));
}
END_TEST

START_TEST(an_observation_is_of_things_there_are_and_of_what_has_happened)
{
    PUT(10 * M, "evaluator-1", "observe", "inject", "INJ-01", "decision", "D-01", "objective",
        "OBJ-1", "team", "alpha", "occurred", "300000", "text", "They called at once", NULL);
    PUT(10 * M, "evaluator-1", "observe", "text", "A good start", NULL);
    static const struct {
        const char *field, *value, *words;
    } bad[] = {
        {"inject", "INJ-0l", "did you mean INJ-01"},
        {"decision", "D-99", "D-"},
        {"expectation", "EXP-01", "there is no expectation EXP-01"},
        {"objective", "OBJ-2", "did you mean OBJ-1"},
        {"team", "alhpa", "did you mean alpha"},
        {"item", "99999", "no such item"},
        {"occurred", "600001", "T+0:10:00 has not come yet"},
    };
    for (size_t i = 0; i < TOC_COUNT(bad); i++)
        REFUSED(bad[i].words, 10 * M, "evaluator-1", "observe", "text", "x", bad[i].field,
                bad[i].value, NULL);
    REFUSED("is empty", 10 * M, "evaluator-1", "observe", "text", " ", NULL);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, an_extended_deadline_is_told_and_kept_and_then_lapses);
    tcase_add_test(tc, a_deadline_moves_later_only_and_not_beyond_endex_and_is_told_as_it_is);
    tcase_add_test(
        tc, an_answer_that_waits_for_a_ruling_can_have_its_deadline_moved_even_when_it_is_past);
    tcase_add_test(tc, a_story_deadline_that_was_extended_stays_whatever_the_story_does);
    tcase_add_test(tc, a_decision_that_the_story_passed_over_gets_a_deadline_of_play_again);
    tcase_add_test(tc, excon_answers_for_a_team_with_a_reason_and_who_of_them_is_theirs_to_know);
    tcase_add_test(tc, excons_own_words_for_a_team_need_no_ruling_and_settle_one_that_waits);
    tcase_add_test(tc, whoever_rules_second_is_told_who_was_first);
    tcase_add_test(tc, a_jump_holds_and_skips_what_it_names_and_gives_decisions_the_time_it_takes);
    tcase_add_test(tc, a_story_deadline_that_a_jump_keeps_is_one_of_play);
    tcase_add_test(tc, what_a_jump_held_names_who_held_it);
    tcase_add_test(tc, a_jump_whose_lists_are_wrong_changes_nothing);
    tcase_add_test(tc, the_first_claim_counts_and_the_second_is_told_whose_it_is);
    tcase_add_test(tc, a_promise_is_to_teams_and_is_kept_once);
    tcase_add_test(tc, a_name_stays_at_its_seat_until_another_signs_in_or_the_seat_is_closed);
    tcase_add_test(tc, a_reassigned_seat_is_closed_and_one_of_the_other_team_opened_in_one_act);
    tcase_add_test(tc, a_late_joiner_gets_a_seat_beyond_those_declared_while_play_runs);
    tcase_add_test(tc, teams_and_parties_ask_and_excon_as_itself_does_not);
    tcase_add_test(tc, an_observation_is_of_things_there_are_and_of_what_has_happened);
    tcase_add_test(tc, a_level_set_by_hand_has_the_input_as_its_cause);
    tcase_add_test(tc, nothing_is_done_to_the_world_while_people_may_be_in_danger);
    tcase_add_test(tc, each_of_the_five_acts_can_be_done_by_hand);
    tcase_add_test(tc, what_cannot_be_done_to_the_world_is_refused_in_words);
    tcase_add_test(tc, a_condition_on_a_level_reacts_to_a_hand_at_once);
}

TOC_CHECK_MAIN("acts", add_tests)
