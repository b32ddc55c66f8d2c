// SPDX-License-Identifier: MIT
// What stands on the lanes, each with its words for whoever points at it, and the legend.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "report_timeline_band.h"

static void begin_mark(toc_band *b, const toc_plot *m, const char *what);
static void draw_often(toc_band *b, toc_plot_kind kind, int64_t near);
static void draw_asked(toc_band *b, const toc_plot *m);
static void draw_one(toc_band *b, size_t mark);
static void draw_mark(toc_band *b, const toc_plot *m, int64_t x, int64_t y);
static void draw_level(toc_buf *svg, bool is_mean, int64_t x, int64_t y);
static void draw_label(toc_band *b, size_t mark, int64_t x, int64_t base, int64_t y);

// ---- marks --------------------------------------------------------------------------------------------------

static void begin_mark(toc_band *b, const toc_plot *m, const char *what)
{
    const toc_report *rp = b->tl->rp;
    toc_buf words = {0};
    toc_buf_str(b->svg, "<g>");
    toc_play_text(&words, m->t);
    toc_buf_printf(&words, " %s", what);
    if (m->label[0])
        toc_buf_printf(&words, " %s", m->label);
    if (m->title && *m->title) {
        size_t len = strcspn(m->title, "\n");
        if (len > 120)
            for (len = 120; len > 0 && ((unsigned char)m->title[len] & 0xC0) == 0x80;)
                len--;
        toc_buf text = {0};
        char *title = toc_strndup(m->title, len);
        toc_report_text(rp, &text, title);
        toc_buf_printf(&words, ": %s%s", toc_buf_text(&text), m->title[len] ? "…" : "");
        toc_buf_fini(&text);
        free(title);
    }
    toc_buf_str(b->svg, "<title>");
    toc_band_text(b->svg, toc_buf_text(&words));
    toc_buf_str(b->svg, "</title>");
    toc_buf_fini(&words);
}

// What goes through all lanes: a line from the top to the clocks, its label above the lanes.
void toc_band_through(toc_band *b)
{
    for (size_t i = 0; i < b->tl->mark_count; i++) {
        const toc_plot *m = &b->tl->marks[i];
        if (m->lane != TOC_NONE || !toc_band_has(b, m->t))
            continue;
        int64_t x = toc_band_x(b, m->t), rows = b->rows[b->tl->lane_count];
        int64_t y = b->row_of[i] < 0 ? b->top[0] : (rows - 1 - b->row_of[i]) * TOC_BAND_ROW + 40;
        bool is_stop = m->kind == TOC_PLOT_PAUSE || m->kind == TOC_PLOT_EMERGENCY;
        const char *colour = m->kind == TOC_PLOT_EMERGENCY ? "bad"
                             : m->kind == TOC_PLOT_PAUSE   ? "late"
                                                           : "ink";
        toc_buf took = {0};
        begin_mark(b, m, m->kind == TOC_PLOT_PHASE ? "phase" : "");
        if (is_stop)
            toc_buf_printf(b->svg, "<g class=\"fill-%s\" fill-opacity=\".35\">", colour);
        if (is_stop)
            DRAW(b->svg, "<rect x=\"~\" y=\"~\" width=\"6\" height=\"~\"/></g>", x - 30, b->top[0],
                 b->bottom - b->top[0]);
        toc_buf_printf(b->svg, "<path class=\"line-%s\" stroke-dasharray=\"%s\" ", colour,
                       is_stop ? "1 0" : "4 3");
        DRAW(b->svg, "d=\"M~ ~V~\"/>", x, y, b->bottom);
        if (b->row_of[i] >= 0) {
            DRAW(b->svg, "<text class=\"t tb\" x=\"~\" y=\"~\">", x + 35, y + 90);
            toc_buf_str(b->svg, m->kind == TOC_PLOT_EMERGENCY ? "‼ "
                                : m->kind == TOC_PLOT_PAUSE   ? "‖ "
                                                              : "");
            size_t len =
                is_stop ? strlen(m->label) : toc_band_fitting(m->label, 2 * TOC_BAND_LABEL);
            toc_text_html(b->svg, m->label, len, false);
            toc_buf_str(b->svg, m->label[len] ? "…" : "");
            if (is_stop && m->took >= 0) {
                toc_report_took(&took, m->took);
                toc_buf_printf(b->svg, " %s", toc_buf_text(&took));
            }
            toc_buf_str(b->svg, "</text>");
        }
        toc_buf_str(b->svg, "</g>\n");
        toc_buf_fini(&took);
    }
}

void toc_band_messages(toc_band *b)
{
    for (size_t i = 0; i < b->tl->mark_count; i++) {
        const toc_plot *m = &b->tl->marks[i];
        if (m->kind != TOC_PLOT_MESSAGE || !toc_band_has(b, m->t) || !b->tl->has_lines ||
            m->to == TOC_NONE)
            continue;
        int64_t x = toc_band_x(b, m->t);
        DRAW(b->svg, "<path class=\"line-soft\" d=\"M~ ~V~\"/>", x, toc_band_line(b, m->lane),
             toc_band_line(b, m->to));
        DRAW(b->svg, "<circle class=\"line-soft fill-paper\" cx=\"~\" cy=\"~\" r=\"2.5\"/>\n", x,
             toc_band_line(b, m->to));
    }
}

// What comes often lies below the rest.
void toc_band_marks(toc_band *b)
{
    draw_often(b, TOC_PLOT_MESSAGE, 25);
    draw_often(b, TOC_PLOT_NOTE, 50);
    for (size_t i = 0; i < b->tl->mark_count; i++) {
        const toc_plot *m = &b->tl->marks[i];
        if (m->kind == TOC_PLOT_DECISION)
            draw_asked(b, m);
    }
    for (size_t i = 0; i < b->tl->mark_count; i++) {
        const toc_plot *m = &b->tl->marks[i];
        if (m->lane != TOC_NONE && m->kind != TOC_PLOT_MESSAGE && m->kind != TOC_PLOT_NOTE &&
            toc_band_has(b, m->t))
            draw_one(b, i);
    }
}

// Of marks of one kind and lane that are nearer than so many tenths, one stands for all.
static void draw_often(toc_band *b, toc_plot_kind kind, int64_t near)
{
    int64_t *last = toc_alloc((b->tl->lane_count + 1) * sizeof *last);
    for (size_t i = 0; i < b->tl->mark_count; i++) {
        const toc_plot *m = &b->tl->marks[i];
        if (m->kind != kind || !toc_band_has(b, m->t) || toc_band_x(b, m->t) - last[m->lane] < near)
            continue;
        last[m->lane] = toc_band_x(b, m->t);
        draw_one(b, i);
    }
    free(last);
}

// The bar from a question to its answer.
static void draw_asked(toc_band *b, const toc_plot *m)
{
    int64_t from = toc_band_x(b, m->since), until = toc_band_x(b, m->t),
            right = TOC_BAND_LEFT + TOC_BAND_PLOT;
    if (toc_chart_at(b->tl, m->since) >= b->until || toc_chart_at(b->tl, m->t) < b->from)
        return;
    DRAW(b->svg, "<path class=\"line-ink\" stroke-width=\"2.5\" d=\"M~ ~H~\"/>\n",
         from > TOC_BAND_LEFT ? from : TOC_BAND_LEFT, toc_band_line(b, m->lane),
         until < right ? until : right);
}

static void draw_one(toc_band *b, size_t mark)
{
    static const char *const what[TOC_PLOT_KINDS] = {
        "inject",    "message",     "decision",
        "handed in", "observation", "expected action late or not seen"};
    const toc_plot *m = &b->tl->marks[mark];
    int64_t x = toc_band_x(b, m->t), y = toc_band_line(b, m->lane);
    begin_mark(b, m, m->is_by_excon ? "decided by EXCON" : what[m->kind]);
    if (b->row_of[mark] >= 0)
        draw_label(b, mark, x,
                   b->top[m->lane] + (b->rows[m->lane] - 1 - b->row_of[mark]) * TOC_BAND_ROW, y);
    draw_mark(b, m, x, y);
    toc_buf_str(b->svg, "</g>\n");
}

static void draw_mark(toc_band *b, const toc_plot *m, int64_t x, int64_t y)
{
    static const char *const decided[] = {
        "<path class=\"line-ink fill-paper\" stroke-width=\"1.5\" stroke-dasharray=\"2 2\" d=\"M~ "
        "~l7 7l-7 7l-7 -7Z\"/>",
        "<path class=\"fill-ink\" d=\"M~ ~l7 7l-7 7l-7 -7Z\"/>",
        "<path class=\"line-late fill-paper\" stroke-width=\"1.5\" d=\"M~ ~l7 7l-7 7l-7 "
        "-7Z\"/><path class=\"fill-late\" d=\"M~ ~l-7 "
        "7h14Z\" transform=\"rotate(180 ~ ~)\"/>",
        "<path class=\"line-bad fill-paper\" stroke-width=\"1.5\" d=\"M~ ~l7 7l-7 7l-7 "
        "-7Z\"/><path class=\"line-bad\" "
        "stroke-width=\"1.5\" d=\"M~ ~l6 6m0 -6l-6 6\"/>",
    };
    switch (m->kind) {
    case TOC_PLOT_INJECT:
        toc_buf_printf(b->svg, "<path class=\"fill-%s\" ", m->is_urgent ? "bad" : "accent");
        DRAW(b->svg, "d=\"M~ ~h12l-6 11Z\"/>", x - 60, y - 70);
        break;
    case TOC_PLOT_MESSAGE:
        DRAW(b->svg, "<circle class=\"fill-soft\" cx=\"~\" cy=\"~\" r=\"3\"/>", x, y);
        break;
    case TOC_PLOT_DECISION:
        if (m->is_by_excon)
            DRAW(b->svg, "<path class=\"fill-soft\" d=\"M~ ~l7 7l-7 7l-7 -7Z\"/>", x, y - 70);
        else if (m->tone == TOC_TONE_LATE)
            DRAW(b->svg, decided[m->tone], x, y - 70, x, y, x, y);
        else if (m->tone == TOC_TONE_BAD)
            DRAW(b->svg, decided[m->tone], x, y - 70, x - 30, y - 30);
        else
            DRAW(b->svg, decided[m->tone], x, y - 70);
        break;
    case TOC_PLOT_PRODUCT:
        DRAW(b->svg, "<rect class=\"fill-accent\" x=\"~\" y=\"~\" width=\"10\" height=\"10\"/>",
             x - 50, y - 50);
        break;
    case TOC_PLOT_NOTE:
        DRAW(b->svg,
             "<circle class=\"line-accent fill-paper\" stroke-width=\"2\" cx=\"~\" cy=\"~\" "
             "r=\"5\"/>",
             x, y);
        break;
    case TOC_PLOT_ACTION:
        toc_buf_printf(b->svg, "<path class=\"line-%s fill-paper\" stroke-width=\"1.5\" ",
                       m->tone == TOC_TONE_LATE ? "late" : "bad");
        DRAW(b->svg, "d=\"M~ ~h10v10h-10Zl10 10", x - 50, y - 50);
        toc_buf_str(b->svg, m->tone == TOC_TONE_LATE ? "\"/>" : "m0 -10l-10 10\"/>");
        break;
    default:
        break;
    }
}

static void draw_label(toc_band *b, size_t mark, int64_t x, int64_t base, int64_t y)
{
    const toc_plot *m = &b->tl->marks[mark];
    toc_buf text = {0};
    toc_band_label(&text, b, m, b->is_long[mark]);
    DRAW(b->svg,
         "<path class=\"line-soft\" stroke-width=\".7\" d=\"M~ ~V~\"/><text class=\"t on\" x=\"~\" "
         "y=\"~\">",
         x, base + 40, y, x + 25, base + 135);
    if (m->is_urgent)
        toc_buf_str(b->svg, "<tspan class=\"tb\">! </tspan>");
    toc_band_text(b->svg, toc_buf_text(&text));
    toc_buf_str(b->svg, "</text>");
    toc_buf_fini(&text);
}

// ---- legend -------------------------------------------------------------------------------------------------

void toc_chart_legend(toc_buf *svg, const toc_chart *tl)
{
    static const struct {
        toc_plot mark;
        const char *words;
        bool is_world; // it stands there only where the timeline has any
    } rows[] = {
        {{.kind = TOC_PLOT_INJECT}, "inject", false},
        {{.kind = TOC_PLOT_INJECT, .is_urgent = true}, "urgent inject (!)", false},
        {{.kind = TOC_PLOT_MESSAGE}, "message", false},
        {{.kind = TOC_PLOT_PRODUCT}, "handed in", false},
        {{.kind = TOC_PLOT_NOTE}, "observation", false},
        {{.kind = TOC_PLOT_DECISION, .tone = TOC_TONE_GOOD},
         "answered in time; the bar begins when it was asked",
         false},
        {{.kind = TOC_PLOT_DECISION, .is_by_excon = true}, "decided by EXCON for the team", false},
        {{.kind = TOC_PLOT_DECISION, .tone = TOC_TONE_LATE}, "answered too late", false},
        {{.kind = TOC_PLOT_DECISION, .tone = TOC_TONE_BAD}, "never answered", false},
        {{.kind = TOC_PLOT_DECISION}, "still open", false},
        {{.kind = TOC_PLOT_ACTION, .tone = TOC_TONE_LATE},
         "expected action late (at its deadline)",
         false},
        {{.kind = TOC_PLOT_ACTION, .tone = TOC_TONE_BAD}, "expected action not seen", false},
        {{.kind = TOC_PLOT_KINDS}, "what users have of a domain's services", true},
        {{.kind = TOC_PLOT_KINDS}, "the lowest of those that change", true},
    };
    toc_buf drawn = {0};
    toc_band b = {.svg = &drawn, .tl = tl};
    int64_t x = 60, y = 110;
    for (size_t i = 0; i < TOC_COUNT(rows); i++) {
        const toc_plot *m = &rows[i].mark;
        const bool is_mean = i + 2 == TOC_COUNT(rows);
        int64_t width = (int64_t)strlen(rows[i].words) * 68 + 420;
        if (rows[i].is_world && tl->domain_count == 0)
            continue;
        if (x + width > TOC_BAND_WIDTH) {
            x = 60;
            y += 200;
        }
        if (m->kind == TOC_PLOT_DECISION)
            DRAW(&drawn, "<path class=\"line-ink\" stroke-width=\"2.5\" d=\"M~ ~h12\"/>", x, y);
        if (rows[i].is_world)
            draw_level(&drawn, is_mean, x, y);
        else
            draw_mark(&b, m, x + (m->kind == TOC_PLOT_DECISION ? 120 : 0), y);
        DRAW(&drawn, "<text class=\"t\" x=\"~\" y=\"~\">",
             x + (m->kind == TOC_PLOT_DECISION || rows[i].is_world ? 220 : 100), y + 45);
        toc_band_text(&drawn, rows[i].words);
        toc_buf_str(&drawn, "</text>\n");
        x += width + (rows[i].is_world ? 100 : 0);
    }
    DRAW(svg, "<svg viewBox=\"0 0 900 ~\" xmlns=\"http://www.w3.org/2000/svg\">\n", y + 140);
    toc_buf_str(svg, toc_buf_text(&drawn));
    toc_buf_str(svg, "</svg>\n");
    toc_buf_fini(&drawn);
}

// A piece of a domain's strip.
static void draw_level(toc_buf *svg, bool is_mean, int64_t x, int64_t y)
{
    if (is_mean)
        DRAW(svg,
             "<rect class=\"fill-accent\" fill-opacity=\".22\" x=\"~\" y=\"~\" width=\"18\" "
             "height=\"9\"/><path class=\"line-accent\" stroke-width=\"1.5\" d=\"M~ ~h18\"/>",
             x - 20, y - 45, x - 20, y - 45);
    else
        DRAW(svg, "<path class=\"line-ink\" stroke-width=\".7\" d=\"M~ ~h18\"/>", x - 20, y);
}
