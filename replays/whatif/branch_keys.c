// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "branch_inside.h"

// What may happen to one thing more than once is counted.
static const struct {
    toc_kind kind;
    char mark;
    toc_field id; // TOC_F_COUNT: there is one of it
    bool is_counted;
} rows[] = {
    {TOC_K_INJECT, 'i', TOC_F_INJECT, false},    {TOC_K_ASK, 'a', TOC_F_DECISION, false},
    {TOC_K_PROPOSED, 'p', TOC_F_DECISION, true}, {TOC_K_CROSSED, 'x', TOC_F_DECISION, true},
    {TOC_K_CUE, 'c', TOC_F_INJECT, true},        {TOC_K_HELD, 'h', TOC_F_INJECT, true},
    {TOC_K_ARMED, 'r', TOC_F_INJECT, true},      {TOC_K_ENDEX, 'e', TOC_F_COUNT, false},
};

void toc_keys_init(branch_keys *k)
{
    k->seqs = toc_map_new();
    k->counts = toc_map_new();
}

void toc_keys_fini(branch_keys *k)
{
    toc_map_free(k->seqs);
    toc_map_free(k->counts);
}

static int64_t count_one(branch_keys *k, const char *thing)
{
    int64_t n = 0;
    toc_map_get(k->counts, thing, &n);
    toc_map_put(k->counts, thing, ++n);
    return n;
}

static char *name_of(branch_keys *k, const toc_event *ev, int64_t origin)
{
    if (ev->kind == TOC_K_MESSAGE || ev->kind == TOC_K_PROMISE)
        return origin > 0 ? toc_sprintf("m %lld", (long long)origin) : NULL;
    for (size_t i = 0; i < TOC_COUNT(rows); i++) {
        if (rows[i].kind != ev->kind)
            continue;
        const char *id = rows[i].id == TOC_F_COUNT ? "" : toc_event_str(ev, rows[i].id);
        char *name = toc_sprintf("%c %s", rows[i].mark, id);
        if (!rows[i].is_counted)
            return name;
        char *counted = toc_sprintf("%s %lld", name, (long long)count_one(k, name));
        free(name);
        return counted;
    }
    return NULL;
}

char *toc_keys_add(branch_keys *k, const toc_event *ev, int64_t origin)
{
    char *name = name_of(k, ev, origin);
    if (name)
        toc_map_put(k->seqs, name, ev->seq);
    return name;
}
