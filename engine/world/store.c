// SPDX-License-Identifier: MIT
// Buffers, kept lazily: what was there at the anchor, and the level since. The anchor moves only when
// the provider's level changes or somebody fills it up, never because somebody looks, so that a run in
// pieces rounds as the run in one piece does.
#include "world_inside.h"

int64_t toc_store_left(const toc_store *s, int64_t minute)
{
    int64_t elapsed = minute - s->anchor;
    if (s->level < TOC_PPM) {
        int64_t rate = TOC_PPM - s->level;
        return elapsed > s->left / rate ? 0 : s->left - elapsed * rate;
    }
    if (elapsed >= s->recharge)
        return s->full;
    int64_t left = s->left + elapsed * s->full / s->recharge; // at most 2 × 525,600² × 10⁶ < 2⁶³
    return left < s->full ? left : s->full;
}

void toc_world_anchor(toc_world *w, uint32_t store, int64_t left, int32_t level)
{
    toc_store *s = &w->stores[store];
    s->left = level == TOC_PPM && s->recharge == 0 ? s->full : left;
    s->level = level;
    s->anchor = w->minute;
    int64_t rate = TOC_PPM - level;
    if (rate > 0 && s->left > 0)
        toc_agenda_set(&w->agenda, toc_due_store(w, store),
                       w->minute + (s->left + rate - 1) / rate);
    else
        toc_agenda_drop(&w->agenda, toc_due_store(w, store));
}
