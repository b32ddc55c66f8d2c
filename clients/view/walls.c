// SPDX-License-Identifier: MIT
#include "walls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { DAY_MS = 86400000, STEP_MS = 900000, NEAR_MS = 1000, NORMAL = 1000 };

static bool read_utc(const char *wall, int64_t *ms);
static bool read_local(const char *local, int64_t *ms);
static int64_t guess(const toc_walls *w, int64_t t);
static void write_clock(const toc_walls *w, toc_buf *out, int64_t utc);

void toc_walls_fini(toc_walls *w)
{
    free(w->marks);
    memset(w, 0, sizeof *w);
}

void toc_walls_see(toc_walls *w, const toc_event *ev, const char *local)
{
    int64_t utc, here;
    const char *wall = toc_event_str(ev, TOC_F_WALL);
    if (wall && read_utc(wall, &utc)) {
        // Zones differ by quarters of an hour; what is left is how long the event was on its way.
        if (local && read_local(local, &here)) {
            int64_t apart = ((here - utc) % DAY_MS + DAY_MS) % DAY_MS;
            w->offset = (apart + STEP_MS / 2) / STEP_MS * STEP_MS % DAY_MS;
            w->has_offset = true;
        }
        bool is_told = w->count > 0 && llabs(guess(w, ev->t) - utc) < NEAR_MS;
        if (!is_told || toc_kind_is_clock(ev->kind)) {
            TOC_GROW(w->marks, w->count, w->capacity);
            w->marks[w->count++] = (toc_wall_mark){ev->t, utc};
        }
    }
    if (ev->kind == TOC_K_SPEED)
        w->speed = toc_event_int(ev, TOC_F_SPEED);
}

bool toc_walls_text(const toc_walls *w, toc_buf *out, int64_t t)
{
    if (w->count == 0)
        return false;
    write_clock(w, out, guess(w, t));
    return true;
}

bool toc_walls_clock_text(const toc_walls *w, toc_buf *out, const char *wall)
{
    int64_t utc;
    if (!wall || !read_utc(wall, &utc))
        return false;
    write_clock(w, out, utc);
    return true;
}

// Between two marks the wall goes on as it began, but never past the second: play may have stood there.
static int64_t guess(const toc_walls *w, int64_t t)
{
    size_t i = w->count;
    while (i > 1 && w->marks[i - 1].t > t)
        i--;
    const toc_wall_mark *m = &w->marks[i - 1];
    int64_t speed = w->speed > 0 ? w->speed : NORMAL;
    int64_t utc = m->utc + (t - m->t) / speed * NORMAL + (t - m->t) % speed * NORMAL / speed;
    return i < w->count && utc > w->marks[i].utc && m->utc <= w->marks[i].utc ? w->marks[i].utc
                                                                              : utc;
}

static void write_clock(const toc_walls *w, toc_buf *out, int64_t utc)
{
    int64_t ms = ((utc + (w->has_offset ? w->offset : 0)) % DAY_MS + DAY_MS) % DAY_MS;
    toc_buf_printf(out, "%02d:%02d%s", (int)(ms / 3600000), (int)(ms / 60000 % 60),
                   w->has_offset ? "" : "Z");
}

// "2026-11-21T18:00:00.000Z"
static bool read_utc(const char *wall, int64_t *ms)
{
    const char *t = strchr(wall, 'T');
    return t && read_local(t + 1, ms);
}

static bool read_local(const char *local, int64_t *ms)
{
    int h, m, s = 0;
    if (sscanf(local, "%2d:%2d:%2d", &h, &m, &s) < 2 || h < 0 || h > 23 || m < 0 || m > 59 ||
        s < 0 || s > 60)
        return false;
    *ms = ((int64_t)h * 60 + m) * 60000 + (int64_t)s * 1000;
    return true;
}
