// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "exercise/plan.h"

// FIND is the same search over each of the plan's arrays.
#define FIND(array, count, id)                                                                     \
    do {                                                                                           \
        for (size_t i = 0; i < (count); i++)                                                       \
            if (strcmp((array)[i].id, (id)) == 0)                                                  \
                return i;                                                                          \
        return TOC_NONE;                                                                           \
    } while (0)

size_t toc_plan_team(const toc_plan *p, const char *id)
{
    FIND(p->teams, p->team_count, id);
}

size_t toc_plan_party(const toc_plan *p, const char *id)
{
    FIND(p->parties, p->party_count, id);
}

size_t toc_plan_speaker_count(const toc_plan *p)
{
    return p->team_count + p->party_count + 1;
}

size_t toc_plan_speaker(const toc_plan *p, const char *id)
{
    size_t team = toc_plan_team(p, id);
    if (team != TOC_NONE)
        return team;
    size_t party = toc_plan_party(p, id);
    if (party != TOC_NONE)
        return p->team_count + party;
    return strcmp(id, "excon") == 0 ? p->team_count + p->party_count : TOC_NONE;
}

const char *toc_plan_speaker_id(const toc_plan *p, size_t speaker)
{
    if (speaker < p->team_count)
        return p->teams[speaker].id;
    speaker -= p->team_count;
    return speaker < p->party_count ? p->parties[speaker].id : "excon";
}

size_t toc_plan_objective(const toc_plan *p, const char *id)
{
    FIND(p->objectives, p->objective_count, id);
}

size_t toc_plan_inject(const toc_plan *p, const char *id)
{
    FIND(p->injects, p->inject_count, id);
}

size_t toc_plan_decision(const toc_plan *p, const char *id)
{
    FIND(p->decisions, p->decision_count, id);
}

size_t toc_plan_service(const toc_plan *p, const char *id)
{
    FIND(p->model.services, p->model.service_count, id);
}

size_t toc_plan_repair(const toc_plan *p, const char *id)
{
    FIND(p->model.repairs, p->model.repair_count, id);
}

size_t toc_plan_phase(const toc_plan *p, const char *id)
{
    FIND(p->phases, p->phase_count, id);
}

size_t toc_plan_expectation(const toc_plan *p, const char *id)
{
    FIND(p->expectations, p->expectation_count, id);
}

bool toc_plan_sees(const toc_plan *p, const char *audience, size_t service)
{
    const toc_service_plan *s = &p->services[service];
    if (strcmp(audience, "control") == 0)
        return true;
    if (strcmp(audience, "board") == 0)
        return s->is_public;
    for (size_t i = 0; i < s->seen_by_count; i++)
        if (strcmp(p->teams[s->seen_by[i]].id, audience) == 0)
            return true;
    return false;
}

void toc_plan_init(toc_plan *p)
{
    memset(p, 0, sizeof *p);
    p->pace = 1000;
}

static void free_strings(char **list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(list[i]);
    free(list);
}

static void free_teams(toc_plan *p)
{
    for (size_t i = 0; i < p->team_count; i++) {
        toc_team *t = &p->teams[i];
        free(t->id);
        free(t->name);
        free(t->brief);
        free_strings(t->contacts, t->contact_count);
        free(t->place.file);
    }
    free(p->teams);
    for (size_t i = 0; i < p->party_count; i++) {
        free(p->parties[i].id);
        free(p->parties[i].name);
        free(p->parties[i].notes);
        free(p->parties[i].place.file);
    }
    free(p->parties);
}

static void free_objectives(toc_plan *p)
{
    for (size_t i = 0; i < p->objective_count; i++) {
        toc_objective *o = &p->objectives[i];
        free(o->id);
        free(o->text);
        free(o->capability);
        free(o->teams);
        free(o->place.file);
    }
    free(p->objectives);
    for (size_t i = 0; i < p->attachment_count; i++)
        free(p->attachments[i].path);
    free(p->attachments);
}

static void free_injects(toc_plan *p)
{
    for (size_t i = 0; i < p->inject_count; i++) {
        toc_inject *in = &p->injects[i];
        free(in->id);
        free(in->from);
        free(in->channel);
        free(in->title);
        free(in->text);
        free(in->notes);
        free(in->objective);
        free(in->voice);
        free(in->to);
        free(in->attach);
        free(in->place.file);
    }
    free(p->injects);
}

static void free_decisions(toc_plan *p)
{
    for (size_t i = 0; i < p->decision_count; i++) {
        toc_decision *d = &p->decisions[i];
        free(d->id);
        free(d->title);
        free(d->text);
        free(d->notes);
        free(d->objective);
        free(d->team);
        free_strings(d->options, 2 * d->option_count);
        free(d->fallback);
        free(d->place.file);
    }
    free(p->decisions);
}

static void free_services(toc_plan *p)
{
    for (size_t i = 0; i < p->model.service_count; i++) {
        free(p->services[i].seen_by);
        free(p->services[i].notes);
        free(p->services[i].place.file);
    }
    free(p->services);
    toc_model_fini(&p->model);
}

static void free_phases(toc_plan *p)
{
    for (size_t i = 0; i < p->phase_count; i++) {
        toc_phase *phase = &p->phases[i];
        free(phase->id);
        free(phase->title);
        free(phase->text);
        free(phase->place.file);
    }
    free(p->phases);
}

static void free_expectations(toc_plan *p)
{
    for (size_t i = 0; i < p->expectation_count; i++) {
        toc_expectation *ex = &p->expectations[i];
        free(ex->id);
        free(ex->text);
        free(ex->objective);
        free(ex->notes);
        free(ex->product);
        free(ex->place.file);
    }
    free(p->expectations);
}

void toc_plan_fini(toc_plan *p)
{
    free_services(p);
    free_phases(p);
    free_expectations(p);
    free_teams(p);
    free_objectives(p);
    free_injects(p);
    free_decisions(p);
    free(p->id);
    free(p->title);
    free(p->marking);
    free(p->brief);
    free(p->place.file);
    toc_plan_init(p);
}
