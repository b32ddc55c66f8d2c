// SPDX-License-Identifier: MIT
#include "world_random.h"

#include <stdlib.h>

#include "base/mem.h"

static bool chance(toc_random *r, unsigned percent)
{
    return toc_random_below(r, 100) < percent;
}

int64_t random_between(toc_random *r, int64_t least, int64_t most)
{
    return least + (int64_t)toc_random_below(r, (uint64_t)(most - least + 1));
}

static int64_t some_level(toc_random *r)
{
    if (chance(r, 40))
        return 0;
    return chance(r, 40) ? random_between(r, 0, 10) * (ALL / 10) : random_between(r, 0, ALL);
}

// Divisors of a million, so that a buffer's refilling is a whole number a minute: rounding can not
// put one run before another.
static int64_t some_recharge(toc_random *r)
{
    static const int64_t minutes[] = {0, 0, 1, 5, 10, 16, 20, 25, 32, 50, 64, 80, 100};
    return minutes[toc_random_below(r, TOC_COUNT(minutes))];
}

static void make_need(toc_model *m, toc_random *r, size_t service, random_class c)
{
    size_t provider = toc_random_below(r, m->service_count - 1);
    toc_need *need = add_need_at(m, service, provider + (provider >= service));
    if (chance(r, 45))
        need->strength = random_between(r, 0, ALL);
    if (chance(r, 40)) {
        need->autonomy = random_between(r, 1, 40);
        need->recharge = c.has_restarts ? random_between(r, 0, 60) : some_recharge(r);
    }
    if (!c.has_alternatives)
        return;
    need->group = chance(r, 50) ? toc_random_below(r, 3) : 0;
    need->is_closed = chance(r, need->group ? 40 : 4);
    need->switching = need->is_closed && chance(r, 60) ? random_between(r, 1, 20) : 0;
}

static void make_model(toc_model *m, toc_random *r, random_class c)
{
    size_t count = (size_t)random_between(r, 3, 12);
    unsigned sums = chance(r, 50) ? 30 : 0;
    for (size_t i = 0; i < count; i++) {
        char id[] = {(char)('a' + (int)i), '\0'};
        toc_service *s = add_service(m, id);
        s->rule = chance(r, sums) ? TOC_RULE_SUM : TOC_RULE_MIN;
        s->own = chance(r, 85) ? ALL : some_level(r);
        s->restart = c.has_restarts && chance(r, 40) ? random_between(r, 1, 30) : 0;
        s->users = random_between(r, 0, 1000);
    }
    for (size_t i = 0; i < count; i++) {
        int64_t needs = random_between(r, 0, 3);
        while (needs-- > 0)
            make_need(m, r, i, c);
    }
    int64_t repairs = c.has_repairs ? random_between(r, 0, 4) : 0;
    while (repairs-- > 0) {
        const toc_service *s = &m->services[toc_random_below(r, count)];
        toc_repair *job = add_repair(m, "x", s->id, random_between(r, 1, 90));
        job->id[0] = (char)('A' + (int)repairs);
        job->crews = random_between(r, 1, 3);
        job->to = chance(r, 70) ? ALL : some_level(r);
        int64_t needs = random_between(r, 0, 2);
        while (needs-- > 0)
            add_prerequisite(m, job, m->services[toc_random_below(r, count)].id,
                             random_between(r, 0, 10) * (ALL / 10));
    }
}

static act make_act(const toc_model *m, toc_random *r)
{
    act a = {.which = toc_random_below(r, m->service_count), .amount = some_level(r)};
    size_t needs = m->services[a.which].need_count;
    uint64_t kind = toc_random_below(r, 10);
    if (kind < 3 && m->repair_count > 0) {
        a.kind = ACT_REPAIR;
        a.which = toc_random_below(r, m->repair_count);
    } else if (kind < 7 && needs > 0 && kind > 3) {
        a.kind = kind == 4 ? ACT_REFUEL : ACT_OPEN;
        a.need = toc_random_below(r, needs);
    } else if (kind == 7) {
        a.kind = ACT_BLACK_START;
        a.amount = random_between(r, 1, 30);
    } else if (chance(r, 35)) {
        a.amount = ALL;
    }
    return a;
}

void random_run_make(random_run *r, toc_random *from, random_class c)
{
    *r = (random_run){0};
    make_model(&r->model, from, c);
    size_t *cycle;
    size_t count;
    if (toc_model_gain(&r->model, &cycle, &count)) {
        for (size_t i = 0; i < r->model.service_count; i++)
            r->model.services[i].rule = TOC_RULE_MIN;
        free(cycle);
    }
    r->act_count = (size_t)random_between(from, 0, RANDOM_ACTS);
    int64_t minute = 0;
    for (size_t i = 0; i < r->act_count; i++) {
        if (chance(from, 75))
            minute += random_between(from, 0, RANDOM_HORIZON / 2 / RANDOM_ACTS * 2);
        r->acts[i] = make_act(&r->model, from);
        r->acts[i].minute = minute;
    }
}

void random_run_fini(random_run *r)
{
    toc_model_fini(&r->model);
}
