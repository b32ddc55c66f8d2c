// SPDX-License-Identifier: MIT
// What is no sound model, and says so.
#include <stdlib.h>
#include <string.h>

#include "world_fixture.h"

// Two services, the second in need of the first, and a repair.
static void make_sound(toc_model *m)
{
    add_service(m, "grid");
    add_service(m, "mobile");
    add_need(m, "mobile", "grid");
    add_prerequisite(m, add_repair(m, "mend", "grid", 10), "mobile", 0);
}

static void expect_refused(toc_model *m, const char *text)
{
    toc_error e;
    toc_world *w;
    ck_assert_int_eq(toc_world_new(&w, m, &e), TOC_ESCENARIO);
    ck_assert_ptr_null(w);
    ck_assert_msg(strstr(e.msg, text), "%s", e.msg);
    toc_model_fini(m);
}

START_TEST(what_is_out_of_its_range_is_refused_with_its_place)
{
    const struct {
        size_t offset; // in a service, a need, a repair or a prerequisite
        int of;
        int64_t value;
        const char *text;
    } bad[] = {
        {offsetof(toc_service, users), 0, -1, "\"mobile\": the number of users is -1"},
        {offsetof(toc_service, own), 0, ALL + 1, "own capability is 1000001"},
        {offsetof(toc_service, restart), 0, TOC_MINUTES_MAX + 1, "must be 0 to 525600"},
        {offsetof(toc_need, strength), 1, 1300000,
         "\"mobile\" needs \"grid\": the strength is 1300000"},
        {offsetof(toc_need, strength), 1, -1, "the strength is -1"},
        {offsetof(toc_need, autonomy), 1, -5, "the autonomy is -5"},
        {offsetof(toc_need, recharge), 1, INT64_MAX, "recharge"},
        {offsetof(toc_need, switching), 1, INT64_MIN, "switching"},
        {offsetof(toc_repair, to), 2, -1, "\"mend\": the restored capability is -1"},
        {offsetof(toc_repair, work), 2, 0, "the work is 0; it must be 1 to"},
        {offsetof(toc_repair, crews), 2, 0, "crews"},
        {offsetof(toc_prerequisite, level), 3, 2 * ALL, "level it needs"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        toc_model m = {0};
        make_sound(&m);
        char *parts[] = {(char *)&m.services[1], (char *)m.services[1].needs, (char *)m.repairs,
                         (char *)m.repairs[0].needs};
        memcpy(parts[bad[i].of] + bad[i].offset, &bad[i].value, sizeof bad[i].value);
        expect_refused(&m, bad[i].text);
    }
}
END_TEST

START_TEST(what_is_of_nothing_or_of_itself_is_refused)
{
    toc_model m = {0};
    make_sound(&m);
    m.services[1].needs[0].provider = 2;
    expect_refused(&m, "\"mobile\" needs a service that is not there");
    make_sound(&m);
    m.services[1].needs[0].provider = 1;
    expect_refused(&m, "\"mobile\" needs itself");
    make_sound(&m);
    m.repairs[0].service = 7;
    expect_refused(&m, "repair \"mend\" is of a service that is not there");
    make_sound(&m);
    m.repairs[0].needs[0].service = TOC_SELF;
    expect_refused(&m, "repair \"mend\" needs a service that is not there");
}
END_TEST

START_TEST(ids_are_there_and_unique)
{
    toc_model m = {0};
    make_sound(&m);
    add_service(&m, "grid");
    expect_refused(&m, "two of the service \"grid\"");
    make_sound(&m);
    add_repair(&m, "mend", "mobile", 5);
    expect_refused(&m, "two of the repair \"mend\"");
    make_sound(&m);
    m.services[0].id[0] = '\0';
    expect_refused(&m, "service number 1 has no id");
}
END_TEST

START_TEST(sums_that_give_back_all_they_lost_are_refused_with_their_cycle)
{
    toc_model m = {0};
    add_service(&m, "coal");
    add_ring(&m, 3, ALL, TOC_RULE_SUM);
    add_need(&m, "ring0", "coal");
    expect_refused(&m, "\"ring0\", \"ring1\", \"ring2\", each needing the next");
    add_ring(&m, 10000, ALL, TOC_RULE_SUM);
    expect_refused(&m, "(10000 services in all)");
}
END_TEST

START_TEST(a_sum_that_two_cycles_together_bring_to_one_is_refused)
{
    for (int64_t more = 0; more < 2; more++) {
        toc_model m = {0};
        add_service(&m, "hub")->rule = TOC_RULE_SUM;
        add_service(&m, "a");
        add_service(&m, "b");
        add_need(&m, "hub", "a")->strength = 500000;
        add_need(&m, "hub", "b")->strength = 499999 + more;
        add_need(&m, "a", "hub");
        add_need(&m, "b", "hub");
        if (more) {
            expect_refused(&m, "in the cycle \"hub\", \"a\", each");
            continue;
        }
        toc_error e;
        TOC_OK_OR_FAIL(toc_model_check(&m, &e), e);
        m.services[0].needs[0].group = m.services[0].needs[1].group = 1; // either, not both
        m.services[0].needs[0].strength = m.services[0].needs[1].strength = 999999;
        TOC_OK_OR_FAIL(toc_model_check(&m, &e), e);
        toc_model_fini(&m);
    }
}
END_TEST

// Power iteration is slow on these; the bound is the product of all strengths.
START_TEST(long_rings_of_sums_are_judged_by_their_weakest_link)
{
    toc_model m = {0};
    add_ring(&m, 10000, ALL, TOC_RULE_SUM);
    m.services[4321].needs[0].strength = 900000;
    toc_error e;
    TOC_OK_OR_FAIL(toc_model_check(&m, &e), e);
    for (size_t i = 0; i < m.service_count; i++) // the other way round
        m.services[i].needs[0].provider = (i + m.service_count - 1) % m.service_count;
    TOC_OK_OR_FAIL(toc_model_check(&m, &e), e);
    toc_model_fini(&m);
}
END_TEST

START_TEST(cycles_without_a_sum_or_without_strength_are_sound)
{
    toc_model m = {0};
    add_ring(&m, 3, ALL, TOC_RULE_MIN);
    size_t *cycle;
    size_t count;
    ck_assert(!toc_model_gain(&m, &cycle, &count));
    m.services[1].rule = TOC_RULE_SUM;
    ck_assert(toc_model_gain(&m, &cycle, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_uint_eq(cycle[0], 1);
    ck_assert_uint_eq(cycle[1], 2);
    ck_assert_uint_eq(cycle[2], 0);
    free(cycle);
    m.services[2].needs[0].strength = 0;
    ck_assert(!toc_model_gain(&m, &cycle, &count));
    toc_model_fini(&m);
}
END_TEST

// The trap of two in full need of each other is sound; a sum that hangs on it by little leaves it so.
START_TEST(a_full_cycle_without_a_sum_does_not_count_for_the_sums_around_it)
{
    for (int64_t back = 0; back < 2; back++) {
        toc_model m = {0};
        add_service(&m, "grid");
        add_service(&m, "voice");
        add_service(&m, "trade")->rule = TOC_RULE_SUM;
        add_need(&m, "grid", "voice");
        add_need(&m, "voice", "grid");
        add_need(&m, "trade", "grid")->strength = 600000; // more than all, but of little
        add_need(&m, "trade", "voice")->strength = 600000;
        add_need(&m, "grid", "trade")->strength = back ? 833334 : 800000; // times 1.2: 1, and below
        if (back) {
            expect_refused(&m, "\"trade\"");
            continue;
        }
        toc_error e;
        TOC_OK_OR_FAIL(toc_model_check(&m, &e), e);
        toc_model_fini(&m);
    }
}
END_TEST

START_TEST(a_model_of_nothing_is_a_world_of_nothing)
{
    world_fixture f = {0};
    begin_world(&f);
    until(&f, 1000);
    int64_t due;
    ck_assert(!toc_world_next(f.world, &due));
    end_world(&f);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, what_is_out_of_its_range_is_refused_with_its_place);
    tcase_add_test(tc, what_is_of_nothing_or_of_itself_is_refused);
    tcase_add_test(tc, ids_are_there_and_unique);
    tcase_add_test(tc, sums_that_give_back_all_they_lost_are_refused_with_their_cycle);
    tcase_add_test(tc, a_sum_that_two_cycles_together_bring_to_one_is_refused);
    tcase_add_test(tc, long_rings_of_sums_are_judged_by_their_weakest_link);
    tcase_add_test(tc, cycles_without_a_sum_or_without_strength_are_sound);
    tcase_add_test(tc, a_full_cycle_without_a_sum_does_not_count_for_the_sums_around_it);
    tcase_add_test(tc, a_model_of_nothing_is_a_world_of_nothing);
}

TOC_CHECK_MAIN("world_model", add_tests)
