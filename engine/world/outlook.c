// SPDX-License-Identifier: MIT
// The model alone, ahead of now: a copy goes on, and what it does is summed up.
#include "world_inside.h"

void toc_world_outlook(const toc_world *w, int64_t minutes, toc_outlook *out, toc_changes *changes)
{
    for (uint32_t i = 0; i < w->service_count; i++)
        out[i] = (toc_outlook){.next_minute = -1, .next_because = TOC_SELF};
    toc_changes mine = {0};
    toc_changes *all = changes ? changes : &mine;
    size_t first = all->count;
    toc_world *ahead = toc_world_copy(w);
    toc_world_advance(ahead, w->minute + minutes, all);
    for (size_t i = first; i < all->count; i++) {
        const toc_change *c = &all->at[i];
        if (c->kind != TOC_CHANGE_LEVEL)
            continue;
        toc_outlook *o = &out[c->service];
        if (o->next_minute < 0) {
            o->next_minute = c->minute;
            o->next_level = c->level;
            o->next_because = c->because;
            o->next_why = c->why;
        }
        if (c->level < w->levels[c->service])
            o->trend = TOC_TREND_WORSENING;
    }
    for (uint32_t i = 0; i < w->service_count; i++) {
        if (out[i].trend == TOC_TREND_STABLE && ahead->levels[i] > w->levels[i])
            out[i].trend = TOC_TREND_IMPROVING;
    }
    toc_world_free(ahead);
    toc_changes_fini(&mine);
}

const char *toc_why_name(toc_why why)
{
    static const char *const names[] = {
        [TOC_WHY_OWN] = "own",
        [TOC_WHY_REPAIRED] = "repaired",
        [TOC_WHY_PROVIDER] = "provider",
        [TOC_WHY_AUTONOMY] = "autonomy",
        [TOC_WHY_RESTARTED] = "restarted",
        [TOC_WHY_FORCED] = "forced",
        [TOC_WHY_UNFORCED] = "unforced",
    };
    return names[why];
}

const char *toc_trend_name(toc_trend t)
{
    static const char *const names[] = {"stable", "improving", "worsening"};
    return (size_t)t < TOC_COUNT(names) ? names[t] : "?";
}
