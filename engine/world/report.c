// SPDX-License-Identifier: MIT
// What changed in a minute, given out in an order that reads as an explanation: causes before effects.
#include <stdlib.h>

#include "world_inside.h"

static void report_level(toc_world *w, uint32_t service, toc_changes *out);
static uint32_t cause_of(const toc_world *w, uint32_t service);
static toc_why why_of(const toc_world *w, uint32_t service);
static void book(toc_world *w, uint32_t service);
static int compare_numbers(const void *a, const void *b);

void toc_changes_clear(toc_changes *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->at[i].members);
    list->count = 0;
}

void toc_changes_fini(toc_changes *list)
{
    toc_changes_clear(list);
    free(list->at);
    *list = (toc_changes){0};
}

toc_change *toc_changes_add(toc_changes *list, toc_change_kind kind, int64_t minute)
{
    TOC_GROW(list->at, list->count, list->capacity);
    toc_change *c = &list->at[list->count++];
    *c = (toc_change){.kind = kind, .minute = minute, .because = TOC_SELF, .repair = TOC_SELF};
    return c;
}

void toc_list_sort(toc_list *l)
{
    if (l->count > 1)
        qsort(l->at, l->count, sizeof *l->at, compare_numbers);
}

void toc_world_report_causes(toc_world *w, toc_changes *out)
{
    for (size_t i = 0; i < w->finished.count; i++) {
        toc_change *c = toc_changes_add(out, TOC_CHANGE_REPAIR, w->minute);
        c->repair = w->finished.at[i];
        c->service = w->jobs[c->repair].service;
        c->state = TOC_REPAIR_DONE;
    }
    toc_list_sort(&w->opened);
    for (size_t i = 0; i < w->opened.count; i++) {
        const toc_link *link = &w->links[w->opened.at[i]];
        toc_change *c = toc_changes_add(out, TOC_CHANGE_OPENED, w->minute);
        c->service = link->consumer;
        c->need = link->index;
    }
}

// Follows the causes of each change back as far as they are changes of this minute and not told yet, and
// tells them from the far end. The work list is empty now: its ring holds the path.
void toc_world_report_levels(toc_world *w, toc_changes *out)
{
    for (size_t i = 0; i < w->changed.count; i++) {
        size_t count = 0;
        uint32_t s = w->changed.at[i];
        while (s != TOC_NO_ITEM && !(w->nodes[s].flags & (TOC_IS_TOLD | TOC_IS_ON_PATH))) {
            w->nodes[s].flags |= TOC_IS_ON_PATH;
            w->path[count++] = s;
            s = cause_of(w, s);
        }
        while (count > 0) {
            s = w->path[--count];
            w->nodes[s].flags |= TOC_IS_TOLD;
            report_level(w, s, out);
        }
    }
    for (size_t i = 0; i < w->changed.count; i++)
        book(w, w->changed.at[i]);
}

static void report_level(toc_world *w, uint32_t service, toc_changes *out)
{
    toc_node *n = &w->nodes[service];
    n->why = (uint8_t)why_of(w, service);
    toc_change *c = toc_changes_add(out, TOC_CHANGE_LEVEL, w->minute);
    c->service = service;
    c->level = w->levels[service];
    c->because = n->bind == TOC_NO_ITEM ? TOC_SELF : w->links[n->bind].provider;
    c->why = (toc_why)n->why;
}

// The provider, changed in this minute too, whose change comes first: the one that binds; for a rise
// else the one that bound before.
static uint32_t cause_of(const toc_world *w, uint32_t service)
{
    const toc_node *n = &w->nodes[service];
    if (n->bind != TOC_NO_ITEM && toc_level_changed(w, w->links[n->bind].provider))
        return w->links[n->bind].provider;
    if (w->levels[service] > n->before && n->bind_before != TOC_NO_ITEM &&
        toc_level_changed(w, w->links[n->bind_before].provider))
        return w->links[n->bind_before].provider;
    return TOC_NO_ITEM;
}

static toc_why why_of(const toc_world *w, uint32_t service)
{
    const toc_node *n = &w->nodes[service];
    bool is_fall = w->levels[service] < n->before;
    bool is_own = !is_fall || n->bind == TOC_NO_ITEM;
    if (!is_fall && (n->flags & TOC_IS_HELD_NOW))
        return TOC_WHY_FORCED;
    if (is_fall && (n->flags & TOC_IS_LET_NOW))
        return TOC_WHY_UNFORCED;
    if (!is_fall && (n->flags & TOC_IS_DUE))
        return TOC_WHY_RESTARTED;
    if (is_own && (n->flags & TOC_IS_REPAIRED))
        return TOC_WHY_REPAIRED;
    if (is_own && (n->flags & TOC_IS_SET))
        return TOC_WHY_OWN;
    if (!is_fall || n->bind == TOC_NO_ITEM)
        return TOC_WHY_PROVIDER;
    const toc_link *link = &w->links[n->bind];
    bool was_lost_before =
        link->is_open && link->store != TOC_NO_ITEM && !toc_level_changed(w, link->provider);
    return was_lost_before ? TOC_WHY_AUTONOMY : TOC_WHY_PROVIDER;
}

// Its account, and the buffers of those that need it, which go on with another level from now.
static void book(toc_world *w, uint32_t service)
{
    toc_node *n = &w->nodes[service];
    int32_t level = w->levels[service];
    n->lost += (w->minute - n->lost_until) * (TOC_PPM - n->before);
    n->lost_until = w->minute;
    n->since = w->minute;
    if (level > n->before)
        n->flags &= ~(uint32_t)TOC_IS_TRAPPED;
    for (uint32_t i = n->consumers; i < n[1].consumers; i++) {
        const toc_link *link = &w->links[w->consumers[i]];
        if (link->store != TOC_NO_ITEM && link->is_open)
            toc_world_anchor(w, link->store, toc_store_left(&w->stores[link->store], w->minute),
                             level);
    }
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a;
    uint32_t other = *(const uint32_t *)b;
    return (one > other) - (one < other);
}
