// SPDX-License-Identifier: MIT
// What a view knows, put into another one: how a replay goes back. What belongs to the person who looks (tab, rows, pages, forms,
// what is typed) is not touched.
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "copy.h"
#include "deeds.h"
#include "view_parts.h"

static void forget(toc_view *v);
static void take_words(toc_view *v, const toc_view *from);
static void take_lines(toc_view *v, const toc_view *from);
static void take_log(toc_view *v, const toc_view *from);
static void take_deeds(toc_view *v, const toc_deeds *from);
static void own_row(toc_deed_row *row);
static void take_clocks(toc_view *v, const toc_view *from);
static void take_rooms(toc_view *v, const toc_view *from);

void toc_view_return(toc_view *v, const toc_view *from)
{
    forget(v);
    toc_picture_copy(&v->picture, &from->picture);
    toc_msel_copy(&v->msel, &from->msel);
    toc_msel_copy(&v->coming, &from->coming);
    take_words(v, from);
    take_lines(v, from);
    take_log(v, from);
    take_clocks(v, from);
    take_rooms(v, from);
    v->past = (toc_events){0};
    for (size_t i = 0; i < from->past.count; i++)
        toc_event_copy(toc_events_add(&v->past, TOC_K_NOTE, 0), &from->past.at[i]);
    v->past_from = from->past_from;
    v->walls = from->walls;
    TOC_COPY(v->walls.marks, v->walls.count, v->walls.capacity);
    toc_answers_copy(v, from);
    take_deeds(v, from->deeds);
    v->is_news = true;
}

static void forget(toc_view *v)
{
    toc_picture_fini(&v->picture);
    toc_msel_fini(&v->msel);
    toc_msel_fini(&v->coming);
    toc_events_fini(&v->past);
    toc_walls_fini(&v->walls);
    toc_view_drop_answers(v);
    toc_deeds_drop(v);
    for (size_t i = 0; i < v->log_lines.count; i++)
        free(v->log_lines.lines[i].text);
    free(v->log_lines.lines);
}

static void take_words(toc_view *v, const toc_view *from)
{
    const struct {
        char **to, *text;
    } words[] = {
        {&v->notice, from->notice},         {&v->notice_after, from->notice_after},
        {&v->link_why, from->link_why},     {&v->alarm_by, from->alarm_by},
        {&v->alarm_text, from->alarm_text}, {&v->stopped_by, from->stopped_by},
        {&v->stopped_at, from->stopped_at}, {&v->stopped_why, from->stopped_why},
    };
    for (size_t i = 0; i < TOC_COUNT(words); i++) {
        free(*words[i].to);
        *words[i].to = toc_strdup(words[i].text);
    }
    v->notice_style = from->notice_style;
    v->notice_at = from->notice_at;
    v->notice_after_style = from->notice_after_style;
    v->is_bad_kept = from->is_bad_kept;
}

static void take_lines(toc_view *v, const toc_view *from)
{
    toc_timeline_fini(&v->lines.timeline);
    v->lines.timeline = from->lines.timeline;
    TOC_COPY(v->lines.timeline.changes, v->lines.timeline.count, v->lines.timeline.capacity);
    v->lines.clock = from->lines.clock;
    v->lines.learned = from->lines.learned;
    v->lines.now = from->lines.now;
}

// The page of the log is made anew, and stays where it stood.
static void take_log(toc_view *v, const toc_view *from)
{
    toc_room *room = toc_view_room(v, &toc_screen_log);
    const bool is_own_only = v->log_lines.is_own_only;
    v->log_lines = from->log_lines;
    v->log_lines.is_own_only = is_own_only;
    v->log_lines.shown = 0;
    TOC_COPY(v->log_lines.lines, v->log_lines.count, v->log_lines.capacity);
    for (size_t i = 0; i < v->log_lines.count; i++)
        TOC_OWN(v->log_lines.lines[i].text);
    if (room)
        toc_page_clear(&room->log);
}

static void take_clocks(toc_view *v, const toc_view *from)
{
    v->link = from->link;
    v->lost_at = from->lost_at;
    v->mono = from->mono;
    v->clock_at = from->clock_at;
    memcpy(v->wall, from->wall, sizeof v->wall);
    v->status_due = from->status_due;
    v->status_at = from->status_at;
    v->status_number = from->status_number;
    v->is_status_out = from->is_status_out;
    v->is_live = from->is_live;
    v->live_at = from->live_at;
    v->has_alarm = from->has_alarm;
    v->alarm_at = from->alarm_at;
    v->has_asked_name = from->has_asked_name;
    v->seats_due = from->seats_due;
    v->has_rung = from->has_rung;
    v->rung_at = from->rung_at;
}

// Where nobody chose a row, what came chose it.
static void take_rooms(toc_view *v, const toc_view *from)
{
    for (size_t i = 0; i < v->room_count && i < from->room_count; i++)
        if (!v->rooms[i].has_moved && !v->rooms[i].is_reading)
            toc_list_select(&v->rooms[i].list, from->rooms[i].list.key);
}

static void take_deeds(toc_view *v, const toc_deeds *from)
{
    if (!from)
        return;
    toc_deeds *d = v->deeds = toc_alloc(sizeof *d);
    *d = *from;
    TOC_COPY(d->rows, d->count, d->capacity);
    for (size_t i = 0; i < d->count; i++)
        own_row(&d->rows[i]);
    TOC_COPY(d->mistakes, d->mistake_count, d->mistake_capacity);
    for (size_t i = 0; i < d->mistake_count; i++) {
        TOC_OWN(d->mistakes[i].storyline);
        TOC_OWN(d->mistakes[i].text);
    }
}

static void own_row(toc_deed_row *row)
{
    TOC_OWN(row->inject);
    TOC_OWN(row->flash);
    TOC_COPY(row->deeds, row->count, row->capacity);
    for (size_t i = 0; i < row->count; i++) {
        TOC_OWN(row->deeds[i].by);
        TOC_OWN(row->deeds[i].why);
    }
    TOC_COPY(row->readers, row->reader_count, row->reader_capacity);
    for (size_t i = 0; i < row->reader_count; i++) {
        TOC_OWN(row->readers[i].team);
        TOC_OWN(row->readers[i].by);
    }
}
