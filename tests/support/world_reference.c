// SPDX-License-Identifier: MIT
#include "world_reference.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

typedef struct {
    bool is_open;
    int64_t opens_at;     // -1
    int64_t buffer;       // ppm-minutes
    int64_t charged_from; // what it had when refilling began
    int64_t charging;     // for so many minutes
} ref_need;

typedef struct {
    int64_t own, level, before;
    int64_t restart_at, forced_until; // -1
    bool is_due;
    ref_need *needs;
} ref_service;

typedef struct {
    int64_t left;
    bool is_started;
    toc_repair_state state;
} ref_repair;

typedef struct {
    const toc_model *m;
    int64_t minute;
    ref_service *s;
    ref_repair *r;
    reference_trace *out;
} ref;

static void add_fact(ref *x, toc_change_kind kind, size_t which, int64_t value)
{
    reference_trace *t = x->out;
    TOC_GROW(t->at, t->count, t->capacity);
    t->at[t->count++] = (fact){x->minute, kind, which, value};
}

static int64_t loss_of(const ref *x, size_t service, size_t need)
{
    const toc_need *n = &x->m->services[service].needs[need];
    int64_t u = x->s[service].needs[need].buffer > 0 ? ALL : x->s[n->provider].level;
    return n->strength * (ALL - u) / ALL;
}

// The loss of the group that a need is in, asked for its first need only (else 0).
static int64_t group_loss_of(const ref *x, size_t service, size_t need)
{
    const toc_service *s = &x->m->services[service];
    size_t group = s->needs[need].group;
    int64_t least = INT64_MAX;
    int64_t total = 0;
    for (size_t k = 0; k < s->need_count; k++) {
        if (k != need && (group == 0 || s->needs[k].group != group))
            continue;
        if (k < need)
            return 0;
        if (s->needs[k].strength > total)
            total = s->needs[k].strength;
        if (x->s[service].needs[k].is_open && loss_of(x, service, k) < least)
            least = loss_of(x, service, k);
    }
    return least == INT64_MAX ? total : least;
}

static int64_t equation(const ref *x, size_t service)
{
    const toc_service *s = &x->m->services[service];
    if (x->s[service].forced_until >= 0)
        return ALL;
    int64_t sum = 0;
    int64_t worst = 0;
    for (size_t k = 0; k < s->need_count; k++) {
        int64_t loss = group_loss_of(x, service, k);
        sum += loss;
        worst = loss > worst ? loss : worst;
    }
    int64_t own = x->s[service].own;
    if (s->rule == TOC_RULE_SUM)
        return own - sum > 0 ? own - sum : 0;
    return own < ALL - worst ? own : ALL - worst;
}

static void fall_ref(ref *x)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < x->m->service_count; i++) {
            int64_t level = equation(x, i);
            if (level < x->s[i].level) {
                x->s[i].level = level;
                again = true;
            }
        }
    }
    for (size_t i = 0; i < x->m->service_count; i++) {
        if (equation(x, i) <= x->s[i].level) {
            x->s[i].restart_at = -1;
            x->s[i].is_due = false;
        }
    }
}

static void rise_ref(ref *x)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < x->m->service_count; i++) {
            ref_service *s = &x->s[i];
            bool can = x->m->services[i].restart == 0 || s->is_due || s->forced_until >= 0;
            int64_t level = equation(x, i);
            if (!can || level <= s->level)
                continue;
            s->level = level;
            s->restart_at = -1;
            again = true;
        }
    }
    for (size_t i = 0; i < x->m->service_count; i++) {
        ref_service *s = &x->s[i];
        s->is_due = false;
        if (equation(x, i) > s->level && s->restart_at < 0)
            s->restart_at = x->minute + x->m->services[i].restart;
    }
}

// One minute of a buffer, with its provider as it was since the last.
static void pass_buffer(const toc_need *n, ref_need *b, int64_t level)
{
    int64_t full = n->autonomy * ALL;
    if (!b->is_open || n->autonomy == 0)
        return;
    if (level < ALL) {
        b->buffer = b->buffer > ALL - level ? b->buffer - (ALL - level) : 0;
        b->charging = 0;
        return;
    }
    if (b->charging++ == 0)
        b->charged_from = b->buffer;
    b->buffer = n->recharge == 0 ? full : b->charged_from + b->charging * full / n->recharge;
    b->buffer = b->buffer < full ? b->buffer : full;
}

static void pass_minute(ref *x)
{
    for (size_t i = 0; i < x->m->service_count; i++) {
        const toc_service *s = &x->m->services[i];
        x->out->lost[i] += ALL - x->s[i].level;
        for (size_t k = 0; k < s->need_count; k++)
            pass_buffer(&s->needs[k], &x->s[i].needs[k], x->s[s->needs[k].provider].level);
    }
    for (size_t i = 0; i < x->m->repair_count; i++) {
        if (x->r[i].state == TOC_REPAIR_RUNNING)
            x->r[i].left -= x->m->repairs[i].crews;
    }
}

static void open_ref(ref *x, size_t service, size_t need)
{
    x->s[service].needs[need].is_open = true;
    x->s[service].needs[need].opens_at = -1;
    add_fact(x, TOC_CHANGE_OPENED, service, (int64_t)need);
}

static void act_ref(ref *x, const act *a)
{
    const toc_model *m = x->m;
    ref_need *n =
        a->kind == ACT_REFUEL || a->kind == ACT_OPEN ? &x->s[a->which].needs[a->need] : NULL;
    switch (a->kind) {
    case ACT_SET:
        x->s[a->which].own = a->amount;
        break;
    case ACT_REPAIR:
        x->r[a->which].is_started = true;
        break;
    case ACT_REFUEL:
        if (n->is_open)
            n->buffer = m->services[a->which].needs[a->need].autonomy * ALL;
        n->charging = 0;
        break;
    case ACT_OPEN:
        if (n->is_open || n->opens_at >= 0)
            break;
        if (m->services[a->which].needs[a->need].switching == 0)
            open_ref(x, a->which, a->need);
        else
            n->opens_at = x->minute + m->services[a->which].needs[a->need].switching;
        break;
    case ACT_BLACK_START:
        if (x->s[a->which].forced_until < x->minute + a->amount)
            x->s[a->which].forced_until = x->minute + a->amount;
        break;
    }
}

static void do_due(ref *x)
{
    for (size_t i = 0; i < x->m->repair_count; i++) {
        const toc_repair *r = &x->m->repairs[i];
        if (x->r[i].state != TOC_REPAIR_RUNNING || x->r[i].left > 0)
            continue;
        x->r[i].state = TOC_REPAIR_DONE;
        if (x->s[r->service].own < r->to)
            x->s[r->service].own = r->to;
        add_fact(x, TOC_CHANGE_REPAIR, i, TOC_REPAIR_DONE);
    }
    for (size_t i = 0; i < x->m->service_count; i++) {
        ref_service *s = &x->s[i];
        for (size_t k = 0; k < x->m->services[i].need_count; k++) {
            if (s->needs[k].opens_at == x->minute)
                open_ref(x, i, k);
        }
        if (s->forced_until == x->minute)
            s->forced_until = -1;
        if (s->restart_at == x->minute) {
            s->restart_at = -1;
            s->is_due = true;
        }
    }
}

static void judge_ref(ref *x)
{
    for (size_t i = 0; i < x->m->repair_count; i++) {
        const toc_repair *r = &x->m->repairs[i];
        if (!x->r[i].is_started || x->r[i].state == TOC_REPAIR_DONE)
            continue;
        toc_repair_state state = TOC_REPAIR_RUNNING;
        for (size_t k = 0; k < r->need_count; k++) {
            if (x->s[r->needs[k].service].level < r->needs[k].level)
                state = TOC_REPAIR_STANDING;
        }
        if (state != x->r[i].state)
            add_fact(x, TOC_CHANGE_REPAIR, i, (int64_t)state);
        x->r[i].state = state;
    }
}

static void solve_ref(ref *x)
{
    for (size_t i = 0; i < x->m->service_count; i++)
        x->s[i].before = x->s[i].level;
    fall_ref(x);
    rise_ref(x);
    for (size_t i = 0; i < x->m->service_count; i++) {
        if (x->s[i].level != x->s[i].before)
            add_fact(x, TOC_CHANGE_LEVEL, i, x->s[i].level);
    }
    judge_ref(x);
}

static void begin_ref(ref *x)
{
    const toc_model *m = x->m;
    x->s = toc_alloc(m->service_count * sizeof *x->s);
    x->r = toc_alloc((m->repair_count + 1) * sizeof *x->r);
    for (size_t i = 0; i < m->service_count; i++) {
        const toc_service *s = &m->services[i];
        x->s[i] = (ref_service){.own = s->own, .level = ALL, .restart_at = -1, .forced_until = -1};
        x->s[i].needs = toc_alloc((s->need_count + 1) * sizeof *x->s[i].needs);
        for (size_t k = 0; k < s->need_count; k++)
            x->s[i].needs[k] = (ref_need){.is_open = !s->needs[k].is_closed,
                                          .opens_at = -1,
                                          .buffer = s->needs[k].autonomy * ALL};
    }
    for (size_t i = 0; i < m->repair_count; i++)
        x->r[i].left = m->repairs[i].work;
    fall_ref(x);
}

void reference_run(const toc_model *m, const act *acts, size_t act_count, int64_t until,
                   reference_trace *out)
{
    *out = (reference_trace){.lost = toc_alloc(m->service_count * sizeof *out->lost)};
    ref x = {.m = m, .out = out};
    begin_ref(&x);
    size_t next = 0;
    for (x.minute = 0; x.minute <= until; x.minute++) {
        if (x.minute > 0)
            pass_minute(&x);
        for (; next < act_count && acts[next].minute == x.minute; next++)
            act_ref(&x, &acts[next]);
        do_due(&x);
        solve_ref(&x);
    }
    for (size_t i = 0; i < m->service_count; i++)
        free(x.s[i].needs);
    free(x.s);
    free(x.r);
}

void reference_fini(reference_trace *t)
{
    free(t->at);
    free(t->lost);
    *t = (reference_trace){0};
}
