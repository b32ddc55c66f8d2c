// SPDX-License-Identifier: MIT
// The seats, team by team: who sits there, who is silent or idle, and what waits at the team. EXCON
// opens, ends and reassigns them.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "decide.h"
#include "record/feed.h"
#include "seats.h"
#include "table.h"

enum { NARROW = 70, MARK_COLUMNS = 4, TEAM_COLUMNS = 18, STATE_COLUMNS = 16, SEAT_LEAST = 8 };

static void collect(toc_view *v, const toc_room *room, toc_table *rows);
static void add_audience(toc_view *v, const toc_room *room, toc_table *rows, const char *audience);
static bool passes(const toc_view *v, const toc_room *room, const toc_neighbour *seat);
static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows);
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context);
static bool is_first_of(const toc_table *rows, size_t i);
static toc_style style_of(const toc_view *v, const toc_neighbour *seat);
static const char *mark_of(const toc_view *v, const toc_neighbour *seat);
static void put_team(const toc_view *v, toc_buf *out, const char *team);
static void say_seat(toc_view *v, toc_page *page, const toc_neighbour *seat);
static void say_people(toc_view *v, toc_page *page, const toc_neighbour *seat);
static void say_team(toc_view *v, toc_page *page, const char *team);
static void decide_for(toc_view *v, const toc_neighbour *seat);
static const char *team_name(const toc_view *v, const char *audience);

static void draw(toc_view *v, toc_grid *g, toc_rect r)
{
    toc_room *room = toc_view_room(v, &toc_screen_seats);
    toc_table rows = {0};
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    toc_table_show(room, at < rows.count ? rows.keys[at] : NULL);
    if (at < rows.count)
        say_seat(v, &room->page, rows.behind[at]);
    else
        toc_page_say(&room->page, TOC_STYLE_PLAIN, "%s",
                     room->list.filter ? "No seat passes the filter. Esc shows all."
                                       : "There are no seats.");
    toc_table_draw(v, g, r, room, &rows, put_heading, at < rows.count ? rows.keys[at] : "",
                   draw_row);
    toc_table_fini(&rows);
}

static bool act(toc_view *v, toc_do what, toc_wishes *out)
{
    toc_room *room = toc_view_room(v, &toc_screen_seats);
    toc_table rows = {0};
    (void)out;
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    const toc_neighbour *seat = at < rows.count ? rows.behind[at] : NULL;
    bool did = true;
    if (what == TOC_DO_DECIDE && v->role == TOC_ROLE_EXCON && seat)
        decide_for(v, seat);
    else
        did = toc_seat_act(v, what, seat ? seat->id : NULL) || toc_table_do(&rows, room, what);
    toc_table_fini(&rows);
    return did;
}

static void about(toc_view *v, toc_event *observe)
{
    toc_room *room = toc_view_room(v, &toc_screen_seats);
    toc_table rows = {0};
    char audience[64];
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    if (at < rows.count && toc_seat_is_player(rows.behind[at])) {
        toc_seat_audience(rows.keys[at], audience);
        toc_event_set_str(observe, TOC_F_TEAM, audience);
    }
    toc_table_fini(&rows);
}

// Those that went silent.
static void badge(toc_view *v, toc_buf *out)
{
    size_t silent = 0;
    for (size_t i = 0; i < v->picture.neighbour_count; i++)
        silent += toc_seat_is_silent(&v->picture.neighbours[i]);
    if (silent > 0)
        toc_buf_printf(out, " !%zu", silent);
}

const toc_screen toc_screen_seats = {
    .name = "Seats",
    .places = TOC_IN_LIST | TOC_IN_SEATS,
    .badge = badge,
    .draw = draw,
    .act = act,
    .about = about,
};

// The teams in the order of the scenario, then those who conduct, then what is left.
static void collect(toc_view *v, const toc_room *room, toc_table *rows)
{
    for (size_t i = 0; i < v->picture.team_count; i++)
        add_audience(v, room, rows, v->picture.teams[i].id);
    add_audience(v, room, rows, "control");
    add_audience(v, room, rows, "board");
}

static void add_audience(toc_view *v, const toc_room *room, toc_table *rows, const char *audience)
{
    for (size_t i = 0; i < v->picture.neighbour_count; i++) {
        const toc_neighbour *seat = &v->picture.neighbours[i];
        char of[64];
        toc_seat_audience(seat->id, of);
        if (strcmp(of, audience) == 0 && passes(v, room, seat))
            toc_table_add(rows, seat, seat->id);
    }
}

static bool passes(const toc_view *v, const toc_room *room, const toc_neighbour *seat)
{
    char audience[64];
    toc_seat_audience(seat->id, audience);
    const char *const fields[] = {
        "seat", seat->id, "name", seat->name ? seat->name : "", "team", team_name(v, audience),
        NULL};
    toc_buf flags = {0};
    if (toc_seat_is_silent(seat))
        toc_buf_str(&flags, "silent ");
    toc_buf_str(&flags, seat->is_present ? "here" : "empty");
    bool does = toc_filter_passes(room->list.filter, fields, toc_buf_text(&flags));
    toc_buf_fini(&flags);
    return does;
}

// "9 seats, 7 taken, 1 SILENT"
static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows)
{
    size_t here = 0, silent = 0;
    (void)v, (void)room;
    for (size_t i = 0; i < rows->count; i++) {
        const toc_neighbour *seat = rows->behind[i];
        here += seat->is_present && !toc_seat_is_silent(seat);
        silent += toc_seat_is_silent(seat);
    }
    toc_buf_printf(out, "%zu seat%s, %zu taken", rows->count, rows->count == 1 ? "" : "s", here);
    if (silent > 0)
        toc_buf_printf(out, ", %zu SILENT", silent);
}

// "!!! Wind farm    wind-1   SILENT 02:10    R. Lind, D-03 06:10 left"
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context)
{
    const toc_table *rows = context;
    const toc_neighbour *seat = rows->behind[i];
    bool is_first = is_first_of(rows, i);
    int wide = SEAT_LEAST, x = line.x + MARK_COLUMNS, end = line.x + line.w;
    toc_style style = style_of(v, seat);
    toc_buf text = {0}, team = {0};
    char audience[64];
    toc_seat_audience(seat->id, audience);
    for (size_t k = 0; k < rows->count; k++) {
        int len = toc_text_columns(rows->keys[k], strlen(rows->keys[k]));
        wide = len > wide && len < 16 ? len : wide;
    }
    toc_grid_put(g, line.x, line.y, MARK_COLUMNS - 1, style, mark_of(v, seat));
    if (line.w >= NARROW) {
        if (is_first)
            toc_grid_put(g, x, line.y, TEAM_COLUMNS - 1, TOC_STYLE_TITLE, team_name(v, audience));
        x += TEAM_COLUMNS;
    }
    toc_grid_put(g, x, line.y, wide, style, seat->id);
    x += wide + 1;
    toc_seat_state(&text, seat);
    toc_grid_put(g, x, line.y, STATE_COLUMNS - 1, style, toc_buf_text(&text));
    x += STATE_COLUMNS;
    toc_buf_clear(&text);
    toc_put_visible(&text, seat->name ? seat->name : seat->is_present ? "nobody signed in" : "");
    if (is_first && toc_seat_is_player(seat))
        put_team(v, &team, audience);
    if (team.len > 0)
        toc_buf_printf(&text, "%s%s", text.len ? ", " : "", toc_buf_text(&team));
    toc_grid_put(g, x, line.y, end - x, style, toc_buf_text(&text));
    toc_buf_fini(&text);
    toc_buf_fini(&team);
}

static bool is_first_of(const toc_table *rows, size_t i)
{
    char here[64], above[64];
    if (i == 0)
        return true;
    toc_seat_audience(rows->keys[i], here);
    toc_seat_audience(rows->keys[i - 1], above);
    return strcmp(here, above) != 0;
}

static toc_style style_of(const toc_view *v, const toc_neighbour *seat)
{
    char audience[64];
    toc_seat_audience(seat->id, audience);
    if (toc_seat_is_silent(seat))
        return TOC_STYLE_URGENT;
    if (!toc_seat_is_player(seat))
        return TOC_STYLE_PLAIN;
    return !seat->is_present || toc_team_is_idle(v, audience) ? TOC_STYLE_WARN : TOC_STYLE_PLAIN;
}

static const char *mark_of(const toc_view *v, const toc_neighbour *seat)
{
    char audience[64];
    toc_seat_audience(seat->id, audience);
    if (toc_seat_is_silent(seat))
        return "!!!";
    if (!toc_seat_is_player(seat))
        return seat->is_present ? "" : " -";
    return !seat->is_present ? " -" : toc_team_is_idle(v, audience) ? " ?" : "";
}

// What waits at a team: "D-03 06:10 left +1, 1 urgent unread"
static void put_team(const toc_view *v, toc_buf *out, const char *team)
{
    size_t count, unread = toc_team_unread(v, team);
    const toc_question *q = toc_team_question(&v->picture, team, &count);
    if (q) {
        toc_put_visible(out, toc_event_str(&q->ask, TOC_F_DECISION));
        toc_buf_char(out, ' ');
        if (q->state == TOC_QUESTION_RULING)
            toc_buf_str(out, "waits for a ruling");
        else
            toc_view_left(v, out, q->deadline);
        if (count > 1)
            toc_buf_printf(out, " +%zu", count - 1);
    }
    if (unread > 0)
        toc_buf_printf(out, "%s%zu urgent unread", out->len ? ", " : "", unread);
}

// ---- one of them ---------------------------------------------------------------------------------------------

static void say_seat(toc_view *v, toc_page *page, const toc_neighbour *seat)
{
    char audience[64];
    toc_buf text = {0};
    toc_seat_audience(seat->id, audience);
    toc_picture_person(&v->picture, &text, seat->id);
    toc_page_say(page, TOC_STYLE_TITLE, "%s", toc_buf_text(&text));
    toc_buf_clear(&text);
    toc_put_visible(&text, team_name(v, audience));
    toc_buf_str(&text, ": ");
    toc_seat_state(&text, seat);
    toc_page_say(page, toc_seat_is_silent(seat) ? TOC_STYLE_BAD : TOC_STYLE_PLAIN, "%s",
                 toc_buf_text(&text));
    toc_buf_fini(&text);
    say_people(v, page, seat);
    if (toc_seat_is_player(seat))
        say_team(v, page, audience);
    if (v->role == TOC_ROLE_EXCON && strcmp(seat->id, v->seat) != 0)
        toc_page_say(page, TOC_STYLE_PLAIN,
                     "A dead machine: the same ticket works at another one, and the seat goes on "
                     "where it was.");
}

static void say_people(toc_view *v, toc_page *page, const toc_neighbour *seat)
{
    toc_buf text = {0};
    if (seat->name) {
        toc_buf_str(&text, "signed in");
        if (seat->since) {
            toc_buf_str(&text, " at ");
            toc_walls_clock_text(&v->walls, &text, seat->since);
        }
    } else {
        toc_buf_str(&text, "nobody has signed in");
    }
    if (toc_seat_is_silent(seat)) {
        toc_buf_str(&text, "; its link or its machine may be gone: telephone, or send somebody");
    } else if (seat->is_present && seat->idle_s >= 0) {
        toc_buf_str(&text, "; did something ");
        toc_seconds_text(&text, seat->idle_s);
        toc_buf_str(&text, " ago");
    } else if (seat->is_present) {
        toc_buf_str(&text, "; has done nothing yet");
    }
    toc_page_say(page, TOC_STYLE_PLAIN, "%s", toc_buf_text(&text));
    toc_buf_fini(&text);
}

static void say_team(toc_view *v, toc_page *page, const char *team)
{
    size_t count, unread = toc_team_unread(v, team), seats;
    const toc_question *q = toc_team_question(&v->picture, team, &count);
    toc_buf text = {0};
    toc_team_idle(&v->picture, team, &seats);
    toc_page_say(page, TOC_STYLE_PLAIN, "%s", "");
    if (seats == 0)
        toc_page_say(page, TOC_STYLE_WARN, "Nobody of this team is there.%s",
                     q && v->role == TOC_ROLE_EXCON ? " d decides for it, with your reason." : "");
    else if (toc_team_is_idle(v, team))
        toc_page_say(page, TOC_STYLE_WARN,
                     "This team has done nothing for ten minutes: look in on it.");
    if (q) {
        toc_buf_str(&text, "decision ");
        toc_put_visible(&text, toc_event_str(&q->ask, TOC_F_DECISION));
        toc_buf_char(&text, ' ');
        toc_put_visible(&text, toc_event_str(&q->ask, TOC_F_TITLE));
        toc_buf_str(&text, ": ");
        if (q->state == TOC_QUESTION_RULING)
            toc_buf_str(&text, "its answer waits for EXCON's ruling");
        else
            toc_view_left(v, &text, q->deadline);
        if (count > 1)
            toc_buf_printf(&text, " (%zu more)", count - 1);
        toc_page_say(page, TOC_STYLE_PLAIN, "%s", toc_buf_text(&text));
    } else {
        toc_page_say(page, TOC_STYLE_PLAIN, "no decision is open here");
    }
    if (unread > 0)
        toc_page_say(page, TOC_STYLE_WARN, "%zu urgent inject%s not opened here yet", unread,
                     unread == 1 ? " is" : "s are");
    toc_buf_fini(&text);
}

static void decide_for(toc_view *v, const toc_neighbour *seat)
{
    char audience[64];
    size_t count;
    toc_seat_audience(seat->id, audience);
    const toc_question *q = toc_team_question(&v->picture, audience, &count);
    if (q)
        toc_decide_open(v, q);
    else
        toc_view_notice(v, TOC_STYLE_NOTICE, "no decision of %s is open", team_name(v, audience));
}

static const char *team_name(const toc_view *v, const char *audience)
{
    if (strcmp(audience, "control") == 0)
        return "control";
    return strcmp(audience, "board") == 0 ? "board" : toc_view_name(v, audience);
}
