// SPDX-License-Identifier: MIT
#include <check.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/random.h"
#include "base/time.h"
#include "check_main.h"

static const toc_story startex = {.ms = 1645671600000, .zone_minutes = 120}; // 05:00+02:00

static void check_duration(const char *text, int64_t want)
{
    toc_error e = {0};
    int64_t ms = -1;
    TOC_OK_OR_FAIL(toc_duration_parse(text, &ms, &e), e);
    ck_assert_msg(ms == want, "%s: %" PRId64, text, ms);
}

static void check_play(const char *text, int64_t want)
{
    toc_error e = {0};
    int64_t ms = -1;
    TOC_OK_OR_FAIL(toc_play_parse(text, &ms, &e), e);
    ck_assert_msg(ms == want, "%s: %" PRId64, text, ms);
}

START_TEST(durations_are_read)
{
    check_duration("90s", 90000);
    check_duration("15m", 900000);
    check_duration("1h30m", 5400000);
    check_duration("2d", 172800000);
    check_duration("250ms", 250);
    check_duration("1d2h3m4s5ms", 93784005);
    check_duration("0s", 0);
    check_duration("007m", 420000);
    check_duration("9007199254740991ms", TOC_MS_MAX);
}
END_TEST

START_TEST(what_is_no_duration_is_refused_with_advice)
{
    static const char *const wrong[] = {
        "",
        "s",
        "90",
        "1.5h",
        "-5m",
        "+5m",
        " 5m",
        "5m ",
        "5 m",
        "5M",
        "5min",
        "1m1h",
        "5m5m",
        "1ms1s",
        "1h30",
        "5m\n",
        "٥m",
        "1e3s",
        "0x5s",
        "5mm",
        "5msm",
        "1hh",
        "1d1",
        "9007199254740992ms",
        "99999999999999999999s",
        "104249991374d8h",
        "1w",
    };
    for (size_t i = 0; i < TOC_COUNT(wrong); i++) {
        toc_error e = {0};
        int64_t ms;
        ck_assert_msg(toc_duration_parse(wrong[i], &ms, &e) == TOC_EFORMAT, "%s", wrong[i]);
        ck_assert_ptr_nonnull(strstr(e.msg, "1h30m"));
        ck_assert_int_eq(e.msg[0], '"');
    }
}
END_TEST

START_TEST(durations_are_written_as_short_as_they_go)
{
    static const struct {
        int64_t ms;
        const char *text;
    } cases[] = {
        {0, "0s"},
        {1, "1ms"},
        {5400000, "1h30m"},
        {86400000, "1d"},
        {90000, "1m30s"},
        {90061001, "1d1h1m1s1ms"},
        {-5400000, "-1h30m"},
        {172800000, "2d"},
        {INT64_MIN, "-106751991167d7h12m55s808ms"},
    };
    for (size_t i = 0; i < TOC_COUNT(cases); i++) {
        toc_buf b = {0};
        toc_duration_text(&b, cases[i].ms);
        ck_assert_str_eq(toc_buf_text(&b), cases[i].text);
        toc_buf_fini(&b);
    }
}
END_TEST

// A number of any size up to TOC_MS_MAX, small ones as likely as large ones.
static int64_t any_ms(toc_random *r)
{
    return (int64_t)((toc_random_next(r) >> 11) >> toc_random_below(r, 53));
}

START_TEST(a_duration_that_was_written_reads_back)
{
    uint64_t seed = 7;
    printf("duration seed %" PRIu64 "\n", seed);
    toc_random r;
    toc_random_seed(&r, seed, "durations");
    toc_buf b = {0};
    for (int i = 0; i < 100000; i++) {
        int64_t ms = any_ms(&r);
        toc_buf_clear(&b);
        toc_duration_text(&b, ms);
        check_duration(toc_buf_text(&b), ms);
    }
    toc_buf_fini(&b);
}
END_TEST

START_TEST(play_times_are_read)
{
    check_play("T+0", 0);
    check_play("T+0:00", 0);
    check_play("T+1:30", 5400000);
    check_play("T+1:30:15", 5415000);
    check_play("T+45m", 2700000);
    check_play("T+1h30m", 5400000);
    check_play("T+100:00", 360000000);
    check_play("T+0:05", 300000);
    check_play("T+250ms", 250);
}
END_TEST

START_TEST(what_is_no_play_time_is_refused_with_advice)
{
    static const char *const wrong[] = {
        "",
        "T",
        "T+",
        "T-0:05",
        "t+0:05",
        "0:05",
        "T+5",
        "T+00",
        "T+1:5",
        "T+1:60",
        "T+:30",
        "T+1:",
        "T+1:300",
        "T+1:30:",
        "T+1:30:60",
        "T+1:30:5",
        "T+ 1:30",
        "T+1:30 ",
        "T+1:30m",
        "T+-1:30",
        "T+1:30:15:00",
        "T+2501999792984:00",
        "T+1h:30",
        "T++45m",
    };
    for (size_t i = 0; i < TOC_COUNT(wrong); i++) {
        toc_error e = {0};
        int64_t ms;
        ck_assert_msg(toc_play_parse(wrong[i], &ms, &e) == TOC_EFORMAT, "%s", wrong[i]);
        ck_assert_ptr_nonnull(strstr(e.msg, "T+1:30"));
    }
}
END_TEST

START_TEST(a_play_time_that_was_written_reads_back_to_the_second)
{
    uint64_t seed = 8;
    printf("play seed %" PRIu64 "\n", seed);
    toc_random r;
    toc_random_seed(&r, seed, "play");
    toc_buf b = {0};
    for (int i = 0; i < 100000; i++) {
        int64_t ms = any_ms(&r);
        toc_buf_clear(&b);
        toc_play_text(&b, ms);
        check_play(toc_buf_text(&b), ms / 1000 * 1000);
    }
    toc_buf_clear(&b);
    toc_play_text(&b, 5527999);
    toc_buf_char(&b, ' ');
    toc_play_text(&b, 360000000);
    toc_buf_char(&b, ' ');
    toc_play_text(&b, -61000);
    toc_buf_char(&b, ' ');
    toc_play_text(&b, -999);
    ck_assert_str_eq(toc_buf_text(&b), "T+1:32:07 T+100:00:00 T-0:01:01 T+0:00:00");
    toc_buf_fini(&b);
}
END_TEST

START_TEST(story_moments_are_read_and_written)
{
    static const struct {
        const char *text;
        int64_t ms;
        int zone;
        const char *written, *clock;
    } cases[] = {
        {"1970-01-01 00:00Z", 0, 0, "1970-01-01 00:00Z", "00:00"},
        {"2022-02-24 03:00Z", 1645671600000, 0, "2022-02-24 03:00Z", "03:00"},
        {"2022-02-24T03:00Z", 1645671600000, 0, "2022-02-24 03:00Z", "03:00"},
        {"2022-02-24 03:00:30+02:00", 1645664430000, 120, "2022-02-24 03:00+02:00", "03:00"},
        {"2022-02-23 22:00-05:00", 1645671600000, -300, "2022-02-23 22:00-05:00", "22:00"},
        {"2022-02-24 08:45+05:45", 1645671600000, 345, "2022-02-24 08:45+05:45", "08:45"},
        {"1969-12-31 23:59:59-00:00", -1000, 0, "1969-12-31 23:59Z", "23:59"},
        {"0001-01-01 00:00Z", -62135596800000, 0, "0001-01-01 00:00Z", "00:00"},
        {"9999-12-31 23:59:59Z", 253402300799000, 0, "9999-12-31 23:59Z", "23:59"},
        {"2024-02-29 12:00Z", 1709208000000, 0, "2024-02-29 12:00Z", "12:00"},
        {"2000-02-29 12:00Z", 951825600000, 0, "2000-02-29 12:00Z", "12:00"},
    };
    for (size_t i = 0; i < TOC_COUNT(cases); i++) {
        toc_error e = {0};
        toc_story s = {0};
        toc_buf b = {0};
        TOC_OK_OR_FAIL(toc_story_parse(cases[i].text, &s, &e), e);
        ck_assert_int_eq(s.ms, cases[i].ms);
        ck_assert_int_eq(s.zone_minutes, cases[i].zone);
        toc_story_text(&b, s);
        ck_assert_str_eq(toc_buf_text(&b), cases[i].written);
        toc_buf_clear(&b);
        toc_story_clock_text(&b, s);
        ck_assert_str_eq(toc_buf_text(&b), cases[i].clock);
        toc_buf_fini(&b);
    }
}
END_TEST

START_TEST(what_is_no_story_moment_is_refused_with_advice)
{
    static const char *const wrong[] = {
        "",
        "2022-02-24",
        "2022-02-24 03:00",
        "2022-02-24 03:00:30",
        "2022-02-29 03:00Z",
        "1900-02-29 03:00Z",
        "2022-02-30 03:00Z",
        "2022-04-31 03:00Z",
        "2022-13-01 03:00Z",
        "2022-00-01 03:00Z",
        "2022-01-00 03:00Z",
        "2022-02-24 24:00Z",
        "2022-02-24 03:60Z",
        "2022-02-24 03:00:60Z",
        "2022-2-24 03:00Z",
        "22-02-24 03:00Z",
        "2022-02-24  03:00Z",
        "2022-02-24 3:00Z",
        "2022-02-24 03:00z",
        "2022-02-24 03:00+2",
        "2022-02-24 03:00+0200",
        "2022-02-24 03:00+18:01",
        "2022-02-24 03:00-18:01",
        "2022-02-24 03:00+02:60",
        "2022-02-24 03:00ZZ",
        "2022-02-24 03:00 Z",
        "0000-01-01 00:00Z",
        "2022-02-24 03:00:3Z",
        "2022/02/24 03:00Z",
        "x2022-02-24 03:00Z",
        "-022-02-24 03:00Z",
        "2022-02-24 03:00:30.5Z",
    };
    for (size_t i = 0; i < TOC_COUNT(wrong); i++) {
        toc_error e = {0};
        toc_story s;
        ck_assert_msg(toc_story_parse(wrong[i], &s, &e) == TOC_EFORMAT, "%s", wrong[i]);
        ck_assert_ptr_nonnull(strstr(e.msg, "2022-02-24 03:00Z"));
    }
    toc_error e = {0};
    toc_story s;
    toc_story_parse("2022-02-24 03:00", &s, &e);
    ck_assert_ptr_nonnull(strstr(e.msg, "has no zone"));
}
END_TEST

START_TEST(every_cut_of_a_moment_is_refused_but_the_whole)
{
    static const char whole[] = "2022-02-24 03:00:30+02:00";
    for (size_t n = 0; n < sizeof whole - 1; n++) {
        char *part = toc_strndup(whole, n); // of its own size, so that reading on is seen
        toc_story s;
        ck_assert_int_eq(toc_story_parse(part, &s, NULL), TOC_EFORMAT);
        free(part);
    }
    toc_story s;
    ck_assert_int_eq(toc_story_parse(whole, &s, NULL), TOC_OK);
}
END_TEST

// The months' ends of 4,700 years, from before the year 0, against libc, which reckons another way.
START_TEST(calendar_agrees_with_libc)
{
    toc_buf b = {0};
    for (int64_t day = -1000000; day < 719162; day++) {
        int64_t s = day * 86400 + (day * 7919 % 86400 + 86400) % 86400;
        time_t t = (time_t)s;
        struct tm tm;
        char want[64];
        ck_assert_ptr_nonnull(gmtime_r(&t, &tm));
        if (day % 5 && tm.tm_mday > 1 && tm.tm_mday < 28)
            continue;
        snprintf(want, sizeof want, "%04d-%02d-%02dT%02d:%02d:%02d.007Z", tm.tm_year + 1900,
                 tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
        toc_buf_clear(&b);
        toc_wall_text(&b, s * 1000 + 7);
        if (strcmp(toc_buf_text(&b), want) != 0)
            ck_abort_msg("%s, libc %s", toc_buf_text(&b), want);
    }
    toc_buf_fini(&b);
}
END_TEST

START_TEST(a_moment_that_was_written_reads_back_to_the_minute)
{
    uint64_t seed = 9;
    printf("story seed %" PRIu64 "\n", seed);
    toc_random r;
    toc_random_seed(&r, seed, "story");
    toc_buf b = {0};
    for (int i = 0; i < 100000; i++) {
        // Kept a day away from the years 1 and 9999, so that the zone cannot leave them.
        int64_t minute = (int64_t)toc_random_below(&r, (253402300799 + 62135596800) / 60 - 2880);
        toc_story want = {
            .ms = (minute + 1440) * 60000 - 62135596800000,
            .zone_minutes = (int)toc_random_below(&r, 2161) - 1080,
        };
        toc_error e = {0};
        toc_story got;
        toc_buf_clear(&b);
        toc_story_text(&b, want);
        TOC_OK_OR_FAIL(toc_story_parse(toc_buf_text(&b), &got, &e), e);
        ck_assert_int_eq(got.ms, want.ms);
        ck_assert_int_eq(got.zone_minutes, want.zone_minutes);
    }
    toc_buf_fini(&b);
}
END_TEST

START_TEST(story_clock_gives_the_first_such_moment_from_the_start_on)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"08:00", "2022-02-24 08:00+02:00"},
        {"05:00", "2022-02-24 05:00+02:00"},
        {"04:59", "2022-02-25 04:59+02:00"},
        {"00:00", "2022-02-25 00:00+02:00"},
        {"23:59", "2022-02-24 23:59+02:00"},
        {"2022-02-25 08:00", "2022-02-25 08:00+02:00"},
        {"2022-02-24T05:00:00", "2022-02-24 05:00+02:00"},
        {"2023-01-01 00:00", "2023-01-01 00:00+02:00"},
    };
    for (size_t i = 0; i < TOC_COUNT(cases); i++) {
        toc_error e = {0};
        toc_story got;
        toc_buf b = {0};
        TOC_OK_OR_FAIL(toc_story_clock_parse(cases[i].text, startex, &got, &e), e);
        toc_story_text(&b, got);
        ck_assert_str_eq(toc_buf_text(&b), cases[i].want);
        toc_buf_fini(&b);
    }
}
END_TEST

START_TEST(story_clock_refuses_the_past_and_the_odd)
{
    static const char *const wrong[] = {
        "",
        "8:00",
        "08:00Z",
        "08",
        "24:00",
        "08:00 ",
        "2022-02-25",
        "2022-02-25 08:00Z",
        "2022-02-25 08:00+02:00",
        "2022-02-30 08:00",
        "2022-02-24 04:59",
        "2022-02-23 08:00",
        "08:00-02:00",
        "-",
    };
    for (size_t i = 0; i < TOC_COUNT(wrong); i++) {
        toc_error e = {0};
        toc_story s;
        ck_assert_msg(toc_story_clock_parse(wrong[i], startex, &s, &e) == TOC_EFORMAT, "%s",
                      wrong[i]);
        ck_assert_int_eq(e.msg[0], '"');
    }
    toc_error e = {0};
    toc_story s;
    toc_story_clock_parse("2022-02-23 08:00", startex, &s, &e);
    ck_assert_str_eq(e.msg, "\"2022-02-23 08:00\" is before 2022-02-24 05:00+02:00");
}
END_TEST

// Any clock time from any start lies within the day that follows, at that clock time.
START_TEST(story_clock_is_less_than_a_day_ahead)
{
    uint64_t seed = 10;
    printf("clock seed %" PRIu64 "\n", seed);
    toc_random r;
    toc_random_seed(&r, seed, "clock");
    toc_buf b = {0};
    for (int i = 0; i < 50000; i++) {
        toc_story start = {
            .ms = (int64_t)(toc_random_next(&r) >> 20) - (INT64_C(1) << 43),
            .zone_minutes = (int)toc_random_below(&r, 2161) - 1080,
        };
        char text[16];
        snprintf(text, sizeof text, "%02d:%02d", (int)toc_random_below(&r, 24),
                 (int)toc_random_below(&r, 60));
        toc_error e = {0};
        toc_story got;
        TOC_OK_OR_FAIL(toc_story_clock_parse(text, start, &got, &e), e);
        ck_assert_int_ge(got.ms, start.ms);
        ck_assert_int_lt(got.ms, start.ms + 86400000);
        toc_buf_clear(&b);
        toc_story_clock_text(&b, got);
        ck_assert_str_eq(toc_buf_text(&b), text);
    }
    toc_buf_fini(&b);
}
END_TEST

START_TEST(largest_times_can_be_written)
{
    toc_buf b = {0};
    toc_story_text(&b, (toc_story){TOC_MS_MAX, 1080});
    toc_story_text(&b, (toc_story){-TOC_MS_MAX, -1080});
    toc_wall_text(&b, TOC_MS_MAX);
    toc_wall_text(&b, -TOC_MS_MAX);
    toc_play_text(&b, TOC_MS_MAX);
    ck_assert_str_eq(toc_buf_text(&b), "287396-10-13 02:59+18:00-283457-03-20 21:00-18:00"
                                       "287396-10-12T08:59:00.991Z-283457-03-21T15:00:59.009Z"
                                       "T+2501999792:59:00");
    toc_buf_fini(&b);
}
END_TEST

START_TEST(wall_clock_is_in_this_century)
{
    int64_t now = toc_wall_now();
    ck_assert_int_gt(now, 1700000000000);
    ck_assert_int_lt(now, 4102444800000);
}
END_TEST

static void check_months(const char *from, int months, const char *want)
{
    toc_story story = {0};
    toc_buf b = {0};
    ck_assert_int_eq(toc_story_parse(from, &story, NULL), TOC_OK);
    toc_story_text(&b, toc_story_add_months(story, months));
    ck_assert_str_eq(b.data, want);
    toc_buf_fini(&b);
}

START_TEST(a_month_later_is_the_same_day_or_the_last_there_is)
{
    check_months("2026-11-21 18:00Z", 1, "2026-12-21 18:00Z");
    check_months("2026-12-21 18:00Z", 1, "2027-01-21 18:00Z");
    check_months("2026-01-31 08:15Z", 1, "2026-02-28 08:15Z");
    check_months("2024-01-31 08:15Z", 1, "2024-02-29 08:15Z");
    check_months("2023-12-31 23:59Z", 2, "2024-02-29 23:59Z");
    check_months("2026-03-31 08:15Z", 1, "2026-04-30 08:15Z");
    check_months("2024-02-29 08:15Z", 12, "2025-02-28 08:15Z");
    check_months("2026-03-31 08:15Z", -1, "2026-02-28 08:15Z");
    check_months("2026-03-31 08:15Z", 0, "2026-03-31 08:15Z");
    // The day is that of the zone: 31 January there, 1 February in UTC.
    check_months("2026-01-31 23:00-02:00", 1, "2026-02-28 23:00-02:00");
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, durations_are_read);
    tcase_add_test(tc, what_is_no_duration_is_refused_with_advice);
    tcase_add_test(tc, durations_are_written_as_short_as_they_go);
    tcase_add_test(tc, a_duration_that_was_written_reads_back);
    tcase_add_test(tc, play_times_are_read);
    tcase_add_test(tc, what_is_no_play_time_is_refused_with_advice);
    tcase_add_test(tc, a_play_time_that_was_written_reads_back_to_the_second);
    tcase_add_test(tc, story_moments_are_read_and_written);
    tcase_add_test(tc, what_is_no_story_moment_is_refused_with_advice);
    tcase_add_test(tc, every_cut_of_a_moment_is_refused_but_the_whole);
    tcase_add_test(tc, calendar_agrees_with_libc);
    tcase_add_test(tc, a_moment_that_was_written_reads_back_to_the_minute);
    tcase_add_test(tc, story_clock_gives_the_first_such_moment_from_the_start_on);
    tcase_add_test(tc, story_clock_refuses_the_past_and_the_odd);
    tcase_add_test(tc, story_clock_is_less_than_a_day_ahead);
    tcase_add_test(tc, largest_times_can_be_written);
    tcase_add_test(tc, wall_clock_is_in_this_century);
    tcase_add_test(tc, a_month_later_is_the_same_day_or_the_last_there_is);
}

TOC_CHECK_MAIN("time", add_tests)
