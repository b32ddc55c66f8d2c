// SPDX-License-Identifier: MIT
// What differs, found by id in the reviews of both. The order is A's, then what B alone has.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "compare_inside.h"

static void list_objectives(toc_compare_side *s);
static void list_phases(toc_compare_side *s);
static bool is_other(const toc_comparison *c, toc_compare_row *row);

// How the things of one kind are found.
static size_t count_of(const toc_compare_side *s, toc_compare_kind kind)
{
    switch (kind) {
    case TOC_COMPARE_DECISION:
        return s->review.decision_count;
    case TOC_COMPARE_INJECT:
        return s->review.inject_count;
    case TOC_COMPARE_ACTION:
        return s->review.action_count;
    case TOC_COMPARE_SERVICE:
        return s->review.service_count;
    case TOC_COMPARE_OBJECTIVE:
        return s->objective_count;
    case TOC_COMPARE_PHASE:
        return s->phase_count;
    case TOC_COMPARE_KINDS:
        break;
    }
    return 0;
}

static const char *id_of(const toc_compare_side *s, toc_compare_kind kind, size_t i)
{
    switch (kind) {
    case TOC_COMPARE_DECISION:
        return s->review.decisions[i].id;
    case TOC_COMPARE_INJECT:
        return s->review.injects[i].id;
    case TOC_COMPARE_ACTION:
        return s->review.actions[i].id;
    case TOC_COMPARE_SERVICE:
        return s->review.services[i].id;
    case TOC_COMPARE_OBJECTIVE:
        return s->objectives[i].id;
    case TOC_COMPARE_PHASE:
        return s->phases[i].id;
    case TOC_COMPARE_KINDS:
        break;
    }
    return "";
}

static size_t find(const toc_compare_side *s, toc_compare_kind kind, const char *id)
{
    for (size_t i = 0; i < count_of(s, kind); i++)
        if (strcmp(id_of(s, kind, i), id) == 0)
            return i;
    return TOC_NONE;
}

static void look_at(toc_comparison *c, toc_compare_kind kind, const char *id, size_t a, size_t b)
{
    toc_compare_row row = {.kind = kind, .id = id, .a = a, .b = b, .t = -1};
    if (!is_other(c, &row))
        return;
    TOC_GROW(c->rows, c->row_count, c->row_capacity);
    c->rows[c->row_count++] = row;
}

void toc_compare_facts(toc_comparison *c)
{
    list_objectives(&c->a);
    list_objectives(&c->b);
    list_phases(&c->a);
    list_phases(&c->b);
    for (toc_compare_kind kind = 0; kind < TOC_COMPARE_KINDS; kind++) {
        for (size_t i = 0; i < count_of(&c->a, kind); i++) {
            const char *id = id_of(&c->a, kind, i);
            look_at(c, kind, id, i, find(&c->b, kind, id));
        }
        for (size_t i = 0; i < count_of(&c->b, kind); i++) {
            const char *id = id_of(&c->b, kind, i);
            if (find(&c->a, kind, id) == TOC_NONE)
                look_at(c, kind, id, TOC_NONE, i);
        }
    }
}

const char *toc_compare_name(const toc_comparison *c, const toc_compare_row *row)
{
    const bool is_a = row->a != TOC_NONE;
    const toc_compare_side *s = is_a ? &c->a : &c->b;
    const size_t i = is_a ? row->a : row->b;
    const toc_plan *p = s->review.plan;
    size_t at = TOC_NONE;
    switch (row->kind) {
    case TOC_COMPARE_DECISION:
        return s->review.decisions[i].title;
    case TOC_COMPARE_INJECT:
        return s->review.injects[i].title;
    case TOC_COMPARE_ACTION:
        return s->review.actions[i].text;
    case TOC_COMPARE_SERVICE:
        at = p ? s->review.services[i].service : TOC_NONE;
        return at != TOC_NONE ? p->model.services[at].name : NULL;
    case TOC_COMPARE_OBJECTIVE:
        return p ? p->objectives[i].text : NULL;
    case TOC_COMPARE_PHASE:
        return toc_event_str(toc_recording_at(s->recording, s->phases[i].seq), TOC_F_TITLE);
    case TOC_COMPARE_KINDS:
        break;
    }
    return NULL;
}

static bool is_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool is_near(int64_t a, int64_t b)
{
    int64_t apart = a > b ? a - b : b - a;
    return (a < 0) == (b < 0) && apart < TOC_COMPARE_NEAR;
}

// The earlier of two times of which either may be none.
static int64_t earlier(int64_t a, int64_t b)
{
    return a < 0 ? b : b < 0 || a < b ? a : b;
}

static bool is_other_decision(const toc_review_decision *a, const toc_review_decision *b,
                              int64_t *t)
{
    if (!a || !b || !a->ask_seq || !b->ask_seq) {
        *t = earlier(a && a->ask_seq ? a->asked : -1, b && b->ask_seq ? b->asked : -1);
        return *t >= 0;
    }
    *t = earlier(a->settled, b->settled);
    return a->is_overdue != b->is_overdue || a->is_own != b->is_own ||
           a->is_for_team != b->is_for_team || !is_text(a->option, b->option) ||
           !is_text(a->text, b->text) || !is_text(a->by, b->by) || !is_text(a->reason, b->reason) ||
           !is_near(a->settled, b->settled);
}

static bool is_other_inject(const toc_review_inject *a, const toc_review_inject *b, int64_t *t)
{
    int64_t ta = a && a->sent_seq ? a->sent : -1, tb = b && b->sent_seq ? b->sent : -1;
    *t = earlier(ta, tb);
    return !is_near(ta, tb);
}

static bool is_other_action(const toc_review_action *a, const toc_review_action *b, int64_t *t)
{
    *t = earlier(a ? a->at : -1, b ? b->at : -1);
    if (!a || !b)
        return true;
    if (*t < 0)
        *t = earlier(a->deadline, b->deadline);
    return !is_text(a->state, b->state);
}

static bool is_other_service(const toc_comparison *c, const toc_compare_row *row)
{
    if (row->a == TOC_NONE || row->b == TOC_NONE)
        return true;
    const toc_review_service *a = &c->a.review.services[row->a], *b = &c->b.review.services[row->b];
    return a->lowest != b->lowest || a->last != b->last ||
           !is_near(toc_compare_below_half(a), toc_compare_below_half(b)) ||
           toc_compare_lost(&c->a, row->a) != toc_compare_lost(&c->b, row->b);
}

static bool is_other(const toc_comparison *c, toc_compare_row *row)
{
    switch (row->kind) {
    case TOC_COMPARE_DECISION:
        return is_other_decision(TOC_COMPARE_OF(row, c, review.decisions, a),
                                 TOC_COMPARE_OF(row, c, review.decisions, b), &row->t);
    case TOC_COMPARE_INJECT:
        return is_other_inject(TOC_COMPARE_OF(row, c, review.injects, a),
                               TOC_COMPARE_OF(row, c, review.injects, b), &row->t);
    case TOC_COMPARE_ACTION:
        return is_other_action(TOC_COMPARE_OF(row, c, review.actions, a),
                               TOC_COMPARE_OF(row, c, review.actions, b), &row->t);
    case TOC_COMPARE_SERVICE:
        return is_other_service(c, row);
    case TOC_COMPARE_OBJECTIVE: {
        const toc_compare_objective *a = TOC_COMPARE_OF(row, c, objectives, a),
                                    *b = TOC_COMPARE_OF(row, c, objectives, b);
        return !a || !b || a->met != b->met || a->actions != b->actions ||
               strcmp(toc_buf_text(&a->ratings), toc_buf_text(&b->ratings)) != 0;
    }
    case TOC_COMPARE_PHASE: {
        const toc_compare_phase *a = TOC_COMPARE_OF(row, c, phases, a),
                                *b = TOC_COMPARE_OF(row, c, phases, b);
        row->t = earlier(a ? a->t : -1, b ? b->t : -1);
        return !is_near(a ? a->t : -1, b ? b->t : -1);
    }
    case TOC_COMPARE_KINDS:
        break;
    }
    return false;
}

static toc_compare_objective *objective_of(toc_compare_side *s, const char *id)
{
    for (size_t i = 0; id && i < s->objective_count; i++)
        if (strcmp(s->objectives[i].id, id) == 0)
            return &s->objectives[i];
    return NULL;
}

static void list_objectives(toc_compare_side *s)
{
    const toc_plan *plan = s->review.plan;
    if (!plan)
        return;
    s->objective_count = plan->objective_count;
    s->objectives = toc_alloc((plan->objective_count + 1) * sizeof *s->objectives);
    for (size_t i = 0; i < plan->objective_count; i++)
        s->objectives[i].id = plan->objectives[i].id;
    for (size_t i = 0; i < s->review.action_count; i++) {
        const toc_review_action *a = &s->review.actions[i];
        toc_compare_objective *o = objective_of(s, a->objective);
        if (!o)
            continue;
        o->actions++;
        o->met += strcmp(a->state, "met") == 0 || strcmp(a->state, "late") == 0;
    }
    for (size_t i = 0; i < s->review.rating_count; i++) {
        const toc_review_rating *r = &s->review.ratings[i];
        toc_compare_objective *o = objective_of(s, r->objective);
        if (!o)
            continue;
        toc_buf_printf(&o->ratings, "%s%s", o->ratings.len ? ", " : "", r->rating);
        if (r->team)
            toc_buf_printf(&o->ratings, " (%s)", r->team);
    }
}

// A phase is entered once.
static void list_phases(toc_compare_side *s)
{
    size_t capacity = 0;
    for (int64_t seq = 1; seq <= toc_recording_count(s->recording); seq++) {
        const toc_event *ev = toc_recording_at(s->recording, seq);
        if (ev->kind != TOC_K_PHASE_ENTERED)
            continue;
        TOC_GROW(s->phases, s->phase_count, capacity);
        s->phases[s->phase_count++] =
            (toc_compare_phase){toc_event_str(ev, TOC_F_PHASE), ev->t, seq};
    }
}
