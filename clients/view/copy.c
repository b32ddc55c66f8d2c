// SPDX-License-Identifier: MIT
#include "copy.h"

#include <string.h>

static void own_service(toc_known_service *x);
static void own_expectation(toc_known_expectation *x);
static void own_deadlock(toc_known_deadlock *x);

void *toc_copy_array(const void *at, size_t count, size_t element_size, size_t *capacity)
{
    *capacity = count;
    if (count == 0)
        return NULL;
    return memcpy(toc_realloc(NULL, count * element_size), at, count * element_size);
}

void toc_situation_copy(toc_situation *to, const toc_situation *from)
{
    *to = *from;
    to->service_index = NULL;
    TOC_COPY(to->services, to->service_count, to->service_capacity);
    for (size_t i = 0; i < to->service_count; i++)
        own_service(&to->services[i]);
    TOC_COPY(to->repairs, to->repair_count, to->repair_capacity);
    for (size_t i = 0; i < to->repair_count; i++) {
        toc_known_repair *x = &to->repairs[i];
        char **texts[] = {&x->id,      &x->name,  &x->service, &x->state,
                          &x->done_at, &x->lacks, &x->source};
        for (size_t k = 0; k < TOC_COUNT(texts); k++)
            TOC_OWN(*texts[k]);
    }
    TOC_COPY(to->phases, to->phase_count, to->phase_capacity);
    for (size_t i = 0; i < to->phase_count; i++) {
        TOC_OWN(to->phases[i].id);
        TOC_OWN(to->phases[i].title);
        TOC_OWN(to->phases[i].story);
    }
    TOC_COPY(to->expectations, to->expectation_count, to->expectation_capacity);
    for (size_t i = 0; i < to->expectation_count; i++)
        own_expectation(&to->expectations[i]);
    TOC_COPY(to->deadlocks, to->deadlock_count, to->deadlock_capacity);
    for (size_t i = 0; i < to->deadlock_count; i++)
        own_deadlock(&to->deadlocks[i]);
    TOC_COPY(to->products, to->product_count, to->product_capacity);
    for (size_t i = 0; i < to->product_count; i++)
        TOC_OWN(to->products[i]);
    toc_situation_index(to);
}

void toc_msel_copy(toc_msel *to, const toc_msel *from)
{
    *to = *from;
    TOC_COPY(to->rows, to->count, to->capacity);
    for (size_t i = 0; i < to->count; i++) {
        toc_msel_row *r = &to->rows[i];
        char **texts[] = {&r->inject,  &r->title,     &r->state,  &r->reason,   &r->to,
                          &r->channel, &r->notes,     &r->text,   &r->after,    &r->from,
                          &r->via,     &r->objective, &r->attach, &r->via_text, &r->controller};
        for (size_t k = 0; k < TOC_COUNT(texts); k++)
            TOC_OWN(*texts[k]);
    }
    TOC_COPY(to->stories, to->story_count, to->story_capacity);
    for (size_t i = 0; i < to->story_count; i++) {
        TOC_OWN(to->stories[i].name);
        TOC_OWN(to->stories[i].state);
        TOC_OWN(to->stories[i].waits);
    }
    TOC_COPY(to->branches, to->branch_count, to->branch_capacity);
    for (size_t i = 0; i < to->branch_count; i++) {
        TOC_OWN(to->branches[i].decision);
        TOC_OWN(to->branches[i].injects);
    }
    TOC_OWN(to->exercise);
}

static void own_service(toc_known_service *x)
{
    char **texts[] = {&x->id,      &x->name,    &x->domain,      &x->source,     &x->notes,
                      &x->because, &x->why,     &x->since,       &x->restart_at, &x->forced_until,
                      &x->trend,   &x->next_at, &x->next_because};
    for (size_t i = 0; i < TOC_COUNT(texts); i++)
        TOC_OWN(*texts[i]);
    TOC_COPY(x->needs, x->need_count, x->need_capacity);
    for (size_t i = 0; i < x->need_count; i++) {
        toc_known_need *n = &x->needs[i];
        TOC_OWN(n->provider);
        TOC_OWN(n->kind);
        TOC_OWN(n->source);
        TOC_OWN(n->ends_at);
        TOC_OWN(n->opens_at);
    }
}

static void own_expectation(toc_known_expectation *x)
{
    char **texts[] = {&x->id,        &x->team,    &x->text,        &x->state, &x->by,
                      &x->objective, &x->product, &x->contingency, &x->notes, &x->story,
                      &x->hangs_on,  &x->starts,  &x->then};
    for (size_t i = 0; i < TOC_COUNT(texts); i++)
        TOC_OWN(*texts[i]);
}

static void own_deadlock(toc_known_deadlock *x)
{
    size_t room;
    x->members = toc_copy_array(x->members, x->count, sizeof *x->members, &room);
    x->levels = toc_copy_array(x->levels, x->count, sizeof *x->levels, &room);
    for (size_t i = 0; i < x->count; i++)
        TOC_OWN(x->members[i]);
    TOC_OWN(x->since);
}
