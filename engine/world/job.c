// SPDX-License-Identifier: MIT
// Repairs: crew-minutes that go on while all prerequisites hold, judged after each minute's levels.
#include "world_inside.h"

static void judge(toc_world *w, uint32_t job, toc_changes *out);

void toc_job_note(toc_world *w, uint32_t job)
{
    if (w->jobs[job].stamp == w->solve)
        return;
    w->jobs[job].stamp = w->solve;
    toc_list_add(&w->noted, job);
}

uint32_t toc_job_lacks(const toc_world *w, uint32_t job)
{
    const toc_job *j = &w->jobs[job];
    for (uint32_t i = j->needs; i < j[1].needs; i++) {
        if (w->levels[w->floors[i].service] < w->floors[i].level)
            return w->floors[i].service;
    }
    return TOC_NO_ITEM;
}

int64_t toc_job_left(const toc_world *w, uint32_t job)
{
    const toc_job *j = &w->jobs[job];
    if (j->state != TOC_REPAIR_RUNNING)
        return j->left;
    int64_t left = j->left - (w->minute - j->anchor) * j->crews;
    return left > 0 ? left : 0;
}

void toc_world_judge_jobs(toc_world *w, toc_changes *out)
{
    for (size_t i = 0; i < w->changed.count; i++) {
        const toc_node *n = &w->nodes[w->changed.at[i]];
        for (uint32_t k = n->watchers; k < n[1].watchers; k++)
            toc_job_note(w, w->watchers[k]);
    }
    toc_list_sort(&w->noted);
    for (size_t i = 0; i < w->noted.count; i++)
        judge(w, w->noted.at[i], out);
}

static void judge(toc_world *w, uint32_t job, toc_changes *out)
{
    toc_job *j = &w->jobs[job];
    if (!j->is_started || j->state == TOC_REPAIR_DONE)
        return;
    uint32_t lacks = toc_job_lacks(w, job);
    toc_repair_state state = lacks == TOC_NO_ITEM ? TOC_REPAIR_RUNNING : TOC_REPAIR_STANDING;
    if (state == j->state)
        return;
    j->left = toc_job_left(w, job);
    j->anchor = w->minute;
    j->state = state;
    if (state == TOC_REPAIR_RUNNING)
        toc_agenda_set(&w->agenda, toc_due_job(w, job),
                       w->minute + (j->left + j->crews - 1) / j->crews);
    else
        toc_agenda_drop(&w->agenda, toc_due_job(w, job));
    toc_world_touch(w, j->service);
    toc_change *c = toc_changes_add(out, TOC_CHANGE_REPAIR, w->minute);
    c->repair = job;
    c->service = j->service;
    c->state = state;
    c->because = lacks == TOC_NO_ITEM ? TOC_SELF : lacks;
}
