// SPDX-License-Identifier: MIT
// One inject on its way: a row a team, in the order in which it came to them. A bar is the time that it lay unopened.

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "report_spread.h"
#include "report_timeline_band.h"

// Tenths of the picture's units.
enum {
    LEFT = 2300,
    PLOT = TOC_BAND_WIDTH - LEFT - 900,
    TOP = 60,
    ROW = 300,
    AXIS = 330,
    LEGEND = 260,
    LETTERS = 28, // of a team's name
    MINUTE = 60 * 1000,
    SPAN_LEAST = 5 * MINUTE,
    TICKS = 24,
};

#define SPAN_MOST (100LL * 365 * 24 * 60 * MINUTE) // what comes later than a century stands at the edge

typedef struct {
    toc_buf *svg;
    const toc_report *rp;
    const toc_report_key *k;
    int64_t span, bottom;
} picture;

static int64_t find_span(const toc_report *rp, const toc_report_key *k);
static void draw_axis(const picture *p);
static void draw_row(const picture *p, size_t i);
static void draw_way(const picture *p, size_t i);
static void draw_legend(const picture *p);

void toc_report_spread_picture(toc_buf *svg, const toc_report *rp, const toc_report_key *k)
{
    picture p = {.svg = svg, .rp = rp, .k = k, .span = find_span(rp, k)};
    p.bottom = TOP + (int64_t)k->spread.count * ROW;
    DRAW(svg, "<svg viewBox=\"0 0 ~ ~\" xmlns=\"http://www.w3.org/2000/svg\">\n", TOC_BAND_WIDTH,
         p.bottom + AXIS + LEGEND);
    draw_axis(&p);
    for (size_t i = 0; i < k->spread.count; i++)
        draw_way(&p, i);
    for (size_t i = 0; i < k->spread.count; i++)
        draw_row(&p, i);
    draw_legend(&p);
    toc_buf_str(svg, "</svg>\n");
}

// Until all had read it and passed it on. What comes long after that has its place in the table.
static int64_t find_span(const toc_report *rp, const toc_report_key *k)
{
    int64_t span = SPAN_LEAST;
    for (size_t i = 0; i < k->spread.count; i++) {
        toc_report_steps s = toc_report_steps_of(rp, k, &k->spread.at[i]);
        const int64_t times[] = {s.arrived, s.read, s.passed};
        for (size_t t = 0; t < TOC_COUNT(times); t++)
            span = times[t] > span ? times[t] : span;
    }
    span = span < SPAN_MOST ? span : SPAN_MOST;
    return span + span / 2;
}

static int64_t x_of(const picture *p, int64_t after)
{
    return LEFT + (after < 0 ? 0 : after > p->span ? p->span : after) * PLOT / p->span;
}

static int64_t y_of(size_t row)
{
    return TOP + (int64_t)row * ROW + ROW / 2;
}

static void draw_axis(const picture *p)
{
    static const int64_t steps[] = {1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440};
    int64_t step = steps[TOC_COUNT(steps) - 1];
    for (size_t i = TOC_COUNT(steps); i-- > 0;)
        if (steps[i] * MINUTE * PLOT / p->span >= 700)
            step = steps[i];
    while (p->span / (step * MINUTE) > TICKS)
        step *= 2;
    DRAW(p->svg, "<path class=\"line-soft\" d=\"M~ ~H~\"/>\n", LEFT, p->bottom, LEFT + PLOT);
    DRAW(p->svg, "<text class=\"ts e\" x=\"~\" y=\"~\">after it was sent</text>\n", LEFT - 450,
         p->bottom + 170);
    for (int64_t t = 0; t <= p->span; t += step * MINUTE) {
        toc_buf text = {0};
        toc_report_took(&text, t);
        DRAW(p->svg, "<path class=\"line-rule\" d=\"M~ ~V~\"/>", x_of(p, t), TOP, p->bottom);
        DRAW(p->svg, "<text class=\"t m\" x=\"~\" y=\"~\">", x_of(p, t), p->bottom + 170);
        toc_band_text(p->svg, toc_buf_text(&text));
        toc_buf_str(p->svg, "</text>\n");
        toc_buf_fini(&text);
    }
}

// From the team that passed it on.
static void draw_way(const picture *p, size_t i)
{
    toc_report_steps s = toc_report_steps_of(p->rp, p->k, &p->k->spread.at[i]);
    for (size_t from = 0; s.through && from < p->k->spread.count; from++) {
        if (strcmp(p->k->spread.at[from].team, s.through) != 0)
            continue;
        int64_t to = y_of(i) + (from < i ? -70 : 70);
        DRAW(p->svg,
             "<path class=\"line-ink\" d=\"M~ ~V~\"/><circle class=\"fill-ink\" cx=\"~\" cy=\"~\" "
             "r=\"2.5\"/>\n",
             x_of(p, s.arrived), y_of(from), to, x_of(p, s.arrived), y_of(from));
    }
}

static void draw_name(const picture *p, size_t i)
{
    const char *id = p->k->spread.at[i].team;
    const char *name = toc_report_named(p->rp, id);
    toc_buf text = {0};
    toc_report_text(p->rp, &text, name ? name : id);
    size_t len = text.len;
    while (toc_text_columns(toc_buf_text(&text), len) > LETTERS)
        do
            len--;
        while (len > 0 && ((unsigned char)text.data[len] & 0xC0) == 0x80);
    DRAW(p->svg, "<text class=\"t tb\" x=\"0\" y=\"~\">", y_of(i) + 40);
    toc_text_html(p->svg, toc_buf_text(&text), len, false);
    toc_buf_str(p->svg, len < text.len ? "…</text>\n" : "</text>\n");
    toc_buf_fini(&text);
}

typedef enum { ARRIVED, READ, PASSED, ANSWERED, ACTED } mark;

static void draw_mark(toc_buf *svg, mark which, int64_t x, int64_t y)
{
    switch (which) {
    case ARRIVED:
        DRAW(svg, "<path class=\"fill-accent\" d=\"M~ ~h12l-6 11Z\"/>", x - 60, y - 60);
        break;
    case READ:
        DRAW(svg,
             "<circle class=\"line-accent fill-paper\" stroke-width=\"2.5\" cx=\"~\" cy=\"~\" "
             "r=\"5\"/>",
             x, y);
        break;
    case PASSED:
        DRAW(svg, "<path class=\"fill-ink\" d=\"M~ ~v11l9 -5.5Z\"/>", x - 40, y - 55);
        break;
    case ANSWERED:
        DRAW(svg, "<rect class=\"fill-good\" x=\"~\" y=\"~\" width=\"9\" height=\"9\"/>", x - 45,
             y - 45);
        break;
    case ACTED:
        DRAW(svg,
             "<path class=\"line-ink fill-paper\" stroke-width=\"1.5\" d=\"M~ ~l6 6l-6 6l-6 "
             "-6Z\"/>",
             x, y - 60);
        break;
    }
}

static void draw_row(const picture *p, size_t i)
{
    toc_report_steps s = toc_report_steps_of(p->rp, p->k, &p->k->spread.at[i]);
    const int64_t times[] = {s.arrived, s.read, s.passed, s.answered, s.acted};
    int64_t y = y_of(i), until = s.read >= 0 ? s.read : p->span;
    draw_name(p, i);
    DRAW(p->svg, "<path class=\"line-rule\" d=\"M~ ~H~\"/>", LEFT, y, LEFT + PLOT);
    toc_buf_printf(p->svg, "<path class=\"line-%s\" stroke-width=\"4\" stroke-dasharray=\"%s\" ",
                   s.read >= 0 ? "soft" : "bad", s.read >= 0 ? "1 0" : "4 3");
    DRAW(p->svg, "d=\"M~ ~H~\"/>\n", x_of(p, s.arrived), y, x_of(p, until));
    bool is_told = s.acted >= 0 && (s.acted == s.passed || s.acted == s.answered);
    for (size_t k = TOC_COUNT(times) - is_told; k-- > 0;) // the act is the mark beside it
        if (times[k] >= 0 && times[k] <= p->span)
            draw_mark(p->svg, (mark)k, x_of(p, times[k]), y);
    DRAW(p->svg, "<text class=\"t\" x=\"~\" y=\"~\">", LEFT + PLOT + 80, y + 40);
    if (s.read < 0) {
        toc_buf_str(p->svg, "✕ never read");
    } else {
        toc_buf_str(p->svg, "read ");
        toc_report_took(p->svg, s.read);
    }
    toc_buf_str(p->svg, "</text>\n");
}

static void draw_legend(const picture *p)
{
    static const char *const words[] = {"arrived", "read", "passed on", "answered", "first act"};
    int64_t y = p->bottom + AXIS + 60;
    for (size_t i = 0; i < TOC_COUNT(words); i++) {
        int64_t x = LEFT + (int64_t)i * 1150;
        draw_mark(p->svg, (mark)i, x, y);
        DRAW(p->svg, "<text class=\"ts\" x=\"~\" y=\"~\">", x + 120, y + 40);
        toc_buf_printf(p->svg, "%s</text>\n", words[i]);
    }
}
