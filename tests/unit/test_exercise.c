// SPDX-License-Identifier: MIT
// The exercise core, driven by hand: time is a number, and every event must stand at its own.

#include "check_main.h"
#include "plan_fixture.h"

#include <string.h>

#include "base/mem.h"
#include "record/feed.h"

#define M 60000

static toc_drive d;

static void set_up(void)
{
    toc_drive_begin(&d);
}

static void tear_down(void)
{
    toc_drive_end(&d);
}

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

static void start(void)
{
    PUT(0, "excon-1", "start", NULL);
}

static int64_t sent_at(const char *inject)
{
    const toc_event *ev = toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, inject);
    return ev ? ev->t : -1;
}

START_TEST(injects_go_out_at_their_own_time_however_late_the_driver_comes)
{
    start();
    toc_drive_to(&d, 59 * M);
    ck_assert_int_eq(sent_at("INJ-01"), 5 * M);
    ck_assert_int_eq(sent_at("INJ-03"), 20 * M);
    ck_assert_int_eq(sent_at("INJ-05"), 30 * M);
    ck_assert_int_eq(sent_at("INJ-02"), -1);
    ck_assert_int_eq(sent_at("INJ-04"), -1);
}
END_TEST

START_TEST(a_late_driver_and_a_punctual_one_see_the_same_events)
{
    start();
    toc_drive_to(&d, 60 * M);
    toc_buf late = {0}, punctual = {0};
    for (size_t i = 0; i < d.log.count; i++)
        toc_event_body(&late, &d.log.at[i]);
    tear_down();
    set_up();
    start();
    for (int64_t t = 0; t <= 60 * M; t += 500)
        toc_drive_to(&d, t);
    for (size_t i = 0; i < d.log.count; i++)
        toc_event_body(&punctual, &d.log.at[i]);
    ck_assert_str_eq(late.data, punctual.data);
    toc_buf_fini(&late);
    toc_buf_fini(&punctual);
}
END_TEST

START_TEST(an_inject_with_manual_release_waits_for_excon)
{
    start();
    toc_drive_to(&d, 12 * M);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_HELD, TOC_F_INJECT, "INJ-02")->t, 10 * M);
    PUT(13 * M, "excon-1", "release", "inject", "INJ-02", NULL);
    ck_assert_int_eq(sent_at("INJ-02"), 13 * M);
    REFUSED("sent already", 14 * M, "excon-1", "release", "inject", "INJ-02", NULL);
}
END_TEST

START_TEST(an_inject_held_before_its_time_and_released_before_it_goes_at_its_time)
{
    start();
    PUT(1 * M, "excon-1", "hold", "inject", "INJ-01", NULL);
    PUT(2 * M, "excon-1", "release", "inject", "INJ-01", NULL);
    toc_drive_to(&d, 6 * M);
    ck_assert_int_eq(sent_at("INJ-01"), 5 * M);
}
END_TEST

START_TEST(an_inject_held_past_its_time_goes_when_released)
{
    start();
    PUT(1 * M, "excon-1", "hold", "inject", "INJ-01", NULL);
    toc_drive_to(&d, 7 * M);
    ck_assert_int_eq(sent_at("INJ-01"), -1);
    PUT(8 * M, "excon-1", "release", "inject", "INJ-01", NULL);
    ck_assert_int_eq(sent_at("INJ-01"), 8 * M);
    toc_drive_to(&d, 25 * M);
    ck_assert_int_eq(sent_at("INJ-03"),
                     23 * M); // 15 minutes after it was sent, not after it was due
}
END_TEST

START_TEST(releasing_what_is_not_due_sends_nothing)
{
    PUT(0, "excon-1", "hold", "inject", "INJ-01", NULL);
    PUT(0, "excon-1", "release", "inject", "INJ-01", NULL);
    PUT(0, "excon-1", "hold", "inject", "INJ-03", NULL); // 15 minutes after INJ-01
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_INJECT), 0);
    start();
    PUT(1 * M, "excon-1", "release", "inject", "INJ-03", NULL);
    PUT(1 * M, "excon-1", "hold", "inject", "INJ-04",
        NULL); // nothing but a storyline or EXCON sends it
    PUT(1 * M, "excon-1", "release", "inject", "INJ-04", NULL);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_INJECT), 0);
    toc_drive_to(&d, 30 * M);
    ck_assert_int_eq(sent_at("INJ-01"), 5 * M);
    ck_assert_int_eq(sent_at("INJ-03"), 20 * M);
    ck_assert_int_eq(sent_at("INJ-04"), -1);
}
END_TEST

START_TEST(a_skipped_inject_is_never_sent_and_keeps_its_reason)
{
    start();
    PUT(1 * M, "excon-1", "skip", "inject", "INJ-01", "reason", "the team is too busy", NULL);
    toc_drive_to(&d, 50 * M);
    ck_assert_int_eq(sent_at("INJ-01"), -1);
    ck_assert_int_eq(sent_at("INJ-03"), -1);
    ck_assert_str_eq(toc_exercise_inject(d.x, 0).reason, "the team is too busy");
    REFUSED("skipped already", 51 * M, "excon-1", "fire", "inject", "INJ-01", NULL);
    REFUSED("needs \"reason\"", 51 * M, "excon-1", "skip", "inject", "INJ-04", NULL);
}
END_TEST

START_TEST(the_first_accepted_answer_settles_and_the_second_is_told_who_was_first)
{
    start();
    PUT(7 * M, "alpha-2", "decide", "decision", "D-01", "option", "isolate", "reason", "it burns",
        NULL);
    const toc_event *ev = toc_drive_last(&d, TOC_K_DECIDED, TOC_F_DECISION, "D-01");
    ck_assert_str_eq(toc_event_str(ev, TOC_F_BY), "alpha-2");
    ck_assert_int_eq(ev->cause, ev->seq - 1);
    REFUSED("isolate, by alpha-2", 8 * M, "alpha-1", "decide", "decision", "D-01", "option", "wait",
            NULL);
    toc_drive_to(&d, 17 * M);
    ck_assert_ptr_null(toc_drive_last(&d, TOC_K_OVERDUE, TOC_F_DECISION, "D-01"));
}
END_TEST

START_TEST(a_decision_is_refused_to_another_team_and_before_it_is_asked_in_the_same_words)
{
    start();
    REFUSED("there is no decision D-01 for you", 1 * M, "alpha-1", "decide", "decision", "D-01",
            "option", "wait", NULL);
    REFUSED("there is no decision D-01 for you", 7 * M, "bravo-1", "decide", "decision", "D-01",
            "option", "wait", NULL);
    REFUSED("there is no decision D-77 for you", 7 * M, "alpha-1", "decide", "decision", "D-77",
            "option", "wait", NULL);
    REFUSED("no option \"explode\"", 7 * M, "alpha-1", "decide", "decision", "D-01", "option",
            "explode", NULL);
}
END_TEST

START_TEST(an_overdue_decision_takes_its_default_at_its_deadline_and_a_late_answer_is_evidence)
{
    start();
    toc_drive_to(&d, 16 * M - 1);
    ck_assert_ptr_null(toc_drive_last(&d, TOC_K_OVERDUE, TOC_F_DECISION, "D-01"));
    toc_drive_to(&d, 16 * M);
    const toc_event *ev = toc_drive_last(&d, TOC_K_OVERDUE, TOC_F_DECISION, "D-01");
    ck_assert_int_eq(ev->t, 16 * M);
    ck_assert_str_eq(toc_event_str(ev, TOC_F_OPTION), "wait");
    PUT(16 * M, "alpha-1", "decide", "decision", "D-01", "option", "isolate", NULL);
    ck_assert_ptr_null(toc_drive_last(&d, TOC_K_DECIDED, TOC_F_DECISION, "D-01"));
    ev = toc_drive_last(&d, TOC_K_REFUSED_LATE, TOC_F_DECISION, "D-01");
    ck_assert_msg(strstr(toc_event_str(ev, TOC_F_REASON), "T+0:16:00"), "%s",
                  toc_event_str(ev, TOC_F_REASON));
}
END_TEST

START_TEST(an_answer_one_ms_before_the_deadline_counts)
{
    start();
    PUT(16 * M - 1, "alpha-1", "decide", "decision", "D-01", "option", "isolate", NULL);
    ck_assert_ptr_nonnull(toc_drive_last(&d, TOC_K_DECIDED, TOC_F_DECISION, "D-01"));
}
END_TEST

START_TEST(a_free_text_decision_takes_any_words_but_none)
{
    start();
    REFUSED("empty", 7 * M, "bravo-1", "decide", "decision", "D-02", "text", "  ", NULL);
    REFUSED("own words", 7 * M, "bravo-1", "decide", "decision", "D-02", "option", "x", NULL);
    PUT(7 * M, "bravo-1", "decide", "decision", "D-02", "text", "We call the mayor.", NULL);
    const toc_event *ev = toc_drive_last(&d, TOC_K_DECIDED, TOC_F_DECISION, "D-02");
    ck_assert_str_eq(toc_event_str(ev, TOC_F_TEXT), "We call the mayor.");
}
END_TEST

START_TEST(an_answer_of_its_own_waits_for_a_ruling_even_past_the_deadline)
{
    start();
    PUT(15 * M, "alpha-1", "decide", "decision", "D-01", "option", "other", "text", "Half of it",
        NULL);
    ck_assert_ptr_nonnull(toc_drive_last(&d, TOC_K_PROPOSED, TOC_F_DECISION, "D-01"));
    toc_drive_to(&d, 18 * M);
    ck_assert_ptr_null(toc_drive_last(&d, TOC_K_OVERDUE, TOC_F_DECISION, "D-01"));
    REFUSED("rule accept", 18 * M, "excon-1", "rule", "decision", "D-01", "ruling", "maybe", NULL);
    PUT(18 * M, "excon-1", "rule", "decision", "D-01", "ruling", "isolate", NULL);
    const toc_event *ev = toc_drive_last(&d, TOC_K_DECIDED, TOC_F_DECISION, "D-01");
    ck_assert_str_eq(toc_event_str(ev, TOC_F_OPTION), "isolate");
    ck_assert_str_eq(toc_event_str(ev, TOC_F_TEXT), "Half of it");
    ck_assert_str_eq(toc_event_str(ev, TOC_F_BY), "alpha-1");
}
END_TEST

START_TEST(a_rejected_answer_reopens_the_decision_or_lets_it_lapse_when_its_time_has_passed)
{
    start();
    PUT(7 * M, "alpha-1", "decide", "decision", "D-01", "option", "other", "text", "Half", NULL);
    PUT(8 * M, "excon-1", "rule", "decision", "D-01", "ruling", "reject", "reason", "not possible",
        NULL);
    PUT(9 * M, "alpha-1", "decide", "decision", "D-01", "option", "other", "text", "A third", NULL);
    PUT(17 * M, "excon-1", "rule", "decision", "D-01", "ruling", "reject", NULL);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_OVERDUE, TOC_F_DECISION, "D-01")->t, 17 * M);
}
END_TEST

START_TEST(an_own_answer_after_the_deadline_is_evidence_even_while_another_waits_for_a_ruling)
{
    start();
    PUT(15 * M, "alpha-1", "decide", "decision", "D-01", "option", "other", "text", "Half of it",
        NULL);
    REFUSED("waits for EXCON's ruling", 15 * M, "alpha-2", "decide", "decision", "D-01", "option",
            "other", "text", "All", NULL);
    PUT(17 * M, "alpha-2", "decide", "decision", "D-01", "option", "other", "text", "All of it",
        NULL);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_REFUSED_LATE), 1);
    PUT(18 * M, "excon-1", "end", NULL);
    PUT(18 * M, "excon-1", "rule", "decision", "D-01", "ruling", "accept",
        NULL); // still possible after ENDEX
    ck_assert_str_eq(
        toc_event_str(toc_drive_last(&d, TOC_K_DECIDED, TOC_F_DECISION, "D-01"), TOC_F_TEXT),
        "Half of it");
}
END_TEST

START_TEST(after_endex_every_answer_is_late_evidence_to_a_settled_question_too)
{
    start();
    PUT(7 * M, "alpha-1", "decide", "decision", "D-01", "option", "wait", NULL);
    PUT(8 * M, "excon-1", "end", NULL);
    PUT(8 * M, "alpha-2", "decide", "decision", "D-01", "option", "isolate", NULL);
    ck_assert_str_eq(
        toc_event_str(toc_drive_last(&d, TOC_K_REFUSED_LATE, TOC_F_DECISION, "D-01"), TOC_F_BY),
        "alpha-2");
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_DECIDED), 1);
}
END_TEST

START_TEST(during_a_pause_nothing_is_due_and_after_it_nothing_is_late)
{
    start();
    PUT(4 * M, "excon-1", "pause", NULL);
    // However long the pause, t stands still: the driver has nothing later to say than 4 min.
    PUT(4 * M, "excon-1", "fire", "inject", "INJ-04", NULL);
    PUT(4 * M, "alpha-1", "say", "to", "bravo", "text", "still there?", NULL);
    PUT(4 * M, "excon-1", "resume", NULL);
    toc_drive_to(&d, 60 * M);
    ck_assert_int_eq(sent_at("INJ-04"), 4 * M);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_MESSAGE, TOC_F_FROM, "alpha")->t, 4 * M);
    ck_assert_int_eq(sent_at("INJ-01"), 5 * M);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_ASK, TOC_F_DECISION, "D-01")->t, 6 * M);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_OVERDUE, TOC_F_DECISION, "D-01")->t, 16 * M);
}
END_TEST

START_TEST(an_inject_fired_in_a_pause_brings_what_follows_it_at_the_exact_distance)
{
    start();
    PUT(2 * M, "excon-1", "pause", NULL);
    PUT(2 * M, "excon-1", "fire", "inject", "INJ-01", NULL);
    PUT(2 * M, "excon-1", "resume", NULL);
    toc_drive_to(&d, 30 * M);
    ck_assert_int_eq(sent_at("INJ-01"), 2 * M);
    ck_assert_int_eq(sent_at("INJ-03"), 17 * M);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_INJECT),
                      3); // INJ-01 once, though it was due at 5 min too
}
END_TEST

START_TEST(a_jump_brings_everything_on_its_way_in_order_at_its_own_time)
{
    start();
    PUT(1 * M, "excon-1", "pause", NULL);
    PUT(1 * M, "excon-1", "jump", "until", "1260000", NULL); // 21 min
    ck_assert_int_eq(toc_exercise_now(d.x), 21 * M);
    ck_assert_int_eq(sent_at("INJ-01"), 5 * M);
    ck_assert_int_eq(sent_at("INJ-03"), 20 * M);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_OVERDUE, TOC_F_DECISION, "D-01")->t, 16 * M);
    int64_t t = 0;
    for (size_t i = 0; i < d.log.count; i++) {
        ck_assert_int_ge(d.log.at[i].t, t);
        ck_assert_int_eq(d.log.at[i].seq, (int64_t)i + 1);
        t = d.log.at[i].t;
    }
    REFUSED("forward only", 21 * M, "excon-1", "jump", "until", "60000", NULL);
    REFUSED("beyond", 21 * M, "excon-1", "jump", "until", "99999999", NULL);
}
END_TEST

START_TEST(a_new_pace_moves_what_waits_for_the_story_and_nothing_else)
{
    start();
    toc_drive_to(&d, 20 * M); // D-03 asked at 20 min, within 30 story minutes: due at 50 min
    PUT(20 * M, "excon-1", "pace", "pace", "3000", NULL);
    const toc_event *ev = toc_drive_last(&d, TOC_K_DEADLINE, TOC_F_DECISION, "D-03");
    ck_assert_int_eq(toc_event_int(ev, TOC_F_DEADLINE), 30 * M);
    toc_drive_to(&d, 60 * M);
    // The story stands at 08:20; 08:30 is ten story minutes on, 3 min 20 s of play at pace 3.
    ck_assert_int_eq(sent_at("INJ-05"), 20 * M + 200000);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_OVERDUE, TOC_F_DECISION, "D-03")->t, 30 * M);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_ENDEX, TOC_F_REASON, NULL)->t, 60 * M);
}
END_TEST

START_TEST(a_team_writes_to_its_contacts_to_excon_and_to_whoever_wrote_to_it)
{
    start();
    PUT(1 * M, "alpha-1", "say", "to", "bravo,excon,press", "text", "hello", NULL);
    const toc_event *ev = toc_drive_last(&d, TOC_K_MESSAGE, TOC_F_FROM, "alpha");
    int64_t seq = ev->seq;
    REFUSED("not one of your contacts: excon", 2 * M, "bravo-1", "say", "to", "alpha", "text", "hi",
            NULL);
    char *re = toc_sprintf("%lld", (long long)seq);
    PUT(2 * M, "bravo-1", "say", "to", "alpha", "re", re, "text", "hi", NULL);
    REFUSED("no such item", 2 * M, "bravo-1", "say", "to", "alpha", "re", "1", "text", "hi", NULL);
    REFUSED("only EXCON", 2 * M, "alpha-1", "say", "as", "press", "to", "bravo", "text", "hi",
            NULL);
    REFUSED("not for the role evaluator", 2 * M, "evaluator-1", "say", "to", "bravo", "text", "hi",
            NULL);
    PUT(3 * M, "excon-1", "say", "as", "press", "to", "all", "text", "A question for you all",
        NULL);
    ck_assert_uint_eq(
        toc_event_value(toc_drive_last(&d, TOC_K_MESSAGE, TOC_F_FROM, "press"), TOC_F_TO)->count,
        2);
    free(re);
}
END_TEST

START_TEST(a_forward_of_a_forward_keeps_the_identity_of_the_first)
{
    start();
    toc_drive_to(&d, 5 * M);
    int64_t origin = toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-01")->seq;
    char *item = toc_sprintf("%lld", (long long)origin);
    REFUSED("no such item", 6 * M, "bravo-1", "forward", "item", item, "to", "excon", NULL);
    PUT(6 * M, "alpha-1", "forward", "item", item, "to", "bravo", "text", "for you", NULL);
    const toc_event *ev = toc_drive_last(&d, TOC_K_MESSAGE, TOC_F_FROM, "alpha");
    ck_assert_int_eq(toc_event_int(ev, TOC_F_ORIGIN), origin);
    ck_assert_str_eq(toc_event_str(ev, TOC_F_QUOTE), "Text of INJ-01.");
    ck_assert_str_eq(toc_event_str(ev, TOC_F_QUOTE_FROM), "Radio Nord");
    free(item);
    item = toc_sprintf("%lld", (long long)ev->seq);
    PUT(7 * M, "bravo-1", "forward", "item", item, "to", "excon", NULL);
    ev = toc_drive_last(&d, TOC_K_MESSAGE, TOC_F_FROM, "bravo");
    ck_assert_int_eq(toc_event_int(ev, TOC_F_ORIGIN), origin);
    ck_assert_str_eq(toc_event_str(ev, TOC_F_QUOTE), "Text of INJ-01.");
    free(item);
}
END_TEST

START_TEST(endex_ends_play_only)
{
    start();
    toc_drive_to(&d, 60 * M);
    ck_assert_int_eq(toc_exercise_clock(d.x).state, TOC_PLAY_ENDED);
    int64_t due;
    ck_assert(!toc_exercise_next_due(d.x, &due));
    PUT(60 * M, "evaluator-1", "rate", "objective", "OBJ-1", "team", "alpha", "rating", "S", "text",
        "slow", NULL);
    PUT(60 * M, "evaluator-1", "observe", "text", "good log", NULL);
    REFUSED("play has ended", 60 * M, "alpha-1", "say", "to", "bravo", "text", "late", NULL);
    REFUSED("P, S, M or U", 60 * M, "evaluator-1", "rate", "objective", "OBJ-1", "rating", "X",
            NULL);
    PUT(60 * M, "excon-1", "close", NULL);
    REFUSED("closed", 60 * M, "evaluator-1", "observe", "text", "more", NULL);
}
END_TEST

START_TEST(a_decision_left_open_at_endex_is_answered_too_late)
{
    start();
    PUT(8 * M, "excon-1", "end", "reason", "fire alarm", NULL);
    ck_assert_str_eq(
        toc_event_str(toc_drive_last(&d, TOC_K_ENDEX, TOC_F_REASON, NULL), TOC_F_REASON),
        "fire alarm");
    PUT(8 * M, "alpha-1", "decide", "decision", "D-01", "option", "isolate", NULL);
    ck_assert_ptr_nonnull(toc_drive_last(&d, TOC_K_REFUSED_LATE, TOC_F_DECISION, "D-01"));
    ck_assert_ptr_null(toc_drive_last(&d, TOC_K_DECIDED, TOC_F_DECISION, "D-01"));
}
END_TEST

START_TEST(anyone_can_call_a_real_emergency_and_only_excon_clears_it)
{
    start();
    PUT(3 * M, "bravo-1", "emergency", "text", "smoke in the corridor", NULL);
    ck_assert_int_eq(toc_exercise_clock(d.x).state, TOC_PLAY_PAUSED);
    ck_assert(toc_exercise_clock(d.x).emergency);
    REFUSED("emergency", 3 * M, "excon-1", "jump", "until", "240000", NULL);
    REFUSED("emergency", 3 * M, "excon-1", "fire", "inject", "INJ-04", NULL);
    REFUSED("not for the role participant", 3 * M, "bravo-1", "resume", NULL);
    PUT(3 * M, "excon-1", "resume", NULL);
    ck_assert(!toc_exercise_clock(d.x).emergency);
    toc_drive_to(&d, 6 * M);
    ck_assert_int_eq(sent_at("INJ-01"), 5 * M);
}
END_TEST

START_TEST(an_emergency_in_the_lobby_keeps_the_exercise_from_starting)
{
    PUT(0, "alpha-1", "emergency", NULL);
    REFUSED("emergency", 0, "excon-1", "start", NULL);
    PUT(0, "excon-1", "resume", NULL);
    start();
}
END_TEST

START_TEST(the_first_seat_of_a_team_that_opens_an_inject_makes_it_read)
{
    start();
    toc_drive_to(&d, 5 * M);
    char *item = toc_sprintf(
        "%lld", (long long)toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-01")->seq);
    REFUSED("no such item", 6 * M, "bravo-1", "read", "item", item, NULL);
    PUT(6 * M, "alpha-2", "read", "item", item, NULL);
    PUT(6 * M, "alpha-1", "ack", "item", item, NULL);
    ck_assert_uint_eq(toc_exercise_inject(d.x, 0).readers, 1);
    ck_assert_uint_eq(toc_exercise_inject(d.x, 0).acks, 1);
    free(item);
}
END_TEST

START_TEST(seats_are_opened_and_revoked_in_play)
{
    start();
    REFUSED("no open seat", 1 * M, "bravo-2", "say", "to", "excon", "text", "hi", NULL);
    PUT(1 * M, "excon-1", "open-seat", "seat", "bravo-2", NULL);
    PUT(1 * M, "bravo-2", "say", "to", "excon", "text", "hi", NULL);
    REFUSED("open already", 1 * M, "excon-1", "open-seat", "seat", "bravo-2", NULL);
    PUT(2 * M, "excon-1", "revoke", "seat", "bravo-2", "reason", "left", NULL);
    REFUSED("no open seat", 2 * M, "bravo-2", "say", "to", "excon", "text", "hi", NULL);
    REFUSED("is no seat", 2 * M, "excon-1", "open-seat", "seat", "charlie-1", NULL);
    REFUSED("revoke itself", 2 * M, "excon-1", "revoke", "seat", "excon-1", NULL);
}
END_TEST

START_TEST(hostile_text_is_refused_before_anything_changes)
{
    start();
    REFUSED("control characters", 1 * M, "alpha-1", "say", "to", "bravo", "text", "a\033[2Jb",
            NULL);
    char *big = toc_alloc(20000);
    memset(big, 'x', 19999);
    REFUSED("longer than", 1 * M, "alpha-1", "say", "to", "bravo", "text", big, NULL);
    free(big);
    REFUSED("named twice", 1 * M, "alpha-1", "say", "to", "bravo,bravo", "text", "x", NULL);
}
END_TEST

START_TEST(a_halt_comes_before_what_is_due_at_its_time)
{
    start();
    toc_drive_to(&d, 4 * M);
    toc_event halt;
    toc_event_init(&halt, TOC_K_HALT, 5 * M); // INJ-01 is due then
    toc_event_set_str(&halt, TOC_F_BY, "engine");
    toc_event_set_str(&halt, TOC_F_WALL, "2026-11-21T18:00:00.000Z");
    halt.seq = d.next_seq++;
    TOC_OK_OR_FAIL(toc_exercise_apply(d.x, &halt, &d.log, &e), e);
    d.next_seq += 1; // its error
    toc_event_fini(&halt);
    toc_drive_to(&d, 5 * M);
    ck_assert_int_eq(sent_at("INJ-01"), 5 * M);
}
END_TEST

START_TEST(the_story_runs_at_its_pace_from_startex)
{
    start();
    PUT(10 * M, "excon-1", "pace", "pace", "2500", NULL);
    toc_buf b = {0};
    toc_story_text(&b, toc_exercise_story(d.x, 14 * M));
    ck_assert_str_eq(b.data, "2022-02-24 08:20Z");
    toc_buf_fini(&b);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, injects_go_out_at_their_own_time_however_late_the_driver_comes);
    tcase_add_test(tc, a_late_driver_and_a_punctual_one_see_the_same_events);
    tcase_add_test(tc, an_inject_with_manual_release_waits_for_excon);
    tcase_add_test(tc, an_inject_held_before_its_time_and_released_before_it_goes_at_its_time);
    tcase_add_test(tc, an_inject_held_past_its_time_goes_when_released);
    tcase_add_test(tc, releasing_what_is_not_due_sends_nothing);
    tcase_add_test(tc, a_skipped_inject_is_never_sent_and_keeps_its_reason);
    tcase_add_test(tc, the_first_accepted_answer_settles_and_the_second_is_told_who_was_first);
    tcase_add_test(tc,
                   a_decision_is_refused_to_another_team_and_before_it_is_asked_in_the_same_words);
    tcase_add_test(
        tc, an_overdue_decision_takes_its_default_at_its_deadline_and_a_late_answer_is_evidence);
    tcase_add_test(tc, an_answer_one_ms_before_the_deadline_counts);
    tcase_add_test(tc, a_free_text_decision_takes_any_words_but_none);
    tcase_add_test(tc, an_answer_of_its_own_waits_for_a_ruling_even_past_the_deadline);
    tcase_add_test(
        tc, a_rejected_answer_reopens_the_decision_or_lets_it_lapse_when_its_time_has_passed);
    tcase_add_test(tc, after_endex_every_answer_is_late_evidence_to_a_settled_question_too);
    tcase_add_test(
        tc, an_own_answer_after_the_deadline_is_evidence_even_while_another_waits_for_a_ruling);
    tcase_add_test(tc, during_a_pause_nothing_is_due_and_after_it_nothing_is_late);
    tcase_add_test(tc, an_inject_fired_in_a_pause_brings_what_follows_it_at_the_exact_distance);
    tcase_add_test(tc, a_jump_brings_everything_on_its_way_in_order_at_its_own_time);
    tcase_add_test(tc, a_new_pace_moves_what_waits_for_the_story_and_nothing_else);
    tcase_add_test(tc, a_team_writes_to_its_contacts_to_excon_and_to_whoever_wrote_to_it);
    tcase_add_test(tc, a_forward_of_a_forward_keeps_the_identity_of_the_first);
    tcase_add_test(tc, endex_ends_play_only);
    tcase_add_test(tc, a_decision_left_open_at_endex_is_answered_too_late);
    tcase_add_test(tc, anyone_can_call_a_real_emergency_and_only_excon_clears_it);
    tcase_add_test(tc, an_emergency_in_the_lobby_keeps_the_exercise_from_starting);
    tcase_add_test(tc, the_first_seat_of_a_team_that_opens_an_inject_makes_it_read);
    tcase_add_test(tc, seats_are_opened_and_revoked_in_play);
    tcase_add_test(tc, hostile_text_is_refused_before_anything_changes);
    tcase_add_test(tc, a_halt_comes_before_what_is_due_at_its_time);
    tcase_add_test(tc, the_story_runs_at_its_pace_from_startex);
}

TOC_CHECK_MAIN("exercise", add_tests)
