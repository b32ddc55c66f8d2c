// SPDX-License-Identifier: MIT
#include "world/words.h"

enum { DEADLOCK_NAMES = 8 };

static void add_level(toc_buf *out, const toc_world *w, size_t service);
static void add_state(toc_buf *out, const toc_service_view *s);
static void add_repair(toc_buf *out, const toc_world *w, size_t repair);

void toc_percent_text(toc_buf *out, int64_t ppm)
{
    int64_t tenths = ppm / 1000;
    if (tenths == 0 && ppm > 0)
        tenths = 1;
    toc_buf_printf(out, "%lld", (long long)(tenths / 10));
    if (tenths % 10)
        toc_buf_printf(out, ".%lld", (long long)(tenths % 10));
}

const char *toc_service_name(const toc_model *m, size_t service)
{
    const toc_service *s = &m->services[service];
    return s->name ? s->name : s->id;
}

void toc_because_text(toc_buf *out, const toc_world *w, size_t service)
{
    size_t chain[TOC_BECAUSE_LINKS];
    size_t count = toc_world_chain(w, service, chain, TOC_BECAUSE_LINKS);
    add_level(out, w, service);
    for (size_t i = 1; i < count; i++) {
        toc_service_view before = toc_world_service(w, chain[i - 1]);
        toc_buf_str(out, " because ");
        add_level(out, w, chain[i]);
        if (before.why == TOC_WHY_AUTONOMY)
            toc_buf_str(out, " (for longer than its autonomy)");
    }
    if (count == TOC_BECAUSE_LINKS)
        toc_buf_str(out, " because …");
}

void toc_minutes_text(toc_buf *out, int64_t minutes)
{
    toc_buf_printf(out, "%lldh%02lld", (long long)(minutes / 60), (long long)(minutes % 60));
}

void toc_deadlock_text(toc_buf *out, const toc_world *w, const toc_change *deadlock)
{
    const toc_model *m = toc_world_model(w);
    size_t count = deadlock->member_count;
    size_t shown = count > DEADLOCK_NAMES ? DEADLOCK_NAMES : count;
    bool is_told = false; // the repair, where the service it restores stands in the circle
    toc_buf_str(out, count ? toc_service_name(m, deadlock->members[0]) : "");
    for (size_t i = 0; i < shown; i++) {
        size_t next = deadlock->members[(i + 1) % count];
        const char *link = i == 0 ? " needs " : ", which needs ";
        if (deadlock->repair != TOC_SELF && !is_told &&
            m->repairs[deadlock->repair].service == deadlock->members[i]) {
            toc_buf_str(out, i == 0 ? " waits for " : ", which waits for ");
            add_repair(out, w, deadlock->repair);
            link = ", which needs ";
            is_told = true;
        }
        toc_buf_printf(out, "%s%s", link, toc_service_name(m, next));
    }
    if (shown < count)
        toc_buf_printf(out, " … and %zu more in the circle", count - shown);
    toc_buf_str(out, ". None of them comes back by itself: it needs a black start, fuel, or an "
                     "alternative");
}

static void add_repair(toc_buf *out, const toc_world *w, size_t repair)
{
    const toc_repair *r = &toc_world_model(w)->repairs[repair];
    toc_buf_printf(out, "the repair %s (", r->name ? r->name : r->id);
    toc_minutes_text(out, toc_world_repair(w, repair).left);
    toc_buf_str(out, " of crew time left)");
}

static void add_level(toc_buf *out, const toc_world *w, size_t service)
{
    toc_service_view s = toc_world_service(w, service);
    toc_buf_printf(out, "%s ", toc_service_name(toc_world_model(w), service));
    toc_percent_text(out, s.level);
    toc_buf_str(out, " %");
    add_state(out, &s);
}

static void add_state(toc_buf *out, const toc_service_view *s)
{
    if (s->forced_until >= 0)
        toc_buf_str(out, " (held up by a black start)");
    else if (s->restart_at >= 0)
        toc_buf_str(out, " (restarting)");
}
