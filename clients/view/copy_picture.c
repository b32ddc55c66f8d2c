// SPDX-License-Identifier: MIT
#include "copy.h"

static void own_event(toc_event *ev);
static void own_words(char ***list, size_t count, size_t *capacity);
static void own_contacts(toc_contact **list, size_t count, size_t *capacity);
static void own_people(toc_picture *p);
static void own_control(toc_picture *p);

void toc_picture_copy(toc_picture *to, const toc_picture *from)
{
    *to = *from;
    TOC_COPY(to->items, to->item_count, to->item_capacity);
    for (size_t i = 0; i < to->item_count; i++) {
        own_event(&to->items[i].event);
        TOC_OWN(to->items[i].claimed_by);
    }
    TOC_COPY(to->questions, to->question_count, to->question_capacity);
    for (size_t i = 0; i < to->question_count; i++) {
        own_event(&to->questions[i].ask);
        TOC_OWN(to->questions[i].answer);
        TOC_OWN(to->questions[i].by);
    }
    own_words(&to->held, to->held_count, &to->held_capacity);
    TOC_OWN(to->emergency);
    TOC_OWN(to->emergency_by);
    own_people(to);
    own_control(to);
    toc_situation_copy(&to->situation, &from->situation);
}

static void own_people(toc_picture *p)
{
    TOC_COPY(p->neighbours, p->neighbour_count, p->neighbour_capacity);
    for (size_t i = 0; i < p->neighbour_count; i++) {
        toc_neighbour *seat = &p->neighbours[i];
        TOC_OWN(seat->id);
        TOC_OWN(seat->name);
        TOC_OWN(seat->since);
        TOC_OWN(seat->lost);
    }
    own_contacts(&p->contacts, p->contact_count, &p->contact_capacity);
    own_contacts(&p->teams, p->team_count, &p->team_capacity);
    TOC_OWN(p->brief);
    TOC_OWN(p->team_brief);
    TOC_COPY(p->objectives, p->objective_count, p->objective_capacity);
    for (size_t i = 0; i < p->objective_count; i++) {
        TOC_OWN(p->objectives[i].id);
        TOC_OWN(p->objectives[i].text);
    }
}

static void own_control(toc_picture *p)
{
    TOC_COPY(p->cues, p->cue_count, p->cue_capacity);
    for (size_t i = 0; i < p->cue_count; i++) {
        own_event(&p->cues[i].cue);
        TOC_OWN(p->cues[i].claimed_by);
    }
    TOC_COPY(p->promises, p->promise_count, p->promise_capacity);
    for (size_t i = 0; i < p->promise_count; i++)
        own_event(&p->promises[i].event);
    TOC_COPY(p->observations, p->observation_count, p->observation_capacity);
    for (size_t i = 0; i < p->observation_count; i++)
        own_event(&p->observations[i].event);
    TOC_COPY(p->mistakes, p->mistake_count, p->mistake_capacity);
    for (size_t i = 0; i < p->mistake_count; i++)
        own_event(&p->mistakes[i]);
    TOC_COPY(p->deeds, p->deed_count, p->deed_capacity);
    for (size_t i = 0; i < p->deed_count; i++)
        own_event(&p->deeds[i].event);
    own_words(&p->edited, p->edited_count, &p->edited_capacity);
}

static void own_event(toc_event *ev)
{
    const toc_event from = *ev;
    toc_event_copy(ev, &from);
}

static void own_words(char ***list, size_t count, size_t *capacity)
{
    TOC_COPY(*list, count, *capacity);
    for (size_t i = 0; i < count; i++)
        TOC_OWN((*list)[i]);
}

static void own_contacts(toc_contact **list, size_t count, size_t *capacity)
{
    TOC_COPY(*list, count, *capacity);
    for (size_t i = 0; i < count; i++) {
        TOC_OWN((*list)[i].id);
        TOC_OWN((*list)[i].name);
        TOC_OWN((*list)[i].notes);
    }
}
