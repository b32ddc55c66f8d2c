// SPDX-License-Identifier: MIT
// What came in and what was written. Reading is an act: only Enter opens an item, and a team's
// first opening is recorded.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "decide.h"
#include "messages.h"
#include "write.h"

enum { INBOX_PLACES = TOC_IN_LIST | TOC_IN_INBOX };

static void collect(toc_view *v, toc_room *room, toc_table *rows);
static bool belongs(const toc_view *v, const toc_item *item);
static bool passes(const toc_view *v, const toc_room *room, const toc_item *item);
static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows);
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context);
static bool act_on(toc_view *v, toc_do what, const toc_item *item, toc_wishes *out);
static void open_item(toc_view *v, const toc_item *item, toc_wishes *out);
static void acknowledge(toc_view *v, const toc_item *item, toc_wishes *out);
static void claim(toc_view *v, toc_kind kind, const toc_item *item, toc_wishes *out);
static void decide(toc_view *v, const toc_item *item);
static void take_attachment(toc_view *v, toc_wish_kind kind, const toc_item *item, toc_wishes *out);
static bool take_chosen(void *owner, toc_form *f);
static void on_taken(toc_view *v, const toc_happening *h, toc_wishes *out);
static bool select_unread(toc_view *v, toc_room *room, const toc_table *rows);

static void badge(toc_view *v, toc_buf *out)
{
    size_t urgent = 0, unread = 0, asked = 0;
    for (size_t i = 0; i < v->picture.item_count; i++) {
        const toc_item *item = &v->picture.items[i];
        bool waits =
            v->picture.is_control ? toc_item_is_waiting(item) : !item->is_read && !item->is_own;
        unread += waits && belongs(v, item);
        asked += toc_item_asks_us(&v->picture, item);
        urgent += waits && !v->picture.is_control && toc_event_int(&item->event, TOC_F_URGENT);
    }
    if (urgent > 0)
        toc_buf_printf(out, " U%zu", urgent);
    if (unread > 0)
        toc_buf_printf(out, " N%zu", unread);
    if (asked > 0)
        toc_buf_printf(out, " ?%zu", asked);
}

static void draw(toc_view *v, toc_grid *g, toc_rect r)
{
    toc_room *room = toc_view_room(v, &toc_screen_inbox);
    toc_table rows = {0};
    toc_buf title = {0};
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    if (at < rows.count) {
        const toc_item *item = rows.behind[at];
        toc_table_show(room, rows.keys[at]);
        toc_message_page(v, &room->page, item);
        toc_buf_printf(&title, "item %lld", (long long)item->n);
    } else {
        toc_table_show(room, NULL);
        toc_page_say(&room->page, TOC_STYLE_PLAIN, "%s",
                     room->list.filter
                         ? "Nothing here holds what the filter asks for. Esc shows all."
                         : "Nothing has come in yet.");
        if (!room->list.filter)
            toc_view_say_brief(v, &room->page); // while there is nothing else to read
    }
    toc_table_draw(v, g, r, room, &rows, put_heading, toc_buf_text(&title), draw_row);
    toc_buf_fini(&title);
    toc_table_fini(&rows);
}

static bool act(toc_view *v, toc_do what, toc_wishes *out)
{
    toc_room *room = toc_view_room(v, &toc_screen_inbox);
    toc_table rows = {0};
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    const toc_item *item = at < rows.count ? rows.behind[at] : NULL;
    bool did = false;
    if (what == TOC_DO_NEXT_UNREAD)
        did = select_unread(v, room, &rows);
    else if (item)
        did = act_on(v, what, item, out);
    if (!did)
        did = toc_table_do(&rows, room, what);
    toc_table_fini(&rows);
    return did;
}

static void about(toc_view *v, toc_event *observe)
{
    toc_room *room = toc_view_room(v, &toc_screen_inbox);
    toc_table rows = {0};
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    if (at < rows.count)
        toc_event_set_int(observe, TOC_F_ITEM, ((const toc_item *)rows.behind[at])->n);
    toc_table_fini(&rows);
}

static bool is_empty(toc_view *v)
{
    toc_room *room = toc_view_room(v, &toc_screen_inbox);
    toc_table rows = {0};
    collect(v, room, &rows);
    bool none = rows.count == 0 && !room->list.filter;
    toc_table_fini(&rows);
    return none;
}

const toc_screen toc_screen_inbox = {
    .is_empty = is_empty,
    .name = "Inbox",
    .places = INBOX_PLACES,
    .badge = badge,
    .draw = draw,
    .act = act,
    .about = about,
};

// Newest first.
static void collect(toc_view *v, toc_room *room, toc_table *rows)
{
    for (size_t i = v->picture.item_count; i > 0; i--) {
        const toc_item *item = &v->picture.items[i - 1];
        char key[24];
        if (!belongs(v, item) || !passes(v, room, item))
            continue;
        snprintf(key, sizeof key, "%lld", (long long)item->n);
        toc_table_add(rows, item, key);
    }
}

// Injects stand in the MSEL of those who conduct; SIMCELL has the inbox of the organisations for
// which it speaks.
static bool belongs(const toc_view *v, const toc_item *item)
{
    if (!v->picture.is_control)
        return true;
    if (item->event.kind == TOC_K_INJECT)
        return false;
    if (v->role != TOC_ROLE_SIMCELL || item->is_for_parties || item->is_own)
        return true;
    const char *from = toc_event_str(&item->event, TOC_F_FROM);
    for (size_t i = 0; from && i < v->picture.contact_count; i++)
        if (strcmp(v->picture.contacts[i].id, from) == 0)
            return true;
    return false;
}

static bool passes(const toc_view *v, const toc_room *room, const toc_item *item)
{
    const toc_event *ev = &item->event;
    if (!room->list.filter)
        return true;
    toc_buf from = {0}, to = {0}, title = {0}, flags = {0};
    const char *text = toc_event_str(ev, TOC_F_TEXT), *quote = toc_event_str(ev, TOC_F_QUOTE);
    const char *speaker = toc_event_str(ev, TOC_F_FROM);
    const toc_value *list = toc_event_value(ev, TOC_F_TO),
                    *files = toc_event_value(ev, TOC_F_ATTACH);
    toc_buf_printf(&from, "%s %s", speaker ? speaker : "",
                   speaker ? toc_view_name(v, speaker) : "");
    for (size_t i = 0; list && i < list->count; i++)
        toc_buf_printf(&to, "%s %s ", list->list[i], toc_view_name(v, list->list[i]));
    toc_message_title(&title, item);
    if (!item->is_read && !item->is_own)
        toc_buf_str(&flags, "unread ");
    if (toc_event_int(ev, TOC_F_URGENT))
        toc_buf_str(&flags, "urgent ");
    if (toc_event_int(ev, TOC_F_RFI))
        toc_buf_str(&flags, "rfi ");
    if (toc_message_is_asking(item) || toc_item_is_waiting(item) ||
        toc_item_asks_us(&v->picture, item) || toc_item_wants_ack(item))
        toc_buf_str(&flags, "open ");
    if (item->is_own)
        toc_buf_str(&flags, "sent ");
    if (files && files->count > 0)
        toc_buf_str(&flags, "files ");
    // What was not opened is found by what its row shows, not by what it holds.
    bool is_open = toc_message_is_open(v, item);
    const char *const fields[] = {
        "from",    toc_buf_text(&from),       "to",    toc_buf_text(&to),
        "title",   toc_buf_text(&title),      "text",  is_open && text ? text : "",
        "channel", toc_message_channel(item), "quote", is_open && quote ? quote : "",
        NULL};
    bool does = toc_filter_passes(room->list.filter, fields, toc_buf_text(&flags));
    toc_buf_fini(&from);
    toc_buf_fini(&to);
    toc_buf_fini(&title);
    toc_buf_fini(&flags);
    return does;
}

// "12 items, 3 unread (*), 5 above, 2 of them new"
static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows)
{
    size_t unread = 0, above = 0, new_above = 0, waiting = 0, asked = 0, ours = 0;
    bool is_control = v->picture.is_control;
    for (size_t i = 0; i < rows->count; i++) {
        const toc_item *item = rows->behind[i];
        bool is_new = !item->is_read && !item->is_own;
        unread += is_new;
        above += i < room->list.top;
        new_above += is_new && i < room->list.top;
        waiting += toc_item_is_waiting(item);
        asked += toc_message_is_asking(item);
        ours += toc_item_asks_us(&v->picture, item);
    }
    toc_buf_printf(out, "%zu item%s", rows->count, rows->count == 1 ? "" : "s");
    if (unread > 0 && !is_control)
        toc_buf_printf(out, ", %zu unread (*)", unread);
    if (is_control)
        toc_buf_printf(out, ", %zu unanswered (?)", waiting);
    if (ours > 0)
        toc_buf_printf(out, ", %zu for you to answer (?)", ours);
    if (!is_control && asked > 0)
        toc_buf_printf(out, ", %zu without answer (?)", asked);
    if (above > 0)
        toc_buf_printf(out, ", %zu above", above);
    if (new_above > 0)
        toc_buf_printf(out, ", %zu of them new", new_above);
}

static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context)
{
    const toc_table *rows = context;
    toc_message_row(v, g, line, rows->behind[i]);
}

static bool act_on(toc_view *v, toc_do what, const toc_item *item, toc_wishes *out)
{
    switch (what) {
    case TOC_DO_OPEN:
        open_item(v, item, out);
        return true;
    case TOC_DO_REPLY:
        toc_write_letter(v, NULL, NULL, item, false);
        return true;
    case TOC_DO_FORWARD:
        toc_write_forward(v, item);
        return true;
    case TOC_DO_ACK:
        acknowledge(v, item, out);
        return true;
    case TOC_DO_SAVE:
        take_attachment(v, TOC_WISH_SAVE, item, out);
        return true;
    case TOC_DO_SHOW:
        take_attachment(v, TOC_WISH_OPEN, item, out);
        return true;
    case TOC_DO_THREAD:
        toc_view_overlay(v, "Thread, oldest first");
        toc_message_thread(v, v->overlay, item);
        return true;
    case TOC_DO_CLAIM:
        claim(v, TOC_K_CLAIM, item, out);
        return true;
    case TOC_DO_UNCLAIM:
        claim(v, TOC_K_UNCLAIM, item, out);
        return true;
    case TOC_DO_DECIDE:
        decide(v, item);
        return true;
    default:
        return false;
    }
}

static void open_item(toc_view *v, const toc_item *item, toc_wishes *out)
{
    toc_room *room = toc_view_room(v, &toc_screen_inbox);
    toc_item *own = toc_picture_number(&v->picture, item->n);
    room->is_reading = true;
    if (item->is_read || item->is_own || v->is_recording)
        return;
    toc_picture_read(&v->picture, own); // the feed says it again; until then it is not told twice
    if (!toc_view_may(v, TOC_K_READ))
        return;
    toc_event input;
    toc_event_init(&input, TOC_K_READ, 0);
    toc_event_set_int(&input, TOC_F_ITEM, item->n);
    toc_view_act(v, out, &input, false, "%s", "");
    toc_event_fini(&input);
}

static void acknowledge(toc_view *v, const toc_item *item, toc_wishes *out)
{
    if (!toc_message_is_open(v, item)) {
        toc_view_notice(v, TOC_STYLE_WARN, "read it first: Enter opens it");
        return;
    }
    if (!toc_item_wants_ack(item)) {
        toc_view_notice(v, TOC_STYLE_NOTICE, "%s",
                        item->is_acked ? "your team has acknowledged it already"
                                       : "no acknowledgement is wanted for this item");
        return;
    }
    toc_event input;
    toc_event_init(&input, TOC_K_ACK, 0);
    toc_event_set_int(&input, TOC_F_ITEM, item->n);
    toc_view_act(v, out, &input, false, "item %lld acknowledged for your team", (long long)item->n);
    toc_event_fini(&input);
}

static void claim(toc_view *v, toc_kind kind, const toc_item *item, toc_wishes *out)
{
    if (!item->is_for_parties) {
        toc_view_notice(v, TOC_STYLE_NOTICE, "nobody has to answer this one for an organisation");
        return;
    }
    toc_event input;
    toc_event_init(&input, kind, 0);
    toc_event_set_int(&input, TOC_F_ITEM, item->n);
    toc_view_act(v, out, &input, false,
                 kind == TOC_K_CLAIM ? "item %lld is with you: others see it"
                                     : "item %lld is given back: anybody may answer it",
                 (long long)item->n);
    toc_event_fini(&input);
}

// The decision that came with the item; else the one that is due first.
static void decide(toc_view *v, const toc_item *item)
{
    const toc_picture *p = &v->picture;
    const toc_question *best = NULL;
    for (size_t i = 0; i < p->question_count; i++) {
        const toc_question *q = &p->questions[i];
        if (q->state != TOC_QUESTION_OPEN || !toc_question_is_ours(p, q))
            continue;
        bool came = q->ask.t == item->event.t;
        bool best_came = best && best->ask.t == item->event.t;
        if (!best || came > best_came || (came == best_came && q->deadline < best->deadline))
            best = q;
    }
    if (best)
        toc_decide_open(v, best);
    else
        toc_view_notice(v, TOC_STYLE_NOTICE, "no decision is open for you");
}

// ---- attachments -------------------------------------------------------------------------------------------

typedef struct {
    toc_wish_kind kind;
    int64_t item;
} taking;

static void take_attachment(toc_view *v, toc_wish_kind kind, const toc_item *item, toc_wishes *out)
{
    const toc_value *attach = toc_event_value(&item->event, TOC_F_ATTACH);
    if (!toc_message_is_open(v, item)) {
        toc_view_notice(v, TOC_STYLE_WARN, "read it first: Enter opens it");
    } else if (!attach || attach->count == 0) {
        toc_view_notice(v, TOC_STYLE_NOTICE, "nothing is attached to this item");
    } else if (attach->count == 1) {
        toc_view_want(v, out, kind, attach->list[0], attach->list[1], on_taken);
    } else {
        toc_form *f =
            toc_form_new(kind == TOC_WISH_SAVE ? "Save an attachment" : "Open an attachment",
                         kind == TOC_WISH_SAVE ? "save" : "open", NULL);
        toc_form_field *which = toc_form_choice(f, "which", "Which of them?", false);
        for (size_t i = 0; i < attach->count; i++)
            toc_form_option(which, attach->list[2 * i], attach->list[2 * i], i == 0);
        taking *t = toc_alloc(sizeof *t);
        *t = (taking){kind, item->n};
        f->context = t;
        f->done = take_chosen;
        toc_view_open_form(v, f);
    }
}

static bool take_chosen(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const taking *t = f->context;
    const toc_item *item = toc_picture_number(&v->picture, t->item);
    const toc_value *attach = item ? toc_event_value(&item->event, TOC_F_ATTACH) : NULL;
    for (size_t i = 0; attach && i < attach->count; i++)
        if (strcmp(attach->list[2 * i], toc_form_value(f, "which")) == 0)
            toc_view_want(v, toc_view_wishes(v), t->kind, attach->list[2 * i],
                          attach->list[2 * i + 1], on_taken);
    return true;
}

static void on_taken(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    (void)out;
    toc_buf text = {0};
    if (h->ok)
        toc_put_visible(&text, h->text);
    else if (h->text) // why it failed ends with what to do: that is not cut off
        toc_text_visible(&text, h->text, strlen(h->text), false);
    if (h->ok)
        toc_view_notice(v, TOC_STYLE_GOOD, "saved as %s", toc_buf_text(&text));
    else
        toc_view_notice(v, TOC_STYLE_BAD, "not saved: %s", toc_buf_text(&text));
    toc_buf_fini(&text);
}

// Urgent ones come first, then the next one below, then from the top again.
static bool select_unread(toc_view *v, toc_room *room, const toc_table *rows)
{
    size_t at = toc_table_selected(rows, room), best = rows->count;
    bool is_best_urgent = false;
    for (size_t step = 1; step <= rows->count; step++) {
        size_t i = (at + step) % rows->count;
        const toc_item *item = rows->behind[i];
        bool is_urgent = toc_event_int(&item->event, TOC_F_URGENT);
        if (item->is_read || item->is_own || (best < rows->count && (is_best_urgent || !is_urgent)))
            continue;
        best = i;
        is_best_urgent = is_urgent;
    }
    if (best == rows->count) {
        toc_view_notice(v, TOC_STYLE_NOTICE, "nothing is unread");
        return true;
    }
    room->is_reading = false;
    toc_list_select(&room->list, rows->keys[best]);
    return true;
}
