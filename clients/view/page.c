// SPDX-License-Identifier: MIT
#include "view/page.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cluster.h"
#include "grid_inside.h"
#include "seek.h"

enum { GUTTER = 2, WIDTH_UNKNOWN = 80 };

#define AT_THE_END (SIZE_MAX / 2) // the next draw knows where that is

static void add_lines(toc_page *p, toc_style style, bool is_foreign, const char *text, size_t len);
static int room(const toc_page *p, const toc_page_line *line);
static void measure(toc_page *p, int width);
static void make_ascii(toc_page *p);
static void draw_line(const toc_page *p, toc_grid *g, toc_rect r, const toc_page_line *line,
                      size_t skip, int *y);
static void mark_finds(const toc_page *p, toc_grid *g, toc_rect row, const toc_page_line *line,
                       size_t from, size_t to);
static void draw_more(const toc_page *p, toc_grid *g, toc_rect r);
static bool find_next(toc_page *p, size_t line, size_t at);
static bool find_previous(toc_page *p, size_t line, size_t at);
static void show_find(toc_page *p);
static bool go_to_find(toc_page *p, toc_do what);

void toc_page_fini(toc_page *p)
{
    toc_page_clear(p);
    free(p->lines);
    free(p->sought);
    *p = (toc_page){0};
}

void toc_page_clear(toc_page *p)
{
    for (size_t i = 0; i < p->count; i++)
        free(p->lines[i].text);
    p->count = 0;
    p->wrapped = 0;
}

void toc_page_say(toc_page *p, toc_style style, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = toc_format(format, args);
    va_end(args);
    add_lines(p, style, false, text, strlen(text));
    free(text);
}

void toc_page_foreign(toc_page *p, const char *text)
{
    if (text && text[0])
        add_lines(p, TOC_STYLE_PLAIN, true, text, strlen(text));
}

void toc_page_draw(toc_page *p, toc_grid *g, toc_rect r)
{
    toc_grid_fill(g, r, TOC_STYLE_PLAIN);
    if (r.w <= 0 || r.h <= 0)
        return;
    if (g->is_ascii)
        make_ascii(p);
    measure(p, r.w);
    p->height = (size_t)r.h;
    if (p->top + p->height > p->wrapped)
        p->top = p->wrapped > p->height ? p->wrapped - p->height : 0;
    size_t before = 0;
    int y = r.y;
    for (size_t i = 0; i < p->count && y < r.y + r.h; i++) {
        const toc_page_line *line = &p->lines[i];
        if (before + line->rows > p->top)
            draw_line(p, g, r, line, p->top > before ? p->top - before : 0, &y);
        before += line->rows;
    }
    draw_more(p, g, r);
}

size_t toc_page_rows(toc_page *p, int width)
{
    measure(p, width);
    return p->wrapped;
}

bool toc_page_do(toc_page *p, toc_do what)
{
    size_t page = p->height > 1 ? p->height - 1 : 1;
    switch (what) {
    case TOC_DO_UP:
        p->top -= p->top > 0;
        return true;
    case TOC_DO_DOWN:
        p->top++;
        break;
    case TOC_DO_PAGE_UP:
        p->top = p->top > page ? p->top - page : 0;
        return true;
    case TOC_DO_PAGE_DOWN:
        p->top += page;
        break;
    case TOC_DO_FIRST:
        p->top = 0;
        return true;
    case TOC_DO_LAST:
        p->top = AT_THE_END;
        return true;
    case TOC_DO_FIND_NEXT:
    case TOC_DO_FIND_PREVIOUS:
        return go_to_find(p, what);
    default:
        return false;
    }
    // Several keys may come before the next draw.
    size_t most = p->wrapped > p->height ? p->wrapped - p->height : 0;
    if (p->top > most)
        p->top = most;
    return true;
}

void toc_page_seek(toc_page *p, const char *word)
{
    char *sought = NULL;
    if (word && word[0]) {
        // The page's text is visible text: so must be what is looked for in it.
        toc_buf shown = {0};
        toc_text_visible(&shown, word, strlen(word), false);
        sought = toc_buf_take(&shown);
    }
    free(p->sought);
    p->sought = sought;
    p->has_find = false;
    p->find_line = p->find_at = 0;
    measure(p, p->width ? p->width : WIDTH_UNKNOWN);
    for (size_t before = 0; p->find_line < p->count; p->find_line++) {
        before += p->lines[p->find_line].rows;
        if (before > p->top)
            break;
    }
}

// What is kept is visible text, so that a frame costs only what is seen of it.
static void add_lines(toc_page *p, toc_style style, bool is_foreign, const char *text, size_t len)
{
    toc_buf shown = {0};
    toc_text_visible(&shown, text, len, true);
    const char *at = toc_buf_text(&shown);
    const char *end = at + shown.len;
    do {
        size_t n = strcspn(at, "\n");
        TOC_GROW(p->lines, p->count, p->capacity);
        p->lines[p->count++] = (toc_page_line){
            .text = toc_strndup(at, n), .style = style, .is_foreign = is_foreign, .rows = 0};
        at += n + (at + n < end);
    } while (at < end);
    toc_buf_fini(&shown);
}

// Columns for the text of a line.
static int room(const toc_page *p, const toc_page_line *line)
{
    int columns = p->width - (line->is_foreign ? GUTTER : 0);
    return columns > 1 ? columns : 1;
}

// Wraps what was not wrapped to this width yet: new lines, or all of them after a change of size.
static void measure(toc_page *p, int width)
{
    bool is_same = p->width == width;
    p->width = width;
    p->wrapped = 0;
    for (size_t i = 0; i < p->count; i++) {
        toc_page_line *line = &p->lines[i];
        if (!is_same || line->rows == 0)
            line->rows = toc_cluster_rows(line->text, strlen(line->text), room(p, line));
        p->wrapped += line->rows;
    }
}

// Some symbols take more columns in ASCII: they are put in before lines are wrapped, and stay.
static void make_ascii(toc_page *p)
{
    for (size_t i = 0; i < p->count; i++) {
        toc_page_line *line = &p->lines[i];
        if (line->is_ascii)
            continue;
        toc_buf text = {0};
        toc_grid_ascii(&text, line->text, strlen(line->text));
        free(line->text);
        line->text = toc_buf_take(&text);
        line->is_ascii = true;
        line->rows = 0;
    }
}

static void draw_line(const toc_page *p, toc_grid *g, toc_rect r, const toc_page_line *line,
                      size_t skip, int *y)
{
    int columns = room(p, line);
    int x = r.x + (line->is_foreign ? GUTTER : 0);
    size_t len = strlen(line->text);
    size_t at = 0;
    for (size_t row = 0; row < line->rows && *y < r.y + r.h; row++) {
        size_t next = len;
        size_t n = at < len ? toc_cluster_wrap(line->text + at, len - at, columns, &next) : 0;
        if (row >= skip) {
            if (line->is_foreign)
                toc_grid_put(g, r.x, *y, r.w < GUTTER ? r.w : GUTTER, TOC_STYLE_GUTTER, "│ ");
            toc_grid_put_shown(g, x, *y, r.x + r.w - x, line->style, line->text + at, n);
            mark_finds(p, g, (toc_rect){x, *y, r.x + r.w - x, 1}, line, at, at + n);
            ++*y;
        }
        at += next;
    }
}

// Restyles what is sought in a row that shows the bytes from … to of a line; a find may go on in
// the next row.
static void mark_finds(const toc_page *p, toc_grid *g, toc_rect row, const toc_page_line *line,
                       size_t from, size_t to)
{
    if (!p->sought)
        return;
    size_t word_len = strlen(p->sought);
    // A find that begins in an earlier row can reach into this one by its own length: four bytes
    // for each of the word's.
    size_t start = from > 4 * word_len ? from - 4 * word_len : 0;
    while (start > 0 && ((unsigned char)line->text[start] & 0xC0) == 0x80)
        start--;
    size_t limit = to + 4 * word_len;
    size_t len = strnlen(line->text + start, limit - start) + start;
    size_t n;
    for (size_t at = toc_seek(line->text, len, start, p->sought, word_len, &n);
         at != SIZE_MAX && at < to;
         at = toc_seek(line->text, len, at + n, p->sought, word_len, &n)) {
        size_t first = at > from ? at : from;
        size_t last = at + n < to ? at + n : to;
        if (first >= last)
            continue;
        int x = toc_cluster_columns(line->text + from, first - from);
        int columns = toc_cluster_columns(line->text + first, last - first);
        if (x < row.w)
            toc_grid_restyle(
                g, (toc_rect){row.x + x, row.y, columns < row.w - x ? columns : row.w - x, 1},
                TOC_STYLE_SELECTED);
    }
}

static void draw_more(const toc_page *p, toc_grid *g, toc_rect r)
{
    if (p->wrapped <= p->top + p->height)
        return;
    toc_buf more = {0};
    toc_buf_printf(&more, " ▼ %zu more", p->wrapped - p->top - p->height);
    int columns = toc_cluster_columns(more.data, more.len);
    int x = columns < r.w ? r.x + r.w - columns : r.x;
    toc_grid_put(g, x, r.y + r.h - 1, r.x + r.w - x, TOC_STYLE_KEY, more.data);
    toc_buf_fini(&more);
}

// The first find at or after a place; false: there is none up to the end.
static bool find_next(toc_page *p, size_t line, size_t at)
{
    size_t word_len = strlen(p->sought);
    for (; line < p->count; line++, at = 0) {
        const char *text = p->lines[line].text;
        size_t found = toc_seek(text, strlen(text), at, p->sought, word_len, NULL);
        if (found == SIZE_MAX)
            continue;
        p->has_find = true;
        p->find_line = line;
        p->find_at = found;
        return true;
    }
    return false;
}

// The last find before a place.
static bool find_previous(toc_page *p, size_t line, size_t at)
{
    size_t word_len = strlen(p->sought);
    for (size_t i = line < p->count ? line + 1 : p->count; i-- > 0;) {
        const char *text = p->lines[i].text;
        size_t len = strlen(text);
        size_t last = SIZE_MAX;
        size_t n;
        for (size_t found = toc_seek(text, len, 0, p->sought, word_len, &n);
             found != SIZE_MAX && (i != line || found < at);
             found = toc_seek(text, len, found + n, p->sought, word_len, &n))
            last = found;
        if (last == SIZE_MAX)
            continue;
        p->has_find = true;
        p->find_line = i;
        p->find_at = last;
        return true;
    }
    return false;
}

// Scrolls so that the find is seen, with a third of the page above it.
static void show_find(toc_page *p)
{
    size_t row = 0;
    for (size_t i = 0; i < p->find_line; i++)
        row += p->lines[i].rows;
    const toc_page_line *line = &p->lines[p->find_line];
    size_t len = strlen(line->text);
    size_t next = 0;
    for (size_t at = 0; at < len; at += next, row++) {
        toc_cluster_wrap(line->text + at, len - at, room(p, line), &next);
        if (at + next > p->find_at)
            break;
    }
    // The last row may stand below "12 more": it is not seen for sure.
    if (row < p->top || row + 1 >= p->top + p->height)
        p->top = row > p->height / 3 ? row - p->height / 3 : 0;
}

// Goes round at the ends.
static bool go_to_find(toc_page *p, toc_do what)
{
    if (!p->sought)
        return false;
    measure(p, p->width ? p->width : WIDTH_UNKNOWN);
    bool is_found;
    if (what == TOC_DO_FIND_NEXT)
        is_found = find_next(p, p->find_line, p->find_at + p->has_find) || find_next(p, 0, 0);
    else
        is_found = find_previous(p, p->find_line, p->find_at) || find_previous(p, p->count, 0);
    if (is_found)
        show_find(p);
    return true;
}
