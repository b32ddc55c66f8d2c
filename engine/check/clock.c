// SPDX-License-Identifier: MIT
//
// The story's clock as the plan has it: from STARTEX at the exercise's pace, and at each phase that comes
// by its own time a jump or another pace. A phase that code or EXCON enters makes it uncertain.

#include <stdlib.h>

#include "base/mem.h"
#include "pass.h"

static int by_time(const void *a, const void *b)
{
    const toc_phase *const *x = a;
    const toc_phase *const *y = b;
    return ((*x)->at.ms > (*y)->at.ms) - ((*x)->at.ms < (*y)->at.ms);
}

bool toc_pass_has_clock(const toc_pass *p)
{
    for (size_t i = 0; i < p->plan->phase_count; i++)
        if (p->plan->phases[i].at.kind != TOC_AT_PLAY)
            return false;
    for (size_t i = 0; i < toc_uses_count(p->uses); i++)
        if (toc_uses_at(p->uses, i)->verb == TOC_USE_ENTER_PHASE)
            return false;
    return true;
}

bool toc_pass_story(const toc_pass *p, int64_t story_ms, int64_t *play_ms)
{
    const toc_plan *plan = p->plan;
    int64_t play = 0, story = plan->startex.ms, pace = plan->pace > 0 ? plan->pace : 1000;
    if (!p->has_clock)
        return false;
    const toc_phase **phases = toc_alloc((plan->phase_count + 1) * sizeof *phases);
    for (size_t i = 0; i < plan->phase_count; i++)
        phases[i] = &plan->phases[i];
    qsort(phases, plan->phase_count, sizeof *phases, by_time);
    for (size_t i = 0; i < plan->phase_count; i++) {
        int64_t then = story + (phases[i]->at.ms - play) * pace / 1000;
        if (story_ms <= then)
            break;
        play = phases[i]->at.ms;
        story = phases[i]->is_jump && phases[i]->story_ms > then ? phases[i]->story_ms : then;
        pace = phases[i]->pace > 0 ? phases[i]->pace : pace;
        if (story_ms <= story)
            break; // jumped over: it comes as the phase begins
    }
    free(phases);
    int64_t ahead = story_ms > story ? story_ms - story : 0;
    *play_ms = play + (ahead > INT64_MAX / 1000 ? INT64_MAX / 2 : ahead * 1000 / pace);
    return true;
}

bool toc_pass_is_late(const toc_pass *p, const toc_use *u)
{
    int64_t play = u->wait_ms;
    if (u->verb != TOC_USE_WAIT_UNTIL || !u->id)
        return false;
    if (u->wait == TOC_AT_STORY && !toc_pass_story(p, u->wait_ms, &play))
        return false;
    return (u->wait == TOC_AT_PLAY || u->wait == TOC_AT_STORY) && play >= p->plan->length_ms;
}
