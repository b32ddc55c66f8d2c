// SPDX-License-Identifier: MIT
// What a controller does to the world by hand: the same five acts that scripts have. An act is tried on
// a copy of the world before it is taken, so that whoever asked is told at once what is wrong.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "state.h"

#define MINUTE_MS           60000
#define BLACK_START_DEFAULT 60 // minutes of the story

typedef enum { SET, START_REPAIR, REFUEL, OPEN_ALTERNATIVE, BLACK_START } act_kind;

typedef struct {
    act_kind kind;
    size_t service, repair;
    size_t provider; // REFUEL: TOC_NONE: all that it has a store for
    int64_t level;   // ppm
    int64_t minutes;
} act;

static toc_err read_act(const toc_exercise *x, const toc_event *in, act *a, toc_error *e);
static toc_err read_kind(const toc_event *in, act_kind *kind, toc_error *e);
static toc_err read_provider(const toc_exercise *x, const toc_event *in, act *a, toc_error *e);
static toc_err refuse_names(toc_error *e, const char *begin, const char *const *names,
                            size_t count);
static bool is_fit(const toc_exercise *x, const act *a, size_t need);
static toc_err try_act(const toc_exercise *x, const act *a, int64_t minute, toc_error *e);
static toc_err try_needs(toc_world *w, const toc_exercise *x, const act *a, toc_error *e);

toc_err toc_intervene_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    act a;
    toc_err err = read_act(x, in, &a, e);
    if (err)
        return err;
    int64_t story = toc_exercise_story(x, in->t).ms;
    return try_act(x, &a, (story - x->plan->startex.ms) / MINUTE_MS, e);
}

void toc_intervene_apply(toc_exercise *x, const toc_event *in)
{
    act a;
    toc_error why;
    if (read_act(x, in, &a, &why) != TOC_OK)
        return; // it was checked
    x->by_hand = true;
    switch (a.kind) {
    case SET:
        toc_action_set(x, a.service, a.level, &why);
        break;
    case START_REPAIR:
        toc_action_start_repair(x, a.repair, &why);
        break;
    case BLACK_START:
        toc_action_black_start(x, a.service, a.minutes, &why);
        break;
    case REFUEL:
    case OPEN_ALTERNATIVE:
        for (size_t i = 0; i < x->plan->model.services[a.service].need_count; i++)
            if (is_fit(x, &a, i))
                (a.kind == REFUEL ? toc_action_refuel : toc_action_open)(x, a.service, i, &why);
        break;
    }
    x->by_hand = false;
    toc_measures_settle(x);
}

static toc_err read_act(const toc_exercise *x, const toc_event *in, act *a, toc_error *e)
{
    const char *service = toc_event_str(in, TOC_F_SERVICE),
               *repair = toc_event_str(in, TOC_F_REPAIR);
    *a = (act){.service = TOC_NONE, .repair = TOC_NONE, .provider = TOC_NONE};
    toc_err err = read_kind(in, &a->kind, e);
    if (err)
        return err;
    const toc_model *m = &x->plan->model;
    if (m->service_count == 0)
        return toc_fail(e, TOC_EREFUSED, "this exercise has no services");
    if (a->kind == START_REPAIR && !repair) {
        const char **ids = toc_alloc((m->repair_count + 1) * sizeof *ids);
        for (size_t i = 0; i < m->repair_count; i++)
            ids[i] = m->repairs[i].id;
        err = refuse_names(e, "start-repair needs a repair", ids, m->repair_count);
        free(ids);
        return err;
    }
    if (a->kind == START_REPAIR)
        return toc_name_find(x, TOC_F_REPAIR, repair, &a->repair, e);
    if (!service)
        return toc_fail(e, TOC_EREFUSED, "%s needs a service", toc_event_str(in, TOC_F_MEASURE));
    err = toc_name_find(x, TOC_F_SERVICE, service, &a->service, e);
    a->level = toc_event_int(in, TOC_F_LEVEL);
    a->minutes =
        toc_event_has(in, TOC_F_MINUTES) ? toc_event_int(in, TOC_F_MINUTES) : BLACK_START_DEFAULT;
    if (!err && a->kind == SET && (!toc_event_has(in, TOC_F_LEVEL) || a->level > TOC_PPM))
        err = toc_fail(e, TOC_EREFUSED, "set %s to how much: 0 to 100 percent", service);
    if (!err && (a->kind == REFUEL || a->kind == OPEN_ALTERNATIVE))
        err = read_provider(x, in, a, e);
    return err;
}

static toc_err read_kind(const toc_event *in, act_kind *kind, toc_error *e)
{
    static const char *const names[] = {
        [SET] = "set",
        [START_REPAIR] = "start-repair",
        [REFUEL] = "refuel",
        [OPEN_ALTERNATIVE] = "open-alternative",
        [BLACK_START] = "black-start",
    };
    const char *measure = toc_event_str(in, TOC_F_MEASURE);
    for (size_t i = 0; i < TOC_COUNT(names); i++) {
        *kind = (act_kind)i;
        if (strcmp(names[i], measure) == 0)
            return TOC_OK;
    }
    return toc_fail(e, TOC_EREFUSED,
                    "\"%.30s\" cannot be done to a service: there are set, start-repair, refuel, "
                    "open-alternative and black-start",
                    measure);
}

// Which store or alternative: it need not be named where there is one only; a refuel then fills all.
static toc_err read_provider(const toc_exercise *x, const toc_event *in, act *a, toc_error *e)
{
    const toc_model *m = &x->plan->model;
    const toc_service *s = &m->services[a->service];
    const char *given = toc_event_str(in, TOC_F_PROVIDER);
    const char **fit = toc_alloc((s->need_count + 1) * sizeof *fit);
    size_t count = 0, only = TOC_NONE;
    for (size_t i = 0; i < s->need_count; i++) {
        const char *id = m->services[s->needs[i].provider].id;
        bool is_new = is_fit(x, a, i);
        for (size_t k = 0; k < count && is_new; k++)
            is_new = fit[k] != id;
        if (!is_new)
            continue;
        fit[count++] = id;
        only = s->needs[i].provider;
        if (given && strcmp(given, id) == 0)
            a->provider = only;
    }
    const char *what = a->kind == REFUEL ? "store" : "alternative";
    char *begin = NULL;
    if (count == 0)
        begin = toc_sprintf(a->kind == REFUEL ? "%s has no store to refill"
                                              : "%s has no closed alternative",
                            s->id);
    else if (given && a->provider == TOC_NONE)
        begin = toc_sprintf("%.60s is no %s of %s", given, what, s->id);
    else if (!given && a->kind == OPEN_ALTERNATIVE && count > 1)
        begin = toc_sprintf("%s has several alternatives", s->id);
    toc_err err = begin ? refuse_names(e, begin, fit, count) : TOC_OK;
    if (!given && a->kind == OPEN_ALTERNATIVE)
        a->provider = only;
    free(begin);
    free(fit);
    return err;
}

static toc_err refuse_names(toc_error *e, const char *begin, const char *const *names, size_t count)
{
    toc_buf text = {0};
    toc_buf_str(&text, begin);
    for (size_t i = 0; i < count; i++)
        toc_buf_printf(&text, "%s%s", i == 0 ? (count == 1 ? ": there is " : ": there are ") : ", ",
                       names[i]);
    toc_err err = toc_fail(e, TOC_EREFUSED, "%s", text.data);
    toc_buf_fini(&text);
    return err;
}

// A need of the service that is meant, and that such an act can do something to.
static bool is_fit(const toc_exercise *x, const act *a, size_t need)
{
    const toc_need *n = &x->plan->model.services[a->service].needs[need];
    bool is_meant = a->provider == TOC_NONE || n->provider == a->provider;
    return is_meant && (a->kind == REFUEL ? n->autonomy > 0 : n->is_closed);
}

static toc_err try_act(const toc_exercise *x, const act *a, int64_t minute, toc_error *e)
{
    toc_world *w = toc_world_copy(x->measures.world);
    toc_changes changes = {0};
    toc_err err = TOC_OK;
    toc_world_goto(w, minute, &changes);
    if (a->kind == START_REPAIR)
        err = toc_world_start_repair(w, a->repair, e);
    else if (a->kind == BLACK_START)
        err = toc_world_black_start(w, a->service, a->minutes, e);
    else if (a->kind != SET)
        err = try_needs(w, x, a, e);
    toc_changes_fini(&changes);
    toc_world_free(w);
    return err;
}

// One that can be opened is enough.
static toc_err try_needs(toc_world *w, const toc_exercise *x, const act *a, toc_error *e)
{
    const size_t count = x->plan->model.services[a->service].need_count;
    toc_err err = TOC_EREFUSED;
    for (size_t i = 0; i < count && err; i++)
        if (is_fit(x, a, i))
            err = a->kind == REFUEL ? toc_world_refuel(w, a->service, i, e)
                                    : toc_world_open(w, a->service, i, e);
    return err;
}
