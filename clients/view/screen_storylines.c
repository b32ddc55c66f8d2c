// SPDX-License-Identifier: MIT
// Storylines: what runs in the scenario beside the clock, what it waits for, what it will send yet, and where a script went wrong.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "conduct.h"

enum { NAME_MOST = 34, STATE_WIDTH = 9 };

static size_t fill(const toc_view *v, const char *filter, const toc_msel_story **out);
static const toc_msel_story **matching(toc_view *v, size_t *count, const char ***keys);
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context);
static void draw_page(toc_view *v, toc_grid *g, toc_rect r, const toc_msel_story *s);
static bool is_running(const toc_msel_story *s);
static bool sends(const toc_msel_row *row, const toc_msel_story *s);
static size_t count_mistakes(const toc_view *v, const char *storyline);
static void ask_drop(toc_view *v, const char *name);
static bool do_drop(void *owner, toc_form *f);
static void ask_wake(toc_view *v, const toc_msel_story *s);
static bool do_wake(void *owner, toc_form *f);
static const toc_msel_story *find(const toc_view *v, const char *name);

static void draw(toc_view *v, toc_grid *g, toc_rect r)
{
    toc_room *room = toc_view_room(v, &toc_screen_storylines);
    size_t count;
    const char **keys;
    const toc_msel_story **stories = matching(v, &count, &keys);
    toc_rect rows, page;
    toc_grid_fill(g, r, TOC_STYLE_PLAIN);
    toc_view_split(r, count ? count : 1, &rows, &page);
    bool is_alone = room->is_reading && page.h == 0;
    if (count == 0)
        toc_grid_put(g, rows.x, rows.y, rows.w, TOC_STYLE_PLAIN,
                     "  no storyline runs, and none did");
    if (!is_alone)
        toc_view_rows(v, g, rows, room, keys, count, draw_row, stories);
    else
        toc_list_settle(&room->list, keys, count, rows.h);
    const toc_msel_story *shown = count > 0 ? stories[room->list.at] : NULL;
    draw_page(v, g, is_alone ? r : page, shown);
    free(stories);
    free(keys);
}

static bool act(toc_view *v, toc_do what, toc_wishes *out)
{
    (void)out;
    toc_room *room = toc_view_room(v, &toc_screen_storylines);
    size_t count;
    const char **keys;
    const toc_msel_story **stories = matching(v, &count, &keys);
    toc_list_settle(&room->list, keys, count, (int)room->list.height);
    const char *name = count > 0 ? stories[room->list.at]->name : NULL;
    bool did = true;
    if (!room->is_reading && toc_list_do(&room->list, what, keys, count))
        did = true;
    else if (what == TOC_DO_OPEN && !room->is_reading)
        room->is_reading = true;
    else if (v->role == TOC_ROLE_EXCON && name && (what == TOC_DO_DROP || what == TOC_DO_WAKE))
        did = toc_story_act(v, what, name);
    else
        did = false;
    free(stories);
    free(keys);
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

// Running ones first, in the order of the desk. Gives how many there are.
static size_t fill(const toc_view *v, const char *filter, const toc_msel_story **out)
{
    size_t count = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < v->msel.story_count; i++) {
            const toc_msel_story *s = &v->msel.stories[i];
            const char *fields[] = {
                "name", s->name, "state", s->state ? s->state : "", "for", s->waits ? s->waits : "",
                NULL,   NULL};
            if (s->name && is_running(s) == (pass == 0) &&
                toc_filter_passes(filter, fields, s->state ? s->state : ""))
                out[count++] = s;
        }
    return count;
}

static const toc_msel_story **matching(toc_view *v, size_t *count, const char ***keys)
{
    const toc_room *room = toc_view_room(v, &toc_screen_storylines);
    const toc_msel_story **all = toc_alloc((v->msel.story_count + 1) * sizeof *all);
    *count = fill(v, room->list.filter, all);
    *keys = toc_alloc((*count + 1) * sizeof **keys);
    for (size_t i = 0; i < *count; i++)
        (*keys)[i] = all[i]->name;
    return all;
}

static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context)
{
    const toc_msel_story *s = ((const toc_msel_story *const *)context)[i];
    int name = line.w / 3 < NAME_MOST ? line.w / 3 : NAME_MOST;
    size_t mistakes = count_mistakes(v, s->name);
    toc_buf text = {0};
    toc_style style = mistakes ? TOC_STYLE_URGENT : TOC_STYLE_PLAIN;
    toc_grid_put(g, line.x, line.y, 3, style, mistakes ? "!!!" : "");
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

static void draw_page(toc_view *v, toc_grid *g, toc_rect r, const toc_msel_story *s)
{
    toc_room *room = toc_view_room(v, &toc_screen_storylines);
    toc_page *p = &room->page;
    toc_buf text = {0};
    size_t left = 0;
    if (r.h < 2)
        return;
    toc_page_clear(p);
    toc_grid_rule(g, r.x, r.y, r.w, s ? s->name : "Scripts");
    if (s) {
        toc_buf_printf(&text, "%s %s %s", s->name, s->state ? s->state : "?",
                       s->waits ? s->waits : "");
        toc_page_line_of(p, TOC_STYLE_TITLE, &text);
        if (v->role == TOC_ROLE_EXCON && is_running(s))
            toc_page_say(p, TOC_STYLE_PLAIN, "D drops it%s", s->waits ? ", W ends its wait" : "");
    }
    for (size_t i = 0; s && i < v->msel.count; i++) {
        const toc_msel_row *row = &v->msel.rows[i];
        if (row->other || !sends(row, s))
            continue;
        if (left++ == 0)
            toc_page_say(p, TOC_STYLE_TITLE, "WHAT IT SENDS");
        toc_buf_printf(&text, "  %s %s: %s%s", row->inject, row->state ? row->state : "planned",
                       row->title ? row->title : "", row->is_dropped ? " (dropped)" : "");
        toc_page_line_of(p, TOC_STYLE_PLAIN, &text);
    }
    if (s && left == 0)
        toc_page_say(p, TOC_STYLE_PLAIN, "It sends nothing by itself.");
    toc_mistakes_say(v, p, s ? s->name : NULL);
    // What no storyline owns would stand nowhere else.
    for (size_t i = 0; s && v->deeds && i < v->deeds->mistake_count; i++)
        if (!v->deeds->mistakes[i].storyline) {
            toc_buf_printf(&text, "!!! SCRIPT ERROR: %s", v->deeds->mistakes[i].text);
            toc_page_line_of(p, TOC_STYLE_URGENT, &text);
        }
    toc_page_draw(p, g, (toc_rect){r.x, r.y + 1, r.w, r.h - 1});
    if (room->is_reading && !v->form && v->prompt_kind == TOC_PROMPT_NONE)
        toc_grid_cursor(g, r.x, r.y + 1);
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

static size_t count_mistakes(const toc_view *v, const char *storyline)
{
    size_t count = 0;
    for (size_t i = 0; v->deeds && i < v->deeds->mistake_count; i++) {
        const char *in = v->deeds->mistakes[i].storyline;
        count += in && strcmp(in, storyline) == 0;
    }
    return count;
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
