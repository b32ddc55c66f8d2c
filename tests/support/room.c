// SPDX-License-Identifier: MIT
#include "room.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "conduct_fixture.h"
#include "hub/desk.h"
#include "record/feed.h"
#include "record/json.h"
#include "record/verb.h"
#include "script/scenario.h"

#define WALL_START INT64_C(1795284000000) // 2026-11-21T18:00:00Z, as the fixture has it
#define STEP_MS    250

typedef struct {
    char id[64], token[33], session[24];
    toc_view *view;
    toc_wishes wishes;
    size_t feed;
    int64_t counter, have; // of requests; the newest number of the feed it was given
    int w, h;
    bool is_up, is_ascii;
    int bells;
    char *title;
} place;

struct room {
    conduct_fixture f;
    toc_files *files;
    toc_roster *roster;
    toc_desk *desk;
    char **seats; // that tickets were made for
    size_t seat_count, seat_capacity;
    place **places;
    size_t place_count, place_capacity;
    toc_buf said;
    char *edited, *file_name, *file_text;
    char *folder;
};

static void settle(room *r);
static void say_time(room *r, place *p);
static void happen(room *r, place *p, const toc_happening *h);

static place *place_at(room *r, const char *seat)
{
    for (size_t i = r->place_count; i-- > 0;)
        if (strcmp(r->places[i]->id, seat) == 0)
            return r->places[i];
    ck_abort_msg("nobody sits at %s", seat);
    return NULL;
}

// ---- the engine ----------------------------------------------------------------------------------

static toc_err fetch(void *context, const char *path, toc_error *e)
{
    room *r = context;
    return toc_files_read_one(r->files, r->folder, path, 4 << 20, e);
}

static int64_t wall(void *context)
{
    const room *r = context;
    return WALL_START + r->f.mono;
}

// A ticket's certificate has the end of its token for a number.
static const char *serial_of(const char *token)
{
    return token + 28;
}

static void make_ticket(room *r, const char *seat)
{
    char token[33];
    snprintf(token, sizeof token, "%032zx", r->seat_count + 1);
    TOC_GROW(r->seats, r->seat_count, r->seat_capacity);
    r->seats[r->seat_count++] = toc_strdup(seat);
    toc_roster_put(r->roster, seat, token, serial_of(token));
}

static toc_err issue(void *context, const char *seat, toc_error *e)
{
    (void)e;
    make_ticket(context, seat);
    return TOC_OK;
}

static void on_alarm(void *context, const char *what, const char *text, const char *by)
{
    room *r = context;
    for (size_t i = 0; i < r->place_count; i++)
        if (r->places[i]->is_up)
            happen(
                r, r->places[i],
                &(toc_happening){.what = TOC_HAPPENED_ALARM, .code = what, .text = text, .by = by});
}

static void load(room *r, const char *scenario)
{
    const char *root = getenv("TOC_SOURCE_DIR");
    toc_error e = {0};
    r->folder = strchr(scenario, '/') ? toc_sprintf("%s/%s", root, scenario)
                                      : toc_sprintf("%s/scenarios/%s", root, scenario);
    r->files = toc_files_new();
    TOC_OK_OR_FAIL(toc_files_read_folder(r->files, r->folder, &e), e);
    toc_library_add(r->files);
    toc_scenario *s;
    const toc_fetch fetcher = {fetch, r};
    TOC_OK_OR_FAIL(toc_scenario_load(&s, r->files, &fetcher, 26, TOC_SCENARIO_MEMORY, NULL, &e), e);
    toc_scenario_free(s);
}

room *room_open(const char *scenario, const char *const *control, size_t control_count)
{
    room *r = toc_alloc(sizeof *r);
    toc_error e = {0};
    conduct_setup(&r->f, "");
    load(r, scenario);
    toc_conduct_host host = {
        .journal = r->f.disk.path, .seal_pem = r->f.disk.private_pem, .context = r, .wall = wall};
    toc_conduct_setup setup = {"room-1", 26, r->files, control, control_count};
    TOC_OK_OR_FAIL(toc_conduct_start(&r->f.c, &host, &setup, r->f.mono, &e), e);
    conduct_commit(&r->f);
    r->roster = toc_roster_new();
    const toc_exercise *x = toc_conduct_exercise(r->f.c);
    for (size_t i = 0; i < toc_exercise_seat_count(x); i++)
        make_ticket(r, toc_exercise_seat(x, i).id);
    const toc_desk_host desk_host = {r, on_alarm, NULL, issue};
    r->desk = toc_desk_new(r->f.c, r->roster, &desk_host);
    return r;
}

void room_close(room *r)
{
    for (size_t i = 0; i < r->place_count; i++) {
        toc_view_free(r->places[i]->view);
        toc_wishes_fini(&r->places[i]->wishes);
        free(r->places[i]->title);
        free(r->places[i]);
    }
    for (size_t i = 0; i < r->seat_count; i++)
        free(r->seats[i]);
    free(r->places);
    free(r->seats);
    free(r->edited);
    free(r->file_name);
    free(r->file_text);
    free(r->folder);
    toc_buf_fini(&r->said);
    toc_desk_free(r->desk);
    toc_roster_free(r->roster);
    conduct_teardown(&r->f);
    toc_files_free(r->files);
    free(r);
}

// Asks the desk and gives its answer, which the caller frees.
static toc_json *ask(room *r, place *p, const char *op, const char *fields)
{
    toc_buf request = {0};
    toc_error e = {0};
    toc_reply reply;
    toc_json *json;
    toc_buf_printf(&request, "{\"op\":\"%s\",\"token\":\"%s\",\"id\":\"", op, p->token);
    if (strcmp(op, "join") == 0)
        toc_buf_printf(&request, "%016llx-0\"",
                       (unsigned long long)++p->counter + r->place_count * 1000);
    else
        toc_buf_printf(&request, "%s-%lld\"", p->session, (long long)++p->counter);
    toc_buf_printf(&request, "%s%s}", fields[0] && fields[0] != ',' ? "," : "", fields);
    toc_desk_handle(r->desk, r->f.mono, serial_of(p->token), request.data, request.len, &reply);
    conduct_commit(&r->f);
    toc_reply_finish(&reply, r->f.c);
    toc_buf_clear(&r->said);
    toc_buf_add(&r->said, reply.text.data, reply.text.len);
    TOC_OK_OR_FAIL(toc_json_read(&json, reply.text.data, reply.text.len, TOC_JSON_REPLY, &e), e);
    toc_buf_fini(&reply.text);
    toc_buf_fini(&request);
    return json;
}

// ---- the seats -----------------------------------------------------------------------------------

static void happen(room *r, place *p, const toc_happening *h)
{
    (void)r;
    toc_view_update(p->view, h, &p->wishes);
}

static void say_time(room *r, place *p)
{
    char text[16];
    int64_t s = (WALL_START + r->f.mono) / 1000 % 86400;
    snprintf(text, sizeof text, "%02d:%02d:%02d", (int)(s / 3600), (int)(s / 60 % 60),
             (int)(s % 60));
    happen(r, p, &(toc_happening){.what = TOC_HAPPENED_TIME, .mono = r->f.mono, .wall = text});
}

static void copy_text(char *to, size_t size, const toc_json *json)
{
    if (json && toc_json_text(json))
        snprintf(to, size, "%s", toc_json_text(json));
}

static int64_t int_of(const toc_json *json, const char *key)
{
    int64_t n = 0;
    const toc_json *value = toc_json_get(json, key);
    if (value)
        toc_json_int(value, &n);
    return n;
}

static void give_clock(room *r, place *p, const toc_json *body)
{
    const toc_json *json = toc_json_get(body, "clock");
    if (!json)
        return;
    const toc_json *emergency = toc_json_get(json, "emergency");
    toc_clock c = {.emergency = emergency && toc_json_true(emergency),
                   .t = int_of(json, "t"),
                   .speed = int_of(json, "speed"),
                   .pace = int_of(json, "pace"),
                   .length = int_of(json, "length")};
    copy_text(c.state, sizeof c.state, toc_json_get(json, "state"));
    copy_text(c.story, sizeof c.story, toc_json_get(json, "story"));
    happen(r, p, &(toc_happening){.what = TOC_HAPPENED_CLOCK, .clock = &c});
}

// A page behind the last row has the clock alone.
static void hear_clock(room *r, place *p)
{
    toc_json *body = ask(r, p, "status", ",\"from\":1000000");
    give_clock(r, p, body);
    toc_json_free(body);
}

static void give_feed(room *r, place *p)
{
    const toc_feed *feed = toc_conduct_feed(r->f.c, p->feed);
    toc_error e = {0};
    bool is_clock = false;
    while (p->is_up && p->have < toc_feed_head(feed)) {
        toc_event ev;
        int64_t n;
        const char *line = toc_feed_line(feed, p->have + 1);
        TOC_OK_OR_FAIL(toc_feed_parse(line, strlen(line), &n, &ev, &e), e);
        p->have = n;
        happen(r, p, &(toc_happening){.what = TOC_HAPPENED_EVENT, .number = n, .event = &ev});
        is_clock |= toc_kind_is_clock(ev.kind);
        toc_event_fini(&ev);
    }
    if (is_clock)
        hear_clock(r, p);
}

static void answer(room *r, place *p, const toc_wish *w, const toc_json *body)
{
    const toc_json *ok = toc_json_get(body, "ok"), *error = toc_json_get(body, "error");
    toc_happening h = {.what = TOC_HAPPENED_ANSWER, .number = w->number, .json = body};
    h.ok = ok && toc_json_true(ok);
    if (error && toc_json_get(error, "code"))
        h.code = toc_json_text(toc_json_get(error, "code"));
    if (error && toc_json_get(error, "text"))
        h.text = toc_json_text(toc_json_get(error, "text"));
    happen(r, p, &h);
}

static void answer_status(room *r, place *p)
{
    int64_t from = 0;
    do {
        char fields[40] = "";
        if (from > 0)
            snprintf(fields, sizeof fields, ",\"from\":%lld", (long long)from);
        toc_json *body = ask(r, p, "status", fields);
        give_clock(r, p, body);
        from = int_of(body, "more");
        happen(r, p,
               &(toc_happening){
                   .what = TOC_HAPPENED_STATUS, .json = body, .is_last = from == 0, .ok = true});
        toc_json_free(body);
    } while (from > 0);
}

static void written(room *r, place *p, const toc_wish *w, bool ok, const char *text)
{
    happen(r, p,
           &(toc_happening){
               .what = TOC_HAPPENED_WRITTEN, .number = w->number, .ok = ok, .text = text});
}

static void grant(room *r, place *p, const toc_wish *w)
{
    toc_json *body = NULL;
    toc_buf fields = {0};
    switch (w->kind) {
    case TOC_WISH_ACT:
        toc_event_request(&fields, &w->event);
        body = ask(r, p, toc_kind_name(w->event.kind), toc_buf_text(&fields));
        answer(r, p, w, body);
        break;
    case TOC_WISH_ASK:
        if (strcmp(w->text, "status") == 0) {
            answer_status(r, p);
        } else {
            body = ask(r, p, w->text, w->detail ? w->detail : "");
            answer(r, p, w, body);
        }
        break;
    case TOC_WISH_SAVE:
    case TOC_WISH_OPEN:
        written(r, p, w, true, w->text);
        break;
    case TOC_WISH_EDIT:
        written(r, p, w, r->edited != NULL, r->edited ? r->edited : "no editor was found");
        break;
    case TOC_WISH_READ:
        if (r->file_name && strcmp(r->file_name, w->text) == 0)
            written(r, p, w, true, r->file_text);
        else
            written(r, p, w, false, "there is no such file");
        break;
    case TOC_WISH_WRITE:
        written(r, p, w, true, w->text);
        break;
    case TOC_WISH_BELL:
        p->bells++;
        break;
    case TOC_WISH_TITLE:
        free(p->title);
        p->title = toc_strdup(w->text);
        break;
    case TOC_WISH_MOUSE:
    case TOC_WISH_REDRAW:
    case TOC_WISH_SUSPEND:
    case TOC_WISH_LEAVE:
        break;
    }
    toc_json_free(body);
    toc_buf_fini(&fields);
}

// Does what the views wish, and gives them what comes of it, until nothing is left. Without a link, what is asked waits.
static bool settle_one(room *r, place *p)
{
    toc_wishes now = p->wishes;
    toc_wishes kept = {0};
    bool did = false;
    p->wishes = (toc_wishes){0};
    for (size_t i = 0; i < now.count; i++) {
        toc_wish *w = &now.at[i];
        if (!p->is_up && (w->kind == TOC_WISH_ACT || w->kind == TOC_WISH_ASK)) {
            TOC_GROW(kept.at, kept.count, kept.capacity);
            kept.at[kept.count++] = *w;
            *w = (toc_wish){0};
            continue;
        }
        grant(r, p, w);
        did = true;
    }
    for (size_t i = 0; i < p->wishes.count; i++) {
        TOC_GROW(kept.at, kept.count, kept.capacity);
        kept.at[kept.count++] = p->wishes.at[i];
    }
    free(p->wishes.at);
    p->wishes = kept;
    toc_wishes_fini(&now);
    return did;
}

static void settle(room *r)
{
    bool again = true;
    for (int turn = 0; again; turn++) {
        ck_assert_msg(turn < 1000, "the views wish for ever");
        again = false;
        for (size_t i = 0; i < r->place_count; i++) {
            int64_t had = r->places[i]->have;
            again |= settle_one(r, r->places[i]);
            give_feed(r, r->places[i]);
            again |= r->places[i]->have != had;
        }
    }
}

static void join(room *r, place *p)
{
    toc_json *body = ask(r, p, "join", "");
    p->counter = 0;
    ck_assert_msg(toc_json_get(body, "session") != NULL, "%s", toc_buf_text(&r->said));
    copy_text(p->session, sizeof p->session, toc_json_get(body, "session"));
    give_clock(r, p, body);
    p->is_up = true;
    toc_json_free(body);
    give_feed(r, p);
    happen(r, p, &(toc_happening){.what = TOC_HAPPENED_LINK, .link = TOC_VIEW_LIVE});
    settle(r);
}

void room_sit(room *r, const char *seat, bool is_ascii, int64_t recall_ms)
{
    size_t i = r->seat_count;
    while (i > 0 && strcmp(r->seats[i - 1], seat) != 0)
        i--;
    ck_assert_msg(i > 0, "there is no seat %s", seat);
    for (size_t k = 0; k < r->place_count; k++) // the older terminal of the seat is told
        if (strcmp(r->places[k]->id, seat) == 0 && r->places[k]->is_up) {
            r->places[k]->is_up = false;
            happen(r, r->places[k],
                   &(toc_happening){
                       .what = TOC_HAPPENED_LINK,
                       .link = TOC_VIEW_OVER,
                       .text = "somebody sat down at this seat elsewhere, with the same ticket"});
        }
    place *p = toc_alloc(sizeof *p);
    TOC_GROW(r->places, r->place_count, r->place_capacity);
    r->places[r->place_count++] = p;
    snprintf(p->id, sizeof p->id, "%s", seat);
    p->is_ascii = is_ascii;
    snprintf(p->token, sizeof p->token, "%032zx", i);
    char audience[64];
    toc_seat_audience(seat, audience);
    p->feed = toc_conduct_feed_find(r->f.c, audience);
    const toc_plan *plan = toc_conduct_plan(r->f.c);
    size_t team = toc_plan_team(plan, audience);
    toc_view_options o = {.seat = seat,
                          .role = toc_seat_role(seat),
                          .team = team == TOC_NONE ? NULL : plan->teams[team].name,
                          .title = plan->title,
                          .marking = plan->marking,
                          .is_ascii = is_ascii,
                          .recall_ms = recall_ms};
    p->view = toc_view_new(&o);
    say_time(r, p);
    room_size(r, seat, 80, 24);
    join(r, p);
}

void room_size(room *r, const char *seat, int w, int h)
{
    place *p = place_at(r, seat);
    p->w = w;
    p->h = h;
    happen(r, p, &(toc_happening){.what = TOC_HAPPENED_SIZE, .x = w, .y = h});
}

// A screen is drawn after every key, as at a terminal.
static void draw(place *p)
{
    toc_grid g;
    toc_grid_init(&g, p->w, p->h, p->is_ascii);
    toc_view_draw(p->view, &g);
    toc_grid_fini(&g);
}

void room_key(room *r, const char *seat, uint32_t key)
{
    place *p = place_at(r, seat);
    draw(p);
    say_time(r, p);
    happen(r, p, &(toc_happening){.what = TOC_HAPPENED_KEY, .key = key});
    settle(r);
    draw(p);
}

void room_type(room *r, const char *seat, const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        i += toc_utf8_next(text + i, len - i, &cp);
        room_key(r, seat, cp);
    }
}

void room_paste(room *r, const char *seat, const char *text)
{
    place *p = place_at(r, seat);
    happen(r, p, &(toc_happening){.what = TOC_HAPPENED_PASTE, .text = text});
    settle(r);
    draw(p);
}

// Terminals are heard every few seconds, and those that are not are missed.
static void keep_pulse(room *r)
{
    enum { PING_MS = 5000, WATCH_MS = 1000 };
    for (size_t i = 0; i < r->place_count; i++) {
        place *p = r->places[i];
        if (p->is_up && r->f.mono % PING_MS < STEP_MS)
            toc_json_free(ask(r, p, "ping", ""));
    }
    if (r->f.mono % WATCH_MS < STEP_MS) {
        toc_desk_watch(r->desk, r->f.mono);
        conduct_commit(&r->f);
    }
}

void room_pass(room *r, int64_t ms)
{
    while (ms > 0) {
        int64_t step = ms < STEP_MS ? ms : STEP_MS;
        ms -= step;
        conduct_run(&r->f, step);
        keep_pulse(r);
        for (size_t i = 0; i < r->place_count; i++) {
            place *p = r->places[i];
            say_time(r, p);
            give_feed(r, p);
            if (p->is_up && r->f.mono % 2000 < STEP_MS) // a heartbeat
                hear_clock(r, p);
        }
        settle(r);
    }
}

void room_link(room *r, const char *seat, bool is_up)
{
    place *p = place_at(r, seat);
    if (is_up) {
        join(r, p);
        return;
    }
    p->is_up = false;
    happen(r, p,
           &(toc_happening){
               .what = TOC_HAPPENED_LINK, .link = TOC_VIEW_LOST, .text = "the connection is gone"});
}

void room_screen(room *r, const char *seat, toc_buf *out, bool with_styles)
{
    place *p = place_at(r, seat);
    toc_grid g;
    toc_grid_init(&g, p->w, p->h, p->is_ascii);
    toc_view_draw(p->view, &g);
    toc_grid_text(out, &g, with_styles);
    toc_grid_fini(&g);
}

toc_view *room_view(room *r, const char *seat)
{
    return place_at(r, seat)->view;
}

int room_bells(room *r, const char *seat)
{
    place *p = place_at(r, seat);
    int bells = p->bells;
    p->bells = 0;
    return bells;
}

const char *room_title(room *r, const char *seat)
{
    return place_at(r, seat)->title;
}

void room_edited(room *r, const char *text)
{
    free(r->edited);
    r->edited = toc_strdup(text);
}

void room_file(room *r, const char *name, const char *text)
{
    free(r->file_name);
    free(r->file_text);
    r->file_name = toc_strdup(name);
    r->file_text = toc_strdup(text);
}

const conduct_fixture *room_fixture(const room *r)
{
    return &r->f;
}

const char *room_say(room *r, const char *seat, const char *line)
{
    place *p = place_at(r, seat);
    toc_act act;
    toc_error e = {0};
    toc_buf fields = {0};
    TOC_OK_OR_FAIL(toc_act_parse(&act, line, &e), e);
    TOC_OK_OR_FAIL(toc_picture_resolve(toc_view_picture(p->view), &act, &e), e);
    toc_event_request(&fields, &act.input);
    toc_json_free(ask(r, p, toc_kind_name(act.input.kind), toc_buf_text(&fields)));
    toc_buf_fini(&fields);
    toc_act_fini(&act);
    char *reply = toc_strdup(toc_buf_text(&r->said));
    settle(r);
    toc_buf_clear(&r->said);
    toc_buf_str(&r->said, reply);
    free(reply);
    return toc_buf_text(&r->said);
}
