// SPDX-License-Identifier: MIT
// Services that hold each other down.
#include "world_fixture.h"

// Grid and voice need each other, all of it.
static void make_pair(world_fixture *f)
{
    add_service(&f->model, "grid");
    add_service(&f->model, "voice");
    add_need(&f->model, "grid", "voice");
    add_need(&f->model, "voice", "grid");
}

// And for voice there is a satellite instead, closed, and out.
static void make_pair_with_satellite(world_fixture *f)
{
    make_pair(f);
    add_service(&f->model, "road");
    add_service(&f->model, "satellite")->own = 0;
    toc_need *need = add_need(&f->model, "voice", "satellite");
    need->is_closed = true;
    need->switching = 30;
    need->group = f->model.services[1].needs[0].group = 1;
    add_prerequisite(&f->model, add_repair(&f->model, "dish", "satellite", 200), "road", 500000);
}

START_TEST(a_cycle_is_named_when_nothing_but_itself_holds_it)
{
    world_fixture f = {0};
    make_pair(&f);
    begin_world(&f);
    set_at(&f, 0, "grid", 0);
    until(&f, 59);
    ck_assert_ptr_null(find_change(&f, TOC_CHANGE_DEADLOCK, 0));
    set_at(&f, 60, "grid", ALL);
    until(&f, 5000);
    expect_deadlock(&f, 0, 60, "grid", "voice");
    ck_assert_uint_eq(find_change(&f, TOC_CHANGE_DEADLOCK, 0)->repair, TOC_SELF);
    ck_assert_ptr_null(find_change(&f, TOC_CHANGE_DEADLOCK, 1));
    ck_assert_int_eq(level(&f, "grid"), 0);
    end_world(&f);
}
END_TEST

START_TEST(a_black_start_breaks_a_cycle_and_it_is_named_again_the_next_time)
{
    world_fixture f = {0};
    make_pair(&f);
    begin_world(&f);
    set_at(&f, 0, "grid", 0);
    set_at(&f, 60, "grid", ALL);
    toc_world_goto(f.world, 100, &f.changes);
    TOC_OK_OR_FAIL(toc_world_black_start(f.world, 0, 10, &f.e), f.e);
    until(&f, 100);
    ck_assert(!toc_world_service(f.world, 0).is_deadlocked);
    ck_assert(!toc_world_service(f.world, 1).is_deadlocked);
    until(&f, 200);
    ck_assert_int_eq(level(&f, "grid"), ALL);
    ck_assert_int_eq(level(&f, "voice"), ALL);
    set_at(&f, 300, "voice", 400000);
    set_at(&f, 310, "voice", ALL);
    until(&f, 400);
    expect_deadlock(&f, 1, 310, "grid", "voice");
    ck_assert_int_eq(level(&f, "grid"), 400000);
    end_world(&f);
}
END_TEST

START_TEST(an_alternative_that_is_being_opened_is_a_way_out_until_it_turns_out_to_be_none)
{
    world_fixture f = {0};
    make_pair_with_satellite(&f);
    begin_world(&f);
    set_at(&f, 0, "grid", 0);
    toc_world_goto(f.world, 50, &f.changes);
    TOC_OK_OR_FAIL(toc_world_open(f.world, 1, 1, &f.e), f.e);
    set_at(&f, 60, "grid", ALL);
    until(&f, 500);
    expect_deadlock(&f, 0, 80, "grid", "voice");
    end_world(&f);
}
END_TEST

START_TEST(a_repair_elsewhere_is_a_way_out_while_it_runs)
{
    for (int road_fails = 0; road_fails < 2; road_fails++) {
        world_fixture f = {0};
        make_pair_with_satellite(&f);
        begin_world(&f);
        TOC_OK_OR_FAIL(toc_world_start_repair(f.world, 0, &f.e), f.e);
        TOC_OK_OR_FAIL(toc_world_open(f.world, 1, 1, &f.e), f.e);
        set_at(&f, 0, "grid", 0);
        set_at(&f, 60, "grid", ALL);
        if (road_fails)
            set_at(&f, 100, "road", 0);
        until(&f, 500);
        // Nothing in the cycle changed at 100, nor beside it: only the way out went.
        if (road_fails)
            expect_deadlock(&f, 0, 100, "grid", "voice");
        else
            ck_assert_ptr_null(find_change(&f, TOC_CHANGE_DEADLOCK, 0));
        ck_assert_int_eq(level(&f, "grid"), road_fails ? 0 : ALL);
        end_world(&f);
    }
}
END_TEST

START_TEST(a_repair_that_waits_for_two_is_in_two_traps)
{
    world_fixture f = {0};
    add_service(&f.model, "grid");
    add_service(&f.model, "voice");
    add_service(&f.model, "water");
    add_need(&f.model, "voice", "grid");
    add_need(&f.model, "water", "grid");
    toc_repair *r = add_repair(&f.model, "restore", "grid", 100);
    add_prerequisite(&f.model, r, "voice", ALL);
    add_prerequisite(&f.model, r, "water", 1);
    begin_world(&f);
    set_at(&f, 0, "grid", 0);
    until(&f, 10);
    ck_assert_ptr_null(find_change(&f, TOC_CHANGE_DEADLOCK, 0)); // nobody repairs it
    TOC_OK_OR_FAIL(toc_world_start_repair(f.world, 0, &f.e), f.e);
    until(&f, 10);
    expect_deadlock(&f, 0, 10, "grid", "voice");
    expect_deadlock(&f, 1, 10, "grid", "water");
    ck_assert_uint_eq(find_change(&f, TOC_CHANGE_DEADLOCK, 1)->repair, 0);
    end_world(&f);
}
END_TEST

START_TEST(a_repair_that_needs_what_it_repairs_is_a_trap_of_one)
{
    world_fixture f = {0};
    add_service(&f.model, "control");
    add_prerequisite(&f.model, add_repair(&f.model, "patch", "control", 100), "control", 500000);
    begin_world(&f);
    set_at(&f, 0, "control", 400000);
    TOC_OK_OR_FAIL(toc_world_start_repair(f.world, 0, &f.e), f.e);
    until(&f, 10);
    const toc_change *c = find_change(&f, TOC_CHANGE_DEADLOCK, 0);
    ck_assert_uint_eq(c->member_count, 1);
    ck_assert_uint_eq(c->members[0], 0);
    end_world(&f);
}
END_TEST

START_TEST(a_trap_waits_for_the_restart_that_may_open_it)
{
    for (int rule = TOC_RULE_MIN; rule <= TOC_RULE_SUM; rule++) {
        world_fixture f = {0};
        make_pair(&f);
        toc_service *diesel = add_service(&f.model, "diesel");
        diesel->restart = 120;
        diesel->rule = (toc_rule)rule;
        add_need(&f.model, "voice", "diesel")->group = 1;
        f.model.services[1].needs[0].group = 1;
        begin_world(&f);
        set_at(&f, 0, "diesel", 0);
        set_at(&f, 0, "grid", 0);
        set_at(&f, 10, "diesel", ALL);
        set_at(&f, 20, "grid", ALL);
        set_at(&f, 50, "diesel", 0); // it does not come after all
        until(&f, 500);
        expect_deadlock(&f, 0, 50, "grid", "voice");
        end_world(&f);
    }
}
END_TEST

// They name each other as the greatest loss, but a person who mends the one mends both.
START_TEST(sums_that_name_each_other_are_no_trap)
{
    world_fixture f = {0};
    add_service(&f.model, "power")->rule = TOC_RULE_SUM;
    add_service(&f.model, "transport")->rule = TOC_RULE_SUM;
    add_need(&f.model, "power", "transport")->strength = 800000;
    add_need(&f.model, "transport", "power")->strength = 800000;
    begin_world(&f);
    set_at(&f, 0, "power", 900000);
    until(&f, 10);
    ck_assert_uint_eq(toc_world_service(f.world, 0).because, 1);
    ck_assert_uint_eq(toc_world_service(f.world, 1).because, 0);
    ck_assert_ptr_null(find_change(&f, TOC_CHANGE_DEADLOCK, 0));
    set_at(&f, 20, "power", ALL);
    until(&f, 20);
    ck_assert_int_eq(level(&f, "power"), ALL);
    end_world(&f);
}
END_TEST

START_TEST(ten_thousand_in_a_cycle_are_named_in_order)
{
    world_fixture f = {0};
    add_ring(&f.model, 10000, ALL, TOC_RULE_MIN);
    begin_world(&f);
    set_at(&f, 0, "ring77", 300000);
    set_at(&f, 10, "ring77", ALL);
    until(&f, 20);
    const toc_change *c = find_change(&f, TOC_CHANGE_DEADLOCK, 0);
    ck_assert_ptr_nonnull(c);
    ck_assert_int_eq(c->minute, 10);
    ck_assert_uint_eq(c->member_count, 10000);
    for (size_t i = 0; i < c->member_count; i++) {
        if (c->members[i] != i)
            ck_abort_msg("%zu at %zu", c->members[i], i);
    }
    ck_assert_ptr_null(find_change(&f, TOC_CHANGE_DEADLOCK, 1));
    end_world(&f);
}
END_TEST

START_TEST(the_outlook_sees_the_trap_ahead)
{
    world_fixture f = {0};
    make_restoration(&f, 1800);
    until(&f, 1200);
    toc_changes ahead = {0};
    toc_outlook o[2];
    toc_world_outlook(f.world, TOC_OUTLOOK_MINUTES, o, &ahead);
    ck_assert_int_eq(o[0].trend, TOC_TREND_STABLE);
    ck_assert_int_eq(o[1].trend, TOC_TREND_WORSENING);
    ck_assert_int_eq(o[1].next_minute, 1440);
    ck_assert_int_eq(o[1].next_level, 0);
    ck_assert_uint_eq(o[1].next_because, 0);
    ck_assert_int_eq(o[1].next_why, TOC_WHY_AUTONOMY);
    ck_assert_int_eq(ahead.at[ahead.count - 1].kind, TOC_CHANGE_DEADLOCK);
    toc_changes_fini(&ahead);
    ck_assert_int_eq(level(&f, "voice"), ALL); // looking is not doing
    ck_assert_int_eq(toc_world_minute(f.world), 1200);
    TOC_OK_OR_FAIL(toc_world_refuel(f.world, 1, 0, &f.e), f.e);
    until(&f, 1500);
    toc_world_outlook(f.world, TOC_OUTLOOK_MINUTES, o, NULL);
    ck_assert_int_eq(o[0].trend, TOC_TREND_IMPROVING);
    ck_assert_int_eq(o[1].trend, TOC_TREND_STABLE);
    ck_assert_int_eq(o[0].next_minute, 1800);
    ck_assert_int_eq(o[1].next_minute, -1);
    end_world(&f);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_cycle_is_named_when_nothing_but_itself_holds_it);
    tcase_add_test(tc, a_black_start_breaks_a_cycle_and_it_is_named_again_the_next_time);
    tcase_add_test(tc,
                   an_alternative_that_is_being_opened_is_a_way_out_until_it_turns_out_to_be_none);
    tcase_add_test(tc, a_repair_elsewhere_is_a_way_out_while_it_runs);
    tcase_add_test(tc, a_repair_that_waits_for_two_is_in_two_traps);
    tcase_add_test(tc, a_repair_that_needs_what_it_repairs_is_a_trap_of_one);
    tcase_add_test(tc, a_trap_waits_for_the_restart_that_may_open_it);
    tcase_add_test(tc, sums_that_name_each_other_are_no_trap);
    tcase_add_test(tc, ten_thousand_in_a_cycle_are_named_in_order);
    tcase_add_test(tc, the_outlook_sees_the_trap_ahead);
}

TOC_CHECK_MAIN("world_traps", add_tests)
