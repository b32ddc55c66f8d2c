// SPDX-License-Identifier: MIT
#include "excerpt.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { LINES_BEFORE = 2, TAB = 4, LEAD = 30 };

// A line in three parts, as it is shown: what stands before the underline, above it, behind it.
typedef struct {
    toc_buf before, marked, after;
} parts;

static bool find_line(const toc_file *f, int line, const char **begin, size_t *len);
static size_t skip_characters(const char *text, size_t len, int count);
static void show(toc_buf *out, const char *text, size_t len);
static void cut_head(toc_buf *b, int columns);
static void cut_tail(toc_buf *b, int columns);
static void fit(parts *p, int columns);
static void split(parts *out, const toc_problem *p, const char *line, size_t len);
static int gutter_width(const toc_problem *p);
static void add_line(toc_buf *out, int width, int number, const toc_excerpt_style *style);
static void add_underline(toc_buf *out, const toc_problem *p, const parts *line, char sign,
                          const char *label, const toc_excerpt_style *style);
static void fini(parts *p);

// For the source, beside "12 | ".
static int room(const toc_problem *p, const toc_excerpt_style *style)
{
    int columns = style->columns - gutter_width(p) - 3;
    return columns > LEAD ? columns : LEAD;
}

static int columns_of(const toc_buf *b)
{
    return b->len > 0 ? toc_text_columns(b->data, b->len) : 0;
}

void toc_excerpt(toc_buf *out, const toc_problem *p, const toc_files *files,
                 const toc_excerpt_style *style)
{
    const toc_file *f = *p->file ? toc_files_find(files, p->file) : NULL;
    const char *line;
    size_t len;
    int width = gutter_width(p);
    int columns = room(p, style);
    if (!f || f->size == 0 || !find_line(f, p->line, &line, &len))
        return;
    add_line(out, width, 0, style);
    toc_buf_char(out, '\n');
    int first = p->line > LINES_BEFORE ? p->line - LINES_BEFORE : 1;
    for (int n = first; n < p->line; n++) {
        const char *before;
        size_t before_len;
        toc_buf shown = {0};
        if (!find_line(f, n, &before, &before_len))
            continue;
        show(&shown, before, before_len);
        cut_tail(&shown, columns);
        add_line(out, width, n, style);
        toc_buf_add(out, toc_buf_text(&shown), shown.len);
        toc_buf_char(out, '\n');
        toc_buf_fini(&shown);
    }
    parts shown = {0};
    split(&shown, p, line, len);
    fit(&shown, columns);
    add_line(out, width, p->line, style);
    toc_buf_printf(out, "%s%s%s\n", toc_buf_text(&shown.before), toc_buf_text(&shown.marked),
                   toc_buf_text(&shown.after));
    if (p->column > 0)
        add_underline(out, p, &shown, '^', p->label, style);
    fini(&shown);
}

void toc_excerpt_fixed(toc_buf *out, const toc_problem *p, const toc_files *files,
                       const toc_excerpt_style *style)
{
    const toc_file *f = *p->file ? toc_files_find(files, p->file) : NULL;
    const char *line;
    size_t len;
    if (!p->fix || p->column == 0 || !f || !find_line(f, p->line, &line, &len))
        return;
    parts shown = {0};
    split(&shown, p, line, len);
    toc_buf_clear(&shown.marked);
    show(&shown.marked, p->fix, strlen(p->fix));
    fit(&shown, room(p, style));
    add_line(out, gutter_width(p), 0, style);
    toc_buf_char(out, '\n');
    add_line(out, gutter_width(p), p->line, style);
    toc_buf_printf(out, "%s%s%s\n", toc_buf_text(&shown.before), toc_buf_text(&shown.marked),
                   toc_buf_text(&shown.after));
    add_underline(out, p, &shown, '+', NULL, style);
    fini(&shown);
}

size_t toc_excerpt_byte(const toc_file *f, int line, int column)
{
    const char *begin;
    size_t len;
    if (!find_line(f, line, &begin, &len))
        return f->size;
    return (size_t)(begin - f->data) + skip_characters(begin, len, column - 1);
}

// Lines end with \n, \r\n or \r, as Lua counts them.
static bool find_line(const toc_file *f, int line, const char **begin, size_t *len)
{
    const char *end = f->data + f->size;
    const char *p = f->data;
    for (int n = 1; n < line; n++) {
        while (p < end && *p != '\n' && *p != '\r')
            p++;
        if (p == end)
            return false;
        p += p + 1 < end && p[0] == '\r' && p[1] == '\n' ? 2 : 1;
    }
    *begin = p;
    while (p < end && *p != '\n' && *p != '\r')
        p++;
    *len = (size_t)(p - *begin);
    return line > 0;
}

static size_t skip_characters(const char *text, size_t len, int count)
{
    size_t at = 0;
    for (; at < len && count > 0; count--) {
        at++;
        while (at < len && ((unsigned char)text[at] & 0xC0) == 0x80)
            at++;
    }
    return at;
}

static void show(toc_buf *out, const char *text, size_t len)
{
    while (len > 0) {
        const char *tab = memchr(text, '\t', len);
        size_t run = tab ? (size_t)(tab - text) : len;
        toc_text_visible(out, text, run, false);
        if (tab)
            toc_buf_printf(out, "%*s", TAB, "");
        text += run + (tab != NULL);
        len -= run + (tab != NULL);
    }
}

// ---- cutting ---------------------------------------------------------------------------------------

// The byte behind which at most so many columns stand before (or, from the end, after) it.
static size_t byte_at(const toc_buf *b, int columns)
{
    size_t at = 0;
    while (at < b->len) {
        size_t next = at + skip_characters(b->data + at, b->len - at, 1);
        // A combining mark goes with what it stands on.
        if (toc_text_columns(b->data, next) > columns)
            break;
        at = next;
    }
    return at;
}

static void cut_tail(toc_buf *b, int columns)
{
    if (columns_of(b) <= columns)
        return;
    b->len = byte_at(b, columns - 1);
    b->data[b->len] = '\0';
    toc_buf_str(b, "…");
}

static void cut_head(toc_buf *b, int columns)
{
    size_t at = b->len;
    if (columns_of(b) <= columns)
        return;
    for (size_t before = at; at > 0; at = before) {
        do
            before--;
        while (before > 0 && ((unsigned char)b->data[before] & 0xC0) == 0x80);
        if (toc_text_columns(b->data + before, b->len - before) > columns - 1)
            break;
    }
    toc_buf kept = {0};
    toc_buf_str(&kept, "…");
    toc_buf_add(&kept, b->data + at, b->len - at);
    toc_buf_fini(b);
    *b = kept;
}

// The underline stays in sight, with something before and behind it.
static void fit(parts *p, int columns)
{
    int before = columns_of(&p->before), marked = columns_of(&p->marked);
    int after = columns_of(&p->after);
    if (before + marked + after <= columns)
        return;
    cut_tail(&p->marked, columns / 2);
    marked = columns_of(&p->marked);
    if (before + marked > columns - 1)
        cut_head(&p->before, LEAD);
    before = columns_of(&p->before);
    cut_tail(&p->after, columns - before - marked);
}

// ---- lines -----------------------------------------------------------------------------------------

static void split(parts *out, const toc_problem *p, const char *line, size_t len)
{
    size_t begin = p->column > 0 ? skip_characters(line, len, p->column - 1) : 0;
    size_t end = p->column > 0 ? begin + skip_characters(line + begin, len - begin, p->width) : 0;
    show(&out->before, line, begin);
    show(&out->marked, line + begin, end - begin);
    show(&out->after, line + end, len - end);
}

static int gutter_width(const toc_problem *p)
{
    int width = 2;
    for (int n = p->line; n >= 100; n /= 10)
        width++;
    return width;
}

static void add_line(toc_buf *out, int width, int number, const toc_excerpt_style *style)
{
    if (number > 0)
        toc_buf_printf(out, "%s%*d |%s ", style->gutter, width, number, style->plain);
    else
        toc_buf_printf(out, "%s%*s |%s", style->gutter, width, "", style->plain);
}

static void add_underline(toc_buf *out, const toc_problem *p, const parts *line, char sign,
                          const char *label, const toc_excerpt_style *style)
{
    int count = columns_of(&line->marked);
    add_line(out, gutter_width(p), 0, style);
    toc_buf_printf(out, " %*s%s", columns_of(&line->before), "", style->mark);
    for (int i = 0; i < count || i == 0; i++)
        toc_buf_char(out, sign);
    if (label) {
        toc_buf words = {0};
        toc_text_visible(&words, label, strlen(label), false);
        int used = columns_of(&line->before) + (count > 0 ? count : 1);
        int over = used + 1 + columns_of(&words) - room(p, style);
        if (over > 0) { // below, as far right as it goes
            toc_buf_printf(out, "%s\n", style->plain);
            add_line(out, gutter_width(p), 0, style);
            int indent = used - over;
            toc_buf_printf(out, "%*s%s", indent > 0 ? indent : 0, "", style->mark);
        }
        toc_buf_printf(out, " %s", toc_buf_text(&words));
        toc_buf_fini(&words);
    }
    toc_buf_printf(out, "%s\n", style->plain);
}

static void fini(parts *p)
{
    toc_buf_fini(&p->before);
    toc_buf_fini(&p->marked);
    toc_buf_fini(&p->after);
}
