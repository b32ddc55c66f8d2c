// SPDX-License-Identifier: MIT
// Replay at any moment equals the live screen at that moment: an exercise is conducted again with the inputs of a recording, with a
// view at a seat of every audience, and after every line each screen of each view is compared, cell by cell, with the one that the
// stage shows of the recording. Under a sanitizer every fifth of those lines (support/sampled.h), and every line that tells of the clock, at the seats of
// every fifth team, from a team by chance on, and of all that are not in one.
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "check_main.h"
#include "hub/past.h"
#include "process.h"
#include "record/feed.h"
#include "recorded_clock.h"
#include "relive.h"
#include "replays/recording.h"
#include "replays/stage.h"
#include "sampled.h"
#include "seed.h"
#include "view_inside.h"

enum { EARLY_MS = 10000, PLACES = 16, JUMPS = 60 };

static const struct {
    int w, h;
} sizes[] = {{80, 24}, {110, 30}};

typedef struct {
    char seat[64];
    size_t feed;
    int64_t have; // the newest number of its feed
    toc_view *view;
    toc_stage *stage;
} place;

// What one seat's screens were, all of them, after a line.
typedef struct {
    size_t place;
    int64_t seq, t;
    uint64_t screens;
} kept;

typedef struct {
    relive live;
    recorded_clock clock;
    int64_t began; // ms since 1970
    int64_t beat;  // play ms of the newest heartbeat
    int64_t latest; // play ms that a terminal hears of at most; or 0
    const toc_recording *recording;
    const char *name;
    place places[PLACES];
    size_t count;
    toc_past *past;
    bool is_jump, was_rest;
    size_t every; // k-th line is compared
    kept *kept;   // what control's screens were, to come back to
    size_t kept_count, kept_capacity;
    toc_wishes wishes;
} proof;

// ---- screens ---------------------------------------------------------------------------------------------

static void draw(toc_view *v, size_t room, int w, int h, toc_buf *out)
{
    toc_grid g;
    v->room = room;
    toc_grid_init(&g, w, h, false);
    toc_view_draw(v, &g);
    toc_grid_text(out, &g, true);
    toc_grid_fini(&g);
}

static uint64_t hash_of(uint64_t hash, const toc_buf *text)
{
    for (size_t i = 0; i < text->len; i++)
        hash = (hash ^ (unsigned char)text->data[i]) * UINT64_C(1099511628211);
    return hash;
}

// From the first row of every list: which one is selected depends on what was drawn before.
static uint64_t look(toc_view *v)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t room = 0; room < v->room_count; room++) {
        toc_list_fini(&v->rooms[room].list);
        v->rooms[room].list = (toc_list){0};
        v->rooms[room].page.top = 0;
    }
    for (size_t room = 0; room < v->room_count; room++)
        for (size_t i = 0; i < TOC_COUNT(sizes); i++) {
            toc_buf text = {0};
            draw(v, room, sizes[i].w, sizes[i].h, &text);
            hash = hash_of(hash, &text);
            toc_buf_fini(&text);
        }
    return hash;
}

static void differ(const proof *p, const place *at, int64_t seq, size_t room, const char *live,
                   const char *stage)
{
    size_t len;
    const char *body = toc_recording_body(p->recording, seq, &len);
    fprintf(stderr, "%s, %s, line %lld, tab %zu:\n%.*s\nlive\n%s\nrecorded\n%s\n", p->name,
            at->seat, (long long)seq, room + 1, (int)len, body, live, stage);
    ck_abort_msg("%s, %s, line %lld, tab %zu: the screens differ", p->name, at->seat,
                 (long long)seq, room + 1);
}

static void compare(proof *p, const place *at, int64_t seq)
{
    for (size_t room = 0; room < at->view->room_count; room++)
        for (size_t i = 0; i < TOC_COUNT(sizes); i++) {
            toc_buf live = {0}, stage = {0};
            draw(at->view, room, sizes[i].w, sizes[i].h, &live);
            draw(toc_stage_view(at->stage), room, sizes[i].w, sizes[i].h, &stage);
            if (strcmp(live.data, stage.data) != 0)
                differ(p, at, seq, room, live.data, stage.data);
            toc_buf_fini(&live);
            toc_buf_fini(&stage);
        }
}

// ---- the live terminals ----------------------------------------------------------------------------------

static void happen(proof *p, place *at, const toc_happening *h)
{
    toc_view_update(at->view, h, &p->wishes);
    toc_wishes_clear(&p->wishes);
}

// The wall's clock is the recording's: a live one goes on by itself.
static void say_time(proof *p, place *at, int64_t t)
{
    char text[16];
    const int64_t s = recorded_clock_wall(&p->clock, t) / 1000 % 86400;
    snprintf(text, sizeof text, "%02d:%02d:%02d", (int)(s / 3600), (int)(s / 60 % 60),
             (int)(s % 60));
    happen(
        p, at,
        &(toc_happening){.what = TOC_HAPPENED_TIME, .mono = p->live.mono + EARLY_MS, .wall = text});
}

static int64_t int_of(const toc_json *j, const char *key)
{
    int64_t n;
    return toc_json_int(toc_json_get(j, key), &n) ? n : 0;
}

static void hear_clock(proof *p, place *at, const toc_json *j)
{
    toc_clock c = {.emergency = toc_json_true(toc_json_get(j, "emergency")),
                   .t = int_of(j, "t"),
                   .speed = int_of(j, "speed"),
                   .pace = int_of(j, "pace"),
                   .length = int_of(j, "length")};
    if (p->latest > 0 && c.t > p->latest)
        c.t = p->latest;
    toc_copy_text(c.state, sizeof c.state, toc_json_text(toc_json_get(j, "state")));
    toc_copy_text(c.story, sizeof c.story, toc_json_text(toc_json_get(j, "story")));
    happen(p, at, &(toc_happening){.what = TOC_HAPPENED_CLOCK, .clock = &c});
}

static void ask_status(proof *p, place *at)
{
    int64_t from = 0;
    do {
        toc_buf page = {0};
        toc_json *json;
        toc_error e = {0};
        toc_desk_page(p->live.conduct, at->seat, p->live.mono, from, &page, &from);
        TOC_OK_OR_FAIL(toc_json_read(&json, page.data, page.len, TOC_JSON_REPLY, &e), e);
        hear_clock(p, at, toc_json_get(json, "clock"));
        happen(p, at,
               &(toc_happening){
                   .what = TOC_HAPPENED_STATUS, .json = json, .is_last = from == 0, .ok = true});
        toc_json_free(json);
        toc_buf_fini(&page);
    } while (from > 0);
}

// As a heartbeat says it.
static void ask_clock(proof *p, place *at)
{
    toc_buf text = {0};
    toc_json *json;
    toc_error e = {0};
    toc_buf_char(&text, '{');
    toc_conduct_clock_json(p->live.conduct, p->live.mono, &text);
    toc_buf_char(&text, '}');
    TOC_OK_OR_FAIL(toc_json_read(&json, text.data, text.len, TOC_JSON_REPLY, &e), e);
    hear_clock(p, at, json);
    toc_json_free(json);
    toc_buf_fini(&text);
}

static void hear_line(proof *p, place *at, int64_t seq)
{
    const toc_feed *feed = toc_conduct_feed(p->live.conduct, at->feed);
    int64_t n = toc_feed_number(feed, seq), read;
    toc_event ev;
    toc_error e = {0};
    if (n == 0)
        return;
    const char *line = toc_feed_line(feed, n);
    TOC_OK_OR_FAIL(toc_feed_parse(line, strlen(line), &read, &ev, &e), e);
    ck_assert_int_eq(n, at->have + 1);
    at->have = n;
    happen(p, at, &(toc_happening){.what = TOC_HAPPENED_EVENT, .number = n, .event = &ev});
    toc_event_fini(&ev);
}

static void on_beat(void *context)
{
    proof *p = context;
    p->beat = toc_conduct_play(p->live.conduct, p->live.mono);
    for (size_t i = 0; i < p->count; i++) {
        say_time(p, &p->places[i], p->beat);
        ask_clock(p, &p->places[i]);
    }
}

static void same_line(const proof *p, const toc_event *ev)
{
    toc_buf body = {0};
    size_t len;
    const char *recorded = toc_recording_body(p->recording, ev->seq, &len);
    toc_event_body(&body, ev);
    ck_assert_msg(recorded && len == body.len && memcmp(recorded, body.data, len) == 0,
                  "%s, line %lld\nrecorded %.*s\nnow      %s", p->name, (long long)ev->seq,
                  (int)len, recorded ? recorded : "", body.data);
    toc_buf_fini(&body);
}

// What becomes durable together reaches a terminal together; then it asks for the status.
static int64_t newest_of_batch(const proof *p)
{
    int64_t seq = toc_conduct_durable(p->live.conduct);
    while (toc_kind_class(toc_recording_at(p->recording, seq)->kind) == TOC_CLASS_RECORD)
        seq--;
    return seq;
}

static void keep(proof *p, size_t which, int64_t seq, int64_t t)
{
    TOC_GROW(p->kept, p->kept_count, p->kept_capacity);
    p->kept[p->kept_count++] = (kept){which, seq, t, look(p->places[which].view)};
    look(toc_stage_view(p->places[which].stage));
}

static void on_line(void *context, const toc_event *ev)
{
    proof *p = context;
    toc_error e = {0};
    const toc_event *next = toc_recording_at(p->recording, ev->seq + 1);
    const bool is_rest = ev->seq == newest_of_batch(p);
    int64_t t = is_rest ? toc_conduct_play(p->live.conduct, p->live.mono) : p->beat;
    // A ms of the machine's clock may be many of play: what is due within one has its own time, which is
    // the moment that is compared.
    if (is_rest && next->seq > 0 && t > next->t)
        p->latest = t = next->t;
    same_line(p, ev);
    while (p->clock.seq < ev->seq)
        recorded_clock_see(&p->clock, toc_recording_at(p->recording, p->clock.seq + 1));
    TOC_OK_OR_FAIL(toc_past_go(p->past, ev->seq, &e), e);
    // On the way of a jump there is no moment at which anybody could have looked.
    p->is_jump = ev->kind == TOC_K_JUMP || (p->is_jump && !p->was_rest);
    p->was_rest = is_rest;
    const bool is_compared = ((size_t)ev->seq % p->every == 0 || toc_kind_is_clock(ev->kind)) &&
                             (is_rest || !p->is_jump);
    for (size_t i = 0; i < p->count; i++) {
        place *at = &p->places[i];
        say_time(p, at, t);
        hear_line(p, at, ev->seq);
        if (toc_kind_is_clock(ev->kind) && !is_rest)
            ask_clock(p, at);
        toc_stage_go(at->stage, ev->seq, t);
        if (is_rest) {
            ask_status(p, at);
            toc_stage_told(at->stage, p->past, t);
        }
        if (is_compared)
            compare(p, at, ev->seq);
        if (is_compared && is_rest)
            keep(p, i, ev->seq, t);
    }
    p->latest = 0;
}

// ---- a proof ---------------------------------------------------------------------------------------------

static void sit(proof *p, const char *seat)
{
    char audience[64];
    const toc_plan *plan = toc_conduct_plan(p->live.conduct);
    ck_assert_uint_lt(p->count, PLACES);
    place *at = &p->places[p->count++];
    toc_copy_text(at->seat, sizeof at->seat, seat);
    toc_seat_audience(seat, audience);
    at->feed = toc_conduct_feed_find(p->live.conduct, audience);
    size_t team = toc_plan_team(plan, audience);
    const toc_view_options o = {.seat = seat,
                                .role = toc_seat_role(seat),
                                .team = team == TOC_NONE ? NULL : plan->teams[team].name,
                                .title = plan->title,
                                .marking = plan->marking};
    at->view = toc_view_new(&o);
    at->stage = toc_stage_new(p->recording, seat, false);
    say_time(p, at, 0);
    happen(p, at, &(toc_happening){.what = TOC_HAPPENED_LINK, .link = TOC_VIEW_LIVE});
    ask_status(p, at);
}

static int64_t wall_of(const toc_event *ev)
{
    toc_story minute;
    char text[18];
    int s = 0, ms = 0;
    const char *wall = toc_event_str(ev, TOC_F_WALL);
    if (!wall)
        return 0;
    snprintf(text, sizeof text, "%.16sZ", wall);
    ck_assert(toc_story_parse(text, &minute, NULL) == TOC_OK);
    ck_assert_int_eq(sscanf(wall + 16, ":%2d.%3d", &s, &ms), 2);
    return minute.ms + s * 1000 + ms;
}

static void begin(proof *p, const toc_buf *journal, toc_recording **r, toc_random *random)
{
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_recording_read(r, journal->data, journal->len, &e), e);
    p->recording = *r;
    p->live.context = p;
    relive_open(&p->live, toc_recording_files(*r), (uint64_t)toc_recording_header(*r)->seed);
    TOC_OK_OR_FAIL(toc_past_new(&p->past, *r, &e), e);
    const toc_plan *plan = toc_conduct_plan(p->live.conduct);
    recorded_clock_init(&p->clock, *r);
    p->began = p->clock.wall;
    sit(p, "excon-1");
    sit(p, "simcell-1");
    sit(p, "evaluator-1");
    sit(p, "board-1");
    const uint64_t stride = sampled(1), first = toc_random_below(random, stride);
    for (size_t i = first % plan->team_count; i < plan->team_count && p->count < PLACES;
         i += stride) {
        char *seat = toc_sprintf("%s-1", plan->teams[i].id);
        sit(p, seat);
        free(seat);
    }
    p->live.on_line = on_line;
    p->live.on_beat = on_beat;
}

// Back and forth, through moments by chance, every screen is as it was; told by a past of its own.
static void come_back(proof *p, toc_random *random)
{
    for (int i = 0; i < sampled_some(JUMPS) && p->kept_count > 0; i++) {
        const kept *k = &p->kept[toc_random_below(random, p->kept_count)];
        const place *at = &p->places[k->place];
        const int64_t other =
            1 + (int64_t)toc_random_below(random, (uint64_t)toc_recording_count(p->recording));
        toc_past *past;
        toc_error e = {0};
        toc_stage_go(at->stage, other, toc_recording_at(p->recording, other)->t);
        toc_stage_go(at->stage, k->seq, k->t);
        TOC_OK_OR_FAIL(toc_past_new(&past, p->recording, &e), e);
        TOC_OK_OR_FAIL(toc_past_go(past, k->seq, &e), e);
        toc_stage_told(at->stage, past, k->t);
        toc_past_free(past);
        ck_assert_msg(look(toc_stage_view(at->stage)) == k->screens,
                      "%s, %s, line %lld is not the same again from line %lld", p->name, at->seat,
                      (long long)k->seq, (long long)other);
    }
}

static void end(proof *p, toc_recording *r)
{
    free(p->kept);
    for (size_t i = 0; i < p->count; i++) {
        toc_view_free(p->places[i].view);
        toc_stage_free(p->places[i].stage);
    }
    toc_past_free(p->past);
    toc_wishes_fini(&p->wishes);
    relive_close(&p->live);
    toc_recording_free(r);
}

static void prove(const char *name, const toc_buf *journal, size_t every, toc_random *random)
{
    proof p = {.name = name, .every = every};
    toc_recording *r;
    begin(&p, journal, &r, random);
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++) {
        const toc_event *ev = toc_recording_at(r, seq);
        if (toc_kind_class(ev->kind) != TOC_CLASS_INPUT)
            continue;
        p.live.wall = wall_of(ev);
        relive_pass(&p.live, ev->t);
        if (toc_exercise_clock(toc_conduct_exercise(p.live.conduct)).state != TOC_PLAY_RUNNING)
            relive_wait(&p.live, p.live.wall - p.began);
        ck_assert_msg(relive_put(&p.live, ev), "%s: line %lld is refused", name, (long long)seq);
    }
    relive_pass(&p.live, toc_recording_end(r));
    ck_assert_int_ge(toc_conduct_head(p.live.conduct), toc_recording_count(r) - 1);
    come_back(&p, random);
    end(&p, r);
}

START_TEST(a_recording_of_a_plan_shows_the_screens_that_its_seats_had)
{
    toc_random r;
    toc_buf journal = {0};
    seed_random(&r, "plan");
    relive_plan(&journal, "scenarios/first-light", "scenarios/first-light/plans/good.plan");
    prove("first-light good", &journal, sampled(1), &r);
    toc_buf_fini(&journal);
}
END_TEST

static const char *const wandered[] = {"tests/fixtures/relay", "tests/fixtures/quay",
                                       "tests/fixtures/worldly", "scenarios/first-light"};

START_TEST(chaotic_play_shows_the_screens_that_its_seats_had)
{
    toc_random r;
    toc_buf journal = {0};
    seed_random(&r, wandered[_i]);
    relive_wander(&journal, wandered[_i], toc_random_below(&r, 1000000), 60);
    prove(wandered[_i], &journal, getenv("TOC_LONG") ? 1 : sampled(7), &r);
    toc_buf_fini(&journal);
}
END_TEST

// Those that are kept with the project.
static size_t find_samples(glob_t *found)
{
    char *pattern = source_path("replays/recordings/*/journal.jsonl");
    int code = glob(pattern, 0, NULL, found);
    free(pattern);
    return code == 0 ? found->gl_pathc : 0;
}

// Every so manyth line, from a line by chance on; under a sanitizer of one recording that is drawn by chance.
START_TEST(a_sample_recording_shows_the_screens_that_its_seats_had)
{
    toc_random r;
    toc_error e = {0};
    glob_t found;
    toc_buf journal = {0};
    seed_random(&r, "samples");
    size_t count = find_samples(&found), which = (size_t)_i;
    if (sampled(1) > 1)
        which = (size_t)toc_random_below(&r, count);
    ck_assert_uint_gt(count, which);
    const char *path = found.gl_pathv[which];
    printf("%s\n", path);
    fflush(stdout);
    TOC_OK_OR_FAIL(toc_file_slurp(&journal, path, 1 << 28, &e), e);
    prove(path, &journal, getenv("TOC_LONG") ? 1 : sampled(97) + toc_random_below(&r, 20), &r);
    toc_buf_fini(&journal);
    globfree(&found);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, a_recording_of_a_plan_shows_the_screens_that_its_seats_had);
    tcase_add_loop_test(tcase, chaotic_play_shows_the_screens_that_its_seats_had, 0,
                        (int)TOC_COUNT(wandered));
    glob_t found;
    tcase_add_loop_test(tcase, a_sample_recording_shows_the_screens_that_its_seats_had, 0,
                        sampled_some((int)find_samples(&found)));
    globfree(&found);
}

TOC_CHECK_MAIN("stage", add_tests)
