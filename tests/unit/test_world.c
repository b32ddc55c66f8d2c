// SPDX-License-Identifier: MIT
#include "world_fixture.h"

START_TEST(a_half_lost_provider_drains_half_as_fast_and_a_buffer_refills_in_its_time)
{
    world_fixture f = {0};
    add_service(&f.model, "grid");
    add_service(&f.model, "mobile");
    toc_need *need = add_need(&f.model, "mobile", "grid");
    need->autonomy = 100;
    need->recharge = 400;
    begin_world(&f);
    set_at(&f, 0, "grid", 500000);
    set_at(&f, 100, "grid", ALL); // half of it is left
    set_at(&f, 200, "grid", 0);   // three quarters again
    until(&f, 200);
    ck_assert_int_eq(toc_world_need(f.world, 1, 0).left, 75);
    ck_assert_int_eq(toc_world_need(f.world, 1, 0).ends_at, 275);
    set_at(&f, 230, "grid", 600000); // 45 full minutes, at 4 tenths a minute: 112.5
    until(&f, 1000);
    EXPECT_LEVELS(&f, {0, "grid", 500000, NULL}, {100, "grid", ALL, NULL}, {200, "grid", 0, NULL},
                  {230, "grid", 600000, NULL}, {343, "mobile", 600000, "grid"});
    end_world(&f);
}
END_TEST

START_TEST(a_fall_cancels_a_restart_and_a_deeper_rise_does_not_delay_it)
{
    world_fixture f = {0};
    add_service(&f.model, "grid");
    add_service(&f.model, "rail")->restart = 60;
    add_need(&f.model, "rail", "grid");
    begin_world(&f);
    set_at(&f, 0, "grid", 0);
    set_at(&f, 10, "grid", 500000);
    set_at(&f, 30, "grid", 0); // the restart of 70 does not happen
    set_at(&f, 40, "grid", 500000);
    set_at(&f, 90, "grid", 800000); // no later than 100, and to what there is then
    until(&f, 100);
    ck_assert_int_eq(level(&f, "rail"), 800000);
    set_at(&f, 170, "grid", ALL);
    set_at(&f, 180, "grid", 900000); // lower than it could be, not lower than it is
    until(&f, 300);
    EXPECT_LEVELS(&f, {0, "grid", 0, NULL}, {0, "rail", 0, "grid"}, {10, "grid", 500000, NULL},
                  {30, "grid", 0, NULL}, {40, "grid", 500000, NULL}, {90, "grid", 800000, NULL},
                  {100, "rail", 800000, "grid"}, {170, "grid", ALL, NULL},
                  {180, "grid", 900000, NULL}, {230, "rail", 900000, "grid"});
    end_world(&f);
}
END_TEST

static void make_alternatives(world_fixture *f, int64_t switching)
{
    add_service(&f->model, "road");
    add_service(&f->model, "detour");
    add_service(&f->model, "post");
    add_need(&f->model, "post", "road")->group = 1;
    toc_need *need = add_need(&f->model, "post", "detour");
    need->group = 1;
    need->strength = 900000;
    need->is_closed = true;
    need->switching = switching;
}

START_TEST(an_alternative_counts_after_it_was_opened_and_switched)
{
    world_fixture f = {0};
    make_alternatives(&f, 45);
    begin_world(&f);
    set_at(&f, 0, "road", 0);
    toc_world_goto(f.world, 15, &f.changes);
    TOC_OK_OR_FAIL(toc_world_open(f.world, 2, 1, &f.e), f.e);
    ck_assert_int_eq(toc_world_need(f.world, 2, 1).opens_at, 60);
    set_at(&f, 90, "detour", 400000);
    until(&f, 100);
    EXPECT_LEVELS(&f, {0, "road", 0, NULL}, {0, "post", 0, "road"}, {60, "post", ALL, NULL},
                  {90, "detour", 400000, NULL}, {90, "post", 460000, "detour"});
    const toc_change *opened = find_change(&f, TOC_CHANGE_OPENED, 0);
    ck_assert_int_eq(opened->minute, 60);
    ck_assert_uint_eq(opened->service, 2);
    ck_assert_uint_eq(opened->need, 1);
    ck_assert(toc_world_need(f.world, 2, 1).is_open);
    end_world(&f);
}
END_TEST

START_TEST(an_alternative_without_switching_counts_at_once)
{
    world_fixture f = {0};
    make_alternatives(&f, 0);
    begin_world(&f);
    set_at(&f, 10, "road", 0);
    TOC_OK_OR_FAIL(toc_world_open(f.world, 2, 1, &f.e), f.e);
    until(&f, 20);
    EXPECT_LEVELS(&f, {10, "road", 0, NULL});
    ck_assert_int_eq(find_change(&f, TOC_CHANGE_OPENED, 0)->minute, 10);
    end_world(&f);
}
END_TEST

START_TEST(where_no_alternative_is_open_all_is_lost)
{
    world_fixture f = {0};
    make_alternatives(&f, 0);
    f.model.services[2].needs[0].is_closed = true;
    f.model.services[2].needs[0].strength = 300000;
    begin_world(&f);
    ck_assert_int_eq(level(&f, "post"), 100000);
    TOC_OK_OR_FAIL(toc_world_open(f.world, 2, 0, &f.e), f.e);
    until(&f, 1);
    ck_assert_int_eq(level(&f, "post"), ALL);
    end_world(&f);
}
END_TEST

START_TEST(nobody_draws_on_the_buffer_of_a_closed_alternative)
{
    world_fixture f = {0};
    make_alternatives(&f, 0);
    f.model.services[2].needs[1].autonomy = 100;
    begin_world(&f);
    set_at(&f, 0, "detour", 0);
    until(&f, 499);
    ck_assert_int_eq(toc_world_need(f.world, 2, 1).left, 100);
    set_at(&f, 500, "road", 0);
    TOC_OK_OR_FAIL(toc_world_open(f.world, 2, 1, &f.e), f.e);
    until(&f, 1000);
    EXPECT_LEVELS(&f, {0, "detour", 0, NULL}, {500, "road", 0, NULL},
                  {600, "post", 100000, "detour"});
    end_world(&f);
}
END_TEST

START_TEST(a_black_start_holds_for_its_minutes_and_no_longer)
{
    world_fixture f = {0};
    add_service(&f.model, "grid");
    add_service(&f.model, "water")->restart = 30;
    add_need(&f.model, "water", "grid");
    begin_world(&f);
    set_at(&f, 0, "grid", 0);
    toc_world_goto(f.world, 10, &f.changes);
    TOC_OK_OR_FAIL(toc_world_black_start(f.world, 1, 60, &f.e), f.e);
    until(&f, 10);
    ck_assert_int_eq(toc_world_service(f.world, 1).forced_until, 70);
    until(&f, 100);
    EXPECT_LEVELS(&f, {0, "grid", 0, NULL}, {0, "water", 0, "grid"}, {10, "water", ALL, NULL},
                  {70, "water", 0, "grid"});
    ck_assert_int_eq(f.changes.at[2].why, TOC_WHY_FORCED);
    ck_assert_int_eq(f.changes.at[3].why, TOC_WHY_UNFORCED);
    ck_assert_int_eq(toc_world_service(f.world, 1).forced_until, -1);
    end_world(&f);
}
END_TEST

START_TEST(levels_of_repairs_stop_and_go_with_their_prerequisites)
{
    world_fixture f = {0};
    add_service(&f.model, "road");
    add_service(&f.model, "line")->own = 200000;
    toc_repair *r = add_repair(&f.model, "mend", "line", 100);
    r->crews = 3;
    r->to = 700000;
    add_prerequisite(&f.model, r, "road", 500000);
    begin_world(&f);
    TOC_OK_OR_FAIL(toc_world_start_repair(f.world, 0, &f.e), f.e);
    set_at(&f, 10, "road", 400000); // 30 done
    set_at(&f, 50, "road", 500000);
    until(&f, 60);
    ck_assert_int_eq(toc_world_repair(f.world, 0).left, 40);
    until(&f, 100);
    EXPECT_LEVELS(&f, {10, "road", 400000, NULL}, {50, "road", 500000, NULL},
                  {74, "line", 700000, NULL}); // 70 by three crews: 24 minutes
    end_world(&f);
}
END_TEST

START_TEST(a_repair_lowers_nothing)
{
    world_fixture f = {0};
    add_service(&f.model, "line");
    add_repair(&f.model, "mend", "line", 10)->to = 700000;
    begin_world(&f);
    TOC_OK_OR_FAIL(toc_world_start_repair(f.world, 0, &f.e), f.e);
    until(&f, 10);
    ck_assert_int_eq(level(&f, "line"), ALL);
    ck_assert_int_eq(toc_world_repair(f.world, 0).state, TOC_REPAIR_DONE);
    end_world(&f);
}
END_TEST

START_TEST(a_change_comes_after_its_cause_whatever_their_numbers)
{
    world_fixture f = {0};
    add_service(&f.model, "post");
    add_service(&f.model, "rail");
    add_service(&f.model, "grid");
    add_need(&f.model, "post", "rail");
    add_need(&f.model, "rail", "grid");
    begin_world(&f);
    set_at(&f, 0, "grid", 0);
    set_at(&f, 5, "grid", ALL);
    until(&f, 5);
    EXPECT_LEVELS(&f, {0, "grid", 0, NULL}, {0, "rail", 0, "grid"}, {0, "post", 0, "rail"},
                  {5, "grid", ALL, NULL}, {5, "rail", ALL, NULL}, {5, "post", ALL, NULL});
    end_world(&f);
}
END_TEST

// Both lean on each other and on the grid; it is the grid that is named, whatever stands first.
START_TEST(the_chain_ends_with_what_came_first)
{
    world_fixture f = {0};
    add_service(&f.model, "a");
    add_service(&f.model, "b");
    add_service(&f.model, "grid");
    add_need(&f.model, "a", "b");
    add_need(&f.model, "a", "grid");
    add_need(&f.model, "b", "a");
    begin_world(&f);
    set_at(&f, 0, "grid", 0);
    until(&f, 0);
    size_t chain[4];
    ck_assert_uint_eq(toc_world_chain(f.world, 1, chain, 4), 3);
    ck_assert_uint_eq(chain[0], 1);
    ck_assert_uint_eq(chain[1], 0);
    ck_assert_uint_eq(chain[2], 2);
    ck_assert_uint_eq(toc_world_chain(f.world, 1, chain, 2), 2);
    ck_assert_ptr_null(find_change(&f, TOC_CHANGE_DEADLOCK, 0));
    set_at(&f, 5, "grid", ALL);
    until(&f, 5);
    expect_deadlock(&f, 0, 5, "a", "b");
    ck_assert_uint_eq(toc_world_chain(f.world, 0, chain, 4), 3);
    ck_assert_uint_eq(chain[2], 0);
    end_world(&f);
}
END_TEST

START_TEST(acts_that_make_no_sense_are_refused_and_change_nothing)
{
    world_fixture f = {0};
    make_alternatives(&f, 45);
    add_repair(&f.model, "clear", "road", 10);
    begin_world(&f);
    toc_world *w = f.world;
    toc_error *e = &f.e;
    ck_assert_int_eq(toc_world_refuel(w, 2, 0, e), TOC_EREFUSED);
    ck_assert_str_eq(e->msg, "what post needs of road has no buffer to fill");
    ck_assert_int_eq(toc_world_refuel(w, 3, 0, e), TOC_EREFUSED);
    ck_assert_int_eq(toc_world_refuel(w, 2, 2, e), TOC_EREFUSED);
    ck_assert_int_eq(toc_world_open(w, 2, 0, e), TOC_EREFUSED);
    ck_assert_str_eq(e->msg, "what post needs of road was never closed");
    ck_assert_int_eq(toc_world_open(w, 2, 1, e), TOC_OK);
    ck_assert_int_eq(toc_world_open(w, 2, 1, e), TOC_EREFUSED);
    ck_assert_str_eq(e->msg, "what post needs of detour is being opened already");
    until(&f, 45);
    ck_assert_int_eq(toc_world_open(w, 2, 1, e), TOC_EREFUSED);
    ck_assert_str_eq(e->msg, "what post needs of detour is open already");
    ck_assert_int_eq(toc_world_black_start(w, 0, 0, e), TOC_EREFUSED);
    ck_assert_int_eq(toc_world_black_start(w, 9, 10, e), TOC_EREFUSED);
    ck_assert_int_eq(toc_world_start_repair(w, 1, e), TOC_EREFUSED);
    ck_assert_int_eq(toc_world_start_repair(w, 0, e), TOC_OK);
    ck_assert_int_eq(toc_world_start_repair(w, 0, e), TOC_EREFUSED);
    ck_assert_str_eq(e->msg, "the repair clear was started already");
    until(&f, 55);
    ck_assert_int_eq(toc_world_start_repair(w, 0, e), TOC_EREFUSED);
    ck_assert_str_eq(e->msg, "the repair clear is done");
    ck_assert_uint_eq(f.changes.count, 3); // opened, running, done
    end_world(&f);
}
END_TEST

START_TEST(a_copy_with_acts_that_do_not_show_yet_goes_on_as_the_first_does)
{
    world_fixture f = {0};
    make_restoration(&f, 1800);
    toc_world_goto(f.world, 1440, &f.changes);
    toc_world_set(f.world, 0, 700000);
    TOC_OK_OR_FAIL(toc_world_refuel(f.world, 1, 0, &f.e), f.e);
    toc_world *copy = toc_world_copy(f.world);
    ck_assert_ptr_eq(toc_world_model(copy), &f.model);
    toc_changes list = {0};
    toc_changes_clear(&f.changes);
    toc_world_advance(copy, 4000, &list);
    until(&f, 4000);
    ck_assert_uint_eq(list.count, f.changes.count);
    EXPECT_LEVELS(&f, {1440, "grid", 700000, NULL}, {1800, "grid", ALL, NULL});
    toc_changes_fini(&list);
    toc_world_free(copy);
    end_world(&f);
}
END_TEST

START_TEST(time_does_not_go_back_and_what_is_due_waits_for_settle)
{
    world_fixture f = {0};
    make_restoration(&f, 100);
    int64_t due;
    toc_world_goto(f.world, 10, &f.changes);
    ck_assert(toc_world_next(f.world, &due) && due == 100);
    toc_world_goto(f.world, 5, &f.changes);
    ck_assert_int_eq(toc_world_minute(f.world), 10);
    toc_world_goto(f.world, 100, &f.changes);
    ck_assert(toc_world_next(f.world, &due) && due == 100);
    ck_assert_int_eq(level(&f, "grid"), 0);
    ck_assert_int_eq(toc_world_repair(f.world, 0).left, 0);
    toc_world_settle(f.world, &f.changes);
    ck_assert_int_eq(level(&f, "grid"), ALL);
    toc_world_settle(f.world, &f.changes);
    ck_assert_uint_eq(f.changes.count, 3); // running, done, the level
    end_world(&f);
}
END_TEST

START_TEST(names_are_as_people_say_them)
{
    ck_assert_str_eq(toc_trend_name(TOC_TREND_WORSENING), "worsening");
    ck_assert_str_eq(toc_repair_state_name(TOC_REPAIR_STANDING), "standing still");
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, acts_that_make_no_sense_are_refused_and_change_nothing);
    tcase_add_test(tc, a_copy_with_acts_that_do_not_show_yet_goes_on_as_the_first_does);
    tcase_add_test(tc, time_does_not_go_back_and_what_is_due_waits_for_settle);
    tcase_add_test(tc, names_are_as_people_say_them);
    tcase_add_test(tc, a_half_lost_provider_drains_half_as_fast_and_a_buffer_refills_in_its_time);
    tcase_add_test(tc, a_fall_cancels_a_restart_and_a_deeper_rise_does_not_delay_it);
    tcase_add_test(tc, an_alternative_counts_after_it_was_opened_and_switched);
    tcase_add_test(tc, an_alternative_without_switching_counts_at_once);
    tcase_add_test(tc, where_no_alternative_is_open_all_is_lost);
    tcase_add_test(tc, nobody_draws_on_the_buffer_of_a_closed_alternative);
    tcase_add_test(tc, a_black_start_holds_for_its_minutes_and_no_longer);
    tcase_add_test(tc, levels_of_repairs_stop_and_go_with_their_prerequisites);
    tcase_add_test(tc, a_repair_lowers_nothing);
    tcase_add_test(tc, a_change_comes_after_its_cause_whatever_their_numbers);
    tcase_add_test(tc, the_chain_ends_with_what_came_first);
}

TOC_CHECK_MAIN("world", add_tests)
