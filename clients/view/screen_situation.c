// SPDX-License-Identifier: MIT
// The situation: the services that this seat is told of, domain by domain, and one of them with its causes, what comes next and what it
// needs. The words are those of the plain terminal. At EXCON it is the world board: what is done to it by hand stands in world.c.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "table.h"
#include "view_parts.h"
#include "world.h"

#include "lines_parts.h"

enum { NARROW = 70, BAR = 10, LOW_PPM = 500000, WHOLE_PPM = 1000000 };

static void collect(toc_view *v, const toc_room *room, toc_table *rows);
static bool passes(toc_view *v, const toc_room *room, const toc_known_service *s);
static bool is_first_of(const toc_situation *s, size_t i);
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context);
static void draw_bar(toc_grid *g, int x, int y, int64_t level, toc_style style);
static toc_style style_of(const toc_known_service *s);
static const char *trend_mark(const toc_known_service *s, bool is_ascii);
static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows);
static void say_service(toc_view *v, toc_page *page, const char *service);
static toc_rect draw_deadlocks(toc_view *v, toc_grid *g, toc_rect r);

static void draw(toc_view *v, toc_grid *g, toc_rect r)
{
    toc_room *room = toc_view_room(v, &toc_screen_situation);
    toc_table rows = {0};
    toc_buf title = {0};
    toc_grid_fill(g, r, TOC_STYLE_PLAIN);
    r = draw_deadlocks(v, g, r);
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    toc_table_show(room, at < rows.count ? rows.keys[at] : NULL);
    if (at < rows.count) {
        const toc_known_service *s = rows.behind[at];
        toc_put_visible(&title, s->name ? s->name : s->id);
        say_service(v, &room->page, s->id);
    } else {
        toc_page_say(&room->page, TOC_STYLE_PLAIN, "%s",
                     room->list.filter ? "Nothing passes the filter. Esc drops it."
                                       : "There is no service that you are told of.");
    }
    toc_table_draw(v, g, r, room, &rows, put_heading, toc_buf_text(&title), draw_row);
    toc_buf_fini(&title);
    toc_table_fini(&rows);
}

static bool act(toc_view *v, toc_do what, toc_wishes *out)
{
    toc_room *room = toc_view_room(v, &toc_screen_situation);
    toc_table rows = {0};
    (void)out;
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    bool did = (at < rows.count && toc_world_act(v, what, rows.behind[at])) ||
               toc_table_do(&rows, room, what);
    toc_table_fini(&rows);
    return did;
}

// How many are not whole.
static void badge(toc_view *v, toc_buf *out)
{
    const toc_situation *s = &v->picture.situation;
    size_t low = 0;
    for (size_t i = 0; i < s->service_count; i++)
        low += s->services[i].level < WHOLE_PPM;
    if (low > 0)
        toc_buf_printf(out, " %zu", low);
}

const toc_screen toc_screen_situation = {
    .name = "Situation",
    .places = TOC_IN_LIST | TOC_IN_SITUATION,
    .badge = badge,
    .draw = draw,
    .act = act,
};

// By domain, in the order of the scenario.
static void collect(toc_view *v, const toc_room *room, toc_table *rows)
{
    const toc_situation *s = &v->picture.situation;
    for (size_t i = 0; i < s->service_count; i++)
        for (size_t k = i; is_first_of(s, i) && k < s->service_count; k++) {
            const toc_known_service *x = &s->services[k];
            if (strcmp(toc_service_domain(x), toc_service_domain(&s->services[i])) == 0 &&
                passes(v, room, x))
                toc_table_add(rows, x, x->id);
        }
}

static bool is_first_of(const toc_situation *s, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(toc_service_domain(&s->services[k]), toc_service_domain(&s->services[i])) == 0)
            return false;
    return true;
}

static bool passes(toc_view *v, const toc_room *room, const toc_known_service *s)
{
    (void)v;
    const char *const fields[] = {
        "id", s->id, "name", s->name ? s->name : s->id, "domain", toc_service_domain(s), NULL};
    return toc_filter_passes(room->list.filter, fields, s->level < WHOLE_PPM ? "low" : "");
}

// "energy    Grid, north        0 % [          ] v since 14:40Z because …"
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context)
{
    const toc_table *rows = context;
    const toc_known_service *s = rows->behind[i];
    const toc_known_service *above = i > 0 ? rows->behind[i - 1] : NULL;
    bool is_wide = line.w >= NARROW;
    int domain = is_wide ? 11 : 0, name = is_wide ? 26 : line.w - 22, x = line.x + 2,
        end = line.x + line.w;
    toc_style style = style_of(s);
    toc_buf text = {0};
    toc_grid_put(g, line.x, line.y, 1, style, s->is_deadlocked || s->level < LOW_PPM ? "!" : " ");
    // A domain's name stands once, unless its first rows are scrolled out.
    if (domain && (!above || strcmp(toc_service_domain(above), toc_service_domain(s)) != 0))
        toc_grid_put(g, x, line.y, domain - 1, TOC_STYLE_TITLE, toc_service_domain(s));
    x += domain;
    toc_grid_put(g, x, line.y, name - 1, style, s->name ? s->name : s->id);
    x += name;
    toc_level_text(&text, s->level);
    int wide = toc_text_columns(toc_buf_text(&text), text.len);
    toc_grid_put(g, x + (wide < 6 ? 6 - wide : 0), line.y, 7, style, toc_buf_text(&text));
    x += 7;
    if (is_wide) {
        draw_bar(g, x, line.y, s->level, style);
        x += BAR + 3;
    }
    toc_grid_put(g, x, line.y, 2, style, trend_mark(s, g->is_ascii));
    x += 2;
    toc_buf_clear(&text);
    toc_service_state_text(&text, &v->lines, &v->picture, s);
    toc_grid_put(g, x, line.y, end - x, style,
                 toc_buf_text(&text) + (toc_buf_text(&text)[0] == ' '));
    toc_buf_fini(&text);
}

static void draw_bar(toc_grid *g, int x, int y, int64_t level, toc_style style)
{
    int full = (int)((level * BAR + WHOLE_PPM - 1) / WHOLE_PPM); // what is there is never nothing
    toc_grid_put(g, x, y, 1, TOC_STYLE_FRAME, "[");
    for (int i = 0; i < full; i++)
        toc_grid_put(g, x + 1 + i, y, 1, style, "#");
    toc_grid_put(g, x + 1 + BAR, y, 1, TOC_STYLE_FRAME, "]");
}

static toc_style style_of(const toc_known_service *s)
{
    if (s->is_deadlocked || s->level < LOW_PPM)
        return TOC_STYLE_BAD;
    return s->level < WHOLE_PPM ? TOC_STYLE_WARN : TOC_STYLE_PLAIN;
}

static const char *trend_mark(const toc_known_service *s, bool is_ascii)
{
    if (s->trend && strcmp(s->trend, "worsening") == 0)
        return is_ascii ? "v" : "↓";
    if (s->trend && strcmp(s->trend, "recovering") == 0)
        return is_ascii ? "^" : "↑";
    return " ";
}

static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows)
{
    size_t low = 0;
    (void)v, (void)room;
    for (size_t i = 0; i < rows->count; i++)
        low += ((const toc_known_service *)rows->behind[i])->level < WHOLE_PPM;
    toc_buf_printf(out, "%zu service%s, %zu below 100 %%", rows->count, rows->count == 1 ? "" : "s",
                   low);
}

static void say_service(toc_view *v, toc_page *page, const char *service)
{
    toc_log_line line;
    toc_buf_clear(&v->lines.out);
    toc_lines_situation(&v->lines, &v->picture, service);
    const char *at = toc_buf_text(&v->lines.out);
    while (toc_view_next_line(&at, &line)) {
        if (line.is_foreign)
            toc_page_foreign(page, line.text);
        else
            toc_page_say(page, line.style, "%s", line.text);
        free(line.text);
    }
    toc_buf_clear(&v->lines.out);
}

// Above everything, and always: what does not come back by itself.
static toc_rect draw_deadlocks(toc_view *v, toc_grid *g, toc_rect r)
{
    const toc_situation *s = &v->picture.situation;
    for (size_t i = 0; v->picture.is_control && i < s->deadlock_count && r.h > 3; i++) {
        toc_buf text = {0};
        if (s->deadlocks[i].is_over)
            continue;
        toc_circle_text(&text, &v->picture, &s->deadlocks[i]);
        toc_grid_printf(g, r.x, r.y, r.w, TOC_STYLE_URGENT,
                        "!!! DEADLOCK: %s: none comes back by itself", toc_buf_text(&text));
        toc_buf_fini(&text);
        r.y++;
        r.h--;
    }
    return r;
}
