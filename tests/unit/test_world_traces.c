// SPDX-License-Identifier: MIT
#include "world_fixture.h"

// ---- worked traces --------------------------------------------------------------------------------

// Norwegian requirements for mobile networks: 2 h of power of their own in large towns, 4 h elsewhere,
// 8 to 48 h for the emergency network, 72 h where it is reinforced.
START_TEST(autonomies_of_norway_end_one_after_the_other)
{
    world_fixture f = {0};
    const struct {
        const char *id;
        int64_t autonomy, lost;
    } ladder[] = {{"city", 120, 165},
                  {"rural", 240, 163},
                  {"nodnett 8 h", 480, 159},
                  {"nodnett 48 h", 2880, 119},
                  {"reinforced", 4320, 95}};
    add_service(&f.model, "grid");
    for (size_t i = 0; i < 5; i++) {
        add_service(&f.model, ladder[i].id);
        add_need(&f.model, ladder[i].id, "grid")->autonomy = ladder[i].autonomy;
    }
    begin_world(&f);
    set_at(&f, 0, "grid", 0);
    set_at(&f, 10020, "grid", ALL);
    until(&f, 10080);
    EXPECT_LEVELS(&f, {0, "grid", 0, NULL}, {120, "city", 0, "grid"}, {240, "rural", 0, "grid"},
                  {480, "nodnett 8 h", 0, "grid"}, {2880, "nodnett 48 h", 0, "grid"},
                  {4320, "reinforced", 0, "grid"}, {10020, "grid", ALL, NULL},
                  {10020, "city", ALL, NULL}, {10020, "rural", ALL, NULL},
                  {10020, "nodnett 8 h", ALL, NULL}, {10020, "nodnett 48 h", ALL, NULL},
                  {10020, "reinforced", ALL, NULL});
    expect_lost(&f, "grid", 10080, 1670);
    for (size_t i = 0; i < 5; i++)
        expect_lost(&f, ladder[i].id, 10080, ladder[i].lost * 10);
    ck_assert_int_eq(f.changes.at[1].why, TOC_WHY_AUTONOMY);
    ck_assert_int_eq(f.changes.at[0].why, TOC_WHY_OWN);
    ck_assert_int_eq(f.changes.at[7].why, TOC_WHY_PROVIDER);
    end_world(&f);
}
END_TEST

static void make_country(world_fixture *f)
{
    const char *const ids[] = {"grid", "gnss", "mobile", "rail", "satgw", "road"};
    for (size_t i = 0; i < 6; i++)
        add_service(&f->model, ids[i]);
    f->model.services[at(&f->model, "mobile")].restart = 30;
    f->model.services[at(&f->model, "rail")].restart = 240;
    toc_need *need = add_need(&f->model, "mobile", "grid");
    need->autonomy = 240;
    need->recharge = 480;
    need = add_need(&f->model, "mobile", "gnss");
    need->autonomy = 1440;
    need->recharge = 60;
    add_need(&f->model, "rail", "grid");
    add_need(&f->model, "rail", "mobile")->strength = 600000;
    need = add_need(&f->model, "satgw", "grid");
    need->autonomy = 1440;
    need->recharge = 600;
    add_need(&f->model, "road", "mobile")->strength = 200000;
    add_need(&f->model, "road", "gnss")->strength = 100000;
}

START_TEST(ten_hours_without_grid_reach_mobile_rail_and_road)
{
    world_fixture f = {0};
    make_country(&f);
    begin_world(&f);
    set_at(&f, 0, "grid", 0);
    set_at(&f, 600, "grid", ALL);
    until(&f, 1440);
    EXPECT_LEVELS(&f, {0, "grid", 0, NULL}, {0, "rail", 0, "grid"}, {240, "mobile", 0, "grid"},
                  {240, "road", 800000, "mobile"}, {600, "grid", ALL, NULL},
                  {630, "mobile", ALL, NULL}, {630, "road", ALL, NULL}, {840, "rail", ALL, NULL});
    expect_lost(&f, "grid", 1440, 100);
    expect_lost(&f, "gnss", 1440, 0);
    expect_lost(&f, "mobile", 1440, 65);
    expect_lost(&f, "rail", 1440, 140);
    expect_lost(&f, "satgw", 1440, 0);
    expect_lost(&f, "road", 1440, 13);
    ck_assert_int_eq(f.changes.at[f.changes.count - 1].why, TOC_WHY_RESTARTED);
    end_world(&f);
}
END_TEST

// Commission Regulation (EU) 2017/2196, Art. 41: the voice of system operators lasts 24 h without
// power; restoring the grid needs it.
START_TEST(a_restoration_of_20_h_fits_into_24_h_of_voice)
{
    world_fixture f = {0};
    make_restoration(&f, 1200);
    until(&f, 4320);
    EXPECT_LEVELS(&f, {1200, "grid", ALL, NULL});
    ck_assert_uint_eq(f.changes.count, 3);
    ck_assert_int_eq(f.changes.at[0].state, TOC_REPAIR_RUNNING);
    ck_assert_int_eq(f.changes.at[0].minute, 0);
    ck_assert_int_eq(f.changes.at[1].kind, TOC_CHANGE_REPAIR);
    ck_assert_int_eq(f.changes.at[1].state, TOC_REPAIR_DONE);
    ck_assert_int_eq(f.changes.at[1].minute, 1200);
    ck_assert_int_eq(f.changes.at[2].why, TOC_WHY_REPAIRED);
    expect_lost(&f, "grid", 4320, 200);
    expect_lost(&f, "voice", 4320, 0);
    ck_assert_int_eq(toc_world_repair(f.world, 0).left, 0);
    end_world(&f);
}
END_TEST

START_TEST(a_restoration_of_30_h_stops_at_24_h_and_the_trap_is_named)
{
    world_fixture f = {0};
    make_restoration(&f, 1800);
    until(&f, 4320);
    EXPECT_LEVELS(&f, {1440, "voice", 0, "grid"});
    expect_lost(&f, "grid", 4320, 720);
    expect_lost(&f, "voice", 4320, 480);
    const toc_change *stands = find_change(&f, TOC_CHANGE_REPAIR, 1);
    ck_assert_int_eq(stands->state, TOC_REPAIR_STANDING);
    ck_assert_int_eq(stands->minute, 1440);
    ck_assert_uint_eq(stands->because, at(&f.model, "voice"));
    expect_deadlock(&f, 0, 1440, "grid", "voice");
    const toc_change *trap = find_change(&f, TOC_CHANGE_DEADLOCK, 0);
    ck_assert_uint_eq(trap->repair, 0);
    ck_assert_ptr_null(find_change(&f, TOC_CHANGE_DEADLOCK, 1));
    toc_repair_view v = toc_world_repair(f.world, 0);
    ck_assert_int_eq(v.state, TOC_REPAIR_STANDING);
    ck_assert_int_eq(v.left, 360);
    ck_assert_int_eq(v.done_at, -1);
    ck_assert_uint_eq(v.lacks, at(&f.model, "voice"));
    ck_assert(toc_world_service(f.world, 0).is_deadlocked);
    ck_assert(toc_world_service(f.world, 1).is_deadlocked);
    end_world(&f);
}
END_TEST

START_TEST(fuel_at_23_h_brings_the_restoration_through)
{
    world_fixture f = {0};
    make_restoration(&f, 1800);
    toc_world_goto(f.world, 1380, &f.changes);
    ck_assert_int_eq(toc_world_need(f.world, 1, 0).left, 60);
    ck_assert_int_eq(toc_world_need(f.world, 1, 0).ends_at, 1440);
    ck_assert_int_eq(toc_world_repair(f.world, 0).left, 420);
    ck_assert_int_eq(toc_world_repair(f.world, 0).done_at, 1800);
    TOC_OK_OR_FAIL(toc_world_refuel(f.world, 1, 0, &f.e), f.e);
    until(&f, 4320);
    EXPECT_LEVELS(&f, {1800, "grid", ALL, NULL});
    expect_lost(&f, "grid", 4320, 300);
    expect_lost(&f, "voice", 4320, 0);
    ck_assert_ptr_null(find_change(&f, TOC_CHANGE_DEADLOCK, 0));
    end_world(&f);
}
END_TEST

// The minute in which fuel comes at the very end, and the one in which the repair ends with the fuel.
START_TEST(fuel_in_the_last_minute_is_in_time_and_so_is_a_repair)
{
    world_fixture f = {0};
    make_restoration(&f, 1800);
    toc_world_goto(f.world, 1440, &f.changes);
    TOC_OK_OR_FAIL(toc_world_refuel(f.world, 1, 0, &f.e), f.e);
    until(&f, 4320);
    EXPECT_LEVELS(&f, {1800, "grid", ALL, NULL});
    end_world(&f);
    make_restoration(&f, 1440);
    until(&f, 4320);
    EXPECT_LEVELS(&f, {1440, "grid", ALL, NULL});
    end_world(&f);
}
END_TEST

START_TEST(a_black_start_ends_the_trap)
{
    world_fixture f = {0};
    make_restoration(&f, 1800);
    toc_world_goto(f.world, 2000, &f.changes);
    TOC_OK_OR_FAIL(toc_world_black_start(f.world, 1, 400, &f.e), f.e);
    until(&f, 4320);
    EXPECT_LEVELS(&f, {1440, "voice", 0, "grid"}, {2000, "voice", ALL, NULL},
                  {2360, "grid", ALL, NULL});
    ck_assert_int_eq(find_change(&f, TOC_CHANGE_REPAIR, 2)->state, TOC_REPAIR_RUNNING);
    ck_assert_int_eq(find_change(&f, TOC_CHANGE_REPAIR, 3)->minute, 2360);
    ck_assert(!toc_world_service(f.world, 0).is_deadlocked);
    ck_assert(!toc_world_service(f.world, 1).is_deadlocked);
    end_world(&f);
}
END_TEST

// ---- published numbers, by the sum rule -------------------------------------------------------------

// Inoperability q = A q + c: c is what is lost of own capability, A[i][j] the strength of j upon i, and
// q what is lost of a level, here in ppm. Whole ppm: rounded down at each need.
static void expect_inoperability(size_t n, const double *a, const double *c, const double *q)
{
    world_fixture f = {0};
    for (size_t i = 0; i < n; i++) {
        char id[] = {(char)('1' + i), '\0'};
        toc_service *s = add_service(&f.model, id);
        s->rule = TOC_RULE_SUM;
        s->own = (int64_t)((1 - c[i]) * ALL + 0.5);
    }
    for (size_t i = 0; i < n * n; i++) {
        if (a[i] > 0)
            add_need_at(&f.model, i / n, i % n)->strength = (int64_t)(a[i] * ALL + 0.5);
    }
    begin_world(&f);
    for (size_t i = 0; i < n; i++) {
        int64_t lost = ALL - toc_world_level(f.world, i);
        int64_t published = (int64_t)(q[i] * ALL);
        ck_assert_msg(lost <= published + 3 && lost >= published - 8, "%zu: %lld", i,
                      (long long)lost);
    }
    end_world(&f);
}

// Y. Y. Haimes and P. Jiang, Leontief-based model of risk in complex interconnected infrastructures,
// 2001: power and transport; and four systems, two of which lose all.
START_TEST(sums_give_the_numbers_of_haimes_and_jiang)
{
    expect_inoperability(2, (double[]){0, .8, .2, 0}, (double[]){0, .6},
                         (double[]){0.5714285714, 0.7142857143});
    expect_inoperability(4, (double[]){0, .9, 0, 0, .4, 0, 0, 0, 1, .8, 0, 0, 1, .9, 0, 0},
                         (double[]){0, .5, 0, 0}, (double[]){0.703125, 0.78125, 1, 1});
}
END_TEST

// C. Lian and Y. Y. Haimes, Managing the risk of terrorism to interdependent infrastructure systems
// through the dynamic inoperability input-output model, 2006. Its systems lean on themselves as well
// (A[0][0] = 0.15, A[1][1] = 0.05), which a service here cannot; (1 - a_ii) q_i = the rest, so each row
// is divided by 1 - a_ii, and the solution is the same.
START_TEST(sums_give_the_numbers_of_lian_and_haimes)
{
    expect_inoperability(2, (double[]){0, .5 / .85, .1 / .95, 0}, (double[]){0, .1 / .95},
                         (double[]){0.0660066007, 0.1122112211});
}
END_TEST

START_TEST(a_sum_recovers_all_of_it)
{
    world_fixture f = {0};
    toc_service *s = add_service(&f.model, "power");
    s->rule = TOC_RULE_SUM;
    add_service(&f.model, "transport")->rule = TOC_RULE_SUM;
    add_need(&f.model, "power", "transport")->strength = 800000;
    add_need(&f.model, "transport", "power")->strength = 900000;
    begin_world(&f);
    set_at(&f, 10, "power", 0);
    until(&f, 20);
    ck_assert_int_eq(level(&f, "transport"), 100000);
    set_at(&f, 30, "power", ALL);
    until(&f, 30);
    ck_assert_int_eq(level(&f, "power"), ALL);
    ck_assert_int_eq(level(&f, "transport"), ALL);
    ck_assert_ptr_null(find_change(&f, TOC_CHANGE_DEADLOCK, 0));
    end_world(&f);
}
END_TEST

// ---- what happened ------------------------------------------------------------------------------------

// February 2022: the satellite beams went, with them the remote control of 5,800 wind turbines. They
// went on turning.
START_TEST(without_beams_the_wind_is_not_controlled_but_turns)
{
    world_fixture f = {0};
    add_service(&f.model, "beams");
    add_service(&f.model, "wind.control");
    add_service(&f.model, "wind.generation");
    add_need(&f.model, "wind.control", "beams");
    begin_world(&f);
    set_at(&f, 180, "beams", 0);
    until(&f, 50000);
    EXPECT_LEVELS(&f, {180, "beams", 0, NULL}, {180, "wind.control", 0, "beams"});
    ck_assert_int_eq(level(&f, "wind.generation"), ALL);
    expect_lost(&f, "wind.generation", 50000, 0);
    end_world(&f);
}
END_TEST

// Great Britain, 9 August 2019: an hour without power from 16:52; the first train out of King's Cross
// at 21:30.
START_TEST(trains_come_back_in_the_evening_not_with_the_power)
{
    world_fixture f = {0};
    add_service(&f.model, "grid");
    add_service(&f.model, "rail")->restart = 240;
    add_need(&f.model, "rail", "grid");
    begin_world(&f);
    set_at(&f, 0, "grid", 0);
    set_at(&f, 60, "grid", ALL);
    until(&f, 60);
    ck_assert_int_eq(toc_world_service(f.world, 1).restart_at, 300);
    ck_assert_uint_eq(toc_world_service(f.world, 1).because, TOC_SELF);
    until(&f, 720);
    EXPECT_LEVELS(&f, {0, "grid", 0, NULL}, {0, "rail", 0, "grid"}, {60, "grid", ALL, NULL},
                  {300, "rail", ALL, NULL});
    end_world(&f);
}
END_TEST

// Norway, 19 November 2021: base stations have power of their own for four hours.
START_TEST(mobile_is_dark_after_four_hours_to_the_minute)
{
    world_fixture f = {0};
    add_service(&f.model, "grid");
    add_service(&f.model, "mobile")->users = 30000;
    add_need(&f.model, "mobile", "grid")->autonomy = 240;
    begin_world(&f);
    set_at(&f, 0, "grid", 0);
    until(&f, 239);
    ck_assert_int_eq(level(&f, "mobile"), ALL);
    toc_world_goto(f.world, 240, &f.changes);
    ck_assert_int_eq(level(&f, "mobile"), ALL);
    toc_world_settle(f.world, &f.changes);
    ck_assert_int_eq(level(&f, "mobile"), 0);
    ck_assert_int_eq(toc_world_lost_user_hours(f.world, 1, 330), 45000);
    end_world(&f);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, autonomies_of_norway_end_one_after_the_other);
    tcase_add_test(tc, ten_hours_without_grid_reach_mobile_rail_and_road);
    tcase_add_test(tc, a_restoration_of_20_h_fits_into_24_h_of_voice);
    tcase_add_test(tc, a_restoration_of_30_h_stops_at_24_h_and_the_trap_is_named);
    tcase_add_test(tc, fuel_at_23_h_brings_the_restoration_through);
    tcase_add_test(tc, fuel_in_the_last_minute_is_in_time_and_so_is_a_repair);
    tcase_add_test(tc, a_black_start_ends_the_trap);
    tcase_add_test(tc, sums_give_the_numbers_of_haimes_and_jiang);
    tcase_add_test(tc, sums_give_the_numbers_of_lian_and_haimes);
    tcase_add_test(tc, a_sum_recovers_all_of_it);
    tcase_add_test(tc, without_beams_the_wind_is_not_controlled_but_turns);
    tcase_add_test(tc, trains_come_back_in_the_evening_not_with_the_power);
    tcase_add_test(tc, mobile_is_dark_after_four_hours_to_the_minute);
}

TOC_CHECK_MAIN("world_traces", add_tests)
