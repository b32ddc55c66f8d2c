// SPDX-License-Identifier: MIT
// The services' levels as they were recorded, and what their users lost: a level stands from the minute of its line to that
// of the next, as the world itself keeps its accounts.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "review_inside.h"
#include "world/world.h"

enum { MINUTE_MS = 60 * 1000 };

#define MOST_MINUTES 1000000000LL // of story; a recording may say what times it likes

static size_t service_index(review_work *w, const char *id);
static int64_t minutes_lost(const review_work *w, const toc_review_service *s);
static int64_t minute_of(const review_work *w, int64_t story);

void toc_review_world_begin(review_work *w)
{
    toc_world *world = NULL;
    if (!w->plan || w->plan->model.service_count == 0 ||
        toc_world_new(&world, &w->plan->model, NULL) != TOC_OK)
        return;
    for (size_t i = 0; i < w->plan->model.service_count; i++) {
        const size_t at = service_index(w, w->plan->model.services[i].id);
        toc_review_service *s = &w->out->services[at];
        s->service = i;
        s->first = s->lowest = s->last = toc_world_level(world, i);
    }
    toc_world_free(world);
}

void toc_review_world_see(review_work *w, const toc_event *ev)
{
    toc_story story;
    if (ev->kind == TOC_K_JUMP && !w->has_ended && toc_event_int(ev, TOC_F_UNTIL) > w->now)
        w->now = toc_event_int(ev, TOC_F_UNTIL); // unless play ends on the way
    if (ev->kind != TOC_K_LEVEL)
        return;
    size_t i = service_index(w, toc_event_str(ev, TOC_F_SERVICE));
    toc_review_service *s = &w->out->services[i];
    if (toc_story_parse(toc_event_str(ev, TOC_F_STORY), &story, NULL) != TOC_OK)
        story.ms = toc_recording_story(w->r, ev->seq);
    TOC_GROW(s->at, s->count, w->level_capacities[i]);
    s->at[s->count++] =
        (toc_review_level){ev->seq, ev->t, toc_event_int(ev, TOC_F_LEVEL), story.ms};
    s->last = s->at[s->count - 1].level;
    s->lowest = s->last < s->lowest ? s->last : s->lowest;
}

void toc_review_world_end(review_work *w)
{
    const int64_t hour = 60LL * TOC_PPM;
    for (size_t i = 0; i < w->out->service_count; i++) {
        toc_review_service *s = &w->out->services[i];
        if (s->service == TOC_NONE || w->out->started < 0)
            continue;
        const int64_t lost = minutes_lost(w, s), users = w->plan->model.services[s->service].users;
        s->lost = lost / hour * users + lost % hour * users / hour;
        w->out->numbers.lost += s->lost;
    }
}

static size_t service_index(review_work *w, const char *id)
{
    toc_review *v = w->out;
    int64_t at;
    if (toc_map_get(w->service_of, id, &at))
        return (size_t)at;
    TOC_GROW(w->level_capacities, v->service_count, w->level_capacity_capacity);
    w->level_capacities[v->service_count] = 0;
    TOC_GROW(v->services, v->service_count, w->service_capacity);
    toc_map_put(w->service_of, id, (int64_t)v->service_count);
    v->services[v->service_count] = (toc_review_service){
        .id = id, .service = TOC_NONE, .first = TOC_PPM, .lowest = TOC_PPM, .last = TOC_PPM};
    return v->service_count++;
}

// In ppm-minutes, to the minute in which play stands at the end.
static int64_t minutes_lost(const review_work *w, const toc_review_service *s)
{
    const int64_t seq = toc_recording_count(w->r);
    const int64_t end = minute_of(w, toc_recording_story_at(w->r, seq, w->now).ms);
    const int64_t most = MOST_MINUTES * TOC_PPM;
    int64_t lost = 0, since = 0, level = s->first;
    for (size_t i = 0; i < s->count; i++) {
        const int64_t minute = minute_of(w, s->at[i].story), now = s->at[i].level;
        lost += (minute - since) * (TOC_PPM - level);
        lost = lost > most ? most : lost < -most ? -most : lost;
        since = minute;
        level = now < 0 ? 0 : now > TOC_PPM ? TOC_PPM : now;
    }
    return end > since ? lost + (end - since) * (TOC_PPM - level) : lost;
}

static int64_t minute_of(const review_work *w, int64_t story)
{
    const int64_t most = MOST_MINUTES * MINUTE_MS, start = w->plan->startex.ms;
    const int64_t since = story > start + most   ? most
                          : story < start - most ? -most
                                                 : story - start;
    return since / MINUTE_MS;
}
