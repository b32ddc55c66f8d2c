// SPDX-License-Identifier: MIT
// The screen of the seat as it stood. It is a view like any other, so that its tabs, rows and filters work; whatever would act is
// told that nothing can be done in a recording.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "replay_inside.h"

enum { W_LEAST = 60, H_LEAST = 16, BANNER = 1, CLOCK = 2 };

static bool put_view(toc_replay *p);
static void size_view(toc_replay *p, toc_rect r);
static int rows_of_view(toc_rect r);
static int rows_left_out(toc_rect r);
static void copy_rows(toc_grid *to, toc_rect r, const toc_grid *from, int skip);
static void take_wishes(toc_replay *p, toc_wishes *wishes);
static void take_wish(toc_replay *p, const toc_wish *w);
static void view_grid(toc_replay *p, toc_grid *g);
static bool is_same(const toc_grid *a, const toc_grid *b);

void toc_pane_draw(toc_replay *p, toc_grid *g, toc_rect r)
{
    if (r.w <= 0 || r.h <= 0)
        return;
    if (!put_view(p)) {
        toc_grid_printf(g, r.x + 2, r.y + r.h / 3, r.w - 4, TOC_STYLE_TITLE,
                        "The screen of %s is being made.", toc_viewpoint_seat(p->eyes));
        return;
    }
    size_view(p, r);
    toc_grid inside;
    toc_grid_init(&inside, r.w > W_LEAST ? r.w : W_LEAST, rows_of_view(r), p->is_ascii);
    toc_view_draw(toc_stage_view(p->stage), &inside);
    int skip = rows_left_out(r);
    copy_rows(g, r, &inside, skip);
    if (p->has_view_keys && inside.cursor_y >= skip && inside.cursor_y - skip < r.h &&
        inside.cursor_x < r.w)
        toc_grid_cursor(g, r.x + inside.cursor_x, r.y + inside.cursor_y - skip);
    toc_grid_fini(&inside);
}

// Esc belongs to the view as long as it changes anything there; then it gives the keys back.
bool toc_pane_key(toc_replay *p, uint32_t key)
{
    if (key == TOC_KEY_CTRL('C') || key == TOC_KEY_CTRL('Z') || key == TOC_KEY_CTRL('L')) {
        toc_replay_act(p, key);
        return true;
    }
    if (key == TOC_KEY_CTRL('X')) {
        toc_replay_notice(p, TOC_STYLE_WARN,
                          "this is a recording: for real help, turn to the people around you");
        return true;
    }
    if (!put_view(p))
        return key != TOC_KEY_ESC;
    toc_grid before = {0}, after = {0};
    if (key == TOC_KEY_ESC)
        view_grid(p, &before);
    toc_pane_happen(p, &(toc_happening){.what = TOC_HAPPENED_KEY, .key = key});
    if (key != TOC_KEY_ESC)
        return true;
    view_grid(p, &after);
    bool is_used = !is_same(&before, &after);
    toc_grid_fini(&before);
    toc_grid_fini(&after);
    return is_used;
}

void toc_pane_click(toc_replay *p, int x, int y, int wheel)
{
    toc_rect view, rows;
    toc_replay_panes(p, &view, &rows);
    toc_pane_happen(
        p, &(toc_happening){
               .what = TOC_HAPPENED_CLICK, .x = x, .y = y + rows_left_out(view), .number = wheel});
}

void toc_pane_happen(toc_replay *p, const toc_happening *h)
{
    toc_wishes wishes = {0};
    if (!p->stage || !put_view(p))
        return;
    toc_stage_happen(p->stage, h, &wishes);
    take_wishes(p, &wishes);
    toc_wishes_fini(&wishes);
}

// Puts the view where the playhead is. False: it is still being made.
static bool put_view(toc_replay *p)
{
    const int64_t seq = toc_player_seq(p->player), t = toc_player_t(p->player);
    if (!p->stage)
        return false;
    if (p->stage_seq != seq || p->stage_t != t) {
        toc_stage_go(p->stage, seq, t);
        p->stage_seq = seq;
        p->stage_t = t;
        p->stage_w = 0;
        p->is_told = false;
    }
    if (!p->is_told && p->past && toc_past_seq(p->past) == seq) {
        toc_stage_told(p->stage, p->past, t);
        p->is_told = true;
    }
    return true;
}

static void size_view(toc_replay *p, toc_rect r)
{
    int w = r.w > W_LEAST ? r.w : W_LEAST, h = rows_of_view(r);
    if (p->stage_w == w && p->stage_h == h)
        return;
    p->stage_w = w;
    p->stage_h = h;
    toc_pane_happen(p, &(toc_happening){.what = TOC_HAPPENED_SIZE, .x = w, .y = h});
}

static int rows_of_view(toc_rect r)
{
    return r.h + BANNER + 1 > H_LEAST ? r.h + BANNER + 1 : H_LEAST;
}

// Its own banner and hints are left out: what stands around the replay says both. Where there is no room, its clock too.
static int rows_left_out(toc_rect r)
{
    int more = rows_of_view(r) - 1 - r.h;
    return more < CLOCK ? more : CLOCK;
}

static void copy_rows(toc_grid *to, toc_rect r, const toc_grid *from, int skip)
{
    for (int y = 0; y < r.h && y + skip < from->h; y++)
        for (int x = 0; x < r.w && x < from->w; x++) {
            toc_cell cell = from->cells[(size_t)(y + skip) * (size_t)from->w + (size_t)x];
            if (cell.width == 2 && x + 1 >= r.w) // half of it would be outside
                cell = (toc_cell){.text = " ", .width = 1, .style = cell.style};
            to->cells[(size_t)(r.y + y) * (size_t)to->w + (size_t)(r.x + x)] = cell;
        }
}

static void view_grid(toc_replay *p, toc_grid *g)
{
    toc_grid_init(g, p->stage_w > 0 ? p->stage_w : W_LEAST, p->stage_h > 0 ? p->stage_h : H_LEAST,
                  p->is_ascii);
    toc_view_draw(toc_stage_view(p->stage), g);
}

static bool is_same(const toc_grid *a, const toc_grid *b)
{
    for (size_t i = 0; i < (size_t)a->w * (size_t)a->h; i++)
        if (strcmp(a->cells[i].text, b->cells[i].text) != 0 ||
            a->cells[i].style != b->cells[i].style)
            return false;
    return true;
}

static void take_wishes(toc_replay *p, toc_wishes *wishes)
{
    for (size_t i = 0; i < wishes->count; i++)
        take_wish(p, &wishes->at[i]);
}

static void take_wish(toc_replay *p, const toc_wish *w)
{
    switch (w->kind) {
    case TOC_WISH_SAVE:
    case TOC_WISH_OPEN:
        toc_replay_want(p, TOC_REPLAY_ASKS_SAVE, w->text);
        p->asks[p->ask_count - 1].number = w->number;
        break;
    case TOC_WISH_EDIT:
    case TOC_WISH_READ:
    case TOC_WISH_WRITE:
        toc_replay_saved(p, w->number, false, "this is a recording: nothing can be done in it");
        break;
    case TOC_WISH_LEAVE:
        p->has_view_keys = false;
        break;
    default:
        break;
    }
}
