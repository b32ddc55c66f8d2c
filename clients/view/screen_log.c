// SPDX-License-Identifier: MIT
// The log: what happened and who did it, as lines that are only ever appended. Each is written when
// it happens, with what was known then.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/feed.h"
#include "view_parts.h"

enum { LINES_MOST = 20000, LINES_DROPPED = 4000 }; // the oldest go; the recording has them all

static void add_line(toc_view *v, toc_log_line line);
static bool is_own_act(const toc_view *v, const toc_event *ev);
static bool is_routine_of(const toc_event *ev);
static toc_style style_of(const toc_event *ev);
static bool is_skipped(const toc_view *v, const toc_event *ev);
static void draw(toc_view *v, toc_grid *g, toc_rect r);
static bool act(toc_view *v, toc_do what, toc_wishes *out);
static void fill_page(toc_view *v, toc_page *page);

const toc_screen toc_screen_log = {
    .name = "Log",
    .places = TOC_IN_PAGE | TOC_IN_LOG,
    .draw = draw,
    .act = act,
};

void toc_view_log(toc_view *v, int64_t n, const toc_event *ev, bool is_history)
{
    toc_log_line line;
    bool is_own = is_own_act(v, ev), is_routine = is_routine_of(ev);
    toc_style style = style_of(ev);
    toc_buf_clear(&v->lines.out);
    if (is_skipped(v, ev))
        return;
    toc_lines_event(&v->lines, &v->picture, ev, n, is_history);
    const char *at = toc_buf_text(&v->lines.out);
    while (toc_view_next_line(&at, &line)) {
        line.is_own = is_own;
        line.is_routine = is_routine;
        line.style = line.style == TOC_STYLE_PLAIN ? style : line.style;
        add_line(v, line);
        style = TOC_STYLE_PLAIN; // its first line alone
    }
    toc_buf_clear(&v->lines.out);
}

bool toc_view_next_line(const char **at, toc_log_line *line)
{
    static const char gutter[] = "| ";
    size_t len = strcspn(*at, "\n");
    if (!**at)
        return false;
    const char *text = *at;
    *line = (toc_log_line){.style = TOC_STYLE_PLAIN};
    if (strncmp(text, gutter, sizeof gutter - 1) == 0) {
        line->is_foreign = true;
        line->text = toc_strndup(text + sizeof gutter - 1, len - (sizeof gutter - 1));
    } else {
        if (strncmp(text, "*** ", 4) == 0)
            line->style = TOC_STYLE_EMERGENCY;
        line->text = toc_strndup(text, len);
    }
    *at += len + ((*at)[len] == '\n');
    return true;
}

void toc_view_log_fini(toc_view *v)
{
    for (size_t i = 0; i < v->log_lines.count; i++)
        free(v->log_lines.lines[i].text);
    free(v->log_lines.lines);
    memset(&v->log_lines, 0, sizeof v->log_lines);
}

static void add_line(toc_view *v, toc_log_line line)
{
    toc_log *log = &v->log_lines;
    if (log->count == LINES_MOST) {
        for (size_t i = 0; i < LINES_DROPPED; i++)
            free(log->lines[i].text);
        log->count -= LINES_DROPPED;
        memmove(log->lines, log->lines + LINES_DROPPED, log->count * sizeof *log->lines);
        log->shown = 0;
        toc_page_clear(&toc_view_room(v, &toc_screen_log)->log);
    }
    TOC_GROW(log->lines, log->count, log->capacity);
    log->lines[log->count++] = line;
}

static void draw(toc_view *v, toc_grid *g, toc_rect r)
{
    toc_room *room = toc_view_room(v, &toc_screen_log);
    // Somebody who reads the end stays at the end; somebody who looks back is not moved.
    bool is_at_end = room->log.top + room->log.height >= room->log.wrapped;
    toc_grid_fill(g, r, TOC_STYLE_PLAIN);
    toc_grid_rule(g, r.x, r.y, r.w,
                  !v->log_lines.is_own_only ? "What happened, and who did it"
                  : v->picture.is_control   ? "What control did (F: all)"
                                            : "What our team did (F: all)");
    toc_rect inside = {r.x, r.y + 1, r.w, r.h - 1};
    fill_page(v, &room->log);
    if (inside.h <= 0)
        return;
    toc_page_draw(&room->log, g, inside);
    if (is_at_end && toc_page_do(&room->log, TOC_DO_LAST)) {
        toc_grid_fill(g, inside, TOC_STYLE_PLAIN);
        toc_page_draw(&room->log, g, inside);
    }
}

// The page takes what came since; only a change of what is shown makes it anew.
static void fill_page(toc_view *v, toc_page *page)
{
    toc_log *log = &v->log_lines;
    for (; log->shown < log->count; log->shown++) {
        const toc_log_line *line = &log->lines[log->shown];
        if (log->is_own_only && !line->is_own)
            continue;
        if (line->is_foreign)
            toc_page_foreign(page, line->text);
        else
            toc_page_say(page, line->style, "%s", line->text);
    }
}

static bool act(toc_view *v, toc_do what, toc_wishes *out)
{
    toc_room *room = toc_view_room(v, &toc_screen_log);
    (void)out;
    if (what == TOC_DO_OWN) {
        v->log_lines.is_own_only = !v->log_lines.is_own_only;
        v->log_lines.shown = 0;
        toc_page_clear(&room->log);
        room->log.top = 0;
        room->log.height = room->log.wrapped = 0;
        return true;
    }
    return toc_page_do(&room->log, what);
}

// Readings, arrivals of lines and pings would bury what matters.
static bool is_skipped(const toc_view *v, const toc_event *ev)
{
    return ev->kind == TOC_K_MARK || (ev->kind == TOC_K_READ && v->picture.is_control);
}

static bool is_own_act(const toc_view *v, const toc_event *ev)
{
    char audience[64];
    const char *by = toc_event_str(ev, TOC_F_BY);
    if (!by || strcmp(by, "engine") == 0)
        return false;
    toc_seat_audience(by, audience);
    return strcmp(audience, v->picture.audience) == 0 || strcmp(by, v->picture.audience) == 0;
}

// What scripts and the world do without anybody's having to turn to it; what people did, were sent
// or are late with is none of it.
static bool is_routine_of(const toc_event *ev)
{
    const char *state = toc_event_str(ev, TOC_F_STATE);
    const char *by = toc_event_str(ev, TOC_F_BY);
    switch (ev->kind) {
    case TOC_K_OPEN_SEAT:
        return by && strcmp(by, "engine") == 0; // those that were there from the beginning
    case TOC_K_STORYLINE:
    case TOC_K_NOTE:
    case TOC_K_LEVEL:
    case TOC_K_MEASURE:
    case TOC_K_REPAIR:
    case TOC_K_READ:
    case TOC_K_ACK:
    case TOC_K_JOIN:
    case TOC_K_LEAVE:
    case TOC_K_SIGN_IN:
    case TOC_K_SIGN_OUT:
        return true;
    case TOC_K_EXPECTATION:
        return !state || (strcmp(state, "overdue") != 0 && strcmp(state, "crossed") != 0);
    default:
        return false;
    }
}

static toc_style style_of(const toc_event *ev)
{
    switch (ev->kind) {
    case TOC_K_INJECT:
    case TOC_K_MESSAGE:
        return toc_event_int(ev, TOC_F_URGENT) ? TOC_STYLE_URGENT : TOC_STYLE_PLAIN;
    case TOC_K_ASK:
    case TOC_K_ARMED:
    case TOC_K_HELD:
    case TOC_K_CUE:
        return TOC_STYLE_WARN;
    case TOC_K_OVERDUE:
    case TOC_K_ERROR:
    case TOC_K_HALT:
    case TOC_K_REFUSED_LATE:
        return TOC_STYLE_BAD;
    default:
        return TOC_STYLE_PLAIN;
    }
}
