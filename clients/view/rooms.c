// SPDX-License-Identifier: MIT
// The rooms of a seat: its tabs, the rows and panes of each, and where the mouse meets them.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "view_parts.h"

enum {
    WIDE = 100, // columns from which rows and page stand side by side
    LOW = 14,   // lines below which the rows stand alone
    FEW = 4,    // rows that are always shown above a page
    WHEEL_LINES = 3,
};

static void add_room(toc_view *v, const toc_screen *screen);
static void keep_rows(toc_view *v, toc_rect r, const char *const *keys, size_t first, size_t count);
static bool is_inside(toc_rect r, int x, int y);

void toc_view_furnish(toc_view *v)
{
    static const toc_screen *const participant[] = {&toc_screen_inbox,     &toc_screen_decisions,
                                                    &toc_screen_situation, &toc_screen_log,
                                                    &toc_screen_contacts,  NULL};
    static const toc_screen *const excon[] = {&toc_screen_msel,
                                              &toc_screen_inbox,
                                              &toc_screen_decisions,
                                              &toc_screen_situation,
                                              &toc_screen_seats,
                                              &toc_screen_expected,
                                              &toc_screen_storylines,
                                              &toc_screen_cues,
                                              &toc_screen_handover,
                                              &toc_screen_log,
                                              NULL};
    static const toc_screen *const simcell[] = {&toc_screen_inbox,
                                                &toc_screen_cues,
                                                &toc_screen_msel,
                                                &toc_screen_situation,
                                                &toc_screen_contacts,
                                                &toc_screen_log,
                                                NULL};
    static const toc_screen *const evaluator[] = {
        &toc_screen_msel,      &toc_screen_inbox, &toc_screen_decisions, &toc_screen_expected,
        &toc_screen_situation, &toc_screen_seats, &toc_screen_log,       NULL};
    static const toc_screen *const board[] = {&toc_screen_situation, &toc_screen_log, NULL};
    const toc_screen *const *plan = v->role == TOC_ROLE_EXCON       ? excon
                                    : v->role == TOC_ROLE_SIMCELL   ? simcell
                                    : v->role == TOC_ROLE_EVALUATOR ? evaluator
                                    : v->role == TOC_ROLE_BOARD     ? board
                                                                    : participant;
    for (size_t i = 0; plan[i]; i++)
        add_room(v, plan[i]);
}

static void add_room(toc_view *v, const toc_screen *screen)
{
    if (v->room_count < TOC_ROOMS)
        v->rooms[v->room_count++] = (toc_room){.screen = screen};
}

void toc_view_rooms_fini(toc_view *v)
{
    for (size_t i = 0; i < v->room_count; i++) {
        toc_list_fini(&v->rooms[i].list);
        toc_page_fini(&v->rooms[i].page);
        toc_page_fini(&v->rooms[i].log);
        free(v->rooms[i].shown);
    }
    keep_rows(v, (toc_rect){0}, NULL, 0, 0);
    free(v->rows_keys);
}

toc_room *toc_view_room(toc_view *v, const toc_screen *screen)
{
    for (size_t i = 0; i < v->room_count; i++)
        if (v->rooms[i].screen == screen)
            return &v->rooms[i];
    return NULL;
}

unsigned toc_view_places(const toc_view *v)
{
    const toc_room *room = &v->rooms[v->room];
    if (v->form)
        return TOC_IN_FORM;
    if (v->overlay)
        return TOC_IN_PAGE | TOC_IN_ALL;
    if (v->jump && room->screen == &toc_screen_msel)
        return TOC_IN_JUMP | TOC_IN_ALL;
    return room->screen->places | TOC_IN_ALL | (room->is_reading ? TOC_IN_PAGE : 0u);
}

bool toc_view_go(toc_view *v, size_t room)
{
    if (room >= v->room_count)
        return false;
    v->room = room;
    return true;
}

bool toc_view_go_screen(toc_view *v, const toc_screen *screen)
{
    toc_room *room = toc_view_room(v, screen);
    return room && toc_view_go(v, (size_t)(room - v->rooms));
}

toc_page *toc_view_page(toc_view *v)
{
    toc_room *room = &v->rooms[v->room];
    if (v->overlay)
        return v->overlay;
    if (room->screen == &toc_screen_log)
        return &room->log;
    return room->is_reading ? &room->page : NULL;
}

bool toc_view_room_do(toc_view *v, toc_do what, toc_wishes *out)
{
    toc_room *room = &v->rooms[v->room];
    toc_page *page = toc_view_page(v);
    (void)out;
    if (what >= TOC_DO_TAB_1 && what <= TOC_DO_TAB_10) {
        if (!toc_view_go(v, (size_t)(what - TOC_DO_TAB_1)))
            toc_view_notice(v, TOC_STYLE_NOTICE, "there are %zu tabs", v->room_count);
        return true;
    }
    switch (what) {
    case TOC_DO_TAB_NEXT:
        return toc_view_go(v, (v->room + 1) % v->room_count);
    case TOC_DO_TAB_PREVIOUS:
        return toc_view_go(v, (v->room + v->room_count - 1) % v->room_count);
    case TOC_DO_FILTER:
        toc_view_open_prompt(v, page ? TOC_PROMPT_SEEK : TOC_PROMPT_FILTER);
        return true;
    case TOC_DO_BACK:
        if (v->help_number == 0)
            v->is_help_lost = false; // it was refused, and has been read
        if (!room->is_reading && !room->list.filter)
            return true; // there is nothing to go back from
        if (!room->is_reading) {
            free(room->list.filter);
            room->list.filter = NULL;
        }
        room->is_reading = false;
        return true;
    case TOC_DO_OTHER_PANE:
        room->is_reading = !room->is_reading;
        return true;
    default:
        return page && toc_page_do(page, what);
    }
}

void toc_view_split(toc_rect r, size_t rows, toc_rect *list, toc_rect *page)
{
    *list = r;
    *page = (toc_rect){r.x, r.y, r.w, 0};
    if (r.w >= WIDE && r.h > 2) {
        int w = r.w / 2;
        *list = (toc_rect){r.x, r.y, w, r.h};
        *page = (toc_rect){r.x + w + 1, r.y, r.w - w - 1, r.h};
    } else if (r.h >= LOW) {
        int most = r.h / 2;
        int h = rows < (size_t)FEW ? FEW : rows > (size_t)most ? most : (int)rows;
        *list = (toc_rect){r.x, r.y, r.w, h};
        *page = (toc_rect){r.x, r.y + h, r.w, r.h - h};
    }
}

void toc_view_rows(toc_view *v, toc_grid *g, toc_rect r, toc_room *room, const char *const *keys,
                   size_t count,
                   void (*draw_row)(toc_view *v, toc_grid *g, toc_rect line, size_t i,
                                    void *context),
                   void *context)
{
    toc_list_settle(&room->list, keys, count, r.h);
    size_t top = room->list.top;
    for (int y = 0; y < r.h && top + (size_t)y < count; y++) {
        size_t i = top + (size_t)y;
        toc_rect line = {r.x, r.y + y, r.w, 1};
        draw_row(v, g, line, i, context);
        if (i != room->list.at)
            continue;
        toc_grid_restyle(g, line, TOC_STYLE_SELECTED);
        if (!v->form && v->prompt_kind == TOC_PROMPT_NONE)
            toc_grid_cursor(g, r.x, r.y + y);
    }
    size_t shown = top < count ? count - top : 0;
    keep_rows(v, r, keys, top, shown < (size_t)(r.h > 0 ? r.h : 0) ? shown : (size_t)r.h);
}

// The mouse comes after the drawing: it needs to know what stood where.
static void keep_rows(toc_view *v, toc_rect r, const char *const *keys, size_t first, size_t count)
{
    for (size_t i = 0; i < v->rows_count; i++)
        free(v->rows_keys[i]);
    v->rows_count = 0;
    v->rows_at = r;
    v->rows_top = first;
    for (size_t i = 0; i < count; i++) {
        TOC_GROW(v->rows_keys, v->rows_count, v->rows_capacity);
        v->rows_keys[v->rows_count++] = toc_strdup(keys[first + i]);
    }
}

void toc_view_click(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    toc_room *room = &v->rooms[v->room];
    if (!v->is_live || v->form || v->link == TOC_VIEW_OVER)
        return;
    if (h->number != 0) {
        toc_do what = h->number < 0 ? TOC_DO_UP : TOC_DO_DOWN;
        for (int i = 0; i < WHEEL_LINES; i++)
            if (v->overlay)
                toc_page_do(v->overlay, what);
            else if (!room->screen->act || !room->screen->act(v, what, out))
                toc_view_room_do(v, what, out);
        return;
    }
    if (v->overlay)
        return;
    for (size_t i = 0; h->y == v->tabs_y && i < v->room_count; i++)
        if (h->x >= v->tabs_x[i] && h->x < v->tabs_x[i + 1])
            toc_view_go(v, i);
    size_t row = (size_t)(h->y - v->rows_at.y);
    if (!is_inside(v->rows_at, h->x, h->y) || row >= v->rows_count)
        return;
    room->is_reading = false;
    room->has_moved = true;
    toc_list_select(&room->list, v->rows_keys[row]);
}

static bool is_inside(toc_rect r, int x, int y)
{
    return x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h;
}
