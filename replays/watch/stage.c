// SPDX-License-Identifier: MIT
// A view that is only ever fed, `ahead`, goes through the whole recording once. Every so many events what it knows is put into a view of
// its own: a rest, from which the view that is shown goes on to any moment near it. Nothing that a person does, and nothing of the
// past's, gets into a rest, so that a moment looks the same from wherever it was reached.
#include "replays/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "exercise/exercise.h"
#include "hub/past.h"
#include "past_inside.h"
#include "record/feed.h"
#include "recorded_clock.h"

enum {
    REST_EVENTS = 15000, // between two rests: what is folded in about a twentieth of a second
    EARLY_MS = 10000,    // the terminal was there before the first line
};

// A view, and how far it was fed.
typedef struct {
    toc_view *view;
    int64_t seq, t;       // the line it has seen last, and the play time it stands at
    recorded_clock clock; // after that line
    bool has_unnamed;     // a repair was told of by its id alone
} folded;

struct toc_stage {
    const toc_recording *recording;
    char seat[64];
    bool is_ascii;
    toc_feed *feed;
    toc_event *events; // of the feed: number n is events[n - 1]
    int64_t *first;    // by seq: the newest number at or before it
    size_t event_count, event_capacity, line_count, line_capacity;
    int64_t wall; // of the recording's beginning, ms since 1970
    folded ahead, shown;
    folded *rests; // by seq
    size_t rest_count, rest_capacity;
    toc_wishes wishes;
};

static void read_lines(toc_stage *s);
static toc_view *new_view(const toc_stage *s);
static void begin(toc_stage *s, folded *f);
static void fold(toc_stage *s, folded *f, int64_t seq);
static void fold_line(toc_stage *s, folded *f, int64_t seq);
static void name_repairs(toc_stage *s, folded *f);
static void return_to(folded *to, const folded *from);
static void happen(toc_stage *s, toc_view *v, const toc_happening *h);
static void give_time(toc_stage *s, const folded *f, int64_t t);
static void give_clock(toc_stage *s, const folded *f, int64_t t);
static void tell(toc_stage *s, toc_view *v, toc_conduct *c, int64_t t);
static void hear_page(toc_stage *s, toc_view *v, const toc_buf *page, bool is_last);
static void refuse(toc_stage *s, const toc_wish *w);

toc_stage *toc_stage_new(const toc_recording *r, const char *seat, bool is_ascii)
{
    toc_stage *s = toc_alloc(sizeof *s);
    char audience[64];
    s->recording = r;
    s->is_ascii = is_ascii;
    toc_copy_text(s->seat, sizeof s->seat, seat);
    toc_seat_audience(seat, audience);
    s->feed = toc_feed_new(audience);
    begin(s, &s->ahead);
    TOC_GROW(s->rests, s->rest_count, s->rest_capacity);
    s->rests[s->rest_count++] = (folded){.view = new_view(s)};
    return_to(&s->rests[0], &s->ahead);
    s->shown.view = new_view(s);
    return_to(&s->shown, &s->ahead);
    read_lines(s);
    return s;
}

void toc_stage_free(toc_stage *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->rest_count; i++)
        toc_view_free(s->rests[i].view);
    for (size_t i = 0; i < s->event_count; i++)
        toc_event_fini(&s->events[i]);
    toc_view_free(s->ahead.view);
    toc_view_free(s->shown.view);
    toc_feed_free(s->feed);
    toc_wishes_fini(&s->wishes);
    free(s->rests);
    free(s->events);
    free(s->first);
    free(s);
}

void toc_stage_go(toc_stage *s, int64_t seq, int64_t t)
{
    if (toc_recording_count(s->recording) > s->ahead.seq)
        read_lines(s);
    seq = seq < s->ahead.seq ? seq : s->ahead.seq;
    size_t rest = s->rest_count - 1;
    while (rest > 0 && s->rests[rest].seq > seq)
        rest--;
    const bool is_back = seq < s->shown.seq || (seq == s->shown.seq && t < s->shown.t);
    if (is_back || s->rests[rest].seq > s->shown.seq)
        return_to(&s->shown, &s->rests[rest]);
    fold(s, &s->shown, seq);
    s->shown.t = t > s->shown.clock.t ? t : s->shown.clock.t;
    give_time(s, &s->shown, s->shown.t);
    give_clock(s, &s->shown, s->shown.t);
}

toc_view *toc_stage_view(toc_stage *s)
{
    return s->shown.view;
}

int64_t toc_stage_number(const toc_stage *s, int64_t seq)
{
    return toc_feed_number(s->feed, seq);
}

void toc_stage_happen(toc_stage *s, const toc_happening *h, toc_wishes *out)
{
    toc_wishes wishes = {0};
    toc_view_update(s->shown.view, h, &wishes);
    for (size_t i = 0; i < wishes.count; i++) {
        toc_wish *w = &wishes.at[i];
        if (w->kind == TOC_WISH_ACT || w->kind == TOC_WISH_ASK) {
            refuse(s, w);
        } else if (w->kind != TOC_WISH_BELL && w->kind != TOC_WISH_TITLE) {
            TOC_GROW(out->at, out->count, out->capacity);
            out->at[out->count++] = *w;
            *w = (toc_wish){0};
        }
    }
    toc_wishes_fini(&wishes);
}

void toc_stage_told(toc_stage *s, toc_past *p, int64_t t)
{
    toc_conduct *c = toc_past_at(p, t);
    if (c)
        tell(s, s->shown.view, c, t);
}

// Feeds what came since, and leaves rests on the way.
static void read_lines(toc_stage *s)
{
    int64_t count = toc_recording_count(s->recording);
    for (int64_t seq = (int64_t)s->line_count; seq <= count; seq++) {
        toc_event shown;
        if (seq > 0 && toc_feed_show(s->feed, toc_recording_at(s->recording, seq), &shown)) {
            TOC_GROW(s->events, s->event_count, s->event_capacity);
            s->events[s->event_count++] = shown;
        }
        TOC_GROW(s->first, s->line_count, s->line_capacity);
        s->first[s->line_count++] = (int64_t)s->event_count;
    }
    for (int64_t seq = s->ahead.seq + 1; seq <= count; seq++) {
        fold_line(s, &s->ahead, seq);
        if (s->first[seq] - s->first[s->rests[s->rest_count - 1].seq] < REST_EVENTS)
            continue;
        TOC_GROW(s->rests, s->rest_count, s->rest_capacity);
        s->rests[s->rest_count++] = (folded){.view = new_view(s)};
        return_to(&s->rests[s->rest_count - 1], &s->ahead);
    }
}

static toc_view *new_view(const toc_stage *s)
{
    const toc_plan *plan = toc_recording_plan(s->recording, NULL);
    const char *audience = toc_feed_audience(s->feed);
    size_t team = plan ? toc_plan_team(plan, audience) : TOC_NONE;
    const toc_view_options o = {
        .seat = s->seat,
        .role = toc_seat_role(s->seat),
        .team = team == TOC_NONE ? NULL : plan->teams[team].name,
        .title = plan ? plan->title : toc_recording_header(s->recording)->exercise,
        .marking = plan ? plan->marking : NULL,
        .is_ascii = s->is_ascii,
        .is_recording = true,
    };
    return toc_view_new(&o);
}

// The terminal is there when the lobby opens, and the desk has told it what it tells then. Where that is not to be had, it begins
// with ids in the place of names.
static void begin(toc_stage *s, folded *f)
{
    toc_past *past = NULL;
    recorded_clock_init(&f->clock, s->recording);
    s->wall = f->clock.wall;
    f->view = new_view(s);
    give_time(s, f, 0);
    give_clock(s, f, 0);
    happen(s, f->view, &(toc_happening){.what = TOC_HAPPENED_LINK, .link = TOC_VIEW_LIVE});
    if (toc_past_new(&past, s->recording, NULL) == TOC_OK && toc_past_open(past, NULL) == TOC_OK)
        tell(s, f->view, toc_past_at(past, 0), 0);
    else
        happen(s, f->view,
               &(toc_happening){.what = TOC_HAPPENED_TIME, .mono = EARLY_MS - 1, .wall = ""});
    toc_past_free(past);
}

static void fold(toc_stage *s, folded *f, int64_t seq)
{
    while (f->seq < seq)
        fold_line(s, f, f->seq + 1);
}

static void fold_line(toc_stage *s, folded *f, int64_t seq)
{
    const toc_event *line = toc_recording_at(s->recording, seq);
    const int64_t n = s->first[seq];
    // What a step brings about, all of a jump too, reaches a terminal together.
    if (f->has_unnamed &&
        (line->t > f->clock.wall_at || toc_kind_class(line->kind) == TOC_CLASS_INPUT))
        name_repairs(s, f);
    recorded_clock_see(&f->clock, line);
    f->seq = seq;
    f->t = line->t;
    if (n == s->first[seq - 1])
        return; // this audience does not see it
    give_time(s, f, line->t);
    happen(s, f->view,
           &(toc_happening){.what = TOC_HAPPENED_EVENT, .number = n, .event = &s->events[n - 1]});
    f->has_unnamed |= line->kind == TOC_K_REPAIR;
    if (toc_kind_is_clock(line->kind))
        give_clock(s, f, line->t);
}

// A team knows of a repair when it begins, by its id; its name comes with the next status, and stands in the log from then on.
static void name_repairs(toc_stage *s, folded *f)
{
    const toc_plan *plan = toc_recording_plan(s->recording, NULL);
    const toc_situation *known = &toc_view_picture(f->view)->situation;
    toc_buf page = {0};
    toc_buf_str(&page, "{\"repairs\":[");
    for (size_t i = 0; plan && i < known->repair_count; i++) {
        const toc_known_repair *x = &known->repairs[i];
        size_t repair = x->name ? TOC_NONE : toc_plan_repair(plan, x->id);
        if (repair == TOC_NONE)
            continue;
        toc_buf_str(&page, page.data[page.len - 1] == '[' ? "{" : ",{");
        toc_json_put_str(&page, "repair", x->id);
        toc_json_put_str(&page, "name", plan->model.repairs[repair].name);
        toc_json_put_str(&page, "source", plan->model.repairs[repair].source);
        toc_json_put_int(&page, "crews", plan->model.repairs[repair].crews);
        toc_json_put_str(&page, "service", x->service);
        toc_json_put_str(&page, "state", x->state);
        toc_json_put_str(&page, "lacks", x->lacks);
        if (x->left >= 0)
            toc_json_put_int(&page, "left", x->left);
        toc_buf_char(&page, '}');
    }
    toc_buf_str(&page, "]}");
    hear_page(s, f->view, &page, false);
    toc_buf_fini(&page);
    f->has_unnamed = false;
}

static void return_to(folded *to, const folded *from)
{
    toc_view *view = to->view;
    toc_view_return(view, from->view);
    *to = *from;
    to->view = view;
}

// Nobody is there to hear bells and read titles while it is folded.
static void happen(toc_stage *s, toc_view *v, const toc_happening *h)
{
    toc_view_update(v, h, &s->wishes);
    toc_wishes_clear(&s->wishes);
}

static void give_time(toc_stage *s, const folded *f, int64_t t)
{
    char text[16];
    const int64_t wall = recorded_clock_wall(&f->clock, t), second = wall / 1000 % 86400;
    snprintf(text, sizeof text, "%02d:%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60),
             (int)(second % 60));
    happen(s, f->view,
           &(toc_happening){
               .what = TOC_HAPPENED_TIME, .mono = wall - s->wall + EARLY_MS, .wall = text});
}

static void give_clock(toc_stage *s, const folded *f, int64_t t)
{
    toc_clock clock;
    recorded_clock_tell(&f->clock, s->recording, t, &clock);
    happen(s, f->view, &(toc_happening){.what = TOC_HAPPENED_CLOCK, .clock = &clock});
}

static void tell(toc_stage *s, toc_view *v, toc_conduct *c, int64_t t)
{
    int64_t from = 0;
    do {
        toc_buf page = {0};
        toc_desk_page(c, s->seat, t, from, &page, &from);
        hear_page(s, v, &page, from == 0);
        toc_buf_fini(&page);
    } while (from > 0);
}

static void hear_page(toc_stage *s, toc_view *v, const toc_buf *page, bool is_last)
{
    toc_json *json;
    if (toc_json_read(&json, page->data, page->len, TOC_JSON_REPLY, NULL) != TOC_OK)
        return; // a row that no terminal could read either
    happen(s, v,
           &(toc_happening){
               .what = TOC_HAPPENED_STATUS, .json = json, .is_last = is_last, .ok = true});
    toc_json_free(json);
}

static void refuse(toc_stage *s, const toc_wish *w)
{
    happen(s, s->shown.view,
           &(toc_happening){.what = TOC_HAPPENED_ANSWER,
                            .number = w->number,
                            .code = "refused",
                            .text = "this is a recording: nothing can be done in it"});
}
