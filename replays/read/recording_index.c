// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/feed.h"
#include "recording_inside.h"

static recorded_seat *seat_of(recorded_index *index, const char *id);
static void sit(recorded_index *index, const char *seat, const char *name, int64_t seq);
static void read_item(recorded_index *index, const toc_event *ev);
static void set_anchor(recorded_index *index, const toc_event *ev, int64_t story, int64_t pace);
static void enter_phase(recorded_index *index, const toc_plan *plan, const toc_event *ev);
static int64_t story_of(const recorded_anchor *a, int64_t t);

void toc_index_init(recorded_index *index, toc_story startex, int64_t pace)
{
    index->seat_of = toc_map_new();
    TOC_GROW(index->anchors, index->anchor_count, index->anchor_capacity);
    index->anchors[index->anchor_count++] = (recorded_anchor){0, 0, startex.ms, pace};
}

void toc_index_fini(recorded_index *index)
{
    for (size_t i = 0; i < index->seat_count; i++) {
        for (size_t j = 0; j < index->seats[i].count; j++)
            free(index->seats[i].at[j].name);
        free(index->seats[i].at);
    }
    free(index->seats);
    free(index->reads);
    free(index->reads_of);
    free(index->anchors);
    toc_map_free(index->seat_of);
    *index = (recorded_index){0};
}

void toc_index_add(recorded_index *index, const toc_plan *plan, const toc_event *ev)
{
    const recorded_anchor *newest = &index->anchors[index->anchor_count - 1];
    switch (ev->kind) {
    case TOC_K_START:
        index->start = index->start ? index->start : ev->seq;
        break;
    case TOC_K_CLOSE:
        index->is_closed = true;
        break;
    case TOC_K_SIGN_IN:
        sit(index, toc_event_str(ev, TOC_F_BY), toc_event_str(ev, TOC_F_NAME), ev->seq);
        break;
    case TOC_K_SIGN_OUT:
        sit(index, toc_event_str(ev, TOC_F_BY), NULL, ev->seq);
        break;
    case TOC_K_REVOKE:
    case TOC_K_REASSIGN:
        sit(index, toc_event_str(ev, TOC_F_SEAT), NULL, ev->seq);
        break;
    case TOC_K_READ:
    case TOC_K_ACK: // to acknowledge is to have read
        read_item(index, ev);
        break;
    case TOC_K_PACE:
        set_anchor(index, ev, story_of(newest, ev->t), toc_event_int(ev, TOC_F_PACE));
        break;
    case TOC_K_PHASE_ENTERED:
        enter_phase(index, plan, ev);
        break;
    default:
        break;
    }
}

const char *toc_index_person(const recorded_index *index, const char *seat, int64_t seq)
{
    int64_t at;
    if (!seat || !toc_map_get(index->seat_of, seat, &at))
        return NULL;
    const recorded_seat *s = &index->seats[at];
    size_t low = 0, high = s->count; // the first one after seq
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->at[middle].seq <= seq)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? s->at[low - 1].name : NULL;
}

int64_t toc_index_read(const recorded_index *index, int64_t item, const char *team, int64_t seq)
{
    if (item < 1 || (size_t)item >= index->reads_of_count || !team)
        return 0;
    for (size_t i = index->reads_of[item]; i; i = index->reads[i - 1].next) {
        const recorded_read *r = &index->reads[i - 1];
        if (r->seq <= seq && strcmp(r->team, team) == 0)
            return r->seq;
    }
    return 0;
}

int64_t toc_index_story(const recorded_index *index, int64_t seq, int64_t t)
{
    size_t low = 0, high = index->anchor_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (index->anchors[middle].seq <= seq)
            low = middle + 1;
        else
            high = middle;
    }
    return story_of(&index->anchors[low ? low - 1 : 0], t);
}

// As the exercise reckons: rounded up, so that the story has come there.
int64_t toc_index_play(const recorded_index *index, int64_t story_ms)
{
    for (size_t i = 0;; i++) {
        const recorded_anchor *a = &index->anchors[i];
        const int64_t ahead = story_ms - a->story;
        if (ahead <= 0)
            return a->play;
        if (a->pace > 0 && ahead < TOC_MS_MAX / 1000) {
            int64_t play = a->play + (ahead * 1000 + a->pace - 1) / a->pace;
            if (i + 1 == index->anchor_count || play <= a[1].play)
                return play < TOC_MS_MAX ? play : TOC_MS_MAX;
        } else if (i + 1 == index->anchor_count) {
            return TOC_MS_MAX;
        }
    }
}

static recorded_seat *seat_of(recorded_index *index, const char *id)
{
    int64_t at;
    if (toc_map_get(index->seat_of, id, &at))
        return &index->seats[at];
    TOC_GROW(index->seats, index->seat_count, index->seat_capacity);
    toc_map_put(index->seat_of, id, (int64_t)index->seat_count);
    recorded_seat *seat = &index->seats[index->seat_count++];
    *seat = (recorded_seat){0};
    return seat;
}

// A name stands without the blanks that were typed around it.
static void sit(recorded_index *index, const char *seat, const char *name, int64_t seq)
{
    recorded_seat *s = seat_of(index, seat);
    TOC_GROW(s->at, s->count, s->capacity);
    recorded_person *p = &s->at[s->count++];
    *p = (recorded_person){.seq = seq};
    if (!name)
        return;
    name += strspn(name, " ");
    size_t len = strlen(name);
    while (len > 0 && name[len - 1] == ' ')
        len--;
    p->name = toc_strndup(name, len);
}

static void read_item(recorded_index *index, const toc_event *ev)
{
    char team[64];
    int64_t item = toc_event_int(ev, TOC_F_ITEM);
    toc_seat_audience(toc_event_str(ev, TOC_F_BY), team);
    if (item < 1 || item >= ev->seq || toc_index_read(index, item, team, ev->seq))
        return;
    while (index->reads_of_count <= (size_t)item) {
        TOC_GROW(index->reads_of, index->reads_of_count, index->reads_of_capacity);
        index->reads_of[index->reads_of_count++] = 0;
    }
    TOC_GROW(index->reads, index->read_count, index->read_capacity);
    recorded_read *r = &index->reads[index->read_count++];
    *r = (recorded_read){.seq = ev->seq, .next = index->reads_of[item]};
    toc_copy_text(r->team, sizeof r->team, team);
    index->reads_of[item] = index->read_count;
}

static void set_anchor(recorded_index *index, const toc_event *ev, int64_t story, int64_t pace)
{
    TOC_GROW(index->anchors, index->anchor_count, index->anchor_capacity);
    index->anchors[index->anchor_count++] = (recorded_anchor){ev->seq, ev->t, story, pace};
}

// The line has the story's time to the minute; the plan knows it to the millisecond. A phase that neither jumps nor has a
// pace of its own leaves the anchor where it is: a new one would round anew.
static void enter_phase(recorded_index *index, const toc_plan *plan, const toc_event *ev)
{
    const recorded_anchor *newest = &index->anchors[index->anchor_count - 1];
    const int64_t before = story_of(newest, ev->t), pace = toc_event_int(ev, TOC_F_PACE);
    int64_t now = before;
    size_t phase = plan ? toc_plan_phase(plan, toc_event_str(ev, TOC_F_PHASE)) : TOC_NONE;
    toc_story told;
    if (phase != TOC_NONE && plan->phases[phase].is_jump && plan->phases[phase].story_ms > now)
        now = plan->phases[phase].story_ms;
    else if (phase == TOC_NONE &&
             toc_story_parse(toc_event_str(ev, TOC_F_STORY), &told, NULL) == TOC_OK &&
             told.ms > now)
        now = told.ms;
    if (now != before || pace != newest->pace)
        set_anchor(index, ev, now, pace);
}

// A pace that nobody could have set must not overflow.
static int64_t story_of(const recorded_anchor *a, int64_t t)
{
    int64_t play = t - a->play, pace = a->pace < 1000000 ? a->pace : 1000000;
    return play < TOC_MS_MAX / 1000000 ? a->story + play * pace / 1000 : a->story;
}
