// SPDX-License-Identifier: MIT
// Moments of the Gregorian calendar, reckoned by hand: libc's conversions depend on the machine's
// zone and its zone files, and a replay must not.
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "base/time.h"

enum { MINUTE_MS = 60000, DAY_MS = 86400000, ZONE_MAX = 18 * 60 };

typedef struct {
    int64_t year;
    int month, day, hour, minute, second, ms;
} moment;

static bool read_date(const char **s, int64_t *days);
static bool read_clock(const char **s, int64_t *ms);
static bool read_zone(const char **s, int *minutes);
static bool read_digits(const char **s, int count, int *n);
static bool skip(const char **s, char c);
static int days_in_month(int64_t year, int month);
static int64_t days_from_date(int64_t year, int month, int day);
static moment moment_of(int64_t ms);

toc_err toc_story_parse(const char *text, toc_story *out, toc_error *e)
{
    const char *s = text;
    int64_t days = 0;
    int64_t clock_ms = 0;
    int zone = 0;
    char quote[TOC_QUOTE_SIZE];
    bool is_read =
        read_date(&s, &days) && (skip(&s, ' ') || skip(&s, 'T')) && read_clock(&s, &clock_ms);
    if (is_read && *s == '\0')
        return toc_fail(e, TOC_EFORMAT,
                        "%s has no zone: write it like 2022-02-24 03:00Z or 2022-02-24 03:00+02:00",
                        toc_text_quote(quote, text));
    if (!is_read || !read_zone(&s, &zone) || *s)
        return toc_fail(e, TOC_EFORMAT,
                        "%s is not a date and time: write it like 2022-02-24 03:00Z or "
                        "2022-02-24 03:00+02:00",
                        toc_text_quote(quote, text));
    out->ms = days * DAY_MS + clock_ms - (int64_t)zone * MINUTE_MS;
    out->zone_minutes = zone;
    return TOC_OK;
}

static void put_digits(char out[2], int n)
{
    out[0] = (char)('0' + n / 10);
    out[1] = (char)('0' + n % 10);
}

void toc_story_text(toc_buf *b, toc_story s)
{
    moment m = moment_of(s.ms + (int64_t)s.zone_minutes * MINUTE_MS);
    if (m.year >= 0 &&
        m.year <= 9999) { // every event of the world has one: printf would take longest
        char text[] = "0000-00-00 00:00";
        put_digits(text, (int)m.year / 100);
        put_digits(text + 2, (int)m.year % 100);
        put_digits(text + 5, m.month);
        put_digits(text + 8, m.day);
        put_digits(text + 11, m.hour);
        put_digits(text + 14, m.minute);
        toc_buf_add(b, text, sizeof text - 1);
    } else {
        toc_buf_printf(b, "%04" PRId64 "-%02d-%02d %02d:%02d", m.year, m.month, m.day, m.hour,
                       m.minute);
    }
    int zone = s.zone_minutes < 0 ? -s.zone_minutes : s.zone_minutes;
    if (zone == 0)
        toc_buf_char(b, 'Z');
    else
        toc_buf_printf(b, "%c%02d:%02d", s.zone_minutes < 0 ? '-' : '+', zone / 60, zone % 60);
}

void toc_story_clock_text(toc_buf *b, toc_story s)
{
    moment m = moment_of(s.ms + (int64_t)s.zone_minutes * MINUTE_MS);
    toc_buf_printf(b, "%02d:%02d", m.hour, m.minute);
}

toc_err toc_story_clock_parse(const char *text, toc_story start, toc_story *out, toc_error *e)
{
    const char *s = text;
    int64_t days = 0;
    int64_t clock_ms = 0;
    char quote[TOC_QUOTE_SIZE];
    bool is_dated = strchr(text, '-') != NULL;
    bool is_read = !is_dated || (read_date(&s, &days) && (skip(&s, ' ') || skip(&s, 'T')));
    if (!is_read || !read_clock(&s, &clock_ms) || *s)
        return toc_fail(
            e, TOC_EFORMAT,
            "%s is not a story moment: write it like 08:00 or 2022-02-25 08:00, without "
            "a zone: it is that of startex",
            toc_text_quote(quote, text));
    int64_t zone_ms = (int64_t)start.zone_minutes * MINUTE_MS;
    int64_t local = start.ms + zone_ms;
    if (!is_dated) {
        days = (local - ((local % DAY_MS) + DAY_MS) % DAY_MS) / DAY_MS;
        if (days * DAY_MS + clock_ms < local)
            days++;
    }
    int64_t ms = days * DAY_MS + clock_ms - zone_ms;
    if (ms < start.ms) {
        toc_buf from = {0};
        toc_story_text(&from, start);
        toc_fail(e, TOC_EFORMAT, "%s is before %s", toc_text_quote(quote, text),
                 toc_buf_text(&from));
        toc_buf_fini(&from);
        return TOC_EFORMAT;
    }
    *out = (toc_story){.ms = ms, .zone_minutes = start.zone_minutes};
    return TOC_OK;
}

toc_story toc_story_add_months(toc_story s, int months)
{
    int64_t local = s.ms + (int64_t)s.zone_minutes * MINUTE_MS;
    moment m = moment_of(local);
    int64_t in_day = (local % DAY_MS + DAY_MS) % DAY_MS;
    int64_t all = m.year * 12 + m.month - 1 + months;
    int month = (int)((all % 12 + 12) % 12) + 1;
    int64_t year = (all - (month - 1)) / 12;
    int last = days_in_month(year, month);
    int64_t days = days_from_date(year, month, m.day < last ? m.day : last);
    s.ms = days * DAY_MS + in_day - (int64_t)s.zone_minutes * MINUTE_MS;
    return s;
}

void toc_wall_text(toc_buf *b, int64_t unix_ms)
{
    moment m = moment_of(unix_ms);
    toc_buf_printf(b, "%04" PRId64 "-%02d-%02dT%02d:%02d:%02d.%03dZ", m.year, m.month, m.day,
                   m.hour, m.minute, m.second, m.ms);
}

int64_t toc_wall_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// "2022-02-24", a day that exists, as days since 1970-01-01.
static bool read_date(const char **s, int64_t *days)
{
    int year;
    int month;
    int day;
    if (!read_digits(s, 4, &year) || !skip(s, '-') || !read_digits(s, 2, &month) || !skip(s, '-') ||
        !read_digits(s, 2, &day))
        return false;
    if (year < 1 || month < 1 || month > 12)
        return false;
    if (day < 1 || day > days_in_month(year, month))
        return false;
    *days = days_from_date(year, month, day);
    return true;
}

// "03:00" or "03:00:30".
static bool read_clock(const char **s, int64_t *ms)
{
    int hour;
    int minute;
    int second = 0;
    if (!read_digits(s, 2, &hour) || !skip(s, ':') || !read_digits(s, 2, &minute))
        return false;
    if (skip(s, ':') && !read_digits(s, 2, &second))
        return false;
    *ms = ((int64_t)hour * 60 + minute) * MINUTE_MS + (int64_t)second * 1000;
    return hour < 24 && minute < 60 && second < 60;
}

// "Z" or "+02:00".
static bool read_zone(const char **s, int *minutes)
{
    *minutes = 0;
    if (skip(s, 'Z'))
        return true;
    int sign = **s == '-' ? -1 : 1;
    int hour;
    int minute;
    if (!(skip(s, '+') || skip(s, '-')) || !read_digits(s, 2, &hour) || !skip(s, ':') ||
        !read_digits(s, 2, &minute) || minute > 59)
        return false;
    *minutes = sign * (hour * 60 + minute);
    return *minutes >= -ZONE_MAX && *minutes <= ZONE_MAX;
}

static bool read_digits(const char **s, int count, int *n)
{
    *n = 0;
    for (int i = 0; i < count; i++) {
        if (**s < '0' || **s > '9')
            return false;
        *n = *n * 10 + (*(*s)++ - '0');
    }
    return true;
}

static bool skip(const char **s, char c)
{
    if (**s != c)
        return false;
    (*s)++;
    return true;
}

static int days_in_month(int64_t year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return lengths[month - 1] + (month == 2 && is_leap);
}

// Days since 1970-01-01 and back, by years that begin in March, so that the leap day comes last, in
// eras of 400 years = 146,097 days (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
static int64_t days_from_date(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static moment moment_of(int64_t ms)
{
    int64_t in_day = (ms % DAY_MS + DAY_MS) % DAY_MS;
    int64_t days = (ms - in_day) / DAY_MS + 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (int)((5 * day_of_year + 2) / 153);
    int month = shifted < 10 ? shifted + 3 : shifted - 9;
    return (moment){
        .year = year_of_era + era * 400 + (month <= 2),
        .month = month,
        .day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1),
        .hour = (int)(in_day / 3600000),
        .minute = (int)(in_day / MINUTE_MS % 60),
        .second = (int)(in_day / 1000 % 60),
        .ms = (int)(in_day % 1000),
    };
}
