// SPDX-License-Identifier: MIT
#include "world_model.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

size_t at(const toc_model *m, const char *id)
{
    for (size_t i = 0; i < m->service_count; i++) {
        if (strcmp(m->services[i].id, id) == 0)
            return i;
    }
    abort();
}

toc_service *add_service(toc_model *m, const char *id)
{
    size_t count = m->service_count++;
    if ((count & (count - 1)) == 0) // the next power of two
        m->services = toc_realloc(m->services, (count ? 2 * count : 1) * sizeof *m->services);
    toc_service *s = &m->services[count];
    *s = (toc_service){.id = toc_strdup(id), .own = ALL};
    return s;
}

toc_need *add_need(toc_model *m, const char *id, const char *provider)
{
    return add_need_at(m, at(m, id), at(m, provider));
}

toc_need *add_need_at(toc_model *m, size_t service, size_t provider)
{
    toc_service *s = &m->services[service];
    s->needs = toc_realloc(s->needs, (s->need_count + 1) * sizeof *s->needs);
    toc_need *need = &s->needs[s->need_count++];
    *need = (toc_need){.provider = provider, .strength = ALL};
    return need;
}

toc_repair *add_repair(toc_model *m, const char *id, const char *service, int64_t work)
{
    m->repairs = toc_realloc(m->repairs, (m->repair_count + 1) * sizeof *m->repairs);
    toc_repair *r = &m->repairs[m->repair_count++];
    *r = (toc_repair){
        .id = toc_strdup(id), .service = at(m, service), .to = ALL, .work = work, .crews = 1};
    return r;
}

void add_prerequisite(const toc_model *m, toc_repair *r, const char *service, int64_t level)
{
    r->needs = toc_realloc(r->needs, (r->need_count + 1) * sizeof *r->needs);
    r->needs[r->need_count++] = (toc_prerequisite){at(m, service), level};
}

void add_ring(toc_model *m, size_t count, int64_t strength, toc_rule rule)
{
    size_t first = m->service_count;
    for (size_t i = 0; i < count; i++) {
        char *id = toc_sprintf("ring%zu", i);
        add_service(m, id)->rule = rule;
        free(id);
    }
    for (size_t i = 0; i < count; i++)
        add_need_at(m, first + i, first + (i + 1) % count)->strength = strength;
}

toc_err do_act(toc_world *w, const act *a, toc_error *e)
{
    switch (a->kind) {
    case ACT_SET:
        toc_world_set(w, a->which, a->amount);
        return TOC_OK;
    case ACT_REPAIR:
        return toc_world_start_repair(w, a->which, e);
    case ACT_REFUEL:
        return toc_world_refuel(w, a->which, a->need, e);
    case ACT_OPEN:
        return toc_world_open(w, a->which, a->need, e);
    case ACT_BLACK_START:
        return toc_world_black_start(w, a->which, a->amount, e);
    }
    abort();
}

void play_to(toc_world *w, const act *acts, size_t count, size_t *next, int64_t until,
             toc_changes *out)
{
    for (; *next < count && acts[*next].minute <= until; (*next)++) {
        toc_world_goto(w, acts[*next].minute, out);
        toc_error e;
        do_act(w, &acts[*next], &e);
    }
    toc_world_advance(w, until, out);
}
