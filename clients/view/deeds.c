// SPDX-License-Identifier: MIT
#include "deeds.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/time.h"
#include "jump.h"
#include "record/feed.h"

enum { FLASH_MS = 20000 };

static toc_deed_row *row_of(toc_deeds *d, const char *inject);
static void add_deed(toc_view *v, const toc_event *ev);
static void add_reader(toc_view *v, const toc_event *ev);
static void add_mistake(toc_deeds *d, const toc_event *ev);
static const char *word_of(toc_kind kind);
static void free_row(toc_deed_row *row);

void toc_deeds_learn(toc_view *v, int64_t n, const toc_event *ev)
{
    (void)n;
    if (!v->deeds)
        v->deeds = toc_alloc(sizeof *v->deeds);
    if (ev->kind == TOC_K_READ || ev->kind == TOC_K_ACK)
        add_reader(v, ev);
    else if (ev->kind == TOC_K_ERROR)
        add_mistake(v->deeds, ev);
    else if (word_of(ev->kind) && toc_event_has(ev, TOC_F_INJECT))
        add_deed(v, ev);
}

void toc_view_drop_plans(toc_view *v)
{
    toc_jump_drop(v);
    toc_deeds_drop(v);
}

void toc_deeds_drop(toc_view *v)
{
    if (!v->deeds)
        return;
    for (size_t i = 0; i < v->deeds->count; i++)
        free_row(&v->deeds->rows[i]);
    for (size_t i = 0; i < v->deeds->mistake_count; i++) {
        free(v->deeds->mistakes[i].storyline);
        free(v->deeds->mistakes[i].text);
    }
    free(v->deeds->rows);
    free(v->deeds->mistakes);
    free(v->deeds);
    v->deeds = NULL;
}

const toc_deed_row *toc_deeds_of(const toc_view *v, const char *inject)
{
    for (size_t i = 0; inject && v->deeds && i < v->deeds->count; i++)
        if (strcasecmp(v->deeds->rows[i].inject, inject) == 0)
            return &v->deeds->rows[i];
    return NULL;
}

size_t toc_deeds_readers(const toc_deed_row *row, bool acks)
{
    size_t count = 0;
    for (size_t i = 0; row && i < row->reader_count; i++)
        count += row->readers[i].is_ack == acks;
    return count;
}

void toc_deed_text(toc_buf *out, const toc_view *v, const toc_deed *d)
{
    const char *word = word_of(d->kind);
    toc_buf_str(out, word ? word : toc_kind_name(d->kind));
    if (d->until >= 0) {
        toc_buf_str(out, " to ");
        toc_play_text(out, d->until);
    }
    if (d->by) {
        toc_buf_str(out, " by ");
        toc_picture_person(&v->picture, out, d->by);
    }
    if (d->why)
        toc_buf_printf(out, ", because %s", d->why);
}

const char *toc_deeds_flash(const toc_view *v, const char *inject)
{
    const toc_deed_row *row = toc_deeds_of(v, inject);
    return row && row->flash && v->mono < row->flash_until ? row->flash : NULL;
}

static toc_deed_row *row_of(toc_deeds *d, const char *inject)
{
    for (size_t i = 0; i < d->count; i++)
        if (strcasecmp(d->rows[i].inject, inject) == 0)
            return &d->rows[i];
    TOC_GROW(d->rows, d->count, d->capacity);
    toc_deed_row *row = &d->rows[d->count++];
    *row = (toc_deed_row){.inject = toc_strdup(inject), .sent = -1};
    return row;
}

static void add_deed(toc_view *v, const toc_event *ev)
{
    toc_deed_row *row = row_of(v->deeds, toc_event_str(ev, TOC_F_INJECT));
    const char *by = toc_event_str(ev, TOC_F_BY);
    bool is_own = by && strcmp(by, v->picture.seat) == 0;
    // A move derives what it moved: of the row itself that says the same again.
    if (ev->kind == TOC_K_MOVED && row->count > 0 &&
        row->deeds[row->count - 1].kind == TOC_K_MOVE &&
        row->deeds[row->count - 1].until == toc_event_int(ev, TOC_F_UNTIL))
        return;
    TOC_GROW(row->deeds, row->count, row->capacity);
    row->deeds[row->count++] = (toc_deed){
        .kind = ev->kind,
        .by = toc_strdup(by),
        .why = toc_strdup(toc_event_str(ev, TOC_F_REASON)),
        .t = ev->t,
        .until = toc_event_has(ev, TOC_F_UNTIL) ? toc_event_int(ev, TOC_F_UNTIL) : -1,
    };
    if (ev->kind == TOC_K_INJECT)
        row->sent = ev->t;
    row->others += !is_own && ev->kind != TOC_K_AWARE;
    if (!by || is_own || !v->is_live)
        return;
    free(row->flash);
    row->flash = toc_strdup(by);
    row->flash_until = v->mono + FLASH_MS;
}

static void add_reader(toc_view *v, const toc_event *ev)
{
    const toc_item *item = toc_picture_number(&v->picture, toc_event_int(ev, TOC_F_ITEM));
    const char *inject = item ? toc_event_str(&item->event, TOC_F_INJECT) : NULL;
    const char *by = toc_event_str(ev, TOC_F_BY);
    char team[64];
    if (!inject || !by)
        return;
    toc_seat_audience(by, team);
    if (strcmp(team, "control") == 0)
        return;
    toc_deed_row *row = row_of(v->deeds, inject);
    bool is_ack = ev->kind == TOC_K_ACK;
    for (size_t i = 0; i < row->reader_count; i++)
        if (row->readers[i].is_ack == is_ack && strcmp(row->readers[i].team, team) == 0)
            return;
    TOC_GROW(row->readers, row->reader_count, row->reader_capacity);
    row->readers[row->reader_count++] =
        (toc_reader){.team = toc_strdup(team), .by = toc_strdup(by), .t = ev->t, .is_ack = is_ack};
}

static void add_mistake(toc_deeds *d, const toc_event *ev)
{
    TOC_GROW(d->mistakes, d->mistake_count, d->mistake_capacity);
    d->mistakes[d->mistake_count++] =
        (toc_mistake){.storyline = toc_strdup(toc_event_str(ev, TOC_F_STORYLINE)),
                      .text = toc_strdup(toc_event_str(ev, TOC_F_TEXT)),
                      .t = ev->t};
}

// What people read of it; NULL: it changes no row.
static const char *word_of(toc_kind kind)
{
    static const struct {
        toc_kind kind;
        const char *word;
    } words[] = {
        {TOC_K_FIRE, "fired"},
        {TOC_K_HOLD, "held"},
        {TOC_K_RELEASE, "released"},
        {TOC_K_SKIP, "skipped"},
        {TOC_K_MOVE, "moved"},
        {TOC_K_EDIT, "edited"},
        {TOC_K_DELIVER, "told"},
        {TOC_K_AWARE, "a team marked aware"},
        {TOC_K_INJECT, "sent"},
        {TOC_K_HELD, "held when it was due"},
        {TOC_K_CUE, "cue to a controller"},
        {TOC_K_MOVED, "moved"},
        {TOC_K_ARMED, "armed"},
    };
    for (size_t i = 0; i < TOC_COUNT(words); i++)
        if (words[i].kind == kind)
            return words[i].word;
    return NULL;
}

static void free_row(toc_deed_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        free(row->deeds[i].by);
        free(row->deeds[i].why);
    }
    for (size_t i = 0; i < row->reader_count; i++) {
        free(row->readers[i].team);
        free(row->readers[i].by);
    }
    free(row->inject);
    free(row->deeds);
    free(row->readers);
    free(row->flash);
}
