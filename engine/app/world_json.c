// SPDX-License-Identifier: MIT
// `tocsin world --json`: levels and strengths in ppm, times in minutes since STARTEX, as the model has
// them.
#include "world_show.h"

static void add_services(toc_buf *b, const toc_plan *p);
static void add_needs(toc_buf *b, const toc_model *m);
static void add_repairs(toc_buf *b, const toc_model *m);
static void add_findings(toc_buf *b, const toc_plan *p, const toc_findings *f);
static void add_trace(toc_buf *b, const toc_model *m, const toc_trace *t);
static void add_lost(toc_buf *b, const toc_model *m, const toc_trace *t);

void toc_world_json(toc_buf *out, const toc_plan *p, const toc_findings *f, const toc_trace *t)
{
    toc_buf_str(out, "{\"schema\":\"tocsin-world-1\"");
    toc_json_key(out, "exercise");
    toc_json_str(out, p->id);
    add_services(out, p);
    add_needs(out, &p->model);
    add_repairs(out, &p->model);
    if (f)
        add_findings(out, p, f);
    if (t) {
        add_trace(out, &p->model, t);
        add_lost(out, &p->model, t);
    }
    toc_buf_str(out, "}\n");
}

static void add_true(toc_buf *b, const char *key, bool value)
{
    if (!value)
        return;
    toc_json_key(b, key);
    toc_buf_str(b, "true");
}

static void next(toc_buf *b, size_t i)
{
    toc_buf_str(b, i ? ",\n" : "\n");
}

static void add_id(toc_buf *b, const char *key, const toc_model *m, size_t service)
{
    if (service < m->service_count)
        toc_json_put_str(b, key, m->services[service].id);
}

static void add_ids(toc_buf *b, const char *key, const toc_model *m, const size_t *list,
                    size_t count)
{
    toc_json_key(b, key);
    toc_buf_char(b, '[');
    for (size_t i = 0; i < count; i++) {
        if (i)
            toc_buf_char(b, ',');
        toc_json_str(b, m->services[list[i]].id);
    }
    toc_buf_char(b, ']');
}

static void add_services(toc_buf *b, const toc_plan *p)
{
    toc_json_key(b, "services");
    toc_buf_char(b, '[');
    for (size_t i = 0; i < p->model.service_count; i++) {
        const toc_service *s = &p->model.services[i];
        next(b, i);
        toc_buf_char(b, '{');
        toc_json_put_str(b, "id", s->id);
        toc_json_put_str(b, "name", s->name);
        toc_json_put_str(b, "domain", s->domain);
        toc_json_put_int(b, "users", s->users);
        toc_json_put_int(b, "level_ppm", s->own);
        toc_json_put_int(b, "restart_min", s->restart);
        toc_json_put_str(b, "rule", s->rule == TOC_RULE_SUM ? "sum" : "min");
        toc_json_key(b, "seen_by");
        toc_buf_char(b, '[');
        for (size_t k = 0; k < p->services[i].seen_by_count; k++) {
            if (k)
                toc_buf_char(b, ',');
            toc_json_str(b, p->teams[p->services[i].seen_by[k]].id);
        }
        toc_buf_char(b, ']');
        add_true(b, "public", p->services[i].is_public);
        toc_json_put_str(b, "source", s->source);
        toc_buf_char(b, '}');
    }
    toc_buf_char(b, ']');
}

static void add_needs(toc_buf *b, const toc_model *m)
{
    size_t count = 0;
    toc_json_key(b, "needs");
    toc_buf_char(b, '[');
    for (size_t i = 0; i < m->service_count; i++)
        for (size_t k = 0; k < m->services[i].need_count; k++) {
            const toc_need *n = &m->services[i].needs[k];
            next(b, count++);
            toc_buf_char(b, '{');
            add_id(b, "service", m, i);
            add_id(b, "provider", m, n->provider);
            toc_json_put_int(b, "strength_ppm", n->strength);
            toc_json_put_int(b, "autonomy_min", n->autonomy);
            toc_json_put_int(b, "recharge_min", n->recharge);
            if (n->group)
                toc_json_put_int(b, "group", (int64_t)n->group);
            add_true(b, "closed", n->is_closed);
            toc_json_put_int(b, "switch_min", n->switching);
            toc_json_put_str(b, "kind", n->kind);
            toc_json_put_str(b, "source", n->source);
            toc_buf_char(b, '}');
        }
    toc_buf_char(b, ']');
}

static void add_repairs(toc_buf *b, const toc_model *m)
{
    toc_json_key(b, "repairs");
    toc_buf_char(b, '[');
    for (size_t i = 0; i < m->repair_count; i++) {
        const toc_repair *r = &m->repairs[i];
        next(b, i);
        toc_buf_char(b, '{');
        toc_json_put_str(b, "id", r->id);
        toc_json_put_str(b, "name", r->name);
        add_id(b, "service", m, r->service);
        toc_json_put_int(b, "to_ppm", r->to);
        toc_json_put_int(b, "work_min", r->work);
        toc_json_put_int(b, "crews", r->crews);
        toc_json_key(b, "needs");
        toc_buf_char(b, '[');
        for (size_t k = 0; k < r->need_count; k++) {
            toc_buf_str(b, k ? ",{" : "{");
            add_id(b, "service", m, r->needs[k].service);
            toc_json_put_int(b, "level_ppm", r->needs[k].level);
            toc_buf_char(b, '}');
        }
        toc_buf_char(b, ']');
        toc_json_put_str(b, "source", r->source);
        toc_buf_char(b, '}');
    }
    toc_buf_char(b, ']');
}

static void add_circle(toc_buf *b, const toc_model *m, const toc_circle *c)
{
    toc_buf_char(b, '{');
    toc_json_key(b, "links");
    toc_buf_char(b, '[');
    for (size_t i = 0; i < c->count; i++) {
        toc_buf_str(b, i ? ",{" : "{");
        add_id(b, "service", m, c->links[i].service);
        if (c->links[i].repair != TOC_NONE)
            toc_json_put_str(b, "repair", m->repairs[c->links[i].repair].id);
        toc_json_put_int(b, "autonomy_min", c->links[i].autonomy);
        toc_buf_char(b, '}');
    }
    toc_buf_char(b, ']');
    toc_json_put_int(b, "services", (int64_t)c->members);
    add_true(b, "buffered", c->is_buffered);
    toc_buf_char(b, '}');
}

static void add_quotes(toc_buf *b, const toc_plan *p, const toc_findings *f)
{
    toc_json_key(b, "blind_quotes");
    toc_buf_char(b, '[');
    for (size_t i = 0; i < f->quote_count; i++) {
        next(b, i);
        toc_buf_char(b, '{');
        toc_json_put_str(b, "inject", p->injects[f->quotes[i].inject].id);
        add_id(b, "service", &p->model, f->quotes[i].service);
        toc_json_put_str(b, "team", p->teams[f->quotes[i].team].id);
        toc_buf_char(b, '}');
    }
    toc_buf_char(b, ']');
}

static void add_findings(toc_buf *b, const toc_plan *p, const toc_findings *f)
{
    const toc_model *m = &p->model;
    toc_json_key(b, "findings");
    toc_buf_char(b, '{');
    toc_json_key(b, "circles");
    toc_buf_char(b, '[');
    for (size_t i = 0; i < f->circle_count; i++) {
        next(b, i);
        add_circle(b, m, &f->circles[i]);
    }
    toc_buf_char(b, ']');
    add_ids(b, "unseen", m, f->unseen, f->unseen_count);
    add_quotes(b, p, f);
    toc_json_put_int(b, "needs_without_source", (int64_t)f->unsourced);
    toc_json_put_int(b, "tried", (int64_t)f->tried);
    toc_json_key(b, "single_points");
    toc_buf_char(b, '[');
    for (size_t i = 0; i < f->point_count; i++) {
        next(b, i);
        toc_buf_char(b, '{');
        add_id(b, "service", m, f->points[i].service);
        toc_json_put_int(b, "user_hours", f->points[i].user_hours);
        toc_json_put_int(b, "lost_ppm_min", f->points[i].lost);
        toc_json_put_int(b, "services", (int64_t)f->points[i].reached);
        toc_buf_char(b, '}');
    }
    toc_buf_str(b, "]}");
}

// ---- the trace ---------------------------------------------------------------------------------------

static void add_act(toc_buf *b, const toc_model *m, const toc_act *act)
{
    toc_json_put_str(b, "kind", "act");
    toc_json_put_str(b, "act", toc_act_name(act->kind));
    if (act->kind == TOC_ACT_REPAIR)
        toc_json_put_str(b, "repair", m->repairs[act->repair].id);
    else
        add_id(b, "service", m, act->service);
    add_id(b, "provider", m, act->provider);
    if (act->kind == TOC_ACT_SHOCK)
        toc_json_put_int(b, "level_ppm", act->level);
    if (act->kind == TOC_ACT_BLACK_START)
        toc_json_put_int(b, "minutes", act->minutes);
}

static void add_change(toc_buf *b, const toc_model *m, const toc_trace_row *row)
{
    const toc_change *c = &row->change;
    switch (c->kind) {
    case TOC_CHANGE_LEVEL:
        toc_json_put_str(b, "kind", "level");
        add_id(b, "service", m, c->service);
        toc_json_put_int(b, "level_ppm", c->level);
        toc_json_put_str(b, "why", toc_why_name(c->why));
        add_id(b, "because", m, c->because);
        add_ids(b, "chain", m, row->chain, row->chain_count);
        break;
    case TOC_CHANGE_REPAIR:
        toc_json_put_str(b, "kind", "repair");
        toc_json_put_str(b, "repair", m->repairs[c->repair].id);
        toc_json_put_str(b, "state", toc_repair_state_name(c->state));
        toc_json_put_int(b, "left_min", row->left);
        add_id(b, "because", m, c->because);
        break;
    case TOC_CHANGE_OPENED:
        toc_json_put_str(b, "kind", "opened");
        add_id(b, "service", m, c->service);
        add_id(b, "provider", m, m->services[c->service].needs[c->need].provider);
        break;
    case TOC_CHANGE_DEADLOCK:
        toc_json_put_str(b, "kind", "deadlock");
        add_ids(b, "services", m, row->chain, row->chain_count);
        if (c->repair != TOC_SELF)
            toc_json_put_str(b, "repair", m->repairs[c->repair].id);
        break;
    }
}

static void add_trace(toc_buf *b, const toc_model *m, const toc_trace *t)
{
    toc_json_put_int(b, "until_min", t->until);
    add_true(b, "cut", t->is_cut);
    toc_json_key(b, "trace");
    toc_buf_char(b, '[');
    for (size_t i = 0; i < t->count; i++) {
        const toc_trace_row *row = &t->rows[i];
        next(b, i);
        toc_buf_char(b, '{');
        toc_json_put_int(b, "minute", row->minute);
        if (row->act)
            add_act(b, m, row->act);
        else
            add_change(b, m, row);
        toc_json_put_str(b, "text", row->text);
        toc_buf_char(b, '}');
    }
    toc_buf_char(b, ']');
}

static void add_lost(toc_buf *b, const toc_model *m, const toc_trace *t)
{
    int64_t user_hours = 0, lost = 0;
    toc_json_key(b, "lost");
    toc_buf_str(b, "{\"services\":[");
    for (size_t i = 0; i < m->service_count; i++) {
        next(b, i);
        toc_buf_char(b, '{');
        add_id(b, "service", m, i);
        toc_json_put_int(b, "level_ppm", t->levels[i]);
        toc_json_put_int(b, "startex_level_ppm", t->at_start[i]);
        toc_json_put_int(b, "user_hours", t->user_hours[i]);
        toc_json_put_int(b, "lost_ppm_min", t->lost[i]);
        toc_buf_char(b, '}');
        user_hours += t->user_hours[i];
        lost += t->lost[i];
    }
    toc_buf_char(b, ']');
    toc_json_put_int(b, "user_hours", user_hours);
    toc_json_put_int(b, "lost_ppm_min", lost);
    toc_buf_char(b, '}');
}
