// SPDX-License-Identifier: MIT
// Hand-over: what the next controller must know, on one page that is read in a minute. The selected
// row stands whole at the bottom; Enter goes to where it is dealt with.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "decide.h"
#include "keeping.h"
#include "sheet.h"
#include "table.h"
#include "view_parts.h"
#include "write.h"

enum { WHOLE_LINES = 3, HEAD_LINES = 2, ROWS_LEAST = 4 };

static void collect(toc_view *v, toc_room *room, toc_sheet *sheet, toc_table *rows);
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context);
static void put_clock(const toc_view *v, toc_buf *out);
static void draw_whole(toc_view *v, toc_grid *g, toc_rect r, toc_room *room,
                       const toc_sheet_row *row);
static bool act_on(toc_view *v, toc_do what, const toc_sheet_row *row, toc_wishes *out);
static void go(toc_view *v, const toc_sheet_row *row);
static void claim(toc_view *v, toc_kind kind, const toc_sheet_row *row, toc_wishes *out);
static void refuse(toc_view *v, const char *what);
static const toc_item *item_of(const toc_view *v, const toc_sheet_row *row);

static void draw(toc_view *v, toc_grid *g, toc_rect r)
{
    toc_room *room = toc_view_room(v, &toc_screen_handover);
    toc_sheet sheet = {0};
    toc_table rows = {0};
    toc_buf clock = {0};
    int whole = r.h >= HEAD_LINES + ROWS_LEAST + WHOLE_LINES ? WHOLE_LINES : 0;
    toc_grid_fill(g, r, TOC_STYLE_PLAIN);
    collect(v, room, &sheet, &rows);
    size_t at = toc_table_selected(&rows, room);
    toc_rect list = {r.x, r.y + 1, r.w, r.h - 1 - whole};
    toc_view_rows(v, g, list, room, (const char *const *)rows.keys, rows.count, draw_row, &rows);
    put_clock(v, &clock);
    toc_grid_rule(g, r.x, r.y, r.w, toc_buf_text(&clock));
    if (whole > 0)
        draw_whole(v, g, (toc_rect){r.x, r.y + r.h - whole, r.w, whole}, room,
                   at < rows.count ? rows.behind[at] : NULL);
    toc_buf_fini(&clock);
    toc_table_fini(&rows);
    toc_sheet_fini(&sheet);
}

static bool act(toc_view *v, toc_do what, toc_wishes *out)
{
    toc_room *room = toc_view_room(v, &toc_screen_handover);
    toc_sheet sheet = {0};
    toc_table rows = {0};
    collect(v, room, &sheet, &rows);
    size_t at = toc_table_selected(&rows, room);
    bool did =
        (at < rows.count && act_on(v, what, rows.behind[at], out)) ||
        (what != TOC_DO_OTHER_PANE && what != TOC_DO_OPEN && toc_table_do(&rows, room, what));
    toc_table_fini(&rows);
    toc_sheet_fini(&sheet);
    return did;
}

static void about(toc_view *v, toc_event *observe)
{
    toc_room *room = toc_view_room(v, &toc_screen_handover);
    toc_sheet sheet = {0};
    toc_table rows = {0};
    collect(v, room, &sheet, &rows);
    size_t at = toc_table_selected(&rows, room);
    const toc_sheet_row *row = at < rows.count ? rows.behind[at] : NULL;
    bool is_list = row && (row->kind == TOC_SHEET_INJECT || row->kind == TOC_SHEET_NEXT);
    bool is_next = is_list && !toc_msel_inject(&v->msel, row->id);
    bool is_asked = is_next && (toc_picture_question(&v->picture, row->id) ||
                                toc_msel_plans(&v->msel, row->id));
    if (is_asked || (row && row->kind == TOC_SHEET_DECISION))
        toc_event_set_str(observe, TOC_F_DECISION, row->id);
    else if (is_list && !is_next)
        toc_event_set_str(observe, TOC_F_INJECT, row->id);
    else if (row && row->kind == TOC_SHEET_EXPECTED)
        toc_event_set_str(observe, TOC_F_EXPECTATION, row->id);
    else if (row && row->kind == TOC_SHEET_ITEM)
        toc_event_set_int(observe, TOC_F_ITEM, strtoll(row->id, NULL, 10));
    toc_table_fini(&rows);
    toc_sheet_fini(&sheet);
}

const toc_screen toc_screen_handover = {
    .name = "Hand-over",
    .places = TOC_IN_LIST | TOC_IN_HANDOVER,
    .draw = draw,
    .act = act,
    .about = about,
};

// A head's key is its place among the heads: it stays where it is while rows come and go.
static void collect(toc_view *v, toc_room *room, toc_sheet *sheet, toc_table *rows)
{
    toc_sheet_make(sheet, &v->lines, &v->picture, &v->msel);
    for (size_t i = 0; i < sheet->count; i++) {
        const toc_sheet_row *row = &sheet->rows[i];
        const char *const fields[] = {"text", row->text, NULL};
        char *key =
            row->id ? toc_sprintf("%d %s", row->kind, row->id) : toc_sprintf("%.12s", row->text);
        if (toc_filter_passes(room->list.filter, fields, row->is_loud ? "loud" : ""))
            toc_table_add(rows, row, key);
        free(key);
    }
    // It opens at the first thing to be done, not at what is said above it.
    for (size_t i = 0; i < rows->count && !room->list.key; i++)
        if (((const toc_sheet_row *)rows->behind[i])->kind != TOC_SHEET_HEAD)
            toc_list_select(&room->list, rows->keys[i]);
}

static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context)
{
    const toc_table *rows = context;
    const toc_sheet_row *row = rows->behind[i];
    (void)v;
    if (row->kind == TOC_SHEET_HEAD) {
        toc_grid_put(g, line.x, line.y, line.w, TOC_STYLE_TITLE, row->text);
        return;
    }
    toc_style style = row->is_loud ? TOC_STYLE_URGENT : TOC_STYLE_PLAIN;
    toc_grid_put(g, line.x, line.y, 3, style, row->is_loud ? "!!!" : "");
    toc_grid_put(g, line.x + 4, line.y, line.w - 4, style, row->text);
}

// "HAND-OVER at T+1:32:07, running, phase gale: The gale, 28m to ENDEX"
static void put_clock(const toc_view *v, toc_buf *out)
{
    const toc_situation *s = &v->picture.situation;
    int64_t now = toc_view_now(v), length = v->lines.clock.length;
    toc_buf_str(out, "HAND-OVER at ");
    toc_play_text(out, now);
    toc_buf_printf(out, ", %s", v->lines.clock.state);
    for (size_t i = 0; i < s->phase_count; i++)
        if (s->phases[i].is_current) {
            toc_buf_str(out, ", phase ");
            toc_put_visible(out, s->phases[i].title ? s->phases[i].title : s->phases[i].id);
        }
    if (length > now) {
        toc_buf_str(out, ", ");
        toc_duration_text(out, (length - now + 59999) / 60000 * 60000);
        toc_buf_str(out, " to ENDEX");
    }
}

static void draw_whole(toc_view *v, toc_grid *g, toc_rect r, toc_room *room,
                       const toc_sheet_row *row)
{
    bool is_row = row && row->kind != TOC_SHEET_HEAD;
    toc_buf text = {0};
    toc_key_word(v, &text, TOC_IN_LIST, TOC_DO_OPEN);
    toc_buf_str(&text, " goes to it");
    toc_grid_rule(g, r.x, r.y, r.w, is_row ? toc_buf_text(&text) : NULL);
    toc_page_clear(&room->page);
    toc_buf_clear(&text);
    if (is_row) {
        toc_text_visible(&text, row->text, strlen(row->text), false);
        toc_page_say(&room->page, row->is_loud ? TOC_STYLE_URGENT : TOC_STYLE_PLAIN, "%s",
                     toc_buf_text(&text));
    }
    room->page.top = 0;
    toc_page_draw(&room->page, g, (toc_rect){r.x, r.y + 1, r.w, r.h - 1});
    toc_buf_fini(&text);
}

// ---- acts --------------------------------------------------------------------------------------------------

static bool act_on(toc_view *v, toc_do what, const toc_sheet_row *row, toc_wishes *out)
{
    const toc_question *q =
        row->kind == TOC_SHEET_DECISION ? toc_picture_question(&v->picture, row->id) : NULL;
    switch (what) {
    case TOC_DO_OPEN:
        go(v, row);
        return true;
    case TOC_DO_REPLY:
        if (item_of(v, row))
            toc_write_letter(v, NULL, NULL, item_of(v, row), false);
        else
            refuse(v, "a message or a request");
        return true;
    case TOC_DO_CLAIM:
    case TOC_DO_UNCLAIM:
        claim(v, what == TOC_DO_CLAIM ? TOC_K_CLAIM : TOC_K_UNCLAIM, row, out);
        return true;
    case TOC_DO_RULE:
    case TOC_DO_EXTEND:
        if (!q)
            refuse(v, "a decision");
        else if (what == TOC_DO_RULE)
            toc_rule_open(v, q);
        else
            toc_extend_open(v, q);
        return true;
    case TOC_DO_KEPT:
        for (size_t i = 0; i < v->picture.promise_count; i++)
            if (row->kind == TOC_SHEET_PROMISE &&
                v->picture.promises[i].n == strtoll(row->id, NULL, 10)) {
                toc_kept_open(v, &v->picture.promises[i]);
                return true;
            }
        refuse(v, "a promise");
        return true;
    default:
        return false;
    }
}

// To the screen that has it, with its row selected.
static void go(toc_view *v, const toc_sheet_row *row)
{
    static const struct {
        toc_sheet_kind kind;
        const toc_screen *screen;
    } homes[] = {{TOC_SHEET_DECISION, &toc_screen_decisions},
                 {TOC_SHEET_ITEM, &toc_screen_inbox},
                 {TOC_SHEET_INJECT, &toc_screen_msel},
                 {TOC_SHEET_NEXT, &toc_screen_msel},
                 {TOC_SHEET_EXPECTED, &toc_screen_expected},
                 {TOC_SHEET_DEADLOCK, &toc_screen_situation},
                 {TOC_SHEET_STORYLINE, &toc_screen_storylines},
                 {TOC_SHEET_MISTAKE, &toc_screen_storylines},
                 {TOC_SHEET_SEAT, &toc_screen_seats}};
    for (size_t i = 0; i < TOC_COUNT(homes); i++) {
        toc_room *room = toc_view_room(v, homes[i].screen);
        if (homes[i].kind != row->kind || !room)
            continue;
        toc_list_select(&room->list, row->id);
        room->is_reading = false;
        toc_view_go_screen(v, homes[i].screen);
        return;
    }
    toc_view_notice(v, TOC_STYLE_NOTICE, "%s",
                    row->kind == TOC_SHEET_PROMISE ? "k says that it is kept"
                                                   : "there is no more of it than stands here");
}

static void claim(toc_view *v, toc_kind kind, const toc_sheet_row *row, toc_wishes *out)
{
    const toc_item *item = item_of(v, row);
    bool is_cue = row->kind == TOC_SHEET_INJECT && toc_picture_cue(&v->picture, row->id);
    toc_event in;
    if (!is_cue && !(item && item->is_for_parties)) {
        refuse(v, "a message to control, or a cue");
        return;
    }
    toc_event_init(&in, kind, 0);
    if (item)
        toc_event_set_int(&in, TOC_F_ITEM, item->n);
    else
        toc_event_set_str(&in, TOC_F_INJECT, row->id);
    toc_view_act(v, out, &in, false,
                 kind == TOC_K_CLAIM ? "%s%s is with you: others see it"
                                     : "%s%s is given back: anybody may take it on",
                 item ? "item " : "", row->id);
    toc_event_fini(&in);
}

static void refuse(toc_view *v, const char *what)
{
    toc_view_notice(v, TOC_STYLE_NOTICE, "that is done to %s: select one first", what);
}

static const toc_item *item_of(const toc_view *v, const toc_sheet_row *row)
{
    return row->kind == TOC_SHEET_ITEM ? toc_picture_number(&v->picture, strtoll(row->id, NULL, 10))
                                       : NULL;
}
