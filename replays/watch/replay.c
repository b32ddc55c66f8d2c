// SPDX-License-Identifier: MIT
// The playhead leads: rows, bar and the seat's screen are put where it is, when they are drawn.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "replay_inside.h"

enum { NOTICE_MS = 8000, NOTICE_BYTES = 512, ALL_AT_ONCE_MS = 60000, FIND_ROWS = 3000 };

static void drop_stage(toc_replay *p);

toc_err toc_replay_new(toc_replay **out, const toc_recording *r, const toc_notes *notes,
                       const toc_replay_options *o, toc_error *e)
{
    toc_viewpoint *eyes = NULL;
    toc_err err = toc_viewpoint_new(&eyes, r, o->as, e);
    *out = NULL;
    if (err)
        return err;
    toc_replay *p = toc_alloc(sizeof *p);
    p->r = r;
    p->notes = notes;
    p->eyes = eyes;
    p->is_ascii = o->is_ascii;
    p->is_following = o->is_following;
    p->player = toc_player_new(r);
    p->prompt.most = NOTICE_BYTES * 4;
    toc_rows_make(p);
    *out = p;
    return TOC_OK;
}

void toc_replay_free(toc_replay *p)
{
    if (!p)
        return;
    toc_over_close(p);
    drop_stage(p);
    toc_past_free(p->past);
    toc_player_free(p->player);
    toc_viewpoint_free(p->eyes);
    toc_editor_fini(&p->prompt);
    for (size_t i = 0; i < p->ask_count; i++)
        free(p->asks[i].text);
    free(p->asks);
    free(p->rows);
    free(p->choices);
    free(p->sought);
    free(p->notice);
    free(p);
}

toc_player *toc_replay_player(toc_replay *p)
{
    return p->player;
}

void toc_replay_size(toc_replay *p, int w, int h)
{
    p->w = w;
    p->h = h;
}

bool toc_replay_time(toc_replay *p, int64_t mono)
{
    bool has_changed = toc_rows_find_on(p, FIND_ROWS);
    int64_t since = p->mono > 0 && mono > p->mono ? mono - p->mono : 0;
    p->mono = mono;
    if (p->notice && mono - p->notice_at > NOTICE_MS) {
        free(p->notice);
        p->notice = NULL;
        has_changed = true;
    }
    // A terminal that was stopped for long goes on where it was.
    if (since > ALL_AT_ONCE_MS)
        since = 0;
    if (toc_player_pass(p->player, since)) {
        toc_rows_follow(p);
        has_changed = true;
    }
    return has_changed;
}

void toc_replay_key(toc_replay *p, uint32_t key)
{
    free(p->notice); // whoever pressed a key has read it
    p->notice = NULL;
    if (p->over != TOC_OVER_NONE) {
        toc_over_key(p, key);
    } else if (p->has_view_keys && p->asked == TOC_ASKED_NONE) {
        if (!toc_pane_key(p, key))
            p->has_view_keys = false;
    } else {
        toc_replay_act(p, key);
    }
}

void toc_replay_paste(toc_replay *p, const char *text)
{
    if (p->asked != TOC_ASKED_NONE)
        toc_editor_insert(&p->prompt, text, strlen(text));
    else if (p->has_view_keys)
        toc_pane_happen(p, &(toc_happening){.what = TOC_HAPPENED_PASTE, .text = text});
}

void toc_replay_grown(toc_replay *p)
{
    bool was_at_end = p->row_count == 0 || p->row + 1 >= p->row_count;
    toc_player_grow(p->player);
    toc_rows_make(p);
    if (p->is_following && was_at_end && toc_recording_count(p->r) > 0) {
        toc_player_go_line(p->player, toc_recording_count(p->r));
        toc_rows_follow(p);
    }
}

void toc_replay_seek(toc_replay *p, int64_t seq, int64_t t)
{
    if (seq > 0)
        toc_player_go_line(p->player, seq);
    else
        toc_player_go_time(p->player, t);
    toc_replay_moved(p);
}

void toc_replay_moved(toc_replay *p)
{
    toc_rows_follow(p);
}

void toc_replay_go_row(toc_replay *p, size_t row)
{
    if (row >= p->row_count)
        return;
    const toc_replay_row *to = &p->rows[row];
    toc_player_go(p->player, to->seq, to->t);
    p->row = row;
}

toc_err toc_replay_look_as(toc_replay *p, const char *as, toc_error *e)
{
    toc_viewpoint *eyes;
    toc_err err = toc_viewpoint_new(&eyes, p->r, as, e);
    if (err)
        return err;
    bool is_same_seat = strcmp(toc_viewpoint_seat(eyes), toc_viewpoint_seat(p->eyes)) == 0;
    toc_viewpoint_free(p->eyes);
    p->eyes = eyes;
    if (!is_same_seat)
        drop_stage(p);
    toc_rows_make(p);
    return TOC_OK;
}

const char *toc_replay_eyes(const toc_replay *p)
{
    return toc_viewpoint_as(p->eyes);
}

const char *toc_replay_seat(const toc_replay *p)
{
    return toc_viewpoint_seat(p->eyes);
}

void toc_replay_want(toc_replay *p, toc_replay_asks what, const char *text)
{
    TOC_GROW(p->asks, p->ask_count, p->ask_capacity);
    p->asks[p->ask_count++] = (toc_replay_ask){.what = what, .text = toc_strdup(text)};
}

bool toc_replay_next_ask(toc_replay *p, toc_replay_ask *out)
{
    *out = (toc_replay_ask){0};
    if (p->ask_count == 0)
        return false;
    *out = p->asks[0];
    p->ask_count--;
    memmove(p->asks, p->asks + 1, p->ask_count * sizeof *p->asks);
    return true;
}

void toc_replay_noted(toc_replay *p)
{
    toc_rows_make(p);
}

void toc_replay_saved(toc_replay *p, int64_t number, bool ok, const char *text)
{
    toc_pane_happen(p, &(toc_happening){
                           .what = TOC_HAPPENED_WRITTEN, .number = number, .ok = ok, .text = text});
}

void toc_replay_notice(toc_replay *p, toc_style style, const char *format, ...)
{
    char text[NOTICE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    free(p->notice);
    p->notice = toc_strdup(text);
    p->notice_style = style;
    p->notice_at = p->mono;
}

void toc_replay_say(toc_replay *p, bool is_good, const char *format, ...)
{
    char text[NOTICE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    toc_replay_notice(p, is_good ? TOC_STYLE_NOTICE : TOC_STYLE_WARN, "%s", text);
}

void toc_replay_click(toc_replay *p, int x, int y, int wheel)
{
    toc_rect view, rows;
    toc_replay_panes(p, &view, &rows);
    bool is_in_view =
        view.w > 0 && x >= view.x && x < view.x + view.w && y >= view.y && y < view.y + view.h;
    if (p->over != TOC_OVER_NONE || p->asked != TOC_ASKED_NONE) {
        if (wheel != 0 && p->over != TOC_OVER_NONE)
            toc_over_key(p, wheel < 0 ? TOC_KEY_UP : TOC_KEY_DOWN);
    } else if (is_in_view) {
        p->has_view_keys = true;
        toc_pane_click(p, x - view.x, y - view.y, wheel);
    } else if (wheel != 0) {
        p->has_view_keys = false;
        toc_replay_act(p, wheel < 0 ? TOC_KEY_UP : TOC_KEY_DOWN);
    } else if (y == 1) {
        toc_replay_seek(p, 0, toc_bar_time(p, x));
    } else {
        p->has_view_keys = false;
        toc_rows_click(p, y - rows.y);
    }
}

static void drop_stage(toc_replay *p)
{
    toc_stage_free(p->stage);
    free(p->stage_seat);
    p->stage = NULL;
    p->stage_seat = NULL;
    p->stage_seq = 0;
    p->stage_w = p->stage_h = 0;
}
