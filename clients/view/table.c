// SPDX-License-Identifier: MIT
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum {
    FAR = 1 << 20,        // more rows than any screen has: what is settled before the first drawing
    FOREIGN_COLUMNS = 40, // of text of others in a line of ours
    FOREIGN_BYTES = 1000,
};

static const char *const *keys_of(const toc_table *rows);
static void draw_page(toc_grid *g, toc_rect r, toc_room *room, const char *title);
static void draw_between(toc_grid *g, toc_rect list, toc_rect page);
static void draw_heading(toc_view *v, toc_grid *g, toc_rect list, const toc_room *room,
                         const toc_table *rows, toc_table_heading heading);

void toc_table_add(toc_table *rows, const void *behind, const char *key)
{
    TOC_GROW(rows->keys, rows->count, rows->key_capacity);
    TOC_GROW(rows->behind, rows->count, rows->behind_capacity);
    rows->keys[rows->count] = toc_strdup(key);
    rows->behind[rows->count++] = behind;
}

void toc_table_fini(toc_table *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        free(rows->keys[i]);
    free(rows->keys);
    free((void *)rows->behind);
    memset(rows, 0, sizeof *rows);
}

size_t toc_table_selected(const toc_table *rows, toc_room *room)
{
    toc_list *list = &room->list;
    toc_list_settle(list, keys_of(rows), rows->count, list->height > 0 ? (int)list->height : FAR);
    if (rows->count == 0)
        return 0;
    if (!list->key) // from here on what comes does not move it
        toc_list_select(list, rows->keys[0]);
    for (size_t i = 0; i < rows->count; i++)
        if (list->key && strcmp(rows->keys[i], list->key) == 0)
            return i;
    return list->at < rows->count ? list->at : rows->count - 1;
}

bool toc_table_do(const toc_table *rows, toc_room *room, toc_do what)
{
    switch (what) {
    case TOC_DO_BACK:
        if (room->is_reading) {
            room->is_reading = false;
            return true;
        }
        if (!room->list.filter)
            return false;
        free(room->list.filter);
        room->list.filter = NULL;
        return true;
    case TOC_DO_OTHER_PANE:
        room->is_reading = !room->is_reading && rows->count > 0;
        return true;
    case TOC_DO_OPEN:
        room->is_reading = rows->count > 0;
        room->has_moved = true;
        return true;
    default:
        if (room->is_reading && toc_page_do(&room->page, what))
            return true;
        if (room->is_reading || !toc_list_do(&room->list, what, keys_of(rows), rows->count))
            return false;
        room->has_moved = true;
        return true;
    }
}

void toc_table_show(toc_room *room, const char *key)
{
    toc_page_clear(&room->page);
    if (room->shown && key && strcmp(room->shown, key) == 0)
        return;
    room->page.top = 0;
    free(room->shown);
    room->shown = toc_strdup(key);
}

void toc_table_draw(toc_view *v, toc_grid *g, toc_rect r, toc_room *room, const toc_table *rows,
                    toc_table_heading heading, const char *page_title, toc_table_row draw_row)
{
    toc_rect list = r, page = {0};
    toc_grid_fill(g, r, TOC_STYLE_PLAIN);
    toc_view_split(r, rows->count + 1, &list, &page);
    if (page.h < 2 && room->is_reading && rows->count > 0) {
        draw_page(g, r, room, page_title);
        return;
    }
    if (list.h > 1)
        toc_view_rows(v, g, (toc_rect){list.x, list.y + 1, list.w, list.h - 1}, room, keys_of(rows),
                      rows->count, draw_row, (void *)rows);
    draw_heading(v, g, list, room, rows, heading);
    if (page.h < 2)
        return;
    draw_between(g, list, page);
    if (room->is_reading && rows->count > 0) {
        draw_page(g, page, room, page_title);
        return;
    }
    int x = g->cursor_x, y = g->cursor_y; // it stays on the selected row
    draw_page(g, page, room, page_title);
    toc_grid_cursor(g, x, y);
}

void toc_key_word(const toc_view *v, toc_buf *out, unsigned places, toc_do what)
{
    const toc_binding *b;
    for (size_t i = 0; (b = toc_binding_at(i)) != NULL; i++)
        if (b->what == what && (b->places & places) && (!b->roles || (b->roles & v->role))) {
            toc_key_name(out, b->key);
            return;
        }
}

void toc_put_visible(toc_buf *out, const char *text)
{
    toc_buf visible = {0};
    size_t len = text ? strlen(text) : 0, end = 0;
    if (len > FOREIGN_BYTES)
        len = FOREIGN_BYTES; // what is visible of half a character is one mark, and is cut
    toc_text_visible(&visible, text ? text : "", len, false);
    const char *at = toc_buf_text(&visible);
    for (size_t next; end < visible.len; end = next) {
        uint32_t cp;
        next = end + toc_utf8_next(at + end, visible.len - end, &cp);
        if (toc_text_columns(at, next) > FOREIGN_COLUMNS)
            break;
    }
    toc_buf_add(out, at, end);
    if (end < visible.len)
        toc_buf_str(out, "…");
    toc_buf_fini(&visible);
}

static const char *const *keys_of(const toc_table *rows)
{
    return (const char *const *)rows->keys;
}

// Its cursor stands on the heading, which says what is read: a screen reader begins there.
static void draw_page(toc_grid *g, toc_rect r, toc_room *room, const char *title)
{
    int left = r.x > 0; // beside rows, a column away from what parts them
    toc_grid_rule(g, r.x, r.y, r.w, title);
    toc_page_draw(&room->page, g, (toc_rect){r.x + left, r.y + 1, r.w - left, r.h - 1});
    toc_grid_cursor(g, r.x + left, r.h > 1 ? r.y + 1 : r.y);
}

static void draw_between(toc_grid *g, toc_rect list, toc_rect page)
{
    for (int x = list.x + list.w; page.x > list.x && x < page.x; x++)
        for (int y = list.y; y < list.y + list.h; y++)
            toc_grid_put(g, x, y, 1, TOC_STYLE_FRAME, g->is_ascii ? "|" : "│");
}

// "12 items, 3 unread (*), filter: unread: Enter opens"
static void draw_heading(toc_view *v, toc_grid *g, toc_rect list, const toc_room *room,
                         const toc_table *rows, toc_table_heading heading)
{
    toc_buf text = {0};
    heading(v, &text, room, rows);
    if (room->list.filter) {
        toc_buf_str(&text, ", filter: ");
        toc_put_visible(&text, room->list.filter);
    }
    if (room->is_reading)
        toc_buf_str(&text, ": Esc goes back to the rows");
    else if (rows->count > 0)
        toc_buf_str(&text, ": Enter opens");
    toc_grid_rule(g, list.x, list.y, list.w, toc_buf_text(&text));
    toc_buf_fini(&text);
}
