// SPDX-License-Identifier: MIT
// The situation: the services that this seat is told of, domain by domain, and one of them with its
// causes, what comes next and what it needs. The words are those of the plain terminal. At EXCON it
// is the world board: what is done to it by hand stands in world.c.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "table.h"
#include "view_parts.h"
#include "world.h"

#include "lines_parts.h"

enum { NARROW = 70, BAR = 10, NAME_LEAST = 24, LOW_PPM = 500000, WHOLE_PPM = 1000000 };

static void collect(toc_view *v, const toc_room *room, toc_table *rows);
static bool passes(toc_view *v, const toc_room *room, const toc_known_service *s);
static void add_domain(toc_view *v, const toc_room *room, toc_table *rows, size_t first);
static const toc_known_service *service_at(const toc_table *rows, size_t i);
static bool is_first_of(const toc_situation *s, size_t i);
static void draw_domain(const toc_view *v, toc_grid *g, toc_rect line, const char *domain);
static void put_why(const toc_view *v, toc_buf *out, const toc_known_service *s);
static size_t count_low(const toc_situation *s, const char *domain, size_t *all);
static void say_domain(toc_view *v, toc_page *page, const char *domain);
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
    if (!room->list.key && rows.count > 1) // the first service, not its heading
        toc_list_select(&room->list, rows.keys[1]);
    size_t at = toc_table_selected(&rows, room);
    toc_table_show(room, at < rows.count ? rows.keys[at] : NULL);
    const toc_known_service *s = at < rows.count ? service_at(&rows, at) : NULL;
    if (s) {
        toc_put_visible(&title, s->name ? s->name : s->id);
        say_service(v, &room->page, s->id);
    } else if (at < rows.count) {
        toc_put_visible(&title, rows.behind[at]);
        say_domain(v, &room->page, rows.behind[at]);
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
    const toc_known_service *s = at < rows.count ? service_at(&rows, at) : NULL;
    bool did = s && toc_world_act(v, what, s);
    if (!did && !s && what >= TOC_DO_SET && what <= TOC_DO_BLACK_START &&
        toc_view_may(v, TOC_K_INTERVENE)) {
        toc_view_notice(v, TOC_STYLE_NOTICE, "that is done to a service: select one first");
        did = true;
    }
    did = did || toc_table_do(&rows, room, what);
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

// By domain, in the order of the scenario, each below its heading.
static void collect(toc_view *v, const toc_room *room, toc_table *rows)
{
    const toc_situation *s = &v->picture.situation;
    for (size_t i = 0; i < s->service_count; i++)
        if (is_first_of(s, i))
            add_domain(v, room, rows, i);
}

static void add_domain(toc_view *v, const toc_room *room, toc_table *rows, size_t first)
{
    const toc_situation *s = &v->picture.situation;
    const char *domain = toc_service_domain(&s->services[first]);
    bool has_heading = false;
    for (size_t i = first; i < s->service_count; i++) {
        const toc_known_service *x = &s->services[i];
        if (strcmp(toc_service_domain(x), domain) != 0 || !passes(v, room, x))
            continue;
        if (!has_heading) {
            char *key = toc_sprintf("#%s", domain); // no id begins so
            toc_table_add(rows, domain, key);
            free(key);
        }
        has_heading = true;
        toc_table_add(rows, x, x->id);
    }
}

// NULL: a domain's heading, behind which its name stands.
static const toc_known_service *service_at(const toc_table *rows, size_t i)
{
    return rows->keys[i][0] == '#' ? NULL : rows->behind[i];
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

// "! Grid, north        0 % [          ] v 14:40 because …"
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context)
{
    const toc_known_service *s = service_at(context, i);
    if (!s) {
        draw_domain(v, g, line, ((const toc_table *)context)->behind[i]);
        return;
    }
    bool is_wide = line.w >= NARROW;
    int name = is_wide ? line.w * 2 / 5 : line.w / 2, x = line.x + 2, end = line.x + line.w;
    toc_style style = style_of(s);
    toc_buf text = {0};
    name = name < NAME_LEAST ? NAME_LEAST : name;
    toc_grid_put(g, line.x, line.y, 1, style, s->is_deadlocked || s->level < LOW_PPM ? "!" : " ");
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
    put_why(v, &text, s);
    toc_grid_put(g, x, line.y, end - x, style, toc_buf_text(&text));
    toc_buf_fini(&text);
}

static void draw_domain(const toc_view *v, toc_grid *g, toc_rect line, const char *domain)
{
    size_t all, low = count_low(&v->picture.situation, domain, &all);
    toc_buf text = {0};
    toc_put_visible(&text, domain);
    if (low > 0)
        toc_buf_printf(&text, ": %zu of %zu below 100 %%", low, all);
    toc_grid_put(g, line.x, line.y, line.w, TOC_STYLE_TITLE, toc_buf_text(&text));
    toc_buf_fini(&text);
}

// "14:40 because Grid, north 0 %": the day and the zone stand on the page.
static void put_why(const toc_view *v, toc_buf *out, const toc_known_service *s)
{
    const char *clock = s->since ? strchr(s->since, ' ') : NULL;
    if (clock && strlen(clock) > 5 && s->level < WHOLE_PPM)
        toc_buf_printf(out, "%.5s", clock + 1);
    size_t before = out->len;
    toc_buf why = {0};
    toc_service_why_text(&why, &v->lines, &v->picture, s);
    const char *text = toc_buf_text(&why);
    toc_buf_str(out, before == 0 ? text + strspn(text, " ;,") : text);
    toc_buf_fini(&why);
}

static size_t count_low(const toc_situation *s, const char *domain, size_t *all)
{
    size_t low = 0;
    *all = 0;
    for (size_t i = 0; i < s->service_count; i++)
        if (strcmp(toc_service_domain(&s->services[i]), domain) == 0) {
            ++*all;
            low += s->services[i].level < WHOLE_PPM;
        }
    return low;
}

static void say_domain(toc_view *v, toc_page *page, const char *domain)
{
    const toc_situation *s = &v->picture.situation;
    size_t all, low = count_low(s, domain, &all);
    toc_page_say(page, TOC_STYLE_TITLE, "%zu service%s, %zu below 100 %%", all, all == 1 ? "" : "s",
                 low);
    for (size_t i = 0; i < s->service_count; i++) {
        const toc_known_service *x = &s->services[i];
        toc_buf text = {0};
        if (strcmp(toc_service_domain(x), domain) != 0 || x->level >= WHOLE_PPM)
            continue;
        toc_put_visible(&text, x->name ? x->name : x->id);
        toc_buf_char(&text, ' ');
        toc_level_text(&text, x->level);
        toc_page_say(page, style_of(x), "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
}

static void draw_bar(toc_grid *g, int x, int y, int64_t level, toc_style style)
{
    int full = (int)((level * BAR + WHOLE_PPM - 1) / WHOLE_PPM); // what is there is never nothing
    if (full == BAR && level < WHOLE_PPM)
        full--; // and what lacks something is never whole
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
    if (s->trend && strcmp(s->trend, "improving") == 0)
        return is_ascii ? "^" : "↑";
    return " ";
}

static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows)
{
    size_t low = 0, count = 0;
    (void)v, (void)room;
    for (size_t i = 0; i < rows->count; i++) {
        const toc_known_service *s = service_at(rows, i);
        count += s != NULL;
        low += s && s->level < WHOLE_PPM;
    }
    toc_buf_printf(out, "%zu service%s, %zu below 100 %%", count, count == 1 ? "" : "s", low);
}

static void say_service(toc_view *v, toc_page *page, const char *service)
{
    toc_log_line line;
    toc_buf_clear(&v->lines.out);
    toc_lines_situation(&v->lines, &v->picture, service);
    const char *at = toc_buf_text(&v->lines.out);
    while (toc_view_next_line(&at, &line)) {
        // The first begins with the time now, which stands above every screen.
        const char *text = line.text[0] == '[' ? strstr(line.text, "] ") : NULL;
        text = text ? text + 2 : line.text + strspn(line.text, " ");
        if (line.is_foreign)
            toc_page_foreign(page, line.text);
        else
            toc_page_say(page, line.style, "%s", text);
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
