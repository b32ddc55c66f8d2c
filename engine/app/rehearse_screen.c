// SPDX-License-Identifier: MIT
// What a seat has before it at a moment of a rehearsed path: its audience's feed, read by the terminal's own
// picture and told by its own lines. What stands only in the state of the exercise (the services as they
// are, for how long a reserve lasts) comes from the same inputs, played once more up to that moment.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "record/feed.h"
#include "record/json.h"
#include "rehearse_play.h"
#include "rehearse_status.h"
#include "view/lines.h"
#include "view/picture.h"

enum { WIDTH = 80, STATUS_BYTES = 1 << 24, STATUS_DEPTH = 8, STATUS_TOKENS = 2000000 };

typedef struct {
    char seat[64], audience[64];
    const toc_plan *plan;
    toc_picture picture;
    toc_lines lines;
} screen;

static toc_err find_seat(screen *s, const char *who, toc_error *e);
static toc_err replay(toc_exercise *x, const toc_playthrough *play, int64_t at, toc_error *e);
static toc_err see_feed(screen *s, const toc_playthrough *play, int64_t at, toc_error *e);
static toc_err see_state(screen *s, toc_exercise *x, int64_t at, toc_error *e);
static void tell(screen *s, int64_t at);
static void tell_clock(screen *s);
static void tell_texts(screen *s);
static void add_short(toc_buf *out, const char *text);

toc_err toc_play_screen(toc_buf *out, toc_player *p, const toc_playthrough *play, const char *who,
                        int64_t at, toc_error *e)
{
    screen s = {.plan = toc_scenario_plan(p->scenario)};
    toc_exercise *x = NULL;
    toc_err err = find_seat(&s, who, e);
    if (err)
        return err;
    toc_picture_init(&s.picture, s.seat);
    toc_lines_init(&s.lines, s.plan->marking ? s.plan->marking : "", WIDTH);
    err = toc_player_fresh(p, e);
    if (!err) {
        x = toc_exercise_new(s.plan, toc_scenario_script(p->scenario));
        err = replay(x, play, at, e);
    }
    if (!err)
        err = see_state(&s, x, at, e);
    if (!err)
        err = see_feed(&s, play, at, e);
    if (!err) {
        tell(&s, at);
        add_short(out, toc_buf_text(&s.lines.out));
    }
    toc_exercise_free(x);
    toc_picture_fini(&s.picture);
    toc_lines_fini(&s.lines);
    return err;
}

// The time now stands in the first two lines; behind them lines of ours begin with EXERCISE alone.
static void add_short(toc_buf *out, const char *text)
{
    static const char exercise[] = "EXERCISE ", clock[] = "the exercise is ";
    const char *second = strchr(text, '\n');
    const char *end = second ? strstr(second, clock) : NULL;
    size_t prefix = end ? (size_t)(end - second - 1) : 0;
    for (const char *at = text; *at;) {
        size_t len = strcspn(at, "\n");
        bool is_now = prefix > 0 && at > second + 1 && strncmp(at, second + 1, prefix) == 0;
        if (is_now)
            toc_buf_str(out, exercise);
        toc_buf_printf(out, "%.*s\n", (int)(len - (is_now ? prefix : 0)),
                       at + (is_now ? prefix : 0));
        at += len + (at[len] == '\n');
    }
}

// A team stands for its first seat.
static toc_err find_seat(screen *s, const char *who, toc_error *e)
{
    const toc_plan *p = s->plan;
    char quoted[TOC_QUOTE_SIZE];
    bool is_team = toc_plan_team(p, who) != TOC_NONE;
    const char *id = strcmp(who, "control") == 0 ? "excon" : who;
    bool is_other = strcmp(id, "excon") == 0 || strcmp(id, "board") == 0 ||
                    strcmp(id, "evaluator") == 0 || strcmp(id, "simcell") == 0;
    bool is_short = is_team || is_other;
    if (strlen(who) <= TOC_ID_MAX) {
        char *seat = is_short ? toc_sprintf("%s-1", id) : toc_strdup(who);
        toc_copy_text(s->seat, sizeof s->seat, seat);
        free(seat);
        toc_seat_audience(s->seat, s->audience);
    }
    size_t team = s->audience[0] ? toc_plan_team(p, s->audience) : TOC_NONE;
    long number = team == TOC_NONE ? 0 : strtol(strrchr(s->seat, '-') + 1, NULL, 10);
    if (team != TOC_NONE && number > p->teams[team].seats)
        return toc_fail(e, TOC_EUSAGE, "there is no seat %s: %s has %d seat%s", s->seat,
                        s->audience, p->teams[team].seats, p->teams[team].seats == 1 ? "" : "s");
    if (team != TOC_NONE || strcmp(s->audience, "control") == 0 ||
        strcmp(s->audience, "board") == 0)
        return TOC_OK;
    const char **names = toc_alloc((p->team_count + 1) * sizeof *names);
    for (size_t i = 0; i < p->team_count; i++)
        names[i] = p->teams[i].id;
    names[p->team_count] = "excon";
    const char *near = toc_text_near(who, names, p->team_count + 1);
    toc_err err =
        near ? toc_fail(e, TOC_EUSAGE, "--as: the scenario has no team %s; did you mean %s?",
                        toc_text_quote(quoted, who), near)
             : toc_fail(e, TOC_EUSAGE,
                        "--as: the scenario has no team %s; give a team's id, or excon",
                        toc_text_quote(quoted, who));
    free(names);
    return err;
}

static int64_t next_seq(const toc_events *events, int64_t seq)
{
    return events->count > 0 ? events->at[events->count - 1].seq + 1 : seq;
}

// Everything due up to a time happens.
static toc_err go_on(toc_exercise *x, int64_t until, int64_t *seq, toc_events *out, toc_error *e)
{
    int64_t due;
    toc_err err = TOC_OK;
    while (!err && toc_exercise_next_due(x, &due) && due <= until) {
        toc_events_clear(out);
        err = toc_exercise_advance(x, *seq, out, e);
        *seq = next_seq(out, *seq);
    }
    return err;
}

static toc_err replay(toc_exercise *x, const toc_playthrough *play, int64_t at, toc_error *e)
{
    toc_events derived = {0};
    toc_err err = TOC_OK;
    int64_t seq = 1;
    for (size_t i = 0; !err && i < play->events.count; i++) {
        const toc_event *ev = &play->events.at[i];
        if (toc_kind_class(ev->kind) != TOC_CLASS_INPUT || ev->t > at)
            continue;
        err = go_on(x, ev->t, &seq, &derived, e);
        toc_events_clear(&derived);
        if (!err)
            err = toc_exercise_apply(x, ev, &derived, e);
        seq = next_seq(&derived, ev->seq + 1);
    }
    if (!err)
        err = go_on(x, at, &seq, &derived, e);
    toc_events_fini(&derived);
    return err;
}

static toc_err see_feed(screen *s, const toc_playthrough *play, int64_t at, toc_error *e)
{
    toc_feed *feed = toc_feed_new(s->audience);
    toc_err err = TOC_OK;
    for (size_t i = 0; !err && i < play->events.count; i++) {
        const toc_event *ev = &play->events.at[i];
        if (ev->t > at || !toc_feed_add(feed, ev))
            continue;
        int64_t n;
        toc_event seen;
        const char *line = toc_feed_line(feed, toc_feed_head(feed));
        err = toc_feed_parse(line, strlen(line), &n, &seen, e);
        if (err)
            break;
        toc_lines_learn(&s->lines, &seen, n);
        toc_picture_see(&s->picture, n, &seen);
        toc_event_fini(&seen);
    }
    toc_feed_free(feed);
    return err;
}

static toc_err see_state(screen *s, toc_exercise *x, int64_t at, toc_error *e)
{
    toc_buf text = {0}, story = {0};
    toc_json *status = NULL;
    toc_json_limits limits = {STATUS_BYTES, STATUS_DEPTH, STATUS_TOKENS};
    toc_clock_view view = toc_exercise_clock(x);
    toc_clock clock = {.t = at, .speed = view.speed, .pace = view.pace, .length = view.length};
    toc_copy_text(clock.state, sizeof clock.state, toc_play_state_name(view.state));
    toc_story_text(&story, toc_exercise_story(x, at));
    toc_copy_text(clock.story, sizeof clock.story, toc_buf_text(&story));
    toc_lines_hear(&s->lines, &clock);
    s->lines.now = at;
    toc_rehearse_status(&text, x, s->audience);
    toc_err err = toc_json_read(&status, toc_buf_text(&text), text.len, limits, e);
    if (!err)
        toc_picture_status(&s->picture, status);
    toc_json_free(status);
    toc_buf_fini(&text);
    toc_buf_fini(&story);
    return err;
}

static void tell(screen *s, int64_t at)
{
    size_t team = toc_plan_team(s->plan, s->audience);
    s->lines.now = at;
    toc_lines_say(&s->lines, "%s: the screen of %s%s%s%s",
                  s->plan->title ? s->plan->title : s->plan->id, s->seat,
                  team == TOC_NONE ? "" : " (", team == TOC_NONE ? "" : s->plan->teams[team].name,
                  team == TOC_NONE ? "" : ")");
    s->lines.marking[0] = '\0'; // it stands in the first line
    tell_clock(s);
    toc_lines_attention(&s->lines, &s->picture);
    toc_lines_questions(&s->lines, &s->picture);
    toc_lines_inbox(&s->lines, &s->picture);
    toc_lines_products(&s->lines, &s->picture);
    if (s->picture.is_control)
        toc_lines_expectations(&s->lines, &s->picture);
    if (s->picture.situation.service_count > 0)
        toc_lines_situation(&s->lines, &s->picture, NULL);
    tell_texts(s);
}

// The beginning of an item: its head, and so many lines of its text.
static void tell_text(screen *s, const toc_item *item)
{
    enum { LINES = 3 };
    static const char gutter[] = "EXERCISE | ";
    toc_buf *out = &s->lines.out;
    size_t from = out->len;
    int texts = 0;
    toc_lines_item(&s->lines, item);
    char *whole = toc_strdup(out->data + from);
    out->len = from;
    for (const char *at = whole; *at && texts <= LINES;) {
        size_t len = strcspn(at, "\n");
        bool is_text = strncmp(at, gutter, sizeof gutter - 1) == 0;
        texts += is_text;
        if (texts > 0 && !is_text)
            break; // notes, attachments
        if (texts <= LINES)
            toc_buf_printf(out, "%.*s\n", (int)len, at);
        else
            toc_buf_printf(out, "%s…\n", gutter);
        at += len + (at[len] == '\n');
    }
    free(whole);
}

// What arrived, newest first.
static void tell_texts(screen *s)
{
    enum { ITEMS = 8 };
    size_t told = 0, more = 0;
    for (size_t i = s->picture.item_count; i-- > 0;) {
        if (s->picture.items[i].is_own)
            continue;
        if (told < ITEMS)
            tell_text(s, &s->picture.items[i]);
        else
            more++;
        told++;
    }
    if (more > 0)
        toc_lines_say(&s->lines, "and %zu earlier", more);
}

// As toc_lines_clock, without a wall clock: nobody plays now.
static void tell_clock(screen *s)
{
    toc_buf text = {0};
    toc_story story;
    toc_buf_printf(&text, "the exercise is %s, play time ", s->lines.clock.state);
    toc_play_text(&text, s->lines.now);
    if (s->lines.clock.length > 0) {
        toc_buf_str(&text, " of ");
        toc_duration_text(&text, s->lines.clock.length / 1000 * 1000);
    }
    if (toc_timeline_story(&s->lines.timeline, s->lines.now, &story)) {
        toc_buf_str(&text, ", story time ");
        toc_story_text(&text, story);
    }
    toc_lines_say(&s->lines, "%s", toc_buf_text(&text));
    toc_buf_fini(&text);
}
