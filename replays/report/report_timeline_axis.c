// SPDX-License-Identifier: MIT
// The axis of the timeline. A silence of more than ten minutes is folded; what is then still too wide for one picture is drawn
// in several of the same width.

#include <stdlib.h>

#include "base/mem.h"
#include "report_timeline.h"

#define MINUTE ((int64_t)60000)

static const int64_t LONG_SILENCE = 10 * MINUTE;
static const int64_t FOLD_WIDE = 6 * MINUTE;  // how wide a fold is drawn,
static const int64_t FOLD_EDGE = MINUTE;      // and what stays unfolded at its ends
static const int64_t BAND_WIDE = 90 * MINUTE; // of one picture
static const int64_t BAND_MOST = 110 * MINUTE;

static int by_value(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
    return one < other ? -1 : one > other;
}

// Every time at which something is drawn.
static int64_t *find_times(const toc_chart *tl, size_t *count)
{
    size_t most = 2 * tl->mark_count + 2;
    for (size_t i = 0; i < tl->domain_count; i++)
        most += tl->domains[i].count;
    int64_t *times = toc_alloc(most * sizeof *times);
    *count = 0;
    times[(*count)++] = 0;
    times[(*count)++] = tl->end;
    for (size_t i = 0; i < tl->mark_count; i++) {
        times[(*count)++] = tl->marks[i].t;
        times[(*count)++] = tl->marks[i].since;
    }
    for (size_t i = 0; i < tl->domain_count; i++)
        for (size_t k = 0; k < tl->domains[i].count; k++)
            times[(*count)++] = tl->domains[i].at[k].t < tl->end ? tl->domains[i].at[k].t : tl->end;
    qsort(times, *count, sizeof *times, by_value);
    return times;
}

void toc_chart_fold(toc_chart *tl)
{
    size_t count;
    int64_t from = 0, *times = find_times(tl, &count);
    for (size_t i = 1; i < count; i++) {
        if (times[i] - times[i - 1] <= LONG_SILENCE)
            continue;
        int64_t begin = times[i - 1] + FOLD_EDGE, end = times[i] - FOLD_EDGE;
        toc_chart_stretch(tl, from, begin, begin - from, false);
        toc_chart_stretch(tl, begin, end, FOLD_WIDE, true);
        from = end;
    }
    toc_chart_stretch(tl, from, tl->end, tl->end - from, false);
    if (tl->wide < MINUTE)
        tl->wide = MINUTE;
    free(times);
}

void toc_chart_stretch(toc_chart *tl, int64_t from, int64_t until, int64_t wide, bool is_fold)
{
    TOC_GROW(tl->axis, tl->axis_count, tl->axis_capacity);
    tl->axis[tl->axis_count++] = (toc_plot_stretch){from, until, wide, is_fold};
    tl->wide += wide;
}

int64_t toc_chart_share(int64_t of, int64_t part, int64_t whole)
{
    while (whole >= (int64_t)1 << 40 || part >= (int64_t)1 << 40 || -part >= (int64_t)1 << 40) {
        whole /= 2;
        part /= 2;
    }
    return whole > 0 ? of / whole * part + of % whole * part / whole : 0;
}

int64_t toc_chart_at(const toc_chart *tl, int64_t t)
{
    int64_t along = 0;
    for (size_t i = 0; i < tl->axis_count; i++) {
        const toc_plot_stretch *s = &tl->axis[i];
        if (t < s->until || i + 1 == tl->axis_count) {
            int64_t length = s->until - s->from, within = t < s->from    ? 0
                                                          : t > s->until ? length
                                                                         : t - s->from;
            return along + (s->is_fold ? toc_chart_share(s->wide, within, length) : within);
        }
        along += s->wide;
    }
    return along;
}

int64_t toc_chart_t(const toc_chart *tl, int64_t along)
{
    for (size_t i = 0; i < tl->axis_count; i++) {
        const toc_plot_stretch *s = &tl->axis[i];
        if (along < s->wide || i + 1 == tl->axis_count)
            return s->from + (s->is_fold ? toc_chart_share(s->until - s->from, along, s->wide) : along);
        along -= s->wide;
    }
    return 0;
}

size_t toc_chart_bands(const toc_chart *tl)
{
    return tl->wide <= BAND_MOST ? 1 : (size_t)((tl->wide + BAND_WIDE - 1) / BAND_WIDE);
}
