// SPDX-License-Identifier: MIT
// What is to be decided and handed in, what is due first on top; then what waits for EXCON, then
// what is settled.
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "base/mem.h"
#include "base/text.h"
#include "decide.h"
#include "decision_page.h"
#include "table.h"
#include "write.h"

enum { LEFT_COLUMNS = 15, ID_COLUMNS = 7, NARROW = 70 };

// A row is a decision or, where that is NULL, a product.
typedef struct {
    const toc_question *question;
    const char *product;
    int order; // the lower the further up: to be answered, to be ruled on, to be handed in, settled
    int64_t due;
} entry;

static entry *collect(toc_view *v, toc_room *room, toc_table *rows);
static size_t list_entries(const toc_view *v, entry *list);
static int compare(const void *a, const void *b);
static bool passes(const toc_view *v, const toc_room *room, const entry *e);
static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows);
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context);
static void draw_product(toc_view *v, toc_grid *g, toc_rect line, const char *product);
static bool act_on(toc_view *v, toc_do what, const entry *e);
static bool is_waiting(const toc_question *q);
static void select_new(toc_view *v, const char *decision);

static void badge(toc_view *v, toc_buf *out)
{
    const toc_picture *p = &v->picture;
    const toc_question *first = NULL;
    size_t count = 0, rulings = 0;
    for (size_t i = 0; i < p->question_count; i++) {
        const toc_question *q = &p->questions[i];
        rulings += v->role == TOC_ROLE_EXCON && is_waiting(q);
        if (q->state != TOC_QUESTION_OPEN || (!p->is_control && !toc_question_is_ours(p, q)) ||
            p->has_ended)
            continue;
        count++;
        if (!first || q->deadline < first->deadline)
            first = q;
    }
    if (rulings > 0) {
        toc_buf_printf(out, " !%zu", rulings); // as the list of injects has what waits for EXCON
    } else if (first && p->is_control) {
        toc_buf_printf(out, " %zu", count);
    } else if (first) {
        toc_buf left = {0};
        toc_view_left(v, &left, first->deadline);
        bool is_late = first->deadline <= toc_view_now(v);
        toc_buf_printf(out, is_late ? " %zu late" : " %zu, ", count);
        toc_buf_str(out, is_late ? "" : toc_buf_text(&left)); // "06:10 left"
        toc_buf_fini(&left);
    }
}

static void draw(toc_view *v, toc_grid *g, toc_rect r)
{
    toc_room *room = toc_view_room(v, &toc_screen_decisions);
    toc_table rows = {0};
    toc_buf title = {0};
    entry *entries = collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    toc_table_show(room, at < rows.count ? rows.keys[at] : NULL);
    if (at < rows.count) {
        const entry *e = rows.behind[at];
        toc_put_visible(&title,
                        e->product ? e->product : toc_event_str(&e->question->ask, TOC_F_DECISION));
        if (e->product)
            toc_product_page(v, &room->page, e->product);
        else
            toc_decision_page(v, &room->page, e->question);
    } else {
        toc_page_say(&room->page, TOC_STYLE_PLAIN, "%s",
                     room->list.filter
                         ? "Nothing here holds what the filter asks for. Esc shows all."
                         : "Nothing was asked yet.");
    }
    toc_table_draw(v, g, r, room, &rows, put_heading, toc_buf_text(&title), draw_row);
    toc_buf_fini(&title);
    toc_table_fini(&rows);
    free(entries);
}

static bool act(toc_view *v, toc_do what, toc_wishes *out)
{
    toc_room *room = toc_view_room(v, &toc_screen_decisions);
    toc_table rows = {0};
    (void)out;
    entry *entries = collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    bool did =
        (at < rows.count && act_on(v, what, rows.behind[at])) || toc_table_do(&rows, room, what);
    toc_table_fini(&rows);
    free(entries);
    return did;
}

static void learn(toc_view *v, int64_t n, const toc_event *ev)
{
    (void)n;
    toc_answers_learn(v, ev);
    toc_decide_watch(v);
    if (ev->kind == TOC_K_ASK && v->is_live)
        select_new(v, toc_event_str(ev, TOC_F_DECISION));
}

static void about(toc_view *v, toc_event *observe)
{
    toc_room *room = toc_view_room(v, &toc_screen_decisions);
    toc_table rows = {0};
    entry *entries = collect(v, room, &rows);
    size_t at = toc_table_selected(&rows, room);
    const entry *e = at < rows.count ? rows.behind[at] : NULL;
    if (e && e->question) {
        toc_event_set_str(observe, TOC_F_DECISION,
                          toc_event_str(&e->question->ask, TOC_F_DECISION));
        toc_event_set_str(observe, TOC_F_TEAM, toc_event_str(&e->question->ask, TOC_F_TEAM));
    }
    toc_table_fini(&rows);
    free(entries);
}

static bool is_empty(toc_view *v)
{
    return v->picture.question_count == 0;
}

const toc_screen toc_screen_decisions = {
    .is_empty = is_empty,
    .name = "Decisions",
    .places = TOC_IN_LIST | TOC_IN_DECISIONS,
    .badge = badge,
    .draw = draw,
    .act = act,
    .learn = learn,
    .about = about,
};

// The entries are the caller's; the rows point into them.
static entry *collect(toc_view *v, toc_room *room, toc_table *rows)
{
    const toc_picture *p = &v->picture;
    entry *list = toc_alloc((p->question_count + p->situation.product_count + 1) * sizeof *list);
    size_t count = list_entries(v, list);
    qsort(list, count, sizeof *list, compare);
    for (size_t i = 0; i < count; i++) {
        if (!passes(v, room, &list[i]))
            continue;
        char *key =
            toc_sprintf("%s%s", list[i].product ? "product:" : "decision:",
                        list[i].product ? list[i].product
                                        : toc_event_str(&list[i].question->ask, TOC_F_DECISION));
        toc_table_add(rows, &list[i], key);
        free(key);
    }
    return list;
}

static size_t list_entries(const toc_view *v, entry *list)
{
    const toc_picture *p = &v->picture;
    size_t count = 0;
    for (size_t i = 0; i < p->question_count; i++) {
        const toc_question *q = &p->questions[i];
        bool is_settled = q->state > TOC_QUESTION_RULING;
        // EXCON's own work comes first at EXCON: what waits for a ruling.
        int ruling = v->role == TOC_ROLE_EXCON ? 0 : 2;
        list[count++] = (entry){.question = q,
                                .order = is_settled      ? 4
                                         : is_waiting(q) ? ruling
                                                         : 1,
                                .due = is_settled ? -(int64_t)i : q->deadline};
    }
    for (size_t i = 0; i < p->situation.product_count && !p->is_control; i++)
        list[count++] = (entry){.product = p->situation.products[i],
                                .order = toc_answers_handed(v, p->situation.products[i]) ? 5 : 3,
                                .due = (int64_t)i};
    return count;
}

static int compare(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    if (x->due != y->due)
        return x->due < y->due ? -1 : 1;
    return x->question < y->question ? -1 : 1; // those that were asked together stay in their order
}

static bool passes(const toc_view *v, const toc_room *room, const entry *e)
{
    if (!room->list.filter)
        return true;
    if (e->product) {
        const char *const fields[] = {"id", e->product, "title", "hand in", NULL};
        return toc_filter_passes(room->list.filter, fields,
                                 toc_answers_handed(v, e->product) ? "product" : "product open");
    }
    const toc_question *q = e->question;
    const char *team = toc_event_str(&q->ask, TOC_F_TEAM);
    const char *const fields[] = {"id",     toc_event_str(&q->ask, TOC_F_DECISION),
                                  "title",  toc_event_str(&q->ask, TOC_F_TITLE),
                                  "text",   toc_event_str(&q->ask, TOC_F_TEXT),
                                  "team",   team,
                                  "to",     toc_view_name(v, team),
                                  "answer", q->answer,
                                  NULL};
    toc_buf flags = {0};
    if (q->state == TOC_QUESTION_OPEN)
        toc_buf_str(&flags, q->deadline < toc_view_now(v) ? "open late " : "open ");
    else if (q->state == TOC_QUESTION_RULING)
        toc_buf_str(&flags, "open ruling ");
    else
        toc_buf_str(&flags, q->state == TOC_QUESTION_OVERDUE ? "settled late overdue" : "settled ");
    bool does = toc_filter_passes(room->list.filter, fields, toc_buf_text(&flags));
    toc_buf_fini(&flags);
    return does;
}

static void put_heading(toc_view *v, toc_buf *out, const toc_room *room, const toc_table *rows)
{
    size_t open = 0, waiting = 0, products = 0;
    (void)v;
    (void)room;
    for (size_t i = 0; i < rows->count; i++) {
        const entry *e = rows->behind[i];
        open += e->order == 1;
        products += e->order == 3;
        waiting += e->question && is_waiting(e->question);
    }
    toc_buf_printf(out, "%zu open", open);
    if (waiting > 0)
        toc_buf_printf(out, ", %zu %s", waiting,
                       waiting == 1 ? "waits for EXCON's ruling" : "wait for EXCON's ruling");
    if (products > 0)
        toc_buf_printf(out, ", %zu to hand in", products);
}

// "06:10 left      D-03   wind   Close the fairway?                                 open"; a team
// by its id, as in the list.
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context)
{
    const toc_table *rows = context;
    const entry *e = rows->behind[i];
    if (e->product) {
        draw_product(v, g, line, e->product);
        return;
    }
    const toc_question *q = e->question;
    toc_buf text = {0};
    toc_style style = toc_decision_style(v, q);
    int x = line.x + LEFT_COLUMNS, end = line.x + line.w;
    toc_decision_left(v, &text, q);
    toc_grid_put(g, line.x, line.y, LEFT_COLUMNS - 1, style, toc_buf_text(&text));
    toc_grid_put(g, x, line.y, ID_COLUMNS - 1, style, toc_event_str(&q->ask, TOC_F_DECISION));
    x += ID_COLUMNS;
    if (v->picture.is_control) {
        int team = line.w >= NARROW ? 11 : 9;
        toc_grid_put(g, x, line.y, team - 1, style, toc_event_str(&q->ask, TOC_F_TEAM));
        x += team;
    }
    toc_buf_clear(&text);
    toc_decision_outcome(&text, q);
    int room = (end - x) / 2;
    int state = toc_text_columns(toc_buf_text(&text), text.len);
    if (state > room)
        state = room;
    toc_grid_put(g, end - state, line.y, state, style, toc_buf_text(&text));
    toc_grid_put(g, x, line.y, end - state - 1 - x, style, toc_event_str(&q->ask, TOC_F_TITLE));
    toc_buf_fini(&text);
}

static void draw_product(toc_view *v, toc_grid *g, toc_rect line, const char *product)
{
    const toc_event *handed = toc_answers_handed(v, product);
    toc_buf text = {0};
    toc_style style = handed ? TOC_STYLE_PLAIN : TOC_STYLE_WARN;
    toc_grid_put(g, line.x, line.y, LEFT_COLUMNS - 1, style, handed ? "handed in" : "to hand in");
    if (handed) {
        toc_buf_str(&text, "by ");
        toc_picture_person(&v->picture, &text, toc_event_str(handed, TOC_F_BY));
    }
    int state = toc_text_columns(toc_buf_text(&text), text.len);
    if (state > line.w / 2)
        state = line.w / 2;
    toc_grid_put(g, line.x + line.w - state, line.y, state, style, toc_buf_text(&text));
    toc_grid_put(g, line.x + LEFT_COLUMNS, line.y, line.w - LEFT_COLUMNS - state - 1, style,
                 product);
    toc_buf_fini(&text);
}

// Whoever presses d means the decision that waits, also while what is to be handed in is selected.
static bool decide_newest(toc_view *v)
{
    const toc_picture *p = &v->picture;
    for (size_t i = p->question_count; i > 0; i--)
        if (p->questions[i - 1].state == TOC_QUESTION_OPEN &&
            toc_question_is_ours(p, &p->questions[i - 1])) {
            toc_decide_open(v, &p->questions[i - 1]);
            return true;
        }
    return false;
}

static bool act_on(toc_view *v, toc_do what, const entry *e)
{
    if (e->product) {
        if (what == TOC_DO_HAND_IN)
            toc_write_hand_in(v, e->product);
        else if (what == TOC_DO_DECIDE && !decide_newest(v))
            toc_view_notice(v, TOC_STYLE_NOTICE, "no decision is open; h hands in %s", e->product);
        return what == TOC_DO_HAND_IN || what == TOC_DO_DECIDE;
    }
    switch (what) {
    case TOC_DO_DECIDE:
        toc_decide_open(v, e->question);
        return true;
    case TOC_DO_RULE:
        toc_rule_open(v, e->question);
        return true;
    case TOC_DO_EXTEND:
        toc_extend_open(v, e->question);
        return true;
    default:
        return false;
    }
}

// EXCON must say something before anything can go on.
static bool is_waiting(const toc_question *q)
{
    return q->state == TOC_QUESTION_RULING || (q->state == TOC_QUESTION_OPEN && q->is_crossed);
}

// Where nobody has chosen a row, what was just asked is the one to be seen.
static void select_new(toc_view *v, const char *decision)
{
    toc_room *room = toc_view_room(v, &toc_screen_decisions);
    const toc_question *q = toc_picture_question(&v->picture, decision);
    if (room->has_moved || room->is_reading || !q || v->picture.is_control ||
        q->state != TOC_QUESTION_OPEN || !toc_question_is_ours(&v->picture, q))
        return;
    char *key = toc_sprintf("decision:%s", toc_event_str(&q->ask, TOC_F_DECISION));
    toc_list_select(&room->list, key);
    free(key);
}
