// SPDX-License-Identifier: MIT
#ifndef TOC_APP_MSEL_CLOCK_H
#define TOC_APP_MSEL_CLOCK_H

// The story's clock as it is planned: from STARTEX on, with its pace, through the phases that come by the
// clock. What a storyline or EXCON will do to it nobody can know beforehand.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exercise/plan.h"

typedef struct {
    int64_t play, story; // ms, where this stretch begins
    int64_t pace;        // story per play, thousandths
} toc_mel_stretch;

typedef struct {
    const toc_plan *plan;
    toc_mel_stretch *stretches; // at least one, in the order of play
    size_t count;
} toc_mel_clock;

// plan is borrowed until toc_mel_clock_fini.
void toc_mel_clock_init(toc_mel_clock *c, const toc_plan *plan);
void toc_mel_clock_fini(toc_mel_clock *c);

// The story's time at a play time.
toc_story toc_mel_clock_story(const toc_mel_clock *c, int64_t play_ms);
// The play time at which the story comes to story_ms. *is_crossed (may be NULL): it never shows that time,
// because a phase jumps over it; the play time is then that of the jump.
int64_t toc_mel_clock_play(const toc_mel_clock *c, int64_t story_ms, bool *is_crossed);
// The play time of a span after play_ms.
int64_t toc_mel_clock_after(const toc_mel_clock *c, int64_t play_ms, toc_span span,
                            bool *is_crossed);

#endif
