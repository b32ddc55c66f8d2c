// SPDX-License-Identifier: MIT
#include "grid_inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cluster.h"

// The most bytes of foreign text that one column can take: a character and two marks of four bytes each. A
// third mark is shown in columns of its own.
enum { COLUMN_BYTES = 12 };

typedef struct {
    uint32_t cp;
    const char *text;
} substitute;

// What stands for our symbols, and for the commonest ones of others, where there is only ASCII.
static const substitute symbols[] = {
    {0x00A0, " "}, {0x00B7, "."},  {0x00D7, "x"},  {0x2013, "-"}, {0x2014, "-"},  {0x2018, "'"},
    {0x2019, "'"}, {0x201C, "\""}, {0x201D, "\""}, {0x2022, "*"}, {0x2026, ".."}, {0x2190, "<-"},
    {0x2191, "^"}, {0x2192, "->"}, {0x2193, "v"},  {0x2581, "_"}, {0x2582, "_"},  {0x2583, "_"},
    {0x2584, "="}, {0x2585, "="},  {0x2586, "="},  {0x2587, "#"}, {0x2588, "#"},  {0x2591, "."},
    {0x2592, ":"}, {0x2593, "#"},  {0x25A0, "#"},  {0x25B2, "^"}, {0x25B6, ">"},  {0x25B8, ">"},
    {0x25BA, ">"}, {0x25BC, "v"},  {0x25C0, "<"},  {0x25C4, "<"}, {0x25CB, "o"},  {0x25CF, "*"},
    {0x2713, "x"}, {0x2714, "x"},  {0x2717, "-"},  {0x2718, "-"}, {0xFFFD, "?"},
};

// Name and letter of each role; the letter is a space where a golden file shows none.
static const struct {
    const char *name;
    char letter;
} styles[TOC_STYLE_COUNT] = {
    [TOC_STYLE_PLAIN] = {"plain", ' '},       [TOC_STYLE_BANNER] = {"banner", 'b'},
    [TOC_STYLE_TITLE] = {"title", 't'},       [TOC_STYLE_FRAME] = {"frame", ' '},
    [TOC_STYLE_TAB] = {"tab", ' '},           [TOC_STYLE_TAB_HERE] = {"tab-here", 'T'},
    [TOC_STYLE_SELECTED] = {"selected", '>'}, [TOC_STYLE_UNREAD] = {"unread", '*'},
    [TOC_STYLE_URGENT] = {"urgent", '!'},     [TOC_STYLE_GOOD] = {"good", 'g'},
    [TOC_STYLE_WARN] = {"warn", 'w'},         [TOC_STYLE_BAD] = {"bad", 'x'},
    [TOC_STYLE_FAINT] = {"faint", ' '},       [TOC_STYLE_KEY] = {"key", 'k'},
    [TOC_STYLE_INPUT] = {"input", 'i'},       [TOC_STYLE_GUTTER] = {"gutter", ' '},
    [TOC_STYLE_NOTICE] = {"notice", 'n'},     [TOC_STYLE_EMERGENCY] = {"emergency", 'E'},
};

static toc_cell *cell_at(const toc_grid *g, int x, int y);
static void set_cell(toc_grid *g, int x, int y, const char *s, toc_cluster c, toc_style style);
static void blank(toc_cell *c, toc_style style);
static void free_half(toc_grid *g, int x, int y);
static toc_rect meet(const toc_grid *g, toc_rect r);
static void put_frame(toc_grid *g, int x, int y, const char *symbol, char ascii);
static void add_row_text(toc_buf *out, const toc_grid *g, int y);
static void add_row_styles(toc_buf *out, const toc_grid *g, int y);
static void drop_spaces(toc_buf *b, size_t from);

const char *toc_style_name(toc_style s)
{
    return s < TOC_STYLE_COUNT ? styles[s].name : "plain";
}

void toc_grid_init(toc_grid *g, int w, int h, bool is_ascii)
{
    if (w < 0)
        w = 0;
    if (h < 0)
        h = 0;
    size_t count = (size_t)w * (size_t)h;
    *g = (toc_grid){.w = w, .h = h, .is_ascii = is_ascii, .cursor_x = -1, .cursor_y = -1};
    g->cells = toc_alloc((count ? count : 1) * sizeof *g->cells);
    for (size_t i = 0; i < count; i++)
        blank(&g->cells[i], TOC_STYLE_PLAIN);
}

void toc_grid_fini(toc_grid *g)
{
    free(g->cells);
    *g = (toc_grid){.cursor_x = -1, .cursor_y = -1};
}

int toc_grid_put(toc_grid *g, int x, int y, int columns, toc_style style, const char *text)
{
    if (columns > g->w - x)
        columns = g->w - x;
    if (!text || x < 0 || y < 0 || y >= g->h || columns <= 0)
        return 0;
    // Cut before anything is made of it: a line of 64 KiB costs no more than what is seen of it.
    size_t len = strnlen(text, (size_t)(columns + 3) * COLUMN_BYTES);
    toc_buf shown = {0};
    toc_text_visible(&shown, text, len, false);
    int put = toc_grid_put_shown(g, x, y, columns, style, toc_buf_text(&shown), shown.len);
    toc_buf_fini(&shown);
    return put;
}

int toc_grid_put_shown(toc_grid *g, int x, int y, int columns, toc_style style, const char *s,
                       size_t len)
{
    if (columns > g->w - x)
        columns = g->w - x;
    if (x < 0 || y < 0 || y >= g->h || columns <= 0)
        return 0;
    toc_buf ascii = {0};
    if (g->is_ascii) {
        toc_grid_ascii(&ascii, s, len);
        s = toc_buf_text(&ascii);
        len = ascii.len;
    }
    const char *more = g->is_ascii ? ".." : "…";
    int more_columns = 0;
    size_t end = toc_cluster_fit(s, len, columns);
    if (end < len) {
        more_columns = g->is_ascii ? 2 : 1;
        if (more_columns > columns)
            more_columns = columns;
        end = toc_cluster_fit(s, len, columns - more_columns);
    }
    int at = x;
    for (size_t i = 0; i < end;) {
        toc_cluster c = toc_cluster_next(s + i, len - i);
        set_cell(g, at, y, s + i, c, style);
        at += c.columns;
        i += c.len;
    }
    for (int i = 0; i < more_columns; i++)
        set_cell(g, at++, y, more, (toc_cluster){g->is_ascii ? 1 : strlen(more), 1}, style);
    toc_buf_fini(&ascii);
    return at - x;
}

// Letters of any script stay: what they become is the terminal's affair.
void toc_grid_ascii(toc_buf *out, const char *s, size_t len)
{
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        size_t n = toc_utf8_next(s + i, len - i, &cp);
        const char *text = NULL;
        for (size_t k = 0; cp >= 0x80 && k < TOC_COUNT(symbols) && !text; k++)
            if (symbols[k].cp == cp)
                text = symbols[k].text;
        if (text)
            toc_buf_str(out, text);
        else if (cp >= 0x2500 && cp < 0x2580) // frames
            toc_buf_char(out, cp == 0x2500 ? '-' : cp == 0x2502 ? '|' : '+');
        else if (cp >= 0x2400 && cp <= 0x2421) // the pictures of control characters
            toc_buf_printf(out, "^%c", cp == 0x2421 ? '?' : (int)(cp - 0x2400 + '@'));
        else
            toc_buf_add(out, s + i, n);
        i += n;
    }
}

int toc_grid_printf(toc_grid *g, int x, int y, int columns, toc_style style, const char *format,
                    ...)
{
    va_list args;
    va_start(args, format);
    char *text = toc_format(format, args);
    va_end(args);
    int put = toc_grid_put(g, x, y, columns, style, text);
    free(text);
    return put;
}

char *toc_format(const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len < 0)
        abort();
    char *text = toc_alloc((size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

void toc_grid_fill(toc_grid *g, toc_rect r, toc_style style)
{
    r = meet(g, r);
    for (int y = r.y; y < r.y + r.h; y++)
        for (int x = r.x; x < r.x + r.w; x++) {
            free_half(g, x, y);
            blank(cell_at(g, x, y), style);
        }
}

void toc_grid_restyle(toc_grid *g, toc_rect r, toc_style style)
{
    r = meet(g, r);
    for (int y = r.y; y < r.y + r.h; y++)
        for (int x = r.x; x < r.x + r.w; x++) {
            toc_cell *c = cell_at(g, x, y);
            // Both halves of a wide character look alike, even where r ends between them.
            if (c->width == 0 && x == r.x)
                continue;
            c->style = (uint8_t)style;
            if (c->width == 2)
                c[1].style = (uint8_t)style;
        }
}

void toc_grid_rule(toc_grid *g, int x, int y, int columns, const char *title)
{
    for (int i = 0; i < columns; i++)
        put_frame(g, x + i, y, "─", '-');
    if (!title || !title[0] || columns < 6)
        return;
    toc_rect gap = {x + 1, y, 1, 1};
    toc_grid_fill(g, gap, TOC_STYLE_FRAME);
    gap.x += 1 + toc_grid_put(g, x + 2, y, columns - 4, TOC_STYLE_TITLE, title);
    toc_grid_fill(g, gap, TOC_STYLE_FRAME);
}

void toc_grid_box(toc_grid *g, toc_rect r, const char *title)
{
    toc_grid_fill(g, r, TOC_STYLE_PLAIN);
    if (r.w < 2 || r.h < 2)
        return;
    int right = r.x + r.w - 1;
    int bottom = r.y + r.h - 1;
    toc_grid_rule(g, r.x + 1, r.y, r.w - 2, title);
    toc_grid_rule(g, r.x + 1, bottom, r.w - 2, NULL);
    for (int y = r.y + 1; y < bottom; y++) {
        put_frame(g, r.x, y, "│", '|');
        put_frame(g, right, y, "│", '|');
    }
    put_frame(g, r.x, r.y, "┌", '+');
    put_frame(g, right, r.y, "┐", '+');
    put_frame(g, r.x, bottom, "└", '+');
    put_frame(g, right, bottom, "┘", '+');
}

toc_rect toc_rect_inside(toc_rect r)
{
    return (toc_rect){r.x + 1, r.y + 1, r.w > 2 ? r.w - 2 : 0, r.h > 2 ? r.h - 2 : 0};
}

void toc_grid_cursor(toc_grid *g, int x, int y)
{
    bool is_inside = cell_at(g, x, y) != NULL;
    g->cursor_x = is_inside ? x : -1;
    g->cursor_y = is_inside ? y : -1;
}

void toc_grid_copy(toc_grid *g, int x, int y, const toc_grid *from, toc_rect r)
{
    for (int row = 0; row < r.h; row++)
        for (int i = 0; i < r.w; i++) {
            const toc_cell *c = cell_at(from, r.x + i, r.y + row);
            if (!c || c->width == 0 || !cell_at(g, x + i + c->width - 1, y + row) ||
                !cell_at(g, x + i, y + row) || i + c->width > r.w)
                continue;
            set_cell(g, x + i, y + row, c->text, (toc_cluster){strlen(c->text), c->width},
                     (toc_style)c->style);
        }
}

void toc_grid_text(toc_buf *out, const toc_grid *g, bool with_styles)
{
    for (int y = 0; y < g->h; y++) {
        add_row_text(out, g, y);
        if (with_styles)
            add_row_styles(out, g, y);
    }
}

// NULL outside.
static toc_cell *cell_at(const toc_grid *g, int x, int y)
{
    if (x < 0 || y < 0 || x >= g->w || y >= g->h)
        return NULL;
    return &g->cells[(size_t)y * (size_t)g->w + (size_t)x];
}

// Puts a cluster where there is room for all of it.
static void set_cell(toc_grid *g, int x, int y, const char *s, toc_cluster c, toc_style style)
{
    for (int i = 0; i < c.columns; i++)
        free_half(g, x + i, y);
    toc_cell *cell = cell_at(g, x, y);
    // What does not fit the cell's text are marks on a character, never a part of one.
    size_t len = c.len;
    while (len >= sizeof cell->text || (len < c.len && ((unsigned char)s[len] & 0xC0) == 0x80))
        len--;
    memcpy(cell->text, s, len);
    cell->text[len] = '\0';
    cell->width = (uint8_t)c.columns;
    cell->style = (uint8_t)style;
    if (c.columns == 2)
        cell[1] = (toc_cell){.width = 0, .style = (uint8_t)style};
}

static void blank(toc_cell *c, toc_style style)
{
    *c = (toc_cell){.text = " ", .width = 1, .style = (uint8_t)style};
}

// When one half of a wide character is written over, the other half becomes a space.
static void free_half(toc_grid *g, int x, int y)
{
    toc_cell *c = cell_at(g, x, y);
    if (c->width == 2)
        blank(&c[1], (toc_style)c->style);
    else if (c->width == 0)
        blank(&c[-1], (toc_style)c->style);
    else
        return;
    blank(c, (toc_style)c->style);
}

static toc_rect meet(const toc_grid *g, toc_rect r)
{
    int right = r.w < g->w - r.x ? r.x + r.w : g->w;
    int bottom = r.h < g->h - r.y ? r.y + r.h : g->h;
    if (r.x < 0)
        r.x = 0;
    if (r.y < 0)
        r.y = 0;
    r.w = right > r.x ? right - r.x : 0;
    r.h = bottom > r.y ? bottom - r.y : 0;
    return r;
}

static void put_frame(toc_grid *g, int x, int y, const char *symbol, char ascii)
{
    if (!cell_at(g, x, y))
        return;
    if (g->is_ascii)
        set_cell(g, x, y, &ascii, (toc_cluster){1, 1}, TOC_STYLE_FRAME);
    else
        set_cell(g, x, y, symbol, (toc_cluster){strlen(symbol), 1}, TOC_STYLE_FRAME);
}

static void add_row_text(toc_buf *out, const toc_grid *g, int y)
{
    size_t from = out->len;
    for (int x = 0; x < g->w; x++)
        toc_buf_str(out, cell_at(g, x, y)->text);
    drop_spaces(out, from);
    toc_buf_char(out, '\n');
}

static void add_row_styles(toc_buf *out, const toc_grid *g, int y)
{
    size_t from = out->len;
    for (int x = 0; x < g->w; x++) {
        bool is_cursor = x == g->cursor_x && y == g->cursor_y;
        toc_buf_char(out, is_cursor ? '^' : styles[cell_at(g, x, y)->style].letter);
    }
    drop_spaces(out, from);
    if (out->len == from)
        return;
    // The mark takes the place of a column of its own: letters stand one to the right of their cells.
    toc_buf line = {0};
    toc_buf_add(&line, out->data + from, out->len - from);
    out->len = from;
    toc_buf_printf(out, "~%s\n", toc_buf_text(&line));
    toc_buf_fini(&line);
}

static void drop_spaces(toc_buf *b, size_t from)
{
    while (b->len > from && b->data[b->len - 1] == ' ')
        b->len--;
    if (b->data)
        b->data[b->len] = '\0';
}
