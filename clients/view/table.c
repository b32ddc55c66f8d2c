// SPDX-License-Identifier: MIT
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { FAR = 1 << 20 }; // more rows than any screen has: what is settled before the first drawing

static const char *const *keys_of(const toc_table *rows);
static void draw_page(toc_grid *g, toc_rect r, toc_room *room, const char *title);
static void draw_between(toc_grid *g, toc_rect list, toc_rect page);

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
        return true;
    default:
        if (room->is_reading && toc_page_do(&room->page, what))
            return true;
        return !room->is_reading && toc_list_do(&room->list, what, keys_of(rows), rows->count);
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
                    const char *heading, const char *page_title, toc_table_row draw_row)
{
    toc_rect list = r, page = {0};
    toc_grid_fill(g, r, TOC_STYLE_PLAIN);
    toc_view_split(r, rows->count + 1, &list, &page);
    if (page.h < 2 && room->is_reading && rows->count > 0) {
        draw_page(g, r, room, page_title);
        return;
    }
    toc_grid_rule(g, list.x, list.y, list.w, heading);
    if (list.h > 1)
        toc_view_rows(v, g, (toc_rect){list.x, list.y + 1, list.w, list.h - 1}, room, keys_of(rows),
                      rows->count, draw_row, (void *)rows);
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
    if (text)
        toc_text_visible(out, text, strlen(text), false);
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
