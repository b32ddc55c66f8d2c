// SPDX-License-Identifier: MIT
#include "answers.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

struct toc_answers {
    toc_event *at;
    size_t count, capacity;
};

static bool is_step(const toc_event *ev);

void toc_answers_learn(toc_view *v, const toc_event *ev)
{
    if (!is_step(ev))
        return;
    if (!v->answers)
        v->answers = toc_alloc(sizeof *v->answers);
    struct toc_answers *a = v->answers;
    TOC_GROW(a->at, a->count, a->capacity);
    toc_event_copy(&a->at[a->count++], ev);
}

const toc_event *toc_answers_next(const toc_view *v, const char *decision, size_t *at)
{
    const struct toc_answers *a = v->answers;
    while (a && *at < a->count) {
        const toc_event *ev = &a->at[(*at)++];
        const char *id = toc_event_str(ev, TOC_F_DECISION);
        if (id && strcasecmp(id, decision) == 0)
            return ev;
    }
    return NULL;
}

const toc_event *toc_answers_handed(const toc_view *v, const char *product)
{
    const struct toc_answers *a = v->answers;
    for (size_t i = a ? a->count : 0; i > 0; i--)
        if (a->at[i - 1].kind == TOC_K_HANDED_IN &&
            strcmp(toc_event_str(&a->at[i - 1], TOC_F_PRODUCT), product) == 0)
            return &a->at[i - 1];
    return NULL;
}

void toc_answers_copy(toc_view *v, const toc_view *from)
{
    for (size_t i = 0; from->answers && i < from->answers->count; i++)
        toc_answers_learn(v, &from->answers->at[i]);
}

void toc_view_drop_answers(toc_view *v)
{
    for (size_t i = 0; v->answers && i < v->answers->count; i++)
        toc_event_fini(&v->answers->at[i]);
    if (v->answers)
        free(v->answers->at);
    free(v->answers);
    v->answers = NULL;
}

static bool is_step(const toc_event *ev)
{
    const toc_kind kind = ev->kind;
    const char *by = toc_event_str(ev, TOC_F_BY);
    if (kind == TOC_K_DECIDE) // for a team: its answer does not say who of EXCON, and why
        return by && strncmp(by, "excon-", 6) == 0;
    return kind == TOC_K_PROPOSED || kind == TOC_K_REJECTED || kind == TOC_K_DECIDED ||
           kind == TOC_K_OVERDUE || kind == TOC_K_DEADLINE || kind == TOC_K_CROSSED ||
           kind == TOC_K_REFUSED_LATE || kind == TOC_K_HANDED_IN;
}
