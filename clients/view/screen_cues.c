// SPDX-License-Identifier: MIT
// What is to be told by voice: the script, who has taken it on, and what was said. Due ones first,
// oldest first; those that were told below.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "conduct.h"
#include "table.h"

enum { NARROW = 70, MARK_COLUMNS = 4, ID_COLUMNS = 10, STATE_COLUMNS = 24, WHO_COLUMNS = 20 };

static void collect(toc_view *v, const toc_room *room, toc_table *rows);
static void add(toc_view *v, const toc_room *room, toc_table *rows, const toc_cue *cue);
static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows);
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context);
static void put_state(const toc_view *v, toc_buf *out, const toc_cue *cue);
static void put_whom(const toc_view *v, toc_buf *out, const toc_event *cue);
static const toc_item *told(const toc_view *v, const toc_cue *cue);
static const toc_event *deed_of(const toc_view *v, const toc_cue *cue);
static bool act_on(toc_view *v, toc_do what, const toc_cue *cue, toc_wishes *out);
static void claim(toc_view *v, toc_kind kind, const toc_cue *cue, toc_wishes *out);
static void ask_told(toc_view *v, const toc_cue *cue);
static bool send_told(void *owner, toc_form *f);
static void say_cue(toc_view *v, toc_page *page, const toc_cue *cue);
static const char *inject_of(const toc_cue *cue);

static void draw(toc_view *v, toc_grid *g, toc_rect r)
{
    toc_room *room = toc_view_room(v, &toc_screen_cues);
    toc_table rows = {0};
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    toc_table_show(room, at < rows.count ? rows.keys[at] : NULL);
    if (at < rows.count)
        say_cue(v, &room->page, rows.behind[at]);
    else
        toc_page_say(&room->page, TOC_STYLE_PLAIN, "%s",
                     room->list.filter ? "No cue passes the filter. Esc shows all."
                                       : "Nothing is to be told by voice yet. When a cue comes, "
                                         "it rings and stands here with its script.");
    toc_table_draw(v, g, r, room, &rows, put_heading,
                   at < rows.count ? inject_of(rows.behind[at]) : "", draw_row);
    toc_table_fini(&rows);
}

static bool act(toc_view *v, toc_do what, toc_wishes *out)
{
    toc_room *room = toc_view_room(v, &toc_screen_cues);
    toc_table rows = {0};
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    bool did = (at < rows.count && act_on(v, what, rows.behind[at], out)) ||
               toc_table_do(&rows, room, what);
    toc_table_fini(&rows);
    return did;
}

static void about(toc_view *v, toc_event *observe)
{
    toc_room *room = toc_view_room(v, &toc_screen_cues);
    toc_table rows = {0};
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    if (at < rows.count) {
        const toc_item *item = told(v, rows.behind[at]);
        toc_event_set_str(observe, TOC_F_INJECT, inject_of(rows.behind[at]));
        if (item)
            toc_event_set_int(observe, TOC_F_ITEM, item->n);
    }
    toc_table_fini(&rows);
}

static void badge(toc_view *v, toc_buf *out)
{
    size_t open = 0;
    for (size_t i = 0; i < v->picture.cue_count; i++)
        open += toc_cue_is_open(&v->picture.cues[i]);
    if (open > 0)
        toc_buf_printf(out, " !%zu", open);
}

const toc_screen toc_screen_cues = {
    .name = "Cues",
    .places = TOC_IN_LIST | TOC_IN_CUES,
    .badge = badge,
    .draw = draw,
    .act = act,
    .about = about,
};

static void collect(toc_view *v, const toc_room *room, toc_table *rows)
{
    const toc_picture *p = &v->picture;
    for (size_t i = 0; i < p->cue_count; i++)
        if (toc_cue_is_open(&p->cues[i]))
            add(v, room, rows, &p->cues[i]);
    for (size_t i = p->cue_count; i > 0; i--)
        if (!toc_cue_is_open(&p->cues[i - 1]))
            add(v, room, rows, &p->cues[i - 1]);
}

static void add(toc_view *v, const toc_room *room, toc_table *rows, const toc_cue *cue)
{
    const char *title = toc_event_str(&cue->cue, TOC_F_TITLE);
    const char *from = toc_event_str(&cue->cue, TOC_F_FROM);
    toc_buf whom = {0};
    char key[24];
    put_whom(v, &whom, &cue->cue);
    const char *const fields[] = {"id",    inject_of(cue),
                                  "title", title ? title : "",
                                  "from",  from ? from : "",
                                  "to",    toc_buf_text(&whom),
                                  "for",   toc_event_str(&cue->cue, TOC_F_CONTROLLER),
                                  NULL};
    snprintf(key, sizeof key, "%lld", (long long)cue->n);
    if (toc_filter_passes(room->list.filter, fields, toc_cue_is_open(cue) ? "open" : "told"))
        toc_table_add(rows, cue, key);
    toc_buf_fini(&whom);
}

static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows)
{
    size_t open = 0;
    (void)v, (void)room;
    for (size_t i = 0; i < rows->count; i++)
        open += toc_cue_is_open(rows->behind[i]);
    toc_buf_printf(out, "%zu cue%s, %zu to be told", rows->count, rows->count == 1 ? "" : "s",
                   open);
}

// "!!! INJ-05  due 2m, with simcell-1   Coast Guard to boats  Tow wanted"
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context)
{
    const toc_table *rows = context;
    const toc_cue *cue = rows->behind[i];
    bool is_open = toc_cue_is_open(cue);
    toc_style style = is_open && !cue->claimed_by ? TOC_STYLE_URGENT
                      : is_open                   ? TOC_STYLE_WARN
                                                  : TOC_STYLE_PLAIN;
    int x = line.x + MARK_COLUMNS, end = line.x + line.w;
    toc_buf text = {0};
    toc_grid_put(g, line.x, line.y, MARK_COLUMNS - 1, style,
                 !is_open          ? ""
                 : cue->claimed_by ? " ! "
                                   : "!!!");
    toc_grid_put(g, x, line.y, ID_COLUMNS - 1, style, inject_of(cue));
    x += ID_COLUMNS;
    put_state(v, &text, cue);
    toc_grid_put(g, x, line.y, STATE_COLUMNS - 1, style, toc_buf_text(&text));
    x += STATE_COLUMNS;
    if (line.w >= NARROW) {
        toc_buf_clear(&text);
        put_whom(v, &text, &cue->cue);
        toc_grid_put(g, x, line.y, WHO_COLUMNS - 1, style, toc_buf_text(&text));
        x += WHO_COLUMNS;
    }
    const char *title = toc_event_str(&cue->cue, TOC_F_TITLE);
    toc_grid_put(g, x, line.y, end - x, style, title ? title : "");
    toc_buf_fini(&text);
}

// "waits 2m10s, simcell", "2m10s, with simcell-1", "told T+0:14", "skipped"
static void put_state(const toc_view *v, toc_buf *out, const toc_cue *cue)
{
    const toc_item *item = told(v, cue);
    if (cue->is_skipped) {
        toc_buf_str(out, "skipped");
    } else if (cue->is_delivered) {
        toc_buf_str(out, "told ");
        if (item)
            toc_view_time(v, out, item->event.t);
    } else {
        toc_buf_str(out, cue->claimed_by ? "" : "waits ");
        toc_span_words(out, toc_view_now(v) - cue->cue.t);
        toc_buf_str(out, cue->claimed_by ? ", with " : ", for ");
        toc_put_visible(out, cue->claimed_by ? cue->claimed_by
                                             : toc_event_str(&cue->cue, TOC_F_CONTROLLER));
    }
}

// "Coast Guard to boats"
static void put_whom(const toc_view *v, toc_buf *out, const toc_event *cue)
{
    const char *from = toc_event_str(cue, TOC_F_FROM);
    const toc_value *to = toc_event_value(cue, TOC_F_TO);
    if (from) {
        toc_put_visible(out, toc_view_name(v, from));
        toc_buf_char(out, ' ');
    }
    toc_buf_str(out, "to ");
    for (size_t i = 0; to && i < to->count; i++) {
        toc_buf_str(out, i ? ", " : "");
        toc_put_visible(out, toc_view_name(v, to->list[i]));
    }
}

// What the teams have of it.
static const toc_item *told(const toc_view *v, const toc_cue *cue)
{
    const toc_item *item = toc_picture_item(&v->picture, inject_of(cue));
    return cue->is_delivered && item && item->event.kind == TOC_K_INJECT ? item : NULL;
}

static const toc_event *deed_of(const toc_view *v, const toc_cue *cue)
{
    for (size_t i = v->picture.deed_count; i > 0; i--) {
        const toc_event *ev = &v->picture.deeds[i - 1].event;
        const char *inject = toc_event_str(ev, TOC_F_INJECT);
        if (ev->kind == TOC_K_DELIVER && inject && strcmp(inject, inject_of(cue)) == 0)
            return ev;
    }
    return NULL;
}

// ---- acts --------------------------------------------------------------------------------------------------

static bool act_on(toc_view *v, toc_do what, const toc_cue *cue, toc_wishes *out)
{
    if (what != TOC_DO_CLAIM && what != TOC_DO_UNCLAIM && what != TOC_DO_DELIVER)
        return false;
    if (!toc_view_may(v, TOC_K_DELIVER))
        return false;
    if (!toc_cue_is_open(cue))
        toc_view_notice(v, TOC_STYLE_NOTICE, "%s was %s already", inject_of(cue),
                        cue->is_skipped ? "skipped" : "told");
    else if (what == TOC_DO_DELIVER)
        ask_told(v, cue);
    else
        claim(v, what == TOC_DO_CLAIM ? TOC_K_CLAIM : TOC_K_UNCLAIM, cue, out);
    return true;
}

static void claim(toc_view *v, toc_kind kind, const toc_cue *cue, toc_wishes *out)
{
    toc_event in;
    toc_event_init(&in, kind, 0);
    toc_event_set_str(&in, TOC_F_INJECT, inject_of(cue));
    toc_view_act(v, out, &in, false,
                 kind == TOC_K_CLAIM ? "%s is with you: tell it, then d"
                                     : "%s is given back: anybody may tell it",
                 inject_of(cue));
    toc_event_fini(&in);
}

static void ask_told(toc_view *v, const toc_cue *cue)
{
    char *title = toc_sprintf("%s was told", inject_of(cue));
    toc_form *f = toc_form_new(title, "it was told", NULL);
    bool is_others = cue->claimed_by && strcmp(cue->claimed_by, v->seat) != 0;
    toc_buf text = {0};
    if (is_others) {
        toc_picture_person(&v->picture, &text, cue->claimed_by);
        toc_buf_str(&text, " has taken it on: make sure that it is not told twice.");
        toc_form_note(f, toc_buf_text(&text));
    }
    toc_form_note(f, "It counts as sent from now on, and every team it goes to knows of it.");
    toc_form_text(f, "text", "What was said?", NULL, false);
    f->context = toc_strdup(inject_of(cue));
    f->done = send_told;
    toc_view_open_form(v, f);
    toc_buf_fini(&text);
    free(title);
}

static bool send_told(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const char *text = toc_form_value(f, "text");
    const toc_cue *cue = toc_picture_cue(&v->picture, f->context);
    toc_event in;
    if (!cue || !toc_cue_is_open(cue)) {
        toc_form_refuse(f, "text", "somebody was quicker: it is not open any more. Esc leaves.");
        return false;
    }
    toc_event_init(&in, TOC_K_DELIVER, 0);
    toc_event_set_str(&in, TOC_F_INJECT, f->context);
    if (text[strspn(text, " \t\n")])
        toc_event_set_str(&in, TOC_F_TEXT, text);
    toc_view_act(v, toc_view_wishes(v), &in, false, "%s is told: it counts as sent",
                 (const char *)f->context);
    toc_event_fini(&in);
    return true;
}

// ---- one of them ---------------------------------------------------------------------------------------------

static void say_cue(toc_view *v, toc_page *page, const toc_cue *cue)
{
    const toc_event *ev = &cue->cue, *deed = deed_of(v, cue);
    const char *channel = toc_event_str(ev, TOC_F_CHANNEL), *notes = toc_event_str(ev, TOC_F_NOTES);
    const char *title = toc_event_str(ev, TOC_F_TITLE);
    toc_buf text = {0};
    toc_buf_printf(&text, "%s  %s%s", inject_of(cue),
                   toc_event_int(ev, TOC_F_URGENT) ? "URGENT " : "", title ? title : "");
    toc_page_line_of(page, TOC_STYLE_TITLE, &text);
    put_whom(v, &text, ev);
    toc_buf_printf(&text, ", by %s", channel ? channel : "voice");
    toc_page_line_of(page, TOC_STYLE_PLAIN, &text);
    put_state(v, &text, cue);
    toc_page_line_of(page, toc_cue_is_open(cue) ? TOC_STYLE_WARN : TOC_STYLE_PLAIN, &text);
    if (cue->is_delivered && deed) {
        toc_buf_str(&text, "told by ");
        toc_picture_person(&v->picture, &text, toc_event_str(deed, TOC_F_BY));
        toc_page_line_of(page, TOC_STYLE_PLAIN, &text);
        if (toc_event_str(deed, TOC_F_TEXT))
            toc_page_foreign(page, toc_event_str(deed, TOC_F_TEXT));
    }
    toc_page_say(page, TOC_STYLE_TITLE, "SCRIPT");
    toc_page_foreign(page, toc_event_str(ev, TOC_F_TEXT));
    if (notes) {
        toc_page_say(page, TOC_STYLE_TITLE, "NOTES FOR CONTROLLERS, not to be told");
        toc_page_foreign(page, notes);
    }
    toc_buf_fini(&text);
}

static const char *inject_of(const toc_cue *cue)
{
    const char *inject = toc_event_str(&cue->cue, TOC_F_INJECT);
    return inject ? inject : "?";
}
