// SPDX-License-Identifier: MIT
// What players should do and by when, most urgent first, and below it the objectives with the
// ratings so far. Evaluators and EXCON say here what came of it.
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "assess.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "conduct.h"
#include "lines_parts.h"
#include "table.h"

enum { NARROW = 70, MARK_COLUMNS = 4, ID_MOST = 12, TEAM_COLUMNS = 12, STATE_COLUMNS = 18 };

// What a row stands for; the other is NULL.
typedef struct {
    const toc_known_expectation *action;
    const toc_objective_text *objective;
} expected;

static void collect(toc_view *v, const toc_room *room, toc_table *rows);
static expected row_of(const toc_view *v, const toc_table *rows, size_t i);
static int compare_actions(const void *a, const void *b);
static bool passes(const toc_view *v, const toc_room *room, const toc_known_expectation *x);
static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows);
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context);
static void draw_objective(toc_view *v, toc_grid *g, toc_rect line, const toc_objective_text *o,
                           int id);
static toc_style style_of(const toc_known_expectation *x);
static void put_state(const toc_view *v, toc_buf *out, const toc_known_expectation *x);
static void put_ratings(const toc_view *v, toc_buf *out, const char *objective);
static bool is_armed(const toc_known_expectation *x);
static bool act_on(toc_view *v, toc_do what, const expected *row, toc_wishes *out);
static void say_action(toc_view *v, toc_page *page, const toc_known_expectation *x);
static void say_when(toc_view *v, toc_page *page, const toc_known_expectation *x);
static void say_contingency(toc_view *v, toc_page *page, const toc_known_expectation *x);
static void say_objective(toc_view *v, toc_page *page, const toc_objective_text *o);
static void say_notes(toc_view *v, toc_page *page, toc_field field, const char *id);
static const char *objective_text(const toc_view *v, const char *id);

static void draw(toc_view *v, toc_grid *g, toc_rect r)
{
    toc_room *room = toc_view_room(v, &toc_screen_expected);
    toc_table rows = {0};
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    toc_table_show(room, at < rows.count ? rows.keys[at] : NULL);
    if (at < rows.count) {
        expected row = row_of(v, &rows, at);
        if (row.action)
            say_action(v, &room->page, row.action);
        else if (row.objective)
            say_objective(v, &room->page, row.objective);
    } else {
        toc_page_say(&room->page, TOC_STYLE_PLAIN, "%s",
                     room->list.filter ? "Nothing passes the filter. Esc shows all."
                                       : "The scenario expects no actions.");
    }
    toc_table_draw(v, g, r, room, &rows, put_heading, at < rows.count ? rows.keys[at] : "",
                   draw_row);
    toc_table_fini(&rows);
}

static bool act(toc_view *v, toc_do what, toc_wishes *out)
{
    toc_room *room = toc_view_room(v, &toc_screen_expected);
    toc_table rows = {0};
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    expected row = at < rows.count ? row_of(v, &rows, at) : (expected){0};
    bool did = act_on(v, what, &row, out) || toc_table_do(&rows, room, what);
    toc_table_fini(&rows);
    return did;
}

static void about(toc_view *v, toc_event *observe)
{
    toc_room *room = toc_view_room(v, &toc_screen_expected);
    toc_table rows = {0};
    collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    expected row = at < rows.count ? row_of(v, &rows, at) : (expected){0};
    if (row.action) {
        toc_event_set_str(observe, TOC_F_EXPECTATION, row.action->id);
        toc_event_set_str(observe, TOC_F_TEAM, row.action->team);
        toc_event_set_str(observe, TOC_F_OBJECTIVE, row.action->objective);
    } else if (row.objective) {
        toc_event_set_str(observe, TOC_F_OBJECTIVE, row.objective->id);
    }
    toc_table_fini(&rows);
}

static void badge(toc_view *v, toc_buf *out)
{
    size_t late = 0;
    for (size_t i = 0; i < v->picture.situation.expectation_count; i++)
        late += toc_expected_group(&v->picture.situation.expectations[i]) == 0;
    if (late > 0)
        toc_buf_printf(out, " !%zu", late);
}

const toc_screen toc_screen_expected = {
    .name = "Expected",
    .places = TOC_IN_LIST | TOC_IN_EXPECTED,
    .badge = badge,
    .draw = draw,
    .act = act,
    .about = about,
};

// Actions not seen in time, then by their deadlines, then later ones and settled ones; the objectives last.
static void collect(toc_view *v, const toc_room *room, toc_table *rows)
{
    const toc_situation *s = &v->picture.situation;
    const toc_known_expectation **all = toc_alloc((s->expectation_count + 1) * sizeof *all);
    for (size_t i = 0; i < s->expectation_count; i++)
        all[i] = &s->expectations[i];
    qsort(all, s->expectation_count, sizeof *all, compare_actions);
    for (size_t i = 0; i < s->expectation_count; i++)
        if (passes(v, room, all[i]))
            toc_table_add(rows, all[i], all[i]->id);
    for (size_t i = 0; i < v->picture.objective_count; i++) {
        const toc_objective_text *o = &v->picture.objectives[i];
        const char *const fields[] = {"id", o->id, "text", o->text, NULL};
        if (toc_filter_passes(room->list.filter, fields, "objective"))
            toc_table_add(rows, o, o->id);
    }
    free((void *)all);
}

// Which of the two arrays it points into says what it is.
static expected row_of(const toc_view *v, const toc_table *rows, size_t i)
{
    const toc_picture *p = &v->picture;
    for (size_t k = 0; k < p->objective_count; k++)
        if (rows->behind[i] == &p->objectives[k])
            return (expected){.objective = &p->objectives[k]};
    return (expected){.action = rows->behind[i]};
}

// The scenario's order decides where the times do not: the array's is that.
static int compare_actions(const void *a, const void *b)
{
    const toc_known_expectation *x = *(const toc_known_expectation *const *)a;
    const toc_known_expectation *y = *(const toc_known_expectation *const *)b;
    int by_group = toc_expected_group(x) - toc_expected_group(y);
    if (by_group)
        return by_group;
    if (x->deadline != y->deadline)
        return x->deadline < 0 || (y->deadline >= 0 && x->deadline > y->deadline) ? 1 : -1;
    return x < y ? -1 : x > y;
}

static bool passes(const toc_view *v, const toc_room *room, const toc_known_expectation *x)
{
    static const char *const flags[] = {"late", "open", "later", "settled"};
    const char *const fields[] = {"id",        x->id,
                                  "team",      x->team ? x->team : "",
                                  "name",      x->team ? toc_view_name(v, x->team) : "",
                                  "text",      x->text ? x->text : "",
                                  "objective", x->objective ? x->objective : "",
                                  "state",     x->state ? x->state : "",
                                  NULL};
    return toc_filter_passes(room->list.filter, fields, flags[toc_expected_group(x)]);
}

// "6 expected actions, 1 LATE, 3 objectives"
static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows)
{
    size_t actions = 0, late = 0;
    (void)room;
    for (size_t i = 0; i < rows->count; i++) {
        expected row = row_of(v, rows, i);
        actions += row.action != NULL;
        late += row.action && toc_expected_group(row.action) == 0;
    }
    toc_buf_printf(out, "%zu expected action%s", actions, actions == 1 ? "" : "s");
    if (late > 0)
        toc_buf_printf(out, ", %zu LATE", late);
    toc_buf_printf(out, ", %zu objective%s", rows->count - actions,
                   rows->count - actions == 1 ? "" : "s");
}

// "!!! EXP-01  Pier watch  late by 02:16    INJ-21 ARMED: The boats are warned"
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context)
{
    const toc_table *rows = context;
    expected row = row_of(v, rows, i);
    int id = 6, x = line.x + MARK_COLUMNS, end = line.x + line.w;
    for (size_t k = 0; k < rows->count; k++) {
        int len = toc_text_columns(rows->keys[k], strlen(rows->keys[k]));
        id = len > id ? len : id;
    }
    id = id > ID_MOST ? ID_MOST : id;
    if (row.objective) {
        draw_objective(v, g, line, row.objective, id);
        return;
    }
    assert(row.action); // a row is the one or the other
    const toc_known_expectation *a = row.action;
    toc_style style = style_of(a);
    toc_buf text = {0};
    toc_grid_put(g, line.x, line.y, MARK_COLUMNS - 1, style,
                 toc_expected_group(a) == 0 ? "!!!" : "");
    toc_grid_put(g, x, line.y, id, style, a->id);
    x += id + 1;
    if (line.w >= NARROW) {
        toc_grid_put(g, x, line.y, TEAM_COLUMNS - 1, style, a->team ? a->team : "?");
        x += TEAM_COLUMNS;
    }
    put_state(v, &text, a);
    toc_grid_put(g, x, line.y, STATE_COLUMNS - 1, style, toc_buf_text(&text));
    x += STATE_COLUMNS;
    toc_buf_clear(&text);
    if (is_armed(a))
        toc_buf_printf(&text, "%s ARMED: ", a->contingency);
    toc_buf_str(&text, a->text ? a->text : "");
    toc_grid_put(g, x, line.y, end - x, style, toc_buf_text(&text));
    toc_buf_fini(&text);
}

static void draw_objective(toc_view *v, toc_grid *g, toc_rect line, const toc_objective_text *o,
                           int id)
{
    int x = line.x + MARK_COLUMNS, end = line.x + line.w;
    int ratings = STATE_COLUMNS + (line.w >= NARROW ? TEAM_COLUMNS : 0);
    toc_buf text = {0};
    toc_grid_put(g, x, line.y, id, TOC_STYLE_TITLE, o->id);
    x += id + 1;
    put_ratings(v, &text, o->id);
    toc_grid_put(g, x, line.y, ratings - 1, TOC_STYLE_PLAIN,
                 text.len ? toc_buf_text(&text) : "not rated yet");
    x += ratings;
    toc_grid_put(g, x, line.y, end - x, TOC_STYLE_PLAIN, o->text);
    toc_buf_fini(&text);
}

static toc_style style_of(const toc_known_expectation *x)
{
    return toc_expected_group(x) == 0 ? TOC_STYLE_URGENT : TOC_STYLE_PLAIN;
}

static void put_state(const toc_view *v, toc_buf *out, const toc_known_expectation *x)
{
    const char *state = x->state ? x->state : "?";
    bool is_open = strcmp(state, "open") == 0, is_overdue = strcmp(state, "overdue") == 0;
    if ((is_open || is_overdue) && x->deadline >= 0)
        toc_view_left(v, out, x->deadline);
    else if (is_overdue)
        toc_buf_str(out, "LATE");
    else if (strcmp(state, "crossed") == 0)
        toc_buf_str(out, "jumped over");
    else if (strcmp(state, "planned") == 0)
        toc_buf_str(out, "not begun");
    else
        for (const char *at = state; *at; at++) // "not-observed"
            toc_buf_char(out, *at == '-' ? ' ' : *at);
}

// "pier P, boats S, all M": each as it stands, newest first.
static void put_ratings(const toc_view *v, toc_buf *out, const char *objective)
{
    size_t i = v->picture.observation_count;
    const toc_observation *o;
    while ((o = toc_rating_next(&v->picture, objective, &i)) != NULL) {
        const char *team = toc_event_str(&o->event, TOC_F_TEAM);
        toc_buf_str(out, out->len ? ", " : "");
        toc_put_visible(out, team ? team : "all");
        toc_buf_char(out, ' ');
        toc_put_visible(out, toc_event_str(&o->event, TOC_F_RATING));
    }
}

static bool is_armed(const toc_known_expectation *x)
{
    bool is_over = x->then && (strcmp(x->then, "sent") == 0 || strcmp(x->then, "skipped") == 0);
    return x->is_armed && x->contingency && !is_over;
}

static bool act_on(toc_view *v, toc_do what, const expected *row, toc_wishes *out)
{
    switch (what) {
    case TOC_DO_MARK:
        if (row->action)
            toc_mark_open(v, row->action);
        else
            toc_view_notice(v, TOC_STYLE_NOTICE,
                            "that is said of an expected action; R rates an objective");
        return true;
    case TOC_DO_HOLD:
    case TOC_DO_SKIP: {
        const char *id = row->action ? row->action->contingency : NULL;
        const toc_msel_row *inject = id ? toc_msel_inject(&v->msel, id) : NULL;
        if (v->role != TOC_ROLE_EXCON)
            return false;
        if (inject)
            return toc_row_act(v, what, inject, out);
        toc_view_notice(v, TOC_STYLE_NOTICE, "no inject hangs on this one");
        return true;
    }
    default:
        return false;
    }
}

// ---- one of them ---------------------------------------------------------------------------------------------

static void say_action(toc_view *v, toc_page *page, const toc_known_expectation *x)
{
    toc_buf text = {0};
    toc_buf_printf(&text, "%s, %s", x->id, x->team ? toc_view_name(v, x->team) : "?");
    toc_page_line_of(page, TOC_STYLE_TITLE, &text);
    toc_buf_str(&text, x->text ? x->text : "");
    toc_page_line_of(page, TOC_STYLE_PLAIN, &text);
    say_when(v, page, x);
    say_contingency(v, page, x);
    if (x->product) {
        toc_buf_printf(&text, "They hand it in as: %s", x->product);
        toc_page_line_of(page, TOC_STYLE_PLAIN, &text);
    }
    if (x->objective) {
        toc_buf_printf(&text, "Objective %s: %s", x->objective, objective_text(v, x->objective));
        toc_page_line_of(page, TOC_STYLE_PLAIN, &text);
    }
    if (x->notes) {
        toc_page_say(page, TOC_STYLE_TITLE, "NOTES FOR CONTROLLERS, not shown to teams");
        toc_page_foreign(page, x->notes);
    }
    say_notes(v, page, TOC_F_EXPECTATION, x->id);
    toc_buf_fini(&text);
}

static void say_when(toc_view *v, toc_page *page, const toc_known_expectation *x)
{
    toc_buf text = {0};
    int group = toc_expected_group(x);
    if (group == 0)
        toc_buf_str(&text, x->state && strcmp(x->state, "crossed") == 0
                               ? "NOT SEEN; the story has jumped over its time"
                               : "NOT SEEN IN TIME");
    else if (group == 3)
        put_state(v, &text, x);
    else
        toc_buf_str(&text, group == 1 ? "Expected" : "Not begun");
    if (x->deadline >= 0) {
        toc_buf_str(&text, group == 3 ? "; it was due by " : group == 0 ? ": due by " : " by ");
        toc_deadline_text(&text, &v->lines, x);
    } else if (x->hangs_on) {
        toc_expected_start(&text, x);
    }
    if (group < 2 && x->deadline >= 0) {
        toc_buf_str(&text, ", ");
        toc_view_left(v, &text, x->deadline);
    }
    if (x->by) {
        bool is_seat = toc_picture_seat(&v->picture, x->by) != NULL;
        toc_buf_str(&text, is_seat ? ", said by " : ", seen by its ");
        toc_picture_person(&v->picture, &text, x->by);
    }
    toc_page_line_of(page, group == 0 ? TOC_STYLE_BAD : TOC_STYLE_PLAIN, &text);
    toc_buf_fini(&text);
}

static void say_contingency(toc_view *v, toc_page *page, const toc_known_expectation *x)
{
    toc_buf text = {0};
    const char *then = x->then ? x->then : "planned";
    const toc_msel_row *row = x->contingency ? toc_msel_inject(&v->msel, x->contingency) : NULL;
    if (!x->contingency)
        return;
    toc_buf_str(&text, x->contingency);
    if (row && row->title)
        toc_buf_printf(&text, " \"%s\"", row->title);
    if (strcmp(then, "sent") == 0 || strcmp(then, "skipped") == 0)
        toc_buf_printf(&text, " was %s", then);
    else if (is_armed(x))
        toc_buf_str(&text, v->role == TOC_ROLE_EXCON ? " is ARMED: h releases it, s skips it"
                                                     : " is ARMED: EXCON releases or skips it");
    else
        toc_buf_str(&text, toc_expected_group(x) == 3 ? " is not needed"
                           : x->is_manual             ? " waits for EXCON if it is not seen"
                                                      : " is sent if it is not seen");
    toc_page_line_of(page, is_armed(x) ? TOC_STYLE_URGENT : TOC_STYLE_PLAIN, &text);
    toc_buf_fini(&text);
}

static void say_objective(toc_view *v, toc_page *page, const toc_objective_text *o)
{
    const toc_situation *s = &v->picture.situation;
    const toc_observation *rating;
    size_t i = v->picture.observation_count, count = 0;
    toc_buf text = {0};
    toc_buf_printf(&text, "%s  %s", o->id, o->text);
    toc_page_line_of(page, TOC_STYLE_TITLE, &text);
    while ((rating = toc_rating_next(&v->picture, o->id, &i)) != NULL) {
        const toc_event *ev = &rating->event;
        const char *team = toc_event_str(ev, TOC_F_TEAM), *why = toc_event_str(ev, TOC_F_TEXT);
        const char *letter = toc_event_str(ev, TOC_F_RATING);
        toc_buf_printf(&text, "%s for %s: %s, by ", letter,
                       team ? toc_view_name(v, team) : "all teams", toc_rating_words(letter));
        toc_picture_person(&v->picture, &text, toc_event_str(ev, TOC_F_BY));
        toc_page_line_of(page, TOC_STYLE_PLAIN, &text);
        if (why)
            toc_page_foreign(page, why);
        count++;
    }
    if (count == 0)
        toc_page_say(page, TOC_STYLE_PLAIN,
                     "Not rated yet: R rates it, until the exercise is closed.");
    for (size_t k = 0; k < s->expectation_count; k++) {
        const toc_known_expectation *x = &s->expectations[k];
        if (!x->objective || strcmp(x->objective, o->id) != 0)
            continue;
        toc_buf_printf(&text, "%s ", x->id);
        put_state(v, &text, x);
        toc_buf_printf(&text, ": %s", x->text ? x->text : "");
        toc_page_line_of(page, TOC_STYLE_PLAIN, &text);
    }
    say_notes(v, page, TOC_F_OBJECTIVE, o->id);
    toc_buf_fini(&text);
}

// What was noted and marked about it; ratings stand above.
static void say_notes(toc_view *v, toc_page *page, toc_field field, const char *id)
{
    size_t count = 0;
    for (size_t i = v->picture.observation_count; i > 0; i--) {
        const toc_observation *o = &v->picture.observations[i - 1];
        const char *of = toc_event_str(&o->event, field);
        toc_buf text = {0};
        if (!of || strcmp(of, id) != 0 || o->event.kind == TOC_K_RATE)
            continue;
        if (count++ == 0)
            toc_page_say(page, TOC_STYLE_TITLE, "WHAT WAS NOTED");
        toc_view_time(v, &text, o->event.t);
        toc_buf_char(&text, ' ');
        toc_act_text_of(&text, &v->picture, &o->event, o->n);
        toc_page_line_of(page, TOC_STYLE_PLAIN, &text);
        toc_buf_fini(&text);
    }
}

static const char *objective_text(const toc_view *v, const char *id)
{
    for (size_t i = 0; i < v->picture.objective_count; i++)
        if (strcmp(v->picture.objectives[i].id, id) == 0)
            return v->picture.objectives[i].text;
    return "";
}
