// SPDX-License-Identifier: MIT
// What players should do by a time: its clocks, what meets it, what follows from its absence.

#include "story_room.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const toc_at at_40 = {.kind = TOC_AT_PLAY, .ms = 40 * M};

static const char *str(const toc_event *ev, toc_field f)
{
    const char *text = ev ? toc_event_str(ev, f) : NULL;
    return text ? text : "";
}

// The newest event of an expectation.
static const toc_event *last_of(const char *id)
{
    const toc_event *ev = toc_drive_last(&d, TOC_K_EXPECTATION, TOC_F_EXPECTATION, id);
    ck_assert_ptr_nonnull(ev);
    return ev;
}

#define CHECK_STATE(id, state, t_ms)                                                               \
    do {                                                                                           \
        ck_assert_str_eq(str(last_of(id), TOC_F_STATE), state);                                    \
        ck_assert_int_eq(last_of(id)->t, t_ms);                                                    \
    } while (0)

static bool is_ready[4];

static toc_err met(toc_exercise *x, size_t expectation, bool *is_met, toc_error *err)
{
    (void)x;
    (void)err;
    *is_met = is_ready[expectation];
    return TOC_OK;
}

static toc_err broken(toc_exercise *x, size_t expectation, bool *is_met, toc_error *err)
{
    (void)x;
    (void)is_met;
    if (expectation == 0)
        return toc_fail(err, TOC_ESCENARIO, "scenario.lua:7: no such thing");
    *is_met = true;
    return TOC_OK;
}

START_TEST(it_opens_at_startex_with_its_deadline_in_play_and_in_the_story)
{
    toc_plan_add_expectation(&d.plan, "EXP-01", at_40);
    toc_plan_add_expectation(&d.plan, "EXP-02",
                             (toc_at){.kind = TOC_AT_STORY, .ms = d.plan.startex.ms + 2 * H});
    toc_plan_add_expectation(&d.plan, "EXP-03", (toc_at){.kind = TOC_AT_AFTER, .inject = 3});
    start();
    CHECK_STATE("EXP-01", "open", 0);
    ck_assert_int_eq(toc_event_int(last_of("EXP-01"), TOC_F_DEADLINE), 40 * M);
    ck_assert_str_eq(str(last_of("EXP-01"), TOC_F_STORY), "2022-02-24 08:40Z");
    ck_assert_str_eq(str(last_of("EXP-02"), TOC_F_STORY), "2022-02-24 10:00Z");
    ck_assert_int_eq(toc_exercise_expectation(d.x, 2).deadline, -1);
    ck_assert_str_eq(toc_exercise_expectation(d.x, 2).state_name, "planned");
    PUT(1 * H, "excon-1", "pace", "pace", "2000", NULL);
    ck_assert_int_eq(toc_event_int(last_of("EXP-02"), TOC_F_DEADLINE), 90 * M);
    toc_drive_to(&d, 3 * H);
    CHECK_STATE("EXP-01", "overdue", 40 * M);
    CHECK_STATE("EXP-02", "overdue", 90 * M);
}
END_TEST

START_TEST(a_condition_meets_it_and_after_the_deadline_it_is_late)
{
    toc_plan_add_expectation(&d.plan, "EXP-01", at_40)->has_condition = true;
    toc_plan_add_expectation(&d.plan, "EXP-02", at_40)->has_condition = true;
    memset(is_ready, 0, sizeof is_ready);
    fake.met = met;
    start();
    is_ready[0] = true;
    PUT(10 * M, "alpha-1", "say", "to", "bravo", "text", "done", NULL);
    CHECK_STATE("EXP-01", "met", 10 * M);
    ck_assert_str_eq(str(last_of("EXP-01"), TOC_F_BY), "condition");
    ck_assert_int_eq(last_of("EXP-01")->cause, last_of("EXP-01")->seq - 1); // the message
    toc_drive_to(&d, 50 * M);
    CHECK_STATE("EXP-02", "overdue", 40 * M);
    is_ready[1] = true;
    PUT(60 * M, "alpha-1", "say", "to", "bravo", "text", "now", NULL);
    CHECK_STATE("EXP-02", "late", 60 * M);
    CHECK_STATE("EXP-01", "met", 10 * M);
}
END_TEST

START_TEST(a_condition_that_fails_is_told_once_and_the_others_go_on)
{
    toc_plan_add_expectation(&d.plan, "EXP-01", at_40)->has_condition = true;
    toc_plan_add_expectation(&d.plan, "EXP-02", at_40)->has_condition = true;
    fake.met = broken;
    start();
    PUT(10 * M, "alpha-1", "say", "to", "bravo", "text", "done", NULL);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_ERROR), 1);
    const char *text = str(toc_drive_last(&d, TOC_K_ERROR, TOC_F_TEXT, NULL), TOC_F_TEXT);
    ck_assert_msg(strstr(text, "EXP-01") && strstr(text, "scenario.lua:7"), "%s", text);
    CHECK_STATE("EXP-02", "met", 0);
    toc_drive_to(&d, 50 * M);
    CHECK_STATE("EXP-01", "overdue", 40 * M);
}
END_TEST

static toc_line_says note_it(toc_exercise *x, int step)
{
    (void)step;
    TOC_OK_OR_FAIL(toc_action_note(x, "seen", &e), e);
    return TOC_LINE_ENDS;
}

START_TEST(scripts_hear_of_what_was_met)
{
    toc_plan_add_expectation(&d.plan, "EXP-01", at_40)->has_condition = true;
    memset(is_ready, 0, sizeof is_ready);
    fake.met = met;
    fake.on_kind = TOC_K_EXPECTATION;
    fake.on = note_it;
    start();
    is_ready[0] = true;
    PUT(10 * M, "alpha-1", "say", "to", "bravo", "text", "done", NULL);
    const toc_event *note = toc_drive_last(&d, TOC_K_NOTE, TOC_F_TEXT, "seen");
    ck_assert_int_eq(note->cause, last_of("EXP-01")->seq);
}
END_TEST

// ---- contingencies ---------------------------------------------------------------------------------

START_TEST(absence_sends_the_contingency_inject_by_itself)
{
    toc_plan_add_expectation(&d.plan, "EXP-01", at_40)->contingency = 3;
    start();
    toc_drive_to(&d, 1 * H);
    const toc_event *ev = toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-04");
    ck_assert_int_eq(ev->t, 40 * M);
    ck_assert_int_eq(ev->cause, last_of("EXP-01")->seq);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_ARMED), 0);
}
END_TEST

static toc_expectation *add_manual(const char *id)
{
    toc_expectation *ex = toc_plan_add_expectation(&d.plan, id, at_40);
    ex->contingency = 3;
    ex->manual = true;
    return ex;
}

START_TEST(absence_arms_the_contingency_inject_that_excon_confirms)
{
    add_manual("EXP-01");
    start();
    toc_drive_to(&d, 1 * H);
    const toc_event *ev = toc_drive_last(&d, TOC_K_ARMED, TOC_F_INJECT, "INJ-04");
    ck_assert_int_eq(ev->t, 40 * M);
    ck_assert_str_eq(str(ev, TOC_F_EXPECTATION), "EXP-01");
    ck_assert_str_eq(str(ev, TOC_F_REASON),
                     "EXP-01 was not observed by T+0:40:00; release sends it");
    ck_assert_int_eq(toc_exercise_inject(d.x, 3).state, TOC_INJECT_HELD);
    PUT(2 * H, "excon-1", "release", "inject", "INJ-04", NULL);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-04")->t, 2 * H);
}
END_TEST

START_TEST(an_armed_inject_is_not_sent_by_another_expectation_and_excon_is_told)
{
    add_manual("EXP-01");
    toc_plan_add_expectation(&d.plan, "EXP-02", (toc_at){.kind = TOC_AT_PLAY, .ms = 50 * M})
        ->contingency = 3;
    start();
    toc_drive_to(&d, 1 * H);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_ARMED), 2);
    ck_assert_ptr_null(toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-04"));
}
END_TEST

START_TEST(an_armed_inject_stays_held_when_it_is_met_late_and_says_so)
{
    add_manual("EXP-01")->product = toc_strdup("warning");
    start();
    PUT(1 * H, "alpha-1", "submit", "product", "warning", "text", "Beware", NULL);
    CHECK_STATE("EXP-01", "late", 1 * H);
    toc_inject_view view = toc_exercise_inject(d.x, 3);
    ck_assert_int_eq(view.state, TOC_INJECT_HELD);
    ck_assert_msg(strstr(view.reason, "late since"), "%s", view.reason);
    ck_assert_ptr_null(toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-04"));
    PUT(2 * H, "excon-1", "release", "inject", "INJ-04", NULL);
    ck_assert_ptr_nonnull(toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-04"));
}
END_TEST

START_TEST(a_contingency_inject_sent_or_skipped_before_stays_that)
{
    add_manual("EXP-01");
    toc_plan_add_expectation(&d.plan, "EXP-02", at_40)->contingency = 0;
    start();
    PUT(10 * M, "excon-1", "fire", "inject", "INJ-04", NULL);
    PUT(10 * M, "excon-1", "skip", "inject", "INJ-01", "reason", "no", NULL);
    toc_drive_to(&d, 1 * H);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_ARMED), 0);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_INJECT), 1);
}
END_TEST

START_TEST(what_is_met_arms_nothing)
{
    add_manual("EXP-01")->product = toc_strdup("warning");
    start();
    PUT(40 * M - 1, "alpha-1", "submit", "product", "warning", "text", "Beware", NULL);
    CHECK_STATE("EXP-01", "met", 40 * M - 1);
    toc_drive_to(&d, 2 * H);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_ARMED), 0);
}
END_TEST

// ---- products --------------------------------------------------------------------------------------

START_TEST(a_product_meets_its_teams_expectations_and_no_other)
{
    toc_plan_add_expectation(&d.plan, "EXP-01", at_40)->product = toc_strdup("warning");
    toc_expectation *other = toc_plan_add_expectation(&d.plan, "EXP-02", at_40);
    other->product = toc_strdup("warning");
    other->team = 1;
    toc_plan_add_expectation(&d.plan, "EXP-03", at_40)->product = toc_strdup("report");
    start();
    REFUSED("your team hands in: warning, report", 5 * M, "alpha-1", "submit", "product", "essay",
            "text", "x", NULL);
    REFUSED("is empty", 5 * M, "alpha-1", "submit", "product", "warning", "text", " ", NULL);
    PUT(6 * M, "alpha-2", "submit", "product", "warning", "text", "Beware", NULL);
    const toc_event *ev = toc_drive_last(&d, TOC_K_HANDED_IN, TOC_F_PRODUCT, "warning");
    ck_assert_str_eq(str(ev, TOC_F_TEAM), "alpha");
    ck_assert_str_eq(str(ev, TOC_F_BY), "alpha-2");
    CHECK_STATE("EXP-01", "met", 6 * M);
    ck_assert_int_eq(last_of("EXP-01")->cause, ev->seq);
    CHECK_STATE("EXP-02", "open", 0);
    CHECK_STATE("EXP-03", "open", 0);
}
END_TEST

START_TEST(a_team_without_products_hands_in_nothing)
{
    toc_plan_add_expectation(&d.plan, "EXP-01", at_40)->product = toc_strdup("warning");
    start();
    REFUSED("nothing is to be handed in by your team", 5 * M, "bravo-1", "submit", "product",
            "warning", "text", "x", NULL);
    REFUSED("not for the role", 5 * M, "excon-1", "submit", "product", "warning", "text", "x",
            NULL);
}
END_TEST

START_TEST(a_product_handed_in_before_the_clock_runs_counts_when_it_does)
{
    toc_expectation *ex = toc_plan_add_expectation(
        &d.plan, "EXP-01", (toc_at){.kind = TOC_AT_AFTER, .inject = 0, .after.ms = 15 * M});
    ex->product = toc_strdup("warning");
    start();
    PUT(5 * M, "alpha-1", "submit", "product", "warning", "text", "Beware", NULL);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_EXPECTATION), 0);
    PUT(20 * M, "excon-1", "fire", "inject", "INJ-01", NULL);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_EXPECTATION), 2); // opened and met
    CHECK_STATE("EXP-01", "met", 20 * M);
    ck_assert_str_eq(str(last_of("EXP-01"), TOC_F_BY), "product");
}
END_TEST

// ---- clocks that start with awareness --------------------------------------------------------------

// NIS2: early warning 24 h and notification 72 h after awareness, final report a month after the
// notification.
static void add_nis2(void)
{
    toc_at aware = {.kind = TOC_AT_AWARE, .inject = 0, .after = {.ms = 24 * H, .is_story = true}};
    toc_plan_add_expectation(&d.plan, "WARN", aware)->product = toc_strdup("early-warning");
    aware.after.ms = 72 * H;
    toc_plan_add_expectation(&d.plan, "NOTE", aware)->product = toc_strdup("notification");
    toc_at final = {.kind = TOC_AT_MET, .expectation = 1, .after = {.months = 1, .is_story = true}};
    toc_plan_add_expectation(&d.plan, "FINAL", final)->product = toc_strdup("final-report");
}

static char *item_of(const char *inject)
{
    const toc_event *ev = toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, inject);
    return toc_sprintf("%lld", (long long)ev->seq);
}

START_TEST(the_reporting_clock_starts_with_awareness_not_with_sending)
{
    add_nis2();
    start();
    PUT(1 * H, "excon-1", "fire", "inject", "INJ-01", NULL);
    toc_drive_to(&d, 5 * H);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_EXPECTATION), 0);
    ck_assert_int_eq(toc_query_aware(d.x, 0, 0), -1);
    char *item = item_of("INJ-01");
    PUT(6 * H, "alpha-2", "read", "item", item, NULL);
    PUT(7 * H, "alpha-1", "read", "item", item, NULL);
    free(item);
    ck_assert_int_eq(toc_query_aware(d.x, 0, 0), 6 * H);
    CHECK_STATE("WARN", "open", 6 * H);
    ck_assert_str_eq(str(last_of("WARN"), TOC_F_STORY), "2022-02-25 14:00Z");
    ck_assert_str_eq(str(last_of("NOTE"), TOC_F_STORY), "2022-02-27 14:00Z");
    PUT(30 * H, "excon-1", "pause", NULL);
    CHECK_STATE("WARN", "overdue", 30 * H);
    PUT(30 * H, "excon-1", "resume", NULL);
    PUT(40 * H, "alpha-1", "submit", "product", "early-warning", "text", "x", NULL);
    CHECK_STATE("WARN", "late", 40 * H);
    PUT(50 * H, "alpha-1", "submit", "product", "notification", "text", "x", NULL);
    CHECK_STATE("NOTE", "met", 50 * H);
    CHECK_STATE("FINAL", "open", 50 * H);
    ck_assert_str_eq(str(last_of("FINAL"), TOC_F_STORY), "2022-03-26 10:00Z");
}
END_TEST

START_TEST(the_last_report_is_due_a_calendar_month_after_the_notification)
{
    add_nis2();
    toc_story_parse("2024-01-30 12:00Z", &d.plan.startex, NULL);
    start();
    PUT(0, "excon-1", "fire", "inject", "INJ-01", NULL);
    PUT(0, "evaluator-1", "aware", "team", "alpha", "inject", "INJ-01", NULL);
    PUT(24 * H, "alpha-1", "submit", "product", "notification", "text", "x", NULL);
    ck_assert_str_eq(str(last_of("FINAL"), TOC_F_STORY), "2024-02-29 12:00Z"); // after 31 January
}
END_TEST

START_TEST(what_follows_an_expectation_that_was_missed_counts_from_its_deadline)
{
    add_nis2();
    start();
    PUT(1 * H, "excon-1", "fire", "inject", "INJ-01", NULL);
    PUT(2 * H, "excon-1", "aware", "team", "alpha", "inject", "INJ-01", NULL);
    toc_drive_to(&d, 74 * H);
    CHECK_STATE("NOTE", "overdue", 74 * H);
    CHECK_STATE("FINAL", "open", 74 * H);
    ck_assert_str_eq(str(last_of("FINAL"), TOC_F_STORY), "2022-03-27 10:00Z");
    PUT(80 * H, "alpha-1", "submit", "product", "notification", "text", "x", NULL);
    CHECK_STATE("NOTE", "late", 80 * H);
    CHECK_STATE("FINAL", "open", 74 * H); // once it counts, it counts
}
END_TEST

START_TEST(a_controller_marks_a_team_aware_once_and_after_it_was_sent)
{
    start();
    REFUSED("was not sent yet", 1 * H, "excon-1", "aware", "team", "alpha", "inject", "INJ-01",
            NULL);
    PUT(1 * H, "excon-1", "fire", "inject", "INJ-01", NULL);
    REFUSED("there is no team", 1 * H, "excon-1", "aware", "team", "gamma", "inject", "INJ-01",
            NULL);
    REFUSED("there is no inject", 1 * H, "excon-1", "aware", "team", "alpha", "inject", "INJ-77",
            NULL);
    REFUSED("not for the role", 1 * H, "alpha-1", "aware", "team", "alpha", "inject", "INJ-01",
            NULL);
    PUT(1 * H, "excon-1", "aware", "team", "bravo", "inject", "INJ-01", NULL);
    REFUSED("aware of INJ-01 already", 2 * H, "evaluator-1", "aware", "team", "bravo", "inject",
            "INJ-01", NULL);
    ck_assert_int_eq(toc_query_aware(d.x, 1, 0), 1 * H);
    ck_assert_int_eq(toc_query_aware(d.x, 0, 0), -1);
}
END_TEST

START_TEST(opening_a_forward_makes_a_team_aware_of_the_first_inject)
{
    start();
    PUT(1 * H, "excon-1", "fire", "inject", "INJ-01", NULL);
    char *item = item_of("INJ-01");
    PUT(2 * H, "alpha-1", "forward", "item", item, "to", "bravo", NULL);
    free(item);
    item =
        toc_sprintf("%lld", (long long)toc_drive_last(&d, TOC_K_MESSAGE, TOC_F_FROM, "alpha")->seq);
    PUT(3 * H, "bravo-1", "ack", "item", item, NULL);
    free(item);
    ck_assert_int_eq(toc_query_aware(d.x, 1, 0), 3 * H);
    ck_assert_int_eq(toc_query_aware(d.x, 0, 0), -1); // forwarded unread
    ck_assert(!toc_query_read(d.x, 1, 0));
}
END_TEST

// ---- marks, scripts, the end -----------------------------------------------------------------------

START_TEST(marks_settle_it_and_correct_each_other)
{
    toc_plan_add_expectation(&d.plan, "EXP-01", at_40);
    toc_plan_add_expectation(&d.plan, "EXP-02",
                             (toc_at){.kind = TOC_AT_MET, .expectation = 0, .after.ms = 10 * M});
    start();
    REFUSED("there is no expectation", 5 * M, "evaluator-1", "mark-action", "expectation", "EXP-77",
            "state", "met", NULL);
    REFUSED("a mark is met, late, not-observed or not-exercised", 5 * M, "evaluator-1",
            "mark-action", "expectation", "EXP-01", "state", "open", NULL);
    REFUSED("not for the role", 5 * M, "alpha-1", "mark-action", "expectation", "EXP-01", "state",
            "met", NULL);
    PUT(10 * M, "evaluator-1", "mark-action", "expectation", "EXP-01", "state", "met", NULL);
    CHECK_STATE("EXP-01", "met", 10 * M);
    ck_assert_str_eq(str(last_of("EXP-01"), TOC_F_BY), "evaluator-1");
    ck_assert_int_eq(toc_event_int(last_of("EXP-02"), TOC_F_DEADLINE), 20 * M);
    PUT(50 * M, "excon-1", "mark-action", "expectation", "EXP-01", "state", "late", "text",
        "it was at T+45", NULL);
    CHECK_STATE("EXP-01", "late", 50 * M);
    PUT(1 * H, "excon-1", "end", NULL);
    CHECK_STATE("EXP-02", "not-observed", 1 * H);
    PUT(1 * H, "evaluator-1", "mark-action", "expectation", "EXP-02", "state", "not-exercised",
        NULL);
    CHECK_STATE("EXP-02", "not-exercised", 1 * H);
}
END_TEST

START_TEST(a_mark_before_its_clock_runs_counts)
{
    toc_plan_add_expectation(&d.plan, "EXP-01",
                             (toc_at){.kind = TOC_AT_AFTER, .inject = 0, .after.ms = 15 * M});
    start();
    PUT(5 * M, "evaluator-1", "mark-action", "expectation", "EXP-01", "state", "met", NULL);
    PUT(6 * M, "excon-1", "fire", "inject", "INJ-01", NULL);
    toc_drive_to(&d, 1 * H);
    CHECK_STATE("EXP-01", "met", 5 * M);
}
END_TEST

START_TEST(a_mark_of_not_observed_does_not_take_away_the_consequence)
{
    add_manual("EXP-01");
    start();
    PUT(5 * M, "evaluator-1", "mark-action", "expectation", "EXP-01", "state", "not-observed",
        NULL);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_ARMED), 0);
    toc_drive_to(&d, 1 * H);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_ARMED, TOC_F_INJECT, "INJ-04")->t, 40 * M);
    CHECK_STATE("EXP-01", "not-observed", 5 * M);
}
END_TEST

static toc_line_says meet_twice(toc_exercise *x, int step)
{
    bool waits = false;
    if (step == 0) {
        TOC_OK_OR_FAIL(toc_action_wait_play(x, 5 * M, &waits, &e), e);
        return TOC_LINE_WAITS;
    }
    TOC_OK_OR_FAIL(toc_action_met(x, 0, &e), e);
    TOC_OK_OR_FAIL(toc_action_met(x, 0, &e), e);
    return TOC_LINE_ENDS;
}

START_TEST(a_script_may_say_that_it_is_met)
{
    toc_plan_add_expectation(&d.plan, "EXP-01", at_40);
    fake.lines[0] = meet_twice;
    start();
    toc_drive_to(&d, 1 * H);
    CHECK_STATE("EXP-01", "met", 5 * M);
    ck_assert_str_eq(str(last_of("EXP-01"), TOC_F_BY), "script");
    const char *note = str(toc_drive_last(&d, TOC_K_NOTE, TOC_F_TEXT, NULL), TOC_F_TEXT);
    ck_assert_str_eq(note, "EXP-01 stays as it is: met");
    ck_assert_str_eq(toc_exercise_expectation(d.x, 0).by, "script");
}
END_TEST

static void check_end(void)
{
    CHECK_STATE("EXP-01", "not-observed", 50 * M);
    CHECK_STATE("EXP-02", "not-exercised", 50 * M);
    CHECK_STATE("EXP-03", "not-exercised", 50 * M);
    CHECK_STATE("EXP-04", "not-observed", 50 * M); // due then
    const toc_event *end = toc_drive_last(&d, TOC_K_ENDEX, TOC_F_REASON, NULL);
    ck_assert_int_eq(last_of("EXP-04")->seq, end->seq - 1);
}

static void add_four(void)
{
    toc_plan_add_expectation(&d.plan, "EXP-01", at_40);
    toc_plan_add_expectation(&d.plan, "EXP-02", (toc_at){.kind = TOC_AT_PLAY, .ms = 1 * H});
    toc_plan_add_expectation(&d.plan, "EXP-03", (toc_at){.kind = TOC_AT_AFTER, .inject = 0});
    toc_plan_add_expectation(&d.plan, "EXP-04", (toc_at){.kind = TOC_AT_PLAY, .ms = 50 * M});
}

START_TEST(at_endex_what_was_due_was_not_observed_and_the_rest_not_exercised)
{
    add_four();
    start();
    PUT(50 * M, "excon-1", "end", NULL);
    check_end();
    tear_down();
    set_up();
    add_four();
    d.plan.length_ms = 50 * M; // the same by the clock
    start();
    toc_drive_to(&d, 50 * M);
    check_end();
}
END_TEST

START_TEST(a_jump_of_the_story_passes_over_a_deadline_without_a_verdict)
{
    toc_expectation *ex = toc_plan_add_expectation(
        &d.plan, "EXP-01", (toc_at){.kind = TOC_AT_STORY, .ms = d.plan.startex.ms + 10 * H});
    ex->contingency = 3;
    ex->has_condition = true;
    toc_plan_add_expectation(&d.plan, "EXP-02",
                             (toc_at){.kind = TOC_AT_STORY, .ms = d.plan.startex.ms + 30 * H});
    toc_at after = {.kind = TOC_AT_MET, .after = {.ms = 40 * H, .is_story = true}};
    toc_plan_add_expectation(&d.plan, "EXP-03", after);
    toc_phase *phase = toc_plan_add_phase(&d.plan, "day-2", 1 * H);
    phase->is_jump = true;
    phase->story_ms = d.plan.startex.ms + 30 * H;
    memset(is_ready, 0, sizeof is_ready);
    fake.met = met;
    start();
    toc_drive_to(&d, 1 * H);
    CHECK_STATE("EXP-01", "crossed", 1 * H);
    ck_assert_str_eq(str(last_of("EXP-01"), TOC_F_STORY), "2022-02-24 18:00Z");
    CHECK_STATE("EXP-02", "crossed", 1 * H);
    CHECK_STATE("EXP-03", "open", 1 * H);
    ck_assert_int_eq(toc_event_int(last_of("EXP-03"), TOC_F_DEADLINE),
                     21 * H); // 50 h after STARTEX
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_INJECT), 0);
    is_ready[0] = true;
    PUT(2 * H, "alpha-1", "say", "to", "bravo", "text", "done", NULL);
    CHECK_STATE("EXP-01", "met", 2 * H); // nobody is late through a jump
    PUT(3 * H, "excon-1", "mark-action", "expectation", "EXP-02", "state", "late", NULL);
    CHECK_STATE("EXP-02", "late", 3 * H);
}
END_TEST

START_TEST(what_is_told_of_expectations_can_be_read_back)
{
    add_nis2();
    add_manual("EXP-01");
    start();
    PUT(1 * H, "excon-1", "fire", "inject", "INJ-01", NULL);
    PUT(2 * H, "excon-1", "aware", "team", "alpha", "inject", "INJ-01", NULL);
    PUT(3 * H, "alpha-1", "submit", "product", "notification", "text", "x", NULL);
    PUT(4 * H, "evaluator-1", "mark-action", "expectation", "FINAL", "state", "late", NULL);
    PUT(5 * H, "excon-1", "end", NULL);
    for (size_t i = 0; i < d.log.count; i++) {
        toc_buf b = {0};
        toc_event back;
        toc_event_body(&b, &d.log.at[i]);
        toc_buf_char(&b, '}');
        TOC_OK_OR_FAIL(toc_event_parse(&back, b.data, b.len, &e), e);
        toc_event_fini(&back);
        toc_buf_fini(&b);
    }
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, it_opens_at_startex_with_its_deadline_in_play_and_in_the_story);
    tcase_add_test(tc, a_condition_meets_it_and_after_the_deadline_it_is_late);
    tcase_add_test(tc, a_condition_that_fails_is_told_once_and_the_others_go_on);
    tcase_add_test(tc, scripts_hear_of_what_was_met);
    tcase_add_test(tc, absence_sends_the_contingency_inject_by_itself);
    tcase_add_test(tc, absence_arms_the_contingency_inject_that_excon_confirms);
    tcase_add_test(tc, an_armed_inject_is_not_sent_by_another_expectation_and_excon_is_told);
    tcase_add_test(tc, an_armed_inject_stays_held_when_it_is_met_late_and_says_so);
    tcase_add_test(tc, a_contingency_inject_sent_or_skipped_before_stays_that);
    tcase_add_test(tc, what_is_met_arms_nothing);
    tcase_add_test(tc, a_product_meets_its_teams_expectations_and_no_other);
    tcase_add_test(tc, a_team_without_products_hands_in_nothing);
    tcase_add_test(tc, a_product_handed_in_before_the_clock_runs_counts_when_it_does);
    tcase_add_test(tc, the_reporting_clock_starts_with_awareness_not_with_sending);
    tcase_add_test(tc, the_last_report_is_due_a_calendar_month_after_the_notification);
    tcase_add_test(tc, what_follows_an_expectation_that_was_missed_counts_from_its_deadline);
    tcase_add_test(tc, a_controller_marks_a_team_aware_once_and_after_it_was_sent);
    tcase_add_test(tc, opening_a_forward_makes_a_team_aware_of_the_first_inject);
    tcase_add_test(tc, marks_settle_it_and_correct_each_other);
    tcase_add_test(tc, a_mark_before_its_clock_runs_counts);
    tcase_add_test(tc, a_mark_of_not_observed_does_not_take_away_the_consequence);
    tcase_add_test(tc, a_script_may_say_that_it_is_met);
    tcase_add_test(tc, at_endex_what_was_due_was_not_observed_and_the_rest_not_exercised);
    tcase_add_test(tc, a_jump_of_the_story_passes_over_a_deadline_without_a_verdict);
    tcase_add_test(tc, what_is_told_of_expectations_can_be_read_back);
}

TOC_CHECK_MAIN("expectations", add_tests)
