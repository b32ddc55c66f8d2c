// SPDX-License-Identifier: MIT
// Whom scripts asked about with said. A rehearsal lets those speak: it cannot know otherwise who is
// expected to talk to whom.

#include <stdlib.h>

#include "base/mem.h"
#include "host.h"

void toc_talk_note(toc_scenario *s, size_t from, size_t to)
{
    size_t speakers = toc_plan_speaker_count(&s->plan);
    if (!s->talk_of)
        s->talk_of = toc_alloc(speakers * speakers * sizeof *s->talk_of);
    size_t *newest = &s->talk_of[from * speakers + to];
    for (size_t i = *newest; i > 0; i = s->talks[i - 1].next)
        if (s->talks[i - 1].met == s->turn.met)
            return;
    TOC_GROW(s->talks, s->talk_count, s->talk_capacity);
    s->talks[s->talk_count++] =
        (toc_talk){.from = from, .to = to, .met = s->turn.met, .next = *newest};
    *newest = s->talk_count;
}

void toc_talk_clear(toc_scenario *s)
{
    size_t speakers = toc_plan_speaker_count(&s->plan);
    for (size_t i = 0; i < s->talk_count; i++)
        s->talk_of[s->talks[i].from * speakers + s->talks[i].to] = 0;
    s->talk_count = 0;
}

void toc_talk_fini(toc_scenario *s)
{
    free(s->talks);
    free(s->talk_of);
}

size_t toc_scenario_talk_count(const toc_scenario *s)
{
    return s->talk_count;
}

toc_scenario_talk toc_scenario_talk_at(const toc_scenario *s, size_t i)
{
    const toc_talk *t = &s->talks[i];
    return (toc_scenario_talk){.from = toc_plan_speaker_id(&s->plan, t->from),
                               .to = toc_plan_speaker_id(&s->plan, t->to),
                               .expectation = t->met ? t->met - 1 : TOC_NONE};
}
