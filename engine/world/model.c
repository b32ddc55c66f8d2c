// SPDX-License-Identifier: MIT
// What a sound model is. Ids are quoted in errors as the author wrote them.
#include "world/model.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"

// One list of each kind must be countable in 32 bits, sums of two kinds of events too.
#define MOST 500000000u

static toc_err check_counts(const toc_model *m, toc_error *e);
static toc_err check_id(toc_map *ids, const char *what, const char *id, size_t index, toc_error *e);
static toc_err check_service(const toc_model *m, size_t index, toc_error *e);
static toc_err check_need(const toc_model *m, size_t service, const toc_need *need, toc_error *e);
static toc_err check_repair(const toc_model *m, const toc_repair *r, toc_error *e);
static toc_err check_range(const char *id, const char *what, int64_t value, int64_t least,
                           int64_t most, toc_error *e);
static toc_err check_gain(const toc_model *m, toc_error *e);

void toc_model_init(toc_model *m)
{
    *m = (toc_model){0};
}

void toc_model_fini(toc_model *m)
{
    for (size_t i = 0; i < m->service_count; i++) {
        toc_service *s = &m->services[i];
        for (size_t k = 0; k < s->need_count; k++) {
            free(s->needs[k].kind);
            free(s->needs[k].source);
        }
        free(s->needs);
        free(s->id);
        free(s->name);
        free(s->domain);
        free(s->source);
    }
    free(m->services);
    for (size_t i = 0; i < m->repair_count; i++) {
        free(m->repairs[i].id);
        free(m->repairs[i].name);
        free(m->repairs[i].source);
        free(m->repairs[i].needs);
    }
    free(m->repairs);
    *m = (toc_model){0};
}

toc_err toc_model_check(const toc_model *m, toc_error *e)
{
    toc_err err = check_counts(m, e);
    if (err)
        return err;
    toc_map *ids = toc_map_new();
    for (size_t i = 0; !err && i < m->service_count; i++)
        err = check_id(ids, "service", m->services[i].id, i, e);
    for (size_t i = 0; !err && i < m->service_count; i++)
        err = check_service(m, i, e);
    toc_map_free(ids);
    ids = toc_map_new();
    for (size_t i = 0; !err && i < m->repair_count; i++)
        err = check_id(ids, "repair", m->repairs[i].id, i, e);
    for (size_t i = 0; !err && i < m->repair_count; i++)
        err = check_repair(m, &m->repairs[i], e);
    toc_map_free(ids);
    return err ? err : check_gain(m, e);
}

static toc_err check_counts(const toc_model *m, toc_error *e)
{
    uint64_t needs = 0;
    for (size_t i = 0; i < m->service_count; i++)
        needs += m->services[i].need_count;
    for (size_t i = 0; i < m->repair_count; i++)
        needs += m->repairs[i].need_count;
    if (m->service_count > MOST || m->repair_count > MOST || needs > MOST)
        return toc_fail(e, TOC_ESCENARIO, "the model has more than %u parts of a kind", MOST);
    return TOC_OK;
}

static toc_err check_id(toc_map *ids, const char *what, const char *id, size_t index, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    if (!id || !*id)
        return toc_fail(e, TOC_ESCENARIO, "%s number %zu has no id", what, index + 1);
    if (toc_map_get(ids, id, NULL))
        return toc_fail(e, TOC_ESCENARIO, "there are two of the %s %s", what,
                        toc_text_quote(quoted, id));
    toc_map_put(ids, id, (int64_t)index);
    return TOC_OK;
}

static toc_err check_service(const toc_model *m, size_t index, toc_error *e)
{
    const toc_service *s = &m->services[index];
    toc_err err = check_range(s->id, "rule", (int64_t)s->rule, TOC_RULE_MIN, TOC_RULE_SUM, e);
    if (!err)
        err = check_range(s->id, "number of users", s->users, 0, TOC_USERS_MAX, e);
    if (!err)
        err = check_range(s->id, "own capability", s->own, 0, TOC_PPM, e);
    if (!err)
        err = check_range(s->id, "restart", s->restart, 0, TOC_MINUTES_MAX, e);
    for (size_t i = 0; !err && i < s->need_count; i++)
        err = check_need(m, index, &s->needs[i], e);
    return err;
}

static toc_err check_need(const toc_model *m, size_t service, const toc_need *need, toc_error *e)
{
    char who[TOC_QUOTE_SIZE];
    char of[TOC_QUOTE_SIZE];
    const char *id = m->services[service].id;
    if (need->provider >= m->service_count)
        return toc_fail(e, TOC_ESCENARIO, "%s needs a service that is not there",
                        toc_text_quote(who, id));
    if (need->provider == service)
        return toc_fail(e, TOC_ESCENARIO, "%s needs itself", toc_text_quote(who, id));
    const struct {
        const char *what;
        int64_t value, most;
    } ranges[] = {
        {"strength", need->strength, TOC_PPM},
        {"autonomy", need->autonomy, TOC_MINUTES_MAX},
        {"recharge", need->recharge, TOC_MINUTES_MAX},
        {"switching", need->switching, TOC_MINUTES_MAX},
    };
    for (size_t i = 0; i < TOC_COUNT(ranges); i++) {
        if (ranges[i].value >= 0 && ranges[i].value <= ranges[i].most)
            continue;
        return toc_fail(e, TOC_ESCENARIO, "%s needs %s: the %s is %lld; it must be 0 to %lld",
                        toc_text_quote(who, id), toc_text_quote(of, m->services[need->provider].id),
                        ranges[i].what, (long long)ranges[i].value, (long long)ranges[i].most);
    }
    return TOC_OK;
}

static toc_err check_repair(const toc_model *m, const toc_repair *r, toc_error *e)
{
    char who[TOC_QUOTE_SIZE];
    if (r->service >= m->service_count)
        return toc_fail(e, TOC_ESCENARIO, "repair %s is of a service that is not there",
                        toc_text_quote(who, r->id));
    toc_err err = check_range(r->id, "restored capability", r->to, 0, TOC_PPM, e);
    if (!err)
        err = check_range(r->id, "work", r->work, 1, TOC_WORK_MAX, e);
    if (!err)
        err = check_range(r->id, "number of crews", r->crews, 1, TOC_CREWS_MAX, e);
    for (size_t i = 0; !err && i < r->need_count; i++) {
        if (r->needs[i].service >= m->service_count)
            return toc_fail(e, TOC_ESCENARIO, "repair %s needs a service that is not there",
                            toc_text_quote(who, r->id));
        err = check_range(r->id, "level it needs", r->needs[i].level, 0, TOC_PPM, e);
    }
    return err;
}

static toc_err check_range(const char *id, const char *what, int64_t value, int64_t least,
                           int64_t most, toc_error *e)
{
    char who[TOC_QUOTE_SIZE];
    if (value >= least && value <= most)
        return TOC_OK;
    return toc_fail(e, TOC_ESCENARIO, "%s: the %s is %lld; it must be %lld to %lld",
                    toc_text_quote(who, id), what, (long long)value, (long long)least,
                    (long long)most);
}

// An error's text is short: of a long cycle it names the first few and says how many there are.
static toc_err check_gain(const toc_model *m, toc_error *e)
{
    enum { NAMED = 6 };
    size_t *cycle;
    size_t count;
    if (!toc_model_gain(m, &cycle, &count))
        return TOC_OK;
    toc_buf text = {0};
    for (size_t i = 0; i < count && i < NAMED; i++) {
        char id[TOC_QUOTE_SIZE];
        toc_buf_printf(&text, "%s, ", toc_text_quote(id, m->services[cycle[i]].id));
    }
    if (count > NAMED)
        toc_buf_printf(&text, "… (%zu services in all), ", count);
    toc_err err = toc_fail(e, TOC_ESCENARIO,
                           "losses that add up come back as great as they went, or greater, in the "
                           "cycle %seach needing the next and the last the first",
                           toc_buf_text(&text));
    toc_buf_fini(&text);
    free(cycle);
    return err;
}
