// SPDX-License-Identifier: MIT
// `tocsin world` for people: what there is, and what its author should know.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "world_show.h"
#include "world_words.h"

enum { NAMES = 60, BEFORE = 13, CIRCLE_NAMES = 8, CIRCLES = 10, UNSEEN = 12, QUOTES = 8 };

// How the list is to look: the column of the details, and whether sources are shown.
typedef struct {
    int details;
    bool has_sources;
} look;

static void add_heading(toc_buf *out, const toc_plan *p, size_t domains);
static void add_one(toc_buf *out, const toc_model *m, size_t service, look how);
static void add_repairs(toc_buf *out, const toc_model *m, size_t service, look how);
static void add_circle(toc_buf *out, const toc_model *m, const toc_circle *c);
static void add_unseen(toc_buf *out, const toc_model *m, const toc_findings *f);
static void add_quotes(toc_buf *out, const toc_plan *p, const toc_findings *f);
static void add_points(toc_buf *out, const toc_model *m, const toc_findings *f);

const char *toc_world_domain(const toc_service *s)
{
    return s->domain ? s->domain : "(no domain)";
}

const char **toc_world_domains(const toc_model *m, size_t *count)
{
    const char **list = toc_alloc((m->service_count + 1) * sizeof *list);
    *count = 0;
    for (size_t i = 0; i < m->service_count; i++) {
        const char *domain = toc_world_domain(&m->services[i]);
        size_t k = 0;
        while (k < *count && strcmp(list[k], domain) != 0)
            k++;
        if (k == *count)
            list[(*count)++] = domain;
    }
    return list;
}

void toc_world_show_model(toc_buf *out, const toc_plan *p, bool has_sources)
{
    const toc_model *m = &p->model;
    size_t count;
    const char **domains = toc_world_domains(m, &count);
    look how = {BEFORE + toc_names_width(m, true, NAMES) + 2, has_sources};
    add_heading(out, p, count);
    for (size_t d = 0; d < count; d++) {
        toc_buf_char(out, '\n');
        toc_add_visible(out, domains[d]);
        toc_buf_char(out, '\n');
        for (size_t i = 0; i < m->service_count; i++)
            if (strcmp(toc_world_domain(&m->services[i]), domains[d]) == 0)
                add_one(out, m, i, how);
    }
    free(domains);
}

void toc_world_show_findings(toc_buf *out, const toc_plan *p, const toc_findings *f)
{
    const toc_model *m = &p->model;
    if (m->service_count == 0)
        return;
    toc_buf_str(out, "\nFindings\n");
    for (size_t i = 0; i < f->circle_count && i < CIRCLES; i++)
        add_circle(out, m, &f->circles[i]);
    if (f->circle_count > CIRCLES)
        toc_buf_printf(out, "  … and %zu more such circles.\n", f->circle_count - CIRCLES);
    add_unseen(out, m, f);
    add_quotes(out, p, f);
    if (f->unsourced > 0)
        toc_buf_printf(out,
                       "  %zu of %zu needs name no source: where their numbers are from, or the "
                       "word assumption (--sources).\n",
                       f->unsourced, f->needs);
    add_points(out, m, f);
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static void add_heading(toc_buf *out, const toc_plan *p, size_t domains)
{
    size_t needs = 0;
    for (size_t i = 0; i < p->model.service_count; i++)
        needs += p->model.services[i].need_count;
    toc_add_visible(out, p->title ? p->title : p->id);
    toc_buf_printf(out, " (%s): ", p->id);
    if (p->model.service_count == 0) {
        toc_buf_str(out, "the scenario declares no services.\n");
        return;
    }
    toc_buf_printf(out, "%zu service%s in %zu domain%s, %zu need%s, %zu repair%s\n",
                   p->model.service_count, plural(p->model.service_count), domains, plural(domains),
                   needs, plural(needs), p->model.repair_count, plural(p->model.repair_count));
}

static void add_source(toc_buf *out, const char *source)
{
    toc_buf_str(out, "               source: ");
    toc_add_visible(out, source ? source : "none");
    toc_buf_char(out, '\n');
}

// Details stand in a column; the first is set off from the name, the others by a comma.
typedef struct {
    toc_buf *out;
    size_t line; // where it begins
    int column;
    bool is_first;
} details;

static toc_buf *detail(details *d)
{
    if (d->is_first)
        toc_pad(d->out, d->line, d->column);
    else
        toc_buf_str(d->out, ", ");
    d->is_first = false;
    return d->out;
}

static void detail_span(details *d, const char *word, int64_t minutes)
{
    if (minutes == 0)
        return;
    toc_buf_str(detail(d), word);
    toc_add_span(d->out, minutes);
}

static void add_need(toc_buf *out, const toc_model *m, const toc_need *n, const char *word,
                     look how)
{
    details d = {out, out->len, how.details, true};
    toc_buf_printf(out, "      %-6s ", word);
    toc_add_service(out, m, n->provider);
    if (n->strength < TOC_PPM)
        toc_add_percent(detail(&d), n->strength);
    detail_span(&d, "autonomy ", n->autonomy);
    detail_span(&d, "recharge ", n->recharge);
    if (n->is_closed)
        toc_buf_str(detail(&d), "closed until opened");
    detail_span(&d, "switch ", n->switching);
    if (n->kind)
        toc_add_visible(detail(&d), n->kind);
    toc_buf_char(out, '\n');
    if (how.has_sources)
        add_source(out, n->source);
}

static bool is_grouped_before(const toc_service *s, size_t need)
{
    for (size_t i = 0; i < need; i++)
        if (s->needs[need].group && s->needs[i].group == s->needs[need].group)
            return true;
    return false;
}

// Alternatives stand together, at the place of the first.
static void add_needs(toc_buf *out, const toc_model *m, const toc_service *s, look how)
{
    for (size_t i = 0; i < s->need_count; i++) {
        if (is_grouped_before(s, i))
            continue;
        add_need(out, m, &s->needs[i], "needs", how);
        for (size_t k = i + 1; k < s->need_count && s->needs[i].group; k++)
            if (s->needs[k].group == s->needs[i].group)
                add_need(out, m, &s->needs[k], "or", how);
    }
}

static void add_one(toc_buf *out, const toc_model *m, size_t service, look how)
{
    const toc_service *s = &m->services[service];
    details d = {out, out->len, how.details, true};
    toc_buf_str(out, "  ");
    toc_add_service(out, m, service);
    if (s->users > 0) {
        toc_add_count(detail(&d), s->users);
        toc_buf_str(out, " users");
    }
    if (s->own < TOC_PPM) {
        toc_buf_str(detail(&d), "level ");
        toc_add_percent(out, s->own);
    }
    detail_span(&d, "restart ", s->restart);
    if (s->rule == TOC_RULE_SUM)
        toc_buf_str(detail(&d), "losses add up");
    toc_buf_char(out, '\n');
    if (how.has_sources && (s->source || s->users || s->restart))
        add_source(out, s->source);
    add_needs(out, m, s, how);
    add_repairs(out, m, service, how);
}

static void add_repairs(toc_buf *out, const toc_model *m, size_t service, look how)
{
    for (size_t i = 0; i < m->repair_count; i++) {
        const toc_repair *r = &m->repairs[i];
        if (r->service != service)
            continue;
        details d = {out, out->len, how.details, true};
        toc_buf_str(out, "      repair ");
        toc_add_repair(out, m, i);
        toc_add_span(detail(&d), r->work);
        toc_buf_printf(out, " of crew time, %" PRId64 " crew%s", r->crews,
                       r->crews == 1 ? "" : "s");
        if (r->to < TOC_PPM) {
            toc_buf_str(detail(&d), "to ");
            toc_add_percent(out, r->to);
        }
        for (size_t k = 0; k < r->need_count; k++) {
            toc_buf_str(out, k == 0 ? ", while " : " and ");
            toc_add_service(out, m, r->needs[k].service);
            toc_buf_str(out, " has ");
            toc_add_percent(out, r->needs[k].level);
        }
        toc_buf_char(out, '\n');
        if (how.has_sources)
            add_source(out, r->source);
    }
}

// ---- findings ----------------------------------------------------------------------------------------

static void add_circle(toc_buf *out, const toc_model *m, const toc_circle *c)
{
    size_t shown = c->count < CIRCLE_NAMES ? c->count : CIRCLE_NAMES;
    toc_buf_str(out, c->is_buffered
                         ? "  These can hold each other down, once buffers are empty:\n    "
                         : "  These need each other: if one falls, all need a black start:\n    ");
    for (size_t i = 0; i < shown; i++) {
        const toc_link *link = &c->links[i];
        if (i == 0)
            toc_add_service(out, m, link->service);
        if (link->repair != TOC_NONE) {
            toc_buf_str(out, i == 0 ? " waits for the repair " : ", which waits for the repair ");
            toc_add_repair(out, m, link->repair);
            toc_buf_str(out, ", which needs ");
        } else {
            toc_buf_str(out, i == 0 ? " needs " : ", which needs ");
        }
        toc_add_service(out, m, c->links[(i + 1) % c->count].service);
        if (link->autonomy > 0) {
            toc_buf_str(out, " (autonomy ");
            toc_add_span(out, link->autonomy);
            toc_buf_str(out, ")");
        }
    }
    if (shown < c->count)
        toc_buf_printf(out, " … %zu in this circle", c->count);
    if (c->members > c->count)
        toc_buf_printf(out, "; %zu more hang together with them", c->members - c->count);
    toc_buf_char(out, '\n');
}

static void add_unseen(toc_buf *out, const toc_model *m, const toc_findings *f)
{
    for (size_t i = 0; i < f->unseen_count && i < UNSEEN; i++) {
        toc_buf_str(out, i == 0 ? "  No team and not the board sees:\n    " : ", ");
        toc_add_service(out, m, f->unseen[i]);
    }
    if (f->unseen_count > UNSEEN)
        toc_buf_printf(out, " and %zu more", f->unseen_count - UNSEEN);
    if (f->unseen_count > 0)
        toc_buf_char(out, '\n');
}

// "INJ-03 quotes Quay cranes (cranes), which town does not see"
static void add_one_service(toc_buf *out, const toc_plan *p, const toc_blind_quote *q, size_t count)
{
    toc_buf_printf(out, "  %s quotes ", p->injects[q->inject].id);
    toc_add_service(out, &p->model, q->service);
    for (size_t i = 0; i < count; i++)
        toc_buf_printf(out, "%s%s",
                       i == 0           ? ", which "
                       : i + 1 == count ? " and "
                                        : ", ",
                       p->teams[q[i].team].id);
    toc_buf_str(out, count == 1 ? " does not see\n" : " do not see\n");
}

// "INJ-42 quotes 3 services that not all of its teams see: online, rail, port"
static void add_services(toc_buf *out, const toc_plan *p, const toc_blind_quote *q, size_t count,
                         size_t services)
{
    toc_buf_printf(out, "  %s quotes %zu services that not all of its teams see: ",
                   p->injects[q->inject].id, services);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || q[i].service != q[i - 1].service)
            toc_buf_printf(out, "%s%s", i ? ", " : "", p->model.services[q[i].service].id);
    toc_buf_char(out, '\n');
}

// A line an inject.
static void add_quotes(toc_buf *out, const toc_plan *p, const toc_findings *f)
{
    size_t lines = 0;
    for (size_t i = 0, next; i < f->quote_count; i = next, lines++) {
        const toc_blind_quote *q = &f->quotes[i];
        size_t services = 1;
        for (next = i + 1; next < f->quote_count && f->quotes[next].inject == q->inject; next++)
            services += f->quotes[next].service != f->quotes[next - 1].service;
        if (lines >= QUOTES)
            continue;
        if (services == 1)
            add_one_service(out, p, q, next - i);
        else
            add_services(out, p, q, next - i, services);
    }
    if (lines > QUOTES)
        toc_buf_printf(out, "  … and %zu more injects quote what not all of their teams see\n",
                       lines - QUOTES);
}

static void add_points(toc_buf *out, const toc_model *m, const toc_findings *f)
{
    if (f->point_count == 0)
        return;
    toc_buf_str(out, "  Lost alone for 24 hours from STARTEX, these take the most with them");
    if (f->tried < m->service_count)
        toc_buf_printf(out, " (of %zu tried, those that most others need)", f->tried);
    toc_buf_str(out, ":\n");
    int column = toc_names_width(m, false, NAMES) + 6;
    for (size_t i = 0; i < f->point_count; i++) {
        const toc_single_point *point = &f->points[i];
        size_t line = out->len;
        toc_buf_str(out, "    ");
        toc_add_service(out, m, point->service);
        toc_pad(out, line, column);
        toc_add_count(out, point->user_hours);
        toc_buf_str(out, " user-hours, ");
        toc_add_hours(out, point->lost);
        toc_buf_printf(out, " service-hours, %zu service%s\n", point->reached,
                       plural(point->reached));
    }
}
