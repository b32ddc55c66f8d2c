// SPDX-License-Identifier: MIT
// Storylines: what runs in the scenario beside the clock, what it waits for, what it will send yet,
// and where a script went wrong.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "conduct.h"
#include "table.h"

enum { NAME_MOST = 34, STATE_WIDTH = 9 };

static void collect(const toc_view *v, const toc_room *room, toc_table *rows);
static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows);
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context);
static void say_story(toc_view *v, toc_page *p, const toc_msel_story *s);
static bool is_running(const toc_msel_story *s);
static bool sends(const toc_msel_row *row, const toc_msel_story *s);
static bool has_mistake(const toc_view *v, const char *storyline);
static void ask_drop(toc_view *v, const char *name);
static bool do_drop(void *owner, toc_form *f);
static void ask_wake(toc_view *v, const toc_msel_story *s);
static bool do_wake(void *owner, toc_form *f);
static const toc_msel_story *find(const toc_view *v, const char *name);

static void draw(toc_view *v, toc_grid *g, toc_rect r)
{
    toc_room *room = toc_view_room(v, &toc_screen_storylines);
    toc_table rows = {0};
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    const toc_msel_story *s = at < rows.count ? rows.behind[at] : NULL;
    toc_table_show(room, s ? s->name : NULL);
    if (s)
        say_story(v, &room->page, s);
    else
        toc_page_say(&room->page, TOC_STYLE_PLAIN, "%s",
                     room->list.filter
                         ? "Nothing here holds what the filter asks for. Esc shows all."
                         : "No storyline runs, and none did.");
    toc_mistakes_say(v, &room->page, s ? s->name : NULL);
    toc_table_draw(v, g, r, room, &rows, put_heading, s ? s->name : "Scripts", draw_row);
    toc_table_fini(&rows);
}

static bool act(toc_view *v, toc_do what, toc_wishes *out)
{
    toc_room *room = toc_view_room(v, &toc_screen_storylines);
    toc_table rows = {0};
    (void)out;
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    const toc_msel_story *s = at < rows.count ? rows.behind[at] : NULL;
    bool is_act = v->role == TOC_ROLE_EXCON && (what == TOC_DO_DROP || what == TOC_DO_WAKE);
    bool did = true;
    if (is_act && s)
        toc_story_act(v, what, s->name);
    else if (is_act)
        toc_view_notice(v, TOC_STYLE_NOTICE, "there is no storyline to drop or wake");
    else
        did = toc_table_do(&rows, room, what);
    toc_table_fini(&rows);
    return did;
}

// Those that wait for nobody, and what went wrong: only the latter is news.
static void badge(toc_view *v, toc_buf *out)
{
    size_t count = v->deeds ? v->deeds->mistake_count : 0;
    if (count)
        toc_buf_printf(out, " !%zu", count);
}

const toc_screen toc_screen_storylines = {
    .name = "Storylines",
    .places = TOC_IN_LIST | TOC_IN_STORYLINES,
    .badge = badge,
    .draw = draw,
    .act = act,
};

bool toc_story_act(toc_view *v, toc_do what, const char *storyline)
{
    const toc_msel_story *s = find(v, storyline);
    if (what != TOC_DO_DROP && what != TOC_DO_WAKE)
        return false;
    if (s && !is_running(s))
        toc_view_notice(v, TOC_STYLE_WARN, "storyline %s is %s: nothing of it is left", storyline,
                        s->state ? s->state : "ended");
    else if (what == TOC_DO_DROP)
        ask_drop(v, storyline);
    else if (s)
        ask_wake(v, s);
    else
        toc_view_notice(v, TOC_STYLE_WARN, "storyline %s waits for nothing yet", storyline);
    return true;
}

char *toc_row_story(const toc_view *v, const toc_msel_row *row)
{
    for (size_t i = 0; i < v->msel.story_count; i++)
        if (v->msel.stories[i].name && sends(row, &v->msel.stories[i]))
            return toc_strdup(v->msel.stories[i].name);
    return NULL;
}

// One of several senders may not have begun: then nothing is known to be over.
bool toc_row_is_left(const toc_view *v, const toc_msel_row *row)
{
    bool is_over = false;
    for (size_t i = 0; i < v->msel.story_count; i++) {
        const toc_msel_story *s = &v->msel.stories[i];
        if (!s->name || !sends(row, s))
            continue;
        if (is_running(s))
            return false;
        is_over = true;
    }
    return is_over && row->via && !strchr(row->via, ';');
}

// Running ones first, in the order of the desk.
static void collect(const toc_view *v, const toc_room *room, toc_table *rows)
{
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < v->msel.story_count; i++) {
            const toc_msel_story *s = &v->msel.stories[i];
            const char *const fields[] = {
                "name", s->name, "state", s->state ? s->state : "", "for", s->waits ? s->waits : "",
                NULL};
            if (s->name && is_running(s) == (pass == 0) &&
                toc_filter_passes(room->list.filter, fields, s->state ? s->state : ""))
                toc_table_add(rows, s, s->name);
        }
}

static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows)
{
    size_t running = 0, mistakes = v->deeds ? v->deeds->mistake_count : 0;
    (void)room;
    for (size_t i = 0; i < rows->count; i++)
        running += is_running(rows->behind[i]);
    toc_buf_printf(out, "%zu running, %zu ended", running, rows->count - running);
    if (mistakes > 0)
        toc_buf_printf(out, ", %zu script error%s (!!!)", mistakes, mistakes == 1 ? "" : "s");
}

static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context)
{
    const toc_table *rows = context;
    const toc_msel_story *s = rows->behind[i];
    int name = line.w / 3 < NAME_MOST ? line.w / 3 : NAME_MOST;
    bool is_wrong = has_mistake(v, s->name);
    toc_buf text = {0};
    toc_style style = is_wrong ? TOC_STYLE_URGENT : TOC_STYLE_PLAIN;
    toc_grid_put(g, line.x, line.y, 3, style, is_wrong ? "!!!" : "");
    toc_grid_put(g, line.x + 4, line.y, name - 1, style, s->name);
    toc_grid_put(g, line.x + 4 + name, line.y, STATE_WIDTH - 1, style, s->state ? s->state : "?");
    toc_buf_str(&text, s->waits ? s->waits : "");
    if (s->wakes > toc_view_now(v)) {
        toc_buf_str(&text, ", in ");
        toc_span_words(&text, s->wakes - toc_view_now(v));
    }
    int x = 4 + name + STATE_WIDTH;
    toc_grid_put(g, line.x + x, line.y, line.w - x, style, toc_buf_text(&text));
    toc_buf_fini(&text);
}

static void say_story(toc_view *v, toc_page *p, const toc_msel_story *s)
{
    toc_buf text = {0}, keys = {0};
    size_t sent = 0;
    toc_buf_printf(&text, "%s %s %s", s->name, s->state ? s->state : "?", s->waits ? s->waits : "");
    toc_page_line_of(p, TOC_STYLE_TITLE, &text);
    if (v->role == TOC_ROLE_EXCON && is_running(s)) {
        toc_key_word(v, &keys, TOC_IN_STORYLINES, TOC_DO_DROP);
        toc_buf_str(&keys, " drops it");
        if (s->waits) {
            toc_buf_str(&keys, ", ");
            toc_key_word(v, &keys, TOC_IN_STORYLINES, TOC_DO_WAKE);
            toc_buf_str(&keys, " ends its wait");
        }
        toc_page_say(p, TOC_STYLE_PLAIN, "%s", toc_buf_text(&keys));
    }
    for (size_t i = 0; i < v->msel.count; i++) {
        const toc_msel_row *row = &v->msel.rows[i];
        if (row->other || !sends(row, s))
            continue;
        if (sent++ == 0)
            toc_page_say(p, TOC_STYLE_TITLE, "WHAT IT SENDS");
        toc_buf_printf(&text, "  %s %s: %s%s", row->inject,
                       v->picture.has_ended && toc_msel_is(row, "planned") ? "not sent"
                       : row->state                                        ? row->state
                                                                           : "planned",
                       row->title ? row->title : "", row->is_dropped ? " (dropped)" : "");
        toc_page_line_of(p, TOC_STYLE_PLAIN, &text);
    }
    if (sent == 0)
        toc_page_say(p, TOC_STYLE_PLAIN, "It sends nothing by itself.");
    // What no storyline owns would stand nowhere else.
    for (size_t i = 0; v->deeds && i < v->deeds->mistake_count; i++)
        if (!v->deeds->mistakes[i].storyline) {
            toc_buf_printf(&text, "!!! SCRIPT ERROR: %s", v->deeds->mistakes[i].text);
            toc_page_line_of(p, TOC_STYLE_URGENT, &text);
        }
    toc_buf_fini(&keys);
    toc_buf_fini(&text);
}

static bool is_running(const toc_msel_story *s)
{
    return !s->state || (strcmp(s->state, "ended") != 0 && strcmp(s->state, "dropped") != 0);
}

// A `when` has its place for a name.
static bool sends(const toc_msel_row *row, const toc_msel_story *s)
{
    char *storyline = toc_sprintf("storyline %s", s->name);
    char *when = toc_sprintf("when %s", s->name);
    bool does =
        toc_msel_sends(row, storyline) || toc_msel_sends(row, when) || toc_msel_sends(row, s->name);
    free(storyline);
    free(when);
    return does;
}

static bool has_mistake(const toc_view *v, const char *storyline)
{
    for (size_t i = 0; v->deeds && i < v->deeds->mistake_count; i++) {
        const char *in = v->deeds->mistakes[i].storyline;
        if (in && strcmp(in, storyline) == 0)
            return true;
    }
    return false;
}

static void ask_drop(toc_view *v, const char *name)
{
    char *title = toc_sprintf("Drop %s", name);
    toc_form *f = toc_form_new(title, "drop", "Drop it? What only it would have sent is not sent.");
    f->done = do_drop;
    f->context = toc_strdup(name);
    toc_form_line(f, "reason", "Why?", "", true);
    toc_view_open_form(v, f);
    free(title);
}

static bool do_drop(void *owner, toc_form *f)
{
    toc_view *v = owner;
    toc_event ev;
    toc_event_init(&ev, TOC_K_DROP, 0);
    toc_event_set_str(&ev, TOC_F_STORYLINE, f->context);
    toc_event_set_str(&ev, TOC_F_REASON, toc_form_value(f, "reason"));
    toc_view_act(v, toc_view_wishes(v), &ev, false, "%s is dropped", (const char *)f->context);
    toc_event_fini(&ev);
    return true;
}

static void ask_wake(toc_view *v, const toc_msel_story *s)
{
    if (!s->waits) {
        toc_view_notice(v, TOC_STYLE_WARN, "%s waits for nothing", s->name);
        return;
    }
    char *title = toc_sprintf("Wake %s", s->name);
    char *note = toc_sprintf("It waits %s. Awake, it goes on at once.", s->waits);
    toc_form *f = toc_form_new(title, "wake", NULL);
    f->done = do_wake;
    f->context = toc_strdup(s->name);
    toc_form_note(f, note);
    toc_form_line(f, "reason", "Why?", "", false);
    toc_view_open_form(v, f);
    free(title);
    free(note);
}

static bool do_wake(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const char *reason = toc_form_value(f, "reason");
    toc_event ev;
    toc_event_init(&ev, TOC_K_WAKE, 0);
    toc_event_set_str(&ev, TOC_F_STORYLINE, f->context);
    toc_event_set_str(&ev, TOC_F_REASON, reason[0] ? reason : NULL);
    toc_view_act(v, toc_view_wishes(v), &ev, false, "%s is awake", (const char *)f->context);
    toc_event_fini(&ev);
    return true;
}

static const toc_msel_story *find(const toc_view *v, const char *name)
{
    for (size_t i = 0; i < v->msel.story_count; i++)
        if (v->msel.stories[i].name && strcmp(v->msel.stories[i].name, name) == 0)
            return &v->msel.stories[i];
    return NULL;
}
