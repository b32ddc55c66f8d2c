// SPDX-License-Identifier: MIT
// What marks stand on: lanes, the world, clocks, folds.

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "report_timeline_band.h"

static void draw_name(toc_band *b, const char *name, int64_t y);
static void draw_domain(toc_band *b, const toc_plot_domain *d, int64_t top);
static void draw_users(toc_band *b, const toc_plot_domain *d, int64_t top);
static bool is_faint(const toc_chart *tl, const toc_plot_domain *d);
static void draw_story(toc_band *b, int64_t t, int64_t x, char day[16]);
static int64_t fold_x(const toc_band *b, int64_t along);
static bool has_room(const toc_band *b, int64_t t, int64_t x);
static int64_t behind_fold(const toc_chart *tl, int64_t t);

// ---- the ground ----------------------------------------------------------------------------------------------

// A name beside a lane, in at most two lines of so many letters.
static void draw_name(toc_band *b, const char *name, int64_t y)
{
    enum { MOST = 16 };
    size_t len = strlen(name), at = len;
    if (toc_text_columns(name, len) > MOST) {
        for (at = 0; at < len && name[at + strcspn(name + at + 1, " ") + 1] == ' ' &&
                     toc_text_columns(name, at + strcspn(name + at + 1, " ") + 1) <= MOST;)
            at += strcspn(name + at + 1, " ") + 1;
        at = at == 0 ? len : at;
    }
    for (int line = 0; line < 2 && (line == 0 || at < len); line++) {
        const char *text = line ? name + at + 1 : name;
        size_t size = line ? len - at - 1 : at;
        bool is_cut = false;
        while (toc_text_columns(text, size) > MOST) {
            is_cut = true;
            do
                size--;
            while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80);
        }
        DRAW(b->svg, "<text class=\"t tb\" x=\"0\" y=\"~\">",
             y + (at < len ? (line ? 85 : -65) : 15) + 30);
        toc_text_html(b->svg, text, size, false);
        toc_buf_str(b->svg, is_cut ? "…</text>\n" : "</text>\n");
    }
}

void toc_band_lanes(toc_band *b)
{
    const toc_chart *tl = b->tl;
    for (size_t i = 0; i < tl->lane_count; i++) {
        int64_t height = b->rows[i] * TOC_BAND_ROW + TOC_BAND_MARKS + 40, y = toc_band_line(b, i);
        DRAW(b->svg, "<rect class=\"fill-tint\" x=\"~\" y=\"~\" width=\"~\" height=\"~\"/>\n",
             TOC_BAND_LEFT - 40, b->top[i], TOC_BAND_WIDTH - TOC_BAND_LEFT + 40, height);
        DRAW(b->svg, "<path class=\"line-rule\" d=\"M~ ~H~\"/>\n", TOC_BAND_LEFT - 40, y,
             TOC_BAND_WIDTH);
        draw_name(b, tl->lanes[i].name, b->top[i] + height / 2);
    }
}

void toc_band_domains(toc_band *b)
{
    size_t count = b->tl->domain_count;
    for (size_t i = 0; i < count; i++)
        draw_domain(b, &b->tl->domains[i], b->bottom - (int64_t)(count - i) * TOC_BAND_LEVELS);
}

static int64_t level_y(int64_t top, int64_t ppm)
{
    int64_t level = ppm > 1000000 ? 1000000 : ppm < 0 ? 0 : ppm;
    return top + 40 + (TOC_BAND_LEVELS - 80) * (1000000 - level) / 1000000;
}

static void draw_domain(toc_band *b, const toc_plot_domain *d, int64_t top)
{
    toc_buf percent = {0}, line = {0}, lowest = {0};
    int64_t level = d->first, mean = d->first_mean, floor = level_y(top, 0);
    int64_t end = b->is_last ? toc_band_x(b, b->tl->end) : TOC_BAND_LEFT + TOC_BAND_PLOT;
    for (size_t i = 0; i < d->count && toc_chart_at(b->tl, d->at[i].t) < b->from; i++) {
        level = d->at[i].level;
        mean = d->mean[i];
    }
    DRAW(&line, "M~ ~", TOC_BAND_LEFT, level_y(top, mean));
    DRAW(&lowest, "M~ ~", TOC_BAND_LEFT, level_y(top, level));
    for (size_t i = 0; i < d->count; i++) {
        if (!toc_band_has(b, d->at[i].t) || d->at[i].t > b->tl->end)
            continue;
        DRAW(&line, "H~V~", toc_band_x(b, d->at[i].t), level_y(top, d->mean[i]));
        DRAW(&lowest, "H~V~", toc_band_x(b, d->at[i].t), level_y(top, d->at[i].level));
    }
    DRAW(&line, "H~", end);
    DRAW(&lowest, "H~", end);
    const bool is_small = is_faint(b->tl, d);
    toc_buf_str(b->svg, is_small ? "<path class=\"fill-soft\" fill-opacity=\".08\" d=\""
                                 : "<path class=\"fill-accent\" fill-opacity=\".22\" d=\"");
    toc_buf_str(b->svg, toc_buf_text(&line));
    DRAW(b->svg, "V~H~Z\"/>\n<path class=\"line-rule\" d=\"M~ ~H~\"/>\n", floor, TOC_BAND_LEFT,
         TOC_BAND_LEFT - 40, floor, TOC_BAND_LEFT + TOC_BAND_PLOT);
    toc_buf_str(b->svg, is_small ? "<path class=\"line-soft\" stroke-width=\".8\" d=\""
                                 : "<path class=\"line-accent\" stroke-width=\"1.5\" d=\"");
    toc_buf_str(b->svg, toc_buf_text(&line));
    toc_buf_str(b->svg, is_small ? "\"/>\n<path class=\"line-rule\" stroke-width=\".7\" d=\""
                                 : "\"/>\n<path class=\"line-ink\" stroke-width=\".7\" d=\"");
    toc_buf_str(b->svg, toc_buf_text(&lowest));
    toc_buf_str(b->svg, "\"/>\n");
    DRAW(b->svg, "<text class=\"t tb\" x=\"0\" y=\"~\">", top + 145);
    toc_band_text(b->svg, d->name);
    DRAW(b->svg, "</text>\n<text class=\"ts\" x=\"0\" y=\"~\">lowest ", top + 275);
    toc_report_percent(&percent, d->lowest);
    toc_band_text(b->svg, toc_buf_text(&percent));
    toc_buf_str(b->svg, "</text>\n");
    draw_users(b, d, top);
    DRAW(b->svg, "<text class=\"ts\" x=\"~\" y=\"~\">100 %</text>\n",
         TOC_BAND_LEFT + TOC_BAND_PLOT + 30, top + 100);
    DRAW(b->svg, "<text class=\"ts\" x=\"~\" y=\"~\">0 %</text>\n",
         TOC_BAND_LEFT + TOC_BAND_PLOT + 30, floor + 20);
    toc_buf_fini(&percent);
    toc_buf_fini(&line);
    toc_buf_fini(&lowest);
}

static void draw_users(toc_band *b, const toc_plot_domain *d, int64_t top)
{
    toc_buf users = {0};
    if (d->users > 0)
        toc_report_count(&users, d->users);
    DRAW(b->svg, "<text class=\"ts\" x=\"0\" y=\"~\">", top + 405);
    toc_band_text(b->svg, d->users > 0 ? toc_buf_text(&users) : "no");
    toc_buf_str(b->svg, d->users == 1 ? " user</text>\n" : " users</text>\n");
    toc_buf_fini(&users);
}

// Fewer than a hundredth of the users that the domain with most of them has: it is drawn, and draws no eye.
static bool is_faint(const toc_chart *tl, const toc_plot_domain *d)
{
    enum { SHARE = 100 };
    int64_t most = 0;
    for (size_t i = 0; i < tl->domain_count; i++)
        most = tl->domains[i].users > most ? tl->domains[i].users : most;
    return d->users < most / SHARE;
}

// ---- clocks -------------------------------------------------------------------------------------------------

// The first step, of those that people count in, that leaves room for a label.
static int64_t find_step(const toc_band *b)
{
    static const int64_t steps[] = {1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720};
    for (size_t i = 0; i < TOC_COUNT(steps); i++)
        if (toc_chart_share(b->plot, steps[i] * TOC_BAND_MINUTE, b->until - b->from) >= 700)
            return steps[i] * TOC_BAND_MINUTE;
    int64_t step = 1440 * (int64_t)TOC_BAND_MINUTE;
    while (toc_chart_share(b->plot, step, b->until - b->from) < 700)
        step *= 2;
    return step;
}

// Where a fold that far along the axis is drawn; -1: not in this band.
static int64_t fold_x(const toc_band *b, int64_t along)
{
    if (along < b->from || along >= b->until)
        return -1;
    return b->left + toc_chart_share(b->plot, along - b->from, b->until - b->from);
}

// Where the fold ends in which t is; t if it is in none.
static int64_t behind_fold(const toc_chart *tl, int64_t t)
{
    for (size_t i = 0; i < tl->axis_count; i++)
        if (tl->axis[i].is_fold && t >= tl->axis[i].from && t < tl->axis[i].until)
            return tl->axis[i].until;
    return t;
}

// A time is written below x unless it is within a fold, or would run into the words of one.
static bool has_room(const toc_band *b, int64_t t, int64_t x)
{
    int64_t along = 0;
    for (size_t i = 0; i < b->tl->axis_count; along += b->tl->axis[i++].wide) {
        const toc_plot_stretch *s = &b->tl->axis[i];
        int64_t fold = s->is_fold ? fold_x(b, along + s->wide * 6 / 7) : -1;
        if (s->is_fold &&
            ((t >= s->from && t <= s->until) || (fold >= 0 && x - fold < 800 && fold - x < 800)))
            return false;
    }
    return true;
}

static void draw_story(toc_band *b, int64_t t, int64_t x, char day[16])
{
    const toc_recording *r = b->tl->rp->r;
    toc_buf whole = {0}, clock = {0};
    toc_story story = toc_recording_story_at(r, toc_recording_by(r, t), t);
    toc_story_text(&whole, story);
    toc_story_clock_text(&clock, story);
    bool is_new = whole.len >= 10 && strncmp(whole.data, day, 10) != 0;
    DRAW(b->svg, "<text class=\"ts m\" x=\"~\" y=\"~\">", x, b->bottom + 315);
    if (is_new) { // "02-24 03:00"
        toc_copy_text(day, 11, whole.data);
        toc_band_text(b->svg, day + 5);
        toc_buf_char(b->svg, ' ');
    }
    toc_band_text(b->svg, toc_buf_text(&clock));
    toc_buf_str(b->svg, "</text>\n");
    toc_buf_fini(&whole);
    toc_buf_fini(&clock);
}

void toc_band_clocks(toc_band *b)
{
    int64_t step = find_step(b), begin = toc_chart_t(b->tl, b->from), last = -10000;
    char day[16] = "";
    DRAW(b->svg, "<text class=\"ts\" x=\"0\" y=\"~\">play time</text>\n", b->bottom + 165);
    DRAW(b->svg, "<text class=\"ts\" x=\"0\" y=\"~\">story time</text>\n", b->bottom + 315);
    DRAW(b->svg, "<path class=\"line-soft\" d=\"M~ ~H~\"/>\n", b->left - 40, b->bottom,
         b->left + b->plot);
    for (int64_t t = (begin + step - 1) / step * step; t <= b->tl->end && toc_band_has(b, t);
         t += step) {
        const int64_t behind = behind_fold(b->tl, t), x = toc_band_x(b, t);
        if (behind > t) { // a fold may be as long as any time is
            t = behind / step * step;
            continue;
        }
        if (!has_room(b, t, x) || x - last < 650)
            continue;
        last = x;
        toc_buf text = {0};
        toc_buf_printf(&text, "T+%lld:%02lld", (long long)(t / 3600000),
                       (long long)(t / TOC_BAND_MINUTE % 60));
        DRAW(b->svg, "<path class=\"line-rule\" d=\"M~ ~V~\"/>\n", x, b->top[0], b->bottom);
        DRAW(b->svg, "<text class=\"t m\" x=\"~\" y=\"~\">", x, b->bottom + 165);
        toc_band_text(b->svg, toc_buf_text(&text));
        toc_buf_str(b->svg, "</text>\n");
        draw_story(b, t, x, day);
        toc_buf_fini(&text);
    }
}

// A zigzag through everything, and how long it was silent there. It stands near the end of the fold: labels of what came before it
// reach into its beginning.
void toc_band_folds(toc_band *b)
{
    int64_t along = 0;
    for (size_t i = 0; i < b->tl->axis_count; along += b->tl->axis[i++].wide) {
        const toc_plot_stretch *s = &b->tl->axis[i];
        int64_t x = s->is_fold ? fold_x(b, along + s->wide * 6 / 7) : -1;
        if (x < 0)
            continue;
        toc_buf took = {0};
        DRAW(b->svg, "<path class=\"line-soft\" d=\"M~ ~", x, b->top[0]);
        for (int64_t y = b->top[0] + 60, k = 0; y <= b->bottom; y += 60, k++)
            DRAW(b->svg, "L~ ~", x + (k % 2 ? 0 : 50), y);
        DRAW(b->svg, "\"/>\n<text class=\"ts m\" x=\"~\" y=\"~\">", x, b->bottom + 165);
        toc_report_took(&took, s->until - s->from);
        toc_buf_str(b->svg, "⋯ ");
        toc_band_text(b->svg, toc_buf_text(&took));
        toc_buf_str(b->svg, " ⋯</text>\n");
        toc_buf_fini(&took);
    }
}
