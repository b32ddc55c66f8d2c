// SPDX-License-Identifier: MIT
// What stands around the panes: that it is an exercise, and one that is over; where we are; which keys there are.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "marks.h"
#include "replay_inside.h"
#include "replays/tell.h"

enum { W_VIEW = 60, W_ROWS = 37, W_LEAST = 40, H_LEAST = 8, BAR_FROM = 6 };

static bool is_two_panes(const toc_replay *p);
static toc_rect body(const toc_replay *p);
static bool has_trouble(const toc_replay *p);
static void draw_banner(const toc_replay *p, toc_grid *g);
static void draw_bar(const toc_replay *p, toc_grid *g, int y);
static void draw_trouble(const toc_replay *p, toc_grid *g, int y);
static void draw_notice(toc_replay *p, toc_grid *g, int y);
static void draw_hints(const toc_replay *p, toc_grid *g, int y);
static void add_speed(const toc_replay *p, toc_buf *out);
static int bar_columns(const toc_replay *p);
static int column_of(int64_t t, int64_t end, int columns);
static int columns_of(const toc_buf *b);

void toc_replay_draw(toc_replay *p, toc_grid *g)
{
    toc_rect view, rows;
    p->w = g->w;
    p->h = g->h;
    toc_grid_fill(g, (toc_rect){0, 0, g->w, g->h}, TOC_STYLE_PLAIN);
    toc_grid_cursor(g, -1, -1);
    draw_banner(p, g);
    if (g->w < W_LEAST || g->h < H_LEAST) {
        if (g->h > 1)
            toc_grid_printf(g, 0, g->h - 1, g->w, TOC_STYLE_WARN, "%dx%d needed, this is %dx%d",
                            W_VIEW, 2 * H_LEAST, g->w, g->h);
        return;
    }
    draw_bar(p, g, 1);
    if (has_trouble(p))
        draw_trouble(p, g, 2);
    toc_replay_panes(p, &view, &rows);
    if (view.w > 0)
        toc_pane_draw(p, g, view);
    if (view.w > 0 && rows.w > 0)
        for (int y = view.y; y < view.y + view.h; y++)
            toc_grid_put(g, rows.x - 1, y, 1, TOC_STYLE_FRAME, p->is_ascii ? "|" : "│");
    if (rows.w > 0)
        toc_rows_draw(p, g, rows);
    if (p->over != TOC_OVER_NONE)
        toc_over_draw(p, g, body(p));
    draw_notice(p, g, g->h - 2);
    draw_hints(p, g, g->h - 1);
}

void toc_replay_panes(const toc_replay *p, toc_rect *view, toc_rect *rows)
{
    toc_rect all = body(p);
    *view = *rows = (toc_rect){0};
    if (is_two_panes(p)) {
        // Whoever looks at all of it reads the events; a team's screen wants its own width.
        bool is_all = strcmp(toc_viewpoint_id(p->eyes), "all") == 0;
        int w = is_all ? all.w / 2 : all.w * 3 / 5;
        w = w > W_VIEW ? w : W_VIEW;
        *view = (toc_rect){all.x, all.y, w, all.h};
        *rows = (toc_rect){all.x + w + 1, all.y, all.w - w - 1, all.h};
    } else if (p->has_view_keys) {
        *view = all;
    } else {
        *rows = all;
    }
}

static bool is_two_panes(const toc_replay *p)
{
    return p->w >= W_VIEW + 1 + W_ROWS;
}

static toc_rect body(const toc_replay *p)
{
    int top = has_trouble(p) ? 3 : 2;
    return (toc_rect){0, top, p->w, p->h - top - 2};
}

static bool has_trouble(const toc_replay *p)
{
    const char *why;
    const toc_chain_state state = toc_recording_chain(p->r)->state;
    // Of a run that goes on, the last line may be on its way.
    bool is_bad = p->is_following ? state == TOC_CHAIN_DAMAGED : state != TOC_CHAIN_WHOLE;
    return is_bad || !toc_recording_plan(p->r, &why) ||
           toc_recording_header(p->r)->semantics != TOC_SEMANTICS;
}

// From what must be said to what may be left out: the first form that fits.
static void draw_banner(const toc_replay *p, toc_grid *g)
{
    const toc_plan *plan = toc_recording_plan(p->r, NULL);
    const toc_header *header = toc_recording_header(p->r);
    const char *title = plan && plan->title ? plan->title : header->exercise;
    toc_buf left = {0}, right = {0}, now = {0}, branch = {0};
    toc_rect line = {0, 0, g->w, 1};
    toc_grid_fill(g, line, TOC_STYLE_BANNER);
    toc_buf_str(&left, " EXERCISE");
    if (plan && plan->marking && plan->marking[0])
        toc_buf_printf(&left, " %s", plan->marking);
    toc_buf_str(&left, header->parent ? " (replay) BRANCH " : " (replay)  ");
    if (header->parent)
        toc_buf_printf(&branch, "OF %s  %s", header->parent, title);
    // Which run it left is worth more than the speed.
    int needed = header->parent ? toc_text_columns(header->parent, strlen(header->parent)) + 6 : 16;
    toc_play_text(&now, toc_player_t(p->player));
    for (int form = 0; form < 3; form++) {
        toc_buf_clear(&right);
        if (form < 2)
            toc_buf_printf(&right, "as %s  ", toc_viewpoint_as(p->eyes));
        toc_buf_printf(&right, "%s  ", toc_buf_text(&now));
        add_speed(p, &right);
        if (form == 0)
            toc_buf_str(&right,
                        toc_player_idle(p->player) > 0 ? "  idle folded" : "  idle as it was");
        toc_buf_char(&right, ' ');
        if (columns_of(&left) + columns_of(&right) + (form == 0 ? needed : 0) <= g->w)
            break;
    }
    int x = toc_grid_put(g, 0, 0, g->w, TOC_STYLE_BANNER, toc_buf_text(&left)),
        wide = columns_of(&right);
    if (g->w - x - wide > 4)
        toc_grid_put(g, x, 0, g->w - x - wide - 1, TOC_STYLE_BANNER,
                     header->parent ? toc_buf_text(&branch) : title);
    if (wide < g->w)
        toc_grid_put(g, g->w - wide, 0, wide, TOC_STYLE_BANNER, toc_buf_text(&right));
    toc_buf_fini(&left);
    toc_buf_fini(&right);
    toc_buf_fini(&now);
    toc_buf_fini(&branch);
}

static void add_speed(const toc_replay *p, toc_buf *out)
{
    int64_t speed = toc_player_speed(p->player);
    toc_buf_printf(out, speed % 1000 ? "x%lld.%lld " : "x%lld ", (long long)(speed / 1000),
                   (long long)(speed % 1000 / 100));
    if (toc_player_is_at_end(p->player) && !toc_player_is_playing(p->player))
        toc_buf_str(out, p->is_following ? "live" : "at the end");
    else
        toc_buf_str(out, toc_player_is_playing(p->player) ? "playing" : "stopped");
}

// Play time from the start to the end; a pause takes none of it, and is one column.
static void draw_bar(const toc_replay *p, toc_grid *g, int y)
{
    const int64_t end = toc_recording_end(p->r);
    toc_buf last = {0};
    toc_play_text(&last, end);
    int from = BAR_FROM, wide = columns_of(&last), columns = bar_columns(p);
    toc_grid_put(g, 1, y, from - 2, TOC_STYLE_PLAIN, "T+0");
    toc_grid_put(g, from - 1, y, 1, TOC_STYLE_FRAME, "[");
    toc_grid_put(g, from + columns, y, 1, TOC_STYLE_FRAME, "]");
    toc_grid_put(g, from + columns + 2, y, wide, TOC_STYLE_PLAIN, toc_buf_text(&last));
    toc_buf_fini(&last);
    uint8_t *marks = toc_alloc((size_t)columns);
    for (size_t i = 0; i < p->row_count; i++) {
        uint8_t *at = &marks[column_of(p->rows[i].t, end, columns)];
        uint8_t mark = (uint8_t)toc_row_mark(p, &p->rows[i]);
        *at = mark > *at ? mark : *at;
    }
    int here = column_of(toc_player_t(p->player), end, columns);
    for (int x = 0; x < columns; x++) {
        char text[2] = {x == here ? '|' : toc_mark_letter((toc_mark)marks[x]), '\0'};
        toc_style style = x == here                        ? TOC_STYLE_SELECTED
                          : marks[x] == TOC_MARK_EMERGENCY ? TOC_STYLE_URGENT
                          : marks[x] == TOC_MARK_NONE      ? TOC_STYLE_FRAME
                                                           : TOC_STYLE_PLAIN;
        toc_grid_put(g, from + x, y, 1, style, text);
    }
    free(marks);
}

int64_t toc_bar_time(const toc_replay *p, int x)
{
    int columns = bar_columns(p), at = x - BAR_FROM;
    at = at < 0 ? 0 : at >= columns ? columns - 1 : at;
    // In two parts, for a recording may say what times it likes.
    const int64_t end = toc_recording_end(p->r), last = columns - 1;
    return last > 0 ? end / last * at + end % last * at / last : 0;
}

static int bar_columns(const toc_replay *p)
{
    toc_buf last = {0};
    toc_play_text(&last, toc_recording_end(p->r));
    int columns = p->w - BAR_FROM - 2 - columns_of(&last) - 1;
    toc_buf_fini(&last);
    return columns > 1 ? columns : 1;
}

// A note may say that it is of a time that the recording never came to.
static int column_of(int64_t t, int64_t end, int columns)
{
    if (end <= 0 || t <= 0)
        return 0;
    if (t >= end)
        return columns - 1;
    const int64_t most = INT64_MAX / columns;
    return (int)(t <= most ? t * (columns - 1) / end : t / (end / (columns - 1)));
}

// What is wrong with the recording stands there all the time.
static void draw_trouble(const toc_replay *p, toc_grid *g, int y)
{
    const toc_chain_report *chain = toc_recording_chain(p->r);
    const toc_header *header = toc_recording_header(p->r);
    const char *why = NULL;
    toc_rect line = {0, y, g->w, 1};
    toc_grid_fill(g, line, TOC_STYLE_BAD);
    if (chain->state == TOC_CHAIN_DAMAGED || (chain->state == TOC_CHAIN_TORN && !p->is_following))
        toc_grid_printf(g, 1, y, g->w - 1, TOC_STYLE_BAD,
                        "%s at line %lld of the file: what stands before it is shown (%s)",
                        chain->state == TOC_CHAIN_TORN ? "TORN" : "DAMAGED",
                        (long long)chain->bad_line, chain->why);
    else if (header->semantics != TOC_SEMANTICS)
        toc_grid_printf(g, 1, y, g->w - 1, TOC_STYLE_BAD,
                        "Made by another generation of the engine (%lld): shown as recorded, not "
                        "executed again",
                        (long long)header->semantics);
    else if (!toc_recording_plan(p->r, &why))
        toc_grid_printf(g, 1, y, g->w - 1, TOC_STYLE_BAD, "Its scenario does not load: %s",
                        why ? why : "");
}

// What is asked, what was answered, or what goes on here.
static void draw_notice(toc_replay *p, toc_grid *g, int y)
{
    static const char *const asked[] = {
        "", "search: ", "go to (1:33, 45m, or the story's clock): ", "note: "};
    if (p->asked != TOC_ASKED_NONE) {
        int x = 1 + toc_grid_put(g, 1, y, g->w - 1, TOC_STYLE_KEY, asked[p->asked]);
        toc_editor_draw(&p->prompt, g, (toc_rect){x, y, g->w - x - 1, 1}, true);
        return;
    }
    int64_t folded = toc_player_folding(p->player);
    toc_buf jumped = {0};
    if (p->notice) {
        toc_grid_put(g, 1, y, g->w - 1, p->notice_style, p->notice);
    } else if (toc_tell_jumped(&jumped, p->r, toc_player_t(p->player))) {
        toc_grid_put(g, 1, y, g->w - 1, TOC_STYLE_WARN, toc_buf_text(&jumped));
    } else if (toc_player_is_playing(p->player) && folded > 0) {
        toc_buf text = {0};
        toc_duration_text(&text, folded / 1000 * 1000);
        toc_grid_printf(g, 1, y, g->w - 1, TOC_STYLE_PLAIN,
                        "%s in which nothing happens pass in a moment (f: as long as they did)",
                        toc_buf_text(&text));
        toc_buf_fini(&text);
    } else if (toc_player_is_at_end(p->player) && !p->is_following) {
        toc_grid_put(g, 1, y, g->w - 1, TOC_STYLE_PLAIN, "this is the end of the recording");
    } else if (toc_player_stands(p->player)) {
        toc_grid_put(g, 1, y, g->w - 1, TOC_STYLE_PLAIN, "play stood here: no play time passes");
    }
    toc_buf_fini(&jumped);
}

static void draw_hints(const toc_replay *p, toc_grid *g, int y)
{
    toc_buf hints = {0};
    if (p->asked != TOC_ASKED_NONE)
        toc_buf_str(&hints, " Enter take it  Esc leave it");
    else if (p->over != TOC_OVER_NONE)
        toc_buf_str(&hints, p->choice_count > 0 ? " Up Down choose  Enter go  Esc close"
                                                : " Up Down scroll  Esc close");
    else if (p->has_view_keys)
        toc_buf_printf(&hints, " The keys are those of %s  q back to the events",
                       toc_viewpoint_seat(p->eyes));
    else
        toc_replay_hints(&hints, g->w);
    toc_grid_put(g, 0, y, g->w, TOC_STYLE_KEY, toc_buf_text(&hints));
    toc_buf_fini(&hints);
}

static int columns_of(const toc_buf *b)
{
    return toc_text_columns(toc_buf_text(b), b->len);
}
