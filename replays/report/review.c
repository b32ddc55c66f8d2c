// SPDX-License-Identifier: MIT
#include "replays/review.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "record/feed.h"
#include "review_inside.h"

static void begin(review_work *w, toc_review *out, const toc_recording *r);
static void see(review_work *w, const toc_event *ev);
static void see_clock(review_work *w, const toc_event *ev);
static void end(review_work *w);
static void count_injects(toc_review *v);
static void count_decisions(toc_review *v);
static void count_arrivals(toc_review *v);
static int compare(const void *a, const void *b);

void toc_review_of(toc_review *out, const toc_recording *r)
{
    review_work w;
    begin(&w, out, r);
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++)
        see(&w, toc_recording_at(r, seq));
    end(&w);
}

void toc_review_end(toc_review *v)
{
    for (size_t i = 0; i < v->decision_count; i++) {
        free(v->decisions[i].read);
        free(v->decisions[i].unread);
    }
    for (size_t i = 0; i < v->service_count; i++)
        free(v->services[i].at);
    for (size_t i = 0; i < v->own_count; i++)
        free(v->own[i]);
    free(v->own);
    free(v->injects);
    free(v->arrivals);
    free(v->decisions);
    free(v->actions);
    free(v->ratings);
    free(v->notes);
    free(v->talks);
    free(v->rfis);
    free(v->services);
    free(v->seats);
    free(v->pauses);
    *v = (toc_review){0};
}

size_t toc_review_find_inject(const toc_review *v, const char *id)
{
    for (size_t i = 0; id && i < v->inject_count; i++)
        if (strcmp(v->injects[i].id, id) == 0)
            return i;
    return TOC_NONE;
}

size_t toc_review_find_decision(const toc_review *v, const char *id)
{
    for (size_t i = 0; id && i < v->decision_count; i++)
        if (strcmp(v->decisions[i].id, id) == 0)
            return i;
    return TOC_NONE;
}

size_t toc_review_find_action(const toc_review *v, const char *id)
{
    for (size_t i = 0; id && i < v->action_count; i++)
        if (strcmp(v->actions[i].id, id) == 0)
            return i;
    return TOC_NONE;
}

// Without a plan, whoever has a seat is a team.
bool toc_review_team(const toc_review *v, const char *id)
{
    if (v->plan)
        return toc_plan_team(v->plan, id) != TOC_NONE;
    for (size_t i = 0; i < v->seat_count; i++)
        if (v->seats[i].team && strcmp(v->seats[i].team, id) == 0)
            return true;
    return false;
}

review_place *toc_review_place(review_work *w, const char *id)
{
    int64_t at;
    if (toc_map_get(w->place_of, id, &at))
        return &w->places[at];
    TOC_GROW(w->places, w->place_count, w->place_capacity);
    toc_map_put(w->place_of, id, (int64_t)w->place_count);
    review_place *place = &w->places[w->place_count++];
    *place = (review_place){.id = toc_strdup(id),
                            .is_team = w->plan && toc_plan_team(w->plan, id) != TOC_NONE};
    return place;
}

review_place *toc_review_place_of_seat(review_work *w, const char *seat)
{
    char audience[64];
    toc_seat_audience(seat, audience);
    if (!audience[0] || strcmp(audience, "control") == 0 || strcmp(audience, "board") == 0)
        return NULL;
    review_place *place = toc_review_place(w, audience);
    place->is_team = place->is_team || !w->plan; // without a plan, whoever has a seat is a team
    return place->is_team ? place : NULL;
}

const char *toc_review_own(review_work *w, char *text_take)
{
    TOC_GROW(w->out->own, w->out->own_count, w->own_capacity);
    return w->out->own[w->out->own_count++] = text_take;
}

void toc_review_list_add(review_list *l, int64_t number)
{
    TOC_GROW(l->at, l->count, l->capacity);
    l->at[l->count++] = number;
}

int64_t toc_review_median(int64_t *numbers, size_t count)
{
    if (count == 0)
        return -1;
    qsort(numbers, count, sizeof *numbers, compare);
    int64_t low = numbers[(count - 1) / 2], high = numbers[count / 2];
    return low + (high - low) / 2;
}

const toc_event *toc_review_cause(const review_work *w, const toc_event *ev)
{
    return ev->cause > 0 && ev->cause < ev->seq ? toc_recording_at(w->r, ev->cause) : NULL;
}

int64_t toc_review_took(int64_t since, int64_t until)
{
    return until > since ? until - since : 0; // a jump may be cut short
}

int64_t toc_review_since(const review_work *w, const toc_event *ev)
{
    return w->jump_seq && w->jump_until > ev->t ? w->jump_until : ev->t;
}

int64_t toc_review_wall_ms(const char *wall)
{
    toc_story time;
    char text[64];
    size_t len = wall ? strlen(wall) : 0;
    if (len < sizeof "2026-11-21T18:00:00Z" - 1 || len >= sizeof text)
        return -1;
    toc_copy_text(text, sizeof text, wall);
    int64_t ms = 0;
    if (text[19] == '.') { // the story's times have no milliseconds
        ms = strtoll(text + 20, NULL, 10);
        strcpy(text + 19, "Z");
    }
    return toc_story_parse(text, &time, NULL) == TOC_OK && ms >= 0 && ms < 1000 ? time.ms + ms : -1;
}

static void begin(review_work *w, toc_review *out, const toc_recording *r)
{
    *out = (toc_review){
        .recording = r, .plan = toc_recording_plan(r, NULL), .started = -1, .ended = -1};
    *w = (review_work){.out = out, .r = r, .plan = out->plan};
    toc_map **maps[] = {&w->place_of,   &w->inject_of, &w->decision_of, &w->action_of,
                        &w->service_of, &w->seat_of,   &w->rating_of};
    for (size_t i = 0; i < TOC_COUNT(maps); i++)
        *maps[i] = toc_map_new();
    w->arrivals_of = toc_alloc(((size_t)toc_recording_count(r) + 1) * sizeof *w->arrivals_of);
    for (size_t i = 0; w->plan && i < w->plan->team_count; i++)
        toc_review_place(w, w->plan->teams[i].id);
    toc_review_injects_begin(w);
    toc_review_decisions_begin(w);
    toc_review_actions_begin(w);
    toc_review_world_begin(w);
}

static void see(review_work *w, const toc_event *ev)
{
    const char *wall = toc_event_str(ev, TOC_F_WALL);
    if (!w->has_ended && ev->t > w->now)
        w->now = ev->t;
    toc_review_pauses_see(w, ev); // before the newest wall time is this line's
    if (wall)
        w->wall = wall;
    see_clock(w, ev);
    toc_review_people_see(w, ev);
    toc_review_injects_see(w, ev);
    toc_review_arrivals_see(w, ev);
    toc_review_decisions_see(w, ev);
    toc_review_actions_see(w, ev);
    toc_review_marks_see(w, ev);
    toc_review_world_see(w, ev);
}

static void see_clock(review_work *w, const toc_event *ev)
{
    if (toc_kind_class(ev->kind) == TOC_CLASS_INPUT || ev->t > w->jump_until)
        w->jump_seq = 0;
    if (ev->kind == TOC_K_JUMP) {
        w->jump_seq = ev->seq;
        w->jump_until = toc_event_int(ev, TOC_F_UNTIL);
    }
    toc_review *v = w->out;
    if (ev->kind == TOC_K_START && v->started < 0) {
        v->started = ev->t;
        v->wall_started = toc_event_str(ev, TOC_F_WALL);
    } else if (ev->kind == TOC_K_ENDEX && v->ended < 0) {
        v->ended = ev->t;
        v->wall_ended = w->wall;
        w->now = ev->t;
        w->has_ended = true;
    }
}

static void end(review_work *w)
{
    toc_map *maps[] = {w->place_of,   w->inject_of, w->decision_of, w->action_of,
                       w->service_of, w->seat_of,   w->rating_of};
    toc_review_injects_end(w);
    toc_review_arrivals_end(w);
    toc_review_decisions_end(w);
    toc_review_actions_end(w);
    toc_review_world_end(w);
    toc_review_people_end(w);
    toc_review_pauses_end(w);
    count_injects(w->out);
    count_decisions(w->out);
    count_arrivals(w->out);
    for (size_t i = 0; i < w->place_count; i++) {
        free(w->places[i].id);
        free(w->places[i].arrivals.at);
        free(w->places[i].opened.at);
    }
    for (size_t i = 0; i < TOC_COUNT(maps); i++)
        toc_map_free(maps[i]);
    free(w->places);
    free(w->arrivals_of);
    free(w->level_capacities);
    free(w->left_at);
}

static void count_injects(toc_review *v)
{
    toc_review_numbers *n = &v->numbers;
    for (size_t i = 0; i < v->inject_count; i++) {
        const toc_review_inject *one = &v->injects[i];
        if (one->sent_seq)
            n->sent++;
        else if (one->skipped_seq)
            n->skipped++;
        else
            n->never_sent++;
        n->adhoc += one->is_adhoc;
        n->moved += one->moved_seq != 0;
        n->edited += one->edited_seq != 0;
    }
}

static void count_decisions(toc_review *v)
{
    toc_review_numbers *n = &v->numbers;
    int64_t *took = toc_alloc((v->decision_count + 1) * sizeof *took);
    size_t count = 0;
    for (size_t i = 0; i < v->decision_count; i++) {
        const toc_review_decision *d = &v->decisions[i];
        if (!d->ask_seq || strcmp(d->team, "excon") == 0)
            continue;
        bool is_decided = d->settled_seq && !d->is_overdue;
        n->asked++;
        n->decided += is_decided;
        n->decided_for += is_decided && d->is_for_team;
        n->late += !is_decided && d->late_seq;
        n->unanswered += !is_decided && !d->late_seq;
        if (is_decided && !d->is_for_team)
            took[count++] = toc_review_took(d->since, d->answered);
    }
    n->median_decide = toc_review_median(took, count);
    free(took);
}

static void count_arrivals(toc_review *v)
{
    int64_t *read = toc_alloc((v->arrival_count + 1) * sizeof *read);
    int64_t *acted = toc_alloc((v->arrival_count + 1) * sizeof *acted);
    size_t reads = 0, acts = 0;
    for (size_t i = 0; i < v->arrival_count; i++) {
        const toc_review_arrival *a = &v->arrivals[i];
        if (!a->is_inject || a->is_voice || !a->read_seq)
            continue;
        read[reads++] = toc_review_took(a->since, a->read);
        if (a->acted_seq)
            acted[acts++] = toc_review_took(a->since, a->acted);
    }
    v->numbers.median_read = toc_review_median(read, reads);
    v->numbers.median_first_act = toc_review_median(acted, acts);
    free(read);
    free(acted);
}

static int compare(const void *a, const void *b)
{
    const int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
    return (one > other) - (one < other);
}
