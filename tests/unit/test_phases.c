// SPDX-License-Identifier: MIT
// Phases: the story jumps, play stands still, and nobody is late by it.

#include "story_room.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/random.h"

// A phase that begins so long after STARTEX.
static toc_phase *add_jump(const char *id, int64_t at, int64_t story, int64_t pace)
{
    toc_phase *phase = toc_plan_add_phase(&d.plan, id, at);
    phase->is_jump = true;
    phase->story_ms = d.plan.startex.ms + story;
    phase->pace = pace;
    return phase;
}

static const char *str(const toc_event *ev, toc_field f)
{
    const char *text = toc_event_str(ev, f);
    return text ? text : "";
}

static const char *story_now(void)
{
    static char text[64]; // of the newest call
    toc_buf b = {0};
    toc_story_text(&b, toc_exercise_story(d.x, toc_exercise_now(d.x)));
    toc_copy_text(text, sizeof text, b.data);
    toc_buf_fini(&b);
    return text;
}

static toc_line_says break_the_grid(toc_exercise *x, int step)
{
    (void)step;
    TOC_OK_OR_FAIL(toc_action_set(x, TOC_FIX_GRID, 0, &e), e);
    TOC_OK_OR_FAIL(toc_action_start_repair(x, 0, &e), e);
    return TOC_LINE_ENDS;
}

// Every six story hours it says so; after 23 h it refuels.
static toc_line_says keep_watch(toc_exercise *x, int step)
{
    bool waits = false;
    if (step == 8)
        return TOC_LINE_ENDS;
    if (step % 2 == 0) {
        int64_t story = toc_exercise_plan(x)->startex.ms + (step / 2 + 1) * 6 * H;
        TOC_OK_OR_FAIL(toc_action_wait_story(x, story - (step == 6 ? H : 0), &waits, &e), e);
        return waits ? TOC_LINE_WAITS : TOC_LINE_ON;
    }
    TOC_OK_OR_FAIL(toc_action_note(x, "watch", &e), e);
    if (step == 7)
        TOC_OK_OR_FAIL(toc_action_refuel(x, TOC_FIX_VOICE, 0, &e), e);
    return TOC_LINE_ON;
}

// What the world did, with its story minutes.
static char *tale(void)
{
    toc_buf b = {0};
    for (size_t i = 0; i < d.log.count; i++) {
        const toc_event *ev = &d.log.at[i];
        if (ev->kind == TOC_K_LEVEL || ev->kind == TOC_K_REPAIR || ev->kind == TOC_K_MEASURE ||
            ev->kind == TOC_K_DEADLOCK)
            toc_buf_printf(&b, "%s %s%s%s %lld %s\n", toc_kind_name(ev->kind),
                           str(ev, TOC_F_SERVICE), str(ev, TOC_F_WHY), str(ev, TOC_F_STATE),
                           (long long)toc_event_int(ev, TOC_F_LEVEL), str(ev, TOC_F_STORY));
    }
    return toc_buf_take(&b);
}

START_TEST(a_jump_over_30_hours_is_the_same_for_the_world_as_playing_them)
{
    fake.lines[0] = break_the_grid;
    fake.lines[1] = keep_watch;
    start();
    toc_drive_to(&d, 60 * H);
    char *played = tale();
    ck_assert_ptr_nonnull(strstr(played, "2022-02-25 07:00Z")); // the fuel
    tear_down();
    set_up();
    add_jump("day-2", 1 * H, 30 * H + 1, 0);
    fake.lines[0] = break_the_grid;
    fake.lines[1] = keep_watch;
    start();
    toc_drive_to(&d, 1 * H);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_REPAIR, TOC_F_STATE, "done")->t, 1 * H);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_NOTE), 4); // its watches, each in its time
    ck_assert_str_eq(story_now(), "2022-02-25 14:00Z");
    toc_drive_to(&d, 31 * H);
    char *jumped = tale();
    ck_assert_str_eq(jumped, played);
    free(played);
    free(jumped);
}
END_TEST

START_TEST(any_jumps_are_the_same_for_the_world_as_playing_the_time)
{
    toc_random r;
    toc_random_seed(&r, 3, "jumps"); // the same every time
    fake.lines[0] = break_the_grid;
    fake.lines[1] = keep_watch;
    start();
    toc_drive_to(&d, 200 * H);
    char *played = tale();
    for (int round = 0; round < 40; round++) {
        tear_down();
        set_up();
        fake.lines[0] = break_the_grid;
        fake.lines[1] = keep_watch;
        int64_t at = 0, story = 0;
        for (int i = 0; i < 3; i++) {
            char id[] = {'p', (char)('1' + i), '\0'};
            at += (int64_t)toc_random_below(&r, 5 * H);
            story += (int64_t)toc_random_below(&r, 20 * H / M) * M;
            add_jump(id, at, story, (int64_t)toc_random_below(&r, 3) * 1500);
        }
        start();
        toc_drive_to(&d, 200 * H);
        char *jumped = tale();
        ck_assert_msg(strcmp(jumped, played) == 0, "round %d:\n%s", round, jumped);
        free(jumped);
    }
    free(played);
}
END_TEST

START_TEST(the_phase_comes_first_in_the_journal_and_says_when_it_begins)
{
    fake.lines[0] = break_the_grid;
    add_jump("day-2", -1, 30 * H, 4000)->text = toc_strdup("A new day.");
    start();
    PUT(2 * H, "excon-1", "phase", "phase", "day-2", NULL);
    const toc_event *ev = toc_drive_last(&d, TOC_K_PHASE_ENTERED, TOC_F_PHASE, "day-2");
    ck_assert_int_eq(ev->t, 2 * H);
    ck_assert_int_eq(ev->cause, ev->seq - 1);
    ck_assert_str_eq(str(ev, TOC_F_STORY), "2022-02-25 14:00Z");
    ck_assert_str_eq(str(ev, TOC_F_TITLE), "Phase day-2");
    ck_assert_str_eq(str(ev, TOC_F_TEXT), "A new day.");
    ck_assert_int_eq(toc_event_int(ev, TOC_F_PACE), 4000);
    const toc_event *next = ev + 1;
    ck_assert_int_eq(next->kind, TOC_K_LEVEL);
    ck_assert_str_eq(str(next, TOC_F_STORY), "2022-02-25 08:00Z");
    ck_assert_int_eq(next->t, 2 * H);
    ck_assert_uint_eq(toc_exercise_phase(d.x), 0);
    ck_assert_int_eq(toc_exercise_clock(d.x).pace, 4000);
    PUT(3 * H, "evaluator-1", "observe", "text", "look", NULL);
    ck_assert_str_eq(story_now(), "2022-02-25 18:00Z"); // four story hours in one
}
END_TEST

START_TEST(a_phase_is_entered_once_and_refused_when_it_runs_or_is_unknown)
{
    add_jump("day-2", 3 * H, 30 * H, 0);
    toc_plan_add_phase(&d.plan, "day-3", -1);
    start();
    REFUSED("there is no phase day-9", 1 * H, "excon-1", "phase", "phase", "day-9", NULL);
    REFUSED("not for the role", 1 * H, "alpha-1", "phase", "phase", "day-2", NULL);
    PUT(1 * H, "excon-1", "phase", "phase", "day-2", NULL);
    REFUSED("in phase day-2 already", 1 * H, "excon-1", "phase", "phase", "day-2", NULL);
    PUT(2 * H, "excon-1", "phase", "phase", "day-3", NULL);
    toc_drive_to(&d, 4 * H); // the time of day-2 comes, but it was entered before
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_PHASE_ENTERED), 2);
    ck_assert_uint_eq(toc_exercise_phase(d.x), 1);
    PUT(5 * H, "excon-1", "emergency", NULL);
    REFUSED("emergency", 5 * H, "excon-1", "phase", "phase", "day-2", NULL);
}
END_TEST

START_TEST(a_phase_whose_beginning_has_passed_does_not_turn_the_story_back)
{
    add_jump("late", -1, 1 * H, 0);
    start();
    PUT(2 * H, "excon-1", "phase", "phase", "late", NULL);
    const toc_event *ev = toc_drive_last(&d, TOC_K_PHASE_ENTERED, TOC_F_PHASE, "late");
    ck_assert_str_eq(str(ev, TOC_F_STORY), "2022-02-24 10:00Z");
    ck_assert_str_eq(story_now(), "2022-02-24 10:00Z");
}
END_TEST

static char entered_story[64];

static toc_line_says enter_day_2(toc_exercise *x, int step)
{
    bool waits = false;
    if (step == 0) {
        TOC_OK_OR_FAIL(toc_action_set(x, TOC_FIX_GRID, 0, &e), e);
        TOC_OK_OR_FAIL(toc_action_enter_phase(x, 0, &waits, &e), e);
        ck_assert(waits);
        return TOC_LINE_WAITS;
    }
    toc_copy_text(entered_story, sizeof entered_story, story_now());
    ck_assert_int_eq(toc_world_level(toc_query_world(x), TOC_FIX_VOICE), 0);
    TOC_OK_OR_FAIL(toc_action_set(x, TOC_FIX_GRID, TOC_PPM, &e), e);
    return TOC_LINE_ENDS;
}

START_TEST(a_storyline_goes_on_in_the_phase_that_it_enters)
{
    add_jump("day-2", -1, 30 * H, 0);
    fake.lines[0] = enter_day_2;
    start();
    toc_drive_to(&d, 0);
    ck_assert_str_eq(entered_story, "2022-02-25 14:00Z");
    const toc_event *ev = toc_drive_last(&d, TOC_K_LEVEL, TOC_F_SERVICE, "grid");
    ck_assert_str_eq(str(ev, TOC_F_STORY), "2022-02-25 14:00Z");
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_PHASE_ENTERED), 1);
}
END_TEST

static toc_line_says on_phase(toc_exercise *x, int step)
{
    (void)step;
    toc_copy_text(entered_story, sizeof entered_story, story_now());
    TOC_OK_OR_FAIL(toc_action_note(x, "a new phase", &e), e);
    return TOC_LINE_ENDS;
}

START_TEST(scripts_that_wait_for_a_phase_run_when_the_story_has_come_to_it)
{
    fake.lines[0] = break_the_grid;
    fake.on_kind = TOC_K_PHASE_ENTERED;
    fake.on = on_phase;
    add_jump("day-2", 1 * H, 30 * H, 0);
    start();
    toc_drive_to(&d, 1 * H);
    ck_assert_str_eq(entered_story, "2022-02-25 14:00Z");
    const toc_event *note = toc_drive_last(&d, TOC_K_NOTE, TOC_F_TEXT, "a new phase");
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_NOTE), 1);
    ck_assert_int_gt(note->seq, toc_drive_last(&d, TOC_K_DEADLOCK, TOC_F_TEXT, NULL)->seq);
    ck_assert_int_eq(note->cause,
                     toc_drive_last(&d, TOC_K_PHASE_ENTERED, TOC_F_PHASE, "day-2")->seq);
}
END_TEST

// D-01 is asked at T+0:30 within six story hours.
static void ask_for_six_hours(void)
{
    d.plan.decisions[0].at = (toc_at){.kind = TOC_AT_PLAY, .ms = 30 * M};
    d.plan.decisions[0].within = (toc_span){.ms = 6 * H, .is_story = true};
}

START_TEST(a_decision_whose_deadline_is_passed_over_stays_open_for_its_team)
{
    ask_for_six_hours();
    add_jump("day-2", 1 * H, 30 * H, 0);
    start();
    toc_drive_to(&d, 1 * H);
    ck_assert_ptr_nonnull(toc_drive_last(&d, TOC_K_CROSSED, TOC_F_DECISION, "D-01"));
    ck_assert_str_eq(str(toc_drive_last(&d, TOC_K_CROSSED, TOC_F_DECISION, "D-01"), TOC_F_TEAM),
                     "alpha");
    toc_decision_view view = toc_exercise_decision(d.x, 0);
    ck_assert(view.is_crossed);
    ck_assert_int_eq(view.state, TOC_DECISION_OPEN);
    ck_assert_int_eq(view.deadline, -1);
    PUT(20 * H, "excon-1", "pace", "pace", "2000", NULL); // it has no deadline to move
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_DEADLINE), 0);
    PUT(90 * H, "alpha-1", "decide", "decision", "D-01", "option", "isolate", NULL);
    ck_assert_str_eq(str(toc_drive_last(&d, TOC_K_DECIDED, TOC_F_DECISION, "D-01"), TOC_F_BY),
                     "alpha-1");
    ck_assert(!toc_exercise_decision(d.x, 0).is_crossed);
    toc_drive_to(&d, 200 * H);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_OVERDUE), 0);
}
END_TEST

START_TEST(excon_settles_a_decision_that_was_passed_over_or_lets_it_lapse)
{
    ask_for_six_hours();
    d.plan.decisions[2].at = (toc_at){.kind = TOC_AT_PLAY, .ms = 30 * M};
    add_jump("day-2", 1 * H, 30 * H, 0);
    start();
    REFUSED("waits for a ruling", 45 * M, "excon-1", "rule", "decision", "D-01", "ruling", "wait",
            NULL);
    REFUSED("nothing was answered", 2 * H, "excon-1", "rule", "decision", "D-01", "ruling",
            "accept", NULL);
    PUT(2 * H, "excon-1", "rule", "decision", "D-01", "ruling", "isolate", "reason", "they said so",
        NULL);
    const toc_event *ev = toc_drive_last(&d, TOC_K_DECIDED, TOC_F_DECISION, "D-01");
    ck_assert_str_eq(str(ev, TOC_F_BY), "excon");
    ck_assert_str_eq(str(ev, TOC_F_OPTION), "isolate");
    ck_assert_str_eq(str(ev, TOC_F_RULING_REASON), "they said so");
    ck_assert(!toc_exercise_decision(d.x, 2).is_crossed); // D-03 lapsed before, at T+1:00
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_OVERDUE, TOC_F_DECISION, "D-03")->t, 1 * H);
}
END_TEST

START_TEST(a_decision_let_lapse_takes_its_default_and_tells_why_it_is_late)
{
    ask_for_six_hours();
    add_jump("day-2", 1 * H, 30 * H, 0);
    start();
    PUT(2 * H, "excon-1", "rule", "decision", "D-01", "ruling", "reject", NULL);
    ck_assert_str_eq(str(toc_drive_last(&d, TOC_K_OVERDUE, TOC_F_DECISION, "D-01"), TOC_F_OPTION),
                     "wait");
    PUT(3 * H, "alpha-1", "decide", "decision", "D-01", "option", "isolate", NULL);
    const char *why =
        str(toc_drive_last(&d, TOC_K_REFUSED_LATE, TOC_F_DECISION, "D-01"), TOC_F_REASON);
    ck_assert_msg(strstr(why, "passed over"), "%s", why);
}
END_TEST

START_TEST(an_own_answer_that_waits_for_a_ruling_is_not_late_by_a_jump)
{
    ask_for_six_hours();
    add_jump("day-2", 1 * H, 30 * H, 0);
    start();
    PUT(45 * M, "alpha-1", "decide", "decision", "D-01", "option", "other", "text", "Half", NULL);
    PUT(2 * H, "excon-1", "rule", "decision", "D-01", "ruling", "reject", NULL);
    ck_assert_int_eq(toc_exercise_decision(d.x, 0).state, TOC_DECISION_OPEN);
    PUT(3 * H, "alpha-1", "decide", "decision", "D-01", "option", "other", "text", "All", NULL);
    PUT(4 * H, "excon-1", "rule", "decision", "D-01", "ruling", "accept", NULL);
    ck_assert_int_eq(toc_exercise_decision(d.x, 0).state, TOC_DECISION_DECIDED);
}
END_TEST

START_TEST(a_deadline_exactly_at_the_beginning_of_a_phase_is_passed_over_too)
{
    ask_for_six_hours();
    add_jump("later", 1 * H, 6 * H + 30 * M, 0);
    start();
    toc_drive_to(&d, 2 * H);
    ck_assert(toc_exercise_decision(d.x, 0).is_crossed);
}
END_TEST

START_TEST(a_deadline_beyond_the_jump_moves_and_one_in_play_time_does_not)
{
    ask_for_six_hours();
    d.plan.decisions[1].at = (toc_at){.kind = TOC_AT_PLAY, .ms = 50 * M};
    add_jump("later", 1 * H, 5 * H + 30 * M, 2000);
    start();
    toc_drive_to(&d, 1 * H);
    const toc_event *ev = toc_drive_last(&d, TOC_K_DEADLINE, TOC_F_DECISION, "D-01");
    ck_assert_int_eq(toc_event_int(ev, TOC_F_DEADLINE), 1 * H + 30 * M); // one story hour left
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_DEADLINE), 1);
    toc_drive_to(&d, 2 * H);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_OVERDUE, TOC_F_DECISION, "D-02")->t, 70 * M);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_OVERDUE, TOC_F_DECISION, "D-01")->t, 90 * M);
}
END_TEST

START_TEST(injects_of_a_story_time_that_is_not_played_wait_for_excon)
{
    d.plan.injects[0].at = (toc_at){.kind = TOC_AT_STORY, .ms = d.plan.startex.ms + 5 * H};
    d.plan.injects[2].at = (toc_at){.kind = TOC_AT_STORY, .ms = d.plan.startex.ms + 6 * H};
    d.plan.injects[3].at = (toc_at){.kind = TOC_AT_STORY, .ms = d.plan.startex.ms + 30 * H};
    d.plan.injects[4].at = (toc_at){.kind = TOC_AT_STORY, .ms = d.plan.startex.ms + 30 * M};
    add_jump("day-2", 1 * H, 30 * H, 0);
    start();
    toc_drive_to(&d, 1 * H);
    const toc_event *ev = toc_drive_last(&d, TOC_K_HELD, TOC_F_INJECT, "INJ-01");
    ck_assert_msg(strstr(str(ev, TOC_F_REASON), "passed over when phase day-2 began"), "%s",
                  str(ev, TOC_F_REASON));
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-05")->t, 30 * M);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-04")->t, 1 * H);
    PUT(2 * H, "excon-1", "release", "inject", "INJ-01", NULL);
    PUT(2 * H, "excon-1", "skip", "inject", "INJ-03", "reason", "over", NULL);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-01")->t, 2 * H);
    toc_drive_to(&d, 200 * H);
    ck_assert_ptr_null(toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-03"));
}
END_TEST

START_TEST(a_story_span_after_an_inject_is_passed_over_and_a_play_span_is_not)
{
    d.plan.injects[0].at = (toc_at){.kind = TOC_AT_PLAY, .ms = 30 * M};
    d.plan.injects[2].at =
        (toc_at){.kind = TOC_AT_AFTER, .after = {.ms = 5 * H, .is_story = true}, .inject = 0};
    d.plan.injects[3].at = (toc_at){.kind = TOC_AT_AFTER, .after.ms = 1 * H, .inject = 0};
    d.plan.injects[4].at = (toc_at){
        .kind = TOC_AT_AFTER, .after = {.ms = H, .months = 1, .is_story = true}, .inject = 0};
    add_jump("day-2", 1 * H, 30 * H, 1000000);
    start();
    toc_drive_to(&d, 200 * H);
    ck_assert_ptr_nonnull(toc_drive_last(&d, TOC_K_HELD, TOC_F_INJECT, "INJ-03"));
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-04")->t, 90 * M);
    const toc_event *ev = toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, "INJ-05");
    toc_buf b = {0};
    toc_story_text(&b, toc_exercise_story(d.x, ev->t));
    ck_assert_str_eq(b.data, "2022-03-24 09:30Z");
    toc_buf_fini(&b);
}
END_TEST

static toc_line_says finish_on_the_way(toc_exercise *x, int step)
{
    bool waits = false;
    if (step > 0)
        TOC_OK_OR_FAIL(toc_action_finish(x, &e), e);
    else
        TOC_OK_OR_FAIL(
            toc_action_wait_story(x, toc_exercise_plan(x)->startex.ms + 20 * H, &waits, &e), e);
    return step > 0 ? TOC_LINE_ENDS : TOC_LINE_WAITS;
}

START_TEST(an_end_on_the_way_ends_there)
{
    fake.lines[0] = break_the_grid;
    fake.lines[1] = finish_on_the_way;
    ask_for_six_hours();
    add_jump("day-2", 1 * H, 30 * H, 0);
    start();
    toc_drive_to(&d, 100 * H);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_ENDEX, TOC_F_REASON, NULL)->t, 1 * H);
    ck_assert_int_eq(toc_exercise_now(d.x), 1 * H);
    ck_assert_str_eq(story_now(), "2022-02-25 04:00Z");
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_DEADLOCK), 0);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_DEADLINE), 0);
}
END_TEST

static toc_line_says talk_every_hour(toc_exercise *x, int step)
{
    bool waits = false;
    for (int i = 0; step > 0 && i < 900; i++)
        TOC_OK_OR_FAIL(toc_action_note(x, "much to say", &e), e);
    if (step == 4)
        return TOC_LINE_ENDS;
    TOC_OK_OR_FAIL(
        toc_action_wait_story(x, toc_exercise_plan(x)->startex.ms + (step + 2) * H, &waits, &e), e);
    return TOC_LINE_WAITS;
}

START_TEST(every_story_time_on_the_way_is_a_moment_of_its_own_with_full_budgets)
{
    fake.lines[0] = talk_every_hour;
    add_jump("day-2", 1 * H, 30 * H, 0);
    start();
    toc_drive_to(&d, 1 * H);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_NOTE), 3600);
}
END_TEST

START_TEST(a_jump_of_play_over_a_phase_enters_it_in_its_time)
{
    fake.lines[0] = break_the_grid;
    add_jump("day-2", 3 * H, 30 * H, 0);
    start();
    PUT(1 * H, "excon-1", "jump", "until", "14400000", NULL); // T+4 h
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_PHASE_ENTERED, TOC_F_PHASE, "day-2")->t, 3 * H);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_DEADLOCK, TOC_F_TEXT, NULL)->t, 3 * H);
    ck_assert_str_eq(story_now(), "2022-02-25 15:00Z");
    for (size_t i = 0; i < d.log.count; i++)
        ck_assert_int_eq(d.log.at[i].seq, (int64_t)i + 1);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, a_jump_over_30_hours_is_the_same_for_the_world_as_playing_them);
    tcase_add_test(tc, any_jumps_are_the_same_for_the_world_as_playing_the_time);
    tcase_add_test(tc, the_phase_comes_first_in_the_journal_and_says_when_it_begins);
    tcase_add_test(tc, a_phase_is_entered_once_and_refused_when_it_runs_or_is_unknown);
    tcase_add_test(tc, a_phase_whose_beginning_has_passed_does_not_turn_the_story_back);
    tcase_add_test(tc, a_storyline_goes_on_in_the_phase_that_it_enters);
    tcase_add_test(tc, scripts_that_wait_for_a_phase_run_when_the_story_has_come_to_it);
    tcase_add_test(tc, a_decision_whose_deadline_is_passed_over_stays_open_for_its_team);
    tcase_add_test(tc, excon_settles_a_decision_that_was_passed_over_or_lets_it_lapse);
    tcase_add_test(tc, a_decision_let_lapse_takes_its_default_and_tells_why_it_is_late);
    tcase_add_test(tc, an_own_answer_that_waits_for_a_ruling_is_not_late_by_a_jump);
    tcase_add_test(tc, a_deadline_exactly_at_the_beginning_of_a_phase_is_passed_over_too);
    tcase_add_test(tc, a_deadline_beyond_the_jump_moves_and_one_in_play_time_does_not);
    tcase_add_test(tc, injects_of_a_story_time_that_is_not_played_wait_for_excon);
    tcase_add_test(tc, a_story_span_after_an_inject_is_passed_over_and_a_play_span_is_not);
    tcase_add_test(tc, an_end_on_the_way_ends_there);
    tcase_add_test(tc, every_story_time_on_the_way_is_a_moment_of_its_own_with_full_budgets);
    tcase_add_test(tc, a_jump_of_play_over_a_phase_enters_it_in_its_time);
}

TOC_CHECK_MAIN("phases", add_tests)
