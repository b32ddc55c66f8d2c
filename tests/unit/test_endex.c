// SPDX-License-Identifier: MIT
// What EXCON gives a time happens: a time at ENDEX or later is refused, by the name of what would fall out.

#include "check_main.h"
#include "plan_fixture.h"

#include <string.h>

#define M 60000

static toc_drive d; // ENDEX is at T+1:00:00
static toc_error e;

#define PUT(t, by, kind, ...) TOC_OK_OR_FAIL(toc_drive_put(&d, t, by, kind, &e, __VA_ARGS__), e)
#define REFUSED(words, t, by, kind, ...)                                                           \
    do {                                                                                           \
        ck_assert_int_eq(toc_drive_put(&d, t, by, kind, &e, __VA_ARGS__), TOC_EREFUSED);           \
        ck_assert_msg(strstr(e.msg, words), "%s", e.msg);                                          \
    } while (0)

static void begin(void)
{
    toc_drive_begin_with(&d, NULL);
    PUT(0, "excon-1", "start", NULL);
}

static void set_up(void)
{
    toc_plan_fixture(&d.plan);
    begin();
}

static void tear_down(void)
{
    toc_drive_end(&d);
}

static int64_t when(toc_kind kind, toc_field f, const char *id)
{
    const toc_event *ev = toc_drive_last(&d, kind, f, id);
    return ev ? ev->t : -1;
}

START_TEST(a_row_comes_before_endex_or_is_refused)
{
    REFUSED("ENDEX is at T+1:00:00", 1 * M, "excon-1", "adhoc", "to", "alpha", "title", "Last",
            "text", "Word", "until", "3600000", NULL);
    REFUSED("ENDEX is at T+1:00:00", 1 * M, "excon-1", "move", "inject", "INJ-04", "until",
            "3600000", NULL);
    PUT(1 * M, "excon-1", "adhoc", "to", "alpha", "title", "Last", "text", "Word", "until",
        "3599999", NULL);
    PUT(1 * M, "excon-1", "move", "inject", "INJ-04", "until", "3599999", NULL);
    toc_drive_to(&d, 60 * M);
    ck_assert_int_eq(when(TOC_K_INJECT, TOC_F_INJECT, "ADHOC-1"), 3599999);
    ck_assert_int_eq(when(TOC_K_INJECT, TOC_F_INJECT, "INJ-04"), 3599999);
}
END_TEST

START_TEST(a_deadline_comes_before_endex_or_is_refused)
{
    REFUSED("ENDEX is at T+1:00:00", 7 * M, "excon-1", "extend", "decision", "D-01", "until",
            "3600000", NULL);
    PUT(7 * M, "excon-1", "extend", "decision", "D-01", "until", "3599999", NULL);
    toc_drive_to(&d, 60 * M);
    ck_assert_int_eq(when(TOC_K_OVERDUE, TOC_F_DECISION, "D-01"), 3599999);
}
END_TEST

// D-03 is asked ten minutes after INJ-02, INJ-05 comes twenty minutes after it.
START_TEST(what_follows_a_moved_row_is_not_pushed_to_endex)
{
    REFUSED("INJ-05 would come at T+1:00:00, not before ENDEX at T+1:00:00: move less, or without "
            "what follows",
            1 * M, "excon-1", "move", "inject", "INJ-02", "until", "2400000", "follow", "1", NULL);
    REFUSED("D-03 would come at T+1:05:00", 1 * M, "excon-1", "move", "inject", "INJ-02", "until",
            "3300000", "follow", "1", NULL);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_MOVED), 0);
    PUT(1 * M, "excon-1", "move", "inject", "INJ-02", "until", "2399999", "follow", "1", NULL);
    toc_drive_to(&d, 60 * M);
    ck_assert_int_eq(when(TOC_K_INJECT, TOC_F_INJECT, "INJ-05"), 3599999);
}
END_TEST

START_TEST(a_row_that_the_author_put_beyond_endex_stops_no_move)
{
    toc_drive_end(&d);
    toc_plan_fixture(&d.plan);
    d.plan.injects[4].at.ms = d.plan.startex.ms + 90 * M;
    begin();
    PUT(0, "excon-1", "move", "inject", "INJ-02", "until", "660000", "follow", "1", NULL);
}
END_TEST

START_TEST(a_deadline_that_a_jump_keeps_is_not_pushed_to_endex)
{
    // D-02 is due at T+0:26.
    REFUSED("D-02 would be due at T+1:00:00, not before ENDEX at T+1:00:00: jump less", 7 * M,
            "excon-1", "jump", "until", "2460000", "keep", "D-02", NULL);
    PUT(7 * M, "excon-1", "jump", "until", "2459999", "keep", "D-02", NULL);
    toc_drive_to(&d, 60 * M);
    ck_assert_int_eq(when(TOC_K_OVERDUE, TOC_F_DECISION, "D-02"), 3599999);
}
END_TEST

static void add_tests(TCase *t)
{
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, a_row_comes_before_endex_or_is_refused);
    tcase_add_test(t, a_deadline_comes_before_endex_or_is_refused);
    tcase_add_test(t, what_follows_a_moved_row_is_not_pushed_to_endex);
    tcase_add_test(t, a_row_that_the_author_put_beyond_endex_stops_no_move);
    tcase_add_test(t, a_deadline_that_a_jump_keeps_is_not_pushed_to_endex);
}

TOC_CHECK_MAIN("endex", add_tests)
