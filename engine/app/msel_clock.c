// SPDX-License-Identifier: MIT
#include "msel_clock.h"

#include <stdlib.h>

#include "base/mem.h"

static const toc_phase *next_phase(const toc_plan *p, bool *is_taken);

void toc_mel_clock_init(toc_mel_clock *c, const toc_plan *plan)
{
    *c = (toc_mel_clock){.plan = plan};
    c->stretches = toc_alloc((plan->phase_count + 1) * sizeof *c->stretches);
    c->stretches[c->count++] =
        (toc_mel_stretch){.story = plan->startex.ms, .pace = plan->pace > 0 ? plan->pace : 1000};
    bool *is_taken = toc_alloc(plan->phase_count + 1);
    for (const toc_phase *phase; (phase = next_phase(plan, is_taken));) {
        toc_mel_stretch s = {.play = phase->at.ms, .pace = phase->pace};
        s.story = toc_mel_clock_story(c, s.play).ms;
        if (phase->is_jump && phase->story_ms > s.story)
            s.story = phase->story_ms;
        if (s.pace <= 0)
            s.pace = c->stretches[c->count - 1].pace;
        c->stretches[c->count++] = s;
    }
    free(is_taken);
}

void toc_mel_clock_fini(toc_mel_clock *c)
{
    free(c->stretches);
    *c = (toc_mel_clock){0};
}

toc_story toc_mel_clock_story(const toc_mel_clock *c, int64_t play_ms)
{
    size_t i = c->count - 1;
    while (i > 0 && c->stretches[i].play > play_ms)
        i--;
    const toc_mel_stretch *s = &c->stretches[i];
    toc_story story = c->plan->startex;
    story.ms = s->story + (play_ms - s->play) * s->pace / 1000;
    return story;
}

int64_t toc_mel_clock_play(const toc_mel_clock *c, int64_t story_ms, bool *is_crossed)
{
    bool crossed = false;
    int64_t play = 0;
    for (size_t i = 0; i < c->count; i++) {
        const toc_mel_stretch *s = &c->stretches[i];
        int64_t ahead = story_ms - s->story;
        crossed = ahead < 0 && i > 0;
        play = ahead <= 0 ? s->play : s->play + (ahead * 1000 + s->pace - 1) / s->pace;
        if (ahead <= 0 || i + 1 == c->count || play < c->stretches[i + 1].play)
            break;
    }
    if (is_crossed)
        *is_crossed = crossed;
    return play < TOC_MS_MAX ? play : TOC_MS_MAX;
}

int64_t toc_mel_clock_after(const toc_mel_clock *c, int64_t play_ms, toc_span span,
                            bool *is_crossed)
{
    if (is_crossed)
        *is_crossed = false;
    if (!span.is_story)
        return play_ms + span.ms;
    toc_story from = toc_mel_clock_story(c, play_ms);
    int64_t story = toc_story_add_months(from, span.months).ms + span.ms;
    return toc_mel_clock_play(c, story, is_crossed);
}

// The earliest timed phase that was not taken yet; at equal times the first declared.
static const toc_phase *next_phase(const toc_plan *p, bool *is_taken)
{
    size_t found = TOC_NONE;
    for (size_t i = 0; i < p->phase_count; i++)
        if (!is_taken[i] && p->phases[i].at.kind == TOC_AT_PLAY &&
            (found == TOC_NONE || p->phases[i].at.ms < p->phases[found].at.ms))
            found = i;
    if (found == TOC_NONE)
        return NULL;
    is_taken[found] = true;
    return &p->phases[found];
}
