// SPDX-License-Identifier: MIT
// The world on the story's clock: the same story minutes at whatever pace, and each event tells whom it
// may tell.

#include "story_room.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/random.h"

static int64_t refuel_at; // story ms after STARTEX

// ---- storylines ------------------------------------------------------------------------------------

static toc_line_says break_the_grid(toc_exercise *x, int step)
{
    (void)step;
    TOC_OK_OR_FAIL(toc_action_set(x, TOC_FIX_GRID, 0, &e), e);
    TOC_OK_OR_FAIL(toc_action_start_repair(x, 0, &e), e);
    return TOC_LINE_ENDS;
}

static toc_line_says bring_fuel(toc_exercise *x, int step)
{
    bool waits = false;
    if (step == 0)
        TOC_OK_OR_FAIL(
            toc_action_wait_story(x, toc_exercise_plan(x)->startex.ms + refuel_at, &waits, &e), e);
    else
        TOC_OK_OR_FAIL(toc_action_refuel(x, TOC_FIX_VOICE, 0, &e), e);
    return waits ? TOC_LINE_WAITS : step == 0 ? TOC_LINE_ON : TOC_LINE_ENDS;
}

// ---- what the journal says -------------------------------------------------------------------------

static const char *str(const toc_event *ev, toc_field f)
{
    const char *text = toc_event_str(ev, f);
    return text ? text : "";
}

// "level voice 0 autonomy by grid, 02-25 08:00" a line, of everything about the world from `first` on.
static char *tale_from(size_t first)
{
    toc_buf b = {0};
    for (size_t i = first; i < d.log.count; i++) {
        const toc_event *ev = &d.log.at[i];
        if (ev->kind == TOC_K_LEVEL)
            toc_buf_printf(&b, "%s %lld %s%s%s", str(ev, TOC_F_SERVICE),
                           (long long)toc_event_int(ev, TOC_F_LEVEL) / 10000, str(ev, TOC_F_WHY),
                           toc_event_has(ev, TOC_F_BECAUSE) ? " by " : "", str(ev, TOC_F_BECAUSE));
        else if (ev->kind == TOC_K_REPAIR)
            toc_buf_printf(&b, "%s %s %lld", str(ev, TOC_F_REPAIR), str(ev, TOC_F_STATE),
                           (long long)toc_event_int(ev, TOC_F_LEFT));
        else if (ev->kind == TOC_K_DEADLOCK)
            toc_buf_printf(&b, "deadlock of %s", str(ev, TOC_F_REPAIR));
        else
            continue;
        toc_buf_printf(&b, ", %s\n", str(ev, TOC_F_STORY) + strlen("2022-"));
    }
    return toc_buf_take(&b);
}

static char *tale(void)
{
    return tale_from(0);
}

static const char the_trap[] = "grid 0 own, 02-24 08:00Z\n"
                               "rail 40 provider by grid, 02-24 08:00Z\n"
                               "link 0 provider by grid, 02-24 08:00Z\n"
                               "fix.grid running 1800, 02-24 08:00Z\n"
                               "voice 0 autonomy by grid, 02-25 08:00Z\n"
                               "fix.grid standing still 360, 02-25 08:00Z\n"
                               "deadlock of fix.grid, 02-25 08:00Z\n";

static const char the_rescue[] = "grid 0 own, 02-24 08:00Z\n"
                                 "rail 40 provider by grid, 02-24 08:00Z\n"
                                 "link 0 provider by grid, 02-24 08:00Z\n"
                                 "fix.grid running 1800, 02-24 08:00Z\n"
                                 "fix.grid done 0, 02-25 14:00Z\n"
                                 "grid 100 repaired, 02-25 14:00Z\n"
                                 "link 100 provider, 02-25 14:00Z\n"
                                 "rail 100 restarted, 02-25 18:00Z\n";

#define CHECK_TALE(want)                                                                           \
    do {                                                                                           \
        char *told_ = tale();                                                                      \
        ck_assert_str_eq(told_, want);                                                             \
        free(told_);                                                                               \
    } while (0)

START_TEST(the_trap_closes_at_24_hours_with_6_hours_of_work_left)
{
    fake.lines[0] = break_the_grid;
    start();
    toc_drive_to(&d, 23 * H + 59 * M);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_DEADLOCK), 0);
    toc_drive_to(&d, 100 * H);
    CHECK_TALE(the_trap);
    const toc_event *ev = toc_drive_last(&d, TOC_K_DEADLOCK, TOC_F_REPAIR, "fix.grid");
    ck_assert_int_eq(ev->t, 24 * H); // while it happens, not when somebody asks
    ck_assert_int_eq(toc_event_int(ev, TOC_F_LEFT), 360);
    const char *text = toc_event_str(ev, TOC_F_TEXT);
    ck_assert_msg(strstr(text, "Restore the grid") && strstr(text, "TSO voice") &&
                      strstr(text, "black start"),
                  "%s", text);
    const toc_value *services = toc_event_value(ev, TOC_F_SERVICES);
    ck_assert_uint_eq(services->count, 2);
}
END_TEST

START_TEST(the_story_minutes_do_not_depend_on_the_pace)
{
    static const char *const paces[] = {"1000", "500", "3000", "7", "1000000"};
    for (size_t i = 0; i < TOC_COUNT(paces); i++) {
        if (i > 0)
            set_up();
        d.plan.length_ms = 5000 * (int64_t)H;
        fake.lines[0] = break_the_grid;
        toc_drive_begin_with(&d, &fake.hooks);
        PUT(0, "excon-1", "pace", "pace", paces[i], NULL);
        PUT(0, "excon-1", "start", NULL);
        toc_drive_to(&d, 5000 * (int64_t)H);
        CHECK_TALE(the_trap);
        if (i + 1 < TOC_COUNT(paces))
            tear_down();
    }
}
END_TEST

START_TEST(pauses_paces_and_jumps_in_the_middle_leave_the_story_as_it_is)
{
    fake.lines[0] = break_the_grid;
    start();
    PUT(1 * H + 123, "excon-1", "pause", NULL);
    PUT(1 * H + 123, "excon-1", "pace", "pace", "3000", NULL);
    PUT(1 * H + 123, "excon-1", "resume", NULL);
    PUT(2 * H + 7777, "excon-1", "pace", "pace", "333", NULL);
    PUT(3 * H, "excon-1", "speed", "speed", "10000", NULL);
    PUT(4 * H + 1, "excon-1", "pause", NULL);
    PUT(4 * H + 1, "excon-1", "jump", "until", "540000000", NULL); // T+150 h
    CHECK_TALE(the_trap);
}
END_TEST

START_TEST(fuel_in_the_minute_in_which_the_tank_is_empty_comes_in_time)
{
    fake.lines[0] = break_the_grid;
    fake.lines[1] = bring_fuel;
    refuel_at = 24 * H;
    start();
    toc_drive_to(&d, 100 * H);
    CHECK_TALE(the_rescue);
}
END_TEST

START_TEST(fuel_one_minute_later_does_not)
{
    fake.lines[0] = break_the_grid;
    fake.lines[1] = bring_fuel;
    refuel_at = 24 * H + M;
    start();
    toc_drive_to(&d, 24 * H);
    CHECK_TALE(the_trap);
    size_t before = d.log.count;
    toc_drive_to(&d, 100 * H); // but it is a way out
    char *told = tale_from(before);
    ck_assert_str_eq(told, "voice 100 provider, 02-25 08:01Z\n"
                           "fix.grid running 360, 02-25 08:01Z\n"
                           "fix.grid done 0, 02-25 14:01Z\n"
                           "grid 100 repaired, 02-25 14:01Z\n"
                           "link 100 provider, 02-25 14:01Z\n"
                           "rail 100 restarted, 02-25 18:01Z\n");
    free(told);
}
END_TEST

START_TEST(fuel_comes_in_time_at_a_pace_at_which_minutes_lie_between_milliseconds)
{
    fake.lines[0] = break_the_grid;
    fake.lines[1] = bring_fuel;
    refuel_at = 24 * H;
    toc_drive_begin_with(&d, &fake.hooks);
    PUT(0, "excon-1", "pace", "pace", "7001", NULL);
    PUT(0, "excon-1", "start", NULL);
    toc_drive_to(&d, 100 * H);
    CHECK_TALE(the_rescue);
}
END_TEST

static char *all_bodies(void)
{
    toc_buf b = {0};
    for (size_t i = 0; i < d.log.count; i++)
        toc_event_body(&b, &d.log.at[i]);
    return toc_buf_take(&b);
}

START_TEST(a_run_in_pieces_with_questions_between_them_is_the_same_run)
{
    toc_random r;
    toc_random_seed(&r, 26, "pieces"); // the pieces are the same every time
    fake.lines[0] = break_the_grid;
    fake.lines[1] = bring_fuel;
    refuel_at = 23 * H + 30 * 1000;
    start();
    toc_drive_to(&d, 100 * H);
    char *whole = all_bodies();
    int64_t lost = toc_query_lost_hours(d.x, TOC_NONE);
    toc_drive_end(&d);
    toc_fake again;
    toc_fake_init(&again);
    again.lines[0] = break_the_grid;
    again.lines[1] = bring_fuel;
    toc_plan_fixture_world(&d.plan);
    toc_drive_begin_with(&d, &again.hooks);
    PUT(0, "excon-1", "start", NULL);
    for (int64_t t = 0; t <= 100 * H; t += (int64_t)toc_random_below(&r, 2 * H)) {
        toc_drive_to(&d, t);
        toc_query_lost_hours(d.x, TOC_NONE);
        toc_exercise_outlook(d.x);
    }
    toc_drive_to(&d, 100 * H);
    char *pieces = all_bodies();
    ck_assert_str_eq(whole, pieces);
    ck_assert_int_eq(toc_query_lost_hours(d.x, TOC_NONE), lost);
    free(whole);
    free(pieces);
}
END_TEST

// ---- acts ------------------------------------------------------------------------------------------

static bool list_is(const toc_event *ev, toc_field f, const char *want)
{
    const toc_value *v = toc_event_value(ev, f);
    toc_buf b = {0};
    for (size_t i = 0; v && i < v->count; i++)
        toc_buf_printf(&b, "%s%s", i ? "," : "", v->list[i]);
    bool is = strcmp(toc_buf_text(&b), want) == 0;
    toc_buf_fini(&b);
    return is;
}

START_TEST(each_event_names_those_who_see_the_service_and_those_who_see_its_provider)
{
    fake.lines[0] = break_the_grid;
    fake.lines[1] = bring_fuel;
    refuel_at = 1 * H;
    start();
    toc_drive_to(&d, 100 * H);
    const toc_event *ev = toc_drive_last(&d, TOC_K_MEASURE, TOC_F_SERVICE, "grid");
    ck_assert(!toc_event_has(ev, TOC_F_TO)); // set: the author's hand
    ev = toc_drive_last(&d, TOC_K_LEVEL, TOC_F_SERVICE, "grid");
    ck_assert(list_is(ev, TOC_F_TO, "alpha,board"));
    ev = toc_drive_last(&d, TOC_K_MEASURE, TOC_F_SERVICE, "voice");
    ck_assert_str_eq(str(ev, TOC_F_PROVIDER), "grid");
    ck_assert(list_is(ev, TOC_F_TO, "alpha,bravo"));
    ck_assert(list_is(ev, TOC_F_BECAUSE_SEEN, "alpha,board"));
    ev = toc_drive_last(&d, TOC_K_LEVEL, TOC_F_BECAUSE, "grid");
    ck_assert(list_is(ev, TOC_F_BECAUSE_SEEN, "alpha,board"));
    ev = toc_drive_last(&d, TOC_K_LEVEL, TOC_F_SERVICE, "rail");
    ck_assert(list_is(ev, TOC_F_TO, "bravo"));
    ev = toc_drive_last(&d, TOC_K_LEVEL, TOC_F_SERVICE, "link");
    ck_assert(!toc_event_has(ev, TOC_F_TO));
    ev = toc_drive_last(&d, TOC_K_REPAIR, TOC_F_STATE, "standing still");
    ck_assert_str_eq(str(ev, TOC_F_BECAUSE), "voice");
    ck_assert(list_is(ev, TOC_F_TO, "alpha,board"));
    ck_assert(list_is(ev, TOC_F_BECAUSE_SEEN, "alpha,bravo"));
}
END_TEST

static const toc_event *by_seq(int64_t seq)
{
    return &d.log.at[seq - 1];
}

START_TEST(following_causes_back_from_a_level_ends_at_the_start)
{
    fake.lines[0] = break_the_grid;
    start();
    toc_drive_to(&d, 30 * H);
    const toc_event *ev = toc_drive_last(&d, TOC_K_REPAIR, TOC_F_STATE, "standing still");
    ev = by_seq(ev->cause);
    ck_assert_str_eq(str(ev, TOC_F_SERVICE), "voice");
    ev = by_seq(ev->cause);
    ck_assert_str_eq(str(ev, TOC_F_SERVICE), "grid");
    ck_assert_int_eq(ev->kind, TOC_K_LEVEL);
    ev = by_seq(ev->cause);
    ck_assert_int_eq(ev->kind, TOC_K_MEASURE);
    ck_assert_int_eq(by_seq(ev->cause)->kind, TOC_K_START);
}
END_TEST

START_TEST(a_recovery_is_caused_by_what_came_back)
{
    fake.lines[0] = break_the_grid;
    fake.lines[1] = bring_fuel;
    refuel_at = 1 * H;
    d.plan.model.repairs[0].work = 60; // done before the tank is empty
    start();
    toc_drive_to(&d, 100 * H);
    const toc_event *ev = toc_drive_last(&d, TOC_K_LEVEL, TOC_F_SERVICE, "rail");
    ck_assert_str_eq(str(ev, TOC_F_WHY), "restarted");
    ev = by_seq(ev->cause);
    ck_assert_str_eq(str(ev, TOC_F_SERVICE), "grid");
    ck_assert_str_eq(str(ev, TOC_F_WHY), "repaired");
    ev = by_seq(ev->cause);
    ck_assert_str_eq(str(ev, TOC_F_STATE), "done");
    ck_assert_str_eq(str(by_seq(ev->cause), TOC_F_STATE), "running");
}
END_TEST

static int64_t seen_level, seen_after;

static toc_line_says act_and_look(toc_exercise *x, int step)
{
    (void)step;
    TOC_OK_OR_FAIL(toc_action_set(x, TOC_FIX_GRID, 0, &e), e);
    TOC_OK_OR_FAIL(toc_action_set(x, TOC_FIX_GRID, 500000, &e), e);
    TOC_OK_OR_FAIL(toc_action_note(x, "acted", &e), e);
    seen_level = toc_world_level(toc_query_world(x), TOC_FIX_RAIL);
    TOC_OK_OR_FAIL(toc_action_set(x, TOC_FIX_GRID, 0, &e), e);
    seen_after = toc_world_level(toc_query_world(x), TOC_FIX_RAIL);
    return TOC_LINE_ENDS;
}

START_TEST(acts_in_a_row_are_one_change_and_show_at_once)
{
    fake.lines[0] = act_and_look;
    start();
    ck_assert_int_eq(seen_level, 700000);
    ck_assert_int_eq(seen_after, 400000);
    toc_kind order[64];
    size_t count = 0;
    for (size_t i = 0; i < d.log.count; i++)
        if (d.log.at[i].kind == TOC_K_LEVEL || d.log.at[i].kind == TOC_K_MEASURE ||
            d.log.at[i].kind == TOC_K_NOTE || d.log.at[i].kind == TOC_K_STORYLINE)
            order[count++] = d.log.at[i].kind;
    static const toc_kind want[] = {TOC_K_STORYLINE, TOC_K_MEASURE, TOC_K_MEASURE, TOC_K_LEVEL,
                                    TOC_K_LEVEL,     TOC_K_LEVEL,   TOC_K_NOTE,    TOC_K_MEASURE,
                                    TOC_K_LEVEL,     TOC_K_LEVEL,   TOC_K_LEVEL,   TOC_K_STORYLINE};
    ck_assert_uint_eq(count, TOC_COUNT(want));
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(order[i], want[i]);
}
END_TEST

static bool is_rail_down(toc_exercise *x)
{
    return toc_world_level(toc_query_world(x), TOC_FIX_RAIL) < 500000;
}

static toc_line_says write_it_down(toc_exercise *x, int step)
{
    (void)step;
    TOC_OK_OR_FAIL(toc_action_note(x, "rail is down", &e), e);
    return TOC_LINE_ENDS;
}

static toc_line_says break_it_at_noon(toc_exercise *x, int step)
{
    bool waits = false;
    if (step > 0)
        return break_the_grid(x, 0);
    TOC_OK_OR_FAIL(
        toc_action_wait_story(x, toc_exercise_plan(x)->startex.ms + 4 * (int64_t)H, &waits, &e), e);
    return waits ? TOC_LINE_WAITS : TOC_LINE_ON;
}

START_TEST(conditions_see_the_world_as_it_is_then)
{
    fake.lines[0] = break_it_at_noon;
    fake.when = is_rail_down;
    fake.then = write_it_down;
    start();
    toc_drive_to(&d, 10 * H);
    const toc_event *ev = toc_drive_last(&d, TOC_K_NOTE, TOC_F_TEXT, "rail is down");
    ck_assert_int_eq(ev->t, 4 * H);
}
END_TEST

static toc_line_says open_the_spare(toc_exercise *x, int step)
{
    (void)step;
    TOC_OK_OR_FAIL(toc_action_set(x, TOC_FIX_GRID, 0, &e), e);
    TOC_OK_OR_FAIL(toc_action_open(x, TOC_FIX_LINK, 1, &e), e);
    TOC_OK_OR_FAIL(toc_action_open(x, TOC_FIX_LINK, 1, &e), e); // again: noted, and no more
    ck_assert_int_eq(toc_action_refuel(x, TOC_FIX_RAIL, 0, &e), TOC_EREFUSED);
    ck_assert_int_eq(toc_action_set(x, TOC_FIX_GRID, TOC_PPM + 1, &e), TOC_EREFUSED);
    TOC_OK_OR_FAIL(toc_action_black_start(x, TOC_FIX_GRID, 30, &e), e);
    return TOC_LINE_ENDS;
}

START_TEST(an_alternative_counts_when_it_is_switched_and_a_black_start_lasts_its_minutes)
{
    fake.lines[0] = open_the_spare;
    start();
    ck_assert_str_eq(str(toc_drive_last(&d, TOC_K_NOTE, TOC_F_STORYLINE, "line 1"), TOC_F_TEXT),
                     "what link needs of spare is being opened already");
    const toc_event *ev = toc_drive_last(&d, TOC_K_MEASURE, TOC_F_MEASURE, "open");
    ck_assert_str_eq(str(ev, TOC_F_STATE), "opening");
    ck_assert_int_eq(toc_event_int(ev, TOC_F_MINUTES), 45);
    ev = toc_drive_last(&d, TOC_K_MEASURE, TOC_F_MEASURE, "black-start");
    ck_assert_int_eq(toc_event_int(ev, TOC_F_MINUTES), 30);
    toc_drive_to(&d, 10 * H);
    ev = toc_drive_last(&d, TOC_K_MEASURE, TOC_F_MEASURE, "open");
    ck_assert_str_eq(str(ev, TOC_F_STATE), "open");
    ck_assert_str_eq(str(ev, TOC_F_STORY), "2022-02-24 08:45Z");
    ck_assert_int_eq(ev->t, 45 * M);
    ev = toc_drive_last(&d, TOC_K_LEVEL, TOC_F_SERVICE, "link");
    ck_assert_int_eq(toc_event_int(ev, TOC_F_LEVEL), TOC_PPM);
    ck_assert_int_eq(ev->t, 45 * M);
    ev = toc_drive_last(&d, TOC_K_LEVEL, TOC_F_SERVICE, "grid");
    ck_assert_str_eq(str(ev, TOC_F_WHY), "unforced");
    ck_assert_int_eq(ev->t, 30 * M);
}
END_TEST

START_TEST(the_outlook_is_that_of_the_minute_and_lost_hours_are_of_now)
{
    fake.lines[0] = break_the_grid;
    start();
    toc_drive_to(&d, 20 * H);
    PUT(20 * H, "evaluator-1", "observe", "text", "looking", NULL);
    const toc_outlook *ahead = toc_exercise_outlook(d.x);
    ck_assert_int_eq(ahead[TOC_FIX_VOICE].trend, TOC_TREND_WORSENING);
    ck_assert_int_eq(ahead[TOC_FIX_VOICE].next_minute, 1440);
    ck_assert_int_eq(ahead[TOC_FIX_RAIL].trend, TOC_TREND_STABLE);
    ck_assert_int_eq(toc_query_lost_hours(d.x, TOC_FIX_RAIL), 12000); // 20 h of 60 % of 1000
    ck_assert_int_eq(toc_query_lost_hours(d.x, TOC_NONE), 12000);
    PUT(21 * H, "evaluator-1", "observe", "text", "looking", NULL);
    ck_assert_int_eq(toc_query_lost_hours(d.x, TOC_FIX_RAIL), 12600);
    toc_drive_to(&d, 25 * H);
    ck_assert_int_eq(toc_exercise_outlook(d.x)[TOC_FIX_VOICE].trend, TOC_TREND_STABLE);
}
END_TEST

START_TEST(the_world_stands_at_endex_and_goes_on_without_its_scripts)
{
    fake.lines[0] = break_the_grid;
    start();
    PUT(1 * H, "engine", "halt", NULL);
    toc_drive_to(&d, 24 * H);
    CHECK_TALE(the_trap);
    PUT(24 * H + M, "excon-1", "end", NULL);
    int64_t due;
    ck_assert(!toc_exercise_next_due(d.x, &due));
    ck_assert_int_eq(toc_world_level(toc_exercise_world(d.x), TOC_FIX_VOICE), 0);
}
END_TEST

static toc_line_says break_and_mend(toc_exercise *x, int step)
{
    (void)step;
    TOC_OK_OR_FAIL(toc_action_set(x, 0, 0, &e), e);
    toc_query_world(x); // it is a change of its own
    TOC_OK_OR_FAIL(toc_action_set(x, 0, TOC_PPM, &e), e);
    return TOC_LINE_ENDS;
}

START_TEST(a_long_circle_is_told_with_its_first_names_only)
{
    enum { SERVICES = 300 };
    toc_model *m = &d.plan.model;
    for (size_t i = 0; i < m->service_count; i++)
        free(d.plan.services[i].seen_by);
    free(d.plan.services);
    toc_model_fini(m);
    m->services = toc_alloc(SERVICES * sizeof *m->services);
    d.plan.services = toc_alloc(SERVICES * sizeof *d.plan.services);
    for (m->service_count = 0; m->service_count < SERVICES; m->service_count++) {
        toc_service *s = &m->services[m->service_count];
        s->id = toc_sprintf("s%zu", m->service_count);
        s->own = TOC_PPM;
        s->need_count = 1;
        s->needs = toc_alloc(sizeof *s->needs);
        s->needs[0] =
            (toc_need){.provider = (m->service_count + 1) % SERVICES, .strength = TOC_PPM};
    }
    fake.lines[0] = break_and_mend;
    start();
    const toc_event *ev = toc_drive_last(&d, TOC_K_DEADLOCK, TOC_F_TEXT, NULL);
    ck_assert_ptr_nonnull(ev);
    ck_assert_uint_eq(toc_event_value(ev, TOC_F_SERVICES)->count, 50);
    ck_assert_msg(strlen(str(ev, TOC_F_TEXT)) < 400 && strstr(str(ev, TOC_F_TEXT), "more"), "%s",
                  str(ev, TOC_F_TEXT));
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_LEVEL), SERVICES);
}
END_TEST

START_TEST(without_services_there_is_no_world)
{
    toc_plan_fini(&d.plan);
    toc_plan_fixture(&d.plan);
    start();
    toc_drive_to(&d, 60 * M);
    ck_assert_ptr_null(toc_exercise_world(d.x));
    ck_assert_ptr_null(toc_exercise_outlook(d.x));
    ck_assert_int_eq(toc_query_lost_hours(d.x, TOC_NONE), 0);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_LEVEL), 0);
}
END_TEST

START_TEST(what_the_world_says_can_be_read_back)
{
    fake.lines[0] = break_the_grid;
    fake.lines[1] = open_the_spare;
    start();
    toc_drive_to(&d, 100 * H);
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
    tcase_add_test(tc, the_trap_closes_at_24_hours_with_6_hours_of_work_left);
    tcase_add_test(tc, the_story_minutes_do_not_depend_on_the_pace);
    tcase_add_test(tc, pauses_paces_and_jumps_in_the_middle_leave_the_story_as_it_is);
    tcase_add_test(tc, fuel_in_the_minute_in_which_the_tank_is_empty_comes_in_time);
    tcase_add_test(tc, fuel_one_minute_later_does_not);
    tcase_add_test(tc, fuel_comes_in_time_at_a_pace_at_which_minutes_lie_between_milliseconds);
    tcase_add_test(tc, a_run_in_pieces_with_questions_between_them_is_the_same_run);
    tcase_add_test(tc, each_event_names_those_who_see_the_service_and_those_who_see_its_provider);
    tcase_add_test(tc, following_causes_back_from_a_level_ends_at_the_start);
    tcase_add_test(tc, a_recovery_is_caused_by_what_came_back);
    tcase_add_test(tc, acts_in_a_row_are_one_change_and_show_at_once);
    tcase_add_test(tc, conditions_see_the_world_as_it_is_then);
    tcase_add_test(tc,
                   an_alternative_counts_when_it_is_switched_and_a_black_start_lasts_its_minutes);
    tcase_add_test(tc, the_outlook_is_that_of_the_minute_and_lost_hours_are_of_now);
    tcase_add_test(tc, the_world_stands_at_endex_and_goes_on_without_its_scripts);
    tcase_add_test(tc, a_long_circle_is_told_with_its_first_names_only);
    tcase_add_test(tc, without_services_there_is_no_world);
    tcase_add_test(tc, what_the_world_says_can_be_read_back);
}

TOC_CHECK_MAIN("measures", add_tests)
