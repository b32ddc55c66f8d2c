// SPDX-License-Identifier: MIT
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#include "codepoint.h"

static size_t plain_run(const char *s, size_t len);
static bool show_special(toc_buf *out, uint32_t cp, uint32_t before);
static int columns_of(uint32_t cp);
static void add_line(toc_buf *out, const char *s, size_t len, const char *gutter, int room);
static size_t find_break(const char *s, size_t len, int room);
static bool is_gap(const char *s, size_t len);

void toc_text_visible(toc_buf *out, const char *s, size_t len, bool multiline)
{
    uint32_t before = 0; // what the next character would change or sit on; 0 at a line's start
    int marks = 0;       // how many of them in a row stand there
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        size_t n = plain_run(s + i, len - i);
        if (n > 0) {
            toc_buf_add(out, s + i, n);
            i += n;
            before = (unsigned char)s[i - 1];
            marks = 0;
            continue;
        }
        n = toc_utf8_next(s + i, len - i, &cp);
        if (cp == '\n' && multiline) {
            toc_buf_char(out, '\n');
            before = 0;
            marks = 0;
        } else if (show_special(out, cp, marks ? 0 : before)) {
            before = '>';
            marks = 0;
        } else if (!toc_cp_mark(cp)) {
            toc_buf_add(out, s + i, n);
            before = cp;
            marks = 0;
        } else if (before && marks < 2) {
            toc_buf_add(out, s + i, n);
            marks++;
        } else {
            toc_buf_printf(out, "<U+%04X>", (unsigned)cp);
            before = '>';
        }
        i += n;
    }
}

void toc_text_block(toc_buf *out, const char *s, size_t len, const char *gutter, int width)
{
    int room = 0;
    if (width > 0) {
        room = width - toc_text_columns(gutter, strlen(gutter));
        if (room < 3)
            room = 3; // the widest character: columns_of a wide one and U+FE0F
    }
    toc_buf text = {0};
    toc_text_visible(&text, s, len, true);
    const char *at = toc_buf_text(&text);
    const char *end = at + text.len;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end;
        add_line(out, at, (size_t)(stop - at), gutter, room);
        at = newline ? newline + 1 : end;
    }
    toc_buf_fini(&text);
}

int toc_text_columns(const char *s, size_t len)
{
    int columns = 0;
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        i += toc_utf8_next(s + i, len - i, &cp);
        columns += columns_of(cp);
    }
    return columns;
}

const char *toc_text_quote(char out[TOC_QUOTE_SIZE], const char *s)
{
    static const char more[] = "…\"";
    // 256 bytes hold more characters than are shown, so a character cut at their end is not seen.
    size_t len = strlen(s);
    toc_buf text = {0};
    toc_text_visible(&text, s, len < 256 ? len : 256, false);
    const char *shown = toc_buf_text(&text);
    size_t end = 0;
    for (int count = 0; end < text.len && count < 40; count++) {
        uint32_t cp;
        size_t n = toc_utf8_next(shown + end, text.len - end, &cp);
        if (1 + end + n + sizeof more > TOC_QUOTE_SIZE)
            break;
        end += n;
    }
    out[0] = '"';
    memcpy(out + 1, shown, end);
    strcpy(out + 1 + end, end < text.len ? more : "\"");
    toc_buf_fini(&text);
    return out;
}

// Most text is ASCII, and stands for itself.
static size_t plain_run(const char *s, size_t len)
{
    size_t n = 0;
    while (n < len && s[n] >= 0x20 && s[n] < 0x7F)
        n++;
    return n;
}

// Shows a character that must not be shown as itself, and tells whether it was one.
static bool show_special(toc_buf *out, uint32_t cp, uint32_t before)
{
    if (cp == TOC_CP_BAD)
        toc_buf_str(out, "\xEF\xBF\xBD");
    else if (cp < 0x20 || cp == 0x7F)
        // U+2400 and on: E2 90 80 …; that of DEL is U+2421.
        toc_buf_printf(out, "\xE2\x90%c", cp == 0x7F ? 0xA1 : 0x80 + (int)cp);
    else if (cp == 0xFE0F && toc_cp_emoji(before))
        return false;
    else if (toc_cp_hidden(cp))
        toc_buf_printf(out, "<U+%04X>", (unsigned)cp);
    else
        return false;
    return true;
}

static int columns_of(uint32_t cp)
{
    if (cp == 0xFE0F)
        return 1; // it makes some terminals draw the character before it wide
    return toc_cp_mark(cp) ? 0 : toc_cp_wide(cp) ? 2 : 1;
}

static void add_line(toc_buf *out, const char *s, size_t len, const char *gutter, int room)
{
    do {
        size_t n = room ? find_break(s, len, room) : len;
        toc_buf_str(out, gutter);
        toc_buf_add(out, s, n);
        toc_buf_char(out, '\n');
        if (n < len && is_gap(s + n, len - n))
            n++;
        s += n;
        len -= n;
    } while (len > 0);
}

// How many bytes of s go into a line of room columns.
static size_t find_break(const char *s, size_t len, int room)
{
    size_t space = 0;
    size_t base = 0; // where the last character with its marks begins
    int columns = 0;
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        size_t n = toc_utf8_next(s + i, len - i, &cp);
        columns += columns_of(cp);
        if (!toc_cp_mark(cp))
            base = i;
        if (is_gap(s + i, len - i))
            space = i;
        if (columns > room)
            return space ? space : base;
        i += n;
    }
    return len;
}

// A space that may be dropped: not one that carries a mark.
static bool is_gap(const char *s, size_t len)
{
    uint32_t next = 0;
    if (len > 1)
        toc_utf8_next(s + 1, len - 1, &next);
    return s[0] == ' ' && !toc_cp_mark(next);
}

size_t toc_text_marked(const char *s, size_t len, size_t marks)
{
    if (len < 2 * marks + 1 || strncmp(s, "**", marks) != 0 || s[marks] == ' ' || s[marks] == '*')
        return 0;
    for (size_t i = marks + 1; i + marks <= len; i++)
        if (strncmp(s + i, "**", marks) == 0 && s[i - 1] != ' ')
            return i - marks;
    return 0;
}

void toc_text_html(toc_buf *out, const char *text, size_t len, bool multiline)
{
    toc_buf shown = {0};
    toc_text_visible(&shown, text, len, multiline);
    for (size_t i = 0; i < shown.len; i++) {
        size_t n = strcspn(shown.data + i, "&<>\"'"); // nothing that is shown has a NUL in it
        toc_buf_add(out, shown.data + i, n);
        i += n;
        switch (i < shown.len ? shown.data[i] : '\0') {
        case '&':
            toc_buf_str(out, "&amp;");
            break;
        case '<':
            toc_buf_str(out, "&lt;");
            break;
        case '>':
            toc_buf_str(out, "&gt;");
            break;
        case '"':
            toc_buf_str(out, "&quot;");
            break;
        case '\'':
            toc_buf_str(out, "&#39;");
            break;
        }
    }
    toc_buf_fini(&shown);
}
