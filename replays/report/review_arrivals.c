// SPDX-License-Identifier: MIT
// What arrived where: when it was opened, acted on, answered. From this: who talked with whom, and what became of requests for
// information.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/answer.h"
#include "record/feed.h"
#include "review_inside.h"

typedef struct {
    size_t talk;
    int64_t took; // -1: not answered
} turn;

static void arrive(review_work *w, const toc_event *ev);
static void add_arrival(review_work *w, const toc_event *ev, const char *to);
static void open_item(review_work *w, const toc_event *ev);
static void answer(review_work *w, const toc_event *ev);
static void act(review_work *w, const toc_event *ev);
static size_t talk_of(review_work *w, toc_map *talks, const toc_review_arrival *a);
static void sum_up(review_work *w, turn *turns, size_t count);
static int compare_turns(const void *a, const void *b);
static void settle_rfi(const review_work *w, toc_review_rfi *rfi);

void toc_review_arrivals_see(review_work *w, const toc_event *ev)
{
    switch (ev->kind) {
    case TOC_K_MESSAGE:
        answer(w, ev);
        arrive(w, ev);
        break;
    case TOC_K_INJECT:
        arrive(w, ev);
        break;
    case TOC_K_ACK:
        act(w, ev);
        open_item(w, ev);
        break;
    case TOC_K_READ:
        open_item(w, ev);
        break;
    case TOC_K_SAY:
    case TOC_K_DECIDE:
    case TOC_K_SUBMIT:
    case TOC_K_FORWARD:
        act(w, ev);
        break;
    default:
        break;
    }
}

void toc_review_arrivals_end(review_work *w)
{
    toc_review *v = w->out;
    toc_map *talks = toc_map_new();
    turn *turns = toc_alloc((v->arrival_count + 1) * sizeof *turns);
    size_t count = 0;
    for (size_t i = 0; i < v->arrival_count; i++) {
        const toc_review_arrival *a = &v->arrivals[i];
        if (!a->is_inject)
            turns[count++] = (turn){talk_of(w, talks, a),
                                    a->answered_seq ? toc_review_took(a->since, a->answered) : -1};
    }
    sum_up(w, turns, count);
    for (size_t i = 0; i < v->rfi_count; i++)
        settle_rfi(w, &v->rfis[i]);
    free(turns);
    toc_map_free(talks);
}

static void arrive(review_work *w, const toc_event *ev)
{
    const toc_value *to = toc_event_value(ev, TOC_F_TO);
    toc_review *v = w->out;
    if (to && to->count > 0)
        w->arrivals_of[ev->seq] = v->arrival_count + 1;
    for (size_t i = 0; to && i < to->count; i++)
        add_arrival(w, ev, to->list[i]);
    if (!toc_event_has(ev, TOC_F_RFI) || !to)
        return;
    TOC_GROW(v->rfis, v->rfi_count, w->rfi_capacity);
    v->rfis[v->rfi_count++] = (toc_review_rfi){.seq = ev->seq,
                                               .t = ev->t,
                                               .from = toc_event_str(ev, TOC_F_FROM),
                                               .text = toc_event_str(ev, TOC_F_TEXT),
                                               .to = to->list,
                                               .to_count = to->count,
                                               .answered = -1};
}

static void add_arrival(review_work *w, const toc_event *ev, const char *to)
{
    toc_review *v = w->out;
    review_place *place = toc_review_place(w, to);
    TOC_GROW(v->arrivals, v->arrival_count, w->arrival_capacity);
    toc_review_arrival *a = &v->arrivals[v->arrival_count++];
    *a = (toc_review_arrival){.item = ev->seq,
                              .from = toc_event_str(ev, TOC_F_FROM),
                              .to = to,
                              .is_inject = ev->kind == TOC_K_INJECT,
                              .is_voice = toc_event_has(ev, TOC_F_VOICE),
                              .is_team = place->is_team,
                              .arrived = ev->t,
                              .since = toc_review_since(w, ev),
                              .read = -1,
                              .acked = -1,
                              .acted = -1,
                              .answered = -1};
    toc_review_list_add(&place->arrivals, (int64_t)v->arrival_count - 1);
}

static void open_item(review_work *w, const toc_event *ev)
{
    const int64_t item = toc_event_int(ev, TOC_F_ITEM);
    review_place *place = toc_review_place_of_seat(w, toc_event_str(ev, TOC_F_BY));
    toc_review *v = w->out;
    if (!place || item < 1 || item >= ev->seq)
        return;
    for (size_t k = w->arrivals_of[item];
         k && k <= v->arrival_count && v->arrivals[k - 1].item == item; k++) {
        toc_review_arrival *a = &v->arrivals[k - 1];
        if (strcmp(a->to, place->id) != 0)
            continue;
        if (toc_recording_read_by(w->r, item, place->id, ev->seq) == ev->seq) {
            a->read = ev->t;
            a->read_seq = ev->seq;
            toc_review_list_add(&place->opened, (int64_t)k - 1);
        }
        if (ev->kind == TOC_K_ACK && !a->acked_seq) {
            a->acked = ev->t;
            a->acked_seq = ev->seq;
        }
        if (ev->kind == TOC_K_ACK &&
            !a->acted_seq) { // to acknowledge is to act, opened before or not
            a->acted = ev->t;
            a->acted_seq = ev->seq;
        }
    }
}

static void act(review_work *w, const toc_event *ev)
{
    review_place *place = toc_review_place_of_seat(w, toc_event_str(ev, TOC_F_BY));
    for (size_t i = 0; place && i < place->opened.count; i++) {
        toc_review_arrival *a = &w->out->arrivals[place->opened.at[i]];
        if (a->acted_seq)
            continue;
        a->acted = ev->t;
        a->acted_seq = ev->seq;
    }
    if (place)
        place->opened.count = 0;
}

static void answer(review_work *w, const toc_event *ev)
{
    const int64_t re = toc_event_int(ev, TOC_F_RE);
    const char *by = toc_event_str(ev, TOC_F_BY), *from = toc_event_str(ev, TOC_F_FROM);
    toc_review *v = w->out;
    char audience[64] = "";
    if (re < 1 || re >= ev->seq)
        return;
    if (by)
        toc_seat_audience(by, audience);
    for (size_t k = w->arrivals_of[re]; k && k <= v->arrival_count && v->arrivals[k - 1].item == re;
         k++) {
        toc_review_arrival *a = &v->arrivals[k - 1];
        if (a->answered_seq ||
            !toc_is_answer(a->to, !a->is_team, from, strcmp(audience, "control") == 0))
            continue;
        a->answered = ev->t;
        a->answered_seq = ev->seq;
    }
}

static size_t talk_of(review_work *w, toc_map *talks, const toc_review_arrival *a)
{
    toc_review *v = w->out;
    int64_t at;
    char *key = toc_sprintf("%s\n%s", a->from, a->to);
    if (!toc_map_get(talks, key, &at)) {
        at = (int64_t)v->talk_count;
        toc_map_put(talks, key, at);
        TOC_GROW(v->talks, v->talk_count, w->talk_capacity);
        v->talks[v->talk_count++] =
            (toc_review_talk){.from = a->from, .to = a->to, .median_answer = -1};
    }
    free(key);
    return (size_t)at;
}

static void sum_up(review_work *w, turn *turns, size_t count)
{
    int64_t *took = toc_alloc((count + 1) * sizeof *took);
    qsort(turns, count, sizeof *turns, compare_turns);
    for (size_t i = 0; i < count;) {
        toc_review_talk *talk = &w->out->talks[turns[i].talk];
        for (size_t first = i; i < count && turns[i].talk == turns[first].talk; i++) {
            talk->count++;
            if (turns[i].took >= 0)
                took[talk->answered++] = turns[i].took;
        }
        talk->median_answer = toc_review_median(took, talk->answered);
    }
    free(took);
}

static int compare_turns(const void *a, const void *b)
{
    const turn *one = a, *other = b;
    return (one->talk > other->talk) - (one->talk < other->talk);
}

static void settle_rfi(const review_work *w, toc_review_rfi *rfi)
{
    const toc_review *v = w->out;
    for (size_t k = w->arrivals_of[rfi->seq];
         k && k <= v->arrival_count && v->arrivals[k - 1].item == rfi->seq; k++) {
        const toc_review_arrival *a = &v->arrivals[k - 1];
        if (!a->answered_seq || (rfi->answered_seq && rfi->answered_seq <= a->answered_seq))
            continue;
        rfi->answered = a->answered;
        rfi->answered_seq = a->answered_seq;
        rfi->answered_by = toc_event_str(toc_recording_at(w->r, a->answered_seq), TOC_F_FROM);
    }
}
