// SPDX-License-Identifier: MIT
#include "sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "lines_parts.h"
#include "record/feed.h"
#include "seats.h"

enum { NEXT = 5, NOTES = 3, MISTAKES = 3 };

// What a section is made of, and from.
typedef struct {
    toc_sheet *sheet;
    const toc_lines *l;
    const toc_picture *p;
    const toc_msel *m;
    size_t count; // rows of the section so far
    toc_sheet_kind kind;
    const char *head; // said before the first of them
} section;

static void add_decisions(section *s);
static void add_requests(section *s);
static void add_injects(section *s);
static void add_inject(section *s, const toc_msel_row *row, bool is_cued);
static void add_next(section *s);
static int64_t next_at(const section *s, size_t i);
static void add_coming(section *s, size_t i, int64_t at);
static void add_promises(section *s);
static void add_expected(section *s);
static void add_deadlocks(section *s);
static void add_storylines(section *s);
static void add_mistakes(section *s);
static void add_seats(section *s);
static void add_empty(section *s, size_t first);
static bool is_first_empty(const toc_picture *p, size_t i);
static bool is_same_team(const toc_neighbour *a, const toc_neighbour *b);
static void add_notes(section *s);
static void begin(section *s, toc_sheet_kind kind, const char *head);
static void end(section *s, const char *none);
static void add(section *s, const char *id, bool is_loud, toc_buf *text);
static void add_number(section *s, int64_t n, bool is_loud, toc_buf *text);
static bool is_empty(const toc_neighbour *seat);
static void put(section *s, toc_sheet_kind kind, const char *id, bool is_loud, char *text);
static bool is_state(const toc_msel_row *row, const char *state);

void toc_sheet_make(toc_sheet *sheet, const toc_lines *l, const toc_picture *p, const toc_msel *m)
{
    section s = {.sheet = sheet, .l = l, .p = p, .m = m};
    add_decisions(&s);
    add_requests(&s);
    add_injects(&s);
    add_promises(&s);
    add_expected(&s);
    add_deadlocks(&s);
    add_next(&s);
    add_seats(&s);
    add_storylines(&s);
    add_mistakes(&s);
    add_notes(&s);
}

void toc_sheet_fini(toc_sheet *s)
{
    for (size_t i = 0; i < s->count; i++) {
        free(s->rows[i].id);
        free(s->rows[i].text);
    }
    free(s->rows);
    memset(s, 0, sizeof *s);
}

static void add_decisions(section *s)
{
    const toc_picture *p = s->p;
    begin(s, TOC_SHEET_DECISION, "DECISIONS that are open:");
    for (size_t i = 0; i < p->question_count && !p->has_ended; i++) {
        const toc_question *q = &p->questions[i];
        toc_buf text = {0};
        if (q->state > TOC_QUESTION_RULING)
            continue;
        bool is_waiting = q->state == TOC_QUESTION_RULING || q->is_crossed;
        toc_buf_printf(&text, "%s of %s: %s ", toc_event_str(&q->ask, TOC_F_DECISION),
                       toc_event_str(&q->ask, TOC_F_TEAM), toc_event_str(&q->ask, TOC_F_TITLE));
        if (q->state == TOC_QUESTION_RULING) {
            toc_buf_printf(&text, "WAITS FOR A RULING on \"%s\", by ", q->answer ? q->answer : "");
            toc_picture_person(p, &text, q->by);
        } else if (q->is_crossed) {
            toc_buf_str(&text, "WAITS FOR A RULING: story time has jumped over its deadline");
        } else {
            toc_buf_str(&text, "by ");
            toc_play_text(&text, q->deadline);
            toc_buf_str(&text, q->deadline >= s->l->now ? ", " : ", late");
            if (q->deadline >= s->l->now) {
                toc_duration_text(&text, (q->deadline - s->l->now) / 1000 * 1000);
                toc_buf_str(&text, " left");
            }
        }
        add(s, toc_event_str(&q->ask, TOC_F_DECISION), is_waiting, &text);
    }
    end(s, "DECISIONS: none is open");
}

static void add_requests(section *s)
{
    begin(s, TOC_SHEET_ITEM, "REQUESTS FOR INFORMATION AND MESSAGES without an answer:");
    for (size_t i = 0; i < s->p->item_count; i++) {
        const toc_item *item = &s->p->items[i];
        toc_buf text = {0};
        if (!toc_item_is_open(item) && !toc_item_is_waiting(item))
            continue;
        toc_play_text(&text, item->event.t);
        toc_buf_char(&text, ' ');
        toc_item_head(&text, item);
        toc_buf_str(&text, " [with ");
        if (item->claimed_by)
            toc_picture_person(s->p, &text, item->claimed_by);
        else
            toc_buf_str(&text, item->is_for_parties ? "nobody" : "those who were asked");
        toc_buf_char(&text, ']');
        add_number(s, item->n, item->is_for_parties && !item->claimed_by, &text);
    }
    end(s, "REQUESTS FOR INFORMATION AND MESSAGES: all are answered");
}

static void add_injects(section *s)
{
    begin(s, TOC_SHEET_INJECT, "INJECTS that wait for somebody:");
    for (size_t i = 0; i < s->m->count; i++) {
        const toc_msel_row *row = &s->m->rows[i];
        bool is_cued = is_state(row, "cued");
        if (is_cued || is_state(row, "held"))
            add_inject(s, row, is_cued);
    }
    end(s, "INJECTS: none is held, no cue is open");
}

static void add_inject(section *s, const toc_msel_row *row, bool is_cued)
{
    const toc_cue *cue = is_cued ? toc_picture_cue(s->p, row->inject) : NULL;
    bool is_due = row->due >= 0 && row->due <= s->l->now;
    toc_buf text = {0};
    toc_buf_printf(&text, "%s %s to %s: %s", row->inject, is_cued ? "CUE" : "held",
                   row->to ? row->to : "?", row->title ? row->title : "");
    if (row->due >= 0) {
        toc_buf_str(&text, ", due ");
        toc_play_text(&text, row->due);
    }
    if (row->reason)
        toc_buf_printf(&text, " (%s)", row->reason);
    if (is_cued)
        toc_buf_printf(&text, ", for %s to tell", row->controller ? row->controller : "control");
    if (cue && cue->claimed_by) {
        toc_buf_str(&text, ", with ");
        toc_picture_person(s->p, &text, cue->claimed_by);
    }
    add(s, row->inject, is_cued ? !cue || !cue->claimed_by : is_due, &text);
}

// By the clock, soonest first: injects, decisions that will be asked or are due, phases.
static void add_next(section *s)
{
    const size_t all = s->m->count + s->p->question_count;
    int64_t after = -1;
    size_t newest = 0; // two may come at once
    begin(s, TOC_SHEET_NEXT, "NEXT by the clock:");
    while (s->count < NEXT && !s->p->has_ended) {
        size_t next = all;
        int64_t soonest = INT64_MAX;
        for (size_t i = 0; i < all; i++) {
            int64_t at = next_at(s, i);
            bool is_later = at > after || (at == after && i > newest);
            if (at >= 0 && is_later && at < soonest) {
                soonest = at;
                next = i;
            }
        }
        if (next == all)
            break;
        after = soonest;
        newest = next;
        add_coming(s, next, soonest);
    }
    end(s, "NEXT: nothing comes by the clock");
}

// When the i-th of the list's rows, and behind them of the questions, comes by the clock; -1: it does not.
static int64_t next_at(const section *s, size_t i)
{
    if (i < s->m->count) {
        const toc_msel_row *row = &s->m->rows[i];
        bool comes = row->other ? !toc_msel_was_asked(row, s->p)
                                : toc_msel_is(row, "planned") && !row->is_manual;
        return comes ? row->due : -1;
    }
    const toc_question *q = &s->p->questions[i - s->m->count];
    bool is_due = q->state == TOC_QUESTION_OPEN && !q->is_crossed && q->deadline >= s->l->now;
    return is_due ? q->deadline : -1;
}

static void add_coming(section *s, size_t i, int64_t at)
{
    toc_buf text = {0};
    toc_play_text(&text, at);
    if (i < s->m->count) {
        const toc_msel_row *row = &s->m->rows[i];
        toc_buf_printf(&text, " %s%s%s%s%s: %s", row->other ? row->other : "",
                       row->other ? " " : "", row->inject, row->to && row->to[0] ? " to " : "",
                       row->to ? row->to : "", row->title ? row->title : "");
        add(s, row->inject, false, &text);
        return;
    }
    const toc_event *ask = &s->p->questions[i - s->m->count].ask;
    toc_buf_printf(&text, " decision %s of %s is due: %s", toc_event_str(ask, TOC_F_DECISION),
                   toc_event_str(ask, TOC_F_TEAM), toc_event_str(ask, TOC_F_TITLE));
    add(s, toc_event_str(ask, TOC_F_DECISION), false, &text);
}

static void add_promises(section *s)
{
    begin(s, TOC_SHEET_PROMISE, "PROMISES that are open:");
    for (size_t i = 0; i < s->p->promise_count; i++) {
        const toc_promise *promise = &s->p->promises[i];
        const toc_event *ev = &promise->event;
        bool is_past = toc_event_has(ev, TOC_F_UNTIL) && toc_event_int(ev, TOC_F_UNTIL) < s->l->now;
        toc_buf text = {0};
        if (promise->is_kept)
            continue;
        toc_act_text_of(&text, s->p, ev, promise->n);
        add_number(s, promise->n, is_past, &text);
    }
    end(s, "PROMISES: none is open");
}

static void add_expected(section *s)
{
    begin(s, TOC_SHEET_EXPECTED, "EXPECTED ACTIONS that were not seen in time:");
    for (size_t i = 0; i < s->p->situation.expectation_count; i++) {
        const toc_known_expectation *x = &s->p->situation.expectations[i];
        toc_buf text = {0};
        if (toc_expected_group(x) != 0)
            continue;
        toc_buf_printf(&text, "%s of %s", x->id, x->team ? x->team : "?");
        if (x->deadline >= 0) {
            toc_buf_str(&text, ", by ");
            toc_deadline_text(&text, s->l, x);
        }
        toc_buf_printf(&text, ": %s", x->text ? x->text : "");
        add(s, x->id, true, &text);
    }
    end(s, "EXPECTED ACTIONS: none is overdue");
}

static void add_deadlocks(section *s)
{
    begin(s, TOC_SHEET_DEADLOCK, "DEADLOCKS, of which none comes back by itself:");
    for (size_t i = 0; i < s->p->situation.deadlock_count; i++) {
        const toc_known_deadlock *d = &s->p->situation.deadlocks[i];
        toc_buf text = {0};
        if (d->is_over || d->count == 0)
            continue;
        toc_circle_text(&text, s->p, d);
        add(s, d->members[0], true, &text);
    }
    end(s, NULL);
}

static void add_storylines(section *s)
{
    begin(s, TOC_SHEET_STORYLINE, "STORYLINES that wait:");
    for (size_t i = 0; i < s->m->story_count; i++) {
        const toc_msel_story *story = &s->m->stories[i];
        toc_buf text = {0};
        bool is_over = story->state &&
                       (strcmp(story->state, "ended") == 0 || strcmp(story->state, "dropped") == 0);
        if (is_over || !story->name || !story->waits)
            continue;
        toc_buf_printf(&text, "%s, %s %s", story->name, story->state ? story->state : "waits",
                       story->waits);
        add(s, story->name, false, &text);
    }
    end(s, NULL);
}

static void add_mistakes(section *s)
{
    size_t from = s->p->mistake_count > MISTAKES ? s->p->mistake_count - MISTAKES : 0;
    begin(s, TOC_SHEET_MISTAKE, "SCRIPT ERRORS, newest first:");
    for (size_t i = s->p->mistake_count; i > from; i--) {
        const toc_event *ev = &s->p->mistakes[i - 1];
        const char *in = toc_event_str(ev, TOC_F_STORYLINE);
        toc_buf text = {0};
        toc_play_text(&text, ev->t);
        toc_buf_printf(&text, "%s%s: %s", in ? " in " : "", in ? in : "",
                       toc_event_str(ev, TOC_F_TEXT));
        add(s, in ? in : "", true, &text);
    }
    end(s, NULL);
}

// Players' seats: each that went silent, and team by team those that are empty.
static void add_seats(section *s)
{
    const toc_picture *p = s->p;
    begin(s, TOC_SHEET_SEAT, "SEATS that are empty or silent:");
    for (size_t i = 0; i < p->neighbour_count; i++) {
        const toc_neighbour *seat = &p->neighbours[i];
        toc_buf text = {0};
        if (!toc_seat_is_player(seat) || !toc_seat_is_silent(seat))
            continue;
        toc_picture_person(p, &text, seat->id);
        toc_buf_str(&text, " SILENT for ");
        toc_duration_text(&text, seat->silent_s * 1000);
        add(s, seat->id, true, &text);
    }
    for (size_t i = 0; i < p->neighbour_count; i++)
        if (is_first_empty(p, i))
            add_empty(s, i);
    end(s, "SEATS: all are taken");
}

static void add_empty(section *s, size_t first)
{
    toc_buf text = {0};
    for (size_t i = first; i < s->p->neighbour_count; i++) {
        const toc_neighbour *seat = &s->p->neighbours[i];
        if (!is_empty(seat) || !is_same_team(seat, &s->p->neighbours[first]))
            continue;
        toc_buf_str(&text, text.len ? ", " : "empty: ");
        toc_picture_person(s->p, &text, seat->id);
    }
    add(s, s->p->neighbours[first].id, false, &text);
}

// No earlier seat of its team is empty too.
static bool is_first_empty(const toc_picture *p, size_t i)
{
    if (!is_empty(&p->neighbours[i]))
        return false;
    for (size_t k = 0; k < i; k++)
        if (is_empty(&p->neighbours[k]) && is_same_team(&p->neighbours[k], &p->neighbours[i]))
            return false;
    return true;
}

static bool is_same_team(const toc_neighbour *a, const toc_neighbour *b)
{
    char of_a[64], of_b[64];
    toc_seat_audience(a->id, of_a);
    toc_seat_audience(b->id, of_b);
    return strcmp(of_a, of_b) == 0;
}

static bool is_empty(const toc_neighbour *seat)
{
    return toc_seat_is_player(seat) && !seat->is_present && !toc_seat_is_silent(seat);
}

static void add_notes(section *s)
{
    begin(s, TOC_SHEET_NOTE, "NOTED last:");
    for (size_t i = s->p->observation_count; i > 0 && s->count < NOTES; i--) {
        const toc_observation *o = &s->p->observations[i - 1];
        toc_buf text = {0};
        toc_play_text(&text, o->event.t);
        toc_buf_char(&text, ' ');
        toc_act_text_of(&text, s->p, &o->event, o->n);
        add_number(s, o->n, false, &text);
    }
    end(s, NULL);
}

static void begin(section *s, toc_sheet_kind kind, const char *head)
{
    s->kind = kind;
    s->head = head;
    s->count = 0;
}

static void end(section *s, const char *none)
{
    if (s->count == 0 && none)
        put(s, TOC_SHEET_HEAD, NULL, false, toc_strdup(none));
}

// It takes the text.
static void add(section *s, const char *id, bool is_loud, toc_buf *text)
{
    if (s->count++ == 0)
        put(s, TOC_SHEET_HEAD, NULL, false, toc_strdup(s->head));
    put(s, s->kind, id, is_loud, toc_buf_take(text));
}

static void add_number(section *s, int64_t n, bool is_loud, toc_buf *text)
{
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)n);
    add(s, id, is_loud, text);
}

static void put(section *s, toc_sheet_kind kind, const char *id, bool is_loud, char *text)
{
    toc_sheet *sheet = s->sheet;
    TOC_GROW(sheet->rows, sheet->count, sheet->capacity);
    sheet->rows[sheet->count++] = (toc_sheet_row){
        .kind = kind, .of = s->kind, .id = toc_strdup(id), .text = text, .is_loud = is_loud};
}

static bool is_state(const toc_msel_row *row, const char *state)
{
    return !row->other && row->state && strcmp(row->state, state) == 0;
}
