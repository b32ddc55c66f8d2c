// SPDX-License-Identifier: MIT
// What stands on the timeline, out of the review and the lines.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_timeline.h"

#define ENOUGH_LINES 40 // messages beyond which lines between lanes would hide the rest

static void find_lanes(toc_chart *tl);
static void find_injects(toc_chart *tl);
static void find_decisions(toc_chart *tl);
static void find_notes(toc_chart *tl);
static void find_actions(toc_chart *tl);
static void find_lines(toc_chart *tl);
static void find_pauses(toc_chart *tl);
static void find_domains(toc_chart *tl);
static toc_plot *add_mark(toc_chart *tl, toc_plot_kind kind, int64_t t, int64_t seq, size_t lane,
                          const char *label);
static size_t lane_of(const toc_chart *tl, const char *id);
static int by_time(const void *a, const void *b);
static bool stands_in(const toc_chart *tl, const toc_review_service *s, const char *domain);

void toc_chart_find(toc_chart *tl, const toc_report *rp)
{
    *tl = (toc_chart){.rp = rp,
                      .end = rp->review.ended >= 0 ? rp->review.ended : toc_recording_end(rp->r)};
    find_lanes(tl);
    find_injects(tl);
    find_decisions(tl);
    find_notes(tl);
    find_actions(tl);
    find_lines(tl);
    find_pauses(tl);
    find_domains(tl);
    size_t messages = 0;
    for (size_t i = 0; i < tl->mark_count; i++) {
        messages += tl->marks[i].kind == TOC_PLOT_MESSAGE;
        tl->end = tl->marks[i].t > tl->end ? tl->marks[i].t : tl->end;
    }
    tl->has_lines = messages <= ENOUGH_LINES;
    if (tl->mark_count > 0)
        qsort(tl->marks, tl->mark_count, sizeof *tl->marks, by_time);
    toc_chart_fold(tl);
}

void toc_chart_fini(toc_chart *tl)
{
    for (size_t i = 0; i < tl->mark_count; i++)
        free(tl->marks[i].label);
    for (size_t i = 0; i < tl->lane_count; i++)
        free(tl->lanes[i].name);
    for (size_t i = 0; i < tl->domain_count; i++) {
        free(tl->domains[i].at);
        free(tl->domains[i].mean);
    }
    free(tl->marks);
    free(tl->lanes);
    free(tl->domains);
    free(tl->axis);
}

static int by_time(const void *a, const void *b)
{
    const toc_plot *one = a, *other = b;
    if (one->t != other->t)
        return one->t < other->t ? -1 : 1;
    if (one->seq != other->seq)
        return one->seq < other->seq ? -1 : 1;
    return one->lane < other->lane ? -1 : one->lane > other->lane;
}

static toc_plot *add_mark(toc_chart *tl, toc_plot_kind kind, int64_t t, int64_t seq, size_t lane,
                          const char *label)
{
    toc_buf text = {0};
    toc_report_text(tl->rp, &text, label);
    TOC_GROW(tl->marks, tl->mark_count, tl->mark_capacity);
    toc_plot *m = &tl->marks[tl->mark_count++];
    *m = (toc_plot){
        .kind = kind, .t = t, .since = t, .seq = seq, .lane = lane, .to = TOC_NONE, .took = -1};
    m->label = toc_buf_take(&text);
    return m;
}

// ---- lanes ----------------------------------------------------------------------------------------------

static void add_lane(toc_chart *tl, const char *id, const char *name)
{
    toc_buf text = {0};
    toc_report_text(tl->rp, &text, name);
    tl->lanes[tl->lane_count++] = (toc_plot_lane){.id = id, .name = toc_buf_take(&text)};
}

static void find_lanes(toc_chart *tl)
{
    const toc_plan *p = tl->rp->plan;
    tl->lanes = toc_alloc(((p ? p->team_count : 0) + 1) * sizeof *tl->lanes);
    for (size_t i = 0; p && i < p->team_count; i++)
        if (toc_report_is_team(tl->rp, p->teams[i].id))
            add_lane(tl, p->teams[i].id, p->teams[i].name ? p->teams[i].name : p->teams[i].id);
    if (!tl->rp->o->team)
        add_lane(tl, "excon", "EXCON");
}

// Parties are spoken for by EXCON. In a team's report the others have no lane.
static size_t lane_of(const toc_chart *tl, const char *id)
{
    for (size_t i = 0; id && i < tl->lane_count; i++)
        if (strcmp(tl->lanes[i].id, id) == 0)
            return i;
    bool is_team = id && tl->rp->plan && toc_plan_team(tl->rp->plan, id) != TOC_NONE;
    return tl->rp->o->team || is_team ? TOC_NONE : tl->lane_count - 1;
}

// ---- marks ----------------------------------------------------------------------------------------------

static void find_injects(toc_chart *tl)
{
    const toc_review *v = &tl->rp->review;
    for (size_t i = 0; i < v->arrival_count; i++) {
        const toc_review_arrival *a = &v->arrivals[i];
        const toc_event *ev = toc_recording_at(tl->rp->r, a->item);
        size_t lane = lane_of(tl, a->to);
        if (!a->is_inject || !a->is_team || lane == TOC_NONE)
            continue;
        toc_plot *m = add_mark(tl, TOC_PLOT_INJECT, a->arrived, a->item, lane,
                               toc_event_str(ev, TOC_F_INJECT));
        m->title = toc_event_str(ev, TOC_F_TITLE);
        m->is_urgent = toc_event_int(ev, TOC_F_URGENT) != 0;
    }
}

static void find_decisions(toc_chart *tl)
{
    const toc_review *v = &tl->rp->review;
    for (size_t i = 0; i < v->decision_count; i++) {
        const toc_review_decision *d = &v->decisions[i];
        size_t lane = lane_of(tl, d->team);
        if (d->ask_seq == 0 || lane == TOC_NONE)
            continue;
        bool is_settled = d->settled_seq > 0;
        toc_plot *m = add_mark(tl, TOC_PLOT_DECISION, is_settled ? d->settled : tl->end,
                               is_settled ? d->settled_seq : d->ask_seq, lane, d->id);
        m->since = d->asked;
        m->title = d->title;
        m->is_by_excon = is_settled && !d->is_overdue && d->is_for_team;
        m->tone = !is_settled       ? TOC_TONE_PLAIN
                  : !d->is_overdue  ? TOC_TONE_GOOD
                  : d->late_seq > 0 ? TOC_TONE_LATE
                                    : TOC_TONE_BAD;
    }
}

// A team reads what was noted about itself, and nothing of EXCON's own.
static void find_notes(toc_chart *tl)
{
    const toc_review *v = &tl->rp->review;
    for (size_t i = 0; i < v->note_count; i++) {
        const toc_review_note *n = &v->notes[i];
        size_t lane = n->team           ? lane_of(tl, n->team)
                      : tl->rp->o->team ? TOC_NONE
                                        : tl->lane_count - 1;
        if (lane != TOC_NONE)
            add_mark(tl, TOC_PLOT_NOTE, n->occurred >= 0 ? n->occurred : n->t, n->seq, lane, "")
                ->title = n->text;
    }
}

// Those that came late or not. EXCON's own have no team's lane.
static void find_actions(toc_chart *tl)
{
    const toc_review *v = &tl->rp->review;
    for (size_t i = 0; i < v->action_count; i++) {
        const toc_review_action *a = &v->actions[i];
        const bool is_late = strcmp(a->state, "late") == 0;
        const size_t lane = a->team ? lane_of(tl, a->team) : TOC_NONE;
        const bool is_missed =
            strcmp(a->state, "overdue") == 0 || strcmp(a->state, "not-observed") == 0;
        if (lane == TOC_NONE || a->deadline < 0 || a->is_cut_off || (!is_late && !is_missed))
            continue;
        const int64_t t = a->deadline < tl->end ? a->deadline : tl->end;
        toc_plot *m =
            add_mark(tl, TOC_PLOT_ACTION, t, a->overdue_seq ? a->overdue_seq : a->seq, lane, a->id);
        m->title = a->text;
        m->tone = is_late ? TOC_TONE_LATE : TOC_TONE_BAD;
    }
}

static void add_message(toc_chart *tl, const toc_event *ev)
{
    const toc_value *to = toc_event_value(ev, TOC_F_TO);
    size_t from = lane_of(tl, toc_event_str(ev, TOC_F_FROM)), first = TOC_NONE;
    bool is_one = true;
    for (size_t i = 0; to && i < to->count; i++) {
        size_t lane = lane_of(tl, to->list[i]);
        is_one &= first == TOC_NONE || lane == first;
        first = lane;
    }
    if (from == TOC_NONE && first == TOC_NONE)
        return;
    toc_plot *m =
        add_mark(tl, TOC_PLOT_MESSAGE, ev->t, ev->seq, from != TOC_NONE ? from : first, "");
    m->to = is_one && from != TOC_NONE && first != from ? first : TOC_NONE;
    m->title = toc_report_words_of(tl->rp, ev->seq, toc_event_str(ev, TOC_F_TEXT));
}

static void find_lines(toc_chart *tl)
{
    for (int64_t seq = 1; seq <= toc_recording_count(tl->rp->r); seq++) {
        const toc_event *ev = toc_recording_at(tl->rp->r, seq);
        if (!toc_report_shows(tl->rp, seq))
            continue;
        if (ev->kind == TOC_K_MESSAGE) {
            add_message(tl, ev);
        } else if (ev->kind == TOC_K_HANDED_IN) {
            size_t lane = lane_of(tl, toc_event_str(ev, TOC_F_TEAM));
            if (lane != TOC_NONE)
                add_mark(tl, TOC_PLOT_PRODUCT, ev->t, seq, lane, toc_event_str(ev, TOC_F_PRODUCT));
        } else if (ev->kind == TOC_K_PHASE_ENTERED) {
            add_mark(tl, TOC_PLOT_PHASE, ev->t, seq, TOC_NONE, toc_event_str(ev, TOC_F_TITLE));
        } else if (ev->kind == TOC_K_ENDEX) {
            add_mark(tl, TOC_PLOT_ENDEX, ev->t, seq, TOC_NONE, "ENDEX");
        }
    }
}

static void find_pauses(toc_chart *tl)
{
    const toc_review *v = &tl->rp->review;
    for (size_t i = 0; i < v->pause_count; i++) {
        const toc_review_pause *pause = &v->pauses[i];
        toc_plot *m = add_mark(tl, pause->is_emergency ? TOC_PLOT_EMERGENCY : TOC_PLOT_PAUSE,
                               pause->from, pause->seq, TOC_NONE,
                               pause->is_emergency ? "REAL EMERGENCY"
                               : pause->is_restart ? "engine gone"
                                                   : "paused");
        m->took = pause->until_seq > 0 ? pause->wall_ms : -1;
        m->title = pause->reason;
    }
}

// ---- the world --------------------------------------------------------------------------------------------

// A service of a domain whose level somebody who reads this may see changes. One that begins at nothing is a reserve: it would
// hide what the others lose.
static bool is_of(const toc_chart *tl, const toc_review_service *s, const char *domain)
{
    return s->count > 0 && stands_in(tl, s, domain);
}

static bool stands_in(const toc_chart *tl, const toc_review_service *s, const char *domain)
{
    const toc_report *rp = tl->rp;
    if (!rp->plan || s->service == TOC_NONE || s->first == 0 ||
        (rp->o->team && !toc_plan_sees(rp->plan, rp->o->team, s->service)))
        return false;
    const char *own = rp->plan->model.services[s->service].domain;
    return strcmp(own ? own : "other", domain) == 0;
}

static int64_t level_by(const toc_review_service *s, int64_t t)
{
    int64_t level = s->first;
    for (size_t i = 0; i < s->count && s->at[i].t <= t; i++)
        level = s->at[i].level;
    return level;
}

static int by_level_time(const void *a, const void *b)
{
    const toc_review_level *one = a, *other = b;
    return one->t < other->t ? -1 : one->t > other->t;
}

// What the users of a domain's services have of them at a time. Weights are made small enough for their sums.
static int64_t mean_by(const toc_chart *tl, const char *domain, int64_t t)
{
    const toc_review *v = &tl->rp->review;
    int64_t users = 0, unit = 1, sum = 0, weights = 0;
    for (size_t i = 0; i < v->service_count; i++)
        if (stands_in(tl, &v->services[i], domain))
            users += tl->rp->plan->model.services[v->services[i].service].users;
    while (users / unit > 1000000000)
        unit *= 10;
    for (size_t i = 0; i < v->service_count; i++) {
        if (!stands_in(tl, &v->services[i], domain))
            continue;
        const int64_t own = tl->rp->plan->model.services[v->services[i].service].users;
        const int64_t weight = users > 0 ? own / unit : 1;
        sum += weight * level_by(&v->services[i], t);
        weights += weight;
    }
    return weights > 0 ? sum / weights : 0;
}

// At each time at which one of its services changes.
static void add_domain(toc_chart *tl, const char *name)
{
    const toc_review *v = &tl->rp->review;
    toc_plot_domain d = {.name = name, .first = INT64_MAX};
    for (size_t i = 0; i < v->service_count; i++)
        if (is_of(tl, &v->services[i], name)) {
            const int64_t users = tl->rp->plan->model.services[v->services[i].service].users;
            d.users = users > d.users ? users : d.users;
            d.first = v->services[i].first < d.first ? v->services[i].first : d.first;
            for (size_t k = 0; k < v->services[i].count; k++) {
                TOC_GROW(d.at, d.count, d.capacity);
                d.at[d.count++] = v->services[i].at[k];
            }
        }
    if (d.count == 0)
        return;
    qsort(d.at, d.count, sizeof *d.at, by_level_time);
    size_t kept = 0;
    d.lowest = d.first;
    d.first_mean = mean_by(tl, name, -1);
    d.mean = toc_alloc(d.count * sizeof *d.mean);
    for (size_t i = 0; i < d.count; i++) {
        if (i + 1 < d.count && d.at[i + 1].t == d.at[i].t)
            continue;
        int64_t level = INT64_MAX;
        for (size_t k = 0; k < v->service_count; k++)
            if (is_of(tl, &v->services[k], name) && level_by(&v->services[k], d.at[i].t) < level)
                level = level_by(&v->services[k], d.at[i].t);
        d.at[kept] = d.at[i];
        d.mean[kept] = mean_by(tl, name, d.at[i].t);
        d.at[kept++].level = level;
        d.lowest = level < d.lowest ? level : d.lowest;
    }
    d.count = kept;
    tl->domains[tl->domain_count++] = d;
}

static void find_domains(toc_chart *tl)
{
    const toc_plan *p = tl->rp->plan;
    if (!p || p->model.service_count == 0)
        return;
    tl->domains = toc_alloc(p->model.service_count * sizeof *tl->domains);
    for (size_t i = 0; i < p->model.service_count; i++) {
        const char *name = p->model.services[i].domain ? p->model.services[i].domain : "other";
        bool is_known = false;
        for (size_t k = 0; k < i && !is_known; k++)
            is_known = strcmp(p->model.services[k].domain ? p->model.services[k].domain : "other",
                              name) == 0;
        if (!is_known)
            add_domain(tl, name);
    }
}
