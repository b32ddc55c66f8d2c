// SPDX-License-Identifier: MIT
// Whom this seat can write to, what was said last, and who sits in the team. At control: the
// organisations for which it speaks, with what they know, and the teams.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "messages.h"
#include "record/feed.h"
#include "write.h"

enum { MARK_COLUMNS = 2, NARROW = 70 };

// A row stands for somebody to write to, a party of control's, or a seat.
typedef struct {
    enum { SOMEBODY, PARTY, SEAT } kind;
    const char *id; // owned by the picture or by whom
    const char *notes;
    const toc_neighbour *seat;
    const toc_item *newest;
} contact;

typedef struct {
    contact *list;
    size_t count, capacity;
    char **whom; // ids of those that can be written to
    size_t whom_count;
} book;

static void collect(toc_view *v, toc_room *room, book *b, toc_table *rows);
static void add_contact(book *b, const contact *c);
static void book_fini(book *b);
static bool passes(toc_view *v, const toc_room *room, const contact *c);
static const toc_item *newest_with(const toc_view *v, const char *id);
static bool is_with(const toc_view *v, const toc_item *item, const char *id);
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context);
static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows);
static void put_seat(toc_buf *out, const toc_neighbour *seat);
static void put_last(const toc_view *v, toc_buf *out, const contact *c);
static void say_contact(toc_view *v, toc_page *page, const contact *c);
static bool act_on(toc_view *v, toc_do what, const contact *c);

static void draw(toc_view *v, toc_grid *g, toc_rect r)
{
    toc_room *room = toc_view_room(v, &toc_screen_contacts);
    toc_table rows = {0};
    book b = {0};
    toc_buf title = {0};
    collect(v, room, &b, &rows);
    size_t at = toc_table_selected(&rows, room);
    toc_table_show(room, at < rows.count ? rows.keys[at] : NULL);
    if (at < rows.count) {
        const contact *c = rows.behind[at];
        toc_put_visible(&title, toc_view_name(v, c->id));
        say_contact(v, &room->page, c);
    }
    toc_table_draw(v, g, r, room, &rows, put_heading, toc_buf_text(&title), draw_row);
    toc_buf_fini(&title);
    toc_table_fini(&rows);
    book_fini(&b);
}

static bool act(toc_view *v, toc_do what, toc_wishes *out)
{
    toc_room *room = toc_view_room(v, &toc_screen_contacts);
    toc_table rows = {0};
    book b = {0};
    (void)out;
    collect(v, room, &b, &rows);
    size_t at = toc_table_selected(&rows, room);
    bool did =
        (at < rows.count && act_on(v, what, rows.behind[at])) || toc_table_do(&rows, room, what);
    toc_table_fini(&rows);
    book_fini(&b);
    return did;
}

const toc_screen toc_screen_contacts = {
    .name = "Contacts",
    .places = TOC_IN_LIST | TOC_IN_CONTACTS,
    .draw = draw,
    .act = act,
};

static void collect(toc_view *v, toc_room *room, book *b, toc_table *rows)
{
    const toc_picture *p = &v->picture;
    b->whom = toc_write_addressees(v, &b->whom_count);
    if (p->is_control)
        for (size_t i = 0; i < p->contact_count; i++)
            add_contact(b, &(contact){.kind = PARTY,
                                      .id = p->contacts[i].id,
                                      .notes = p->contacts[i].notes,
                                      .newest = newest_with(v, p->contacts[i].id)});
    for (size_t i = 0; i < b->whom_count; i++)
        add_contact(
            b,
            &(contact){.kind = SOMEBODY, .id = b->whom[i], .newest = newest_with(v, b->whom[i])});
    for (size_t i = 0; i < p->neighbour_count; i++) {
        char audience[64];
        toc_seat_audience(p->neighbours[i].id, audience);
        if (strcmp(audience, p->audience) == 0)
            add_contact(
                b, &(contact){.kind = SEAT, .id = p->neighbours[i].id, .seat = &p->neighbours[i]});
    }
    for (size_t i = 0; i < b->count; i++) {
        if (!passes(v, room, &b->list[i]))
            continue;
        char *key = toc_sprintf("%d:%s", b->list[i].kind, b->list[i].id);
        toc_table_add(rows, &b->list[i], key);
        free(key);
    }
}

static void add_contact(book *b, const contact *c)
{
    TOC_GROW(b->list, b->count, b->capacity);
    b->list[b->count++] = *c;
}

static void book_fini(book *b)
{
    toc_write_free(b->whom, b->whom_count);
    free(b->list);
}

static bool passes(toc_view *v, const toc_room *room, const contact *c)
{
    static const char *const flags[] = {"writable", "party", "seat"};
    toc_buf last = {0};
    if (!room->list.filter)
        return true;
    put_last(v, &last, c);
    const char *const fields[] = {"id",   c->id,
                                  "name", c->seat ? c->seat->name : toc_view_name(v, c->id),
                                  "text", toc_buf_text(&last),
                                  NULL};
    bool does = toc_filter_passes(room->list.filter, fields, flags[c->kind]);
    toc_buf_fini(&last);
    return does;
}

static const toc_item *newest_with(const toc_view *v, const char *id)
{
    for (size_t i = v->picture.item_count; i > 0; i--)
        if (is_with(v, &v->picture.items[i - 1], id))
            return &v->picture.items[i - 1];
    return NULL;
}

// It came from them, or went to them. Injects name whoever speaks as people read it.
static bool is_with(const toc_view *v, const toc_item *item, const char *id)
{
    const char *from = toc_event_str(&item->event, TOC_F_FROM);
    const toc_value *to = toc_event_value(&item->event, TOC_F_TO);
    bool is_inject = item->event.kind == TOC_K_INJECT;
    if (from && (strcmp(from, id) == 0 || (is_inject && strcmp(from, toc_view_name(v, id)) == 0)))
        return true;
    for (size_t i = 0; to && !is_inject && i < to->count; i++)
        if (strcmp(to->list[i], id) == 0)
            return true;
    return false;
}

// "  Harbour radio          radio        14:31 from them: Fuel is visible"
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context)
{
    const toc_table *rows = context;
    const contact *c = rows->behind[i];
    toc_style style = c->seat && !c->seat->is_present ? TOC_STYLE_FAINT : TOC_STYLE_PLAIN;
    int x = line.x + MARK_COLUMNS, end = line.x + line.w;
    int name = line.w >= NARROW ? 28 : line.w / 3, id = line.w >= NARROW ? 14 : 0;
    toc_buf text = {0};
    toc_grid_put(g, line.x, line.y, MARK_COLUMNS, style, c->kind == PARTY ? "&" : " ");
    if (c->seat)
        toc_picture_person(&v->picture, &text, c->id);
    else
        toc_put_visible(&text, toc_view_name(v, c->id));
    toc_grid_put(g, x, line.y, name - 1, style, toc_buf_text(&text));
    x += name;
    if (id > 0 && !c->seat)
        toc_grid_put(g, x, line.y, id - 1, style, c->id);
    x += id;
    toc_buf_clear(&text);
    put_last(v, &text, c);
    toc_grid_put(g, x, line.y, end - x, style, toc_buf_text(&text));
    toc_buf_fini(&text);
}

static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows)
{
    size_t count = 0;
    (void)room;
    for (size_t i = 0; i < rows->count; i++)
        count += ((const contact *)rows->behind[i])->kind == SOMEBODY;
    toc_buf_printf(out, "%zu to write to", count);
    if (v->picture.is_control)
        toc_buf_printf(out, ", %zu to speak for (&)", v->picture.contact_count);
}

static void put_seat(toc_buf *out, const toc_neighbour *seat)
{
    toc_buf_str(out, seat->is_present ? "here" : "not here");
    if (seat->name)
        return;
    toc_buf_str(out, seat->is_present ? ", nobody has signed in" : "");
}

static void put_last(const toc_view *v, toc_buf *out, const contact *c)
{
    if (c->seat) {
        put_seat(out, c->seat);
        return;
    }
    if (!c->newest)
        return;
    const char *from = toc_event_str(&c->newest->event, TOC_F_FROM);
    bool is_theirs = !c->newest->is_own && from &&
                     (strcmp(from, c->id) == 0 || strcmp(from, toc_view_name(v, c->id)) == 0);
    toc_view_time(v, out, c->newest->event.t);
    toc_buf_str(out, is_theirs ? " from: " : " to: ");
    toc_message_title(out, c->newest);
}

static void say_contact(toc_view *v, toc_page *page, const contact *c)
{
    toc_buf text = {0};
    if (c->seat) {
        toc_picture_person(&v->picture, &text, c->id);
        toc_buf_str(&text, ": ");
        put_seat(&text, c->seat);
        if (c->seat->name && c->seat->since) {
            toc_buf_str(&text, ", signed in since ");
            if (!toc_walls_clock_text(&v->walls, &text, c->seat->since))
                toc_put_visible(&text, c->seat->since);
        }
        toc_page_say(page, TOC_STYLE_PLAIN, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
        return;
    }
    if (c->notes) {
        toc_page_say(page, TOC_STYLE_PLAIN, "NOTES FOR CONTROLLERS, not shown to teams:");
        toc_page_foreign(page, c->notes);
    }
    if (!c->newest)
        toc_page_say(page, TOC_STYLE_PLAIN, "Nothing was said yet.");
    for (size_t i = v->picture.item_count; i > 0; i--) {
        const toc_item *item = &v->picture.items[i - 1];
        if (!is_with(v, item, c->id))
            continue;
        toc_buf_clear(&text);
        toc_view_time(v, &text, item->event.t);
        toc_buf_char(&text, ' ');
        toc_put_visible(&text, toc_message_channel(item));
        toc_buf_str(&text, ", ");
        toc_message_names(v, &text, item);
        toc_buf_printf(&text, " (item %lld):", (long long)item->n);
        toc_page_say(page, item->is_read || item->is_own ? TOC_STYLE_PLAIN : TOC_STYLE_UNREAD, "%s",
                     toc_buf_text(&text));
        toc_buf_clear(&text);
        toc_message_title(&text, item);
        toc_page_foreign(page, toc_buf_text(&text));
    }
    toc_buf_fini(&text);
}

// Writing begins with whoever is selected.
static bool act_on(toc_view *v, toc_do what, const contact *c)
{
    bool is_rfi = what == TOC_DO_ASK_RFI;
    if ((what != TOC_DO_WRITE && !is_rfi) || !toc_view_may(v, TOC_K_SAY))
        return false;
    toc_write_letter(v, c->kind == SOMEBODY ? c->id : NULL, c->kind == PARTY ? c->id : NULL, NULL,
                     is_rfi);
    return true;
}
