// SPDX-License-Identifier: MIT
// Who sat where, when they were away; and when play stood.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "exercise/exercise.h"
#include "record/feed.h"
#include "review_inside.h"

static size_t seat_index(review_work *w, const char *id, bool is_new);
static const char *team_of(review_work *w, const char *seat);
static void name(review_work *w, const toc_event *ev);
static void sit(review_work *w, const toc_event *ev);
static void leave(review_work *w, const char *id, int64_t t);
static void begin_pause(review_work *w, const toc_event *ev);
static void end_pause(review_work *w, int64_t t, int64_t seq, const char *wall);

// ---- seats -------------------------------------------------------------------------------------------

void toc_review_people_see(review_work *w, const toc_event *ev)
{
    switch (ev->kind) {
    case TOC_K_JOIN:
        sit(w, ev);
        return;
    case TOC_K_LEAVE:
    case TOC_K_REVOKE:
    case TOC_K_REASSIGN:
        leave(w, toc_event_str(ev, TOC_F_SEAT), ev->t);
        if (ev->kind == TOC_K_LEAVE)
            return;
        break;
    case TOC_K_SIGN_IN:
        name(w, ev);
        return;
    case TOC_K_READ:
    case TOC_K_SIGN_OUT:
        return;
    default:
        break;
    }
    const char *by =
        toc_kind_class(ev->kind) == TOC_CLASS_INPUT ? toc_event_str(ev, TOC_F_BY) : NULL;
    size_t seat = by && strcmp(by, "engine") != 0 ? seat_index(w, by, true) : REVIEW_UNKNOWN;
    if (seat != REVIEW_UNKNOWN)
        w->out->seats[seat].acts++;
}

void toc_review_people_end(review_work *w)
{
    for (size_t i = 0; i < w->out->seat_count; i++) {
        toc_review_seat *s = &w->out->seats[i];
        s->left = w->left_at[i];
    }
}

static size_t seat_index(review_work *w, const char *id, bool is_new)
{
    toc_review *v = w->out;
    int64_t at;
    if (toc_map_get(w->seat_of, id, &at))
        return (size_t)at;
    if (!is_new)
        return REVIEW_UNKNOWN;
    TOC_GROW(w->left_at, v->seat_count, w->left_capacity);
    w->left_at[v->seat_count] = -1;
    TOC_GROW(v->seats, v->seat_count, w->seat_capacity);
    toc_map_put(w->seat_of, id, (int64_t)v->seat_count);
    v->seats[v->seat_count] = (toc_review_seat){
        .id = id, .role = toc_seat_role(id), .team = team_of(w, id), .joined = -1, .left = -1};
    return v->seat_count++;
}

static const char *team_of(review_work *w, const char *seat)
{
    const review_place *place = toc_review_place_of_seat(w, seat);
    size_t team = place && w->plan ? toc_plan_team(w->plan, place->id) : TOC_NONE;
    if (team != TOC_NONE)
        return w->plan->teams[team].id;
    return place ? toc_review_own(w, toc_strdup(place->id)) : NULL;
}

static void name(review_work *w, const toc_event *ev)
{
    const char *seat = toc_event_str(ev, TOC_F_BY);
    size_t i = seat_index(w, seat, true);
    w->out->seats[i].name = toc_recording_person(w->r, seat, ev->seq);
}

static void sit(review_work *w, const toc_event *ev)
{
    size_t i = seat_index(w, toc_event_str(ev, TOC_F_SEAT), true);
    toc_review_seat *s = &w->out->seats[i];
    if (s->joined < 0)
        s->joined = ev->t;
    if (w->left_at[i] >= 0 && !w->has_ended) {
        s->gaps++;
        s->away += ev->t - w->left_at[i];
    }
    w->left_at[i] = -1;
}

static void leave(review_work *w, const char *id, int64_t t)
{
    size_t i = seat_index(w, id, false);
    if (i != REVIEW_UNKNOWN && w->left_at[i] < 0)
        w->left_at[i] = t;
}

// ---- pauses ------------------------------------------------------------------------------------------

void toc_review_pauses_see(review_work *w, const toc_event *ev)
{
    switch (ev->kind) {
    case TOC_K_PAUSE:
    case TOC_K_EMERGENCY:
    case TOC_K_RESUMED:
        begin_pause(w, ev);
        break;
    case TOC_K_RESUME:
        end_pause(w, ev->t, ev->seq, toc_event_str(ev, TOC_F_WALL));
        break;
    case TOC_K_ENDEX: {
        const toc_event *cause = toc_review_cause(w, ev);
        const char *wall = cause ? toc_event_str(cause, TOC_F_WALL) : NULL;
        end_pause(w, ev->t, 0, wall ? wall : w->wall);
        break;
    }
    default:
        break;
    }
}

void toc_review_pauses_end(review_work *w)
{
    end_pause(w, w->now, 0, w->wall);
}

// A real emergency ends a pause that lasts, and is one of its own. An engine that comes back finds play as its last
// line left it: play stands since then.
static void begin_pause(review_work *w, const toc_event *ev)
{
    toc_review *v = w->out;
    bool is_restart = ev->kind == TOC_K_RESUMED, is_emergency = ev->kind == TOC_K_EMERGENCY;
    const char *wall = toc_event_str(ev, TOC_F_WALL);
    if (v->started < 0 || w->has_ended || (w->pause_wall && ev->kind != TOC_K_EMERGENCY))
        return;
    end_pause(w, ev->t, ev->seq, wall);
    TOC_GROW(v->pauses, v->pause_count, w->pause_capacity);
    toc_review_pause *p = &v->pauses[v->pause_count++];
    *p = (toc_review_pause){.from = ev->t,
                            .until = ev->t,
                            .wall_ms = -1,
                            .is_emergency = is_emergency,
                            .is_restart = is_restart,
                            .by = toc_event_str(ev, TOC_F_BY),
                            .reason = toc_event_str(ev, is_emergency ? TOC_F_TEXT : TOC_F_REASON),
                            .seq = ev->seq};
    w->pause_wall = is_restart && w->wall ? w->wall : wall;
}

static void end_pause(review_work *w, int64_t t, int64_t seq, const char *wall)
{
    if (!w->pause_wall)
        return;
    toc_review_pause *p = &w->out->pauses[w->out->pause_count - 1];
    const int64_t from = toc_review_wall_ms(w->pause_wall), until = toc_review_wall_ms(wall);
    p->until = t;
    p->until_seq = seq;
    p->wall_ms = from >= 0 && until >= from ? until - from : -1;
    w->pause_wall = NULL;
}
