// SPDX-License-Identifier: MIT
// With speed in thousandths, elapsed ms × speed is already thousandths of a ms: no division is
// needed to move the anchor, and so there is nothing to round.
#include "hub/live_clock.h"

static int64_t micro_at(const toc_live_clock *c, int64_t mono);

int64_t toc_live_clock_play(const toc_live_clock *c, int64_t mono)
{
    return micro_at(c, mono) / 1000;
}

void toc_live_clock_set(toc_live_clock *c, int64_t mono, bool runs, int64_t speed)
{
    c->micro = micro_at(c, mono);
    c->mono = mono;
    c->runs = runs;
    c->speed = speed;
}

void toc_live_clock_place(toc_live_clock *c, int64_t mono, int64_t play_ms)
{
    c->micro = play_ms * 1000;
    c->mono = mono;
}

bool toc_live_clock_when(const toc_live_clock *c, int64_t play_ms, int64_t *mono)
{
    if (!c->runs || c->speed <= 0)
        return false;
    int64_t missing = play_ms * 1000 - c->micro;
    *mono = missing <= 0 ? c->mono : c->mono + (missing + c->speed - 1) / c->speed;
    return true;
}

static int64_t micro_at(const toc_live_clock *c, int64_t mono)
{
    if (!c->runs || mono <= c->mono)
        return c->micro;
    return c->micro + (mono - c->mono) * c->speed;
}
