// SPDX-License-Identifier: MIT
#include "view/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { MINUTE_MS = 60000, MOST_PACE = 1000000 };

#define MOST_MS 300000000000LL // what is beyond ten years is no time of an exercise

static bool span(const toc_timeline *l, int64_t from, int64_t to, int64_t *ms);
static const toc_pace_change *known_since(const toc_timeline *l, int64_t t);
static int64_t minute_after(int64_t ms, int64_t slack);

void toc_timeline_init(toc_timeline *l)
{
    *l = (toc_timeline){.first_pace = -1};
}

void toc_timeline_fini(toc_timeline *l)
{
    free(l->changes);
    toc_timeline_init(l);
}

void toc_timeline_clock(toc_timeline *l, int64_t t, int64_t pace, const char *story)
{
    toc_story said, now;
    if (t < 0 || t > MOST_MS || pace < 0 || pace > MOST_PACE || !story[0] ||
        toc_story_parse(story, &said, NULL) != TOC_OK)
        return;
    if (known_since(l, t))
        return; // exactly, and from then on only pace changes it
    bool is_first = !l->is_set;
    int64_t newest = l->count ? l->changes[l->count - 1].pace : l->first_pace;
    // While it agrees, the earlier clock stays: each new one may be late by up to a minute again.
    if (l->is_set && newest == pace && toc_timeline_story(l, t, &now) && now.ms >= said.ms &&
        now.ms < said.ms + MINUTE_MS)
        return;
    l->is_set = true;
    l->t = t;
    l->story = said;
    if (is_first && l->count == 0) {
        l->first_pace = pace;
        l->first_t = t;
    }
}

void toc_timeline_pace(toc_timeline *l, int64_t t, int64_t pace)
{
    if (t < 0 || t > MOST_MS || pace < 0 || pace > MOST_PACE)
        return;
    // The clock was heard after this change: what was before it was not told.
    if (l->count == 0 && l->first_t >= t)
        l->first_pace = -1;
    TOC_GROW(l->changes, l->count, l->capacity);
    l->changes[l->count++] = (toc_pace_change){.t = t, .pace = pace};
}

void toc_timeline_phase(toc_timeline *l, int64_t t, int64_t pace, const char *story)
{
    toc_story said, now;
    size_t had = l->count;
    if (toc_story_parse(story, &said, NULL) != TOC_OK)
        return;
    // Without a jump it says in whole minutes what is known more exactly.
    bool is_exact = (known_since(l, t) || (l->is_set && l->t <= t)) &&
                    toc_timeline_story(l, t, &now) && now.ms >= said.ms &&
                    now.ms < said.ms + MINUTE_MS;
    toc_timeline_pace(l, t, pace);
    if (l->count == had)
        return;
    l->changes[had].has_story = true;
    l->changes[had].story = is_exact ? now : said;
}

bool toc_timeline_story(const toc_timeline *l, int64_t t, toc_story *out)
{
    int64_t ms, since;
    if (t < 0 || t > MOST_MS)
        return false;
    const toc_pace_change *known = known_since(l, t);
    if (known) {
        *out = known->story;
        bool is_known = span(l, known->t, t, &ms);
        out->ms += ms;
        return is_known;
    }
    // A clock of after a jump says nothing of before it.
    if (!l->is_set || known_since(l, l->t))
        return false;
    *out = l->story;
    if (!span(l, t < l->t ? t : l->t, t < l->t ? l->t : t, &ms))
        return false;
    out->ms += t < l->t ? -ms : ms;
    // STARTEX is at a whole minute of the story, which gives the seconds that the clock keeps back.
    if (span(l, 0, l->t, &since)) {
        int64_t start = l->story.ms - since;
        out->ms += minute_after(start, 2 * (int64_t)(l->count + 1)) - start;
    }
    return true;
}

// The story's ms between two moments of play, from <= to.
static bool span(const toc_timeline *l, int64_t from, int64_t to, int64_t *ms)
{
    *ms = 0;
    for (size_t i = 0; i <= l->count; i++) {
        int64_t begin = i > 0 && l->changes[i - 1].t > from ? l->changes[i - 1].t : from;
        int64_t end = i < l->count && l->changes[i].t < to ? l->changes[i].t : to;
        int64_t pace = i > 0 ? l->changes[i - 1].pace : l->first_pace;
        if (begin >= end)
            continue;
        if (pace < 0)
            return false;
        *ms += (end - begin) * pace / 1000;
    }
    return true;
}

// The newest change at or before t that says the story's time; NULL for none.
static const toc_pace_change *known_since(const toc_timeline *l, int64_t t)
{
    for (size_t i = l->count; i > 0; i--)
        if (l->changes[i - 1].has_story && l->changes[i - 1].t <= t)
            return &l->changes[i - 1];
    return NULL;
}

// The first whole minute at or after ms; slack ms past one is still that one.
static int64_t minute_after(int64_t ms, int64_t slack)
{
    int64_t down = (ms - slack) / MINUTE_MS * MINUTE_MS;
    if (ms - slack < down)
        down -= MINUTE_MS;
    return down == ms - slack ? down : down + MINUTE_MS;
}
