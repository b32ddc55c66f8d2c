// SPDX-License-Identifier: MIT
#include "seats.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "deeds.h"
#include "record/feed.h"
#include "table.h"

static void add_clock(toc_buf *out, int64_t s);
static bool is_addressed(const toc_event *inject, const char *team);
static bool has_read(const toc_deed_row *row, const char *team);

bool toc_seat_is_silent(const toc_neighbour *seat)
{
    return seat->silent_s >= TOC_SILENT_S && (seat->is_present || seat->lost);
}

bool toc_seat_is_player(const toc_neighbour *seat)
{
    char audience[64];
    toc_seat_audience(seat->id, audience);
    return strcmp(audience, "control") != 0 && strcmp(audience, "board") != 0;
}

size_t toc_players_here(const toc_picture *p, size_t *count)
{
    size_t here = 0;
    *count = 0;
    for (size_t i = 0; i < p->neighbour_count; i++) {
        bool is_player = toc_seat_is_player(&p->neighbours[i]);
        *count += is_player;
        here += is_player && p->neighbours[i].is_present;
    }
    return here;
}

void toc_seat_state(toc_buf *out, const toc_neighbour *seat)
{
    if (toc_seat_is_silent(seat)) {
        toc_buf_str(out, "SILENT ");
        add_clock(out, seat->silent_s);
    } else if (seat->is_present) {
        toc_buf_str(out, "here");
        if (seat->idle_s >= TOC_IDLE_S && toc_seat_is_player(seat)) {
            toc_buf_str(out, ", idle ");
            toc_seconds_text(out, seat->idle_s);
        }
    } else if (seat->silent_s >= 0) {
        toc_buf_str(out, "left ");
        toc_seconds_text(out, seat->silent_s);
        toc_buf_str(out, " ago");
    } else {
        toc_buf_str(out, "empty");
    }
}

int64_t toc_team_idle(const toc_picture *p, const char *team, size_t *seats)
{
    int64_t least = -1;
    if (seats)
        *seats = 0;
    for (size_t i = 0; i < p->neighbour_count; i++) {
        const toc_neighbour *seat = &p->neighbours[i];
        char audience[64];
        toc_seat_audience(seat->id, audience);
        if (!seat->is_present || strcmp(audience, team) != 0)
            continue;
        if (seats)
            ++*seats;
        if (seat->idle_s >= 0 && (least < 0 || seat->idle_s < least))
            least = seat->idle_s;
    }
    return least;
}

bool toc_team_is_idle(const toc_view *v, const char *team)
{
    size_t seats;
    int64_t idle = toc_team_idle(&v->picture, team, &seats);
    bool runs = strcmp(v->lines.clock.state, "running") == 0;
    if (seats == 0 || !runs || toc_view_now(v) < (int64_t)TOC_IDLE_S * 1000)
        return false;
    return idle < 0 || idle >= TOC_IDLE_S;
}

const toc_question *toc_team_question(const toc_picture *p, const char *team, size_t *count)
{
    const toc_question *next = NULL;
    *count = 0;
    for (size_t i = 0; i < p->question_count && !p->has_ended; i++) {
        const toc_question *q = &p->questions[i];
        const char *of = toc_event_str(&q->ask, TOC_F_TEAM);
        if (q->state > TOC_QUESTION_RULING || !of || strcmp(of, team) != 0)
            continue;
        ++*count;
        if (!next || q->deadline < next->deadline)
            next = q;
    }
    return next;
}

size_t toc_team_unread(const toc_view *v, const char *team)
{
    size_t count = 0;
    for (size_t i = 0; i < v->picture.item_count; i++) {
        const toc_event *ev = &v->picture.items[i].event;
        const char *inject = toc_event_str(ev, TOC_F_INJECT);
        if (ev->kind == TOC_K_INJECT && toc_event_int(ev, TOC_F_URGENT) && is_addressed(ev, team) &&
            !has_read(toc_deeds_of(v, inject), team))
            count++;
    }
    return count;
}

void toc_seats_prompt(const toc_view *v, toc_buf *out)
{
    const toc_picture *p = &v->picture;
    const toc_neighbour *silent = NULL;
    const char *idle = NULL;
    size_t silents = 0, idles = 0;
    for (size_t i = 0; i < p->neighbour_count && !p->has_ended; i++)
        if (toc_seat_is_silent(&p->neighbours[i]) && toc_seat_is_player(&p->neighbours[i])) {
            silent = silent ? silent : &p->neighbours[i];
            silents++;
        }
    for (size_t i = 0; i < p->team_count && !p->has_ended; i++)
        if (toc_team_is_idle(v, p->teams[i].id)) {
            idle = idle ? idle : p->teams[i].id;
            idles++;
        }
    if (silent) {
        toc_buf_str(out, "SILENT ");
        toc_put_visible(out, silent->id);
        toc_buf_char(out, ' ');
        add_clock(out, silent->silent_s);
        if (silents > 1)
            toc_buf_printf(out, " +%zu", silents - 1);
    }
    if (idle) {
        int64_t s = toc_team_idle(p, idle, NULL);
        toc_buf_printf(out, "%snothing from %s", silent ? " . " : "", idle);
        if (s >= 0) {
            toc_buf_str(out, " for ");
            toc_seconds_text(out, s);
        } else {
            toc_buf_str(out, " yet");
        }
        if (idles > 1)
            toc_buf_printf(out, " +%zu", idles - 1);
    }
}

void toc_seconds_text(toc_buf *out, int64_t s)
{
    if (s < 60)
        toc_buf_printf(out, "%llds", (long long)s);
    else if (s < 3600)
        toc_buf_printf(out, "%lldm", (long long)(s / 60));
    else
        toc_buf_printf(out, "%lldh%02lldm", (long long)(s / 3600), (long long)(s / 60 % 60));
}

// "02:10", and "1h05m" from an hour on.
static void add_clock(toc_buf *out, int64_t s)
{
    if (s < 3600)
        toc_buf_printf(out, "%02lld:%02lld", (long long)(s / 60), (long long)(s % 60));
    else
        toc_seconds_text(out, s);
}

static bool is_addressed(const toc_event *inject, const char *team)
{
    const toc_value *to = toc_event_value(inject, TOC_F_TO);
    for (size_t i = 0; to && i < to->count; i++)
        if (strcmp(to->list[i], team) == 0 || strcmp(to->list[i], "all") == 0)
            return true;
    return false;
}

static bool has_read(const toc_deed_row *row, const char *team)
{
    for (size_t i = 0; row && i < row->reader_count; i++)
        if (strcmp(row->readers[i].team, team) == 0)
            return true;
    return false;
}
