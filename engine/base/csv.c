// SPDX-License-Identifier: MIT
#include "base/csv.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"

#define CELL_MAX 32000 // bytes; Excel takes 32,767 characters and breaks a longer cell apart

static bool is_formula(const char *text, size_t len);
static bool is_misread(const char *text, size_t len);

void toc_csv_cell(toc_buf *out, const char *text, bool is_first)
{
    toc_buf cell = {0};
    if (text)
        toc_text_visible(&cell, text, strlen(text), true);
    bool is_guarded =
        is_formula(toc_buf_text(&cell), cell.len) || is_misread(toc_buf_text(&cell), cell.len);
    size_t len = cell.len;
    if (len > CELL_MAX) {
        len = CELL_MAX;
        while (len > 0 && ((unsigned char)cell.data[len] & 0xC0) == 0x80)
            len--;
    }
    if (!is_first)
        toc_buf_char(out, ',');
    toc_buf_char(out, '"');
    if (is_guarded)
        toc_buf_char(out, '\'');
    for (size_t i = 0; i < len; i++) {
        if (cell.data[i] == '"')
            toc_buf_char(out, '"');
        toc_buf_char(out, cell.data[i]);
    }
    if (len < cell.len)
        toc_buf_str(out, " … (cut here: a cell holds no more)");
    toc_buf_char(out, '"');
    toc_buf_fini(&cell);
}

toc_err toc_csv_read(toc_buf *cell, const char **at, const char *end, char separator, bool *is_last,
                     toc_error *e)
{
    const char *s = *at;
    bool is_quoted = s < end && *s == '"';
    toc_buf_clear(cell);
    for (s += is_quoted; s < end; s++) {
        if (is_quoted && *s == '"' && s + 1 < end && s[1] == '"') {
            s++;
        } else if (is_quoted && *s == '"') {
            is_quoted = false;
            continue;
        } else if (!is_quoted && (*s == separator || *s == '\n' || *s == '\r')) {
            break;
        }
        toc_buf_char(cell, *s);
    }
    if (is_quoted)
        return toc_fail(e, TOC_EFORMAT, "a quote that never closes");
    *is_last = s >= end || *s != separator;
    if (s + 1 < end && s[0] == '\r' && s[1] == '\n')
        s++;
    *at = s < end ? s + 1 : end;
    if (cell->len > 1 && cell->data[0] == '\'' &&
        (is_formula(cell->data + 1, cell->len - 1) || is_misread(cell->data + 1, cell->len - 1))) {
        memmove(cell->data, cell->data + 1, cell->len); // the NUL too
        cell->len--;
    }
    return TOC_OK;
}

// Would a spreadsheet take it for a formula? Tabs and returns are visible signs by now. Some skip blanks and
// quotes before the sign, and some read the wide signs of East Asian keyboards as = + - @.
static bool is_formula(const char *text, size_t len)
{
    size_t at = 0;
    uint32_t sign = 0;
    while (at < len) {
        size_t size = toc_utf8_next(text + at, len - at, &sign);
        if (sign != ' ' && sign != '\n' && sign != '\'' && sign != '"' && sign != 0xA0 &&
            sign != 0x3000 && !(sign >= 0x2000 && sign <= 0x200A))
            break;
        at += size;
    }
    return at < len &&
           (sign == '=' || sign == '+' || sign == '-' || sign == '@' || sign == '|' ||
            sign == '%' || sign == 0x2212 || sign == 0xFF1D || sign == 0xFF0B || sign == 0xFF0D ||
            sign == 0xFF20 || sign == 0x2409 /* tab */ || sign == 0x240D /* return */);
}

static bool is_month(const char *word, size_t len)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    for (size_t i = 0; i < TOC_COUNT(months); i++)
        if ((len == 3 || len == strlen(months[i])) && strncasecmp(word, months[i], len) == 0)
            return true;
    return false;
}

// A number that would be shown as another: 007 as 7, 1E5 as 100000, the last digits of a long one as zeros.
static bool is_odd_number(const char *text, size_t len)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0)
        return false;
    if (digits == len)
        return len > 15 || (len > 1 && text[0] == '0');
    size_t rest = strspn(text + digits + 1, "0123456789");
    return (text[digits] == 'e' || text[digits] == 'E') && rest > 0 && digits + 1 + rest == len;
}

// 2026-11-21 03:50: a spreadsheet takes it for just that.
static bool is_moment(const char *text, size_t len)
{
    static const char form[] = "0000-00-00 00:00:00";
    if (len != 16 && len != 19)
        return false;
    for (size_t i = 0; i < len; i++)
        if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
            return false;
    return true;
}

// Would it silently become another value: an id such as DEC-01 or 3-4 a date?
static bool is_misread(const char *text, size_t len)
{
    if (is_moment(text, len))
        return false;
    static const char between[] = "-/.:, ";
    size_t parts = 0, numbers = 0, at = 0;
    while (at < len) {
        size_t part = strcspn(text + at, between);
        size_t digits = strspn(text + at, "0123456789");
        if (digits != part && !is_month(text + at, part))
            return parts == 0 && is_odd_number(text, len);
        parts += part > 0;
        numbers += digits > 0;
        at += part + (at + part < len);
    }
    return numbers > 0 && (parts == 1 ? is_odd_number(text, len) : parts <= 6);
}
