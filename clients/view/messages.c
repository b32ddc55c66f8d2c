// SPDX-License-Identifier: MIT
#include "messages.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"

enum { TIME_COLUMNS = 9, CHANNEL_COLUMNS = 9, THREAD_DEPTH = 8, NARROW = 70 };

static void put_names(const toc_view *v, toc_buf *out, const toc_value *to);
static void put_ids(toc_buf *out, const toc_event *ev);
static void say_answers(toc_view *v, toc_page *page, const toc_item *item);
static void say_body(toc_page *page, const toc_event *ev);
static void say_wants(toc_view *v, toc_page *page, const toc_item *item);
static void say_question(toc_view *v, toc_page *page, const toc_item *item);
static void say_notes(const toc_view *v, toc_page *page, const toc_item *item);
static void put_ago(const toc_view *v, toc_buf *out, int64_t t);
static int depth_of(const toc_view *v, const toc_item *item);
static bool is_forward(const toc_item *item);
static const char *title_of(const toc_event *ev);
static const char *mark_of(const toc_view *v, const toc_item *item);

const char *toc_message_channel(const toc_item *item)
{
    const char *channel = toc_event_str(&item->event, TOC_F_CHANNEL);
    if (channel && channel[0])
        return channel;
    return is_forward(item)                              ? "forward"
           : toc_event_int(&item->event, TOC_F_RFI) != 0 ? "RFI"
           : toc_event_has(&item->event, TOC_F_RE)       ? "reply"
                                                         : "message";
}

void toc_message_title(toc_buf *out, const toc_item *item)
{
    const char *title = title_of(&item->event);
    size_t whole = strcspn(title, "\n");
    size_t len = whole > 400 ? 400 : whole; // more than any row shows
    while (len < whole && len > 0 && ((unsigned char)title[len] & 0xC0) == 0x80)
        len--;
    toc_text_visible(out, title, len, false);
    if (title[len])
        toc_buf_str(out, " …");
}

void toc_message_names(const toc_view *v, toc_buf *out, const toc_item *item)
{
    const toc_event *ev = &item->event;
    const char *from = toc_event_str(ev, TOC_F_FROM);
    bool says_from = !item->is_own || v->picture.is_control;
    if (says_from)
        toc_put_visible(out, from ? toc_view_name(v, from) : "");
    if ((says_from && !v->picture.is_control) || !toc_event_has(ev, TOC_F_TO))
        return;
    toc_buf_str(out, says_from ? " to " : "to ");
    put_names(v, out, toc_event_value(ev, TOC_F_TO));
}

void toc_message_state(const toc_view *v, toc_buf *out, const toc_item *item)
{
    const toc_value *attach = toc_event_value(&item->event, TOC_F_ATTACH);
    if (toc_message_is_asking(item)) {
        toc_buf_str(out, "no answer, ");
        put_ago(v, out, item->event.t);
    } else if (item->answered_by) {
        toc_buf_str(out, "answered");
    } else if (v->picture.is_control && item->is_for_parties && item->has_answer) {
        toc_buf_str(out, "answered");
    } else if (toc_item_is_waiting(item)) {
        toc_buf_str(out, item->claimed_by ? "with " : "unanswered");
        toc_put_visible(out, item->claimed_by);
    } else if (!item->is_own && toc_event_int(&item->event, TOC_F_RFI)) {
        toc_buf_str(out, "unanswered");
    }
    if (!v->picture.is_control && toc_item_wants_ack(item))
        toc_buf_printf(out, "%sack wanted", out->len > 0 ? ", " : "");
    if (attach && attach->count > 0)
        toc_buf_printf(out, "%s%zu file%s", out->len > 0 ? ", " : "", attach->count,
                       attach->count == 1 ? "" : "s");
}

bool toc_message_is_open(const toc_view *v, const toc_item *item)
{
    return item->is_read || item->is_own || !toc_view_may(v, TOC_K_READ);
}

bool toc_message_is_asking(const toc_item *item)
{
    return item->is_own && toc_item_is_open(item);
}

// "!*? T+1:31    PHONE    Coast Guard         Tanker listing, fuel visible      ack wanted"
void toc_message_row(toc_view *v, toc_grid *g, toc_rect line, const toc_item *item)
{
    bool is_unread = !item->is_read && !item->is_own;
    bool is_urgent = toc_event_int(&item->event, TOC_F_URGENT);
    toc_style style = is_unread && is_urgent ? TOC_STYLE_URGENT
                      : is_unread            ? TOC_STYLE_UNREAD
                                             : TOC_STYLE_PLAIN;
    toc_buf text = {0};
    int x = line.x, end = line.x + line.w;
    toc_grid_printf(g, x, line.y, 3, style, "%s%s%s", is_urgent ? "!" : " ", is_unread ? "*" : " ",
                    mark_of(v, item));
    x += 4;
    toc_view_time(v, &text, item->event.t);
    toc_grid_put(g, x, line.y, TIME_COLUMNS, style, toc_buf_text(&text));
    x += TIME_COLUMNS + 1;
    if (line.w >= NARROW) {
        toc_buf_clear(&text);
        toc_put_visible(&text, toc_message_channel(item));
        for (size_t i = 0; i < text.len; i++)
            text.data[i] =
                (char)toupper((unsigned char)text.data[i]); // of ASCII, in any locale of ours
        toc_grid_put(g, x, line.y, CHANNEL_COLUMNS - 1, style, toc_buf_text(&text));
        x += CHANNEL_COLUMNS;
    }
    int who = line.w / 4 > 30 ? 30 : line.w / 4;
    toc_buf_clear(&text);
    if (v->picture.is_control)
        put_ids(&text, &item->event); // two names would not fit
    else
        toc_message_names(v, &text, item);
    toc_grid_put(g, x, line.y, who, style, toc_buf_text(&text));
    x += who + 1;
    toc_buf_clear(&text);
    toc_message_state(v, &text, item);
    int state =
        line.w < NARROW || text.len == 0 ? 0 : toc_text_columns(toc_buf_text(&text), text.len) + 1;
    if (state > (end - x) / 2)
        state = (end - x) / 2;
    if (state > 1)
        toc_grid_put(g, end - state + 1, line.y, state - 1, style, toc_buf_text(&text));
    toc_buf_clear(&text);
    toc_message_title(&text, item);
    toc_grid_put(g, x, line.y, end - x - state, style, toc_buf_text(&text));
    toc_buf_fini(&text);
}

void toc_message_page(toc_view *v, toc_page *page, const toc_item *item)
{
    const toc_event *ev = &item->event;
    const char *title = toc_event_str(ev, TOC_F_TITLE);
    const char *from = toc_event_str(ev, TOC_F_FROM);
    toc_buf text = {0};
    if (toc_event_int(ev, TOC_F_URGENT))
        toc_buf_str(&text, "URGENT ");
    toc_put_visible(&text, toc_message_channel(item));
    toc_buf_str(&text, toc_event_int(ev, TOC_F_VOICE) ? ", told to you by voice, from " : " from ");
    toc_put_visible(&text, from ? toc_view_name(v, from) : "nobody named");
    if (toc_event_has(ev, TOC_F_TO)) {
        toc_buf_str(&text, " to ");
        put_names(v, &text, toc_event_value(ev, TOC_F_TO));
    }
    toc_buf_str(&text, ", ");
    toc_view_time(v, &text, ev->t);
    if ((item->is_own || v->picture.is_control) && toc_event_str(ev, TOC_F_BY)) {
        toc_buf_str(&text, ", written by ");
        toc_picture_person(&v->picture, &text, toc_event_str(ev, TOC_F_BY));
    }
    toc_page_say(page, TOC_STYLE_PLAIN, "%s", toc_buf_text(&text));
    toc_buf_clear(&text);
    say_answers(v, page, item);
    if (title)
        toc_page_foreign(page, title);
    if (title && toc_message_is_open(v, item))
        toc_page_say(page, TOC_STYLE_PLAIN, "%s", "");
    toc_buf_fini(&text);
    if (!toc_message_is_open(v, item)) {
        toc_page_say(page, TOC_STYLE_UNREAD, "\nNot read yet. Enter opens it.");
        return;
    }
    say_body(page, ev);
    say_wants(v, page, item);
    say_notes(v, page, item);
    say_question(v, page, item);
}

const toc_contact *toc_message_party(const toc_view *v, const char *id)
{
    for (size_t i = 0; i < v->picture.contact_count; i++)
        if (v->picture.contacts[i].is_party && strcmp(v->picture.contacts[i].id, id) == 0)
            return &v->picture.contacts[i];
    return NULL;
}

// Oldest first, each a step further in than what it answers.
void toc_message_thread(toc_view *v, toc_page *page, const toc_item *item)
{
    const toc_picture *p = &v->picture;
    const toc_item *root = toc_picture_root(p, item);
    for (size_t i = 0; i < p->item_count; i++) {
        const toc_item *other = &p->items[i];
        if (other != item && toc_picture_root(p, other) != root)
            continue;
        toc_buf text = {0};
        int depth = depth_of(v, other);
        toc_buf_printf(&text, "%*s%s", 2 * (depth < THREAD_DEPTH ? depth : THREAD_DEPTH), "",
                       other == item ? "> " : "");
        toc_view_time(v, &text, other->event.t);
        toc_buf_char(&text, ' ');
        toc_put_visible(&text, toc_message_channel(other));
        toc_buf_str(&text, ", ");
        toc_message_names(v, &text, other);
        toc_buf_printf(&text, " (item %lld)", (long long)other->n);
        toc_page_say(page, other == item ? TOC_STYLE_TITLE : TOC_STYLE_PLAIN, "%s",
                     toc_buf_text(&text));
        toc_buf_fini(&text);
        if (toc_message_is_open(v, other))
            say_body(page, &other->event);
        else
            toc_page_say(page, TOC_STYLE_UNREAD, "not read yet: Enter in the inbox opens it");
    }
}

static void put_names(const toc_view *v, toc_buf *out, const toc_value *to)
{
    for (size_t i = 0; to && i < to->count; i++) {
        toc_buf_str(out, i > 0 ? ", " : "");
        toc_put_visible(out, toc_view_name(v, to->list[i]));
    }
}

// "rail to coastguard, excon"
static void put_ids(toc_buf *out, const toc_event *ev)
{
    const toc_value *to = toc_event_value(ev, TOC_F_TO);
    toc_put_visible(out, toc_event_str(ev, TOC_F_FROM));
    for (size_t i = 0; to && i < to->count; i++) {
        toc_buf_str(out, i > 0 ? ", " : " to ");
        toc_put_visible(out, to->list[i]);
    }
}

// What it answers, and what answers it.
static void say_answers(toc_view *v, toc_page *page, const toc_item *item)
{
    int64_t re = toc_event_int(&item->event, TOC_F_RE);
    toc_buf text = {0};
    if (re) {
        const toc_item *other = toc_picture_number(&v->picture, re);
        toc_buf_printf(&text, "answers item %lld", (long long)re);
        if (other) {
            toc_buf_str(&text, ": ");
            toc_put_visible(&text, title_of(&other->event));
        }
        toc_page_say(page, TOC_STYLE_PLAIN, "%s", toc_buf_text(&text));
        toc_buf_clear(&text);
    }
    if (toc_message_is_asking(item)) {
        toc_buf_str(&text, "A request for information. Asked ");
        put_ago(v, &text, item->event.t);
        toc_page_say(page, TOC_STYLE_WARN, "%s ago: no answer yet.", toc_buf_text(&text));
    } else if (item->answered_by) {
        toc_page_say(page, TOC_STYLE_GOOD, "A request for information, answered by item %lld.",
                     (long long)item->answered_by);
    } else if (!item->is_own && toc_event_int(&item->event, TOC_F_RFI)) {
        toc_page_say(page, TOC_STYLE_WARN, "A request for information: not answered yet.");
    }
    toc_buf_fini(&text);
}

static void say_body(toc_page *page, const toc_event *ev)
{
    const char *text = toc_event_str(ev, TOC_F_TEXT), *quote = toc_event_str(ev, TOC_F_QUOTE);
    const char *from = toc_event_str(ev, TOC_F_QUOTE_FROM);
    const char *title = toc_event_str(ev, TOC_F_QUOTE_TITLE);
    if (text)
        toc_page_foreign(page, text);
    if (quote) {
        toc_buf head = {0};
        toc_put_visible(&head, from ? from : "somebody");
        toc_buf_str(&head, title ? ": " : "");
        toc_put_visible(&head, title);
        toc_page_say(page, TOC_STYLE_PLAIN, "Forwarded, from %s", toc_buf_text(&head));
        toc_buf_fini(&head);
        toc_page_foreign(page, quote);
    }
}

// Attachments, acknowledgement, what it means at control.
static void say_wants(toc_view *v, toc_page *page, const toc_item *item)
{
    const toc_value *attach = toc_event_value(&item->event, TOC_F_ATTACH);
    toc_buf key = {0}, text = {0};
    toc_key_word(v, &key, TOC_IN_INBOX, TOC_DO_SAVE);
    toc_buf_str(&key, " saves, ");
    toc_key_word(v, &key, TOC_IN_INBOX, TOC_DO_SHOW);
    for (size_t i = 0; attach && i < attach->count; i++) {
        toc_buf_clear(&text);
        toc_put_visible(&text, attach->list[2 * i]);
        toc_page_say(page, TOC_STYLE_PLAIN, "attached: %s (%s opens it)", toc_buf_text(&text),
                     toc_buf_text(&key));
    }
    toc_buf_clear(&key);
    toc_key_word(v, &key, TOC_IN_INBOX, TOC_DO_ACK);
    if (!v->picture.is_control && toc_item_wants_ack(item))
        toc_page_say(page, TOC_STYLE_WARN, "An acknowledgement is wanted%s%s%s",
                     key.len > 0 ? ": " : ".", toc_buf_text(&key),
                     key.len > 0 ? " acknowledges it for your team." : "");
    else if (!v->picture.is_control && item->is_acked)
        toc_page_say(page, TOC_STYLE_GOOD, "Acknowledged.");
    toc_buf_clear(&text);
    toc_buf_clear(&key);
    toc_key_word(v, &key, TOC_IN_INBOX, TOC_DO_REPLY);
    if (toc_item_asks_us(&v->picture, item))
        toc_page_say(page, TOC_STYLE_WARN, "Your team is asked%s%s%s", key.len > 0 ? ": " : ".",
                     toc_buf_text(&key), key.len > 0 ? " answers." : "");
    if (v->picture.is_control && item->is_for_parties) {
        toc_put_visible(&text, item->claimed_by);
        toc_page_say(page, item->has_answer ? TOC_STYLE_GOOD : TOC_STYLE_WARN, "%s%s%s",
                     item->has_answer   ? "Answered in role."
                     : item->claimed_by ? "Nobody has answered it yet. It is with "
                                        : "Nobody has answered it or taken it on yet.",
                     item->has_answer ? "" : toc_buf_text(&text),
                     item->has_answer || !item->claimed_by ? "" : ".");
    }
    toc_buf_fini(&text);
    toc_buf_fini(&key);
}

// A feed does not say which message a decision came with; those that were asked in the same moment
// belong together.
static void say_question(toc_view *v, toc_page *page, const toc_item *item)
{
    const toc_picture *p = &v->picture;
    for (size_t i = 0; i < p->question_count; i++) {
        const toc_question *q = &p->questions[i];
        if (q->state != TOC_QUESTION_OPEN || q->ask.t != item->event.t || item->is_own ||
            !toc_question_is_ours(p, q))
            continue;
        toc_buf text = {0};
        toc_buf_str(&text, "Came with it, and needs an answer: ");
        toc_put_visible(&text, toc_event_str(&q->ask, TOC_F_DECISION));
        toc_buf_char(&text, ' ');
        toc_put_visible(&text, toc_event_str(&q->ask, TOC_F_TITLE));
        toc_buf_str(&text, " (");
        toc_view_left(v, &text, q->deadline);
        toc_buf_str(&text, ")");
        toc_page_say(page, TOC_STYLE_WARN, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
}

// Whoever speaks for an organisation needs to know what it knows.
static void say_notes(const toc_view *v, toc_page *page, const toc_item *item)
{
    const toc_picture *p = &v->picture;
    const toc_value *to = toc_event_value(&item->event, TOC_F_TO);
    for (size_t i = 0; p->is_control && item->is_for_parties && to && i < to->count; i++) {
        const toc_contact *party = toc_message_party(v, to->list[i]);
        if (!party)
            continue;
        toc_buf name = {0};
        toc_put_visible(&name, party->name);
        toc_page_say(page, TOC_STYLE_TITLE,
                     party->notes ? "NOTES ON %s, not shown to teams" : "%s: no notes",
                     toc_buf_text(&name));
        if (party->notes)
            toc_page_foreign(page, party->notes);
        toc_buf_fini(&name);
    }
}

static void put_ago(const toc_view *v, toc_buf *out, int64_t t)
{
    int64_t ms = toc_view_now(v) - t;
    if (ms < 60000)
        toc_buf_str(out, "less than 1m");
    else
        toc_duration_text(out, ms / 60000 * 60000);
}

// How many items stand between it and the beginning.
static int depth_of(const toc_view *v, const toc_item *item)
{
    int depth = 0;
    while (item && depth < THREAD_DEPTH) {
        int64_t before = toc_event_int(&item->event, TOC_F_RE);
        if (!before)
            before = toc_event_int(&item->event, TOC_F_ORIGIN);
        const toc_item *next =
            before && before < item->n ? toc_picture_number(&v->picture, before) : NULL;
        depth += next != NULL;
        item = next;
    }
    return depth;
}

static bool is_forward(const toc_item *item)
{
    return item->event.kind == TOC_K_MESSAGE &&
           (toc_event_has(&item->event, TOC_F_ORIGIN) || toc_event_has(&item->event, TOC_F_QUOTE));
}

static const char *title_of(const toc_event *ev)
{
    static const toc_field fields[] = {TOC_F_TITLE, TOC_F_QUOTE_TITLE, TOC_F_TEXT, TOC_F_QUOTE};
    for (size_t i = 0; i < TOC_COUNT(fields); i++) {
        const char *text = toc_event_str(ev, fields[i]);
        if (text && text[0])
            return text;
    }
    return "";
}

// "?" somebody waits for an answer, "@" one of us has taken it on, "✓" it was answered.
static const char *mark_of(const toc_view *v, const toc_item *item)
{
    if (toc_item_is_waiting(item))
        return item->claimed_by ? "@" : "?";
    if (toc_message_is_asking(item) || toc_item_asks_us(&v->picture, item))
        return "?";
    return item->answered_by || (item->is_for_parties && item->has_answer) ? "✓" : " ";
}
