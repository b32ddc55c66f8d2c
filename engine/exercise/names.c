// SPDX-License-Identifier: MIT
// Names that people write: what they mean in the exercise, or what they probably meant.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "state.h"

static size_t name_count(const toc_exercise *x, toc_field f);
static const char *name_at(const toc_exercise *x, toc_field f, size_t i);

toc_err toc_name_find(const toc_exercise *x, toc_field f, const char *id, size_t *i, toc_error *e)
{
    const size_t count = name_count(x, f);
    for (*i = 0; *i < count; ++*i)
        if (strcmp(name_at(x, f, *i), id) == 0)
            return TOC_OK;
    *i = TOC_NONE;
    const char **names = toc_alloc((count + 1) * sizeof *names); // borrowed
    for (size_t k = 0; k < count; k++)
        names[k] = name_at(x, f, k);
    const char *near = toc_text_near(id, names, count);
    free(names);
    if (!near)
        return toc_fail(e, TOC_EREFUSED, "there is no %s %.60s", toc_field_name(f), id);
    return toc_fail(e, TOC_EREFUSED, "there is no %s %.60s; did you mean %s?", toc_field_name(f),
                    id, near);
}

static size_t name_count(const toc_exercise *x, toc_field f)
{
    const toc_plan *p = x->plan;
    switch (f) {
    case TOC_F_INJECT:
        return x->inject_count;
    case TOC_F_DECISION:
        return p->decision_count;
    case TOC_F_EXPECTATION:
        return p->expectation_count;
    case TOC_F_OBJECTIVE:
        return p->objective_count;
    case TOC_F_TEAM:
        return p->team_count;
    case TOC_F_SERVICE:
        return p->model.service_count;
    case TOC_F_REPAIR:
        return p->model.repair_count;
    default:
        return 0;
    }
}

static const char *name_at(const toc_exercise *x, toc_field f, size_t i)
{
    const toc_plan *p = x->plan;
    switch (f) {
    case TOC_F_INJECT:
        return toc_exercise_inject_row(x, i)->id;
    case TOC_F_DECISION:
        return p->decisions[i].id;
    case TOC_F_EXPECTATION:
        return p->expectations[i].id;
    case TOC_F_OBJECTIVE:
        return p->objectives[i].id;
    case TOC_F_TEAM:
        return p->teams[i].id;
    case TOC_F_SERVICE:
        return p->model.services[i].id;
    default:
        return p->model.repairs[i].id;
    }
}
