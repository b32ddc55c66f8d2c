// SPDX-License-Identifier: MIT
// The list as controllers conduct by it: one line of time with now in it, the page of the selected
// row, and what was done last.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "conduct.h"
#include "jump.h"

enum {
    NOW_FROM = 110, // columns from which what was done last has a pane
    NOW_WIDTH = 32, // at least: from there on it has a quarter of the screen,
    NOW_MOST = 48,
    TIME_WIDTH = 9,
    MARK_WIDTH = 4,
    ID_MOST = 10,
    STATE_WIDTH = 30, // wider only where no title needs the columns
    TO_FROM = 64,     // columns from which a row says to whom
};

// Where the columns of a row begin.
typedef struct {
    int id, to, state, title; // widths; to 0: there is none
} columns;

typedef struct {
    toc_board board;
    columns columns;
} drawing;

static toc_room *open_room(toc_view *v);
static void draw_last(toc_view *v, toc_grid *g, toc_rect r);
static void say_short(toc_page *p, const toc_log_line *line);
static void draw_page(toc_view *v, toc_grid *g, toc_rect r, toc_room *room, const toc_board *b);
static columns divide(const toc_view *v, const toc_board *b, int w);
static void widen(int *most, const char *text);
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context);
static void put_to(toc_view *v, toc_grid *g, int x, int y, int w, toc_style style,
                   const toc_entry *e);
static void draw_now(toc_view *v, toc_grid *g, toc_rect line, const toc_entry *e);
static void write_time(const toc_view *v, toc_buf *out, const toc_entry *e);
static toc_style style_of(const toc_view *v, const toc_entry *e);
static bool act_on_entry(toc_view *v, toc_do what, const toc_entry *e, toc_wishes *out);
static bool act_on_story(toc_view *v, toc_do what, const toc_msel_row *row);

static void draw(toc_view *v, toc_grid *g, toc_rect r)
{
    toc_room *room = open_room(v);
    drawing d = {0};
    toc_rect rows, page;
    toc_grid_fill(g, r, TOC_STYLE_PLAIN);
    if (v->jump) {
        toc_jump_draw(v, g, r);
        return;
    }
    if (r.w >= NOW_FROM) {
        int now = r.w / 4 < NOW_WIDTH ? NOW_WIDTH : r.w / 4 < NOW_MOST ? r.w / 4 : NOW_MOST;
        draw_last(v, g, (toc_rect){r.x + r.w - now, r.y, now, r.h});
        r.w -= now + 1;
    }
    toc_board_fill(&d.board, v, room->list.filter);
    toc_view_split(r, d.board.count, &rows, &page);
    if (page.h > 0 && page.x > r.x) { // side by side: a row has more columns than a page needs
        rows.w = r.w * 5 / 8;
        page = (toc_rect){r.x + rows.w + 1, r.y, r.w - rows.w - 1, r.h};
    }
    if (room->is_reading && page.h == 0) {
        // What is read is the selected row, though no rows are drawn.
        toc_list_settle(&room->list, d.board.keys, d.board.count, r.h);
        draw_page(v, g, r, room, &d.board);
    } else {
        size_t now = toc_board_find(&d.board, TOC_BOARD_NOW);
        size_t third = rows.h > 0 ? (size_t)rows.h / 3 : 0;
        // While the line of now is selected, the rows go by behind it.
        if (strcmp(room->list.key, TOC_BOARD_NOW) == 0)
            room->list.top = now > third ? now - third : 0;
        d.columns = divide(v, &d.board, rows.w);
        toc_view_rows(v, g, rows, room, d.board.keys, d.board.count, draw_row, &d);
        draw_page(v, g, page, room, &d.board);
    }
    toc_board_fini(&d.board);
}

static bool act(toc_view *v, toc_do what, toc_wishes *out)
{
    toc_room *room = open_room(v);
    toc_board b;
    bool did = true;
    if (v->jump && toc_jump_act(v, what, out))
        return true;
    toc_board_fill(&b, v, room->list.filter);
    size_t at = toc_board_find(&b, room->list.key);
    // The row may have gone since it was drawn; then the one in its place is meant, unless somebody
    // reads it: an act is never done to a row that was not read.
    if (at == b.count && room->is_reading) {
        room->is_reading = false;
        toc_view_notice(v, TOC_STYLE_WARN, "that row is gone from the list: select one");
        toc_board_fini(&b);
        return true;
    }
    if (at == b.count)
        at = room->list.at < b.count ? room->list.at : b.count - 1;
    if (!room->is_reading && toc_list_do(&room->list, what, b.keys, b.count))
        did = true;
    else if (what == TOC_DO_OPEN && !room->is_reading)
        room->is_reading = true;
    else
        did = act_on_entry(v, what, &b.at[at], out);
    toc_board_fini(&b);
    return did;
}

// What the key of a release does stands in the hint, with its row.
static const char *reword(toc_view *v, toc_do what, toc_buf *word)
{
    const char *key = open_room(v)->list.key;
    const toc_msel_row *row = toc_msel_inject(&v->msel, key);
    if (what != TOC_DO_HOLD || !row || !toc_msel_is(row, "held"))
        return NULL;
    toc_buf_printf(word, "release %s", row->inject);
    return toc_buf_text(word);
}

static void learn(toc_view *v, int64_t n, const toc_event *ev)
{
    toc_deeds_learn(v, n, ev);
    toc_jump_learn(v, ev);
    toc_msel_hear(&v->msel, ev);
}

static void about(toc_view *v, toc_event *observe)
{
    const char *key = open_room(v)->list.key;
    const toc_item *item = toc_picture_item(&v->picture, key);
    if (toc_msel_inject(&v->msel, key)) {
        toc_event_set_str(observe, TOC_F_INJECT, key);
        if (item && item->event.kind == TOC_K_INJECT)
            toc_event_set_int(observe, TOC_F_ITEM, item->n);
    } else if (toc_picture_question(&v->picture, key) || toc_msel_plans(&v->msel, key)) {
        toc_event_set_str(observe, TOC_F_DECISION, key);
    }
}

// How many wait for somebody to do something.
static void badge(toc_view *v, toc_buf *out)
{
    toc_board b;
    size_t waiting = 0;
    toc_board_fill(&b, v, NULL);
    for (size_t i = 0; i < b.count; i++)
        waiting += toc_entry_waits(&b.at[i]);
    toc_board_fini(&b);
    if (waiting)
        toc_buf_printf(out, " !%zu", waiting);
}

const toc_screen toc_screen_msel = {
    .name = "MSEL",
    .places = TOC_IN_LIST | TOC_IN_MSEL,
    .badge = badge,
    .draw = draw,
    .act = act,
    .learn = learn,
    .about = about,
    .reword = reword,
};

// The list opens at now, not at its top.
static toc_room *open_room(toc_view *v)
{
    toc_room *room = toc_view_room(v, &toc_screen_msel);
    bool is_jumps = room->list.key && room->list.key[0] == '#' && !v->jump;
    if (!room->list.key || is_jumps)
        toc_list_select(&room->list, TOC_BOARD_NOW);
    return room;
}

// The end of the log, beside the list, without what scripts and the world do by themselves.
static void draw_last(toc_view *v, toc_grid *g, toc_rect r)
{
    const toc_log *log = &v->log_lines;
    toc_page last = {0};
    size_t most = r.h > 0 ? (size_t)r.h : 0;
    for (int y = r.y; y < r.y + r.h; y++)
        toc_grid_put(g, r.x - 1, y, 1, TOC_STYLE_FRAME, g->is_ascii ? "|" : "│");
    toc_grid_rule(g, r.x, r.y, r.w, "Now");
    size_t first = log->count;
    for (size_t shown = 0; first > 0 && shown < most; first--)
        shown += !log->lines[first - 1].is_routine;
    for (size_t i = first; i < log->count; i++)
        if (log->lines[i].is_routine)
            continue;
        else if (log->lines[i].is_foreign)
            toc_page_foreign(&last, log->lines[i].text);
        else
            say_short(&last, &log->lines[i]);
    toc_page_do(&last, TOC_DO_LAST);
    toc_page_draw(&last, g, (toc_rect){r.x, r.y + 1, r.w, r.h - 1});
    toc_page_fini(&last);
}

// A line of the log begins with "[05:46Z T+0:01:00]": here is room for the play time alone.
static void say_short(toc_page *p, const toc_log_line *line)
{
    const char *end = line->text[0] == '[' ? strchr(line->text, ']') : NULL;
    const char *play = end ? strstr(line->text, "T+") : NULL;
    if (play && play < end)
        toc_page_say(p, line->style, "%.*s%s", (int)(end - play), play, end + 1);
    else
        toc_page_say(p, line->style, "%s", line->text);
}

static void draw_page(toc_view *v, toc_grid *g, toc_rect r, toc_room *room, const toc_board *b)
{
    size_t at = toc_board_find(b, room->list.key);
    if (r.h < 2 || at == b->count)
        return;
    const toc_entry *e = &b->at[at];
    if (!room->shown || strcmp(room->shown, e->key) != 0) {
        free(room->shown);
        room->shown = toc_strdup(e->key);
        room->page.top = 0;
    }
    toc_board_read(v, e, &room->page);
    toc_buf title = {0};
    toc_buf_str(&title, e->kind == TOC_ENTRY_NOW ? "What waits, what is next" : e->key);
    toc_buf_str(&title, room->is_reading ? ": Esc goes back to the rows" : "");
    toc_grid_rule(g, r.x, r.y, r.w, toc_buf_text(&title));
    toc_buf_fini(&title);
    if (room->is_reading)
        toc_grid_restyle(g, (toc_rect){r.x, r.y, r.w, 1}, TOC_STYLE_TAB_HERE);
    toc_page_draw(&room->page, g, (toc_rect){r.x, r.y + 1, r.w, r.h - 1});
    if (room->is_reading && !v->form && v->prompt_kind == TOC_PROMPT_NONE)
        toc_grid_cursor(g, r.x, r.y + 1);
}

// State and title share what is left: a state has what the longest needs, if the titles leave it that.
static columns divide(const toc_view *v, const toc_board *b, int w)
{
    columns c = {.id = 6};
    int to = 0, state = 0, title = 0;
    for (size_t i = 0; i < b->count; i++) {
        const toc_entry *e = &b->at[i];
        toc_buf text = {0};
        if (e->kind == TOC_ENTRY_NOW) // a line of its own
            continue;
        widen(&c.id, e->key);
        toc_entry_to_text(&text, v, e);
        widen(&to, toc_buf_text(&text));
        toc_buf_clear(&text);
        toc_entry_state(&text, v, e);
        widen(&state, toc_buf_text(&text));
        widen(&title, toc_entry_title(e));
        toc_buf_fini(&text);
    }
    c.id = (c.id > ID_MOST ? ID_MOST : c.id) + 1;
    c.to = w < TO_FROM ? 0 : to + 1 > w / 7 ? w / 7 : to + 1;
    int left = w - MARK_WIDTH - TIME_WIDTH - c.id - c.to;
    c.state = left * 11 / 20 < STATE_WIDTH ? left * 11 / 20 : STATE_WIDTH;
    if (left - title > c.state)
        c.state = left - title;
    if (state + 1 < c.state)
        c.state = state + 1;
    c.title = left - c.state;
    return c;
}

static void widen(int *most, const char *text)
{
    int wide = toc_text_columns(text, strlen(text));
    *most = wide > *most ? wide : *most;
}

static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context)
{
    const drawing *d = context;
    const toc_entry *e = &d->board.at[i];
    const columns *c = &d->columns;
    toc_style style = style_of(v, e);
    toc_buf text = {0};
    int x = line.x;
    if (e->kind == TOC_ENTRY_NOW) {
        draw_now(v, g, line, e);
        return;
    }
    bool is_urgent = e->row && e->row->is_urgent;
    toc_grid_put(g, x, line.y, MARK_WIDTH - 1, toc_entry_waits(e) ? TOC_STYLE_URGENT : style,
                 toc_entry_waits(e) ? "!!!"
                 : is_urgent        ? " ! "
                                    : "");
    x += MARK_WIDTH;
    write_time(v, &text, e);
    toc_grid_put(g, x, line.y, TIME_WIDTH - 1, style, toc_buf_text(&text));
    x += TIME_WIDTH;
    toc_grid_put(g, x, line.y, c->id - 1, style, e->key);
    x += c->id;
    if (c->to)
        put_to(v, g, x, line.y, c->to - 1, style, e);
    x += c->to;
    toc_buf_clear(&text);
    toc_entry_state(&text, v, e);
    toc_grid_put(g, x, line.y, c->state - 1, style, toc_buf_text(&text));
    x += c->state;
    toc_grid_put(g, x, line.y, c->title, style, toc_entry_title(e));
    toc_buf_fini(&text);
}

static void put_to(toc_view *v, toc_grid *g, int x, int y, int w, toc_style style,
                   const toc_entry *e)
{
    toc_buf text = {0};
    toc_entry_to_text(&text, v, e);
    toc_grid_put(g, x, y, w, style, toc_buf_text(&text));
    toc_buf_fini(&text);
}

static void draw_now(toc_view *v, toc_grid *g, toc_rect line, const toc_entry *e)
{
    toc_buf text = {0};
    toc_buf_str(&text, "NOW ");
    toc_play_text(&text, e->at);
    toc_buf_str(&text, ", ");
    toc_entry_state(&text, v, e);
    toc_grid_rule(g, line.x, line.y, line.w, toc_buf_text(&text));
    toc_buf_fini(&text);
}

static void write_time(const toc_view *v, toc_buf *out, const toc_entry *e)
{
    if (e->at < 0)
        toc_buf_char(out, '-');
    else if (v->times == TOC_TIMES_AGO && e->at > toc_view_now(v))
        toc_buf_str(out, "to come");
    else
        toc_view_time(v, out, e->at);
}

static toc_style style_of(const toc_view *v, const toc_entry *e)
{
    if (toc_entry_waits(e))
        return TOC_STYLE_URGENT;
    if (e->kind == TOC_ENTRY_INJECT && toc_deeds_flash(v, e->key))
        return TOC_STYLE_NOTICE;
    if (e->row && !e->row->other && toc_msel_is(e->row, "held"))
        return TOC_STYLE_WARN;
    return TOC_STYLE_PLAIN;
}

static bool act_on_entry(toc_view *v, toc_do what, const toc_entry *e, toc_wishes *out)
{
    if (v->role != TOC_ROLE_EXCON)
        return false;
    if (e->kind == TOC_ENTRY_INJECT)
        return toc_row_act(v, what, e->row, out) || act_on_story(v, what, e->row);
    switch (what) {
    case TOC_DO_FIRE:
    case TOC_DO_HOLD:
    case TOC_DO_SKIP:
    case TOC_DO_MOVE:
    case TOC_DO_EDIT:
    case TOC_DO_DROP:
    case TOC_DO_WAKE:
        toc_view_notice(v, TOC_STYLE_WARN, "that is done to an inject: select one first");
        return true;
    default:
        return false;
    }
}

// A row that a storyline sends stands for it.
static bool act_on_story(toc_view *v, toc_do what, const toc_msel_row *row)
{
    if (what != TOC_DO_DROP && what != TOC_DO_WAKE)
        return false;
    char *story = toc_row_story(v, row);
    if (story)
        toc_story_act(v, what, story);
    else
        toc_view_notice(v, TOC_STYLE_WARN, "no storyline sends %s", row->inject);
    free(story);
    return true;
}
