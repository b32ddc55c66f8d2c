// SPDX-License-Identifier: MIT
// Where things stand in a band. Labels stand to the right of their marks; they are placed from the right to the left, each in the
// lowest row that is free, so that no label is crossed by another one's thread.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "report_timeline_band.h"

enum { ROWS_MAX = 8, LONG_ROWS = 6 }; // of labels; of those, with titles

static void add_length(toc_buf *svg, int64_t tenths);
static void place_lanes(toc_band *b);

void toc_chart_band(toc_buf *svg, const toc_chart *tl, size_t number)
{
    size_t bands = toc_chart_bands(tl);
    int64_t each = (tl->wide + (int64_t)bands - 1) / (int64_t)bands;
    toc_band b = {.svg = svg,
                  .tl = tl,
                  .from = (int64_t)number * each,
                  .until = ((int64_t)number + 1) * each,
                  .left = TOC_BAND_LEFT,
                  .plot = TOC_BAND_PLOT};
    b.is_last = number + 1 == bands;
    b.row_of = toc_alloc((tl->mark_count + 1) * sizeof *b.row_of);
    b.is_long = toc_alloc((tl->mark_count + 1) * sizeof *b.is_long);
    b.top = toc_alloc((tl->lane_count + 1) * sizeof *b.top);
    b.rows = toc_alloc((tl->lane_count + 1) * sizeof *b.rows);
    place_lanes(&b);
    DRAW(svg, "<svg viewBox=\"0 0 ~ ~\" xmlns=\"http://www.w3.org/2000/svg\">\n", TOC_BAND_WIDTH,
         b.bottom + TOC_BAND_CLOCKS);
    toc_band_lanes(&b);
    toc_band_domains(&b);
    toc_band_clocks(&b);
    toc_band_folds(&b);
    toc_band_through(&b);
    toc_band_messages(&b);
    toc_band_marks(&b);
    toc_buf_str(svg, "</svg>\n");
    free(b.row_of);
    free(b.is_long);
    free(b.top);
    free(b.rows);
}

static void add_length(toc_buf *svg, int64_t tenths)
{
    if (tenths % 10 == 0)
        toc_buf_printf(svg, "%lld", (long long)(tenths / 10));
    else
        toc_buf_printf(svg, "%s%lld.%lld", tenths < 0 && tenths > -10 ? "-" : "",
                       (long long)(tenths / 10),
                       (long long)(tenths < 0 ? -tenths % 10 : tenths % 10));
}

void toc_band_draw(toc_buf *svg, const char *format, const int64_t *lengths)
{
    for (; *format; format++) {
        if (*format == '~')
            add_length(svg, *lengths++);
        else
            toc_buf_char(svg, *format);
    }
}

void toc_band_text(toc_buf *svg, const char *text)
{
    toc_text_html(svg, text, strlen(text), false);
}

int64_t toc_band_x(const toc_band *b, int64_t t)
{
    int64_t along = toc_chart_at(b->tl, t);
    return b->left + toc_chart_share(b->plot, along - b->from, b->until - b->from);
}

// What ends a band begins the next one, but for the last.
bool toc_band_has(const toc_band *b, int64_t t)
{
    int64_t along = toc_chart_at(b->tl, t);
    return along >= b->from && (along < b->until || (b->is_last && along <= b->until));
}

// ---- where things stand ------------------------------------------------------------------------------------

static int64_t label_width(const toc_plot *m)
{
    int columns = toc_text_columns(m->label, strlen(m->label));
    if (m->kind == TOC_PLOT_PAUSE || m->kind == TOC_PLOT_EMERGENCY)
        return (columns + 9) * TOC_BAND_LETTER;
    if (m->lane == TOC_NONE)
        return (columns < 2 * TOC_BAND_LABEL ? columns : 2 * TOC_BAND_LABEL) * TOC_BAND_LETTER +
               100;
    return ((columns < TOC_BAND_LABEL ? columns : TOC_BAND_LABEL) + (m->is_urgent ? 2 : 0)) *
               TOC_BAND_LETTER +
           100;
}

// How wide a label with its title is; 0: it has none.
static int64_t long_width(const toc_band *b, const toc_plot *m)
{
    toc_buf text = {0};
    if (m->lane == TOC_NONE || !m->title || !*m->title)
        return 0;
    toc_band_label(&text, b, m, true);
    const int columns = toc_text_columns(toc_buf_text(&text), text.len);
    toc_buf_fini(&text);
    return (columns + (m->is_urgent ? 2 : 0)) * TOC_BAND_LETTER + 100;
}

void toc_band_label(toc_buf *out, const toc_band *b, const toc_plot *m, bool is_long)
{
    toc_buf text = {0};
    toc_buf_str(&text, m->label);
    if (is_long && m->title) {
        char *line = toc_strndup(m->title, strcspn(m->title, "\n"));
        toc_buf_char(&text, ' ');
        toc_report_text(b->tl->rp, &text, line);
        free(line);
    }
    const size_t len =
        toc_band_fitting(toc_buf_text(&text), is_long ? TOC_BAND_LONG : TOC_BAND_LABEL);
    toc_buf_add(out, toc_buf_text(&text), len);
    toc_buf_str(out, len < text.len ? "…" : "");
    toc_buf_fini(&text);
}

size_t toc_band_fitting(const char *text, int columns)
{
    size_t len = strlen(text);
    while (toc_text_columns(text, len) > columns)
        do
            len--;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80);
    return len;
}

// The lowest row, of so many, in which a label of that width is free of those to its right; -1: none.
static int64_t free_row(const int64_t *taken, int64_t rows, int64_t x, int64_t width)
{
    for (int64_t row = 0; row < rows; row++)
        if (x + width <= taken[row])
            return row;
    return -1;
}

void toc_band_place(toc_band *b, size_t lane)
{
    const toc_chart *tl = b->tl;
    int64_t taken[ROWS_MAX]; // where the leftmost label of each row begins
    for (size_t i = 0; i < ROWS_MAX; i++)
        taken[i] = INT64_MAX;
    for (size_t i = tl->mark_count; i-- > 0;) {
        const toc_plot *m = &tl->marks[i];
        if (m->lane != (lane == tl->lane_count ? TOC_NONE : lane))
            continue;
        b->row_of[i] = -1;
        if (!toc_band_has(b, m->t) || !m->label[0])
            continue;
        int64_t x = toc_band_x(b, m->t);
        const int64_t wide = long_width(b, m);
        int64_t row =
            wide > 0 && x + wide <= TOC_BAND_WIDTH ? free_row(taken, LONG_ROWS, x, wide) : -1;
        b->is_long[i] = row >= 0;
        row = row >= 0 ? row : free_row(taken, ROWS_MAX, x, label_width(m));
        b->row_of[i] = row;
        if (row < 0)
            continue;
        taken[row] = x;
        b->rows[lane] = row + 1 > b->rows[lane] ? row + 1 : b->rows[lane];
    }
}

static void place_lanes(toc_band *b)
{
    const toc_chart *tl = b->tl;
    for (size_t i = 0; i <= tl->lane_count; i++)
        toc_band_place(b, i);
    int64_t y = b->rows[tl->lane_count] * TOC_BAND_ROW + 60;
    for (size_t i = 0; i < tl->lane_count; i++) {
        b->top[i] = y;
        y += b->rows[i] * TOC_BAND_ROW + TOC_BAND_MARKS + 70;
    }
    b->bottom = y + (int64_t)tl->domain_count * TOC_BAND_LEVELS + (tl->domain_count > 0 ? 60 : 0);
}

// Where a lane's marks stand.
int64_t toc_band_line(const toc_band *b, size_t lane)
{
    return b->top[lane] + b->rows[lane] * TOC_BAND_ROW + TOC_BAND_MARKS / 2 + 30;
}
