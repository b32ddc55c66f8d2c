// SPDX-License-Identifier: MIT
#include "cluster.h"

#include <stdbool.h>

#include "base/text.h"

static bool is_joined(const char *s, size_t len, size_t *n);

toc_cluster toc_cluster_next(const char *s, size_t len)
{
    // Nothing in ASCII joins: most text needs no look into tables.
    if ((unsigned char)s[0] < 0x80 && (len == 1 || (unsigned char)s[1] < 0x80))
        return (toc_cluster){1, 1};
    uint32_t cp;
    toc_cluster c = {toc_utf8_next(s, len, &cp), 0};
    size_t n;
    while (cp != '\n' && c.len < len && is_joined(s + c.len, len - c.len, &n))
        c.len += n;
    // U+FE0F makes a narrow character wide in some terminals, and a wide one no wider in any.
    c.columns = toc_text_columns(s, c.len);
    if (c.columns < 1)
        c.columns = 1;
    if (c.columns > 2)
        c.columns = 2;
    return c;
}

size_t toc_cluster_before(const char *s, size_t at)
{
    size_t end = at;
    size_t n;
    do {
        at--;
        while (at > 0 && ((unsigned char)s[at] & 0xC0) == 0x80)
            at--;
    } while (at > 0 && s[at - 1] != '\n' && is_joined(s + at, end - at, &n));
    return at;
}

int toc_cluster_columns(const char *s, size_t len)
{
    int columns = 0;
    for (size_t i = 0; i < len;) {
        toc_cluster c = toc_cluster_next(s + i, len - i);
        columns += c.columns;
        i += c.len;
    }
    return columns;
}

size_t toc_cluster_fit(const char *s, size_t len, int columns)
{
    size_t i = 0;
    while (i < len) {
        toc_cluster c = toc_cluster_next(s + i, len - i);
        columns -= c.columns;
        if (columns < 0)
            break;
        i += c.len;
    }
    return i;
}

size_t toc_cluster_wrap(const char *s, size_t len, int columns, size_t *next)
{
    size_t space = 0;
    size_t i = 0;
    while (i < len) {
        toc_cluster c = toc_cluster_next(s + i, len - i);
        // A space that carries a mark is something to be seen.
        bool is_gap = s[i] == ' ' && c.len == 1;
        if (is_gap)
            space = i;
        columns -= c.columns;
        if (columns < 0) {
            if (i == 0)
                i = c.len;
            else if (space > 0)
                i = space;
            *next = i < len && i == space ? i + 1 : i;
            return i;
        }
        i += c.len;
    }
    *next = len;
    return len;
}

size_t toc_cluster_rows(const char *s, size_t len, int columns)
{
    size_t rows = 0;
    do {
        size_t next = 0;
        if (len > 0)
            toc_cluster_wrap(s, len, columns, &next);
        s += next;
        len -= next;
        rows++;
    } while (len > 0);
    return rows;
}

// Does s begin with a character that belongs to the one before it? *n: its length.
static bool is_joined(const char *s, size_t len, size_t *n)
{
    uint32_t cp;
    if ((unsigned char)s[0] < 0x80)
        return false;
    *n = toc_utf8_next(s, len, &cp);
    return cp == 0xFE0F || toc_text_columns(s, *n) == 0;
}
