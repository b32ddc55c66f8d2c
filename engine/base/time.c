// SPDX-License-Identifier: MIT
// Durations and play times; moments of a calendar are in calendar.c.
#include "base/time.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static const struct {
    const char *name;
    int64_t ms;
} units[] = {{"d", 86400000}, {"h", 3600000}, {"m", 60000}, {"s", 1000}, {"ms", 1}};

static bool read_duration(const char *s, int64_t *ms);
static bool read_clock(const char *s, int64_t *ms);
static bool read_number(const char **s, int64_t *n);
static bool read_unit(const char **s, size_t *next, int64_t *unit_ms);
static bool add_times(int64_t *sum, int64_t n, int64_t unit_ms);

toc_err toc_duration_parse(const char *text, int64_t *ms, toc_error *e)
{
    if (read_duration(text, ms))
        return TOC_OK;
    char quote[TOC_QUOTE_SIZE];
    return toc_fail(e, TOC_EFORMAT,
                    "%s is not a duration: write it like 90s, 15m, 1h30m, 2d or 250ms",
                    toc_text_quote(quote, text));
}

void toc_duration_text(toc_buf *b, int64_t ms)
{
    uint64_t left = ms < 0 ? 0 - (uint64_t)ms : (uint64_t)ms;
    if (ms == 0)
        toc_buf_str(b, "0s");
    if (ms < 0)
        toc_buf_char(b, '-');
    for (size_t i = 0; i < TOC_COUNT(units); i++) {
        uint64_t n = left / (uint64_t)units[i].ms;
        left %= (uint64_t)units[i].ms;
        if (n > 0)
            toc_buf_printf(b, "%" PRIu64 "%s", n, units[i].name);
    }
}

toc_err toc_play_parse(const char *text, int64_t *ms, toc_error *e)
{
    if (text[0] == 'T' && text[1] == '+') {
        const char *s = text + 2;
        if (strcmp(s, "0") == 0) {
            *ms = 0;
            return TOC_OK;
        }
        if (read_clock(s, ms) || read_duration(s, ms))
            return TOC_OK;
    }
    char quote[TOC_QUOTE_SIZE];
    return toc_fail(
        e, TOC_EFORMAT,
        "%s is not a play time: write it like T+1:30 (hours:minutes), T+1:30:15 or T+45m",
        toc_text_quote(quote, text));
}

void toc_play_text(toc_buf *b, int64_t ms)
{
    int64_t s = ms / 1000;
    uint64_t left = s < 0 ? 0 - (uint64_t)s : (uint64_t)s;
    toc_buf_printf(b, "T%c%" PRIu64 ":%02u:%02u", s < 0 ? '-' : '+', left / 3600,
                   (unsigned)(left / 60 % 60), (unsigned)(left % 60));
}

static bool read_duration(const char *s, int64_t *ms)
{
    int64_t sum = 0;
    size_t next = 0; // the largest unit that may follow
    do {
        int64_t n;
        int64_t unit_ms;
        if (!read_number(&s, &n) || !read_unit(&s, &next, &unit_ms) || !add_times(&sum, n, unit_ms))
            return false;
    } while (*s);
    *ms = sum;
    return true;
}

// "1:30" or "1:30:15".
static bool read_clock(const char *s, int64_t *ms)
{
    int64_t sum = 0;
    int64_t n;
    if (!read_number(&s, &n) || !add_times(&sum, n, 3600000) || *s != ':')
        return false;
    for (int64_t unit_ms = 60000; unit_ms >= 1000 && *s == ':'; unit_ms /= 60) {
        const char *from = ++s;
        if (!read_number(&s, &n) || s - from != 2 || n > 59 || !add_times(&sum, n, unit_ms))
            return false;
    }
    if (*s)
        return false;
    *ms = sum;
    return true;
}

static bool read_number(const char **s, int64_t *n)
{
    if (**s < '0' || **s > '9')
        return false;
    for (*n = 0; **s >= '0' && **s <= '9'; (*s)++) {
        *n = *n * 10 + (**s - '0');
        if (*n > TOC_MS_MAX)
            return false;
    }
    return true;
}

static bool read_unit(const char **s, size_t *next, int64_t *unit_ms)
{
    size_t len = strcspn(*s, "0123456789");
    for (size_t i = *next; i < TOC_COUNT(units); i++) {
        if (strlen(units[i].name) == len && memcmp(units[i].name, *s, len) == 0) {
            *s += len;
            *next = i + 1;
            *unit_ms = units[i].ms;
            return true;
        }
    }
    return false;
}

static bool add_times(int64_t *sum, int64_t n, int64_t unit_ms)
{
    if (n > (TOC_MS_MAX - *sum) / unit_ms)
        return false;
    *sum += n * unit_ms;
    return true;
}
