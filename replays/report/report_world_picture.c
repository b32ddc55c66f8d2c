// SPDX-License-Identifier: MIT
// A domain's levels: one stepped line a service, their names at the right. Services that moved alike are one line. Lines are drawn a
// little below one another, so that none hides what is at the same level.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "report_timeline_band.h"
#include "report_world.h"

// Tenths of the picture's units.
enum {
    LINES_MAX = 8,
    LEFT = 1150,
    RIGHT = 2900,
    HEIGHT = 1700,
    APART = 14,                  // between lines at the same level
    LABEL = 150,                 // between labels
    BEND = 120,                  // from a line's end to its label's sample,
    SAMPLE = 300,                // which is that long
    LETTERS = 30,                // of a name
    JUMP_LEAST = 10 * 60 * 1000, // ms of a jump of EXCON that is folded,
    JUMP_WIDE = 6 * 60 * 1000,   // and how wide it is then
};

typedef struct {
    const toc_review_service *s;
    size_t alike; // services beside it that moved in the same way
    int64_t y;    // of its label
    size_t rank;  // from the top
} line;

typedef struct {
    toc_band band;
    const toc_report *rp;
    line lines[LINES_MAX];
    size_t count;
    int64_t top;
} picture;

static void make_chart(toc_chart *tl, const toc_report *rp);
static void fold_jumps(toc_chart *tl);
static void choose_lines(picture *p, const toc_report_domain *d);
static void place_names(picture *p);
static void draw_grid(const picture *p);
static void draw_line(const picture *p, size_t i);
static void draw_name(const picture *p, size_t i);

void toc_report_levels(toc_buf *svg, const toc_report *rp, const toc_report_domain *d)
{
    toc_chart tl;
    picture p = {.rp = rp};
    make_chart(&tl, rp);
    p.band = (toc_band){.svg = svg,
                        .tl = &tl,
                        .until = tl.wide,
                        .left = LEFT,
                        .plot = TOC_BAND_WIDTH - LEFT - RIGHT,
                        .is_last = true};
    p.band.row_of = toc_alloc((tl.mark_count + 1) * sizeof *p.band.row_of);
    p.band.is_long = toc_alloc((tl.mark_count + 1) * sizeof *p.band.is_long);
    p.band.top = toc_alloc(sizeof *p.band.top);
    p.band.rows = toc_alloc(sizeof *p.band.rows);
    choose_lines(&p, d);
    toc_band_place(&p.band, 0);
    p.top = p.band.top[0] = p.band.rows[0] * TOC_BAND_ROW + 60;
    p.band.bottom = p.top + HEIGHT;
    place_names(&p);
    DRAW(svg, "<svg viewBox=\"0 0 ~ ~\" xmlns=\"http://www.w3.org/2000/svg\">\n", TOC_BAND_WIDTH,
         p.band.bottom + TOC_BAND_CLOCKS);
    toc_band_clocks(&p.band);
    draw_grid(&p);
    toc_band_folds(&p.band);
    toc_band_through(&p.band);
    for (size_t i = 0; i < p.count; i++)
        draw_line(&p, i);
    for (size_t i = 0; i < p.count; i++)
        draw_name(&p, i);
    toc_buf_str(svg, "</svg>\n");
    free(p.band.row_of);
    free(p.band.is_long);
    free(p.band.top);
    free(p.band.rows);
    toc_chart_fini(&tl);
}

// Of the timeline's chart only what goes through all lanes and is of the story.
static void make_chart(toc_chart *tl, const toc_report *rp)
{
    size_t kept = 0;
    toc_chart_find(tl, rp);
    for (size_t i = 0; i < tl->mark_count; i++) {
        toc_plot *m = &tl->marks[i];
        if (m->kind == TOC_PLOT_PHASE || m->kind == TOC_PLOT_ENDEX)
            tl->marks[kept++] = *m;
        else
            free(m->label);
    }
    for (size_t i = 0; i < tl->lane_count; i++)
        free(tl->lanes[i].name);
    tl->mark_count = kept;
    tl->lane_count = tl->axis_count = 0;
    tl->wide = 0;
    fold_jumps(tl);
}

// The levels of a silence are as much worth as any; only what EXCON jumped over is drawn in less room.
static void fold_jumps(toc_chart *tl)
{
    const toc_recording *r = tl->rp->r;
    int64_t from = 0;
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++) {
        const toc_event *ev = toc_recording_at(r, seq);
        int64_t until = ev->kind == TOC_K_JUMP ? toc_event_int(ev, TOC_F_UNTIL) : 0;
        until = until > tl->end ? tl->end : until;
        if (until - ev->t < JUMP_LEAST || ev->t < from)
            continue;
        toc_chart_stretch(tl, from, ev->t, ev->t - from, false);
        toc_chart_stretch(tl, ev->t, until, JUMP_WIDE, true);
        from = until;
    }
    toc_chart_stretch(tl, from, tl->end, tl->end - from, false);
    if (tl->wide < TOC_BAND_MINUTE)
        tl->wide = TOC_BAND_MINUTE;
}

// ---- lines -------------------------------------------------------------------------------------------------

static bool is_alike(const toc_review_service *a, const toc_review_service *b)
{
    if (a->count != b->count || a->first != b->first)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->at[i].t != b->at[i].t || a->at[i].level != b->at[i].level)
            return false;
    return true;
}

static void choose_lines(picture *p, const toc_report_domain *d)
{
    for (size_t i = 0; i < d->count; i++) {
        size_t same = 0;
        while (same < p->count && !is_alike(p->lines[same].s, d->at[i]))
            same++;
        if (same < p->count)
            p->lines[same].alike++;
        else if (p->count < LINES_MAX)
            p->lines[p->count++] = (line){.s = d->at[i]};
    }
}

static int64_t level_y(const picture *p, size_t i, int64_t ppm)
{
    int64_t level = ppm > TOC_PPM ? TOC_PPM : ppm < 0 ? 0 : ppm;
    return p->top + 60 + (HEIGHT - 220) * (TOC_PPM - level) / TOC_PPM + (int64_t)i * APART;
}

// From the top to the bottom, each as near to its line's end as those above leave room; then up again as far as the bottom asks.
static void place_names(picture *p)
{
    line *order[LINES_MAX];
    for (size_t i = 0; i < p->count; i++) {
        size_t at = i;
        p->lines[i].y = level_y(p, i, p->lines[i].s->last);
        for (; at > 0 && order[at - 1]->y > p->lines[i].y; at--)
            order[at] = order[at - 1];
        order[at] = &p->lines[i];
    }
    for (size_t i = 1; i < p->count; i++)
        if (order[i]->y < order[i - 1]->y + LABEL)
            order[i]->y = order[i - 1]->y + LABEL;
    int64_t floor = p->band.bottom - 40;
    for (size_t i = p->count; i-- > 0; floor = order[i]->y - LABEL)
        if (order[i]->y > floor)
            order[i]->y = floor;
}

// ---- drawing ---------------------------------------------------------------------------------------------------

static void draw_grid(const picture *p)
{
    const toc_band *b = &p->band;
    for (int64_t percent = 0; percent <= 100; percent += 50) {
        int64_t y = level_y(p, 0, percent * (TOC_PPM / 100));
        DRAW(b->svg, "<path class=\"line-rule\" d=\"M~ ~H~\"/>", LEFT - 40, y, LEFT + b->plot);
        DRAW(b->svg, "<text class=\"ts e\" x=\"~\" y=\"~\">", LEFT - 80, y + 40);
        toc_buf_printf(b->svg, "%lld %%</text>\n", (long long)percent);
    }
}

// Neither colour nor pattern alone tells lines apart.
static void begin_stroke(toc_buf *svg, size_t i)
{
    static const struct {
        const char *colour, *dashes, *width;
    } strokes[LINES_MAX] = {
        {"accent", "1 0", "2.2"}, {"ink", "7 3", "1.7"},         {"late", "2 2", "2.4"},
        {"soft", "1 0", "3.4"},   {"good", "9 3 2 3", "2"},      {"ink", "1 0", "1.2"},
        {"accent", "4 4", "2.4"}, {"late", "12 3 2 3 2 3", "2"},
    };
    toc_buf_printf(svg, "<path class=\"line-%s\" stroke-dasharray=\"%s\" stroke-width=\"%s\" ",
                   strokes[i].colour, strokes[i].dashes, strokes[i].width);
}

static void add_name(const picture *p, toc_buf *text, size_t i)
{
    const line *l = &p->lines[i];
    toc_report_text(p->rp, text, toc_report_service(p->rp, l->s->id));
}

static void draw_line(const picture *p, size_t i)
{
    const toc_review_service *s = p->lines[i].s;
    const toc_band *b = &p->band;
    toc_buf words = {0};
    add_name(p, &words, i);
    toc_buf_str(&words, ": lowest ");
    toc_report_percent(&words, s->lowest);
    toc_buf_str(b->svg, "<g><title>");
    toc_band_text(b->svg, toc_buf_text(&words));
    toc_buf_str(b->svg, "</title>");
    begin_stroke(b->svg, i);
    DRAW(b->svg, "d=\"M~ ~", LEFT, level_y(p, i, s->first));
    for (size_t k = 0; k < s->count; k++)
        if (s->at[k].t <= b->tl->end)
            DRAW(b->svg, "H~V~", toc_band_x(b, s->at[k].t), level_y(p, i, s->at[k].level));
    DRAW(b->svg, "H~\"/></g>\n", LEFT + b->plot);
    toc_buf_fini(&words);
}

// "Mobile network north +2  20 %"
static void draw_name(const picture *p, size_t i)
{
    const line *l = &p->lines[i];
    const toc_band *b = &p->band;
    int64_t x = LEFT + b->plot;
    toc_buf name = {0}, rest = {0};
    begin_stroke(b->svg, i);
    DRAW(b->svg, "d=\"M~ ~L~ ~h~\"/>", x, level_y(p, i, l->s->last), x + BEND, l->y, SAMPLE);
    add_name(p, &name, i);
    size_t len = name.len;
    while (toc_text_columns(toc_buf_text(&name), len) > LETTERS)
        do
            len--;
        while (len > 0 && ((unsigned char)name.data[len] & 0xC0) == 0x80);
    DRAW(b->svg, "<text class=\"t\" x=\"~\" y=\"~\">", x + BEND + SAMPLE + 50, l->y + 40);
    toc_text_html(b->svg, toc_buf_text(&name), len, false);
    toc_buf_str(b->svg, len < name.len ? "…" : "");
    if (l->alike > 0)
        toc_buf_printf(b->svg, " +%zu", l->alike);
    toc_report_percent(&rest, l->s->last);
    toc_buf_str(b->svg, " <tspan class=\"tb\">");
    toc_band_text(b->svg, toc_buf_text(&rest));
    toc_buf_str(b->svg, "</tspan></text>\n");
    toc_buf_fini(&name);
    toc_buf_fini(&rest);
}
