// SPDX-License-Identifier: MIT
// The communication matrix: those who wrote or were written to, teams first. The more messages, the fuller a cell; the number says
// how many.

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"
#include "report_talk.h"
#include "report_timeline_band.h"

// Tenths of the picture's units.
enum {
    LEFT = 2300,
    TOP = 800,
    ROW = 280,
    COLUMN_MOST = 800,
    LETTERS = 28, // of a name beside a row,
    SHORT = 12,   // and of an id above a column
    STRANGERS = 24, // that the plan does not name; more of them are one row
};

static const char others[] = "others";

typedef struct {
    toc_buf *svg;
    const toc_report *rp;
    const char **ids;
    size_t count;
    toc_map *places; // of ids; whoever the plan does not name is at the last one, if there are too many
    size_t *counts;  // of messages, by row and column
    int64_t column; // its width
    size_t most;
} matrix;

static void find_ids(matrix *m);
static void count_talks(matrix *m);
static void draw_names(const matrix *m, size_t i);
static void draw_cell(const matrix *m, size_t from, size_t to);

void toc_report_matrix(toc_buf *svg, const toc_report *rp)
{
    matrix m = {.svg = svg, .rp = rp};
    find_ids(&m);
    count_talks(&m);
    int64_t room = (TOC_BAND_WIDTH - LEFT - 400) / (int64_t)(m.count > 0 ? m.count : 1);
    m.column = room > COLUMN_MOST ? COLUMN_MOST : room;
    DRAW(svg, "<svg viewBox=\"0 0 ~ ~\" xmlns=\"http://www.w3.org/2000/svg\">\n", TOC_BAND_WIDTH,
         TOP + (int64_t)m.count * ROW + 60);
    for (size_t i = 0; i < m.count; i++)
        draw_names(&m, i);
    for (size_t from = 0; from < m.count; from++)
        for (size_t to = 0; to < m.count; to++)
            draw_cell(&m, from, to);
    toc_buf_str(svg, "</svg>\n");
    free(m.ids);
    free(m.counts);
    toc_map_free(m.places);
}

static void add_id(matrix *m, const char *id)
{
    int64_t place;
    if (toc_map_get(m->places, id, &place))
        return;
    toc_map_put(m->places, id, (int64_t)m->count);
    m->ids[m->count++] = id;
}

static size_t place_of(const matrix *m, const char *id)
{
    int64_t place;
    return toc_map_get(m->places, id, &place) ? (size_t)place : m->count - 1;
}

// All teams, for who is silent shall be seen; of the others those that spoke or were spoken to.
static void find_ids(matrix *m)
{
    const toc_plan *p = m->rp->plan;
    const toc_review *v = &m->rp->review;
    const size_t speakers = p ? toc_plan_speaker_count(p) : 0;
    int64_t place;
    toc_map *talked = toc_map_new();
    for (size_t i = 0; i < v->talk_count; i++) {
        toc_map_put(talked, v->talks[i].from, 1);
        toc_map_put(talked, v->talks[i].to, 1);
    }
    m->places = toc_map_new();
    m->ids = toc_alloc((speakers + STRANGERS + 1) * sizeof *m->ids);
    for (size_t i = 0; i < speakers; i++)
        if (i < p->team_count || toc_map_get(talked, toc_plan_speaker_id(p, i), &place))
            add_id(m, toc_plan_speaker_id(p, i));
    const size_t most = m->count + STRANGERS;
    bool has_more = false;
    for (size_t i = 0; i < 2 * v->talk_count; i++) {
        const char *id = i % 2 ? v->talks[i / 2].to : v->talks[i / 2].from;
        if (m->count < most)
            add_id(m, id);
        else
            has_more |= !toc_map_get(m->places, id, &place);
    }
    if (has_more)
        m->ids[m->count++] = others;
    toc_map_free(talked);
}

static void count_talks(matrix *m)
{
    const toc_review *v = &m->rp->review;
    m->counts = toc_alloc((m->count * m->count + 1) * sizeof *m->counts);
    for (size_t i = 0; i < v->talk_count; i++) {
        const toc_review_talk *t = &v->talks[i];
        size_t *count = &m->counts[place_of(m, t->from) * m->count + place_of(m, t->to)];
        *count += t->count;
        m->most = *count > m->most ? *count : m->most;
    }
}

static void add_cut(const matrix *m, const char *text, int columns)
{
    toc_buf shown = {0};
    toc_report_text(m->rp, &shown, text);
    size_t len = shown.len;
    while (toc_text_columns(toc_buf_text(&shown), len) > columns)
        do
            len--;
        while (len > 0 && ((unsigned char)shown.data[len] & 0xC0) == 0x80);
    toc_text_html(m->svg, toc_buf_text(&shown), len, false);
    toc_buf_str(m->svg, len < shown.len ? "…</text>\n" : "</text>\n");
    toc_buf_fini(&shown);
}

static const char *name_of(const matrix *m, const char *id)
{
    const char *name = toc_report_named(m->rp, id);
    return strcmp(id, "excon") == 0 ? "EXCON" : name ? name : id;
}

static void draw_names(const matrix *m, size_t i)
{
    int64_t y = TOP + (int64_t)i * ROW, x = LEFT + (int64_t)i * m->column + m->column / 2;
    DRAW(m->svg, "<text class=\"t tb\" x=\"0\" y=\"~\">", y + ROW / 2 + 40);
    add_cut(m, name_of(m, m->ids[i]), LETTERS);
    DRAW(m->svg, "<text class=\"t\" x=\"~\" y=\"~\" transform=\"rotate(-35 ~ ~)\">", x, TOP - 60, x,
         TOP - 60);
    add_cut(m, m->ids[i], SHORT);
}

static void draw_cell(const matrix *m, size_t from, size_t to)
{
    int64_t x = LEFT + (int64_t)to * m->column, y = TOP + (int64_t)from * ROW;
    const size_t count = m->counts[from * m->count + to];
    DRAW(m->svg, "<rect class=\"fill-tint\" x=\"~\" y=\"~\" width=\"~\" height=\"~\"/>", x + 10,
         y + 10, m->column - 20, ROW - 20);
    if (from == to) {
        DRAW(m->svg, "<path class=\"line-rule\" d=\"M~ ~L~ ~\"/>", x + 10, y + 10,
             x + m->column - 10, y + ROW - 10);
    } else if (count > 0) {
        assert(m->most >= count); // of all counts it is the greatest
        DRAW(m->svg, "<rect class=\"fill-accent\" x=\"~\" y=\"~\" width=\"~\" height=\"~\"", x + 10,
             y + 10, m->column - 20, ROW - 20);
        toc_buf_printf(m->svg, " fill-opacity=\".%02zu\"/>", 10 + 40 * count / m->most);
        DRAW(m->svg, "<text class=\"t tb m\" x=\"~\" y=\"~\">", x + m->column / 2,
             y + ROW / 2 + 40);
        toc_buf_printf(m->svg, "%zu</text>", count);
    }
    toc_buf_char(m->svg, '\n');
}
