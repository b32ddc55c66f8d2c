// SPDX-License-Identifier: MIT
// What stands around a screen: that it is an exercise, what time it is, whether play runs, what
// waits, which tabs there are, what was just done and which keys there are. What is real stands
// above and below all of it.
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "view_parts.h"

enum {
    W_LEAST = 60,
    H_LEAST = 16,
    NAME_LEAST = 3,
    NAME_MOST = 20,
    MESSAGE_COLUMNS = 76,
    LOUD_LINES = 3,
};

static void draw_inside(toc_view *v, toc_grid *g, toc_rect r);
static void draw_small(toc_view *v, toc_grid *g, toc_rect r);
static void draw_message(toc_view *v, toc_grid *g, toc_rect r);
static void draw_banner(const toc_view *v, toc_grid *g, toc_rect line);
static void draw_clock(const toc_view *v, toc_grid *g, toc_rect line);
static bool draw_attention(const toc_view *v, toc_grid *g, toc_rect line);
static void draw_tabs(toc_view *v, toc_grid *g, toc_rect line);
static void draw_notice(toc_view *v, toc_grid *g, toc_rect line);
static void draw_hints(toc_view *v, toc_grid *g, toc_rect line);
static void add_link(const toc_view *v, toc_buf *out);
static void add_state(const toc_view *v, toc_buf *out, toc_style *style);
static void add_speed(toc_buf *out, int64_t thousandths);
static int columns_of_tabs(toc_view *v, int name, int gap, bool is_quiet);
static void add_tab(toc_view *v, toc_buf *out, size_t i, int columns, bool is_quiet);
static void add_lost(const toc_view *v, toc_buf *out);
static int put_loud_block(toc_grid *g, const char *text);
static void put_loud(toc_grid *g, int y, const char *text);
static int columns_of(const toc_buf *b);
static toc_rect take_line(toc_rect *r);

void toc_view_draw(toc_view *v, toc_grid *g)
{
    toc_rect r = {0, 0, g->w, g->h};
    toc_buf loud = {0};
    toc_grid_fill(g, r, TOC_STYLE_PLAIN);
    toc_grid_cursor(g, -1, -1);
    v->tabs_y = -1;
    v->rows_at = (toc_rect){0};
    if (toc_view_alarm_text(v, &loud, false)) {
        int used = put_loud_block(g, toc_buf_text(&loud));
        r.y += used;
        r.h -= used;
    }
    toc_buf_clear(&loud);
    if (r.h > 1 && toc_view_alarm_text(v, &loud, true)) {
        put_loud(g, r.y + r.h - 1, toc_buf_text(&loud));
        r.h--;
    }
    toc_buf_fini(&loud);
    if (g->w < W_LEAST || g->h < H_LEAST)
        draw_small(v, g, r);
    else
        draw_inside(v, g, r);
}

static void draw_inside(toc_view *v, toc_grid *g, toc_rect r)
{
    draw_banner(v, g, take_line(&r));
    draw_clock(v, g, take_line(&r));
    if (v->link == TOC_VIEW_OVER || !v->is_live) {
        draw_message(v, g, r);
        if (v->form && v->link != TOC_VIEW_OVER)
            toc_form_draw(v->form, g, r);
        return;
    }
    toc_rect line = {r.x, r.y, r.w, 1};
    if (draw_attention(v, g, line))
        take_line(&r);
    draw_tabs(v, g, take_line(&r));
    toc_rect body = {r.x, r.y, r.w, r.h - 2};
    const toc_screen *screen = v->rooms[v->room].screen;
    if (screen->draw)
        screen->draw(v, g, body);
    if (v->overlay) {
        toc_grid_box(g, body, v->overlay_title);
        toc_rect inside = toc_rect_inside(body);
        toc_page_draw(v->overlay, g, inside);
        toc_grid_cursor(g, inside.x, inside.y);
        v->rows_at = (toc_rect){0};
    }
    if (v->form) {
        toc_grid_cursor(g, -1, -1);
        toc_form_draw(v->form, g, body);
    }
    draw_notice(v, g, (toc_rect){r.x, r.y + r.h - 2, r.w, 1});
    draw_hints(v, g, (toc_rect){r.x, r.y + r.h - 1, r.w, 1});
}

// Too small for a screen: the clock and what is urgent fit everywhere.
static void draw_small(toc_view *v, toc_grid *g, toc_rect r)
{
    toc_buf clock = {0}, urgent = {0};
    toc_style style;
    if (r.h <= 0)
        return;
    toc_view_attention(v, &urgent, &style);
    toc_play_text(&clock, toc_view_now(v));
    toc_buf_char(&clock, ' ');
    toc_style state;
    add_state(v, &clock, &state);
    if (r.h == 1 && urgent.len) {
        toc_grid_printf(g, r.x, r.y, r.w, style, "%s %s", toc_buf_text(&urgent),
                        toc_buf_text(&clock));
    } else {
        toc_grid_printf(g, r.x, r.y, r.w, TOC_STYLE_BANNER, "EXERCISE %s", toc_buf_text(&clock));
        if (r.h > 1)
            toc_grid_put(g, r.x, r.y + 1, r.w, style, toc_buf_text(&urgent));
        if (r.h > 2)
            toc_grid_printf(g, r.x, r.y + r.h - 1, r.w, TOC_STYLE_WARN,
                            "%dx%d needed, this is %dx%d", W_LEAST, H_LEAST, g->w, g->h);
    }
    toc_buf_fini(&clock);
    toc_buf_fini(&urgent);
}

// The whole screen: what happened, and what to do.
static void draw_message(toc_view *v, toc_grid *g, toc_rect r)
{
    toc_page page = {0};
    const char *why = v->link_why && v->link_why[0] ? v->link_why : NULL;
    if (v->link == TOC_VIEW_OVER) {
        toc_page_say(&page, TOC_STYLE_TITLE, "%s",
                     v->picture.is_closed ? "The exercise is closed."
                                          : "This terminal does not sit in the exercise any more.");
        toc_page_say(&page, TOC_STYLE_PLAIN, "%s", "");
        if (v->picture.is_closed)
            toc_page_say(&page, TOC_STYLE_PLAIN, "The record is sealed. Thank you.");
        else if (why)
            toc_page_say(&page, TOC_STYLE_PLAIN, "%s", why);
        toc_page_say(&page, TOC_STYLE_PLAIN, "%s", "");
        if (!v->picture.is_closed)
            toc_page_say(&page, TOC_STYLE_PLAIN, "If you did not expect this, ask EXCON.");
        toc_page_say(&page, TOC_STYLE_KEY, "Any key leaves.");
    } else {
        toc_page_say(&page, TOC_STYLE_TITLE,
                     v->past.count || v->live_at >= 0 ? "Fetching what happened so far"
                                                      : "Connecting to the exercise");
        toc_page_say(&page, TOC_STYLE_PLAIN, "%s", why ? why : "");
        if (v->past.count)
            toc_page_say(&page, TOC_STYLE_PLAIN, "%zu lines until now", v->past.count);
        toc_page_say(&page, TOC_STYLE_KEY, "q leaves; Ctrl-X calls a real emergency.");
    }
    int w = r.w - 4 < MESSAGE_COLUMNS ? r.w - 4 : MESSAGE_COLUMNS;
    toc_rect at = {r.x + (r.w - w) / 2, r.y + r.h / 4, w, r.h - r.h / 4};
    toc_page_draw(&page, g, at);
    toc_grid_cursor(g, at.x, at.y);
    toc_page_fini(&page);
}

// EXERCISE and the marking, the title, who we are, the wall's time; the first and the last are
// never left out.
static void draw_banner(const toc_view *v, toc_grid *g, toc_rect line)
{
    toc_buf left = {0}, right = {0};
    const char *title = v->title ? v->title : "";
    const char *team = v->team && v->team[0] ? toc_view_name(v, v->team) : "";
    toc_grid_fill(g, line, TOC_STYLE_BANNER);
    if (team[0])
        toc_buf_printf(&right, "%s  ", team);
    toc_buf_printf(&right, "%s ", v->wall);
    toc_buf_str(&left, " EXERCISE");
    if (v->marking && v->marking[0])
        toc_buf_printf(&left, " %s", v->marking);
    int title_columns = toc_text_columns(title, strlen(title));
    bool is_roomy = columns_of(&left) + 2 * 9 + title_columns + columns_of(&right) + 6 <= line.w;
    if (is_roomy) {
        toc_buf marked = {0};
        toc_buf_printf(&marked, " EXERCISE EXERCISE%s", toc_buf_text(&left));
        toc_buf_fini(&left);
        left = marked;
    }
    int x = line.x + columns_of(&left) + 3;
    toc_grid_put(g, line.x, line.y, line.w, TOC_STYLE_BANNER, toc_buf_text(&left));
    int wide = columns_of(&right);
    if (line.w - x - wide < 12) { // the team is told by the seat, below
        toc_buf_clear(&right);
        toc_buf_printf(&right, "%s ", v->wall);
        wide = columns_of(&right);
    }
    toc_grid_put(g, line.w - wide, line.y, wide, TOC_STYLE_BANNER, toc_buf_text(&right));
    toc_grid_put(g, x, line.y, line.w - wide - x - 1, TOC_STYLE_BANNER, title);
    toc_buf_fini(&left);
    toc_buf_fini(&right);
}

static void draw_clock(const toc_view *v, toc_grid *g, toc_rect line)
{
    enum { GAP = 3 }; // " . "
    toc_buf left = {0}, right = {0}, link = {0};
    toc_style style = TOC_STYLE_PLAIN;
    toc_story story;
    toc_picture_person(&v->picture, &right, v->seat);
    add_link(v, &link);
    toc_buf_char(&left, ' ');
    toc_play_text(&left, toc_view_now(v));
    add_speed(&left, v->lines.clock.speed);
    int x = toc_grid_put(g, line.x, line.y, line.w, TOC_STYLE_TITLE, toc_buf_text(&left));
    toc_buf_clear(&left);
    toc_buf_str(&left, "  ");
    add_state(v, &left, &style);
    // Why play stands matters more than who sits here, and whether we are connected more than a long name.
    int wide = columns_of(&link), who = columns_of(&right) + GAP;
    if (style != TOC_STYLE_PLAIN && x + columns_of(&left) + who + wide >= line.w)
        who = 0;
    if (wide + who > line.w / 2)
        who = line.w / 2 - wide;
    if (who <= GAP + 2)
        who = 0;
    wide += who;
    int room = line.w - wide - x - 1;
    x += toc_grid_put(g, line.x + x, line.y, room, style, toc_buf_text(&left));
    if (style == TOC_STYLE_PLAIN &&
        toc_timeline_story(&v->lines.timeline, toc_view_now(v), &story)) {
        toc_buf_clear(&left);
        toc_buf_str(&left, "  story ");
        toc_story_text(&left, story);
        if (columns_of(&left) <= line.w - wide - x - 1)
            toc_grid_put(g, line.x + x, line.y, line.w - wide - x - 1, TOC_STYLE_PLAIN,
                         toc_buf_text(&left));
    }
    toc_style state = v->link == TOC_VIEW_LOST ? TOC_STYLE_BAD : TOC_STYLE_PLAIN;
    int at = line.w - wide;
    if (who > 0) {
        at += toc_grid_put(g, at, line.y, who - GAP, state, toc_buf_text(&right));
        at += toc_grid_put(g, at, line.y, GAP, state, " . ");
    }
    toc_grid_put(g, at, line.y, line.w - at, state, toc_buf_text(&link));
    toc_buf_fini(&link);
    toc_buf_fini(&left);
    toc_buf_fini(&right);
}

static void add_link(const toc_view *v, toc_buf *out)
{
    toc_buf_str(out, v->link == TOC_VIEW_LIVE   ? "connected "
                     : v->link == TOC_VIEW_LOST ? "LINK LOST "
                     : v->link == TOC_VIEW_OVER ? "left "
                                                : "connecting ");
}

static void add_state(const toc_view *v, toc_buf *out, toc_style *style)
{
    const char *state = v->lines.clock.state;
    const toc_picture *p = &v->picture;
    bool is_closed = p->is_closed || strcmp(state, "closed") == 0;
    bool has_ended = p->has_ended || strcmp(state, "ended") == 0;
    *style = TOC_STYLE_WARN;
    if (!v->is_live && v->live_at < 0) {
        toc_buf_str(out, "not connected: how play stands is not known");
    } else if (is_closed) {
        toc_buf_str(out, "CLOSED: the record is sealed");
    } else if (has_ended) {
        toc_buf_str(out, "ENDEX: play is over");
    } else if (!p->has_started && strcmp(state, "lobby") == 0) {
        toc_buf_str(out, "LOBBY: play has not begun");
    } else if (toc_view_is_emergency(v)) {
        toc_buf_str(out, "STOPPED: REAL EMERGENCY");
    } else if (p->is_paused || strcmp(state, "paused") == 0) {
        toc_buf_printf(out, "PAUSED BY %s", v->stopped_by ? v->stopped_by : "EXCON");
        if (v->stopped_at)
            toc_buf_printf(out, " %s", v->stopped_at);
        if (v->stopped_why && v->stopped_why[0])
            toc_buf_printf(out, ": %s", v->stopped_why);
    } else {
        *style = TOC_STYLE_PLAIN;
        toc_buf_str(out, "RUNNING");
    }
}

static void add_speed(toc_buf *out, int64_t thousandths)
{
    if (thousandths <= 0)
        return;
    toc_buf_printf(out, " (x%lld", (long long)(thousandths / 1000));
    if (thousandths % 1000)
        toc_buf_printf(out, ".%lld", (long long)(thousandths % 1000 / 100));
    toc_buf_char(out, ')');
}

// False: there is nothing to say, and the line is the screen's.
static bool draw_attention(const toc_view *v, toc_grid *g, toc_rect line)
{
    toc_buf text = {0};
    toc_style style = TOC_STYLE_BAD;
    if (v->link == TOC_VIEW_LOST || v->link == TOC_VIEW_CONNECTING)
        add_lost(v, &text);
    else
        toc_view_attention(v, &text, &style);
    bool is_there = text.len > 0;
    if (is_there) {
        toc_grid_fill(g, line, style);
        toc_grid_put(g, line.x + 1, line.y, line.w - 1, style, toc_buf_text(&text));
    }
    toc_buf_fini(&text);
    return is_there;
}

static void add_lost(const toc_view *v, toc_buf *out)
{
    int64_t s = (v->mono - v->lost_at) / 1000;
    size_t kept = toc_view_acts_out(v);
    toc_buf_printf(out, "link lost %02lld:%02lld: reconnecting, nothing you typed is lost",
                   (long long)(s / 60), (long long)(s % 60));
    if (kept)
        toc_buf_printf(out, "; %zu to be sent", kept);
}

// Where the names do not all fit, those of the closed tabs are shortened; then the tabs move
// together; then there are numbers alone.
static void draw_tabs(toc_view *v, toc_grid *g, toc_rect line)
{
    int name = NAME_MOST, gap = 1;
    while (name > NAME_LEAST && columns_of_tabs(v, name, gap, false) > line.w - 1)
        name--;
    if (columns_of_tabs(v, name, gap, false) > line.w - 1)
        gap = 0;
    // Names help more than counts that nothing is urgent about.
    bool is_quiet = columns_of_tabs(v, name, gap, false) > line.w - 1;
    if (is_quiet && columns_of_tabs(v, name, gap, true) > line.w - 1) {
        is_quiet = false;
        name = 0;
        gap = 1; // numbers and counts must not run together
    }
    int x = line.x + 1;
    toc_buf tab = {0};
    v->tabs_y = line.y;
    for (size_t i = 0; i < v->room_count; i++) {
        toc_buf_clear(&tab);
        add_tab(v, &tab, i, name, is_quiet);
        v->tabs_x[i] = x;
        x += toc_grid_put(g, x, line.y, line.w - x,
                          i == v->room ? TOC_STYLE_TAB_HERE : TOC_STYLE_TAB, toc_buf_text(&tab));
        x += gap;
    }
    v->tabs_x[v->room_count] = x;
    toc_buf_fini(&tab);
}

static int columns_of_tabs(toc_view *v, int name, int gap, bool is_quiet)
{
    toc_buf tabs = {0};
    for (size_t i = 0; i < v->room_count; i++)
        add_tab(v, &tabs, i, name, is_quiet);
    int wide = columns_of(&tabs) + gap * (int)v->room_count;
    toc_buf_fini(&tabs);
    return wide;
}

static void add_tab(toc_view *v, toc_buf *out, size_t i, int columns, bool is_quiet)
{
    const toc_screen *screen = v->rooms[i].screen;
    int wide = (int)strlen(screen->name);
    bool is_here = i == v->room;
    int shown = is_here || wide < columns ? wide : columns;
    toc_buf_printf(out, "%c%zu%s%.*s", is_here ? '[' : ' ', (i + 1) % 10, shown ? " " : "", shown,
                   screen->name);
    toc_buf badge = {0};
    if (screen->badge)
        screen->badge(v, &badge);
    // In brackets of its own: a number alone would look like a key.
    if (badge.len && (is_here || !is_quiet || strpbrk(toc_buf_text(&badge), "!U")))
        toc_buf_printf(out, "(%s)", toc_buf_text(&badge) + strspn(toc_buf_text(&badge), " "));
    toc_buf_fini(&badge);
    if (is_here)
        toc_buf_char(out, ']');
}

// What was just done, or what is being typed.
static void draw_notice(toc_view *v, toc_grid *g, toc_rect line)
{
    static const char *const labels[] = {"", ": ", "filter: ", "search: "};
    if (v->prompt_kind == TOC_PROMPT_NONE || v->form) {
        if (v->notice)
            toc_grid_put(g, line.x + 1, line.y, line.w - 1, v->notice_style, v->notice);
        return;
    }
    // A completion's words stand to the right of what is typed.
    const char *label = labels[v->prompt_kind];
    int x = line.x + 1 + toc_grid_put(g, line.x + 1, line.y, line.w - 1, TOC_STYLE_KEY, label);
    int used = toc_text_columns(toc_buf_text(&v->prompt.text), v->prompt.text.len) + 2;
    int room = line.w - x;
    int said = v->notice ? room - used : 0;
    if (said > 8)
        toc_grid_put(g, x + used, line.y, said, v->notice_style, v->notice);
    toc_editor_draw(&v->prompt, g, (toc_rect){x, line.y, said > 8 && used < room ? used : room, 1},
                    true);
}

static void draw_hints(toc_view *v, toc_grid *g, toc_rect line)
{
    toc_buf hints = {0};
    if (v->form && !v->form->is_loud) // its own keys stand in its box
        toc_keys_hints(&hints, TOC_IN_FORM, v->role, line.w);
    else if (v->form)
        toc_buf_clear(&hints);
    else if (v->prompt_kind == TOC_PROMPT_COMMAND)
        toc_buf_str(&hints, " Enter do it  Tab complete  Up before  Esc cancel");
    else if (v->prompt_kind != TOC_PROMPT_NONE)
        toc_buf_str(&hints, v->prompt_kind == TOC_PROMPT_FILTER
                                ? " Enter keep  Esc all rows  !word not  to:word field  unread late"
                                : " Enter find  n next  N before  Esc cancel");
    else if (v->overlay)
        toc_buf_str(&hints, " Esc back  PgDn page down  / search  n next  N before");
    else
        toc_view_hints(v, &hints, line.w);
    toc_grid_put(g, line.x, line.y, line.w, TOC_STYLE_KEY, toc_buf_text(&hints));
    toc_buf_fini(&hints);
}

// Where somebody is to go often stands at the end: a narrow screen gives it more lines. Gives how many.
static int put_loud_block(toc_grid *g, const char *text)
{
    toc_buf wrapped = {0};
    int most = g->h < H_LEAST ? 1 : LOUD_LINES;
    int y = 0;
    size_t len = strlen(text), enough = (size_t)g->w * LOUD_LINES * 8;
    toc_text_block(&wrapped, text, len < enough ? len : enough, "", g->w);
    for (char *at = wrapped.data; at && *at && y < most && y < g->h; y++) {
        char *end = strchr(at, '\n');
        bool is_last = y + 1 == most; // it takes what is left, and is cut
        if (end && !is_last)
            *end = '\0';
        for (char *c = at; is_last && (c = strchr(c, '\n')); c++)
            *c = ' ';
        put_loud(g, y, at);
        at = end ? end + 1 : NULL;
    }
    toc_buf_fini(&wrapped);
    return y;
}

static void put_loud(toc_grid *g, int y, const char *text)
{
    toc_grid_fill(g, (toc_rect){0, y, g->w, 1}, TOC_STYLE_EMERGENCY);
    toc_grid_put(g, 0, y, g->w, TOC_STYLE_EMERGENCY, text);
}

static int columns_of(const toc_buf *b)
{
    return toc_text_columns(toc_buf_text(b), b->len);
}

static toc_rect take_line(toc_rect *r)
{
    toc_rect line = {r->x, r->y, r->w, 1};
    r->y++;
    r->h--;
    return line;
}
